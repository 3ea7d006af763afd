"""What CONTRIBUTING.md tells to open, run or change is there."""

from __future__ import annotations

import configparser
import os
import re

import pytest
import yaml

from tests.conftest import PROJECT

TEXT = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### (.+)\n((?:(?!^##).*\n)*)", TEXT, re.M))
ENDINGS = ("py", "md", "toml", "yaml", "lock", "txt", "html", "gz")


def items(section: str) -> list[str]:
    """Return the points of a walkthrough, each with the lines that it goes on in."""
    return re.findall(r"^- (?:.*\n)(?:  .*\n)*", SECTIONS[section], re.M)


def quoted(text: str) -> list[str]:
    return [span.removeprefix("ARGS=") for span in re.findall(r"`([^`\n]+)`", text)]


def places(text: str) -> list[str]:
    """Return the files and folders that a text names; patterns and made-up names are none."""
    named = [name for name in quoted(text) if re.fullmatch(rf"[\w./-]+(?:/|\.(?:{'|'.join(ENDINGS)}))", name)]
    return [name for name in named if "-N." not in name]


def test_every_file_and_folder_that_is_named_exists() -> None:
    assert len(places(TEXT)) > 40
    assert [name for name in places(TEXT) if not (PROJECT / name).exists()] == []
    assert [name for name in re.findall(r"winnow/\w+/", TEXT) if not (PROJECT / name).is_dir()] == []


def test_the_map_has_every_room() -> None:
    rooms = {f"winnow/{path.parent.name}/" for path in PROJECT.glob("winnow/*/__init__.py")}
    assert {name for name in places(TEXT.partition("## Rules")[0]) if name.count("/") == 2} == rooms


@pytest.mark.parametrize(
    "task",
    [
        "Debug one page", "Add a container format", "Add an article field", "Add a reason", "Add a setting",
        "Add a migration", "Add a language", "Make a release",
    ],
)  # fmt: skip
def test_a_walkthrough_names_files_and_what_stands_in_them(task: str) -> None:
    assert len([item for item in items(task) if places(item)]) >= 3
    for item in items(task):
        files = [PROJECT / name for name in places(item) if name.endswith(".py")]
        code = "\n".join(path.read_text(encoding="utf-8") for path in files)
        for name in quoted(item) if files else []:
            if re.fullmatch(r"\w*(?:[A-Z_]\w*)", name):
                assert re.search(rf"\b{name}\b", code), f"{task}: {name}"


def test_checks_before_a_commit_are_those_of_make_lint() -> None:
    hooks = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert [repo["repo"] for repo in hooks] == ["local"]
    entries = [hook["entry"].removesuffix(" --force-exclude") for hook in hooks[0]["hooks"]]
    recipe = (PROJECT / "Makefile").read_text(encoding="utf-8").partition("\nlint:")[2].partition("\n\n")[0]
    assert entries == [line.strip().replace("$(BIN)", ".venv/bin") for line in recipe.splitlines()[1:]]


def test_editors_are_told_the_line_length_that_is_checked() -> None:
    config = configparser.ConfigParser()
    config.read_string("[top]\n" + (PROJECT / ".editorconfig").read_text(encoding="utf-8"))
    pyproject = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    assert f"line-length = {config['*.py']['max_line_length']}" in pyproject


def test_findings_are_listed_and_pin_what_they_install() -> None:
    listed = re.findall(r"^\| `([\w-]+\.sh)` \|", (PROJECT / "findings/README.md").read_text(encoding="utf-8"), re.M)
    scripts = sorted(path for path in (PROJECT / "findings").iterdir() if path.suffix == ".sh")
    assert listed == [path.name for path in scripts]
    for path in scripts:
        assert os.access(path, os.X_OK)
        script = path.read_text(encoding="utf-8").replace("\\\n", " ")
        installed = re.findall(r" install (.*)$", script, re.M)
        packages = [word for line in installed for word in line.split() if not word.startswith("-")]
        assert packages
        pinned = re.compile(r"'?(?:@[\w-]+/)?[\w-]+(?:\[\w+\])?(?:==|@)[\d.]+(?:post\d+)?'?")
        assert all(map(pinned.fullmatch, packages))
