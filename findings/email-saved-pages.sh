#!/usr/bin/env bash
# Python's email package reads a page that Chromium has saved (MHTML) with replacement characters for each letter with an accent.
#
# Chromium, Edge and Opera save a page as a mail, and its HTML as a part that names no charset (`Content-Type: text/html`): the page says it
# itself, in `<meta charset>`. For mails that means ASCII, so `get_content()`, which is what the documentation recommends, gives U+FFFD for each
# byte beyond it, raises nothing and lists no defect. Texts in Greek or Chinese are gone whole; in English ones only the quotation marks are,
# so that it is found late. `get_payload(decode=True)` gives the bytes, and mail-parser decodes the part as UTF-8.
#
# Seen with Python 3.11, mail-parser 4.8.0.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check mail-parser==4.8.0
cat > "$place/page.mhtml" <<'PAGE'
From: <Saved by Blink>
Snapshot-Content-Location: https://paper.example/soup
Subject: Suppe
Date: Tue, 5 Mar 2024 10:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related;
	type="text/html";
	boundary="----MultipartBoundary--soup----"

------MultipartBoundary--soup----
Content-Type: text/html
Content-ID: <frame-1@mhtml.blink>
Content-Transfer-Encoding: quoted-printable
Content-Location: https://paper.example/soup

<!DOCTYPE html><html><head><meta charset=3D"utf-8"></head><body><p>Das M=C3=
=A4dchen i=C3=9Ft die Suppe =E2=80=9Egern=E2=80=9C.</p></body></html>
------MultipartBoundary--soup------
PAGE
"$place/bin/python" - "$place/page.mhtml" <<'END'
import email
import email.policy
import sys

import mailparser

SENTENCE = "Das Mädchen ißt die Suppe „gern“."
raw = open(sys.argv[1], "rb").read().replace(b"\n", b"\r\n")
page = next(part for part in email.message_from_bytes(raw, policy=email.policy.default).walk() if part.get_content_type() == "text/html")
text = page.get_content()
print("get_content():            ", text[text.index("<p>") : text.index("</p>")], page.defects)
assert "Das M\ufffd\ufffddchen i\ufffd\ufffdt die Suppe \ufffd\ufffd\ufffdgern\ufffd\ufffd\ufffd." in text and not page.defects
assert SENTENCE in page.get_payload(decode=True).decode()
(text,) = mailparser.parse_from_bytes(raw).text_html
print("mail-parser:              ", text[text.index("<p>") : text.index("</p>")])
assert SENTENCE in text
END
