"""The rules that are functions, numbers or properties, by their names below `winnow.read`; what switches them off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from winnow.read.metadata.site_name import strip_site


def nothing(*_: Any, **__: Any) -> None:
    """Find nothing."""


def no(*_: Any, **__: Any) -> bool:
    """Say no."""
    return False


def yes(*_: Any, **__: Any) -> bool:
    """Say yes."""
    return True


def none_of_them(*_: Any, **__: Any) -> list[Any]:
    """Find an empty list."""
    return []


def empty(*_: Any, **__: Any) -> set[Any]:
    """Find an empty set."""
    return set()


def never(*_: Any, **__: Any) -> Iterator[Any]:
    """Yield nothing."""
    return iter(())


def same(value: Any, *_: Any, **__: Any) -> Any:
    """Leave the first argument as it is."""
    return value


def second(_: Any, value: Any, *__: Any, **___: Any) -> Any:
    """Leave the second argument as it is: the first of a method."""
    return value


def only_site(text: str, sites: list[str]) -> str:
    """Cut no more than the site's name."""
    return strip_site(text, sites)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "extract.without_head": same,
    "html.no_article.why_no_article": nothing,
    "html.seen._holds_article": no,
    "lines.comments._dated": never,
    "lines.comments._numbered": never,
    "lines.comments._signed": never,
    "metadata.authors._Bylines.agreed": none_of_them,
    "metadata.authors._Bylines.beside": none_of_them,
    "metadata.authors._Bylines.confirmed": none_of_them,
    "metadata.authors._Bylines.marked": none_of_them,
    "metadata.authors._Bylines.personal": second,
    "metadata.authors._Bylines.said_by": none_of_them,
    "metadata.authors._Bylines.stated": none_of_them,
    "metadata.authors._Bylines.told": none_of_them,
    "metadata.authors._Bylines.uncommon": yes,
    "metadata.dates._bare_beside": nothing,
    "metadata.dates._is_listed": no,
    "metadata.dates._says_published": no,
    "metadata.dates._url_date": nothing,
    "metadata.dates.far_date": nothing,
    "metadata.dates.may_be_zone": no,
    "metadata.dates.modified_dates": empty,
    "metadata.dates.page_dates": empty,
    "metadata.dates.settled_date": nothing,
    "metadata.details._about": yes,
    "metadata.details._content_words": empty,
    "metadata.details._name_in_title": nothing,
    "metadata.details._parent_crumb": nothing,
    "metadata.names._strip_degree": same,
    "metadata.names.other_name": nothing,
    "metadata.others.Others.far": nothing,
    "metadata.others.Others.stated": nothing,
    "metadata.others.is_other_role": no,
    "metadata.others.is_said": no,
    "metadata.site_name.is_site_name": no,
    "metadata.site_name.strip_site": same,
    "metadata.site_name.strip_tail": only_site,
    "metadata.structured.page_item": nothing,
    "metadata.structured.resolve": second,
    "metadata.title._carrier": nothing,
    "metadata.title._without_day": same,
    "metadata.title._without_section": same,
    "metadata.visible.find_line": nothing,
    "metadata.visible.find_prose": nothing,
    "plain.bylines.whole": same,
    "plain.bylines.bare_name": nothing,
    "plain.head._no_standfirst": no,
    "plain.head._section": nothing,
    "plain.head._standfirst": nothing,
    "plain.no_article.why_no_article": nothing,
    "plain.title_text._without_day": same,
    "plain.title_text._without_site": same,
}

VALUES: dict[str, object] = {
    "html.SURE": 0.0,  # trafilatura is never asked
    "html.no_article.CONSENT_STRETCH": 0,
    "html.no_article.MIN_TEXT": 0,
    "html.no_article.MIN_TITLES": 1e9,  # no page is an index
    "html.no_article.UNSURE": 0.0,
    "metadata.visible.Body.tag_links": [],
    "plain.no_article.LONGER": 0,
    "plain.no_article.STRETCH": 0,
    "plain.no_article.UNLIKELY": 0.0,
}
