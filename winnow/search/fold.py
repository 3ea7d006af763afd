"""Fold text into the words that are searched for: one form for all ways in which a word may be written.

SQLite's tokenizer folds case and accents of Latin letters, and takes a sentence that is written without spaces for one
word. Here all letters are folded, and in scripts without spaces each character, with the marks that belong to it, is a
word of its own: a word is found as a phrase of its characters. So are Korean syllables, since particles follow nouns
without a space.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from winnow.characters import CACHED, beyond_ascii, caseless, changed, compatible
from winnow.characters import words as letters_and_digits

# Han, kana and bopomofo, between which a line may be broken anywhere, and which white space does not divide.
_IDEOGRAPHS = "\u3005-\u3007\u3040-\u30fa\u30fc-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
# Scripts without spaces: these, Thai, Lao, Burmese, Khmer and those of the Tai peoples. `winnow.text` has its own list,
# by which models were trained; a test compares the two.
UNSPACED = f"{_IDEOGRAPHS}\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\ua9e0-\ua9ff\uaa60-\uaadf"
_SPLIT = f"{UNSPACED}\uac00-\ud7a3"  # and the syllables of Hangul
# Combining marks, which `\w` leaves out: with their letters they make a word.
MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07a6-\u07b0\u07eb-\u07f3\u0816-\u082d\u0900-\u0903\u093a-\u0963"
    "\u0981-\u0983\u09bc-\u09d7\u09e2-\u09e3\u0a01-\u0a03\u0a3c-\u0a51\u0a70-\u0a71\u0a75\u0a81-\u0a83\u0abc-\u0acd"
    "\u0ae2-\u0ae3\u0b01-\u0b03\u0b3c-\u0b57\u0b62-\u0b63\u0b82\u0bbe-\u0bcd\u0bd7\u0c00-\u0c04\u0c3c-\u0c56\u0c62-"
    "\u0c63\u0c81-\u0c83\u0cbc-\u0cd6\u0ce2-\u0ce3\u0d00-\u0d03\u0d3b-\u0d4d\u0d57\u0d62-\u0d63\u0d81-\u0d83\u0dca-"
    "\u0df3\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u0f18-\u0f39\u0f71-\u0fbc\u102b-\u103e"
    "\u1056-\u1059\u105e-\u1060\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d\u108f\u109a-\u109d\u135d-\u135f"
    "\u1712-\u1714\u17b4-\u17d3\u17dd\u180b-\u180d\u18a9\u1920-\u193b\u1a17-\u1a1b\u1a55-\u1a7f\u1b00-\u1b04\u1b34-"
    "\u1b44\u1b80-\u1b82\u1ba1-\u1bad\u1be6-\u1bf3\u1c24-\u1c37\u3099-\u309a\ua823-\ua827\ua880-\ua881\ua8b4-\ua8c5"
    "\ua926-\ua953\ua980-\ua983\ua9b3-\ua9c0\ua9e5\uaa29-\uaa36\uaa7b-\uaa7d\uaab0-\uaac1\uabe3-\uabed"
)
BREAK = "\ue000"  # the word that stands where other characters divide two of a script without spaces
_SIGNS = {"+": "\ue02b", "#": "\ue023"}  # at the ends of names such as C++ and C#: private letters, also to SQLite
_LETTER = f"[^\\W_{_SPLIT}]"
_WORD = f"{_LETTER}(?:{_LETTER}|[{MARKS}{''.join(_SIGNS.values())}])*"

# `re` compiles these where they are asked for first: the long lists take time, and most runs ask for none of them.
_INVISIBLE = "[\u00ad\u034f\u061c\u0640\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]"
_SIGN = r"(?<=[^\W\d_])(?:\+\+|[+#](?!\w))"
_BETWEEN = f"(?<=[{_SPLIT}{MARKS}])[^\\w{MARKS}]+(?=[{_SPLIT}])"
_IDEOGRAPH, _DIVIDING = f"[{_IDEOGRAPHS}]", r"[^\s・·]|\n\s*\n"
_CHARACTER = f"[{_SPLIT}](?<=[\\w{MARKS}])[{MARKS}]*"  # no sign of these scripts, such as the end of a sentence
_ALL_WORDS = f"{_CHARACTER}|{_WORD}|{BREAK}"
_SPECIAL = f"[{_SPLIT}{MARKS}{''.join(_SIGNS.values())}]"  # without these, words are letters and digits
# A word as it stands in a text, to be shown: with signs at its end, and with soft hyphens and the like inside.
PIECE = (
    f"{_CHARACTER}|{_WORD}(?:[\u00ad\u0640\u200b-\u200d]+{_WORD})*(?:(?<=[\u09cd\u0d4d])\u200d)?(?:\\+\\+|[+#](?!\\w))?"
)
# In Hindi a nasal before a consonant of its own row is written as a letter or as a dot.
_NASAL = "ङ्(?=[क-घ])|ञ्(?=[च-झ])|ण्(?=[ट-ढ])|न्(?=[त-ध])|म्(?=[प-भ])"

# Letters without a vowel, which older texts write as a letter, a sign that takes its vowel, and one that joins.
_JOINED = {"ണ്": "ൺ", "ന്": "ൻ", "ര്": "ർ", "ല്": "ൽ", "ള്": "ൾ", "ക്": "ൿ", "ত্": "ৎ"}

_ACCENTS = (
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u093c\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
_OWN_LETTERS = frozenset("йїў")  # letters of their alphabets, though Unicode takes them for letters with accents
_SAME = str.maketrans(
    {"ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y", "ə": "e", "ɛ": "e", "ɔ": "o"}
    | {"ł": "l", "đ": "d", "ð": "d", "ø": "o", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n", "æ": "ae", "œ": "oe", "þ": "th"}
    | {"ة": "ه", "ى": "ي", "ی": "ي", "ٱ": "ا", "ک": "ك", "ہ": "ه", "ँ": "ं", "ʼ": "'", "ʻ": "'"}
)


@lru_cache(CACHED)
def _fold_character(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if character in _OWN_LETTERS:
        return character
    letters = re.sub(_ACCENTS, "", unicodedata.normalize("NFKD", character.casefold()))
    return unicodedata.normalize("NFC", letters).translate(_SAME)


@lru_cache(CACHED)
def _shown(character: str) -> str:
    return "" if re.match(_INVISIBLE, character) else "i" if character == "İ" else character


def prepare(text: str) -> str:
    """Return text in one case and one form of each character, without invisible ones; accents stay."""
    text = text.lower() if text.isascii() else caseless(changed(_one_letter(compatible(text)), _shown))
    if "+" in text or "#" in text:
        text = re.sub(_SIGN, lambda found: "".join(map(_SIGNS.__getitem__, found[0])), text)
    return text


def _one_letter(text: str) -> str:
    """Return a text in which a letter that is spelled with a sign that joins is one character."""
    if "\u200d" in text:
        for spelled, letter in _JOINED.items():
            text = text.replace(f"{spelled}\u200d", letter)
    return text


def spaced_words(prepared: str) -> list[str]:
    """Return the words of a prepared text in scripts with spaces, with their accents."""
    is_special = re.search(_SPECIAL, beyond_ascii(prepared))
    return re.findall(_WORD, prepared) if is_special else letters_and_digits(prepared)


def fold(prepared: str) -> list[str]:
    """Return the words of a prepared text as they are searched for, in order."""
    text = changed(prepared, _fold_character)
    if not re.search(_SPECIAL, beyond_ascii(text)):
        return letters_and_digits(text)
    text = re.sub(_BETWEEN, _divider, text)
    return re.findall(_ALL_WORDS, re.sub(_NASAL, "ं", text))


def words(text: str) -> list[str]:
    """Return the words of a text as they are searched for, in order.

    >>> words("Straße in ŁÓDŹ, C++")
    ['strasse', 'in', 'lodz', 'c\\ue02b\\ue02b']
    """
    return fold(prepare(text))


def without_signs(word: str) -> str:
    """Return a word without the signs at its end that are part of a name: c for C++."""
    return word.rstrip("".join(_SIGNS.values()))


def words_and_folded(prepared: str) -> tuple[list[str], str]:
    """Return what `spaced_words` and, joined with spaces, `fold` return of a text: at once, where they are the same."""
    if not all(map(_is_plain, set(beyond_ascii(prepared)))):
        return spaced_words(prepared), " ".join(fold(prepared))
    found = letters_and_digits(prepared)
    return found, changed(" ".join(found), _fold_character)


@lru_cache(CACHED)
def _is_plain(character: str) -> bool:
    """Return whether a character is folded to letters and digits if it is one itself, to others if it is none."""
    folded = _fold_character(character)
    is_special = re.search(_SPECIAL, character + folded)
    return bool(folded) and not is_special and all(each.isalnum() == character.isalnum() for each in folded)


def _divider(found: re.Match[str]) -> str:
    """Return what divides two characters of scripts without spaces; white space does not divide ideographs."""
    before, after = found.string[found.start() - 1], found.string[found.end()]
    is_close = re.match(_IDEOGRAPH, before) and re.match(_IDEOGRAPH, after) and not re.search(_DIVIDING, found[0])
    return "" if is_close else BREAK
