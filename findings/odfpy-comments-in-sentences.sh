#!/usr/bin/env bash
# odfpy (1.4.1) writes comments and footnotes into the middle of sentences, with the comment's author and moment, and brings deleted text back.
#
# OpenDocument has a comment and a footnote at the place that they belong to, within the paragraph, and says that their letters are none of the
# paragraph's (part 3, 6.1.1). `teletype.extractText`, which is there for the text of a paragraph, takes all letters: `The lake Ann
# Lee2024-03-01T10:00:00Is it?is full.` What stands in the comment or the footnote comes once more as a paragraph of its own. A document
# whose changes are tracked has what was deleted in a list before its text, so that the text begins with all sentences that were taken out, as
# paragraphs like others. str() of a paragraph does the same, and loses tabs, line ends and spaces besides.
#
# Seen with odfpy 1.4.1, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check odfpy==1.4.1
"$place/bin/python" - <<'END'
from io import BytesIO
from zipfile import ZipFile

from odf.opendocument import load
from odf.teletype import extractText
from odf.text import P

KIND = "application/vnd.oasis.opendocument.text"
SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
NAMES = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in SPACES.items())
WHO = "<dc:creator>Ann Lee</dc:creator><dc:date>2024-03-01T10:00:00</dc:date>"
SEEN = {
    f"<text:p>The lake <office:annotation>{WHO}<text:p>Is it?</text:p></office:annotation>is full.</text:p>": [
        "The lake Ann Lee2024-03-01T10:00:00Is it?is full.",
        "Is it?",
    ],
    '<text:p>The lake<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
    "<text:p>In spring.</text:p></text:note-body></text:note> is full.</text:p>": ["The lake1In spring. is full.", "In spring."],
    '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info>'
    f"{WHO}</office:change-info><text:p>Nobody likes it.</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    '<text:p>The lake is full.<text:change text:change-id="c1"/></text:p>': ["Nobody likes it.", "The lake is full."],
    "<text:p>The <text:span>lake</text:span> is full.</text:p>": ["The lake is full."],  # as one expects
}


def document(body: str) -> BytesIO:
    """Return a text document."""
    entries = "".join(
        f'<m:file-entry m:full-path="{path}" m:media-type="{kind}"/>' for path, kind in (("/", KIND), ("content.xml", "text/xml"))
    )
    content = f'<office:document-content {NAMES} office:version="1.3"><office:body><office:text>{body}</office:text></office:body>'
    file = BytesIO()
    with ZipFile(file, "w") as packed:
        packed.writestr("mimetype", KIND)
        packed.writestr("content.xml", f"{content}</office:document-content>")
        packed.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" m:version="1.3">{entries}</m:manifest>',
        )
    return BytesIO(file.getvalue())


for body, expected in SEEN.items():
    found = [extractText(paragraph) for paragraph in load(document(body)).getElementsByType(P)]
    print(f"{body}\n    {found}")
    assert found == expected
END
