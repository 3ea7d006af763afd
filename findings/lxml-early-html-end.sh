#!/usr/bin/env bash
# lxml 6.1.3 (libxml2 2.14) puts what follows an early </html> into a second <html> beside the first.
#
# A template that closes the page too early, or a header that is a document of its own, is common, and browsers show all of it:
# they go on in the same body. lxml's tree has a second root element, a sibling of the first. `document_fromstring` returns the
# first: its `iter()`, `text_content()`, `.//…` paths and `tostring` do not have the rest, and no error is raised. A path that
# begins with `//` does find the rest, and so does `root.itersiblings()`.
#
# Seen with lxml 6.1.3, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check lxml==6.1.3
"$place/bin/python" - <<'END'
from lxml import etree
from lxml.html import document_fromstring

print("lxml", etree.LXML_VERSION, "libxml2", etree.LIBXML_VERSION)
PAGE = """<html><body><p>The mill at Lower Wick has stood still for nine years.</p></body></html>
<p>Last week its owner opened the sluice again.</p><div>Half of the village came to look.</div>"""
root = document_fromstring(PAGE)
print("root:", root.text_content())
rest = ["".join(element.itertext()) for element in root.itersiblings()]
print("its siblings:", rest)
assert root.text_content() == "The mill at Lower Wick has stood still for nine years."
assert root.xpath(".//div") == [] == list(root.iter("div"))
assert "sluice" not in etree.tostring(root.getroottree(), encoding="unicode")
assert len(root.xpath("//div")) == 1
assert len(rest) == 1
assert "opened the sluice" in rest[0]
assert "Half of the village" in rest[0]
END
