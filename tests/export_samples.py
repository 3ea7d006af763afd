"""Samples of exports in XML and JSON: notes, feeds, crawls and read-later lists, and what must come out of them."""

from __future__ import annotations

import base64
import csv
import html
import io
import json
import re
from collections.abc import Callable
from xml.etree import ElementTree

from lab.samples import sentences
from tests.samples import TIME, URL, Sample, Told, prose, story


def _notes(*numbers: int) -> bytes:
    """Return an Evernote export; an ampersand in a title makes it one that is not well-formed."""
    notes = [
        f"<note><title>Note {number} & more</title><content><![CDATA[<?xml version='1.0'?><!DOCTYPE en-note SYSTEM "
        f"'http://xml.evernote.com/pub/enml2.dtd'><en-note>{prose(number)}<en-media hash='0'/></en-note>]]></content>"
        f"<created>20240229T100000Z</created><tag>huts</tag><note-attributes><author>Ann Lee</author>"
        f"<source-url>{URL}{number}</source-url></note-attributes><resource><data>AAAA</data></resource></note>"
        for number in numbers
    ]
    begin = "<?xml version='1.0' encoding='UTF-8'?>\n<!DOCTYPE en-export SYSTEM 'a'>\n<en-export application='E'>"
    return f"{begin}{''.join(notes)}</en-export>".encode()


def _rss(*numbers: int) -> bytes:
    items = [
        f"<item><media:content><media:title>A picture</media:title></media:content><itunes:author>x</itunes:author>"
        f"<title>Story &amp; {number}</title><link>{URL}{number}</link><dc:creator>Ann Lee</dc:creator>"
        f"<pubDate>Thu, 29 Feb 2024 23:30:00 -0500</pubDate><category>huts</category><description>Short.</description>"
        f"<content:encoded><![CDATA[{prose(number)}]]></content:encoded></item>"
        for number in numbers
    ]
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    spaces += ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    spoken = f"<item><title>On it</title><link>{URL}33#comment-7</link><description>{prose(33)}</description></item>"
    teaser = spoken + f"<item><title>Elsewhere</title><link>{URL}else</link><description>A teaser.</description></item>"
    head = "<channel><title>The Post</title><language>en-gb</language>"
    return f'<?xml version="1.0"?><rss version="2.0" {spaces}>{head}{"".join(items)}{teaser}</channel></rss>'.encode()


def _atom(as_text: int, as_elements: int) -> bytes:
    contents = {
        as_text: f'<content type="html">{html.escape(prose(as_text))}</content>',
        as_elements: f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{prose(as_elements)}</div></content>',
    }
    entries = [
        f'<entry><title type="text">Story &#38; {number}</title><author><name>Ann Lee</name></author><link '
        f'rel="self" href="{URL}feed"/><link href="{URL}{number}"/><published>2024-02-29T23:30:00-05:00</published>'
        f"{content}</entry>"
        for number, content in contents.items()
    ]
    head = '<?xml version="1.0" encoding="iso-8859-1"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
    return f"{head}<title>Ürban</title>{''.join(entries)}</feed>".encode("iso-8859-1")


def _xml_elements(*names: str) -> Callable[[bytes], int]:
    """Return a function that counts the elements of these names that the standard library's parser finds."""

    def count(data: bytes) -> int:
        return sum(each.tag.rpartition("}")[2] in names for each in ElementTree.fromstring(data).iter())

    return count


def _scrapy(*numbers: int) -> bytes:
    items = [
        f"<item><url>{URL}{number}</url><title>Story {number} told</title><date>2024-02-29</date><tags>"
        f"<value>huts</value><value>fog</value></tags><body>{html.escape(prose(number))}</body></item>"
        for number in numbers
    ]
    return f'<?xml version="1.0" encoding="utf-8"?>\n<items>\n{"".join(items)}\n</items>'.encode()


def _document(number: int) -> bytes:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in sentences(number))
    head = f'title="Story {number} told" author="Ann Lee" date="2024-02-29" source="{URL}{number}" hostname="a.example"'
    main = f'<main><head rend="h2">Heading</head>{text}<list rend="ul"><item>One</item></list></main>'
    return f"<doc sitename='The Post' {head}>{main}<comments/></doc>".encode()


