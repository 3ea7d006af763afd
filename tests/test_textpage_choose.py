"""The choice of lines: the greatest expected F1, and what is left out of it again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from winnow.read.lines.choose import (
    APART,
    AWAY,
    DOUBTFUL,
    FLOOR,
    ISLAND,
    PASSAGE,
    STRAY,
    SURE,
    TEMPER,
    choose,
    drop_islands,
    drop_stragglers,
    drop_strangers,
)
from winnow.read.lines.steps import Judged
from winnow.read.lines.views import Floats, view
from winnow.read.plain import (
    JudgedText,
    Line,
    drop_idle_headings,
    drop_text_stragglers,
    drop_text_strangers,
    read_lines,
)


def judged(texts: list[str], probability: Floats | list[float]) -> Judged:
    page = view([Line(text, 1) for text in texts])
    return Judged(page, {}, np.array(probability, np.float32))


def text_page(page: Judged) -> JudgedText:
    """Return a judged page as a capture without headings."""
    return JudgedText(page.page, page.columns, page.probability, np.zeros(len(page.page), np.bool_))


def without_islands(chosen: list[bool], probability: list[float], words: list[int]) -> list[bool]:
    left = drop_islands(judged(["word " * count for count in words], probability), np.array(chosen, np.bool_))
    return [bool(is_left) for is_left in left]


def test_choice_has_the_greatest_expected_f1() -> None:
    probability, words = np.array([0.9, 0.1, 0.8, 0.5], np.float32), np.array([50, 50, 50, 10], np.float32)
    chosen, expected = choose(probability, words, spread=0.0)
    assert chosen.tolist() == [True, False, True, True]
    mass = [odds / (1 + odds) * words for odds, words in ((9**TEMPER, 50), (4**TEMPER, 50), (1, 10), (9**-TEMPER, 50))]
    assert expected == pytest.approx(2 * sum(mass[:3]) / (110 + sum(mass)), abs=1e-4)


def test_nothing_likely_is_nothing_chosen() -> None:
    chosen, expected = choose(np.array([0.01, 0.02], np.float32), np.array([9, 9], np.float32))
    assert not chosen.any()
    assert expected == 0.0
    assert not choose(np.zeros(0, np.float32), np.zeros(0, np.float32))[0].any()


@pytest.mark.parametrize(
    ("likely", "words_between", "stays"),
    [(ISLAND - 0.05, AWAY + 10, False), (ISLAND + 0.05, AWAY + 10, True), (ISLAND - 0.05, AWAY - 10, True)],
)
def test_an_island_far_from_the_article_must_be_likely(likely: float, words_between: int, stays: bool) -> None:
    chosen = [True, True, False, True, True]
    left = without_islands(chosen, [0.9, 0.9, 0.1, likely, likely], [100, 100, words_between, 20, 20])
    assert left == [True, True, False, stays, stays]


def test_the_likeliest_island_is_the_article() -> None:
    probability = [0.3, 0.1, 0.4]
    assert without_islands([True, False, True], probability, [50, AWAY + 10, 50]) == [False, False, True]
    assert without_islands([False] * 3, probability, [1, 1, 1]) == [False] * 3


def kept(texts: list[str], probability: list[float]) -> list[bool]:
    return [bool(is_left) for is_left in drop_strangers(judged(texts, probability), np.ones(len(texts), np.bool_))]


def kept_in_capture(texts: list[str], probability: list[float], left_out: int | None = None) -> list[bool]:
    found = judged(texts, probability)
    chosen = np.array([place != left_out for place in range(len(texts))], np.bool_)
    whole = text_page(found)
    return [bool(is_left) for is_left in drop_text_strangers(whole, chosen)]


HARBOUR = [
    "The harbour master closed the outer quay because waves had damaged the concrete wall.",
    "Waves damaged the wall of the outer quay twice before, and the harbour was closed both times.",
    "Concrete for the damaged quay arrives by ship once the harbour is open again.",
]
BAKERS = "Seven bakers from nearby villages compete for a golden spoon with bread made of chestnut flour."


def test_doubtful_lines_about_something_else_are_dropped() -> None:
    sure, doubtful = [SURE + 0.05] * 3, DOUBTFUL - 0.05
    assert kept([*HARBOUR, BAKERS], [*sure, doubtful]) == [True, True, True, False]
    assert kept([*HARBOUR, BAKERS], [*sure, DOUBTFUL + 0.05]) == [True] * 4  # the model is sure enough
    assert kept([*HARBOUR, "Repairing the concrete wall of the quay costs more than bread."], [*sure, doubtful])[3]
    assert kept([*HARBOUR, "Seven bakers compete"], [*sure, doubtful])[3]  # too short to tell


def test_nothing_is_dropped_where_nothing_is_sure() -> None:
    assert kept([*HARBOUR, BAKERS], [0.5] * 4) == [True] * 4
    assert kept([BAKERS], [0.9]) == [True]
    assert kept([], []) == []


def test_unspaced_scripts_share_words_too() -> None:
    article = [
        "港口的外码头因为海浪损坏了混凝土墙而关闭",
        "海浪损坏外码头的墙，港口因此关闭",
        "外码头的混凝土墙损坏后港口关闭",
    ]
    sure = [0.9] * 3
    assert kept([*article, "附近村庄的七位面包师用栗子粉做面包比赛"], [*sure, 0.5])[3] is False
    assert kept([*article, "混凝土墙和外码头损坏，港口还要关闭很久"], [*sure, 0.5])[3] is True


def floats(top: float) -> st.SearchStrategy[Floats]:
    return arrays(np.float32, 8, elements=st.floats(0, top, width=32))


@given(floats(1), floats(200))
def test_what_is_likelier_is_chosen_first(probability: Floats, words: Floats) -> None:
    chosen, expected = choose(probability, words)
    assert 0 <= expected <= 1
    assert (probability[chosen] >= FLOOR).all()
    if chosen.any() and not chosen.all():
        assert probability[chosen].min() >= probability[~chosen].max() or probability[~chosen].max() < FLOOR


def test_a_page_may_be_wrong_as_a_whole() -> None:
    """What one line is off by, all are: where little is sure, more is worth the risk."""
    probability, words = np.array([0.6] * 5 + [0.25] * 5, np.float32), np.full(10, 20, np.float32)
    assert choose(probability, words, spread=0.0)[0].sum() == 5
    assert choose(probability, words)[0].all()


QUAY = "Repairing the concrete wall of the outer quay costs more than the harbour earns."
OTHERS = [0.95, 0.95, 0.95]


def left(
    probability: float = STRAY - 0.05,
    above: float = APART - 0.05,
    below: float = APART - 0.05,
    passage: str = BAKERS,
    sure: list[float] = OTHERS,
) -> bool:
    """Return whether a passage stays that comes after the article, between a heading and a button."""
    page = judged([*HARBOUR, "The golden spoon", passage, "Read on"], [*sure, above, probability, below])
    chosen = drop_stragglers(page, np.array([True, True, True, False, True, False]))
    assert chosen.tolist() == [True, True, True, False, chosen[4], False]
    return bool(chosen[4])


def test_a_doubtful_passage_by_itself_behind_the_article_is_dropped() -> None:
    assert not left()
    assert left(probability=STRAY + 0.01)
    assert left(above=APART + 0.01)
    assert left(below=APART + 0.01)
    assert left(passage=QUAY)
    assert left(passage=" ".join([BAKERS] * (PASSAGE // len(BAKERS.split()) + 1)))
    assert left(sure=[SURE + 0.05, 0.5, 0.5])  # little is sure on this page


ELSEWHERE = {
    "de": """Die Fähre legt im Winter um sieben ab, und die Fahrt über die Bucht dauert eine halbe Stunde.
