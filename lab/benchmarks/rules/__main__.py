"""Which hand-written rules earn their place: pages better, worse and touched by each, out of fold.

    python -m lab.benchmarks.rules --data FOLDER [--folds FOLDS] [--rule NAME] [--json FILE] [--tests]

FOLDER holds `wcxb-dev`, `text-dev`, `web-dev` and `types-dev` (folders or archives). Each rule is switched off, one at
a time, and every page on which it could matter is read again; likewise each word of a list and each alternative of a
pattern. A page is better with a rule when one of its labelled fields is: text (word-F1, or passages kept
and left out), title, date, author; on a sample of WCXB's pages all other fields too (`lab.benchmarks.fields`). A page
may be better in one field and worse in another. `touched` counts all pages that read otherwise.

With `--folds` (what `make train FOLDS=…` wrote) pages that models were trained on are read by models that have not seen
their site. `--tests` also says which rules have a test that fails without them.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import tempfile
from pathlib import Path
from typing import Any

from tqdm import tqdm

from lab.benchmarks.rules.cases import cases, reading_tests
from lab.benchmarks.rules.judge import compare, values_of
from lab.benchmarks.rules.pages import SETS, LabelledPage, labelled_pages
from lab.benchmarks.rules.reading import Reader
from lab.benchmarks.rules.report import table
from lab.benchmarks.rules.switches import Rule, Switchboard, rules
from lab.benchmarks.rules.watching import Calls, matters, watch
from winnow.items import Rejection

Touch = tuple[str, str | None, str, str, dict[str, int]]  # rule, part, page, language, fields


class Measurement:
    """The pages and rules of one measurement, and what a process needs to measure one page."""

    def __init__(self, pages: list[LabelledPage], measured: list[Rule], folds: Path | None) -> None:
        self.pages, self.rules, self.folds = pages, measured, folds
        self.board = Switchboard(measured)
        self._reader: Reader | None = None

    def touches(self, number: int) -> list[Touch]:
        """Read one page with all rules, and without each that could matter; return what differs."""
        page = self.pages[number]
        self._reader = self._reader or Reader(self.folds)
        decoded = self._reader.turn_to(page)
        if isinstance(decoded, Rejection):
            return []
        calls: dict[Rule, Calls] = {}
        with self.board.put(list(watch(self.rules, calls))):
            whole = values_of(self._reader.read(decoded))
        text = decoded.text.lower()
        out: list[Touch] = []
        for rule in (rule for rule in self.rules if calls[rule]):
            changes: list[tuple[str | None, object]] = [(None, rule.off)]
            for part, value in changes:
                with self.board.put([(rule, value)]):
                    fields = compare(page, whole, values_of(self._reader.read(decoded, rule.name)))
                if fields:
                    out.append((rule.name, part, page.name, page.language, fields))
                if fields and part is None:
                    changes += [each for each in rule.parts.items() if matters(rule, each[0], calls[rule], text)]
        return out


def measure(measurement: Measurement, jobs: int) -> list[Touch]:
    """Measure all pages in forked processes."""
    _here.append(measurement)
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        count = len(measurement.pages)
        found = tqdm(pool.imap_unordered(_touches, range(count), chunksize=4), "pages", count, disable=None)
        return [touch for touches in found for touch in touches]


_here: list[Measurement] = []  # what forked processes find there


def _touches(number: int) -> list[Touch]:
    return _here[-1].touches(number)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folds", type=Path)
    parser.add_argument("--sets", nargs="+", choices=SETS, default=SETS)
    parser.add_argument("--rule", action="append", default=[], help="only rules with this in their name")
    parser.add_argument("--limit", type=int, help="only every so many pages, so that this many are left")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--json", type=Path, help="write every touch to this file")
    parser.add_argument("--tests", action="store_true", help="look for a test that fails without each rule")
    args = parser.parse_args()
    measured = [rule for rule in rules() if not args.rule or any(name in rule.name for name in args.rule)]
    with tempfile.TemporaryDirectory(prefix="winnow-") as work:
        pages = labelled_pages(args.data, Path(work), tuple(args.sets))
        pages = pages[:: max(1, len(pages) // args.limit)] if args.limit else pages
        touches = measure(Measurement(pages, measured, args.folds), args.jobs)
    tested = cases(args.rule, reading_tests()) if args.tests else None
    if args.json:
        report: dict[str, Any] = {"touches": sorted(touches, key=str), "tests": tested}
        args.json.write_text(json.dumps(report, ensure_ascii=False), "utf-8")
    print(f"{len(pages)} pages, {'out of fold' if args.folds else 'models that have seen the articles'}")
    print("\n".join(table(measured, touches, tested)))


if __name__ == "__main__":
    main()
