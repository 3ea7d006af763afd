# ruff: noqa: E501
"""What the training copies are made of; written for this purpose, and not used by the stress benchmark."""

from __future__ import annotations

from typing import NamedTuple

SHELF = (
    "Related", "Related Articles", "More from this section", "You may also like", "Recommended for you", "Latest", "LATEST",
    "Trending now", "Most read", "Up next", "Keep reading", "Read this next", "More stories", "Don't miss", "Popular posts",
    "Lesen Sie auch", "Mehr zum Thema", "À lire aussi", "Te puede interesar", "Leggi anche", "Czytaj także", "Lees ook",
    "Читайте также", "Leia também", "相关阅读",
)  # fmt: skip
LEADS_ON = (
    "Read more", "Keep reading", "keep readingShow less", "Continue reading", "Read More »", "Read full article", "Learn more",
    "Show more", "Continue Reading →", "Read the full story", "View post", "See more", "More", "Read article", "Full story",
    "Weiterlesen", "mehr lesen", "Lire la suite", "Leer más", "Seguir leyendo", "Leggi tutto", "Czytaj więcej", "Lees meer",
    "Читать далее", "Ler mais", "阅读更多", "Read on", "Find out more", "Open story", "Expand", "View", "Go", "Next", "Details", "Visit page", "Hide",
    "Watch", "See how", "Discover", "To the story", "Full text", "Story continues", "3 comments", "Save for later",
)  # fmt: skip
SECTIONS = (
    "News", "Politics", "World", "Business", "Opinion", "Technology", "Health", "Science", "Culture", "Sports", "Travel",
    "Middle East", "Asia", "Finance", "Lifestyle", "Guides", "Blog", "Reviews", "Analysis", "Features", "Education", "Africa",
    "Climate", "Economy", "Latin America", "Video", "Podcast", "Defense", "Food", "Markets",
)  # fmt: skip
CREDITS = (
    "Photo credit: {0} via shutterstock.com", "Image: {0} / Getty Images", "Photo by {0} on Unsplash", "Top photo credit: {0}",
    "Credit: {0}", "{0} (AP Photo)", "Photo: {0}/Reuters", "Illustration by {0}", "{0} logo", "image of {0}",
    "{0} speaks during a visit last week. (Reuters)", "Top image credit: {0}, seen here at a press conference (photo by staff)",
    "Foto: {0}", "Crédit photo : {0}", "{0}", "{0}, shown in an undated picture", "Picture: {0} / archive", "{0} (provided)",
)  # fmt: skip
BYLINES = (
    "{0}", "By {0}", "by {0} · {2} min read", "{0} | March {1}, 2024", "{1} May 2023", "{2} minutes ago", "{0}, Nov {1}, 2025",
    "{1}.10.2024", "2025-06-{1:02d}", "{0}, staff writer", "{0} in Geneva", "{2} views", "April {1}", "{0} and guests",
)  # fmt: skip


class Appeal(NamedTuple):
    """Sentences of which appeals are composed."""

    openings: tuple[str, ...]
    claims: tuple[str, ...]
    requests: tuple[str, ...]
    closings: tuple[str, ...]


