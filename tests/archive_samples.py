"""Samples of archives and mail, and what must come out of them."""

from __future__ import annotations

import gzip
import io
import json
import plistlib
import tempfile
import textwrap
import zipfile
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import fastwarc
from backports import zstd

from lab.samples import info, packed, record, sentences, zipped
from tests.mail_samples import (
    made_forwarded,
    made_frames,
    made_letter,
    made_mbox,
    messages_in,
    messages_within,
    parts_in,
    told_letter,
)
from tests.samples import TIME, URL, Sample, Told, prose, story


def members(data: bytes) -> int:
    """Return the number of a ZIP file's members as `zipfile` counts them, those of ZIP files in it in their place."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        inner = [members(archive.read(name)) for name in names if name.endswith((".zip", ".htz"))]
    return len(names) - len(inner) + sum(inner)


def captures(data: bytes) -> int:
    """Return the number of records that the WARC files in a ZIP of WACZ files begin."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inner = [archive.read(name) for name in archive.namelist() if name.endswith((".wacz", ".warc.gz"))]
    return sum(
        gzip.decompress(each).count(b"WARC-Type:") if each[:2] == b"\x1f\x8b" else captures(each) for each in inner
    )


def captures_in(data: bytes) -> int:
    """Return the number of records that a gzipped WARC file begins."""
    return gzip.decompress(data).count(b"WARC-Type:")


def _zip(pages: dict[str, str], others: dict[str, bytes]) -> bytes:
    return zipped({name: body.encode() for name, body in pages.items()} | others)


def _single_file() -> bytes:
    said = {"originalUrl": f"{URL}1", "title": "Story 1", "archiveTime": "2024-02-29T10:00:00.000Z"}
    files = _zip({"index.html": story(1)}, {"images/0.png": b"\x89PNG", "manifest.json": json.dumps(said).encode()})
    return b"<!doctype html><html><body><script>unpack()</script><!--" + files


def _maff() -> bytes:
    rdf = (
        '<?xml version="1.0"?><RDF:RDF xmlns:MAF="http://maf.mozdev.org/metadata/rdf#" '
        'xmlns:RDF="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><RDF:Description RDF:about="urn:root">'
        '<MAF:originalurl RDF:resource="{url}"/><MAF:title RDF:resource="Story"/>'
        '<MAF:archivetime RDF:resource="Thu, 29 Feb 2024 10:00:00 GMT"/><MAF:indexfilename RDF:resource="index.html"/>'
        "</RDF:Description></RDF:RDF>"
    )
    tabs = range(3, 5)
    pages = {f"{number}/index.html": story(number) for number in tabs}
    return _zip(pages, {f"{number}/index.rdf": rdf.format(url=f"{URL}{number}").encode() for number in tabs})


def _book() -> bytes:
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        "<dc:title>The Book of Huts</dc:title><dc:creator>Ann Lee</dc:creator><dc:creator>Bo Berg</dc:creator>"
        '<dc:language>en</dc:language></metadata><manifest><item id="a" href="text/one%20a.xhtml" '
        'media-type="application/xhtml+xml"/><item id="c" href="c.css" media-type="text/css"/>'
        '<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="scripted nav"/>'
        '<item id="f" href="front.xhtml" media-type="application/xhtml+xml"/></manifest><guide>'
        '<reference type="cover" href="front.xhtml"/><reference type="toc" href="text/one%20a.xhtml#toc"/></guide>'
        "</package>"
    )
    place = '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'
    files = {"META-INF/container.xml": place.encode(), "OPS/book.opf": package.encode(), "OPS/c.css": b"p {}"}
    files |= {"OPS/nav.xhtml": b"<html><nav><a href='text/one%20a.xhtml'>One</a></nav></html>"}
    files |= {"OPS/front.xhtml": b"<html><img src='front.jpg'/></html>"}
    return zipped({"mimetype": b"application/epub+zip"} | files | {"OPS/text/one a.xhtml": story(5).encode()})


def _omnivore() -> bytes:
    entry = {"slug": "story-1", "title": "The one story", "author": "Ann Lee", "url": f"{URL}6", "labels": ["huts"]}
    listed = [entry | {"savedAt": "2024-02-29T10:00:00Z", "publishedAt": "2024-02-27T23:00:00Z"}, {"slug": "gone"}]
    files = {"metadata_0_to_19.json": json.dumps(listed).encode()}
    return _zip({"content/story-1.html": prose(6)}, files)


