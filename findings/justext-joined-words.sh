#!/usr/bin/env bash
# jusText (3.0.2) writes two words as one where each is an element of its own: `<em>New</em> <em>York</em>` is NewYork.
#
# A text that is blank is skipped, as one does with the white space between paragraphs. The space between two elements of a line is
# such a text, too: names in two links, a day with its parts in <span>, words that are stressed one by one, key and value of a line. A space that
# is within either element, or beside a word or a comma, stays, so that most of a page is right. What is joined is found by no search and is in
# no list of words, though jusText was written to build lists of words from the web. A non-breaking space is lost in the same way. And since
# a paragraph is kept for its small words, one in which `the`, `of` and `is` stand in elements of their own is dropped as boilerplate.
#
# Seen with jusText 3.0.2, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check justext==3.0.2 lxml==6.1.3 lxml-html-clean==0.4.6
"$place/bin/python" - <<'END'
import justext

STOP = justext.get_stoplist("English")
SENTENCE = "The ranger of the park says that {} was at the lake on the first day of the summer, and that it is so full that the ducks like it."
SEEN = {
    '<a href="/1">Mary</a> <a href="/2">Jane</a>': "MaryJane",
    '<span class="given">Mary</span>\n<span class="family">Jane</span>': "MaryJane",
    "<em>New</em> <em>York</em>": "NewYork",
    "<b>1</b>&nbsp;<i>May</i> <b>2024</b>": "1May2024",
    "<em>New</em><span> </span><em>York</em>": "NewYork",
    "<em>New </em><em>York</em>": "New York",
    "<em>New</em>, <em>York</em>": "New, York",
    "<em>New</em> York": "New York",
}


def paragraphs(body: str) -> list[tuple[str, bool]]:
    """Return the paragraphs of a page, and of each if jusText keeps it."""
    return [(each.text, not each.is_boilerplate) for each in justext.justext(f"<html><body>{body}</body></html>", STOP)]


for written, text in SEEN.items():
    found = paragraphs(f"<p>{SENTENCE.format(written)}</p>")
    print(f"{written!r} is {found[0][0][30:50]!r}")
    assert [text for text, _ in found] == [SENTENCE.format(text)], written
stressed = SENTENCE.format("she").replace(" ", "</i> <i>")
print(paragraphs(f"<p><i>{stressed}</i></p>"))
assert paragraphs(f"<p><i>{stressed}</i></p>") == [(SENTENCE.format("she").replace(" ", ""), False)]
END
