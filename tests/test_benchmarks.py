"""The benchmarks run as they are told to, and score right."""

from __future__ import annotations

import contextlib
import gzip
import json
import re
import runpy
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from lab.benchmarks import made_archive, reading, visitors
from lab.benchmarks.duplicates import score
from lab.benchmarks.duplicates_pages import Labelled, make_pages
from lab.benchmarks.duplicates_tongues import TONGUES, Tongue
from lab.benchmarks.fields import FIELDS, VERDICTS, digest, judge
from lab.benchmarks.made import preload
from lab.benchmarks.rules.pages import Label, LabelledPage
from lab.benchmarks.rules.parts import parts_of
from lab.benchmarks.rules.reading import Reader
from lab.benchmarks.rules.switches import Rule, Switchboard, rules
from lab.benchmarks.rules.watching import Calls, watch
from lab.benchmarks.scoring import Score, table
from lab.samples import html_page, sentences
from lab.training.likeness import word_f1
from tests.conftest import PROJECT, as_installed, environment
from winnow.archive.index.postings import all_postings
from winnow.archive.store import Store
from winnow.items import HTML, TEXT
from winnow.read import plain
from winnow.read.decode import Decoded
from winnow.read.extract import extract


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
    command = [sys.executable, "-m", "lab.benchmarks.extraction", "--data", str(tmp_path), "html", "rmain"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, env=environment())
    assert done.returncode == 0, done.stderr
    figures = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("F1")]
    assert len(figures) == 2
    assert all(float(figure) > 0.9 for figure in figures)


def test_days_and_authors_are_counted_by_language(tmp_path: Path) -> None:
    pytest.importorskip("rapidfuzz")
    web = tmp_path / "web-dev"
    rows = []
    for language, date, authors in (("de", "2024-03-02", ["Ada Lund"]), ("en", "2024-03-09", ["Bo Niemi", "Ida Berg"])):
        row = {"id": language, "html": f"html/{language}.html", "url": f"https://{language}.example/a", "date": date}
        rows.append(row | {"language": language, "authors": authors})
        body = "\n\n".join(["Story one", "By Ada Lund", "2024-03-02", *sentences(1)])
        page = f"<h1>Story one</h1><p>By Ada Lund</p><p>2024-03-02</p><p>{'</p><p>'.join(sentences(1))}</p>"
        for folder, suffix, text in (("html", "html", page), ("inscr", "txt", body)):
            (web / folder).mkdir(parents=True, exist_ok=True)
            (web / folder / f"{language}.{suffix}").write_text(text)
    (web / "labels.jsonl").write_text("\n".join(map(json.dumps, rows)))
    from lab.benchmarks.heads import measure  # noqa: PLC0415 - needs the extra for training
    from lab.training.data import FOLDS  # noqa: PLC0415

    for rendering in ("html", "inscr"):
        counts = measure(tmp_path, rendering, dict.fromkeys(range(FOLDS), plain.load()))
        assert counts["de"] == {"days": 1, "days right": 1, "authors": 1, "authors right": 1}
        assert counts["en"] == {"days": 1, "days wrong": 1, "authors": 1, "authors wrong": 1}
        assert counts["not en"] == counts["de"]


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


def labelled(*clusters: str) -> list[Labelled]:
    """Name pages by cluster; `x!` is an excerpt of x, `x?` a page that only looks like others."""
    relations = {"!": "excerpt", "?": "template"}
    return [Labelled(name[0], relations.get(name[1:], "original"), "", ()) for name in clusters]


def test_duplicates_are_scored_by_pairs() -> None:
    found = score(labelled("a", "a", "a", "b", "b"), [None, 0, None, 0, None])
    assert (found.right, found.predicted, found.true) == (1, 3, 4)
    assert (found.precision, found.recall) == (1 / 3, 1 / 4)
    assert (found.lost, found.clusters) == (0, 2)
    assert found.missed == {"original": 3}


def test_article_without_a_page_of_its_own_is_lost() -> None:
    found = score(labelled("a", "b?", "c"), [None, 0, None])
    assert (found.lost, found.clusters, found.merged) == (1, 3, {"template": 1})


