"""What a run's results depend on: the versions of Winnow, its models, and the packages that it uses."""

from __future__ import annotations

import hashlib
import platform
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import winnow
from winnow import model_files

PACKAGES = ("scrapy", "trafilatura", "sqlite-utils", "lxml", "numpy", "py3langid", "PyStemmer")
CHECKOUT = Path(winnow.__file__).parent.parent
_SHORT = 12  # digits of a digest that tell it from others


def versions() -> dict[str, str]:
    """Return the versions of Python, Winnow and the packages that results depend on, and the digests of the models.

    In a checkout, `commit` is the commit that is checked out, whatever has been changed since.
    """
    found = {"python": platform.python_version(), "winnow": own_version()}
    if commit := commit_of(CHECKOUT):
        found["commit"] = commit
    found |= {f"{name} model": _digest(place.path()) for name, place in model_files.ALL.items()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def reader(known: Mapping[str, str] | None = None) -> str:
    """Return what reads pages here: Winnow's version, the commit where there is one, a digest of the models.

    Pages that another reader has read may be read otherwise by this one. `known` are the `versions`, if the caller has
    them already.
    """
    known = known or versions()
    models = "".join(value for name, value in known.items() if name.endswith(" model"))
    parts = [known.get("commit", "")[:_SHORT], hashlib.sha256(models.encode()).hexdigest()[:_SHORT]]
    return f"{known['winnow']}+{'.'.join(part for part in parts if part)}"


def own_version(checkout: Path = CHECKOUT) -> str:
    """Return Winnow's version: in a checkout that of the code there, which an earlier installation may not know."""
    try:
        project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        if project["name"] == "winnow":
            return str(project["version"])
    except (OSError, ValueError, KeyError):
        pass
    try:
        return version("winnow")
    except PackageNotFoundError:
        return "unknown"


def commit_of(checkout: Path) -> str | None:
    """Return the commit that is checked out in a folder, by the files of Git; None where the folder is no checkout."""
    git = checkout / ".git"
    try:
        if git.is_file():  # of a second working tree
            git = checkout / git.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
        head = (git / "HEAD").read_text(encoding="utf-8").strip()
        if not head.startswith("ref: "):
            return head
        common = git / "commondir"
        shared = git / common.read_text(encoding="utf-8").strip() if common.is_file() else git
        name = head.removeprefix("ref: ")
        if (shared / name).is_file():
            return (shared / name).read_text(encoding="utf-8").strip()
        packed = (shared / "packed-refs").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    found = re.search(rf"^([0-9a-f]+) {re.escape(name)}$", packed, re.MULTILINE)
    return found[1] if found else None


def _digest(path: Path) -> str:
    return _digest_of(path, path.stat().st_mtime_ns) if path.is_file() else "missing"


@cache
def _digest_of(path: Path, _modified: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
