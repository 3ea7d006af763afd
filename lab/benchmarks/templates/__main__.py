"""Our own texts, rendered by real programs with their real themes: what is kept of them, and what else.

    python -m lab.benchmarks.templates [--misses] [--keep FOLDER] [PROGRAM …]

The texts stand beside this file, in twelve languages; Pelican, Nikola, Sphinx and MkDocs render them, each with several
themes, as their users do: the furniture is real, and what a page must give is known exactly. The programs of
`requirements/templates.lock` go into an environment of their own in FOLDER, which is used again if it is there. Each
theme renders the English texts and those of three more languages. Printed are, by theme, the pages, those rejected, the
pieces of text (paragraphs, headings, items, cells, lines of code), the pieces lost, the lines kept that are no part of
the text, and how many pages have a wrong title, author, day, language or kind. `--misses` names each of them.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import venv
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from lab.benchmarks.templates.programs import PROGRAMS, NotBuiltError, Site, pages
from lab.benchmarks.templates.score import Verdict, judge
from lab.benchmarks.templates.texts import Text, load

LOCK = Path(__file__).parents[3] / "requirements/templates.lock"
MORE = 3  # languages of a theme beside English
FIELDS = ("rejected", "title", "author", "date", "language", "kind")
COLUMNS = ("pages", "pieces", "lost", "furniture", *FIELDS)


def main() -> None:
    """Render, read and print what was found."""
    parser = argparse.ArgumentParser(prog="lab.benchmarks.templates", description=__doc__.split("\n")[0])
    parser.add_argument("--misses", action="store_true", help="name what is lost, kept or wrong on each page")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where the programs and their pages are kept")
    parser.add_argument("programs", nargs="*", metavar="PROGRAM", help=f"of {', '.join(PROGRAMS)}; default: all")
    options = parser.parse_args()
    if unknown := set(options.programs) - set(PROGRAMS):
        parser.error(f"no such program: {', '.join(sorted(unknown))}; there are {', '.join(PROGRAMS)}")
    with ExitStack() as stack:
        folder = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        tools = installed(folder.absolute() / "programs")
        print(f"{'':32}" + "".join(f"{name:>10}" for name in COLUMNS))
        total: Counter[str] = Counter()
        for name in options.programs or PROGRAMS:
            of_program = _rows(name, folder.absolute(), tools, options.misses)
            print(_line(f"{name}, all themes", of_program))
            total += of_program
        print(_line("all", total))


def _rows(name: str, folder: Path, tools: Path, misses: bool) -> Counter[str]:
    """Print a row for each theme of a program, and what is amiss on its pages if that is wanted; return the sums."""
    total: Counter[str] = Counter()
    for theme, verdicts in read(name, folder, tools):
        counts = sum((_counted(verdict) for _, verdict in verdicts), Counter[str]())
        print(_line(f"{name} {theme}", counts), flush=True)
        total += counts
        for path, verdict in verdicts if misses else ():
            if missed := _missed(verdict):
                print(f"  {path.relative_to(folder)}", *missed, sep="\n    ")
    return total


def installed(environment: Path) -> Path:
    """Return the folder of the programs, which are installed if they are not there.

    Raises `subprocess.CalledProcessError` where they cannot be installed.
    """
    tools = environment / "bin"
    if not (tools / "sphinx-build").exists():
        venv.create(environment, with_pip=True)
        subprocess.run([tools / "pip", "install", "-q", "--require-hashes", "-r", LOCK], check=True)
    return tools


def read(name: str, folder: Path, tools: Path) -> Iterator[tuple[str, list[tuple[Path, Verdict]]]]:
    """Yield each theme of a program with the verdicts on its pages."""
    program, texts = PROGRAMS[name], load()
    others = sorted({text.lang for text in texts} - {"en"})
    for number, (theme, options) in enumerate(program["themes"].items()):
        verdicts = []
        for lang in ("en", *(others[(MORE * number + more) % len(others)] for more in range(MORE))):
            work = folder / name / theme / lang
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir(parents=True)
            own = [text for text in texts if text.lang == lang]
            site = Site(lang, own, theme, program["settings"], options, work, tools)
            try:
                verdicts += [(path, judge(path, text, told(program, text))) for path, text in pages(name, site)]
            except NotBuiltError as error:
                print(f"{theme}, {lang}: {error}", file=sys.stderr)
        yield theme, verdicts


def told(program: Mapping[str, Any], text: Text) -> dict[str, str]:
    """Return what a program's page must tell of a text, by the names of an article's fields."""
    stated = {"title": text.title, "language": text.lang.split("-")[0]}
    stated |= {name: getattr(text, name) for name in program["told"]}
    return stated | ({"kind": program["kind"]} if "kind" in program else {})


def _counted(verdict: Verdict) -> Counter[str]:
    counts = Counter(verdict.wrong.keys())
    counts.update(pages=1, pieces=verdict.pieces, lost=len(verdict.lost), furniture=len(verdict.furniture))
    return counts


def _missed(verdict: Verdict) -> list[str]:
    missed = [*(f"- {piece}" for piece in verdict.lost), *(f"+ {line}" for line in verdict.furniture)]
    return missed + [f"{field}: {told!r}" for field, told in verdict.wrong.items()]


def _line(name: str, counts: Counter[str]) -> str:
    return f"{name:32}" + "".join(f"{counts[column]:>10,}" for column in COLUMNS)


if __name__ == "__main__":
    main()
