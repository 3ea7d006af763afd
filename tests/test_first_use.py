"""What is told at the first use: what can be given to a crawl, what is installed, what a container is made of."""

from __future__ import annotations

import argparse
import re

import pytest
from scrapy.settings import Settings

import crawler.settings
from crawler.commands.crawl import Command
from crawler.spider_help import ARGUMENTS, SETTINGS
from tests.conftest import PROJECT
from winnow.items import StartError


def test_help_names_the_arguments_of_the_spider_and_the_settings_with_their_defaults() -> None:
    parser = argparse.ArgumentParser(prog="scrapy")
    command = Command()
    command.settings = Settings()
    command.add_options(parser)
    told = parser.format_help()
    for name in ARGUMENTS:
        assert f"-a {name} " in told
    for name in SETTINGS:
        assert f"-s {name}={getattr(crawler.settings, name)}" in told


def test_help_names_every_argument_that_the_spider_takes() -> None:
    from crawler.spiders.seeds import SeedsSpider  # noqa: PLC0415  (a crawl imports it, the help does not)

    with pytest.raises(StartError) as raised:
        SeedsSpider(path=str(PROJECT / "seeds"), nonsense="1")
    assert set(re.findall(r"-a (\w+)", str(raised.value))) == {name.partition("=")[0] for name in ARGUMENTS}


def test_the_container_is_made_of_what_is_there() -> None:
    recipe = (PROJECT / "deploy/Dockerfile").read_text(encoding="utf-8")
    copied = [word for line in re.findall(r"^COPY (?:--\S+ )?(.*) \S+$", recipe, re.M) for word in line.split()]
    assert {"crawler", "pipelines", "winnow", "pyproject.toml"} <= set(copied)
    assert [name for name in copied if not (PROJECT / name).exists()] == []


def test_make_says_what_it_installs_before_it_does() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    recipe = makefile.partition("$(VENV)/%.stamp:")[2].partition("\n\n")[0].splitlines()[1:]
    told = [line.startswith("\t@echo") for line in recipe]
    installing = [number for number, line in enumerate(recipe) if "$(PIP)" in line]
    assert installing
    assert all(told[number - 1] for number in installing)
