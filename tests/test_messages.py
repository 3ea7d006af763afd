"""Messages of e-mail are cut into the parts that the standard library finds in them, with the same bytes."""

from __future__ import annotations

import email.policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.archive_samples import ARCHIVES
from winnow.sources.containers.messages import header, parse

_TEXTS = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\x0b\x0c\x85\u2028\u2029"), max_size=80)


def _known(raw: bytes) -> list[tuple[str, bytes]]:
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    leaves = [part for part in message.walk() if not part.is_multipart()]
    return [(part.get_content_type(), bytes(part.get_payload(decode=True) or b"").strip()) for part in leaves]


def _found(raw: bytes) -> list[tuple[str, bytes]]:
    return [(part.headers.get_content_type(), part.body.strip()) for part in parse(raw)[1]]


@given(st.lists(_TEXTS, min_size=1, max_size=4), st.sampled_from(["7bit", "base64", "quoted-printable"]), st.booleans())
def test_parts_are_those_that_the_standard_library_finds(texts: list[str], packing: str, is_windows: bool) -> None:
    message = EmailMessage(policy=email.policy.SMTP if is_windows else email.policy.default)
    message["Subject"] = "Of huts"
    packing = packing if packing != "7bit" else "8bit"
    message.set_content(texts[0], cte=packing)
    for text in texts[1:]:
        message.add_alternative(text, subtype="html", cte=packing)
    message.add_attachment(b"\x00\x01", maintype="image", subtype="png")
    raw = message.as_bytes()
    assert _found(raw) == _known(raw)


@pytest.mark.parametrize("name", ["frames.mht", "letter.eml"])
def test_parts_of_the_samples_are_those_that_the_standard_library_finds(name: str) -> None:
    assert _found(ARCHIVES[name].data) == _known(ARCHIVES[name].data)


@pytest.mark.parametrize(
    ("raw", "bodies"),
    [
        (b"Content-Type: multipart/mixed; boundary=a\n\npre\n--a\n\none\n--ab\n--a\n\ntwo\n--a--\nlate\n--a\n\nno",
         [b"one\n--ab", b"two"]),
        (b"Content-Type: multipart/mixed; boundary=a\n\n--a\nX: 1\n\none", [b"one"]),
        (b"Content-Type: multipart/mixed\n\n--a\n\none", [b"--a\n\none"]),
        (b"Content-Transfer-Encoding: base64\n\nb25l\nb", [b"one"]),
        (b"Content-Type: message/rfc822\n\nContent-Type: text/plain\n\ninner", [b"inner"]),
        (b"", [b""]),
    ],
)  # fmt: skip
def test_message_that_is_cut_off_or_odd_gives_what_there_is(raw: bytes, bodies: list[bytes]) -> None:
    assert [part.body for part in parse(raw)[1]] == bodies


def test_message_in_a_digest_is_attached_as_one() -> None:
    parts = b"--a\n\nSubject: One\n\none\n--a\nX: 1\n\nSubject: Two\n\ntwo\n--a--"
    raw = b"Content-Type: multipart/digest; boundary=a\n\n" + parts
    assert [(part.is_message, part.body) for part in parse(raw)[1]] == [
        (True, b"Subject: One\n\none"),
        (True, b"Subject: Two\n\ntwo"),
    ]


@pytest.mark.parametrize(
    ("head", "subject"),
    [
        ("Subject: El río vuelve\nContent-Type: text/plain; charset=UTF-8".encode(), "El río vuelve"),
        ("Subject: Паром снова ходит".encode(), "Паром снова ходит"),
        ("Subject: フェリー再開\nContent-Type: text/plain; charset=us-ascii".encode(), "フェリー再開"),
        ("Subject: Паром\nContent-Type: text/plain; charset=koi8-r".encode("koi8-r"), "Паром"),
        ("Subject: Die Fähre fährt".encode("cp1252"), "Die Fähre fährt"),
        (b"Subject: =?utf-8?q?Die_F=C3=A4hre?=\nContent-Type: text/plain", "Die Fähre"),
        ("Subject: Die Fähre\nContent-Type: text/plain; charset=nonsense".encode("latin-1"), "Die Fähre"),
        ("Subject: Die\n lange Fähre".encode(), "Die lange Fähre"),
    ],
)
def test_headers_that_are_not_encoded_are_read(head: bytes, subject: str) -> None:
    message, _ = parse(head + b"\n\nThe text.")
    assert header(message, "Subject") == subject


@given(st.binary(max_size=60))
def test_no_header_raises_an_error(value: bytes) -> None:
    message, _ = parse(b"Subject: " + value.replace(b"\n", b"") + b"\n\nThe text.")
    assert not any("\ud800" <= sign <= "\udfff" for sign in header(message, "Subject") or "")
