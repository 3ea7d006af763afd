"""Letters of a print that stand twice in its text layer, or from left to right in words read from the right."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pytest

from tests.archive_samples import pdf_of
from tests.records import pages
from winnow.sources.containers import kind_of, records
from winnow.sources.containers.records import ContainerOptions, Record

pytest.importorskip("pypdfium2", reason="an extra: pdf")

LAST = "The last line."


def text_of(*lines: str) -> str:
    """Return the text of a PDF with some lines and a last one, without that."""
    data = pdf_of([*lines, "", LAST, *[""] * (len(lines) + 1)])
    kind = kind_of("a.pdf", data)
    assert kind
    [text] = pages(list(records(io.BytesIO(data), kind, ContainerOptions()))).values()
    return text.decode().removesuffix(LAST).strip()


def drawn(*pieces: str) -> str:
    """Return a line of which each piece is a text of its own."""
    return ") Tj ET " + " ".join(f"BT /F 10 Tf {piece} ET" for piece in pieces) + " BT /F 10 Tf ("


def spelled(letters: Iterable[str]) -> str:
    """Return letters from left to right, each written by itself with what it means, as Chromium does."""
    return "".join(f"/Span<</ActualText<FEFF{ord(letter):04X}>>>BDC (n) Tj EMC " for letter in letters)


def shadowed(line: str) -> str:
    """Return a line with a shadow, which Chromium prints as the same letters a little lower."""
    return drawn(f"1 0 0 1 50 700 Tm {spelled(line)}", f"1 0 0 1 50.2 701.5 Tm {spelled(line)}")


def from_right(text: str) -> str:
    """Return words from the right, the letters of each from left to right."""
    right, pieces = 500, []
    for word in text.split():
        right -= 6 * len(word) + 6
        pieces.append(f"1 0 0 1 {right} 700 Tm {spelled(reversed(word))}")
    return drawn(*pieces)


@pytest.mark.parametrize(
    "line",
    [
        "Barrels for Molly Hannigan",
        "La llama del valle",
        "Заметки на полях",
        "在坪林學做茶的週末",
        "2200 boats, 1100 sails",
        "N E W S",
    ],
)
def test_letters_with_a_shadow_are_read_once(line: str) -> None:
    assert text_of(shadowed(line)) == line


def test_doubled_letters_without_a_shadow_stay() -> None:
    assert text_of("aabbcc 1122 committee, bookkeeper AABB") == "aabbcc 1122 committee, bookkeeper AABB"


@pytest.mark.parametrize(
    "line",
    [
        "قبل عشرين عاما كان أهل القرية",
        "هر شنبه صبح مهران با دوچرخه",
        "ہر ہفتے صبح کتابیں گاؤں لے جاتا",
        "המעבורת לאי יצאה שוב",
    ],
)
def test_words_are_read_from_the_right(line: str) -> None:
    assert text_of(from_right(line)) == line


def test_header_of_a_print_that_runs_from_the_right_is_left_out() -> None:
    header, text = "The ferry 2:33 11/30/26,", "The ferry was late again."
    data = pdf_of([header, "", text, ""])
    kind = kind_of("a.pdf", data)
    assert kind
    [item] = records(io.BytesIO(data), kind, ContainerOptions())
    assert isinstance(item, Record)
    assert pages([item]) == {"1": text.encode()}
    assert item.page.url
