"""A real browser in the reading room: every kind of page is accessible, saved pages run and load nothing, keys work."""

from __future__ import annotations

import contextlib
import socketserver
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.benchmarks.reading import served
from tests.accessible import engine, faults
from tests.browser import CHROMIUM, WIDTHS, Browser, browser
from tests.conftest import as_installed, read_folder
from tests.saved_samples import make

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: the pages are not looked at in a browser")

KINDS = [
    "/", "/search", "/search?q=engine", "/search?q=nothing-like-this", "/pages", "/duplicates", "/rejected", "/runs",
    "/dashboard", "/questions", "/corrections", "/marks", "/compare?article=1", "/archive/articles/1",
    "/archive/articles/1?in=q%3Dengine&n=1", "/archive/pages/1", "/archive/pages/1/saved",
    "/archive/pages/REFUSED/refused", "/archive/runs/1",
]  # fmt: skip


class Listener(socketserver.ThreadingTCPServer):
    """A server of this machine that keeps what it is asked, also where nothing follows a connection."""

    daemon_threads = True

    def __init__(self) -> None:
        self.asked: list[bytes] = []
        super().__init__(("127.0.0.1", 0), Hearing)


class Hearing(socketserver.BaseRequestHandler):
    """Hear what one visitor of a listener asks first."""

    def handle(self) -> None:
        assert isinstance(self.server, Listener)
        self.server.asked.append(self.request.recv(300))


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Listener]:
    with Listener() as listener:
        threading.Thread(target=listener.serve_forever, daemon=True).start()
        yield listener
        listener.shutdown()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, elsewhere: Listener) -> Path:
    folder = tmp_path_factory.mktemp("saved")
    root = make(folder, f"http://127.0.0.1:{elsewhere.server_address[1]}")
    (root / "refused.txt").write_text("Buy now. Cookies. Log in. Share. " * 3, encoding="utf-8")
    return read_folder(root, folder / "archive.db").database


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture(scope="module")
def address(archive: Path) -> Iterator[str]:
    with as_installed(), served(archive) as found:
        yield found


def one(archive: Path, sql: str) -> int:
    with contextlib.closing(sqlite3.connect(archive)) as db:
        return int(db.execute(sql).fetchone()[0])


def hostile(archive: Path) -> int:
    return one(archive, "SELECT id FROM pages WHERE path = 'hostile.html'")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_kind_of_page_is_accessible(
    chromium: Browser, archive: Path, address: str, width: str, dark: bool, pytestconfig: pytest.Config
) -> None:
    assert pytestconfig.cache
    axe = engine(Path(pytestconfig.cache.mkdir("axe")))
    mark_all(chromium, address)
    refused = str(one(archive, "SELECT min(page_id) FROM refused_texts"))
    found = {}
    for page in KINDS:
        visit = chromium.visit(address + page.replace("REFUSED", refused), width, dark)
        assert (visit.status, visit.complaints) == (200, []), page
        assert [url for url in visit.requests if not url.startswith((address, "data:"))] == [], page
        assert chromium.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page
        if wrong := faults(chromium, axe):
            found[page] = wrong
    assert found == {}


def mark_all(chromium: Browser, address: str) -> None:
    """Make marks of every kind, once, so that they are looked at."""
    chromium.visit(f"{address}/archive/articles/1")
    if chromium.evaluate("document.querySelector('mark.own') !== null"):
        return
    chromium.go("document.querySelector('[data-key=s]').click()")
    fill = (
        "(field => { field.value = WORDS; field.form.requestSubmit() })(document.querySelector('.marks [name=NAME]'))"
    )
    words = "document.querySelector('#text p').textContent.slice(0, 60)"
    for name, said in (("tag", "'lamps, sea'"), ("note", "'To be read again'"), ("quote", words)):
        chromium.go(fill.replace("NAME", name).replace("WORDS", said))


