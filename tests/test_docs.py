"""The documents' commands do what they say, in their order; what Winnow says and how it ends is explained."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT, SEEDS, installed, read_folder
from winnow.items import Reason

DOCS = sorted((PROJECT / "docs").glob("*.md"))
OTHERS = [PROJECT / f"{name}.md" for name in ("README", "CONTRIBUTING", "SECURITY", "findings/README")]
EXTRAS = {"scale.md": ("daft", "duckdb")}
WITH_COMMANDS = [path for path in DOCS if "```console" in path.read_text(encoding="utf-8")]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return read_folder(SEEDS, tmp_path_factory.mktemp("docs") / "articles.db").database


def _examples(path: Path) -> list[tuple[str, str]]:
    blocks = re.findall(r"^```console\n(.*?)^```", path.read_text(encoding="utf-8"), re.M | re.S)
    return [found for block in blocks for found in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.M)]


def _plain(output: str) -> str:
    """Drop what differs from run to run: moments, durations, sizes."""
    output = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d|[\d.]+ (MB|s\b|a second)", "N", output)
    return re.sub(r"[\d.]+$|  +", " ", output, flags=re.M).strip()


@pytest.mark.parametrize("path", WITH_COMMANDS, ids=lambda path: path.name)
def test_commands_do_what_the_document_says(path: Path, database: Path, tmp_path: Path) -> None:
    for extra in EXTRAS.get(path.name, ()):
        pytest.importorskip(extra, reason="an extra: cluster")
    shutil.copy(database, tmp_path / "articles.db")
    (tmp_path / "seeds").symlink_to(SEEDS)
    known = {**installed(), "SCRAPY_SETTINGS_MODULE": "crawler.settings"}
    known["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    for command, output in _examples(path):
        done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, cwd=tmp_path, env=known)
        assert (done.returncode, done.stderr) == (0, ""), command
        if output.strip():
            assert _plain(done.stdout) == _plain(output), command


def test_programs_print_what_the_document_says(tmp_path: Path) -> None:
    (tmp_path / "seeds").symlink_to(SEEDS)
    pattern = r"^```python\n(.*?)^```\n\nprints\n\n```text\n(.*?)^```"
    found = [match for path in DOCS for match in re.findall(pattern, path.read_text(encoding="utf-8"), re.M | re.S)]
    assert found
    for program, output in found:
        command = [sys.executable, "-W", "error", "-c", program]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=installed())
        assert (done.stdout, done.stderr) == (output, "")


@pytest.mark.parametrize("path", [*DOCS, *OTHERS], ids=lambda path: str(path.relative_to(PROJECT)))
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    for target, anchor in re.findall(r"\]\((?!http)([^)#]*)#?([^)]*)\)", path.read_text(encoding="utf-8")):
        found = path.parent / target if target else path
        assert found.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", found.read_text(encoding="utf-8"), re.M)
            assert anchor in [re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings]


def _messages() -> set[str]:
    """Return the longest fixed part of every error that Winnow raises for a person to read."""
    found = set()
    for path in [*PROJECT.glob("crawler/**/*.py"), *PROJECT.glob("pipelines/**/*.py"), *PROJECT.glob("winnow/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("StartError", "WinnowError"):
                parts = [each.value for each in ast.walk(node) if isinstance(each, ast.Constant)]
                found.add(max((part.strip() for part in parts if isinstance(part, str)), key=len))
    return found


def test_troubleshooting_explains_every_message_and_reason() -> None:
    text = (PROJECT / "docs/troubleshooting.md").read_text(encoding="utf-8")
    prose = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    quoted = [part.strip() for quote in re.findall(r"`([^`]+)`", prose) for part in quote.split("…")]
    quoted = [part for part in quoted if len(part) > 7]  # a column's name alone explains nothing
    unexplained = {message for message in _messages() if not any(part in message for part in quoted)}
    assert unexplained == set()
    for reason in Reason:
        assert str(reason.outcome) != "rejected" or f"`{reason}`" in text
