# ruff: noqa: E501
"""Invented captures in seven languages: menu, head, article, appeal, teaser cards, footer.

Lines of the article are marked with `A|`, title `T|`, standfirst `S|`, byline `B|`; the rest is boilerplate.
"""

from __future__ import annotations

ENGLISH = """
Menu
Search
Subscribe

T|The ferry that would not sink

S|A rusty boat and the four women who keep it afloat

Europe

B|By Nora Quill
April 3, 2023

A|The ferry leaves the northern pier at a quarter past six, with or without the mail. It has done so since the spring of 1961, when the harbour board bought it second hand and painted it the green of the fishing fleet.

A|Four women run it today. One steers, one keeps the engine, and two take turns with the ropes and the tickets, which are still punched by hand because the machine that should replace them does not like the salt.

A|Nobody on the island expects the boat to last another winter. They have said the same thing every autumn for at least twenty years, and every autumn the crew has welded another plate onto the hull and gone out again.

A|The council has ordered a new ferry from a yard in the south. It will be faster, quieter and electric, and it will not be here before the end of next year, since the yard has three other customers who pay more.

A|Until then the old boat goes on. On Sundays, when the sea is calm, the engineer lets children ring the bell, and the bell, unlike everything else on board, is exactly as old as it looks.

Dear readers, it takes time and money to send a reporter to an island. Please consider a donation today so that we can go on telling stories like this one.

Photo: Nora Quill
Europe
A town buys its own mountain

A town buys its own mountain

Politics

When the quarry company went bankrupt, the people of a small valley town put their savings together and bought the mountain behind their houses before anybody else could.

Keep readingShow less

The bakers who start at midnight

Culture

For a hundred years the rye bread of the coast has been baked at night, in ovens that nobody is allowed to photograph and that are never allowed to go cold.

Keep readingShow less

Newsletter
Privacy policy
"""

GERMAN = """
Zum Inhalt springen
Startseite
Politik
Wirtschaft
Kultur
Anmelden

T|Der Hafen von Wellmund öffnet wieder seine Tore

S|Nach drei Wochen Stillstand rollen die ersten Container, doch die Fahrer trauen dem Frieden nicht

B|Von Jürgen Österle
12. März 2024
Teilen
Drucken

A|Als am Montagmorgen kurz nach sechs das Licht im alten Hafenamt anging, standen die ersten Lastwagen schon bis zur Salzscheune an der Ecke. Niemand wusste genau, wer die Tore geschlossen hatte, und niemand wollte fragen.

A|Drei Wochen lang hatte sich auf den Kais nichts bewegt. Die Kräne standen still, die Lagerhäuser blieben dunkel, und in den Kneipen am Wasser wurde viel geredet und wenig verdient. Für eine Stadt, die vom Umschlag lebt, war das eine lange Zeit.

A|Die Stadtverwaltung erklärte am Sonntagabend, man habe sich mit den Arbeitern auf einen neuen Plan geeinigt. Künftig sollen die Schichten kürzer sein, und wer nachts arbeitet, bekommt einen freien Tag mehr im Monat.

A|Was der Plan kostet

A|Billig wird das nicht. Der Kämmerer rechnet mit vier Millionen im Jahr, die an anderer Stelle fehlen werden. „Wir haben lange gespart, wo es nicht wehtat“, sagte er, „jetzt wird es wehtun.“

A|Auf dem Kai selbst war davon am Montag wenig zu spüren. Gegen Mittag bewegte sich der zweite Kran, und am Abend hatten hundertzwanzig Wagen das Gelände verlassen. Ob es dabei bleibt, wird sich zeigen, wenn im April neu verhandelt wird.

Liebe Leserinnen und Leser, unsere Redaktion arbeitet ohne große Geldgeber. Wenn Ihnen dieser Text gefallen hat, unterstützen Sie uns bitte mit einer Spende, damit wir auch morgen noch hinfahren und nachfragen können.

Mehr zum Thema

Neue Brücke, alter Streit
Foto: Hafenarchiv / dpa
Neue Brücke, alter Streit
Seit zwanzig Jahren streiten zwei Dörfer am Oberlauf über eine Brücke, die beide wollen und keiner bezahlen mag. Nun hat ein Gericht entschieden, und alle sind unzufrieden.
Weiterlesen

Wie die Bäckerin den Wettbewerb gewann
Mit einem Brot aus Roggen und Apfel hat eine junge Bäckerin aus dem Hinterland die Jury überzeugt, obwohl ihr Ofen am Vorabend ausgefallen war.
Weiterlesen

Newsletter abonnieren
Impressum
Datenschutz
© 2024 Wellmunder Bote
"""

