"""Normalisation, tokens, mojibake, and what may be stored: two renderings of one text must read the same."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from winnow.search import fold
from winnow.text import UNSPACED, normalise, one_line, repair_mojibake, storable, tokens

ANY_TEXT = st.text(st.characters(exclude_categories=()))  # surrogates too
WORDS = st.lists(st.text("abcxyzäöüßéçłžñøабвдяé0123456789", min_size=1, max_size=8), max_size=30)
SPACES = st.lists(st.sampled_from([" ", "\n", "\t", "\r\n", "\u00a0", "\u2003", "\u3000", "\n\n  "]), min_size=30)

GERMAN = "Der Bäcker grüßt die Gäste; „schöne Äpfel“ kosten fünf Euro – für alle."
FRENCH = "L’été dernier, la forêt brûlait ; où êtes-vous allés, à Nîmes ?"
POLISH = "Zażółć gęślą jaźń, a potem idź spać pod świerkiem."


def as_windows_1252(text: str) -> str:
    """Misread a text's UTF-8 as browsers read windows-1252: open bytes become C1 controls."""
    return "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in text.encode()
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It’s “late”", 'It\'s "late"'),
        ("ten – twenty — thirty", "ten - twenty - thirty"),
        ("wait… what", "wait... what"),
        ("the ﬁrst oﬃce", "the first office"),
        ("１９８４ ＡＢＣ", "1984 abc"),
        ("ten\u00a0miles\u202faway", "ten miles away"),
        ("co\u00adopera\u00adtion", "cooperation"),
        ("hard\u200bly\ufeff any\u2060one", "hardly anyone"),
        ("\u200eright\u200f", "right"),
        ("the light-\nhouse keeper", "the lighthouse keeper"),
        ("the light‐\nhouse keeper", "the lighthouse keeper"),
        ("STRASSE", "straße"),
        ("ÉTÉ", "été"),
        ("МОСТ", "мост"),
    ],
)
def test_typography_and_case_make_no_difference(one: str, other: str) -> None:
    assert tokens(one) == tokens(other)


@pytest.mark.parametrize("text", [GERMAN, FRENCH, POLISH, "Đường phố Hà Nội", "한국어 신문"])
def test_composed_and_decomposed_letters_make_the_same_tokens(text: str) -> None:
    assert tokens(unicodedata.normalize("NFD", text)) == tokens(unicodedata.normalize("NFC", text))


def test_accents_and_punctuation_inside_words_are_told_apart() -> None:
    assert tokens("resume") != tokens("résumé")
    assert tokens("can't stop_now") == ["can", "t", "stop", "now"]


@pytest.mark.parametrize("text", ["from 1914-\n1918", "page 12-\nbis", "a dash -\nthen more"])
def test_only_letters_are_joined_across_a_line_end(text: str) -> None:
    assert "-\n" in normalise(text)


def test_hyphens_within_a_line_stay_word_boundaries() -> None:
    assert tokens("well-known") == ["well", "known"]


