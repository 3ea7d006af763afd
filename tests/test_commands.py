"""Commands that the documents name without showing their output: each is run, or understood by its own program."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from crawler.commands import sites
from crawler.sites_added import Wanted, add
from lab.live_pages import Content
from lab.live_site import LiveSite
from lab.samples import html_page, sentences
from tests.conftest import PROJECT, SEEDS, environment, installed, read_folder
from tests.forked import run_scrapy
from winnow.corrections import Action
from winnow.sites import ledger
from winnow.sites.ledger_queue import add_source

DOCUMENTS = [PROJECT / f"{name}.md" for name in ("README", "CONTRIBUTING", "SECURITY", "findings/README")]
DOCUMENTS += sorted((PROJECT / "docs").glob("*.md"))
STANDS_FOR = {"PAGE": "4", "OTHER": "1", "FILE": "seeds/text-captures/2024-06-18-ferry-terminal.txt", "FOLDER": "other"}
STANDS_FOR |= {"article:ID": "article:2", "OLD": str(SEEDS), "NEW": "saved-pages"}
STANDS_FOR |= {"paper.example": "harbour-gazette.example", "2019/*": "text-captures/*"}
CHANGE_MUCH = ("forget", "moved")  # commands that get a database of their own
RUN_ELSEWHERE = {
    "make crawl": ".ci/run",
    "make test": ".ci/run",
    "make torture": ".ci/run",
    "source .venv/bin/activate": "a shell's own",
    "useradd --system winnow": "test_schedule, as are the next",
    "cp deploy/winnow.service deploy/winnow.timer /etc/systemd/system/": "",
    "systemctl enable --now winnow.timer": "",
    "install -d -o winnow /var/lib/winnow": "",
    "crontab -u winnow deploy/crontab": "its lines",
    "cd /opt/winnow": "",
    "systemctl daemon-reload": "needs a machine that systemd has started, as do the next",
    "systemctl start winnow.service": "its command: test_schedule",
    "journalctl -u winnow": "",
    "crontab -e": "opens an editor",
    "find sites/pages sites/discovery -name '*.warc.gz' -mtime +90 -delete": "test_sites_nights deletes what was read",
    "useradd --system -g winnow winnow-sites": "as the user of the other service",
    "cp deploy/winnow-sites.service /etc/systemd/system/": "the units themselves: test_schedule",
    "cp -r deploy/winnow.service.d /etc/systemd/system/": "",
}


class UnderstoodError(Exception):
    """The arguments of a command were read, and no more is wanted."""


def _blocks(text: str) -> list[str]:
    """Return the lines of indented blocks but drawings, joined where they go on."""
    blocks = re.findall(r"(?:^\n|\A)((?:^    \S.*\n(?:^ {4,}\S.*\n)*)+)", text, re.M)
    lines = [block.replace("\\\n", "") for block in blocks if not re.search("[─│]", block)]
    return [line.strip() for block in lines for line in block.splitlines()]


def _commands() -> list[str]:
    """Return what the documents tell to run; words in passing count when they name a program and what it shall do."""
    found: dict[str, None] = {}
    for path in DOCUMENTS:
        text = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)
        inline = [span for span in re.findall(r"`([^`\n]+)`", text) if span.partition(" ")[0] in {*CHECKS, "crontab"}]
        for command in [*_blocks(text), *inline]:
            words = shlex.split(command, comments=True)
            if len(words) > 1 and words[-1] != "…":
                found[shlex.join(words).replace("'>' ", "> ")] = None
    return list(found)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder as a user has it, with a database of the sample pages and saved pages in the home folder."""
    place = tmp_path_factory.mktemp("commands")
    for name in ("archive.db", "sample.db"):
        shutil.copy(read_folder(SEEDS, place / "articles.db").database, place / name)
    for name in (
        "seeds",
        "metadata.yaml",
        "winnow",
        "requirements",
        "pyproject.toml",
        "setup.py",
        "Makefile",
        "deploy",
    ):
        (place / name).symlink_to(PROJECT / name)
    for number, name in enumerate(("saved-pages", "other", "sites/pages"), 1):
        (place / name).mkdir(parents=True)
        (place / name / "a.html").write_text(html_page("Alpha", sentences(number)))
    ledger.open_ledger(place / "sites", make=True).close()
    return place


