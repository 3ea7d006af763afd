"""Every format that holds pages: what a sample gives, counted by a second reader too, whole and damaged."""

from __future__ import annotations

import io
import random
import sys
from collections import Counter
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.archive_samples import ARCHIVES, pdf_of, pdf_of_objects
from tests.export_samples import EXPORTS
from tests.records import LIMIT, pages, passed, problems
from tests.samples import Told
from winnow.items import Page, Reason, Rejection
from winnow.read.page import read_page
from winnow.sources.containers import kind_in, kind_of, records, telling_bytes
from winnow.sources.containers.records import ContainerOptions, Item, Record, Unreadable

SAMPLES = {name: each for name, each in (ARCHIVES | EXPORTS).items() if not each.needs or find_spec(each.needs)}


def _told(page: Page) -> tuple[str, Told | None]:
    article = read_page(page).article
    if article is None:
        return page.path, None
    return page.path, Told(article.title, page.url, page.captured, article.author, article.date)


def _read(name: str, data: bytes, limit: int = LIMIT) -> list[Item]:
    kind = kind_of(name, SAMPLES[name].data)
    assert kind
    return list(records(io.BytesIO(data), kind, ContainerOptions(limit)))


def _items(name: str, data: bytes, limit: int = LIMIT) -> list[Item] | str:
    try:
        return _read(name, data, limit)
    except Unreadable as error:
        return str(error)


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_gives_its_pages_and_every_record_that_another_reader_counts(name: str) -> None:
    sample, items = SAMPLES[name], _read(name, SAMPLES[name].data)
    told = [_told(item.page) for item in items if isinstance(item, Record)]
    assert {path: each for path, each in told if each} == sample.pages
    assert len(told) == len(sample.pages) + sample.rejected
    assert Counter(passed(items)) == sample.passed
    assert len(items) == sample.count(sample.data)


@pytest.mark.parametrize("name", SAMPLES)
def test_damaged_or_cut_sample_ends_in_rows_or_one_line(name: str) -> None:
    chance, data = random.Random(name), SAMPLES[name].data
    for _ in range(40):
        at = chance.randrange(len(data))
        noise = chance.choice([b"", b"\0", b"\xff" * 9, chance.randbytes(30)])
        for broken in (data[:at], data[:at] + noise + data[at + len(noise) :], data[:at] + data[at + 7 :]):
            items = _items(name, broken)
            if isinstance(items, str):
                assert "\n" not in items
                continue
            found = problems(items)
            assert all(detail and "\n" not in detail for _, detail in found.values())
            assert len(pages(items)) + len(found) == len([item for item in items if isinstance(item, Record)])


@pytest.mark.parametrize("name", SAMPLES)
def test_no_record_is_larger_than_the_limit(name: str) -> None:
    limit = 1000
    items = _items(name, SAMPLES[name].data, limit)
    for item in items if isinstance(items, list) else ():
        assert not isinstance(item, Record) or item.page.problem or len(item.page.body) <= limit


