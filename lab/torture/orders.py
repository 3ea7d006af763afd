"""Everything that changes an archive, in any order, and killed at random moments; after each step, what must hold."""

from __future__ import annotations

import logging
import multiprocessing
import random
import shutil
import signal
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from lab.samples import html_page, jsonl, mhtml, packed, record, revisit, sentences, zipped
from lab.torture.crawls import contents, damage, differences, rows
from lab.torture.report import Report, Scene
from winnow.archive.store import Store
from winnow.corrections import Action, Correction
from winnow.items import MAX_PAGE_BYTES, Page
from winnow.read.page import read_page
from winnow.room.said import add
from winnow.runs.corrections import correct, take_back
from winnow.runs.forget import forget
from winnow.runs.moved import move
from winnow.runs.one_process import run_folder
from winnow.runs.rebuild import rebuild

STEPS = 12  # of an archive
KILLED = 0.35  # of all steps
SECONDS = 1.0  # in which a step is killed
ADDRESS = "http://a.example/"
TIMES = ("2023-01-01T00:00:00Z", "2024-02-29T10:00:00Z", "2024-03-01T10:00:00Z", "2024-06-01T00:00:00Z")
NAMES = ("a.html", "b.html", "c.html", "d.txt", "e.mhtml", "f.jsonl", "g.warc", "h.warc", "i.zip", "sub/a.html")
_IS_MADE = "SELECT 1 FROM sqlite_master WHERE name = 'texts_due'"  # by one of the last migrations
_INVARIANTS = {
    "texts without a page": """SELECT 1 FROM texts WHERE sha256 NOT IN (SELECT text_sha256 FROM pages
        WHERE text_sha256 > '') AND sha256 NOT IN (SELECT text_sha256 FROM revisions)""",
    "pages without what they state": """SELECT 1 FROM pages WHERE (text_sha256 IS NULL)
        = (id IN (SELECT page_id FROM extractions))""",
    "articles without a page": """SELECT 1 FROM articles WHERE id NOT IN (SELECT article_id FROM pages
        WHERE article_id > 0)""",
    "articles with another text than their pages": """SELECT 1 FROM articles a JOIN pages p ON p.id = a.page_id
        JOIN texts t ON t.sha256 = p.text_sha256 WHERE t.text != a.text""",
    "refused texts of pages that are not rejected": """SELECT 1 FROM refused_texts
        WHERE page_id NOT IN (SELECT id FROM pages WHERE outcome = 'rejected')""",
    "parents with another article": """SELECT 1 FROM pages p JOIN pages q ON q.id = p.parent_id
        WHERE p.article_id IS NOT q.article_id""",
    "what forgotten pages keep": """SELECT 1 FROM pages WHERE reason = 'forgotten'
        AND (title IS NOT NULL OR text_sha256 IS NOT NULL OR url IS NOT NULL)""",
    "first and last times": "SELECT 1 FROM articles WHERE last_seen < first_seen",
    "first and last runs": "SELECT 1 FROM pages WHERE first_run > last_run",
}


def any_order(scene: Scene) -> Iterator[Report]:
    """Let archives of a few changing stories go through steps at random, some of them killed, and look after each."""
    read_page(Page("a", "/pages", body=b"<p>The models are loaded once."), MAX_PAGE_BYTES)
    problems, found = list[str](), Counter[str]()
    archives = scene.times(2, 40)
    for number in range(archives):
        place = scene.place / str(number)
        archive = _Archive(place, random.Random(number))
        for step in range(STEPS):
            name, status = archive.step()
            found["killed"] += status == -signal.SIGKILL
            found["steps"] += 1
            wrong = archive.wrong() if status in (0, -signal.SIGKILL) else [f"ended with {status}"]
            problems += [f"archive {number}, step {step}, {name}: {problem}" for problem in wrong]
            if wrong:
                break
    happened = (
        f"{archives} archives, {found['killed']} of the steps killed; sound after each, a rebuild changes nothing"
    )
    yield Report("crawl, correct, forget, move, rebuild in any order", found["steps"], happened, problems)


