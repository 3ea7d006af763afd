"""Words as they are searched for: folded, split where a script has no spaces, with their other forms."""

from __future__ import annotations

import contextlib
import sqlite3
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from winnow.search.fold import BREAK, fold, prepare, spaced_words, words, words_and_folded
from winnow.search.forms import forms_asked_for, forms_of_text, main_language
from winnow.search.near import distance, edits
from winnow.search.passages import END, START, marked, snippet
from winnow.search.query import parse


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Straße", "STRASSE"), ("Łódź", "lodz"), ("Đà Nẵng", "da nang"), ("Diyarbakır", "diyarbakir"),
        ("İzmir", "izmir"), ("smørrebrød", "smorrebrod"), ("œuvre", "oeuvre"), ("Þór", "thor"), ("ﬁne", "fine"),
        ("ｆｕｌｌ　ｗｉｄｔｈ", "full width"), ("ｶﾞﾗｽ", "ガラス"), ("λιμάνι", "ΛΙΜΑΝΙ"), ("οδός", "ΟΔΟΣ"),
        ("ёлка", "елка"), ("أحمد", "احمد"), ("كِتَاب", "كتاب"), ("كـتاب", "كتاب"), ("مدرسة", "مدرسه"),
        ("کتاب", "كتاب"), ("می‌روم", "میروم"), ("שָׁלוֹם", "שלום"), ("हिन्दी", "हिंदी"), ("ज़रूर", "जरूर"), ("हँसी", "हंसी"),
        ("١٩٨٤", "1984"), ("co\u00adope\u00adration", "cooperation"), ("e\u0301tude", "etude"),
        ("ジョン・スミス", "ジョンスミス"), ("അവന\u0d4d\u200d", "അവൻ"), ("കാല\u0d4d\u200d", "കാൽ"),
        ("হঠাত\u09cd\u200d", "হঠাৎ"), ("Ƙasa", "kasa"), ("ɗan", "Dan"), ("Azərbaycan", "azerbaycan"),
        ("Eʋegbe tɔ", "Eʋegbe to"),
    ],
)  # fmt: skip
def test_all_ways_to_write_a_word_are_one(written: str, typed: str) -> None:
    assert words(written) == words(typed) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [("C#", "C++"), ("C++", "C"), ("мой", "мои"), ("かき", "かぎ"), ("学校", "校学"), ("कम", "काम"), ("ї", "і")],
)
def test_what_means_something_else_stays_apart(one: str, other: str) -> None:
    assert words(one) != words(other)


def test_no_character_is_folded_into_one_that_is_folded_further() -> None:
    letters = [each for each in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(each)[0] in "LMN"]
    folded = {word for letter in letters for word in words(letter)}
    assert len(folded) > 50_000
    assert [word for word in sorted(folded) if fold(word) != [word]] == []


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("a+b, 1+1, #7 and issue#5", ["a", "b", "1", "1", "7", "and", "issue", "5"]),
        ("iPhone用の箱", ["iphone", "用", "の", "箱"]),
        ("今天\n很好。明天", ["今", "天", "很", "好", BREAK, "明", "天"]),
        ("대학 교수", ["대", "학", BREAK, "교", "수"]),
        ("ที่นี่", ["ที่", "นี่"]),
        ("กำลัง", words("กําลัง")),
        ("rock'n'roll", ["rock", "n", "roll"]),
        ("", []),
    ],
)
def test_where_words_begin_and_end(text: str, folded: list[str]) -> None:
    assert words(text) == folded


@given(st.text())
@example("ភូមិ។")
@example("บ้าน๚ ฿5")
@example("\uaa77")
def test_sqlite_takes_each_word_for_one(text: str) -> None:
    folded = words(text)
    with contextlib.closing(sqlite3.connect(":memory:")) as db:
        tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'"
        db.execute(f'CREATE VIRTUAL TABLE t USING fts5 (text, tokenize="{tokenize}")')
        db.execute("INSERT INTO t VALUES (?)", [" ".join(folded)])
        for word in folded:
            assert db.execute("SELECT count(*) FROM t WHERE t MATCH ?", [f'"{word}"']).fetchone() == (1,)


