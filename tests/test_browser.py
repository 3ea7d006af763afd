"""A real browser walks the reading room: no error, no complaint on the console, no request to anywhere else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.benchmarks.reading import served
from tests.browser import CHROMIUM, Browser, browser
from tests.browsing import ROOM, make_hostile
from tests.conftest import SEEDS, as_installed, read_folder

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: the pages are not looked at in a browser")

SHOTS = {"front": "/", "search": "/search?q=ferry", "article": "/NAME/articles/1", "changes": "/compare?article=1"}


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the archive to walk: one of the sample pages, or the one that the environment names."""
    named = os.environ.get("WINNOW_WALK")
    return Path(named) if named else read_folder(SEEDS, tmp_path_factory.mktemp("seeds") / "articles.db").database


@pytest.fixture(scope="module")
def address(archive: Path) -> Iterator[str]:
    """Return the address of the archive, served."""
    with as_installed(), served(archive) as found:
        yield found


def walk(chromium: Browser, address: str, name: str) -> None:
    for number, page in enumerate(ROOM):
        width, dark = ("phone", "desktop")[number % 2], number % 3 == 0
        visit = chromium.visit(address + page.replace("NAME", name), width, dark)
        assert visit.status == 200, page
        assert visit.complaints == [], page
        assert [url for url in visit.requests if not url.startswith((address, "data:"))] == [], page
        if not page.endswith(".json"):
            assert chromium.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page
            assert chromium.evaluate(UNLABELLED) == [], page


# Fields without a label, links and buttons without a name, and pages without exactly one heading of the first rank.
UNLABELLED = """[
    ...[...document.querySelectorAll('main input:not([type=hidden],[type=submit]), .top input, .room main select')]
        .filter(field => !field.labels.length && !field.ariaLabel && !field.closest('.filter-row, .facet-results')),
    ...[...document.querySelectorAll('.room a:not([aria-hidden]), .room button')]
        .filter(each => !each.textContent.trim()),
    ...(document.querySelectorAll('h1').length == 1 ? [] : [document.body]),
].map(each => each.outerHTML.slice(0, 200)).filter(html => !html.includes('name="sql"'))"""


def test_every_page_of_an_archive(chromium: Browser, archive: Path, address: str) -> None:
    walk(chromium, address, archive.stem)


def test_every_page_of_a_hostile_archive(chromium: Browser, archive: Path, tmp_path: Path) -> None:
    shutil.copy(archive, tmp_path / "hostile.db")
    make_hostile(tmp_path / "hostile.db")
    with as_installed(), served(tmp_path / "hostile.db") as address:
        walk(chromium, address, "hostile")


def test_everything_is_within_reach_of_the_keyboard(chromium: Browser, archive: Path, address: str) -> None:
    chromium.visit(f"{address}/{archive.stem}/articles/1")
    chromium.press("Tab")
    assert chromium.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert chromium.evaluate("document.activeElement.getBoundingClientRect().left >= 0")
    reached = set()
    for _ in range(60):
        chromium.press("Tab")
        reached.add(chromium.evaluate("document.activeElement.outerHTML.slice(0, 300)"))
    assert set(chromium.evaluate("[...document.links].map(link => link.outerHTML.slice(0, 300))")[1:]) <= reached


def test_a_correction_is_said_and_taken_back(chromium: Browser, archive: Path, tmp_path: Path) -> None:
    shutil.copy(archive, tmp_path / "corrected.db")
    with as_installed(), served(tmp_path / "corrected.db") as address:
        chromium.visit(f"{address}/corrected/articles/1")
        chromium.evaluate("document.querySelector('.correct summary').click()")
        chromium.evaluate("document.querySelector('.correct [name=value]').value = 'Another title'")
        visit = chromium.go("document.querySelector('.correct button').click()")
        assert (visit.status, visit.complaints) == (200, [])
        assert "title: Another title" in chromium.evaluate("document.querySelector('.said').textContent")
        assert "pending" in chromium.evaluate("document.querySelector('.said').textContent")
        chromium.go("document.querySelector('.said button').click()")
        assert chromium.evaluate("document.querySelector('.said')") is None
        assert chromium.evaluate("location.pathname") == "/corrected/articles/1"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_text_has_contrast(chromium: Browser, archive: Path, address: str, dark: bool) -> None:
    for page in SHOTS.values():
        chromium.visit(address + page.replace("NAME", archive.stem), dark=dark)
        assert chromium.evaluate(LOW_CONTRAST) == [], page


# The contrast ratio of WCAG 2.1 between each text and the nearest background behind it; 4.5 is its level AA.
LOW_CONTRAST = """(() => {
    const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
        .map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
        .reduce((sum, v, at) => sum + v * [.2126, .7152, .0722][at], 0);
    const colour = text => text.match(/[\\d.]+/g).map(Number);
    const behind = node => {
        for (; node; node = node.parentElement) {
            const found = colour(getComputedStyle(node).backgroundColor);
            if (found[3] !== 0) return found;
        }
        return [255, 255, 255];
    };
    return [...document.querySelectorAll('.room *')]
        .filter(node => [...node.childNodes].some(child => child.nodeType == 3 && child.textContent.trim()))
        .filter(node => {
            const [a, b] = [light(colour(getComputedStyle(node).color)), light(behind(node))].sort((x, y) => y - x);
            return (a + .05) / (b + .05) < 4.5;
        })
        .map(node => node.outerHTML.slice(0, 120));
})()"""


def test_screenshots(chromium: Browser, archive: Path, address: str, tmp_path: Path) -> None:
    """Take the README's pictures, into the folder that WINNOW_SHOTS names."""
    folder = Path(os.environ.get("WINNOW_SHOTS", tmp_path))
    for name, page in SHOTS.items():
        chromium.visit(address + page.replace("NAME", archive.stem), dark=name == "changes")
        chromium.screenshot(folder / f"{name}.webp")
        assert (folder / f"{name}.webp").read_bytes().startswith(b"RIFF")
