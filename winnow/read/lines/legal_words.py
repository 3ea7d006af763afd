# ruff: noqa: E501
"""What consent platforms, cookie notices, terms of credit and the logs of a page's widgets say, in lower case."""

from __future__ import annotations

import re

from winnow.text import HAN

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
    r"\b(?:ensure security, prevent and detect fraud|save and communicate privacy choices|deliver and present advertising and content|identify devices based on information transmitted)|"
    r"\b(?:develop and improve services|entwicklung und verbesserung der angebote|développer et améliorer les services)\W*$|\b(?:advertising|content) presented to you on this service|\binformation about your activity on this service|\b(?:our|unsere|nos|nuestros|nostri|onze|nossos|våra|vores|våre) \d[\d.,]* (?:partner|partenaires|socios|parceiros).{0,80}\b(?:store|access|process|speicher|verarbeit|stock|accéd|almacen|acced|archivi|opsla|slaan|armazen|lagr|opbevar)|"
    r"\bgewährleistung der sicherheit, verhinderung und aufdeckung|\bverwendung von profilen zur auswahl|\b(?:auf|von) ihrem (?:end)?gerät speichern|"
    r"\bassurer la sécurité, prévenir et détecter la fraude|\bgarantizar la seguridad, evitar y detectar fraudes|\buso de perfiles para la selección|"
    r"\bgarantire la sicurezza, prevenire e rilevare|\bgarantir a segurança, prevenir e detetar|\bnasi partnerzy przechowujemy|\bcookie-laufzeit|\bdurée de vie des cookies|\bspeicherdetails anzeigen|"
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
    r"(?:by clicking|mit (?:einem )?klick auf|en cliquant sur|al hacer clic en|cliccando su|ao clicar em|door te klikken op|klikając|kliknutím na)\b.{0,120}cookie|"
    r"withdraw your consent at any time|ihre einwilligung jederzeit widerrufen|retirer votre consentement à tout moment|retirar su consentimiento en cualquier momento|"
    r"používáme\b.{0,40}cookies|oprávněn\w+ zájm|käytämme\b.{0,30}evästei|sütiket használ|jogos érdek)|"
    r"(?:мы используем|сайт использует|нажимая).{0,80}(?:cookie|куки)|законн\w+ интерес|çerez(?:ler)?i? kullan|meşru menfaat|"
    r"cookieを使用|使用.{0,8}cookie|クッキーを使用|正当な利益|合法利益"
)
TERMS = re.compile(
    r"\b(?:apr\b.{0,40}\b(?:representative|variable|fixed)|representative (?:example:|apr)|subject to (?:credit|status)\b.{0,20}(?:approval|check|status)?|credit is (?:provided|subject)|finance is subject to (?:application|status|approval)|broker and not a lender|credit broker,? (?:and )?not (?:a|the) lender|"
    r"annual percentage rate\b.{0,60}\d|financing (?:is )?available (?:to|for) qualified|effektive[rn]? jahreszins|repräsentatives beispiel|gebundener sollzins|bonität vorausgesetzt|taeg (?:fixe|fisso|\d)|un crédit vous engage|tae:? ?\d|tan \d.{0,40}\btaeg|"
    r"financiación sujeta a|salvo approvazione|rrso\b|geld lenen kost geld|sous réserve d['’]acceptation)|"
    r"\d\s?% (?:p\.a\. )?apr\b"
)
# What a page's own scripts say of its parts, where they could not be shown.
_PART = "widgets?|players?|videos?|comments|kommentare|commentaires|comentarios|commenti|adverts?|advertisements?"
LOG = re.compile(
    rf"^(?:error |fehler )?(?:loading|beim laden)\b.{{0,20}}\b(?:{_PART})\b.{{0,60}}(?:\.{{3}}|…|:)|^.{{0,30}}\b(?:{_PART})\b.{{0,20}}\b(?:failed to load|could ?n[o'’]t be loaded|konnten? nicht geladen werden|"
    rf"n['’](?:a|ont) pas pu être chargée?s?|no se (?:ha|han)? ?pud(?:o|ieron|ido) cargar|non è stato possibile caricare)(?:[.!…:(]|$)|\b(?:disable|turn off) (?:your|any) ad-? ?blocker|\bad-?blocker (?:bitte )?deaktivieren|"
    rf"^(?:\[?\d\d?:\d\d:\d\d[^\]]{{0,12}}\]?|\[?(?:debug|info|warn(?:ing)?|error|trace)\]?:?) .{{0,40}}(?:widget|bidder|adunit|prebid|ad slot)"
)

