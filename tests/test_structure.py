"""The rules of the layout: who may import whom, and that the documents name what the code has."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import crawler.settings
from pipelines.items import Reason
from pipelines.store import Store
from tests.conftest import PROJECT

MODULES = sorted([*PROJECT.glob("pipelines/**/*.py"), *PROJECT.glob("crawler/**/*.py")])


def _imports(module: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_only_the_scrapy_side_imports_scrapy(module: Path) -> None:
    allowed = PROJECT / "crawler" in module.parents or module.name == "item_pipelines.py"
    assert allowed or not _imports(module) & {"scrapy", "twisted", "crawler"}


def test_items_need_the_standard_library_only() -> None:
    assert _imports(PROJECT / "pipelines/items.py") <= {"__future__", "dataclasses", "enum"}


def test_database_page_describes_every_table_column_and_reason(tmp_path: Path) -> None:
    text = (PROJECT / "docs/database.md").read_text(encoding="utf-8")
    store = Store(tmp_path / "articles.db")
    try:
        for table in store.db.tables:
            if table.name.startswith(("_", "articles_fts", "sqlite_")):
                continue
            section = re.search(rf"^## [^\n]*\b{table.name}\b.*?(?=^## |\Z)", text, re.M | re.S)
            assert section, table.name
            for column in table.columns:
                assert f"`{column.name}`" in section[0], f"{table.name}.{column.name}"
    finally:
        store.close()
    for reason in Reason:
        assert f"`{reason}`" in text


def test_readme_describes_every_setting() -> None:
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    source = (PROJECT / "crawler/settings.py").read_text(encoding="utf-8")
    own = source.partition("# --- Winnow's own settings")[2].partition("# --- ")[0]
    names = re.findall(r"^([A-Z_]+) =", own, re.M)
    assert names
    for name in names:
        assert hasattr(crawler.settings, name)
        assert f"`{name}`" in text


def test_no_file_has_outgrown_its_subject() -> None:
    assert {path.name: count for path in MODULES if (count := len(path.read_text().splitlines())) > 440} == {}
