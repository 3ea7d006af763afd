"""Training copies of HTML pages: teaser cards of other pages and appeals as boxes of all sorts, and unknown words.

The boxes come with telling class names, with meaningless ones, or with none; what is put in is not article. The stress
benchmark uses other templates than these.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from lxml import etree

from lab.training import asides, augment
from lab.training.augment_text import BYLINES, CREDITS, LEADS_ON, SECTIONS, SHELF
from lab.training.html_data import HtmlSample, sample
from lab.training.html_sets import ARTICLES, TYPES, Page, tree_of
from winnow.read.html.second_opinions import key

TELLING = {
    "shelf": (
        "related-posts",
        "recommended",
        "read-more-list",
        "article-list",
        "teaser-grid",
        "more-stories",
        "latest",
    ),
    "card": ("card", "teaser", "post-item", "story-card", "entry-preview", "list-item", "promo-tile"),
    "appeal": ("newsletter-signup", "donate-box", "subscribe", "support-us", "cta", "membership-promo", "inline-promo"),
}
BLAND = (
    "box",
    "wrapper",
    "c-1",
    "row",
    "block",
    "col-12",
    "css-1x2y3z",
    "sc-aBcDe",
    "elementor-widget",
    "wp-block-group",
)
APPEAL_BOXES = ("div", "div", "aside", "section", "form", "blockquote", "p", "figure")


def copies(made: Sequence[HtmlSample], pages: Sequence[Page], seed: int = 5) -> Iterable[HtmlSample]:
    """Make about two altered copies of a page of the articles, one of a page of the web; none of other kinds.

    A shelf of cards is what a listing is made of, so it cannot be told from one that was put in.
    """
    chance = random.Random(seed)
    contents = {row["id"]: content for row, content in pages}
    alike: dict[tuple[int, str], list[HtmlSample]] = {}
    for one in made:
        alike.setdefault(_likeness(one), []).append(one)
    for one in made:
        row = one.sample.row
        if not one.sample.labels.any() or row["set"] == TYPES:
            continue
        for _ in range(1 if row["set"] != ARTICLES or chance.random() < 0.4 else 2):
            tree = tree_of(contents[row["id"]])
            if tree is None:
                continue
            unknown = chance.random() < 0.2
            spoken = () if unknown else asides.spoken([row["language"]])
            inserted = insert(tree, one, alike[_likeness(one)], chance, spoken)
            altered = sample(row, tree, "foreign", inserted, asked=chance.random() < 0.5)
            yield respelled(altered, chance) if unknown else altered
        if chance.random() < 0.25:
            yield respelled(one, chance)


def _likeness(one: HtmlSample) -> tuple[int, str]:
    """Say whose cards may be put into a page: those of its fold in its language; else language would give them away."""
    return one.sample.fold, one.sample.row["language"]


def respelled(one: HtmlSample, chance: random.Random) -> HtmlSample:
    """Spell a page with letters nobody knows."""
    other = augment.unknown_words(one.sample, chance)
    return one.respelled(other.lines, other.kind)


def insert(
    tree: etree._Element,
    one: HtmlSample,
    others: Sequence[HtmlSample],
    chance: random.Random,
    languages: Sequence[str] = asides.ENGLISH,
) -> frozenset[str]:
    """Put boxes into a tree beside and between the article's paragraphs; give the keys of their texts.

    Asides are in one of the languages. Without any for pages that are then put in unknown words, as on text pages.
    """
    places = paragraphs(tree, one)
    if not places:
        return frozenset()
    boxes: list[tuple[etree._Element, etree._Element, bool]] = []  # where, what, outside the article's box
    for _ in range(chance.choice((0, 1, 1, 2)) if languages else 0):
        boxes.append(
            (
                places[-1] if chance.random() < 0.5 else chance.choice(places),
                aside(one.sample.fold, chance, languages),
                False,
            )
        )
    if chance.random() < 0.8:
        boxes.append((places[-1], shelf(one, others, chance), chance.random() < 0.4))
    if chance.random() < 0.3:
        boxes.append((chance.choice(places), shelf(one, others, chance, inline=True), False))
    if chance.random() < 0.12:
        boxes.append((places[0], shelf(one, others, chance), True))
    inserted: set[str] = set()
    for place, box, outside in boxes:
        inserted.update(key(text) for text in box.itertext())
        inserted.update(key("".join(part.itertext())) for part in box.iter())
        parent = place.getparent()
        if outside and parent is not None and parent.getparent() is not None and parent.tag != "body":
            parent.addnext(box)
        elif place is places[0] and outside:
            place.addprevious(box)
        else:
            tail, place.tail = place.tail, None
            place.addnext(box)
            box.tail = tail
    return frozenset(inserted - {""})


def paragraphs(tree: etree._Element, one: HtmlSample) -> list[etree._Element]:
    """Find the elements of the article's longer lines."""
    lines = zip(one.sample.lines, one.sample.labels, strict=True)
    wanted = {key(line.text) for line, label in lines if label and len(line.text) > 60}
    return [
        element
        for element in tree.iter("p", "div", "h2", "h3", "ul")
        if len(element) < 12 and key("".join(element.itertext())) in wanted and element.getparent() is not None
    ]


