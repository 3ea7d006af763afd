"""Read personal names from bylines and author fields."""

from __future__ import annotations

import re
from functools import lru_cache

from winnow.read import words
from winnow.read.metadata.agencies import AGENCIES, agency_at_end
from winnow.read.metadata.institutions import is_institution
from winnow.read.metadata.values import clean_text, word_set
from winnow.read.words.dates import find_dates
from winnow.read.words.locale import Locale
from winnow.read.words.names_east_asian import AROUND_HAN, HAN, NOT_HAN, reporter

_BY_WORDS = (
    r"(?:guest\s+)?(?:(?:article|story|text|words|post|report|recipe|guide|content|news|opinion|analysis|column|interview|blog)\s+)?"
    r"(?:(?:written|posted|published|authored|created|contributed|compiled|submitted|reported|prepared|added)\s+)?by"
)
_AND = rf"(?:\s*[&+/,]\s*|\s+(?:{words.pattern('and')})\s+)"
# `Text & Fotos:`, `Story and photos by`: who wrote is named with who took the pictures.
_TEXT_AND = (
    rf"(?:text|texte|texto|testo|tekst|teksti|story|words|report)(?:{_AND}[^\W\d_]+)?"
    r"(?:\s+(?:by|von|av|af|de|di|par)\s|\s*:)"
)
# A word for a text begins other lines as well (`Text Editor`), and needs a mark.
BY = re.compile(
    rf"(?:\(\d{{1,3}}\)\s)?(?:{_TEXT_AND}\s*|(?:{words.pattern('text')})\s*[:：՝៖/／|・＝]\s*"
    rf"|(?:{_BY_WORDS}|{words.pattern('by', 'author')})"
    r"(?:\(\w+\)|[/*:_·.](?-i:in|innen|e|es|rice|a|as)\b)?"  # `Autor/in`, `Autor*innen`, `auteur·rice`
    r"\s*(?:[:：՝៖／・＝]|\s)\s*)",
    re.IGNORECASE,
)
# `by` in any language after a date or a time of day.
BY_AFTER_DATE = re.compile(rf"(?:\d{{4}}|\d\d[:.]\d\d(?:\s+Uhr)?)\W+(?i:{words.pattern('by')})\s*:?\s+(?=[^\W\d_a-z])")
# Where `by` may stand inside a line a capital must follow it.
BY_INSIDE = re.compile(r"(?<!\w)(?:[Ww]ritten |[Pp]osted |[Pp]ublished )?(?:[Bb]y|BY)\s*:?\s+(?=[^\W\d_a-z])")
# Inside a line a word for an author leads to a name only with a colon: `来源：… 作者：…`.
_AUTHOR_INSIDE = re.compile(rf"[\s|·•/](?:{words.pattern('author')})\s*[:：]\s*", re.IGNORECASE)
# What somebody did who did not write (`Used by`), but the words for writing.
_DEED = re.compile(
    r"(?<!\w)(?!(?:posted|published|authored|created|contributed|compiled|submitted|reported|prepared|added)\b)\w+ed\s+$",
    re.IGNORECASE,
)
# What boxes about the author are headed with, below the text.
ABOUT = (
    "about the author", "meet the author", "über den autor", "über die autorin", "zur autorin", "zum autor",
    "à propos de l'auteur", "à propos de l’auteur", "sobre el autor", "sobre la autora", "sobre o autor",
    "sobre a autora", "sull'autore", "over de auteur", "om författaren", "om forfatteren", "o autorovi", "o autorze",
    "об авторе", "про автора", "yazar hakkında", "tietoa kirjoittajasta", "a szerzőről",
)  # fmt: skip
BY_ALONE = re.compile(
    rf"(?:{_BY_WORDS}|{words.pattern('by')}|written|the author|{'|'.join(ABOUT)}"
    rf"|{words.pattern('author')})"
    r"(?:\s*\(\w+\))?\s*[:：]?",
    re.IGNORECASE,
)
# `by` at the end of what stands before a name.
ENDS_WITH_BY = re.compile(
    rf"(?<!\w)(?:{_BY_WORDS}|{words.pattern('by', 'author', 'text')})\s*[:：]?\s*$", re.IGNORECASE
)
_FIGURE = re.compile(r"\d")  # of a day
_IN_SENTENCE = 10  # words before a `by` that stands in a sentence, at least
_ALONE = 60  # characters of a line that ends with such a word, behind a day, at most
# Far from the headline each word is looked for in all of the page's text: those that have shown that it pays.
_FAR_AUTHORS = [word for code in ("en", "de", "fr", "ru", "zh") for word in words.of("author", code) if len(word) > 1]
BY_FAR = re.compile(
    r"(?:(?:this )?(?:article|post|story|text) (?:was )?)?(?:written|posted|authored) by\s*:?\s+"
    rf"|(?:text|words|story) by\s*:?\s+|(?:{'|'.join(ABOUT)})\s*:?\s+"
    rf"|(?:{'|'.join(_FAR_AUTHORS)})\s*(?::\s+|：\s*)",
    re.IGNORECASE,
)
# Every match of BY_FAR has one of these in it, or is one of ABOUT in a line of its own.
BY_FAR_PHRASES = (
    "ten by", "ted by", "red by", "text by", "words by", "story by", "about the author",
    *(word + colon for word in _FAR_AUTHORS for colon in (":", " :", "：")),
)  # fmt: skip
# People around an article who did not write it.
NOT_BY = re.compile(
    r"(?:\w+\s+)?(?:reviewed|fact[- ]checked|checked|edited|photos?|photograph(?:s|y|ed)?|images?|illustrat(?:ed|ions?)"
    r"|translated|narrated|presented|powered|generated|sponsored|brought|approved|verified|updated|expert review"
    r"|fotos?|fotograf[ií]as?|photographies?|bild(?:er)?|kuvat?|фото|übersetz\w*|traduc\w+"
    r"|geprüft|überprüft|lektoriert|relu|vérifié|revisado|revisto|controllato|granskad|gecontroleerd)\b"
    r"|[\[(【（]?\s?(?:责任|責任|执行|執行|本文|网络|值班)?(?:编辑|編輯|责编|責編|校对|校對|审核|審核|监制|監製)\s?[:：/]",
    re.IGNORECASE,
)
LEADING_DATE = re.compile(
    r"\W*(?:[^\W\d_]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{1,2}\.?\s+[^\W\d_]{3,9}\.?,?\s+\d{4}"
    r"|\d{4}[/.-]\d{1,2}[/.-]\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-](?:\d\d){1,2})\W*(?=[^\W\d_])"
)
# Words for "and" that stand inside of Spanish, Catalan and Portuguese names too (`José Ortega y Gasset`).
_INNER_AND = r"(?![yie]\s+[^\W\d_][\w'’-]*\s*(?:[,;&]|$))"
_AND_IN_CAPITALS = "|".join(word.upper() for code in ("en", "de", "fr", "sv") for word in words.of("and", code))
_SPLIT = re.compile(rf"\s+{_INNER_AND}(?:{words.pattern('and')})\s+|\s+(?:{_AND_IN_CAPITALS})\s+|\s*[;&]\s*|\s*、\s*")
# A dot inside of a name that is written in Chinese (`约翰·史密斯`, `J·K·罗琳`), or in Katakana (`ジョン・スミス`).
_DOTTED = (
    r"(?<=[A-Z\u3400-\u9fff])[·•](?=[\u3400-\u9fff]|[A-Z]\b)"
    r"|(?<=[A-Z\u30a0-\u30fa\u30fc-\u30ff])[・·](?=[\u30a0-\u30fa])"
)
_FOLLOWS = (
    rf"(?!{_DOTTED})[|•●∙⋅·・–—/\n(\[]|\s-\s|(?<=[^\W\d_]{3})(?<!Prof)(?<!Mrs)\.\s"
    r"|\b(?:on|at|in|for|from|posted|published|updated|last|reviewed|is an?|follow|contributor)\b(?!-\w)"
    r"|\b(?:min )?read (?:all|bio|full|more|next|the|time)\b"
    r"|\b(?:fotos?|photos?|bild(?:er)?|kuvat?|фото)\s*:|\s[\u4e00-\u9fff]{1,4}[:：]"
    r"|\s(?:im gespräch|in conversation|à|aus)\s"
    rf"|\b(?:am|um|vom)\s+(?:\d|{'|'.join(form for forms in words.weekdays('de') for form in forms)})|\bstand\s*[:\d]"
    rf"|\b(?:{words.pattern('on')}|le|el|il|den|op|em|dne|dnia)\s+\d"
    r"|\b(?:il y a|hace|há|vor|منذ|قبل)\s+\d"
    rf"|\b(?:{'|'.join(form for forms in words.months('en') for form in forms)})\.?\s+\d"
)
CUT = re.compile(rf"\s*(?:{_FOLLOWS}|\d)", re.IGNORECASE)
# In a Korean name such a word is a syllable: `Kim In Sook`, not `Lee in Travel`.
_KOREAN = re.compile(
    r"(?:Ahn|Bae|Cho|Choi|Han|Hong|Hwang|Jang|Jeong|Jung|Kang|Kim|Kwon|Lee|Lim|Moon|Nam|Oh|Park|Seo|Shin|Song|Yang|Yoo|Yoon)"
    r" (?:In|On) (?:Ch|[BDGHJKMNPRSTWY])?[wy]?[aeiou]{1,2}(?:ng|[klmnpt])?(?!\w)"
)
# The one word, as accounts have it (`ada_l`, `Bo.Niemi`, `niemi2`), that all of a byline is.
_ACCOUNT = re.compile(rf"([^\W\d_][\w.-]{{1,24}}+)(?=\s*(?:{_FOLLOWS}|[,»])|\s+\d|\W*$)", re.IGNORECASE)
_DEGREE = re.compile(
    r"(?:[A-Z]\.?){2,6}(?:-[A-Z]+)?|Ph\.?\s?D\.?|Dr\.?|M\.?D\.?|Jr\.?|Sr\.?|Esq\.?|MSc|BSc|MEd|CFP®?|RDN?|PharmD|[IVX]{2,4}"
)
_DEGREE_IN_CAPITALS = re.compile(r"(?:[A-Z]\.){2,6}|PH\.?\s?D\.?|DR\.?|MD|MBA|M?SC|BSC|MPH|RN|JD|CPA|ESQ\.?")
_YOUNGER = re.compile(r"\w (?:Jr|Sr)$")
_GENERATION = re.compile(r"[A-Z]\.|[JS]r\.?|[IVX]{2,4}")  # no degrees, though they look like them
_FAMILY = re.compile(r"(?:(?:de|da|van|von|der|den|del|di|le|la) )*[^\W\d_][\w'’-]+", re.IGNORECASE)
_GIVEN = re.compile(
    r"(?:[^\W\d_][\w'’-]+(?: [^\W\d_]\.?)?|(?:[^\W\d_]\.[ -]?){1,3})(?: (?:de|da|van|von|der|den|del|di|le|la))*",
    re.IGNORECASE,
)
# What a person is called stands between the names: `Richard (Dick) Lund`, `Ada (A. B.) Niemi`.
_CALLED = re.compile(r"[^\W\d_][\w'’-]+ \((?:(?:[A-Z]\. ?){1,3}|[A-Z][^\W\d_A-Z]+)\) [A-Z][^\W\d_][\w'’-]*")
BAD = re.compile(
    r"[@<>{}=_\\#*?!\"“”%$€©:]|https?:|www\.|\.(?:com|org|net|co|edu|gov|jpe?g|png|gif|webp)\b|\d", re.IGNORECASE
)
_PARTICLES = word_set(
    "de da do dos das del della di du la las le los van von der den ter ten bin ibn al el y e i zu af av wa st. st o'"
)
TEAMS = frozenset(("group", *words.of("desk")))
# What a name may have before its capital: `az-Zahra`, `kaNdlovu`, `deGrasse`.
_PREFIXED = re.compile(r"(?i:d['’]|(?:a[dlnrstz]|ash|el)-)|[^\W\d_A-Z]{2,3}(?=[A-Z][^\W\d_])")
_ROLES = word_set(
    """writer editor author reporter journalist contributor correspondent columnist director manager founder co-founder
    ceo cto cmo coach strategist specialist consultant analyst producer professor expert marketer engineer developer
    photographer president representative columnist"""
)
_ALL_ROLES = _ROLES.union(words.of("role"))
# Words of pages that are families' names as well (`Mike Read`, `Nguyen The Anh`), where they do not come first.
_ALSO_NAMES = word_set("head home min read sales share the ver")
# Words that no personal name has: offices, roles, and the furniture of pages.
NOT_A_NAME = _ROLES | word_set(
    """about account admin administrator advertiser advisor affiliate agency all and article articles associate
    assistant authors biography blog blogger board business by categories category chief click column comment comments
    community company contact content contributors coordinator copywriter corporate corp corporation creator critic
    customer department desk digital disclosure doctor editorial editors education entry experts facebook facilitator
    feature featured follow for former freelance from
    group guide head health here home images inc institute instagram insights
    instructor intern learn leave linkedin limited llc login ltd magazine managing marketing media member menu message
    min minutes more name network news newsroom newsdesk no now of office officer official online our owner partner
    people podcast posted posts principal product profile publisher published rating ratings read recipe reply
    research researcher resources reviewed reviewer sales savings search senior services share shopping show sign
    site social software solutions sponsored staff strategy student studio subscribe super superuser support
    tags team teams tech technology the this time times title topics travel tweet twitter university unknown updated
    user video view views website webmaster writers writing written you your anonymous default wordpress wp
    executive pro key takeaways summary
    alle beiträge artikel artikelübersicht beitrag zur zum mehr profil anmelden registrieren voir tous todos todas ver
    más tutti gli articoli articles flere artikler kaikki jutut agency agencies agentur agenturen agence agences agencia
    agencias agenzia agência ajansı ügynökség агентство full bio letters to
    forum insight release stand
    rss print today tribune
    associated france-presse presse-agentur
    limited public plc gmbh ag""",
).union(TEAMS, words.of("role"), words.of("author"), words.of("text"))
MAX_NAMES = 12
_SHORT_FORM = 3  # letters of a desk's or a person's short form with a full stop (`Red.`), at most
_MAX_WORDS = 7  # of the name of an organisation
# Words of pages, and accounts that tell nobody.
_NOBODY = (
    (NOT_A_NAME - TEAMS - _ALL_ROLES)
    .union(words.of("on"), words.of("by"))
    .union(
        form for code in words.languages() for forms in (*words.months(code), *words.weekdays(code)) for form in forms
    )
)
_ADDRESS = re.compile(r"https?:|www\.|\w@\w", re.IGNORECASE)
_ICON = re.compile(r"^[^\w\s!-~‘“«„¿¡]+\s+")
_HIDDEN = re.compile(r"\[[^\]]*\]")  # what boards write for an account that is closed, trackers for an address
_WORDS = re.compile(r"[^\W\d_]+")
# Words that say `by` in some languages, which begin names or other lines in others.
_BY_HERE = {
    word: [code for code in words.languages() if word in words.of("by here", code)] for word in words.of("by here")
}


