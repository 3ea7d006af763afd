"""Containers: files that hold many pages, read record by record.

`kind_in` tells the kind of container by a file's first bytes, and by its name where these say nothing. `records` yields
each record of the file once, either as a page or as something that is counted and passed over. WARC, WACZ and ARC need
fastwarc, PDF pypdfium2 and ZIM libzim, which are extras. `check` makes sure that fastwarc is there where it is needed;
without one of the others, each file of its kind says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedIOBase

from winnow.sources.containers.arc import read_arc
from winnow.sources.containers.json_files import read_json
from winnow.sources.containers.jsonl import read_lines
from winnow.sources.containers.kinds import KIND_NAMED, ContainerKind, begin_in, kind_in, kind_of, telling_bytes
from winnow.sources.containers.mail import read_mail, read_mbox
from winnow.sources.containers.mhtml import read_mhtml
from winnow.sources.containers.pdf import read_pdf
from winnow.sources.containers.records import BEGINNING, ContainerOptions, Item, Place
from winnow.sources.containers.warc import load_fastwarc, read_warc
from winnow.sources.containers.webarchive import read_webarchive
from winnow.sources.containers.xml_documents import read_docs
from winnow.sources.containers.xml_files import read_feed, read_items, read_notes
from winnow.sources.containers.zim import read_zim
from winnow.sources.containers.zips import read_wacz, read_zip

__all__ = ["KIND_NAMED", "ContainerKind", "begin_in", "check", "kind_in", "kind_of", "records", "telling_bytes"]

_LINES = (".jsonl", ".jsonl.gz", ".jl", ".jl.gz", ".ndjson", ".ndjson.gz")
_WARC = (".warc", ".warc.gz", ".warc.zst", ".warc.wet", ".warc.wet.gz")
_KINDS = (
    ContainerKind("WARC", _WARC, read_warc, grows=True, may_be_packed=True),
    ContainerKind("ARC", (".arc", ".arc.gz"), read_arc, may_be_packed=True),
    ContainerKind("WACZ", (".wacz",), read_wacz, seeks=True),
    ContainerKind("ZIP", (".zip", ".htz", ".maff", ".epub"), read_zip, seeks=True),
    ContainerKind("MHTML", (".mhtml", ".mht"), read_mhtml),
    ContainerKind("web archive", (".webarchive",), read_webarchive),
    ContainerKind("mail", (".eml",), read_mail),
    ContainerKind("mbox", (".mbox", ".mbx"), read_mbox, grows=True, may_be_packed=True),
    ContainerKind("notes", (".enex",), read_notes, may_be_packed=True),
    ContainerKind("feed", (".rss", ".atom"), read_feed, may_be_packed=True),
    ContainerKind("XML items", (), read_items, may_be_packed=True),
    ContainerKind("XML documents", (), read_docs, may_be_packed=True),
    ContainerKind("JSON", (".har",), read_json, may_be_packed=True),
    ContainerKind("PDF", (), read_pdf, needs="pypdfium2"),
    ContainerKind("ZIM", (".zim",), read_zim, seeks=True, needs="libzim"),
    ContainerKind("JSON Lines", _LINES, read_lines, grows=True, may_be_packed=True),
)
KIND_NAMED.update({kind.name: kind for kind in _KINDS})


def check(kind: ContainerKind | None) -> None:
    """Raise `StartError` where the library that reads a kind of container is not installed."""
    if kind and kind.read in (read_warc, read_arc, read_wacz):
        load_fastwarc()


def records(
    file: BufferedIOBase, kind: ContainerKind, options: ContainerOptions, start: Place | None = None
) -> Iterator[Item]:
    """Return the records of a container in their order, from `start` on where its kind grows.

    `file` must be seekable. Raises `Unreadable` for a file that is damaged as a whole, `StartError` where the library
    is missing, and `OSError`; what is wrong with one record is the `problem` of that record's page.
    """
    return kind.read(file, options, start or BEGINNING)
