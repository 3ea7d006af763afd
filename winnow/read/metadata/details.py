"""Read the smaller fields: site name, section, description, tags, language, image."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from winnow.read.metadata.site_name import STRONG_SEPARATOR
from winnow.read.metadata.structured import Head, Node, alike, names_of, resolve, type_matches
from winnow.read.metadata.values import absolute_url, clean_text, language_code, squash, word_set, words

_TRAIL_TYPE = re.compile(r"^BreadcrumbList$")
_SITE_TYPE = re.compile(r"^website$", re.IGNORECASE)
# What content systems file an article under when nobody chose a section.
_NO_SECTION = word_set(
    """uncategorized uncategorised allgemein general other blog blogs news post posts article articles homepage page
    sincategoría nonclassé noncategorizzato bezkategorii безрубрики безкатегории 未分类 free latest archives our"""
)
_PLACEHOLDER_IMAGE = re.compile(
    r"[/_-](?:placeholder|default|blank|fallback)[\w-]*\.\w{3,4}$|[/_.-](?:site-?)?logos?[-_.]|\.svg$|/favicon"
    r"|(?:social|subscribe)-?card|/themes?/|/icons?/|[/_-]emblem[_.-]",
    re.IGNORECASE,
)
_TAG_SPLIT = re.compile(r"[,;|、，]")
_MAX_TAGS, _MAX_TAG = 30, 60


def read_sitename(head: Head, item: Node | None, host: str | None) -> str | None:
    """Return the site's name as the page states it; a handle or a filler like `Blog` is none."""
    values: list[str] = head.all("og:site_name")
    values += [
        name for node in head.items if type_matches(node, _SITE_TYPE) for name, _ in names_of(head, node.get("name"))
    ]
    if item is not None:
        values += [name for name, _ in names_of(head, item.get("publisher"))]
    values += head.all(
        "application-name", "al:ios:app_name", "citation_journal_title", "dc.publisher", "dcterms.publisher"
    )
    for value in values:
        name = (clean_text(value, 100) or "").strip(" |–—-•·:")
        if name.startswith(("@", "#")) or name.lower().startswith("http") or len(words(name)) > 10:
            continue
        if name and squash(name) not in _NO_SECTION:
            return name
    return _name_in_title(head, host)


def _name_in_title(head: Head, host: str | None) -> str | None:
    """Return the last part of the page's title when it is the name that the host's address is made of."""
    last = STRONG_SEPARATOR.split(head.title or "")[-1].strip()
    labels = [label.replace("-", "") for label in (host or "").split(".")[:-1] if len(label) > 3]
    plain = squash(last).removeprefix("the")
    named = any(plain == label or (len(plain) > 5 and label.startswith(plain)) for label in labels)
    return last if named and last != head.title and len(words(last)) <= 6 else None


def read_section(head: Head, item: Node | None, title: str | None, sitename: str | None, url: str | None) -> str | None:
    """Return the section that the page files its article under; the fillers of content systems are none."""
    values: list[object] = list(head.all("article:section"))
    if item is not None:
        stated = item.get("articleSection")
        listed = [text for one in (stated if isinstance(stated, list) else [stated]) if (text := clean_text(one))]
        path = squash(urlsplit(url).path.rstrip("/").rpartition("/")[0]) if url else ""
        # More than two are all the categories, in no order: then only what the address is filed under is the section.
        values += [text for text in listed if squash(text) in path] or (listed if len(listed) <= 2 else [])
    values += head.all("parsely-section", "sailthru.section", "section", "cxenseparse:section", "dc.subject.section")
    values += head.all("articlesection")
    values.append(_parent_crumb(head, title))
    barred = {squash(text) for text in (title, sitename) if text}
    for value in values:
        text = clean_text(value, 80)
        if not text or re.search(r"[,>?/]|^http|^all\s", text, re.IGNORECASE) or len(words(text)) > 6:
            continue
        plain = squash(text)
        if plain.isdigit() or plain.removesuffix("blog") in barred or all(word in _NO_SECTION for word in words(text)):
            continue
        if plain not in _NO_SECTION:
            return text
    return None


def _parent_crumb(head: Head, title: str | None) -> str | None:
    """Return the last crumb above the page itself, where it is not the first: that is the home page."""
    trail = next((node for node in head.items if type_matches(node, _TRAIL_TYPE)), None)
    entries = trail.get("itemListElement") if trail else None
    names = []
    for entry in entries[:10] if isinstance(entries, list) else ():
        node = resolve(head, entry.get("item")) if isinstance(entry, dict) else None
        named = entry if isinstance(entry, dict) and entry.get("name") else node
        names.append(clean_text(named.get("name"), 80) if isinstance(named, dict) else None)
    if names and (alike(names[-1], title) >= 0.5 or set(words(names[-1] or "")) <= set(words(title or ""))):
        names.pop()
    return names[-1] if len(names) > 1 else None


