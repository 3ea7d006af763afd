# ruff: noqa: E501
"""What the names of an element say about it: words of classes, ids, roles and item properties.

Authors of pages give names to the parts (`class="sidebar-related"`). Two questions are asked of a name:
- Which groups of words is the name made of? The lists hold words in general use, in English and in the languages of
  common sites, as whole words or as beginnings (`relat*`). A model has learnt what each group is worth.
- Which zone of the page does the name mark, and is it a cue to an author or a day? No model weighs the answer, so the
  patterns look at the whole name: `next-post` marks a zone, `next` alone does not.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

# The order of the groups is the order of the feature columns: append only.
CONTAINERS: dict[str, str] = {
    "article": "article* post entry story content contents body articlebody text artikel beitrag contenu articulo noticia conteudo testo articolo tresc statya prose richtext wysiwyg main hentry single detail",
    "nav": "nav navbar navigation menu* submenu breadcrumb* crumb* topbar toolbar skip jump navigacija menue ariane migas okruszki",
    "header": "header masthead topnav kopf* entete cabecera cabecalho intestazione naglowek shapka hero banner branding logo",
    "footer": "footer foot bottom colophon fuss* pied pie rodape stopka podval copyright legal impressum disclaimer",
    "side": "sidebar side aside rail column complementary secondary seitenleiste marginalie lateral gutter sticky",
    "related": "relat* recommend* more similar readnext trending popular latest recent further next previous prev upnext outbrain taboola recirc* verwandt* mehr aehnlich* lire associe* relacion* correlat* polecane powiazane podobne pohozhie suggest* discover",
    "share": "share* sharing social* follow facebook twitter whatsapp linkedin pinterest addthis addtoany teilen partag* compartir compartilhar condividi udostepnij podelit* sns buttons",
    "comment": "comment* discussion respond reply replies disqus feedback kommentar* commentaire* comentario* commenti komentarz* otzyv* livefyre",
    "promo": "ad ads advert* advertisement adslot adunit promo* sponsor* werbung anzeige* publicit* publicidad* pubblicita reklam* commercial banner* offer* affiliate dfp gpt cta callout upsell marketing",
    "appeal": "newsletter* subscri* signup sign optin paywall donat* donor* support member* regwall meter mailchimp mc4wp abo abonn* spende* suscri* boletin doar assin* iscri* subskryp* podpis* leadgen register registration",
    "caption": "caption* figcaption credit* figure image images photo* gallery slideshow media thumbnail thumb wp bild* legende leyenda foto* podpis lightbox video player embed",
    "author": "author* byline* bio biography contributor* writer avatar vcard profile autor* auteur* redakteur* avtor* signature expert reviewer",
    "meta": "meta metadata date time timestamp published updated datetime info details postinfo entrymeta datum fecha data readtime reading",
    "tags": "tag tags topic* categor* keyword* label* kicker eyebrow section rubrik* rubrique* etiquetas temas schlagwort* badge chip* taxonomy",
    "consent": "cookie* consent gdpr ccpa privacy modal* popup* overlay* dialog* lightbox onetrust cmp notice datenschutz notification toast interstitial",
    "card": "card* teaser* tile* carousel slider swiper grid item* list listing feed stream archive results widget* module* promo* headline* loop collection",
    "toc": "toc contents outline anchor* inhaltsverzeichnis sommaire indice jumplinks",
    "summary": "summary lead lede standfirst dek deck excerpt intro* subtitle subhead* subheadline abstract teasertext chapo chapeau entradilla bajada lid vorspann sommario tldr takeaway* highlights keypoints",
    "title": "title headline heading titel titre titulo titolo tytul zagolovok",
    "pages": "pagination pager paging paginator pagenav loadmore pages",
    "form": "form* search* input field* login signin account cart checkout filter* sort* quiz poll survey contact",
    "hidden": "hidden hide invisible sr screenreader visually print noprint offscreen collapse collapsed accessib* assistive",
    "quote": "quote* pullquote blockquote testimonial* zitat citation cita tweet",
    "box": "box infobox factbox sidebox note tip alert warning panel aside disclosure correction accordion faq",
}
GROUPS = tuple(CONTAINERS)
# Words of these lists that templates give to any part of a text, such as columns, notes, and the blocks of an editor.
_ANY = "section sections column columns callout notice wp collapse collapsed anchor media widget member members"
ANY = frozenset(_ANY.split())
# Names of style sheets that only say how a box looks, whatever words they are made of.
_LOOKS = re.compile(r"overflow-|.*:|(?:position-)?relative$|list-(?:none|disc|decimal|inside|unstyled|inline)$")
TAGS = {
    "article": "article", "main": "article", "nav": "nav", "menu": "nav", "header": "header", "footer": "footer",
    "aside": "side", "figure": "caption", "figcaption": "caption", "form": "form", "fieldset": "form",
    "address": "author", "time": "meta", "dialog": "consent", "blockquote": "quote", "button": "form", "label": "form",
}  # fmt: skip
ATTRIBUTES = frozenset(("class", "id", "role", "itemprop", "data-testid", "data-component"))

_PART = re.compile(r"[A-Z]?[a-zß-öø-ÿ]+|[A-Z]+(?![a-z])")
MAX_LENGTH = 300  # characters of an attribute that are looked at
MAX_NAME = 100  # characters of one name in it that are looked at for zones


def _lists() -> tuple[dict[str, int], dict[str, list[tuple[str, int]]]]:
    """Return the bits of whole words, and the beginnings of words with their bits by their first two letters."""
    words: dict[str, int] = {}
    beginnings: dict[str, list[tuple[str, int]]] = {}
    for bit, group in enumerate(GROUPS):
        for word in CONTAINERS[group].split():
            if word.endswith("*"):
                beginnings.setdefault(word[:2], []).append((word[:-1], 1 << bit))
            else:
                words[word] = words.get(word, 0) | 1 << bit
    return words, beginnings


_WORDS, _BEGINNINGS = _lists()


def bits_of(groups: str) -> int:
    """Return the bits of container groups, whose names stand between spaces."""
    return sum(1 << GROUPS.index(group) for group in groups.split())


TAG_BITS = {tag: bits_of(group) for tag, group in TAGS.items()}


# Zones of a page, and cues to an author or a day, are bits of one number.
NAV, FOOT, ASIDE, COMMENTS, RELATED, FORM = 1, 2, 4, 8, 16, 32
ELSEWHERE = NAV | FOOT | ASIDE | COMMENTS | RELATED | FORM
AUTHOR, UPDATED, PUBLISHED = 64, 128, 256
TAG_ZONES = {"nav": NAV, "footer": FOOT, "aside": ASIDE, "form": FORM, "dialog": FORM}
# The bit; parts of which every match has at least one in it; the pattern. All are in lower case.
_CUES: tuple[tuple[int, str, re.Pattern[str]], ...] = (
    (
        NAV,
        "nav menu breadcrumb pag site",
        re.compile(
            r"(?:^|[-_])(?:nav|navbar|navigation|menu|breadcrumbs?|pagination)(?:$|[-_])"
            r"|^site-?(?:sub(?:title)?|description|tagline|slogan)$"
        ),
    ),
    (ASIDE, "bar widget", re.compile(r"(?<!no)(?<!no[-_])side-?bar|(?:^|[-_])widgets?(?:$|[-_])")),
    (
        COMMENTS,
        "comment",
        re.compile(r"(?:^|[-_])comments?(?:$|[-_]?(?:list|area|section|body|form|author|meta|content|wrap))"),
    ),
    (
        RELATED,
        "related recommend teaser more latest recent popular trending similar other next prev you read promo"
        " newsletter subscri carousel upsell nav",
        re.compile(
            r"related|recommend|teaser|(?:more|latest|recent|popular|trending|similar|other|next|prev(?:ious)?)[-_]?"
            r"(?:from|stories|posts?|articles?|news|reads?|content|reading)|you-?(?:may|might)|read-?(?:next|also|more)"
            r"|promo(?!ted)|newsletter|subscri|carousel|upsell|post-?navigation|trending|most-?(?:read|popular)"
        ),
    ),
    (AUTHOR, "author byline by-line read", re.compile(r"author|by-?line|^reader-credits$")),
    (
        UPDATED,
        "update modif review",
        re.compile(r"(?:^|[-_])(?:last-?)?(?:updated?|modified|reviewed)(?:$|[-_])|^modifydate$"),
    ),
    (PUBLISHED, "publish date", re.compile(r"(?<!status-)publish|post-?date|^createdate$")),
)


def _parts() -> tuple[dict[str, list[int]], str]:
    """Return the cues' numbers by what they have in them, an expression for any of that, a branch for each letter."""
    cues: dict[str, list[int]] = {}
    for number, (_, parts, _) in enumerate(_CUES):
        for part in parts.split():
            cues.setdefault(part, []).append(number)
    branches = [
        f"{first}(?:{'|'.join(part[1:] for part in parts)})" for first, parts in groupby(sorted(cues), itemgetter(0))
    ]
    return cues, "|".join(branches)


