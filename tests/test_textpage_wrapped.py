# ruff: noqa: E501
"""Captures whose paragraphs are hardly longer than a row, with more furniture than text, as terminals wrap them."""

from __future__ import annotations

import textwrap
import unicodedata
from itertools import pairwise

import pytest

from winnow.items import Page
from winnow.read.lines.line import split_lines
from winnow.read.page import read_page

from .textpage_tools import TOOLS

MENU = {
    "de": "Startseite|Politik|Wirtschaft|Kultur|Region|Anmelden",
    "uk": "Головна|Новини|Політика|Економіка|Культура|Увійти",
    "ar": "الرئيسية|أخبار|اقتصاد|ثقافة|رياضة|تسجيل الدخول",
    "hi": "होम|देश|विदेश|खेल|कारोबार|ई-पेपर",
    "th": "หน้าแรก|ข่าว|การเมือง|เศรษฐกิจ|กีฬา|เข้าสู่ระบบ",
}
TEXTS = {
    "de": (
        "Die Fähre legt ab, wenn am anderen Ufer jemand ruft. Einen Fahrplan gibt es nicht, und der Preis ist, was einer "
        "übrig hat.",
        "Die Brücke wurde zum ersten Mal 1978 versprochen. Seither hatte die Gemeinde neun Bürgermeister, und der Plan "
        "liegt in der Lade.",
        "„Das Klavier war so schwer wie zwei Kühe, aber es stand ruhiger“, sagt der ältere der beiden Brüder am Steg.",
        "Auf dem Amt heißt es, alles sei fertig, man warte nur noch auf das Geld aus der Stadt und auf den Frühling.",
        "Die Brüder glauben nicht, dass sie das noch erleben. Der jüngere ist achtundsechzig und sucht einen, der die Fähre übernimmt.",
        "Gemeldet hat sich bisher ein Student aus der Stadt. Er kann rudern und rechnen, aber er hat Angst vor dem Wasser.",
        "Wenn das Eis kommt, ziehen sie das Boot auf den Hof und flicken es dort, bis im März wieder jemand vom Ufer ruft.",
    ),
    "uk": (
        "О другій ночі, коли село ще спить, Андрій засипає в діжу перше борошно. Піч розпалюють дубовими дровами, бо так "
        "краще.",
        "Пекарню збудував їхній дід у 1951 році. Тридцять років вона стояла порожня, дах протікав, а в печі гніздилися "
        "ластівки.",
        "«Ми думали, що впораємося за літо, — сміється молодший брат Тарас. — А вийшло три роки й дві великі позики».",
        "Узимку, коли замітає дорогу, хліб розвозять саньми. Сільська рада обіцяє почистити шлях до самого Різдва.",
        "Хлібина коштує двадцять вісім гривень. Продавця немає: на полиці лежить хліб, а поруч стоїть бляшанка для грошей.",
        "За рік у бляшанці бракувало лише одного разу, і то наступного дня хтось доклав удвічі більше, ніж було треба.",
        "Брати досі не знають, хто це був, але відтоді щоранку лишають на полиці зайву хлібину для того, хто не має грошей.",
    ),
    "ar": (
        "في الساعة السادسة صباحا تدير نوال المحرك للمرة الثالثة قبل أن يستجيب، وتبدأ الشاحنة صعودها البطيء نحو القرى.",
        "تحمل الشاحنة ألفا ومئتي كتاب، رتبت على رفوف من خشب الصنوبر صنعها نجار القرية بلا مقابل قبل ثلاثة أعوام كاملة.",
        "لا تتلقى المكتبة دعما من الوزارة، ويدفع أهالي القرى ثمن الوقود من صندوق صغير تشرف عليه مديرة المدرسة كل شهر.",
        "وفي الشتاء الماضي توقفت الشاحنة شهرين كاملين بسبب الثلوج، فكتب الأطفال رسائل يطلبون فيها أن تعود الكتب قريبا.",
        "الأطفال ينتظرون عند المنعطف الأخير كما تقول هدى وإذا تأخرت الشاحنة قليلا نزلوا إلى الطريق ليسألوا عنها كل من مر.",
        "قالت الوزارة في بيان قصير إنها تدرس إدراج المشروع ضمن خطتها للعام المقبل لكنها لم تحدد مبلغا ولا موعدا لذلك.",
        "وحتى ذلك الحين ستبقى الشاحنة الزرقاء تصعد الجبل كل يوم أحد وتعود في المساء وقد فرغ نصف رفوفها من الكتب القديمة.",
    ),
    "hi": (
        "सुबह के सात बजे हैं और कोहरा अभी घाटी से उठा नहीं है। मास्टर दीवान सिंह लोहे की पुरानी घंटी पर हथौड़ी मारते हैं।",
        "यह स्कूल 1962 में बना था। एक समय यहां एक सौ चालीस बच्चे पढ़ते थे, लेकिन गांव खाली होते गए और इसे बंद कर दिया गया।",
        "पिछले साल गांव के लोगों ने तय किया कि वे सरकार का इंतजार नहीं करेंगे। उन्होंने लकड़ी काटी और छत तैयार कर दी।",
        "शिक्षा विभाग ने अब तक स्कूल को मान्यता नहीं दी है। अधिकारियों का कहना है कि फैसला अगले सत्र से पहले हो जाएगा।",
        "कुल खर्च दो लाख तीस हजार रुपये हुआ। इसमें से आधा पैसा शहर में काम करने वाले गांव के नौजवानों ने हर महीने थोड़ा थोड़ा करके भेजा।",
        "लोग पूछते हैं कि सात बच्चों के लिए इतना क्यों, दीवान सिंह कहते हैं, मैं कहता हूं कि पहले दिन तो इस कमरे में तीन ही बच्चे थे।",
        "तब तक बच्चों की हाजिरी एक पुरानी बही में लिखी जाती है, जिसके पहले पन्ने पर अब भी उन बच्चों के नाम हैं जो यहां पढ़कर शहर चले गए।",
    ),
    "th": (
        "ตีสอง ตรอกเล็กๆ มีไฟถนนเพียงดวงเดียว ลุงสมบัติเปิดประตูร้าน แป้งนั้นภรรยานวดไว้ตั้งแต่เย็นวาน ส่วนเตาต้องใช้เวลาอีกสี่สิบนาที",
        "สามสิบปีแล้วที่ร้านนี้ดูแลมื้อเช้าของชาวประมง ที่ท่าเรือแห่งนี้ไม่มีที่อื่นขายขนมปังร้อนๆ ก่อนเรือออก",
        "ปกติอบวันละสองร้อยสี่สิบก้อน ถ้ามีประกาศเตือนคลื่นลมแรงก็อบครึ่งเดียว ที่เหลือส่งไปให้บ้านพักคนชรา",
        "ปีที่แล้วแป้งขึ้นราคามากจนคิดจะปิดร้าน แต่สหกรณ์ประมงแบ่งมุมหนึ่งของห้องเย็นให้ใช้โดยไม่คิดเงิน ค่าไฟจึงลดลง",
        "เทศบาลบอกว่าปีนี้จะเริ่มโครงการช่วยเหลือร้านเก่าแก่ แต่ลุงสมบัติยังไม่ได้ยื่นเรื่อง เพราะเอกสารมีหลายแผ่นและร้านปิดไม่ได้",
        "ลูกค้าคนแรกมาถึงตอนตีสี่เสมอ เขาเป็นชาวประมงที่เกษียณแล้ว แต่ยังตื่นเวลาเดิมและยังซื้อขนมปังสองก้อนเหมือนทุกวัน",
        "พอเรือลำแรกกลับเข้าฝั่งร้านก็ปิด ลุงสมบัติล้างถาดแล้วเดินกลับบ้าน ส่วนป้าเริ่มนวดแป้งก้อนใหม่สำหรับคืนถัดไปทันที",
    ),
}


