"""What the path on an engine costs beside a crawl, and how its steps grow with the number of pages.

    python -m lab.benchmarks.scale [--margin 300 900] [--sizes 10000 100000] [--candidates 1000000] [--keep DIR]

`--margin`: CPU time that each further page costs, `scrapy crawl` beside `python -m winnow.cluster`, both into
nothing, on that many made-up pages of 150 KB; what a start costs falls out. `--sizes`: the steps after reading, on that
many pages whose reading is made up: a sixth are earlier ones captured again with some paragraphs changed, the others
articles of their own, and every page of a site has one of its two standing paragraphs. Each step is a program of its
own; shown are CPU time, largest process, and what is on the disk afterwards. A million pages take some twenty minutes.
`--candidates`: the joins alone, on made-up sketches of 40 hashes: a third of the pages are captured again, and each has
three hashes of the standing text of one of 200 sites.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

try:
    import pyarrow as pa
except ImportError:
    sys.exit("pyarrow is not installed: pip install '.[cluster]' in the folder of Winnow")

from lab.benchmarks import made
from lab.benchmarks.measured import PROJECT, Usage, crawl, run
from winnow.cluster.engine import import_extra, start
from winnow.cluster.page_row import Row
from winnow.cluster.places import read_folder, write_table
from winnow.cluster.shard_reader import PLACE_BITS, SCHEMA
from winnow.fingerprint import fingerprint
from winnow.items import StartError

SITES = 200
STEPS = ("connect", "gather", "decide")
SHARD_PAGES = 10_000


def margin(few: int, many: int, work: Path) -> None:
    """Print what a further page costs both ways, measured on few and on many pages."""
    used: dict[tuple[str, int], Usage] = {}
    for count in (few, many):
        folder = work / f"pages-{count}"
        made.write(folder, range(count))
        used["crawl", count] = crawl(folder, work / f"{count}.db")
        out = work / f"out-{count}"
        command: list[str | Path] = [sys.executable, "-m", "winnow.cluster", folder, "--out", out]
        used["engine", count] = run(command, PROJECT)
    costs = {way: (used[way, many].cpu - used[way, few].cpu) / (many - few) for way in ("crawl", "engine")}
    for way, cost in costs.items():
        big = used[way, many]
        print(f"{way}: {1000 * cost:.1f} ms of CPU a further page; {many} pages: {big.cpu:.1f} s of CPU, "
              f"{big.wall:.1f} s, {big.sum_mb:.0f} MB in all")  # fmt: skip
    ratio = costs["engine"] / costs["crawl"] if costs["crawl"] else math.nan  # few pages may take no tick more
    print(f"engine / crawl: {ratio:.3f}\n", flush=True)


def rows(count: int) -> Iterator[Row]:
    """Yield so many made-up rows, as if pages had been read."""
    chance = random.Random(1)
    standing = [made.paragraphs(random.Random(-site), 2) for site in range(1, SITES + 1)]
    for number in range(count):
        again = chance.random() < 1 / 6 and number > 0
        own = random.Random(chance.randrange(number) if again else number)
        parts = made.paragraphs(own, own.randint(5, 12))
        if again:
            parts[-1] = made.sentence(chance, 30)
        parts.append(standing[own.randrange(SITES)][chance.randrange(2)])
        text = "\n\n".join(parts)
        found = fingerprint(text)
        yield {
            "path": f"{number:09}.html", "root": "/made", "sha256": hashlib.sha256(b"%d" % number).hexdigest(),
            "size": 100_000, "modified": "2024-01-01T00:00:00+00:00", "media_type": "text/html", "encoding": "utf-8",
            "title": parts[0][:60], "text": text, "words_sha256": found.digest, "word_count": found.word_count,
            "sketch": found.sketch, "confidence": 0.9,
        }  # fmt: skip


def make(out: Path, count: int) -> None:
    """Write the shards of a job as if they had been read, and that its tables are begun."""
    made_up, number = rows(count), 0
    out.mkdir(parents=True, exist_ok=True)
    (out / "tables.json").write_text(json.dumps({"plan": "made"}), encoding="utf-8")
    for shard, begin in enumerate(range(0, count, SHARD_PAGES)):
        batch: list[dict[str, Any]] = []
        for number, row in zip(range(min(SHARD_PAGES, count - begin)), made_up, strict=False):
            batch.append({"place": (shard << PLACE_BITS) + number, **row})
        write_table(str(out / "steps/read" / f"{shard:06}.parquet"), pa.Table.from_pylist(batch, schema=SCHEMA))


def step(name: str, out: Path) -> None:
    """Run one step of a job, in a process made for that."""
    start("native", None)
    files = sorted(map(str, (out / "steps/read").glob("*.parquet")))
    job, steps = import_module("winnow.cluster.job").ClusterJob(str(out), 0), str(out / "steps/made")
    if name == "connect":
        job.connect(files, steps, lambda line: print(line, file=sys.stderr))
    elif name == "gather":
        job.gather(files, steps)
    else:
        job.decide("made", steps, {"/made": "made"}, lambda line: None)


def growth(count: int, out: Path) -> None:
    """Print what the steps cost on so many pages."""
    make(out, count)
    print(f"{count} pages; read: {_mb(out / 'steps/read'):.0f} MB")
    for name in STEPS:
        used = run([sys.executable, "-m", "lab.benchmarks.scale", "--step", name, out], PROJECT)
        print(f"  {name}: {used.cpu:.1f} s of CPU ({1e6 * used.cpu / count:.0f} µs a page), {used.wall:.1f} s, "
              f"largest process {used.largest_mb:.0f} MB")  # fmt: skip
    matches = len(read_folder(str(out / "steps/made/matches"), ["id"]))
    sizes = ", ".join(f"{place.name} {_mb(place):.0f}" for place in sorted(out.iterdir()) if place.is_dir())
    endings = json.loads((out / "tables.json").read_text())["endings"]
    print(f"  {matches} matches; {endings}\n  MB: {sizes}; buckets {_mb(out / 'steps/made/buckets'):.0f}\n", flush=True)


def candidates(count: int) -> None:
    """Run the joins that find pairs to compare among so many made-up sketches, in a process made for that."""
    start("native", None)
    daft, joins = import_module("daft"), import_module("winnow.cluster.joins")
    chance = np.random.default_rng(1)
    sketches = chance.integers(-(2**31), 2**31, (count, 40))
    again = np.arange(count - count // 3, count)
    sketches[again, :25] = sketches[chance.integers(0, count, len(again)), :25]
    sketches[:, 37:] = chance.integers(0, SITES, count)[:, None] * 3 + np.arange(3)
    hashes = pa.FixedSizeListArray.from_arrays(pa.array(sketches.ravel(), pa.int32()), 40).cast(pa.list_(pa.int32()))
    numbers = pa.array(range(1, count + 1), pa.int64())
    pages = pa.table({"id": numbers, "word_count": pa.array([400] * count, pa.int64()), "sketch": hashes})
    begin = time.process_time()
    pairs = joins.candidates(daft.from_arrow(pages), count).count_rows()
    cpu = time.process_time() - begin
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count} sketches: {pairs} pairs, {cpu:.1f} s of CPU ({1e6 * cpu / count:.0f} µs a page, "
          f"{1e6 * cpu / max(pairs, 1):.0f} µs a pair), largest process {largest:.0f} MB", flush=True)  # fmt: skip


def _mb(place: Path) -> float:
    return sum(path.stat().st_size for path in place.rglob("*") if path.is_file()) / 1e6


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--margin", type=int, nargs=2, metavar=("FEW", "MANY"))
    parser.add_argument("--sizes", type=int, nargs="*", default=[], metavar="N")
    parser.add_argument("--candidates", type=int, nargs="*", default=[], metavar="N")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="work in this folder and leave it")
    parser.add_argument("--step", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        if given.step[0] == "candidates":
            candidates(int(given.step[1]))
        else:
            step(given.step[0], Path(given.step[1]))
        return
    try:
        import_extra("daft", "cluster")
    except StartError as error:
        sys.exit(str(error))
    with tempfile.TemporaryDirectory(prefix="winnow-") as temporary:
        work = given.keep or Path(temporary)
        if given.margin:
            few, many = given.margin
            margin(few, many, work)
        for count in given.sizes:
            growth(count, work / f"made-{count}")
    for count in given.candidates:
        subprocess.run([sys.executable, "-m", "lab.benchmarks.scale", "--step", "candidates", str(count)], check=True)


if __name__ == "__main__":
    main()
