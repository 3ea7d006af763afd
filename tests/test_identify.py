# ruff: noqa: E501
"""The language that an article is stored with: of every text of twenty words, whatever the page states."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.language_samples import SAMPLES
from tests.textpage_samples import SAMPLES as ARTICLES
from winnow.items import HTML, Page
from winnow.read.page import read_page
from winnow.read.words import identify
from winnow.read.words.identify import settled_language


@pytest.mark.parametrize("code", SAMPLES)
def test_the_language_of_twenty_words_is_told(code: str) -> None:
    assert settled_language(SAMPLES[code]) == code


@pytest.mark.parametrize("code", SAMPLES)
@pytest.mark.parametrize("stated", ["en", "de", "ru", "fr", "it", "pl"])
def test_a_text_contradicts_the_language_of_its_template(code: str, stated: str) -> None:
    assert settled_language(f"{SAMPLES[code]}\n" * 3, stated) == code


@pytest.mark.parametrize(
    ("code", "stated", "told"),
    [
        ("hr", "bs", "bs"),
        ("sr", "hr", "hr"),
        ("ms", "id", "id"),
        ("da", "nb", "da"),
        ("nl", "af", "nl"),
        ("no", "nb", "no"),
        ("no", "nn", "no"),
        ("he", "iw", "he"),
    ],
)
def test_kindred_languages_and_codes(code: str, stated: str, told: str) -> None:
    assert settled_language(f"{SAMPLES[code]}\n" * 3, stated) == told


UNTOLD = {  # languages that py3langid does not know, and what it takes their texts for
    "ckb": "سەرۆکی شارەوانی دوێنێ وتی کە کەشتییە کۆنەکە پێش زستان چاک ناکرێتەوە، چونکە پارەی پێویست بۆ بزوێنەرەکە نییە و خەڵکی دوورگەکە بە بەلەمی بچووک هاتوچۆ دەکەن.",
    "ti": "እታ ኣቦወንበር ናይቲ ከተማ ትማሊ ከም ዝበለቶ እቲ ኣረጊት ጃልባ ቅድሚ ክረምቲ ኣይጽገንን እዩ፣ ምኽንያቱ ነቲ ሞተር ዝኸውን ገንዘብ የለን፣ እቶም ነበርቲ ደሴት ድማ ብንኣሽቱ ጃላቡ ክመላለሱ እዮም።",
    "su": "Walikota nyarios kamari yén parahu kolot moal didangdosan saméméh usum hujan, lantaran teu aya artos keur mesinna, sareng urang pulo bakal numpak parahu leutik heula samentawis waktu ieu.",
}  # fmt: skip


@pytest.mark.parametrize("code", UNTOLD)
def test_the_statement_stands_for_a_language_that_is_not_known(code: str) -> None:
    text = f"{UNTOLD[code]}\n" * 3
    page = f"<html lang='{code}'><main><h1>A</h1><p>{text}</p><p>{text}</p></main></html>"
    article = read_page(Page("a.html", body=page.encode(), media_type=HTML)).article
    assert article is not None
    assert (settled_language(text, code), article.language) == (code, code)
    assert settled_language(f"{SAMPLES['de']}\n" * 3, code) == "de"
    assert settled_language(text, "en") != "en"


@pytest.mark.parametrize("stated", ["fi", "en", None])
@pytest.mark.parametrize(
    "text",
    [
        "Ferry 12:40 Platform 3 Gate B",
        "Ida Verlane\nTomas Quist\nRuth Okonjo\nMarek Dolny\nSofia Bell\n" * 5,
        "12.40 3.15 B 7 12.55 4.10 C 9 13.05 5.20 D 11\n" * 4,
        "",
    ],
)
def test_what_is_no_running_text_has_the_stated_language_or_none(text: str, stated: str | None) -> None:
    assert settled_language(text, stated) == stated


def test_the_model_is_not_loaded_for_a_text_that_speaks_as_the_page_states(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every worker would load a model of its own, which takes time and memory."""
    offer = (
        "The ferry tickets, bicycle hire, hotel rooms, museum passes, guided walks and harbour tours of Verlane. " * 3
    )
    monkeypatch.setattr(identify, "_identifier", lambda: pytest.fail("the model was loaded"))
    assert settled_language(offer, "en") == "en"


def test_a_few_words_do_not_contradict_the_page() -> None:
    assert settled_language("Der Kai ist leer, und keiner weiß, wann die Fähre kommt.", "en") == "en"


@pytest.mark.parametrize("code", ARTICLES)
def test_an_article_is_stored_with_the_language_of_its_text(code: str) -> None:
    lines = [line[2:] for line in ARTICLES[code].splitlines() if line.startswith("A|")]
    body = "".join(f"<p>{line}</p>" for line in lines)
    page = f'<html lang="en-GB"><head><title>{lines[0]}</title></head><body><article>{body}</article></body></html>'
    article = read_page(Page("a.html", body=page.encode(), media_type=HTML)).article
    assert article
    assert article.language == code


@given(st.text(max_size=300), st.sampled_from([None, "en", "nb", "xx"]))
def test_any_text_has_a_code_or_none(text: str, stated: str | None) -> None:
    told = settled_language(text, stated)
    assert told is None or 2 <= len(told) <= 3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("下班的时候雨已经下大了，地铁口挤满了等雨停的人。我买了一把伞，走了几步，又折回去，把他送到公交站。", "zh"),
        ("終電を逃したので、川沿いを二時間歩いて帰った。橋の下で猫が三匹、雨をよけていた。次は傘を持とう。", "ja"),
        ("회사를 그만둔 다음 날 아침 자전거를 버스에 싣고 고성으로 갔다 계획은 단순했다 바다를 왼쪽에 두고 남쪽으로"
         " 내려가는 것이었다 나흘 동안 삼백 킬로미터를 달렸다", "ko"),
        ("Der Wärter zählte jedes Boot, das im März an den Felsen vorbeifuhr, und schrieb es mit Namen und Stunde in"
         " ein Heft, das heute im Museum liegt und das niemand mehr liest.", "de"),
    ],
)  # fmt: skip
def test_a_short_text_whose_words_or_script_tell_its_language_contradicts_its_template(text: str, code: str) -> None:
    assert settled_language(text, "en") == code
