"""The language of a text, as the database states it: the text's own words decide, where they are enough.

py3langid, a naive Bayes model of byte sequences, tells 140 languages (https://github.com/adbar/py3langid); its model
is large, and slow to load. So texts whose small words settle it are never shown to it: those of languages that share
theirs with no other. Fewer small words settle it where the page says the same.
"""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from winnow.read.words.language import SAME, language_of
from winnow.text import ONE_UNSPACED

ENOUGH = 20  # words of a text whose language is told
_SURE = 0.5  # probability, below which a text's language is not told: lists of names, tables, code
_LEAST = 60  # words of a text whose language is believed against what the page states, where only the model tells it
_SAMPLE = 1_000  # characters that the model is shown
# Share of a language's small words in a text, and how many times as many they are as those of the next one, that settle
# it, where the page states no such language and where it does; of the languages whose small words are also those of
# kindred ones nothing is settled so.
_UNSTATED, _STATED = (0.2, 2.0), (0.15, 1.5)
_OWN_WORDS = frozenset({"en", "de", "fr", "it", "pl", "hu", "el", "he", "ja", "ko", "th"})
_UNKNOWN = frozenset({"yi"})  # languages that py3langid does not know
_KINDRED = ({"hr", "sr", "bs", "sh", "me"}, {"id", "ms"})  # no text of a few lines tells these apart
_WORD = re.compile(r"[^\W\d_]+")


def settled_language(text: str, stated: str | None = None) -> str | None:
    """Return the language of a text: its own, or the stated one where the text is short or does not contradict it.

    The code is the primary subtag of BCP 47, with one code for all forms of Norwegian (`no`). None stands for a text
    that is too short, or that is no running text of one language.
    """
    stated = SAME.get(stated, stated) if stated else None
    quick = language_of(text, *(_STATED if stated in _OWN_WORDS else _UNSTATED))
    if quick in _UNKNOWN or (quick in _OWN_WORDS and stated in (None, quick)):
        return quick
    words = count_words(text)
    told, chance = _identified(text[:_SAMPLE]) if words >= ENOUGH else (None, 0.0)
    if told is None or chance < _SURE:
        return stated or language_of(text)
    is_untold = any({told, stated} <= kin for kin in _KINDRED) or stated not in _tellable()
    return stated if stated and told != quick and (is_untold or words < _LEAST) else told


def count_words(text: str) -> float:
    """Return the words at the beginning of a text, two characters of a script without spaces as one."""
    sample = text[: 4 * _SAMPLE]
    return len(ONE_UNSPACED.findall(sample)) / 2 + len(_WORD.findall(ONE_UNSPACED.sub(" ", sample)))


def _identified(text: str) -> tuple[str, float]:
    """Return the likeliest language of a text and its probability."""
    code, chance = _identifier().classify(text)
    return SAME.get(code, code), chance


@cache
def _tellable() -> frozenset[str]:
    """Return the languages that py3langid knows: what it says of a text in another one is no reason against it."""
    return frozenset(SAME.get(code, code) for code in _identifier().labels)


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