def personal_name(text: str, formal: bool = False) -> str | None:
    """Return `text` when it reads like one person's name, else None.

    `formal` is for fields that hold nothing but names (JSON-LD): there one word is enough.
    """
    text = AROUND_HAN.sub("", _stripped(text))
    if not 2 <= len(text) <= 60 or BAD.search(text) or text[0] in "([（【" or NOT_HAN.fullmatch(text):
        return None
    if HAN.fullmatch(text):
        return text
    tokens = text.split()
    folded = [token.lower() for token in tokens]
    if sum(token not in _PARTICLES for token in folded) > 4 or len(tokens) > 7:
        return None
    odd = [token for token in folded if token.strip(",.") in NOT_A_NAME]
    is_odd = odd and (len(odd) > 1 or odd[0] == folded[0] or odd[0] not in _ALSO_NAMES)
    if is_odd or AGENCIES.issuperset(folded) or is_institution(text):
        return None
    is_alone = len(tokens) == 1
    is_name = _is_capitalised(tokens) and (not is_alone or (formal and len(text) > 2 and not text.isupper()))
    return text if is_name or (formal and _is_without_capitals(tokens)) else None


def _stripped(text: str) -> str:
    """Return a name without the signs around it, but for the dot of `Jr.`."""
    name = text.strip(" .,;:|-–—•·/'’\t")
    if "(" not in name:  # `(4 August 2003 – by Ada Lund)`
        name = name.rstrip(")")
    return f"{name}." if _YOUNGER.search(name) and f"{name}." in text else name


