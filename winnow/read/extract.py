"""From a decoded page to its article: HTML and plain text are read in two ways, to articles of one kind."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from winnow.items import TEXT, Article, Kind, Metadata, Reason, Rejection
from winnow.read import html as htmlpage
from winnow.read import plain as textpage
from winnow.read.copies import as_published, split_copy
from winnow.read.decode import Decoded
from winnow.read.lines.pieces import MAX_LINES
from winnow.read.lines.steps import Trace
from winnow.read.metadata import read_metadata
from winnow.read.metadata.part import part_of
from winnow.read.metadata.stated import cleaned
from winnow.read.plain.books import split_book
from winnow.read.plain.exports import split_exports
from winnow.read.plain.front_matter import split_front_matter, without_marks
from winnow.read.plain.title_text import as_shown
from winnow.read.repeated_head import without_head
from winnow.read.words.identify import settled_language
from winnow.text import storable

CUT = f"the page is longer than {MAX_LINES:,} lines: the rest was not read"
MANY = "the file holds %d articles, which were read as one: give each a file of its own"
DEEP = "elements are nested more than 2,048 deep: what follows was not read"

NOTHING = Metadata()
_BRACKETS = {ord("["): "%5B", ord("]"): "%5D"}  # in addresses; a note is kept between them


def extract(
    decoded: Decoded,
    url: str | None = None,
    trace: Trace | None = None,
    with_comments: bool = False,
    stated: Metadata = NOTHING,
) -> Article | Rejection:
    """Return the article of a decoded page, or a rejection that says why there is none.

    `url` is the address at which the page was captured, if known; a canonical link in the page is preferred. A trace is
    filled with what became of each line. `with_comments` keeps the comments below an article. `stated` is what was said
    about the article beside the page, which goes before what the page says.
    """
    stated = cleaned(stated)
    if decoded.media_type == TEXT:
        article = _from_text(decoded.text, stated, trace, with_comments)
    else:
        article = _from_html(decoded.text, url, stated, trace, with_comments)
    if isinstance(article, Rejection) or article.url or not url:
        return article
    return replace(article, url=url, hostname=article.hostname or urlsplit(url).hostname)


def _from_html(
    text: str, url: str | None, stated: Metadata, trace: Trace | None, with_comments: bool
) -> Article | Rejection:
    tree, ends_early = htmlpage.parse_page(as_published(text))
    if tree is None:
        return Rejection(Reason.NO_ARTICLE, "no HTML could be parsed")
    content = htmlpage.read_whole(tree)
    page = htmlpage.read(tree, content=content, trace=trace, with_comments=with_comments)
    why = htmlpage.why_no_article(page)
    cuts = [note for note, is_so in ((CUT, content.is_cut), (DEEP, ends_early)) if is_so]
    if why:
        told = filter(None, (why, htmlpage.unread(tree, page.words), *cuts))
        return Rejection(Reason.NO_ARTICLE, "; ".join(told), storable(page.text))
    read = read_metadata(tree, content, is_titled=stated.title is not None)
    found = read.filled(_but_sites_name(stated, read.author))
    whole = storable(page.text)
    is_thread = page.kind is Kind.DISCUSSION  # whose first lines are the first post's
    body = whole
    for title in () if is_thread else dict.fromkeys((found.title, read.title)):
        body = without_head(body, title, found.author)
    skipped = whole.count("\n\n", 0, len(whole) - len(body))
    base = htmlpage.base_of(content.statements, url or found.url)
    markdown = htmlpage.write_markdown(content, page.chosen, skipped, base)
    found = replace(found, language=settled_language(page.text, found.language))
    made = Article.about(found, body, page.confidence, page.kind, storable(markdown))
    own = [address for address in (url, found.url) if address]
    part = part_of(tree, (line.text for line in content.lines), own) if page.kind.is_writing else None
    notes = [str(note).translate(_BRACKETS) for note in (*cuts, part) if note]
    return replace(made, note="; ".join(notes) or None)


def _from_text(text: str, stated: Metadata, trace: Trace | None, with_comments: bool) -> Article | Rejection:
    copy, text = split_copy(text)
    articles, book = split_exports(text), split_book(text)
    front, text = articles[0] if articles else book or split_front_matter(text)
    page = textpage.read(text, None, None if articles[1:] else trace, with_comments, is_whole=book is not None)
    front = cleaned(front.filled(copy))
    stated = replace(front, title=front.title and as_shown(front.title, page.title)).filled(stated)
    stated = _but_sites_name(stated, page.byline)
    why = None if book else textpage.why_no_article(page)
    if why:
        return Rejection(Reason.NO_ARTICLE, why, storable(page.text))
    page = textpage.together(page, [(said.title, textpage.read(part)) for said, part in articles[1:]])
    lines = textpage.article_lines(page.body)
    whole = textpage.text_of(lines)
    is_thread = page.told.kind is Kind.DISCUSSION  # whose first lines are the first post's
    body = whole if is_thread else without_head(whole, stated.title or page.title, stated.author or page.byline)
    skipped = sum(map(bool, whole[: len(whole) - len(body)].split("\n")))
    made = Article(
        text=body,
        title=without_marks(page.title),
        author=page.byline,
        date=page.date,
        section=page.section,
        description=page.standfirst,
        language=settled_language(body, stated.language),
        confidence=page.confidence,
        kind=page.told.kind,
        markdown=textpage.to_markdown(lines[skipped:]),
        note="; ".join(filter(None, (CUT if page.is_cut else None, MANY % len(articles) if articles[1:] else None)))
        or None,
    )
    return made.filled(replace(stated, language=None))


def _but_sites_name(stated: Metadata, author: str | None) -> Metadata:
    """Return what is stated, without an author who is the site, as in newsletters, where the page itself names one."""
    is_sites = author and stated.author and stated.author == stated.sitename
    return replace(stated, author=None) if is_sites else stated
