"""One article in many forms: which of them are read rightly, whole and without what stands around it.

    python -m lab.benchmarks.forms [--misses] [SET …]

The article, in four languages, its menu, teasers, foot and comments are made up and stand in `forms.toml`, as do
headlines and names. A set varies one thing in all forms that are listed here, each with all others: the markup of the
paragraphs, the forms of comments, of the page's title, of a byline, of a text capture. A page is right if the article
has all paragraphs, none of the rest, its title, and where the set is about names its author. Nothing is learnt from
these pages and nothing else is asked of them, so that a step that breaks a form is seen at once. `--misses` names the
pages that are not right.
"""

from __future__ import annotations

import argparse
import itertools
import json
import textwrap
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from winnow.items import HTML, TEXT, Kind, Page
from winnow.read.page import read_page

DATA = tomllib.loads(Path(__file__).with_name("forms.toml").read_text(encoding="utf-8"))
SITES = ("Brackmouth Echo", "echo.example", "The Daily Pier", "BN24")

# How paragraphs are marked: each of them, what stands between two, and what stands around all.
MARKUP = {
    "p": ("<p>{}</p>", "", "{}"),
    "div": ("<div>{}</div>", "", "{}"),
    "two line breaks": ("{}", "<br><br>", "{}"),
    "line breaks": ("{}", "<br>", "{}"),
    "spans": ("<div><span><span>{}</span></span></div>", "", "{}"),
    "sections": ("<section><p>{}</p></section>", "", "{}"),
    "list": ("<li>{}</li>", "", "<ul>{}</ul>"),
    "rows": ("<tr><td>{}</td></tr>", "", "<table>{}</table>"),
    "one cell": ("<p>{}</p>", "", "<table width=100%><tr><td>{}</td></tr></table>"),
    "font": ("{}", "<br><br>", "<font face=Arial size=2>{}</font>"),
    "center": ("<p align=justify><font size=2>{}</font></p>", "", "<center>{}</center>"),
    "custom elements": ("<x-paragraph>{}</x-paragraph>", "", "{}"),
    "articles": ("<article><p>{}</p></article>", "", "{}"),
    "headings": ("<h4>{}</h4>", "", "{}"),
    "bold": ("<p><strong>{}</strong></p>", "", "{}"),
    "preformatted": ("{}", "\n\n", "<pre>{}</pre>"),
    "quotation": ("<p>{}</p>", "", "<blockquote>{}</blockquote>"),
    "modules": ("<div class='module text-module'><div class=module-inner><p>{}</p></div></div>", "", "{}"),
    "editor": ("<div data-block=true><div class=editor><span data-text=true>{}</span></div></div>", "", "{}"),
    "advertisements between": ("<p>{}</p>", "<div class=ad-slot><span>Advertisement</span></div>", "{}"),
    "left open": ("<p>{}", "", "{}"),
    "anchor left open": ("<p>{}</p>", "", "<a name=top>{}"),
    "anchors": ("<p><a id=p>{}</a></p>", "", "{}"),
    "footer": ("<p>{}</p>", "", "<footer>{}</footer>"),
    "aside": ("<p>{}</p>", "", "<aside>{}</aside>"),
    "named related": ("<p>{}</p>", "", "<div class=related-content>{}</div>"),
    "nested tables": ("{}", "<p>", "<table><tr><td><a href=/a>A</a></td><td><table><tr><td>{}</table></table>"),
}
# The page around an article, with gaps for the menu, the title, the text, the teasers and the foot.
FRAMES = (
    "<nav>{menu}</nav><main><h1>{title}</h1>{body}</main><section class=related>{teasers}</section>"
    "<footer>{foot}</footer>",
    "<div id=top>{menu}</div><div id=content><h1>{title}</h1><div class=entry>{body}</div></div>"
    "<div id=sidebar>{teasers}</div><div id=foot>{foot}</div>",
    "<div><div>{menu}</div><div><h2>{title}</h2></div><div>{body}</div><div>{teasers}</div><div>{foot}</div></div>",
    "{menu}<hr><h1>{title}</h1>{body}<hr><small>{foot}</small>",
)
TEASER = "<div class=card><a href=/next><h3>{}</h3></a><p>{}</p></div>"
# Comments: what stands around all, and each of them.
COMMENTS = {
    "named": ("<div id=comments><h2>{}</h2><ol>{}</ol></div>", "<li class=comment><b>{}</b> <i>{}</i><p>{}</p></li>"),
    "boxes": ("<div><h3>{}</h3>{}</div>", "<div><b>{}</b> <span>{}</span><p>{}</p></div>"),
    "articles": ("<section><h2>{}</h2>{}</section>", "<article><h4>{}</h4><time>{}</time><p>{}</p></article>"),
    "definitions": ("<h3>{}</h3><dl>{}</dl>", "<dt>{}, {}:</dt><dd><p>{}</p></dd>"),
    "table": ("<table><tr><td><b>{}</b></td></tr>{}</table>", "<tr><td>{}<br>{}</td><td>{}</td></tr>"),
    "paragraphs": ("<p><b>{}</b></p>{}", "<p>{} ({}): {}</p>"),
}
TITLES = (
    "{t} | {s}", "{t} - {s}", "{t} – {s} – Local", "{s}: {t}", "{s} » {t}", "{t}", "{t} :: {s}", "{t} — {s}",
    "Local | {t} | {s}", "{t} « {s}", "{t} | Local | {s}",
)  # fmt: skip
# The head and the body of pages that show or state their headline in different places.
HEADLINES = {
    "h1": ("", "<h1>{t}</h1>"),
    "title only": ("", ""),
    "h2 below the site's h1": ("", "<h1><a href=/>{s}</a></h1><h2>{t}</h2>"),
    "og:title": ("<meta property=og:title content='{t}'><meta property=og:site_name content='{s}'>", ""),
}
BYLINES = {
    "JSON-LD": "",
    "meta": "<meta name=author content='{}'>",
    "byline": "<p class=byline>By {}</p>",
    "rel": "<p><a rel=author href=/a>{}</a></p>",
    "paragraph": "<p>By {}</p>",
    "with a day": "<p class=meta>By {} on March 3, 2024</p>",
}
# Text captures: how paragraphs are written, and what stands around them.
ROWS: dict[str, Callable[[list[str]], str]] = {
    "blank rows": "\n\n".join,
    "wrapped": lambda texts: "\n\n".join(textwrap.fill(text, 72) for text in texts),
    "narrow": lambda texts: "\n\n".join(textwrap.fill(text, 40) for text in texts),
    "indented": lambda texts: "\n".join(textwrap.fill(text, 72, initial_indent="   ") for text in texts),
    "quoted": lambda texts: "\n>\n".join(textwrap.indent(textwrap.fill(text, 70), "> ") for text in texts),
    "numbered": lambda texts: "\n\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1)),
    "vertical tabs": "\v".join,
}
CAPTURES = (
    "{title}\n\n{body}\n",
    "{menu}\n\n{title}\n\n{body}\n\n{teasers}\n\n{foot}\n",
    "{menu_in_a_row}\n\n{title}\n\n{body}\n\n{foot_in_a_row}\n",
)


