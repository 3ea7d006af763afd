"""Write the names of months and weekdays from the Unicode CLDR, as Babel has it, into the language files.

python -m lab.calendar_names
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from winnow.read.words import FOLDER

# Languages that the CLDR has in two scripts, or under another code.
SCRIPTS = {"sr": ("sr", "sr_Latn"), "uz": ("uz", "uz_Cyrl"), "ku": ("ku", "ckb"), "tl": ("fil",)}
# `de març` and `d’abril` have a word of the date before the name; behind a shortened name stand dots of many kinds.
_BEFORE, _AFTER = re.compile(r"^(?:de |d’)"), ".׳॰"

_NO_WORD = re.compile("\\d-|[\u0e80-\u0eff]\\.[\u0e80-\u0eff]")  # `3-р сар`, and initials in Lao


def main() -> None:
    """Write all files; each language is read in a process of its own, since Babel mixes languages up.

    Babel 2.18 uses what an alias in one language pointed to for all later languages: after Hebrew, French months are
    Hebrew.
    """
    argparse.ArgumentParser("python -m lab.calendar_names", description=(__doc__ or "").partition("\n")[0]).parse_args()
    files = sorted(FOLDER.glob("*.json"))
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        for file, names in zip(files, pool.map(calendar_names, [file.stem for file in files]), strict=True):
            write(file, names)


def write(file: Path, names: dict[str, object]) -> None:
    """Write `names` into a language file, behind the language's own name; lists that people wrote stay as they are."""
    held = json.loads(file.read_text("utf-8"))
    lists = {key: value for key, value in held.items() if key != "name" and key not in names}
    file.write_text(json.dumps({"name": held["name"], **names, **lists}, ensure_ascii=False, indent=2) + "\n", "utf-8")


def calendar_names(code: str) -> dict[str, object]:
    """Return the CLDR's version, the order in a date (`dmy`), and the forms of 12 months and 7 days from Monday on."""
    from babel.core import Locale, get_cldr_version  # noqa: PLC0415 - only where the files are made

    locales = [Locale.parse(tag) for tag in SCRIPTS.get(code, (code,))]
    tables = [
        (locale.months[use][width], locale.days[use][width])
        for width in ("wide", "abbreviated")
        for locale in locales
        for use in ("format", "stand-alone")
    ]
    return {
        "cldr": get_cldr_version(),
        "order": _order(locales[0].date_formats["long"].pattern),
        "months": [_forms(months[number] for months, _ in tables) for number in range(1, 13)],
        "weekdays": [_forms(days[number] for _, days in tables) for number in range(7)],
    }


def _order(pattern: str) -> str:
    """Return the order of day, month and year in a pattern of dates (`dmy`)."""
    letters = re.sub(r"'[^']*'", "", pattern).lower()  # words of the language stand between quotes
    return "".join(dict.fromkeys(letter for letter in letters if letter in "dmy"))


def _forms(names: Iterable[str]) -> str:
    """Return the different forms of a name, in lower case, between commas."""
    plain = (unicodedata.normalize("NFC", _BEFORE.sub("", name).rstrip(_AFTER).lower()) for name in names)
    return ", ".join(dict.fromkeys(name for name in plain if not _NO_WORD.search(name)))


if __name__ == "__main__":
    main()
