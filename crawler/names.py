"""Refuse settings and arguments whose names mean nothing, and tell the name that was meant."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from collections.abc import Iterable
from difflib import get_close_matches

from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings, default_settings

from winnow.items import WinnowError

from . import settings

_ALIKE = 0.75  # share of the letters of two names that stand in the same order, at least


def check_settings(given: BaseSettings | None) -> None:
    """Raise `WinnowError` for a setting of the command line (`-s NAME=VALUE`) that neither Winnow nor Scrapy knows."""
    known = [name for module in (settings, default_settings) for name in vars(module) if name.isupper()]
    for name in given or ():
        if name not in known and given and given.getpriority(name) == SETTINGS_PRIORITIES["cmdline"]:
            raise WinnowError(f"there is no setting {name}{nearest(name, known)}")


def check_arguments(args: Iterable[str], parser: ArgumentParser | None) -> None:
    """Raise `WinnowError`, with the usage, for an argument that looks like an option: those known are taken already."""
    for arg in args:
        if arg.startswith("-") and arg != "-" and parser:
            near = nearest(arg.partition("=")[0], re.findall(r"--[a-z-]+", parser.format_help()))
            raise WinnowError(f"unknown argument {arg}{near}: usage is `{parser.usage}`")


def nearest(name: str, known: Iterable[str]) -> str:
    """Return a question for the known name that is most like another, whatever their case; nothing if none is.

    >>> nearest("databse", ["WORKERS", "DATABASE"]), nearest("x", ["WORKERS"])
    (' (did you mean DATABASE?)', '')
    """
    names = {each.lower(): each for each in known}
    found = get_close_matches(name.lower(), names, 1, _ALIKE)
    return f" (did you mean {names[found[0]]}?)" if found else ""
