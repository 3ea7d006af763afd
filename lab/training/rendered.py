"""HTML pages as text, by the programs that rendered the labelled captures: the whole page, and saved as text."""

from __future__ import annotations

from inscriptis import get_text
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.model.config import ParserConfig
from resiliparse.extract.html2text import extract_plain_text

SAVED = ParserConfig(css=CSS_PROFILES["relaxed"], display_images=True)  # with alternative texts, as browsers save


def whole_page(html: str) -> str:
    """Return the text of a page's HTML, a paragraph or row a line."""
    return str(extract_plain_text(html))


def saved_as_text(html: str) -> str:
    """Return the text of a page's HTML laid out with blank lines and indents, as a browser saves it."""
    return str(get_text(html, SAVED))
