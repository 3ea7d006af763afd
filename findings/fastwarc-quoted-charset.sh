#!/usr/bin/env bash
# fastwarc (2.0.1) gives the charset of `text/html; charset="windows-1251"` with its quotes, and resiliparse reads Буря as Áóðÿ then.
#
# A parameter of HTTP may stand in quotes, which are no part of it (RFC 9110, 5.6.6; `charset="utf-8"` is among the examples of 8.3.1). fastwarc
# says that `record.http_charset` is a valid name for Python, and resiliparse's `HTMLTree.parse_from_bytes` takes it: it knows no charset
# with quotes, and reads the bytes as Western ones, though the page has the right one in `<meta charset>`. Nothing is raised. UTF-8 is read
# rightly all the same, so that only older pages of an archive have other letters than they had. `bytes_to_str` guesses the charset then.
#
# Seen with fastwarc 2.0.1, resiliparse 2.0.1, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check fastwarc==2.0.1 resiliparse==2.0.1
"$place/bin/python" - <<'END'
import io

from fastwarc.warc import ArchiveIterator
from resiliparse.parse.html import HTMLTree

SEEN = {  # by charset: the title of a page, and what it is with the charset in quotes
    "windows-1251": ("Буря", "Áóðÿ"),
    "euc-kr": ("폭풍", "ÆøÇ³"),
    "utf-8": ("Буря", "Буря"),
}


def read(title: str, charset: str, quote: str) -> tuple[str, str]:
    """Return the charset of a WARC record, and the title of its page as it is read with that charset."""
    page = f'<html><head><meta charset="{charset}"><title>{title}</title></head><body></body></html>'.encode(charset)
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset={quote}{charset}{quote}\r\n\r\n".encode() + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nWARC-Date: 2024-02-29T10:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\nContent-Type: application/http;msgtype=response\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    ).encode()
    record = next(iter(ArchiveIterator(io.BytesIO(head + answer + b"\r\n\r\n"))))
    body = record.reader.read()
    return record.http_charset, HTMLTree.parse_from_bytes(body, record.http_charset).title


for charset, (title, in_quotes) in SEEN.items():
    for quote, seen in (("", title), ('"', in_quotes)):
        found = read(title, charset, quote)
        print(f"charset={quote}{charset}{quote}: {found[0]}, {found[1]}")
        assert found == (f"{quote}{charset}{quote}", seen), found
END