@pytest.mark.parametrize(
    ("begin", "module", "expected"),
    [
        (b"%PDF-1.4\n", "pypdfium2", "a PDF (binary data): pip install pypdfium2 (the extra pdf) to read it"),
        (b"ZIM\x04", "libzim", "a ZIM file (binary data): pip install libzim (the extra zim) to read it"),
    ],
)
def test_extra_that_is_missing_is_named(
    begin: bytes, module: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    assert kind_of("a.zim", begin) is None
    assert read_page(Page("a.zim", body=begin)).rejection == Rejection(Reason.NOT_TEXT, expected)


def _of_pdf(data: bytes) -> list[Item]:
    kind = kind_of("a.pdf", data)
    assert kind
    return list(records(io.BytesIO(data), kind, ContainerOptions()))


def test_pdf_without_a_text_layer_says_so() -> None:
    pytest.importorskip("pypdfium2", reason="an extra: pdf")
    [item] = _of_pdf(pdf_of([]).replace(b"Tj", b"  "))
    assert problems([item]) == {"1": (Reason.NO_ARTICLE, "a PDF without a text layer: its pages are pictures")}


def test_paragraphs_of_a_pdf_are_those_of_the_print() -> None:
    pytest.importorskip("pypdfium2", reason="an extra: pdf")
    lines = ["First line of it,", "and a hy-", "phen at its end.", "", "Another one", "goes on here.", "", "Last."]
    [item] = _of_pdf(pdf_of(lines))
    assert pages([item]) == {"1": b"First line of it, and a hyphen at its end.\n\nAnother one goes on here.\n\nLast."}


def test_columns_of_vertical_writing_are_read_from_right_to_left() -> None:
    pytest.importorskip("pypdfium2", reason="an extra: pdf")
    columns = ["市は橋を月曜日に", "閉鎖すると発表し", "た。船は動く。"]
    places = zip(((500, 688), (480, 700), (460, 700)), columns, strict=True)  # the first one is indented
    shown = "".join(f"1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj " for (x, y), text in places)
    stream = f"BT /F 12 Tf {shown}ET"
    parts = [
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 840]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type0/BaseFont/HeiseiMin-W3/Encoding/UniJIS-UCS2-V/DescendantFonts[6 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/HeiseiMin-W3/DW 1000/FontDescriptor 7 0 R"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>>>",
        "<</Type/FontDescriptor/FontName/HeiseiMin-W3/Flags 6/FontBBox[-123 -257 1001 910]/ItalicAngle 0"
        "/Ascent 723/Descent -241/CapHeight 709/StemV 69>>",
        "<<>>",
    ]  # fmt: skip
    if not _draws_letters(data := pdf_of_objects(parts), columns[0]):
        pytest.skip("PDFium leaves out vertical letters of a font that it has not: install a Japanese font")
    [item] = _of_pdf(data)
    assert pages([item]) == {"1": "".join(columns).encode()}


def _draws_letters(pdf: bytes, text: str) -> bool:
    """Return whether PDFium itself finds this text in a PDF that has not brought its font along."""
    with closing(pytest.importorskip("pypdfium2").PdfDocument(pdf)) as document, closing(document[0]) as page:
        return text in page.get_textpage().get_text_range()


def test_author_of_a_note_is_who_wrote_it_not_who_clipped_it() -> None:
    note = (
        "<en-export><note><title>A</title><content>x</content><note-attributes>{}</note-attributes></note></en-export>"
    )
    source, author = "<source-url>http://a.example/</source-url>", "<author>Ann Lee</author>"
    kind = kind_of("notes.enex")
    assert kind
    for about, expected in ((author, "Ann Lee"), (author + source, None), ("<author>a@a.example</author>", None)):
        [item] = records(io.BytesIO(note.format(about).encode()), kind, ContainerOptions())
        assert isinstance(item, Record)
        assert item.page.stated.author == expected


def test_author_of_an_entry_is_the_name_behind_the_address_that_rss_states() -> None:
    stated = {
        "ann@paper.example (Ann Lee)": "Ann Lee",
        "noreply@paper.museum\n(Zoë Özdemir-Lindqvist)": "Zoë Özdemir-Lindqvist",
        "editor@paper.example (沈白)": "沈白",
        "ann@paper.example (Ann (Annie) Lee)": "Ann (Annie) Lee",
        "ann@paper.example": None,
        "ann@paper.example ()": None,
        "Ann Lee": "Ann Lee",
        "Ann Lee @ The Paper": "Ann Lee @ The Paper",
    }
    kind = kind_of("paper.rss")
    assert kind
    for tag in ("author", "dc:creator"):
        items = "".join(f"<item><{tag}>{author}</{tag}><content>x</content></item>" for author in stated)
        feed = f"<rss xmlns:dc='http://purl.org/dc/elements/1.1/'><channel>{items}</channel></rss>"
        found = records(io.BytesIO(feed.encode()), kind, ContainerOptions())
        assert [item.page.stated.author for item in found if isinstance(item, Record)] == list(stated.values())


def test_mbox_that_grew_is_read_from_where_it_ended() -> None:
    kind, data = kind_of("letters.mbox"), SAMPLES["letters.mbox"].data
    assert kind
    assert kind.grows
    first, second = records(io.BytesIO(data), kind, ContainerOptions())
    assert isinstance(second, Record)
    for already, names in ((None, ["1", "2"]), (first.after, ["2"]), (second.after, [])):
        items = records(io.BytesIO(data), kind, ContainerOptions(), already)
        assert [item.page.path for item in items if isinstance(item, Record)] == names
    [third, _] = records(io.BytesIO(data + data), kind, ContainerOptions(), second.after)
    assert isinstance(first, Record)
    assert isinstance(third, Record)
    assert (third.page.path, third.page.body) == ("3", first.page.body)


def test_page_that_unpacks_itself_is_told_also_where_its_own_text_stands_before_the_zip(tmp_path: Path) -> None:
    data = SAMPLES["page.u.zip.html"].data.replace(b"<body>", b"<body>" + b"<p>Words of it.</p>" * 20_000)
    for name, body, kind in (
        ("a.html", data + b"--></body></html>", "ZIP"),
        ("b.html", data.partition(b"PK")[0], None),
    ):
        (tmp_path / name).write_bytes(body)
        found = kind_in(name, str(tmp_path / name))
        assert (found.name if found else None) == kind
    assert telling_bytes(io.BytesIO(data[:100])) == data[:100]


@pytest.mark.parametrize("name", ["trafilatura.xml", "trafilatura.tei.xml"])
def test_document_of_trafilatura_keeps_headings_and_tags_but_no_comments(name: str) -> None:
    [item] = _read(name, SAMPLES[name].data)
    assert isinstance(item, Record)
    article = read_page(item.page).article
    assert article
    assert "## Heading\n" in article.markdown
    assert "Nobody asked" not in article.text


def test_address_of_a_tei_document_is_that_of_its_page_not_of_the_program() -> None:
    data = SAMPLES["trafilatura.tei.xml"].data.replace(b'<ptr type="URL"', b'<p n="URL"')
    [item] = _read("trafilatura.tei.xml", data)
    assert isinstance(item, Record)
    assert (item.page.url, item.page.stated.tags) == (None, ("huts", "fog"))
