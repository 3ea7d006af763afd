"""Splitting captures into lines."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winnow.read.lines.line import clean, split_lines, squeeze, unglue
from winnow.read.lines.wrapping import wrap_width

from .textpage_tools import in_columns

PROSE = (
    "The harbour office opened at six, and by seven the queue of drivers reached the old salt store on the corner.",
    "Nobody could say who had ordered the gates shut; the night clerk had left a note that only said he was sorry.",
    "By noon a second crane was moving, and the first containers of the week rolled out towards the northern road.",
)


def test_counts_blank_lines_and_indent() -> None:
    lines = split_lines("Title\n\n\n   Body text here.\n")
    assert [(line.text, line.gap, line.indent) for line in lines] == [("Title", 0, 0), ("Body text here.", 2, 3)]


def test_takes_list_markers_off_but_keeps_numbers() -> None:
    lines = split_lines("• one thing\n- another\n1. first\n* third\n--- \n")
    assert [(line.bullet, line.text) for line in lines] == [
        ("•", "one thing"), ("-", "another"), ("", "1. first"), ("*", "third"),
    ]  # fmt: skip


def test_removes_what_cannot_be_seen() -> None:
    assert clean("so\u00adft\u200b, bell\x07, half\ud800 \u200dok") == "soft, bell, half ok"
    assert clean("👩\u200d🚀 क्\u200dष") == "👩\u200d🚀 क्\u200dष"


def test_unglues_only_between_words() -> None:
    assert unglue("keep readingShow less") == "keep reading Show less"
    assert unglue("The NATO and iOS pages") == "The NATO and iOS pages"


def test_joins_hard_wrapped_paragraphs() -> None:
    paragraphs = PROSE * 3
    wrapped = "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in paragraphs)
    assert [line.text for line in split_lines(wrapped)] == list(paragraphs)


def test_joins_at_a_hyphen_without_a_space() -> None:
    paragraph = "It was a long-standing and well-known truth of the far-reaching low-lying harbour quarter " * 4
    wrapped = "\n\n".join([textwrap.fill(paragraph.strip(), 60)] * 3)
    assert [line.text for line in split_lines(wrapped)] == [paragraph.strip()] * 3


def test_leaves_long_lines_and_menus_alone() -> None:
    menu = "\n".join(["Home", "News", "Sport", "Weather", "Contact"] * 4)
    text = menu + "\n\n" + "\n\n".join(PROSE)
    assert wrap_width(text.splitlines()) == 0
    assert len(split_lines(text)) == 23


def test_joins_hard_wrapped_chinese_without_spaces() -> None:
    row = (
        "港口办公室早上六点开门到七点司机的队伍已经排到了街角旧盐仓库的门口没有人知道是谁下令把大门关上的夜班职员只留下"
    )
    text = "\n".join([row] * 8 + ["他们走了。"])
    assert [line.text for line in split_lines(text)] == [row * 8 + "他们走了。"]


@given(st.text())
def test_any_text_gives_clean_lines(text: str) -> None:
    for line in split_lines(text):
        assert line.text == squeeze(line.text) == clean(line.text) != ""
        line.text.encode("utf-8")


JAPANESE = (
    "港の北にある古い灯台は、三十年ぶりに明かりをともした。直したのは市役所ではなく、退職した時計職人と二人の教師だった。"
    "冬のあいだ毎週土曜日に通い、錆びた歯車を一枚ずつ外して磨いたという。",
    "「子どものころ、あの光で帰り道が分かりました」と職人は話す。費用は寄付でまかない、足りない分は古本市の売り上げで補った。"
    "見学は春から始まり、一度に入れるのは八人までである。",
    "市は階段の手すりを新しくする予定で、工事のあいだは港の広場から眺めるしかない。それでも初日の夜には、二百人を超える人が集まった。",
)


@pytest.mark.parametrize("width", [72, 80])
@pytest.mark.parametrize("indent", ["", "   "])
def test_joins_japanese_wrapped_at_the_columns_of_a_terminal(width: int, indent: str) -> None:
    wrapped = "\n\n".join("\n".join(indent + row for row in in_columns(text, width)) for text in JAPANESE * 2)
    assert [line.text for line in split_lines(f"港の新聞\n\n{wrapped}\n")] == ["港の新聞", *JAPANESE * 2]


DUMPS = {  # what text browsers write: the page above, the list below
    "lynx": (
        "   #[1]alternate\n\n   [2]{site}\n\n     * [3]{menu}\n\n{title}\n\n   {text} [4]{link}.\n\n   [5]{menu}\n",
        "\nReferences\n\n   Visible links:\n{links}\n\n   Hidden links:\n   6. https://harbour.example/6\n",
    ),
    "w3m": (
        "[1]{site}\n[2]{menu} [3]{menu}\n\n{title}\n\n{text} [4]{link}.\n\n[5]{menu}\n",
        "\nReferences:\n\n{links}\n",
    ),
}


def dumped(tool: str, site: str, menu: str, title: str, text: str, link: str) -> str:
    page, below = DUMPS[tool]
    number = "[{}]" if tool == "w3m" else "   {}."
    links = "\n".join(f"{number.format(n)} https://harbour.example/{n}" for n in range(1, 6))
    return page.format(site=site, menu=menu, title=title, text=text, link=link) + below.format(links=links)


@pytest.mark.parametrize("tool", sorted(DUMPS))
@pytest.mark.parametrize(
    "words",
    [
        (
            "Harbour Post",
            "News",
            "The mill turns again",
            "Nobody had expected the old wheel to move, says",
            "the miller",
        ),
        (
            "Hafenbote",
            "Kultur",
            "Die Mühle läuft wieder",
            "Niemand hatte das mit dem alten Rad erwartet, sagt",
            "„Müller“",
        ),
        ("港の新聞", "文化", "水車がまた回る", "古い水車が動くとは誰も思っていなかったと", "粉屋が話す"),
        (
            "Вестник порта",
            "Культура",
            "Мельница снова работает",
            "Никто не ждал, что колесо двинется, говорит",
            "мельник",
        ),
    ],
)
def test_numbers_of_links_and_the_list_of_their_addresses_are_left_out(tool: str, words: tuple[str, ...]) -> None:
    lines = [line.text for line in split_lines(dumped(tool, *words))]
    site, menu, title, text, link = words
    assert not [line for line in lines if "[" in line]
    assert lines[-3:] == [title, f"{text} {link}.", menu]
    assert site in lines


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("The mill turns again", "Nobody had expected the old wheel to move, says"),
        ("Die Mühle läuft wieder", "Niemand hatte das mit dem alten Rad erwartet, sagt"),
        ("水車がまた回る", "古い水車が動くとは誰も思っていなかったと"),
    ],
)
def test_addresses_below_titles_of_links_and_those_without_a_number_in_turn_are_left_out(title: str, text: str) -> None:
    page = f"[1]Quay\n\n[2]Search [3]OK\n\n   {title}[5]¶\n\n   {text} [7]Ada.\n\n   [8]Top\n\n"
    links = (
        "References\n\n   Visible links\n   1. https://quay.example/\n   5. About this heading\n\thttps://quay.example/5\n"
        "   7. mailto:a@b.example?subject=Re: it\n   8. Back to the top of the page\n\thttps://quay.example/#top\n"
    )
    lines = [line.text for line in split_lines(page + links)]
    assert lines == ["Quay", "Search OK", f"{title}¶", f"{text} Ada.", "Top"]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (
            "Quay [/]\nNews [/news/]\n\nThe wheel [https://mill.example/w?a=1] turns [#now].",
            ["Quay", "News", "The wheel turns."],
        ),
        (
            "Kai [../index.html]\n\nDas Rad [https://muehle.example] läuft [/wieder/heute.html].",
            ["Kai", "Das Rad läuft."],
        ),
        ("港 [/]\n\n水車 [https://mill.example/水車]がまた回る [mailto:a@b.example]。", ["港", "水車がまた回る。"]),
    ],
)
def test_addresses_in_brackets_behind_links_are_left_out(text: str, whole: list[str]) -> None:
    assert [line.text for line in split_lines(text)] == whole


def test_tags_and_notes_in_brackets_stay() -> None:
    text = "[quote]The wheel [sic] turns[/quote]\n\n[b]Ada[/b] says so [1], [note: twice].\n\n[i]No[/i] [/] [...]"
    assert [line.text for line in split_lines(text)] == text.split("\n\n")


FOOTNOTES = "The mill [1] turns again. The wheel is new.[2] The miller[3] is not.\n"


@pytest.mark.parametrize(
    "text",
    [
        FOOTNOTES + "\n[1] https://mill.example/a\n[2] https://mill.example/b\n[3] https://mill.example/c\n",
        "Where to look\n\n1. https://mill.example/a\n2. https://mill.example/b\n3. https://mill.example/c\n",
        "The [1]mill, the [2]wheel, the [4]weir.\n\n1. https://a.example/\n2. https://b.example/\n4. https://c.example/\n",
        "The [1]mill.\n\n1. https://mill.example/a\n2. https://mill.example/b\n3. https://mill.example/c\n\nAnd one "
        "more sentence below the list, which is none that a program has made.\n",
    ],
)
def test_footnotes_and_lists_of_an_author_stay(text: str) -> None:
    assert [line.text for line in split_lines(text)] == [row for row in text.splitlines() if row]


LONGER = tuple(" ".join(PROSE[turn:] + PROSE[:turn]) for turn in range(3))


@pytest.mark.parametrize("width", [25, 32, 40, 49, 101, 120, 132, 200])
@pytest.mark.parametrize("mark", ["", "> ", ">> ", "| "])
def test_joins_prose_that_was_wrapped_at_any_width(width: int, mark: str) -> None:
    text = "\n\n".join("\n".join(textwrap.wrap(paragraph, width)) for paragraph in LONGER)
    text = "\n".join(f"{mark}{row}".rstrip() for row in text.split("\n"))
    assert [line.text for line in split_lines(text)] == list(LONGER)


def test_a_headline_that_is_longer_than_the_rows_stays_apart() -> None:
    rows = [row for paragraph in LONGER for row in [*textwrap.wrap(paragraph, 40), ""]]
    head = ["What the queue of drivers at the harbour office waited for", "By Ada Lund", ""]
    lines = split_lines("\n".join([*head, *rows]))
    assert [line.text for line in lines[1:]] == ["By Ada Lund", *LONGER]


def test_joins_prose_in_a_frame() -> None:
    rows = [row for paragraph in LONGER for row in [*textwrap.wrap(paragraph, 66), ""]]
    frame = f"+{'-' * 68}+"
    text = "\n".join([frame, *(f"| {row:66} |" for row in rows), frame])
    assert [line.text for line in split_lines(text)] == list(LONGER)


@pytest.mark.parametrize("width", [60, 72])
def test_joins_prose_with_a_blank_row_after_each_row(width: int) -> None:
    text = "\n\n\n".join("\n\n".join(textwrap.wrap(paragraph, width)) for paragraph in PROSE * 2)
    assert [line.text for line in split_lines(text)] == list(PROSE * 2)


def printed(text: str, width: float) -> list[str]:
    """Break a text as print does, where letters have different widths."""
    rows = [""]
    for word in text.split():
        longer = f"{rows[-1]} {word}".lstrip()
        if sum(0.28 if char in "iljtf.,' " else 0.83 if char in "mwMWшщюжмф" else 0.55 for char in longer) > width:
            rows.append(word)
        else:
            rows[-1] = longer
    return rows


PRINTED = {
    "English": LONGER,
    "Russian": (
        "Портовая контора открылась в шесть часов, а к семи очередь водителей дошла уже до старого соляного склада "
        "на углу, и никто не знал, кто велел закрыть ворота; ночной сторож оставил записку, что ему очень жаль.",
        "К полудню пошёл второй кран, и первые в этой неделе вагоны выкатились на северную дорогу, где их ждали с "
        "самого утра дети из посёлка, которым обещали, что машинист даст гудок, когда поезд пройдёт мимо их школы.",
    ),
    "Arabic": (
        "فتح مكتب الميناء أبوابه في السادسة صباحا وعند السابعة كان صف السائقين قد بلغ مخزن الملح القديم عند الزاوية "
        "ولم يعرف أحد من أمر بإغلاق البوابات فقد ترك الحارس ورقة يقول فيها إنه آسف على ما حدث في تلك الليلة.",
        "وعند الظهر بدأت الرافعة الثانية تعمل وخرجت أولى الحاويات في هذا الأسبوع إلى طريق الشمال حيث كان الأطفال "
        "ينتظرون منذ الصباح لأن السائق وعدهم بأن يطلق صفارته حين يمر القطار أمام مدرستهم الصغيرة.",
    ),
}


@pytest.mark.parametrize("language", PRINTED)
@pytest.mark.parametrize("between", ["\n\n", "\n    "])
def test_joins_rows_that_were_broken_where_print_had_no_room(language: str, between: str) -> None:
    paragraphs = PRINTED[language] * 2
    text = between.join("\n".join(printed(paragraph, 38)) for paragraph in paragraphs)
    assert [line.text for line in split_lines(f"1911\n\n{text}")] == ["1911", *paragraphs]


def test_what_is_longer_than_wrapped_rows_stays_apart() -> None:
    address, headline = f"https://harbour.example/{'Zx7' * 30}", f"All about a {'very ' * 10}long queue of drivers"
    rows = [row for paragraph in LONGER for row in [*textwrap.wrap(paragraph, 72), "", address, ""]]
    menu = [f"* {entry} of the harbour and of the islands" for entry in ("Timetables", "Pictures", "The weather")]
    lines = [line.text for line in split_lines("\n".join([*menu, "", headline, "", *rows]))]
    assert lines == [*(row[2:] for row in menu), headline, *(each for text in LONGER for each in (text, address))]


def test_listings_and_sentences_in_rows_of_their_own_are_not_joined() -> None:
    names = ("mill", "lower weir", "lock", "quay of the pilots", "old ford", "well", "customs house", "north pound")
    code = [f"openTheGate('{name}', {{ from: {i}, until: {i + 9} }});" for i, name in enumerate(names)]
    said = [f"Nobody could say who had shut the {name}, and the clerk was gone." for name in names]
    assert [line.text for line in split_lines("\n".join([*code, "", *said]))] == [*code, *said]


def test_verse_is_not_joined() -> None:
    verse = ["The ferry lay where ferries lie at night", "And no one came to take the rope ashore",
             "The harbour clock struck four in yellow light",
             "Then five, then six, and then it struck no more"] * 4  # fmt: skip
    assert [line.text for line in split_lines("\n".join(verse))] == verse
    assert [line.text for line in split_lines("\n\n".join(verse))] == verse


def test_a_capture_without_blank_rows_has_gaps_around_all_but_menus() -> None:
    menu = ["Home", "News", "Sport", "Culture"]
    texts = [
        *menu,
        "The ferry that would not sink, and its crew",
        "By Nora Quill",
        "It leaves.",
        "It comes back again.",
        "Yes",
    ]
    assert [line.gap for line in split_lines("\n".join(texts))] == [0, 0, 0, 0, 1, 1, 1, 1, 1]
    assert [line.gap for line in split_lines("\n".join([*texts, "", "End"]))] == [0] * 9 + [1]
    assert [line.gap for line in split_lines("\n".join([*menu, "It comes back again."]))] == [0] * 5