def test_excerpts_are_scored_apart() -> None:
    found = score(labelled("a", "b", "a!", "a!", "b!"), [None, None, 0, None, 0])
    assert (found.predicted, found.excerpts) == (0, (1, 1, 3))


def test_duplicates_are_told_from_made_pages_that_look_alike() -> None:
    command = [sys.executable, "-m", "lab.benchmarks.duplicates", "--articles", "24", "--runs", "2", "--shuffle", "3"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, env=environment())
    assert done.returncode == 0, done.stderr
    precision, recall, _, lost = next(line for line in done.stdout.splitlines() if line.startswith("Winnow  ")).split()[
        1:5
    ]
    assert float(precision) > 0.95
    assert float(recall) > 0.9
    assert lost.startswith("0/")


def test_duplicates_are_counted_by_language() -> None:
    command = [sys.executable, "-m", "lab.benchmarks.duplicates", "--articles", "12", "--languages", "Hindi", "Chinese"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, env=environment())
    assert done.returncode == 0, done.stderr
    _, *rows = done.stdout.splitlines()
    assert [row.split()[0] for row in rows] == ["Hindi", "Chinese"]
    for row in rows:
        _, _, _, lost, linked, copies, merged, others, *_ = row.split()
        assert lost.startswith("0/")
        assert float(linked) > 0.9
        assert float(merged) == 0
        assert int(copies) > 30
        assert int(others) > 50


@pytest.mark.parametrize("tongue", TONGUES.values(), ids=TONGUES)
def test_a_made_up_tongue_says_the_same_words_for_the_same_english(tongue: Tongue) -> None:
    one, other = tongue.say("The ferry left Northport at 10:45."), tongue.say("A clerk saw the ferry at 10:45.")
    ferry = tongue.say("ferry")
    assert ferry in one
    assert ferry in other
    assert "10:45" in one
    assert one != other
    assert (" " in tongue.say("ferry clerk")) == tongue.has_spaces


def test_pages_in_every_tongue_are_the_same_pages() -> None:
    english, thai, hindi = (make_pages(5, 12, TONGUES[name]) for name in ("English", "Thai", "Hindi"))
    assert [page.cluster for page in hindi] == [page.cluster for page in english]
    assert not any(re.search("[a-zA-Z]", line) for page in [*thai, *hindi] for line, _ in page.lines)


def test_made_pages_are_the_same_for_the_same_seed() -> None:
    assert [page.lines for page in make_pages(3, 12)] == [page.lines for page in make_pages(3, 12)]
    assert {page.html() for page in make_pages(3, 12)}.isdisjoint(page.html() for page in make_pages(4, 12))


def test_cost_of_the_index_is_measured() -> None:
    command = [sys.executable, "-m", "lab.benchmarks.index_cost", "--articles", "1500"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, env=environment())
    assert done.returncode == 0, done.stderr
    size = re.search(r"(\d+) bytes an article", done.stdout)
    assert size
    assert 100 < int(size[1]) <= 700


