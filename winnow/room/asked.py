"""What a search asks for: words and filters, by the fields of a form and by operators among the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Self

from winnow.search.operators import is_day, split

MAX_PAGES = 50
FILTERS = (
    "site", "author", "section", "kind", "language", "year", "before", "after", "since", "source", "corrected",
    "starred",
)  # fmt: skip
SORTS = ("date", "oldest", "newest", "places")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the search form asks for; `kind` may be several, divided by commas.

    `year`, `before` and `after` are years, months or days; `before` is not among those found, `after` is. Since the
    moment `since` an article was read first. `corrected` and `starred` are filled or not. `sort` is one of `SORTS`, ""
    for the best match, or without words the newest date.
    """

    q: str = ""
    site: str = ""
    author: str = ""
    section: str = ""
    language: str = ""
    kind: str = ""
    year: str = ""
    before: str = ""
    after: str = ""
    since: str = ""
    source: str = ""
    corrected: str = ""
    starred: str = ""
    sort: str = ""
    page: int = 1

    @classmethod
    def from_form(cls, form: Mapping[str, str]) -> Self:
        """Return what a form asks for; a value that makes no sense counts as not given."""
        said = {name: (form.get(name) or "").strip()[:1000] for name in _FIELDS}
        said |= {name: "" for name in ("before", "after") if not is_day(said[name])}
        said["sort"] = said["sort"] if said["sort"] in SORTS else ""
        number = form.get("page") or ""
        page = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
        return cls(**said, page=min(max(page, 1), MAX_PAGES))

    @property
    def filters(self) -> dict[str, str]:
        """Return the filters that are set by fields, by their names."""
        return {name: getattr(self, name) for name in FILTERS if getattr(self, name)}

    @property
    def is_filtered(self) -> bool:
        """Return whether any filter is set, by a field or an operator."""
        return bool(self.filters or split(self.q)[1])

    def without(self, *names: str) -> dict[str, str]:
        """Return the filled fields for a link, without the page number and the fields named."""
        return {name: text for name in _FIELDS if name not in names and (text := getattr(self, name))}


_FIELDS = [each.name for each in fields(Asked) if each.name != "page"]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A search divided: its words, and by the name of what they narrow, the values wanted and those left out."""

    words: str
    wanted: dict[str, list[str]] = field(default_factory=dict)
    unwanted: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, asked: Asked) -> Self:
        """Return what the fields and the operators of a search ask for together."""
        words, operators = split(asked.q)
        narrowed = cls(words)
        for name, value in asked.filters.items():
            narrowed.wanted[name] = value.split(",") if name == "kind" else [value]
        for each in operators:
            of = narrowed.unwanted if each.is_excluded else narrowed.wanted
            of.setdefault(each.name, []).extend(each.value.split(",") if each.name == "kind" else [each.value])
        return narrowed

    @property
    def authors(self) -> list[str]:
        """Return the authors of whom one is wanted."""
        return self.wanted.get("author", [])

    @property
    def language(self) -> str:
        """Return the language that is wanted, if it is one."""
        found = self.wanted.get("language", [])
        return found[0] if len(found) == 1 else ""


def orders(asked: Asked) -> list[tuple[str, str]]:
    """Return the orders that a search offers, each as the form names it and in words."""
    named = [("date", "newest"), ("oldest", "oldest"), ("places", "in most places"), ("newest", "last read")]
    return [("", "best match"), *named] if split(asked.q)[0].strip() else [("", "newest"), *named[1:]]
