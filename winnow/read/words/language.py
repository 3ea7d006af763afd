"""The language of running text, told by its commonest small words or by its script; no answer rather than a guess."""

from __future__ import annotations

import re
from collections import Counter

from winnow.read import words

# Articles, pronouns, prepositions and forms of `to be`: a third of any prose. A language with a script of its own needs
# no such list.
_SMALL_WORDS = {code: file["small"].split() for code, file in words.languages().items() if "small" in file}
_LANGUAGES: dict[str, list[str]] = {}  # codes of the languages of each small word
for _code, _words in _SMALL_WORDS.items():
    for _word in set(_words):
        _LANGUAGES.setdefault(_word, []).append(_code)
SMALL_WORDS = frozenset(_LANGUAGES)
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("yi", re.compile("[\u05f0-\u05f2]|\u05d0[\u05b7\u05b8]")),  # letters that only Yiddish has
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("th", re.compile("[\u0e01-\u0e5b]")),
)
_SHARES = {"ja": 0.1, "yi": 0.02}  # of such letters among all, where it is not 0.3
_ANY_SCRIPT = re.compile("[\u0370-\u03ff\u05d0-\u05ea\u0e01-\u0e5b\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 3_000  # characters
_ENOUGH = 20  # words; of fewer, no shares are taken
SHARE = 0.12  # least share of the small words of a language among all words
SAME = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "fil": "tl"}  # other codes for one language
LEAD = 1.3  # least count of small words, over that of the next language


def language_of(text: str, share: float = SHARE, lead: float = LEAD) -> str | None:
    """Return the two-letter code of a text's language (ISO 639-1), None where the text is short or unclear.

    The first `_SAMPLE` characters are looked at. `share` of all words at least are small words of the language, which
    are `lead` times as many as those of any other.
    """
    text = text[:_SAMPLE].lower()
    if _ANY_SCRIPT.search(text):
        letters = sum(map(str.isalpha, text)) or 1
        for code, script in _SCRIPTS:
            if len(script.findall(text)) > _SHARES.get(code, 0.3) * letters:
                return code
    told = Counter(_WORD.findall(text))
    total = told.total()
    if total < _ENOUGH:
        return None
    small = _small_words(told)
    (best, code), (second, _) = sorted(((count, code) for code, count in small.items()), reverse=True)[:2]
    return code if best >= share * total and best >= lead * second else None


def _small_words(told: Counter[str]) -> dict[str, int]:
    """Return how many small words of each language are among some words."""
    small = dict.fromkeys(_SMALL_WORDS, 0)
    for word in told.keys() & _LANGUAGES.keys():
        for code in _LANGUAGES[word]:
            small[code] += told[word]
    return small
