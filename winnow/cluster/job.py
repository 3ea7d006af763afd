"""A whole job, step after step; a step whose results are there already is left out.

PLAN is a digest of the shards and of the size of the buckets.

steps/read/SHARD.parquet      what each page of a shard says on its own
steps/PLAN/pages.parquet      the number of each page, in the order of all, and the bucket that it is decided in
steps/PLAN/matches/…          pairs of pages that carry the same article, a file for each bucket
steps/PLAN/buckets/…          what each page says, a folder for each bucket
pages, articles, …            the tables of a database, a file for each bucket
"""

from __future__ import annotations

import json
import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import partial
from hashlib import sha256
from typing import Any

import daft
import numpy as np
import pyarrow as pa
from daft import col

from winnow.archive.sources import named
from winnow.cluster import joins
from winnow.cluster.connections import buckets, components, merged, order, revisits
from winnow.cluster.engine import each, tries
from winnow.cluster.places import (
    as_pattern,
    below,
    exists,
    names_in,
    read_folder,
    read_metadata,
    read_table,
    read_text,
    remove,
    write_table,
    write_text,
)  # fmt: skip
from winnow.cluster.shard_reader import CONTAINERS, CONTAINERS_READ, PASSED_OVER, SHARDS, read_shard
from winnow.cluster.sources import Shard, list_sources, shards
from winnow.cluster.verdicts import TABLES, decide_bucket
from winnow.corrections import Correction
from winnow.fingerprint import PARAMETERS
from winnow.items import MAX_PAGE_BYTES, StartError
from winnow.kinds import EVERY_KIND, Kinds, told
from winnow.runs.versions import versions
from winnow.sources.containers import check, kind_of
from winnow.sources.containers.records import ContainerOptions

logger = logging.getLogger(__name__)

_CORRECTIONS = pa.schema([(each.name, pa.string()) for each in fields(Correction)])


