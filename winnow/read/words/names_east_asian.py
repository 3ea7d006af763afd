"""Names of persons in Chinese, Japanese and Korean, which have no capitals and few spaces."""

from __future__ import annotations

import re

HAN = re.compile(
    r"[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,8}(?:[·•][\u3400-\u9fff]{1,8}){0,3}"
    r"|(?:[\u30a0-\u30fa\u30fc-\u30ff]{1,12}[・·]){1,3}[\u30a0-\u30fa\u30fc-\u30ff]{1,14}"
    r"|(?:[A-Z][·•]){1,3}[\u3400-\u9fff]{2,8}"
)
# What reporters of Korea do or are besides: `사진기자`.
_NO_NAME = r"(?:사진|취재|시민|객원|수습|인턴|전문|선임|담당|본지)\s?기자"
# What pages in Chinese characters and in Hangul say of an account, a text or nobody, which looks like a name.
NOT_HAN = re.compile(
    r"(?:注册|註冊|登录|登錄|登入|首页|首頁|分享|收藏|举报|舉報|评论|評論|关注|關注|未知|佚名|匿名|不详|不詳|网友|網友"
    r"|管理员|管理員|(?:相关|相關)(?:文章|阅读|閱讀|新闻|新聞)|原创|原創|转载|轉載|(?:版权|免责|特别)声明|(?:版權|免責|特別)聲明|网络整理|本站原创"
    r"|(?:发布|发表|發布|發表|更新)[于於在]?|名無し(?:さん)?|会員登録|無断転載禁止?|회원가입|로그인|익명"
    rf"|{_NO_NAME})"
)
# What stands around a name in Chinese characters: that a text is new, the network of an account, what somebody is.
AROUND_HAN = re.compile(r"^原[创創]\s+|(?<=[\u3400-\u9fff])\s+(?:[\u3400-\u9fff]{1,3}号|[\u3400-\u9fff]{6,})$")
KOREAN_NAME = rf"(?!{_NO_NAME})([\uac00-\ud7a3]{{2,4}})"
_DONE = "(?:取材|構成|写真|撮影|編集|インタビュー)"
_REPORTER = re.compile(
    rf"[\[(/]?(?:[\uac00-\ud7a3]{{2,8}}[=\s])?{KOREAN_NAME}\s?(?:기자|특파원|논설위원)[\])]?(?:\s.{{0,40}})?"
    rf"|기자명\s{KOREAN_NAME}(?:\s.{{0,40}})?"
    r"|(?:本[报報])?[记記]者[\s:：]*([\u4e00-\u9fff]{2,4})(?:\s*[／/｜|].{0,20}|\s.{0,20})?"
    # Who wrote may have done more, in either order: `取材・文／…`, `文・写真＝…`.
    rf"|(?:{_DONE}[・、＆&]){{0,3}}(?:文|執筆|ライター|筆者)(?:[・、＆&]{_DONE}){{0,3}}\s?[：:／/＝=]\s?"
    r"([\u3005\u3040-\u30ff\u4e00-\u9fff]{1,8}(?:\s[\u3005\u3040-\u30ff\u4e00-\u9fff]{1,5})?)"
)


def reporter(text: str) -> str | None:
    """Return whom a line of Korean, Chinese or Japanese calls its reporter or writer, None where it is no such line."""
    found = _REPORTER.fullmatch(text)
    return next(filter(None, found.groups()), None) if found else None