@pytest.mark.parametrize(
    ("text", "language", "typed"),
    [
        ("Two ferries", "en", "ferry"), ("the relation", "en", "relations"), ("vanhoissa taloissa", "fi", "talo"),
        ("die Häuser", "de-AT", "haus"), ("die Häuser", "de", "Hauser"), ("in Düsseldorf", "de", "Duesseldorf"),
        ("fra Århus", "da", "Aarhus"), ("корабли", "ru", "корабль"), ("τις θάλασσες", "el", "θάλασσα"),
        ("والكتاب", "ar", "الكتاب"), ("les journaux", "fr", "journal"), ("canciones", "es", "cancion"),
        ("kućama", "hr", "kuća"), ("кућама", "sr", "kuća"), ("co-operation", None, "cooperation"),
        ("COVID-19", "en", "covid19"), ("the U.S.A.", "en", "usa"), ("a C++ compiler", None, "c"),
    ],
)  # fmt: skip
def test_a_text_is_found_under_other_forms(text: str, language: str | None, typed: str) -> None:
    known = main_language(language)
    asked = {*words(typed), *forms_asked_for(typed, [known])}
    assert asked & {*words(text), *_forms(text, known)}


@pytest.mark.parametrize(("text", "language", "typed"), [("tal vez", "es", "talo"), ("C++", "en", "C#")])
def test_other_forms_are_those_of_the_language_of_the_text(text: str, language: str, typed: str) -> None:
    asked = {*words(typed), *forms_asked_for(typed, ["fi", "en"])}
    assert not asked & {*words(text), *_forms(text, language)}


@given(st.text(), st.sampled_from(["en", "de", "ar", "hi", "tr", "zz", ""]))
def test_every_text_has_forms_that_are_words(text: str, language: str) -> None:
    assert all(len(form.split()) == 1 for form in _forms(text, language))


@given(st.text(st.sampled_from("aZé’ -._\u0301\u20d0\u200bʼ½ßİ한ไ好C+#٣")) | st.text())
def test_a_text_is_cut_and_folded_at_once_as_it_is_one_after_the_other(text: str) -> None:
    prepared = prepare(text)
    assert words_and_folded(prepared) == (spaced_words(prepared), " ".join(fold(prepared)))


def _forms(text: str, language: str) -> list[str]:
    prepared = prepare(text)
    return forms_of_text(prepared, spaced_words(prepared), language)


@pytest.mark.parametrize("typed", ["lighthuose", "ligthouse", "lighthose", "lighthousse", "lighthoase"])
def test_one_fault_leads_back_to_the_word(typed: str) -> None:
    assert "lighthouse" in set(edits(typed))
    assert distance(typed, "lighthouse") == 1


def test_faults_are_mended_in_the_letters_of_the_word() -> None:
    assert "корабль" in set(edits("корбль"))
    assert distance("корабль", "караболь") == 2


LONG = (
    "One plain sentence about nothing at all. " * 200
    + "At last the lighthouse, and the keeper beside it. "
    + "More. " * 99
)


@pytest.mark.parametrize("typed", ["lighthouse keeper", "LIGHTHOUSES", '"the keeper"', "keep*"])
def test_a_snippet_is_the_passage_with_the_words(typed: str) -> None:
    query = parse(typed, ["en"])
    assert query
    shown = snippet(LONG, query.terms, "en")
    assert "At last the" in shown
    assert START in shown
    assert shown[0] == shown[-1] == "…"
    assert len(shown) < 300


@pytest.mark.parametrize("word", ["cafe\u0301", "ca\u00adfe", "CAFÉ", "ｃａｆｅ", "ca\u200dfé"])
def test_a_snippet_is_found_however_the_word_is_written(word: str) -> None:
    query = parse("cafe", ["en"])
    assert query
    text = f"{'It rains. ' * 60}They met in the {word} again. {'It rains. ' * 60}"
    assert f"{START}{unicodedata.normalize('NFC', word)}{END}" in snippet(text, query.terms, "en")


def test_a_snippet_is_the_passage_with_most_words_though_some_word_is_only_in_the_title() -> None:
    query = parse("ferry captain zeppelin", ["en"])
    assert query
    text = f"The ferry left. {'It rains. ' * 60}A captain of a ferry came. {'It rains. ' * 60}"
    assert f"A {START}captain{END} of a {START}ferry{END}" in snippet(text, query.terms, "en")


def test_a_snippet_without_the_words_is_the_beginning() -> None:
    query = parse("zeppelin")
    assert query
    assert snippet(LONG, query.terms, "en").startswith("One plain sentence")
    assert snippet("", query.terms, "en") == ""


@given(st.text(), st.text(min_size=1, max_size=9))
def test_marks_change_nothing_else(text: str, typed: str) -> None:
    query = parse(typed, ["en"])
    shown = marked(text, query.terms if query else [], "en")
    plain = unicodedata.normalize("NFC", text).replace(START, "").replace(END, "")
    assert shown.replace(START, "").replace(END, "") == plain
    assert shown.count(START) == shown.count(END)