def test_digits_stay_as_they_are() -> None:
    assert tokens("Northport 3, Easton 2 (12,500 saw it)") == [
        "northport",
        "3",
        "easton",
        "2",
        "12",
        "500",
        "saw",
        "it",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("東京の港", ["東", "京", "の", "港"]),
        ("カタカナ・カタ", ["カ", "タ", "カ", "ナ", "カ", "タ"]),
        ("ภาษาที่ดี", ["ภ", "า", "ษ", "า", "ที่", "ดี"]),
        ("ພາສາທີ່ດີ", ["ພ", "າ", "ສ", "າ", "ທີ່", "ດີ"]),
        ("ភាសាល្អ។", ["ភា", "សា", "ល្", "អ"]),
        ("စာအုပ်၊ ၂ အုပ်", ["စာ", "အု", "ပ်", "၂", "အု", "ပ်"]),
        ("2024年5月", ["2024", "年", "5", "月"]),
        ("new港old", ["new", "港", "old"]),
        ("서울 항구", ["서울", "항구"]),
    ],
)
def test_every_character_of_an_unspaced_script_is_a_token_with_its_marks(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_search_knows_the_scripts_without_spaces_too() -> None:
    ours, of_search = re.compile(f"[{UNSPACED}]"), re.compile(f"[{fold.UNSPACED}]")
    letters = [letter for letter in map(chr, range(0xF900)) if letter.isalpha() and normalise(letter) == letter]
    missing = [letter for letter in letters if ours.match(letter) and not of_search.match(letter)]
    assert missing == []
    assert sum(map(bool, map(ours.match, letters))) > 25_000


@pytest.mark.parametrize("text", ["", " \n\t", "—…!?", "・", "។", "\u200b\u00ad"])
def test_text_without_words_has_no_tokens(text: str) -> None:
    assert tokens(text) == []


@pytest.mark.parametrize("text", [GERMAN, FRENCH, POLISH, "Smörgåsbord på ön", "Año nuevo, ¿qué más?"])
def test_utf8_misread_as_windows_1252_is_repaired(text: str) -> None:
    broken = as_windows_1252(text)
    assert broken != text
    assert repair_mojibake(broken) == text
    assert tokens(broken) == tokens(text)


@pytest.mark.parametrize(
    "text",
    [
        GERMAN,
        FRENCH,
        POLISH,
        "plain words",
        "Ã alone is a letter",
        "mixed: GrÃ¼ÃŸe and 東京",  # the whole text does not bear it
        "Â« un mot Â» et une fenêtre",
    ],
)
def test_text_that_is_not_mojibake_throughout_is_left_alone(text: str) -> None:
    assert repair_mojibake(text) == text


def test_mojibake_is_repaired_once_only() -> None:
    once = as_windows_1252("Grüße")
    assert repair_mojibake(as_windows_1252(once)) == once


@given(WORDS)
def test_repair_gives_back_any_text_that_was_misread(words: list[str]) -> None:
    text = " ".join(["fünf", "—", *words])
    assert repair_mojibake(as_windows_1252(text)) == text


@given(ANY_TEXT)
def test_no_text_makes_normalisation_fail(text: str) -> None:
    normalise(text)
    repair_mojibake(text)
    assert all(token and not token.isspace() for token in tokens(text))


@given(WORDS, SPACES)
def test_whitespace_and_case_leave_tokens_as_they_are(words: list[str], spaces: list[str]) -> None:
    noisy = "".join(space + word for space, word in zip(spaces, words, strict=False)).upper()
    assume(repair_mojibake(noisy) == noisy)  # capitals alone, as of "äž", may be what a misread letter looks like
    assert tokens(noisy) == tokens(" ".join(words[: len(spaces)]))


@given(ANY_TEXT)
def test_storable_text_encodes_and_is_stable(text: str) -> None:
    clean = storable(text)
    clean.encode("utf-8")
    assert storable(clean) == clean
    assert not {char for char in clean if unicodedata.category(char) in ("Cc", "Cs")} - {"\t", "\n"}


def test_storable_keeps_everything_that_can_be_read() -> None:
    text = "Ünïcode\tand\n東京 🚢 e\u0301 \u00a0“quoted”"
    assert storable(text) == text


def test_storable_drops_controls_and_lone_surrogates() -> None:
    assert storable("a\x00b\x1b[31mc\x7f\x9b\ud83d\uffff") == "ab[31mc"


def test_one_line_folds_white_space() -> None:
    assert one_line("  first\n\tsecond \u2028 third\x00  ") == "first second third"


def test_one_line_is_cut_at_its_limit_with_an_ellipsis() -> None:
    assert one_line("x" * 200) == "x" * 200
    assert one_line("x" * 201) == "x" * 199 + "…"
    assert one_line("abcdef", limit=4) == "abc…"


@given(ANY_TEXT, st.integers(1, 40))
def test_one_line_is_one_storable_line_within_its_limit(text: str, limit: int) -> None:
    line = one_line(text, limit)
    assert len(line) <= limit
    assert len(line.splitlines()) <= 1
    line.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\u2028two\u2029three", ["one", "two", "three"]),
        ("won\u00ad\nderful won-\r\nderful won\u00adderful", ["wonderful"] * 3),
        ("Ταΐζω ΤΑΐΖΩ", ["ταΐζω"] * 2),
        ("हिन्दी", ["हिन्दी"]),
    ],
    ids=["line separators", "soft hyphens", "case of Greek", "vowel signs"],
)
def test_words_stay_whole_and_apart(text: str, expected: list[str]) -> None:
    assert tokens(text) == [unicodedata.normalize("NFC", word.casefold()) for word in expected]


def test_controls_that_end_lines_do_not_glue_words() -> None:
    assert one_line("a\rb\x0bc\x85d\x1ee") == "a b c d e"