@dataclass(frozen=True, slots=True)
class Form:
    """A page in one form: its name, what it is, and what is right of it."""

    name: str
    content: str
    media_type: str
    title: str
    wanted: list[str]
    unwanted: list[str]
    author: str | None = None

    def wrong(self) -> str | None:
        """Return what is wrong with the reading of the page, None where nothing is."""
        page = Page("page", body=self.content.encode(), media_type=self.media_type)
        article = read_page(page).article
        if article is None or article.kind is not Kind.ARTICLE:
            return "no article"
        text = " ".join(article.text.split())
        found = (
            [f"lost: {each[:40]}" for each in self.wanted if each not in text],
            [f"kept: {each[:40]}" for each in self.unwanted if each in text],
            [f"title: {article.title}"] * (article.title != self.title),
            [f"author: {article.author}"] * (self.author not in (None, article.author)),
        )
        return "; ".join(itertools.chain.from_iterable(found)) or None


def _page(language: str, given: dict[str, Any], frame: str, body: str) -> str:
    values = {
        "menu": "".join(f"<a href=/{place}>{entry}</a> " for place, entry in enumerate(given["menu"])),
        "foot": " | ".join(f"<a href=/f{place}>{entry}</a>" for place, entry in enumerate(given["foot"])),
        "teasers": "".join(TEASER.format(*teaser) for teaser in given["teasers"]),
    }
    head = (
        f"<!doctype html><html lang={language}><head><meta charset=utf-8><title>{given['title']} | Echo</title></head>"
    )
    return f"{head}<body>{frame.format(title=given['title'], body=body, **values)}</body></html>"


