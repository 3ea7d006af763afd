"""Charsets that pages declare by old names or beside bytes in UTF-8, and zeros in HTML."""

from __future__ import annotations

import pytest

from winnow.items import Page, Reason, Rejection
from winnow.read.decode import Decoded, decode

LIMIT = 1 << 20
GERMAN = "Die Fähre über die Förde fährt früh, und müde Gäste grüßen die Möwen. " * 6
POLISH = "Żółta łódź płynie przez jezioro, a księżyc świeci coraz jaśniej. " * 6
RUSSIAN = "Паром через залив ходит рано, и усталые пассажиры кормят чаек. " * 6
JAPANESE = "湾を渡るフェリーは朝早くから動いていて、乗客は鴎に餌をやる。" * 10


def html(charset: str, text: str) -> str:
    return f'<!DOCTYPE html><html><head><meta charset="{charset}"></head><body><p>{text}</p></body></html>'


def text_of(body: bytes, charset: str | None = None) -> str:
    found = decode(Page("page.html", body=body, charset=charset), LIMIT)
    assert isinstance(found, Decoded), found
    return found.text


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("iso-8859-1", GERMAN),
        ("iso-8859-15", GERMAN),
        ("iso-8859-2", POLISH),
        ("windows-1257", POLISH),
        ("windows-1251", RUSSIAN),
        ("koi8-r", RUSSIAN),
        ("gb2312", JAPANESE),
        ("shift_jis", JAPANESE),
    ],
)
def test_no_declared_charset_is_believed_of_utf_8(charset: str, text: str) -> None:
    page = html(charset, text)
    assert text_of(page.encode()) == page
    assert text_of(page.encode(), charset) == page


@pytest.mark.parametrize(
    ("charset", "encoding", "text"),
    [
        ("x-euc-jp", "euc-jp", JAPANESE),
        ("x-sjis", "shift_jis", JAPANESE),
        ("Windows-31J", "cp932", JAPANESE),
        ("koi", "koi8-r", RUSSIAN),
        ("x-mac-cyrillic", "mac-cyrillic", RUSSIAN),
        ("x-cp1250", "cp1250", POLISH),
        ("x-x-big5", "big5", "港口的圖書館很早就開門"),
        ("iso-8859-8-i", "iso-8859-8", "הספרייה ליד הנמל"),
        ("windows-874", "cp874", "ห้องสมุดริมท่าเรือ"),
    ],
)
def test_older_names_of_charsets_are_known(charset: str, encoding: str, text: str) -> None:
    page = html(charset, text)
    assert text_of(page.encode(encoding)) == page


@pytest.mark.parametrize("text", [GERMAN, RUSSIAN, JAPANESE])
def test_zeros_in_gaps_of_an_html_page_are_left_out(text: str) -> None:
    page = html("utf-8", text)
    gaps = page.encode().replace(b"<p>", b"\0" * 90 + b"<p>").replace(b"</body>", b"\0" * 90 + b"</body>")
    assert text_of(gaps) == page


def test_zeros_between_other_controls_are_binary_data_in_html_too() -> None:
    body = html("utf-8", GERMAN).encode() + b"\0\1\2\3" * 90
    found = decode(Page("page.html", body=body), LIMIT)
    assert isinstance(found, Rejection)
    assert found.reason is Reason.NOT_TEXT
