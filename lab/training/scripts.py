"""Spell English in other scripts, so that a page looks as one in a language with that script, in words nobody knows.

Equal words stay equal, and a line is about as long as its translation: Chinese and Japanese have about two characters
for an English word and no spaces, Thai has no spaces and no full stops.
"""

from __future__ import annotations

import random
import string
import zlib
from collections.abc import Callable, Sequence

_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxyz"
# Letters that stand for vowels and consonants, and the marks that end and part sentences.
_ALPHABETS = {
    "latin": (_VOWELS, _CONSONANTS, {}),
    "cyrillic": ("аеиоуыэюя", "бвгджзйклмнпрстфхцчшщ", {}),
    "arabic": ("اويىة", "بتثجحخدذرزسشصضطظعغفقكلمنه", {"?": "؟", ",": "،", ";": "؛"}),
    "devanagari": ("ािीुूेो", "कखगघचछजझटठडढणतथदधनपफबभमयरलवशसह", {".": "।"}),
    "thai": ("ะาิีุู", "กขคงจชซดตถทนบปผพฟมยรลวสหอ", {".": "", ",": " "}),
}
_WIDE = str.maketrans({".": "。", ",": "，", "?": "？", "!": "！", ":": "：", ";": "；"})
_HIRAGANA, _KANJI, _HANZI = (0x3042, 80), (0x4E00, 2500), (0x4E00, 5000)  # first character, how many are used
NAMES = ("cyrillic", "arabic", "devanagari", "thai", "han", "kana")

Speller = Callable[[str], str]


def speller(name: str, chance: random.Random) -> Speller:
    """Return what spells a text in a script: `latin`, or one of `NAMES`."""
    if name in ("han", "kana"):
        return lambda text: _unspaced(text, name)
    vowels, consonants, marks = _ALPHABETS[name]
    table = dict(zip(_VOWELS + _CONSONANTS, _draw(vowels, 5, chance) + _draw(consonants, 21, chance), strict=True))
    spelt: dict[str, str | int | None] = {
        **table,
        **{key.upper(): value.upper() for key, value in table.items()},
        **marks,
    }
    letters = str.maketrans(spelt)
    if name == "thai":
        return lambda text: _joined(text).translate(letters)
    return lambda text: text.translate(letters)


def _draw(letters: Sequence[str], count: int, chance: random.Random) -> list[str]:
    return chance.sample(letters, min(count, len(letters))) + chance.choices(letters, k=max(0, count - len(letters)))


def _joined(text: str) -> str:
    """Return a text without the spaces between words that no mark divides."""
    words = text.split()
    return "".join(word + (" " if word[-1] in string.punctuation or word.isdigit() else "") for word in words).strip()


def _unspaced(text: str, name: str) -> str:
    """Write every word as one to three characters that depend on the word alone, without spaces."""
    out = []
    for word in text.split():
        core = word.strip(string.punctuation)
        tail = word[len(word.rstrip(string.punctuation)) :] if core else word
        out.append((core if core.isdigit() else _characters(core.lower(), name)) + tail.translate(_WIDE))
    return "".join(out) or text


def _characters(word: str, name: str) -> str:
    """Return the characters that stand for a word; a Japanese one ends with kana, a small one is kana alone."""
    size = 0 if not word else 1 if len(word) <= 2 else 2 if len(word) <= 6 else 3
    out = []
    for place in range(size):
        is_kana = name == "kana" and (place == size - 1 or len(word) <= 3)
        first, count = _HIRAGANA if is_kana else _KANJI if name == "kana" else _HANZI
        out.append(chr(first + zlib.crc32(f"{place}{word}".encode()) % count))
    return "".join(out)