def other_name(text: str | None) -> str | None:
    """Return whom a byline or a field names where that is no person's full name: an account, a desk, an organisation.

    None for furniture of pages (`Read more`), nobody (`admin`), addresses and sentences.
    """
    text = _ICON.sub("", clean_text(text, 200) or "")
    for _ in range(2):
        match = BY.match(text)
        text = text[match.end() if match else 0 :].strip()
    account = _ACCOUNT.match(text)
    cut = CUT.search(text, 2)
    name = account[1] if account else text[: cut.start()] if cut else text
    name = name.strip(" .,;:|-–—•·")
    tokens = name.split()
    is_odd = any(odd.fullmatch(name) for odd in (BY_ALONE, _HIDDEN, NOT_HAN)) or NOT_BY.match(name)
    if not 2 <= len(name) <= 60 or len(tokens) > _MAX_WORDS or is_odd or _ADDRESS.search(text):
        return None
    is_sentence = len(tokens) > 2 and sum(token.islower() and token not in _PARTICLES for token in tokens) > 1
    is_short_form = account and len(name) <= _SHORT_FORM and account[1].endswith(".")
    is_furniture = _NOBODY.issuperset(_words(name))
    return None if is_sentence or is_furniture or is_short_form or (not account and BAD.search(name)) else name


