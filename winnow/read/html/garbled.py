"""What stands in a page as text and is none: JavaScript that spilt out of its script, and text in scrambled letters.

A string with `</script>` in it ends a script for a browser too, and the rest of the program is shown. Some sites send
the part of an article that has to be paid for with its letters shifted, or with letters drawn by lot.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from math import log2

from lxml import etree
from lxml.html import HtmlElement

from winnow.read import words
from winnow.read.html.blocks import Block
from winnow.read.html.walk import Content

SIGNS, DENSE = 8, 0.05  # signs of a program in a text that spilt, at least; their share of its characters, at least
BEGIN = 150  # characters of a text behind an empty script that must be program
OPEN = 300  # characters at the end of a script in which the string is open that spilt
NODES = 400  # elements behind a script that what spilt may be spread over, at most
PROSE = 3  # words behind the last sign of a program that are text of the page, at least
PARAGRAPH = 20  # words of a paragraph whose letters are looked at, at least
BEGINNING = 200  # characters of a paragraph whose small words are counted
SAMPLE = 300  # characters of odd paragraphs, taken together, and of each of them, whose letters are moved
SCRAMBLED = 40  # scrambled words of a page, at least: fewer are a cipher that the article is about
STRANGE = 0.03  # share of small words of all languages in a scrambled paragraph, at most
PLAIN = 0.15  # share of the small words of one language in it when its letters are put right, at least
DIFFERENT = 5  # different ones of these small words, at least
SHIFTS = 5  # places in the table of all characters by which letters are shifted, at most
LETTERS = 100  # letters of a paragraph of letters drawn by lot, at least
EVEN, VOWELS = 4.4, 0.3  # bits in each of these letters, at least; share of vowels, at most

_SIGN = re.compile(r"[{}();=&|!<>\[\]]")
_PROGRAM = re.compile(r"\bfunction\b|\bvar |\breturn\b|=>|\);|===|&&|\|\||\.\w+\(")
_STRING_END = re.compile(r"\s*\\?([\"'`])\s*(?:[;,+)\]}]|$)")
_OPEN = re.compile(r"\"[^\"\n]*<[^\"\n]*$|'[^'\n]*<[^'\n]*$|`[^`]*<[^`]*$")
_KEPT = frozenset(("pre", "code", "textarea", "samp", "kbd", "xmp", "listing", "blockquote", "style", "script"))
_WORD = re.compile(r"[^\W\d_]{2,}")
_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъыьэюя")
_Words = Callable[[str], list[str]]  # the words of a text, put right


def drop_garbled(tree: HtmlElement, content: Content) -> bool:
    """Take text that is none out of a tree, which holds `content`; return whether there was any."""
    spilt = [script for script in content.stating("script") if _spills(script)]
    for script in spilt:
        _drop_program(script)
    scrambled = _scrambled([block.line.text for block in content.blocks if _is_odd(block)])
    if sum(text.count(" ") + 1 for text in scrambled) < SCRAMBLED:
        return bool(spilt)
    for element in list(tree.iter("p", "div", "li", "span", "section")):
        if " ".join(element.text_content().split()) in scrambled and not _is_kept(element):
            element.clear(keep_tail=True)
    return True


def _spills(script: etree._Element) -> bool:
    """Tell whether the text behind a script is the rest of its program, or all of it (`<script />` ends no script)."""
    last = (script.text or "")[-OPEN:]
    if not last:
        return not script.get("src") and _is_program((script.tail or "").lstrip()[:BEGIN])
    is_open = _OPEN.search(last) if "<" in last else None
    if not is_open:
        return _is_program(script.tail or "")
    texts = (getattr(element, name) or "" for element, name in _texts_behind(script))
    text = next((text for text in texts if text.strip()), "")
    end = _STRING_END.match(text)
    return bool(end and end[1] == is_open[0][0]) or _is_program(text)


def _is_program(text: str) -> bool:
    if len(text) < SIGNS:
        return False
    count = len(_SIGN.findall(text))
    return count >= SIGNS and count >= DENSE * len(text) and bool(_PROGRAM.search(text))


def _drop_program(script: etree._Element) -> None:
    """Drop the text behind a script as far as it is program, also where markup in its strings has made elements."""
    for place, (element, name) in enumerate(_texts_behind(script)):
        text = getattr(element, name) or ""
        if not text.strip():
            continue
        if place and not (_STRING_END.match(text) or _is_program(text)):
            return
        rest = text[max(text.rfind(sign) for sign in ";})") + 1 :]
        is_text = len(rest.split()) >= PROSE and not _SIGN.search(rest)
        setattr(element, name, rest if is_text else "")


def _texts_behind(script: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Yield the places of the texts behind a script, in order.

    A parser ends the head, or a paragraph, where text or a block comes: what spilt then stands behind that.
    """
    at = script
    yield at, "tail"
    while at.getnext() is None and not at.tail and (parent := at.getparent()) is not None and parent.tag != "body":
        at = parent
        yield at, "tail"
    count = 0
    for following in at.itersiblings():
        for event, element in etree.iterwalk(following, events=("start", "end")):
            count += 1
            if count > NODES:
                return
            if event == "end":
                yield element, "tail"
            elif element.tag not in _KEPT:
                yield element, "text"


