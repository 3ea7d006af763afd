"""Comment threads: found by their rhythm below an article, and not mistaken for timetables, logs or forums."""

from __future__ import annotations

import numpy as np
import pytest

from winnow.read.lines import features
from winnow.read.lines.comments import ARTICLE, LEAST, drop_comments
from winnow.read.lines.line import Line
from winnow.read.lines.steps import Judged
from winnow.read.lines.views import Bools, Floats, View, view
from winnow.read.plain import read

ARTICLE_TEXT = [
    "The old ferry will make its last crossing on Sunday, after ninety years between the two villages.",
    "A bridge that the district council approved in spring makes it superfluous, and the company that ran it cannot pay"
    " for the new engine that the harbour office has asked for since the winter.",
    "Pupils and commuters will take a bus until then, which needs forty minutes for what the ferry does in six.",
    "The boat itself goes to a museum, where visitors may stand at its wheel from next summer on.",
    "Its last captain, who learnt the trade from his aunt, will steer one of the harbour tugs and says that the river"
    " stays the same whatever one crosses it with.",
]
SAID = [
    "My grandfather worked on this ferry and I shall miss the sound of its horn in the fog.",
    "A bridge is what the village needed for years, so let us not be too sad about an old boat.",
    "Forty minutes by bus is no replacement, whoever planned this has never had to be at school by eight.",
    "I hope the museum keeps the bell as well, it was cast by a smith from our street.",
]
MOMENTS = [
    "March 4, 2024 at 5:40 pm",
    "March 4, 2024 at 7:02 pm",
    "March 5, 2024 at 9:15 am",
    "March 6, 2024 at 8:30 am",
]


def thread(moments: list[str], mark: str = "Reply") -> list[str]:
    return [line for moment, text in zip(moments, SAID, strict=False) for line in ("Ida Verlane", moment, text, mark)]


def left(page: View, chosen: Bools) -> Bools:
    sure: Floats = np.ones(len(page), np.float32)
    return drop_comments(Judged(page, features.plain(page), sure), chosen)


def found(above: list[str], below: list[str], is_article: bool = True) -> list[str]:
    page = view([Line(text, 1) for text in (*above, *below)])
    chosen = np.array([is_article] * len(above) + [True] * len(below), np.bool_)
    return [page.lines[i].text for i in np.flatnonzero(chosen & ~left(page, chosen))]


@pytest.mark.parametrize(
    "moments",
    [
        MOMENTS,
        ["4 März 2024 um 17:40 Uhr", "4 März 2024 um 19:02 Uhr", "5 März 2024 um 9:15 Uhr"],
        ["2024-03-04 17:40", "2024-03-04 19:02", "2024-03-05 09:15"],
        ["2 days ago", "a day ago", "5 hrs. ago"],
        ["vor 2 Tagen", "vor 5 Stunden", "vor 20 Minuten"],
        ["il y a 3 jours", "il y a 2 heures", "il y a 5 min"],
        ["3 дня назад", "2 дня назад", "5 часов назад"],
        ["3天前", "2天前", "5小时前"],
    ],
)
def test_a_thread_is_found_whatever_it_is_about(moments: list[str]) -> None:
    lines = found(ARTICLE_TEXT, thread(moments))
    assert set(lines) >= {*moments, *SAID[: len(moments)]}
    assert not set(lines) & set(ARTICLE_TEXT)


def test_a_heading_of_comments_is_mark_enough() -> None:
    assert set(found(ARTICLE_TEXT, ["4 comments", *thread(MOMENTS, "Share")])) >= set(SAID)


def test_a_log_without_a_word_of_comments_stays() -> None:
    assert not found(ARTICLE_TEXT, thread(MOMENTS, "Share"))


def test_a_log_under_headlines_stays() -> None:
    headlines = [f"Minister says {what} before noon today" for what in ("the bridge opens", "nobody was hurt", "rain")]
    log = [line for head, moment, text in zip(headlines, MOMENTS, SAID, strict=False) for line in (head, moment, text)]
    assert not found(ARTICLE_TEXT, [*log, "Leave a comment"])
    assert set(found(ARTICLE_TEXT, [*thread(MOMENTS, "Share"), "Leave a comment"])) >= set(SAID)


def test_a_timetable_stays() -> None:
    assert not found(ARTICLE_TEXT, ["Comments on the timetable", "17:40", SAID[0], "18:10", SAID[1], "18:40", SAID[2]])