def behind_by(text: str, locale: Locale) -> str:
    """Return what stands behind a word that says `by` in the page's own language alone, "" where none does."""
    first, _, rest = text.partition(" ")
    is_name = rest[:1] != rest[:1].lower()
    return rest if is_name and locale.code in _BY_HERE.get(first.lower().rstrip(":"), ()) else ""


def is_by_alone(text: str) -> bool:
    """Tell whether a short line is nothing but a word that says `by`, behind a day or not: the name follows it."""
    if len(text) <= _ALONE and _FIGURE.search(text) and ENDS_WITH_BY.search(text):
        for day in reversed(find_dates(text)):
            text = f"{text[: day.begin]} {text[day.end :]}"
    return BY_ALONE.fullmatch(text.strip(" ,|·•–—-")) is not None


@lru_cache(1000)
def end_of_by(text: str) -> int:
    """Return where the names begin in a line that says `by`, 0 where it does not, or of other people."""
    if match := BY.match(text):
        return match.end()
    may_say_by = any(by in text for by in ("by", "By", "BY")) and not text.rstrip().endswith(".")  # else a sentence
    match = (BY_INSIDE.search(text) if may_say_by else None) or BY_AFTER_DATE.search(text)
    if match is None and (":" in text or "：" in text):
        match = _AUTHOR_INSIDE.search(text)
    return match.end() if match and not is_of_others(text[: match.start()]) else 0


