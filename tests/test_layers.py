"""Who may import whom: the table of the layers, held against every import, relative ones and names in strings too."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from typing import NamedTuple

import pytest

from tests.conftest import PROJECT


@dataclass(frozen=True)
class Layer:
    """Modules that belong together, by the beginnings of their names, and what they may import beside each other."""

    modules: str
    layers: str = ""
    libraries: str = ""  # beyond the standard library; `sqlite3` is named like one


_TOOLS = "winnow.read.parser winnow.read.notices winnow.read.markdown winnow.read.redirects"
_FOR_READERS = "items travels read.tools read.words"
_READERS = "read.tools read.words read.lines read.html read.plain read.metadata"
_BELOW_RUNS = "items travels search sources read match archive"
_BELOW_PIPELINES = f"{_BELOW_RUNS} marks runs tell"

# A module belongs to the layer that names the longest beginning of its name. `*` stands for everything.
TABLE = {
    "items": Layer("winnow.items winnow.times winnow.corrections"),
    "characters": Layer("winnow.characters"),
    "travels": Layer("winnow", "items characters", "numpy tld xxhash"),
    "search": Layer("winnow.search", "characters", "Stemmer"),
    "sources": Layer("winnow.sources", "items travels", "fastwarc libzim lxml pypdfium2 trafilatura"),
    "read.tools": Layer(_TOOLS, "", "lxml"),
    "read.words": Layer("winnow.read.words", "travels read.tools", "py3langid"),
    "read.lines": Layer("winnow.read.lines", _FOR_READERS, "numpy"),
    "read.html": Layer("winnow.read.html", f"{_FOR_READERS} read.lines", "lxml numpy trafilatura"),
    "read.plain": Layer("winnow.read.plain", f"{_FOR_READERS} read.lines", "lxml numpy trafilatura"),
    "read.metadata": Layer("winnow.read.metadata", f"{_FOR_READERS} read.html", "lxml"),
    "read": Layer("winnow.read", f"items travels {_READERS}", "numpy trafilatura"),
    "match": Layer("winnow.match", "items travels", "numpy"),
    "archive": Layer("winnow.archive", "items travels search sources match", "numpy sqlite3 sqlite_utils"),
    "marks": Layer("winnow.marks", "items travels", "sqlite3"),
    "sites": Layer("winnow.sites", "items travels sources read.tools", "feedparser idna lxml protego sqlite3"),
    "runs": Layer("winnow.runs", f"{_BELOW_RUNS} marks", "sqlite3"),
    "tell": Layer("winnow.tell", "items travels match archive", "pyarrow sqlite3"),
    "cluster": Layer("winnow.cluster", f"{_BELOW_RUNS} runs", "daft numpy pyarrow ray"),
    "room.search": Layer(
        "winnow.room.search winnow.room.asked winnow.room.filters winnow.room.instead winnow.room.beginnings "
        "winnow.room.kept winnow.room.database",
        "items marks search",
        "sqlite3",
    ),
    "room.saved": Layer(
        "winnow.room.saved_document winnow.room.saved_process winnow.room.sql_process",
        "items travels sources read",
        "lxml sqlite3",
    ),
    "room": Layer(
        "winnow.room",
        "items marks search sources sites room.search room.saved",
        "datasette jinja2 markdown_it markupsafe sqlite3 yaml",
    ),
    "pipelines": Layer("pipelines winnow.pipelines", _BELOW_PIPELINES, "itemadapter scrapy"),
    "crawler": Layer(
        "crawler winnow.crawler",
        f"{_BELOW_PIPELINES} room.search cluster sites pipelines",
        "OpenSSL scrapy service_identity sqlite3 tqdm twisted zope",
    ),
    "program": Layer("winnow.__main__", "crawler"),
    "lab": Layer("lab", f"{_BELOW_PIPELINES} {_READERS} cluster room room.search sites pipelines crawler", "*"),
    "tests": Layer("tests", "*", "*"),
}
EXCEPTIONS = {
    ("winnow/read/plain/bylines.py", "winnow.read.metadata.names"): "names of people are told apart in one place",
}

OWN = {"winnow", "pipelines", "crawler", "lab", "tests"}
SOURCES = {
    str(path.relative_to(PROJECT)): path.read_text("utf-8") for part in OWN for path in PROJECT.glob(f"{part}/**/*.py")
}
_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")
_IMPORTERS = {"import_module", "__import__", "import_extra", "Work"}


class Import(NamedTuple):
    """A module that is imported, or named in a string, and where."""

    line: int
    module: str


@cache
def imports(source: str, path: str) -> list[Import]:
    """Return what a file imports: by statements, relative or not, by calls, and by names of own modules in strings."""
    return sorted(set(_imports(source, path)))


def _imports(source: str, path: str) -> Iterator[Import]:
    package = path.rpartition("/")[0].replace("/", ".")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (Import(node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = _absolute("." * node.level + (node.module or ""), package)
            yield from (Import(node.lineno, _module(origin, alias.name)) for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and _name(node.func) in _IMPORTERS:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield Import(first.lineno, _absolute(first.value, package))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _names_module(node.value):
            yield Import(node.lineno, node.value)


def _absolute(module: str, package: str) -> str:
    """Return a relative name in full; one that leaves the top folder is that of a package beside the importing one."""
    name = module.lstrip(".")
    level = len(module) - len(name)
    parents = package.split(".")
    return ".".join([*parents[: len(parents) - level + 1], *([name] if name else [])]) if level else module


def _module(origin: str, name: str) -> str:
    return f"{origin}.{name}" if _is_module(f"{origin}.{name}") else origin


def _is_module(name: str) -> bool:
    place = PROJECT / name.replace(".", "/")
    return name.partition(".")[0] in OWN and (place.is_dir() or place.with_suffix(".py").is_file())


def _names_module(text: str) -> bool:
    return bool(_DOTTED.fullmatch(text)) and _is_module(".".join(text.split(".")[:2]))


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def layer_of(module: str) -> str | None:
    """Return the layer that a module belongs to; none for the modules of others."""
    named = [(len(begin), layer) for layer in TABLE for begin in TABLE[layer].modules.split()
             if f"{module}.".startswith(f"{begin}.")]  # fmt: skip
    return max(named)[1] if named else None


def offences(source: str, path: str) -> list[str]:
    """Return the imports of a file that the table does not allow, each with file and line."""
    home = _home(path)
    return [
        f"{path}:{line}: {home} must not import {module}" + (f", which is {target}" if target else "")
        for line, module in imports(source, path)
        if not _may(home, module, target := layer_of(module)) and (path, module) not in EXCEPTIONS
    ]


def _home(path: str) -> str:
    home = layer_of(path.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
    assert home, f"{path} belongs to no layer"
    return home


def _may(home: str, module: str, target: str | None) -> bool:
    if target is None:
        library = module.partition(".")[0]
        is_standard = library in sys.stdlib_module_names and library != "sqlite3"
        return is_standard or not {library, "*"}.isdisjoint(TABLE[home].libraries.split())
    return home == target or not {target, "*"}.isdisjoint(TABLE[home].layers.split())


def test_every_import_is_in_the_table() -> None:
    assert [offence for path, source in SOURCES.items() for offence in offences(source, path)] == []


def test_every_exception_is_needed() -> None:
    assert set(EXCEPTIONS) <= {(path, module) for path, _ in EXCEPTIONS for _, module in imports(SOURCES[path], path)}


def test_layers_import_each_other_in_no_circle() -> None:
    arrows: dict[str, set[str]] = {layer: set() for layer in TABLE}
    for path, source in SOURCES.items():
        home = _home(path)
        arrows[home] |= {to for _, module in imports(source, path) if (to := layer_of(module)) and to != home}
    TopologicalSorter(arrows).prepare()


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("winnow/match/made.py", "from winnow.archive.store import Store"),
        ("winnow/match/made.py", "from winnow import archive"),
        ("winnow/match/made.py", "import winnow.archive.store as store"),
        ("winnow/match/made.py", "from ..archive import store"),
        ("winnow/match/made.py", "from .. import archive"),
        ("winnow/match/__init__.py", "from ..archive.store import Store"),
        ("winnow/match/made.py", "def late(): from winnow.archive.store import Store"),
        ("winnow/match/made.py", "import_module('winnow.archive.store')"),
        ("winnow/match/made.py", "importlib.import_module('..archive.store', __package__)"),
        ("winnow/match/made.py", "READER = ('winnow.archive.store', 'Store')"),
        ("winnow/match/made.py", "Work('lab.samples', 'record')"),
        ("winnow/match/made.py", "import sqlite3"),
        ("winnow/match/made.py", "from scrapy import Spider"),
        ("winnow/items.py", "import numpy"),
        ("winnow/items.py", "from winnow.text import tokens"),
        ("winnow/read/html/made.py", "from winnow.read import plain"),
        ("winnow/read/plain/made.py", "from ..html.blocks import Block"),
        ("winnow/read/lines/made.py", "from winnow.read.html.blocks import Block"),
        ("winnow/read/page.py", "from winnow.match.decide import decide"),
        ("winnow/room/made.py", "from winnow.text import one_line"),
        ("winnow/runs/made.py", "import_module('pyarrow')"),
        ("pipelines/made.py", "from crawler.summary import shown"),
        ("crawler/made.py", "from lab.samples import record"),
        ("lab/made.py", "from tests.conftest import SEEDS"),
    ],
)
def test_a_forbidden_import_is_found(path: str, line: str) -> None:
    [offence] = offences(f"# made up\n{line}\n", path)
    assert offence.startswith(f"{path}:2: ")


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("winnow/match/made.py", "from winnow.items import Reason"),
        ("winnow/match/made.py", "from ..text import tokens"),
        ("winnow/match/made.py", "from . import overlap"),
        ("winnow/match/made.py", "import json, numpy as np"),
        ("winnow/match/made.py", "'winnow.archive.store is named in prose'"),
        ("winnow/read/html/made.py", "from winnow.read.lines.line import Line"),
        ("winnow/read/made.py", "from winnow.read import html, plain"),
        ("crawler/commands/made.py", "from ...pipelines.session import Session"),
        ("crawler/made.py", "Work('winnow.sources.containers.batches', 'read_batch')"),
        ("tests/made.py", "from lab.samples import record"),
    ],
)
def test_an_allowed_import_is_none_of_them(path: str, line: str) -> None:
    assert offences(f"# made up\n{line}\n", path) == []