class _Archive:
    """A database, the two folders that it was read from, and the steps that change one or the other."""

    def __init__(self, place: Path, chance: random.Random) -> None:
        self._place, self._chance = place, chance
        self._database, self._folders = place / "articles.db", [place / "one", place / "two"]
        for folder in self._folders:
            (folder / "sub").mkdir(parents=True)
            (folder / "stays.html").write_text(html_page("This stays", sentences(len(folder.name))))

    def step(self) -> tuple[str, int]:
        """Change some files, then do one thing with the archive; return what, and with which status that ended."""
        for _ in range(self._chance.randint(0, 6)):
            self._change_a_file()
        steps: list[Callable[[], Callable[[], object]]] = [self._correct, self._take_back, self._forget, self._queue]
        is_made = self._database.exists() and bool(rows(self._database, _IS_MADE))
        choice = self._chance.choice([lambda: self._crawl, self._move, lambda: self._rebuild, *steps])
        work = choice() if is_made and self._chance.random() < 0.6 else self._crawl
        running = multiprocessing.get_context("fork").Process(target=_quietly, args=[work])
        running.start()
        running.join(self._chance.uniform(0, SECONDS) if self._chance.random() < KILLED else None)
        running.kill()
        running.join()
        return getattr(work, "__name__", "step"), running.exitcode or 0

    def wrong(self) -> list[str]:
        """Return what is wrong with the archive, and what a rebuild of a copy changes."""
        if not self._database.exists() or not rows(self._database, _IS_MADE):
            return []  # killed before there was a database
        copy = self._place / "copy.db"
        copy.unlink(missing_ok=True)
        with closing(sqlite3.connect(self._database)) as db, closing(sqlite3.connect(copy)) as target:
            db.backup(target)
        before, told = contents(copy), self._damage(copy)
        rebuild(copy)
        changed = [f"a rebuild changes: {difference}" for difference in differences(contents(copy), before)]
        return [*told, *changed, *self._damage(copy)]

    def _damage(self, database: Path) -> list[str]:
        wrong = [f"{what} are wrong" for what, query in _INVARIANTS.items() if rows(database, query)]
        return [*damage(database), *wrong]

    def _change_a_file(self) -> None:
        chance = self._chance
        file = chance.choice(self._folders) / chance.choice(NAMES)
        if not file.exists() or chance.random() < 0.7:
            kept = file.read_bytes() if file.exists() and file.suffix in (".jsonl", ".warc") else b""
            file.write_bytes(chance.choice([b"", kept]) + _body(chance, file.suffix))
        elif chance.random() < 0.4:
            file.unlink()
        else:
            other = chance.choice(self._folders) / f"{file.stem}-{chance.randint(1, 3)}{file.suffix}"
            (shutil.copy if chance.random() < 0.5 else shutil.move)(file, other)

    def _crawl(self) -> None:
        for folder in self._folders:
            run_folder(folder, self._database)

    def _rebuild(self) -> None:
        rebuild(self._database)

    def _move(self) -> Callable[[], object]:
        which = self._chance.randrange(2)
        old, new = self._folders[which], self._folders[which].with_name(f"moved-{self._chance.random()}")
        old.rename(new)
        self._folders[which] = new
        known = rows(self._database, "SELECT root FROM roots")
        is_told = (str(old),) in known and self._chance.random() < 0.5
        return (lambda: move(self._database, str(old), str(new))) if is_told else self._crawl

    def _forget(self) -> Callable[[], object]:
        pages = [page for (page,) in rows(self._database, "SELECT id FROM pages WHERE reason != 'forgotten'")]
        chosen = self._chance.sample(pages, min(2, len(pages)))
        return lambda: forget(self._database, chosen, "some pages")

    def _correct(self) -> Callable[[], object]:
        said = self._said()
        return lambda: _with_store(self._database, lambda store: correct(store, said))

    def _take_back(self) -> Callable[[], object]:
        known = rows(self._database, "SELECT id FROM corrections WHERE undone IS NULL")
        if not known:
            return self._correct()
        [number] = self._chance.choice(known)
        return lambda: _with_store(self._database, lambda store: take_back(store, number))

    def _queue(self) -> Callable[[], object]:
        add(self._database, self._said())
        return self._crawl

    def _said(self) -> list[Correction]:
        """Return what a person says of a page at random; nothing where that makes no sense."""
        pages = rows(self._database, "SELECT DISTINCT sha256 FROM pages WHERE sha256 > '' AND reason != 'forgotten'")
        action, field = self._chance.choice(list(Action)), self._chance.choice(["title", "author"])
        if len(pages) < 2:
            return []
        (sha256,), (other,) = self._chance.sample(pages, 2)
        moment = f"2026-11-29T10:{self._chance.randrange(60):02}:00+00:00"
        return [
            Correction(
                action=action,
                sha256=sha256,
                moment=moment,
                other=other if action is Action.MERGE else None,
                field=field if action in (Action.SET, Action.CLEAR) else None,
                value="Said" if action is Action.SET else None,
            )
        ]


def _quietly(work: Callable[[], object]) -> None:
    logging.disable(logging.CRITICAL)
    work()


def _with_store(database: Path, work: Callable[[Store], object]) -> None:
    with closing(Store(database)) as store:
        work(store)


def _body(chance: random.Random, suffix: str) -> bytes:
    """Return the content of a file: one of a few stories, often with other paragraphs, cut, or none at all."""
    if chance.random() < 0.1:
        return chance.choice([b"<p>Not here.", b"\x89PNG\0"])
    address, captured = f"{ADDRESS}{chance.randrange(4)}", chance.choice(TIMES)
    match suffix:
        case ".txt":
            return "\n\n".join(_story(chance)).encode()
        case ".mhtml":
            return mhtml(_html(chance), address)
        case ".jsonl":
            return jsonl(*[{"url": address, "date": captured, "html": _html(chance)} for _ in range(3)])
        case ".zip":
            return zipped({"0.html": _html(chance).encode(), "1.html": _html(chance).encode()})
        case ".warc":
            digest = chance.choice(["sha1:A", "sha1:B"])
            stated = f"WARC-Payload-Digest: {digest}\r\n"
            points = revisit(address, captured, of=address, at=chance.choice(TIMES), digest=chance.choice(["", digest]))
            captures = [record(address, _html(chance).encode(), date=captured, more=stated), points]
            return packed(chance.sample(captures, 2)) if chance.random() < 0.5 else b"".join(captures)
        case _:
            return _html(chance).encode()


def _html(chance: random.Random) -> str:
    canonical = chance.choice([None, None, f"{ADDRESS}{chance.randrange(4)}"])
    return html_page("A story", _story(chance), chance.choice(["", "<p>A teaser"]), canonical)


def _story(chance: random.Random) -> list[str]:
    lines = sentences(chance.randrange(4))
    for _ in range(chance.choice([0, 0, 1, 2, 5])):
        lines[chance.randrange(len(lines))] = sentences(100 + chance.randrange(8), 1)[0]
    return lines[: chance.choice([len(lines), len(lines), 3])]
