"""Show what changed between two texts: by paragraph, and inside a changed paragraph by word."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import groupby

from winnow.room.articles import texts_of
from winnow.room.database import TITLE_SHOWN, Row, row, rows, value
from winnow.room.text import MAX_SHOWN
from winnow.search.fold import MARKS, UNSPACED

MAX_STEPS = 2_000_000  # that looking for common words and paragraphs may take; what is left is shown as replaced
MAX_PARAGRAPHS = 3_000  # of a text; all that follow are compared as one
MIN_INSIDE = 0.8  # share of a paragraph's words that the paragraph has of which it is a part
MIN_ALIKE = 0.35  # share of common words, below which a paragraph was replaced and not changed
KEPT_AROUND = 1  # unchanged paragraphs shown on each side of a change

# Words with the space behind them; in scripts written without spaces, single characters with their marks.
_WORDS = re.compile(rf"[{UNSPACED}][{MARKS}]*|[^\s{UNSPACED}]+\s*|\s+")

# Words that differ only in these characters compare as equal: typography is no change of a text.
_PLAIN = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "\xa0": " "}
)


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of the comparison: `same`, `folded`, `added`, `removed` or `changed`.

    `paragraphs` holds whole paragraphs; a changed one is in `pieces`, as words behind `same`, `added` or `removed`.
    """

    kind: str
    paragraphs: Sequence[str] = ()
    pieces: Sequence[tuple[str, str]] = ()


class _Matcher(SequenceMatcher[str]):
    """A matcher that finds nothing more in common once it has taken too many steps.

    For each stretch in common, every pair of equal elements between its neighbours is visited: cubic for hostile texts.
    """

    def __init__(self, old: Sequence[str], new: Sequence[str], steps: list[int]) -> None:
        super().__init__(None, old, new, autojunk=False)
        self._old, self._times = old, Counter(new)
        self._steps = steps  # those left, in a list of one, for all matchers of a comparison together

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        """Return the longest stretch in common between two positions of each."""
        self._steps[0] -= sum(1 + self._times[each] for each in self._old[alo:ahi])
        return super().find_longest_match(alo, ahi, blo, bhi) if self._steps[0] >= 0 else Match(alo, blo, 0)


def comparison(db: sqlite3.Connection, article_id: int, before: str, after: str) -> Row | None:
    """Return what the comparison page shows; None if the article or a text is unknown.

    `before` and `after` are SHA-256 digests of texts; by default, the page shows how the article changed last.
    """
    title = value(
        db, f"SELECT substr(ifnull(title, 'Untitled'), 1, {TITLE_SHOWN}) FROM articles WHERE id = ?", [article_id]
    )
    texts = texts_of(db, article_id)
    if title is None or not texts:
        return None
    after = after or texts[0]["sha256"]
    others = [text["sha256"] for text in texts if text["sha256"] != after]
    before = before or _earlier(db, article_id, others) or (others or [after])[0]
    contents = [row(db, "SELECT text FROM texts WHERE sha256 = ?", [sha256]) for sha256 in (before, after)]
    old, new = (found["text"] if found else None for found in contents)
    if old is None or new is None:
        return None
    changes = list(folded(compare(old[:MAX_SHOWN], new[:MAX_SHOWN])))
    return {"id": article_id, "title": title, "texts": texts, "before": before, "after": after, "changes": changes}


def _earlier(db: sqlite3.Connection, article_id: int, others: Sequence[str]) -> str | None:
    """Return the digest of the text before the present one; None if the article never changed."""
    sql = "SELECT text_sha256 FROM revisions WHERE article_id = ? ORDER BY id DESC LIMIT 20"
    return next((found["text_sha256"] for found in rows(db, sql, [article_id]) if found["text_sha256"] in others), None)


def compare(old: str, new: str) -> list[Change]:
    """Return the changes from one text to another, paragraph by paragraph."""
    ours, theirs, left = _paragraphs(old), _paragraphs(new), [MAX_STEPS]
    changes: list[Change] = []
    for kind, a, b, c, d in _steps(ours, theirs, left):
        if kind == "equal":
            changes.append(Change("same", theirs[c:d]))
        else:
            changes.extend(_replaced(ours[a:b], theirs[c:d], left))
    return list(_together(changes))


