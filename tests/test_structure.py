"""The rules of the layout: files and functions stay small, and the documents name what the code has."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from scrapy.settings import default_settings

import crawler.settings
from tests.conftest import PROJECT
from winnow.archive.store import Store
from winnow.items import Reason
from winnow.runs.options import RunOptions

PARTS = ("winnow", "pipelines", "crawler", "lab", "tests")
MODULES = sorted(path for part in ("winnow", "pipelines", "crawler") for path in PROJECT.glob(f"{part}/**/*.py"))


def test_database_page_describes_every_table_column_and_reason(tmp_path: Path) -> None:
    text = (PROJECT / "docs/database.md").read_text(encoding="utf-8")
    store = Store(tmp_path / "articles.db")
    try:
        for table in store.db.utils.tables:
            if re.match("_|sqlite_|(articles|refused_texts)_(fts|search)", table.name):
                continue
            section = re.search(rf"^## [^\n]*\b{table.name}\b.*?(?=^## |\Z)", text, re.M | re.S)
            assert section, table.name
            for column in table.columns:
                assert f"`{column.name}`" in section[0], f"{table.name}.{column.name}"
    finally:
        store.close()
    for reason in Reason:
        assert f"`{reason}`" in text


def _rows(heading: str) -> list[list[str]]:
    """Return the cells of a table's rows in the page about settings; names and defaults stand in backticks."""
    text = (PROJECT / "docs/settings.md").read_text(encoding="utf-8")
    section = text.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return [line.strip("| ").split(" | ") for line in re.findall(r"^\| `.*$", section, re.M)]


@pytest.mark.parametrize(("part", "heading"), [("Winnow's own settings", "Winnow's own"), ("Live sites", "Live sites")])
def test_settings_page_has_every_setting_with_its_default(part: str, heading: str) -> None:
    source = (PROJECT / "crawler/settings.py").read_text(encoding="utf-8")
    own = source.partition(f"# --- {part}")[2].partition("# --- ")[0]
    names = re.findall(r"^([A-Z_]+)(?:: .+)? = ", own, re.M)
    rows = _rows(heading)
    assert names
    assert [row[0] for row in rows] == [f"`{name}`" for name in names]
    assert [row[1] for row in rows] == [f"`{getattr(crawler.settings, name)}`" for name in names]
    assert {len([cell for cell in row if cell.strip()]) for row in rows} == {5}


def test_settings_page_has_every_setting_of_scrapy_that_is_changed() -> None:
    headings = ("Scrapy's, where they matter here", "Better left alone", "Winnow's own", "Live sites")
    rows = [row for heading in headings for row in _rows(heading)]
    named = {name for row in rows for name in re.findall("`([A-Z_]+)`", row[0])}
    assert {name for name in vars(crawler.settings) if name.isupper()} <= named
    for name, default, *_ in _rows("Scrapy's, where they matter here"):
        if default.startswith("`"):
            known = getattr(crawler.settings, name.strip("`"), None)
            value = getattr(default_settings, name.strip("`")) if known is None else known
            assert default == f"`{value}`", name


def test_settings_are_recorded_with_each_run() -> None:
    own = {row[0].strip("`") for row in _rows("Winnow's own")}
    assert set(RunOptions().recorded()) == own - {"DATABASE"}


def test_pipeline_page_names_every_module() -> None:
    text = (PROJECT / "docs/pipeline.md").read_text(encoding="utf-8")
    rooms = ("winnow", "runs", "archive", "match", "tell", "sites", "fetch", "pipelines", "crawler")
    modules = [path for path in MODULES if path.parent.name in rooms and path.name != "__init__.py"]
    assert {path.name for path in modules if path.name not in text} == set()
    folders = [PROJECT / part for part in (*PARTS, "seeds")]
    there = [f"/{path.relative_to(PROJECT)}" for folder in folders for path in (folder, *folder.rglob("*"))]
    for named in re.findall(r"(?<![\w-])(?:[a-z_]+/)*[a-z_]+\.py\b|(?<![\w-])(?:[a-z_]+/)+", text):
        assert any(place.endswith(f"/{named.rstrip('/')}") for place in there), named


def test_no_file_has_outgrown_its_subject() -> None:
    lengths = {str(path.relative_to(PROJECT)): len(path.read_text("utf-8").splitlines())
               for part in PARTS for path in PROJECT.glob(f"{part}/**/*.py")}  # fmt: skip
    assert {path: length for path, length in lengths.items() if length > 400} == {}


def test_functions_are_short() -> None:
    lengths = {f"{path.relative_to(PROJECT)}:{node.lineno} {node.name}": 1 + (node.end_lineno or 0) - node.lineno
               for path in MODULES for node in ast.walk(ast.parse(path.read_text("utf-8")))
               if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}  # fmt: skip
    assert {name: length for name, length in lengths.items() if length > 60} == {}
    assert sorted(lengths.values())[len(lengths) * 9 // 10] <= 20