def _named(tag: str, kind: str, chance: random.Random) -> etree._Element:
    element = etree.Element(tag)
    how = chance.random()
    if how < 0.15:
        element.set("class", chance.choice(TELLING[kind]))
    elif how < 0.6:
        element.set("class", chance.choice(BLAND))
    return element


def _put(parent: etree._Element, tag: str, text: str, chance: random.Random, link: float = 0.0) -> None:
    element = etree.SubElement(parent, tag)
    if chance.random() < link:
        element = etree.SubElement(element, "a", href="/x")
    element.text = text


def aside(fold: int, chance: random.Random, languages: Sequence[str]) -> etree._Element:
    """Compose an aside in a box, or as a bare paragraph."""
    texts = [line.text for line, _ in augment.aside(fold, chance, languages)]
    box = _named(chance.choice(APPEAL_BOXES), "appeal", chance)
    if box.tag == "p":
        inner = etree.SubElement(box, chance.choice(("em", "strong", "span", "i")))
        inner.text = " ".join(texts)
        return box
    if chance.random() < 0.4 and len(texts) > 1:
        _put(box, chance.choice(("h2", "h3", "h4", "strong")), texts.pop(0), chance)
    for text in texts:
        _put(box, "p", text, chance, link=0.1)
    return box


def shelf(one: HtmlSample, others: Sequence[HtmlSample], chance: random.Random, inline: bool = False) -> etree._Element:
    """Compose a shelf of teaser cards of other pages."""
    box = _named(chance.choice(("div", "div", "section", "aside", "ul")), "shelf", chance)
    card_tag = "li" if box.tag == "ul" else chance.choice(("div", "div", "article", "section"))
    style = {name: chance.random() for name in ("lead", "credit", "section", "byline", "link", "cut", "head", "named")}
    heading = chance.choice(("h2", "h3", "h3", "h4", "p", "div"))
    paragraphs_each = chance.choice([1, 1, 1, 2, 3])
    if style["head"] < 0.5 and box.tag != "ul":
        _put(box, chance.choice(("h2", "h3", "h4", "p", "div")), chance.choice(SHELF), chance)
    lead_on, credit = chance.choice(LEADS_ON), chance.choice(CREDITS)
    for _ in range(1 if inline else chance.randint(1, 6)):
        other = chance.choice(others).sample
        prose = [
            line.text for line, label in zip(other.lines, other.labels, strict=True) if label and len(line.text) > 80
        ]
        if other.domain == one.sample.domain or not prose:
            continue
        card = _named(card_tag, "card", chance) if style["named"] < 0.8 else etree.Element(card_tag)
        box.append(card)
        title = (other.row["title"] or prose[0][:60]).strip()
        author = other.row["author"] or "Staff"
        if style["section"] < 0.3:
            _put(card, "span" if chance.random() < 0.5 else "div", chance.choice(SECTIONS), chance, link=0.5)
        if style["credit"] < 0.3:
            _put(card, "figcaption", credit.format(author), chance)
        _put(card, heading, title, chance, link=1.0 if style["link"] < 0.75 else 0.0)
        if style["byline"] < 0.3:
            _put(
                card, "div", chance.choice(BYLINES).format(author, chance.randint(1, 28), chance.randint(2, 59)), chance
            )
        begin = 0 if chance.random() < 0.8 else chance.randrange(len(prose))
        for text in prose[begin : begin + paragraphs_each]:
            _put(
                card,
                "p" if chance.random() < 0.85 else "div",
                augment.cut(text, chance) if style["cut"] < 0.3 else text,
                chance,
            )
        if style["lead"] < 0.5:
            _put(card, "p" if chance.random() < 0.5 else "span", lead_on, chance, link=0.8)
    return box
