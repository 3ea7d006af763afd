"""A step that leaves out captions and alternative texts of pictures, told in a capture by their end or their brackets.

A caption may end with a credit (`Foto: Ada Lund`), or say that its picture shows something else (`(file photo)`).
"""

from __future__ import annotations

import re

import numpy as np

from winnow.read import words
from winnow.read.lines.characters import ENDS
from winnow.read.lines.line import PROSE
from winnow.read.lines.steps import Judged, without
from winnow.read.lines.views import Bools
from winnow.read.plain.doubt import SAID
from winnow.read.plain.model import is_english
from winnow.read.plain.place import is_picture
from winnow.read.words.names_east_asian import reporter

LONGEST = 60  # words of a caption, at most
SURE = 0.93  # probability from which a line that ends with a credit is the article's all the same
SENTENCES = 3  # that end within a line in Chinese or Japanese, which sets no space between them, if it is no caption
END = 100  # characters of a line in which its credit stands

_NAME = r"(?P<name>[^\s:：](?:[^.!?。:：]|\.(?=\S)){1,50})"
_BY = r"(?P<by>\s(?:by|de|di|von|av|af|door|par)\s(?=\w))"
_PHOTO = words.pattern("photo")
# Of `a photo by Ada Lund` a sentence may speak: a credit begins a line or a part of it (`Featured image by …`).
_CREDIT = re.compile(
    rf"\((?:{words.pattern('pictured')})(?:\W[^()]*)?\)\W*$"
    r"|[\s\u3040-\u30ff\u4e00-\u9fff](?:撮影|摄影|攝影|摄|攝)[)）]?$"
    rf"|(?:(?:^|\W)(?:{_PHOTO})\s?[:：=＝©]|(?:^\W*(?:\w+\s)?|[^\w\s]\s?)(?:{_PHOTO}){_BY})\s*{_NAME}[\]).）】]*$"
)
_SIGN = re.compile(r"[:：=＝©)）影摄攝]|\s(?:by|de|di|von|av|af|door|par)\s")  # each credit has one: a quick look
_ONE_WORD = re.compile(r"\W*\w+")
# Programs that leave out the ends of paragraphs set a caption right behind the sentence before it.
_GLUED = re.compile(r"([^\s\d.!?])[.!?…।۔؟]([^\W\d_])")
_CJK, _CJK_END = re.compile("[\u3040-\u30ff\u4e00-\u9fff]"), re.compile("[。！？](?=.)")


def drop_captions(judged: Judged, chosen: Bools) -> Bools:
    """Return the choice without the captions that end with who took the picture, in any language.

    A paragraph stays that such a caption is glued to.
    """
    credited = [i for i in _doubtful(judged, chosen) if _has_credit(_text(judged, i))]
    return without(chosen, [i for i in credited if not _is_glued(_text(judged, i))])


def drop_alternatives(judged: Judged, chosen: Bools) -> Bools:
    """Return the choice without the lines that are nothing but `[The pier]`: so a capture writes pictures.

    A caption that says the same goes with it. English editors set notes in such brackets, reporters of Korea sign so.
    """
    shown = [i for i in _doubtful(judged, chosen) if is_picture(_text(judged, i)) and judged.page.words[i] >= SAID]
    if not shown or is_english(judged.page):
        return chosen
    shown = [i for i in shown if not reporter(_text(judged, i))]
    return without(chosen, [*shown, *(i + 1 for i in shown if _is_caption(judged, i + 1))])


def _has_credit(text: str) -> bool:
    """Return whether a line ends with a credit, and not with what it says of a photo (`nothing but a photo: …`)."""
    lower = text.lower()
    end = max(len(lower) - END, 0)
    found = _CREDIT.search(lower, end) if _SIGN.search(lower, end) else None
    if found is None or not found["name"]:
        return found is not None
    name = text[slice(*found.span("name"))]
    if found["by"]:
        begins = _ONE_WORD.fullmatch(lower, 0, found.start("by"))
        return begins is not None or "/" in name or not name[:1].islower()
    return text[-1] not in ENDS or "/" in name or _is_name(name)


def _is_name(text: str) -> bool:
    """Return whether all words begin with capitals, at least before a comma, where two of them stand then."""
    name, comma, _ = text.partition(",")
    is_cased = name.lower() != name
    return is_cased and not any(word[0].islower() for word in name.split()) and (not comma or " " in name.strip())


def _doubtful(judged: Judged, chosen: Bools) -> list[int]:
    found: list[int] = np.flatnonzero(chosen & (judged.page.words <= LONGEST) & (judged.probability < SURE)).tolist()
    return found


def _is_glued(text: str) -> bool:
    """Return whether a line holds two sentences without a space between them, as no caption does."""
    if not text.isascii() and _CJK.search(text):
        return len(_CJK_END.findall(text)) >= SENTENCES
    return len(text) > END and any(not (above.isupper() or below.islower()) for above, below in _GLUED.findall(text))


def _text(judged: Judged, at: int) -> str:
    return judged.page.lines[at].text


def _is_caption(judged: Judged, at: int) -> bool:
    """Return whether a line is a sentence that the alternative text of the picture above it says, too."""
    is_long = at < len(judged.page) and judged.page.words[at] >= PROSE
    return bool(is_long) and _text(judged, at - 1).strip("[] ") == _text(judged, at)
