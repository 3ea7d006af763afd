"""Threads: every post with its author's name and its moment, and nothing else that stands beside a post."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from winnow.items import HTML, Article, Kind
from winnow.read.decode import Decoded
from winnow.read.extract import extract

ENGLISH = (
    "The pump on my old boat has leaked since the thaw, and the new gasket made it worse instead of better.",
    "Agreed.",
    "Grease the ring before you tighten the screws, and turn each of them only a quarter at a time, in a cross.",
    "That did it, thank you! The bilge has been dry for a week now, even with all the rain of last Sunday.",
    "Mine needed two gaskets.",
    "Whoever reads this later: the spare part with the blue box is the right one, the red one is too thin.",
)
GERMAN = (
    "Meine alte Pumpe tropft seit dem Frost, und die neue Dichtung hat es leider nur noch schlimmer gemacht.",
    "Sehe ich auch so.",
    "Fette zuerst den Ring ein und ziehe dann die Schrauben über Kreuz an, jedes Mal nur um eine Vierteldrehung.",
    "Das war es, vielen Dank! Seit einer Woche ist die Bilge trocken, auch nach dem vielen Regen am Sonntag.",
    "Bei mir waren es zwei.",
    "Für alle, die das später lesen: das Ersatzteil in der blauen Schachtel passt, das in der roten ist zu dünn.",
)
SPANISH = (
    "La bomba de mi barco gotea desde las heladas, y la junta nueva lo ha empeorado en lugar de arreglarlo.",
    "Lo mismo digo.",
    "Engrasa primero el anillo y aprieta después los tornillos en cruz, cada vez solo un cuarto de vuelta.",
    "Era eso, ¡muchas gracias! La sentina lleva una semana seca, incluso con toda la lluvia del domingo.",
    "En la mía hubo que poner dos.",
    "Para quien lo lea más tarde: sirve la pieza de la caja azul, la de la caja roja es demasiado fina.",
)
NAMES = ("Tormod", "ida_v", "Ñandú77", "Kestrel", "pumpwright", "Old Salt")
DAYS = ("Mar 3, 2023", "Mar 4, 2023", "Mar 5, 2023", "Mar 6, 2023", "Mar 7, 2023", "Mar 9, 2023")


def board(name: str, day: str, said: str, at: int) -> str:
    """Return a post with a column for its author, as boards write it."""
    return f"""<article class="message message--post" id="post-{at}"><div class="message-user">
    <h4 class="message-name"><a class="username" href="/members/{at}/">{name}</a></h4>
    <h5 class="userTitle">Deckhand</h5>
    <dl><dt>Joined</dt><dd>Jan 1, 2019</dd></dl><dl><dt>Messages</dt><dd>{at}17</dd></dl></div>
    <div class="message-main"><ul><li><a href="#p{at}"><time datetime="2023-03-0{at + 3}">{day}</time></a></li>
    <li><a href="#p{at}">#{at + 1}</a></li></ul><div class="message-body"><p>{said}</p></div>
    <aside class="message-signature"><div>Ketch of 1961, oak on larch</div></aside>
    <div class="actionBar"><a href="/reply">Reply</a><a href="/like">Like</a></div></div></article>"""


def table(name: str, day: str, said: str, at: int) -> str:
    """Return a post as a table, as older boards write it."""
    return f"""<table class="tborder" id="post{at}"><tr><td class="thead date">{day}</td></tr>
    <tr><td class="alt2"><div><a class="bigusername" href="member.php?u={at}">{name}</a></div><div>Senior Member</div>
    <div>Posts: {at}05</div></td></tr><tr><td class="alt1"><div id="post_message_{at}" class="message">{said}</div>
    <div class="buttons"><a href="/q">Quote</a></div></td></tr></table>"""


def replies(name: str, day: str, said: str, at: int) -> str:
    """Return a post in a list, with the name and the day in one line."""
    return f"""<li class="reply depth{at % 3}"><div class="head"><span itemprop="author">{name}</span>
    <span class="posted-on">{day}</span></div><div class="text"><p>{said}</p></div><div class="votes">{at} points</div>
    </li>"""


def hashed(name: str, day: str, said: str, at: int) -> str:
    """Return a post with class names that a program made, and a signature and another page's preview in its body."""
    return f"""<div class="post-kx81ab e9z{at}"><div class="who-1kq0z7"><div><a href="/u/{at}">{name}</a></div>
    <div>Deckhand</div></div><time>{day}</time><div class="say-7hq2x1"><div class="text-0pm3f8">{said}</div>
    <aside class="preview"><h3>Pumps and parts</h3><p>A shop behind the larch sells every pump since 1961 and ships
    it to any harbour of the coast within a day.</p></aside><div class="signature"><p>The owner of a ketch of oak on
    larch, who has read each page of its log.</p></div></div><div class="bar-2x"><button>Quote</button></div></div>"""


