"""The model file of HTML pages, and what trafilatura is asked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from lxml import html
from trafilatura.utils import load_html

from winnow.read.html import ModelError, load, read
from winnow.read.html.features import CHOICE_NAMES, NAMES, NOT_ASKED, plain
from winnow.read.html.model import FILE
from winnow.read.html.second_opinions import ask, lean, stated, stated_body
from winnow.read.html.walk import read_content
from winnow.read.lines.views import view

PROSE = "The ferry to the island was late again, and the passengers had begun to sing in the waiting room. "


def test_saving_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    FILE.save(load(), tmp_path / "a.npz")
    FILE.save(load(tmp_path / "a.npz"), tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_a_model_for_other_features_is_refused(tmp_path: Path) -> None:
    with np.load(FILE.shipped) as file:
        arrays = dict(file)
    arrays["names"] = np.frombuffer(b"words\nother", np.uint8)
    np.savez_compressed(tmp_path / "other.npz", **arrays)
    with pytest.raises(ModelError, match="train it again"):
        load(tmp_path / "other.npz")


def test_the_variable_names_the_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(FILE.variable, str(tmp_path / "missing.npz"))
    with pytest.raises(ModelError, match="missing"):
        load()


def test_the_shipped_model_says_where_it_comes_from_and_is_small() -> None:
    assert {"data", "licence", "source", "command", "figures_out_of_fold"} <= set(load().provenance)
    assert FILE.shipped.stat().st_size < 1_000_000


def test_trafilaturas_choice_is_found_in_the_lines() -> None:
    body = "".join(f"<p>{PROSE * 2} Number {k}.</p>" for k in range(5))
    tree = html.fromstring(f"<html><body><nav><a>Home</a></nav><article><h1>Late</h1>{body}</article></body></html>")
    content = read_content(tree)
    blocks = content.blocks
    choice = ask(tree, blocks)
    kept = {block.line.text[:4]: value for block, value in zip(blocks, choice.kept, strict=True)}
    assert kept["The "] == 1
    assert kept["Home"] == 0
    assert set(stated(content).tolist()) == {-1.0}


@pytest.mark.parametrize(
    "prose",
    [
        "Das Fähr&shy;schiff zur Insel kam wieder zu spät, und die Fahr&shy;gäste sangen im Warte&shy;saal.",
        "សាឡាង&#8203;ទៅ&#8203;កោះ&#8203;មក&#8203;យឺត&#8203;ម្ដង&#8203;ទៀត&#8203; ហើយ&#8203;អ្នក&#8203;ដំណើរ"
        "&#8203;បាន&#8203;ច្រៀង&#8203;នៅ&#8203;បន្ទប់&#8203;រង់ចាំ",
        "&#65279;The ferry to the island was late again, and the passengers&#8288; had begun to sing.",
    ],
    ids=["soft hyphens", "spaces without width", "joiners of words"],
)
def test_trafilaturas_choice_is_found_in_lines_with_invisible_characters(prose: str) -> None:
    body = "".join(f"<p>{prose} {prose} {k}.</p>" for k in range(5))
    tree = html.fromstring(f"<html><body><article><h1>Late</h1>{body}</article></body></html>")
    blocks = read_content(tree).blocks
    assert ask(tree, blocks).kept[1:].tolist() == [1.0] * 5


@pytest.mark.parametrize(
    ("title", "line", "is_title"),
    [
        ("The late ferry to the island", "THE LATE  ferry to the island", 2),
        ("The late ferry to the island", "The late ferry", 1),
        ("The late ferry to the island", "ferry to the island", 1),
        ("The late ferry to the island", "ferry to the mainland", 0),
        ("The late ferry to the island", "The island of the late ferry", 0),
        ("ΤΗΣ ΠΟΛΗΣ ΟΙ ΓΛΑΡΟΙ", "ΤΗΣ ΠΟΛΗΣ ΟΙ ΓΛΑΡΟΙ", 2),  # a sigma has another form at the end of a word
        ("", "The late ferry", 0),
    ],
)
def test_lines_that_say_the_title_are_found(title: str, line: str, is_title: int) -> None:
    blocks = read_content(html.fromstring(f"<html><body><p>{line}</p><p>{PROSE}</p></body></html>")).blocks
    assert plain(view([block.line for block in blocks]), blocks, title)["titled"].tolist() == [is_title, 0]


def test_only_the_columns_of_the_choice_tell_whether_trafilatura_was_asked() -> None:
    tree = html.fromstring(f"<html><body><a>Home</a><h1>Late</h1><p>{PROSE * 3}</p></body></html>")
    content = read_content(tree)
    blocks = content.blocks
    (known,) = load().look(view([block.line for block in blocks]), blocks, stated(content), "")
    without, asked = known.features(), known.features(ask(tree, blocks))
    assert without.shape == asked.shape == (len(NAMES), len(blocks))
    differ = {name for name, one, other in zip(NAMES, without, asked, strict=True) if (one != other).any()}
    assert "kept" in differ
    assert differ <= set(CHOICE_NAMES)
    assert set(without[[name in CHOICE_NAMES for name in NAMES]].ravel().tolist()) == {NOT_ASKED}


def test_the_stated_body_is_read_from_json_ld() -> None:
    data = '{"@graph": [{"articleBody": "One two."}]}'
    source = f'<html><head><script type="application/ld+json">{data}</script></head></html>'
    assert stated_body(html.fromstring(source).iter("script")) == "One two."
    assert stated_body(html.fromstring(source.replace("}]}", "}]")).iter("script")) == ""


def test_a_lean_copy_leaves_scripts_behind() -> None:
    tree = html.fromstring(
        "<html><head><title>t</title></head><body><p>a<script>x</script>b<!-- c -->d</p></body></html>"
    )
    assert "".join(lean(tree).itertext()) == "abd"
    assert tree.find(".//script") is not None


def test_a_fragment_is_read_too() -> None:
    tree = load_html(f"<div><p>{PROSE}</p><p>{PROSE} Twice.</p><p>{PROSE} And once more.</p></div>")
    assert tree is not None
    assert "passengers" in read(tree).text
