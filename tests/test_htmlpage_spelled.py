"""What a browser shows by other means than text is spelled out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.samples import sentences
from winnow.items import HTML, Article
from winnow.read.decode import Decoded
from winnow.read.extract import extract
from winnow.read.html import parse

ABOVE, BELOW = sentences(1)[:3], sentences(2)[:3]


def between(body: str) -> list[str]:
    """Return what the text of a page has between its first and its last paragraphs."""
    above, below = ("".join(f"<p>{each}</p>" for each in paragraphs) for paragraphs in (ABOVE, BELOW))
    page = f"<html><head><title>A page</title></head><body><article>{above}{body}{below}</article></body></html>"
    found = extract(Decoded(page, HTML, "utf-8"))
    assert isinstance(found, Article)
    lines = found.text.split("\n\n")
    return lines[lines.index(ABOVE[-1]) + 1 : lines.index(BELOW[0])]


def packed(address: str, mask: int = 0x2A) -> str:
    return bytes([mask, *(byte ^ mask for byte in address.encode())]).hex()


END = "as everybody in the town knows who has read the paper of this morning, or who was there."


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("She said <q>no</q> twice", "She said “no” twice"),
        ("She said <q>he said <q>no</q> to it</q> twice", "She said “he said ‘no’ to it” twice"),
        ("She said <q>“no”</q> and <q>„nein“</q> <q> </q>too", "She said “no” and „nein“ too"),
        ("She said <q>no, <i>never</i></q> twice", "She said “no, never” twice"),
        ("There are 10<sup>6</sup> of them", "There are 10⁶ of them"),
        ("There are 10<sup> −12 </sup> of them", "There are 10⁻¹² of them"),
        ("It was the 2<sup>nd</sup> of them", "It was the 2nd of them"),
        ("It has CO<sub>2</sub> on 50 m<sup>2</sup>", "It has CO2 on 50 m2"),
        ("Of <del>12</del><ins>15</ins> people", "Of 12 15 people"),
        ("Of <ins>15</ins><s>12</s> people", "Of 15 12 people"),
        ("It costs <del><b>$20</b></del><ins>$15</ins>", "It costs $20 $15"),
        ("It costs <strike>20</strike>15", "It costs 20 15"),
        ("It was <s>great</s>, they say", "It was great, they say"),
        ("It was <s>great </s>good", "It was great good"),
        ('The depth is <img class="latex" alt="t = r^2 / 4f" src=x> at most', "The depth is t = r^2 / 4f at most"),
        ('The depth is <img class="mwe-math-fallback-image-inline" alt="r^2"> at most', "The depth is r^2 at most"),
        ('The depth is <img class="math-teacher" alt="Ada Lund" src=x>small', "The depth is small"),
        ('The answer was <img class="emoji" alt="🐝" src=x>, they say', "The answer was 🐝, they say"),
        ('The answer was <img class="wp-smiley" alt=":-)" src=x>short', "The answer was short"),
        (f'Write to <a data-cfemail="{packed("ida@paper.example")}">[email&#160;protected]</a> for more',
         "Write to ida@paper.example for more"),
        ('Write to <a data-cfemail="2a">[email protected]</a> for more', "Write to [email protected] for more"),
        ('Write to <a data-cfemail="">[email protected]</a> for more', "Write to [email protected] for more"),
        ('Write to <a data-cfemail="zz">[email protected]</a> for more', "Write to [email protected] for more"),
        (f'Write to <a data-cfemail="{packed("no <b>@ mail")}">[email protected]</a> for more',
         "Write to [email protected] for more"),
    ],
)  # fmt: skip
def test_what_a_browser_shows_is_spelled_out(written: str, shown: str) -> None:
    assert between(f"<p>{written}, {END}</p>") == [f"{shown}, {END}"]


VERSE = [f"The {nth} line of the poem that the ferryman has learnt" for nth in ("first", "second", "third", "last")]


@pytest.mark.parametrize("tag", ["p", "div", "td", "blockquote"])
def test_rows_of_a_paragraph_stay_together_and_empty_rows_divide(tag: str) -> None:
    two = "<br> &nbsp; <br/>\n".join(["<br>\n".join(VERSE)] * 2)
    assert (
        between(f"<{tag}>{two}</{tag}>" if tag != "td" else f"<table><td>{two}</td></table>") == ["\n".join(VERSE)] * 2
    )


CODE = "def ferry():\n    ramp.open()\n    leave()"
LINES = CODE.split("\n")


@pytest.mark.parametrize(
    "listing",
    [
        f"<table><tr><td><pre>1\n2\n3</pre></td><td><pre>{CODE}</pre></td></tr></table>",
        f"<table><tr><td><div>9</div><div>10</div><div>11</div></td><td><pre><code>{CODE}</code></pre></td></tr></table>",
        f"<table><tr><td>9\n10\n11</td><td>12\n13\n14</td><td><pre>{CODE}</pre></td></tr></table>",
        f"<pre>{''.join(f'<span class=lineno>{n}</span>{line}<br>' for n, line in enumerate(LINES, 1))}</pre>",
        f"<pre>{''.join(f'<a class=ln id=l{n}>{n:2}</a>{line}<br>' for n, line in enumerate(LINES, 1))}</pre>",
    ],
)
def test_numbers_of_lines_are_no_code(listing: str) -> None:
    assert between(listing) == [CODE]


@pytest.mark.parametrize(
    "listing",
    [
        f"<table><tr><td><pre>1\n2\n4</pre></td><td><pre>{CODE}</pre></td></tr></table>",
        f"<pre><span class=number>1</span>\n{CODE}</pre>",
    ],
)
def test_other_numbers_stay(listing: str) -> None:
    assert "1" in "".join(between(listing))


MARKUP = st.lists(
    st.sampled_from([
        "<q>", "</q>", "<del>", "</del>", "<ins>", "</ins>", "<s>", "<sup>6</sup>", "10", "word", " ",
        "<pre>", "</pre>", "<table><tr><td>", "<td>", "</table>", "1\n2\n3", "<code>", "</code>",
        "<a data-cfemail=2a2b>", "<p>", "</p>", "<span class=lineno>7</span>",
    ]),
    max_size=30,
).map("".join)  # fmt: skip


@given(MARKUP)
def test_any_markup_keeps_its_words(markup: str) -> None:
    tree = parse(f"<html><body><p>begin</p>{markup}<p>end</p></body></html>")
    assert tree is not None
    assert "".join(tree.itertext()).count("word") == markup.count("word")


IGNORED = "<span style='{}:Ignore'>{}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp;</span></span>"
ITEM = "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]>{}<![endif]>{}<o:p></o:p></p>"


@pytest.mark.parametrize("style", ["mso-list", "font-family:Symbol; mso-list", "mso-list "])
@pytest.mark.parametrize(("mark", "shown"), [("·", ""), ("o", ""), ("§", ""), ("1.", "1. "), ("b)", "b) ")])
def test_lists_that_word_writes_as_paragraphs_lose_their_bullets(style: str, mark: str, shown: str) -> None:
    items = ["The upper gate is painted", "The lower gate is measured", "The bridge gets a light"]
    found = between("".join(ITEM.format(IGNORED.format(style, mark), item) for item in items))
    assert "\n".join(found).splitlines() == [f"{shown or '- '}{item}" for item in items]
