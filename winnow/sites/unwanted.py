"""Addresses that are not worth fetching for articles: files, lists, forms, other views of one page, and traps."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

_MOST_PARTS = 20  # of a path, from which on it is a trap
_MOST_REPEATS = 2  # of one part of a path, in a path of many
_FILES = {
    "a picture": "apng avif bmp gif heic ico jfif jpeg jpg png psd svg tif tiff webp",
    "a film": "avi flv m3u8 m4v mkv mov mp4 mpeg mpg ogv webm wmv",
    "a sound": "aac flac m4a mid midi mp3 oga ogg opus wav wma",
    "a document": "doc docx epub odp ods odt pdf ppt pptx ps rtf xls xlsx",
    "an archive": "7z apk bz2 deb dmg exe gz iso jar msi rar rpm tar tgz torrent xz zip zst",
    "a file for machines": "atom css csv eot ics json map otf rdf rss swf ttf vcf woff woff2 xml xsl",
}
_KIND_OF = {ending: kind for kind, endings in _FILES.items() for ending in endings.split()}
_ENDING = re.compile(r"[^/]\.([a-z0-9]{1,7})$")

_LOGIN = (
    "abmelden anmelden log-in log-out login logout my-account oauth sign-in sign-up signin signup wp-admin wp-login.php"
)
_FORMS = "account anmeldung connexion inscription konto newsletter password passwort register registrieren subscribe"
_SHOP = "add-to-cart basket carrito cart checkout kasse panier warenkorb wishlist"
_LISTS = {
    "a list by tag": "etiqueta etiquetas hashtag mot-cle mots-cles schlagwort schlagworte tag tags",
    "a list by author": "auteur auteurs author authors autor autoren autores",
}
_PEOPLE = "member members user users"
_SEARCH = "buscar cerca recherche search search.php suche zoeken"
_CALENDAR = "cal calendar calendario calendrier kalender veranstaltungskalender"
_MACHINERY = "cdn-cgi wp-content wp-includes wp-json xmlrpc.php"
_FURTHER = "page pagina seite"
_FEED = "feed rss"
_VIEWS = {"a print view": "drucken druckversion imprimer imprimir print printable", "an AMP view": "amp amp.html"}


def _one_of(words: str) -> str:
    return f"(?:{words.replace(' ', '|')})"


# Words that a manual or a shop's manual has in its paths as well (`/docs/api/checkout`) count near the beginning only.
_NEAR = r"^/(?:[^/]+/)?"
_PATHS = [
    (rf"{_NEAR}{_one_of(_LOGIN)}(?:/|$)", "a login"),
    (rf"{_NEAR}{_one_of(_FORMS)}/?$", "a login"),
    (rf"{_NEAR}{_one_of(_SHOP)}(?:/|$)", "a shop's cart"),
    *((rf"/{_one_of(words)}/[^/]+(?:/|$)", kind) for kind, words in _LISTS.items()),
    (rf"^/{_one_of(_PEOPLE)}/[^/]+/?$", "a list by author"),
    (rf"{_NEAR}{_one_of(_SEARCH)}(?:/?$|/label/)", "a search"),
    (rf"/{_one_of(_CALENDAR)}/?(?:$|[0-9])", "a calendar"),
    (rf"/{_one_of(_MACHINERY)}(?:/|$)", "a part of the site's machinery"),
    *((rf"[-0-9][^/]*/{_one_of(words)}/?$", kind) for kind, words in _VIEWS.items()),
    (rf"/{_one_of(_FURTHER)}/[0-9]+/?$", "a further page of a list"),
    (r"^/(?:19|20)[0-9]{2}/?$|/(?:19|20)[0-9]{2}/(?:0?[1-9]|1[0-2])(?:/[0-9]{1,2})?/?$", "a list by date"),
    (rf"/{_one_of(_FEED)}/?$", "a feed"),
]
_QUERIES = [
    (r"(?:print|printable|printview|druckversion)(?:=.*)?", "a print view"),
    (r"(?:output|view|format|layout|tmpl|mode)=(?:print|pdf|component)", "a print view"),
    (r"amp(?:=1|=true)?|outputtype=amp.*", "an AMP view"),
    (r"add-to-cart=.*|add_to_wishlist=.*", "a shop's cart"),
    (r"search=.*|search_?query=.*", "a search"),
    (r"action=(?:edit|history|raw|info|login|register|lostpassword)|veaction=.*|oldid=.*|diff=.*", "an edit view"),
    (r"do=(?:edit|login|revisions|diff|backlink|media)", "an edit view"),
    (r"(?:replytocom|share|shared?_by)=.*", "another view of a page"),
    (r"(?:month|day|ical|outlook-ical|tribe-bar-date|eventdate|eventdisplay)=.*", "a calendar"),
    (r"paged=.*", "a further page of a list"),
    (r"feed=.*", "a feed"),
]
_IN_PATH = [(re.compile(pattern), why) for pattern, why in _PATHS]
_WORDS = (
    _LOGIN,
    _FORMS,
    _SHOP,
    _SEARCH,
    _CALENDAR,
    _MACHINERY,
    *_LISTS.values(),
    *_VIEWS.values(),
    _PEOPLE,
    _FURTHER,
    _FEED,
)
_NAMES = frozenset(" ".join(_WORDS).split())  # a path that no pattern fits has none of these, and ends in no number
_IN_QUERY = [(re.compile(pattern), why) for pattern, why in _QUERIES]


def refusal(url: str) -> str | None:
    """Return why an address that is clean is not worth fetching; None if it may hold an article, or links to some.

    >>> refusal("https://example.org/tag/boats/"), refusal("https://example.org/boats.jpg?w=300")
    ('a list by tag', 'a picture (.jpg)')
    """
    try:
        parts = urlsplit(url.lower())
    except ValueError:
        return "a broken address"
    ending = _ENDING.search(parts.path)
    if ending and ending[1] in _KIND_OF:
        return f"{_KIND_OF[ending[1]]} (.{ending[1]})"
    return _of_path(parts.path) or _of_query(parts.path, parts.query)


def _of_path(path: str) -> str | None:
    names = [name for name in path.split("/") if name]
    if len(names) > _MOST_PARTS:
        return f"a path of more than {_MOST_PARTS} parts: a trap"
    if len(names) > 3 and max(Counter(names).values()) > _MOST_REPEATS:
        return "a path that repeats itself: a trap"
    if not names or (_NAMES.isdisjoint(names) and not names[-1].isdigit()):
        return None
    return next((why for pattern, why in _IN_PATH if pattern.search(path)), None)


def _of_query(path: str, query: str) -> str | None:
    pairs = query.split("&") if query else []
    if path in ("/", "/index.php") and any(pair.startswith("s=") for pair in pairs):
        return "a search"  # of WordPress; on other pages the parameter may be anything
    return next((why for pattern, why in _IN_QUERY for pair in pairs if pattern.fullmatch(pair)), None)
