"""Captures of manuals: code, options and tables that stand within the text are kept, menus around it are not."""

from __future__ import annotations

import pytest

from tests.textpage_samples import ENGLISH, plain
from winnow.read.lines.line import split_lines
from winnow.read.lines.views import view
from winnow.read.plain import article_text, read
from winnow.read.plain.kind import told_by
from winnow.read.plain.model import look

MANUAL = """Weirctl 2.4 documentation

Home | Index | Modules | Search

Previous: Installing weirctl

Next: Gates and pumps

Configuring weirctl

The file weirctl.conf says which gates the program opens and when. It is read at each start, and again when the process
gets the signal SIGHUP. Lines that begin with a number sign are comments.

Sections

Every section begins with its name in brackets. A section for each gate follows the one for the whole weir, and values
in it override those of the first section.

    [weir]
    title = Lower weir
    index = 3
    {% endfor %}

    [gate north]
    title = North gate
    index = 1
    {% endfor %}

The title stands in reports and in the log. The index gives the order in which the gates are opened when the water rises
above the mark.

Options

--open GATE

Open a gate at once, whatever the level of the water is. The command waits until the motor has stopped.

--print

--quiet

Write nothing but errors to the standard output. Both options can be given together with each of the others.

    $ weirctl --open north --quiet
    $ weirctl status
    north   open     12 cm
    south   closed    0 cm

    <div id="menu">
    <a href="/">Home</a>
    {% block menu %}
    </div>

    <div id="page">
    <a href="/">Home</a>
    {% block page %}
    </div>

The last command shows the state of all gates. It returns 1 when a gate does not answer within the timeout that the file
sets, and 2 when the file cannot be read.

Reports

The program writes a report every night, which the page above shows. It lists the levels of the day and each movement of
a gate, with the time and the reason. Old reports are deleted after the number of days that the file gives.

If you want to read the reports in another program, set the format to CSV. Every line then has a date, a level and the
name of a gate, and the first line names the columns.

Previous: Installing weirctl

Next: Gates and pumps

Copyright 2024 the authors of weirctl. Created with a generator.
"""
CODE = (
    "[weir]",
    "title = Lower weir",
    "[gate north]",
    "index = 1",
    "{% endfor %}",
    "weirctl status",
    "--print",
    "</div>",
    '<a href="/">Home</a>',
)


@pytest.mark.parametrize("code", CODE)
def test_code_and_options_within_a_manual_are_kept(code: str) -> None:
    text = article_text(read(MANUAL).body)
    assert text.count(code) == MANUAL.count(code)


def test_menus_around_a_manual_are_left_out() -> None:
    text = article_text(read(MANUAL).body)
    assert "Search" not in text
    assert "Previous" not in text
    assert "Copyright" not in text


def test_an_article_is_read_as_before() -> None:
    known = look(view(split_lines(plain(ENGLISH))))
    assert not told_by(known.page, known.columns).is_manual