def mixed(name: str, day: str, said: str, at: int) -> str:
    """Return the first post in another tag than the replies, as boards with an opening post have it."""
    tag, kind = ("li", "ItemComment") if at else ("div", "ItemDiscussion")
    return f"""<{tag} class="Item {kind}"><div class="Item-Header"><span class="Author"><a class="Username"
    href="/profile/{name}">{name}</a></span> <div class="Rank">Deckhand</div><div class="Meta">
    <span class="DateCreated"><time>{day}</time></span></div></div>
    <div class="Item-Body"><div class="Message">{said}</div><div class="Reactions">{at} points</div></div></{tag}>"""


def nested(name: str, day: str, said: str, at: int) -> str:
    """Return a post in which the replies to it stand, beside the rules of the board."""
    rules = "<li>Post a picture of the pump and its number, else nobody of us Deckhands can help you.</li>" * 4
    side = f'<div class="side"><h2>Rules</h2><ol>{rules}</ol></div>' if not at else ""
    return f"""{side}<div class="thing id-{at}x1"><div class="entry"><p class="tagline"><a class="author"
    href="/user/{at}">{name}</a> <time>{day}</time></p>
    <form class="usertext"><div class="md"><p>{said}</p></div></form><ul class="flat"><li>Quote</li></ul></div>
    <div class="child">{"</div></div>" * 6 * (at == 5)}"""


def answers(name: str, day: str, said: str, at: int) -> str:
    """Return a post with its author below it, beside somebody who has edited it."""
    return f"""<div class="answer" id="a{at}"><div class="votes">{at}</div><div class="post-body"><p>{said}</p></div>
    <div class="menu"><button>Quote</button></div><div class="card">
    <div class="when"><span class="date">edited Jan 2, 2019</span></div><div class="user-details">
    <a href="/users/9{at}">Senior Deckhand</a></div></div><div class="card">
    <div class="when"><span class="date">{day}</span></div><div class="user-details" itemprop="author">
    <a href="/users/{at}">{name}</a></div></div></div>"""


def ruled(name: str, day: str, said: str, at: int) -> str:
    """Return a post as a table, with the day above, when its author joined beside it, and a signature below a rule."""
    return f"""<table class="tborder" id="post{at}"><tr><td class="thead"><div>{day}, 10:0{at} PM</div></td></tr>
    <tr><td class="alt2"><div><a class="bigusername" href="member.php?u={at}">{name}</a></div></td></tr>
    <tr><td><div>Join Date: Jan 2, 2019</div><div>Posts: {at}05</div></td></tr><tr><td class="alt1" id="td_post_{at}">
    <div id="post_message_{at}">{said}</div><div>__________________<br>Ketch of larch</div></td></tr></table>"""


def rows(name: str, day: str, said: str, at: int) -> str:
    """Return a post as a row of a table in a table, which says how long ago it was written, and no day."""
    return f"""<tr class="athing comtr" id="{at}9"><td><table border="0"><tr><td class="ind"><img src="s.gif"></td>
    <td class="default"><div><span class="comhead"><a href="user?id={name.replace(" ", "")}" class="hnuser">{name}</a>
    <span class="age"><a href="item?id={at}">{at + 2} hours ago</a></span> <span class="navs">| <a href="#p">prev</a> |
    <a href="#n">next</a></span></span></div><br><div class="comment"><div class="commtext c00">{said}</div>
    <div class="reply"><p><font size="1"><a href="/r">Quote</a></font></div></div></td></tr></table></td></tr>"""


