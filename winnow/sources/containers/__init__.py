"""Containers: files that hold many pages, read record by record.

`kind_in` tells the kind of container by a file's first bytes, and by its name where these say nothing. `records` yields
each record of the file once, either as a page or as something that is counted and passed over. WARC, WACZ and ARC need
fastwarc, PDF pypdfium2 and ZIM libzim, which are extras. `check` makes sure that fastwarc is there where it is needed;
without one of the others, each file of its kind says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedIOBase

from winnow.sources.containers.kinds import KIND_NAMED, ContainerKind, begin_in, kind_in, kind_of, telling_bytes
from winnow.sources.containers.records import BEGINNING, ContainerOptions, Item, Place

__all__ = ["KIND_NAMED", "ContainerKind", "begin_in", "check", "kind_in", "kind_of", "records", "telling_bytes"]

_LINES = (".jsonl", ".jsonl.gz", ".jl", ".jl.gz", ".ndjson", ".ndjson.gz")
_WARC = (".warc", ".warc.gz", ".warc.zst", ".warc.wet", ".warc.wet.gz")
_KINDS = (
    ContainerKind("WARC", _WARC, "warc.read_warc", grows=True, may_be_packed=True),
    ContainerKind("ARC", (".arc", ".arc.gz"), "arc.read_arc", may_be_packed=True),
    ContainerKind("WACZ", (".wacz",), "zips.read_wacz", seeks=True),
    ContainerKind(
        "ZIP", (".zip", ".htz", ".maff", ".epub"), "zips.read_zip", grows=True, seeks=True, lister="zip_list.listed"
    ),
    ContainerKind("MHTML", (".mhtml", ".mht"), "mhtml.read_mhtml"),
    ContainerKind("web archive", (".webarchive",), "webarchive.read_webarchive"),
    ContainerKind("mail", (".eml",), "mail.read_mail"),
    ContainerKind("mbox", (".mbox", ".mbx"), "mail.read_mbox", grows=True, may_be_packed=True),
    ContainerKind("notes", (".enex",), "xml_files.read_notes", may_be_packed=True),
    ContainerKind("feed", (".rss", ".atom"), "xml_files.read_feed", may_be_packed=True),
    ContainerKind("XML items", (), "xml_files.read_items", may_be_packed=True),
    ContainerKind("XML documents", (), "xml_documents.read_docs", may_be_packed=True),
    ContainerKind("JSON", (".har",), "json_files.read_json", may_be_packed=True),
    ContainerKind("press", (), "press.read_export"),
    ContainerKind("table", (), "tables.read_table", may_be_packed=True),
    ContainerKind("blog", (), "blog_text.read_blog", may_be_packed=True),
    ContainerKind("PDF", (), "pdf.read_pdf", needs="pypdfium2"),
    ContainerKind("ZIM", (".zim",), "zim.read_zim", seeks=True, needs="libzim"),
    ContainerKind("JSON Lines", _LINES, "jsonl.read_lines", grows=True, may_be_packed=True),
)
KIND_NAMED.update({kind.name: kind for kind in _KINDS})


def check(kind: ContainerKind | None) -> None:
    """Raise `StartError` where the library that reads a kind of container is not installed."""
    if kind and kind.name in ("WARC", "ARC", "WACZ"):
        from winnow.sources.containers.warc import load_fastwarc  # noqa: PLC0415 (as the readers: when it is needed)

        load_fastwarc()


def records(
    file: BufferedIOBase, kind: ContainerKind, options: ContainerOptions, start: Place | None = None
) -> Iterator[Item]:
    """Return the records of a container in their order, from `start` on where its kind grows.

    `file` must be seekable. Raises `Unreadable` for a file that is damaged as a whole, `StartError` where the library
    is missing, and `OSError`; what is wrong with one record is the `problem` of that record's page.
    """
    return kind.read(file, options, start or BEGINNING)
