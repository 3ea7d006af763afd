"""Headlines of tickets and threads: with their number, and below the name of their board."""

from __future__ import annotations

import pytest

from tests.metadata_samples import PROSE, read

TICKETS = (
    ("Bug #9", "Lamp on the mole flickers", "Boats"),
    ("Aufgabe 12", "Lampe auf der Mole flackert", "Nähen und Reparieren"),
    ("Задача #5", "Не горит огонь на молу", "Лодки и моторы"),
    ("課題 6", "防波堤の灯がちらつく", "整備"),
)


@pytest.mark.parametrize("project", [True, False])
@pytest.mark.parametrize(("number", "name", "board"), TICKETS)
def test_a_number_is_no_headline_without_the_name_behind_it(number: str, name: str, board: str, project: bool) -> None:
    head = f"<title>{number}: {name} - {board} - Tracker</title>"
    top = f"<h1>{board}</h1>" if project else ""
    assert read(f"{top}<h2>{number}</h2><div><h3>{name}</h3></div>{PROSE * 3}", head).title == f"{number}: {name}"


@pytest.mark.parametrize("around", ["", ' class="nosidebar"', ' class="no-sidebar wide"'])
@pytest.mark.parametrize(
    ("title", "board"),
    [
        ("Bread oven smokes on the first firing", "Ovens and stoves"),
        ("Nähmaschine lässt Stiche aus", "Nähen und Reparieren"),
        ("Не заводится лодочный мотор", "Лодки и моторы после зимы"),
    ],
)
def test_headline_of_a_thread_stands_below_the_name_of_its_board(title: str, board: str, around: str) -> None:
    head = f"<title>{title} - {board} - Tracker</title>"
    body = f"<h1>{board}</h1><ul><li>Forums</li></ul><div{around}><h2>{title}</h2>{PROSE * 3}</div>"
    assert read(body, head).title == title


@pytest.mark.parametrize("last", ["Harbour Post", "Boats and Ferries - Harbour Post"])
def test_headline_that_the_title_ends_with_stays_above_a_heading_of_the_text(last: str) -> None:
    head = f"<title>Why the night ferry waits - {last}</title>"
    body = f"<h1>Why the night ferry waits</h1>{PROSE}<h2>Boats and Ferries</h2>{PROSE * 3}"
    assert read(body, head).title == "Why the night ferry waits"
