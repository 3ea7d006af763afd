"""The wire: what was sent and received is kept as it was, and every bad answer ends in one error within its limits."""

from __future__ import annotations

import datetime
import gzip
import os
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from lab.live_pages import Content, moved
from lab.live_site import Answer, LiveSite
from tests.fetching import fetched
from winnow.sites.exchange import Exchange, unpacked


@contextmanager
def site(**more: Answer) -> Iterator[LiveSite]:
    """Serve answers for paths, such as `page="…"` for `/page`."""
    with LiveSite(Content(articles=3, more={f"/{path}": answer for path, answer in more.items()})) as served:
        yield served


@contextmanager
def raw(reply: Callable[[socket.socket], None], hears: bool = True) -> Iterator[str]:
    """Serve each connection with a function of its socket, after it has heard the request; yield the address."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                try:
                    if hears:
                        connection.recv(65536)
                    reply(connection)
                except OSError:
                    pass

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(10)


def test_bytes_of_request_head_and_body_are_those_of_the_server() -> None:
    body = b"<p>" + b"word " * 30_000
    packed = gzip.compress(body)
    coded = (("content-encoding", "gzip"), ("X-odd:spaced ", "  two  blanks"))
    with site(a=Answer(body=packed, headers=coded, how="chunked"), b=Answer(body=body, how="chunked")) as served:
        # not by way of `_sent`, which packs what is whole
        found = fetched(f"{served.url}/a?x=1&y", f"{served.url}/b")
        first, second = served.log
    for got, asked in zip(found, (first, second), strict=True):
        assert got["error"] is None
        assert got["request"].encode("latin-1") == asked.head
        assert got["head"].encode("latin-1") == asked.sent_head
        assert got["body"].encode("latin-1") == asked.body
        assert got["ip"] == "127.0.0.1"
    assert b"GET /a?x=1&y HTTP/1.1\r\n" in first.head
    assert "cookie" not in second.headers
    assert (first.connection, second.connection, served.connections) == (1, 1, 1)


def test_redirects_are_answers() -> None:
    with site(old=moved("/new", 308)) as served:
        [got] = fetched(f"{served.url}/old")
        assert served.paths() == ["/old"]
    assert got["head"].startswith("HTTP/1.1 308")


def test_answers_that_never_end_and_broken_ones_are_told_with_what_came() -> None:
    hows = ("late", "stuck", "endless", "cut")
    answers = {how: Answer(body=b"x" * 40_000, how=how) for how in hows}
    with site(**answers, good=Answer(body=b"good")) as served:
        found = fetched(*(f"{served.url}/{path}" for path in (*hows, "good")), DOWNLOAD_TIMEOUT=1)
    late, stuck, endless, cut, good = found
    assert [(got["error"], got.get("why"), got.get("truncated")) for got in found] == [
        ("NoAnswer", "time limit", None),
        ("NoAnswer", "time limit", "time"),
        ("NoAnswer", "too large", "length"),
        ("NoAnswer", "connection lost", "disconnect"),
        (None, None, None),
    ]
    assert late["detail"] == "no whole answer within 1 s"
    assert stuck["head"].startswith("HTTP/1.1 200")
    assert (len(endless["body"]), cut["body"]) == (64 << 10, "x" * 20_000)
    assert good["head"].startswith("HTTP/1.1 200")


def test_what_is_no_http_is_told_and_a_large_body_is_not_waited_for() -> None:
    head = b"HTTP/1.1 200 OK\r\n"
    sent = {
        b"nonsense\r\n\r\n": "broken answer",
        b"": "connection lost",
        head + b"A: " + b"a" * 70_000: "connection lost",
        head + b"A: aaaaaaaaaaaaaaaaaaaaaaaaa\r\n" * 20_000: "connection lost",
        head + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n": "broken answer",
        head + b"Content-Length: x\r\n\r\nzz": "broken answer",
        head + b"Content-Length: 40\r\n\r\nzz": "connection lost",
        head + b"Content-Length: 99999999999\r\n\r\nwaits": "too large",
    }

    def replying(data: bytes) -> Callable[[socket.socket], None]:
        def reply(connection: socket.socket) -> None:
            connection.sendall(data)
            if data.endswith(b"waits"):
                connection.recv(1)  # until the client goes

        return reply

    with ExitStack() as stack:
        urls = [stack.enter_context(raw(replying(data))) for data in sent]
        found = fetched(*urls, DOWNLOAD_TIMEOUT=60)
    assert [(got["error"], got["why"]) for got in found] == [("NoAnswer", why) for why in sent.values()]


def test_interim_answers_lines_without_colon_and_bodies_without_length_are_read() -> None:
    head = b"HTTP/1.1 200 Fine\r\nno colon here\r\nContent-Type: text/html\r\n\r\n"

    def reply(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + head + b"body")

    with raw(reply) as url:
        [got] = fetched(url)
    assert (got["error"], got["head"], got["body"]) == (None, head.decode(), "body")


def test_a_kept_connection_that_the_server_has_closed_is_opened_anew() -> None:
    def reply(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")  # and closes, though it did not say so

    with raw(reply) as url:
        first, second = fetched(url, url)
    assert [(got["error"], got["body"]) for got in (first, second)] == [(None, "ok"), (None, "ok")]
    assert second["request"].count("GET") == 1


def test_private_hosts_and_other_ports_are_refused_before_anything_is_sent() -> None:
    refusals = {
        "http://127.0.0.1/": "127.0.0.1 is a private address",
        "http://localhost/": "is a private address",
        "http://2130706433/": "127.0.0.1 is a private address",
        "http://[::1]/": "::1 is a private address",
        "http://169.254.169.254/latest/meta-data/": "169.254.169.254 is a private address",
        "http://[::ffff:10.0.0.1]/": "is a private address",
        "http://192.0.2.1:8080/": "port 8080 is none of the web's",
        "https://10.1.2.3/": "10.1.2.3 is a private address",
    }
    for got, why in zip(fetched(*refusals, PRIVATE_HOSTS=""), refusals.values(), strict=True):
        assert got["error"] == "PrivateHostError"
        assert why in got["why"]


def test_a_private_host_is_asked_where_the_setting_names_it_and_through_no_proxy() -> None:
    with site(page=Answer(body=b"ok")) as served:
        url = served.url.replace("127.0.0.1", "localhost") + "/page"
        [refused] = fetched(url, PRIVATE_HOSTS="other.example")
        assert refused["error"] == "PrivateHostError"
        assert served.log == []
        [got] = fetched(url, PRIVATE_HOSTS="localhost, other.example", env=_with_proxy())
        assert got["error"] is None
        assert served.log[0].path == "/page"


def _with_proxy() -> dict[str, str]:
    return os.environ | {"http_proxy": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}


def test_a_host_that_does_not_listen_and_a_name_that_leads_nowhere_are_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    nobody, nowhere = fetched(f"http://127.0.0.1:{port}/", "http://nowhere.invalid/")
    assert (nobody["error"], nowhere["error"]) == ("NoAnswer", "NoAnswer")
    assert (nobody["why"], nowhere["why"]) == ("no connection", "no such host")


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(tmp_path))
    heard = []

    def reply(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as secure:
            heard.append(secure.recv(100))

    with raw(reply, hears=False) as url:
        [got] = fetched(url.replace("http:", "https:"))
    assert got["error"] == "NoAnswer"
    assert got["why"] == "certificate not trusted"
    assert heard in ([], [b""])


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    day = datetime.datetime(2026, 1, 1)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(day).not_valid_after(day + datetime.timedelta(days=9999))
    certificate = made.sign(key, hashes.SHA256())
    path = folder / "certificate.pem"
    path.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return path


def _exchange(body: bytes, coding: str | None) -> Exchange:
    head = b"HTTP/1.1 200 OK\r\n" + (f"Content-Encoding: {coding}\r\n".encode() if coding else b"") + b"\r\n"
    return Exchange("http://a.example/", b"", head, body, 0, 0)


def test_content_codings_are_undone_within_limits() -> None:
    text = b"word " * 1000
    bare = zlib.compressobj(9, zlib.DEFLATED, -15)
    coded = {
        None: text,
        "identity": text,
        "gzip": gzip.compress(text[:100]) + gzip.compress(text[100:]),
        "x-gzip": gzip.compress(text) + b"\0\0",
        "deflate": zlib.compress(text),
        "Deflate": bare.compress(text) + bare.flush(),
        "gzip, gzip": gzip.compress(gzip.compress(text)),
    }
    for coding, body in coded.items():
        assert unpacked(_exchange(body, coding), 5000) == text, coding
        with pytest.raises(ValueError, match="more than 4999 bytes"):
            unpacked(_exchange(body, coding), 4999)
    for body, coding in ((b"x", "br"), (b"x", "gzip"), (gzip.compress(text)[:-9], "gzip"), (b"x", "deflate")):
        with pytest.raises(ValueError):  # noqa: PT011 (zlib's own errors are none)
            unpacked(_exchange(body, coding), 5000)