@dataclass(frozen=True, slots=True)
class ClusterJob:
    """Where the results go and how the work is cut; `out` is a folder or a URI of an object store.

    `workers` are the worker processes of each machine (0: one a core), `shard_pages` the files read together,
    `bucket_pages` the pages decided together, all of which are in the memory of one process. `max_page_bytes`,
    `fields`, `kinds` and `keep_comments` are what a crawl calls MAX_PAGE_BYTES, JSONL_FIELDS, KINDS and KEEP_COMMENTS.
    The `corrections` go before what the pages say, and become a table of their own.
    """

    out: str
    workers: int
    shard_pages: int = 1000
    bucket_pages: int = 20_000
    max_page_bytes: int = MAX_PAGE_BYTES
    fields: Mapping[str, str] = field(default_factory=dict)
    kinds: Kinds = EVERY_KIND
    keep_comments: bool = False
    corrections: tuple[Correction, ...] = ()

    def run(self, places: Sequence[str], say: Callable[[str], None] = logger.info) -> Counter[str]:
        """Read all pages, decide on them, and return the number of pages by reason; `say` is told the progress.

        Raises `StartError` if there is no file or no page, or if `out` holds results made with other parameters;
        `WinnowError` if the engine failed `TRIES` times at one step.
        """
        passed = Counter[str]()
        plan = list(shards(list_sources(places, passed), self.shard_pages))
        if not plan:
            raise StartError(f"there is no file in {', '.join(places)}: name a folder or file with pages")
        for shard in plan:
            check(kind_of(shard.sources[0].path))  # a file that is named like a container is a shard of its own
        self._check()
        cut = "".join([*(shard.name for shard in plan), f"-{self.bucket_pages}"])
        name = sha256(cut.encode()).hexdigest()[:16]
        if self._endings(name) is None:
            steps = below(self.out, "steps", name)
            self._read(plan, say)
            files = [self._read_file(shard) for shard in plan]
            self.connect(files, steps, say)
            self.gather(files, steps)
            sources = named(source.root for shard in plan for source in shard.sources)
            self._begin_tables(name, files, sources, passed)
            self.decide(name, steps, sources, say)
        return Counter(self._endings(name))

    def skipped(self) -> Counter[str]:
        """Return how many files and records of the job were passed over, by reason, once their tables are begun."""
        counted = Counter[str](json.loads(read_text(self._about)).get("skipped", {}))
        for passed in read_folder(below(self.out, "containers"), ["passed"])["passed"].to_pylist():
            counted.update(json.loads(passed))
        return counted

    @property
    def _about(self) -> str:
        return below(self.out, "tables.json")

    def _is_begun(self, plan: str) -> bool:
        """Return whether the tables are those of this plan."""
        return exists(self._about) and json.loads(read_text(self._about)).get("plan") == plan

    def _endings(self, plan: str) -> dict[str, int] | None:
        """Return the number of pages of this plan by reason; None until all are decided."""
        return json.loads(read_text(self._about)).get("endings") if self._is_begun(plan) else None

    def _check(self) -> None:
        """Raise `StartError` if `out` holds results that were made with other parameters."""
        place = below(self.out, "job.json")
        options = {
            "max_page_bytes": self.max_page_bytes,
            "fields": dict(self.fields),
            "kinds": told(self.kinds),
            "keep_comments": self.keep_comments,
        }
        if self.corrections:
            lines = "\n".join(each.line() for each in self.corrections)
            options["corrections"] = sha256(lines.encode(errors="surrogatepass")).hexdigest()
        same = {"parameters": PARAMETERS, "options": options, "shards": SHARDS}
        if not exists(place):
            write_text(place, json.dumps({**same, "versions": versions()}, indent=2))
        elif not same.items() <= json.loads(read_text(place)).items():
            raise StartError(f"{self.out} was made with other parameters: name another folder with --out")

    def _read_file(self, shard: Shard) -> str:
        return below(self.out, "steps", "read", f"{shard.name}.parquet")

    def _read(self, plan: Sequence[Shard], say: Callable[[str], None]) -> None:
        """Read the shards that have not been read."""
        for attempt in tries("reading the pages"):
            done = set(names_in(below(self.out, "steps", "read")))
            missing = [shard for shard in plan if f"{shard.name}.parquet" not in done]
            say(f"{len(plan)} shards, {len(missing)} to read")
            with attempt:
                if missing:
                    each([shard.as_json() for shard in missing], partial(_read_one, job=self))

    def connect(self, files: Sequence[str], steps: str, say: Callable[[str], None]) -> None:
        """Number the pages, find which of them match, and share them out to buckets that no match crosses."""
        if exists(below(steps, "pages.parquet")):
            return
        places = pa.concat_tables([read_table(file, ["place"]) for file in files])["place"].to_numpy()
        if not len(places):
            raise StartError("there is no page: all files are parts of pages, stand beside pages, or hold none")
        ids = order(places)
        say(f"{len(ids)} pages")
        for attempt in tries("comparing the pages"):
            with attempt:
                names = ("place", "sha256", "words_sha256", "word_count", "sketch", "text")
                pages = daft.read_parquet([as_pattern(file) for file in files]).select(*names)
                pages = pages.join(daft.from_arrow(pa.table({"place": places, "id": ids})), on="place")
                same = joins.same_pages(pages.select("id", "sha256", "words_sha256")).collect()
                distinct = pages.join(same.where(col("first") == col("id")).select("id"), on="id", how="semi")
                pairs = joins.candidates(distinct.select("id", "word_count", "sketch"), len(ids)).collect()
                say(f"{len(pairs)} pairs to compare")
                found = joins.matches(pairs, distinct.select("id", "word_count", "text"))
                twins = same.to_arrow()
        one, other = _edges(found, twins, revisits(files, ids), merged(files, ids, self.corrections))
        bucket = buckets(components(len(ids), one, other)[1:], self.bucket_pages)
        _write_matches(below(steps, "matches"), found, bucket[found["id"].to_numpy() - 1])
        write_table(below(steps, "pages.parquet"), pa.table({"place": places, "id": ids, "bucket": bucket[ids - 1]}))

    def gather(self, files: Sequence[str], steps: str) -> None:
        """Write the pages of each bucket to a folder of its own."""
        if exists(below(steps, "gathered")):
            return
        for attempt in tries("sorting the pages"):
            remove(below(steps, "buckets"))
            with attempt:  # files that a dead worker has left are removed when all are written
                numbers = daft.read_parquet(as_pattern(below(steps, "pages.parquet")))
                pages = daft.read_parquet([as_pattern(file) for file in files]).join(numbers, on="place")
                place = below(steps, "buckets")
                pages.write_parquet(place, compression="zstd", write_mode="overwrite", partition_cols=["bucket"])
        write_text(below(steps, "gathered"), "")

    def _begin_tables(self, plan: str, files: Sequence[str], sources: Mapping[str, str], passed: Counter[str]) -> None:
        """Remove the tables of an earlier plan, which had other pages, and write the table of the containers.

        `passed` counts what the listing has passed over, by reason; what shards have passed over is added to it.
        """
        if self._is_begun(plan):
            return
        write_text(self._about, "{}")  # from here on `scrapy load` refuses the folder
        for table in (*TABLES, "sketches"):
            remove(below(self.out, table))
        told = [read_metadata(file) for file in files]
        for shard in told:
            passed.update(json.loads(shard[PASSED_OVER.encode()]))
        rows = [row for shard in told for row in json.loads(shard[CONTAINERS_READ.encode()])]
        rows = [row | {"source": sources[row["root"]]} for row in rows]
        write_table(below(self.out, "containers", "000000.parquet"), pa.Table.from_pylist(rows, schema=CONTAINERS))
        said = [each.row() for each in self.corrections]
        write_table(below(self.out, "corrections", "000000.parquet"), pa.Table.from_pylist(said, schema=_CORRECTIONS))
        write_text(self._about, json.dumps({"plan": plan, "skipped": passed}))

    def decide(self, plan: str, steps: str, sources: Mapping[str, str], say: Callable[[str], None]) -> None:
        """Decide on the pages of each bucket; `sources` has the names of the sources, by root."""
        names = names_in(below(steps, "buckets"))
        for attempt in tries("deciding on the pages"):
            done = set(names_in(below(self.out, "sketches")))
            missing = [name for name in names if f"{_number(name):06}.parquet" not in done]
            say(f"{len(names)} buckets, {len(missing)} to decide on")
            with attempt:
                if missing:
                    decide = partial(_decide_one, out=self.out, sources=sources, corrections=self.corrections)
                    each(missing, partial(decide, steps=steps))
        endings = Counter(read_folder(below(self.out, "pages"), ["reason"])["reason"].to_pylist())
        about = {**json.loads(read_text(self._about)), "endings": endings}
        write_text(self._about, json.dumps(about))