def drawn(text: str) -> int:
    """Return the columns of a text in a terminal that draws marks over letters."""
    return sum(unicodedata.category(char)[0] != "M" for char in text)


def wrapped(text: str, width: int, is_drawn: bool) -> str:
    measure = drawn if is_drawn else len
    rows = [""]
    for word in text.split():
        if rows[-1] and measure(rows[-1]) + 1 + measure(word) > width:
            rows.append(word)
        else:
            rows[-1] = f"{rows[-1]} {word}".lstrip()
    return "\n".join(rows)


def dump(language: str, width: int, is_drawn: bool) -> str:
    """Return the capture of a page with menus above and below its text."""
    menu = "\n".join(f"  • {entry}" for entry in MENU[language].split("|"))
    text = "\n\n".join(wrapped(paragraph, width, is_drawn) for paragraph in TEXTS[language])
    return "\n\n".join([menu, menu, text, *[menu] * 4])


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize(("width", "is_drawn"), [(72, False), (78, True)])
def test_short_paragraphs_among_menus_are_whole(language: str, width: int, is_drawn: bool) -> None:
    text = dump(language, width, is_drawn)
    assert tuple(line.text for line in split_lines(text) if not line.bullet) == TEXTS[language]
    article = read_page(Page("a.txt", body=text.encode())).article
    assert article is not None
    assert all(paragraph in article.text for paragraph in TEXTS[language])


