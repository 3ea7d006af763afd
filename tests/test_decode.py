"""Bytes to text: encodings, gzip, media types, and files that are no text at all."""

from __future__ import annotations

import codecs
import gzip
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winnow.items import HTML, TEXT, Page, Reason, Rejection
from winnow.read.decode import Decoded, decode, gunzip

LIMIT = 1 << 20
GERMAN = "Die Brücke über den Fluß wird für die Gäste früh geöffnet, und schöne Mädchen grüßen die Bürger. " * 6
POLISH = "Każdy chłopiec wziął łódź i popłynął przez jezioro, gdzie światło księżyca świeciło jaśniej. " * 6
RUSSIAN = "Старый мост через реку снова открыт, и жители города могут ходить на рынок каждый день. " * 6
JAPANESE = "港の近くの古い図書館は、朝早くから開いていて、子供たちがたくさん集まります。" * 10


def decoded(body: bytes, name: str = "page.txt") -> Decoded:
    """Decode what must be decodable."""
    found = decode(Page(name, body=body), LIMIT)
    assert isinstance(found, Decoded), found
    return found


def rejected(body: bytes, name: str = "page.txt", limit: int = LIMIT) -> Rejection:
    """Decode what must be rejected."""
    found = decode(Page(name, body=body), limit)
    assert isinstance(found, Rejection), found
    return found


def html(declaration: str, text: str) -> str:
    return f"<!DOCTYPE html><html><head>{declaration}<title>T</title></head><body><p>{text}</p></body></html>"


# Encodings


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
@pytest.mark.parametrize("text", [GERMAN, JAPANESE])
def test_byte_order_mark_decides_and_is_no_part_of_the_text(mark: bytes, encoding: str, text: str) -> None:
    assert decoded(mark + text.encode(encoding)).text == text


def test_byte_order_mark_goes_before_the_declared_charset() -> None:
    page = html('<meta charset="windows-1251">', GERMAN)
    assert decoded(codecs.BOM_UTF8 + page.encode(), "page.html").text == page


