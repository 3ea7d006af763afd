"""Tables of articles (CSV, TSV): each row is an article, and the first row says what its columns hold.

Rows are read as RFC 4180 has them. A row is believed only if it has as many cells as there are columns: another one has
lost a mark, and a part of its text could be taken for a title or an author.
"""

from __future__ import annotations

import ast
import contextlib
import csv
import io
import unicodedata
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BufferedIOBase
from typing import Any

from winnow.formats import LOOKED_AT
from winnow.items import Page, Reason, Rejection
from winnow.sources.containers.entries import SIGNS, holds, record_of
from winnow.sources.containers.packed import packed_or_not
from winnow.sources.containers.records import EMPTY, HEADING, ContainerOptions, Item, Passed, Record, damaged
from winnow.sources.containers.text_lines import begin_as_text, text_lines

ENDINGS = (".csv", ".tsv", ".tab", ".csv.gz", ".tsv.gz", ".tab.gz")
_DELIMITERS = ",\t;|"
_LONG = 400  # characters of a cell, from which on it may be an article's text
_MAX_NAME = 60  # characters of the name of a column
_MAX_COLUMNS = 500
_AHEAD = 64 << 10  # characters in which a row fits by which reading goes on behind damage
_SEARCHED = 64 << 20  # characters that are looked at again in search of such rows, in all
_LINE = 64  # characters whose memory a line takes beside its own
_SHOWN = 12  # columns that an answer names
_EMPTY = frozenset({"nan", "null", "none", "\\n", "na", "n/a", "nat", "<na>", "[]"})  # as programs write "no value"
_MAX_LIST = 4096  # characters
_SEP = "sep="
csv.field_size_limit(max(csv.field_size_limit(), 1 << 30))  # what is read of a row bounds its cells
# Names of columns in other languages, by the name that entries of JSON have for the same.
_NAMES = {
    "title": "titel titre título titulo titolo titul tytuł tytul otsikko rubrik overskrift tittel başlık baslik cím "
             "τίτλος заголовок название العنوان عنوان כותרת शीर्षक タイトル 題名 件名 見出し 标题 標題 제목 judul",
    "text": "texte texto testo tekst inhalt contenu contenido conteúdo conteudo contenuto treść tresc inhoud artikel "
            "artikeltext volltext innehåll indhold teksti sisältö metin içerik icerik szöveg κείμενο текст содержание "
            "النص نص המאמר טקסט पाठ 本文 内容 內容 正文 記事 본문 내용 nộidung isi teks",
    "author": "autor autorin auteur autore auteurs autores autori verfasser författare forfatter kirjoittaja yazar "
              "szerző συγγραφέας автор الكاتب כותב लेखक 著者 作者 筆者 記者 저자 기자 작성자 tácgiả penulis",
    "published_at": "datum data fecha dato päivämäärä tarih dátum ημερομηνία дата التاريخ תאריך दिनांक 日付 日期 公開日 "
                    "投稿日 发布时间 發布時間 날짜 작성일 ngày tanggal",
    "tags": "schlagwörter schlagworte etiquetas motsclés tagi etiketter теги タグ 标签 標籤 태그",
    "url": "adresse lien enlace ссылка 链接 鏈接 連結 링크",
}  # fmt: skip
_KNOWN = {word: known for known, words in _NAMES.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class Table:
    """How a table is written: what stands between cells, the names of its columns, and whether `\\` escapes quotes."""

    delimiter: str
    columns: tuple[str, ...]
    is_escaped: bool = False

    def rows(self, lines: Iterator[str], is_strict: bool = True) -> Iterator[list[str]]:
        """Yield the cells of the rows in some lines."""
        yield from csv.reader(
            lines, delimiter=self.delimiter, escapechar="\\" if self.is_escaped else None, strict=is_strict
        )

    def fits(self, row: list[str]) -> bool:
        """Return whether a row has a cell for each column, and nothing beside them."""
        return len(row) >= len(self.columns) and not any(row[len(self.columns) :])

    def known(self) -> dict[str, str]:
        """Return the names under which entries have what the columns hold, by the columns' names."""
        keys = {name: SIGNS.sub("", unicodedata.normalize("NFC", name)).lower() for name in self.columns}
        return {name: _KNOWN.get(key, name) for name, key in keys.items()}


def is_table(name: str, begin: bytes) -> bool:
    """Return whether a file that begins so is a table with texts; `name` is its name in lower case.

    A file that is not named like a table must also have columns for a text and for a fact, and whole rows below them.
    """
    if b"\n" not in begin and b"\r" not in begin:
        return False
    text = begin_as_text(begin)
    table, is_named = _table_in(text), name.endswith(ENDINGS)
    if table is None or not (is_named or all(holds(table.known().values()))):
        return False
    rows = _rows_in_sight(text, table)
    if not any(len(cell) >= _LONG for row in rows for cell in row):
        return False
    is_cut = len(begin) >= LOOKED_AT
    below = rows[1 : -1 if is_cut else None]  # without the one that goes on out of sight
    return is_named or sum(map(table.fits, below)) * 2 > len(below) or (is_cut and not below)


def _table_in(text: str) -> Table | None:
    """Return the table that a text begins as: of what may stand between cells, what gives the most names."""
    first = next((line for line in _lines_in_sight(text) if line.strip()), "")
    best: tuple[str, ...] = ()
    between = ""
    for delimiter in _DELIMITERS:
        with contextlib.suppress(csv.Error, StopIteration):
            names = tuple(name.strip() for name in next(csv.reader([first], delimiter=delimiter)))
            if max(1, len(best)) < len(names) <= _MAX_COLUMNS:
                best, between = names, delimiter
    return Table(between, best, text.count('\\"') > text.count('""')) if best else None


def _lines_in_sight(text: str) -> Iterator[str]:
    """Yield the lines at the beginning of a file, without one that tells spreadsheets what stands between cells."""
    lines = io.StringIO(text, newline="")
    first = lines.readline()
    if not first.lower().startswith(_SEP):
        yield first
    yield from lines


def _rows_in_sight(text: str, table: Table) -> list[list[str]]:
    with contextlib.suppress(csv.Error):
        return [row for row in table.rows(_lines_in_sight(text), is_strict=False) if row]
    return []


def _is_heading(columns: tuple[str, ...]) -> bool:
    return all(len(name) <= _MAX_NAME for name in columns) and any(columns)


@packed_or_not
def read_table(file: BufferedIOBase, options: ContainerOptions, _start: object) -> Iterator[Item]:
    """Yield the pages of the rows of a table; names are the numbers of the lines at which they begin.

    A damaged row takes with it what stands before the next row that has a cell for each column.
    """
    file.seek(0)
    table = _table_in(begin_as_text(file.read(LOOKED_AT)))
    known = table.known() if table else {}
    has_text = {"html", "text"} & options.fields.keys() or holds(known.values())[0]
    if table is None or not _is_heading(table.columns) or not has_text:
        yield Record(Page("1", problem=Rejection(Reason.NO_ARTICLE, _why_none(table))))
        return
    rows = _Rows(text_lines(file, _limit(options) + 1), table, _limit(options))
    for line, row in rows:
        if isinstance(row, str):
            yield damaged(str(line), row)
        elif not any(cell.strip() for cell in row):
            yield Passed(EMPTY)
        elif tuple(cell.strip() for cell in row[: len(table.columns)]) == table.columns:
            if line > 1 and rows.is_below:
                yield Passed(HEADING)
            rows.is_below = True
        else:
            yield record_of(_entry(row, table, known), str(line), options.max_bytes, fields=options.fields)


def _limit(options: ContainerOptions) -> int:
    return options.max_bytes * 2 + _AHEAD  # quotes may be doubled


def _why_none(table: Table | None) -> str:
    if table is None or not _is_heading(table.columns):
        return "a table (CSV) whose first row does not name its columns: name them (text, title, author, date, url)"
    shown = ", ".join(filter(None, table.columns[:_SHOWN])) + ", …" * (len(table.columns) > _SHOWN)
    return f"a table (CSV) without a column 'html' or 'text'; JSONL_FIELDS names the columns, which are: {shown}"


def _entry(row: list[str], table: Table, known: Mapping[str, str]) -> dict[str, Any]:
    """Return the cells of a row by the names of their columns, and by the names that entries have for these."""
    entry: dict[str, Any] = {}
    for name, cell in zip(table.columns, row, strict=False):
        value = _value(cell)
        for each in dict.fromkeys((name, known[name])):
            if each and value is not None and each not in entry:
                entry[each] = value
    return entry


def _value(cell: str) -> Any:
    """Return what a cell holds: None for what programs write for nothing, a list where a list was written as text."""
    if cell.strip().lower() in _EMPTY:
        return None
    if cell[:1] == "[" and cell[-1:] == "]" and len(cell) <= _MAX_LIST:
        with contextlib.suppress(ValueError, SyntaxError, MemoryError, RecursionError):
            value = ast.literal_eval(cell)
            if isinstance(value, list) and all(isinstance(each, str) for each in value):
                return value
    return cell


class _Rows:
    """The rows of a table, each with the number of the line at which it begins; damage is told in one line."""

    def __init__(self, lines: Iterator[str], table: Table, limit: int) -> None:
        self._lines, self._table, self._limit = lines, table, limit
        self._again: deque[str] = deque()  # lines that are read once more
        self._taken: list[str] = []  # lines of the row
        self._line = 1
        self._searched = 0
        self.is_below = False  # the row with the names of the columns

    def __iter__(self) -> Iterator[tuple[int, list[str] | str]]:
        while True:
            line, row = self._line, self._row(self._limit)
            if not self._taken:
                return
            if row is not None and line == 1 and "".join(row).lower().startswith(_SEP):
                row = []
            if row is not None and (not row or self._table.fits(row)):
                self._line += len(self._taken)
                yield line, row
                continue
            what = self._what(row)
            yield line, f"{what}; {self._pass_over():,} characters passed over to the next row"

    def _row(self, limit: int) -> list[str] | None:
        """Return the next row and keep its lines; None where it is damaged. At the end of the file, it has no lines."""
        self._taken, row = [], None
        with contextlib.suppress(csv.Error):
            row = next(self._table.rows(self._feed(limit)), [])
        if not self._taken or (row is not None and (not row or self._table.fits(row))):
            return row
        plain = self._taken[0].rstrip("\r\n").split("\t")
        if self._table.delimiter == "\t" and self._table.fits(plain):  # of a program that writes no quotes
            self._give_back(1)
            return plain
        return row

    def _feed(self, limit: int) -> Iterator[str]:
        size = 0
        while size <= limit and (line := self._again.popleft() if self._again else next(self._lines, "")):
            size += len(line) + _LINE
            self._taken.append(line)
            if size <= limit:
                yield line

    def _next_row(self) -> list[str] | None:
        """Return the next row where its first line may be that of a whole one; most lines are spared the search."""
        line = self._again.popleft() if self._again else next(self._lines, "")
        if line and '"' not in line and line.count(self._table.delimiter) < len(self._table.columns) - 1:
            self._taken = [line]
            return None
        self._again.appendleft(line)
        return self._row(_AHEAD)

    def _rest(self) -> Iterator[str]:
        """Yield all lines that are left, but for the first one that was taken."""
        self._give_back(1)
        while self._again:
            yield self._again.popleft()
        yield from self._lines
        self._taken = []

    def _give_back(self, begin: int) -> None:
        """Let all lines that were taken, from one on, be read once more."""
        self._again.extendleft(reversed(self._taken[begin:]))
        del self._taken[begin:]

    def _what(self, row: list[str] | None) -> str:
        if row is not None:
            return f"a row of {len(row)} cells below {len(self._table.columns)} columns"
        if sum(map(len, self._taken)) + _LINE * len(self._taken) > self._limit:
            return f"a row of about {self._limit} characters or more, or a quote that nothing closes"
        return "a quote in a row that is not doubled, or that nothing closes"

    def _pass_over(self) -> int:
        """Go to the next row that has all its cells; return how many characters were passed over."""
        passed = 0
        while self._taken:
            self._give_back(1)
            passed += len(self._taken[0])
            self._line += 1
            row = self._next_row()
            self._searched += sum(map(len, self._taken[1:]))
            if self._searched > _SEARCHED:
                return passed + len(self._taken[0]) + sum(map(len, self._rest()))
            if row and self._table.fits(row) and not sum(line.count('"') for line in self._taken) % 2:
                self._give_back(0)  # the end of a cell whose quote was lost has an odd one
                break
        return passed
