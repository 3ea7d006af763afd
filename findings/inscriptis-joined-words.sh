#!/usr/bin/env bash
# inscriptis (2.7.6) writes words of neighbouring elements as one, `PikeEats others`, and code of several lines as one line.
#
# It knows the elements that make blocks of their own by a list that says it is Firefox's. <dt>, <dd>, <section>, <details>, <summary>,
# <legend>, <hr> and <center> are not in it: a glossary is one line in which the last word of each entry and the first of the next are a
# word that no search finds. `<pre><code>`, which is how HTML and every Markdown tool write code, loses its line ends, since <code>
# inside has no white space of its own; <pre> alone keeps them. `display: block` on each of them, in a profile of one's own, mends it.
#
# Seen with inscriptis 2.7.6, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check inscriptis==2.7.6
"$place/bin/python" - <<'END'
from inscriptis import get_text
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.model.config import ParserConfig

SEEN = {
    "<div>One.</div><div>Two.</div>": ["One.", "Two."],  # as one expects
    "<article>One.</article><article>Two.</article>": ["One.", "Two."],
    "<section>One.</section><section>Two.</section>": ["One.Two."],
    "<dl><dt>Pike</dt><dd>Eats others.</dd><dt>Perch</dt><dd>Has stripes.</dd></dl>": ["PikeEats others.PerchHas stripes."],
    "<details><summary>How?</summary>By night.</details>": ["How?By night."],
    "The end<hr>Comments": ["The endComments"],
    "<pre>if wind:\n    wait()</pre>": ["if wind:", "wait()"],
    "<pre><code>if wind:\n    wait()</code></pre>": ["if wind: wait()"],
}
for html, seen in SEEN.items():
    ways = [get_text(f"<html><body>{html}</body></html>", ParserConfig(css=css)) for css in CSS_PROFILES.values()]
    found = [[line.strip() for line in text.splitlines() if line.strip()] for text in ways]
    print(f"{html!r:88} {found[0]}")
    assert found == [seen, seen], html
END
