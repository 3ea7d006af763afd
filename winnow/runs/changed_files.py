"""Tell the files that must be read from those that have not changed since they were last read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from winnow.decision import KnownFile
from winnow.runs.run import Run
from winnow.sources.beside import passed_by_look
from winnow.sources.containers import KIND_NAMED, ContainerKind, begin_in, kind_of
from winnow.sources.folder import SeedFile, Skipped

LOOKUP_BATCH = 500  # files looked up in the database by one query

Changed = tuple[SeedFile, ContainerKind | None]  # a file, and what kind of container it was when it was last read
_State = tuple[str, str, int | None, str | None]  # root, path, size and modification time of a file


def changed_files(seeds: Sequence[SeedFile], run: Run) -> list[Changed | Skipped]:
    """Return the files that must be read; count the others, which have not changed since they were last read.

    Three queries look up all the files, so pass some `LOOKUP_BATCH` at a time. Containers are always returned, those
    that have not changed with their kind, files that were forgotten never; files that were passed over and have not
    changed are passed over again. Of the other files that have not changed, the run says which are read anew. No file
    is opened.
    """
    known: dict[tuple[str, str], KnownFile] = {}
    containers: dict[_State, str] = {}
    passed: dict[_State, str] = {}
    for root, group in groupby(seeds, lambda seed: seed.root):
        paths = [seed.path for seed in group]
        known |= {(root, path): row for path, row in run.known_files(root, paths).items()}
        containers |= {(root, *state): kind for state, kind in run.known_containers(root, paths).items()}
        passed |= {(root, *state): why for state, why in run.known_passed(root, paths).items()}
    changed: list[Changed | Skipped] = []
    unchanged = []
    for seed in seeds:
        row, state = known.get((seed.root, seed.path)), (seed.size, seed.modified)
        is_same = bool(row and row.is_settled and seed.modified and (row.size, row.modified) == state)
        if row and (row.is_forgotten or (is_same and not run.is_due(seed.path, row.seen))):
            unchanged.append((row.page_id, row.modified, seed.root))
        elif (why := passed.get((seed.root, seed.path, *state))) and not seed.is_named:
            changed.append(Skipped(seed.path, why))
        else:
            kind = KIND_NAMED.get(containers.get((seed.root, seed.path, *state), ""))
            changed.append((replace(seed, anew=is_same), kind))
    if unchanged:
        run.skip_unchanged(unchanged)
    return changed


def with_kinds(changed: Iterable[Changed | Skipped]) -> Iterator[Changed | Skipped]:
    """Yield the files, each with its kind of container if it is one; those that have changed are looked at.

    What is no page as it begins is `Skipped`, unless a person has named the very file.
    """
    for each in changed:
        yield each if isinstance(each, Skipped) else _looked_at(*each)


def _looked_at(seed: SeedFile, known: ContainerKind | None) -> Changed | Skipped:
    if known:
        return seed, known
    begin = begin_in(seed.file)
    kind = kind_of(seed.path, begin) if seed.size else None
    why = None if kind or seed.is_named else passed_by_look(seed.path, begin, seed.size)
    return Skipped(seed.path, why, seed=seed) if why else (seed, kind)
