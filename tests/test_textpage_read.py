"""Whole captures with the shipped models, in English and in other languages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winnow.read.lines.line import split_lines
from winnow.read.lines.views import view
from winnow.read.plain import ModelError, is_english, load, read
from winnow.read.plain.model import FILE, OTHERS, load_for

from .textpage_samples import ENGLISH, SAMPLES, marked, plain
from .textpage_tools import TOOLS


def test_an_english_capture_comes_out_whole() -> None:
    page = read(plain(ENGLISH))
    assert page.title == "The ferry that would not sink"
    assert page.standfirst == "A rusty boat and the four women who keep it afloat"
    assert (page.section, page.date, page.byline) == ("Europe", "2023-04-03", "Nora Quill")
    assert [line.text for line in page.body] == marked(ENGLISH, "A")


STANDFIRSTS = {
    "en": "The boat has been patched every autumn for twenty years, and the four women who run it say that it will go"
    " on until the new electric ferry arrives from the south.",
    "de": "Drei Wochen lang lag der Hafen still. Jetzt rollen die ersten Container wieder, doch der Streit um die"
    " Schichten ist noch lange nicht vorbei.",
    "es": "El río que la ciudad enterró hace medio siglo vuelve a correr a la vista de todos, y los vecinos que viven"
    " junto a las obras empiezan a acercarse a sus orillas.",
    "pl": "Miasto sprzedało starą halę spółdzielni mieszkańców, która w ciągu dwóch lat chce w niej urządzić targ,"
    " warsztaty i salę prób dla młodych muzyków.",
    "ru": "Телескоп, который тридцать лет простоял без дела, починили двое учителей физики, и теперь по пятницам на"
    " него приходит смотреть весь посёлок.",
}


@pytest.mark.parametrize("language", STANDFIRSTS)
def test_a_standfirst_that_reads_like_the_article_is_part_of_its_text(language: str) -> None:
    sample, standfirst = {"en": ENGLISH, **SAMPLES}[language], STANDFIRSTS[language]
    page = read(plain(sample).replace(marked(sample, "S")[0], standfirst))
    assert page.standfirst == standfirst
    assert [line.text for line in page.body] == [standfirst, *marked(sample, "A")]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Nora Quill April 3, 2023 | 3 Comments", "2023-04-03"),
        ("Nora Quill, April 3, 2023, no comments", "2023-04-03"),
        ("Comment by Jo, April 3, 2023", None),
    ],
)
def test_a_count_of_comments_is_no_comment(line: str, day: str | None) -> None:
    page = read(plain(ENGLISH.replace("B|By Nora Quill\nApril 3, 2023\n", f"{line}\n")))
    assert page.date == day


@pytest.mark.parametrize(
    ("line", "day"),
    [("April 3, 2023", "2023-04-03"), ("The ferry leaves with the mail on April 3, 2023 at last.", None)],
)
def test_a_date_between_the_first_paragraphs_is_read_unless_a_sentence_speaks_of_it(line: str, day: str | None) -> None:
    first, *others = marked(ENGLISH, "A")
    page = read("\n\n".join(["The ferry that would not sink", first, line, *others]))
    assert page.date == day


ENGLISH_MENU = "Home\nAbout us\nTerms of use and privacy\nSign up for our letter\nContact the editors\n\n"


@pytest.mark.parametrize("language", sorted(SAMPLES))
@pytest.mark.parametrize("around", ["", ENGLISH_MENU])
def test_each_language_has_its_model_whatever_the_language_of_the_menu(language: str, around: str) -> None:
    foreign, english = (view(split_lines(around + plain(text))) for text in (SAMPLES[language], ENGLISH))
    assert load_for(foreign) is OTHERS.load() is not FILE.load()
    assert load_for(english) is FILE.load()


@pytest.mark.parametrize("tool", sorted(TOOLS))
@pytest.mark.parametrize("language", ["en", *sorted(SAMPLES)])
def test_captures_of_every_tool_keep_all_paragraphs(tool: str, language: str) -> None:
    sample = SAMPLES.get(language, ENGLISH)
    kept = [line.text for line in read(TOOLS[tool](plain(sample))).body]
    article = [text for text in marked(sample, "A") if len(text) > 40]
    assert [text for text in kept if text in article] == article
    assert not [text for text in kept if "harbour.example" in text or text.startswith("[")]


def test_short_and_empty_captures_have_a_model() -> None:
    assert is_english(view([]))
    assert not is_english(view(split_lines("Die Fähre\n\nSie fährt um sechs.")))


def test_a_named_model_is_for_all_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FILE.variable, str(FILE.shipped))
    assert load_for(view(split_lines(plain(SAMPLES["de"])))) is OTHERS.load()
    assert OTHERS.load().provenance == FILE.load().provenance


@pytest.mark.parametrize("language", sorted(SAMPLES))
def test_other_languages_keep_the_article(language: str) -> None:
    sample = SAMPLES[language]
    page = read(plain(sample))
    kept = [line.text for line in page.body]
    article = [text for text in marked(sample, "A") if len(text) > 40]
    assert [text for text in kept if text in article] == article
    assert page.date is not None
    assert page.byline is not None
    assert page.byline in marked(sample, "B")[0]


@pytest.mark.parametrize("language", sorted(SAMPLES))
def test_reading_the_result_again_keeps_it(language: str) -> None:
    page = read(plain(SAMPLES[language]))
    again = read("\n\n".join([page.title or "", *(line.text for line in page.body)]))
    long = [line.text for line in page.body if len(line.text) > 60]
    assert [line.text for line in again.body if len(line.text) > 60] == long


FIRST = {
    "ko": (
        "바닷가 빵집의 새벽, 어부들이 먼저 찾는 까닭",
        "새벽 두 시에 반죽을 시작하는 부부, 첫 배가 나가기 전에 문을 연다",
        "새벽 두 시, 김명수 씨는 가로등 하나만 켜진 골목에서 가게 문을 연다. 반죽은 전날 저녁에 아내가 해 두었다.",
        "이 빵집은 삼십 년 동안 어부들의 아침을 책임졌다. 배가 나가기 전에 따뜻한 빵을 먹을 수 있는 곳은 여기뿐이다.",
        "하루에 굽는 빵은 이백사십 개 정도다. 풍랑주의보가 내리면 절반만 굽고, 남은 빵은 경로당으로 보낸다.",
    ),
    "fi": (
        "Kylän viimeinen mylly jauhaa taas",
        "Nuoret purkivat neljäkymmentä vuotta seisseen myllyn kivi kiveltä ja rakensivat sen uudelleen",
        "Puron varren kivitalo oli neljäkymmentä vuotta navettana, ja sisältä löytyi rikkinäinen ratas ja vanha vihko.",
        "Vihkoon oli merkitty, kuka toi montako säkkiä vehnää ja kuka maksoi velkansa munilla tai voilla.",
        "Korjaus kesti puoli vuotta ja maksoi viisikymmentäkaksi tuhatta euroa. Nyt jauhetaan kahdesti viikossa.",
    ),
    "ka": (
        "სოფლის ბოლო წისქვილი ისევ ფქვავს",
        "ახალგაზრდებმა ორმოცი წლის წინ გაჩერებული წისქვილი ქვა-ქვა დაშალეს და ხელახლა ააგეს",
        "მდინარის პირას მდგარი ქვის შენობა ორმოცი წელი ბოსლად გამოიყენებოდა. შიგნით ორი წისქვილის ქვა იპოვეს.",
        "რვეულში ეწერა, ვინ რამდენი ტომარა ხორბალი მოიტანა და ვინ გადაიხადა ვალი კვერცხით ან ყველით.",
        "შეკეთება ექვს თვეს გაგრძელდა. თანხის უმეტესი ნაწილი უცხოეთში მცხოვრებმა თანასოფლელებმა გამოგზავნეს.",
    ),
}


@pytest.mark.parametrize("language", FIRST)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_the_first_line_of_an_article_by_itself_is_the_title_and_the_second_its_standfirst(
    language: str, between: str
) -> None:
    title, *text = FIRST[language]
    page = read(between.join([title, *text]))
    assert page.title == title
    assert [line.text for line in page.body] == text


CREDITS = {
    "ko": ("한지우 기자", "입력 2024.02.19 06:00"),
    "fi": ("Aino Lehtonen", "20.2.2023 9:45"),
    "ka": ("ავტორი: ნინო ბერიძე", "22 მაისი, 2023 10:15"),
}


@pytest.mark.parametrize("language", FIRST)
@pytest.mark.parametrize("turn", [1, -1])
def test_author_and_day_below_the_title_are_no_text(language: str, turn: int) -> None:
    title, *text = FIRST[language]
    credits = CREDITS[language][::turn]
    for head in ([title, *credits, *text], [title, text[0], *credits, *text[1:]]):
        page = read("\n\n".join(head))
        assert [line.text for line in page.body] == text
        assert page.date is not None


def test_a_day_of_an_event_below_the_title_is_text() -> None:
    title, *text = FIRST["fi"]
    page = read("\n\n".join([title, text[0], "Termin: 20.2.2023, 19 Uhr", *text[1:]]))
    assert page.body[1].text == "Termin: 20.2.2023, 19 Uhr"


@settings(max_examples=60)
@given(st.lists(st.text(max_size=60), max_size=30).map("\n".join))
def test_never_raises_and_invents_no_line(text: str) -> None:
    page = read(text)
    assert 0 <= page.expected_f1 <= 1
    assert 0 <= page.confidence <= 1
    for line in page.body:
        assert not any("\ud800" <= char <= "\udfff" or char < " " for char in line.text)


def test_an_empty_page_has_nothing() -> None:
    page = read(" \n\n---\n")
    assert (page.title, page.body, page.words, page.expected_f1) == (None, (), 0, 0.0)


def test_the_model_is_small_and_says_where_it_comes_from() -> None:
    assert FILE.shipped.stat().st_size <= 2_000_000
    provenance = load().provenance
    assert provenance["licence"] == "CC BY 4.0"
    assert "WCXB" in provenance["data"]


def test_the_variable_names_another_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "other.npz"
    monkeypatch.setenv(FILE.variable, str(other))
    with pytest.raises(ModelError, match=r"other\.npz"):
        load()
    other.write_bytes(FILE.shipped.read_bytes())
    assert load().provenance == load(FILE.shipped).provenance


def test_what_is_too_long_is_cut_and_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("winnow.read.plain.MAX_LINES", 500)
    lines = [f"Line {i} of a table with some words in it" for i in range(700)]
    whole, cut = read("\n".join(lines)), read("\n".join(lines[:500]))
    assert whole.is_cut
    assert whole == replace(cut, is_cut=True)
    assert not cut.is_cut


@pytest.mark.parametrize(
    "line",
    [
        "Home » Travel » The ferry that would not sink",
        "Close-up of an old ferry in the northern harbour at dawn",
        "Two women standing at the rail of the old green ferry",
        "the ferry that would not sink in the harbour of the north",
        "Book the ferry here and the harbour may pay us a commission",
    ],
)
def test_captions_crumb_trails_and_disclosures_are_no_standfirst(line: str) -> None:
    standfirst = "A rusty boat and the four women who keep it afloat"
    text = "\n".join(part.partition("|")[2] or part for part in ENGLISH.splitlines())
    assert read(text).standfirst == standfirst
    assert read(text.replace(standfirst, line)).standfirst is None


def _moved(head: str, place: str) -> str:
    """Return the English capture with its byline and day replaced by lines elsewhere: `above`, `lead` or `below`."""
    lines = plain(ENGLISH.replace("B|By Nora Quill\nApril 3, 2023\n", "")).split("\n")
    title, last = lines.index("The ferry that would not sink"), lines.index(marked(ENGLISH, "A")[-1])
    lead = ["Read aloud", "Save", "A picture of the pier", "Harbour", "Print", "12", "Share", "Three minutes"]
    at, more = {"above": (title, []), "lead": (title + 1, lead), "below": (last + 1, [])}[place]
    return "\n".join([*lines[:at], *more, "", *head.split("\n"), "", *lines[at:]])


@pytest.mark.parametrize("place", ["above", "lead", "below"])
@pytest.mark.parametrize(
    "head",
    [
        "By Nora Quill\nPublished April 3, 2023",
        "Von Nora Quill, Brunnau\nVeröffentlicht am 3. April 2023, 14:26 Uhr",
        "Por Nora Quill\nPublicado el 3 de abril de 2023",
        "Par Nora Quill\nPublié le 3 avril 2023 à 8h05",
    ],
)
def test_day_and_byline_stand_farther_away(head: str, place: str) -> None:
    page = read(_moved(head, place))
    assert (page.date, page.byline) == ("2023-04-03", "Nora Quill")


@pytest.mark.parametrize("line", ["Updated April 3, 2023", "3 comments, April 3, 2023", "April 3, 2023"])
def test_a_day_below_the_article_is_its_own_only_where_it_says_so(line: str) -> None:
    assert read(_moved(line, "below")).date is None