Auf der Fähre fahren Pendler, Schüler und sonntags die Besucher der Insel über die Bucht.
Seit die Fähre neu gebaut ist, dauert die Fahrt im Winter keine halbe Stunde mehr.
Der letzte Satz
Wer nach Hause kommt, setzt Wasser auf und erzählt, was er gesehen hat.
Weiter""",
    "ru": """Паром зимой отходит в семь, и дорога через залив занимает полчаса.
На пароме едут рабочие, школьники, а в воскресенье и гости острова через залив.
С тех пор как паром построили заново, дорога зимой занимает меньше получаса.
Последнее слово
Кто вернулся домой, ставит чайник и рассказывает, что видел.
Дальше""",
    "ja": """渡し船は冬のあいだ七時に出て、湾を渡るのに半時間かかります。
渡し船には勤め人や生徒が乗り、日曜には島を訪ねる人も湾を渡ります。
渡し船が新しくなってから、冬でも湾を渡るのに半時間かかりません。
おわりに
家に帰った人はお湯を沸かし、見てきたことを話します。
つづき""",
}


@pytest.mark.parametrize("language", ELSEWHERE)
def test_a_doubtful_last_paragraph_stays_in_other_languages(language: str) -> None:
    page = judged(ELSEWHERE[language].split("\n"), [*OTHERS, 0.2, 0.5, 0.2])
    chosen = np.array([True, True, True, False, True, False])
    assert not drop_stragglers(page, chosen)[4]
    assert drop_text_stragglers(text_page(page), chosen)[4]


def test_a_doubtful_last_paragraph_goes_in_english() -> None:
    page = judged([*HARBOUR, "The golden spoon", BAKERS, "Read on"], [*OTHERS, 0.2, 0.5, 0.2])
    assert not drop_text_stragglers(text_page(page), np.array([True, True, True, False, True, False]))[4]


def test_passages_before_the_last_sure_line_are_no_stragglers() -> None:
    texts = [*HARBOUR[:2], "The golden spoon", BAKERS, "Read on", HARBOUR[2]]
    chosen = np.array([True, True, False, True, False, True])
    left = drop_stragglers(judged(texts, [0.95, 0.95, 0.1, 0.5, 0.1, 0.95]), chosen)
    assert left.tolist() == [True, True, False, True, False, True]


@pytest.mark.parametrize(("below", "stays"), [(["Privacy policy"], False), ([], True)])
def test_an_unsure_heading_goes_that_heads_only_what_was_left_out(below: list[str], stays: bool) -> None:
    """The shipped model is read here."""
    texts = [f"{text} So the harbour master told council {n} on Monday." for n, text in enumerate(HARBOUR * 3)]
    lines = [Line(text, 1) for text in ("Waves damage the outer quay", *texts, "More from the coast", *below)]
    body = [line.text for line in read_lines(lines).body]
    assert body[: len(texts)] == texts
    assert body[len(texts) :] == ["More from the coast"] * stays


@pytest.mark.parametrize(("likely", "caption", "stays"), [(0.6, 1, True), (0.4, 1, False), (0.6, 4, False)])
def test_a_likely_heading_stays_above_the_caption_above_its_text(likely: float, caption: int, stays: bool) -> None:
    texts = [
        HARBOUR[0],
        "What the storm broke",
        " ".join(["The quay on the day after the storm"] * caption),
        HARBOUR[1],
    ]
    page = judged(texts, [0.9, likely, 0.1, 0.9])
    heading = JudgedText(page.page, page.columns, page.probability, np.array([False, True, False, False]))
    left = drop_idle_headings(heading, np.array([True, True, False, True]))
    assert left.tolist() == [True, stays, False, True]


def test_the_last_sentence_of_a_script_without_marks_is_no_heading() -> None:
    """The shipped model is read here."""
    thai = [
        "เวลาเจ็ดโมงเช้า ครูเดินไปที่เสาธงและตีระฆังใบเก่า เสียงระฆังดังข้ามแม่น้ำไปถึงหมู่บ้านฝั่งตรงข้าม เด็กๆ จึงเริ่มพายเรือมาโรงเรียน",
        "โรงเรียนแห่งนี้สร้างขึ้นเมื่อหกสิบปีก่อน เคยมีนักเรียนมากกว่าหนึ่งร้อยคน แต่ทุกวันนี้คนหนุ่มสาวย้ายไปทำงานในเมือง",
        "เด็กทั้งเจ็ดคนเรียนอยู่คนละชั้น แต่นั่งรวมกันในห้องเดียว ครูสอนเด็กเล็กก่อน แล้วจึงหันไปสอนเลขให้เด็กโต",
    ]
    last = "พอเลิกเรียน ระฆังก็ดังขึ้นอีกครั้ง"
    body = read_lines([Line(text, 1) for text in ("โรงเรียนริมน้ำ", *thai, last, "ข่าวอื่น")]).body
    assert [(line.text, line.kind) for line in body][:4] == [(text, "paragraph") for text in (*thai, last)]


def test_long_paragraph_in_the_middle_of_an_article_stays_whatever_it_speaks_of() -> None:
    long = " ".join([BAKERS] * 3)
    sure, unsure = [0.9, 0.9, 0.9], 0.4
    assert kept_in_capture([*HARBOUR[:2], long, HARBOUR[2]], [*sure[:2], unsure, 0.9]) == [True] * 4
    assert kept_in_capture([*HARBOUR[:2], BAKERS, HARBOUR[2]], [*sure[:2], unsure, 0.9]) == [True, True, False, True]
    assert kept_in_capture([*HARBOUR, long], [*sure, unsure]) == [True, True, True, False]
    menu = [*HARBOUR[:2], "Sign up", long, HARBOUR[2]]
    assert kept_in_capture(menu, [*sure[:2], 0.1, unsure, 0.9], 2) == [True, True, False, False, True]