def _tei(number: int) -> bytes:
    """Return a document as trafilatura writes TEI; the program has an address, too."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in sentences(number))
    titles = f'<titleStmt><title type="main">Story {number} told</title><author>Ann Lee</author></titleStmt>'
    own = f'<publisher>The Post</publisher><ptr type="URL" target="{URL}{number}"/><date>2024-02-29</date>'
    full = f"<biblFull>{titles}<publicationStmt>{own}</publicationStmt></biblFull>"
    file = f"<fileDesc>{titles}<publicationStmt><p/></publicationStmt><sourceDesc>{full}</sourceDesc></fileDesc>"
    made = '<creation><date type="download">2024-02-29</date></creation>'
    words = '<textClass><keywords><term type="tags">huts, fog</term></keywords></textClass>'
    about = f"<profileDesc><abstract><p/></abstract>{words}{made}</profileDesc>"
    tool = (
        '<encodingDesc><appInfo><application><ptr target="https://b.example/"/></application></appInfo></encodingDesc>'
    )
    body = f'<div type="entry"><ab rend="h2" type="header">Heading</ab>{text}<list><item>One</item></list></div>'
    said = '<div type="comments"><p>Nobody asked.</p></div>'
    head = f"<teiHeader>{file}{about}{tool}</teiHeader>"
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{head}<text><body>{body}{said}</body></text></TEI>'.encode()


def _utf_16(feed: bytes, encoding: str) -> bytes:
    text = feed.decode().replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-16"?>')
    return text.encode(encoding)


def _har(first: int) -> bytes:
    def entry(number: int, status: int, kind: str, text: str | None, packing: str = "") -> dict[str, object]:
        content: dict[str, object] = {"size": 1, "mimeType": kind}
        content |= {} if text is None else {"text": text}
        content |= {"encoding": packing} if packing else {}
        request = {"method": "GET", "url": f"{URL}{number}"}
        return {"startedDateTime": "2024-02-29T10:00:00.000Z", "request": request,
                "response": {"status": status, "content": content}}  # fmt: skip

    kind = "text/html; charset=utf-8"
    entries = [
        entry(first, 200, kind, story(first)), entry(0, 200, "image/png", "AAAA", "base64"),
        entry(0, 404, kind, "Gone"),
        entry(first + 1, 200, kind, base64.b64encode(story(first + 1).encode()).decode(), "base64"),
        entry(0, 200, kind, None),
    ]  # fmt: skip
    return json.dumps({"log": {"version": "1.2", "pages": [{"id": "1"}], "entries": entries}}, indent=1).encode()


def _wallabag(*numbers: int) -> bytes:
    entries = [
        {"is_archived": 0, "tags": ["huts", "fog"], "id": number, "title": f"Story {number} told",
         "url": f"{URL}{number}", "content": prose(number), "created_at": "2024-02-29T10:00:00+0000",
         "published_at": "2024-02-27T08:00:00+0000",
         "published_by": ["Ann Lee"], "language": "en_GB"}
        for number in numbers
    ]  # fmt: skip
    return json.dumps([*entries, {"title": "A mark", "url": f"{URL}mark"}]).encode()


def _karakeep(number: int) -> bytes:
    content = {"type": "link", "url": f"{URL}{number}", "title": f"Story {number} told", "htmlContent": prose(number)}
    mark = {"createdAt": 1709200800, "title": None, "tags": ["huts"], "content": content, "note": "For later"}
    bare = {"createdAt": 1709200800, "content": {"type": "link", "url": f"{URL}bare"}}
    return json.dumps({"bookmarks": [mark, bare]}).encode()


def _readwise(number: int) -> bytes:
    document = {"id": "1", "url": "https://read.a.example/1", "source_url": f"{URL}{number}", "author": "Ann Lee",
                "title": f"Story {number} told", "tags": {"huts": {"type": "manual"}}, "site_name": "The Post",
                "content": None, "html_content": prose(number), "notes": "For later", "summary": "",
                "published_date": 1709200800000, "saved_at": "2024-02-29T10:00:00+00:00"}  # fmt: skip
    return json.dumps({"count": 1, "nextPageCursor": None, "results": [document]}).encode()


def _starred(number: int) -> bytes:
    """Return what Google Reader, FreshRSS and Inoreader export: with the text in `content`, then in `summary`."""
    item = {"crawlTimeMsec": "1709200800000", "published": 1709164800, "title": f"Story {number} told",
            "categories": ["user/-/state/com.google/starred", "user/1/label/huts", "fog"],
            "alternate": [{"href": f"{URL}{number}", "type": "text/html"}], "author": "Ann Lee",
            "content": {"direction": "ltr", "content": prose(number)},
            "origin": {"streamId": "feed/1", "title": "The Post", "htmlUrl": "https://a.example/"}}  # fmt: skip
    later = item | {"canonical": [{"href": f"{URL}{number + 1}"}], "summary": {"content": prose(number + 1)}}
    later = later | {"title": f"Story {number + 1} told", "content": None}
    bare = item | {"content": None, "summary": {"content": ""}}
    return json.dumps({"id": "user/-/state/com.google/starred", "items": [item, later, bare]}).encode()


def _ghost(number: int) -> bytes:
    post = {"id": "1", "title": f"Story {number} told", "slug": "story", "mobiledoc": None, "html": prose(number),
            "plaintext": None, "status": "published", "created_at": "2024-01-01T10:00:00.000Z",
            "published_at": "2024-02-29T08:00:00.000Z", "custom_excerpt": "About huts"}  # fmt: skip
    data = {"benefits": [], "posts": [post, post | {"html": None}], "users": [{"id": "1", "name": "Ann Lee"}]}
    return json.dumps({"db": [{"meta": {"version": "5.1.0"}, "data": data}]}).encode()


def _press(*numbers: int) -> bytes:
    """Return an export of LexisNexis, below the list of what was sought."""
    texts = [re.sub(r"<[^>]*>", "\n\n", prose(number)) for number in numbers]
    above = "February 29, 2024\n\nStory {} told\n\nBYLINE: Ann Lee\n\nLENGTH: 200 words"
    made = [
        f"{i} of 2 DOCUMENTS\n\n{above.format(n)}\n\n{text}\n\n"
        for i, (n, text) in enumerate(zip(numbers, texts, strict=True), 1)
    ]
    return f"Terms: huts\n\n{''.join(made)}".encode()


def _table(delimiter: str, encoding: str, *numbers: int) -> bytes:
    """Return a table as the standard library writes it: an article a row, then one without a text and a blank one."""
    file = io.StringIO(newline="")
    table = csv.writer(file, delimiter=delimiter)
    table.writerow(["", "title", "author", "date", "url", "content"])
    for number in numbers:
        text = "\n\n".join(sentences(number)) + '\n\n"No, not today", she said; "nor on any other day".'
        table.writerow([number, f"Story {number} told", "Ann Lee", "2024-02-29", f"{URL}{number}", text])
    table.writerow([0, "Story without a text", "nan", "", "", ""])
    return (file.getvalue() + "\r\n").encode(encoding)


def _table_rows(delimiter: str, encoding: str) -> Callable[[bytes], int]:
    def count(data: bytes) -> int:
        return len(list(csv.reader(io.StringIO(data.decode(encoding), newline=""), delimiter=delimiter))) - 1

    return count


def _table_sample(delimiter: str, encoding: str, *numbers: int) -> Sample:
    pages: dict[str, Told] = {}
    line = 2
    for number in numbers:
        pages[str(line)] = _told(number)
        line += 2 * len(sentences(number)) + 1
    data = _table(delimiter, encoding, *numbers)
    return Sample(data, pages, _table_rows(delimiter, encoding), {_NO_ENTRY: 1, "blank": 1})


def _blog(*numbers: int) -> bytes:
    """Return a blog in the form of Movable Type: entries in HTML and in rows, a rule in a text, comments below."""
    entries = [
        f"AUTHOR: Ann Lee\nTITLE: Story {number} told\nBASENAME: story\nSTATUS: Publish\nALLOW COMMENTS: 1\n"
        f"CONVERT BREAKS: {number % 2}\nDATE: 02/29/2024 11:30:00 PM\nUNIQUE URL: {URL}{number}\nCATEGORY: huts\n"
        f'TAGS: fog,"old huts"\n-----\nBODY:\n{prose(number)}\n-----\n{prose(number + 1)}\n-----\nEXTENDED BODY:\n'
        f"{prose(number + 2)}\n-----\nEXCERPT:\n\n-----\nCOMMENT:\nAUTHOR: Bo\nDATE: 03/01/2024 01:00:00 AM\n"
        f"I was there, too.\n-----\n\n--------\n"
        for number in numbers
    ]
    return "".join(entries).encode()


def _items_named(root: str, item: str, *numbers: int) -> bytes:
    """Return a file of items in XML, with the names that LiveJournal, Tumblr or a corpus of articles has."""
    forms = {
        "livejournal": "<subject>{title}</subject><eventtime>2024-02-29 10:00:00</eventtime>"
        "<url>{url}</url><author>Ann Lee</author><event>{prose}</event>",
        "tumblr": "<url>{url}</url><author>Ann Lee</author><date>2024-02-29</date>"
        "<regular-title>{title}</regular-title><regular-body>{prose}</regular-body><tag>fog</tag><tag>huts</tag>",
        "articles": "<title>{title}</title><author>Ann Lee</author><date>2024-02-29</date><link>{url}</link>"
        "<body>{prose}</body><body>{prose_below}</body>",
    }
    items = []
    for number in numbers:
        text = prose(number)
        escaped = root != "articles"
        told = {"title": f"Story {number} told", "url": f"{URL}{number}", "prose_below": prose(number + 1)}
        items.append(f"<{item}>{forms[root].format(**told, prose=html.escape(text) if escaped else text)}</{item}>")
    return f"<?xml version='1.0'?>\n<{root}>\n{''.join(items)}\n</{root}>".encode()


def _sgml(is_reuters: bool, *numbers: int) -> bytes:
    reuters = (
        '<REUTERS TOPICS="YES" NEWID="{number}">\n<DATE>2024-02-29</DATE>\n<TEXT>&#2;\n'
        "<TITLE>Story {number} told</TITLE>\n<AUTHOR>Ann Lee</AUTHOR>"
        "<DATELINE>OSLO</DATELINE><BODY>{text}\n&#3;</BODY></TEXT>\n</REUTERS>\n"
    )
    trec = (
        "<DOC>\n<DOCNO> A-{number} </DOCNO>\n<DATE>2024-02-29</DATE><BYLINE>Ann Lee</BYLINE>\n"
        "<HEAD>Story {number} told</HEAD>\n<TEXT>\n{text}\n</TEXT>\n<TEXT>\nOne & the last.\n</TEXT></DOC>\n"
    )
    form = reuters if is_reuters else trec
    made = [form.format(number=number, text="\n\n".join(sentences(number))) for number in numbers]
    return ('<!DOCTYPE lewis SYSTEM "lewis.dtd">\n' * is_reuters + "".join(made)).encode()


def _corpus(*numbers: int) -> bytes:
    return b'<?xml version="1.0"?>\n<teiCorpus>%b</teiCorpus>' % b"".join(map(_tei, numbers))


def _json_feed(number: int) -> bytes:
    item = {"id": "1", "url": f"{URL}{number}", "title": f"Story {number} told", "content_html": prose(number),
            "date_published": "2024-02-29T23:30:00-05:00"}  # fmt: skip
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "The Post", "authors": [{"name": "Ann Lee"}]}
    return json.dumps(feed | {"items": [item]}).encode()


def _told(
    number: int, author: str | None = "Ann Lee", date: str | None = "2024-02-29", time: str | None = None
) -> Told:
    return Told(f"Story {number} told", f"{URL}{number}", time, author, date)


_NO_PAGE, _NO_ENTRY = "neither HTML nor text", "entry without its text"


def _rss_sample(data: bytes, *numbers: int) -> Sample:
    pages = {
        str(place): Told(f"Story & {number}", f"{URL}{number}", None, "Ann Lee", "2024-02-29")
        for place, number in enumerate(numbers, 1)
    }
    return Sample(data, pages, _xml_elements("item"), {_NO_ENTRY: 1, "comment on an entry": 1})


EXPORTS = {
    "notes.enex": Sample(
        _notes(31, 32),
        {str(place): Told(f"Note {number} & more", f"{URL}{number}", TIME) for place, number in ((1, 31), (2, 32))},
        lambda data: data.count(b"</note>"),
    ),
    "posts.rss": _rss_sample(_rss(33, 34), 33, 34),
    "marked.rss": _rss_sample(_utf_16(_rss(70, 71), "utf-16"), 70, 71),
    "unmarked.xml": _rss_sample(_utf_16(_rss(72, 73), "utf-16-be"), 72, 73),
    "posts.atom": Sample(
        _atom(35, 36),
        {
            str(place): Told(f"Story & {number}", f"{URL}{number}", None, "Ann Lee", "2024-02-29")
            for place, number in ((1, 35), (2, 36))
        },
        _xml_elements("entry"),
    ),
    "scrapy.xml": Sample(
        _scrapy(37, 38), {"1": _told(37, author=None), "2": _told(38, author=None)}, _xml_elements("item")
    ),
    "trafilatura.xml": Sample(_document(39), {"1": _told(39)}, _xml_elements("doc")),
    "trafilatura.tei.xml": Sample(_tei(74), {"1": _told(74, time="2024-02-29T00:00:00+00:00")}, _xml_elements("TEI")),
    "journal.xml": Sample(
        _items_named("livejournal", "entry", 750, 751), {"1": _told(750), "2": _told(751)}, _xml_elements("entry")
    ),
    "tumblr.xml": Sample(
        _items_named("tumblr", "post", 752, 753), {"1": _told(752), "2": _told(753)}, _xml_elements("post")
    ),
    "articles.xml": Sample(
        _items_named("articles", "article", 754, 756), {"1": _told(754), "2": _told(756)}, _xml_elements("article")
    ),
    "corpus.xml": Sample(
        _corpus(758, 759),
        {str(place): _told(number, time="2024-02-29T00:00:00+00:00") for place, number in ((1, 758), (2, 759))},
        _xml_elements("TEI"),
    ),
    **{
        name: Sample(
            _sgml(name == "reuters.sgm", *numbers),
            {
                str(place): Told(f"Story {number} told", None, None, "Ann Lee", "2024-02-29")
                for place, number in enumerate(numbers, 1)
            },
            lambda data: data.count(b"</DOC>") + data.count(b"</REUTERS>"),
        )
        for name, numbers in (("reuters.sgm", (760, 761)), ("trec.sgm", (762, 763)))
    },
    "page.har": Sample(
        _har(40),
        {place: Told(f"Story {number}", f"{URL}{number}", TIME) for place, number in (("1", 40), ("4", 41))},
        lambda data: len(json.loads(data)["log"]["entries"]),
        {f"{_NO_PAGE} (pictures)": 1, "status other than 2xx": 1, _NO_ENTRY: 1},
    ),
    "wallabag.json": Sample(
        _wallabag(42, 43),
        {str(place): _told(number, date="2024-02-27", time=TIME) for place, number in ((1, 42), (2, 43))},
        lambda data: len(json.loads(data)),
        {_NO_ENTRY: 1},
    ),
    "karakeep.json": Sample(
        _karakeep(44),
        {"1": _told(44, None, None, TIME)},
        lambda data: len(json.loads(data)["bookmarks"]),
        {_NO_ENTRY: 1},
    ),
    "readwise.json": Sample(_readwise(49), {"1": _told(49, time=TIME)}, lambda data: len(json.loads(data)["results"])),
    "starred.json": Sample(
        _starred(50),
        {"1": _told(50, time=TIME), "2": _told(51, time=TIME)},
        lambda data: len(json.loads(data)["items"]),
        {_NO_ENTRY: 1},
    ),
    "ghost.json": Sample(
        _ghost(720),
        {"1": Told("Story 720 told", None, None, None, "2024-02-29")},
        lambda data: len(json.loads(data)["db"][0]["data"]["posts"]),
        {_NO_ENTRY: 1},
    ),
    "press.txt": Sample(
        _press(700, 701),
        {
            str(place): Told(f"Story {number} told", None, None, "Ann Lee", "2024-02-29")
            for place, number in ((1, 700), (2, 701))
        },
        lambda data: len(data.split(b" DOCUMENTS")),
        {"cover or table of contents": 1},
    ),
    "articles.csv": _table_sample(",", "utf-8", 730, 731),
    "articles.tsv": _table_sample("\t", "utf-16", 732, 733),
    "articles": _table_sample(";", "utf-8-sig", 734, 735),
    "blog.txt": Sample(
        _blog(740, 743),
        {"1": _told(740), "2": _told(743)},
        lambda data: len(re.findall(rb"^(?:--------|COMMENT:)$", data, re.M)),
        {"comment on an entry": 2},
    ),
    "feed.json": Sample(_json_feed(45), {"1": _told(45)}, lambda data: len(json.loads(data)["items"])),
}
