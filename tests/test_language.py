"""The language of running text: right or none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.textpage_samples import ENGLISH, SAMPLES
from winnow.read.words.language import language_of


@pytest.mark.parametrize("code", SAMPLES)
def test_sample_articles(code: str) -> None:
    lines = [line[2:] for line in SAMPLES[code].splitlines() if line.startswith("A|")]
    assert language_of("\n".join(lines)) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (ENGLISH, "en"),
        ("Vláda říká, že se daně příští rok nezmění a že si obce na školy musí najít peníze samy teď hned.", "cs"),
        ("Уряд каже, що податки наступного року не зміняться і що громади самі мають знайти гроші.", None),
        ("De gemeente zegt dat het plein niet voor de zomer klaar is en dat er ook geen geld voor bomen is.", "nl"),
        ("港の船は夜になると静かになり、人々は家に帰る。", "ja"),
        ("밤이 되면 항구의 배는 조용해지고 사람들은 집으로 돌아간다.", "ko"),
        ("Ferry 12:40 Platform 3 Gate B", None),
        ("", None),
    ],
)  # fmt: skip
def test_other_texts(text: str, code: str | None) -> None:
    assert language_of(text) == code


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    assert language_of(text) is None or len(language_of(text) or "") == 2