FRENCH = """
Aller au contenu
Accueil
Politique
Économie
Culture
Se connecter

Société

T|Au marché de Valrose, les étals reviennent un à un

S|Fermée depuis l'incendie de l'automne, la vieille halle a retrouvé ses premiers commerçants, mais pas encore tous ses clients

B|Par Élise Moreau
Publié le 4 mai 2023
Partager

A|Il est à peine six heures quand la première camionnette se gare devant la halle. Mireille décharge ses cageots de fraises, seule, en regardant du coin de l'œil le mur encore noir où se trouvait l'étal de son voisin.

A|L'incendie d'octobre avait tout emporté en une nuit, ou presque. Pendant sept mois, les commerçants se sont installés sur le parking de la gare, sous des bâches que le vent soulevait, avec des caisses à moitié vides et des habitués qui ne trouvaient plus le chemin.

A|La mairie avait promis une réouverture pour Noël, puis pour Pâques. Les travaux ont pris du retard parce que la charpente, plus ancienne qu'on ne le pensait, a dû être examinée par les services du patrimoine avant d'être réparée.

A|« Nous n'avons jamais songé à partir », assure le poissonnier, qui vend ici depuis trente ans. Il montre les nouvelles tables en pierre, plus hautes que les anciennes, et reconnaît qu'elles ménagent enfin son dos.

A|Reste à faire revenir les clients. Beaucoup ont pris l'habitude du supermarché de la rocade, ouvert tard et chauffé. Les commerçants comptent sur la fête de la Saint-Jean, au cours de laquelle la halle restera ouverte jusqu'à minuit.

Chers lecteurs, notre rédaction ne dépend d'aucun groupe. Si vous appréciez notre travail, soutenez-nous par un don, même modeste : il nous permet de continuer à enquêter près de chez vous.

À lire aussi

Le phare de Kermanac'h cherche un gardien
Crédit photo : ville de Kermanac'h
Perché à l'extrémité de la pointe, le phare n'était plus habité depuis quinze ans. La commune propose un logement, une barque et beaucoup de silence à qui voudra bien s'en occuper.
Lire la suite

Mentions légales
Politique de confidentialité
Tous droits réservés
"""

SPANISH = """
Saltar al contenido
Inicio
Política
Economía
Cultura
Iniciar sesión

T|El río vuelve a pasar por el centro de Almendral

S|Las obras han devuelto a la superficie un cauce que llevaba setenta años enterrado bajo una avenida

B|Por Lucía Ferrán
18 de junio de 2022
Compartir

A|Los más viejos recordaban dónde estaba el puente. Los demás habían crecido creyendo que la avenida siempre había sido una avenida, con sus plátanos, sus semáforos y un ruido sordo que subía de las alcantarillas cuando llovía.

A|El ayuntamiento decidió hace cuatro años desenterrar el río. La idea parecía una extravagancia: levantar el asfalto, cortar el tráfico y dejar que el agua buscara de nuevo su sitio entre dos filas de edificios que le daban la espalda.

A|Las obras costaron el doble de lo previsto y duraron tres veces más. Hubo huelgas, hubo una inundación y hubo un hallazgo que detuvo las excavadoras durante medio año: los cimientos de un molino árabe que nadie había documentado.

A|Ahora, los niños se asoman a la barandilla para contar los patos. El agua baja limpia, poco profunda, y en las tardes de calor el aire es algo más fresco que en el resto del barrio, según las mediciones de la universidad.

A|No todos están contentos. Los comerciantes se quejan de que han perdido aparcamientos y ventas, y han pedido una rebaja de impuestos que el consistorio estudiará después del verano.

Querido lector: si has llegado hasta aquí es porque te interesa lo que hacemos. Nuestro trabajo es independiente y no tiene muro de pago. Haz una donación hoy y ayúdanos a seguir contando lo que pasa.

Te puede interesar

La última imprenta del valle cierra sus puertas
Foto: archivo municipal
Durante un siglo salieron de sus máquinas los carteles de las fiestas y los recordatorios de los difuntos. El dueño se jubila y ninguno de sus hijos quiere seguir con el negocio.
Leer más

Aviso legal
Política de privacidad
Todos los derechos reservados
"""

POLISH = """
Przejdź do treści
Strona główna
Polityka
Gospodarka
Kultura
Zaloguj się

T|Stara gazownia w Brzeźnie dostanie drugie życie

S|Miasto sprzedało halę spółdzielni, która chce w niej urządzić warsztaty i kino

B|Tekst: Anna Zawilska
7 października 2021
Udostępnij

A|Przez czterdzieści lat nikt tu nie zaglądał, poza gołębiami i chłopcami, którzy rozbijali ostatnie szyby. Dziś przed bramą stoi kontener na gruz, a na dachu pracuje pięciu dekarzy, którym nie przeszkadza nawet wiatr od jeziora.

A|Gazownię zbudowano pod koniec dziewiętnastego wieku, kiedy miasto chciało mieć latarnie takie jak w stolicy. Ceglana hala przetrwała dwie wojny, jeden pożar i kilka planów rozbiórki, z których żaden nie doczekał się pieniędzy.

A|Spółdzielnia zapłaciła za budynek symboliczną kwotę, ale zobowiązała się wyremontować go w ciągu trzech lat. Jeśli nie zdąży, hala wróci do miasta razem ze wszystkim, co do tego czasu uda się w niej naprawić.

A|„Nie robimy tego dla turystów”, mówi prezeska spółdzielni, która sama mieszka dwie ulice dalej. W środku mają się zmieścić stolarnia, drukarnia i mała sala kinowa, w której bilet będzie kosztował tyle co bochenek chleba.

A|Sąsiedzi są ostrożni. Pamiętają, że podobne obietnice słyszeli już trzy razy, i pytają głównie o hałas oraz o to, gdzie będą parkować samochody w soboty wieczorem.

Drodzy Czytelnicy, nasza redakcja działa dzięki wpłatom takich osób jak Wy. Jeśli ten tekst był dla Was ważny, wesprzyjcie nas dowolną kwotą, abyśmy mogli pisać dalej.

Czytaj także

Most, którego nie ma na mapie
Fot. archiwum
Kładka nad rzeką istnieje od pięćdziesięciu lat, ale żaden urząd się do niej nie przyznaje. Mieszkańcy naprawiają ją sami, deska po desce, za własne pieniądze.
Czytaj więcej

Polityka prywatności
Regulamin
Wszelkie prawa zastrzeżone
"""

