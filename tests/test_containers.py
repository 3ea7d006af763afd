"""The readers of containers: every record once, whatever state the file is in, and never more than a record's limit."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scrapy.settings import Settings

from lab.samples import DATE, jsonl, mhtml, packed, zipped
from tests.records import LIMIT, PAGE, PARTS, URL, pages, passed, problems, read
from winnow.items import TEXT, Reason, StartError
from winnow.runs.options import RunOptions
from winnow.sources.containers import kind_of, records
from winnow.sources.containers.batches import BatchJob, read_batch
from winnow.sources.containers.records import (
    EMPTY,
    NESTED,
    NO_PAGE,
    NO_RESPONSE,
    ContainerOptions,
    Item,
    Place,
    Record,
    Unreadable,
)  # fmt: skip
from winnow.sources.containers.stated import address
from winnow.times import moment


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.warc", "WARC"), ("A.WARC.GZ", "WARC"), ("x/a.wacz", "WACZ"), ("a.zip", "ZIP"), ("a.mht", "MHTML"),
        ("a.mhtml", "MHTML"), ("a.jsonl", "JSON Lines"), ("a.jsonl.gz", "JSON Lines"), ("a.html", None),
        ("a.gz", None), ("warc", None), ("a.warc.html", None),
    ],
)  # fmt: skip
def test_name_tells_the_kind(name: str, kind: str | None) -> None:
    found = kind_of(name)
    assert (found.name if found else None) == kind


# --- ZIP and WACZ ------------------------------------------------------------------------------------------------


def test_zip_gives_members_that_may_be_pages_and_counts_the_others() -> None:
    members = {"a.html": b"<p>a", "sub/b.txt": b"b", "c": b"c", "d.html.gz": b"d", "e.php?id=1": b"e", "page.asp": b"f"}
    others = {"p.png": b"x", "s.css": b"x", "s.js": b"x"}
    items = read("a.zip", zipped(members | others))
    assert pages(items) == members
    assert passed(items) == [f"{NO_PAGE} ({kind})" for kind in ("pictures", "styles", "scripts")]


def test_containers_in_a_zip_are_read_two_levels_deep() -> None:
    data = zipped({"a.html": b"<p>a"})
    for _ in range(3):
        data = zipped({"in.zip": data, "b.html": b"<p>b", "x.warc.gz": packed(PARTS[:2]), "bad.zip": b"no"})
    items = read("a.zip", data)
    levels = ["", "in.zip#", "in.zip#in.zip#"]
    names = [f"{level}{name}" for level in levels for name in ("b.html", "x.warc.gz#")]
    assert sorted(path.rstrip("0123456789") for path in pages(items)) == sorted(names[:5])
    assert sorted(problems(items)) == ["bad.zip", "in.zip#bad.zip"]
    assert sorted(passed(items)) == [NESTED] * 3 + [NO_RESPONSE] * 2


def test_packed_zip_in_a_zip_that_is_a_bomb_is_not_unpacked() -> None:
    bomb = zipped({"in.zip": zipped({"a.html": bytes(2 * LIMIT)}) + bytes(8 * LIMIT)})
    assert problems(read("a.zip", bomb, limit=4 * LIMIT))["in.zip"][0] is Reason.TOO_LARGE


def test_wacz_without_a_warc_file_says_so() -> None:
    with pytest.raises(Unreadable, match="holds no WARC file"):
        read("a.wacz", zipped({"datapackage.json": b"{}"}))
    root = read("a.wacz", zipped({"data.warc": PARTS[1]}))
    assert pages(root) == {"data.warc#0": b"<p>one"}


HOSTILE = ["../../etc/passwd", "/etc/passwd", "a\nb.html", "a\\b.html", "\x1b[31m.html", "ä ü.html", "a.html#1"]


def test_zip_members_may_have_any_names(tmp_path: Path) -> None:
    items = read("a.zip", zipped({name: name.encode() for name in HOSTILE}))
    assert list(pages(items)) == [name.replace("\\", "\\\\") for name in HOSTILE]
    assert list(tmp_path.iterdir()) == []


def test_zip_members_of_one_name_are_told_apart() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.html", "one")
        for body in ("two", "three"):
            with pytest.warns(UserWarning, match="Duplicate name"):
                archive.writestr("a.html", body)
    assert pages(read("a.zip", out.getvalue())) == {"a.html": b"one", "a.html#2": b"two", "a.html#3": b"three"}


def test_zip_member_names_need_be_no_utf8_nor_say_so() -> None:
    data = zipped({"aX.html": b"<p>a", "bXX.html": b"<p>b"})
    data = data.replace(b"aX.", b"a\xe9.").replace(b"bXX.", "bé.".encode())
    assert pages(read("a.zip", data)) == {"a\\xe9.html": b"<p>a", "bé.html": b"<p>b"}


def test_damaged_zip_member_costs_that_member() -> None:
    data = zipped({"a.html": b"<p>a", "b.html": b"<p>b" * 50, "c.html": b"<p>c"})
    at = data.index(b"b.html") + 8
    items = read("a.zip", data[:at] + b"\xff\xff\xff" + data[at + 3 :])
    assert pages(items) == {"a.html": b"<p>a", "c.html": b"<p>c"}
    assert problems(items)["b.html"][0] is Reason.UNREADABLE


def test_zip_bomb_and_large_member_are_too_large() -> None:
    items = read("a.zip", zipped({"a.html": bytes(LIMIT + 1), "b.html": b"<p>b"}))
    assert pages(items) == {"b.html": b"<p>b"}
    assert problems(items)["a.html"][0] is Reason.TOO_LARGE
    items = read("a.zip", zipped({"a.html": bytes(2 * LIMIT)}), limit=4 * LIMIT)
    assert problems(items)["a.html"] == (Reason.TOO_LARGE, "the member unpacks to more than 200 times its size")


def test_wacz_with_a_bomb_gives_its_other_records() -> None:
    data = zipped({"archive/a.warc": bytes(2 * LIMIT), "archive/b.warc": PARTS[1]})
    items = read("a.wacz", data, limit=4 * LIMIT)
    assert problems(items)["archive/a.warc"] == (Reason.TOO_LARGE, "the member unpacks to more than 200 times its size")
    assert list(pages(items)) == ["archive/b.warc#0"]


def test_zip_member_that_lies_about_its_size_is_bounded() -> None:
    data = zipped({"a.html": bytes(2 * LIMIT), "b.html": b"<p>b"})
    size = (2 * LIMIT).to_bytes(4, "little")
    items = read("a.zip", data.replace(size, (10).to_bytes(4, "little")))
    assert set(problems(items)) == {"a.html"}
    assert pages(items) == {"b.html": b"<p>b"}


def test_encrypted_zip_member_cannot_be_read() -> None:
    data = bytearray(zipped({"a.html": b"<p>a"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    assert problems(read("a.zip", bytes(data))) == {"a.html": (Reason.UNREADABLE, "the member is encrypted")}


def test_zip_member_may_have_no_name() -> None:
    data = zipped({"X.html": b"<p>a", "b.html": b"<p>b"}).replace(b"X.html", b"\0.html")
    assert pages(read("a.zip", data)) == {"": b"<p>a", "b.html": b"<p>b"}


@given(st.data())
def test_zip_of_any_bytes_gives_members_or_is_unreadable(data: st.DataObject) -> None:
    mangled = bytearray(zipped({"a.html": b"<p>a" * 30, "b.txt": b"b", "c.png": b"c"}))
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(mangled)))
        mangled[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    try:
        items = read("a.zip", bytes(mangled), limit=1000)
    except Unreadable:
        return
    assert all(len(item.page.body) <= 1000 for item in items if isinstance(item, Record))


def test_wacz_gives_the_records_of_its_warc_files() -> None:
    data = zipped({"archive/a.warc.gz": packed(PARTS), "archive/b.warc": PARTS[1], "pages/pages.jsonl": b"{}"})
    items = read("a.wacz", data)
    assert list(pages(items).values()) == [b"<p>one", b"<p>two", b"<p>three", b"<p>one"]
    assert "archive/b.warc#0" in pages(items)
    broken = read("a.wacz", zipped({"archive/a.warc": b"junk", "archive/b.warc": PARTS[1]}))
    assert list(problems(broken)) == ["archive/a.warc"]
    assert list(pages(broken)) == ["archive/b.warc#0"]


# --- MHTML -------------------------------------------------------------------------------------------------------


def test_mhtml_gives_its_page_with_address_and_date() -> None:
    items = read("a.mhtml", mhtml("<p>one", URL))
    assert items[0] == Record(replace(PAGE, path="1"))
    assert passed(items) == [f"{NO_PAGE} (pictures)"]


def test_mhtml_part_that_is_named_as_the_start_goes_before_the_first() -> None:
    data = (
        mhtml("<p>frame", URL).replace(b"frame-0@", b"frame-1@").replace(b'"text/html";', b'"text/html"; start="<m>";')
    )
    page = b"------line\r\nContent-Type: text/html; charset=koi8-r\r\nContent-ID: <m>\r\n\r\n<p>main\r\n------line--"
    [item] = [item for item in read("a.mht", data.replace(b"------line--", page)) if isinstance(item, Record)]
    assert (item.page.path, item.page.body, item.page.charset) == ("3", b"<p>main", "koi8-r")


def test_message_of_one_part_is_a_page() -> None:
    data = b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=C3=A9"
    assert pages(read("a.mht", data)) == {"1": "<p>é".encode()}


@pytest.mark.parametrize("data", [b"", b"<p>no message", bytes(1000), b"Content-Type: image/png\r\n\r\nx"])
def test_file_without_a_part_that_is_a_page_is_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read("a.mhtml", data)


@given(st.binary(max_size=300), st.integers(0, 900))
def test_mhtml_of_any_bytes_gives_a_page_or_is_unreadable(noise: bytes, at: int) -> None:
    good = mhtml("<p>one", URL)
    try:
        items = read("a.mhtml", good[:at] + noise + good[at + len(noise) :])
    except Unreadable:
        return
    assert len([item for item in items if isinstance(item, Record)]) == 1


# --- JSON Lines --------------------------------------------------------------------------------------------------


def test_lines_give_html_or_text_with_address_and_date() -> None:
    data = jsonl({"url": URL, "html": "<p>é", "text": "é", "date": DATE}, {"text": "a", "html": ""}, {"text": "b"})
    first, second, third = read("a.jsonl", data)
    assert first == Record(replace(PAGE, path="1", body="<p>é".encode(), charset="utf-8"), first.after)
    assert isinstance(second, Record)
    assert (second.page.body, second.page.media_type, second.page.url, second.page.captured) == (b"a", TEXT, None, None)
    assert isinstance(third, Record)
    assert third.page.path == "3"
    assert read("a.jsonl.gz", gzip.compress(data)) == [first, second, third]


def test_fields_can_have_other_names() -> None:
    kind = kind_of("a.jsonl")
    assert kind
    options = ContainerOptions(LIMIT, {"html": "content", "date": "fetched", "url": "link"})
    data = jsonl({"link": URL, "content": "<p>a", "fetched": 0, "html": "no"})
    (item,) = records(io.BytesIO(data), kind, options)
    assert isinstance(item, Record)
    assert (item.page.url, item.page.body, item.page.captured) == (URL, b"<p>a", "1970-01-01T00:00:00+00:00")


BAD_LINES = {
    b"{": Reason.UNREADABLE, b"[1]": Reason.UNREADABLE, b"null": Reason.UNREADABLE, b"\xff\xfe": Reason.UNREADABLE,
    b"[" * 100_000: Reason.UNREADABLE, b"{}": Reason.NO_ARTICLE, b'{"html": 1, "text": []}': Reason.NO_ARTICLE,
    b'{"text": "' + b"a" * 2 * LIMIT + b'"}': Reason.TOO_LARGE, b"9" * 10_000: Reason.UNREADABLE,
    b"x" * 8 * LIMIT: Reason.TOO_LARGE,
}  # fmt: skip


@pytest.mark.parametrize("line", BAD_LINES, ids=lambda line: line[:9].decode("latin-1"))
def test_bad_line_costs_that_line(line: bytes) -> None:
    items = read("a.jsonl", jsonl({"text": "a"}) + line + b"\n\n" + jsonl({"text": "b"}))
    assert pages(items) == {"1": b"a", "4": b"b"}
    assert {name: reason for name, (reason, _) in problems(items).items()} == {"2": BAD_LINES[line]}
    assert passed(items) == [EMPTY]


def test_lines_are_read_on_from_where_they_ended() -> None:
    data = jsonl({"text": "a"}, {"text": "b"})
    for name, old, grown in (
        ("a.jsonl", data, data + jsonl({"text": "c"})),
        ("a.jsonl", data[:-9], data + jsonl({"text": "c"})),
        ("a.jsonl.gz", gzip.compress(data), gzip.compress(data) + gzip.compress(jsonl({"text": "c"}))),
    ):
        end = read(name, old)[-1].after
        assert pages(read(name, grown, end)) == ({"2": b"b"} if old == data[:-9] else {}) | {"3": b"c"}


def test_damaged_gzip_costs_the_lines_after_the_damage() -> None:
    lines = jsonl(*({"text": f"{number} {os.urandom(50).hex()}"} for number in range(2000)))
    items = read("a.jsonl.gz", gzip.compress(lines)[:-2000])
    assert len(pages(items)) > 1000
    assert [reason for reason, _ in problems(items).values()] == [Reason.UNREADABLE]


@pytest.mark.parametrize("filling", [b" " * 999 + b"\n", b"x" * 1000], ids=["blank lines", "one line"])
def test_gzip_bomb_of_lines_is_read_no_further(filling: bytes) -> None:
    file, kind = io.BytesIO(gzip.compress(filling * (10 << 10))), kind_of("a.jsonl.gz")
    assert kind
    last: Item | None = None
    for item in records(file, kind, ContainerOptions(max_bytes=1000)):
        last = item
    assert isinstance(last, Record)
    assert last.page.problem
    assert "it unpacks to more than 200 times its size" in last.page.problem.detail


@given(st.lists(st.one_of(st.binary(max_size=20), st.dictionaries(st.sampled_from(["url", "html", "text", "date"]), (
    st.none() | st.integers() | st.floats() | st.text(max_size=20) | st.lists(st.integers(), max_size=2)
)).map(lambda value: json.dumps(value).encode())), max_size=6))  # fmt: skip
def test_any_lines_are_all_accounted_for(lines: list[bytes]) -> None:
    data = b"\n".join(line.replace(b"\n", b"") for line in lines) + b"\n"
    assume(not data.startswith(b"\x1f\x8b"))  # what begins like that is unpacked, whatever its name
    assert len(read("a.jsonl", data)) == data.count(b"\n")


# --- Batches -----------------------------------------------------------------------------------------------------


def test_batches_give_every_record_once_also_from_a_process_that_knows_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(jsonl(*({"text": f"{number}"} for number in range(150))))
    job = BatchJob(str(file), "JSON Lines", ContainerOptions())
    names: list[str] = []
    while True:
        batch = read_batch(BatchJob(job.file, job.kind, job.options, given=len(names)))
        names += [record.page.path for record in batch.records]
        if batch.is_last:
            break
        # Another file: the container that was open is forgotten.
        read_batch(BatchJob(str(tmp_path / "other.jsonl"), "JSON Lines", ContainerOptions()))
    assert names == [str(number) for number in range(1, 151)]
    assert batch.problem is None


@pytest.mark.parametrize(
    ("change", "start"), [(b"more", Place(100, 3)), (b"", Place(100, 3)), (None, Place()), (b"\0", Place())]
)
def test_file_that_has_only_grown_is_read_from_where_it_ended(
    tmp_path: Path, change: bytes | None, start: Place
) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"\n" * 200_000)
    job = BatchJob(str(file), "JSON Lines", ContainerOptions())
    state = read_batch(job).state
    assert state
    if change is None:
        file.write_bytes(b"\n" * 199_999)
    elif change == b"\0":
        file.write_bytes(b"\n" * 150_000 + b"x" + b"\n" * 100_000)
    else:
        file.write_bytes(b"\n" * 200_000 + change)
    again = BatchJob(job.file, job.kind, job.options, start=Place(100, 3), known=(state.size, state.ends))
    assert read_batch(again).start == start


def test_file_that_cannot_be_opened_is_a_problem_of_the_batch(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.zip")
    for name, detail in (("gone.zip", "No such file"), ("fifo.zip", "no longer a regular file")):
        batch = read_batch(BatchJob(str(tmp_path / name), "ZIP", ContainerOptions()))
        assert batch.is_last
        assert batch.problem
        assert detail in batch.problem.detail


# --- What is stated beside a page --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value", [None, "", "yesterday", "0000-00-00", 10**30, float("nan"), [], True, "9" * 200, "1e5"]
)
def test_what_is_no_time_is_none(value: object) -> None:
    assert moment(value) is None


@given(st.text() | st.integers() | st.floats() | st.none())
def test_any_value_is_a_time_or_none(value: object) -> None:
    found = moment(value)
    assert found is None or (len(found) == 25 and found.endswith("+00:00"))


@pytest.mark.parametrize(
    "url", ["", "ftp://a.example/", "http://", "http://[", "javascript:1", "http://a/" + "a" * 9000]
)
def test_what_is_no_address_is_none(url: str) -> None:
    assert address(url) is None


def test_fields_of_json_lines_are_set_by_name() -> None:
    fields = {"html": "body", "url": "link"}
    assert RunOptions.from_settings(Settings({"JSONL_FIELDS": json.dumps(fields)})).jsonl_fields == fields
    for wrong in ('{"htm": "body"}', '{"html": 1}', "[1]", "{"):
        with pytest.raises(StartError, match="JSONL_FIELDS must name fields as in"):
            RunOptions.from_settings(Settings({"JSONL_FIELDS": wrong}))