def test_a_saved_page_runs_and_loads_nothing(
    chromium: Browser, archive: Path, address: str, elsewhere: Listener
) -> None:
    page = f"{address}/archive/pages/{hostile(archive)}"
    visit = chromium.visit(f"{page}/saved")
    assert visit.status == 200
    assert chromium.evaluate("frames.length") == 1
    assert chromium.evaluate("document.title").startswith("Hostile")
    peep = "(() => { try { return frames[0].document.title } catch (error) { return error.name } })()"
    assert chromium.evaluate(peep) == "SecurityError"
    visit = chromium.visit(f"{page}/saved.html")  # the page itself, with the frame's policy alone
    assert chromium.evaluate("[document.title, origin, document.images.length > 1]") == [
        "Hostile | The Test",
        "null",
        True,
    ]
    assert chromium.evaluate("[...document.images].filter(image => image.naturalWidth > 0).length") == 1
    assert (
        chromium.evaluate("document.scripts.length + document.querySelectorAll('iframe, object, embed, link').length")
        == 0
    )
    chromium.evaluate("document.querySelector('#run').click(); document.querySelector('input').focus(); 0")
    chromium.evaluate("document.querySelector('form').requestSubmit?.(); 0")
    assert chromium.evaluate("document.title") == "Hostile | The Test"
    assert [url for url in visit.requests if not url.startswith((address, "data:"))] == []
    assert elsewhere.asked == []


def test_a_link_in_the_frame_leads_nowhere(chromium: Browser, archive: Path, address: str, elsewhere: Listener) -> None:
    chromium.visit(f"{address}/archive/pages/{hostile(archive)}/saved")
    leave = f"http://127.0.0.1:{elsewhere.server_address[1]}/away"
    refused = "document.addEventListener('securitypolicyviolation', event => done(event.violatedDirective))"
    assert chromium.evaluate(f"new Promise(done => {{ {refused}; frames[0].location = '{leave}' }})") == "frame-src"
    assert elsewhere.asked == []


def test_keys_do_what_they_say(chromium: Browser, archive: Path, address: str) -> None:
    chromium.visit(f"{address}/search?q=engine&sort=newest")
    links = chromium.evaluate("[...document.querySelectorAll('.results h2 a')].map(each => each.href)")
    for key, at in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        chromium.press(key)
        assert chromium.evaluate("document.activeElement.href") == links[at]
    chromium.press("/")
    assert chromium.evaluate("document.activeElement.type") == "search"
    chromium.press("j")
    assert chromium.evaluate("document.activeElement.value").endswith("j")  # in a field, letters are letters
    chromium.visit(f"{address}/archive/articles/2")
    before = chromium.evaluate("document.querySelector('[data-key=s]').ariaPressed")
    chromium.press_and_go("s")
    assert chromium.evaluate("document.querySelector('[data-key=s]').ariaPressed") != before
    chromium.press("?")
    assert "highlight" in chromium.evaluate("document.querySelector('dialog[open]').textContent")
    chromium.evaluate(
        "document.querySelector('dialog button').click(); document.querySelector('dialog button + button').click()"
    )
    chromium.press("/")
    assert chromium.evaluate("document.activeElement.type") != "search"  # keys are switched off
    chromium.press("?")
    chromium.evaluate(
        "document.querySelector('dialog button').click(); document.querySelector('dialog button + button').click()"
    )
    chromium.press("/")
    assert chromium.evaluate("document.activeElement.type") == "search"


def test_what_is_selected_is_highlighted(chromium: Browser, archive: Path, address: str) -> None:
    chromium.visit(f"{address}/archive/articles/3")
    chromium.evaluate("""(() => {
        const text = document.querySelectorAll('#text p')[1].firstChild, range = document.createRange();
        range.setStart(text, 0); range.setEnd(text, 30);
        getSelection().removeAllRanges(); getSelection().addRange(range);
    })()""")
    chromium.press("h")
    assert chromium.evaluate("document.querySelector('#highlighting').open")
    wanted = chromium.evaluate("document.querySelector('#highlighting [name=quote]').value")
    assert len(wanted) == 30
    chromium.go("document.querySelector('#highlighting form').requestSubmit()")
    assert chromium.evaluate("document.querySelector('mark.own').textContent") == wanted.strip()


def test_articles_are_on_a_phones_first_screen_of_results(chromium: Browser, address: str) -> None:
    chromium.visit(f"{address}/search?q=engine", "phone")
    assert chromium.evaluate("document.querySelector('.results li').getBoundingClientRect().top < innerHeight - 100")