def deeper(name: str, day: str, said: str, at: int) -> str:
    """Return a post in a list within the post that it answers."""
    begin = "" if at else '<ol class="comments">'
    end = "</ol></li>" * 6 + "</ol>" if at == 5 else ""
    return f"""{begin}<li class="subtree"><div class="comment"><div class="voters">{at}</div><div class="details">
    <div class="byline"><a href="/~x{at}" class="username">{name}</a> <time>{day}</time> | <a href="/l">link</a></div>
    <div class="comment_text"><p>{said}</p></div></div></div><ol class="comments">{end}"""


def thread(write: Callable[[str, str, str, int], str], posts: tuple[str, ...]) -> str:
    body = "".join(write(*each, at) for at, each in enumerate(zip(NAMES, DAYS, posts, strict=True)))
    head = '<meta name="generator" content="Discourse 3.2"><title>Leaking pump</title>'
    stated = '<script type="application/ld+json">{"@type": "DiscussionForumPosting", "comment": []}</script>'
    return f"<html><head>{head}{stated}</head><body class='forum topic'><h1>Leaking pump</h1>{body}</body></html>"


@pytest.mark.parametrize("write", [board, table, replies, hashed, mixed, nested, answers, deeper, ruled])
@pytest.mark.parametrize("posts", [ENGLISH, GERMAN, SPANISH], ids=["English", "German", "Spanish"])
def test_every_post_is_kept_with_its_author_and_moment_in_order(
    write: Callable[[str, str, str, int], str], posts: tuple[str, ...]
) -> None:
    article = extract(Decoded(thread(write, posts), HTML, "utf-8"))
    assert isinstance(article, Article)
    assert article.kind == Kind.DISCUSSION
    at = -1
    for name, day, said in zip(NAMES, DAYS, posts, strict=True):
        signs = [article.text.index(each, at + 1) for each in (name, day)]
        at = article.text.index(said, at + 1)
        assert (min(signs) > at) if write is answers else (max(signs) < at)
        at = max(at, *signs)
    for other in ("Deckhand", "Joined", "2019", "Messages", "Senior", "Posts:", "Quote", "Like", "larch", "points"):
        assert other not in article.text


@pytest.mark.parametrize("posts", [ENGLISH, GERMAN, SPANISH], ids=["English", "German", "Spanish"])
def test_every_post_is_kept_where_it_is_only_told_how_long_ago_it_was_written(posts: tuple[str, ...]) -> None:
    body = "".join(rows(*each, at) for at, each in enumerate(zip(NAMES, DAYS, posts, strict=True)))
    stated = '<script type="application/ld+json">{"@type": "DiscussionForumPosting"}</script>'
    page = f"<html><head><title>Leaking pump</title>{stated}</head><body><table>{body}</table></body></html>"
    article = extract(Decoded(page, HTML, "utf-8"))
    assert isinstance(article, Article)
    places = [article.text.index(each) for name, said in zip(NAMES, posts, strict=True) for each in (name, said)]
    assert places == sorted(places)
    assert "Quote" not in article.text


