"""Titles that the model holds unlikely, in languages of which it has learnt little or nothing."""

from __future__ import annotations

import pytest

from winnow.read.plain import read

PAGES = {
    "th": """หน้าแรก

ข่าว

กีฬา

บันเทิง

เข้าสู่ระบบ

เรือข้ามฟากลำสุดท้ายของหมู่บ้านปากน้ำ

โดย สมชาย ใจดี

12 มีนาคม 2567

ทุกเช้าก่อนพระอาทิตย์ขึ้น ลุงบุญมีจะเดินลงบันไดไม้ไปที่ท่าน้ำ แล้วแก้เชือกเรือที่ผูกไว้กับเสาต้นเดิมมาสามสิบปี

คนในหมู่บ้านบอกว่าสะพานใหม่ทำให้เดินทางสะดวกขึ้น แต่เด็กนักเรียนยังชอบนั่งเรือของลุง เพราะลุงเล่าเรื่องแม่น้ำให้ฟังทุกวัน

ปีที่แล้วน้ำท่วมสูงกว่าทุกปี ลุงต้องย้ายเสาเข้ามาใกล้ตลิ่ง และซ่อมท้องเรือใหม่ด้วยไม้ตะเคียนที่เพื่อนบ้านช่วยกันหามา

ลุงบุญมีบอกว่าจะพายเรือต่อไปจนกว่าแขนจะยกไม้พายไม่ไหว แล้วค่อยส่งเรือลำนี้ให้หลานชาย

แชร์

ข่าวที่เกี่ยวข้อง

น้ำมันขึ้นราคาอีกครั้งพรุ่งนี้

ทีมชาติไทยชนะสองต่อหนึ่ง

สงวนลิขสิทธิ์ 2567

ติดต่อเรา""",
    "he": """ראשי
חדשות
ספורט
תרבות
התחברות
הספן האחרון של מעבר הנחל
מאת: דנה לוי
12 במרץ 2024, 08:15
בכל בוקר, לפני שהערפל מתרומם מן המים, יורד אברהם שתים־עשרה מדרגות אבן ומתיר את החבל שקושר את הסירה לעמוד הישן.
אנשי הכפר אומרים שהגשר החדש נוח יותר, אבל הילדים עדיין מעדיפים את הסירה, כי אברהם מספר להם בכל יום סיפור אחר על הנחל.
בשיטפון של השנה שעברה נסחף העמוד, והוא תקע עמוד חדש קרוב יותר לגדה והחליף ארבעה קרשים בתחתית הסירה.
אברהם אומר שימשיך לחתור עד שהזרועות לא ירימו את המשוט, ורק אז ימסור את הסירה לנכדה שלו.
שיתוף
כתבות נוספות
מחירי הדלק יעלו מחר בחצות
הנבחרת ניצחה בדקה האחרונה
כל הזכויות שמורות 2024
צור קשר""",
    "am": """መነሻ
ዜና
ስፖርት
ባህል
ግባ

የወንዙ የመጨረሻ ጀልባ ቀዛፊ

አበበ ከበደ
መጋቢት 12 ቀን 2016

በየቀኑ ጭጋጉ ከመነሳቱ በፊት አቶ ታደሰ አሥራ ሁለት የድንጋይ ደረጃዎችን ወርዶ ከአሮጌው ምሰሶ ላይ የጀልባውን ገመድ ይፈታል።

የመንደሩ ሰዎች አዲሱ ድልድይ ይበልጥ ምቹ ነው ይላሉ፣ ተማሪዎች ግን አሁንም በጀልባው መሄድ ይመርጣሉ፣ ምክንያቱም አቶ ታደሰ
በየቀኑ ስለ ወንዙ አንድ ታሪክ ይነግራቸዋል።

ባለፈው ዓመት የመጣው ጎርፍ ምሰሶውን ወሰደው፣ እሱም አዲስ ምሰሶ ከዳርቻው አጠገብ ተከለ፣ የጀልባውንም አራት ጣውላዎች ቀየረ።

አቶ ታደሰ እጆቹ መቅዘፊያውን ማንሳት እስኪያቅታቸው ድረስ እንደሚቀጥልና ከዚያም ጀልባውን ለልጅ ልጁ እንደሚሰጥ ይናገራል።

አጋራ

ተዛማጅ ዜናዎች

ከነገ ጀምሮ የነዳጅ ዋጋ ይጨምራል
ብሔራዊ ቡድኑ በመጨረሻው ደቂቃ አሸነፈ

መብቱ በሕግ የተጠበቀ ነው 2016
አግኙን""",
}
TITLES = {
    "th": "เรือข้ามฟากลำสุดท้ายของหมู่บ้านปากน้ำ",
    "he": "הספן האחרון של מעבר הנחל",
    "am": "የወንዙ የመጨረሻ ጀልባ ቀዛፊ",
}


@pytest.mark.parametrize("language", PAGES)
def test_the_likeliest_line_above_the_text_is_the_title_however_unlikely(language: str) -> None:
    assert read(PAGES[language]).title == TITLES[language]


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("form", ["1. {}", "[{}]", "({})"])
def test_no_item_picture_or_address_is_such_a_title(language: str, form: str) -> None:
    instead = form.format(TITLES[language])
    assert read(PAGES[language].replace(TITLES[language], instead)).title != instead


