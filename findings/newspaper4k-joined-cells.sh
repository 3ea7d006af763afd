#!/usr/bin/env bash
# newspaper4k (0.9.6) writes a table as one word: its years and numbers are a single number, 201912202015, where no space is between the tags.
#
# It puts line ends behind paragraphs, items of lists and headings, and nothing between cells and rows. HTML needs no white space there, and sites
# that pack their pages leave it out (`collapseWhitespace` of html-minifier-terser does). The numbers that come out were on no page, look like
# numbers, and a search finds none of those that were; the last name of a row and the first of the next are one word. The same table with line
# ends between its tags is a line of words, so that tests with HTML that was written by hand do not show it. Code in <pre> loses its line ends,
# without which Python, YAML and shell scripts mean something else, and <summary> runs into its <details>.
#
# Seen with newspaper4k 0.9.6, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check newspaper4k==0.9.6
"$place/bin/python" -W ignore - <<'END'
import newspaper

RANGER = "The ranger of the park says that the lake has never been so full since the town built its dam, and that the ducks like it."
PROSE = f"<p>{RANGER * 3}</p>"
TABLE = "<table><tr><th>Year</th><th>Fish</th></tr><tr><td>2019</td><td>12</td></tr><tr><td>2020</td><td>15</td></tr></table>"
SEEN = {
    TABLE: ["YearFish201912202015"],
    TABLE.replace("><", ">\n<"): ["Year Fish 2019 12 2020 15"],
    "<table><tr><td>Mary</td><td>Ann</td></tr><tr><td>Jane</td><td>Lee</td></tr></table>": ["MaryAnnJaneLee"],
    "<pre><code>if full:\n    close()\nopen()</code></pre>": ["if full: close() open()"],
    "<details><summary>The dam</summary>It is closed.</details>": ["The damIt is closed."],
    "<ul><li>The pike</li><li>The carp</li></ul>": ["The pike", "The carp"],
    "<dl><dt>Pike</dt><dd>Eats others.</dd></dl>": ["Pike", "Eats others."],
}


def found(written: str) -> list[str]:
    """Return the lines that newspaper4k finds between two long paragraphs of an article."""
    article = newspaper.Article("https://paper.example/lake", language="en")
    article.download(input_html=f"<html lang='en'><body><article>{PROSE}{written}{PROSE}</article></body></html>")
    article.parse()
    return [line for line in article.text.splitlines() if line and RANGER not in line]


for written, lines in SEEN.items():
    print(f"{written!r}\n    {found(written)}")
    assert found(written) == lines, written
END