@pytest.mark.parametrize(
    ("declaration", "encoding", "text"),
    [
        ('<meta charset="iso-8859-2">', "iso-8859-2", POLISH),
        ("<meta charset=windows-1250>", "cp1250", POLISH),
        ("<META CHARSET='KOI8-R'>", "koi8-r", "Мост"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', "cp1251", RUSSIAN),
        ('<meta charset="shift_jis">', "shift_jis", JAPANESE),
        ('<meta charset="euc-jp">', "euc-jp", JAPANESE),
        ('<meta charset="utf-8">', "utf-8", JAPANESE),
    ],
)
def test_declared_charset_of_an_html_page_is_used(declaration: str, encoding: str, text: str) -> None:
    page = html(declaration, text)
    assert decoded(page.encode(encoding), "page.html").text == page


def test_encoding_of_an_xml_declaration_is_used() -> None:
    page = f"<?xml version='1.0' encoding='iso-8859-5'?><html><body><p>{RUSSIAN}</p></body></html>"
    assert decoded(page.encode("iso-8859-5"), "page.xhtml").text == page


@pytest.mark.parametrize("charset", ["iso-8859-1", "latin1", "us-ascii"])
def test_declared_latin_1_means_windows_1252(charset: str) -> None:
    page = html(f'<meta charset="{charset}">', "the “old” café – 5 €")
    assert decoded(page.encode("cp1252"), "page.html").text == page


def test_declared_utf_8_is_not_believed_of_other_bytes() -> None:
    page = html('<meta charset="utf-8">', GERMAN)
    assert decoded(page.encode("cp1252"), "page.html").text == page


def test_declared_utf_16_is_not_believed_of_a_page_that_could_be_read() -> None:
    page = html('<meta charset="utf-16">', GERMAN)
    assert decoded(page.encode(), "page.html").text == page


@pytest.mark.parametrize("charset", ["no-such-charset", "hex", "base64", "rot13", "undefined", "x"])
def test_charset_that_is_none_is_passed_over(charset: str) -> None:
    page = html(f'<meta charset="{charset}">', GERMAN)
    assert decoded(page.encode(), "page.html").text == page


@pytest.mark.parametrize(("encoding", "text"), [("utf-8", GERMAN), ("cp1252", GERMAN), ("utf-8", JAPANESE)])
def test_undeclared_encoding_is_detected(encoding: str, text: str) -> None:
    assert decoded(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [GERMAN, "Short note."])
def test_utf_16_without_a_mark_is_recognised(encoding: str, text: str) -> None:
    found = decoded(text.encode(encoding))
    assert (found.text, found.encoding) == (text, encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_page_that_breaks_off_in_a_character_is_read_up_to_there(encoding: str) -> None:
    assert decoded(GERMAN.encode(encoding)[:-1]).text.startswith(GERMAN[:-1])


def test_used_encoding_is_named() -> None:
    assert decoded(GERMAN.encode()).encoding == "utf-8"
    assert decoded(html("<meta charset=koi8-r>", RUSSIAN).encode("koi8-r")).encoding == "koi8-r"


# What is no text, or nothing at all


@pytest.mark.parametrize(
    "body",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8,
        b"%PDF-1.7\n" + random.Random(1).randbytes(4000),
        b"PK\x03\x04\x14\x00\x08\x00" + random.Random(2).randbytes(300),
        b"\x00" * 5000,
    ],
    ids=["picture", "pdf", "zip", "zeros"],
)
@pytest.mark.parametrize("name", ["logo.txt", "page.html", "page"])
def test_binary_data_is_not_text_whatever_its_name(body: bytes, name: str) -> None:
    found = rejected(body, name)
    assert found.reason is Reason.NOT_TEXT
    assert "binary" in found.detail


def test_where_binary_data_was_met_is_told() -> None:
    assert "0x07 at 5" in rejected(b"hello\x07\x07\x07").detail


@pytest.mark.parametrize("stray", [b"\x00", b"\x0c", b"\x1b[1m", b"\x08"])
def test_a_stray_control_in_a_long_text_is_no_reason_to_reject(stray: bytes) -> None:
    assert GERMAN in decoded(GERMAN.encode() * 3 + stray + GERMAN.encode() * 3).text


def test_form_feeds_and_escapes_are_text_however_many() -> None:
    assert decoded(b"\x0b".join([b"a line that a word processor has broken"] * 9)).media_type == TEXT
    assert decoded(b"\x0cpage one\n\x1b[1mbold\x1b[0m\n\x0cpage two\r\n").media_type == TEXT


@pytest.mark.parametrize(("body", "said"), [(b"", "empty"), (b" \n\t\r\n ", "white space")])
@pytest.mark.parametrize("name", ["page.html", "page.txt", "style.css"])
def test_empty_and_blank_files_have_no_article(body: bytes, said: str, name: str) -> None:
    for stored, stored_name in ((body, name), (gzip.compress(body), f"{name}.gz")):
        found = rejected(stored, stored_name)
        assert found.reason is Reason.NO_ARTICLE
        assert said in found.detail


@pytest.mark.parametrize("name", ["site/style.css", "app.js", "data.json", "table.csv", "STYLE.CSS", "app.js.gz"])
def test_files_saved_beside_a_page_have_no_article(name: str) -> None:
    body = b"p { color: red } /* <p>one <p>two <p>three */"
    found = rejected(gzip.compress(body) if name.endswith(".gz") else body, name)
    assert found.reason is Reason.NO_ARTICLE
    assert name.removesuffix(".gz").rpartition(".")[2].lower() in found.detail


@pytest.mark.parametrize("name", ["about.css/page", "json", "notes.json.txt", "made-with.js.html", "example.com"])
def test_only_the_last_suffix_of_the_file_itself_tells_another_kind(name: str) -> None:
    assert decoded(GERMAN.encode(), name).text == GERMAN


# Media types

PAGE = html("", "A short page.")


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("page.html", "no tags at all", TEXT),
        ("PAGE.HTM", "3 < 4 & 5 > 2", TEXT),
        ("page.xhtml", "ohne jede Auszeichnung", TEXT),
        ("page.html", "no tags &amp; an entity", HTML),
        ("PAGE.HTM", "two lines<br>only", HTML),
        ("page.xhtml", "<p>eine", HTML),
        ("page.txt", "Plain words.", TEXT),
        ("page.txt", "About <p>, <div> and <span> tags, see <a href=x> and <p>.", TEXT),
        ("page.txt", PAGE, HTML),
        ("page.txt", f"\n  <!-- saved -->\n<!-- again -->{PAGE}", HTML),
        ("page.txt", "<?xml version='1.0'?>\n<html><body>x</body></html>", HTML),
        ("page.txt", "<HTML><BODY>old", HTML),
        ("page", PAGE, HTML),
        ("page", "<p>One.</p><p>Two.</p><ul><li>Three</ul>", HTML),
        ("page", "Plain words, 3 < 4 and 5 > 2.", TEXT),
        ("page", "Write <p> for a paragraph.", TEXT),
        ("page.asp", "<div class=a><p>One.<br>Two.</div>", HTML),
        ("saved.html/page", "Plain words.", TEXT),
        ("page", "<bodywork>, <paragraphs>, <dividers> and <spanners>", TEXT),
    ],
)
def test_media_type_comes_from_name_and_content(name: str, text: str, expected: str) -> None:
    assert decoded(text.encode(), name).media_type == expected
    assert decoded(gzip.compress(text.encode()), f"{name}.gz").media_type == expected


