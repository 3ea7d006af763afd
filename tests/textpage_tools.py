"""Captures as tools render them: a browser's innerText, Beautiful Soup, w3m, links, pandoc and lynx."""

from __future__ import annotations

import textwrap


def in_columns(text: str, width: int) -> list[str]:
    """Wrap as a terminal browser does: by columns, and no row begins with a full stop or a comma."""
    rows = [""]
    for char in text:
        if sum(1 + (ord(each) > 0x1100) for each in rows[-1] + char) <= width:
            rows[-1] += char
        elif char in "。、」":
            rows[-1:] = [rows[-1][:-1], rows[-1][-1] + char]
        else:
            rows.append(char)
    return rows


def wrapped(line: str, width: int, indent: str = "") -> str:
    """Wrap a line at a width, Chinese and Japanese by columns."""
    if any("\u3000" < char < "\ua000" for char in line):
        return "\n".join(indent + row for row in in_columns(line, width - len(indent)))
    return textwrap.fill(line, width, initial_indent=indent, subsequent_indent=indent)


def inner_text(text: str) -> str:
    return "\n\n".join(filter(str.strip, text.split("\n")))


def w3m(text: str) -> str:
    return "\n".join(wrapped(line, 80) for line in text.split("\n"))


def links(text: str) -> str:
    return "\n".join(wrapped(line, 80, "   ") for line in text.split("\n"))


def pandoc(text: str) -> str:
    return "\n\n".join(wrapped(line, 72) for line in text.split("\n") if line.strip())


def lynx(text: str) -> str:
    """Render short lines as links, with a number each, and list the addresses below."""
    lines = text.split("\n")
    linked = [i for i, line in enumerate(lines) if line.strip() and len(line) < 30]
    for number, i in enumerate(linked, 1):
        lines[i] = f"[{number}]{lines[i]}"
    addresses = "\n".join(f"{number:4d}. https://harbour.example/{number}" for number in range(1, len(linked) + 1))
    return links("\n".join(lines)) + f"\n\nReferences\n\n{addresses}\n"


def beautiful_soup(text: str) -> str:
    """Render as `get_text("\\n", strip=True)` of Beautiful Soup does."""
    return "\n".join(filter(None, map(str.strip, text.split("\n"))))


TOOLS = {
    "innerText": inner_text,
    "Beautiful Soup": beautiful_soup,
    "w3m": w3m,
    "links": links,
    "pandoc": pandoc,
    "lynx": lynx,
}
