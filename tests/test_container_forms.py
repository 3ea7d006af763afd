"""The benchmark of containers writes the same pages in each form."""

from __future__ import annotations

from pathlib import Path

import pytest

from lab.benchmarks import containers
from winnow.sources.containers import kind_in, records
from winnow.sources.containers.records import ContainerOptions, Record


@pytest.mark.parametrize("form", [*containers.FORMS][1:])
def test_each_form_of_container_holds_the_pages_that_the_files_are(form: str, tmp_path: Path) -> None:
    files = containers.write(tmp_path, "files", 300_000, distinct=2)
    expected = [each.read_bytes() for each in sorted(files.rglob("*.html"))]
    assert len(expected) > 2
    assert expected[0] == expected[2]
    place = containers.write(tmp_path, form, 300_000, distinct=2)
    found = []
    for each in sorted(place.rglob("*.mhtml")) if place.is_dir() else [place]:
        kind = kind_in(each.name, str(each))
        assert kind
        with open(each, "rb") as file:
            found += [item.page.body for item in records(file, kind, ContainerOptions()) if isinstance(item, Record)]
    assert found == expected
