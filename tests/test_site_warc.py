"""WARC files of live sites: each record whole, each digest right, and nothing lost of a run that was killed."""

from __future__ import annotations

import gzip
import io
import itertools
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator as WarcioIterator
from warcio.checker import Checker

from winnow.sites.exchange import Exchange
from winnow.sites.warc import (
    DISCOVERY,
    NOT_MODIFIED,
    PAGES,
    SAME_PAYLOAD,
    WRITING,
    Original,
    WarcFiles,
    payload_digest,
    stored_head,
    take_over,
)

AT = 1_700_000_000.0
URL = "http://paper.example/story?a=1&b=2"
PACKED = gzip.compress(b"<p>" + b"word " * 999)
HEAD = b"HTTP/1.1 200 OK\r\nserver: made\r\nTransfer-Encoding: chunked\r\nSet-Cookie: a\r\nSet-Cookie: b\r\n"
HEAD += b"content-encoding: gzip\r\nContent-Type: text/html\r\n\r\n"
GET = b"GET /story?a=1&b=2 HTTP/1.1\r\nHost: paper.example\r\nUser-Agent: winnow\r\n\r\n"
CHUNKED = Exchange(URL, GET, HEAD, PACKED, AT, 12, "192.0.2.1")
PLAIN = replace(CHUNKED, head=b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n", body=b"text")
NOT_CHANGED = replace(PLAIN, head=b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n', body=b"")


def written(folder: Path) -> Path:
    """Write each kind of record there is, and return the file."""
    files = WarcFiles(folder, PAGES, AT, {"software": "winnow", "http-header-user-agent": "winnow (+mail)"})
    first = files.capture(CHUNKED, [("via", "http://paper.example/feed"), ("odd", "two\r\nlines"), ("none", None)])
    files.capture(PLAIN)
    original = Original(first.record_id, "2023-11-14T22:13:20+00:00", payload_digest(PACKED))
    files.revisit(CHUNKED, SAME_PAYLOAD, original)
    files.revisit(NOT_CHANGED, NOT_MODIFIED, original)
    files.capture(replace(CHUNKED, truncated="length", body=PACKED[:9]))
    files.without_answer(URL, AT, [("error", "no such host")])
    files.close()
    [path] = folder.rglob("*.warc.gz")
    return path


def records(path: Path, **options: Any) -> list[Any]:
    """Return type, headers, HTTP headers and content of each record, as fastwarc reads them."""
    found = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file, **options):
            http = record.http_headers
            found.append(
                (record.headers.get("WARC-Type"), dict(record.headers), http and dict(http), record.reader.read())
            )
    return found


def test_a_closed_file_stands_in_its_folder_and_each_record_is_a_gzip_member(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert path.relative_to(tmp_path).as_posix() == "pages/2023/20231114T221320Z-00001.warc.gz"
    kinds = [kind for kind, *_ in records(path)]
    assert kinds == [
        *("warcinfo", "response", "request", "metadata", "response", "request", "metadata"),
        *("revisit", "request", "revisit", "request", "response", "request", "metadata", "metadata"),
    ]
    data = path.read_bytes()
    assert data.count(b"\x1f\x8b\x08") >= len(kinds)


def test_warcio_and_fastwarc_find_every_digest_right(tmp_path: Path) -> None:
    path = written(tmp_path)
    checker = Checker(type("Command", (), {"verbose": True, "inputs": [str(path)]})())
    checker.process_all()
    assert checker.exit_value == 0
    for parse_http in (True, False):
        with path.open("rb") as file:  # passes over records whose digests are wrong
            assert sum(1 for _ in ArchiveIterator(file, parse_http=parse_http, verify_digests=True)) == 15
    with path.open("rb") as file:
        kinds = ((record.headers.get("WARC-Type"), record.verify_payload_digest()) for record in ArchiveIterator(file))
        assert [right for kind, right in kinds if kind == "response"] == [True, True, True]


def test_a_stored_answer_is_as_it_came_but_for_its_chunks(tmp_path: Path) -> None:
    _, response, request, metadata, *_ = records(written(tmp_path), parse_http=False)
    stored = response[3]
    assert stored == stored_head(HEAD, len(PACKED)) + PACKED
    assert stored.replace(b"X-Crawler-", b"").replace(b"Content-Length: %d\r\n" % len(PACKED), b"") == HEAD + PACKED
    assert request[3] == GET
    assert request[1]["WARC-Concurrent-To"] == response[1]["WARC-Record-ID"]
    assert metadata[3] == b"fetchTimeMs: 12\r\nvia: http://paper.example/feed\r\nodd: two lines\r\n"
    assert {name: response[1][name] for name in ("WARC-Target-URI", "WARC-IP-Address", "WARC-Date")} == {
        "WARC-Target-URI": URL,
        "WARC-IP-Address": "192.0.2.1",
        "WARC-Date": "2023-11-14T22:13:20Z",
    }


def test_readers_unpack_what_is_stored(tmp_path: Path) -> None:
    path = written(tmp_path)
    with path.open("rb") as file:
        texts = [record.content_stream().read() for record in WarcioIterator(file) if record.rec_type == "response"]
    assert texts[:2] == [gzip.decompress(PACKED), b"text"]


def test_revisits_name_the_capture_that_they_repeat(tmp_path: Path) -> None:
    found = records(written(tmp_path), parse_http=False)
    capture = found[1][1]
    revisits = [each for each in found if each[0] == "revisit"]
    for record, profile in zip(revisits, (SAME_PAYLOAD, NOT_MODIFIED), strict=True):
        fields = record[1]
        assert fields["WARC-Profile"] == profile
        assert fields["WARC-Refers-To"] == capture["WARC-Record-ID"]
        assert fields["WARC-Refers-To-Date"] == capture["WARC-Date"]
        assert fields["WARC-Payload-Digest"] == capture["WARC-Payload-Digest"]
        assert record[3].endswith(b"\r\n\r\n")


def test_heads_that_name_a_length_beside_chunks_keep_only_the_true_one() -> None:
    head = b"HTTP/1.1 200 OK\nContent-length: 5\ntransfer-encoding : chunked\n\n"
    assert stored_head(head, 7) == (
        b"HTTP/1.1 200 OK\nX-Crawler-Content-length: 5\nX-Crawler-transfer-encoding : chunked\nContent-Length: 7\n\n"
    )
    assert stored_head(PLAIN.head, 4) == PLAIN.head


def test_places_lead_to_their_records_and_a_full_file_is_followed_by_another(tmp_path: Path) -> None:
    files = WarcFiles(tmp_path, DISCOVERY, AT, {}, max_bytes=2000)
    body = os.urandom(1500)
    places = [files.capture(replace(PLAIN, body=body)) for _ in range(5)]
    files.close()
    assert len({place.warc for place in places}) == len(list(tmp_path.rglob("*.warc.gz"))) > 1
    for place in places:
        data = (tmp_path / place.warc).read_bytes()[place.offset :]
        record = next(iter(ArchiveIterator(io.BytesIO(data))))
        assert record.headers.get("WARC-Record-ID") == place.record_id
    # A run that begins in the same second takes the next number.
    again = WarcFiles(tmp_path, DISCOVERY, AT, {})
    assert again.capture(PLAIN).warc not in {place.warc for place in places}
    again.close()


def test_nothing_is_read_as_a_page_before_a_file_is_closed(tmp_path: Path) -> None:
    files = WarcFiles(tmp_path, PAGES, AT, {})
    files.flush()
    files.close()
    assert list(tmp_path.iterdir()) == []
    place = files.capture(PLAIN)
    files.flush()
    assert not (tmp_path / place.warc).exists()
    assert (tmp_path / WRITING / place.warc).exists()
    files.close()
    assert [path.name for path in tmp_path.iterdir()] == [PAGES]
    assert (tmp_path / place.warc).exists()


@settings(max_examples=40, deadline=None)
@given(share=st.floats(0, 1), junk=st.binary(max_size=30))
def test_a_killed_run_leaves_all_its_whole_records(
    tmp_path_factory: pytest.TempPathFactory, share: float, junk: bytes
) -> None:
    folder = tmp_path_factory.mktemp("sites")
    files = WarcFiles(folder, PAGES, AT, {"software": "winnow"})
    places = [files.capture(CHUNKED) for _ in range(4)]
    path = folder / WRITING / places[0].warc
    whole = path.read_bytes()
    cut = round(share * len(whole))
    path.write_bytes(whole[:cut] + junk)
    taken = take_over(folder)
    found = [fields["WARC-Record-ID"] for name in taken for _, fields, *_ in records(folder / name, parse_http=False)]
    assert not (folder / WRITING).exists()
    for before, after in itertools.pairwise(places):
        if after.offset <= cut:
            assert before.record_id in found
    assert len(found) <= 13
