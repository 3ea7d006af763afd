"""Saved pages with their pictures, in every form in which pages are saved, and one that tries everything."""

from __future__ import annotations

import base64
import struct
import zlib
from pathlib import Path

from lab.samples import OK, html_page, info, packed, record, sentences, zipped

URL = "http://a.example/story"
ELSEWHERE = "http://elsewhere.example"


def png(across: int = 320, down: int = 180, colour: int = 40) -> bytes:
    """Return a picture of one colour with some noise, so that it is no tiny file."""
    rows = b"".join(b"\0" + bytes((colour + (x * y) % 97) % 256 for x in range(across * 3)) for y in range(down))
    head = struct.pack(">IIBBBBB", across, down, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


def story(number: int, source: str, more: str = "", title: str = "") -> str:
    """Return a page whose article has a picture with a caption behind its second paragraph, and one of a menu."""
    page = html_page(title or f"Story {number}", sentences(number))
    head, second, tail = page.partition("</p>")[0], *page.partition("</p>")[2].partition("</p>")[::2]
    figure = f'<figure><img src="{source}" alt="A lamp"><figcaption>The lamp of {number}</figcaption></figure>'
    menu = '<nav><a href="/">Home</a> <img src="icon.png" width="16" alt=""></nav>'
    return f"{head}</p>{second}</p>{figure}{more}{tail}".replace("<body>", f"<body>{menu}", 1)


def mhtml(page: str, picture: bytes) -> bytes:
    """Return a page with one picture as MHTML."""
    body, image = (base64.encodebytes(each).decode() for each in (page.encode(), picture))
    return (
        f"From: <Saved>\r\nSnapshot-Content-Location: {URL}5\r\nDate: Thu, 29 Feb 2024 10:00:00 -0000\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="----line"\r\n\r\n'
        f"------line\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Location: {URL}5\r\n\r\n"
        f"{body}\r\n------line\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Location: http://a.example/p/5.png\r\n\r\n{image}\r\n------line--\r\n"
    ).encode()


def data_address(picture: bytes) -> str:
    """Return a picture as an address that holds it."""
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"


def attacks(elsewhere: str = ELSEWHERE) -> str:
    """Return HTML that tries to run scripts, to load from elsewhere and from outside the folder, and to lead away."""
    return f"""
<script>document.title = "RAN"; fetch("{elsewhere}/script")</script>
<script src="{elsewhere}/x.js"></script><link rel="stylesheet" href="{elsewhere}/x.css">
<link rel="preconnect" href="{elsewhere}"><link rel="dns-prefetch" href="{elsewhere}">
<link rel="prefetch" href="{elsewhere}/prefetch"><meta http-equiv="refresh" content="0; url={elsewhere}/refresh">
<base href="{elsewhere}/"><iframe src="{elsewhere}/frame"></iframe><object data="{elsewhere}/object"></object>
<img src="{elsewhere}/pixel.png" onerror="document.title = 'RAN'"><img srcset="{elsewhere}/set.png 2x">
<video src="{elsewhere}/v.mp4" poster="{elsewhere}/poster.png" autoplay></video>
<svg onload="document.title = 'RAN'"><script>document.title = "RAN"</script><image href="{elsewhere}/svg.png"/></svg>
<style>@import "{elsewhere}/import.css"; body {{ background: url({elsewhere}/background.png) }}
@font-face {{ font-family: x; src: url({elsewhere}/font.woff2) }} p {{ font-family: x }}</style>
<form action="{elsewhere}/form"><input name="x" autofocus onfocus="document.title = 'RAN'"><button>Send</button></form>
<a href="javascript:document.title='RAN'" id="run">run</a>
<a href="{elsewhere}/link" id="leave" ping="{elsewhere}/ping">leave</a>
<p style="background: url({elsewhere}/inline.png)">styled</p><embed src="{elsewhere}/embed">
<img src="../secret.png" alt="above"><img src="logo.svg" alt="drawing"><img src="link.png" alt="link">
"""


def make(folder: Path, elsewhere: str = ELSEWHERE) -> Path:
    """Write saved pages of every form below a folder, and return the folder that is to be read."""
    root = folder / "seeds"
    (root / "Story 1_files").mkdir(parents=True)
    (root / "Story 1.html").write_text(story(1, "Story%201_files/lamp.png"), encoding="utf-8")
    (root / "Story 1_files" / "lamp.png").write_bytes(png(colour=1))
    (root / "single.html").write_text(story(2, data_address(png(colour=2))), encoding="utf-8")
    (root / "zip.zip").write_bytes(
        zipped({"a/page.html": story(3, "i/lamp.png").encode(), "a/i/lamp.png": png(colour=3)})
    )
    image = OK.replace("text/html", "image/png")
    page = record(f"{URL}4", story(4, "/p/4.png").encode())
    crawled = [info(), page, record(f"{URL}x", b"other"), record("http://a.example/p/4.png", png(colour=4), http=image)]
    (root / "crawl.warc.gz").write_bytes(packed(crawled))
    other = [record(f"{URL}6", story(6, "p/6.png").encode())]
    other.append(record("http://a.example/p/6.png", png(colour=6), http=image))
    (root / "plain.warc").write_bytes(b"".join([info(), *other]))
    (root / "page.mht").write_bytes(mhtml(story(5, "p/5.png"), png(colour=5)))
    (folder / "secret.png").write_bytes(png(colour=66))
    (root / "link.png").symlink_to(folder / "secret.png")
    (root / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>' + " " * 2000)
    (root / "hostile.html").write_text(story(7, "lamp.png", attacks(elsewhere), "Hostile"), encoding="utf-8")
    (root / "lamp.png").write_bytes(png(colour=7))
    return root