RUSSIAN = """
Перейти к содержанию
Главная
Политика
Экономика
Культура
Войти

T|В Озёрске снова заработала старая обсерватория

S|Телескоп, простоявший без дела тридцать лет, починили двое учителей и бывший часовщик

B|Автор: Ирина Лугова
5 февраля 2020
Поделиться

A|Купол открылся не сразу. Сначала он заскрипел, потом остановился, и только когда часовщик стукнул по рельсу молотком, тяжёлая створка медленно пошла вверх, и в зале стало холодно и тихо.

A|Обсерваторию построили в шестидесятые годы для института, которого давно нет. Когда институт закрыли, приборы увезли, а телескоп оставили, потому что он не проходил в дверь и никто не хотел ломать стену.

A|Учителя физики из местной школы попросили у города ключ и получили его через полгода вместе с бумагой о том, что за всё отвечают они сами. Деньги на зеркало собирали два года, и больше всего дали родители учеников.

A|Теперь по пятницам здесь бывают экскурсии. Записываются на месяц вперёд, приезжают даже из соседней области, а тем, кому не повезло с погодой, разрешают прийти ещё раз бесплатно.

A|Город обещает отремонтировать дорогу, но не раньше следующего лета. До тех пор последние триста метров придётся идти пешком, и организаторы советуют брать с собой фонарь и тёплые перчатки.

Дорогие читатели! Наша редакция независима и существует благодаря вашей помощи. Пожалуйста, поддержите нашу работу любой суммой, чтобы мы могли писать и дальше.

Читайте также

Кто купил остров на реке
Фото: архив района
Остров продали на аукционе за цену подержанного автомобиля, и до сих пор никто не знает, зачем он понадобился новому владельцу и что на нём собираются строить.
Читать далее

Политика конфиденциальности
Реклама
Все права защищены
"""

CHINESE = """
跳到内容
首页
新闻
财经
文化
登录

T|旧盐仓改建为社区图书馆，居民自己动手搬书

S|闲置了二十年的仓库在春天重新开门，第一批读者是附近小学的孩子们

B|作者：林晓青
2023年4月18日
分享

A|早上七点，仓库门口已经排起了长队。老人推着小车，孩子抱着纸箱，里面装的都是各家捐出来的旧书。管理员说，他们原来只准备了三百个书架，现在看来远远不够。

A|这座盐仓建于上世纪五十年代，曾经是全镇最高的建筑。盐业公司搬走以后，屋顶漏了，窗户也破了，只有冬天来避风的野猫还记得这个地方。

A|三年前，几位退休教师向镇政府提出申请，希望把它改成图书馆。起初没有人相信这件事能做成，因为光是修屋顶就要花掉镇里一年的维修经费。

A|后来，一位在外地做生意的同乡寄来了木料，木匠们免费干了两个月。墙上的旧标语没有刷掉，设计师说，那是这座房子自己的记忆，应该留给后来的人看。

A|图书馆每天开放到晚上九点，借书不需要押金。管理员只有一个要求：看完以后，请在书的最后一页写下自己的名字，好让下一个读者知道，谁曾经翻过这本书。

亲爱的读者：我们的编辑部保持独立，所有内容免费开放。如果您喜欢这篇文章，请考虑捐款支持我们的工作，让我们可以继续报道身边的故事。

相关阅读

河边的最后一家茶馆
图片来源：镇志办
茶馆的老板今年八十二岁，每天四点起床生火。他说，等到没有人来喝茶的那一天，他就把门板拆下来，给孙子做一张书桌。
阅读更多

隐私政策
广告合作
版权所有
"""

SAMPLES = {
    "de": GERMAN, "fr": FRENCH, "es": SPANISH, "pl": POLISH, "ru": RUSSIAN, "zh": CHINESE,
}  # fmt: skip


def plain(sample: str) -> str:
    """Return the capture without its marks."""
    return "\n".join(line[2:] if line[1:2] == "|" else line for line in sample.strip().split("\n"))


def marked(sample: str, mark: str) -> list[str]:
    """Return the lines that carry a mark."""
    return [line[2:] for line in sample.split("\n") if line.startswith(mark + "|")]
