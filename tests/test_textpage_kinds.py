# ruff: noqa: E501
"""Captures of pages that are no articles: their kind is told, and what a reader came for is kept."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from winnow.items import TEXT, Article, Kind
from winnow.read.decode import Decoded
from winnow.read.extract import extract

MENU = "Home\nForums\nWhat's new\nMembers\nLog in\nRegister\n\nSearch forums\n\nNew posts\n"
FOOT = "\n\nContact us\nTerms and rules\nPrivacy policy\nHelp\nHome\nRSS\n"
POSTS = (
    ("pilot_ken", "Mar 3, 2021 at 9:12 AM", "The bilge pump on my old trawler has started to run every ten minutes, "
     "and I cannot find where the water comes from. The hull was dry all winter. Has anyone seen this before?"),
    ("Marla", "Mar 3, 2021 at 9:40 AM", "Check the stern gland first. Mine did the same after the yard had tightened it."),
    ("oldsalt", "Mar 3, 2021 at 1:05 PM", "I would look at the float switch too, it can stick half way. If it does, the "
     "pump runs without any water in the bilge at all, and you will hear it suck air."),
    ("pilot_ken", "Mar 4, 2021 at 8:22 PM", "It was the gland. Two turns of packing and a little grease, and she has "
     "been dry since yesterday. Thanks, Marla!"),
    ("Marla", "Mar 5, 2021 at 7:58 AM", "Good news. The yard told me that the old packing had been in since the boat was "
     "built, so mine was due anyway. I have put the date into the log."),
)  # fmt: skip


def _signed(name: str, moment: str, text: str, number: int) -> str:
    return f"{moment}\n\n#{number}\n\n{name}\n\nSenior Member\n\nJoined:\nMay 7, 2012\n\nMessages:\n1,204\n\n{text}\n\nReply"


def _tight(name: str, moment: str, text: str, number: int) -> str:
    return f"{name} · {moment} · #{number}\n{text}\nLike Quote Report"


def _below(name: str, moment: str, text: str, number: int) -> str:
    return f"{text}\n\nPosted by {name}, {moment}\n\nQuote · Reply · {number} likes"


LAYOUTS = {"signed": _signed, "tight": _tight, "moment below": _below}


def thread(layout: str, posts: Sequence[tuple[str, str, str]] = POSTS) -> str:
    shown = (LAYOUTS[layout](*post, number) for number, post in enumerate(posts, 1))
    return f"{MENU}\nBilge pump runs all the time\n\nThread starter pilot_ken\n\n" + "\n\n".join(shown) + FOOT


def read(text: str) -> Article:
    found = extract(Decoded(text, TEXT, "utf-8"))
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
def test_all_posts_of_a_thread_are_kept_and_the_thread_is_told(layout: str) -> None:
    found = read(thread(layout))
    assert [text for *_, text in POSTS if text not in found.text] == []
    assert "Privacy policy" not in found.text
    assert found.kind is Kind.DISCUSSION


MANUAL = """
Docs
Guides
Reference
Changelog
GitHub

On this page

Usage
Options
Exit status
See also

tidal-sync

tidal-sync copies tide tables from a harbour's server to a local folder, and leaves out what has not changed.

Usage

tidal-sync [OPTIONS] HARBOUR FOLDER

Options

--since DATE

Copy tables from this day on. The default is the first day of the running month.

--dry-run

Print what would be copied, and copy nothing.

--retries N

Try again N times when the server does not answer. The default is 3.

Exit status

0: all tables were copied
1: the harbour is not known
2: the server did not answer

See also

tidal-list, tidal-config

Previous: tidal-list
Next: tidal-config

Edit this page

Was this page helpful?
Yes
No
"""
SHOP = """
Free delivery on orders over $50
Shop
Lamps
Ropes
Sale
Cart (0)

Home / Lamps / Deck lamps

Halyard deck lamp, brass

$84.00

4.7 out of 5 stars (31 reviews)

Quantity
1
Add to cart

A deck lamp of solid brass with a glass that can be unscrewed for cleaning. The shade keeps the light off the water,
and the switch can be used with wet gloves.

Height: 210 mm
Weight: 1.4 kg
Bulb: E14, 25 W at most
Protection: IP66

You may also like

Bulkhead lamp, round
$61.00
Chart lamp with red filter
$39.00

Newsletter
Subscribe
About us
Returns
"""


def test_a_manual_keeps_its_usage_its_options_and_its_status() -> None:
    found = read(MANUAL)
    for line in ("tidal-sync [OPTIONS] HARBOUR FOLDER", "--dry-run", "Copy tables from this day on.",
                 "1: the harbour is not known"):  # fmt: skip
        assert line in found.text
    assert "Was this page helpful" not in found.text
    assert found.kind is Kind.DOCUMENTATION


def test_a_product_keeps_its_description_and_its_facts() -> None:
    found = read(SHOP)
    for line in ("A deck lamp of solid brass", "Weight: 1.4 kg", "Protection: IP66"):
        assert line in found.text
    assert "Chart lamp with red filter" not in found.text
    assert "Returns" not in found.text
    assert found.kind is Kind.PRODUCT
