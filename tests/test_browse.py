"""Datasette opens the database with our metadata, and its pages answer."""

from __future__ import annotations

import asyncio
import warnings
from pathlib import Path

import pytest
import yaml

from tests.conftest import PROJECT, Crawl

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # datasette 0.65 imports pkg_resources-era modules
    from datasette.app import Datasette

PAGES = ["/", "/articles", "/articles/articles", "/articles/articles/1", "/articles/pages", "/articles/runs"]


@pytest.mark.filterwarnings("ignore")
def test_pages_answer(crawl: Crawl, tmp_path: Path) -> None:
    crawl(database=tmp_path / "articles.db")
    metadata = yaml.safe_load((PROJECT / "metadata.yaml").read_text(encoding="utf-8"))
    datasette = Datasette([str(tmp_path / "articles.db")], metadata=metadata)

    async def statuses() -> dict[str, int]:
        await datasette.invoke_startup()
        return {page: (await datasette.client.get(page)).status_code for page in PAGES}

    assert asyncio.run(statuses()) == dict.fromkeys(PAGES, 200)
