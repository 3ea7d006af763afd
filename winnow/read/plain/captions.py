"""A step that leaves out the captions of pictures, told in a capture by the credit at their end: `Foto: Ada Lund`."""

from __future__ import annotations

import re

import numpy as np

from winnow.read import words
from winnow.read.lines.steps import Judged, without
from winnow.read.lines.views import Bools

LONGEST = 60  # words of a caption, at most
SURE = 0.93  # probability from which a line that ends with a credit is the article's all the same
END = 100  # characters of a line in which its credit stands

_NAME = r"[^\s:：](?:[^.!?。:：]|\.(?=\S)){1,50}"
_SEPARATOR = r"(?:\s?[:：=＝©]|\s(?:by|de|di|von|av|af|door|par)\s(?=\w))"
_CREDIT = re.compile(
    rf"(?:^|\W)(?:{words.pattern('photo')}){_SEPARATOR}\s*{_NAME}[\]).）】]*$"
    r"|[\s\u3040-\u30ff\u4e00-\u9fff](?:撮影|摄影|攝影|摄|攝)[)）]?$"
)


def drop_captions(judged: Judged, chosen: Bools) -> Bools:
    """Return the choice without the captions that end with who took the picture, in any language."""
    at = np.flatnonzero(chosen & (judged.page.words <= LONGEST) & (judged.probability < SURE)).tolist()
    return without(chosen, [i for i in at if _CREDIT.search(judged.page.lines[i].text[-END:].lower())])
