"""The program `winnow`: Scrapy's command line with Winnow's settings, from any folder.

In a checkout, a user types `scrapy`, in the folder of `scrapy.cfg`; installed, `winnow`.
"""

from __future__ import annotations

import os
import pkgutil
import sys
from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy.commands import ScrapyCommand

PROGRAM = "scrapy" if __package__ == "crawler" else "winnow"


def main() -> None:
    """Run the command that the arguments name; Scrapy is imported here, so that worker processes do without."""
    # Set in any case: another Scrapy project, in the current folder or the environment, must not take over.
    os.environ["SCRAPY_SETTINGS_MODULE"] = f"{__package__}.settings"
    match sys.argv[1:]:
        case [] | ["-h"] | ["--help"]:
            print(_overview())
        case ["--version"]:
            print(f"winnow {version('winnow')}")
        case _:
            import_module("scrapy.cmdline").execute()


def usage(command: ScrapyCommand) -> str:
    """Return the line that says how a command is called."""
    return f"{PROGRAM} {_name(type(command).__module__)} {command.syntax()}"


def in_words(error: Exception) -> str:
    """Return an error's message with `scrapy` or `winnow` in its commands, whichever a user types here."""
    return str(error).replace("`scrapy ", f"`{PROGRAM} ")


def _overview() -> str:
    folder = import_module(f"{__package__}.commands")
    found = [import_module(f"{folder.__name__}.{each.name}") for each in pkgutil.iter_modules(folder.__path__)]
    lines = [f"  {_name(each.__name__):8} {each.Command().short_desc()}" for each in found]
    return "\n".join(["usage: winnow COMMAND …", "", *lines, "", "`winnow COMMAND -h` says more of one."])


def _name(module: str) -> str:
    return module.rpartition(".")[2]
