#!/usr/bin/env bash
# fastwarc (2.0.1) does not know the type of a WARC record whose field names are in small letters, though it finds the other fields.
#
# Field names of WARC are compared without case (ISO 28500, 5). fastwarc looks `WARC-Type` up as it is written while it reads the
# header, so that the type of a record with `warc-type: response` is `unknown`: a reader that asks for responses passes it over
# without a word. Writers of such files exist (the Rust crate warc 0.4). warcio (1.8.1) reads the same file rightly.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check fastwarc==2.0.1 warcio==1.8.1
"$place/bin/python" - <<'END'
import io

from fastwarc.warc import ArchiveIterator, WarcRecordType
from warcio.archiveiterator import ArchiveIterator as Warcio

BODY = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>one"
HEAD = (
    f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nWARC-Date: 2024-02-29T10:00:00Z\r\n"
    f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\nContent-Type: application/http\r\n"
    f"Content-Length: {len(BODY)}\r\n\r\n"
).encode()


def types(head: bytes) -> tuple[list[tuple[bool, str]], int, list[str]]:
    """Return whether fastwarc finds a response, how many it gives where one asks for them, and what warcio finds."""
    data = head + BODY + b"\r\n\r\n"
    found = [
        (record.record_type == WarcRecordType.response, record.headers["WARC-Target-URI"])
        for record in ArchiveIterator(io.BytesIO(data))
    ]
    asked = sum(1 for _ in ArchiveIterator(io.BytesIO(data), record_types=WarcRecordType.response))
    return found, asked, [record.rec_type for record in Warcio(io.BytesIO(data))]


small = HEAD.replace(b"WARC-Type", b"warc-type")
print("as the standard writes it:", types(HEAD))
print("in small letters:", types(small))
assert types(HEAD) == ([(True, "http://a.example/")], 1, ["response"])
assert types(small) == ([(False, "http://a.example/")], 0, ["response"])
END