def is_of_others(before: str) -> bool:
    """Tell whether what stands before a name says that its bearer did not write: `Reviewed by`, `A Machine Used by`.

    So does the better part of a sentence: `Villagers in the hills speak of a shelling of their homes by`.
    """
    is_sentence = before.rstrip()[-1:].islower() and before.count(" ") >= _IN_SENTENCE
    return bool(is_sentence or NOT_BY.search(before) or _DEED.search(before))


def is_desk(name: str) -> bool:
    """Tell whether a name is that of a desk, a team or a news agency."""
    told = _words(name)
    return not TEAMS.isdisjoint(told) or AGENCIES.issuperset(told)


def _words(name: str) -> list[str]:
    return _WORDS.findall(name.lower())


def _is_capitalised(tokens: list[str]) -> bool:
    """Tell whether words begin with capitals, or have none in their script, but for what stands inside of names."""
    capital = [token[0].title() == token[0] for token in tokens]  # Georgian has capitals, but none begins a word
    return any(capital) and all(
        any(map(str.isalpha, token)) and (flag or _PREFIXED.match(token) or token.lower() in _PARTICLES)
        for flag, token in zip(capital, tokens, strict=True)
    )


def _is_without_capitals(tokens: list[str]) -> bool:
    """Tell whether two words may be what a field for names was filled with in haste."""
    return len(tokens) == 2 and all(token.isalpha() and token.islower() and len(token) > 2 for token in tokens)