def _substack() -> bytes:
    head = "post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle"
    row = '7.story,2024-02-29T10:00:00.000Z,true,,newsletter,everyone,"The one story, told",About huts'
    return _zip({"posts/7.story.html": prose(710)}, {"posts.csv": f"{head}\n{row}\n8.gone,,,,,,,\n".encode()})


def _wacz(number: int) -> bytes:
    return zipped({"archive/data.warc.gz": packed([record(f"{URL}{number}", story(number).encode())])})


def _arc_record(url: str, body: bytes, media_type: str = "text/html", more: str = "") -> bytes:
    return f"{url} 10.0.0.1 20240229100000 {media_type} {more}{len(body)}\n".encode() + body + b"\n"


def _arc(first: int) -> list[bytes]:
    sent = b"HTTP/1.0 200 OK\nContent-Type: text/html\n\n"
    about = b"1 0 Archive\nURL IP-address Archive-date Content-type Archive-length\n"
    return [
        _arc_record("filedesc://a.arc", about, "text/plain"),
        *(_arc_record(f"{URL}{number}", sent + story(number).encode()) for number in (first, first + 1)),
        _arc_record("dns:a.example", b"20240229 a.example 10.0.0.1\n", "text/dns"),
        _arc_record(f"{URL}none", b"HTTP/1.0 404 Gone\r\n\r\n", more="404 - - 0 a.arc "),
    ]


def _arc_pages(sizes: list[int], first: int) -> dict[str, Told]:
    return {
        str(sum(sizes[: 1 + number])): Told(f"Story {first + number}", f"{URL}{first + number}", TIME)
        for number in (0, 1)
    }


def _arc_count(data: bytes) -> int:
    """Return the number of records as their lengths lead from one to the next."""
    count, data = 0, gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    while data:
        line, _, rest = data.partition(b"\n")
        count, data = count + 1, rest[int(line.rsplit(b" ", 1)[1]) + 1 :]
    return count


def _zst(first: int, dictionary: bytes, is_packed: bool) -> bytes:
    whole = zstd.ZstdDict(dictionary) if dictionary else None
    told = zstd.compress(dictionary) if is_packed else dictionary
    skipped = b"\x5d\x2a\x4d\x18" + len(told).to_bytes(4, "little") + told if dictionary else b""
    records = [info(), *(record(f"{URL}{number}", story(number).encode()) for number in (first, first + 1))]
    return skipped + b"".join(zstd.compress(each, zstd_dict=whole) for each in records)


def _zst_pages(first: int) -> dict[str, Told]:
    sizes = [len(info()), len(record(f"{URL}{first}", story(first).encode()))]
    return {
        str(sum(sizes[: 1 + number])): Told(f"Story {first + number}", f"{URL}{first + number}", TIME)
        for number in (0, 1)
    }


def _zst_count(data: bytes) -> int:
    """Return the number of records that fastwarc's own reader finds."""
    return sum(1 for _ in fastwarc.ArchiveIterator(io.BytesIO(data), parse_http=False))


def _resource(url: str, body: bytes, media_type: str = "text/html") -> dict[str, object]:
    named = {"WebResourceTextEncodingName": "UTF-8"} if media_type == "text/html" else {}
    return {"WebResourceData": body, "WebResourceURL": url, "WebResourceMIMEType": media_type, **named}


def _webarchive(first: int, form: plistlib.PlistFormat) -> bytes:
    inner = {"WebMainResource": _resource(f"{URL}{first + 1}", story(first + 1).encode())}
    button = {"WebMainResource": _resource(f"{URL}button", b"<script>let words = 'here and there';</script><p>Buy!")}
    picture = _resource(f"{URL}p.png", b"\x89PNG", "image/png")
    page = _resource(f"{URL}{first}", story(first).encode())
    frames = [button | {"WebSubresources": [picture]}, inner]
    whole = {"WebMainResource": page, "WebSubframeArchives": frames, "WebSubresources": [picture]}
    return plistlib.dumps(whole, fmt=form)


def _resources(data: bytes) -> int:
    """Return the number of resources in a web archive, as `plistlib` reads it."""

    def count(value: object) -> int:
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return (isinstance(value, dict) and "WebResourceData" in value) or sum(map(count, inner))

    return count(plistlib.loads(data))


def _safari(first: int) -> dict[str, Told]:
    return {place: Told(f"Story {number}", f"{URL}{number}") for place, number in (("1", first), ("4", first + 1))}


