"""The speed of this checkout beside that of another commit, measured in turns: `lab.benchmarks.speed --against REF`.

A ratio of two times that were measured one after the other on the same pages holds on a busy machine too, where each of
the times alone would not. So both checkouts do each piece of work in turn, in changing order, and the ratios are taken
of each pair.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, quantiles

from lab.benchmarks.measured import PROJECT, Usage, crawl, run

_PRELOAD = "import sys, pathlib; from lab.benchmarks.made import preload; preload(pathlib.Path(sys.argv[1]), {})"
_WARM_UP = 3  # pages that are read before any is measured

Pair = tuple[float, float]  # what this checkout takes, and what the other takes


@dataclass(frozen=True, slots=True)
class Tree:
    """A checkout, the Python that runs it, and a folder for its databases."""

    folder: Path
    python: str
    work: Path

    def crawl(self, pages: Path, database: str, workers: int) -> Usage:
        """Crawl a folder of pages into a database, which may exist already."""
        more = ("-s", f"WORKERS={workers}")
        return crawl(pages, self.work / database, *more, project=self.folder, python=self.python)

    def preload(self, database: str, count: int) -> None:
        """Make a database that knows so many articles."""
        run([self.python, "-c", _PRELOAD.format(count), str(self.work / database)], self.folder)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the comparison: what is measured, in which unit, by each of the two, and the ratio."""

    name: str
    unit: str
    own: float
    other: float
    ratio: float


def compare(ref: str, pages: Sequence[Path], texts: Sequence[Path], rounds: int, workers: int, known: int) -> list[Row]:
    """Return all lines of the comparison with a commit, each printed as soon as it is known."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="winnow-") as temporary:
        work = Path(temporary)
        own = Tree(PROJECT, sys.executable, work / "own")
        other = checked_out(ref, work / "ref")
        own.work.mkdir()
        print(f"| | unit | this checkout | {ref} | ratio |\n| --- | --- | --- | --- | --- |")
        for row in _rows((own, other), pages, texts, _Plan(work, rounds, workers, known)):
            print(f"| {row.name} | {row.unit} | {row.own:.4g} | {row.other:.4g} | {row.ratio:.3f} |", flush=True)
            rows.append(row)
    return rows


def as_figures(rows: Sequence[Row]) -> list[dict[str, object]]:
    """Return the lines as plain data."""
    return [asdict(row) for row in rows]


def checked_out(ref: str, place: Path) -> Tree:
    """Lay the files of a commit out below a folder, with a Python that has what the commit requires.

    That is the running Python, unless the versions pinned for the commit are others than this checkout's: then it is a
    virtual environment of its own. Exits where there is no such commit.
    """
    packed = subprocess.run(["git", "archive", "--format=tar", ref], cwd=PROJECT, capture_output=True)
    if packed.returncode:
        sys.exit(f"--against {ref}: {packed.stderr.decode().strip()}: name a commit of the repository in {PROJECT}")
    folder, work = place / "checkout", place / "work"
    work.mkdir(parents=True)
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return Tree(folder, _python_for(folder, place / "venv"), work)


def _python_for(folder: Path, venv: Path) -> str:
    if _pins(folder) == _pins(PROJECT):
        return sys.executable
    python = str(venv / "bin" / "python")
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    subprocess.run([python, "-m", "pip", "install", "-q", "-r", folder / "requirements" / "run.lock"], check=True)
    return python


def _pins(folder: Path) -> set[str]:
    lines = (folder / "requirements" / "run.lock").read_text(encoding="utf-8").splitlines()
    return {line.split()[0] for line in lines if "==" in line}


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where and how often it is measured."""

    work: Path
    rounds: int
    workers: int
    known: int


def _rows(trees: tuple[Tree, Tree], pages: Sequence[Path], texts: Sequence[Path], plan: _Plan) -> Iterator[Row]:
    all_, two = plan.work / "all", plan.work / "two"
    for folder, chosen in ((all_, pages), (two, _two_of(pages))):
        folder.mkdir()
        for number, path in enumerate(chosen):
            shutil.copy(path, folder / f"{number:06}{path.suffix}")
    for tree in trees:  # compiles what has not been compiled
        tree.crawl(two, "warm-up.db", plan.workers)
    yield from _read("HTML page", trees, pages, plan.rounds)
    if texts:
        yield from _read("text capture", trees, texts, plan.rounds)
    yield from _crawled(trees, all_, two, plan)
    if plan.known:
        yield from _crawled_into_known(trees, all_, two, plan)


