"""Tell the language of running text by its commonest small words, or by its script; rather nothing than a guess."""

from __future__ import annotations

import re
from collections import Counter

# Articles, pronouns, prepositions and forms of `to be`: a third of any prose, and short enough to be kept by heart.
_SMALL_WORDS = {
    "en": "the of and to in is that it for was on are as with his they at be this have from or had by but what were we",
    "de": "der die und das den von ist des mit sich dem ein nicht eine auf für im auch es als an werden aus wird sind",
    "fr": "le la les de des et en un une du est dans que pour qui sur au pas par plus ne se avec ce sont il aux ont",
    "es": "el la los las de que y en un una del se por con para es como más su al lo pero fue este ha sus no está",
    "it": "il la di che e è un una per in del della con non sono le si dei da gli al nel come più ha alla anche i",
    "pt": "o a os as de que e do da em um uma para com não se por mais dos no na é foi ao como das são também pelo",
    "nl": "de het een van en in is dat op te met voor zijn niet aan er om ook als bij door maar naar heeft uit wordt",
    "pl": "w i na z się do nie jest że to o jak po od przez za który są ale dla oraz co już tym był przy może jego",
    "cs": "a v se na je že s z do o to i jako za by ale pro od po jsou který podle však které byl už při také nebo",
    "sv": "och i att det som en på är av för med den till inte om har de ett var jag men från vi så kan man när ska",
    "da": "og i at det som en på er af for med den til ikke om har de et var jeg men fra vi så kan man når blev også",
    "no": "og i å det som en på er av for med den til ikke om har de et var jeg men fra vi så kan man når ble også",
    "fi": "ja on ei että se oli hän mutta myös ovat kun kuin joka tai niin ole sen mukaan jo vain nyt sekä ollut hänen",
    "tr": "ve bir bu için de da ile çok olarak daha olan gibi ne en kadar ama var sonra göre değil olduğu her o ise",
    "ro": "și de în a la pe cu care este să din nu o un mai pentru că sunt au fost ca prin se ale după iar dar lui",
    "hu": "a az és hogy nem is egy ez meg volt csak már de el mint ki ha még lesz azt vagy után lehet szerint kell",
    "ru": "и в не на что с он как по это из у за от к но для его же был так мы то они все или уже при было",
    "uk": "і в не на що з він як до це у за від та але для його же був так ми то вони всі або вже при було є",
}
_LANGUAGES: dict[str, list[str]] = {}  # of each small word
for _code, _words in _SMALL_WORDS.items():
    for _word in set(_words.split()):
        _LANGUAGES.setdefault(_word, []).append(_code)
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("th", re.compile("[\u0e01-\u0e5b]")),
)
_ANY_SCRIPT = re.compile("[\u0370-\u03ff\u05d0-\u05ea\u0e01-\u0e5b\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 3_000  # characters
_ENOUGH = 20  # words of which small ones can be counted
_SHARE, _LEAD = 0.12, 1.3  # of all words, and over the next language


def language_of(text: str) -> str | None:
    """Return the two-letter code of the language that a text is written in, None when it is short or unclear."""
    text = text[:_SAMPLE].lower()
    if _ANY_SCRIPT.search(text):
        letters = sum(map(str.isalpha, text)) or 1
        for code, script in _SCRIPTS:
            if len(script.findall(text)) > (0.1 if code == "ja" else 0.3) * letters:
                return code
    words = Counter(_WORD.findall(text))
    total = words.total()
    if total < _ENOUGH:
        return None
    small = dict.fromkeys(_SMALL_WORDS, 0)
    for word in words.keys() & _LANGUAGES.keys():
        for code in _LANGUAGES[word]:
            small[code] += words[word]
    (best, code), (second, _) = sorted(((count, code) for code, count in small.items()), reverse=True)[:2]
    return code if best >= _SHARE * total and best >= _LEAD * second else None
