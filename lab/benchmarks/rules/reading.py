"""Read a page again and again, with other rules: what the rule in question cannot change is read once."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from lab.benchmarks.rules.pages import LabelledPage
from winnow.items import HTML, MAX_PAGE_BYTES, Article, Page, Rejection
from winnow.read import extract, html, metadata, plain
from winnow.read.decode import Decoded, decode

_OF_TREE = ("metadata.values.", "metadata.visible.", "html.box_names.", "html.seen.")
# Functions under the names at which they are called, and beginnings of the names of the rules that change their answer.
REMEMBERED: tuple[tuple[ModuleType, str, tuple[str, ...]], ...] = (
    (html, "parse", ()),
    (html, "read_content", ("html.box_names.", "html.seen.")),
    (html, "stated", ()),
    (html, "ask", ()),
    (html, "read", ("html.SURE", "html.STEPS.", "html.no_article.", "lines.", "notices.")),
    (extract, "read_metadata", ("metadata.", "html.box_names.", "html.seen.")),
    (metadata, "read_head", ("metadata.structured.", "metadata.values.")),
    (metadata, "Body", _OF_TREE),
    (plain, "split_lines", ()),
    (plain, "view", ()),
    (plain, "look", ()),
    (plain, "told_by", ()),
    (plain, "_article", ("lines.", "plain.STEPS.")),
    (plain, "gather", ("lines.", "plain.", "notices.")),
)


class Reader:
    """Reads one page at a time. While it lives, parts of `winnow.read` remember what they made of that page.

    `put` sets an attribute of a module.
    """

    def __init__(self, folds: Path | None, put: Callable[[ModuleType, str, Any], None] = setattr) -> None:
        self._folds = folds
        self._fold_of = json.loads((folds / "html/folds.json").read_text("utf-8")) if folds else {}
        self._made: dict[object, Any] = {}
        self._changed = ""
        for module, name, changing in REMEMBERED:
            put(module, name, self._once(name, getattr(module, name), changing))
        for module, name in ((html, "load"), (plain, "load_for")):
            put(module, name, self._remembering(getattr(module, name)))
        put(plain, "article_lines", self._by_value(plain.article_lines))

    def _once(self, name: str, function: Callable[..., Any], changing: tuple[str, ...] = ()) -> Callable[..., Any]:
        """Return the function; called again for the same page it gives what it gave, unless a rule changes that."""

        def call(*arguments: Any, **named: Any) -> Any:
            if changing and self._changed.startswith(changing):
                return function(*arguments, **named)
            key = (name, len(arguments))  # a model judges with trafilatura's choice or without
            if key not in self._made:
                self._made[key] = function(*arguments, **named)
            return self._made[key]

        return call

    def _by_value(self, function: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def call(argument: Any) -> Any:
            if argument not in self._made:
                self._made[argument] = function(argument)
            return self._made[argument]

        return call

    def _remembering(self, load: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that loads a model which judges a page once."""

        def loaded(*page: Any) -> Any:
            model = load(*page)
            steps = (name for name in ("look", "judge", "title_chances") if hasattr(model, name))
            return SimpleNamespace(**{name: self._once(name, getattr(model, name)) for name in steps})

        return loaded

    def turn_to(self, page: LabelledPage) -> Decoded | Rejection:
        """Forget the last page and decode the next."""
        self._made.clear()
        for variable, kind in (("WINNOW_TEXT_MODEL", "text"), ("WINNOW_HTML_MODEL", "html")):
            os.environ.pop(variable, None)
            if self._folds is not None and page.domain is not None:
                os.environ[variable] = str(self._folds.resolve() / kind / f"fold{self._fold_of[page.domain]}.npz")
        suffix = ".html" if page.media_type == HTML else ".txt"
        return decode(Page(page.name.removesuffix(suffix) + suffix, body=page.read()), MAX_PAGE_BYTES)

    def read(self, decoded: Decoded, changed: str = "") -> Article | Rejection:
        """Read the page as the rules are now; `changed` is the rule that is not as it was the first time."""
        self._changed = changed
        return extract.extract(decoded)
