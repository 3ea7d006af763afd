"""Other forms of a word under which a text is found too: its stem, words joined at a hyphen, ae for ä.

Stems are those of Snowball (M. Porter, "Snowball: a language for stemming algorithms", 2001), of the language that the
text is in. An index holds a form once for a text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from Stemmer import Stemmer

from winnow.search.fold import fold, prepare, spaced_words, without_signs, words_and_folded

# The first letters of the words that a stemmer knows, by the names of scripts.
_SCRIPTS = {
    "latin": re.compile("[a-z\u00df-\u024f\u1e00-\u1eff]"), "greek": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
    "cyrillic": re.compile("[\u0400-\u04ff]"), "armenian": re.compile("[\u0530-\u058f]"),
    "hebrew": re.compile("[\u0590-\u05ff]"), "arabic": re.compile("[\u0600-\u06ff]"),
    "devanagari": re.compile("[\u0900-\u097f]"), "tamil": re.compile("[\u0b80-\u0bff]"),
}  # fmt: skip
# The stemmer of each language, by its two-letter code.
_STEMMERS = {
    "latin": "ca catalan, cs czech, da danish, de german, en english, eo esperanto, es spanish, et estonian,"
    "eu basque, fi finnish, fr french, ga irish, hu hungarian, id indonesian, it italian, lt lithuanian, nb norwegian,"
    "nl dutch, nn norwegian, no norwegian, pl polish, pt portuguese, ro romanian, st sesotho, sv swedish, tr turkish,"
    "bs serbian, hr serbian, sh serbian, sr serbian",
    "greek": "el greek", "cyrillic": "ru russian, sr serbian", "armenian": "hy armenian", "hebrew": "yi yiddish",
    "arabic": "ar arabic, fa persian", "devanagari": "hi hindi, ne nepali", "tamil": "ta tamil",
}  # fmt: skip
_NAMES = {
    (script, pair.split()[0]): pair.split()[1] for script, pairs in _STEMMERS.items() for pair in pairs.split(",")
}
_ONLY_ONE = {"greek": "el", "armenian": "hy", "tamil": "ta"}  # what a script is taken for, whatever is stated
_AND_THE = re.compile("^[وف](?=ال|لل)")  # Arabic for "and" and "so", before the article, which the stemmer takes off
_SPELLED = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"}
_SPELLING = frozenset(("da", "de", "nb", "nn", "no", "sv"))
_STEM = "\ue010"  # before stems, so that those of one language are neither words nor stems of another
MAX_FORMS = 16
_SHORT, _LONG = 3, 40  # letters: what is shorter has no endings, what is longer is no word

_HYPHENED = re.compile(r"(?<![\w-])[^\W_]+(?:[-\u2010][^\W_]+)+(?![\w-])")
# What such a word holds at least. A pattern that begins with one character is searched for fastest.
_HYPHEN, _DOTS = re.compile(r"-\S*"), re.compile(r"\.[^\W\d_]\.[^\W\d_]\.")
_HYPHEN_OR_DOTS = re.compile(rf"(?:-|{_DOTS.pattern})\S*")
_DOTTED = re.compile(r"(?<![\w.])(?:[^\W\d_]\.){3,}")


def main_language(language: str | None) -> str:
    """Return the two or three letters of a language, without region and script; "" for none."""
    return (language or "").partition("-")[0].partition("_")[0].lower()


def forms_of_text(prepared: str, words: Iterable[str], language: str) -> list[str]:
    """Return the other forms of all words of a prepared text, each once; `words` are its `spaced_words`."""
    words = list(dict.fromkeys(words))
    spellings = (form for word in words if not word.isascii() for form in _spellings(word, language))
    return list(dict.fromkeys([*_stems(words, language), *spellings, *_joined(prepared)]))


@lru_cache(1 << 12)
def forms_of(word: str, language: str) -> tuple[str, ...]:
    """Return the stem of one word in a language, marked as one, and other ways to write the word, folded."""
    return (*_stems([word], language), *_spellings(word, language))


def _spellings(word: str, language: str) -> list[str]:
    """Return other ways to write a word of a prepared text, folded: without signs at its end, ae for ä."""
    if word.isascii():
        return []
    folded = "".join(fold(word))
    ways = [without_signs(folded)]
    if language in _SPELLING:
        ways.append("".join(fold("".join(_SPELLED.get(letter, letter) for letter in word))))
    return [way for way in ways if way and way != folded]


def forms_asked_for(typed: str, languages: Iterable[str]) -> list[str]:
    """Return the other forms under which to look for what was typed, in any of the languages, the first ones first."""
    prepared = prepare(typed)
    found, folded = spaced_words(prepared), fold(prepared)
    if len(found) != 1 or len(folded) != 1 or found[0] != without_signs(found[0]):
        return list(dict.fromkeys(_joined(prepared)))
    spellings = dict.fromkeys((found[0], folded[0]))  # a stemmer may know the word with or without its accents
    forms = dict.fromkeys(form for language in languages for word in spellings for form in forms_of(word, language))
    return list(forms)[:MAX_FORMS]


def _stems(words: Iterable[str], language: str) -> list[str]:
    """Return the stems of words of a prepared text, folded and marked with their stemmer, one stemmer's together.

    Words that are too short or too long, or of a script or language without a stemmer, have none.
    """
    by_stemmer = defaultdict[str, list[str]](list)
    for word in words:
        if _SHORT <= len(word) <= _LONG:
            by_stemmer[_stemmer_of(word[0], language)].append(word)
    by_stemmer.pop("", None)
    if of_arabic := by_stemmer.get("arabic"):
        by_stemmer["arabic"] = [_AND_THE.sub("", word) for word in of_arabic]
    found = []
    for name, stemmed in by_stemmer.items():
        mark = _STEM + name[:3]
        # A stemmer keeps the word that it works on, and so belongs to one thread; it is made at once.
        stems = Stemmer(name, 0).stemWords(stemmed)
        found += [mark + stem for stem in (stems if all(map(str.isascii, stems)) else _folded(stems))]
    return found


def _folded(stems: list[str]) -> list[str]:
    """Return stems folded: at once, where each is one word then, which takes a tenth of the time."""
    text = prepare("\n".join(stems))
    found, folded = words_and_folded(text)
    words = folded.split(" ")
    is_one_each = found == text.split("\n") and len(words) == len(stems)
    return words if is_one_each else ["".join(fold(prepare(stem))) for stem in stems]


@lru_cache(1 << 12)
def _stemmer_of(letter: str, language: str) -> str:
    """Return the name of the stemmer for words in a language that begin with a letter; "" if there is none."""
    script = next((name for name, letters in _SCRIPTS.items() if letters.match(letter)), "")
    return _NAMES.get((script, _ONLY_ONE.get(script, language)), "")


def core(form: str) -> str:
    """Return a stem without its mark; "" for what is no stem."""
    return form[len(_STEM) + 3 :] if form.startswith(_STEM) else ""


def _joined(prepared: str) -> list[str]:
    """Return the words with hyphens or dots in a prepared text as one each: covid19 for covid-19, usa for u.s.a."""
    joined = []
    for piece in _pieces(prepared):
        for found in [*_HYPHENED.findall(piece), *_DOTTED.findall(piece)]:
            word = "".join(spaced_words(found))
            if not word.isdecimal():
                joined.append(word if word.isascii() else "".join(fold(word)))
    return joined


def _pieces(prepared: str) -> Iterator[str]:
    """Yield what stands between white space and may be such a word."""
    end = 0
    held = _HYPHEN_OR_DOTS if _DOTS.search(prepared) else _HYPHEN
    for found in held.finditer(prepared.replace("\u2010", "-")):
        begin = found.start()
        while begin > end and not prepared[begin - 1].isspace():
            begin -= 1
        end = found.end()
        yield prepared[begin:end]
