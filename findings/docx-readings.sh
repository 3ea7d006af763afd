#!/usr/bin/env bash
# python-docx (1.2.0), Mammoth (1.13.0) and MarkItDown (0.1.9) leave out each Japanese word that has its reading above it: 東京へ行く is へく.
#
# Word's "Phonetic Guide" puts a word and its reading (furigana; in Taiwan, zhuyin) into one element, <w:ruby>, which holds the word as
# <w:rubyBase>. Who has never seen one guesses that the reading is lost, or stands behind the word, as it does where a web page is read. The
# three lose both: of a letter to parents or a text for learners every second word, and of a form the person's name. MarkItDown reads a
# page's <ruby> with the word. Mammoth tells of "an unrecognised element" in its messages, which MarkItDown does not pass on; python-docx
# tells nothing. docx2txt writes the reading before the word, とうきょう東京.
#
# Seen with python-docx 1.2.0, Mammoth 1.13.0, MarkItDown 0.1.9, docx2txt 0.9, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check \
    python-docx==1.2.0 mammoth==1.13.0 'markitdown[docx]==0.1.9' docx2txt==0.9
"$place/bin/python" -W ignore - <<'END'
from io import BytesIO

import docx
import docx2txt
import mammoth
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from markitdown import MarkItDown

RUBY = "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>{1}</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>{0}</w:t></w:r></w:rubyBase></w:ruby></w:r>"
WORDS = "<w:r><w:t>{}</w:t></w:r>"
SENTENCE = RUBY.format("東京", "とうきょう") + WORDS.format("へ") + RUBY.format("行", "い") + WORDS.format("く")
document = docx.Document()
document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{SENTENCE}</w:p>"))
file = BytesIO()
document.save(file)


def opened() -> BytesIO:
    """Return the document from its beginning."""
    return BytesIO(file.getvalue())


found = {
    "python-docx": docx.Document(opened()).paragraphs[0].text,
    "Mammoth, text": mammoth.extract_raw_text(opened()).value.strip(),
    "Mammoth, HTML": mammoth.convert_to_html(opened()).value,
    "MarkItDown": MarkItDown().convert_stream(opened(), file_extension=".docx").text_content,
    "docx2txt": docx2txt.process(opened()).strip(),
}
for tool, text in found.items():
    print(f"{tool:14} {text}")
print(mammoth.extract_raw_text(opened()).messages)
assert list(found.values()) == ["へく", "へく", "<p>へく</p>", "へく", "とうきょう東京へい行く"]
assert "w:ruby" in str(mammoth.extract_raw_text(opened()).messages)
page = BytesIO('<meta charset="utf-8"><p><ruby>東京<rt>とうきょう</rt></ruby></p>'.encode())
assert "東京" in MarkItDown().convert_stream(page, file_extension=".html").text_content
END
