"""Run the experiments and print a table of what happened.

    python -m lab.torture [--full] [--only NAME …]

The short form takes minutes and is for every change; the full form takes an hour or more. Ends with status 1 if
anything was lost.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from lab.torture import exports, files, fuzz, kills, limits, nights, orders, power, soak, storage, together, workers
from lab.torture.report import Experiment, Scene, head, line

EXPERIMENTS: dict[str, Experiment] = {
    "files": files.hostile_files,
    "moving-files": files.moving_files,
    "workers": workers.faulty_pages,
    "worker-kills": workers.killed_workers,
    "worker-start": workers.broken_start,
    "kills": kills.random_kills,
    "signals": kills.signals,
    "disk-full": storage.disk_full,
    "storage": storage.storage_faults,
    "damaged": storage.damaged_databases,
    "power-loss": power.power_loss,
    "limits": limits.too_little,
    "unseen": nights.unseen_pages,
    "rot": nights.rotten_files,
    "orders": orders.any_order,
    "exports": exports.killed_exports,
    "readers": together.readers,
    "two-runs": together.two_runs,
    "long-crawl": soak.long_crawl,
    "many-runs": soak.many_runs,
    "fuzz": fuzz.fuzz,
}


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="repeat as often as it takes to be sure")
    parser.add_argument("--only", nargs="+", choices=EXPERIMENTS, default=list(EXPERIMENTS), metavar="NAME")
    parser.add_argument("--place", type=Path, help="folder to work in; default: a temporary one")
    args = parser.parse_args()
    lost = False
    print(head(), flush=True)
    with tempfile.TemporaryDirectory(prefix="torture-", dir=args.place, ignore_cleanup_errors=True) as place:
        for name in args.only:
            folder = Path(place, name)
            folder.mkdir()
            clock = time.monotonic()
            for report in EXPERIMENTS[name](Scene(folder, args.full)):
                print(line(report, time.monotonic() - clock), flush=True)
                clock = time.monotonic()
                lost = lost or bool(report.problems)
    sys.exit(lost)


if __name__ == "__main__":
    main()
