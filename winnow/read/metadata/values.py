"""Clean single metadata values: text, addresses, language codes, names of sites."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from urllib.parse import urlsplit

from winnow.read.html.script_data import WORD
from winnow.text import ONE_UNSPACED

# Cc (controls), Cs (lone surrogates), byte order mark, soft hyphen, zero-width space, bidirectional controls.
# The zero-width joiners stay: Persian spelling and emoji need them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff\u00ad\u200b\u200e\u200f\u2060-\u2064"
    "\u202a-\u202e\u2066-\u2069]"
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_WORD = re.compile(r"\w+")
_HOST = re.compile(r"(?=.{1,253}$)(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{1,62}", re.ASCII)
_COPY = re.compile(r"https?://[^\s/]+(?:/[^\s/]+)*?/(\d{14})(?:[a-z]{2,4}_)?/(https?://\S+)")  # as archives name theirs
_LANGUAGE = re.compile(r"\s*([a-zA-Z]{2,3})(?:$|[-_.,;\s])")

# What templates and scripts leave where a value was meant to be.
_EMPTY = frozenset({"null", "none", "undefined", "nan", "false", "true", "n/a", "na", "-", "[object object]"})


def clean_text(value: object, limit: int = 500, visible: bool = False) -> str | None:
    """Return `value` as one line of at most `limit` characters, or None when nothing readable is left.

    Entities are unescaped (twice: doubly escaped titles are common), tags and control characters removed. Tags stay
    in `visible` text: there a reader sees them, as in a headline about HTML.
    """
    if not isinstance(value, str):
        return None
    text = value[: 20 * limit + 2000]
    for _ in range(2):
        if "&" not in text:
            break
        text = unescape(text)
    if "<" in text and not visible:
        text = _TAG.sub(" ", text)
    text = " ".join(_UNWANTED.sub("", text).split())
    if len(text) > limit:
        text = text[:limit].rsplit(" ", 1)[0].rstrip()
    if not text or text.lower() in _EMPTY or "{{" in text or not _WORD.search(text):
        return None
    return text


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list written as text."""
    return frozenset(text.split())


_ISO_639_1 = word_set(
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo "
    "es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka "
    "kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng "
    "nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su "
    "sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
# Languages that have no code of two letters and many pages, by ISO 639-3.
_ISO_639_3 = word_set(
    "ace ast arz ary awa azb bal ban bar bcl bho bik bjn bug ceb chr ckb cnh csb diq doi dsb frp frr fur gcf gom "
    "gor gsw hak haw hif hil hmn hsb ilo jam kaa kab kea kok krc krl ksh lad lez lij lmo lrc ltg lus lzh mad mai "
    "mfe min mni mrj mwl myv mzn nan nap nds new nqo nso olo pag pam pap pcd pcm pms pnb rue sah sat scn sco shn "
    "skr szl tet tok tpi tum tyv udm vec vep vls vmf vro war wuu xmf yue zea zgh"
)


def words(text: str) -> list[str]:
    """Return the words of `text`, compatibility-normalised and in lower case."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower().replace("_", " "))


def count_words(text: str) -> int:
    """Return how many words a text has, in scripts without spaces by its letters."""
    return len(WORD.findall(unicodedata.normalize("NFKC", text)))


def count_spaces(text: str) -> int:
    """Return how many spaces a text has; in a script without spaces half as many as it has letters."""
    spaces = text.count(" ")
    return len(text) // 2 if 20 * spaces < len(text) and ONE_UNSPACED.search(text) else spaces


def squash(text: str) -> str:
    """Return only the letters and digits of `text`: the form in which site names and host names can be compared."""
    return "".join(words(text))


def absolute_url(value: object) -> str | None:
    """Return `value` when it is an absolute http(s) address with a plausible host, else None."""
    if not isinstance(value, str):
        return None
    url = unescape(value.strip())
    if (
        not 10 <= len(url) <= 2000
        or url[:4].lower() != "http"
        or _UNWANTED.search(url)
        or re.search(r"[\s<>\"{}]", url)
    ):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not _HOST.fullmatch(host):
        return None
    return url


def original(address: str) -> tuple[str, str | None]:
    """Return the address of which another one shows a copy, and the copy's moment in 14 digits; else the same and None.

    >>> original("https://archive.example/web/20210304050607/https://lock.example/a")
    ('https://lock.example/a', '20210304050607')
    """
    copy = _COPY.match(address)
    return (copy[2], copy[1]) if copy else (address, None)


def hostname_of(url: str | None) -> str | None:
    """Return the host of an address that `absolute_url` accepted, without `www.`, as trafilatura gives it."""
    if not url:
        return None
    return (urlsplit(url).hostname or "").removeprefix("www.") or None


def language_code(value: object) -> str | None:
    """Return the ISO 639 code at the head of `value` (`en` of `en-GB`), with three letters if need be, or None."""
    match = _LANGUAGE.match(value) if isinstance(value, str) else None
    code = match[1].lower() if match else ""
    return code if code in _ISO_639_1 or code in _ISO_639_3 else None
