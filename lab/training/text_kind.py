"""Train the model of the kinds of captures, cross-validate it by site, report, and write the model file.

    python -m lab.training.text_kind --data FOLDER [--out FILE] [--folds-out FOLDER]

FOLDER holds `text-dev`, `types-dev`, `web-dev` (folders or archives). The figures are out of fold.
"""

from __future__ import annotations

from lab.training import data, text_sets
from lab.training.command import WCXB
from lab.training.kind import Facts, arguments, train
from winnow.model_files import TEXT_KIND
from winnow.read.lines import features
from winnow.read.lines.line import split_lines
from winnow.read.lines.views import view
from winnow.read.plain.kind import facts_of

PROVENANCE = WCXB | {"what": "Winnow model of kinds of captures", "command": "python -m lab.training.text_kind"}


def facts_in(text: str) -> Facts:
    """Return the signs and the words of a capture."""
    page = view(split_lines(text))
    return facts_of(page, features.plain(page))


def main() -> None:
    """Run the command."""
    args = arguments(__doc__, TEXT_KIND.shipped).parse_args()
    articles = [(row | {"set": row["rendering"]}, text) for row, text in data.load(args.data)]
    pages = [*articles, *text_sets.web(args.data), *text_sets.kinds(args.data)]
    train([({"type": "article"} | row, facts_in(text)) for row, text in pages if text.strip()], PROVENANCE, args)


if __name__ == "__main__":
    main()
