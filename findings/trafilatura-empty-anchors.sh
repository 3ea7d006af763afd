#!/usr/bin/env bash
# trafilatura (2.3.1) drops what has an anchor without words: all headings of a page from GitHub, and the short lines of a digital book.
#
# A paragraph of fewer than 30 characters, or a division or list of fewer than 100, is dropped where most of it is links. Where no link has words,
# the part of links is not reckoned, and it is dropped as well, though all of its words are outside. An anchor without words marks a place: the
# number of a printed page in `“Yes”, said the mayor.`, the line of a poem, the section of a law, the sign of a link beside each heading that
# GitHub draws with a picture. Where such an element is the last of its parent, the limits are 60 and 300, so that the last section of a page
# goes as a whole. Long paragraphs have the same anchors and stay. `favor_recall` and `fast` change nothing for the short ones; the same page
# with `id` on the paragraph or heading itself is whole.
#
# Seen with trafilatura 2.3.1, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check trafilatura==2.3.1 lxml-html-clean==0.4.6
"$place/bin/python" - <<'END'
import trafilatura

RANGER = "The ranger of the park says that the lake has never been so full since the town built its dam, and that the ducks like it."
PROSE = f"<p>{RANGER * 3}</p>"
ROAD = "<p>The bridge to the island is closed for the summer.</p>"
GITHUB = '<div class="markdown-heading"><h2 class="heading-element">{}</h2><a id="user-content-{}" class="anchor" href="#{}"><svg></svg></a></div>'
ANCHORED = {
    "headings of GitHub": GITHUB.format("The pump", "pump", "pump") + ROAD + GITHUB.format("The dam", "dam", "dam"),
    "a printed page begins": '<p><a id="page12"></a>“Yes”, said the mayor.</p><p>“No”, said the <a id="page13"></a>ranger.</p>',
    "items of a list": '<ul><li><a name="pike"></a>The pike eats others.</li><li><a name="carp"></a>The carp eats weed.</li></ul>',
}
LAST = f'<div><h2>The dam<a class="anchor" href="#dam"></a></h2>{ROAD * 4}</div>'


def found(article: str, **options: bool) -> list[str]:
    """Return the lines that trafilatura finds between the long paragraphs of an article."""
    page = f"<html><body><article><h1>The lake</h1>{PROSE}{article}</article></body></html>"
    lines = (trafilatura.extract(page, **options) or "").splitlines()
    return [line for line in lines if line not in ("The lake", RANGER * 3)]


def without(article: str) -> str:
    """Return an article with spans in place of its anchors."""
    return article.replace("<a ", "<span ").replace("</a>", "</span>")


for name, article in ANCHORED.items():
    print(f"{name}: {found(article + PROSE)} of {found(without(article) + PROSE)}")
    for options in ({}, {"favor_recall": True}, {"fast": True}):
        assert len(found(article + PROSE, **options)) == (1 if "GitHub" in name else 0), (name, options)
    assert len(found(without(article) + PROSE)) == (3 if "GitHub" in name else 2), name
print(f"the last section: {found(LAST)} of {found(without(LAST))}")
assert not found(LAST)
assert len(found(without(LAST))) == 5
END
