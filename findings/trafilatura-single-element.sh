#!/usr/bin/env bash
# trafilatura (2.3.1) takes a piece of a page for no HTML, if one element holds it all and that one holds one element.
#
# Tools save the article they found as such a piece: Readability's content is one <div id="readability-page-1">, and so are the files that
# ArchiveBox keeps of it; readability-lxml gives `<div><div>…` or `<div><article>…` with `html_partial=True`; browsers copy an element's
# outer HTML. lxml returns the only element of a fragment as its root, `load_html` counts that root's children, and a root with fewer than two
# is no HTML unless the first 50 characters name html. `extract` then returns None, as for an empty page, though eight paragraphs stand in it.
# The same piece is read behind a doctype, or with its paragraphs one level higher; a title before it does not help.
#
# Seen with trafilatura 2.3.1, readability-lxml 0.9, lxml 6.1.3, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check trafilatura==2.3.1 lxml-html-clean==0.4.6 chardet==7.7.0 cssselect==1.6.0
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check --no-deps readability-lxml==0.9
"$place/bin/python" - <<'END'
import logging

from readability import Document
from trafilatura import extract

logging.disable(logging.CRITICAL)
SAID = "On day {} the ferry did not sail, since its engine is being mended by the yard, and the islanders rowed to the market in small boats."
TEXT = [SAID.format(day) for day in range(1, 9)]
PARAGRAPHS = "".join(f"<p>{each}</p>" for each in TEXT)
PIECES = {
    "<div id><div>": f'<div id="readability-page-1" class="page"><div>{PARAGRAPHS}</div></div>',
    "<article><div>": f"<article><div>{PARAGRAPHS}</div></article>",
    "<title><article><div>": f"<title>The ferry</title><article><div>{PARAGRAPHS}</div></article>",
    "<!doctype><article><div>": f"<!doctype html><article><div>{PARAGRAPHS}</div></article>",
    "<article><div><p>": f"<article><div>{PARAGRAPHS}</div><p>{TEXT[0]}</p></article>",
    "<article>": f"<article>{PARAGRAPHS}</article>",
}
PAGE = f"<html><head><title>The ferry</title></head><body><div id='story'><article>{PARAGRAPHS}</article></div></body></html>"
PIECES["readability-lxml, partial"] = Document(PAGE).summary(html_partial=True)
PIECES["readability-lxml, whole"] = Document(PAGE).summary()
LOST = {"<div id><div>", "<article><div>", "<title><article><div>", "readability-lxml, partial"}
for name, piece in PIECES.items():
    assert all(each in piece for each in TEXT)
    found = extract(piece)
    kept = sum(each in (found or "") for each in TEXT)
    print(f"{name:28} paragraphs kept: {kept} of {len(TEXT)}, extract() is {'None' if found is None else 'a text'}")
    assert (found is None, kept) == ((True, 0) if name in LOST else (False, len(TEXT))), (name, found)
END