@pytest.mark.parametrize("reply", ["Re: ", "AW: Re: ", "RE:RE: ", ""])
@pytest.mark.parametrize("posts", [ENGLISH, GERMAN, SPANISH], ids=["English", "German", "Spanish"])
def test_replies_that_repeat_the_title_are_no_list_of_articles(reply: str, posts: tuple[str, ...]) -> None:
    title = "The old pump of my boat leaks"
    titles = title, reply + title
    body = "".join(
        f"""<div class="windowbg" id="msg{at}"><div class="poster"><h4>
        <a href="/index.php?action=profile;u={at}">{name}</a></h4></div><div class="postarea"><div class="keyinfo">
        <h5><a href="/m">{titles[at > 0]}</a></h5><a class="smalltext">{day}, 10:0{at}</a></div>
        <div class="post"><div class="inner">{said}</div></div>
        <div class="signature">Ketch of 1961, oak on larch</div></div></div>"""
        for at, (name, day, said) in enumerate(zip(NAMES, DAYS, posts, strict=True))
    )
    page = f"<html><head><title>{title}</title></head><body><div id='forumposts'>{body}</div></body></html>"
    article = extract(Decoded(page, HTML, "utf-8"))
    assert isinstance(article, Article)
    assert article.kind == Kind.DISCUSSION
    assert [said for said in posts if said not in article.text] == []
    assert "larch" not in article.text


BRIEF = {
    "English": (
        "Does anybody know when high water is at the old quay tomorrow?",
        *("Ten past six.", "Thanks!", "Mind the east wind, it will freshen.", "What wind?", "The one on the radio."),
    ),
    "German": (
        "Weiß jemand, wann morgen am alten Kai Hochwasser ist?",
        *("Zehn nach sechs.", "Danke!", "Vorsicht, der Ostwind soll auffrischen.", "Welcher?", "Der aus dem Radio."),
    ),
    "French": (
        "Quelqu'un connaît l'heure de la marée haute demain au vieux quai ?",
        *(
            "Six heures dix.",
            "Merci !",
            "Attention au vent d'est, il doit forcir.",
            "Quel vent ?",
            "Celui de la radio.",
        ),
    ),
}


def headed(name: str, said: str, at: int) -> str:
    """Return a post below a heading that leads to it and says when it was written."""
    return f"""<div id="p{at}" class="blockpost"><h2><span class="conr">#{at}</span> <a href="viewtopic.php?pid={at}">
    0{at}-05-2012 10:1{at}:00</a></h2><div class="box"><div class="postleft"><dl><dt><strong>
    <a href="profile.php?id={at}">{name}</a></strong></dt><dd>Deckhand</dd></dl></div><div class="postright">
    <h3>Pumps</h3><div class="postmsg"><p>{said}</p></div></div></div></div>"""


def signed(name: str, said: str, at: int) -> str:
    """Return a post below a link to it with its author's name and its moment."""
    return f"""<div class="post" id="m{at}"><p class="author"><a href="#m{at}">{name} » 0{at}/05/2012, 10:1{at}</a></p>
    <div class="content">{said}</div></div>"""


def starred(name: str, said: str, at: int) -> str:
    """Return a post below a heading with its author's name and a link with its day in words."""
    return f"""<div class="reply" id="r{at}"><h4><a class="author" href="/members/{at}/">{name}</a>
    <a class="date" href="#r{at}">{at} May 2012 at 10:1{at}</a></h4><div class="text"><p>{said}</p></div></div>"""


@pytest.mark.parametrize("write", [headed, signed, starred])
@pytest.mark.parametrize("language", BRIEF)
def test_links_that_say_when_a_post_was_written_make_no_index(
    write: Callable[[str, str, int], str], language: str
) -> None:
    posts = BRIEF[language]
    body = "".join(write(name, said, at) for at, (name, said) in enumerate(zip(NAMES, posts, strict=True), 1))
    head = "<html><head><title>Pumps - Forum</title></head><body class='forum'><h1><a href='/'>Forum</a></h1>"
    article = extract(Decoded(f"{head}<h2>Pumps</h2>{body}</body></html>", HTML, "utf-8"))
    assert isinstance(article, Article)
    assert all(said in article.text for said in posts)


ISLAND = {
    "English": (
        "I grew up on an island with one boat a day and it changes how you plan everything.",
        *(
            "You learn to leave a party early, or not at all.",
            "Not at all, mostly.",
            "Ha.",
            "The ferry pays for itself.",
        ),
    ),
    "German": (
        "Ich bin auf einer Insel mit einem Boot am Tag aufgewachsen, und danach plant man sein Leben.",
        *("Man lernt, früh zu gehen oder gar nicht.", "Meistens gar nicht.", "Ha.", "Die Fähre trägt sich selbst."),
    ),
    "Spanish": (
        "Crecí en una isla con un barco al día, y eso cambia la forma de planearlo todo.",
        *("Se aprende a irse pronto o a no irse.", "Casi siempre a no irse.", "Ja.", "El barco se paga solo."),
    ),
}


