"""Measure every metadata field against verdicts of people who read the pages: right, wrong, invented, missing.

    python -m lab.benchmarks.fields --data FOLDER [--folds FOLDS] [--list VERDICT]

Labels exist for title, author and date only. `field_verdicts.json` holds verdicts on all fields of a sample: pages
drawn at random, one a site, half of them from each half of the sites (see `metadata_quality.half_of`), each read once
as HTML and once as one of its plain-text renderings. The `fresh` third was drawn and judged when the rules stood.
No text of a page is kept, only the first 12 hex digits of the sha256 of a value's normal form. A verdict lists them:
`abc` a value that is right, `!abc` one that is wrong, `-` the page states none, `+` it states one that was not written
down. A value that no verdict knows is `unjudged`.

What counts: a headline without the site's name; the authors, whether people or an organisation; the day of publication,
where a page states none the day of its last change; the section under which the page itself files the article; the
standfirst or the summary in the code, no caption and no crumb trail; tags as listed; the picture of the article, no
logo. A text page is judged by what is left in it.

With `--folds` (what `make train FOLDS=…` wrote) text pages are read by models that have not seen their site.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lab.benchmarks.extraction import labelled
from lab.benchmarks.metadata_quality import half_of
from lab.training.likeness import normal
from winnow.items import HTML, TEXT, Rejection
from winnow.read.decode import Decoded
from winnow.read.extract import extract

VERDICTS = Path(__file__).with_name("field_verdicts.json")
FIELDS = {
    "html": ("title", "author", "date", "section", "description", "tags", "sitename", "language", "image", "url"),
    "text": ("title", "author", "date", "section", "description", "language"),
}
JUDGED = ("right", "wrong", "invented", "missing", "absent", "unjudged")


def normal_value(field: str, value: object) -> str:
    """Return the form in which a field's value is hashed, empty for no value."""
    if isinstance(value, tuple):
        return ", ".join(sorted(map(normal, value)))
    text = " ".join(str(value or "").split())
    if field == "author":
        return " ".join(sorted(set(normal(text).split()) - {"and", "with"}))
    if field in ("title", "description"):
        return normal(text)
    return text.rstrip("/") if field in ("image", "url") else text.casefold()


def digest(field: str, value: object) -> str:
    """Return the first 12 hex digits of the SHA-256 of a value's normal form, empty for no value."""
    text = normal_value(field, value)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12] if text else ""


def judge(verdict: str, found: str) -> str:
    """Return what a verdict says of the digest of a value (empty for no value)."""
    known = verdict.split()
    if not known:
        return "unjudged"
    if not found:
        return "absent" if "-" in known else "missing"
    if found in known:
        return "right"
    return "invented" if "-" in known else "wrong" if f"!{found}" in known else "unjudged"


def values(body: bytes, kind: str) -> dict[str, object]:
    """Return the fields of a page, read as a run reads it."""
    media_type = HTML if kind == "html" else TEXT
    article = extract(Decoded(body.decode("utf-8", "replace"), media_type, "utf-8"))
    found = not isinstance(article, Rejection)
    return {field: getattr(article, field) if found else None for field in FIELDS[kind]}


def measure(data: Path, folds: Path | None) -> Iterator[tuple[tuple[str, str], str, str, str, object, str]]:
    """Yield for every verdict: the shares that the page counts to, kind, page, field, value and judgement."""
    known = json.loads(VERDICTS.read_text("utf-8"))
    verdicts: dict[str, dict[str, dict[str, str]]] = known["verdicts"]
    fold_of = json.loads((folds / "html/folds.json").read_text("utf-8")) if folds else {}
    places = {name: data / name for name in ("wcxb-dev", "text-dev")}
    for rendering in ("html", "rmain", "rplain", "inscr"):
        kind = "html" if rendering == "html" else "text"
        for row, body in labelled(places, rendering, None):
            verdict = verdicts[kind].get(row["file"].removesuffix(".txt").removesuffix(".html"))
            if verdict is None:
                continue
            if folds:
                # The path to the model is read anew for every page.
                os.environ["WINNOW_TEXT_MODEL"] = str(folds.resolve() / f"text/fold{fold_of[row['domain']]}.npz")
            shares = (f"half {half_of('//' + row['domain'])}", "fresh" if row["id"] in known["fresh"] else "earlier")
            for field, value in values(body, kind).items():
                yield shares, kind, row["file"], field, value, judge(verdict.get(field, ""), digest(field, value))


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with wcxb-dev/ and text-dev/")
    parser.add_argument("--folds", type=Path, help="models that have not seen the pages' sites")
    parser.add_argument("--list", choices=JUDGED, action="append", default=[], help="name the pages judged so")
    args = parser.parse_args()
    counts: Counter[tuple[str, str, str]] = Counter()
    for shares, kind, page, field, value, judgement in measure(args.data, args.folds):
        for share in ("all", *shares):
            counts[f"{kind}, {share}", field, judgement] += 1
        if judgement in args.list:
            print(f"{judgement:8} {page:18} {field:11} {digest(field, value):12} {value!r}"[:200])
    for kind, fields in FIELDS.items():
        for share in ("all", "half 0", "half 1", "earlier", "fresh"):
            name = f"{kind}, {share}"
            print(f"{name:14} {'  '.join(f'{title:>8}' for title in JUDGED)}  precision")
            for field in fields:
                numbers = [counts[name, field, judgement] for judgement in JUDGED]
                answered = sum(numbers[:3])
                precision = f"{numbers[0] / answered:9.3f}" if answered else "        -"
                print(f"{field:14} {'  '.join(f'{number:8}' for number in numbers)}  {precision}")


if __name__ == "__main__":
    main()
