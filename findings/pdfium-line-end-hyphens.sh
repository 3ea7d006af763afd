#!/usr/bin/env bash
# PDFium (pypdfium2 5.15.2) gives a hyphen at the end of a line as U+FFFE or as U+0002, depends on whom one asks, and joins the lines.
#
# `get_text_range` has the noncharacter U+FFFE where a line ends in a hyphen behind a letter, `get_text_bounded` has the control
# U+0002. Neither is printed, neither is found by a search for `newspaper` or for `well-known`, XML 1.0 allows neither. Whether
# the hyphen belongs to the word, nobody says: `news-/paper` and `well-/known` look alike. Between digits the hyphen and the end
# of the line stay.
#
# Seen with pypdfium2 5.15.2 and a document made by fpdf2 2.8.9, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check pypdfium2==5.15.2 fpdf2==2.8.9
"$place/bin/python" - <<'END'
from fpdf import FPDF
from pypdfium2 import PdfDocument

LINES = ["The town has bought the old news-", "paper building, a well-", "known house. From 1999-", "2004 it stood empty."]
document = FPDF()
document.add_page()
document.set_font("helvetica", size=12)
for line in LINES:
    document.cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")
text = PdfDocument(bytes(document.output()))[0].get_textpage()
SEEN = "The town has bought the old news{0}paper building, a well{0}known house. From 1999-\r\n2004 it stood empty."
for found, mark in ((text.get_text_range(), "\ufffe"), (text.get_text_bounded(), "\x02")):
    print(repr(found))
    assert found == SEEN.format(mark)
END