def read_description(head: Head, item: Node | None, title: str | None, sitename: str | None) -> str | None:
    """Return the standfirst or summary that the page states about its article, None when it only repeats the title."""
    values: list[object] = list(head.all("og:description", "description", "twitter:description"))
    if item is not None:
        values.append(item.get("description"))
    values += head.all(
        "dc.description", "dcterms.abstract", "dcterms.description", "citation_abstract", "sailthru.description"
    )
    for value in values:
        text = clean_text(value, 1000)
        if not text or (len(words(text)) < 4 and len(text) < 20):
            continue
        if (
            sitename
            and squash(text).startswith(squash(sitename))
            and not set(words(text)) & _content_words(title, sitename)
        ):
            continue
        if alike(text, title) >= 0.9 or alike(text, sitename) >= 0.8:
            continue
        return text
    return None


def _content_words(title: str | None, sitename: str) -> set[str]:
    return {word for word in words(title or "") if len(word) > 3} - set(words(sitename))


def read_tags(
    head: Head, item: Node | None, links: list[str], title: str | None, sitename: str | None
) -> tuple[str, ...]:
    """Return the keywords that the page states, in its order and spelling, each once.

    The first source that has any wins: article:tag, JSON-LD, links with rel=tag, then meta keywords if they look
    like tags: several, short, not the title's words strung together.
    """
    stated: object = item.get("keywords") if item is not None else None
    listed = [entry for entry in stated if isinstance(entry, str)] if isinstance(stated, list) else []
    if isinstance(stated, str):
        listed = _TAG_SPLIT.split(stated)
    tags = [tag for value in head.all("article:tag", "og:article:tag", "video:tag") for tag in _TAG_SPLIT.split(value)]
    metas = [
        tag
        for value in head.all("news_keywords", "parsely-tags", "citation_keywords", "keywords")
        for tag in _TAG_SPLIT.split(value)
    ]
    for source in (tags, listed, links, metas):
        found = usable_tags(source, title, sitename)
        if found and (source is not metas or (len(found) >= 2 and _about(found, title))):
            return found
    return ()


def _about(tags: tuple[str, ...], title: str | None) -> bool:
    """Tell whether a keyword shares a word with the title: else the list is likely the site's."""
    told = {word for word in words(title or "") if len(word) > 2}
    return any(word in told for tag in tags for word in words(tag))


def usable_tags(values: list[str], *names: str | None) -> tuple[str, ...]:
    """Return the values that can be keywords, each once, without fillers and the `names` of the page and its site."""
    barred = {squash(name) for name in names if name} | _NO_SECTION
    found: dict[str, str] = {}
    for value in values[:200]:
        tag = clean_text(value.strip().lstrip("#"), _MAX_TAG + 40)
        if not tag or len(tag) > _MAX_TAG or len(words(tag)) > 6 or "http" in tag or "=" in tag or ":" in tag:
            continue
        plain = squash(tag)
        if plain and plain not in barred:
            found.setdefault(plain, tag)
    return tuple(found.values())[:_MAX_TAGS]


def read_language(tree: HtmlElement, head: Head, item: Node | None) -> str | None:
    """Return the code of the page's language: html lang, then meta elements, then JSON-LD."""
    stated = [tree.get("lang"), tree.get("xml:lang"), tree.get("{http://www.w3.org/XML/1998/namespace}lang")]
    stated += head.all("content-language", "og:locale", "dc.language", "dcterms.language", "language")
    if item is not None and isinstance(item.get("inLanguage"), str):
        stated.append(item["inLanguage"])
    return next((code for value in stated if (code := language_code(value))), None)


def read_image(head: Head, item: Node | None) -> str | None:
    """Return the absolute address of the article's picture, None for placeholders and logos drawn as SVG."""
    values: list[object] = list(head.all("og:image:secure_url", "og:image", "og:image:url"))
    if item is not None:
        values += _image_urls(item.get("image"))
    values += head.all("twitter:image", "twitter:image:src", "image", "sailthru.image.full", "parsely-image-url")
    for value in values:
        url = absolute_url(value)
        if url and not _PLACEHOLDER_IMAGE.search(url.split("?")[0]):
            return url
    return None


def _image_urls(value: object) -> list[object]:
    entries = value if isinstance(value, list) else [value]
    return [entry.get("url") or entry.get("contentUrl") if isinstance(entry, dict) else entry for entry in entries[:5]]