@pytest.mark.parametrize("language", ISLAND)
def test_a_thread_of_a_few_short_posts_is_none_too_short_to_be_read(language: str) -> None:
    posts = ISLAND[language]
    body = "".join(rows(*each, at) for at, each in enumerate(zip(NAMES, DAYS, posts, strict=False)))
    head = "<html><head><title>Leaking pump</title><meta name='generator' content='Discourse 3'></head>"
    bar = "<tr><td><b><a href='news'>Boats</a></b> <a href='new'>new</a> | <a href='past'>past</a></td></tr>"
    article = extract(Decoded(f"{head}<body><table>{bar}{body}</table></body></html>", HTML, "utf-8"))
    assert isinstance(article, Article)
    assert all(said in article.text for said in posts)


def moderated(name: str, said: str, at: int) -> str:
    """Return a reply in a list, which says how long ago it was written."""
    return f"""<li class="comment"><article class="comment-node"><div>
    <a class="person-listing" href="/u/{at}">{name}</a> <span class="moment-time">{at} years ago</span></div>
    <div class="comment-content"><div class="md-div"><p>{said}</p>
    </div></div><div class="bar"><button>Quote</button></div></article></li>"""


def flat(name: str, said: str, at: int) -> str:
    """Return a reply as boxes of a table."""
    return f"""<tr class="reply"><td class="who"><a class="author" href="/members/{at}/">{name}</a>
    <span class="date">{at} May 2012</span></td><td class="said"><div class="md">{said}</div></td></tr>"""


@pytest.mark.parametrize("write", [moderated, flat])
@pytest.mark.parametrize("language", BRIEF)
def test_replies_of_a_few_words_are_kept_below_a_long_post(
    write: Callable[[str, str, int], str], language: str
) -> None:
    _, *posts = BRIEF[language]
    first, _, long, *_ = GERMAN if language == "German" else ENGLISH
    posts = [*posts[:4], long]
    replies = "".join(write(name, said, at) for at, (name, said) in enumerate(zip(NAMES, posts, strict=False), 1))
    listed = f"<table>{replies}</table>" if write is flat else f"<ul>{replies}</ul>"
    head = "<html><head><title>Pumps</title><meta name='generator' content='Discourse 3'></head><body><h1>Pumps</h1>"
    opening = f"<div class='opening'><a class='author' href='/u/9'>Ida</a> <p>{first}</p></div>"
    article = extract(Decoded(f"{head}{opening}{listed}</body></html>", HTML, "utf-8"))
    assert isinstance(article, Article)
    assert all(said in article.text for said in (first, *posts))


ASKED = {
    "English": ("May {0}, 2021", "On May {0}, 2021"),
    "German": ("{0}. Mai 2020", "Beitrag von Ida » 0{0}.05.2015, 10:1{0}"),
    "French": ("{0} mai 2021", "0{0}/05/2021 à 10:1{0}"),
}
BRIEFLY = {  # how long ago, and days with two digits of their year
    "English": ("{0} years ago", "{0} Mar '24"),
    "German": ("vor {0} Jahren", "{0}. Mär ’24"),
    "French": ("il y a {0} ans", "{0} Mars '24"),
}
BOARD = """<li><article class="message"><aside><a href="/user/{at}-x/" class="username">{name}</a><dl><dt>Posts</dt>
<dd>{at}3</dd></dl></aside><div class="messageContent"><header>{day}</header><div class="messageText"><p>{said}</p>
</div><footer><a href="/quote">Quote</a></footer></div></article></li>"""


