#!/usr/bin/env bash
# trafilatura (2.3.1) takes `<q>`, a quotation within a sentence, for a block: the sentence ends there, and the rest of a table's cell is lost.
#
# HTML has <blockquote> for quotations that stand by themselves, and <q> for those in a line, which the browser puts in quotation marks.
# trafilatura makes the same element of both. A sentence with two quotations is three lines, of which one begins with a comma; in a heading the
# second half is no heading any more; in <blockquote> the words on both sides are one; in a cell whatever follows the quotation is gone. In
# Markdown a stressed word within it changes places with the full stop behind it. The marks are lost everywhere, so that nothing tells what
# was quoted; inscriptis, html2text and markdownify write them, and keep the sentence together.
#
# Seen with trafilatura 2.3.1, inscriptis 2.7.6, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check trafilatura==2.3.1 lxml-html-clean==0.4.6 inscriptis==2.7.6
"$place/bin/python" - <<'END'
import inscriptis
import trafilatura

RANGER = "The ranger of the park says that the lake has never been so full since the town built its dam, and that the ducks like it."
PROSE = f"<p>{RANGER * 3}</p>"
SEEN = {
    "<p>Asked, he said <q>yes</q> first and <q>no</q>, and went.</p>": ["Asked, he said yes", "first and no", ", and went."],
    "<h2>The <q>old</q> bridge</h2><p>It is closed.</p>": ["The old", "bridge", "It is closed."],
    "<table><tr><td>the <q>old</q> bridge</td><td>closed</td></tr></table>": ["| the old | closed |"],
    "<blockquote>The <q>old</q> bridge is closed.</blockquote>": ["The oldbridge is closed."],
}
STRESSED = "<p>He called it <q>a <em>great</em> day</q>.</p>"


def found(written: str, **options: str) -> list[str]:
    """Return the lines that trafilatura finds between two long paragraphs of an article."""
    page = f"<html><body><article><h1>The lake</h1>{PROSE}{written}{PROSE}</article></body></html>"
    lines = (trafilatura.extract(page, **options) or "").splitlines()
    return [line.strip() for line in lines if line and "The lake" not in line and RANGER not in line]


for written, lines in SEEN.items():
    print(f"{written}\n    {found(written)}")
    assert found(written) == lines, written
print(f"{STRESSED}\n    {found(STRESSED, output_format='markdown')}")
assert found(STRESSED, output_format="markdown") == ["He called it a", ".*great* day"]
for tag in ("span", "i", "cite", "mark"):  # as one expects
    written = next(iter(SEEN)).replace("q>", f"{tag}>")
    assert found(written) == ["Asked, he said yes first and no, and went."], tag
assert inscriptis.get_text(next(iter(SEEN))).strip() == 'Asked, he said "yes" first and "no", and went.'
END
