"""Newsletters: pages laid out for mail programs, as they are sent, and as “view in browser” shows them.

All their text stands in cells of tables, and a link at the end lets the reader go. Nothing else is on such a page: each
story of a digest is part of it, though it stands in a box of its own with a picture and a link to the rest, as teasers
of other articles do on pages of sites.
"""

from __future__ import annotations

import re
from itertools import islice

import numpy as np

from winnow.read.html.boxes import nearest
from winnow.read.html.documents import LEAST, is_of_text, is_sentence
from winnow.read.html.judged import JudgedBlocks
from winnow.read.html.whole import LINKED
from winnow.read.lines.views import Bools

FOOT = 40  # lines at the end of a page among which the link stands
IN_CELLS = 0.9  # share of the words that stands in cells, at least
BELOW = 0.25  # share of the chosen words that stands in the foot, at most: else it is none
BUTTON = 3  # words of a link that may be a button, at most
SENT = 60  # words of the sentence that says why the letter was sent, at most
SURE = 0.5  # probability from which a sentence above the link is text
_CELLS = frozenset(("td", "th"))
# How links end a subscription, in the languages in which newsletters are written.
_LEAVES = re.compile(
    r"unsubscri|opt.?out|abmeld|abbestell|austragen|désabonn|désinscri|darse de baja|descadast|disiscri|annulla l.iscri"
    r"|(?:cancelar|anular) (?:a |la |mi |su |tu )?(?:suscrip|inscri|subscri|assinatura)|afmeld|uitschrijv|avregistrer"
    r"|avsluta pren|avmeld|peruuta tilau|wypisz|rezygnuj|rezygnacj|odhlásit|leiratkoz|dezabon|abonelikten|отпис|відпис"
    r"|διαγραφ|hủy đăng ký|berhenti berlangganan|إلغاء الاشتراك|لغو اشتراک|להסיר|הסרה|सदस्यता (?:छोड़ें|समाप्त)|ยกเลิกการ"
    r"|配信停止|配信解除|購読解除|購読を?停止|登録解除|退订|退訂|取消(?:订阅|訂閱)"
    r"|수신 ?거부|구독 ?(?:취소|해지)",
    re.I,
)


def keep_letter(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice; in a newsletter, with all that stands between its first chosen line and its foot."""
    if not chosen.any() or (foot := _foot(judged)) is None:
        return chosen
    start = int(chosen.argmax())
    told = [i for i in range(start, foot) if is_sentence(judged, i) and is_of_text(judged, i, start)]
    taken = judged.page.words * chosen
    if not told or not _is_in_cells(judged) or taken[foot:].sum() > BELOW * taken.sum():
        return chosen
    last = max(told[-1], int(np.flatnonzero(chosen)[-1]))
    kept = chosen.copy()
    kept[start : last + 1] |= [is_of_text(judged, i, start) or _heads_story(judged, i) for i in range(start, last + 1)]
    kept[foot:] = False
    return kept


def is_letter(judged: JudgedBlocks) -> bool:
    """Return whether a page is a newsletter."""
    return _foot(judged) is not None and _is_in_cells(judged)


def _foot(judged: JudgedBlocks) -> int | None:
    """Return the number of the first line of a newsletter's foot: its link out, or a doubtful sentence right above."""
    blocks = judged.blocks
    linked = (i for i in islice(range(len(blocks) - 1, 0, -1), FOOT) if blocks[i].links)
    foot = next((i for i in linked if _LEAVES.search(blocks[i].line.text)), None)
    if foot is None:
        return None
    above = judged.page.words[foot - 1]
    is_told = LEAST <= above <= SENT and not blocks[foot - 1].links and is_sentence(judged, foot - 1)
    is_near = nearest(blocks[foot - 1].box, _CELLS) is nearest(blocks[foot].box, _CELLS)
    return foot - 1 if is_told and is_near and judged.probability[foot - 1] < SURE else foot


def _is_in_cells(judged: JudgedBlocks) -> bool:
    """Return whether nearly all text stands in cells, and no form on the page: mail programs show none."""
    element = judged.blocks[0].box.element
    if element is None or next(element.getroottree().iter("form"), None) is not None:
        return False
    words = judged.page.words
    inside = sum(words[i] for i, block in enumerate(judged.blocks) if nearest(block.box, _CELLS) is not None)
    return bool(inside >= IN_CELLS * words.sum())


def _heads_story(judged: JudgedBlocks, line: int) -> bool:
    """Return whether a line is a title that leads to a story whose first sentence stands below it."""
    block = judged.blocks[line]
    is_title = block.kind == "heading" or judged.page.words[line] > BUTTON
    is_followed = line + 1 < len(judged.blocks) and is_sentence(judged, line + 1)
    return is_title and block.linked > LINKED and is_followed
