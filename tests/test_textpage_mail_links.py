"""Captures of mail in which addresses stand in angle brackets behind the links, as mail programs write HTML as text."""

from __future__ import annotations

import pytest

from winnow.read.lines.line import split_lines

FAR = "https://click.harbour.example/t/" + "aZ9x" * 30


def _lines(text: str) -> list[str]:
    return [line.text for line in split_lines(text)]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (
            "Quay Post <https://quay.example/>\n\n  * Home <https://quay.example/0>\n  * Sport <https://quay.example/1>\n\n"
            "The wheel <https://mill.example/w?a=1> turns again, says <mailto:ada@quay.example>.",
            ["Quay Post", "Home", "Sport", "The wheel turns again, says."],
        ),
        (
            "Hafenbote<https://hafen.example/>\r\n\r\nStart<https://hafen.example/0>\r\n\r\nSport<https://hafen.example/1>"
            "\r\n\r\nDas Rad<https://muehle.example/rad> dreht sich wieder.\r\n",
            ["Hafenbote", "Start", "Sport", "Das Rad dreht sich wieder."],
        ),
        (
            "みなと新聞 <https://minato.example/>\n\n* ホーム <https://minato.example/0>\n* 天気 <https://minato.example/1>\n\n"
            "水車<https://mill.example/水車>がまた回る。",
            ["みなと新聞", "ホーム", "天気", "水車がまた回る。"],
        ),
        (
            f"> Почта <https://port.example/>\n>\n> * Главная\n> <{FAR}>\n> * Погода\n> <{FAR}>\n>\n> Колесо вертится.",
            ["Почта", "Главная", "Погода", "Колесо вертится."],
        ),
    ],
)
def test_addresses_in_angle_brackets_behind_links_are_left_out(text: str, whole: list[str]) -> None:
    assert _lines(text) == whole


@pytest.mark.parametrize(
    "rows",
    [
        [
            [
                "The morning ferry to Stennay will leave twenty minutes later",
                "from Monday, after engineers found cracks.",
            ],
            ["Boats will use the south berth until the end of March, which is the", "shorter one of both."],
        ],
        [
            [
                "Die Fähre nach Stennau legt ab Montag zwanzig Minuten später ab als",
                "bisher, weil Pfähle brüchig sind.",
            ],
            ["Bis Ende März fahren die Schiffe vom südlichen Anleger, der kürzer", "ist als der andere."],
        ],
        [
            ["Утренний паром в Стенней с понедельника отходит на двадцать минут", "позже, потому что сваи треснули."],
            ["До конца марта суда причаливают у южного пирса, который намного", "короче северного."],
        ],
    ],
)
def test_paragraphs_go_on_behind_an_address_in_a_row_of_its_own(rows: list[list[str]]) -> None:
    menu = f"  * {rows[0][0].split()[0]}\n    <{FAR}>\n" * 3
    text = "\n\n".join(f"\n<{FAR}>\n".join(paragraph) for paragraph in rows * 2)
    assert _lines(f"{menu}\n\n{text}\n")[3:] == [" ".join(paragraph) for paragraph in rows] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Sources:\n\n* Mill: <https://mill.example/a>\n* Wheel: <https://mill.example/b>\n* See: <https://mill.example/c>",
        "Ada Lund <ada@quay.example> wrote a page on it <https://mill.example/a>, which Bo has read.",
        "Code: <https://mill.example/a>.\n\nDocs: <https://mill.example/b>\n\nAsk at <https://mill.example/c>, too.",
    ],
)
def test_addresses_that_a_person_has_written_stay(text: str) -> None:
    assert "".join(_lines(text)).count("<https://mill.example/") == text.count("<https://mill.example/")