def pdf_of(lines: list[str]) -> bytes:
    """Return a PDF as a browser prints it: two pages of `lines`, "" for a gap, each with a footer."""
    half = len(lines) // 2
    streams = []
    for number, shown in enumerate((lines[:half], lines[half:]), 1):
        places = [(line, 800 - 14 * at) for at, line in enumerate(shown) if line]
        footer = (f"{URL}46 {number}/2", 20)
        written = "".join(f"1 0 0 1 50 {height} Tm ({line}) Tj " for line, height in [*places, footer])
        streams.append(f"BT /F 10 Tf {written}ET")
    parts = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 2/Kids[4 0 R 6 0 R]>>",
             "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]  # fmt: skip
    for number, stream in ((4, streams[0]), (6, streams[1])):
        page = f"/Parent 2 0 R/MediaBox[0 0 600 840]/Resources<</Font<</F 3 0 R>>>>/Contents {number + 1} 0 R"
        parts.append(f"<</Type/Page{page}>>")
        parts.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
    parts.append("<</Title(Story 46 of the huts)/Author(root)/CreationDate(D:20240229110000+01'00')>>")
    return pdf_of_objects(parts)


def pdf_of_objects(parts: list[str]) -> bytes:
    """Return a PDF of its objects: the first is its catalog, the last says what it is."""
    out, at = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        at.append(len(out))
        out += f"{number} 0 obj{part}endobj\n".encode()
    table = "".join(f"{each:010} 00000 n \n" for each in at)
    end = f"trailer<</Size {len(at) + 1}/Root 1 0 R/Info {len(at)} 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return out + f"xref\n0 {len(at) + 1}\n0000000000 65535 f \n{table}{end}".encode()


def _print(number: int) -> bytes:
    wrapped = (line for paragraph in sentences(number) for line in [*textwrap.wrap(paragraph, 90), ""])
    return pdf_of(["Story 46 of the huts", "", *wrapped])


def _zim(*numbers: int) -> bytes:
    """Return a ZIM file of a crawled site, written by libzim; no bytes where that is not installed."""
    if not find_spec("libzim"):
        return b""
    writer = import_module("libzim.writer")

    class Item(writer.Item):  # type: ignore[misc, name-defined]
        def __init__(self, path: str, kind: str, body: str) -> None:
            super().__init__()
            self.get_path, self.get_title, self.get_mimetype = lambda: path, lambda: path, lambda: kind
            self.get_contentprovider = lambda: writer.StringProvider(body)
            self.get_hints = dict

    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "a.zim"
        with writer.Creator(place) as creator:
            for number in numbers:
                creator.add_item(Item(f"a.example/{number}", "text/html", story(number)))
            creator.add_item(Item("a.example/p.png", "image/png", "x"))
            creator.add_redirection("a.example/old", "Old", f"a.example/{numbers[0]}", {})
            creator.add_metadata("Title", "The Post")
            creator.add_metadata("Date", "2024-02-29")
        return place.read_bytes()


_ZIM_TIME = "2024-02-29T00:00:00+00:00"
_WET = record(f"{URL}17", "\n\n".join(sentences(17)).encode(), "conversion", None)
_WET = _WET.replace(b"application/http", b"text/plain")
_SHARED = zstd.train_dict([story(number).encode() for number in range(100, 200)], 4096).dict_content
_NO_PAGE = "neither HTML nor text"
_PICTURES, _DATA = f"{_NO_PAGE} (pictures)", f"{_NO_PAGE} (data)"
_ARC_PASSED = {"not a response": 1, f"{_NO_PAGE} (other)": 1, "status other than 2xx": 1}