def markup() -> Iterator[Form]:
    """Yield the article with its paragraphs marked in every way, in every frame."""
    for (language, given), (name, (each, between, around)) in itertools.product(_languages(), MARKUP.items()):
        body = around.format(between.join(each.format(text) for text in given["paragraphs"]))
        unwanted = [text for _, text in given["teasers"]] + [given["foot"][0], "Advertisement"]
        for frame in FRAMES:
            page = _page(language, given, frame, body)
            yield Form(f"{language}, {name}", page, HTML, given["title"], given["paragraphs"], unwanted)


def comments() -> Iterator[Form]:
    """Yield the article with comments in every form below it, in every frame."""
    for (language, given), (name, (around, each)) in itertools.product(_languages(), COMMENTS.items()):
        below = around.format(given["commented"], "".join(each.format(*comment) for comment in given["comments"]))
        body = "".join(f"<p>{text}</p>" for text in given["paragraphs"]) + below
        unwanted = [said for *_, said in given["comments"]]
        for frame in FRAMES:
            page = _page(language, given, frame, body)
            yield Form(f"{language}, {name}", page, HTML, given["title"], given["paragraphs"], unwanted)


def titles() -> Iterator[Form]:
    """Yield the article with every headline, in every form of the page's title, shown or stated elsewhere."""
    given = DATA["languages"]["en"]
    text = "".join(f"<p>{text}</p>" for text in given["paragraphs"])
    for (number, headline), (name, places) in itertools.product(enumerate(DATA["headlines"]), HEADLINES.items()):
        for place, form in enumerate(TITLES):
            if name == "title only" and "Local" in form:
                continue  # nothing tells a section from a part of the headline
            site = SITES[(number + place) % len(SITES)]
            head, shown = (each.format(t=escape(headline), s=site) for each in places)
            title = form.format(t=escape(headline), s=site)
            body = f"<header><a href=/>{site}</a></header><main>{shown}{text}</main>"
            page = f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
            yield Form(f"{name}, {form}: {headline}", page, HTML, headline, given["paragraphs"], [])


def names() -> Iterator[Form]:
    """Yield the article by everybody, named in every place."""
    given = DATA["languages"]["en"]
    text = "".join(f"<p>{text}</p>" for text in given["paragraphs"])
    for author, (name, form) in itertools.product(DATA["names"], BYLINES.items()):
        stated = json.dumps({"@type": "NewsArticle", "headline": given["title"], "author": {"name": author}})
        data = f"<script type=application/ld+json>{stated}</script>" if name == "JSON-LD" else ""
        named = form.format(escape(author))
        head, shown = (data + named, "") if name in ("JSON-LD", "meta") else ("", named)
        body = f"<main><h1>{given['title']}</h1>{shown}{text}</main>"
        page = f"<html><head><title>{given['title']}</title>{head}</head><body>{body}</body></html>"
        yield Form(f"{name}: {author}", page, HTML, given["title"], given["paragraphs"], [], author)


def captures() -> Iterator[Form]:
    """Yield the article as text, its paragraphs written in every way, with and without what stands around it."""
    for (language, given), (name, write) in itertools.product(_languages(), ROWS.items()):
        values = {
            "menu": "\n".join(given["menu"]),
            "foot": "\n".join(given["foot"]),
            "teasers": "\n\n".join(map("\n".join, given["teasers"])),
            "menu_in_a_row": " | ".join(given["menu"]),
            "foot_in_a_row": " | ".join(given["foot"]),
        }
        unwanted = [text for _, text in given["teasers"]] + given["foot"][:1]
        for frame in CAPTURES:
            page = frame.format(title=given["title"], body=write(given["paragraphs"]), **values)
            yield Form(f"{language}, {name}", page, TEXT, given["title"], given["paragraphs"], unwanted)


def _languages() -> list[tuple[str, dict[str, Any]]]:
    return list(DATA["languages"].items())


SETS = {each.__name__: each for each in (markup, comments, titles, names, captures)}


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", metavar="SET", choices=[*SETS, []], help=", ".join(SETS))
    parser.add_argument("--misses", action="store_true", help="name the pages that are not read rightly")
    args = parser.parse_args()
    print("| | pages | right |\n| --- | --- | --- |")
    misses: list[str] = []
    for name in args.sets or SETS:
        forms = list(SETS[name]())
        wrong = [f"{form.name}: {problem}" for form in forms if (problem := form.wrong())]
        print(f"| {name} | {len(forms)} | {len(forms) - len(wrong)} |", flush=True)
        misses += wrong
    if args.misses:
        print("", *misses, sep="\n")


if __name__ == "__main__":
    main()
