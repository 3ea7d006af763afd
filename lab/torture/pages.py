"""Pages for the experiments, made on the spot: a folder of ordinary pages, and hostile files."""

from __future__ import annotations

import gzip
import os
import random
import zlib
from collections.abc import Iterator
from pathlib import Path

from lab.samples import html_page, sentences

MAX_PAGE_BYTES = 20 * 1024 * 1024


def ordinary_folder(folder: Path, count: int, seed: int = 0) -> None:
    """Write pages of every outcome: articles, excerpts before them, copies, captures, rejected."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        chance = random.Random(f"{seed} {number}")
        text = sentences(seed * 100_000 + number, chance.randint(4, 14))
        title = f"Story {number}"
        pages = {f"{number:05}-b.html": html_page(title, text, canonical=f"https://example.org/{number}")}
        kind = number % 6
        if kind == 0:
            pages[f"{number:05}-a.html"] = html_page(title, text[: max(3, len(text) // 2)])
        elif kind == 1:
            pages[f"{number:05}-c.txt"] = "\n\n".join([title, *text])
        elif kind == 2:
            pages[f"sub/{number:05}.html"] = pages[f"{number:05}-b.html"]
        elif kind == 3:
            pages[f"{number:05}-c.html"] = html_page(title, [*text, *sentences(900_000 + number, 1)])
        elif kind == 4:
            pages[f"{number:05}-c.html"] = "<html><body><p>Not here.</p></body></html>"
        for name, page in pages.items():
            file = folder / name
            file.parent.mkdir(exist_ok=True)
            file.write_text(page, encoding="utf-8")


def change_folder(folder: Path, count: int) -> None:
    """Change what `ordinary_folder` has written: texts corrected, files renamed, deleted, added and touched."""
    for number in range(0, count, 2):
        file = folder / f"{number:05}-b.html"
        page = file.read_text(encoding="utf-8")
        if number % 4 == 0:
            correction = f"<p>{sentences(700_000 + number, 1)[0]}</p></article>"
            file.write_text(page.replace("</article>", correction), encoding="utf-8")
        elif number % 8 == 2:
            file.rename(folder / f"{number:05}-renamed.html")
        elif number % 16 == 6:
            file.unlink()
        else:
            os.utime(file, (1_600_000_000 + number, 1_600_000_000 + number))
    ordinary_folder(folder / "later", count // 4, seed=1)


def hostile_files() -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of files of every unpleasant kind, one at a time since some are large."""
    chance = random.Random(6)
    prose = "".join(f"<p>{paragraph}</p>" for paragraph in sentences(1))
    page = html_page("Story", sentences(1)).encode()
    yield from _bytes_of_no_text(chance, page)
    yield from _packed(page)
    yield from _large(prose)
    yield from _charsets()
    yield from _markup(prose)


def _bytes_of_no_text(chance: random.Random, page: bytes) -> Iterator[tuple[str, bytes]]:
    for suffix in ("html", "txt"):
        yield f"empty.{suffix}", b""
        yield f"one-byte.{suffix}", b"x"
        yield f"white-space.{suffix}", b" \n\t" * 1000
        yield f"nuls.{suffix}", b"\0" * 100_000
        yield f"random.{suffix}", chance.randbytes(200_000)
        yield f"random-below-128.{suffix}", bytes(chance.randrange(128) for _ in range(50_000))
        yield f"random-above-127.{suffix}", bytes(chance.randrange(128, 256) for _ in range(50_000))
        yield f"nuls-in-text.{suffix}", page.replace(b" ", b" \0", 40)
    yield "elf-header.txt", b"\x7fELF\x02\x01\x01" + bytes(9) + chance.randbytes(30_000)
    yield "picture.html", b"\x89PNG\r\n\x1a\n" + chance.randbytes(30_000)
    yield "document.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + chance.randbytes(30_000)
    yield "no-suffix", chance.randbytes(3000)


