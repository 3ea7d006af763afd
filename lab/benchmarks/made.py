"""Made-up pages and known articles for measurements of speed; the same number gives the same page."""

from __future__ import annotations

import random
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np

from winnow.archive.index.postings import GENERATION
from winnow.archive.store import Store
from winnow.fingerprint import LEAD_SIZE, SKETCH_BITS, SKETCH_SIZE

_PARTS = ("header", "nav", "story", "teaser", "card", "related", "footer", "share", "newsletter", "comments")
_SCRIPT = "window.layers=window.layers||[];function f{0}(a){{return a.map(function(b){{return b*{0}}})}};"
_BATCH = 50_000
_SKETCH = SKETCH_SIZE + LEAD_SIZE
_HASHES = 2 ** (SKETCH_BITS - 1)  # hashes are signed numbers, as those of pages that are read


@cache
def vocabulary() -> list[str]:
    """Return 6,000 made-up words, so many that no two texts share five in a row by chance."""
    chance = random.Random(1)
    syllable = [a + b + c for a in "bdfghklmnprstvw" for b in "aeiou" for c in ("", "n", "r", "s", "l", "t")]
    return ["".join(chance.choices(syllable, k=chance.choice([1, 2, 2, 3]))) for _ in range(6000)]


def sentence(chance: random.Random, words: int) -> str:
    """Return a sentence with function words where English has them."""
    chosen = chance.choices(vocabulary(), k=words)
    chosen[2::5] = [chance.choice(["the", "of", "and", "to", "in", "was"]) for _ in chosen[2::5]]
    return " ".join(chosen).capitalize() + "."


def paragraphs(chance: random.Random, count: int) -> list[str]:
    """Return paragraphs of two to four sentences."""
    return [
        " ".join(sentence(chance, chance.randint(8, 22)) for _ in range(chance.randint(2, 4))) for _ in range(count)
    ]


def small_page(number: int) -> bytes:
    """Return a page of 3 KB: an article of 250 words with hardly anything around it."""
    chance = random.Random(number)
    title = sentence(chance, 7)
    body = "".join(f"<p>{text}</p>" for text in paragraphs(chance, 6))
    page = f"<html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body>"
    return page.encode()


def page(number: int) -> bytes:
    """Return a page of about 150 KB such as news sites serve: scripts, menus, teasers, comments, and an article."""
    chance = random.Random(number)
    title = sentence(chance, 9)
    menu = "".join(f'<li class="menu-item"><a href="/{word}/">{word}</a></li>' for word in vocabulary()[:70])
    scripts = "".join(f"<script>{_SCRIPT.format(i) * 12}</script>" for i in range(30))
    text = "".join(
        f'<p class="story-p">{part} <a href="/{i}">{sentence(chance, 3)}</a></p><div class="ad-slot"></div>'
        for i, part in enumerate(paragraphs(chance, chance.randint(8, 40)))
    )
    boxes = "".join(
        f'<div class="{chance.choice(_PARTS)}-{chance.choice(_PARTS)}"><a href="/a/{i}"><img src="/{i}.jpg" alt=""></a>'
        f"<h3><a href='/a/{i}'>{sentence(chance, 9)}</a></h3><span>{sentence(chance, 14)}</span><i>{i} min</i></div>"
        for i in range(chance.randint(20, 90))
    )
    style = "".join(f".{part}-{i}{{margin:{i}px;padding:0 {i}px;color:#{i:06x}}}" for part in _PARTS for i in range(60))
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Made</title>'
        f'<meta property="og:title" content="{title}"><meta name="author" content="Ada Miller">'
        f'<meta property="article:published_time" content="2024-{chance.randint(1, 12):02}-11T08:00:00Z">'
        f"<style>{style}</style>{scripts}</head><body><header><nav><ul>{menu}</ul></nav></header><main>"
        f'<article class="story"><h1>{title}</h1><div class="byline">By Ada Miller</div>{text}</article></main>'
        f'<aside class="related">{boxes}</aside>'
        f"<footer><ul>{menu}</ul><p>All rights reserved</p></footer></body></html>"
    ).encode()


def write(folder: Path, numbers: range, small: bool = False) -> None:
    """Write made-up pages, a thousand to a folder."""
    make = small_page if small else page
    for number in numbers:
        place = folder / f"{number // 1000:04}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:07}.html").write_bytes(make(number))


def preload(database: Path, count: int) -> None:
    """Fill a new database with known pages: each an article with text, search index and sketch of its own.

    The index is left as in the middle of a long crawl: a generation of recent postings is full, and the first new page
    begins to move them. A measured run so pays for as many postings as it adds.
    """
    store = Store(database)
    db = store.db.conn
    chance = random.Random(2)
    store.source_of("/known")
    db.execute("INSERT INTO runs (id, started, settings, versions) VALUES (1, '', '{}', '{}')")
    for begin in range(1, count + 1, _BATCH):
        ids = range(begin, min(begin + _BATCH, count + 1))
        texts = [" ".join(chance.choices(vocabulary(), k=40)) for _ in ids]
        keys = [sha256(f"{number}".encode()).hexdigest() for number in ids]
        db.executemany(
            "INSERT INTO articles (id, title, text, word_count, first_seen, last_seen) VALUES (?, ?, ?, 40, '', '')",
            [(number, text[:40], text) for number, text in zip(ids, texts, strict=True)],
        )
        db.executemany("INSERT INTO known_texts VALUES (?1, ?1, '', ?2)", zip(keys, ids, strict=True))
        db.executemany(
            "INSERT INTO pages (id, path, root, source, sha256, size, modified, outcome, reason, detail, article_id,"
            " similarity, text_sha256, words, first_run, last_run)"
            " VALUES (?1, ?2, '/known', 'known', ?3, 1, '', 'article', 'new', '', ?1, 1, ?3, substr(?3, 1, 16), 1, 1)",
            [(number, f"{number}.html", key) for number, key in zip(ids, keys, strict=True)],
        )
        db.execute("UPDATE articles SET page_id = id WHERE id >= ?", [begin])
        db.commit()
    hashes = np.random.default_rng(3).integers(-_HASHES, _HASHES, count * _SKETCH)
    recent = min(-(-GENERATION // _SKETCH), count)
    order = np.argsort(hashes[: (count - recent) * _SKETCH])  # in index order: else a million pages take an hour
    for begin in range(0, len(order), _BATCH):
        part = order[begin : begin + _BATCH]
        rows = zip(hashes[part].tolist(), (part // _SKETCH + 1).tolist(), strict=True)
        db.executemany("INSERT OR IGNORE INTO sketches (hash, page_id) VALUES (?, ?)", rows)
        db.commit()
    for number in range(count - recent, count):
        store.index.postings.add(number + 1, hashes[number * _SKETCH : (number + 1) * _SKETCH].tolist())
    store.close()
