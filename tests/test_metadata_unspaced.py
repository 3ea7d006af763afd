"""Metadata of pages in scripts without spaces: headlines that are no headings, days, names and what only looks so."""

from __future__ import annotations

import pytest

from winnow.items import Metadata
from winnow.read.metadata.names import read_names
from winnow.read.words import said

from .metadata_samples import meta, read

CHINESE = (
    "渡轮公司表示，新的航线将在下个月正式开通，届时岛上居民前往对岸只需要二十分钟，比现在的车程缩短了将近一个小时。"
    "码头旁边的老茶馆也准备重新开张，店主说她已经等了整整六年，墙上的挂钟还停在最后一班船离开的时刻。"
)
JAPANESE = (
    "渡し船の会社によると、新しい航路は来月から正式に始まり、島の住民は二十分ほどで対岸に着けるようになるという。"
    "桟橋の隣の古い茶店も営業を再開する予定で、店主は六年間この日を待ち続けていたと静かに話してくれた。"
)
THAI = (
    "บริษัทเรือข้ามฟากแจ้งว่าเส้นทางใหม่จะเปิดให้บริการในเดือนหน้าและชาวเกาะจะใช้เวลาเดินทางเพียงยี่สิบนาทีเท่านั้น "
    "ร้านน้ำชาเก่าข้างท่าเรือก็เตรียมเปิดอีกครั้งเจ้าของร้านเล่าว่ารอวันนี้มานานถึงหกปีเต็มโดยไม่เคยคิดจะย้ายไปที่อื่น"
)
TEXTS = {"zh": CHINESE, "ja": JAPANESE, "th": THAI}
HEADLINES = {"zh": "海岛渡轮下月恢复通航", "ja": "島の渡し船が来月に再開", "th": "เรือข้ามฟากกลับมาให้บริการเดือนหน้า"}


def page(language: str, byline: str, title: str = "", head: str = "") -> Metadata:
    text = "".join(f"<p>{TEXTS[language]}</p>" for _ in range(4))
    body = f"<div class='t2'>{HEADLINES[language]}</div>{byline}<div>{text}</div>"
    title = title or HEADLINES[language] + " - X"
    return read(body, f"<title>{title}</title>{head}", f'lang="{language}"')


@pytest.mark.parametrize(
    ("language", "byline"),
    [
        ("zh", "<p>发布时间：2021-05-18　来源：山谷报</p>"),
        ("zh", "<p>来源: | 发布日期: 2021年5月18日 | 浏览次数: 2168</p>"),
        ("zh", "<p>時間：2021年5月18日 23:00 瀏覽：33</p>"),
        ("zh", "<p>發表於 2021-05-18 21:30</p>"),
        ("ja", "<p>公開日：2021年5月18日</p>"),
        ("ja", "<p>投稿日時 2021/05/18 07:30</p>"),
        ("ja", "<p>掲載日：2021年5月18日　更新日：2021年6月2日</p>"),
        ("th", "<p>เผยแพร่เมื่อ 18 พฤษภาคม 2021</p>"),
    ],
)
def test_reads_the_day_where_no_heading_is_the_headline(language: str, byline: str) -> None:
    assert page(language, byline).date == "2021-05-18"


@pytest.mark.parametrize("language", ["zh", "ja"])
def test_a_day_of_which_a_sentence_speaks_is_not_the_pages(language: str) -> None:
    told = {
        "zh": "2009年5月14日，最后一班渡轮离开码头，船长在航海日志里写下了当天的天气和十七位乘客的名字，此后航线停运。",
        "ja": "2009年5月14日、最後の渡し船が桟橋を離れ、船長は航海日誌にその日の天気と乗客の名前を書き残したという。",
    }
    assert page(language, f"<p>{told[language]}</p>").date is None
    assert page(language, f"<p>{TEXTS[language][:60]}{told[language]}</p>").date is None


def test_a_word_in_a_headline_above_a_day_says_nothing_of_it() -> None:
    others = "".join(
        f"<li><a href='/{n}'>海港局发布第{n}号冬季航行安全通告</a><p>2021-06-3{n} 07:42</p></li>" for n in (0,)
    )
    byline = f"<p>2021-05-18 12:11 来源：山谷报 作者：李明</p><p>{CHINESE}</p><ul>{others}</ul>"
    assert page("zh", byline).date == "2021-05-18"


