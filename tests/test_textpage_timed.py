"""Subtitles and transcripts, in which moments stand before every few words, are read as paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from winnow.read.lines.line import split_lines
from winnow.read.plain import read, why_no_article

TALKS = {
    "English": "We came to the island in March, when the ice had gone, and nobody met us at the pier. The keeper had "
    "left a note on the door, and the note said that the key was under the third stone. There were at least "
    "forty stones, and all of them looked like the third. So we sat down, ate what was left of the bread, and"
    " waited for the evening boat.",
    "German": "Als wir im Herbst auf die Alm kamen, war der Brunnen schon gefroren und das Heu lag noch draußen. Die "
    "Wirtin hatte uns einen Zettel geschrieben, auf dem nur stand, dass wir die Ziegen melken sollten. Wir "
    "hatten noch nie eine Ziege gemolken, und die Ziegen merkten es sofort. Am Abend hatten wir drei Becher "
    "Milch und sehr viele blaue Flecken.",
    "Russian": "Мы приехали на станцию поздно вечером, когда последний автобус уже ушёл, и начальник дал нам ключ от "
    "зала. В зале стояла печка, а рядом лежали дрова, которые кто-то сложил ещё летом для таких же путников. "
    "Утром пришёл сторож, посмотрел на нас и молча поставил чайник. Так мы и познакомились с человеком, "
    "который строил эту дорогу.",
    "Japanese": "三月に島へ渡ったとき、氷はもう消えていたのに、桟橋には誰もいませんでした。灯台の戸には紙"
    "が貼ってあり、鍵は三番目の石の下にあると書いてありました。石は四十ほど並んでいて、どれも"
    "三番目に見えました。わたしたちは座って残りのパンを食べ、夕方の船を待つことにしました。",
}  # fmt: skip


def captions(talk: str) -> list[str]:
    """Cut a talk into pieces of a few words, as they are shown."""
    if " " not in talk:
        return [talk[i : i + 12] for i in range(0, len(talk), 12)]
    words = talk.split()
    return [" ".join(words[i : i + 5]) for i in range(0, len(words), 5)]


def clock(second: int, sign: str = ",") -> str:
    return f"00:{second // 60:02d}:{second % 60:02d}{sign}240"


def srt(rows: Sequence[str]) -> str:
    return "\n".join(f"{i}\n{clock(3 * i)} --> {clock(3 * i + 2)}\n<i>{row}</i>\n" for i, row in enumerate(rows, 1))


def rolling_vtt(rows: Sequence[str]) -> str:
    """Show each row again above the next one, as machines that listen do."""
    cues = (
        f"{clock(3 * i, '.')} --> {clock(3 * i + 2, '.')} align:start position:0%\n{before}\n{row}\n"
        for i, (before, row) in enumerate(zip(["", *rows], rows, strict=False))
    )
    return "WEBVTT\nKind: captions\nLanguage: en\n\n" + "\n".join(cues).replace("%\n\n", "%\n")


def bare(rows: Sequence[str]) -> str:
    return "\n".join(f"{3 * i // 60}:{3 * i % 60:02d}\n{row}" for i, row in enumerate(rows))


def led(rows: Sequence[str]) -> str:
    return "\n".join(f"[{3 * i // 60:02d}:{3 * i % 60:02d}] {row}" for i, row in enumerate(rows))


@pytest.mark.parametrize("write", [srt, rolling_vtt, bare, led])
@pytest.mark.parametrize("language", TALKS)
def test_captions_are_joined(language: str, write: Callable[[Sequence[str]], str]) -> None:
    talk = TALKS[language]
    lines = split_lines(write(captions(talk)))
    assert ("" if language == "Japanese" else " ").join(line.text for line in lines) == talk
    assert all(line.text.endswith((".", "。")) for line in lines)
    assert why_no_article(read(write(captions(talk)))) is None


def test_what_stands_around_captions_stays_apart() -> None:
    rows = captions(TALKS["English"])
    text = f"Menu\nSearch\n\nTranscript\n\n{bare(rows[:30])}\n\nThe second chapter\n\n{bare(rows[30:])}\n\nContact\n"
    lines = [line.text for line in split_lines(text)]
    assert [*lines[:3], lines[-1]] == ["Menu", "Search", "Transcript", "Contact"]
    assert "The second chapter" in lines
    assert not any(":" in line for line in lines)


NAMES = ("mill", "lower weir", "lock", "quay", "old ford", "well", "gate", "north pound", "slip")


@pytest.mark.parametrize(
    "rows",
    [
        [f"{6 + i}:15\nThe {name} hour" for i, name in enumerate(NAMES)],
        [f"19:{60 - i}\nanybody at the {name}?" for i, name in enumerate(NAMES)],
        [f"19:{10 + i} mira: the {name} is open" for i, name in enumerate(NAMES)],
    ],
    ids=["programme", "posts, newest first", "chat"],
)
def test_other_rows_with_a_time_stay_rows(rows: list[str]) -> None:
    text = "\n".join(rows)
    assert len(split_lines(text)) == len(text.splitlines())
