# ruff: noqa: E501
"""What pages say that are no articles: that nothing was found, what a search found, that consent is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

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


def said(cue: re.Pattern[str], lines: Sequence[str]) -> str | None:
    """Quote the first line that a cue is found in."""
    for line in lines:
        if cue.search(line.lower()):
            return f"“{line[:80]}”"
    return None
