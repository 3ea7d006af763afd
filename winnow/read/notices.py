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
    r"页面不存在|页面未找到|找不到(?:该|此|您)?.{0,6}页面|未找到.{0,4}页面|无法找到|页面.{0,6}不存在|页面.{0,4}(?:丢失|走丢)|访问被拒绝|ページが見つかりません|ページは(?:存在しません|ありません)|페이지(?:를 찾을 수 없|가 (?:없|존재하지))|"
    r"الصفحة.{0,20}غير موجودة|(?:لم|لا) (?:يتم|نتمكن من|يمكن) العثور|\bbulunamadı|\b(?:पृष्ठ|पेज) नहीं मिल",
)
SEARCH = re.compile(
    r"\bsearch(?:ed)? (?:results?|for\b)|\bresults? for\b|\bsuchergebnis|\btreffer für|\brésultats? (?:de (?:la |votre )?recherche|pour)|"
    r"\bresultados? (?:de (?:la )?(?:búsqueda|busca|pesquisa)|para)|\brisultati (?:della|di) ricerca|\brisultati per|\bzoekresultaten|"
    r"\bwyniki wyszukiwania|\bрезультат\w* поиска|\bпо запросу|搜索结果|检索结果|検索結果",
)
CONSENT = re.compile(
    r"\bcookies?\b|\bconsent\b|\bpersonal data\b|\btracking\b|\beinwillig|\bzustimm|\bdatenschutz|\bpersonenbezogen|\bkeks|\bconsent(?:ement|ir|imiento|imento|o)\b|"
    r"\bdonnées personnelles|\btraceurs?\b|\bdatos personales|\bdados pessoais|\bdati personali|\bprywatnoś|\bzgod[aęyo]\b|\bciastecz|\bplik(?:i|ów|ach) cookie|"
    r"\bdanych osobowych|\bкуки\b|\bсоглас|\bперсональн\w+ данн|cookie|隐私|(?:[您你击擊选選]|表示|视为|視為).{0,4}同意|(?:規約|使用|取り?扱い|ポリシー)に同意|同意(?:したもの|いただ|して(?:ください|続|閉)|する(?:$|と|に))|同意.{0,8}(?:使用|继续|繼續|条款|條款|协议|協議|政策)|クッキー|toestemming|privacy",
)
# Whatever speaks of consent has one of these in it: a search for words costs less than one by a pattern.
CONSENT_HINTS = (
    "cookie", "consent", "personal data", "tracking", "einwillig", "zustimm", "datenschutz", "personenbezogen", "keks", "personnelles",
    "traceur", "personales", "pessoais", "dati personali", "prywatnoś", "zgod", "ciastecz", "osobowych", "куки", "соглас", "персональн",
    "隐私", "同意", "クッキー", "toestemming", "privacy",
)  # fmt: skip
# Whole lines, or the sentence that asks for it: a menu's "Log in" stands on every page.
LOGIN = re.compile(
    r"^(?:log ?in|sign ?in|log ?on|member login|user login|anmelden|anmeldung|einloggen|login|connexion|se connecter|identifiez-vous|iniciar sesión|inicia sesión|acceder|accedi|accesso|"
    r"iniciar sessão|entrar|inloggen|aanmelden|zaloguj(?: się)?|logowanie|войти|вход|авторизация|logga in|log ind|logg inn|logg på|kirjaudu(?: sisään)?|přihlášení|přihlásit se|bejelentkezés|giriş yap|autentificare|"
    r"ログイン|登录|登錄|用户登录|로그인|تسجيل الدخول|التسجيل|כניסה|σύνδεση|вхід|увійти|đăng nhập)(?: (?:to|in|bei|à|en|a|do|на|till|til) .{1,40})?$|"
    r"\b(?:you (?:must|need to|have to) (?:be logged in|log ?in|sign in)|please (?:log|sign) ?in|(?:log|sign) in to (?:continue|view|see|your account))\b|\bbitte (?:melden sie sich|loggen sie sich|anmelden|einloggen)|\bmelden sie sich .{0,20}\ban,? um\b|"
    r"\b(?:veuillez vous|connectez-vous|vous devez (?:vous|être)) (?:connecter|identifier|connecté|pour)|\bdebe(?:s)? iniciar sesión|\binicia(?:r)? sesión para|\bdevi (?:effettuare|accedere)|\baccedi per|\b(?:faça|fazer) login|\blog in om\b|\bmusisz się zalogować|\bzaloguj się,? aby|"
    r"\b(?:необходимо|нужно|требуется) (?:войти|авториз)|\bвойдите,? чтобы|请(?:先)?登录|ログインしてください|로그인(?:이 필요|하세요)",
)
PAYWALL = re.compile(
    r"\bsubscribe (?:now )?to (?:continue|read|keep reading|unlock)|\b(?:continue|keep) reading (?:with|by|for)\b.{0,40}(?:subscri|trial|account|\d)|\b(?:article|content|story|page) is (?:only |exclusively |reserved )?(?:available )?(?:for|to) (?:our )?(?:paying |registered )?(?:subscribers|members)|"
    r"\b(?:for )?subscribers[- ]only\b|\balready a (?:subscriber|member)\?|\b(?:reached|used) (?:your|the) (?:\w+ )?(?:limit of )?(?:\w+ )?free articles|\bnur für (?:abonnent|mitglieder)|\b(?:jetzt abonnieren|abo abschließen) und weiterlesen|\bmit \S{2,30} weiterlesen|\bexklusiv für (?:abonnent|mitglieder)|\bsie sind (?:bereits|schon) abonnent|"
    r"\bréservée?s? (?:à nos|aux) (?:abonnés|adhérents|membres)|\bdéjà abonnée?|\babonnez-vous pour (?:lire|continuer)|\b(?:sólo|solo|exclusivo) para (?:suscriptores|socios|assinantes|abonados)|\bsuscríbete para|\bya (?:eres|es) suscriptor|\briservat[oa] agli abbonati|\babbonati per (?:continuare|leggere)|\bsei già abbonato|"
    r"\bassine para|\bjá é assinante|\b(?:alleen|exclusief) voor (?:abonnees|leden)|\btylko dla (?:prenumeratorów|subskrybentów|zalogowanych)|\bmasz już (?:prenumeratę|subskrypcję)|\bтолько (?:для|по) подпис|\bоформите подписку|\b(?:endast|bara|kun) för prenumeranter|\bkun for abonnenter|\bvain tilaajille|\bpouze pro předplatitele|"
    r"会員限定|有料会員|仅限(?:会员|订阅)|订阅后.{0,4}阅读|구독자 전용|유료 회원",
)


def asks_consent(text: str) -> bool:
    """Return whether a text, in lower case, speaks of consent."""
    return any(map(text.__contains__, CONSENT_HINTS)) and CONSENT.search(text) is not None


def said(cue: re.Pattern[str], lines: Sequence[str]) -> str | None:
    """Quote the first line that a cue is found in."""
    for line in lines:
        if cue.search(line.lower()):
            return f"“{line[:80]}”"
    return None
