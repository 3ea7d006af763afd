"""Normalise text and cut it into tokens, for digests, shingles and word counts; make text safe to store and show.

Normalised text only serves comparison: what is stored as an article's text is never normalised this way.
"""

from __future__ import annotations

import re
import unicodedata

from winnow import characters
from winnow.characters import beyond_ascii, caseless, compatible, encoded

# UTF-8 read as a one-byte encoding leaves these pairs; they are next to impossible in well-decoded text.
# A pattern that begins with a set of characters is searched for several times faster than one that begins with a choice
# or a look-behind, hence the look-behinds after the first character here.
_MOJIBAKE = re.compile(
    "[ÂÃÅÄÐÑâï](?:(?<=[ÂÃÅÄÐÑ])[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|(?<=â)€|(?<=ï)¿½)",
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff](?!(?<=\u00ad)\\s)")
_HYPHEN_AT_LINE_END = re.compile(r"[-‐\u00ad](?<=[^\W\d_].)[^\S\n]*\r?\n(?=[^\W\d_])")
# Scripts that put no spaces between words, inside of a set of characters: those of Chinese and Japanese, of which about
# two make a word, and Thai, Lao, Burmese and Khmer, with about four letters a word, marks not counted.
HAN, THAI = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff", "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
UNSPACED = HAN + THAI
ONE_UNSPACED = re.compile(f"[{UNSPACED}]")
_THAI_MARKS = (  # combining marks, which belong to the letter before them
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u1056-\u1059\u105e-\u1060\u1062-\u1064"
    "\u1067-\u106d\u1071-\u1074\u1082-\u108d\u108f\u109a-\u109d\u17b4-\u17d3\u17dd"
)
# Combining marks, above all the vowel signs of Indic scripts, belong to their word, though `\w` leaves them out.
MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff"
_TOKEN = re.compile(f"[{UNSPACED}](?<=\\w)[{_THAI_MARKS}]*|[^\\W_{UNSPACED}](?:[^\\W_{UNSPACED}]|[{MARKS}])*")
_SPECIAL = re.compile(f"[{UNSPACED}{MARKS}]")  # where a text has none of these, tokens are letters and digits
# What may not be stored or shown: C0 and C1 controls but tab and newline, lone surrogates, U+FFFE and U+FFFF.
_LINE_CONTROLS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85]")
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def normalise(text: str) -> str:
    """Return text in the form in which two renderings of one article are equal.

    Order: mojibake repaired, NFKC, invisible characters dropped, words hyphenated at a line end joined, case folded.
    Digits stay: templated pages differ in nothing else.
    """
    if text.isascii():
        return _HYPHEN_AT_LINE_END.sub("", text).lower()
    text = compatible(repair_mojibake(text))
    text = _INVISIBLE.sub("", _HYPHEN_AT_LINE_END.sub("", text))
    return unicodedata.normalize("NFC", caseless(text))


def tokens(text: str) -> list[str]:
    """Return the normalised words of a text; of scripts written without spaces each letter, with its marks, is one."""
    return words_of(normalise(text))


def words_of(normalised: str) -> list[str]:
    """Return the words of a text that is normalised already."""
    is_special = _SPECIAL.search(beyond_ascii(normalised))
    return _TOKEN.findall(normalised) if is_special else characters.words(normalised)


def words_by_line(normalised: str) -> list[list[bytes]]:
    """Return the words of each line of a text that is normalised already, in UTF-8."""
    if _SPECIAL.search(beyond_ascii(normalised)):
        return [[*map(encoded, _TOKEN.findall(line))] for line in normalised.split("\n")]
    return characters.words_by_line(normalised)


def repair_mojibake(text: str) -> str:
    """Return a text that was UTF-8 but was decoded as windows-1252 as it should read; any other text unchanged.

    Only a whole text is repaired, and only once.
    """
    if not _MOJIBAKE.search(text):
        return text
    try:
        return _as_windows_1252(text).decode("utf-8")
    except UnicodeError:
        return text


def _as_windows_1252(text: str) -> bytes:
    # Browsers map the five bytes that windows-1252 leaves open to the C1 controls of the same number.
    return b"".join(bytes([ord(char)]) if "\x80" <= char <= "\x9f" else char.encode("cp1252") for char in text)


def storable(text: str) -> str:
    """Return text without control characters and lone surrogates, which neither SQLite nor a terminal should see.

    Controls that separate lines become line ends first, so that no words run together.
    """
    return _UNSTORABLE.sub("", _LINE_CONTROLS.sub("\n", text)) if _UNSTORABLE.search(text) else text


def one_line(text: str, limit: int = 200) -> str:
    """Return text as one storable line of at most `limit` characters, for details and log lines."""
    line = " ".join(storable(text).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def counted(number: int, noun: str) -> str:
    """Return a number of things in words.

    >>> counted(1, "page"), counted(2_000, "page")
    ('1 page', '2,000 pages')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
