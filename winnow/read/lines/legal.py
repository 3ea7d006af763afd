# ruff: noqa: E501
"""Leave out what consent platforms, cookie notices and terms of credit say below or above an article."""

from __future__ import annotations

import re

import numpy as np

from winnow.read.lines.steps import Judged
from winnow.read.lines.views import Bools

SURE = 0.85  # probability from which a line that speaks of consent or credit shows that the article is about it
BETWEEN = 3  # lines between two such lines, which go with them
FINE_PRINT = 10  # words of a line of terms of credit, at least; a shorter one is a fact
SAYS = 3  # such lines close together, one at least in a platform's own words, from which the platform speaks
# Whatever the three patterns below match has one of these in it: a search for words costs less than one by patterns.
_HINT = (
    "cookie|ciastecz|куки|evästei|sütik|çerez|kakor|informasjonskapsler|クッキー|to select |create a p|measure |"
    "market research|audiences|device|geolocation|and combine|forms of storage|vendor|consent|privacy|"
    "technologies|interes|interés|intérêt|intresse|belang|zájm|érdek|menfaat|законн|利益|gerät|reduzierter|profil|"
    "perfil|messung|rechtsgrundlage|stocker|mesurer|dispositiv|medir |archiviare|armazenar|misurare|apparaat|"
    "advertentie|przechowyw|pomiar|устройств|/eller |apr|representative|subject to|credit|crédit|"
    "annual percentage|financ|jahreszins|beispiel|sollzins|bonität|tae|approvazione|rrso|geld lenen|acceptation"
)
HINTS = tuple(_HINT.split("|"))

# What consent platforms say of purposes and vendors, in the words of their common framework, is never an article's.
PLATFORM = re.compile(
    r"\bstore and/or access information on a device|\b(?:use|select) (?:limited data|profiles) to select (?:personalised |personalized |basic )?(?:advertising|content|ads)|"
    r"\bcreate (?:profiles for|a) personali[sz]ed (?:advertising|ads|content)|\bmeasure (?:advertising|content|ad) performance\b|\bapply market research to generate|"
    r"\bunderstand audiences through statistics|\bactively scan device characteristics|\buse precise geolocation data|\bmatch and combine (?:data from other|offline data)|"
    r"\bcookie (?:duration|lifespan|maximum age)\b|\buses? other forms of storage|\bpurposes? \((?:consent|legitimate interest)|\blegitimate interest purposes|\bview vendor details|\bvendors? (?:list|preferences)\b|"
    r"\binformationen auf einem (?:end)?gerät speichern|\bverwendung reduzierter daten zur auswahl|\berstellung von profilen für personalisierte|\bmessung der (?:werbeleistung|performance von)|\bendgeräteeigenschaften zur identifikation|"
    r"\bstocker et/ou accéder à des informations|\b(?:créer|utiliser) des profils (?:pour|de contenus)|\bmesurer la performance des (?:publicités|contenus)|"
    r"\balmacenar (?:la )?información en un dispositivo|\bcrear (?:un )?perfil(?:es)? (?:publicitario|para)|\bmedir el rendimiento (?:de la publicidad|del contenido)|"
    r"\barchiviare (?:e/o accedere a )?informazioni su|\bcreare profili per|\bmisurare le prestazioni|\barmazenar e/ou aceder a informações|\bmedir o desempenho (?:dos anúncios|do conteúdo)|"
    r"\binformatie op een apparaat opslaan|\badvertentieprestaties meten|\bprzechowywanie informacji na urządzeniu|\btworzenie profili (?:w celu|do)|\bpomiar (?:wydajności|efektywności) (?:reklam|treści)|"
    r"\bхранение информации на устройстве|\bopbevar(?:e)? og/eller tilgå oplysninger|\blagra och/eller få åtkomst"
)
NOTICE = re.compile(
    r"\b(?:(?:we|our (?:web ?)?sites?|this (?:web ?)?site|our partners)\b.{0,60}\b(?:use|uses|using|set|store)\b.{0,40}\bcookies|these (?:cookies|(?:tracking )?technologies)\b.{0,60}\b(?:allow|may|enable|are|help|collect|track|do not)|"
    r"cookies (?:are small|collect information)|cookies,? (?:and|or|device or) (?:other|similar)|legitimate interest|(?:manage|change|your) (?:cookie|consent|privacy) (?:preferences|settings)|"
    r"wir (?:und unsere partner )?(?:verwenden|nutzen|setzen)\b.{0,60}\bcookies|diese (?:web)?seite (?:verwendet|nutzt)\b.{0,30}cookies|cookies und (?:andere|ähnliche)|berechtigte[sn]? interesse|rechtsgrundlage\b.{0,60}\bdaten|"
    r"(?:nous|ce site|notre site)\b.{0,50}\butilis.{0,40}cookies|cookies et (?:autres|technologies)|intérêt légitime|ces cookies\b|"
    r"(?:utilizamos|usamos|este sitio|esta web|este site)\b.{0,50}cookies|cookies y (?:otr|tecnolog)|interés legítimo|estas cookies\b|cookies e outr|interesse legítimo|estes cookies\b|"
    r"(?:utilizziamo|usiamo|questo sito)\b.{0,50}cookie|cookie e altr|(?:legittimo interesse|interesse legittimo)|questi cookie\b|"
    r"(?:wij|we) gebruiken\b.{0,40}cookies|cookies en (?:andere|vergelijkbare)|gerechtvaardigd belang|deze cookies\b|"
    r"(?:używamy|korzystamy|wykorzystujemy)\b.{0,50}(?:cookie|ciastecz)|pliki cookie i\b|uzasadnion\w+ interes|vi (?:använder|bruger|bruker)\b.{0,40}(?:cookies|informasjonskapsler|kakor)|berättigat intresse|legitim interesse|"
    r"používáme\b.{0,40}cookies|oprávněn\w+ zájm|käytämme\b.{0,30}evästei|sütiket használ|jogos érdek)|"
    r"(?:мы используем|сайт использует).{0,50}(?:cookie|куки)|законн\w+ интерес|çerez(?:ler)?i? kullan|meşru menfaat|"
    r"cookieを使用|使用.{0,8}cookie|クッキーを使用|正当な利益|合法利益"
)
TERMS = re.compile(
    r"\b(?:apr\b.{0,40}\b(?:representative|variable|fixed)|representative (?:example:|apr)|subject to (?:credit|status)\b.{0,20}(?:approval|check|status)?|credit is (?:provided|subject)|credit broker,? (?:and )?not (?:a|the) lender|"
    r"annual percentage rate\b.{0,60}\d|financing (?:is )?available (?:to|for) qualified|effektive[rn]? jahreszins|repräsentatives beispiel|gebundener sollzins|bonität vorausgesetzt|taeg (?:fixe|fisso|\d)|un crédit vous engage|tae:? ?\d|tan \d.{0,40}\btaeg|"
    r"financiación sujeta a|salvo approvazione|rrso\b|geld lenen kost geld|sous réserve d['’]acceptation)|"
    r"\d\s?% (?:p\.a\. )?apr\b"
)


