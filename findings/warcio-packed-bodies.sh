#!/usr/bin/env bash
# warcio (1.8.1) hands over zstd, Brotli and `x-gzip` bodies packed, and leaves sizes of pieces in the text where a server writes `Chunked`.
#
# `content_stream()` gives a record's body without its codings. It knows gzip and deflate, and Brotli where another package is installed
# (with the one that PyPI names `brotli` it raises an AttributeError); a body in any other coding comes as it is, and nothing says so.
# Browsers ask for zstd since 2024, and crawls by browsers record it. HTTP has `x-gzip` equal to gzip, and compares names of codings
# without case: the body of an answer with `Transfer-Encoding: Chunked`, as some servers write it, keeps the lengths of its pieces between
# its words.
#
# Seen with warcio 1.8.1, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check warcio==1.8.1
"$place/bin/python" - <<'END'
import gzip
import io

from warcio.archiveiterator import ArchiveIterator

PAGE = b"<p>The lake</p>" * 3
ZSTD = bytes.fromhex("28b52ffd202dad0000783c703e546865206c616b653c2f703e010022ce3a")  # PAGE, packed
BROTLI = bytes.fromhex("1b2c00f89d07764c980c91d29c1b473508cf1a9c7ca162cbb230b4f089a64280e08d8b06")
CHUNKED = b"f\r\n<p>The lake</p>\r\n1e\r\n" + PAGE[15:] + b"\r\n0\r\n\r\n"
SEEN = {
    "Content-Encoding: gzip": (gzip.compress(PAGE), True),  # as one expects
    "Content-Encoding: x-gzip": (gzip.compress(PAGE), False),
    "Content-Encoding: br": (BROTLI, False),
    "Content-Encoding: zstd": (ZSTD, False),
    "Transfer-Encoding: chunked": (CHUNKED, True),
    "Transfer-Encoding: Chunked": (CHUNKED, False),
}


def record(field: str, body: bytes) -> bytes:
    block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{field}\r\n\r\n".encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://paper.example/lake\r\nWARC-Date: 2024-02-29T10:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


for field, (body, is_unpacked) in SEEN.items():
    [found] = [each.content_stream().read() for each in ArchiveIterator(io.BytesIO(record(field, body)))]
    print(f"{field:28} {found[:24]!r}")
    assert found == (PAGE if is_unpacked else body), field
END
