"""Texts of printed pages: running heads and page numbers go, words that were cut are whole again."""

from __future__ import annotations

import pytest

from winnow.read.lines.line import split_lines

# Words that may be cut where a bar stands; some have a hyphen of their own.
BOOKS = {
    "English": (
        "The keeper of the light|house had a well-known goat, which stood every morning on the out|ermost rock and "
        "looked at the ferry as if it were late, and the passen|gers waved to it because nobody else was there to be "
        "waved at before the quay came into sight behind the long and well-known wall of the har|bour.",
        "In winter the goat lived in the kitchen. The min|ister, who came twice a year, pretended not to see it, and "
        "the goat pre|tended not to see him, and so they got on bet|ter than most people on the island, where every "
        "door was watched from three win|dows and no visit was ever for|gotten by anybody.",
    ),
    "German": (
        "Der Wärter des Leucht|turms hatte eine Ziege, die jeden Morgen auf dem äu|ßersten Felsen stand und der Fähre "
        "entgegen|sah, als käme sie zu spät, und die Reisen|den winkten ihr zu, weil sonst nie|mand da war, dem man "
        "hätte winken können, bevor der Hafen hinter der lan|gen Mauer in Sicht kam.",
        "Im Winter wohnte die Ziege in der Küche. Der Pfar|rer, der zwei|mal im Jahr kam, tat so, als sähe er sie "
        "nicht, und die Ziege tat so, als sähe sie ihn nicht, und so vertru|gen sie sich besser als die meis|ten Leute "
        "auf der Insel, auf der kein Besuch je verges|sen wurde.",
    ),
    "Russian": (
        "У смотрителя мая|ка была коза, которая каждое утро стояла на край|нем камне и смотрела на паром так, будто он "
        "опоз|дал, и пасса|жиры махали ей рукой, потому что больше махать было неко|му, пока за длинной сте|ной не "
        "показывалась гавань.",
        "Зимой коза жила на кух|не. Священ|ник, который приезжал два раза в год, делал вид, что не видит её, а коза "
        "делала вид, что не видит его, и они ладили луч|ше, чем боль|шинство людей на острове, где ни одного визита "
        "никогда не забы|вали.",
    ),
}


def in_rows(text: str, hyphen: str, width: int = 44) -> list[str]:
    """Break a text into rows, words where a bar stands in them."""
    rows = [""]
    for word in text.split():
        begin, _, rest = word.partition("|")
        if len(f"{rows[-1]} {begin}{rest}") <= width:
            rows[-1] = f"{rows[-1]} {begin}{rest}".lstrip()
        elif rest and len(f"{rows[-1]} {begin}-") <= width:
            rows[-1] += f" {begin}{hyphen}"
            rows.append(rest)
        else:
            rows.append(begin + rest)
    return rows


def in_pages(rows: list[str], head: str, foot: str) -> str:
    """Set rows on pages of six rows."""
    pages = [rows[i : i + 6] for i in range(0, len(rows), 6)]
    return "\f".join(
        "\n".join([head.format(number), "", *page, "", foot.format(number), ""]) for number, page in enumerate(pages, 1)
    )


def book(language: str) -> list[str]:
    return [paragraph.replace("|", "") for paragraph in BOOKS[language]]


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u00ad"])
@pytest.mark.parametrize(
    ("head", "foot"),
    [("{}", "The Goat"), ("THE GOAT   {}", ""), ("Chapter 2", "Page {} of 9"), ("The Goat", "– {} –"), ("", "[{}]")],
)
@pytest.mark.parametrize("language", BOOKS)
def test_paragraphs_go_on_over_pages(language: str, head: str, foot: str, hyphen: str) -> None:
    rows = [row for paragraph in BOOKS[language] for row in [*in_rows(paragraph, hyphen), ""]]
    lines = [line.text for line in split_lines(in_pages(rows, head, foot))]
    assert lines[-2:] == book(language)
    assert len(lines) <= 4, "a head or a foot stays on the first page, where it may be the title"


def test_a_hyphen_that_stands_in_the_word_elsewhere_stays() -> None:
    rows = [
        "Every goat of the island knew the well-",
        "known wall of the harbour, and the passen-",
        "gers of the ferry knew the goats. From out-",
        "side one saw the well-known wall and noth-",
        "ing else until the evening.",
    ]
    assert [line.text for line in split_lines("\n".join(rows))] == [
        "Every goat of the island knew the well-known wall of the harbour, and the passengers of the ferry knew the "
        "goats. From outside one saw the well-known wall and nothing else until the evening."
    ]


def test_hyphens_of_a_few_rows_stay() -> None:
    text = "A low-\nlying meadow\n\nand a far-\nreaching view"
    assert [line.text for line in split_lines(text)] == ["A low-", "lying meadow", "and a far-", "reaching view"]


def side_by_side(rows: list[str], width: int, height: int) -> str:
    """Set rows in two columns, on pages of some height."""
    pages = []
    for i in range(0, len(rows), 2 * height):
        left, right = rows[i : i + height], rows[i + height : i + 2 * height]
        right += [""] * (len(left) - len(right))
        pages.append("\n".join(f"{a:{width + 5}}{b}".rstrip() for a, b in zip(left, right, strict=True)))
    return "\f".join(pages)


