# ruff: noqa: E501
"""Teaser cards and appeals of the stress set. Training has others: do not copy from one to the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

LONG = 15  # words of a line that counts as a paragraph

# A card is lines; {title}, {short} (of the title), {author}, {p1}, {p2} are filled in from another page.
CARDS: tuple[tuple[str, ...], ...] = (
    ("{title}", "", "{p1}", "", "Go to article"),
    ("[{short}]", "{title}", "by {author}", "{p1}", "{p2}", "Tap to continue"),
    ("EDITORS' CHOICE", "{title}", "", "{p1}", "", "{p2}"),
    (
        "{short} – file picture, courtesy of the ministry",
        "",
        "{title}",
        "",
        "Security",
        "",
        "{p1}",
        "",
        "{p2}",
        "",
        "unfold storyfold",
    ),
    ("{title}", "{author}, special correspondent", "", "{p1}"),
    ("Elsewhere on this site", "", "{title}", "", "{p1}", "", "The rest is here →"),
    ("{author}", "12 Feb", "{title}", "{p1}", "♥ 34  💬 12"),
    ("{short}", "{title}", "{p1} (more)", ""),
    ("Listen to this piece (7:41)", "{title}", "", "{p1}", "", "{p2}", "", "Open"),
    (
        "Main picture: {short} (handout)",
        "{title}",
        "",
        "Regional affairs",
        "",
        "{p1}",
        "",
        "{p2}",
        "",
        "expand textcollapse",
    ),
    ("Auch das noch", "", "{title}", "", "{p1}", "", "zum Beitrag"),
    ("Pour aller plus loin", "", "{title}", "", "{p1}", "", "Ouvrir"),
)

APPEALS: tuple[tuple[str, ...], ...] = (
    (
        "Friends of this magazine: we end the twelve months with a hole in our budget, and we would rather ask you than a bank. Our writers, researchers and guest authors have filed more than four hundred pieces that you did not find on television. If one of them changed your mind, chip in what a coffee costs, and we can pay them in January as well. Warm wishes!",
    ),
    (
        "If you made it to the end of this text, you are exactly the person we make it for.",
        "",
        "No billionaire owns us. A few thousand people who pay a little every month do, and they keep the site open to everybody else.",
        "",
        "Will you be one of them?",
    ),
    (
        "Was this useful? We think so too. Our editors go through hundreds of documents each week to bring you what others leave out, and they do it on a shoestring. Chip in now and your gift is doubled by a generous sponsor until midnight.",
    ),
    (
        "Every Thursday our correspondents write a letter about what they saw, whom they met and what they got wrong. It costs nothing, and you can leave whenever you like. Put your address in the box below and the next letter is yours.",
    ),
    (
        "A note from the publisher",
        "",
        "Running this place costs us a little over nine thousand a month: servers, fees for authors, a lawyer now and then. Half of it is covered. Help close the gap with a small standing order, and have your name printed on the last page if you like.",
    ),
    (
        "Sie haben bis hierher gelesen, das freut uns. Wir schreiben ohne Konzern im Rücken und ohne Werbung für Dinge, die niemand braucht. Damit das so bleibt, brauchen wir jeden Monat ein paar hundert Leute, die mit einer kleinen Summe mitmachen. Sind Sie dabei?",
    ),
    (
        "Vous lisez ce texte gratuitement parce que d'autres ont payé pour lui. Rejoignez celles et ceux qui nous font vivre : quelques euros par mois suffisent pour que nos reporters continuent de partir sur le terrain.",
    ),
    (
        "Meet the people behind these pages: on the first of March our authors answer your questions live, and whoever books early sits in the front row. Seats go fast, so reserve yours while there are some left.",
    ),
    (
        "We use the money of our supporters for one thing: time. Time to read the files, to call back, to drive there and look. If you think that is worth something, tell us with a transfer, however small; the details are on the next page.",
    ),
)


def said_of(label: Mapping[str, Any], prose: Sequence[str]) -> dict[str, str]:
    """Return what fills a card: a page's title, its author and its first two paragraphs."""
    title = " ".join((label["title"] or prose[0][:50]).split())
    short = title.split()[: max(2, len(title.split()) // 3)]
    return {
        "title": title,
        "short": " ".join(short),
        "author": label["author"] or "Our reporter",
        "p1": prose[0],
        "p2": prose[min(1, len(prose) - 1)],
    }
