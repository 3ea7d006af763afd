# ruff: noqa: E501
"""Kinds of page that hold no article: an index, search results, an error, a consent page, a page without text.

The model chooses the likeliest lines of any page, so these are recognised by what an article always has and they have
not: a stretch of running text. Words for "not found" and the like only say which kind it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from pipelines.textpage.views import Bools, View

from .blocks import Block
from .containers import GROUPS
from .page import Evidence, HtmlPage

MIN_TEXT = 20  # words of running text that any article has
STRETCH = 80  # words in one stretch that only an article has
BRIEF = 60  # words in one stretch that an error or search page never has
MIN_TITLES = 5  # linked titles that make an index
CONSENT_STRETCH = 600  # words in one stretch that a consent page never has
UNSURE = 0.3  # of the chosen words' probability

ERROR = re.compile(
    r"^(?:40[0134]|410|50[0234])(?!\w|[.,]\d)(?=[\W_]*$|.{0,20}(?:error|not found|fehler|erreur|błąd|ошибка))|"
    r"\b(?:error|fehler|erreur|błąd|ошибка|errore|erro|fout)\s*:?\s*(?:40\d|410|50\d)\b|"
    r"\bnot found\b|\b(?:can ?not|can['’]t|could ?n[o'’]t|couldn['’]t) (?:be found|find (?:the|that|this|your) page)|\bpage (?:is )?(?:unavailable|missing)|"
    r"\b(?:no longer|not) available\b|page (?:does ?n[o'’]t|no longer) exists?|\baccess denied|\bforbidden\b|\b(?:service|site) (?:temporarily )?unavailable|"
    r"\binternal server error|\bbad gateway|\bsomething went wrong|\bjust a moment\b|\bverify (?:that )?you are (?:a )?human|\bare you a robot|\bcaptcha\b|"
    r"\bnicht gefunden\b|\bexistiert nicht|\bnicht mehr verfügbar|\bzugriff verweigert|\bfehlerseite|"
    r"\bintrouvable\b|\bpage non trouvée|\bn['’]existe (?:pas|plus)|\baccès (?:refusé|interdit)|"
    r"\bno encontrad[ao]\b|\bno (?:se )?(?:existe|encuentra|ha podido encontrar|hemos encontrado)|\bacceso denegado|"
    r"\bnon trovat[ao]\b|\bnon esiste|\baccesso negato|\bnão (?:foi )?encontrad[ao]|\bnão existe|\bniet gevonden|\bbestaat niet|"
    r"\bnie (?:znaleziono|istnieje|została znaleziona|można znaleźć)|\bbrak dostępu|"
    r"\bне (?:найден[ао]?|существует|удалось найти)|\bдоступ (?:запрещ[её]н|ограничен)|"
    r"页面不存在|页面未找到|找不到(?:该|此|您)?.{0,6}页面|未找到.{0,4}页面|无法找到|页面.{0,6}不存在|页面.{0,4}(?:丢失|走丢)|访问被拒绝|ページが見つかりません|페이지를 찾을 수 없",
)
SEARCH = re.compile(
    r"\bsearch(?:ed)? (?:results?|for\b)|\bresults? for\b|\bsuchergebnis|\btreffer für|\brésultats? (?:de (?:la |votre )?recherche|pour)|"
    r"\bresultados? (?:de (?:la )?(?:búsqueda|busca|pesquisa)|para)|\brisultati (?:della|di) ricerca|\brisultati per|\bzoekresultaten|"
    r"\bwyniki wyszukiwania|\bрезультат\w* поиска|\bпо запросу|搜索结果|检索结果|検索結果",
)
CONSENT = re.compile(
    r"\bcookies?\b|\bconsent\b|\bpersonal data\b|\btracking\b|\beinwillig|\bzustimm|\bdatenschutz|\bpersonenbezogen|\bkeks|\bconsent(?:ement|ir|imiento|imento|o)\b|"
    r"\bdonnées personnelles|\btraceurs?\b|\bdatos personales|\bdados pessoais|\bdati personali|\bprywatnoś|\bzgod[aęyo]\b|\bciastecz|\bplik(?:i|ów|ach) cookie|"
    r"\bdanych osobowych|\bкуки\b|\bсоглас|\bперсональн\w+ данн|cookie|隐私|同意|クッキー|toestemming|privacy",
)
_TITLE_PART = re.compile(r"\s[|–—·»-]\s")
_APART = sum(1 << GROUPS.index(name) for name in ("nav", "footer"))
_BANNER = 1 << GROUPS.index("consent")


def gather(title: str, blocks: Sequence[Block], page: View, chosen: Bools) -> Evidence:
    """Count what the kinds of page differ in."""
    words = page.words.astype(int)
    linked = np.array([block.linked for block in blocks])
    apart = np.array([block.box.all_names & _APART > 0 and not block.box.article for block in blocks], bool)
    heading = np.array([block.kind == "heading" for block in blocks], bool)
    titles = (linked > 0.6) & (words >= 3) & (words <= 30) & ~apart
    titles &= heading | (words >= 5)
    running = ~heading & (linked < 0.5)
    best = total = now = 0
    for i in range(len(blocks)):
        if titles[i]:
            now = 0
        elif chosen[i] and running[i]:
            now += words[i]
            total += words[i]
            best = max(best, now)
    text = running & (words >= 6) & ~apart
    consent = np.zeros(len(blocks), bool)
    if best < CONSENT_STRETCH:  # more can only be an article, and searching it all takes time
        consent[text] = [_consents(block) for block, yes in zip(blocks, text.tolist(), strict=True) if yes]
    return Evidence(
        heads=heads(title, blocks, words.tolist(), (heading | (running & ~apart)).tolist()),
        linked_titles=int(titles.sum()),
        stretch=int(best),
        text_words=int(total),
        consent_words=int(words[text & consent].sum()),
        other_words=int(words[text & ~consent].sum()),
    )


def _consents(block: Block) -> bool:
    return CONSENT.search(block.line.text.lower()) is not None


def heads(title: str, blocks: Sequence[Block], words: Sequence[int], told: Sequence[bool]) -> tuple[str, ...]:
    """Give the parts of the page's title, and its first headings and short lines: where a page says what it is."""
    out = [part for part in _TITLE_PART.split(title) if part.strip()]
    for block, count, yes in zip(blocks, words, told, strict=True):
        if yes and count <= 25 and block.linked < 0.5 and not block.box.all_names & _BANNER:
            out.append(block.line.text)
            if len(out) >= 12:
                break
    return tuple(part.strip()[:200] for part in out)


def why_no_article(page: HtmlPage) -> str | None:
    """Say in one line for a person why a page holds no article; None when it holds one."""
    found = page.evidence
    if found.stretch < BRIEF:
        said = _said(ERROR, found.heads)
        if said:
            return f"an error page: {said}"
    if found.consent_words > found.other_words and found.other_words < STRETCH and found.consent_words >= 10:
        return f"a consent page: {found.consent_words} of {found.consent_words + found.other_words} words are about cookies"
    scattered = found.stretch < STRETCH and (found.stretch * 2 < found.text_words or found.text_words < MIN_TEXT * 2)
    if scattered and found.linked_titles >= 2:
        said = _said(SEARCH, found.heads)
        if said:
            return f"search results: {said}"
    if scattered and found.linked_titles >= MIN_TITLES:
        return f"an index page: {found.linked_titles} linked titles, no running text"
    if found.text_words < MIN_TEXT:
        return f"only {found.text_words} words of running text"
    if page.confidence < UNSURE:
        return "no lines that read like an article"
    return None


def _said(cue: re.Pattern[str], lines: Sequence[str]) -> str | None:
    for line in lines:
        if cue.search(line.lower()):
            return f"“{line[:80]}”"
    return None