# Whatever a pattern matches has one of its hints in it: a search for words costs less than one by patterns.
_HINTS = {
    "PLATFORM": (
        "and/or access|to select |personali|measure |market research|audiences through|actively scan|geolocation|and combine|"
        "cookie|other forms of storage|purpose (|purposes (|interest purposes|vendor|gerät speichern|reduzierter|profilen|"
        "messung der|endgeräteeigenschaften|stocker et/ou|des profils|mesurer la|dispositivo|perfil|medir el|archiviare|"
        "creare profili|misurare le|armazenar|medir o|apparaat|advertentieprestaties|przechowywanie|tworzenie profili|"
        "pomiar |detect fraud|privacy choices|deliver and present|identify devices|improve services|verbesserung der|"
        "améliorer les|presented to you|your activity|partner|partenaires|socios|parceiros|gewährleistung der|"
        "assurer la sécurité|garantizar la|garantire la|garantir a|speicherdetails|хранение|og/eller|och/eller"
    ),
    "NOTICE": (
        "cookie|these technologies|these tracking|legitimate interest|interesse|consent |privacy |rechtsgrundlage|"
        "intérêt légitime|interés legítimo|gerechtvaardigd|uzasadnion|ciastecz|berättigat|informasjonskapsler|kakor|"
        "einwilligung|consentement|consentimiento|oprávněn|evästei|sütiket|jogos érdek|куки|законн|çerez|menfaat|"
        "クッキー|正当な利益|合法利益"
    ),
    "TERMS": (
        "apr|representative|subject to|credit is|broker|annual percentage|financing|jahreszins|repräsentatives|sollzins|"
        "bonität|tae|crédit vous|financiación sujeta|salvo approvazione|rrso|geld lenen|sous réserve"
    ),
    "LOG": (
        "loading|beim laden|to load|be loaded|nicht geladen|être chargé|cargar|caricare|blocker|widget|bidder|adunit|prebid|"
        "ad slot"
    ),
}
HINTS = {name: tuple(hints.split("|")) for name, hints in _HINTS.items()}
# What stands in one token wherever a hint stands: its longest word, of scripts whose words are cut anywhere one character.
_KEY = re.compile(rf"[{HAN}](?![{HAN}])|[^\W\d_{HAN}]+")
KEYS = {hint: max(_KEY.findall(hint), key=len) for hints in HINTS.values() for hint in hints}
_BY_BEGINNING: dict[str, list[str]] = {}
for _key in KEYS.values():
    _BY_BEGINNING.setdefault(_key[:3], []).append(_key)
_CHARACTERS = frozenset(key for key in KEYS.values() if len(key) == 1)


def may_speak(token: str) -> bool:
    """Return whether a hint may stand where a token, in lower case, stands."""
    places = range(len(token) - 2)
    found = any(token.startswith(key, at) for at in places for key in _BY_BEGINNING.get(token[at : at + 3], ()))
    return found or not _CHARACTERS.isdisjoint(token)


def hints_among(words: str, name: str) -> list[str]:
    """Return the hints at the pattern of a name that may stand where some words, in lower case, stand."""
    return [hint for hint in HINTS[name] if KEYS[hint] in words]
