"""What SECURITY.md promises: pages reach no file, network, shell, SQL, log, terminal or browser; nothing listens."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import unicodedata
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from lab.samples import html_page, sentences
from tests.browsing import plug_in
from tests.conftest import PROJECT, SCRAPY, Crawl, Read, environment, scrapy

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # datasette 0.65 imports pkg_resources-era modules
    from datasette.app import Datasette

SECRET = "the secret of the file outside"


def reaching_out(secret: Path, port: int) -> dict[str, str]:
    """Return pages that ask for a file and for an address in every way that markup knows."""
    prose = "".join(f"<p>{sentence}</p>" for sentence in sentences(1))
    file, http = secret.as_uri(), f"http://127.0.0.1:{port}"
    entities = f'<!ENTITY f SYSTEM "{file}"><!ENTITY h SYSTEM "{http}/e"><!ENTITY % p SYSTEM "{http}/p"> %p;'
    linked = (
        f'<link rel="stylesheet" href="{http}/s.css"><script src="{http}/s.js"></script><base href="{http}/">'
        f'<img src="{file}"><iframe src="{file}"></iframe><object data="{http}/o"></object><embed src="{file}">'
        f'<meta http-equiv="refresh" content="0;url={http}/r"><link rel="import" href="{file}">'
        f'<link rel="canonical" href="{http}/c"><meta property="og:image" content="{http}/i.png">'
    )
    return {
        "entities.xhtml": f'<?xml version="1.0"?><!DOCTYPE html [{entities}]><html><body>&f;&h;{prose}</body></html>',
        "doctype.html": f'<!DOCTYPE html SYSTEM "{http}/d.dtd"><html><body>{prose}</body></html>',
        "stylesheet.xhtml": f'<?xml version="1.0"?><?xml-stylesheet href="{http}/x.xsl"?><html>{prose}</html>',
        "include.xhtml": (
            f'<html xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{file}" parse="text"/>{prose}</html>'
        ),
        "linked.html": f"<html><head>{linked}</head><body>{linked}{prose}</body></html>",
        "path.txt": "\n\n".join([str(secret), file, http, *sentences(2)]),
    }


def test_reading_pages_opens_no_file_and_no_connection(tmp_path: Path) -> None:
    secret, pages = tmp_path / "secret.txt", tmp_path / "pages"
    secret.write_text(SECRET)
    pages.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        for name, page in reaching_out(secret, server.getsockname()[1]).items():
            (pages / name).write_text(page)
        command = [sys.executable, "-m", "tests.audited", str(pages)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, env=environment())
        assert done.returncode == 0, done.stderr
        with pytest.raises(BlockingIOError):  # nobody has called
            server.accept()
    found = json.loads(done.stdout)
    assert found["seen"] == []
    assert SECRET not in done.stdout
    assert sum(sentences(1)[2] in text for text in found["texts"].values()) >= 4  # they were read, not just refused


def test_the_watch_would_see_a_file_that_is_opened(tmp_path: Path) -> None:
    code = "import sys, tests.audited as a; sys.addaudithook(a._watch); open(sys.argv[1]); print(a._seen)"
    (tmp_path / "file").touch()
    command = [sys.executable, "-c", code, str(tmp_path / "file")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, env=environment())
    assert str(tmp_path / "file") in done.stdout


HOSTILE = {
    "shell": "$(touch pwned) `touch pwned`; touch pwned | touch pwned",
    "sql": "'); DROP TABLE articles; -- \" ; DELETE FROM pages",
    "terminal": "Red \x1b[31m alert \x1b]0;owned\x07 \x9b2J end",
    "lines": "One\r\nERROR: forged log line\n\x85and another\u2028third",
    "template": "{{ 7 * 7 }} {% include '/etc/passwd' %} %(path)s {0.__class__}",
}


@pytest.fixture
def hostile(folder: Path) -> Path:
    """Return a folder of pages whose titles, bylines, texts and names attack what handles them."""
    for number, (name, attack) in enumerate(HOSTILE.items()):
        text = sentences(number)
        text[1] += " " + attack
        page = html_page(attack, text).replace("<main>", f"<main><p class='byline'>By {attack}</p>")
        (folder / f"{name} {attack.replace('/', '_')[:60]}.html").write_text(page, encoding="utf-8", newline="")
    return folder


def test_pages_reach_neither_shell_nor_sql_nor_log_nor_terminal(crawl: Crawl, hostile: Path, tmp_path: Path) -> None:
    home, feed = tmp_path / "home", tmp_path / "new.jsonl"
    home.mkdir()
    # The temporary folder is not in `tmp_path`: the name of a socket may have a hundred characters only.
    with TemporaryDirectory() as temporary, pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("TMPDIR", temporary)
        done = crawl(hostile, "-L", "DEBUG", "-O", str(feed))
        assert [file for place in (home, Path(temporary)) for file in place.rglob("*")] == []
    assert done.status == 0, done.err
    assert len(done.rows("SELECT id FROM articles")) == len(HOSTILE)
    assert controls(done.out + done.err) == set()
    assert not [line for line in done.err.splitlines() if line.startswith(("ERROR", "third", "and another"))]
    assert sentences(0)[3] not in done.err  # a page's text is never logged
    for row in [*done.rows("SELECT * FROM articles"), *done.rows("SELECT detail FROM pages")]:
        assert controls("".join(value for value in row.values() if isinstance(value, str))) == set()
    assert {file.name for file in tmp_path.iterdir()} == {"home", "pages", "articles.db", "new.jsonl"}
    assert not [*PROJECT.glob("pwned"), *hostile.glob("pwned")]


def test_explanations_of_hostile_pages_are_printable(crawl: Crawl, hostile: Path, tmp_path: Path) -> None:
    crawl(hostile)
    done = scrapy("explain", "1", "-s", f"DATABASE={tmp_path / 'articles.db'}")
    assert done.returncode == 0, done.stderr
    assert controls(done.stdout) == set()


@pytest.mark.filterwarnings("ignore")
def test_markup_in_titles_and_texts_is_text_in_the_browser(read: Read, folder: Path) -> None:
    attack = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt;\"'&gt;&lt;b&gt;"
    (folder / "a.html").write_text(html_page(f"Story {attack}", [f"{attack} {text}" for text in sentences(1)]))
    done = read(folder)
    [article] = done.rows("SELECT title, text FROM articles")
    assert "<script>alert(1)" in article["title"] + article["text"]
    plug_in()
    datasette = Datasette([str(done.database)])

    async def pages() -> list[str]:
        await datasette.invoke_startup()
        paths = ["/", "/articles", "/articles/articles", "/articles/articles/1", "/articles/pages", "/articles/texts"]
        return [(await datasette.client.get(path)).text for path in paths]

    served = asyncio.run(pages())
    assert any("alert(1)" in page for page in served)
    assert not [page for page in served if "<script>alert(1)" in page or "<img src=x" in page]


def test_nothing_listens_during_a_crawl(folder: Path, tmp_path: Path) -> None:
    for number in range(60):
        (folder / f"{number}.html").write_text(html_page(f"Story {number}", sentences(number)))
    command = [*SCRAPY, "crawl", "seeds", "-a", f"path={folder}", "-s", f"DATABASE={tmp_path / 'a.db'}", "-L", "DEBUG"]
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
        env=environment(),
        start_new_session=True,
    ) as child:
        assert child.stderr is not None
        while "article 5" not in child.stderr.readline():
            assert child.poll() is None
        processes = members(child.pid)
        assert len(processes) > 2  # with the workers
        assert listening() & {inode for process in processes for inode in sockets(process)} == set()
        child.stderr.read()
    assert child.returncode == 0


def controls(text: str) -> set[str]:
    """Return the control characters of a text, but line feeds and tabs."""
    return {char for char in text if unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t"}


def members(session: int) -> list[int]:
    found = []
    for name in filter(str.isdecimal, os.listdir("/proc")):
        try:
            if os.getsid(int(name)) == session:
                found.append(int(name))
        except ProcessLookupError:
            continue
    return found


def sockets(process: int) -> set[str]:
    """Return the inodes of a process's sockets."""
    folder = Path(f"/proc/{process}/fd")
    try:
        targets = [os.readlink(file) for file in folder.iterdir()]
    except OSError:
        return set()
    return {target[len("socket:[") : -1] for target in targets if target.startswith("socket:")}


def listening() -> set[str]:
    """Return the inodes of the sockets that listen for TCP, and of all for UDP."""
    found = set()
    for name in ("tcp", "tcp6", "udp", "udp6"):
        table = Path("/proc/net", name)
        for line in table.read_text().splitlines()[1:] if table.exists() else []:
            fields = line.split()
            if name.startswith("udp") or fields[3] == "0A":
                found.add(fields[9])
    return found
