"""Is a page better read with a rule or without it? By its labels, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lab.benchmarks.fields import FIELDS, digest, judge
from lab.benchmarks.rules.pages import UNSPACED, LabelledPage
from lab.training.likeness import normal, word_f1
from winnow.items import Article, Rejection

COMPARED = ("text", *FIELDS["html"])
MARGIN = 0.001  # a difference of word-F1 below it is none
Values = dict[str, Any]
_POINTS = {"right": 1.0, "missing": 0.0, "absent": 1.0, "wrong": -1.0, "invented": -1.0}


def values_of(article: Article | Rejection) -> Values:
    """Return the fields that are compared; a rejected page has none."""
    if isinstance(article, Rejection):
        return dict.fromkeys(COMPARED)
    return {field: getattr(article, field) for field in COMPARED}


def compare(page: LabelledPage, with_rule: Values, without: Values) -> dict[str, int]:
    """Return for each field that differs 1 where it is better with the rule, -1 where worse, 0 where nobody knows."""
    out = {}
    for field in COMPARED:
        if with_rule[field] != without[field]:
            one, other = points(page, field, with_rule[field]), points(page, field, without[field])
            margin = MARGIN if field == "text" else 0.0
            known = one is not None and other is not None and abs(one - other) > margin
            out[field] = (1 if one > other else -1) if known else 0  # type: ignore[operator]
    return out


def points(page: LabelledPage, field: str, value: Any) -> float | None:
    """Return how right a field's value is, None where no label says: 1 right, 0 missing, -1 wrong or invented.

    A text has its word-F1, or the share of passages rightly kept less that of passages wrongly kept.
    """
    label = page.label
    if field == "text":
        return _text_points(page, value or "")
    if field == "title" and label.title:
        return _pointed(normal(value), normal(value) == normal(label.title))
    if field == "date" and label.date is not None:
        return _pointed(value, value == label.date[:10]) if label.date else -float(bool(value))
    if field == "author" and label.authors is not None:
        return _author_points(label.authors, normal(value))
    return _POINTS.get(judge(label.verdicts.get(field, ""), digest(field, value)))


def _pointed(value: str | None, right: bool) -> float:
    return float(right) if right or not value else -1.0


def _author_points(names: tuple[str, ...], told: str) -> float:
    """Judge by the share of the names that are told; without a name on the page by whether one was invented."""
    if not names:
        return -float(bool(told))
    if not told:
        return 0.0
    wanted = [normal(name) for name in names if normal(name)]
    right = sum(name in told or told in name for name in wanted)
    return right / len(wanted) if right else -1.0


def _text_points(page: LabelledPage, text: str) -> float | None:
    label = page.label
    if label.text is not None:
        if page.language in UNSPACED:
            return word_f1(" ".join(text), " ".join(label.text))
        return word_f1(text, label.text)
    if not label.kept and not label.left:
        return None
    flat = " ".join(text.split())
    kept, left = (
        sum(" ".join(passage.split()) in flat for passage in passages) / max(1, len(passages))
        for passages in (label.kept, label.left)
    )
    return kept - left


def summary(fields: Mapping[str, int]) -> str:
    """Return `better`, `worse`, `both` or `touched` for what `compare` found."""
    found = set(fields.values())
    if {1, -1} <= found:
        return "both"
    return "better" if 1 in found else "worse" if -1 in found else "touched"