def drop_legal(judged: Judged, chosen: Bools) -> Bools:
    """Return the choice without texts of consent platforms, cookie notices and terms of credit.

    An article about such things has lines that the model is sure of; where one of these speaks of them, all stay, but
    for passages in which a platform speaks.
    """
    spoken = np.logical_or(*_spoken(judged, chosen))
    if not spoken.any():
        return chosen
    is_near = np.convolve(spoken, np.ones(2 * BETWEEN + 3))[BETWEEN + 1 : len(chosen) + BETWEEN + 1] > 0
    platform, said = _spoken(judged, chosen | is_near)
    spoken = platform | said
    at = np.flatnonzero(spoken)
    passages = np.split(at, np.flatnonzero(np.diff(at) > BETWEEN + 1) + 1)
    is_subject = bool((spoken & (judged.probability > SURE)).any())
    dropped = np.zeros_like(chosen)
    for lines in passages:
        if not is_subject or (len(lines) >= SAYS and platform[lines].any()):
            between = np.arange(lines[0], lines[-1] + 1)
            dropped[lines] = True
            dropped[between] |= judged.probability[between] <= SURE
    return chosen & ~dropped


def _spoken(judged: Judged, lines: Bools) -> tuple[Bools, Bools]:
    """Return which of some lines are in a platform's words, and which others speak of consent or credit."""
    platform, said = np.zeros_like(lines), np.zeros_like(lines)
    texts = [(i, judged.page.lines[i].text.lower()) for i in np.flatnonzero(lines).tolist()]
    whole = "\n".join(text for _, text in texts)
    hints = [hint for hint in HINTS if hint in whole]
    for i, text in texts:
        if any(map(text.__contains__, hints)):
            platform[i] = PLATFORM.search(text) is not None
            terms = judged.page.words[i] >= FINE_PRINT and TERMS.search(text)
            said[i] = not platform[i] and bool(terms or NOTICE.search(text))
    return platform, said
