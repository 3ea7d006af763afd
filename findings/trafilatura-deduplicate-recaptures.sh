#!/usr/bin/env bash
# trafilatura (2.3.1) with `deduplicate=True` gives no text for the fourth capture of an article in one process.
#
# The option reads as if it left out what stands twice on a page. It counts every paragraph, and every text, of the whole process: one that
# was met three times is left out of the pages that follow, and a page that loses all is None. A site's motto goes, as one wishes; but of
# an archive that holds an article four times the fourth is empty, and a statement that four papers quote is in three of them only. Which
# ones depends on the order of pages, and on how they were divided among processes: a page that is read again by itself gives another text.
# `trafilatura.meta.reset_caches()` between pages makes each of them whole.
#
# Seen with trafilatura 2.3.1, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check trafilatura==2.3.1 lxml-html-clean==0.4.6
"$place/bin/python" - <<'END'
import logging

from trafilatura import extract
from trafilatura.meta import reset_caches

logging.disable(logging.CRITICAL)
STATEMENT = "The bridge over the canal will be closed from the first of May, said the mayor in a statement to all papers of the region."
PAPERS = ("Harbour Post", "Canal Herald", "Market Gazette", "Hill Courier", "Night Bus Weekly")


def page(paper: str) -> str:
    own = f"Readers of the {paper} had asked for years when the bridge would be mended, and who would pay for the ferry in the meantime."
    last = f"The {paper} will print the timetable of the ferry as soon as the town has found a captain who knows the canal by night."
    body = "".join(f"<p>{paragraph}</p>" for paragraph in (own, STATEMENT, last))
    return f"<html><head><title>Bridge</title></head><body><article><h1>{paper}: bridge closed</h1>{body}</article></body></html>"


captures = [extract(page("Harbour Post"), deduplicate=True) for _ in range(4)]
print("the same page four times:", [text and len(text) for text in captures])
assert None not in captures[:3] and len(set(captures[:3])) == 1
assert captures[3] is None

reset_caches()
quoted = [STATEMENT in (extract(page(paper), deduplicate=True) or "") for paper in PAPERS]
print("five papers with the same statement:", quoted)
assert quoted == [True, True, True, False, False]

whole = []
for paper in PAPERS:
    reset_caches()
    whole.append(STATEMENT in (extract(page(paper), deduplicate=True) or ""))
print("with reset_caches() before each:", whole)
assert all(whole)
END
