"""Archives that are made and damaged here: every record is a row, passed over, or told by the bytes that were lost."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

from fastwarc.warc import ArchiveIterator
from hypothesis import given
from hypothesis import strategies as st

from lab.samples import info, packed, record, revisit, sentences, zipped
from tests.records import URL, pages, passed, problems, read
from winnow.sources.containers.records import Item, Record

IMAGE = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n"
GONE = "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n"


def _noise(seed: int) -> bytes:
    return random.Random(seed).randbytes(60).replace(b"WARC", b"....")


MAKERS: dict[str, Callable[[int], bytes]] = {
    "page": lambda number: record(f"{URL}{number}", "\n".join(sentences(number, 3)).encode()),
    "picture": lambda number: record(f"{URL}{number}", _noise(number), http=IMAGE),
    "error": lambda number: record(f"{URL}{number}", b"<p>gone", http=GONE),
    "revisit": lambda number: revisit(f"{URL}{number}", "2024-03-01T00:00:00Z", of=URL),
    "info": lambda number: info(),
    "metadata": lambda number: record(f"{URL}{number}", b"outlink: a", "metadata", http=None),
}
ROWS = ("page", "revisit")
DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "none": lambda raw: raw,
    "first line": lambda raw: raw[7:],
    "length too small": lambda raw: re.sub(rb"Content-Length: \d+", b"Content-Length: 1", raw),
    "length too large": lambda raw: raw.replace(b"Content-Length: ", b"Content-Length: 777777"),
    "no length": lambda raw: raw.replace(b"Content-Length", b"Content-Width"),
}
PACKED_DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "none": lambda raw: raw,
    "cut": lambda raw: raw[:-20],
    "flipped": lambda raw: raw[:60] + bytes(byte ^ 0x55 for byte in raw[60:70]) + raw[70:],
    "no gzip": lambda raw: raw[10:],
}
Archive = list[tuple[str, str]]


def _archives(damages: dict[str, Callable[[bytes], bytes]]) -> st.SearchStrategy[Archive]:
    return st.lists(st.tuples(st.sampled_from(list(MAKERS)), st.sampled_from(list(damages))), min_size=1, max_size=7)


def _lost(items: list[Item]) -> int:
    """Return how many bytes the details of damaged records say were passed over."""
    told = [re.search(r"([\d,]+) bytes passed over$", detail) for _, detail in problems(items).values()]
    return sum(int(found[1].replace(",", "")) for found in told if found)


def _is_accounted_for(archive: Archive, parts: list[bytes], items: list[Item]) -> None:
    sound = [kind in ROWS for kind, damage in archive if damage == "none"]
    rows = [item for item in items if isinstance(item, Record) and not item.page.problem]
    assert (len(rows), len(passed(items))) == (sum(sound), len(sound) - sum(sound))
    broken = [damage != "none" for _, damage in archive]
    stretches = sum(now and not before for now, before in zip(broken, [False, *broken], strict=False))
    assert stretches <= len(problems(items)) <= sum(broken)
    assert _lost(items) == sum(len(part) for part, is_broken in zip(parts, broken, strict=True) if is_broken)


@given(_archives(DAMAGES))
def test_damaged_warc_is_accounted_for(archive: Archive) -> None:
    parts = [DAMAGES[damage](MAKERS[kind](number)) for number, (kind, damage) in enumerate(archive)]
    whole = info() + b"".join(parts) + info()  # so that damage ends before the file does
    _is_accounted_for([("info", "none"), *archive, ("info", "none")], [b"", *parts, b""], read("a.warc", whole))


@given(_archives(PACKED_DAMAGES))
def test_damaged_packed_warc_is_accounted_for(archive: Archive) -> None:
    parts = [PACKED_DAMAGES[damage](packed([MAKERS[kind](number)])) for number, (kind, damage) in enumerate(archive)]
    whole = packed([info()]) + b"".join(parts) + packed([info()])
    _is_accounted_for([("info", "none"), *archive, ("info", "none")], [b"", *parts, b""], read("a.warc.gz", whole))


@given(st.lists(st.sampled_from(list(MAKERS)), max_size=9), st.booleans())
def test_sound_warc_has_as_many_records_as_a_second_reader_finds(kinds: list[str], is_packed: bool) -> None:
    parts = [MAKERS[kind](number) for number, kind in enumerate(kinds)]
    data = packed(parts) if is_packed else b"".join(parts)
    items = read("a.warc.gz" if is_packed else "a.warc", data)
    assert len(items) == sum(1 for _ in ArchiveIterator(io.BytesIO(data), parse_http=False)) == len(kinds)
    assert not problems(items)


NAMES = st.sampled_from(["a.html", "b/c.txt", "d.png", "e.css", "f", "g.php", "h.md", "i.js", "j.svg"])


@given(st.dictionaries(NAMES, st.integers(0, 99), min_size=1), st.sets(st.integers(0, 8)))
def test_damaged_zip_is_accounted_for(members: dict[str, int], hurt: set[int]) -> None:
    data = bytearray(zipped({name: " ".join(sentences(seed, 3)).encode() for name, seed in members.items()}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        for number, member in enumerate(archive.infolist()):
            if number in hurt:
                at = member.header_offset + 30 + len(member.filename) + 10
                data[at : at + 4] = bytes(byte ^ 0xFF for byte in data[at : at + 4])
    items = read("a.zip", bytes(data))
    assert len(items) == len(members)
    sound = {name for number, name in enumerate(members) if number not in hurt}
    assert set(pages(items)) <= sound
    assert set(problems(items)).isdisjoint(sound)