# Most names are about looks and have no such part. One search finds that out; for other names a second search finds
# the patterns that are worth a try.
_CUES_BY_PART, _PARTS = _parts()
_ANY_CUE, _EACH_CUE = re.compile(_PARTS), re.compile(f"(?=({_PARTS}))")


def bits_of_names(value: str) -> tuple[int, int, int]:
    """Return the bits of the groups that the names in an attribute's value belong to, and of their zones and cues.

    The third number has the bits of the groups without words that templates give to any part of a text, and without
    names that only say how a box looks.
    """
    groups = zones = apart = 0
    for name in value[:MAX_LENGTH].split():
        of_groups, of_zones, of_others = _name_bits(name)
        groups |= of_groups
        zones |= of_zones
        apart |= of_others
    return groups, zones, apart


@lru_cache(1 << 14)
def _name_bits(name: str) -> tuple[int, int, int]:
    groups = apart = 0
    is_look = _LOOKS.match(name) is not None  # `sm:hidden`, `overflow-hidden`, `position-relative`
    for part in _PART.findall(name):
        word = part.lower()
        groups |= _word_bits(word)
        if word not in ANY and not is_look:
            apart |= _word_bits(word)
    lower = name[:MAX_NAME].lower()
    return groups, _name_zones(lower) if _ANY_CUE.search(lower) else 0, apart


@lru_cache(1 << 14)
def _word_bits(word: str) -> int:
    bits = _WORDS.get(word, 0)
    for beginning, more in _BEGINNINGS.get(word[:2], ()):
        if word.startswith(beginning):
            bits |= more
    return bits


def _name_zones(name: str) -> int:
    bits = 0
    for part in _EACH_CUE.findall(name):
        for bit, _, pattern in (_CUES[number] for number in _CUES_BY_PART[part]):
            if not bits & bit and pattern.search(name):
                bits |= bit
    return bits
