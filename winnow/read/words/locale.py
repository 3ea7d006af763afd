"""What is known of the language of a page or a text; the text is looked at only where a date needs its language."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property

from winnow.read.words.identify import settled_language
from winnow.read.words.language import SAME

_LETTERS = 2  # of a code of ISO 639-1


@dataclass(frozen=True)
class Locale:
    """The language and region that a page states (`hr`, `en-US`; empty: none), and a function that returns its text."""

    stated: str = ""
    text: Callable[[], str] = str

    @cached_property
    def tag(self) -> str:
        """Return the stated tag in the form `en-us`, else the code of the text's language, else an empty string."""
        return self.stated.strip().replace("_", "-").lower() or self._told

    def among(self, codes: Collection[str]) -> str | None:
        """Return the one of some languages that is stated, else the one that the text is written in, else None."""
        return next((code for code in (self.code, self._told) if code in codes), None)

    @property
    def code(self) -> str:
        """Return the code of the language (ISO 639-1), empty where nothing tells it.

        Where a code of three letters is stated (`eng`, `kok`), the text tells the language.
        """
        code = self.tag.partition("-")[0]
        code = SAME.get(code, code)
        return code if len(code) == _LETTERS else self._told

    @cached_property
    def _told(self) -> str:
        """Return the code of the language that the text is written in, empty where it is unclear."""
        return settled_language(self.text()) or ""


ANYWHERE = Locale()
