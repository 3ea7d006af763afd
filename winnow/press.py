"""The marks that press databases put around each article of an export, as patterns of rows.

In text, Factiva, LexisNexis, Nexis Uni and ProQuest have a row of their own above or below each article; in HTML,
Europresse and Factiva put each into an element.
"""

from __future__ import annotations

_COUNT = r"\d{1,4} (?:of|von|de|di|sur) \d{1,4}"
ABOVE = rf"^[ \t]*(?:{_COUNT} DO[CK]UMENT\w*|Do[ck]umento? {_COUNT})[ \t\r]*$"
NUMBER = r"Do[ck]umento? [A-Z][A-Z0-9]{3,}\d{8}\w{6,}"  # of an article of Factiva
LENGTH = r"[\d.,]{1,9} (?:words|mots|Wörter|palabras|parole|palavras)"  # below the title of such an article
BELOW = rf"^[ \t]*(?:{NUMBER}|Load-Date:[^\n]{{0,100}}\s{{1,20}}End of Document)[ \t\r]*$"
HINTS = ("Document", "DOCUMENT", "Dokument", "DOKUMENT")  # one of which each row has
ELEMENT = r"<article\b|<div\b[^<>]*\bclass=[\"']?article [a-z]{2}Article\b"
CLASSES = ("docOcurrContainer", "articleParagraph")  # of an article's text, and of paragraphs in it

SENTENCES, PROSE = 2, 8  # sentences of an article, and words of one, at least
_CLOSES = "\"'”’»)]"


def has_sentences(text: str) -> bool:
    """Return whether what stands above or below all marks is an article, too, rather than a list or terms of use."""
    return sum(map(is_sentence, text.splitlines())) >= SENTENCES


def is_sentence(row: str) -> bool:
    """Return whether a row is a sentence, or a paragraph of some."""
    return len(row.split()) >= PROSE and row.rstrip().rstrip(_CLOSES).endswith(".")