def _two_of(pages: Sequence[Path]) -> list[Path]:
    return [pages[len(pages) // 3], pages[len(pages) * 2 // 3]] if len(pages) > 2 else list(pages)


def _read(name: str, trees: tuple[Tree, Tree], pages: Sequence[Path], rounds: int) -> Iterator[Row]:
    """Yield what the function takes that workers run, for each page the least of all rounds."""
    with ExitStack() as stack:
        readers = [stack.enter_context(_reader(tree)) for tree in trees]
        for page in pages[:_WARM_UP]:
            _in_turn(readers, page, False)
        found = [[_in_turn(readers, page, bool(turn % 2)) for turn in range(rounds)] for page in pages]
    taken = [(min(own for own, _ in each), min(other for _, other in each)) for each in found]
    own, other = ([1000 * seconds for seconds in column] for column in zip(*taken, strict=True))
    yield Row(f"{name}, by sum", "ms", sum(own) / len(own), sum(other) / len(other), sum(own) / sum(other))
    ratio = median(one / two for one, two in taken)
    yield Row(f"{name}, median", "ms", median(own), median(other), ratio)
    yield Row(f"{name}, p99", "ms", _p99(own), _p99(other), _p99(own) / _p99(other))


def _p99(values: Sequence[float]) -> float:
    return quantiles(values, n=100, method="inclusive")[98] if len(values) > 1 else values[0]


@contextmanager
def _reader(tree: Tree) -> Iterator[subprocess.Popen[str]]:
    command = [tree.python, "-P", str(Path(__file__).with_name("page_reader.py")), str(tree.work / "read.db")]
    environment = {"PYTHONPATH": str(tree.folder), "PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1"}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, cwd=tree.folder, env=environment, text=True) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def _in_turn(readers: Sequence[subprocess.Popen[str]], page: Path, swapped: bool) -> Pair:
    own, other = readers
    if swapped:
        late = _ask(other, page)
        return _ask(own, page), late
    return _ask(own, page), _ask(other, page)


def _ask(reader: subprocess.Popen[str], page: Path) -> float:
    assert reader.stdin
    assert reader.stdout
    print(page.absolute(), file=reader.stdin, flush=True)
    if not (answer := reader.stdout.readline()):
        sys.exit(f"{page}: the process that reads pages has ended")
    return float(answer)


def _crawled(trees: tuple[Tree, Tree], all_: Path, two: Path, plan: _Plan) -> Iterator[Row]:
    """Yield what crawls into new databases take, and the runs after them."""
    starts, wholes, agains, loops = [], [], [], []
    count = len(list(all_.iterdir()))
    for turn in range(plan.rounds):
        starts.append(_both(trees, two, f"two{turn}.db", plan.workers, turn))
        wholes.append(_both(trees, all_, f"all{turn}.db", plan.workers, turn))
        agains.append(_both(trees, all_, f"all{turn}.db", plan.workers, turn))
        loops.append(run([sys.executable, "-m", "lab.benchmarks.contenders", "loop", str(all_), "1"], PROJECT))
    yield _row("crawl of 2 pages, all processes", "CPU s", [(own.cpu, other.cpu) for own, other in starts])
    yield _row("run that finds all unchanged, all processes", "CPU s", [(own.cpu, other.cpu) for own, other in agains])
    yield _row("whole crawl, all processes", "CPU s", [(own.cpu, other.cpu) for own, other in wholes])
    yield _row("whole crawl", "wall s", [(own.wall, other.wall) for own, other in wholes])
    for unit, name in (("cpu", "CPU"), ("wall", "wall time")):
        pairs = [
            (getattr(own, unit) / getattr(loop, unit), getattr(other, unit) / getattr(loop, unit))
            for (own, other), loop in zip(wholes, loops, strict=True)
        ]
        yield _row(f"whole crawl, {name} to trafilatura's in a loop", "ratio", pairs)
    yield _main("into a new archive", starts, wholes, count)


def _crawled_into_known(trees: tuple[Tree, Tree], all_: Path, two: Path, plan: _Plan) -> Iterator[Row]:
    """Yield what the main process takes of a crawl into an archive that knows many articles."""
    for tree in trees:
        tree.preload("known.db", plan.known)
    starts, wholes = [], []
    for turn in range(plan.rounds):
        for tree in trees:
            shutil.copy(tree.work / "known.db", tree.work / f"known{turn}.db")
        starts.append(_both(trees, two, f"known{turn}.db", plan.workers, turn))
        wholes.append(_both(trees, all_, f"known{turn}.db", plan.workers, turn))
        for tree in trees:
            (tree.work / f"known{turn}.db").unlink()
    yield _main(f"into an archive of {plan.known:,} articles", starts, wholes, len(list(all_.iterdir())))


def _both(trees: tuple[Tree, Tree], pages: Path, database: str, workers: int, turn: int) -> tuple[Usage, Usage]:
    own, other = trees
    if turn % 2:
        late = other.crawl(pages, database, workers)
        return own.crawl(pages, database, workers), late
    return own.crawl(pages, database, workers), other.crawl(pages, database, workers)


def _main(where: str, starts: list[tuple[Usage, Usage]], wholes: list[tuple[Usage, Usage]], count: int) -> Row:
    """Return what the main process takes for a page: a whole crawl less one of two pages."""
    further = max(count - 2, 1)
    pairs = [
        (
            1000 * (whole[0].main_cpu - start[0].main_cpu) / further,
            1000 * (whole[1].main_cpu - start[1].main_cpu) / further,
        )
        for start, whole in zip(starts, wholes, strict=True)
    ]
    return _row(f"main process, a further page {where}", "CPU ms", pairs)


def _row(name: str, unit: str, pairs: Sequence[Pair]) -> Row:
    """Return the medians of pairs, and the median of their ratios."""
    own, other = zip(*pairs, strict=True)
    return Row(name, unit, median(own), median(other), median(one / two for one, two in pairs))