def _read_one(text: str, job: ClusterJob) -> int:
    shard = Shard.from_json(text)
    options = ContainerOptions(job.max_page_bytes, job.fields)
    wanted = {"kinds": job.kinds, "with_comments": job.keep_comments, "corrections": job.corrections}
    return read_shard(shard, job._read_file(shard), job.workers, options, **wanted)


def _decide_one(
    name: str, steps: str, out: str, sources: Mapping[str, str], corrections: tuple[Correction, ...]
) -> int:
    rows = read_folder(below(steps, "buckets", name)).sort_by("id").to_pylist()
    matches = defaultdict[int, list[tuple[int, int]]](list)
    place = below(steps, "matches", f"{_number(name):06}.parquet")
    if exists(place):
        for row in read_table(place).to_pylist():
            matches[row["id"]].append((row["other"], row["shared"]))
    return sum(decide_bucket(rows, matches, out, f"{_number(name):06}", sources, corrections).values())


def _number(name: str) -> int:
    return int(name.removeprefix("bucket="))


def _edges(found: Any, twins: Any, *more: Any) -> tuple[Any, Any]:
    """Return pairs of pages that must be decided together: matches, the same bytes or words, and `more` such pairs."""
    pairs = [(each["id"], each["other"]) for each in (found, *more)]
    for name in ("twin", "first"):
        known = twins.filter(twins[name].is_valid())
        pairs.append((known["id"], known[name]))
    one, other = zip(*pairs, strict=True)
    return tuple(np.concatenate([part.to_numpy().astype(np.int64) for part in side]) for side in (one, other))  # type: ignore[return-value]


def _write_matches(place: str, found: Any, bucket: Any) -> None:
    """Write the matches of each bucket to a file of its own."""
    if not len(found):
        return
    by_bucket = np.argsort(bucket, kind="stable")
    found, bucket = found.take(by_bucket), bucket[by_bucket]
    begins = np.flatnonzero(np.append(True, bucket[1:] != bucket[:-1]))
    for begin, end in zip(begins, [*begins[1:], len(bucket)], strict=True):
        write_table(below(place, f"{bucket[begin]:06}.parquet"), found.slice(begin, end - begin))