def _packed(page: bytes) -> Iterator[tuple[str, bytes]]:
    packed = gzip.compress(page)
    yield "good.html.gz", gzip.compress(html_page("Packed story", sentences(2)).encode())
    yield "truncated.html.gz", packed[:-20]
    yield "header-only.html.gz", packed[:10]
    yield "not-packed.html.gz", page
    yield "damaged.html.gz", packed[:200] + b"\xff" * 50 + packed[250:]
    yield "bomb.html.gz", gzip.compress(bytes(MAX_PAGE_BYTES * 4))
    yield "bomb-of-text.txt.gz", gzip.compress(b"All work and no play. " * (MAX_PAGE_BYTES // 8))
    yield "bomb-in-bomb.html.gz", gzip.compress(gzip.compress(bytes(MAX_PAGE_BYTES * 4)))
    yield "members.html.gz", gzip.compress(b"") * 100_000
    yield "raw-deflate.html.gz", zlib.compress(page)


def _large(prose: str) -> Iterator[tuple[str, bytes]]:
    yield "deep-div.html", b"<div>" * 100_000 + prose.encode()
    yield "deep-mixed.html", b"<div><b><i><table><tr><td><ul><li>" * 12_500 + prose.encode()
    yield "deep-inline.html", b"<p>" + b"<b><i><font>" * 20_000 + prose.encode()
    yield "tiny-paragraphs.html", b"".join(b"<p>word %d</p>" % number for number in range(40_000))
    yield "tiny-paragraphs.txt", b"\n\n".join(b"word %d here" % number for number in range(40_000))
    yield "links.html", b"".join(b'<a href="/%d">Link %d</a> ' % (number, number) for number in range(100_000))
    yield "links-and-prose.html", prose.encode() + b"".join(b"<li><a href=/%d>x</a>" % n for n in range(100_000))
    yield "title-1-mb.html", b"<title>" + b"long title " * 95_000 + b"</title>" + prose.encode()
    yield "attributes.html", b"<p " + b" ".join(b'a%d="v"' % number for number in range(10_000)) + b">" + prose.encode()
    yield "attribute-5-mb.html", b'<p title="' + b"x" * 5_000_000 + b'">' + prose.encode()
    yield "one-word-5-mb.html", b"<p>" + b"x" * 5_000_000 + b"</p>" + prose.encode()
    yield "one-line-15-mb.txt", b"All work and no play makes a dull page. " * 375_000
    yield "one-line-50-mb.txt", b"All work and no play makes a dull page. " * 1_250_000
    yield "over-the-limit.html", b"x" * (MAX_PAGE_BYTES + 1)
    yield "comment-10-mb.html", b"<!--" + b"-" * 10_000_000 + b"-->" + prose.encode()
    yield "unclosed-script.html", b"<script>" + prose.encode() * 100
    yield "table-cells.html", b"<table>" + b"<tr>" + b"<td>cell text" * 60_000
    yield "open-brackets.html", b"<" * 1_000_000
    yield "json-ld.html", (b'<script type="application/ld+json">' + b'{"a":' * 100_000 + b"</script>" + prose.encode())
    yield "json-ld-list.html", b'<script type="application/ld+json">' + b"[" * 500_000 + b"</script>" + prose.encode()


def _charsets() -> Iterator[tuple[str, bytes]]:
    text = html_page("Café – „naïve“ £5", [f"{sentence} Łódź café" for sentence in sentences(3)])
    for encoding in ("utf-16-le", "utf-16-be", "utf-16", "utf-32", "utf-8-sig"):
        yield f"{encoding}.html", text.encode(encoding)
    western = html_page("Café “quoted”", [f"{sentence} “naïve” café" for sentence in sentences(4)])
    yield "cp1252-as-utf-8.html", western.encode("cp1252")
    yield "utf-8-as-ascii.html", western.replace("utf-8", "ascii").encode()
    yield "utf-8-as-shift-jis.html", western.replace("utf-8", "shift_jis").encode()
    eastern = "".join(f"<p>{'港の町で新しい橋が開いた。' * 12}{number}</p>" for number in range(9))
    for encoding in ("shift_jis", "euc_jp", "iso2022_jp"):
        yield f"{encoding}.html", f'<meta charset="{encoding}"><h1>港の町</h1>{eastern}'.encode(encoding)
    yield "gb18030.html", f'<meta charset="gb2312"><h1>港</h1>{eastern}'.encode("gb18030")
    for name in ("utf-7", "rot13", "unicode_escape", "idna", "hex", "x" * 40, "\x1b[2J", "undefined"):
        yield f"charset-{len(name)}{name[:1].strip()}.html", text.replace("utf-8", name).encode()
    yield "surrogates.html", text.replace("Story", "\ud800 \udfff").encode("utf-8", "surrogatepass") + b"\xed\xa0\x80"
    yield "overlong.html", text.encode() + b"<p>\xc0\xaf\xe0\x80\xaf\xf8\x88\x80\x80\x80</p>"


def _markup(prose: str) -> Iterator[tuple[str, bytes]]:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "boom"}">' for n in range(10))
    yield "entity-bomb.xhtml", f"<?xml version='1.0'?><!DOCTYPE html [{bomb}]><html><p>&e9;</p>{prose}</html>".encode()
    outside = '<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY n SYSTEM "http://127.0.0.1:9/x">'
    yield "outside-entity.xhtml", f"<?xml version='1.0'?><!DOCTYPE html [{outside}]><p>&f;&n;</p>{prose}".encode()
    yield "entities.html", f"<title>&#0;&#xD800;&#x110000;&#27;[31m&#8238;</title>{prose}<p>{'&#0;' * 999}</p>".encode()
    yield "controls.html", f"<title>a\x1b[2Jb\x07c\x9b31m</title>{prose}<p>\x08\x0c\x7f</p>".encode()
    yield "right-to-left.html", f"<title>\u202egnp.exe\u2066</title>{prose}".encode()
    yield "script-title.html", f"<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>{prose}".encode()
    yield "quotes.html", f"<title>'); DROP TABLE articles; --</title>{prose}".encode()
    yield "shell.html", f"<title>$(touch pwned) `touch pwned` ; touch pwned</title>{prose}".encode()
    date, moment = "9" * 100_000, "1 " * 50_000
    yield (
        "dates.html",
        f'<meta name="date" content="{date}"><time datetime="0000-99-99">{moment}</time>{prose}'.encode(),
    )
    yield "frameset.html", b"<frameset>" * 5000 + b"<frame src='file:///etc/passwd'>"
    yield "svg.html", b"<svg>" * 5000 + b"<math>" * 5000 + prose.encode()
    yield "nested-forms.html", b"<form><select><option><button>" * 5000 + prose.encode()
    yield "stray-ends.html", b"</div></p></html></body>" * 20_000 + prose.encode()
    yield "same-line.txt", ("The same line of text again and again.\n" * 100_000).encode()
    yield "line-ends.txt", "\r".join(sentences(5)).encode() + "\u2028\u2029\x85\x0b\x0c".encode() * 5000
    yield "combining.txt", ("e" + "\u0301" * 200_000 + "\n" + "\n".join(sentences(8))).encode()
    yield "hyphens.txt", ("a-\n" * 200_000 + "\n".join(sentences(9))).encode()
    yield "digits.txt", ("1" * 1_000_000 + "\n" + "\n".join(sentences(10))).encode()