def _run(command: list[str], place: Path) -> str:
    here = {"SCRAPY_SETTINGS_MODULE": "crawler.settings", "HOME": str(place)}
    words = [STANDS_FOR.get(word, word.replace("~", str(place)).replace("=FOLDER", "=other")) for word in command]
    if words[0] == "scrapy":
        done = run_scrapy(words[1:], {**environment(), **here}, place)
    else:
        words[0] = str(Path(sys.executable).with_name(words[0]))
        done = subprocess.run(words, capture_output=True, text=True, cwd=place, env={**installed(), **here})
    assert done.returncode == 0, done.stderr
    return done.stdout


def _live(words: list[str], place: Path) -> None:
    """Run a command of live sites on a site on loopback that was crawled once, in a folder of its own."""
    if words[0] == "sites" and len(words) == 2 and words[1] not in ("list", "report"):
        assert words[1] in sites.ARGUMENTS
        return
    folder = Path(tempfile.mkdtemp(dir=place))
    with LiveSite(Content(articles=3, weight=0)) as site:
        (folder / "feeds.opml").write_text(f'<opml><body><outline xmlUrl="{site.url}/feed.rss"/></body></opml>')
        with contextlib.closing(ledger.open_ledger(folder, make=True)) as db:
            add(db, [site.url], Wanted(), time.time())
            add_source(db, 1, f"{site.url}/feed.rss", ledger.FEED, 0, time.time())
            ledger.end_run(db, ledger.begin_run(db, {}, time.time()), "finished", time.time())
        stands_for = {"https://feeds.example/paper": f"{site.url}/feed.rss", "https://paper.example": site.url}
        stands_for |= {"paper.example": site.host, "HOST": site.host, "URL": site.url}
        for named, there in (stands_for | {"feeds.opml": str(folder / "feeds.opml")}).items():
            words = [word if "CONTACT" in word else word.replace(named, there) for word in words]
        given = {"SITES_FOLDER": folder, "PRIVATE_HOSTS": "127.0.0.0/8", "USER_AGENT_CONTACT": "ann@paper.example"}
        _run(["scrapy", *words, *(f"--set={name}={value}" for name, value in (given | {"DELAY": 0}).items())], place)


def _scrapy(words: list[str], place: Path) -> None:
    if len(words) == 1:
        assert (PROJECT / f"crawler/commands/{words[0]}.py").exists()
        return None
    if "sites" in words[:2]:
        return _live(words, place)
    if words[0] in CHANGE_MUCH:
        shutil.copy(place / "sample.db", place / "changed.db")
        words = [*words, "-s", "DATABASE=changed.db"]
    if "--import" in words:  # whatever was run before
        _scrapy(["forget", "--export", words[words.index("--import") + 1]], place)
    _run(["scrapy", *words], place)
    return None


def _winnow(words: list[str], place: Path) -> None:
    _run(["python", "-m", "winnow", *words], place)


def _datasette(words: list[str], place: Path) -> None:
    pytest.importorskip("datasette", reason="an extra: browse")
    assert "<title>Winnow: " in _run(["datasette", *words, "--get", "/"], place)


def _sqlite3(words: list[str], place: Path) -> None:
    if not shutil.which("sqlite3") or _sqlite(":memory:", words[-1]).returncode:
        pytest.skip(f"no sqlite3 here that knows {words[-1]}")
    done = _sqlite(place / words[0], *words[1:])
    assert (done.returncode, done.stderr) == (0, "")
    assert "COMMIT" in done.stdout


