"""Any file: hostile bytes, hostile names, things that are no files, and files that change while they are read."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from lab.samples import html_page, sentences
from lab.torture.crawls import UNPRIVILEGED, Crawl, Ended, crawl, damage, rows
from lab.torture.pages import MAX_PAGE_BYTES
from lab.torture.pages import hostile_files as hostile_contents
from lab.torture.report import Report, Scene

GOOD = 12  # good pages beside the bad ones, all of which must arrive


def hostile_files(scene: Scene) -> Iterator[Report]:
    """Crawl hostile contents, hostile names and special files, each beside good pages."""
    yield _contents(scene)
    yield _names(scene)


def _contents(scene: Scene) -> Report:
    folder, database = scene.place / "contents", scene.place / "contents.db"
    _good_pages(folder)
    names = []
    for name, body in hostile_contents():
        (folder / name).write_bytes(body)
        names.append(name)
    ended = crawl(folder, database)
    found = {
        path: (reason, detail) for path, reason, detail in rows(database, "SELECT path, reason, detail FROM pages")
    }
    reasons = Counter(reason for path, (reason, _) in found.items() if not path.startswith("good-"))
    failed = [f"{path}: {found[path]}" for path in names if path in found and found[path][0] in _FAILURES]
    problems = [
        *ended.problems(4 if failed else 0),
        *failed,
        *(f"{name} has no outcome" for name in names if name not in found),
        *(f"{path}: no detail" for path, (_, detail) in found.items() if not detail.strip()),
        *_good_ones(database),
        *_unstorable(database),
        *damage(database),
    ]
    happened = ", ".join(f"{count} {reason}" for reason, count in reasons.most_common())
    return Report("hostile contents (bombs, depth, charsets, binary, …)", len(names), happened, problems)


def _names(scene: Scene) -> Report:
    folder, database = scene.place / "n\udce9mes \x1b[31m\n;$(x)", scene.place / "names.db"
    _good_pages(folder)
    names = _hostile_names()
    for number, name in enumerate(names):
        page = html_page(f"Named {number}", sentences(50_000 + number)).encode()
        with open(os.path.join(os.fsencode(folder), name), "wb") as out:
            out.write(page)
    special = _special_files(folder, scene.place)
    ended = crawl(folder, database)
    [(articles,)] = rows(database, "SELECT count(*) FROM articles WHERE title LIKE 'Named %'")
    [(linked,)] = rows(database, "SELECT count(*) FROM pages WHERE reason = 'same bytes'")
    skipped = sum(": skipped: " in line for line in ended.err.splitlines())
    problems = [
        *ended.problems(0),
        *([] if articles == len(names) else [f"{articles} articles of {len(names)} names"]),
        *([] if linked == 2 else [f"{linked} of 2 links inside the folder were read"]),
        *([] if skipped == special else [f"{skipped} of {special} special files are listed as skipped"]),
        *([f"a control character in the log: {ended.err!r:.300}"] if _controls(ended) else []),
        *_good_ones(database),
        *damage(database),
    ]
    again = crawl(folder, database)
    problems += again.problems(0, said=f" {len(names) + GOOD + linked} unchanged")
    happened = f"{articles} names read, {skipped} special files skipped and listed, 2 links inside read"
    return Report("hostile names; links, loops, fifos, devices, sockets", len(names) + special + 2, happened, problems)


def moving_files(scene: Scene) -> Iterator[Report]:
    """Crawl a folder in which files vanish, grow, turn into folders and fifos, and lose their permission meanwhile."""
    times = scene.times(2, 20)
    problems: list[str] = []
    seen: Counter[str] = Counter()
    for attempt in range(times):
        folder, database = scene.place / f"moving-{attempt}", scene.place / f"moving-{attempt}.db"
        _good_pages(folder)
        for number in range(120):
            (folder / f"moving-{number:03}.html").write_text(html_page(f"Moving {number}", sentences(number)))
        stop = threading.Event()
        with Crawl(folder, database, wrapper=UNPRIVILEGED) as running:
            running.wait_for(database, "SELECT count(*) FROM runs")
            mover = threading.Thread(target=_move, args=[folder, random.Random(attempt), stop])
            mover.start()
            ended = running.end()
            stop.set()
            mover.join()
            problems += running.orphans()
        problems += [*ended.problems(0), *_good_ones(database), *damage(database)]
        seen.update(dict(rows(database, "SELECT reason, count(*) FROM pages GROUP BY 1")))
        if attempt % 2 == 0:  # a file that no longer changes is read whole by the next run
            crawl(folder, database)
            crawl(folder, fresh := scene.place / f"fresh-{attempt}.db")
            ours, theirs = (_texts(file) for file in (database, fresh))
            problems += [f"{path} is not as on disk" for path, text in theirs.items() if ours.get(path) != text]
    happened = ", ".join(f"{count} {reason}" for reason, count in seen.most_common())
    yield Report("files that vanish, grow, change kind while read", times * 120, happened, problems)


_FAILURES = ("crashed", "time limit", "memory limit")


def _texts(database: Path) -> dict[str, str]:
    """Return the digest of the text of each path as it was last read."""
    newest = "SELECT path, text_sha256, max(last_run) FROM pages WHERE text_sha256 IS NOT NULL GROUP BY path"
    return {path: text for path, text, _ in rows(database, newest)}


def _good_pages(folder: Path) -> None:
    folder.mkdir()
    for number in range(GOOD):
        page = html_page(f"Good {number}", sentences(80_000 + number))
        (folder / f"good-{number:02}.html").write_text(page)


def _good_ones(database: Path) -> list[str]:
    [(arrived,)] = rows(database, "SELECT count(*) FROM articles WHERE title LIKE 'Good %' AND word_count > 200")
    return [] if arrived == GOOD else [f"only {arrived} of {GOOD} good pages arrived"]


def _unstorable(database: Path) -> list[str]:
    told = []
    for path, *values in rows(database, "SELECT p.path, a.* FROM articles a JOIN pages p ON p.id = a.page_id"):
        texts = [value for value in values if isinstance(value, str)]
        if any(_is_control(char) for text in texts for char in text if char not in "\n\t"):
            told.append(f"{path}: a control character reached the database")
        if any(len(text) > 25_000_000 for text in texts):
            told.append(f"{path}: a column of more than 25 MB")
    return told


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs")


def _controls(ended: Ended) -> bool:
    return any(_is_control(char) for char in ended.err + ended.out if char != "\n")


def _hostile_names() -> list[bytes]:
    texts = [
        "-rf.html",
        "--help",
        "a\nb.html",
        "'\";DROP TABLE pages;--.html",
        "$(touch x)`y`.html",
        " .html",
    ]
    texts += ["é.html", unicodedata.normalize("NFD", "é") + ".html", "\u202etxt.html", "\x1b[2J.html", "a\\b.html"]
    texts += ["x" * 250 + ".html", "%2e%2e%2f.html", "?q=1&x=<b>.html", "#top", "con.html", "a:b", "tab\t.html", "*"]
    return [*(text.encode() for text in texts), b"\xff\xfe.html", b"caf\xe9.html", b"\xed\xa0\x80.html"]


def _special_files(folder: Path, outside: Path) -> int:
    """Make files that must be skipped, and return how many; two links inside the folder are made as well."""
    (outside / "secret.html").write_text(html_page("Secret", sentences(99)))
    (folder / "link-1.html").symlink_to("good-00.html")
    (folder / "link-2.html").symlink_to(folder / "good-01.html")
    links = {"out.html": str(outside / "secret.html"), "loop.html": "loop.html", "ping.html": "pong.html"}
    links |= {"pong.html": "ping.html", "dangling.html": "nothing", "up": "..", "device.html": "/dev/zero", "here": "."}
    for name, target in links.items():
        (folder / name).symlink_to(target)
    (folder / "folder.html").mkdir()
    os.mkfifo(folder / "fifo.html")
    with closing(socket.socket(socket.AF_UNIX)) as unix:
        unix.bind(os.path.relpath(outside / "s"))
        os.rename(outside / "s", folder / "socket.html")
    made = subprocess.run(["mknod", folder / "zero.html", "c", "1", "5"], capture_output=True).returncode == 0
    return len(links) + 2 + made


def _move(folder: Path, chance: random.Random, stop: threading.Event) -> None:  # noqa: C901  (a case a fault)
    """Change, move or delete one file after the other until `stop` is set, files about to be read among them."""
    waiting = sorted(folder.glob("moving-*.html"))
    while waiting and not stop.wait(chance.random() * 0.04):
        file = waiting.pop(chance.randrange(len(waiting)))
        match chance.randrange(9):
            case 0:
                file.unlink()
            case 1:
                file.write_text(html_page("Replaced", sentences(chance.randrange(10**6))))
            case 2:
                file.unlink()
                os.mkfifo(file)
            case 3:
                file.unlink()
                file.mkdir()
            case 4:
                file.chmod(0)
            case 5:
                os.truncate(file, chance.randrange(file.stat().st_size))
            case 6:
                file.unlink()
                file.symlink_to("/dev/zero")
            case 7:
                with file.open("a") as grown:
                    grown.write("".join(f"<p>{paragraph}</p>" for paragraph in sentences(chance.randrange(10**6))))
            case 8:
                os.truncate(file, MAX_PAGE_BYTES + 1)
