"""Tables of articles (CSV, TSV): which files are some, how their columns may be called, and what damage costs."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.samples import sentences
from tests.conftest import Read, read_folder
from tests.records import LIMIT, passed, problems
from winnow.items import HTML, Page, Reason
from winnow.read.page import read_page
from winnow.sources.containers import kind_of, records
from winnow.sources.containers.records import ContainerOptions, Item, Record

TEXTS = ["\n\n".join([*sentences(seed, 4), f'Row {seed}, “as it was”: "said" so; nobody\tknows.']) for seed in range(9)]
FULL = ("title", "text", "author", "date", "url")


def _row(seed: int) -> list[str]:
    return [f"Story {seed}", TEXTS[seed], "Ann Lee", "2024-02-29", f"http://a.example/{seed}"]


def _table(columns: Any = FULL, rows: Any = (), delimiter: str = ",", encoding: str = "utf-8", **how: Any) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, **how).writerows([columns, *(rows or map(_row, range(3)))])
    return file.getvalue().encode(encoding)


def _items(data: bytes, name: str = "a.csv", limit: int = LIMIT, **fields: str) -> list[Item]:
    kind = kind_of(name, data[: 64 << 10])
    assert kind
    assert kind.name == "table"
    return list(records(io.BytesIO(data), kind, ContainerOptions(limit, fields)))


def _pages(items: list[Item]) -> list[Page]:
    return [item.page for item in items if isinstance(item, Record)]


@pytest.mark.parametrize("name", ["a.csv", "a.TSV", "a.txt", "a", "a.csv.gz"])
@pytest.mark.parametrize(
    "how",
    [
        {}, {"delimiter": ";"}, {"delimiter": "\t"}, {"delimiter": "|"}, {"encoding": "utf-8-sig"},
        {"encoding": "utf-16"}, {"lineterminator": "\n"}, {"quoting": csv.QUOTE_ALL},
        {"doublequote": False, "escapechar": "\\"},
    ],
    ids=str,
)  # fmt: skip
def test_rows_are_pages_however_the_table_is_written(name: str, how: dict[str, Any]) -> None:
    data = _table(**how)
    found = _pages(_items(gzip.compress(data) if name.endswith(".gz") else data, name))
    assert [page.body.decode() for page in found] == TEXTS[:3]
    assert [(page.url, page.stated.title, page.stated.author, page.stated.date) for page in found] == [
        (f"http://a.example/{seed}", f"Story {seed}", "Ann Lee", "2024-02-29") for seed in range(3)
    ]


@pytest.mark.parametrize(
    "columns",
    [
        ("Titel", "Text", "Autor", "Datum", "Adresse"), ("titre", "contenu", "auteur", "date", "lien"),
        ("Título", "Contenido", "Autor", "Fecha", "Enlace"), ("заголовок", "текст", "автор", "дата", "ссылка"),
        ("标题", "正文", "作者", "日期", "链接"), ("タイトル", "本文", "著者", "日付", "URL"),
        ("제목", "본문", "기자", "날짜", "url"), ("başlık", "metin", "yazar", "tarih", "url"),
        ("post_title", "post_content", "Author Name", "post_date", "Permalink"),
        ("Headline", "articleBody", "authors", "datePublished", "link"),
        ("Heading", "Article", "byline", "publish_date", "source_url"),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_names_in_other_languages_and_programs(columns: tuple[str, ...]) -> None:
    [page] = _pages(_items(_table(columns, [_row(1)]), "a"))
    assert (page.body.decode(), page.url) == (TEXTS[1], "http://a.example/1")
    assert (page.stated.title, page.stated.author, page.stated.date) == ("Story 1", "Ann Lee", "2024-02-29")


@pytest.mark.parametrize(("encoding", "text"), [
    ("cp1252", "Die Brücke über den Fluß bleibt für die Fähre gesperrt, hieß es. "),
    ("cp1251", "Мост через реку закрыли на всё лето, и паром снова ходит каждый день. "),
    ("gb18030", "市政府星期一宣布关闭这座桥，渡船今后每天都会往返两岸，居民表示欢迎。"),
    ("cp932", "市は月曜日に橋を閉鎖すると発表した。渡し船はこれから毎日運航される見通しだという。"),
])  # fmt: skip
def test_table_in_an_older_encoding_is_read_in_it(encoding: str, text: str) -> None:
    [page] = _pages(_items(_table(("title", "text"), [[text[:12], text * 20]], encoding=encoding)))
    assert (page.body.decode(), page.stated.title) == (text * 20, text[:12])


def test_cells_for_nothing_say_nothing_and_lists_written_as_text_are_lists() -> None:
    rows = [
        ["A", TEXTS[0], "nan", "NaT", "['fog', 'huts']"],
        ["B", TEXTS[1], "['Ann Lee', 'Bo Ray']", "None", "[]"],
        ["C", "NULL", "", "", ""],
    ]
    items = _items(_table(("title", "text", "authors", "date", "tags"), rows))
    first, second = _pages(items)
    assert (first.stated.author, first.stated.date, first.stated.tags) == (None, None, ("fog", "huts"))
    assert (second.stated.author, second.stated.tags) == ("Ann Lee; Bo Ray", ())
    assert passed(items) == ["entry without its text"]


def test_cell_of_html_is_html() -> None:
    html = "".join(f"<p>{each}</p>" for each in sentences(5))
    for name in ("html", "content", "body", "post_content"):
        [page] = _pages(_items(_table(("title", name), [["T", html]])))
        assert page.media_type == HTML
    [page] = _pages(_items(_table(("title", "text"), [["T", html]])))
    article = read_page(page).article
    assert article
    assert article.text == "\n\n".join(sentences(5))


def test_columns_of_any_name_are_read_where_they_are_stated_and_listed_where_not() -> None:
    data = _table(("Kopf", "Fließtext"), [["A", TEXTS[0]], ["B", TEXTS[1]]])
    assert [page.stated.title for page in _pages(_items(data, text="Fließtext", title="Kopf"))] == ["A", "B"]
    why = "a table (CSV) without a column 'html' or 'text'; JSONL_FIELDS names the columns, which are: Kopf, Fließtext"
    assert problems(_items(data)) == {"1": (Reason.NO_ARTICLE, why)}
    why = "a table (CSV) whose first row does not name its columns: name them (text, title, author, date, url)"
    assert problems(_items(_table(_row(0), [_row(1)]))) == {"1": (Reason.NO_ARTICLE, why)}


NO_TABLES = [
    ("a.csv", b"a,b,c\n" + b"1,2,3\n" * 500),
    ("a.csv", b"time,text,source\n" + b"10:00,started,daemon\n" * 500),
    ("a.csv", b"title,text"),
    ("a.tsv", b"title\ttext\n" + b"one\ttwo\n" * 9),
]


@pytest.mark.parametrize(("name", "data"), NO_TABLES)
def test_table_without_long_texts_is_one_page_that_is_none(name: str, data: bytes) -> None:
    assert kind_of(name, data) is None
    rejection = read_page(Page(name, body=data)).rejection
    assert rejection
    assert rejection.detail.endswith("is not a page")


@pytest.mark.parametrize(
    "first",
    [
        "Text, date and author",
        "Title; text; date",
        "title, text",
        "Content | Links | Date",
        "Title\tText",
        "Text: Date",
    ],
)
def test_text_whose_first_row_looks_like_names_of_columns_is_a_page(first: str) -> None:
    for below in (sentences(3), [" ".join(sentences(3))], ["By Ann Lee", " ".join(sentences(3)), "Bergen, Oslo"]):
        for name in ("page.txt", "page", "page.md"):
            assert kind_of(name, "\n\n".join([first, *below]).encode()) is None


def test_row_without_a_cell_for_each_column_is_told_of_and_the_next_one_is_read() -> None:
    whole = _table(rows=list(map(_row, range(6))))
    for broken in (
        whole.replace(b'Story 2,"', b"Story 2,"),  # a quote is lost
        whole.replace(b"Story 2,", b'"Story 2,'),  # one too many
        whole.replace(b"Story 2,", b"Story, 2,"),  # a comma that nothing quotes
        whole.replace(b",Ann Lee,2024-02-29,http://a.example/2", b""),
        whole.replace(b'""said""', b'"said"', 3),
    ):
        items = _items(broken)
        found = {page.stated.title: page.body.decode() for page in _pages(items) if not page.problem}
        left = {f"Story {seed}": TEXTS[seed] for seed in range(6)}
        assert found.items() <= left.items()
        assert {"Story 3", "Story 4", "Story 5"} <= found.keys()
        assert problems(items)
        assert all(reason is Reason.UNREADABLE for reason, _ in problems(items).values())


def test_rows_that_a_program_writes_without_quotes_are_read_as_they_stand() -> None:
    texts = ['"Nobody', 'said "so', *('5" of rain fell' for _ in range(2))]
    lines = [f"{number}\t{text} {' '.join(sentences(number))}" for number, text in enumerate(texts)]
    items = _items("\n".join(["title\ttext", *lines, ""]).encode(), "a.tsv")
    assert [f"{page.stated.title}\t{page.body.decode()}" for page in _pages(items)] == lines


def test_names_of_columns_in_the_middle_and_rows_of_spreadsheets_are_no_pages() -> None:
    data = b"sep=,\r\n" + _table() + _table()
    items = _items(data)
    assert len(_pages(items)) == 6
    assert sorted(passed(items)) == ["blank", "names of columns"]
    items = _items(_table((*FULL, "", ""), [[*_row(0), "", ""], ["", "", "", "", "", "", ""]]))
    assert (len(_pages(items)), passed(items)) == (1, ["blank"])


def test_row_that_is_too_large_costs_no_other_row() -> None:
    rows = [_row(0), ["Long", "x y\n" * 400_000, "", "", ""], _row(1)]
    items = _items(_table(rows=rows))
    assert [page.stated.title for page in _pages(items) if not page.problem] == ["Story 0", "Story 1"]
    assert len(problems(items)) == 1


@given(st.data())
def test_every_row_is_a_page_or_is_told_of_however_the_file_is_damaged(data: st.DataObject) -> None:
    whole = _table(rows=list(map(_row, range(9))))
    at = data.draw(st.integers(1300, len(whole)))
    noise = data.draw(st.sampled_from([b"", b'"', b",", b"\n", b'","', b"\r\n", b"\xff"]))
    cut = data.draw(st.sampled_from([0, 1, 40, 2000]))
    items = _items(whole[:at] + noise + whole[at + cut :])
    found = [page.body.decode() for page in _pages(items) if not page.problem]
    sound = [text for text in TEXTS if text in found]
    told = len(problems(items)) + passed(items).count("blank") + len([text for text in found if text not in TEXTS])
    assert len(sound) >= 9 - 2 - cut // 300
    assert len(sound) == 9 or told or cut == 0 or cut > 300


def test_run_reads_each_row_once_and_a_second_one_opens_no_table(folder: Path, read: Read) -> None:
    (folder / "news.csv").write_bytes(_table())
    (folder / "numbers.csv").write_bytes(NO_TABLES[0][1])
    first = read_folder(folder, folder.parent / "t.db")
    lines = [2 + number * (TEXTS[0].count("\n") + 1) for number in range(3)]
    expected = {f"news.csv#{line}": "article" for line in lines} | {"numbers.csv": "rejected"}
    assert {row["path"]: row["outcome"] for row in first.rows("SELECT path, outcome FROM pages")} == expected
    (folder / "news.csv").write_bytes(_table(rows=list(map(_row, range(4)))))
    again = read_folder(folder, folder.parent / "t.db").last_run
    assert (again["new"], again["unchanged"]) == (1, 4)