@pytest.mark.parametrize("height", [14, 40])
@pytest.mark.parametrize("language", ["English", "German"])
def test_columns_of_print_are_read_one_after_the_other(language: str, height: int) -> None:
    rows = [row for paragraph in BOOKS[language] * 2 for row in [*in_rows(paragraph, "-", 36), ""]]
    text = f"A goat that crosses both of the columns, by Ada Lund\n\n{side_by_side(rows, 36, height)}"
    assert [line.text for line in split_lines(text)][-4:] == book(language) * 2


def apart(columns: list[list[str]], width: int) -> str:
    """Set columns beside each other whose rows do not stand at the same height, as `pdftotext -layout` does."""
    height = len(columns) * max(map(len, columns))
    rows = [""] * height
    for at, column in enumerate(columns):
        for i, row in enumerate(column):
            place = len(columns) * i + at
            rows[place] = f"{rows[place]:{at * (width + 4)}}{row}"
    return "\n".join(rows)


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize("language", BOOKS)
def test_columns_at_other_heights_and_three_columns_are_read_one_after_the_other(language: str, count: int) -> None:
    rows = [row for paragraph in BOOKS[language] * 2 for row in [*in_rows(paragraph, "\u2010", 30), ""]]
    size = -(-len(rows) // count)
    columns = [rows[i : i + size] for i in range(0, len(rows), size)]
    beside = [*zip(*(column + [""] * (size - len(column)) for column in columns), strict=True)]
    level = "\n".join("".join(f"{row:34}" for row in each).rstrip() for each in beside)
    for text in (level, apart(columns, 30)):
        assert [line.text for line in split_lines(f"{text}\f")] == book(language) * 2


def test_items_that_are_set_in_stay_in_their_column() -> None:
    left = in_rows(BOOKS["English"][0].replace("|", ""), "\u2010", 36)
    right = [
        "The keeper needs each of these every day:",
        "",
        "     • hay and salt",
        "     • a long rope",
        "     • a lamp",
    ]
    right += ["", *in_rows(BOOKS["English"][1].replace("|", ""), "\u2010", 36)]
    rows = [f"{a:42}{b}".rstrip() for a, b in zip(left + [""] * (len(right) - len(left)), right, strict=True)]
    assert [line.text for line in split_lines("\n".join(rows) + "\f")] == [
        book("English")[0],
        right[0],
        "hay and salt",
        "a long rope",
        "a lamp",
        book("English")[1],
    ]


def test_rows_that_are_justified_by_wide_spaces_are_joined() -> None:
    rows = [row.replace(" ", "  " if i % 2 else " ") for i, row in enumerate(in_rows(BOOKS["German"][0], "\u2010", 34))]
    rows += ["", *in_rows(BOOKS["German"][1], "\u2010", 34)]
    half = -(-len(rows) // 2)
    text = "\n".join(f"{a:50}{b}" for a, b in zip(rows[:half], [*rows[half:], ""], strict=False))
    assert [line.text for line in split_lines(f"{text}\f")] == book("German")


def test_tables_and_lists_in_columns_stay_rows() -> None:
    prices = "\n".join(f"{name:20}{name} island     {i} pounds" for i, name in enumerate(["Goat", "Hay", "Salt"] * 4))
    names = "\n".join(f"{name:30}the {name} on the quay of the island" for name in ["Goats", "Hay", "Salt"] * 4)
    for text in (prices, names):
        assert [line.text for line in split_lines(text)] == [" ".join(row.split()) for row in text.split("\n")]


@pytest.mark.parametrize("is_above", [True, False])
@pytest.mark.parametrize("foot", ["https://harbour.example/goat {}/3", "https://harbour.example/goat\n{}/3"])
@pytest.mark.parametrize("language", BOOKS)
def test_what_a_browser_prints_around_pages_goes_without_form_feeds(language: str, foot: str, is_above: bool) -> None:
    rows = [row for paragraph in BOOKS[language] for row in [*in_rows(paragraph, "\u2010", 50), ""]]
    head, pages = ["3/5/24, 9:12 AM", "The Goat | Harbour Post"], list[str]()
    for number, body in enumerate((rows[:4], rows[4:8], rows[8:]), 1):
        pages += [*head, *body] if is_above else [*body, *head]
        pages.append(foot.format(number))
    lines = [line.text for line in split_lines("\n".join(pages))]
    assert lines == [*(head if is_above else []), *book(language)]
    gallery = "\n".join(row for number in (1, 2, 3) for row in (f"{number}/3", "The goat", "Ada Lund took this one."))
    assert [line.text for line in split_lines(gallery)] == gallery.split("\n")


def test_pages_without_blank_rows_are_read_as_captures_without_any_are() -> None:
    pages = (
        ["Hay", "The goat ate all of the hay on the boat.", "Nobody on the ferry had seen it come."],
        ["Rope", "It ate the rope of the boat, too, they say.", "The captain sold it in the end."],
    )
    text = "\f".join(map("\n".join, pages))
    assert [line.gap for line in split_lines(text)] == [0, *[1] * 5]


@pytest.mark.parametrize(
    "text",
    [
        "-" * 200_000 + "\nA row\n\fAnother row\n" + "-" * 200_000,  # a row that might be the number of a page
        "a" * 200_000 + " b-\nand so on",  # a word that might be cut
        "a-\n" * 100_000,  # words that are cut, each of which is sought elsewhere
        "https://a.example/ 1/2\n" + "a://" * 100_000,  # an address that might have the number of a page behind it
    ],
)
def test_long_rows_and_many_cuts_take_no_time_that_grows_with_their_square(text: str) -> None:
    assert split_lines(text)
