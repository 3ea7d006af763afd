"""The parts of the path on an engine that need none: places, connected pages, shards, sources."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winnow.cluster import places
from winnow.cluster.connections import buckets, components, order
from winnow.cluster.sources import Shard, Source, list_sources, page_of, shards
from winnow.items import StartError


def test_numbers_go_by_place() -> None:
    assert order(np.array([7, 3, 9, 1])).tolist() == [3, 2, 4, 1]


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 30)), max_size=60))
def test_connected_pages_have_one_number(edges: list[tuple[int, int]]) -> None:
    one, other = (np.array([edge[side] for edge in edges], np.int64) for side in (0, 1))
    groups = {number: {number} for number in range(31)}
    for first, second in edges:
        together = groups[first] | groups[second]
        groups.update(dict.fromkeys(together, together))
    assert components(30, one, other).tolist() == [min(groups[number]) for number in range(31)]


@given(st.lists(st.integers(0, 40), min_size=1, max_size=80), st.integers(1, 10))
def test_a_bucket_cuts_no_component(labels: list[int], size: int) -> None:
    found = buckets(np.array(labels), size)
    by_label = {label: {bucket for other, bucket in zip(labels, found.tolist(), strict=True) if other == label}
                for label in labels}  # fmt: skip
    assert all(len(chosen) == 1 for chosen in by_label.values())
    for bucket in set(found.tolist()):
        held = [label for label, other in zip(labels, found.tolist(), strict=True) if other == bucket]
        assert len(held) <= size + max(held.count(label) for label in held)


def test_a_shard_comes_back_from_its_json_and_changes_its_name_with_its_files() -> None:
    source = Source("a\\xff.html", "/pages", "/pages/a\udcff.html", 3, "2024-01-01T00:00:00+00:00")
    shard = Shard(7, (source,))
    assert Shard.from_json(shard.as_json()) == shard
    assert shard.name.startswith("000007-")
    assert Shard(7, (Source("a", "/pages", "/pages/a", 4, None),)).name != shard.name


def test_sources_are_listed_in_the_order_of_a_crawl_and_cut_where_a_container_stands(tmp_path: Path) -> None:
    for name in ("b.html", "a/1.html", "a.html", "m.jsonl", "z.html", ".hidden"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    cut = [[source.path for source in shard.sources] for shard in shards(list_sources([str(tmp_path)]), 2)]
    assert cut == [["a.html", "a/1.html"], ["b.html"], ["m.jsonl"], ["z.html"]]
    with pytest.raises(StartError, match="given twice"):
        list(list_sources([str(tmp_path), str(tmp_path / "b.html")]))


def test_files_of_an_object_store_are_those_of_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    (folder / "a").mkdir(parents=True)
    for name in ("b c%41#.html", "a/1.html", "a.html", ".hidden"):
        (folder / name).write_text(name, encoding="utf-8")
    local, remote = list(list_sources([str(folder)])), list(list_sources([folder.as_uri()]))
    assert [source.path for source in remote] == [source.path for source in local]
    assert [page_of(source, 100).body for source in remote] == [b"a.html", b"a/1.html", b"b c%41#.html"]
    assert [source.path for source in list_sources([(folder / "a.html").as_uri()])] == ["a.html"]
    assert str(page_of(remote[0], 3).problem).startswith("Rejection(reason=<Reason.TOO_LARGE")
    with pytest.raises(StartError, match="does not exist"):
        list(list_sources([(folder / "gone").as_uri()]))
    with pytest.raises(StartError, match="cannot be reached"):
        places.resolved("nowhere://bucket/pages")
    with pytest.raises(StartError, match="told by the environment"):
        places.resolved("s3://bucket/pages?endpoint_override=store.example")
