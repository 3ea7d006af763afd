# ruff: noqa: E501
"""Kinds of page that hold no article: an index, search results, an error, a consent page, a page without text.

The model chooses the likeliest lines of any page, also of one without an article. Such a page is recognised because it
lacks what every article has: a stretch of running text. Words such as "not found" only say which kind of page it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from winnow.items import Kind
from winnow.read.html.blocks import Block
from winnow.read.html.box_names import bits_of
from winnow.read.html.judged import JudgedBlocks
from winnow.read.html.page import HtmlEvidence, HtmlPage
from winnow.read.lines.comments import AGE, CLOCK
from winnow.read.lines.legal_words import NOTICE, PLATFORM
from winnow.read.lines.line import PROSE
from winnow.read.lines.views import Bools
from winnow.read.notices import ERROR, LOGIN, PAYWALL, SEARCH, asks_consent, said
from winnow.text import one_line

MIN_TEXT = 20  # words of running text that any article has
STRETCH = 80  # words in one stretch that only an article has
BRIEF = 60  # words in one stretch that an error or search page never has
MIN_TITLES = 5  # linked titles that make an index, at least
TITLE = 8  # words of a linked title, about
LONGEST_TITLE = 30  # words of a linked title, at most; a longer line is a paragraph, also within a link or a heading
FEW = 120  # words, at least, that make a listing of a page of links
CONSENT_STRETCH = 600  # words in one stretch that a consent page never has
WALL = 150  # the same where the model is sure and no line asks for consent, but a heading or the title speaks of it
SURE = 0.75  # mean probability of the chosen words, from which on it is
# What closes a page, and the chosen words from which on it is no such page: an error is told above teasers, too.
CLOSED = (("an error page", ERROR, 1_000), ("a paywall", PAYWALL, FEW), ("a login page", LOGIN, FEW))
POSTS = 2  # moments among the chosen lines that only a thread has, which may be about an error, at least
BESIDE = 3  # lines above the first chosen line, and below the last one, in which such a moment may stand
FEW_BESIDE = 6  # words, beside its figures, of a linked line that says when and is no title, at most
LABEL = 3  # words of a link in a menu or beside it, fewer than
MOMENT = 12  # words of a line that says when a post was written, at most
UNSURE = 0.3  # mean probability of the chosen words, below which they are no article

_LETTERS = re.compile(r"[^\W\d_]+")
TITLE_PART = re.compile(r"\s[|–—·»-]\s")
_APART, _BANNER, _SHARE = bits_of("nav footer"), bits_of("consent"), bits_of("share")


def gather(title: str, judged: JudgedBlocks, chosen: Bools) -> HtmlEvidence:
    """Return the counts by which the kinds of page are told apart."""
    blocks, page = judged.blocks, judged.page
    words = page.words.astype(int)
    linked = np.array([block.linked for block in blocks])
    apart = np.array([block.box.all_names & _APART > 0 and not block.box.article for block in blocks], bool)
    heading = np.array([block.kind == "heading" for block in blocks], bool)
    titles = (linked > 0.6) & (words >= 3) & (words <= LONGEST_TITLE) & ~apart
    titles &= heading | (words >= 5)
    titles &= ~np.array([block.box.near_names & _SHARE > 0 for block in blocks], bool)
    at = np.flatnonzero(titles).tolist()
    titles[titles] = _come_first([blocks[i].line.text for i in at])
    titles[[i for i in at if words[i] <= MOMENT and _is_moment(judged, i)]] = False  # it leads to its post
    running = (words > LONGEST_TITLE) | ~heading & (linked < 0.5)
    taken = words * (chosen & running & ~titles)
    stretches = np.bincount(np.cumsum(titles), taken)
    best, total = int(stretches.max(initial=0)), int(taken.sum())
    text = running & (words >= 6) & ~apart
    consent = np.zeros(len(blocks), bool)
    if best < CONSENT_STRETCH:  # a longer stretch can only be an article, and a search of all its lines takes time
        consent[text] = [_consents(block) for block, yes in zip(blocks, text.tolist(), strict=True) if yes]
    about, other = int(words[text & consent].sum()), int(words[text & ~consent].sum())
    lines = [blocks[i].line.text.lower() for i in np.flatnonzero(consent).tolist()] if about > other else []
    headings = [blocks[i].line.text for i in np.flatnonzero(heading & ~apart).tolist()] if lines else []
    return HtmlEvidence(
        heads=heads(title, blocks, words.tolist(), (heading | (running & ~apart)).tolist()),
        linked_titles=int(titles.sum()),
        stretch=best,
        text_words=total,
        consent_words=about,
        other_words=other,
        heads_consent=bool(lines) and any(asks_consent(head.lower()) for head in (title, *headings)),
        asks=any(map(_is_notice, lines)),
        moments=_moments(judged, chosen, words) if best < BRIEF else 0,  # only then a page may be a closed one
    )


def _moments(judged: JudgedBlocks, chosen: Bools, words: NDArray[np.int_]) -> int:
    """Return how many lines among the chosen ones say when, or how long ago, something was said."""
    at = np.flatnonzero(chosen)
    around = slice(max(int(at[0]) - BESIDE, 0), int(at[-1]) + BESIDE + 1) if len(at) else slice(0)
    short = words <= MOMENT
    return sum(bool(short[i]) and _tells_when(judged, i) for i in range(len(judged.blocks))[around])


def _tells_when(judged: JudgedBlocks, line: int) -> bool:
    """Return whether a line names a day, or says how long ago something was."""
    return bool(judged.columns["date_line"][line] > 0) or AGE.search(judged.blocks[line].line.text) is not None


def _is_moment(judged: JudgedBlocks, line: int) -> bool:
    """Return whether a line says when and hardly more: a name, a number."""
    text = judged.blocks[line].line.text
    is_short = len(_LETTERS.findall(text)) <= FEW_BESIDE
    return is_short and (_tells_when(judged, line) or CLOCK.search(text) is not None)


def _come_first(texts: Sequence[str]) -> list[bool]:
    """Return which of some texts come for the first time: names above the posts of a thread come again and again."""
    first: dict[str, int] = {}
    return [first.setdefault(text, place) == place for place, text in enumerate(texts)]


def _consents(block: Block) -> bool:
    return asks_consent(block.line.text.lower())


def _is_notice(text: str) -> bool:
    """Return whether a text, in lower case, is what a site or its partners say when they ask for consent."""
    return bool(NOTICE.search(text) or PLATFORM.search(text))


def keep_a_stretch(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice; where it has hardly any running text, the longest stretch of running text of the page.

    A stretch of fewer than `BRIEF` words is none, and menus, footers and what asks for consent are not looked at.
    """
    blocks, page, linked = judged.blocks, judged.page, judged.columns["linked"]
    heading = judged.columns["kind_heading"] > 0
    if (page.words * (chosen & ~heading & (linked < 0.5))).sum() >= MIN_TEXT:
        return chosen
    apart = np.array([block.box.all_names & (_APART | _BANNER) > 0 for block in blocks], bool)
    running = ~heading & ~apart & (linked < 0.3) & (page.words >= PROSE)
    running[running] = [not _consents(blocks[i]) for i in np.flatnonzero(running).tolist()]
    ends = heading | apart | (linked >= 0.3) | (page.words >= PROSE) & ~running
    number = np.cumsum(ends)
    size = np.bincount(number, page.words * running)
    best = int(size.argmax()) if len(size) else 0
    return running & (number == best) if len(size) and size[best] >= BRIEF else chosen


