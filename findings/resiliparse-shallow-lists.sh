#!/usr/bin/env bash
# resiliparse (2.0.1) with `main_content=True` has no list with bullets, of whatever length, where fewer than three elements hold it within the body.
#
# `body > main > article > ul` is lost, `body > main > article > div > ul` is kept: a list so high in the tree is taken for the menu of the site.
# Pages that are built simply are so: blogs made from Markdown, documents of authorities, pages of the nineties. Of a recipe the ingredients
# are missing, of a law its items, and the text reads on behind “You need:”. It makes no difference if the list has links, how long its items
# are, or what surrounds it. A list with numbers and <menu> stay at the same place. One more <div> around everything changes the text.
#
# Seen with resiliparse 2.0.1, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check resiliparse==2.0.1
"$place/bin/python" - <<'END'
from resiliparse.extract.html2text import extract_plain_text

RANGER = "The ranger of the park says that the lake has never been so full since the town built its dam, and that the ducks like it."
PROSE = f"<p>{RANGER * 3}</p>"
SHORT = "<li>500 g of flour</li><li>3 eggs</li><li>1 litre of milk</li>"
LONG = f"<li>{RANGER}</li>" * 30


def is_kept(items: str, tag: str, *around: str) -> bool:
    """Return if the items are in the main content of a page that has a list within the elements `around`, from the body inwards."""
    begin, end = "".join(f"<{name}>" for name in around), "".join(f"</{name}>" for name in reversed(around))
    page = f"<!DOCTYPE html><html><body>{begin}<h1>The lake</h1>{PROSE}<p>You need:</p><{tag}>{items}</{tag}>{PROSE}{end}</body></html>"
    text = extract_plain_text(page, main_content=True)
    assert text.count(RANGER * 3) == 2
    assert "You need:" in text
    return ("flour" in text) if items == SHORT else text.count(RANGER) == 36


for around in ((), ("main",), ("article",), ("div", "div"), ("main", "article"), ("article", "section")):
    kept = {f"short {tag}": is_kept(SHORT, tag, *around) for tag in ("ul", "ol", "menu")}
    kept["long ul"] = is_kept(LONG, "ul", *around)
    print(" > ".join(("body", *around)), kept)
    assert kept == {"short ul": False, "short ol": True, "short menu": True, "long ul": False}
for around in (("main", "article", "div"), ("div", "div", "div")):
    print(" > ".join(("body", *around)), is_kept(SHORT, "ul", *around))
    assert is_kept(SHORT, "ul", *around)
    assert is_kept(LONG, "ul", *around)
END
