"""What every sample of a format is: a file, what must come out of it, and the pages in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from lab.samples import html_page, sentences

URL = "http://a.example/"
TIME = "2024-02-29T10:00:00+00:00"


class Told(NamedTuple):
    """What the database must say of a page, if it gives an article."""

    title: str | None
    url: str | None = None
    captured: str | None = None
    author: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """A file, the pages that it must give by their paths in it, and how many other records are `passed` over, by why.

    `count` counts the records of the file with a reader that is not Winnow's. `rejected` pages hold no article.
    `needs` names the module without which no page can be read.
    """

    data: bytes
    pages: dict[str, Told]
    count: Callable[[bytes], int]
    passed: dict[str, int] = field(default_factory=dict)
    rejected: int = 0
    needs: str = ""


def story(number: int, author: str | None = None, title: str | None = None) -> str:
    """Return an HTML page of its own; `author` is stated in its head."""
    meta = f'<meta name="author" content="{author}">' if author else ""
    return html_page(title or f"Story {number}", sentences(number)).replace("<head>", f"<head>{meta}")


def prose(number: int) -> str:
    """Return the text of a story as the HTML of a feed or a note: paragraphs, and nothing around them."""
    return "".join(f"<p>{paragraph}</p>" for paragraph in sentences(number))
