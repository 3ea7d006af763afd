"""The wheel alone, in an environment outside the checkout: it crawls, explains, serves its room and other projects."""

from __future__ import annotations

import email
import http.server
import re
import shutil
import sqlite3
import subprocess
import sys
import sysconfig
import threading
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from lab.samples import html_page, sentences
from tests.conftest import PROJECT, SEEDS, environment

PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
OFFLINE = ["--no-deps", "--no-index", "--quiet"]
PACKAGED = ("crawler", "pipelines", "winnow", "setup.py", "pyproject.toml", "README.md", "LICENSE")


@dataclass(frozen=True)
class Installed:
    """An environment with the wheel, and a folder that held nothing but a copy of the sample pages."""

    programs: Path
    folder: Path

    def run(self, program: str, *words: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment."""
        command = [str(self.programs / program), *words]
        return subprocess.run(
            command, capture_output=True, text=True, cwd=folder or self.folder, env=environment(), timeout=300
        )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy: building leaves folders behind, from which a later wheel would get what has gone."""
    place = tmp_path_factory.mktemp("wheel")
    for name in PACKAGED:
        source = PROJECT / name
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(source, place / name, ignore=ignore) if source.is_dir() else shutil.copy(source, place / name)
    subprocess.run([*PIP, "wheel", *OFFLINE, "--no-build-isolation", "-w", str(place / "dist"), str(place)], check=True)
    [built] = (place / "dist").iterdir()
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Install the wheel; what it depends on is lent by the environment that runs the tests, but no Winnow of that."""
    place = tmp_path_factory.mktemp("installed")
    venv.create(place / "env", symlinks=True)
    python = place / "env/bin/python"
    subprocess.run([*PIP, "--python", str(python), "install", *OFFLINE, str(wheel)], check=True)
    names = {"base": str(place / "env"), "platbase": str(place / "env")}
    own = Path(sysconfig.get_path("purelib", "venv", names))
    # A folder that is named in a .pth file comes behind the environment's own; .pth files in it, such as that of an
    # editable installation, are not read.
    (own / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    (place / "empty").mkdir()
    shutil.copytree(SEEDS, place / "empty/seeds")
    made = Installed(python.parent, place / "empty")
    assert made.run("python", "-c", "import winnow; print(winnow.__file__)").stdout.startswith(str(own))
    return made


@pytest.fixture(scope="module")
def crawled(installed: Installed) -> Installed:
    """Crawl the sample pages, beside another project's `scrapy.cfg`."""
    (installed.folder / "scrapy.cfg").write_text("[settings]\ndefault = elsewhere.settings\n")
    done = installed.run("winnow", "crawl", "seeds", "-a", "path=seeds", "-s", "DATABASE=archive.db")
    assert (done.returncode, done.stderr) == (0, "")
    assert "9 new, 1 changed, 0 unchanged, 6 duplicates, 3 rejected" in done.stdout
    assert "read it with `datasette archive.db`" in done.stdout
    return installed


def test_the_wheel_holds_the_package_and_nothing_beside_it(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = {name for name in packed.namelist() if ".dist-info/" not in name}
    modules = {f"winnow/{path.relative_to(PROJECT)}" for part in ("crawler", "pipelines") for path in _modules(part)}
    modules |= {str(path.relative_to(PROJECT)) for path in _modules("winnow")}
    assert {name for name in names if name.endswith(".py")} == modules
    data = {str(path.relative_to(PROJECT)) for path in PROJECT.glob("winnow/room/templates/*")}
    data |= {str(path.relative_to(PROJECT)) for path in PROJECT.glob("winnow/read/words/languages/*.json")}
    data |= {"winnow/py.typed", "winnow/read/plain/model.npz", "winnow/read/plain/model_others.npz"}
    data |= {"winnow/read/plain/model_kinds.npz", "winnow/read/plain/kind.npz"}
    data |= {"winnow/archive/newest_schema.json", "winnow/read/html/model.npz", "winnow/read/html/kind.npz"}
    assert names - modules == data | {"winnow/room/metadata.yaml"}


def _modules(part: str) -> list[Path]:
    return list((PROJECT / part).rglob("*.py"))


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    with zipfile.ZipFile(wheel) as packed:
        [name] = (name for name in packed.namelist() if name.endswith(".dist-info/METADATA"))
        told = email.message_from_bytes(packed.read(name))
        assert packed.read(name.replace("METADATA", "licenses/LICENSE")) == (PROJECT / "LICENSE").read_bytes()
    assert (told["Name"], told["Version"], told["License-Expression"]) == ("winnow", project["version"], "Apache-2.0")
    assert told["Author"] == "The Winnow authors"
    assert set(told.get_all("Provides-Extra", [])) == set(project["optional-dependencies"])
    assert {"Framework :: Scrapy", "Typing :: Typed"} <= set(told.get_all("Classifier", []))


def test_the_changelog_has_the_version() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    headings = re.findall(r"^## (\S+)", (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert headings[0] == project["version"]


def test_no_common_name_is_taken(installed: Installed) -> None:
    tried = "import importlib.util as u; print([n for n in ('crawler', 'pipelines', 'lab', 'tests') if u.find_spec(n)])"
    assert installed.run("python", "-c", tried).stdout == "[]\n"


def test_the_program_says_what_it_does_in_its_own_name(installed: Installed) -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert installed.run("winnow", "--version").stdout == f"winnow {project['version']}\n"
    listed = installed.run("python", "-m", "winnow").stdout
    assert set(re.findall(r"^  (\w+) ", listed, re.M)) == {path.stem for path in _modules("crawler/commands")} - {
        "__init__"
    }
    for command in ("crawl", "explain"):
        assert f"winnow {command} " in installed.run("winnow", command, "-h").stdout
    wrong = installed.run("winnow", "explain")
    assert (wrong.returncode, "`winnow explain PAGE" in wrong.stderr, "scrapy" in wrong.stderr) == (1, True, False)


def test_a_page_is_explained(crawled: Installed) -> None:
    done = crawled.run("winnow", "explain", "ferry-terminal_corrected.html", "-s", "DATABASE=archive.db")
    assert (done.returncode, done.stderr) == (0, "")
    assert "article, changed: a later text at the same address" in done.stdout
    again = crawled.run("python", "-m", "winnow", "crawl", "seeds", "-s", "DATABASE=archive.db")
    assert "0 new, 0 changed, 19 unchanged" in again.stdout


def test_the_reading_room_is_found(crawled: Installed) -> None:
    pytest.importorskip("datasette", reason="an extra: browse")
    for address, words in {
        "/": "<title>Winnow: 9 articles</title>",
        "/questions": "Which articles were captured most often?",
        "/search?q=lighthouse": "<mark>lighthouse</mark>",
        "/archive/pages": "One row per page ever read",
    }.items():
        done = crawled.run("python", "-W", "ignore", "-m", "datasette", "archive.db", "--get", address)
        assert done.returncode == 0, done.stderr
        assert words in done.stdout, address


def test_others_see_the_types(installed: Installed, tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    (tmp_path / "theirs.py").write_text('from winnow.items import Page\nreveal_type(Page("a.html").body)\n')
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), "--python-executable"]
    done = subprocess.run(
        [*command, str(installed.programs / "python"), "theirs.py"], capture_output=True, text=True, cwd=tmp_path
    )
    assert 'Revealed type is "bytes"' in done.stdout.replace("builtins.", ""), done.stdout


@pytest.fixture
def site(folder: Path) -> Iterator[str]:
    """Serve a front page with links to three pages, of which two hold the same article; give its address."""
    for name, number in {"a": 1, "b": 2, "c": 1}.items():
        page = html_page(f"Story {number}", sentences(number), teasers=f"<p>Teaser {name}</p>")
        (folder / f"{name}.html").write_text(page)
    (folder / "index.html").write_text("".join(f'<a href="{name}.html">{name}</a> ' for name in "abc"))
    quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def project(tmp_path: Path, site: str) -> Path:
    """Make the project that the document shows, whose spider starts at our site."""
    place = tmp_path / "project"
    text = (PROJECT / "docs/other-projects.md").read_text(encoding="utf-8")
    files = re.findall(r"^`(news/\S+\.py)`:\n\n```python\n(.*?)^```", text, re.M | re.S)
    assert len(files) == 3
    for name, source in files:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(source.replace('name = "front"\n', f'name = "front"\n    start_urls = ["{site}"]\n'))
    (place / "news/__init__.py").touch()
    (place / "news/spiders/__init__.py").touch()
    (place / "scrapy.cfg").write_text("[settings]\ndefault = news.settings\n")
    return place


@pytest.mark.parametrize("formatter", ["", "scrapy.logformatter.LogFormatter"], ids=["as shown", "Scrapy's own"])
def test_another_project_works_as_documented_and_logs_no_page(
    installed: Installed, project: Path, site: str, formatter: str
) -> None:
    more = ["-s", "LOG_LEVEL=DEBUG", "-s", "TELNETCONSOLE_ENABLED=False"]
    more += ["-s", f"LOG_FORMATTER={formatter}"] if formatter else []
    command = ["-W", "error", "-m", "scrapy.cmdline", "crawl", "front", *more]
    done = installed.run("python", *command, folder=project)
    assert done.returncode == 0, done.stderr
    assert sorted(re.findall(r"^article \d+: (Story \d)$", done.stdout, re.M)) == ["Story 1", "Story 2"]
    with sqlite3.connect(project / "news.db") as db:
        found = db.execute("SELECT url, outcome, media_type, captured IS NOT NULL FROM pages ORDER BY url").fetchall()
    db.close()
    outcomes = {url.removeprefix(site): (outcome, known) for url, outcome, _, known in found}
    assert outcomes.pop("") == ("rejected", 1)
    assert sorted(outcomes.values()) == [("article", 1), ("article", 1), ("duplicate", 1)]
    assert {kind for _, _, kind, _ in found} == {"text/html"}
    assert "near-duplicate" in done.stderr or "same text" in done.stderr
    for words in (*sentences(1), *sentences(2), "<!DOCTYPE", "Teaser"):
        assert words not in done.stderr
