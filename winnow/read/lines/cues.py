# ruff: noqa: E501
"""Words that tell boilerplate from article, in common languages; general lists, no phrases of one site.

The trained models count these words, so the lists stay as they were when the models were trained. The vocabulary of
dates and bylines, which grows, is another one (`winnow/read/words/`). A cue is a word, a beginning of words (`donat*`)
or a phrase of two to four words, in lower case, as tokens of `\\w+`.
"""

from __future__ import annotations

from typing import NamedTuple

# Function words. In a language that is missing here, the page's own frequent short words tell the same (`frequent`).
_STOP_WORDS = """
the of and to a in is that for on with as are was it by be at this from or an have has had not but they their its
which you your we our he she his her i my me will can would could should may if when what who how there more than been
were also about into over after before so because them these those do does did just very
der die das und ist ein eine einen einem einer den dem des nicht mit sich auf für von zu im es er sie wir ich als auch an
bei aus nach wie über oder aber wenn wird werden sind war hat haben noch nur so dass vor zum zur durch
le la les un une des et est en du de que qui dans pour pas sur au aux avec ce cette ces il elle ils nous vous se sa son
ses ne plus par sont été mais ou comme leur être avoir fait
el los las y es por con para una no lo del al como más su sus pero este esta o ha han muy sin sobre ser entre cuando
i w z na do nie to się że jest jak o co dla od po przez za ale oraz był była są tym tego które który może być
и в не на что с по как это за от из у о для но же он она они мы вы был была было были его её их так также или при до
il lo gli di che e un uno per non con sono è del della dei delle nel nella si da al alla come anche più ma questo
het een en van ik te dat die in niet zijn op aan met als voor er maar om hem dan zou of wat mijn men dit zo door over ze
os as um uma e do da dos das em no na nos nas por para com não que se mais como mas foi ao ele das sua seu ou quando
"""
STOP = frozenset(_STOP_WORDS.split())


class Cues(NamedTuple):
    """Cues of one group: words between spaces (`donat*` is a beginning of words), phrases between bars."""

    words: str
    phrases: str = ""


