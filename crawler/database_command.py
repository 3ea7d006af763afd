"""What the commands that work on the database share: they start no crawler and print one line for an error."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand

from winnow.archive.database import FAILURES, explain
from winnow.items import WinnowError
from winnow.runs.options import RunOptions

from . import output
from .names import check_arguments, check_settings
from .program import in_words, usage

COULD_NOT_START = 1


class DatabaseCommand(ScrapyCommand):
    """A command on the database that the setting `DATABASE` names. Exit status 0, or 1 with the reason in one line."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}
    usage: ClassVar[str]  # the arguments, as they follow the command's name
    about: ClassVar[str]  # what the command does, in a line
    _parser: argparse.ArgumentParser | None = None

    def syntax(self) -> str:
        """Return the arguments, as they follow the command's name."""
        return self.usage

    def short_desc(self) -> str:
        """Return what the command does, in a line."""
        return self.about

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options that all commands have."""
        super().add_options(parser)
        parser.usage = usage(self)
        self._parser = parser

    @property
    def options(self) -> RunOptions:
        """Return what the settings say. Raises `StartError` for a setting that means nothing."""
        assert self.settings is not None
        return RunOptions.from_settings(self.settings)

    @property
    def database(self) -> Path:
        """Return the database file. Raises `StartError` for a setting that means nothing."""
        return self.options.database

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the command; print an error as one line and set exit status 1."""
        output.prepare()
        try:
            check_settings(self.settings)
            check_arguments(args, self._parser)
            self.work(args, opts)
            if sys.stdout:
                sys.stdout.flush()
        except BrokenPipeError:
            pass  # whoever reads the output has seen enough, such as `| head`
        except WinnowError as error:
            self._fail(in_words(error))
        except FAILURES as error:
            self._fail(explain(error))
        except OSError as error:
            self._fail(f"the output cannot be written: {error.strerror or error}")
        output.finish()

    def _fail(self, why: str) -> None:
        output.complain(why)
        self.exitcode = COULD_NOT_START

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do what the command is for. Raises `WinnowError` with the line to print."""
        raise NotImplementedError