@pytest.mark.parametrize(
    ("program", "module", "extra"),
    [
        ("lab.benchmarks.scale", "pyarrow", "cluster"),
        ("lab.benchmarks.scale", "daft", "cluster"),
        ("lab.training.data", "rapidfuzz.distance", "train"),
        ("lab.torture.fuzz", "hypothesis", "dev"),
    ],
)
def test_a_program_without_its_extra_says_so_in_one_line(
    program: str, module: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.setattr(sys, "argv", [program])
    monkeypatch.delitem(sys.modules, program, raising=False)
    name = module.partition(".")[0]
    with pytest.raises(SystemExit, match=rf"^{name} is not installed: pip install '.\[{extra}\]' in the folder"):
        runpy.run_module(program, run_name="__main__")


def test_preloaded_database_is_one_that_winnow_opens(tmp_path: Path) -> None:
    preload(tmp_path / "articles.db", 3)
    store = Store(tmp_path / "articles.db")
    try:
        assert store.known_files("/known", ["1.html", "4.html"])["1.html"].is_settled
        hashes = [value for value, page_id in all_postings(store.db) if page_id == 2]
        assert [(page.article_id, shared) for page, shared in store.index.candidates(hashes)] == [(2, len(hashes))]
    finally:
        store.close()


def test_reading_benchmark_times_every_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reading, "REPEATS", 1)
    made_archive.make(tmp_path / "made.db", 600, words=30)
    made_archive.copy(tmp_path / "made.db", 1)
    made_archive.mark(tmp_path / "made.db", 20)
    with contextlib.closing(sqlite3.connect(tmp_path / "made.db")) as db:
        indexed = [
            db.execute(f"SELECT count(*) FROM {index}_docsize").fetchone()[0]
            for index in ("articles_fts", "articles_search")
        ]
        assert [
            *indexed,
            *db.execute("SELECT count(*), (SELECT count(*) FROM articles_due) FROM articles").fetchone(),
        ] == [1200, 1200, 1200, 0]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    with as_installed():
        timings = reading.measure(tmp_path / "made.db", reading.addresses(tmp_path / "made.db"))
        assert all(taken > 0 for taken in reading.first_after_start(tmp_path / "made.db", "/"))
    assert {tuple(taken.statuses) for taken in timings.values()} == {(200,)}
    reading.report(timings, timings)
    head, *times, idle, crawling = capsys.readouterr().out.splitlines()
    assert head.count("CPU ms") == 2
    assert len(times) == len(timings) > 60
    assert idle == crawling
    assert idle.startswith("median page")


def test_reading_benchmark_times_pages_while_a_crawl_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reading, "REPEATS", 1)
    monkeypatch.setattr(reading, "addresses", lambda database: ["/", "/runs"])
    made_archive.make(tmp_path / "made.db", 60, words=60)
    with as_installed():
        reading.measure_while_crawling(tmp_path / "made.db", pages=1500)
    assert "the crawl wrote " in capsys.readouterr().out
    assert {path.name for path in tmp_path.iterdir()} == {"made.db"}


def test_visitors_who_ask_too_much_are_measured(tmp_path: Path) -> None:
    made_archive.make(tmp_path / "made.db", 20, words=30)
    siege = visitors.besiege(tmp_path / "made.db", visitors.QUERIES["hex"])
    assert siege.statuses == [400] * visitors.VISITORS
    assert siege.slowest > 0
    assert siege.server > 10


def test_every_alternative_of_a_pattern_is_left_out_once() -> None:
    lacking = parts_of(re.compile(r"(?:[a|]b|c\|d|(?P<e>e|f)|[\](|]g)$"))
    assert {part: pattern.pattern for part, pattern in lacking.items() if isinstance(pattern, re.Pattern)} == {
        r"e": r"(?:[a|]b|c\|d|(?P<e>f)|[\](|]g)$",
        r"f": r"(?:[a|]b|c\|d|(?P<e>e)|[\](|]g)$",
        r"[a|]b": r"(?:c\|d|(?P<e>e|f)|[\](|]g)$",
        r"c\|d": r"(?:[a|]b|(?P<e>e|f)|[\](|]g)$",
        r"(?P<e>e|f)": r"(?:[a|]b|c\|d|[\](|]g)$",
        r"[\](|]g": r"(?:[a|]b|c\|d|(?P<e>e|f))$",
    }
    assert parts_of(("one", "two")) == {"one": ("two",), "two": ("one",)}


def test_rules_are_found_with_what_switches_them_off() -> None:
    known = {rule.name: rule for rule in rules()}
    assert known["metadata.site_name.strip_site"].off("Story | Site", ["site"]) == "Story | Site"
    patterns = [rule for rule in known.values() if isinstance(rule.value, re.Pattern)]
    assert len(patterns) > 20
    assert not any(rule.off.search("Story | Site") for rule in patterns)
    assert not any(name.startswith(("lines.cues", "html.boxes", "html.looks", "words.")) for name in known)


BYLINE = '<p class="byline">Ida Verlane</p>'


