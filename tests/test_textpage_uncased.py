"""Authors of captures in scripts without capitals: names above days, reporters below the text and in datelines."""

from __future__ import annotations

import pytest

from winnow.read.plain import read

ARTICLES = {
    "ar": (
        "مكتبة متنقلة على ظهر شاحنة قديمة تعيد القراءة إلى قرى الجبل",
        "في الساعة السادسة صباحا تدير نوال المحرك للمرة الثالثة قبل أن يستجيب، وتبدأ الشاحنة الزرقاء صعودها البطيء.",
        "تحمل الشاحنة ألفا ومئتي كتاب، رتبت على رفوف من خشب الصنوبر صنعها نجار القرية بلا مقابل.",
        "وفي الشتاء الماضي توقفت الشاحنة شهرين كاملين بسبب الثلوج، فكتب الأطفال رسائل يطلبون فيها أن تعود الكتب.",
    ),
    "hi": (
        "पहाड़ के आखिरी गांव में फिर खुला स्कूल, सात बच्चे और एक शिक्षक",
        "सुबह के सात बजे हैं और कोहरा अभी घाटी से उठा नहीं है। मास्टर दीवान सिंह लोहे की पुरानी घंटी पर हथौड़ी मारते हैं।",
        "यह स्कूल 1962 में बना था। एक समय यहां एक सौ चालीस बच्चे पढ़ते थे, लेकिन गांव खाली होते गए और इसे बंद कर दिया गया।",
        "शिक्षा विभाग ने अब तक स्कूल को मान्यता नहीं दी है। अधिकारियों का कहना है कि फैसला अगले सत्र से पहले हो जाएगा।",
    ),
    "bn": (
        "নৌকায় ভাসা পাঠাগার, হাওরের শিশুদের হাতে বই পৌঁছায় বর্ষাতেও",
        "ভোর ছয়টায় করিম মাঝি নৌকার ইঞ্জিন চালু করেন। কুয়াশার ভেতর দিয়ে নৌকাটি এগিয়ে যায় সেই গ্রামগুলোর দিকে।",
        "নৌকার ভেতরে কাঠের তাক, তাতে সাজানো দেড় হাজার বই। সবচেয়ে বেশি চাহিদা গল্পের বইয়ের, তারপর অঙ্কের।",
        "গত বছর বন্যায় নৌকার তলা ফেটে তিন শ বই নষ্ট হয়ে যায়। তখন গ্রামের মানুষ নিজেরাই কাঠ এনে নৌকা মেরামত করে দেন।",
    ),
    "ja": (
        "閉校した分校が図書室に　週末は子どもの声が戻る",
        "窓には色紙で作った魚が並ぶ。十二年前に閉校した小学校の分校が、この春、図書室として生まれ変わった。",
        "本は全部で四千冊ある。半分は町立図書館から譲り受け、残りは全国から郵便で届いたものだ。",
        "教育委員会は建物を十年間、無償で貸すことにした。ただし、屋根の修理は住民が引き受けるという条件がついた。",
    ),
    "ko": (
        "바닷가 빵집의 새벽, 어부들이 먼저 찾는 까닭",
        "새벽 두 시, 김명수 씨는 가로등 하나만 켜진 골목에서 가게 문을 연다. 반죽은 전날 저녁에 아내가 해 두었다.",
        "이 빵집은 삼십 년 동안 어부들의 아침을 책임졌다. 배가 나가기 전에 따뜻한 빵을 먹을 수 있는 곳은 여기뿐이다.",
        "지난해에는 밀가루 값이 크게 올라 문을 닫을까 고민했다. 그때 어촌계에서 냉동 창고 한쪽을 무료로 내주었다.",
    ),
    "zh": (
        "海边面包店的凌晨两点",
        "凌晨两点，巷子里只亮着一盏路灯，林师傅打开了店门。面团是妻子前一天晚上揉好的，烤炉烧热需要四十分钟。",
        "三十年来，这家小店一直管着渔民们的早饭。出海之前能吃上热面包的地方，整个码头只有这一家。",
        "去年面粉涨得厉害，夫妻俩商量过要不要关门。后来渔民合作社腾出了冷库的一角，免费给他们存放原料，电费也省了不少。",
    ),
}
DAYS = {
    "ar": "الأحد 14 مايو/أيار 2023",
    "hi": "19 अगस्त 2022, 09:14 AM",
    "bn": "০৩ ফেব্রুয়ারি ২০২৩",
    "ja": "2023年9月12日 5時00分",
    "ko": "입력 2024.02.19 06:00",
    "zh": "2024-01-15 06:30:21",
}


def author(language: str, *head: str, begin: str = "", end: str = "", below: tuple[str, ...] = ()) -> str | None:
    """Return the author of a capture with these lines below its title, and with words before and behind its text."""
    title, first, *text, last = ARTICLES[language]
    return read("\n\n".join([title, *head, begin + first, *text, last + end, *below])).byline


@pytest.mark.parametrize(
    ("language", "line", "name"),
    [
        ("ar", "سلمى الحداد", "سلمى الحداد"),
        ("ar", "سلمى الحداد، بيروت", "سلمى الحداد"),
        ("hi", "अनुराधा शर्मा", "अनुराधा शर्मा"),
        ("hi", "अनुराधा शर्मा, देहरादून", "अनुराधा शर्मा"),
        ("bn", "নাসরিন আক্তার", "নাসরিন আক্তার"),
        ("ja", "佐々木 遥", "佐々木 遥"),
        ("ja", "文・野々村 千尋", "野々村 千尋"),
        ("ar", "نوال الحداد", None),  # the text speaks of her
        ("ar", "مدينة بيروت القديمة في لبنان", None),
        ("hi", "न्यूज डेस्क", None),
        ("bn", "নিজস্ব প্রতিবেদক", None),
        ("ja", "地域社会", None),
    ],
)
def test_a_name_above_the_day_is_the_author(language: str, line: str, name: str | None) -> None:
    assert author(language, line, DAYS[language]) == name


@pytest.mark.parametrize(("language", "line"), [("ar", "نسخة للطباعة"), ("hi", "शेयर करें"), ("bn", "ফলো করুন")])
def test_a_button_below_the_day_is_none(language: str, line: str) -> None:
    assert author(language, DAYS[language], line) is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("한지우 기자", "한지우"),
        ("한지우 기자 jiwoo@harbor.example", "한지우"),
        ("[항구신문 한지우 기자]", "한지우"),
        ("기자명 한지우", "한지우"),
        ("사진기자", None),
        ("시민 기자", None),
    ],
)
def test_a_reporter_signs_below_the_title_or_the_text(line: str, name: str | None) -> None:
    assert author("ko", line, DAYS["ko"]) == name
    assert author("ko", DAYS["ko"], below=(line, "관련기사")) == name


@pytest.mark.parametrize(
    ("language", "begin", "end", "name"),
    [
        ("ko", "(서울=바다통신) 한지우 기자 = ", "", "한지우"),
        ("ko", "[항구신문=한지우 기자] ", "", "한지우"),
        ("ko", "기자가 찾은 골목. ", "", None),
        ("zh", "海港通讯1月15日电（记者 陈晓雯）", "", "陈晓雯"),
        ("zh", "", "（记者陈晓雯）", "陈晓雯"),
        ("zh", "（记者证）", "", None),
    ],
)
def test_a_dateline_names_the_reporter(language: str, begin: str, end: str, name: str | None) -> None:
    assert author(language, DAYS[language], begin=begin, end=end) == name
