#!/usr/bin/env bash
# mwparserfromhell (0.7.2) puts references, options of pictures and names of categories into the plain text of a wiki's article.
#
# `strip_code()` is what one takes for the text of a page of Wikipedia. It unwraps all tags, so that what stands in `<ref>` is glued to the
# sentence: `The lake froze.<ref>Lund 1997, p. 12</ref> It` becomes `The lake froze.Lund 1997, p. 12 It`. Of `[[File:…|thumb|left|A duck]]`
# it takes the options for the text (`thumb|left|A duck`), and `[[Category:Lakes]]` is the line `Category:Lakes`.
# Templates alone are left out. None of it is told, and no option leaves it out.
#
# Seen with mwparserfromhell 0.7.2, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check mwparserfromhell==0.7.2
"$place/bin/python" - <<'END'
import mwparserfromhell

SEEN = {
    "The lake froze.<ref>Lund 1997, p. 12</ref> It thawed.": "The lake froze.Lund 1997, p. 12 It thawed.",
    "[[File:Duck.jpg|thumb|left|A duck]]\nDucks live here.": "thumb|left|A duck\nDucks live here.",
    "Ducks live here.\n\n[[Category:Lakes]]": "Ducks live here.\n\nCategory:Lakes",
    "The ''lake'' of {{lang|da|Søby}} is [[Lake|deep]].": "The lake of  is deep.",  # what one expects
}
for code, seen in SEEN.items():
    text = mwparserfromhell.parse(code).strip_code()
    print(repr(code), "->", repr(text))
    assert text == seen, text
END