@pytest.mark.parametrize(
    "name",
    ["html.STEPS.drop_repeated", "plain.STEPS.drop_copies", "html.box_names._CUES[4]", "plain.bylines._ONE"],
)
def test_rules_switched_off_matter_whatever_a_reader_remembers(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paragraphs = sentences(1)
    paragraphs.append(paragraphs[2])
    page = html_page("The harbour opens again", paragraphs).replace("<p>", f"{BYLINE}<p>", 1)
    lines = ["The harbour opens again", "Ida Verlane", "3 May 2024", *paragraphs]
    is_html = name.startswith("html.")
    media_type, text = (HTML, page) if is_html else (TEXT, "\n\n".join(lines))
    (tmp_path / "page").write_text(text)
    unknown = Label(None, (), (), None, None, None, {})
    labelled = LabelledPage("page", media_type, "en", None, tmp_path / "page", unknown)
    known = rules()
    rule = next(rule for rule in known if rule.name == name)
    board = Switchboard(known)
    with board.put([(rule, rule.off)]):
        expected = extract(Decoded(text, media_type, "utf-8"))
    reader = Reader(None, monkeypatch.setattr)
    decoded = reader.turn_to(labelled)
    assert isinstance(decoded, Decoded)
    calls: dict[Rule, Calls] = {}
    with board.put(list(watch(known, calls))):
        whole = reader.read(decoded)
    assert calls[rule]
    with board.put([(rule, rule.off)]):
        without = reader.read(decoded, name)
    assert without == expected != whole
    assert reader.read(decoded) == whole


def test_rules_command_counts_pages_that_are_better_with_a_rule(tmp_path: Path) -> None:
    (tmp_path / "types-dev/html").mkdir(parents=True)
    labels = []
    for number in (1, 2):
        paragraphs = sentences(number)
        title = f"The harbour opens again, part {number}"
        page = html_page(f"{title} | The Test", paragraphs)
        page = page.replace("<head>", '<head><meta property="og:site_name" content="The Test">')
        page = page.replace(f"<h1>{title} | The Test</h1>", "")
        (tmp_path / f"types-dev/html/{number}.html").write_text(page)
        labels.append({"file": f"html/{number}.html", "title": title, "author": None, "date": None,
                       "text": "\n".join(paragraphs)})  # fmt: skip
    (tmp_path / "types-dev/labels.jsonl").write_text("\n".join(map(json.dumps, labels)))
    command = [sys.executable, "-m", "lab.benchmarks.rules", "--data", str(tmp_path), "--sets", "types", "--jobs", "1"]
    command += ["--rule", "metadata.title.", "--rule", "metadata.site_name.", "--json", str(tmp_path / "touches.json")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, env=environment())
    assert done.returncode == 0, done.stderr
    figures = {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines() if line.startswith("metadata.")}
    assert figures["metadata.site_name.is_site_name"][:3] == ["2", "0", "2"], done.stdout
    assert figures["metadata.title._SECTION"][:3] == ["0", "0", "0"]
    touches = json.loads((tmp_path / "touches.json").read_text())["touches"]
    assert ["metadata.site_name.is_site_name", None, "types/1", "en", {"title": 1}] in touches


def test_rules_with_a_test_that_fails_without_them_are_told(tmp_path: Path) -> None:
    (tmp_path / "test_titles.py").write_text(
        "from winnow.read.metadata import site_name\n\n\ndef test_site_is_cut():\n"
        "    assert site_name.strip_site('The harbour opens | Coast Weekly', ['coastweekly']) == 'The harbour opens'\n"
    )
    program = "import sys, pathlib; from lab.benchmarks.rules.cases import cases; "
    program += "print(sorted(cases(['metadata.site_name.'], [pathlib.Path(sys.argv[1])])))"
    command = [sys.executable, "-c", program, str(tmp_path / "test_titles.py")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, env=environment())
    expected = ["metadata.site_name.SEPARATOR", "metadata.site_name.is_site_name", "metadata.site_name.strip_site"]
    assert done.stdout.splitlines()[-1:] == [str(expected)], done.stdout + done.stderr
