"""Books, logs and long reads: read whole, in pieces; what is left out is told."""

from __future__ import annotations

import random
import re
import sqlite3
from contextlib import closing
from html import escape
from pathlib import Path

import pytest

from winnow.items import Page
from winnow.read.page import read_page
from winnow.runs.one_process import run_folder
from winnow.text import tokens

from .textpage_samples import ENGLISH, SAMPLES

TEXTS = {"en": ENGLISH, **SAMPLES}


def book(language: str, words: int) -> list[str]:
    """Return paragraphs, no two alike, of a sample's sentences."""
    text = " ".join(line[2:] for line in TEXTS[language].splitlines() if line.startswith("A|"))
    sentences = re.findall(r".+?[.!?。！？]+\s*", text)
    chance, out, size = random.Random(1), [], 0
    while size < words:
        paragraph = "".join(chance.sample(sentences, chance.randint(3, 5))).strip()
        out.append(paragraph)
        size += len(tokens(paragraph))
    return list(dict.fromkeys(out))


def page_of(paragraphs: list[str]) -> str:
    body = "".join(
        f"<h2>Chapter {i // 25 + 1}</h2>" * (i % 25 == 0) + f"<p>{escape(text)}</p>"
        for i, text in enumerate(paragraphs)
    )
    menu = "".join(f'<li><a href="/{i}">Shelf {i}</a></li>' for i in range(9))
    return (
        f"<html><head><title>The long book</title></head><body><nav><ul>{menu}</ul></nav>"
        f"<div class='text'><h1>The long book</h1>{body}</div><div class='foot'>All rights reserved</div></body></html>"
    )


@pytest.mark.parametrize("language", sorted(TEXTS))
@pytest.mark.parametrize("name", ["book.html", "book.txt"])
def test_a_long_page_is_read_whole(language: str, name: str) -> None:
    paragraphs = book(language, 40_000)
    source = page_of(paragraphs) if name.endswith("html") else "\n\n".join(["The long book", *paragraphs])
    article = read_page(Page(name, body=source.encode())).article
    assert article
    missing = [text for text in paragraphs if text not in article.text]
    assert len(missing) <= 0.01 * len(paragraphs)
    assert "Shelf" not in article.text
    assert "All rights" not in article.text


@pytest.mark.parametrize("name", ["log.html", "log.txt"])
def test_a_page_that_is_cut_says_so_in_the_database(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("winnow.read.html.walk", "winnow.read.plain"):
        monkeypatch.setattr(f"{module}.MAX_LINES", 60)
    paragraphs = book("en", 5_000)
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for file, count in ((name, 90), (f"short-{name}", 12)):
        text = paragraphs[:count] if count == 90 else paragraphs[-count:]
        (seeds / file).write_text(page_of(text) if name.endswith("html") else "\n\n".join(["The log", *text]))
    run_folder(seeds, tmp_path / "a.db")
    with closing(sqlite3.connect(tmp_path / "a.db")) as db:
        (cut,), (whole,) = db.execute("SELECT detail FROM pages ORDER BY path").fetchall()
    assert cut.endswith("lines: the rest was not read]")
    assert "not read" not in whole
