# ruff: noqa: E501
"""Made-up tongues: English lines said word by word in the letters of other languages; pages differ in nothing else.

An English word is always the same made-up word of a tongue: some syllables of the letters of a real language. There are
about as many as that language needs for an English word: in the Universal Declaration of Human Rights 1.4 characters in
Chinese, 2.2 in Japanese, 4.1 letters (marks not counted) in Thai, 4.3 in Lao, 3.6 in Khmer and 3.7 in Burmese. Where
a language has no articles they are dropped, and where it builds long words small ones are part of the next.
"""

from __future__ import annotations

import random
import re
import unicodedata
from dataclasses import dataclass
from functools import cache


def _list(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_PIECE = re.compile(r"([^\W\d_]+)( ?)|[\W\d_]+")
_STOP = re.compile(r"(?<!\d)[.,?;]|[.,?;](?!\d)")
_ARTICLES = frozenset(("the", "a", "an"))
_SMALL = frozenset(_list("of in to for with at by on from and as its his her their this that no if so but"))


@dataclass(frozen=True)
class Tongue:
    """How a made-up tongue writes; English, which has no letters of its own here, as it is.

    In each list of letters the first are drawn most often; `-` in a vowel stands for the consonants. `length` is the
    number of syllables for an English letter, `stops` what is written for a full stop, comma, question mark and semicolon.
    """

    name: str
    onsets: tuple[str, ...] = ()
    vowels: tuple[str, ...] = ("-",)
    codas: tuple[str, ...] = ("",)
    length: float = 0.36
    stops: tuple[str, str, str, str] = (".", ",", "?", ";")
    has_spaces: bool = True
    joins_small_words: bool = False

    def say(self, line: str) -> str:
        """Return an English line in this tongue."""
        if not self.onsets:
            return line
        said = []
        for piece in _PIECE.finditer(line):
            word, space = piece[1], piece[2]
            if not word:
                said.append(self._between(piece[0]))
            elif word.lower() not in _ARTICLES:
                made = _word(self, word.lower())
                is_part = not self.has_spaces or (self.joins_small_words and word.lower() in _SMALL)
                said.append((made if word.islower() else made.capitalize()) + ("" if is_part else space))
        return unicodedata.normalize("NFC", "".join(said)).strip()

    def _between(self, signs: str) -> str:
        signs = _STOP.sub(lambda found: self.stops[".,?;".index(found[0])], signs)
        return signs if self.has_spaces else re.sub(r" (?=\W|$)|(?<=\S) ", "", signs)

    def syllable(self, chance: random.Random) -> str:
        """Return a syllable."""
        onset, vowel, coda = (_drawn(letters, chance) for letters in (self.onsets, self.vowels, self.codas))
        return vowel.replace("-", onset) + coda


def _drawn(letters: tuple[str, ...], chance: random.Random) -> str:
    return letters[int(len(letters) * chance.random() ** 1.5)]


@cache
def _word(tongue: Tongue, english: str) -> str:
    chance = random.Random(f"{tongue.name} {english}")
    count = max(1, int(len(english) * tongue.length + chance.random()))
    return "".join(tongue.syllable(chance) for _ in range(count))


def _letters(first: int, last: int, leave_out: str = "") -> tuple[str, ...]:
    return tuple(chr(code) for code in range(first, last + 1) if chr(code) not in leave_out)


_KANJI = tuple(chr(0x4E00 + 13 * place) for place in range(1500))
_KANA = tuple("のにはをたがでてとしれさいあるもからりなこま")

ENGLISH = Tongue("English")
TONGUES = {
    tongue.name: tongue
    for tongue in (
        ENGLISH,
        Tongue("Turkish", _list("k l m r s t d y b n ş g ç v z h p c"), _list("-a -e -i -ı -u -ü -o -ö"), ("", "", "", "r", "n", "k"), 0.4, joins_small_words=True),
        Tongue("Vietnamese", _list("th ng c t đ b l m n kh tr v h ch nh ph s r g qu x d"), _list("-a -ô -ư -ờ -iế -á -ạ -ệ -ố -ủ -ươ -âu -ãi"), ("", "", "n", "ng", "t", "c", "m"), 0.26),
        Tongue("Russian", _list("п с т в н к р л м д б з г ст пр ж ч х ш"), _list("-о -а -е -и -у -ы -я -ё"), ("", "", "", "н", "т", "й", "л")),
        Tongue("Greek", _list("τ κ σ π λ μ ν ρ δ γ φ θ χ β ξ στ"), _list("-α -ο -ι -ε -η -ου -ύ -έ -ά"), ("", "", "", "ν", "ς")),
        Tongue("Arabic", _list("ل م ن ر ت ب ك ع د س ق ف ح ج ش خ ص ط ز ذ"), ("-", "-", "-ا", "-ي", "-و"), length=0.6, stops=(".", "،", "؟", "؛"), joins_small_words=True),
        Tongue("Hindi", _list("क र न स म त ल प ह द ज य ग ब व च ट ड थ भ"), ("-", "-ा", "-े", "-ी", "-ो", "-ि", "-ु", "-ं", "-ै"), ("", "", "", "र", "न"), 0.4, ("।", ",", "?", ";")),
        Tongue("Korean", tuple("ᄋᄀᄉᄌᄒᄃᄂᄆᄇᄅᄎᄐᄑᄏ"), _list("-ᅡ -ᅵ -ᅩ -ᅥ -ᅳ -ᅮ -ᅦ -ᅧ"), ("", "", "", "ᆫ", "ᆼ", "ᆯ", "ᆨ"), 0.4, joins_small_words=True),
        Tongue("Chinese", _KANJI, length=0.25, stops=("。", "，", "？", "；"), has_spaces=False),
        Tongue("Japanese", (*_KANA, *_KANJI[:100], *_KANA, *_KANJI), length=0.42, stops=("。", "、", "？", "、"), has_spaces=False),
        Tongue("Thai", _letters(0xE01, 0xE2E, "ฃฅฤฦฌฆฑฒฏฎ"), _list("-า -ะ -ิ เ- -ี -อ แ- -ั -้ ไ- -ู -่า"), ("", "", "น", "ง", "ก", "ม"), 0.4, (" ", " ", "? ", " "), has_spaces=False),
        Tongue("Lao", _list("ກ ນ ລ ຄ ມ ສ ທ ປ ບ ຫ ດ ຈ ພ ຕ ຂ ວ ຍ ອ ຖ ຊ"), _list("-າ -ະ -ິ ເ- -ີ -ອ ແ- -ັ -້ ໄ- -ູ -່າ"), ("", "", "ນ", "ງ", "ກ", "ມ"), 0.42, (" ", " ", "? ", " "), has_spaces=False),
        Tongue("Khmer", _list("ក រ ន ត ម ស ប ល ច ព ទ ខ ដ គ ហ ក្រ ប្រ ស្ត ជ អ ថ ធ"), _list("- -ា -ី -េ -ុ -ិ -ោ -ើ -ះ -ួ"), ("", "ន", "ង", "រ", "ក", "់"), 0.4, ("។", " ", "?", " "), has_spaces=False),
        Tongue("Burmese", _list("က မ သ တ န လ ပ ရ စ ခ ထ ည ဖ အ ဝ ဆ ပြ ကြ"), _list("- -ာ -ိ -ေ -ို -ု -ီ -ူ -ွ -ျ -ော"), ("", "", "န်", "င်", "း", "့", "က်"), 0.55, ("။", "၊", "။", "၊"), has_spaces=False),
    )
}  # fmt: skip
