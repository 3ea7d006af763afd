"""Read title, author, date and the other metadata of an HTML page: right or null."""

from __future__ import annotations

from lxml.html import HtmlElement

from winnow.items import Metadata
from winnow.read.html.walk import Content, read_content
from winnow.read.metadata.authors import choose_author
from winnow.read.metadata.dates import choose_date
from winnow.read.metadata.details import (
    read_description,
    read_image,
    read_language,
    read_section,
    read_sitename,
    read_tags,
)
from winnow.read.metadata.mail import mail_of
from winnow.read.metadata.site_name import site_names
from winnow.read.metadata.structured import page_item, read_head
from winnow.read.metadata.title import (
    Title,
    choose_title,
    is_another,
    is_nowhere,
    part_in_line,
    with_name,
    without_book,
)
from winnow.read.metadata.unstated import first_line, headline_above, is_untitled
from winnow.read.metadata.values import absolute_url, clean_text, hostname_of
from winnow.read.metadata.visible import Body, Place, find_line, find_prose
from winnow.read.words.locale import Locale


def read_metadata(tree: HtmlElement, content: Content | None = None, is_titled: bool = False) -> Metadata:
    """Read the metadata of a parsed page, scripts included. Never raises and leaves the tree as it is.

    `content` is what `read_content` has read of it, if the caller has that already. Of a page that `is_titled`, by what
    is known beside it, no line is taken for the headline that is not stated to be one.
    """
    content = content or read_content(tree)
    head = read_head(content.statements)
    body = Body(content)
    url = head.canonical or absolute_url(head.first("og:url"))
    host = hostname_of(url)
    titles = [heading.text for heading in body.headings if heading.level == 1]
    titles += [text for text in (clean_text(head.first("og:title")), head.title) if text]
    item = page_item(head, titles)
    sites = site_names(head, item, host, body.home_names(host))
    title = choose_title(head, item, body.headings, sites, url)
    if title.heading is None and title.text:
        title = Title(part_in_line(title.text, head.title, body, sites) or title.text, None)
    if title.text:
        text = without_book(title.text, body)
        title = Title(with_name(text, head.title, body) if head.title else text, title.heading)
    if not is_titled and (title.text is None or (not body.headings and is_nowhere(title.text, body))):
        above = headline_above(content)
        title = Title(above if above and is_another(above, title.text) else title.text, None)
    if not is_titled and item is None and is_untitled(head, title.text, body.headings):
        title = Title(first_line(content) or title.text, None)
    place = _place(body, title)
    stated = tree.get("lang") or head.first("og:locale", "content-language", "language")
    locale = Locale(stated or "", lambda: body.text)
    sitename = read_sitename(head, item, host)
    mail = mail_of(body.lines, head.title)
    return Metadata(
        title=title.text,
        author=mail.author or choose_author(head, item, body, place, sites, locale),
        date=mail.date or choose_date(head, item, body, place, locale, url),
        url=url,
        hostname=host,
        sitename=sitename,
        section=read_section(head, item, title.text, sitename, url),
        description=read_description(head, item, title.text, sitename),
        tags=read_tags(head, item, body.tag_links, title.text, sitename),
        language=read_language(tree, head, item),
        image=read_image(head, item),
    )


def _place(body: Body, title: Title) -> Place:
    """Return where the headline stands; where no line is it, the first line of prose."""
    if title.heading is not None and title.heading.line is not None:
        return Place(title.heading.line, title.heading.bits)
    line = find_line(body, title.text) if title.text else None
    if line is None:
        line = find_prose(body)
    return Place(line, 0 if line is None else body.lines[line].bits)