def _is_kept(element: HtmlElement) -> bool:
    return element.tag in _KEPT or any(up.tag in _KEPT for up in element.iterancestors())


def _is_odd(block: Block) -> bool:
    """Tell whether a line is a paragraph that has next to no small words of any language."""
    text = block.line.text
    if len(text) < 2 * PARAGRAPH - 1 or block.kind == "code" or text.count(" ") < PARAGRAPH - 1:
        return False
    known = _every(3)
    found = text[:BEGINNING].lower().split()
    return sum(map(known.__contains__, found)) <= STRANGE * len(found)


def _scrambled(texts: Sequence[str]) -> set[str]:
    """Return those of the odd paragraphs of a page whose letters are scrambled."""
    joint = " ".join(texts)[:SAMPLE]
    if sum(text.count(" ") + 1 for text in texts) < SCRAMBLED or _is_plain(_WORD.findall(joint.lower())):
        return set()
    for read in _readings(joint):
        if _is_plain(read(joint)):
            return {text for text in texts if _share(read(text), _every(2)) > STRANGE}
    return {text for text in texts if _is_random("".join(_WORD.findall(text.lower())))}


def _readings(text: str) -> Iterator[_Words]:
    """Yield the ways to move the letters of a text back to where they may have been."""
    for by in (*range(-SHIFTS, 0), *range(1, SHIFTS + 1)):
        yield partial(_moved, by=by)
    for letters in _ALPHABETS:
        if sum(map(letters.__contains__, text.lower())) * 2 > len(text):
            for by in range(1, len(letters)):
                yield partial(_turned, table=str.maketrans(letters, letters[by:] + letters[:by]))


def _moved(text: str, by: int) -> list[str]:
    """Return the words of a text whose characters are moved in the table of all characters."""
    sample = text[:SAMPLE]
    table = {ord(c): max(ord(c) + by, 33) for c in set(sample) if not c.isspace()}
    return _WORD.findall(sample.translate(table).lower())


def _turned(text: str, table: dict[int, int]) -> list[str]:
    """Return the words of a text whose letters are moved round their alphabet."""
    return _WORD.findall(text[:SAMPLE].lower().translate(table))


def _is_plain(found: Sequence[str]) -> bool:
    """Tell whether words are those of a text in one of the languages: enough of them are its small words."""
    if _share(found, _every(2)) < PLAIN:
        return False
    return any(
        _share(found, known) >= PLAIN and len(known.intersection(found)) >= DIFFERENT for known in _small_words(2)
    )


def _is_random(letters: str) -> bool:
    """Tell whether Latin letters are drawn by lot: all come about equally often, which those of no language do."""
    if len(letters) < LETTERS or not letters.isascii():
        return False
    shares = [count / len(letters) for count in Counter(letters).values()]
    return -sum(share * log2(share) for share in shares) >= EVEN and _share(letters, frozenset("aeiouy")) <= VOWELS


def _share(found: Sequence[str], known: frozenset[str]) -> float:
    return sum(map(known.__contains__, found)) / max(len(found), 1)


@cache
def _small_words(letters: int) -> tuple[frozenset[str], ...]:
    """Return the small words of each language that has a list of them, of so many letters at least."""
    lists = (file.get("small", "").split() for file in words.languages().values())
    return tuple(frozenset(word for word in each if len(word) >= letters) for each in lists if each)


@cache
def _every(letters: int) -> frozenset[str]:
    return frozenset().union(*_small_words(letters))
