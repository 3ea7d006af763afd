"""What `lab.benchmarks.speed` compares: `python -m lab.benchmarks.contenders loop|pool|own FOLDER WORKERS`."""

from __future__ import annotations

import multiprocessing
import sys
from pathlib import Path
from typing import Any

from trafilatura import bare_extraction
from trafilatura.settings import Document

from winnow.items import Page
from winnow.read import html as htmlpage
from winnow.read import plain as textpage
from winnow.read.page import read_page


def by_trafilatura(path: Path) -> Any:
    """Return the text and metadata of a page by trafilatura with its defaults."""
    document = bare_extraction(path.read_bytes(), with_metadata=True)
    if not isinstance(document, Document):
        return None
    return {name: value for name, value in document.as_dict().items() if "body" not in name}  # trees stay behind


def by_winnow(path: Path) -> Any:
    """Return the reading of a page as Winnow's workers read it."""
    return read_page(Page(path.name, body=path.read_bytes()))


def main(name: str, folder: Path, workers: int) -> None:
    """Read all pages of a folder; the results are thrown away."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    if name == "loop":
        for path in paths:
            by_trafilatura(path)
        return
    work = by_trafilatura if name == "pool" else by_winnow
    if name == "own":
        htmlpage.load()  # once, for all processes of the pool
        textpage.load()
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        for _ in pool.imap_unordered(work, paths):
            pass
        pool.close()
        pool.join()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
