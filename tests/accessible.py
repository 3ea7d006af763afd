"""axe-core, an accessibility engine from the npm registry, run in the browser that the tests drive."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.browser import Browser

VERSION = "4.14.1"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """axe.run(document, {runOnly: %s, iframes: false}).then(found => found.violations.map(each =>
    [each.id, each.help, ...each.nodes.slice(0, 3).map(node => node.html.slice(0, 160))]))"""


def engine(folder: Path) -> str:
    """Return the engine's source, kept in a folder; a test is skipped where it cannot be had from the registry."""
    source = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not source.is_file():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("no node here: axe-core does not look at the pages")
        command = [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(folder)]
        got = subprocess.run([*command, f"axe-core@{VERSION}"], capture_output=True, text=True)
        if got.returncode or not source.is_file():
            pytest.skip("the npm registry cannot be reached: axe-core does not look at the pages")
    return source.read_text(encoding="utf-8")


def faults(chromium: Browser, axe: str) -> list[list[Any]]:
    """Return what the engine finds wrong on the page that is open: rules, and elements that break them."""
    chromium.evaluate(f"{axe}; 0")
    found = chromium.evaluate(_RUN % json.dumps(RULES))
    assert isinstance(found, list), "axe-core did not run"
    return found
