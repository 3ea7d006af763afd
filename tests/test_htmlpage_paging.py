"""Lines that lead to the pages around a page of a manual, and the prompts of notebooks."""

from __future__ import annotations

import numpy as np
import pytest
from lxml import html

from winnow.read.html import read_content
from winnow.read.html.asides import drop_paging
from winnow.read.html.features import plain
from winnow.read.html.judged import JudgedBlocks
from winnow.read.lines.interruptions import interrupts
from winnow.read.lines.views import view


def left(body: str) -> list[str]:
    """Return the lines that are left of a text in which all lines are chosen."""
    text = "<p>The crane was taken down in the spring, and nobody on the quay could say who had bought it.</p>"
    blocks = read_content(html.fromstring(f"<html><body>{text}{body}{text}</body></html>")).blocks
    seen = view([block.line for block in blocks])
    flags = np.ones(len(blocks), np.bool_)
    judged = JudgedBlocks(seen, plain(seen, blocks, ""), flags.astype(np.float32), blocks, ~flags)
    return [block.line.text for block, flag in zip(blocks, drop_paging(judged, flags).tolist(), strict=True) if flag]


@pytest.mark.parametrize(
    "line",
    [
        "<p>Next: <a rel='next' href='b.html'>Der Kran</a>, Previous: <a rel='prev' href='a.html'>Vorwort</a></p>",
        "<p>Siguiente: <a rel='Next' href='b.html'>La grúa</a>, Subir: <a rel='up' href='i.html'>Manual</a></p>",
        "<table><tr><td><a accesskey='p' href='a'>Назад</a><td><a accesskey='n' href='b'>Дальше</a></tr></table>",
    ],
)
def test_links_to_the_pages_around_are_left_out(line: str) -> None:
    assert len(left(line)) == 2


@pytest.mark.parametrize(
    "line",
    [
        "<p><a href='b.html'>The crane</a> and <a href='c.html'>the tide</a></p>",
        "<p><a rel='next' href='b.html'>The crane</a> and <a href='c.html'>the tide</a></p>",
        "<p>Next: the crane, which was taken down in the spring.</p>",
        "<p>Now the text goes on about the crane, as the <a rel='next' href='b.html'>next page</a> does.</p>",
    ],
)
def test_other_lines_with_links_stay(line: str) -> None:
    assert len(left(line)) == 3


@pytest.mark.parametrize("prompt", ["In [3]:", "Out[12]:", "In [ ]:", "In [*]:"])
def test_prompt_of_a_notebook_is_no_line_of_a_text(prompt: str) -> None:
    assert interrupts(prompt.lower(), 0.0)
    assert not interrupts(f"{prompt.lower()} the third volume", 0.0)
