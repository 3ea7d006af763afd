"""The day of a page in the only `time` element, which stands in a menu or a side column: some blogs show it there."""

from __future__ import annotations

import pytest

from .metadata_samples import PROSE, read

DAYS = {
    "January 31, 2024": ("2024-01-31 00:00:00+00:00", "2024-01-31"),
    "5. März 2024": ("2024-03-05", "2024-03-05"),
    "2023年11月4日": ("2023-11-04T09:30:00+09:00", "2023-11-04"),
}


def day(menu: str, after: str = "") -> str | None:
    """Return the day of a page with a menu beside its article."""
    article = f"<article><h1>The pier is repaired</h1>{PROSE * 3}{after}</article>"
    return read(f"<div class='sidebar'><nav><ul>{menu}</ul></nav></div>{article}").date


@pytest.mark.parametrize("shown", DAYS)
def test_the_only_moment_of_a_page_is_its_day_in_a_menu_too(shown: str) -> None:
    moment, expected = DAYS[shown]
    assert day(f"<li><a href='/'>Back</a></li><li><time datetime='{moment}'>{shown}</time></li>") == expected


@pytest.mark.parametrize("shown", DAYS)
def test_one_of_several_moments_in_a_menu_is_not(shown: str) -> None:
    moment, _ = DAYS[shown]
    entries = (
        f"<li><time datetime='{moment}'>{shown}</time></li><li><time datetime='2022-02-02'>2 February 2022</time></li>"
    )
    assert day(entries) is None


@pytest.mark.parametrize("shown", DAYS)
def test_the_moment_of_a_comment_is_not(shown: str) -> None:
    moment, _ = DAYS[shown]
    comment = f"<div class='comments'><p>Well said.</p><time datetime='{moment}'>{shown}</time></div>"
    assert day("<li><a href='/'>Back</a></li>", comment) is None
