"""One article in many forms is read rightly in nearly all of them, and what is wrong with a form is said."""

from __future__ import annotations

from itertools import islice

import pytest

from lab.benchmarks.forms import DATA, SETS, Form
from winnow.items import HTML


@pytest.mark.parametrize(("name", "step", "least"), [("markup", 3, 0.98), ("comments", 2, 0.98), ("captures", 1, 0.95),
                                                     ("titles", 9, 0.96), ("names", 7, 0.96)])  # fmt: skip
def test_nearly_all_forms_are_read_rightly(name: str, step: int, least: float) -> None:
    wrong = [form.wrong() for form in islice(SETS[name](), 0, None, step)]
    assert wrong.count(None) >= least * len(wrong), [problem for problem in wrong if problem][:9]


def test_what_is_wrong_is_said() -> None:
    given = DATA["languages"]["en"]
    page = f"<title>Quay</title><h1>Quay</h1><p>{'</p><p>'.join(given['paragraphs'][1:])}"
    form = Form("a form", page, HTML, given["title"], given["paragraphs"][:3], given["paragraphs"][4:5], "Ada Lund")
    assert form.wrong() == (
        "lost: The town council of Brackmouth voted on ; kept: The bill will be shared between the regi; title: Quay;"
        " author: None"
    )
    empty = Form("nothing", "<p>404", HTML, "Quay", [], [])
    assert empty.wrong() == "no article"
