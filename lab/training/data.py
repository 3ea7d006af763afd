"""The labelled text pages: read from archives or folders, split into lines, labelled by aligning tokens."""

from __future__ import annotations

import hashlib
import io
import json
import sys
import tarfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

try:  # the first of the extra's libraries that any program here imports
    from rapidfuzz.distance import LCSseq
except ImportError:
    sys.exit("rapidfuzz is not installed: pip install '.[train]' in the folder of Winnow")

from lab.training.likeness import normal, units
from winnow.read.lines.line import Line, split_lines

FOLDS = 5
MOST_CELLS = 8_000_000_000  # words of a page by words of its reference: the alignment takes a bit for each
FOREIGN = 2.0  # what a line that was put in weighs more: real pages hold few of the kind
RENDERINGS = ("rmain", "rplain", "inscr")


@dataclass(frozen=True)
class Sample:
    """A page for training: its lines, and for each 1 when it is article."""

    key: str
    domain: str
    rendering: str
    lines: tuple[Line, ...]
    labels: NDArray[np.int8]
    row: dict[str, Any] = field(repr=False)  # the labels as the benchmark gives them
    kind: str = "plain"  # or how it was made from a plain one
    pasted: tuple[int, ...] = ()  # 1 for lines that were put in; empty: none was
    trust: tuple[float, ...] = ()  # what the label of each line is worth, 0 to 1; empty: all are certain

    @property
    def fold(self) -> int:
        return fold_of(self.domain)

    @property
    def foreign(self) -> NDArray[np.float32]:
        """Say for each line whether it was put in (1) or stood on the page (0)."""
        return np.array(self.pasted or [0] * len(self.lines), np.float32)

    @property
    def worth(self) -> tuple[float, ...]:
        """Return what the label of each line is worth, 0 to 1."""
        return self.trust or (1.0,) * len(self.lines)

    def altered(
        self,
        lines: Sequence[Line],
        labels: Sequence[int],
        kind: str,
        foreign: Sequence[float] = (),
        worth: Sequence[float] = (),
    ) -> Sample:
        """Make a training copy with other lines; it stays in the fold of its page.

        Which lines were put in, and what the labels are worth, must be said anew when the number of lines changes.
        """
        is_same = len(lines) == len(self.lines)
        pasted = tuple(map(int, foreign)) or (self.pasted if is_same else ())
        trust = tuple(worth) or (self.trust if is_same else ())
        made = replace(self, kind=kind, key=f"{self.key}#{kind}", pasted=pasted, trust=trust)
        return replace(made, lines=tuple(lines), labels=np.array(labels, np.int8))


def fold_of(domain: str) -> int:
    """Return the fold of a site: all its pages are in one."""
    return int(hashlib.md5(domain.encode()).hexdigest(), 16) % FOLDS


class Archive:
    """Files of a data set, from its folder or from its archive beside it."""

    def __init__(self, data: Path, name: str, suffix: str) -> None:
        self.folder = data / name
        self.files: dict[str, bytes] = {}
        if not self.folder.is_dir():
            with tarfile.open(data / f"{name}{suffix}") as archive:
                for member in archive:
                    if member.isfile():
                        content = archive.extractfile(member)
                        self.files[member.name.split("/", 1)[1]] = content.read() if content else b""

    def names(self) -> list[str]:
        """List the files' paths inside the data set."""
        if self.files:
            return list(self.files)
        return [path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file()]

    def read(self, path: str) -> bytes:
        """Read one file by its path inside the data set."""
        return self.files[path] if self.files else (self.folder / path).read_bytes()


def load(data: Path) -> list[tuple[dict[str, Any], str]]:
    """Read (label row, text) of every text page, in the order of the label file."""
    archive = Archive(data, "text-dev", ".tar.xz")
    rows = [json.loads(row) for row in io.StringIO(archive.read("labels.jsonl").decode())]
    return [
        (row | {"language": "en"}, archive.read(row["file"]).decode("utf-8", "replace"))
        for row in rows
        if row["rendering"] in RENDERINGS
    ]


def samples(pages: Sequence[tuple[dict[str, Any], str]]) -> list[Sample]:
    """Split and label every page that has lines."""
    out = []
    for row, text in pages:
        lines = split_lines(text)
        if lines:
            labels = label([line.text for line in lines], row["main_content"])
            out.append(Sample(row["file"], row["domain"], row["rendering"], tuple(lines), labels, row))
    return out


def label(lines: Sequence[str], reference: str) -> NDArray[np.int8]:
    """Label lines 1 when most of their words align with the reference text.

    Alignment is the longest common subsequence of words. Blocks that stand elsewhere in the reference are found by
    their runs of four words; a short line must match as one piece, since its words occur everywhere.
    """
    wanted = units(reference)
    rows = [units(line) for line in lines]
    matched = _align(rows, wanted)
    fours = {tuple(wanted[i : i + 4]) for i in range(len(wanted) - 3)}
    whole = Counter(normal(row) for row in reference.split("\n"))
    seen = Counter[tuple[str, ...]]()
    out = np.zeros(len(lines), np.int8)
    for i, row in enumerate(rows):
        if not row:
            continue
        good = len(matched[i]) >= 0.6 * len(row)
        if good and len(row) < 5:
            good = len(matched[i]) == len(row) and matched[i][-1] - matched[i][0] == len(row) - 1
        again = seen[tuple(row)]
        if not good and len(row) >= 8 and not again:
            runs = [tuple(row[k : k + 4]) in fours for k in range(len(row) - 3)]
            good = sum(runs) >= 0.7 * len(runs)
        if not good and len(row) >= 5:
            good = whole[normal(lines[i])] > again
        if good:
            seen[tuple(row)] += 1
            out[i] = 1
    return out


def _align(rows: Sequence[Sequence[str]], wanted: Sequence[str]) -> list[list[int]]:
    """Return for each line the places in the reference that its words are aligned with; none on enormous pages."""
    matched: list[list[int]] = [[] for _ in rows]
    if sum(map(len, rows)) * len(wanted) > MOST_CELLS:
        return matched
    numbers: dict[str, int] = {}
    owner = [i for i, row in enumerate(rows) for _ in row]
    flat = [numbers.setdefault(token, len(numbers)) for row in rows for token in row]
    goal = [numbers.setdefault(token, len(numbers)) for token in wanted]
    for step in LCSseq.opcodes(flat, goal):
        if step.tag == "equal":
            for k in range(step.src_end - step.src_start):
                matched[owner[step.src_start + k]].append(step.dest_start + k)
    return matched


def line_weights(sample: Sample, foreign: float = FOREIGN) -> NDArray[np.float32]:
    """Weigh lines by what they do to the page's word-F1, plus a little for every line; more for those put in."""
    words = np.array([len(units(line.text)) for line in sample.lines], np.float32)
    reference = len(units(sample.row["main_content"])) or int(words[sample.labels > 0].sum())
    weights = np.minimum(words, 150) / max(30, reference) + 0.5 / max(10, len(words))
    weights *= 1 + foreign * sample.foreign
    return (weights * np.array(sample.trust, np.float32) if sample.trust else weights).astype(np.float32)
