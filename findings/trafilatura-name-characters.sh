#!/usr/bin/env bash
# trafilatura (2.3.1) writes another character for some Japanese names: U+FA1E becomes U+7FBD in the text, and stays in the title.
#
# Its text is in Unicode's normal form C, which is known as safe: it composes accents, and what a reader sees stays. But NFC also
# replaces 1,002 "compatibility ideographs" for good. Twenty of these are among IBM's extensions of Shift_JIS (U+FA10 to U+FA2D), which
# Japanese fonts draw with a form of their own, since families and places insist on it. No normal form brings the character back, and
# the text does not hold the name as the page writes it: a search for the name, copied from the page or from the title beside the text,
# finds nothing. ftfy's `fix_text`, whose default is NFC, does the same.
#
# Seen with trafilatura 2.3.1, ftfy 6.3.1, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check trafilatura==2.3.1 ftfy==6.3.1 lxml-html-clean==0.4.6
"$place/bin/python" - <<'END'
import unicodedata

from ftfy import fix_text
from trafilatura import extract, extract_metadata

NAME = "\ufa1e\u7530"  # a family's name, with the character that the family uses
TEXT = f"{NAME}さんは港の新しい建物を月曜日に開きました。町の人々が朝から集まり、式のあとに中を見て回りました。" * 4
PAGE = f"<html lang='ja'><head><title>{NAME}さんの港</title></head><body><article><h1>{NAME}さんの港</h1><p>{TEXT}</p></article></body></html>"


def codes(text: str) -> str:
    """Return the first two characters of a text as code points."""
    return " ".join(f"U+{ord(character):04X}" for character in text[:2])


found = extract(PAGE) or ""
print("the page has  ", codes(NAME))
print("text          ", codes(found), "| the name is in the text:", NAME in found)
print("title         ", codes(extract_metadata(PAGE).title or ""))
print("ftfy          ", codes(fix_text(NAME)))
changed = [chr(code) for code in range(0xFA10, 0xFA2E) if unicodedata.normalize("NFC", chr(code)) != chr(code)]
print(len(changed), "of the 30 characters from U+FA10 to U+FA2D are replaced by NFC")
assert codes(found) == "U+7FBD U+7530" and NAME not in found
assert codes(extract_metadata(PAGE).title or "") == "U+FA1E U+7530"
assert len(changed) == 20
assert codes(fix_text(NAME)) == "U+7FBD U+7530"
END