# gzip


@pytest.mark.parametrize("name", ["page.html.gz", "PAGE.HTML.GZ", "page.html", "page"])
def test_gzip_is_unpacked_whatever_its_name(name: str) -> None:
    found = decoded(gzip.compress(PAGE.encode()), name)
    assert (found.text, found.media_type) == (PAGE, HTML)


@pytest.mark.parametrize("padding", [b"", b"\0", b"\0" * 512])
def test_members_in_a_row_are_one_file(padding: bytes) -> None:
    parts = [GERMAN.encode(), b"", PAGE.encode()]
    assert gunzip(b"".join(gzip.compress(part) + padding for part in parts), LIMIT) == b"".join(parts)


def packed() -> bytes:
    return gzip.compress(random.Random(3).randbytes(3000))


@pytest.mark.parametrize("kept", [3, 12, 1500, -8, -1])
def test_truncated_gzip_is_unreadable(kept: int) -> None:
    found = rejected(packed()[:kept], "page.gz")
    assert found.reason is Reason.UNREADABLE
    assert "ends early" in found.detail


def test_gzip_that_breaks_off_in_its_second_member_is_unreadable() -> None:
    assert rejected(gzip.compress(GERMAN.encode()) + packed()[:-20], "page.gz").reason is Reason.UNREADABLE


@pytest.mark.parametrize("place", [2, -6])
def test_damaged_gzip_is_unreadable(place: int) -> None:
    body = bytearray(packed())
    body[place] ^= 0xFF
    found = rejected(bytes(body), "page.html")
    assert found.reason is Reason.UNREADABLE
    assert "damaged" in found.detail


def test_file_named_gz_that_is_none_is_unreadable() -> None:
    assert rejected(PAGE.encode(), "page.html.gz").reason is Reason.UNREADABLE


def test_rubbish_after_gzip_is_damage() -> None:
    assert rejected(gzip.compress(PAGE.encode()) + b"rubbish", "page.gz").reason is Reason.UNREADABLE


def test_gzip_may_unpack_to_the_limit_but_not_beyond() -> None:
    text = random.Random(4).randbytes(1000).hex().encode()
    assert gunzip(gzip.compress(text), 2000) == text
    halves = gzip.compress(text[:1000]) + gzip.compress(text[1000:])
    assert gunzip(halves, 2000) == text
    for body in (gzip.compress(text), halves):
        found = rejected(body, "page.gz", limit=1999)
        assert found.reason is Reason.TOO_LARGE
        assert "1999" in found.detail


def test_gzip_bomb_below_the_size_limit_is_too_large() -> None:
    found = rejected(gzip.compress(b"a" * (8 << 20)), "page.gz", limit=64 << 20)
    assert found.reason is Reason.TOO_LARGE


