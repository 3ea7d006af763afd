"""The extraction benchmark runs on labelled pages as it is told to, and scores them right."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.fields import FIELDS, VERDICTS, digest, judge
from benchmarks.scoring import Score, table, word_f1
from tests.conftest import PROJECT, environment, html_page, sentences


def label(**more: object) -> dict[str, object]:
    return {"main_content": "one two three four", "title": "", "author": "", "publish_date": None, "with": [],
            "without": [], **more}  # fmt: skip


def test_word_f1_compares_bags_of_words() -> None:
    assert word_f1("four three two one", "one two three four") == 1.0
    assert word_f1("one two", "one two three four") == pytest.approx(2 * 2 / 6)
    assert word_f1("", "one") == 0.0
    assert word_f1(None, "") == 1.0


def test_wrong_missing_and_invented_fields_are_told_apart() -> None:
    score = Score()
    score.add({"text": "x", "author": "Ann Lee"}, label(author="Ann Lee; Bo Day", publish_date="2024-05-01"))
    score.add({"text": "x", "author": "Cy Fox", "date": "2024-05-02"}, label(author="Ann Lee"))
    score.add({"text": "x", "author": "Cy Fox"}, label())
    row = score.row()
    assert row["author right/wrong"] == "0.500/0.500"
    assert row["author invented"] == "1/1"
    assert row["author precision"] == "0.333"
    assert (row["date right/wrong"], row["date invented"]) == ("0.000/0.000", "1/2")


def test_unwanted_snippets_that_are_kept_count_as_leaked() -> None:
    score = Score()
    score.add({"text": "The tide turned.\n\nSubscribe now!"}, label(without=["Subscribe  now!", "Log in"]))
    assert score.row()["leak"] == "50.0%"
    assert "Winnow" in table({"Winnow": score})


def test_command_measures_labelled_pages(tmp_path: Path) -> None:
    (tmp_path / "wcxb-dev/html").mkdir(parents=True)
    (tmp_path / "text-dev").mkdir()
    rows = []
    for number in (1, 2):
        paragraphs = sentences(number)
        page = html_page(f"Story {number}", paragraphs).encode()
        (tmp_path / f"wcxb-dev/html/{number}.html.gz").write_bytes(gzip.compress(page))
        (tmp_path / f"text-dev/{number}.rmain.txt").write_text("\n\n".join([f"Story {number}", *paragraphs]))
        rows.append({"id": str(number), "domain": "a.example", "rendering": "rmain", "file": f"{number}.rmain.txt",
                     **label(main_content="\n".join(paragraphs), title=f"Story {number}")})  # fmt: skip
    (tmp_path / "text-dev/labels.jsonl").write_text("\n".join(map(json.dumps, rows)))
    command = [sys.executable, "-m", "benchmarks.extraction", "--data", str(tmp_path), "html", "rmain"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, env=environment(), timeout=120)
    assert done.returncode == 0, done.stderr
    figures = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("F1")]
    assert len(figures) == 2
    assert all(float(figure) > 0.9 for figure in figures)


def test_verdicts_tell_right_from_wrong_and_from_unjudged() -> None:
    right, wrong = digest("author", "Ann Lee; Bo Day"), digest("author", "Admin")
    assert digest("author", "Bo Day and Ann Lee") == right
    verdict = f"{right} !{wrong}"
    found = [judge(verdict, value) for value in (right, wrong, digest("author", "Cy Fox"), "")]
    assert found == ["right", "wrong", "unjudged", "missing"]
    assert [judge("-", value) for value in (right, "")] == ["invented", "absent"]
    assert judge("", right) == "unjudged"


def test_every_verdict_is_a_digest_or_a_mark() -> None:
    known = json.loads(VERDICTS.read_text("utf-8"))
    for kind, pages in known["verdicts"].items():
        for verdicts in pages.values():
            assert set(verdicts) == set(FIELDS[kind])
            for token in " ".join(verdicts.values()).split():
                assert re.fullmatch(r"[-+]|!?[0-9a-f]{12}", token)
