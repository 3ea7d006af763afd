"""Measure the HTML model on a source of pages that it has learnt nothing from: train on the others, read this one.

    python -m lab.training.left_out --data FOLDER SET

SET is one of `wcxb-dev`, `types-dev`, `web-dev`. Pages of sites that the others have too are left out. No file is
written. The kinds of pages are told by the shipped model, which has seen all sets.
"""

from __future__ import annotations

import argparse
import logging
import time
from pathlib import Path

from lab.training import data, htmlpage
from lab.training.html_sets import SUFFIXES, load
from lab.training.report import show


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", choices=SUFFIXES)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)
    start = time.monotonic()

    def log(message: str) -> None:
        print(f"{time.monotonic() - start:7.1f} s  {message}", flush=True)

    others = [page for name in SUFFIXES if name != args.set for page in load(args.data, name)]
    model = htmlpage.fit(htmlpage.begin(others, log), None)
    sites = {row["domain"] for row, _ in others}
    unseen = [(row, content) for row, content in load(args.data, args.set) if row["domain"] not in sites]
    show(htmlpage.measure(unseen, dict.fromkeys(range(data.FOLDS), model)))


if __name__ == "__main__":
    main()