def test_a_list_of_headlines_among_short_lines_is_none_that_was_wrapped() -> None:
    heads = [
        "The ferry runs again, and nobody on the island says a word about it",
        "Two brothers buy a cinema by the river and mend its roof themselves",
        "A school bell rings for seven pupils who come down through the fog",
        "The bakery that waits for the boats, at two o'clock in the morning",
        "Bees on the roof of the town hall make ninety jars of honey a year",
        "What the old miller wrote down about his neighbours and their eggs",
    ]
    menu = [f"* {entry}" for entry in MENU["de"].split("|")]
    assert [line.text for line in split_lines("\n".join([*menu, "", *heads, "", *menu]))][6:12] == heads


def test_sentences_in_rows_of_their_own_are_not_joined() -> None:
    rows = [row.rstrip(".,:—") for text in TEXTS["uk"] for row in textwrap.wrap(text, 60)]
    text = "\n\n".join(f"{above}.\n{below}." for above, below in pairwise(rows))
    assert [line.text for line in split_lines(text)] == text.replace("\n\n", "\n").split("\n")


@pytest.mark.parametrize(
    "paragraphs",
    [
        (
            "새벽 두 시, 김명수 씨는 가로등 하나만 켜진 골목에서 가게 문을 연다. 반죽은 전날 저녁에 아내가 해 두었다.",
            "이 빵집은 삼십 년 동안 어부들의 아침을 책임졌다. 배가 나가기 전에 따뜻한 빵을 먹을 수 있는 곳은 여기뿐이다.",
            "지난해에는 밀가루 값이 크게 올라 문을 닫을까 고민했다. 그때 어촌계에서 냉동 창고 한쪽을 무료로 내주었다.",
            "첫 배가 돌아온다.",
        ),
        (
            "تحمل الشاحنة ألفا ومئتي كتاب، رتبت على رفوف من خشب الصنوبر صنعها النجار.",
            "لا تتلقى المكتبة دعما من الوزارة، ويدفع الأهالي ثمن الوقود من صندوقهم.",
            "وفي الشتاء الماضي توقفت الشاحنة شهرين كاملين بسبب الثلوج في الممر.",
            "الشاحنة تعود.",
        ),
        (
            "सुबह के सात बजे हैं और कोहरा अभी घाटी से उठा नहीं है, सब चुप हैं।",
            "एक समय यहां एक सौ चालीस बच्चे पढ़ते थे, लेकिन गांव खाली होते गए।",
            "उन्होंने लकड़ी काटी, स्लेट ढोई और छह हफ्ते में छत तैयार कर दी थी।",
            "घंटी बजती है।",
        ),
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_few_paragraphs_of_like_sizes_are_not_joined_in_scripts_without_capitals(
    paragraphs: tuple[str, ...], between: str
) -> None:
    assert [line.text for line in split_lines(between.join(paragraphs))] == list(paragraphs)


FEW = (
    "Da war ich sechs. Mein Vater hat mich ans Ruder gestellt und ist rauchen gegangen, und so bin ich gefahren.",
    "Heute schon. Wenn man alt ist, weiß man, was alles passieren kann. Das Wasser ist im März am kältesten.",
    "Das müssen Sie die fragen, die den Plan in der Schublade haben. Ich fahre nur, solange mich jemand ruft.",
    "Mein Bruder sagt, das Klavier sei so schwer gewesen wie zwei Kühe. Er muss es wissen, er hat es gehalten.",
)


@pytest.mark.parametrize("width", [72, 78])
def test_a_few_rows_that_were_wrapped_are_joined_where_all_were(width: int) -> None:
    answers = [row for text in FEW for row in (textwrap.fill(text, width), "Und dann?")]
    assert [line.text for line in split_lines("\n\n".join(answers))][::2] == list(FEW)


AMONG = {
    "pl": (
        "Przez pierwsze dwa lata piec dymił przy każdym paleniu. Potem zdun z Łap powiedział jedno zdanie i wszystko się zmieniło.",
        "Zapal najpierw kartkę w samym kominie. Dopiero potem rozpal w palenisku, tuż przy drzwiczkach, nie głębiej.",
        "Po wygaszeniu piec musi odpocząć. Otwierany na gorąco będzie pękał i nikt na to nic nie poradzi, nawet zdun.",
    ),
    "es": (
        "La mula vieja conoce el camino mejor que el maestro, y cuando llueve es ella quien decide por dónde se sube al pueblo.",
        "En la escuela hay cuatro cajas de libros y una libreta verde, donde cada lector firma con el nombre que prefiere.",
        "Quien pierde un libro cuenta de memoria lo que recuerda, y la bibliotecaria lo escribe por si alguien lo pide después.",
    ),
    "ar": (
        "في كل مساء يصعد الحارس مئة واثنتي عشرة درجة ليشعل المصباح بيده، ولا يعرف أحد لماذا بقي هذا المنار وحده كذلك.",
        "كانت الآلة التي طلبت قبل ثلاثين عاما لم تصل قط، لأن العنوان المكتوب على الصندوق كان ناقصا حرفا واحدا لا أكثر.",
        "أما الدفتر الذي يكتب فيه حال البحر كل ثلاث ساعات فقد صار أثقل من الحارس نفسه، ولا مكان في المنار لدفتر جديد بعده.",
        "وحين سئل عن الأمر قال إن المنار لا يحرس، وإنما يجالس، وإن من يجالسه عاما كاملا لا يستطيع أن ينام في مدينة أبدا.",
    ),
}


@pytest.mark.parametrize("language", AMONG)
@pytest.mark.parametrize("width", [72, 80])
def test_paragraphs_among_many_short_lists_are_whole(language: str, width: int) -> None:
    facts = [f"{n}0 g / {n}5 kg" for n in range(2, 9)]
    among = "\n".join([*facts, ""])
    text = f"\n{among}\n".join(textwrap.fill(paragraph, width) + "\n" for paragraph in AMONG[language])
    lines = [line.text for line in split_lines(f"{among}\n{text}\n{among}")]
    assert [line for line in lines if line not in facts] == list(AMONG[language])


@pytest.mark.parametrize("below", ["by Ada Lund", "startup insights", "read it now"])
def test_headlines_above_the_same_words_again_are_not_joined(below: str) -> None:
    heads = [
        "How to write a guide to the marketing of mobile apps: 25 proven strategies",
        "A detailed walk through the house of the pilots on the island",
        "What the old miller wrote down about his neighbours and their eggs",
        "Two brothers buy a cinema by the river",
        "The cost of hiring someone who can mend a wheel: the definitive guide",
    ]
    rows = [row for head in heads for row in (head, below)]
    assert [line.text for line in split_lines("News\nSport\n\n" + "\n".join(rows))][2:] == rows


PAIRED = {
    "zh": (
        "渡口的木桩换过三次，最后一次是在大水之后，村里的人一起抬来了八根槐木，用铁箍箍紧，又在上面刷了两遍桐油。",
        "老周说木头和人一样，泡在水里的那一半记得的事情比露在外面的那一半多，所以换下来的桩子他一根也没有扔掉。",
        "今年的水位比往年低，石阶露出了最下面的两级，上面刻着一个没有人认识的名字和一个早就不用的年号，笔画很浅。",
        "孩子们把那两级石阶叫做旧年，放学以后坐在上面写作业，等最后一班船靠岸的铃声，再跟着下船的人一起走回家去。",
    ),
    "ja": (
        "渡し場の杭は三度取り替えられ、最後は大水のあとで、村の人たちが槐の木を八本かついで来て鉄の輪で締めたものだ。",
        "周さんは、水につかった半分のほうが外に出ている半分よりも多くのことを覚えていると言い、古い杭を捨てなかった。",
        "今年は水が少なく、石段のいちばん下の二段があらわれて、そこには誰も知らない名前と古い年号が刻まれていました。",
        "子どもたちはその二段を古い年と呼び、学校の帰りに腰かけて宿題をしながら、最後の船の鐘が鳴るのを待っています。",
    ),
}


@pytest.mark.parametrize("language", PAIRED)
@pytest.mark.parametrize("tool", ["links", "w3m"])
def test_paragraphs_of_two_rows_are_whole_in_scripts_without_spaces(language: str, tool: str) -> None:
    feeds = [f"Link: Notes from the Quay, feed number {n} (alternate)" for n in range(10)]
    text = "\n\n".join(map(TOOLS[tool], PAIRED[language]))
    lines = [line.text for line in split_lines("\n".join([*feeds, "", text]))]
    assert lines == [*feeds, *PAIRED[language]]


PRINT = {
    "en": (
        "The morning ferry to Stennay will leave twenty minutes later from Monday, after engineers found cracked piles.",
        "Nobody is in danger, but we are not going to put four hundred people on timber that we do not trust, she said.",
        "Season tickets remain valid on all sailings. Passengers with bicycles are asked to be at the berth ten minutes early.",
        "The council expects the repair to cost a little more than it has, and will ask the island for the rest of it.",
    ),
    "de": (
        "Der Regen begann am Dienstag und hörte erst auf, als niemand mehr damit rechnete und alle Keller voll waren.",
        "Die Schafe treten den Boden fest und halten das Gras kurz, und wenn eines krank wird, repariert es sich selbst.",
        "Wir bauen heute mit einer breiten Kappe, auf die man später noch einen Meter setzen kann, falls das einmal reicht.",
        "Im Sommer beschweren sie sich, weil die Tiere auf dem Weg stehen und jeder Radfahrer ihretwegen absteigen muss.",
    ),
    "ru": (
        "Кладовщик писал на обратной стороне накладных, потому что не любил, когда хорошая бумага пропадает зря у всех на виду.",
        "Их хранила племянница, а потом школьный музей, и в этом году вышла первая книга, которую раскупили за одну неделю.",
        "Редактор считает, что он никогда не собирался печататься и стеснялся бы теперь каждого, кто знает его наизусть.",
        "В музее теперь лежит и сама лампа, и школьники спрашивают, можно ли её включить, а сторож им это разрешает всегда.",
    ),
}
VERSE = (
    "the snow lies on the roof",
    "and the box of nails is open",
    "nothing do i need",
    "but the lamp that is still burning here",
    "and the mouse",
    "that runs behind the wall at night",
    "while the road goes on",
    "my life is an empty book with a pencil in it",
)


@pytest.mark.parametrize("language", PRINT)
@pytest.mark.parametrize(("width", "between"), [(26, "\n\n"), (30, "\n\n"), (100, "\n\n"), (100, "\n")])
def test_rows_of_narrow_columns_and_a_few_wide_ones_are_joined(language: str, width: int, between: str) -> None:
    text = between.join(textwrap.fill(paragraph, width, break_on_hyphens=False) for paragraph in PRINT[language])
    assert [line.text for line in split_lines(text)] == list(PRINT[language])


def test_verse_in_short_rows_is_not_joined() -> None:
    assert [line.text for line in split_lines("\n".join(VERSE * 2))] == list(VERSE * 2)