def test_gzip_of_a_long_monotonous_page_is_no_bomb() -> None:
    chance = random.Random(5)
    rows = "".join(
        f"<tr><td class='place'>{chance.randint(1, 40)}</td><td class='score'>0</td></tr>" for _ in range(40_000)
    )
    packed_rows = gzip.compress(rows.encode())
    assert len(rows) > max(1 << 20, 20 * len(packed_rows))
    assert gunzip(packed_rows, 16 << 20) == rows.encode()


# Anything at all

NAMES = st.one_of(
    st.text(max_size=20),
    st.builds(
        "{}{}".format,
        st.text("ab/.:?[]", max_size=6),
        st.sampled_from([".html", ".txt", ".gz", ".html.gz", ".css", ".json", ".txt.gz", "data:,", ""]),
    ),
)
PIECES = st.one_of(
    st.binary(max_size=60),
    st.text(max_size=30).map(str.encode),
    st.sampled_from(
        [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF32_BE, b"\x1f\x8b\x08\x00", b"<!DOCTYPE html>"]
    ),
    st.sampled_from(["utf-8", "utf-7", "utf-16", "idna", "punycode", "cp037", "gbk", "iso2022_jp", "uu"]).map(
        lambda name: b"<meta charset=%s>" % name.encode()
    ),
    st.binary(max_size=60).map(gzip.compress),
)


@given(st.lists(PIECES, max_size=4).map(b"".join), NAMES)
def test_no_bytes_under_any_name_make_decoding_fail(body: bytes, name: str) -> None:
    found = decode(Page(name, body=body), 4096)
    if isinstance(found, Rejection):
        assert found.reason.outcome == "rejected"
        assert found.detail
    else:
        assert found.media_type in (HTML, TEXT)
        assert found.encoding


@given(st.binary(max_size=300))
def test_gzip_round_trip_gives_the_bytes(body: bytes) -> None:
    assert gunzip(gzip.compress(body), 300) == body


GERMAN = "Die Bücherei am Hafen öffnet früh, und die Straße davor ist schon voller Gäste, die Süßes möchten. " * 20


@pytest.mark.parametrize(
    "body",
    [
        GERMAN.encode()[:1500] + b"\xff" + GERMAN.encode()[1500:],
        GERMAN.encode()[:-1] + b"\xc3",
        b"<meta charset=utf-8><p>" + GERMAN.encode() + b"\xfc",
    ],
    ids=["one bad byte", "cut within a character", "declared"],
)
def test_a_few_damaged_bytes_do_not_turn_a_page_into_mojibake(body: bytes) -> None:
    decoded = decode(Page("a.txt", body=body), 10**6)
    assert isinstance(decoded, Decoded)
    assert decoded.text.count("Bücherei") >= 19
    assert decoded.encoding == "utf-8"


def test_many_leading_comments_cost_nothing() -> None:
    decoded = decode(Page("a.txt", body=b"<!---->" * 400 + b"words"), 10**6)
    assert isinstance(decoded, Decoded)


@pytest.mark.parametrize("charset", ["unicode_escape", "raw_unicode_escape", "cp037", "utf-7", "rot13", "no-such"])
def test_charsets_that_no_browser_honours_are_not_believed(charset: str) -> None:
    body = f"<meta charset={charset}><p>Gr\\u00fc\\\\d und so weiter</p>".encode()
    decoded = decode(Page("a.html", body=body), 10**6)
    assert isinstance(decoded, Decoded)
    assert decoded.encoding == "utf-8"


@pytest.mark.parametrize(("charset", "codec"), [("gb2312", "gb18030"), ("shift_jis", "cp932"), ("euc-kr", "cp949")])
def test_asian_charsets_are_read_as_the_wider_ones_that_browsers_use(charset: str, codec: str) -> None:
    text = {"gb2312": "鎔鎔是一个字", "shift_jis": "①髙橋さん", "euc-kr": "똠방각하"}[charset]
    body = f"<meta charset={charset}><p>".encode() + text.encode(codec)
    decoded = decode(Page("a.html", body=body), 10**6)
    assert isinstance(decoded, Decoded)
    assert text in decoded.text


def test_gzip_of_countless_members_is_rejected() -> None:
    rejected = decode(Page("a.html.gz", body=gzip.compress(b"") * 2000), 10**6)
    assert isinstance(rejected, Rejection)
    assert rejected.reason is Reason.TOO_LARGE