ARCHIVES = {
    "page.u.zip.html": Sample(
        _single_file(), {"index.html": Told("Story 1", f"{URL}1", TIME)}, members, {_PICTURES: 1, _DATA: 1}
    ),
    "page.htz": Sample(
        _zip({"index.html": story(2)}, {"1.png": b"x"}), {"index.html": Told("Story 2")}, members, {_PICTURES: 1}
    ),
    "tabs.maff": Sample(
        _maff(),
        {f"{number}/index.html": Told(f"Story {number}", f"{URL}{number}", TIME) for number in (3, 4)},
        members,
        {_DATA: 2},
    ),
    "book.epub": Sample(
        _book(),
        {"OPS/text/one a.xhtml": Told("Story 5", author="Ann Lee; Bo Berg")},
        members,
        {_NO_PAGE: 1, _DATA: 2, f"{_NO_PAGE} (styles)": 1, "cover or table of contents": 2},
    ),
    "omnivore.zip": Sample(
        _omnivore(),
        {"content/story-1.html": Told("The one story", f"{URL}6", TIME, "Ann Lee", "2024-02-27")},
        members,
        {_DATA: 1},
    ),
    "substack.zip": Sample(
        _substack(),
        {"posts/7.story.html": Told("The one story, told", None, None, None, "2024-02-29")},
        members,
        {_DATA: 1},
    ),
    "notion.zip": Sample(
        zipped({"Part-1.zip": _zip({"a.html": story(7)}, {"in.zip": zipped({"b.html": story(8).encode()})})}),
        {"Part-1.zip#a.html": Told("Story 7"), "Part-1.zip#in.zip#b.html": Told("Story 8")},
        members,
    ),
    "several.wacz": Sample(
        zipped({"datapackage.json": b"{}", "a.wacz": _wacz(9), "b.wacz": _wacz(10)}),
        {
            f"{name}.wacz#archive/data.warc.gz#0": Told(f"Story {number}", f"{URL}{number}", TIME)
            for number, name in ((9, "a"), (10, "b"))
        },
        captures,
    ),
    "old.arc": Sample(b"".join(_arc(11)), _arc_pages([len(each) for each in _arc(11)], 11), _arc_count, _ARC_PASSED),
    "old.arc.gz": Sample(packed(_arc(13)), _arc_pages([len(each) for each in _arc(13)], 13), _arc_count, _ARC_PASSED),
    "plain.warc.zst": Sample(_zst(15, b"", False), _zst_pages(15), _zst_count, {"not a response": 1}),
    "shared.warc.zst": Sample(_zst(18, _SHARED, False), _zst_pages(18), _zst_count, {"not a response": 1}),
    "packed.warc.zst": Sample(_zst(20, _SHARED, True), _zst_pages(20), _zst_count, {"not a response": 1}),
    "crawl.warc.wet.gz": Sample(
        packed([info(), _WET]),
        {str(len(packed([info()]))): Told(None, f"{URL}17", TIME)},
        captures_in,
        {"not a response": 1},
    ),
    "page.webarchive": Sample(
        _webarchive(22, plistlib.FMT_BINARY),
        _safari(22),
        _resources,
        {_PICTURES: 2, "frame without a text": 1},
    ),
    "plain.webarchive": Sample(
        _webarchive(24, plistlib.FMT_XML),
        _safari(24),
        _resources,
        {_PICTURES: 2, "frame without a text": 1},
    ),
    "frames.mht": Sample(
        made_frames(26), {"3": Told("Story 26", f"{URL}body", TIME)}, parts_in, {"frame without a text": 1}, rejected=1
    ),
    "letter.eml": Sample(made_letter(27), {"2": told_letter(27)}, lambda data: messages_in(made_mbox(data))),
    "cur/1709200000.M1P2.host:2,S": Sample(
        made_letter(28), {"2": told_letter(28)}, lambda data: messages_in(made_mbox(data))
    ),
    "forwarded.eml": Sample(
        made_forwarded(60),
        {"1": told_letter(60), "2": told_letter(61), "3": Told("Story 62"), "4": Told("Story 63")},
        messages_within,
    ),
    "forwarded.mbox": Sample(
        made_mbox(made_letter(64), made_forwarded(65)),
        {
            "1": told_letter(64),
            "2": told_letter(65),
            "2.2": told_letter(66),
            "2.3": Told("Story 67"),
            "2.4": Told("Story 68"),
        },
        lambda data: 1 + messages_within(data.rpartition(b"\nFrom ")[2].partition(b"\n")[2]),
    ),
    "letters.mbox": Sample(
        made_mbox(made_letter(29), made_letter(30)), {"1": told_letter(29), "2": told_letter(30)}, messages_in
    ),
    "print.pdf": Sample(
        _print(46),
        {"1": Told("Story 46 of the huts", f"{URL}46", TIME)},
        lambda data: data.count(b"%PDF-"),
        needs="pypdfium2",
    ),
    "site.zim": Sample(
        _zim(47, 48),
        {
            f"a.example/{number}": Told(f"Story {number}", f"https://a.example/{number}", _ZIM_TIME)
            for number in (47, 48)
        },
        lambda data: 4,
        {f"{_NO_PAGE} (pictures)": 1, "redirect": 1},
        needs="libzim",
    ),
}