ENGLISH = Appeal(
    (
        "Dear readers,",
        "Dear friends:",
        "A message from our editor:",
        "Before you go:",
        "We have a favor to ask.",
        "You have read this far, so",
        "It has been a remarkable year for our small team.",
        "A quick word before you leave.",
        "Quality reporting takes time and money.",
        "We are a nonprofit newsroom.",
        "Did you enjoy this story?",
        "As you may know,",
        "In times like these,",
        "Thank you for reading.",
        "Hello from all of us here.",
    ),
    (
        "Our reporters, editors and contributors work every day to bring you independent analysis that does not follow the herd.",
        "We do not have a paywall and we do not take corporate money.",
        "Our staff has been working long hours to cover the stories that matter to you.",
        "We rely on the generosity of readers like you to keep our work free for everyone.",
        "We depend on reader support to publish in-depth stories every single day.",
        "This kind of journalism is only possible because of people like you.",
        "We publish original work daily and we want to keep doing so next year.",
        "Thousands of people have already joined our community.",
        "The experts and outside writers whom we publish challenge what the big papers take for granted.",
        "Advertising no longer pays for serious reporting, and the platforms keep most of it.",
        "Everything you see here is made by a handful of people.",
    ),
    (
        "Please consider a tax-deductible contribution today so that we can continue this work.",
        "If you can, please support us with a year-end gift of any size.",
        "Make a donation today and help us keep going.",
        "Become a member now and get our best stories delivered to your inbox.",
        "Sign up for our weekly newsletter and never miss a story.",
        "Subscribe today and get unlimited access to everything we publish.",
        "Please give what you can, every dollar counts.",
        "Join us by making a monthly contribution.",
        "Your support makes all the difference.",
        "Enter your email address to receive new posts every Friday.",
        "Get the day's most important stories and views from our editors in one short email.",
        "Download our app and follow the topics you care about.",
        "Share this article with your friends and follow us on all our channels.",
    ),
    ("Thank you and happy holidays!", "With gratitude, the editors", "Thank you for standing with us.", "- The team"),
)
GERMAN = Appeal(
    ("Liebe Leserinnen und Leser,", "In eigener Sache:", "Hat Ihnen dieser Beitrag gefallen?"),
    (
        "Unsere Redaktion arbeitet unabhängig und ohne Bezahlschranke.",
        "Guter Journalismus kostet Zeit und Geld, und wir finanzieren uns nicht über Konzerne.",
        "Viele tausend Menschen unterstützen unsere Arbeit schon regelmäßig.",
    ),
    (
        "Bitte unterstützen Sie uns mit einer Spende, damit wir weiter berichten können.",
        "Abonnieren Sie unseren Newsletter und verpassen Sie keinen Beitrag mehr.",
        "Werden Sie jetzt Mitglied und sichern Sie unsere Zukunft.",
    ),
    ("Vielen Dank!", "Ihre Redaktion"),
)
FRENCH = Appeal(
    ("Chers lecteurs, chères lectrices,", "Un message de la rédaction :", "Cet article vous a plu ?"),
    (
        "Notre rédaction est indépendante et ne vit que grâce à ses lecteurs.",
        "Nos articles restent en accès libre pour toutes et tous.",
        "Enquêter demande du temps et des moyens.",
    ),
    (
        "Soutenez-nous par un don, même modeste, avant la fin de l'année.",
        "Inscrivez-vous à notre lettre d'information pour ne rien manquer.",
        "Abonnez-vous dès maintenant et profitez de tous nos contenus.",
    ),
    ("Merci d'avance.", "L'équipe"),
)
SPANISH = Appeal(
    ("Querido lector, querida lectora:", "Un mensaje de la redacción:", "¿Te ha gustado este artículo?"),
    (
        "Nuestro trabajo es independiente y no tiene muro de pago.",
        "Miles de personas ya forman parte de nuestra comunidad.",
        "El periodismo de calidad necesita tiempo y recursos.",
    ),
    (
        "Haz una donación hoy y ayúdanos a seguir informando.",
        "Suscríbete a nuestro boletín y recibe lo mejor de la semana en tu correo.",
        "Hazte socio y apoya el periodismo libre.",
    ),
    ("Gracias.", "El equipo"),
)
POLISH = Appeal(
    ("Drodzy Czytelnicy,", "Od redakcji:", "Podobał Ci się ten tekst?"),
    (
        "Nasza redakcja jest niezależna i działa dzięki wpłatom czytelników.",
        "Nie mamy wielkich sponsorów ani płatnego dostępu.",
        "Rzetelne dziennikarstwo wymaga czasu i pieniędzy.",
    ),
    (
        "Wesprzyj nas dowolną kwotą, abyśmy mogli dalej pisać.",
        "Zapisz się do newslettera i nie przegap żadnego artykułu.",
        "Zostań naszym stałym darczyńcą już dziś.",
    ),
    ("Dziękujemy!", "Redakcja"),
)
RUSSIAN = Appeal(
    ("Дорогие читатели!", "От редакции:", "Вам понравился этот материал?"),
    (
        "Наша редакция независима и существует благодаря вашей помощи.",
        "Мы не берём денег у корпораций и не закрываем статьи.",
        "Хорошая журналистика требует времени и средств.",
    ),
    (
        "Пожалуйста, поддержите нашу работу любой суммой.",
        "Подпишитесь на рассылку, чтобы не пропустить новые статьи.",
        "Станьте нашим постоянным подписчиком уже сегодня.",
    ),
    ("Спасибо!", "Ваша редакция"),
)
CHINESE = Appeal(
    ("亲爱的读者：", "编者的话：", "喜欢这篇文章吗？"),
    ("我们的编辑部保持独立，所有内容免费开放。", "优质的报道需要时间和资金。", "已有数千名读者加入我们。"),
    ("请考虑捐款支持我们的工作。", "欢迎订阅我们的邮件，不错过任何文章。", "立即注册成为会员，获取更多内容。"),
    ("谢谢！", "编辑部"),
)
# The same intents in words that are nobody's cue: what gives them away is who speaks to whom, and about what.
QUIET = Appeal(
    (
        "One more thing.",
        "Hold on for a second.",
        "You know what keeps us awake at night?",
        "This is the part where we talk money.",
        "To everyone who comes back here every week:",
        "Since you are here.",
        "Honestly?",
        "A word from the back office.",
        "What you have just read took us eleven days.",
        "Still with us?",
        "We know you have heard this before.",
        "Good to have you here.",
        "Behind every page stand people.",
        "Nobody likes to ask.",
        "Let us be frank:",
    ),
    (
        "We started this site in a kitchen, and some months it still feels like that.",
        "The rent goes up, the printer breaks, and the phone bill is due on Monday.",
        "Last year we published six hundred texts, and all of them are open to anybody with a connection.",
        "There are seven of us, two are part-time, and none of us got rich.",
        "Big companies have tried to buy us; we said no, and we would say no again.",
        "Most visitors never give anything, and that is fine, as long as a few of them do.",
        "We answer to you and to no owner, party or fund.",
        "Our correspondents travel by bus and sleep on sofas so that you get the story first hand.",
        "What other outlets leave to machines we still do by hand, line by line.",
        "Every piece is checked by two colleagues before you see it.",
        "The people who write here are historians, nurses, former diplomats and one retired sailor.",
        "More than nine thousand households already take part, from Lisbon to Lahore.",
        "Without you there would be no one to drive out, sit through the hearing and write it down.",
        "Banner ads bring in less each year, and we would rather have none at all.",
    ),
    (
        "Take part with five a month, or with whatever fits; you can stop at any time.",
        "If each of you gave the price of a sandwich, we would be done by tonight.",
        "Leave us your address and we write to you on Sundays, no more often than that.",
        "Tell a friend about us, and bring us a new reader before the summer.",
        "Come to our open evening in the spring; tickets are at the door, and the wine is on us.",
        "Our new book gathers the best of these pieces on three hundred pages; order it from your bookshop.",
        "Have you seen something that we should look into? Write to us, we treat every hint with care.",
        "Found a mistake? Let us know and we will put it right.",
        "The course starts in September, places are limited, and early birds pay less.",
        "Put a little something aside for us this month, and we will be here the next.",
        "Our podcast comes out every other Wednesday; listen wherever you get your shows.",
        "Try it for thirty days at no cost, and decide then.",
        "Choose the edition that suits you and read on all your devices.",
        "Be so kind and take our two-minute survey, it tells us what you want to see more of.",
        "Pass this on to somebody who needs it.",
        "Pick a plan, fill in the form, and you are in.",
    ),
    (
        "Yours, the whole crew",
        "See you tomorrow.",
        "Thanks a million.",
        "That was all, back to work.",
        "It means a lot to us.",
    ),
)
APPEALS = (*(ENGLISH,) * 6, *(QUIET,) * 9, GERMAN, FRENCH, SPANISH, POLISH, RUSSIAN, CHINESE, CHINESE)