def _together(changes: Sequence[Change]) -> Iterator[Change]:
    """Yield the changes, those that are the same one after the other as one."""
    for is_same, group in groupby(changes, lambda change: change.kind == "same"):
        if is_same:
            yield Change("same", [paragraph for change in group for paragraph in change.paragraphs])
        else:
            yield from group


def _steps(ours: Sequence[str], theirs: Sequence[str], left: list[int]) -> Sequence[tuple[str, int, int, int, int]]:
    old, new = ([part.translate(_PLAIN).strip() for part in parts] for parts in (ours, theirs))
    return _Matcher(old, new, left).get_opcodes()


def folded(changes: Sequence[Change]) -> Iterator[Change]:
    """Yield the changes with long stretches of unchanged paragraphs folded, but for those beside a change."""
    for number, change in enumerate(changes):
        before = KEPT_AROUND if number else 0
        after = KEPT_AROUND if number < len(changes) - 1 else 0
        kept = change.paragraphs
        if change.kind != "same" or len(kept) <= before + after + 1 or len(changes) == 1:
            yield change
            continue
        if before:
            yield Change("same", kept[:before])
        yield Change("folded", kept[before : len(kept) - after])
        if after:
            yield Change("same", kept[len(kept) - after :])


def _paragraphs(text: str) -> list[str]:
    found = [" ".join(block.split()) for block in re.split(r"\n\s*\n", text) if block.strip()]
    # A text of many thousand paragraphs is no article but a list.
    return [*found[:MAX_PARAGRAPHS], *([" ".join(found[MAX_PARAGRAPHS:])] if found[MAX_PARAGRAPHS:] else [])]


def _replaced(old: Sequence[str], new: Sequence[str], left: list[int]) -> Iterator[Change]:
    """Pair the paragraphs that are alike, in order; every other paragraph was removed or added.

    One paragraph may be several in the other text.
    """
    ours, theirs = [_words(paragraph) for paragraph in old], [_words(paragraph) for paragraph in new]
    here = there = 0
    while here < len(old):
        ahead = [_alike(ours[here], words) for words in theirs[there : there + 20]]
        if max(ahead, default=0.0) < MIN_ALIKE:
            yield Change("removed", [old[here]])
            here += 1
            continue
        partner = there + ahead.index(max(ahead))
        yield from (Change("added", [added]) for added in new[there:partner])
        there = _end(ours[here], theirs, partner, ours[here + 1 : here + 2])
        begin, here = here, here + 1
        if there == partner + 1:
            here = _end(theirs[partner], ours, begin, theirs[partner + 1 : partner + 2])
        yield _changed(old[begin:here], new[partner:there], left)
    yield from (Change("added", [added]) for added in new[there:])


def _end(whole: set[str], parts: Sequence[set[str]], first: int, following: Sequence[set[str]]) -> int:
    """Return where the paragraphs end, from the first on, that are parts of one, and no rather of the one after it."""
    end = first + 1
    while end < len(parts) and len(parts[first]) < len(whole):
        inside = _inside(parts[end], whole)
        if inside < MIN_INSIDE or any(_inside(parts[end], words) >= inside for words in following):
            break
        end += 1
    return end


def _words(paragraph: str) -> set[str]:
    return {word.strip() for word in _WORDS.findall(paragraph.lower())}


def _alike(ours: set[str], theirs: set[str]) -> float:
    return len(ours & theirs) / max(1, min(len(ours), len(theirs)))


def _inside(part: set[str], whole: set[str]) -> float:
    return len(part & whole) / max(1, len(part))


def _changed(old: Sequence[str], new: Sequence[str], left: list[int]) -> Change:
    """Return what changed between paragraphs; those that were only divided, or put together, are the same."""
    ours, theirs = _WORDS.findall(" ".join(old)), _WORDS.findall(" ".join(new))
    if [word.strip() for word in ours if word.strip()] == [word.strip() for word in theirs if word.strip()]:
        return Change("same", new)
    pieces: list[tuple[str, str]] = []
    for kind, a, b, c, d in _steps(ours, theirs, left):
        if kind == "equal":
            last = max(ours[b - 1], theirs[d - 1], key=len)  # the last word of one text has no space after it
            pieces.append(("same", "".join([*theirs[c : d - 1], last])))
            continue
        pieces += [(name, "".join(words)) for name, words in (("removed", ours[a:b]), ("added", theirs[c:d])) if words]
    return Change("changed", pieces=pieces)
