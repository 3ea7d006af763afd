"""Samples of mail and of pages saved as mail: letters, mailboxes, forwarded letters, frames."""

from __future__ import annotations

import contextlib
import email.policy
import mailbox
import re
import tempfile
from email.header import Header
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText
from email.utils import formataddr

from tests.samples import URL, Told, prose, story


def made_message(number: int, subject: str, *parts: tuple[str, str], kind: str = "alternative") -> bytes:
    message = MIMEMultipart(kind)
    message["From"], message["Subject"] = formataddr(("Åse Lund", "post@a.example")), Header(subject, "utf-8").encode()
    message["Date"], message["Archived-At"] = "Thu, 29 Feb 2024 23:30:00 -0500", f"<{URL}{number}>"
    for form, text in parts:
        message.attach(MIMEText(text, form, "utf-8"))
    return message.as_bytes()


def made_letter(number: int) -> bytes:
    return made_message(
        number, f"Letter {number}: Fähre", ("plain", "From here\n\nFrom there"), ("html", story(number))
    )


def made_forwarded(number: int) -> bytes:
    """Return a message with another one attached, a page of HTML, a button of HTML and a picture."""
    outer = made_message(number, f"Letter {number}: Fähre", ("html", story(number)), kind="mixed")
    message = email.message_from_bytes(outer)
    message.attach(MIMEMessage(email.message_from_bytes(made_letter(number + 1))))
    for name, kind, body in (
        ("page.html", "text/html", story(number + 2)),
        ("PAGE.HTM", "application/octet-stream", story(number + 3)),
        ("button.html", "text/html", "<p>Buy!"),
        ("notes.txt", "text/plain", prose(number)),
    ):
        message.attach(part := MIMENonMultipart(*kind.split("/")))
        part.set_payload(body, "utf-8")
        part["Content-Disposition"] = f'attachment; filename="{name}"'
    return message.as_bytes()


def messages_within(data: bytes) -> int:
    """Return the number of messages in a message, itself with them, and of attached pages with a title of their own."""
    parts = list(email.message_from_bytes(data, policy=email.policy.default).walk())
    attached = [part for part in parts if part.get_content_disposition() == "attachment" and not part.is_multipart()]
    return 1 + sum(part.get_content_type() == "message/rfc822" for part in parts) + sum(
        b"<title>" in part.get_payload(decode=True) for part in attached
    )  # fmt: skip


def told_letter(number: int) -> Told:
    return Told(f"Letter {number}: Fähre", f"{URL}{number}", "2024-03-01T04:30:00+00:00", "Åse Lund", "2024-02-29")


def made_mbox(*letters: bytes) -> bytes:
    line = b"From post@a.example Thu Feb 29 10:00:00 2024\n"
    quoted = (re.sub(rb"^(>*From )", rb">\1", letter, flags=re.M) for letter in letters)
    return b"".join(line + letter + b"\n\n" for letter in quoted)


def messages_in(data: bytes) -> int:
    """Return the number of messages that `mailbox` finds in an mbox."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        with contextlib.closing(mailbox.mbox(file.name, create=False)) as box:
            return len(box)


def parts_in(data: bytes) -> int:
    """Return the number of parts that hold no parts, as `email` with its newer policy reads them."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    return sum(not part.is_multipart() for part in message.walk())


def made_frames(number: int) -> bytes:
    frames = [
        (f"{URL}frames", '<html><frameset cols="20%,80%"><frame src="menu"><frame src="body"></frameset></html>'),
        (f"{URL}menu", "<p>Menu"),
        (f"{URL}body", story(number)),
    ]
    message = MIMEMultipart("related", type="text/html")
    message["Date"] = "Thu, 29 Feb 2024 10:00:00 GMT"
    for url, text in frames:
        message.attach(part := MIMEText(text, "html", "utf-8"))
        part["Content-Location"] = url
    return message.as_bytes()
