"""What the two training commands share: their arguments, their log, and the files that they write."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from lab.training import data, report
from winnow.read import html as htmlpage
from winnow.read import plain as textpage
from winnow.read.lines.model_file import ModelFile

M = TypeVar("M", textpage.Model, htmlpage.Model)
Log = Callable[[str], None]

WCXB = {
    "version": 1,
    "author": "Murrough Foley, 2026",
    "source": "https://github.com/Murrough-Foley/web-content-extraction-benchmark",
    "licence": "CC BY 4.0",
}


WEB = (
    "news and blog pages of the evaluation data of trafilatura (Apache-2.0, https://github.com/adbar/trafilatura) and"
    " of the parser tests of Fundus (MIT, https://github.com/flairNLP/fundus) and newspaper4k"
    " (MIT, https://github.com/AndyTheFactory/newspaper4k)"
)


@dataclass(frozen=True)
class Trained(Generic[M]):
    """The models by the fold that they have not seen (None: seen all), the pages' sites, and figures out of fold."""

    models: Mapping[int | None, M]
    sites: Iterable[str]
    figures: report.Figures


def arguments(about: str | None) -> argparse.ArgumentParser:
    """Return the parser of a training command; `about` is its help."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with the archives or their folders")
    parser.add_argument("--out", type=Path, help="model file to write; the shipped one if not given")
    parser.add_argument("--folds-out", type=Path, help="folder for one model per fold and the map of sites")
    parser.add_argument("--report", type=Path, help="file for the report's figures (JSON)")
    return parser


def run(args: argparse.Namespace, file: ModelFile[M], train: Callable[[Path, Log], Trained[M]]) -> None:
    """Run a training command as its arguments say; `file` is the model file that it writes if they name no other."""
    begin, out = time.monotonic(), args.out or file.shipped

    def log(message: str) -> None:
        print(f"{time.monotonic() - begin:7.1f} s  {message}", flush=True)

    trained = train(args.data, log)
    report.show(trained.figures)
    whole = trained.models[None]
    file.save(replace(whole, provenance=whole.provenance | {"figures_out_of_fold": trained.figures}), out)
    if args.folds_out:
        for fold in range(data.FOLDS):
            file.save(trained.models[fold], args.folds_out / f"fold{fold}.npz")
        _write(args.folds_out / "folds.json", {site: data.fold_of(site) for site in trained.sites}, indent=0)
    if args.report:
        _write(args.report, trained.figures, indent=1)
    log(f"wrote {out} ({out.stat().st_size / 1e6:.2f} MB)")


def _write(path: Path, value: Any, indent: int) -> None:
    path.write_text(json.dumps(value, indent=indent, sort_keys=True), encoding="utf-8")