def read_names(text: str | None, formal: bool = False) -> list[str]:
    """Return the personal names that a byline or an author field holds, without roles, degrees and places."""
    text = clean_text(text, 400) or ""
    if NOT_BY.match(text):
        return []
    if wrote := reporter(text):
        return [wrote]
    if formal and (turned := _turned(text)):
        return turned
    names: list[str] = []
    for part in _SPLIT.split(_credited(text, formal))[:MAX_NAMES]:
        for index, piece in enumerate(map(str.strip, part.split(","))):
            is_place = index > 0 and " " not in piece and any(" " in name for name in names)
            if names and piece in ("Jr", "Jr.", "Sr", "Sr."):  # `Ada Lund, Jr.`
                names[-1] = f"{names[-1]} {piece}"
                continue
            if _DEGREE.fullmatch(piece) or is_place or is_desk(piece):
                continue
            name = personal_name(_strip_degree(piece), formal)
            if name is None and not names:
                return []
            if name is None:
                break
            names.append(name)
    return each_once(names)


def names_alone(text: str) -> list[str]:
    """Return the personal names that a text is nothing but."""
    names = [personal_name(piece) for part in _SPLIT.split(text)[:MAX_NAMES] for piece in part.split(",")]
    return [name for name in names if name] if all(names) else []


def each_once(names: list[str]) -> list[str]:
    """Return names without those that have the words of an earlier one, in other capitals or another order."""
    return list({frozenset(name.lower().replace(",", " ").split()): name for name in reversed(names)}.values())[::-1]


def _turned(text: str) -> list[str]:
    """Return the names of a field that puts the family name first: `Lund, Ada; Niemi, Bo`."""
    names = []
    for part in map(str.strip, text.split(";")):
        family, comma, given = (piece.strip() for piece in part.partition(","))
        if not comma or not _FAMILY.fullmatch(family) or not _GIVEN.fullmatch(given) or _DEGREE.fullmatch(given):
            return []
        name = personal_name(f"{given} {family}", formal=True)
        if name is None:
            return []
        names.append(name)
    return names


def _credited(text: str, formal: bool) -> str:
    """Return what stands between the words that lead to names and those that follow on names.

    In a formal field such words are parts of the name where they are written like that: `Von Miller`, `Choi In Hoon`.
    """
    is_led = not formal  # whether a word before a single one leads to it
    for pattern in (LEADING_DATE, BY, BY):
        match = pattern.match(text)
        if match and (is_led or " " in text[match.end() :] or not match.group().strip().istitle()):
            text = text[match.end() :]
            is_led = is_led and pattern is LEADING_DATE
    whole = _CALLED.match(text) or _KOREAN.match(text)
    cuts = CUT.finditer(text, whole.end() if whole else 2)
    cut = next((each for each in cuts if not (formal and each.group().strip().istitle())), None)
    if not cut:
        return text
    text = text[: cut.start()]
    is_begun = cut.group().strip().isalpha() and " " not in text.strip()  # a sentence, not a name of one word
    return "" if is_begun else text


def _strip_degree(piece: str) -> str:
    """Remove degrees and roles after a name, and the initials that stand for a missing portrait before it."""
    tokens = piece.split()
    role = next((index for index, token in enumerate(tokens) if token.lower() in _ALL_ROLES), 0)
    if role >= 2 and not any(token.lower() in TEAMS for token in tokens):
        tokens = tokens[:role]
        while len(tokens) > 2 and tokens[-1].lower() in NOT_A_NAME:
            tokens.pop()
    if (
        len(tokens) >= 3
        and tokens[0].isupper()
        and tokens[0] == "".join(token[0] for token in tokens[1:])[: len(tokens[0])]
    ):
        tokens = tokens[1:]
    while len(tokens) > 2 and (size := agency_at_end(tokens)):  # the line break before it is lost
        tokens = tokens[:-size]
    degree = _DEGREE_IN_CAPITALS if piece.isupper() else _DEGREE
    while len(tokens) > 2 and degree.fullmatch(tokens[-1]) and not _GENERATION.fullmatch(tokens[-1]):
        tokens.pop()
    return " ".join(tokens)
