"""The sets of labelled text pages: articles in three renderings; news and blogs, and pages of other kinds, in two.

Of most news and blog pages only passages are labelled. Winnow's own reading of a page's HTML, by a model that has not
seen its site, says the rest, at less worth: HTML tells far more than its text does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np

from lab.training import data, html_sets, rendered
from lab.training.data import Archive, Sample, label
from lab.training.html_data import is_there
from lab.training.html_labels import Places
from lab.training.html_sets import Row, html_of, tree_of
from winnow.read import html
from winnow.read.lines.line import split_lines

RENDERINGS = ("rplain", "inscr")
NAMES = tuple(f"web-{name}" for name in RENDERINGS)  # as samples and figures have them
KINDS = tuple(f"kinds-{name}" for name in RENDERINGS)
READ = 0.5  # what a label is worth that the reading of the page's HTML gives

TextPage = tuple[Row, str]


def web(folder: Path, read: Callable[[Row, bytes], str] = lambda _, __: "") -> list[TextPage]:
    """Return the text renderings of the news and blog pages; `read` returns the text of a page's HTML."""
    pages = html_sets.load(folder, html_sets.WEB)
    return list(_renderings(Archive(folder, html_sets.WEB, html_sets.SUFFIXES[html_sets.WEB]), pages, read))


def _renderings(
    archive: Archive, pages: Sequence[html_sets.Page], read: Callable[[Row, bytes], str]
) -> Iterator[TextPage]:
    there = set(archive.names())
    for row, content in pages:
        paths = [(name, f"{rendering}/{row['id']}.txt") for name, rendering in zip(NAMES, RENDERINGS, strict=True)]
        if row["main_content"] or row["with"]:
            text = row["main_content"] or read(row, content)
            for name, path in paths:
                if path in there:
                    given = {"file": f"{row['id']}.{name}", "rendering": name, "html_text": text}
                    yield row | given, archive.read(path).decode("utf-8", "replace")


def by_folds(folder: Path) -> Callable[[Row, bytes], str]:
    """Return what reads a page's HTML by the model of the folder that has not seen its site; "" for no article."""
    models = [html.load(folder / f"fold{fold}.npz") for fold in range(data.FOLDS)]

    def read(row: Row, content: bytes) -> str:
        tree = tree_of(content)
        page = html.read(tree, models[data.fold_of(row["domain"])]) if tree is not None else None
        return page.text if page and not html.why_no_article(page) else ""

    return read


def kinds(folder: Path) -> list[TextPage]:
    """Return the pages that are no articles as text, rendered by the programs that have rendered the other sets."""
    return [page for row, content in html_sets.load(folder, html_sets.TYPES) for page in _rendered(row, content)]


def _rendered(row: Row, content: bytes) -> Iterator[TextPage]:
    text = html_of(content)
    if text is not None:
        for name, render in zip(KINDS, (rendered.whole_page, rendered.saved_as_text), strict=True):
            yield row | {"file": f"{row['id']}.{name}", "rendering": name}, render(text)


def samples(pages: Sequence[TextPage]) -> list[Sample]:
    """Split and label every page that has lines, and on which the labelled text stands."""
    made = (sample(row, text) for row, text in pages)
    return [each for each in made if each and (is_there(each) or not each.row["main_content"])]


def sample(row: Row, text: str) -> Sample | None:
    """Split a page and label its lines; None where it has none.

    Passages that must or must not be in the text outweigh what the HTML says; without its text they are all there is.
    """
    lines = split_lines(text)
    if not lines:
        return None
    texts = [line.text for line in lines]
    if row["main_content"]:
        labels, trust = label(texts, row["main_content"]), ()
    else:
        labels = label(texts, row["html_text"]) if row["html_text"] else np.zeros(len(lines), np.int8)
        worth = np.full(len(lines), READ if row["html_text"] else 0.0)
        places = Places(texts)
        for wanted, value in (("without", 0), ("with", 1)):
            at = list(chain.from_iterable(range(len(lines))[run] for text in row[wanted] for run in places.of(text)))
            labels[at], worth[at] = value, 1.0
        trust = tuple(worth.tolist())
    return Sample(row["file"], row["domain"], row["rendering"], tuple(lines), labels, row, trust=trust)
