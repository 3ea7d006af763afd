"""Texts from the right as `pdftotext` writes them, with marks of direction around rows and around figures."""

from __future__ import annotations

import re

import pytest

from winnow.read.lines.line import split_lines

RIGHT, LEFT, END = "\u202b", "\u202a", "\u202c"


def _row(text: str) -> str:
    """Return a row as `pdftotext` writes it: bars stand around what runs from the left."""
    parts = text.split("|")
    return RIGHT + "".join(f"{LEFT}{part}{END}" if i % 2 else part for i, part in enumerate(parts)) + END


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ("| 3|أكتوبر |2023|", "3 أكتوبر 2023"),
        ("عاد الماء| .|وعاد النخيل| ،|ثم الناس|.|", "عاد الماء. وعاد النخيل، ثم الناس."),
        ("| .1|لكل بيت نصف ساعة", "1. لكل بيت نصف ساعة"),
        ("| Harbour Post|שיתוף ", "Harbour Post שיתוף"),
    ],
)
def test_signs_beside_figures_stand_where_they_are_read(row: str, text: str) -> None:
    assert [line.text for line in split_lines(_row(row))] == [text]


PARAGRAPHS = {
    "ar": (
        "في كل مساء يصعد الحارس مئة واثنتي عشرة درجة ليشعل المصباح بيده، ولا يعرف",
        "أحد لماذا بقي هذا المنار وحده كذلك.",
        "كانت الآلة التي طلبت قبل ثلاثين عاما لم تصل قط، لأن العنوان المكتوب على",
        "الصندوق كان ناقصا حرفا واحدا.",
        "أما الدفتر الذي يكتب فيه حال البحر كل ثلاث ساعات فقد صار أثقل من الحارس،",
        "ولا مكان في المنار لدفتر جديد.",
    ),
    "he": (
        "בכל ערב עולה השומר מאה ושתים עשרה מדרגות ומדליק את המנורה בידו, ואיש אינו",
        "יודע מדוע נשאר המגדלור הזה לבדו.",
        "המכונה שהוזמנה לפני שלושים שנה לא הגיעה מעולם, כי הכתובת שעל הארגז הייתה",
        "חסרה אות אחת בלבד.",
        "המחברת שבה הוא רושם את מצב הים כל שלוש שעות נעשתה כבדה יותר מן השומר עצמו",
        "ואין במגדלור מקום לאחרת.",
    ),
    "fa": (
        "هر شب نگهبان از صد و دوازده پله بالا می‌رود و چراغ را با دست روشن می‌کند و",
        "کسی نمی‌داند چرا این فانوس تنها ماند.",
        "دستگاهی که سی سال پیش سفارش داده بودند هرگز نرسید، چون در نشانی روی جعبه",
        "یک حرف کم بود.",
        "دفتری که در آن هر سه ساعت حال دریا را می‌نویسد از خود نگهبان سنگین‌تر شده",
        "و جایی برای دفتر دیگر نیست.",
    ),
}


@pytest.mark.parametrize("language", PARAGRAPHS)
def test_rows_with_marks_of_direction_are_joined(language: str) -> None:
    rows = PARAGRAPHS[language]
    lines = [line.text for line in split_lines("\n".join(map(_row, rows)))]
    assert lines == [" ".join(rows[i : i + 2]) for i in range(0, len(rows), 2)]


def _joined(paragraphs: tuple[str, ...]) -> list[str]:
    return [" ".join(paragraphs[i : i + 2]) for i in range(0, len(paragraphs), 2)]


def _words_from_left(row: str, is_apart: bool) -> str:
    """Return a row with its words from the left, as PyMuPDF writes them; pypdf has full stops at the word before."""
    words = [word[-1] + word[:-1] if word[-1] in ".,،:" else word for word in row.split()][::-1]
    return re.sub(r" \.(?=\S)", ". ", " ".join(words)) if is_apart else " ".join(words)


@pytest.mark.parametrize("is_apart", [False, True])
@pytest.mark.parametrize("language", PARAGRAPHS)
def test_words_from_the_left_are_turned(language: str, is_apart: bool) -> None:
    text = "\n".join(_words_from_left(row, is_apart) for row in PARAGRAPHS[language])
    assert [line.text for line in split_lines(text)] == _joined(PARAGRAPHS[language])


FORMS = {"ا": "\ufe8d\ufe8e", "ب": "\ufe8f\ufe90", "م": "\ufee1\ufee2", "ر": "\ufead\ufeae", "د": "\ufea9\ufeaa"}


@pytest.mark.parametrize(
    ("year", "text"), [("2023", "باب مدار 2023"), ("1.5", "باب مدار 1.5"), ("Ada", "باب مدار Ada")]
)
def test_letters_in_drawn_forms_from_the_left_are_turned(year: str, text: str) -> None:
    initial = {"ب": "\ufe91", "م": "\ufee3"}
    word = initial["ب"] + FORMS["ا"][1] + FORMS["ب"][0], initial["م"] + FORMS["د"][1] + FORMS["ا"][0] + FORMS["ر"][0]
    seen = f"{year} {word[1][::-1]} {word[0][::-1]}"
    turned = "\ufe94\ufee8\ufee3"  # three letters, the last in its final form
    row = f"{seen} {turned}"
    assert [line.text for line in split_lines(row)] == [f"منة {text}"]


@pytest.mark.parametrize("language", PARAGRAPHS)
def test_rows_in_order_stay(language: str) -> None:
    text = "\n\n".join([*_joined(PARAGRAPHS[language]), "... وهكذا", "Ada Lund: 12 (3)"])
    assert [line.text for line in split_lines(text)] == text.split("\n\n")