@pytest.mark.parametrize("day", range(4))
@pytest.mark.parametrize("language", BRIEF)
def test_short_posts_with_a_day_in_any_words_tell_a_thread_that_nothing_states(language: str, day: int) -> None:
    first, *short = BRIEF[language]
    long = {"English": ENGLISH, "German": GERMAN, "French": SPANISH}[language]
    posts = (first, short[0], long[2], short[2], long[5])
    days = [(ASKED[language] + BRIEFLY[language])[day].format(at) for at in range(1, 6)]
    body = "".join(
        BOARD.format(at=at, name=name, day=when, said=said)
        for at, (name, when, said) in enumerate(zip(NAMES, days, posts, strict=False), 1)
    )
    page = f"<html><head><title>{first}</title></head><body><h1>{first}</h1><ul>{body}</ul></body></html>"
    article = extract(Decoded(page, HTML, "utf-8"))
    assert isinstance(article, Article)
    assert article.kind == Kind.DISCUSSION
    assert all(said in article.text for said in posts)


CHANGE = """<div class="change"><h3 class="change"><a href="#comment:{at}">comment:{at}</a> by
<span class="author">{name}</span>, {day}</h3><div class="panel"></div><div class="comment"><p>{said}</p></div></div>"""


@pytest.mark.parametrize("language", BRIEF)
def test_comments_on_a_ticket_are_kept_where_their_heads_have_the_same_class(language: str) -> None:
    first, *short = BRIEF[language]
    long = {"English": ENGLISH, "German": GERMAN, "French": SPANISH}[language]
    posts = (short[0], long[2], short[1], long[3], long[5])
    changes = "".join(
        CHANGE.format(at=at, name=name, day=BRIEFLY[language][0].format(at), said=said)
        for at, (name, said) in enumerate(zip(NAMES, posts, strict=False), 1)
    )
    ticket = f"""<div id="ticket"><div class="date"><p>{BRIEFLY[language][0].format(9)}</p></div><h1>{first}</h1>
    <table><tr><th>Reporter</th><td class="author">Ida</td></tr></table>
    <div class="text"><p>{long[0]}</p></div></div>"""
    head = f"<html><head><title>{first}</title><meta name='generator' content='phpBB'></head>"
    article = extract(Decoded(f"{head}<body>{ticket}<div id='log'>{changes}</div></body></html>", HTML, "utf-8"))
    assert isinstance(article, Article)
    assert all(said in article.text for said in posts)


TOLD = """<div id="post{at}" class="talk{at}"><h3 class="head">({at}) {by} <a href="/log?y=f&u={name}">{name}</a>
{day} <a href="/p{at}">{answers}</a> <a href="/p{at}?t=c">[link]</a> <a href="/p{at}?raw">[source]</a></h3>
<div class="words"><div class="markup"><p>{said}</p></div></div></div>"""
HEADS = {
    "English": ("By", "in reply to 1", "The pump leaks since the thaw"),
    "German": ("Von", "als Antwort auf 1", "Die Pumpe tropft seit dem Frost"),
    "Spanish": ("Por", "en respuesta a 1", "La bomba gotea desde las heladas"),
}


@pytest.mark.parametrize("language", HEADS)
def test_long_heads_of_posts_that_link_to_their_writers_tell_a_thread(language: str) -> None:
    by, answers, title = HEADS[language]
    posts = {"English": ENGLISH, "German": GERMAN, "Spanish": SPANISH}[language]
    values = {"by": by, "answers": answers}
    body = "".join(
        TOLD.format(at=at, name=name.split()[0], said=said, day=f"2023-03-0{at} 14:2{at}:4{at}", **values)
        for at, (name, said) in enumerate(zip(NAMES, posts, strict=True), 1)
    )
    head = f"<html><head><title>Boats: {title}</title></head><body><h1>Boats</h1>{title}<h1>{title}</h1>"
    page = f"{head}<div class=content>{body}</div></body></html>"
    article = extract(Decoded(page, HTML, "utf-8"))
    assert isinstance(article, Article)
    assert article.kind == Kind.DISCUSSION
    assert all(said in article.text for said in posts)
    assert all(f"14:2{at}:4{at}" in article.text for at in range(1, 7))
    assert article.author == NAMES[0]
