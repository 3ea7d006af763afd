"""Samples for tests, torture and benchmarks, made on the spot: prose, pages of HTML, containers that hold pages."""

from __future__ import annotations

import base64
import gzip
import io
import json
import random
import re
import zipfile
from collections.abc import Iterable

DATE = "2024-02-29T10:00:00Z"
OK = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"

WORDS = re.findall(
    r"\S+",
    "harbour council river meadow engine letter winter teacher bridge market garden window music paper river-bank "
    "travel kitchen mountain doctor village station copper orchard signal blanket ladder pepper thunder velvet anchor",
)


def sentences(seed: int, count: int = 12) -> list[str]:
    """Return paragraphs of plain prose: for the same seed the same text, for another seed another."""
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        words = [chance.choice(WORDS) + chance.choice(["", "", "s", "ed"]) for _ in range(chance.randint(25, 45))]
        made.append(" ".join(words).capitalize() + ".")
    return made


def html_page(title: str, paragraphs: list[str], teasers: str = "", canonical: str | None = None) -> str:
    """Return an HTML page with a menu, teasers and a footer around the article."""
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Test</title>{link}</head>'
        f"<body><nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li></ul></nav>"
        f"<main><article><h1>{title}</h1>{body}</article></main>"
        f"<aside>{teasers}</aside><footer><p>All rights reserved</p></footer></body></html>"
    )


def record(
    url: str, body: bytes = b"", kind: str = "response", http: str | None = OK, date: str = DATE, more: str = ""
) -> bytes:
    """Return a WARC record; `http` are the status line and headers of a response."""
    block = (http + "\r\n").encode() + body if http else body
    return (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:0-{len(block)}>\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: {date}\r\n{more}Content-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n"
    ).encode() + block + b"\r\n\r\n"  # fmt: skip


def info() -> bytes:
    """Return the record with which WARC files begin."""
    return record("http://a.example/", b"software: test\r\n", "warcinfo", http=None)


def revisit(url: str, date: str, of: str, at: str = DATE, digest: str = "") -> bytes:
    """Return a WARC record that points to an earlier capture, which has the address `of` and the date `at`."""
    more = f"WARC-Refers-To-Target-URI: {of}\r\nWARC-Refers-To-Date: {at}\r\n"
    if digest:
        more += "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest\r\n"
        more += f"WARC-Payload-Digest: {digest}\r\n"
    return record(url, b"", "revisit", date=date, more=more)


def packed(records: Iterable[bytes]) -> bytes:
    """Return WARC records as a file in which each of them is gzipped by itself."""
    return b"".join(gzip.compress(each, mtime=0) for each in records)


def zipped(members: dict[str, bytes]) -> bytes:
    """Return a ZIP file with these members, by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return out.getvalue()


def mhtml(page: str, url: str, date: str = "Thu, 29 Feb 2024 10:00:00 -0000") -> bytes:
    """Return an MHTML file as browsers write it: the page in base64, and a picture."""
    body = base64.encodebytes(page.encode()).decode()
    return (
        f"From: <Saved by a browser>\r\nSnapshot-Content-Location: {url}\r\nSubject: A page\r\nDate: {date}\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="----line"\r\n\r\n'
        f"------line\r\nContent-Type: text/html\r\nContent-ID: <frame-0@mhtml>\r\n"
        f"Content-Transfer-Encoding: base64\r\nContent-Location: {url}\r\n\r\n{body}\r\n"
        "------line\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        "Content-Location: http://a.example/p.png\r\n\r\niVBORw0KGgo=\r\n------line--\r\n"
    ).encode()  # fmt: skip


def jsonl(*values: object) -> bytes:
    """Return values as JSON Lines."""
    return b"".join(json.dumps(value).encode() + b"\n" for value in values)