# The order of the groups is the order of the feature columns: append only.
CUES: dict[str, Cues] = {
    "appeal": Cues(
        """
subscri* donat* newsletter* inbox unsubscribe paywall fundrais* crowdfund* patreon paypal membership* supporter*
donor* contribution* abonn* spende* newsletter anmelden registrieren unterstütz* mitgliedschaft probeabo abonner
soutene* soutenir adhér* dons donateur* inscri* suscr* donar donaci* apoya* boletín boletin abbon* dona
donazion* sosteni* iscriv* iscrizion* doneer* steun lidmaatschap assin* doar doaç* apoie inscreva* subskry*
prenumer* wesprzyj darowizn* wpłat* zapisz* подпис* пожертв* поддержите рассылк* 订阅 捐款 捐赠 赞助 注册 会员 regístrate
""",
        """
sign up | signing up | tax deductible | tax exempt | become a member | become a subscriber | support our |
support us | support independent | readers like you | reader supported | year end | free trial | join us | join
our | get the latest | get our | never miss | don t miss | help us | please consider | please help | please
support | make a donation | a monthly gift | mailing list | email address | your email | dear reader | dear
readers | dear friends | our work | our mission | our staff | our team | our newsroom | our journalism | our
journalists | independent journalism | stay informed | follow us | download our | download the app | thank you
for reading | jetzt abonnieren | kein paywall | liebe leserinnen | liebe leser | unsere arbeit | unsere
redaktion | jetzt spenden | kostenlos testen | melden sie sich | faire un don | nos lecteurs | chers lecteurs |
votre soutien | notre rédaction | lettre d information | déjà abonné | hazte socio | querido lector | queridos
lectores | tu apoyo | nuestro trabajo | nuestra redacción | cari lettori | il tuo sostegno | la nostra redazione
| word lid | schrijf je in | onze redactie | beste lezer | caro leitor | nosso trabalho | nossa redação | drodzy
czytelnicy | nasza redakcja | nasza praca | zostań patronem | дорогие читатели | наша редакция | нашу работу
""",
    ),
    "action": Cues(
        """
login register signin signup checkout download* kontakt* warenkorb anmeldung registrierung herunterladen
connexion panier télécharger contacto carrito descargar accedi registrati carrello scarica inloggen winkelwagen
downloaden entrar carrinho baixar zaloguj zarejestruj koszyk pobierz войти регистрация корзина скачать 登录 注册 下载
点击
""",
        """
sign in | log in | log out | get started | learn more | contact us | book a | book now | shop now | buy now |
add to cart | request a | try it free | try for free | schedule a | call us | call now | enter your | apply now
| start free | click here | get a quote | view demo | my account | create account | jetzt kaufen | mehr erfahren
| zum shop | hier klicken | se connecter | créer un compte | nous contacter | cliquez ici | en savoir plus |
iniciar sesión | crear cuenta | haga clic | saber más | más información | clicca qui | scopri di più | klik hier
| meer informatie | clique aqui | saiba mais | kliknij tutaj | dowiedz się | узнать больше | нажмите здесь
""",
    ),
    "more": Cues(
        """
related recommended trending popular latest weiterlesen mehr mehrere lesetipp* ähnliche suite articles artikel
noticias 相关 推荐 阅读 更多 热门 下一 上一 meistgelesen polecamy подробнее
""",
        """
keep reading | read more | continue reading | show less | show more | load more | see more | see all | view all
| view more | view post | read next | read also | also read | read full | read the full | read article | full
story | full article | related articles | related posts | related stories | related topics | you may also like |
you might also | may also like | more from | more in | more on | more stories | more articles | most popular |
most read | most viewed | latest news | latest posts | latest articles | recent posts | recent articles | up
next | next article | next post | previous post | previous article | don t miss | editors picks | in case you
missed | find out more | learn more | das könnte sie | auch interessant | mehr lesen | mehr zum thema | lesen
sie auch | weitere artikel | lire la suite | lire aussi | à lire aussi | en savoir plus | sur le même sujet |
les plus lus | articles liés | leer más | seguir leyendo | lee también | te puede interesar | más leídas | más
leídos | ver más | noticias relacionadas | leggi anche | leggi tutto | continua a leggere | potrebbe
interessarti | i più letti | articoli correlati | lees meer | lees verder | lees ook | meest gelezen | ook
interessant | leia mais | ler mais | leia também | continue lendo | mais lidas | veja também | saiba mais |
czytaj więcej | czytaj dalej | czytaj także | czytaj też | zobacz też | zobacz także | najczęściej czytane |
читать далее | читать полностью | читайте также | по теме | самое читаемое
""",
    ),
    "social": Cues(
        """
share tweet facebook twitter linkedin pinterest instagram whatsapp reddit youtube tiktok bluesky mastodon
telegram print threads flipboard snapchat weibo vkontakte teilen drucken partager imprimer compartir imprimir
condividi stampa delen compartilhar udostępnij drukuj поделиться распечатать 分享 微信 微博 síguenos seguici
""",
        """
share this | share on | copy link | email this | linked in | you tube | tik tok | whats app | follow us | folgen
sie uns | suivez nous | volg ons | siga nos | obserwuj nas
""",
    ),
    "legal": Cues(
        """
copyright cookie* disclaimer sitemap gdpr consent affiliate impressum datenschutz* agb confidentialité
privacidad privacidade privacybeleid prywatności конфиденциальности mentions rgpd nutzungsbedingungen redaktion
版权 隐私
""",
        """
all rights reserved | privacy policy | privacy notice | terms of | terms and | do not sell | site map | alle
rechte | tous droits | mentions légales | todos los derechos | aviso legal | tutti i diritti | informativa sulla
| alle rechten | todos os direitos | wszelkie prawa | polityka prywatności | все права | политика
конфиденциальности | we may earn | this post contains
""",
    ),
    "nav": Cues(
        """
menu search home navigation toggle close open breadcrumb* categor* archive* tags tag topics account cart faq
careers press advertis* sponsored help language english skip suche startseite menü kategorie* rubrik* werbung
anzeige recherche accueil rubriques publicité buscar inicio menú categorías publicidad cerca ricerca categorie
pubblicità zoeken advertentie busca início categorias publicidade szukaj kategorie reklama strona поиск главная
меню реклама рубрики 首页 搜索 菜单 广告 previous next
""",
        """
skip to | back to | about us | our team | site search
""",
    ),
    "credit": Cues(
        """
photo photos image images picture credit credits illustration getty shutterstock reuters courtesy unsplash
pexels afp istock photograph* caption foto fotos bild bildrechte quelle grafik dpa crédit photographie imagen
crédito immagine fonte zdjęcie fot źródło фото иллюстрация ap 图片 摄影 来源
""",
        """
photo by | file photo | photo credit | image credit | via getty | getty images | ap photo
""",
    ),
    "comment": Cues(
        """
comment comments reply replies responses kommentar* commentaire* comentario* commenti reacties komentarz*
комментари* 评论 留言 says
""",
        """
leave a | said on | posted by | your name | save my name | required fields | not be published | leave a reply |
leave a comment | join the conversation | laisser un commentaire | deja un comentario
""",
    ),
    "author": Cues(
        """
by author written editor contributor bio von autor* redakteur* auteur* por autora redactor* autore door auteurs
autorem redaktor автор* 作者 记者 编辑
""",
        """
written by | edited by | reviewed by | about the author | staff writer | posted by | published by | über den
autor | à propos | sobre el autor | words by | medically reviewed | fact checked
""",
    ),
    "time": Cues(
        """
ago updated published posted read lesezeit aktualisiert veröffentlicht publié actualizado publicado aggiornato
pubblicato bijgewerkt gepubliceerd atualizado zaktualizowano opublikowano обновлено опубликовано 小时前 分钟前 发布 更新
""",
        """
min read | minute read | minutes read | reading time | last updated | last modified | hours ago | days ago |
posted on | published on | first published | mis à jour | vor stunden | hace horas | temps de lecture | tiempo
de lectura | min lesen
""",
    ),
    "toc": Cues(
        """
contents summary overview inhalt inhaltsverzeichnis sommaire índice indice inhoud spis содержание 目录 摘要
""",
        """
table of contents | in this article | on this page | jump to | key takeaways | at a glance | tl dr | in diesem
artikel | dans cet article | en este artículo | what s inside
""",
    ),
    "month": Cues(
        """
january february march april june july august september october november december jan feb mar apr jun jul aug
sep sept oct nov dec januar februar märz juni juli oktober dezember janvier février mars avril juin juillet août
septembre octobre novembre décembre enero febrero marzo abril mayo junio julio agosto septiembre octubre
noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre januari februari
maart mei augustus janeiro fevereiro março maio junho julho setembro outubro novembro dezembro stycznia lutego
marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia января февраля марта апреля
мая июня июля августа сентября октября ноября декабря
""",
    ),
    "person1": Cues(
        """
i my me mine we our us ich wir unser* mein* je nous notre mon ma yo nosotros nuestr* mi io noi nostr* ik wij
onze eu nós nosso nossa ja nasz* я мы наш*
""",
    ),
    "person2": Cues(
        """
you your yours du dein* ihr ihre ihren vous votre vos tú tu usted tuo vostr* jij jouw uw você seu sua ty twój
wasz* ты вы ваш* твой
""",
    ),
    "web": Cues(
        """
http https www com org net html email mail url click link
""",
    ),
    "request": Cues(
        """
please give send write join choose order reserve buy try ask tell call visit listen watch read download sign enter
book consider let let's pick take find check discover explore come stay become
bitte schreiben schreib schicken geben gib kaufen bestellen lesen lies hören wählen werden besuchen probieren rufen
veuillez merci donnez écrivez lisez écoutez choisissez achetez réservez rejoignez recevez découvrez devenez inscrivez
favor escribe escríbenos elige compra reserva únete recibe descubre lee escucha visita hazte prueba
scrivi scrivici scegli acquista prenota unisciti ricevi scopri leggi ascolta visita diventa prova
schrijf kies bestel reserveer ontvang ontdek lees luister bezoek word probeer
escreva escolha compre reserve junte receba descubra leia ouça visite torne experimente
prosimy napisz wybierz kup zamów zarezerwuj dołącz odkryj czytaj słuchaj odwiedź zostań wypróbuj
пожалуйста напишите выберите купите закажите присоединяйтесь получайте читайте слушайте станьте попробуйте
请 欢迎 点击 选择 加入 阅读 收听
""",
    ),
    "site": Cues(
        """
site website page pages magazine paper newspaper newsroom editor editors editorial reader readers subscriber*
newsletter podcast episode app issue edition archive journal* reporter* correspondent* article story piece series
community team volunteer* charity nonprofit foundation survey course webinar ticket* event account plan
seite magazin zeitung redaktion leser* artikel beitrag text folge ausgabe verein stiftung umfrage kurs team
journal magazine rédaction lecteur* lectrice* numéro épisode texte association fondation sondage équipe
sitio revista periódico redacción lector* artículo reportaje episodio fundación encuesta curso equipo
sito rivista giornale redazione lettor* articolo servizio episodio fondazione corso squadra
tijdschrift krant redactie lezer* artikel verhaal aflevering stichting cursus
página jornal redação leitor* artigo reportagem episódio fundação equipa equipe
strona pismo redakcj* czytelni* artykuł tekst odcin* fundacj* ankiet* kurs zespół
сайт журнал газет* редакци* читател* стать* материал выпуск фонд опрос курс команда
网站 杂志 编辑 读者 文章 播客 课程 团队
""",
    ),
}

GROUPS = tuple(CUES)
