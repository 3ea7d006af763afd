#!/usr/bin/env bash
# newspaper4k (0.9.6) takes a page in Filipino (`lang="fil"`) for a Finnish one, and finds no text on it.
#
# The language of a page is the first two characters of its `lang`, but for two Kurdish codes. Many languages have three letters there
# (BCP 47), and the first two of them are another language's: `fil` is Finnish then, `haw` (Hawaiian) Hausa, `frr` (North Frisian) French and
# `ast` (Asturian) Assamese. What is text is told by the small words of the language, and no Finnish ones are in a Filipino article: its
# text is empty and `meta_lang` is wrong, without a word. With `lang="tl"`, or without any, the same page is read.
#
# Seen with newspaper4k 0.9.6, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check newspaper4k==0.9.6
"$place/bin/python" -W ignore - <<'END'
from newspaper import Article

PAGE = """<html lang="{}"><head><title>Bagyo sa pantalan</title></head><body><article><h1>Bagyo sa pantalan</h1>
<p>Ayon sa tagapangasiwa ng lawa, hindi pa ito naging ganito kapuno mula nang itayo ng bayan ang prinsa, at ang mga bangka ng lumang
daungan ay nasa dating daan.</p><p>Walang sinuman sa bayan ang nabigyan ng babala nang dumating ang tubig sa gabi, sabi ng alkalde, na humingi
ng tulong sa lalawigan para sa mga tulay at sa gilingan.</p></article></body></html>"""
SEEN = {  # the language that newspaper4k finds, and if it finds the text
    "fil": ("fi", False),
    "fil-PH": ("fi", False),
    "tl": ("tl", True),
    "": ("", True),
}
LANGUAGES = {"haw": "ha", "frr": "fr", "ast": "as"}


def read(lang: str) -> Article:
    """Return the page with this language as newspaper4k reads it."""
    page = Article("https://paper.example/bagyo")
    page.download(input_html=PAGE.format(lang))
    page.parse()
    return page


for lang, seen in SEEN.items():
    page = read(lang)
    print(f"lang={lang!r}: language {page.meta_lang!r}, text {page.text[:30]!r}")
    assert (page.meta_lang, "tagapangasiwa" in page.text) == seen, (lang, page.meta_lang, page.text)
for lang, language in LANGUAGES.items():
    assert read(lang).meta_lang == language, lang
END
