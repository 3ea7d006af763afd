"""Files packed in members or frames: damage to one of them costs its record, and no other."""

from __future__ import annotations

import io

import pytest

from tests.archive_samples import ARCHIVES
from tests.records import LIMIT
from winnow.items import Reason
from winnow.sources.containers import kind_of, records
from winnow.sources.containers.records import BEGINNING, ContainerOptions, Item, Place, Record

_PACKED = ["old.arc.gz", "plain.warc.zst", "shared.warc.zst", "packed.warc.zst"]
_MAGIC = {"arc.gz": b"\x1f\x8b\x08", "warc.zst": b"\x28\xb5\x2f\xfd"}


def _read(name: str, data: bytes, start: Place = BEGINNING) -> list[Item]:
    kind = kind_of(name, data)
    assert kind
    return list(records(io.BytesIO(data), kind, ContainerOptions(LIMIT), start))


def _pages(items: list[Item]) -> list[bytes]:
    return [item.page.body for item in items if isinstance(item, Record) and not item.page.problem]


def _begins(name: str, data: bytes) -> list[int]:
    """Return where the members begin that hold the records."""
    magic = _MAGIC[name.partition(".")[2]]
    found = [at for at in range(len(data)) if data.startswith(magic, at)]
    return found[1:] if name.startswith("packed") else found  # the dictionary is packed, too


@pytest.mark.parametrize("name", _PACKED)
def test_behind_a_damaged_member_the_next_one_is_read(name: str) -> None:
    data = ARCHIVES[name].data
    first, second = _pages(_read(name, data))
    begins = _begins(name, data)
    at = begins[1] + 8  # no block of a member begins so
    broken = data[:at] + b"\xff" * 60 + data[at + 60 :]
    items = _read(name, broken)
    assert _pages(items) == [second]
    [problem] = [item.page for item in items if isinstance(item, Record) and item.page.problem]
    assert problem.problem
    assert problem.problem.reason is Reason.UNREADABLE
    assert problem.problem.detail.endswith(f"; {begins[2] - begins[1]:,} packed bytes passed over")
    assert first not in _pages(items)
    assert len({item.page.path for item in items if isinstance(item, Record)}) == 2
    assert items == _read(name, broken)


@pytest.mark.parametrize("name", _PACKED)
def test_member_that_is_cut_off_costs_itself_alone(name: str) -> None:
    data = ARCHIVES[name].data
    begins = _begins(name, data)
    first, _ = _pages(_read(name, data))
    items = _read(name, data[: begins[2] + 100])
    assert _pages(items) == [first]
    assert [item.page.problem is not None for item in items if isinstance(item, Record)] == [False, True]


@pytest.mark.parametrize("name", _PACKED[1:])
def test_file_that_grew_behind_damage_is_read_on_where_it_ended(name: str) -> None:
    data = ARCHIVES[name].data
    at = _begins(name, data)[1] + 8
    broken = data[:at] + b"\xff" * 60 + data[at + 60 :]
    last = _read(name, broken)[-1]
    assert last.after
    third = data[_begins(name, data)[1] : _begins(name, data)[2]]
    items = _read(name, broken + third, last.after)
    assert _pages(items) == _pages(_read(name, data))[:1]
    assert items == _read(name, broken + third)[-1:]