def _sqlite(database: str | Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sqlite3", str(database), *words], capture_output=True, text=True)


def _python(words: list[str], place: Path) -> None:
    """Have the module's own parser read the arguments, if there are any, and go no further."""
    option, module, *arguments = words
    assert option == "-m"
    if module in ("pip", "pytest", "venv"):
        return
    if module == "winnow":
        return _winnow(arguments, place)
    name = f"{module}.__main__" if (PROJECT / module.replace(".", "/")).is_dir() else module
    try:
        main: Callable[[], object] = importlib.import_module(name).main
    except (ModuleNotFoundError, SystemExit) as missing:
        pytest.skip(f"an extra: {missing}")

    parse = argparse.ArgumentParser.parse_args

    def parsed(parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        if arguments:
            parse(parser, arguments)
        raise UnderstoodError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(argparse.ArgumentParser, "parse_args", parsed)
        with pytest.raises(UnderstoodError):
            main()


def _make(words: list[str], place: Path) -> None:
    """Ask make what it would do, and check that in turn; a variable must be one that the Makefile reads."""
    words = words[: words.index(">")] if ">" in words else words
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    assert {word.partition("=")[0] for word in words if "=" in word} <= set(re.findall(r"\$\((\w+)\)", makefile))
    done = subprocess.run(["make", "-n", *words], capture_output=True, text=True, cwd=place, env=os.environ)
    assert (done.returncode, done.stderr) == (0, "")
    for line in done.stdout.replace("\\\n", "").splitlines():
        program, *more = shlex.split(line)
        if program.endswith(("/python", "/datasette")):
            CHECKS[Path(program).name]([word for word in more if word not in ("--get", "/")], place)


def _pip(words: list[str], place: Path) -> None:
    """See that what is to be installed is an extra of the project, in one, or a list of the project."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    named = {re.split(r"[^\w-]", requirement)[0] for extra in extras.values() for requirement in extra}
    named |= set(re.findall(r"^([\w.-]+)==", (PROJECT / "requirements/run.lock").read_text(encoding="utf-8"), re.M))
    assert words[0] == "install"
    match words[1:]:
        case ["--require-hashes", "-r", path]:
            assert (PROJECT / path).exists()
        case [name]:
            own = re.fullmatch(r"\.\[([\w,]+)\]", name)
            assert set(own[1].split(",")) <= set(extras) if own else name in named
        case _:
            raise AssertionError(words)


def _sudo(words: list[str], place: Path) -> None:
    option, user, program, *more = words
    assert (option, user in ("winnow", "winnow-sites")) == ("-u", True)
    CHECKS[Path(program).name]([re.sub("/var/lib/winnow(/|-)", "", word) for word in more], place)


def _docker(words: list[str], place: Path) -> None:
    """See that a container is built of a recipe that is there, and runs a command of the program in it."""
    if words[0] == "build":
        assert (PROJECT / words[words.index("-f") + 1]).is_file()
        return
    more = words[words.index("winnow") + 1 :]
    if more != ["read"]:
        _winnow([*(word.replace("/pages", "other") for word in more), "-s", "DATABASE=container.db"], place)


CHECKS: dict[str, Callable[[list[str], Path], None]] = {
    "scrapy": _scrapy, "winnow": _winnow, "datasette": _datasette, "sqlite3": _sqlite3, "python": _python,
    "make": _make, "pip": _pip, "sudo": _sudo,
    "docker": _docker,
}  # fmt: skip


@pytest.mark.parametrize("command", _commands())
def test_a_command_is_understood_by_its_program(command: str, place: Path) -> None:
    if command in RUN_ELSEWHERE:
        return
    program, *words = shlex.split(command)
    CHECKS[program](words, place)


def test_options_that_are_named_in_passing_exist() -> None:
    named = {option for path in DOCUMENTS for option in re.findall(r"`(--[a-z-]+)", path.read_text(encoding="utf-8"))}
    sources = [path for part in ("crawler", "pipelines", "winnow", "lab") for path in (PROJECT / part).rglob("*.py")]
    known = {option for path in sources for option in re.findall(r'"(--[a-z-]+)"', path.read_text(encoding="utf-8"))}
    known |= {f"--{action}" for action in Action}
    assert named - known == {"--crossdb", "--adjust-extension"}  # of Datasette and of wget


def test_none_is_excused_that_is_not_named() -> None:
    assert [command for command in RUN_ELSEWHERE if command not in _commands()] == []
