"""Undo what subtitles and transcripts do: a moment before every few words, whatever the sentence they are of.

SRT and WebVTT files write `00:00:04,120 --> 00:00:07,000` in a row, players of films `0:04`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from winnow.read.lines.characters import ENDS
from winnow.read.lines.wrapping import CLOSED, columns, flow, joined

FEWEST = 8  # moments of a transcript, at least
FLOW = 0.25  # share of its rows that begin with a small letter, at least, where the moments alone do not tell captions
LED = 0.8  # share of rows that begin with a moment, at least, where moments have no rows of their own
MINUTE = 60  # seconds in which a transcript begins
SENTENCES, LONGEST = 250, 1_000  # columns from which on a paragraph ends with a sentence, or in any case

_REACH = 12  # characters of a row in which a moment that it begins with has its first colon
_MOMENT = r"\d{1,3}:[0-5]\d(?::[0-5]\d)?(?:[.,]\d{1,3})?"
_STAMP = re.compile(rf"\s*[\[(]?({_MOMENT})[\])]?(\s*-->\s*{_MOMENT}(?:\s+\w+:\S+)*)?\s*")
_LED = re.compile(rf"\s*([\[(]?{_MOMENT}[\])]?)[ \t]+(\S.*)")
_HEADER = re.compile(r"\ufeff?WEBVTT\b|(?:Kind|Language): \w")
_MARKUP = re.compile(r"</?[a-z][^<>]{0,40}>|<\d[\d:.]+>|\{\\[^{}]{0,20}\}")
_SENTENCE = re.compile(rf"[{ENDS}॥]{CLOSED}")


def without_moments(rows: Sequence[str]) -> Sequence[str]:
    """Return the rows of a transcript with its captions joined to paragraphs, without moments; other rows as given."""
    if sum(":" in row[:_REACH] for row in rows) < FEWEST:
        return rows
    for each, must_begin in ((rows, False), (_apart(rows), True)):
        stamps = {i: found for i, row in enumerate(each) if ":" in row[:_REACH] and (found := _STAMP.fullmatch(row))}
        if len(stamps) >= FEWEST and _are_captions(each, stamps, must_begin):
            return list(_paragraphs(each, stamps))
    return rows


def _apart(rows: Sequence[str]) -> Sequence[str]:
    """Return rows of which nearly all begin with a moment (`0:04 and so`) with the moments in rows of their own."""
    led = {i: found.groups() for i, row in enumerate(rows) if ":" in row[:_REACH] and (found := _LED.fullmatch(row))}
    if len(led) < max(FEWEST, LED * sum(map(bool, map(str.strip, rows)))):
        return ()
    return [part for i, row in enumerate(rows) for part in led.get(i, (row,))]


def _are_captions(rows: Sequence[str], stamps: dict[int, re.Match[str]], must_begin: bool) -> bool:
    """Return whether what follows moments are captions: one after the other, and going on within sentences.

    Programmes of a day and posts have moments, too. Captions in scripts without small letters begin with the film, and
    so do others where `must_begin` says so.
    """
    if sum(found[2] is not None for found in stamps.values()) >= FEWEST:
        return True
    texts = [rows[i + 1].strip() for i in stamps if i + 1 < len(rows) and i + 1 not in stamps]
    seconds = [_seconds(found[1]) for found in stamps.values()]
    if any(b < a for a, b in pairwise(seconds)) or len(texts) < FEWEST:
        return False
    is_cased = any(text[:1].isupper() or text[:1].islower() for text in texts)
    return (seconds[0] < MINUTE or (is_cased and not must_begin)) and flow(texts) >= FLOW


def _seconds(moment: str) -> float:
    """Return how late a moment is."""
    total = 0.0
    for part in moment.replace(",", ".").split(":"):
        total = 60 * total + float(part)
    return total


def _paragraphs(rows: Sequence[str], stamps: dict[int, re.Match[str]]) -> Iterator[str]:
    """Yield the captions in paragraphs, and what stands above, between and below them as it is."""
    head = _without_number(rows[: min(stamps)])
    yield from (row for row in head if not _HEADER.match(row))
    paragraph = last = ""
    for caption, others in _cues(rows, stamps):
        for text in (_MARKUP.sub("", row).strip() for row in caption):
            if text and text != last:  # captions that roll are shown twice
                paragraph, last = joined(paragraph, text) if paragraph else text, text
        if paragraph and (others or _is_long(paragraph)):
            yield from (paragraph, "")
            paragraph = ""
        yield from others
    if paragraph:
        yield paragraph


def _cues(rows: Sequence[str], stamps: dict[int, re.Match[str]]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Yield the rows of each caption, which end before a blank row, and the rows that stand between it and the next.

    The last caption is no longer than the others.
    """
    most = 0
    for begin, end in pairwise([*stamps, len(rows)]):
        part = rows[begin + 1 : end]
        if end < len(rows):
            part = _without_number(part) if stamps[end][2] else part
        size = next((i for i, row in enumerate(part) if not row.strip()), len(part))
        size = size if end < len(rows) else min(size, most)
        most = max(most, size)
        others = part[size:]
        yield part[:size], others if any(map(str.strip, others)) else ()


def _without_number(rows: Sequence[str]) -> Sequence[str]:
    """Return the rows before a caption without the number of that caption, and without blank rows at the end."""
    end = len(rows)
    while end and not rows[end - 1].strip():
        end -= 1
    return rows[: end - 1] if end and rows[end - 1].strip().isdecimal() else rows[:end]


def _is_long(paragraph: str) -> bool:
    size = columns(paragraph)
    return size >= LONGEST or (size >= SENTENCES and _SENTENCE.search(paragraph) is not None)