@pytest.mark.parametrize(
    ("kind", "text"), [("published", "发布时间"), ("published", "公開日"), ("updated", "最終更新日時")]
)
def test_letters_may_follow_a_word_in_a_script_without_spaces(kind: str, text: str) -> None:
    assert said(kind, text)


@pytest.mark.parametrize(
    "nobody",
    [
        "注册",
        "登录",
        "未知",
        "佚名",
        "版权声明",
        "发布于",
        "發表於",
        "网友",
        "会員登録",
        "로그인",
        "免責聲明",
        "相关文章",
    ],
)
def test_what_pages_call_accounts_and_texts_is_no_name(nobody: str) -> None:
    assert page("zh", f"<p><a rel='author' href='/u'>{nobody}</a></p><p>2021-05-18</p>").author is None
    assert page("zh", f"<p>作者：{nobody}</p><p>2021-05-18</p>").author is None


@pytest.mark.parametrize(
    "role",
    [
        "责任编辑：王小明",
        "[责任编辑：王小明]",
        "【責任編輯：王小明】",
        "责编:王小明",
        "（编辑：王小明）",
        "审核：王小明",
    ],
)
def test_who_edited_a_text_has_not_written_it(role: str) -> None:
    assert page("zh", f"<p class='author'>{role}</p><p>2021-05-18</p>").author is None


@pytest.mark.parametrize("shown", ["王小明 企鹅号", "原创 王小明", "王小明 东海大学海洋经济研究所所长", "王小明"])
def test_a_name_stands_without_what_is_around_it(shown: str) -> None:
    assert page("zh", f"<div class='author'>{shown}</div><p>2021-05-18</p>").author == "王小明"


def test_a_paper_that_is_the_source_is_not_the_author() -> None:
    byline = "<p>2021-05-18 12:11 来源：山谷时报网 作者：李在山</p>"
    assert page("zh", byline, head=meta("author", "山谷时报网")).author == "李在山"


def test_the_section_and_names_under_a_picture_are_no_authors() -> None:
    prose = "<p>" + "The ferry left late and nobody on the quay could say why it had waited for so long. " * 9 + "</p>"
    head = meta("article:section", "North Harbour")
    assert (
        read(f"<h1>Ferry delayed again by fog</h1><p>North Harbour 09:31 May 18, 2021</p>{prose}", head).author is None
    )
    shown = "<p>Thu, 18 May 2021 17:55 UTC</p><p>(L-R) Ada Lund, Bo Niemi, Carl Orrin</p>"
    assert read(f"<h1>Ferry delayed again by fog</h1>{shown}{prose}").author is None


@pytest.mark.parametrize("site", ["-山谷新闻网", "--东海日报", "-港口传媒", " - 山谷网", "_山谷网", "-东海电视台"])
def test_a_hyphen_divides_a_headline_from_its_site(site: str) -> None:
    assert page("zh", "", title=HEADLINES["zh"] + site).title == HEADLINES["zh"]


@pytest.mark.parametrize("title", ["新航线-从海岛到对岸的二十分钟", "东海-山谷线", "港口2021-2022年度计划"])
def test_a_hyphen_stays_in_a_headline(title: str) -> None:
    assert page("zh", f"<h1>{title}</h1>", title=title).title == title


@pytest.mark.parametrize(
    ("stated", "author"),
    [
        ("김민수 기자", ["김민수"]),
        ("김민수기자 kim@quay.example", ["김민수"]),
        ("사진기자", []),
        ("记者 李明", ["李明"]),
        ("本报记者李明", ["李明"]),
        ("文/李明", ["李明"]),
        ("取材・文／森田千尋", ["森田千尋"]),
        ("文・写真＝森田 千尋", ["森田 千尋"]),
        ("ライター：森田千尋", ["森田千尋"]),
    ],
)
def test_what_reporters_do_is_no_part_of_their_names(stated: str, author: list[str]) -> None:
    assert [read_names(stated), read_names(stated, formal=True)] == [author, author]
