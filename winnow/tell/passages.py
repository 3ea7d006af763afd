"""Show where two texts agree and where they differ, paragraph by paragraph and within paragraphs word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from winnow.text import tokens

SIMILAR = 0.5  # ratio of equal words (`SequenceMatcher`), from which two paragraphs are one that was changed


class Side(StrEnum):
    """Which of two texts has a passage or a run of words; `CHANGED`: both have the paragraph, in other words."""

    BOTH = "both"
    FIRST = "first"
    SECOND = "second"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of one text or of both, as runs of words, each with its side.

    Words that both texts have are written as in the second text.
    """

    side: Side
    runs: tuple[tuple[Side, str], ...]

    @property
    def words(self) -> int:
        """Return the number of words; a word that both texts have counts once."""
        return sum(len(text.split()) for _, text in self.runs)


def passages(first: str, second: str) -> list[Passage]:
    """Return the passages of two texts, in order; case, typography and white space make no difference."""
    one, other = _paragraphs(first), _paragraphs(second)
    matcher = SequenceMatcher(None, [_key(p) for p in one], [_key(p) for p in other], autojunk=False)
    found: list[Passage] = []
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            found += [_whole(Side.BOTH, text) for text in other[c:d]]
        else:
            found += _differing(one[a:b], other[c:d])
    return found


def _differing(one: Sequence[str], other: Sequence[str]) -> Iterator[Passage]:
    """Pair the paragraphs that were changed, in order; every other paragraph stands in one text only."""
    waiting = list(one)
    for text in other:
        place = next((i for i, candidate in enumerate(waiting) if _ratio(candidate, text) >= SIMILAR), None)
        if place is None:
            yield _whole(Side.SECOND, text)
            continue
        yield from (_whole(Side.FIRST, before) for before in waiting[:place])
        yield Passage(Side.CHANGED, tuple(_runs(waiting[place].split(), text.split())))
        del waiting[: place + 1]
    yield from (_whole(Side.FIRST, text) for text in waiting)


def _runs(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[Side, str]]:
    matcher = SequenceMatcher(None, [_key(word) for word in one], [_key(word) for word in other], autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            yield Side.BOTH, " ".join(other[c:d])
            continue
        if a < b:
            yield Side.FIRST, " ".join(one[a:b])
        if c < d:
            yield Side.SECOND, " ".join(other[c:d])


def _ratio(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, tokens(one), tokens(other), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= SIMILAR else 0.0


def _whole(side: Side, text: str) -> Passage:
    return Passage(side, ((side, text),))


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _key(text: str) -> str:
    return " ".join(tokens(text)) or text
