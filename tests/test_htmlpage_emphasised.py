"""Beginnings of words that programs for readers set in bold do not take the words apart."""

from __future__ import annotations

import re

import pytest

from winnow.items import HTML, Article
from winnow.read.decode import Decoded
from winnow.read.extract import extract
from winnow.read.html import parse

TEXTS = {
    "en": (
        "Ida Verlane",
        "The night ferry sails again",
        "It left at ten with nobody but the cook and two goats on board.",
    ),
    "de": (
        "Ida Grünwald",
        "Die Nachtfähre fährt wieder",
        "Sie legte um zehn ab, an Bord nur der Koch und zwei Ziegen.",
    ),
    "ru": ("Ида Верланова", "Ночной паром снова ходит", "Он вышел в десять, на борту были только повар и две козы."),
    "hi": ("इडा वर्मा", "रात की नाव फिर चल पड़ी", "वह दस बजे निकली, उस पर केवल रसोइया और दो बकरियाँ थीं।"),
}
WAYS = {
    "bold": "<b>{}</b>{}",
    "class": '<span class="half-bold">{}</span>{}',
    "custom": '<x-fixed strength="2">{}<x-edge></x-edge></x-fixed>{}',
}


def halved(text: str, way: str) -> str:
    """Return a text with the beginning of each word set apart."""
    return re.sub(
        r"\S{2,}", lambda word: way.format(word[0][: -(len(word[0]) // 2)], word[0][-(len(word[0]) // 2) :]), text
    )


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("language", TEXTS)
def test_words_whose_beginnings_are_bold_are_read_as_others(language: str, way: str) -> None:
    author, title, text = TEXTS[language]
    found = []
    for write in (str, lambda said: halved(said, WAYS[way])):
        said = "".join(f"<p>{write(text)}</p>" for _ in range(6))
        shown = f"<h1>{write(title)}</h1><p class='author'>{write(author)}</p><p>{write('2024-03-02')}</p>{said}"
        page = f"<html lang={language}><head><title>{title}</title></head><body><main>{shown}</main></body></html>"
        found.append(extract(Decoded(page, HTML, "utf-8")))
    plain, bold = found
    assert isinstance(plain, Article)
    assert isinstance(bold, Article)
    assert (plain.author, plain.title, plain.text.count(text)) == (author, title, 6)
    assert (bold.author, bold.title, bold.date, bold.text) == (plain.author, plain.title, plain.date, plain.text)


@pytest.mark.parametrize(
    "piece", ["<b>T</b>he ferry ", "<b>渡轮</b>又来了 ", "<b>The ferry </b>left ", "<b>Ferry</b>(2) "]
)
def test_other_bold_letters_stay(piece: str) -> None:
    often = 12 if "T</b>he" in piece else 60
    tree = parse(f"<html><body><p>{piece * often}</p></body></html>")
    assert tree is not None
    assert len(tree.findall(".//b")) == often
