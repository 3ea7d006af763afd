"""What is left out of a capture by its words, in many languages: captions with a credit, appeals, and what leads on."""

from __future__ import annotations

import numpy as np
import pytest

from tests.test_textpage_choose import judged
from winnow.read.lines.interruptions import drop_appeals
from winnow.read.plain.captions import SURE, drop_alternatives, drop_captions

CAPTIONS = """
The harbour master on the quay at dawn. Photo: Ida Verlane
The quay after the storm (Picture: Harbour Archive)
The quay after the storm. Photo by Ida Verlane/Coast Press
Der Hafenmeister am Kai. Foto: Ida Verlane/dpa
Le maître du port sur le quai. Photo : Ida Verlane
Το λιμάνι μετά την καταιγίδα. Φωτογραφία: Ίδα Βερλάνη
Порт після шторму. Фото: Іда Верлан
رئيس الميناء على الرصيف (تصوير: سامر الخطيب)
מנהל הנמל על הרציף. צילום: יעל ברק
नाव पर कप्तान। फ़ोटो: अमित वर्मा
กัปตันบนเรือ ภาพ: สมชาย ใจดี
Thuyền trưởng trên tàu. Ảnh: Minh Hà
港长在码头上。周明远 摄
嵐のあとの港＝９月、森田千尋撮影
폭풍이 지나간 항구. 사진=한지우
Wer die Äste auf den Weg legt, ist unklar (Symbolbild).
The quay after the storm (file photo)
Traffic on the quay. Photo: some1one/Pictures.
The quay in spring. Photo: Ida Verlane, Radio Coast Int.
The quay in spring. Photo by Ida Verlane, courtesy of the harbour.
Featured image by Ida Verlane
Der Kai im Frühling Foto: dpa
Le quai après la tempête (photo d'illustration : Ida Verlane)
El muelle tras la tormenta (imagen de archivo)
Причал после шторма (архивное фото)
""".strip().split("\n")
SENTENCES = """
The photo: it shows the quay before the storm. Nobody knows who took it.
She said that the photo was by far the best.
Auf dem Foto: der Hafenmeister und seine Frau, die beide lachen. Es hängt heute im Rathaus.
彼はその写真を自分で撮影した。
entity_picture: "/api/image/serve/one"
Das Archivbild (ein Geschenk der Stadt) hängt im Rathaus.
She kept the file (photos and letters) in a tin.
All that was left of it was a photo: her mother at the gate.
Geblieben ist ihr nur ein Foto: der Großvater vor dem Ofen.
Zu sehen ist das alles auf einem Foto von Jörg Lund.
Wir haben noch viele Bilder von diesem Rezept
Sur le mur pend encore une photo de la classe
De aquellos años solo queda una foto: su madre en la puerta.
От тех лет осталось только фото: дед у причала.
لم يبق من تلك السنوات سوى صورة: أمها عند الباب.
Man kennt nur ein Bild: Anna, die Tochter.
""".strip().split("\n")
APPEALS = """
Sign up for our newsletter and get the news every morning
Abonnieren Sie unseren Newsletter und lesen Sie mit
关注我们的微信公众号，每天获取最新资讯。
ニュースレターに登録して毎朝ニュースを受け取る
뉴스레터를 구독하시면 매일 아침 소식을 받아보실 수 있습니다.
اشترك في نشرتنا البريدية لتصلك الأخبار كل صباح.
हमारे न्यूज़लेटर की सदस्यता लें और ताज़ा ख़बरें पाएँ।
در خبرنامه ما عضو شوید تا خبرها را بخوانید.
สมัครรับจดหมายข่าวของเราทุกเช้า
Читайте також: Хто купив острів на річці
View this email in your browser
You are receiving this email because you signed up on the pier.
Sie erhalten diese E-Mail, weil Sie sich am Kai angemeldet haben.
Vous recevez cet e-mail car vous êtes inscrit à notre liste.
Вы получили это письмо, потому что подписались на рассылку.
This entry was posted in Harbours and tagged lamps. Bookmark the permalink.
Dieser Eintrag wurde veröffentlicht in Häfen und verschlagwortet mit Lampen.
Cette entrée a été publiée dans Ports. Vous pouvez la mettre en favoris.
Запись опубликована в рубрике Порты. Добавьте в закладки постоянную ссылку.
İlgili Haberler
यह भी पढ़ें
あわせて読みたい
""".strip().split("\n")
ARTICLE = """
Newsletters are read by half of the town, he said.
You are receiving these lines from a man who has never seen the sea.
This email was the last that anybody had from her.
Related species live on the island
订阅报纸的人越来越少。
Читайте також ті книжки, які він написав раніше.
""".strip().split("\n")