@pytest.mark.parametrize("language", PAGES)
def test_a_page_without_a_headline_has_no_such_title(language: str) -> None:
    assert read(PAGES[language].replace(TITLES[language], "")).title is None


CLAUSES = {
    "de": [
        "da die Mühle am oberen Bach seit dem Hochwasser still steht und niemand im Dorf das Rad einsetzen kann,",
        "da ferner das Mehl nun aus der Stadt gebracht werden muss und dort mehr kostet als das Brot,",
        "beschließt die Gemeinde, einen Müller zu suchen und ihm das Haus am Bach zu überlassen.",
        "Der Müller hat dafür zu sorgen, dass jeden Samstag gemahlen wird und die Kinder zusehen dürfen.",
    ],
    "ka": [
        "ვინაიდან ზემო ნაკადულზე მდგარი წისქვილი წყალდიდობის შემდეგ გაჩერებულია და სოფელში ბორბალს ვეღარავინ აკეთებს,",
        "ვინაიდან ფქვილი ახლა ქალაქიდან მოაქვთ და იქ პურზე მეტი ღირს,",
        "თემი გადაწყვეტს, მოძებნოს მეწისქვილე და ნაკადულთან მდგარი სახლი მას გადასცეს.",
        "მეწისქვილემ უნდა იზრუნოს, რომ ყოველ შაბათს დაფქვას და ბავშვებს ყურება შეეძლოთ.",
    ],
    "ar": [
        "لما كانت الطاحونة على الجدول الأعلى متوقفة منذ الفيضان ولم يعد أحد في القرية يعرف كيف يركب الدولاب،",
        "ولما كان الدقيق يجلب الآن من المدينة ويكلف هناك أكثر من الخبز،",
        "فإن البلدة تقرر أن تبحث عن طحان وأن تسلمه البيت الذي على الجدول.",
        "وعلى الطحان أن يطحن كل يوم سبت وأن يسمح للأطفال بالمشاهدة.",
    ],
    "zh": [
        "鉴于上游的水磨自洪水之后一直停着,村里再也没有人会装那个大轮子,",
        "鉴于面粉如今要从城里运来,在那里比面包还要贵,",
        "村里决定寻找一位磨坊主,并把溪边的房子交给他居住和使用。",
        "磨坊主应当每个星期六磨面,并且允许孩子们在旁边观看学习。",
    ],
}


@pytest.mark.parametrize("language", CLAUSES)
def test_first_paragraph_whose_sentence_goes_on_is_no_title(language: str) -> None:
    menu = ["Menu", "Log in", "A", "B", "Edit", "History"]
    page = read("\n".join(menu) + "\n\n" + "\n\n".join(CLAUSES[language]))
    assert page.title != CLAUSES[language][0]
    assert CLAUSES[language][0] in [line.text for line in page.body]


TRAILS = {
    "ar": ("الرئيسية", "قرى", "سوق الخميس يعود إلى القرية القديمة", [
        "عاد سوق الخميس إلى ساحة القرية القديمة بعد غياب دام ثمانية عشر عاما.",
        "عثرت معلمة القرية على دفتر قديم سجل فيه أحد التجار أسماء أصحاب الدكاكين.",
        "لم تطلب البلدية رسوما في السنة الأولى، بل اكتفت بأن ينظف كل بائع مكانه.",
        "ينوي أهل القرية أن يضيفوا ركنا للكتب المستعملة في الربيع المقبل."]),
    "fa": ("خانه", "روستا", "بازار پنجشنبه به روستای کهن بازگشت", [
        "بازار پنجشنبه پس از هجده سال به میدان روستای کهن بازگشت و مردم شاد شدند.",
        "آموزگار روستا دفتری کهنه یافت که بازرگانی نام دکان‌داران را در آن نوشته بود.",
        "شهرداری در سال نخست پولی نخواست و تنها خواست که هر کس جای خود را پاک کند.",
        "مردم روستا می‌خواهند در بهار گوشه‌ای هم برای کتاب‌های کهنه بگذارند."]),
    "ko": ("홈", "사람", "나루터의 마지막 뱃사공이 노를 놓다", [
        "할아버지는 새벽마다 배를 물에 밀어 넣고 학교에 가는 아이들을 기다린다.",
        "뱃삯은 열두 해 동안 한 번도 오르지 않았고 아이들에게는 받지 않는다고 한다.",
        "마을의 오래된 장부에는 강을 한 번 건너는 값이 달걀 두 개라고 적혀 있다.",
        "그는 노를 저을 수 있을 때까지 배를 몰다가 손자에게 넘겨주겠다고 말했다."]),
}  # fmt: skip


@pytest.mark.parametrize(("home", "section", "title", "text"), TRAILS.values())
@pytest.mark.parametrize("sign", [">", "›", "»", "/"])
def test_the_headline_is_not_the_trail_that_ends_with_it(
    home: str, section: str, title: str, text: list[str], sign: str
) -> None:
    trail = f"{home} {sign} {section} {sign} {title}"
    for below in ([section, title], [title], [section, "Wend", title]):
        assert read("\n\n".join([home, section, trail, *below, *text * 2, "© 2024 Wend"])).title == title
