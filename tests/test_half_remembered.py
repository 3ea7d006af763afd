"""What people half remember is found on the first page."""

from __future__ import annotations

from pathlib import Path

from lab.benchmarks import half_remembered


def test_half_remembered_articles_are_found_on_the_first_page(tmp_path: Path) -> None:
    database = tmp_path / "articles.db"
    found = half_remembered.measure(database, half_remembered.make(database, half_remembered.FILLERS))
    assert len(found) == 60
    assert sum(sought.place > 0 for sought in found) >= 54, [each.typed for each in found if not each.place]