@pytest.mark.parametrize("text", CAPTIONS)
def test_a_caption_that_ends_with_its_credit_goes(text: str) -> None:
    assert not drop_captions(judged([text], [0.7]), np.array([True])).any()
    assert drop_captions(judged([text], [SURE]), np.array([True])).all()


PICTURED = {
    "de": ("Der Hafen nach dem Sturm im März", "Die Kräne stehen still, und niemand weiß, wie lange noch."),
    "fr": ("Le port après la tempête de mars", "Les grues ne bougent plus, et personne ne sait pour combien de temps."),
    "pl": ("Port po marcowej burzy w mieście", "Dźwigi stoją i nikt nie wie, jak długo to jeszcze potrwa."),
    "ru": ("Порт после мартовского шторма", "Краны стоят, и никто не знает, как долго это ещё продлится."),
}


GLUED = """
The ferry will leave twenty minutes later from Monday, after engineers found cracks.The quay at dawn. Photo: Ida Verlane
Die Fähre fährt ab Montag zwanzig Minuten später, weil zwei Pfähle brüchig sind.Der Kai am Morgen. Foto: Ida Verlane/dpa
Паром с понедельника отходит на двадцать минут позже, потому что треснули сваи.Причал утром. Фото: Ида Верлан
تنطلق العبارة اعتبارا من يوم الاثنين بعد أن وجد المهندسون شقوقا في الأوتاد.الرصيف صباحا. تصوير: سامر الخطيب
नाव सोमवार से बीस मिनट देर से चलेगी क्योंकि इंजीनियरों को खंभों में दरारें मिली हैं और घाट बंद है।सुबह का घाट। फ़ोटो: अमित वर्मा
渡轮从周一起晚二十分钟开。工程师发现桩子裂了。船停在南码头。清晨的港口。周明远 摄
""".strip().split("\n")


@pytest.mark.parametrize("text", GLUED)
def test_a_paragraph_that_a_caption_is_glued_to_stays(text: str) -> None:
    assert drop_captions(judged([text], [0.6]), np.array([True])).all()


@pytest.mark.parametrize("language", PICTURED)
def test_what_a_picture_shows_goes_with_the_caption_that_says_the_same(language: str) -> None:
    shown, said = PICTURED[language]
    texts = [said, f"[{said}]", said, f"[{shown}] [{shown}]", shown, "[netz]"]
    found = drop_alternatives(judged(texts, [0.7] * 6), np.ones(6, np.bool_))
    assert found.tolist() == [True, False, False, False, True, True]


def test_brackets_of_an_english_text_stay() -> None:
    texts = ["The cranes stand still, and nobody of the harbour knows for how long.", "[stack trace omitted]"]
    assert drop_alternatives(judged(texts, [0.7] * 2), np.ones(2, np.bool_)).all()


@pytest.mark.parametrize("text", SENTENCES)
def test_what_else_is_said_of_pictures_stays(text: str) -> None:
    assert drop_captions(judged([text], [0.7]), np.array([True])).all()


@pytest.mark.parametrize("text", APPEALS)
def test_appeals_and_what_leads_on_go(text: str) -> None:
    assert not drop_appeals(judged([text], [0.7]), np.array([True])).any()


@pytest.mark.parametrize("text", ARTICLE)
def test_sentences_with_the_same_words_stay(text: str) -> None:
    assert drop_appeals(judged([text], [0.7]), np.array([True])).all()