def heads(title: str, blocks: Sequence[Block], words: Sequence[int], told: Sequence[bool]) -> tuple[str, ...]:
    """Return where a page says what it is: the parts of its title, and its first headings and short lines.

    `words` and `told` have one value a line; lines that are not `told` are passed over, and so are short links: white
    space around them makes them look less linked.
    """
    out = [part for part in TITLE_PART.split(title) if part.strip()]
    for block, count, yes in zip(blocks, words, told, strict=True):
        is_link = block.linked >= 0.5 or (block.links and count < LABEL)
        if yes and count <= 25 and not is_link and not block.box.all_names & _BANNER:
            out.append(block.line.text)
            if len(out) >= 12:
                break
    return tuple(map(one_line, out))


def _is_bare(page: HtmlPage) -> bool:
    """Return whether a page is little but links: few words were chosen, and fewer of text than its linked titles have.

    Few words between linked titles are no article either, whatever kind the page was told to be.
    """
    is_few = page.kind is Kind.ARTICLE or page.evidence.text_words < TITLE * page.evidence.linked_titles
    return page.words < FEW and is_few


def _has_entries(page: HtmlPage) -> bool:
    """Return whether a page lists entries and more was chosen of it than links: their lines read like no article."""
    return page.kind in (Kind.LISTING, Kind.COLLECTION) and page.words >= FEW


def why_no_article(page: HtmlPage) -> str | None:
    """Return in one line for a person why a page holds no article, None when it holds one."""
    found = page.evidence
    for what, cue, most in CLOSED if found.stretch < BRIEF else ():
        is_thread = cue is ERROR and found.moments >= POSTS and found.text_words >= TITLE * found.linked_titles
        words = said(cue, found.heads) if page.words < most and not is_thread else None
        if words:
            return f"{what}: {words}"
    is_consent = found.consent_words > found.other_words and found.other_words < STRETCH and found.consent_words >= 10
    is_brief = found.stretch < (WALL if found.heads_consent else BRIEF)
    is_wall = is_brief or found.asks or page.confidence < SURE
    if is_consent and is_wall and found.linked_titles < MIN_TITLES:
        return f"a consent page: {found.consent_words} of {found.consent_words + found.other_words} words are about cookies"
    scattered = found.stretch < STRETCH and (found.stretch * 2 < found.text_words or found.text_words < MIN_TEXT * 2)
    if scattered and found.linked_titles >= 2 and not _has_entries(page):
        words = said(SEARCH, found.heads)
        if words:
            return f"search results: {words}"
    if scattered and found.linked_titles >= MIN_TITLES and _is_bare(page):
        return f"an index page: {found.linked_titles} linked titles, no running text"
    if found.text_words < MIN_TEXT and (page.kind.is_writing or page.words < FEW):
        return f"only {found.text_words} words of running text"
    is_thread = page.kind is Kind.DISCUSSION and (found.text_words >= BRIEF or found.moments >= POSTS)
    is_told = _has_entries(page) or is_thread
    if found.stretch < BRIEF and page.confidence < UNSURE and not is_told:
        return "no lines that read like an article"
    return None
