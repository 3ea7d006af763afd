#!/usr/bin/env bash
# PDFium (pypdfium2 5.15.2) gives the columns of vertical Japanese in reverse, and leaves them out where no Japanese font is installed.
#
# Vertical text runs down, and its columns from right to left; a PDF has it with a writing mode of 1 (ISO 32000, 9.7.4.3), and the document below
# has the columns in their order. PDFium sorts pieces of text that begin at the same height from left to right, as words of one line: the last
# column is the first, in one text that nothing marks as wrong; where a column begins lower, as the first of a paragraph does, it is where
# it belongs, so that pages are shuffled differently. Lines of any script that are turned clockwise, as on a page in landscape, are reversed as
# well. pdfplumber reads across the columns, and pdfminer.six puts the left column first, unless `detect_vertical` is on. pypdf's `extract_text`
# is right; in its mode "layout" columns are one line, the last one first. What Chromium prints of `writing-mode: vertical-rl` has each
# character by itself, and PDFium reads that rightly.
#
# A PDF need not bring a Japanese font along, and this one does not. PDFium measures letters in a font of the machine then. Where there is none,
# as in a slim container, a column has no width, and PDFium leaves it out of the text without a word; of these three only the last one stays,
# since full stops of a vertical font stand aside. Lines that run from left to right are found whole there.
#
# Seen with pypdfium2 5.15.2, pdfminer.six 20260107, pdfplumber 0.11.10, pypdf 7.1.1 and a document made by reportlab 5.1.0, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check pypdfium2==5.15.2 pdfminer-six==20260107 pdfplumber==0.11.10 pypdf==7.1.1 reportlab==5.1.0
"$place/bin/python" -W ignore - <<'END'
import io

from pdfminer.high_level import extract_text
from pdfminer.layout import LAParams
from pdfplumber import open as open_plumber
from pypdf import PdfReader
from pypdfium2 import PdfDocument
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

COLUMNS = ["市は橋を月曜日に", "閉鎖すると発表し", "た。船は動く。"]  # the town closes the bridge on Monday, it says; the ferry goes


def written(tops: tuple[int, ...]) -> bytes:
    """Return a PDF of the columns, from right to left, each beginning at its height."""
    file = io.BytesIO()
    canvas = Canvas(file)
    font = UnicodeCIDFont("HeiseiMin-W3", isVertical=True)
    registerFont(font)
    canvas.setFont(font.fontName, 12)
    for left, top, column in zip((500, 480, 460), tops, COLUMNS, strict=True):
        canvas.drawString(left, top, column)
    canvas.save()
    return file.getvalue()


def by_pdfium(tops: tuple[int, ...]) -> list[str]:
    return PdfDocument(written(tops))[0].get_textpage().get_text_range().split()


def turned() -> bytes:
    """Return a PDF of three lines that are turned clockwise, as on a page in landscape."""
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.rotate(-90)
    for number, line in enumerate(("The first line", "and the second", "and the third.")):
        canvas.drawString(-700, 500 - 20 * number, line)
    canvas.save()
    return file.getvalue()


one, two, three = COLUMNS
print("PDFium:", by_pdfium((700, 700, 700)), by_pdfium((688, 700, 700)))
if len(by_pdfium((700, 700, 700))) == 1:
    print("no Japanese font is installed here: two of three columns are left out")
    assert by_pdfium((700, 700, 700)) == by_pdfium((688, 700, 700)) == [three]
else:
    assert by_pdfium((700, 700, 700)) == [three, two, one]
    assert by_pdfium((688, 700, 700)) == [one, three, two]
lines = PdfDocument(turned())[0].get_textpage().get_text_range().split("\r\n")
print("PDFium, turned:", lines)
assert lines == ["and the third.", "and the second", "The first line"]

even = written((700, 700, 700))
by_miner = extract_text(io.BytesIO(even)).split()
by_plumber = open_plumber(io.BytesIO(even)).pages[0].extract_text().split("\n")
print("pdfminer.six:", by_miner[:9], "pdfplumber:", by_plumber[:3])
assert by_miner[: len(three)] == list(three)
assert by_plumber[:2] == ["た 閉 市", "。 鎖 は"]
assert extract_text(io.BytesIO(even), laparams=LAParams(detect_vertical=True)).split() == COLUMNS

page = PdfReader(io.BytesIO(even)).pages[0]
print("pypdf:", page.extract_text().split(), page.extract_text(extraction_mode="layout").split())
assert page.extract_text().split() == COLUMNS
assert "".join(page.extract_text(extraction_mode="layout").split()) == three + two + one
END