def test_a_few_moments_make_no_thread() -> None:
    assert not found(ARTICLE_TEXT, thread(MOMENTS[: LEAST - 1]))


def test_moments_far_apart_make_no_thread() -> None:
    between = [f"Paragraph {n} says something else of the ferry and its bridge." for n in range(20)]
    assert not found(ARTICLE_TEXT, [line for moment in MOMENTS for line in (moment, "Reply", *between)])


def test_a_discussion_without_an_article_above_stays() -> None:
    assert not found(["What do you say of the ferry?"], thread(MOMENTS) * 3)  # the rest has an article's length above
    assert sum(len(text.split()) for text in ARTICLE_TEXT) >= ARTICLE
    assert not found(ARTICLE_TEXT, thread(MOMENTS), is_article=False)


@pytest.mark.parametrize("says", ["says", "writes:", "schrieb :", "a écrit :", "pisze:", "пишет:"])
def test_names_are_enough_in_a_list(says: str) -> None:
    names = [f"{number}. Ida Verlane {says}" for number in range(1, 5)]
    signed = [line for pair in zip(names, SAID, strict=True) for line in pair]
    assert set(found(ARTICLE_TEXT, signed)) == set(signed)


def test_names_without_a_list_need_a_word_of_comments() -> None:
    said = [line for text in SAID for line in ("Ida Verlane says:", text)]
    assert not found(ARTICLE_TEXT, said)
    assert set(found(ARTICLE_TEXT, ["3 replies", *said])) >= set(said)
    assert not found(ARTICLE_TEXT, ["3 replies", *(line.replace("says:", "rests") for line in said)])


def numbered(numbers: list[int], texts: list[str], indent: int = 2) -> list[str]:
    lines = [Line(text, 1) for text in ARTICLE_TEXT]
    for number, text in zip(numbers, texts, strict=True):
        lines += Line(f"{number}. {text}", 1, indent), Line("That is all I have to say of it.", 1, indent + 2)
    page = view([*lines, Line("About us", 1)])
    is_found = ~left(page, np.full(len(page), True))
    return [line.text for line, yes in zip(page.lines, is_found, strict=True) if yes]


def test_a_list_that_lacks_numbers_is_what_is_left_of_a_thread() -> None:
    lines = numbered([1, 2, 5, 9], SAID)
    assert {line.partition(". ")[2] for line in lines} >= set(SAID)
    assert "That is all I have to say of it." in lines
    assert "About us" not in lines


@pytest.mark.parametrize(
    ("numbers", "texts", "indent"),
    [
        ([1, 2, 3, 4], SAID, 2),  # a list
        ([1, 2, 3, 5], SAID, 2),  # a list with a slip
        ([5, 8, 3, 9], SAID, 2),  # no order
        ([1, 2, 5, 9], SAID, 0),  # paragraphs that begin with numbers
        ([1, 2, 5, 9], ["Rye", "Wheat", "Oats", "Barley"], 2),  # a ranking whose places are shared
    ],
)
def test_other_lists_stay(numbers: list[int], texts: list[str], indent: int) -> None:
    assert not numbered(numbers, texts, indent)


LONG_ONES = [
    "The bridge was promised for the year in which the school burnt down, and that was before the harbour office even"
    " had a telephone. What strikes me in this piece is that nobody asked the company why its engine was never replaced"
    " while there was money for a new pier.",
    "As somebody who steered such a boat for eleven winters, I can say that six minutes is what it takes on a calm day."
    " With ice on the river it was half an hour, and on some mornings the pupils stood on the far bank and went home.",
    "The museum should think twice. A wooden hull of that size needs a dry roof and a carpenter, and the last boat that"
    " was given to it lay in the rain behind the town hall until the children of the quarter had made a fort of it.",
    "What nobody mentions is that the bus line to the upper village was cut two years ago, so the forty minutes are"
    " forty minutes only for those who live right beside the road. My mother walks another twenty to the stop.",
]


def test_a_capture_loses_its_comments() -> None:
    thread = [f"Ida Verlane says\n{moment}\n\n{text}\n" for moment, text in zip(MOMENTS, LONG_ONES, strict=True)]
    article = [*ARTICLE_TEXT, *(f"{text} So it was said in the council." for text in SAID)]
    page = "\n\n".join(["Ferry makes its last crossing", *article, *thread, "About us", "Privacy policy"])
    body = [line.text for line in read(page).body]
    assert set(body) >= set(article)
    assert not set(body) & set(LONG_ONES)
