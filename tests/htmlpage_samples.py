# ruff: noqa: E501
"""Invented HTML pages: the captures of `textpage_samples` as HTML, and pages without an article in six languages."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from .textpage_samples import SAMPLES


def article_page(language: str, telling: bool) -> str:
    """Return a sample capture as HTML, with telling names of elements and classes or with divs alone."""
    title = ""
    head: list[str] = []
    article: list[str] = []
    tail: list[str] = []
    for line in filter(str.strip, SAMPLES[language].splitlines()):
        mark, _, rest = line.partition("|")
        if mark == "T":
            title = rest
        elif mark == "A":
            article.append(rest)
        elif mark in ("S", "B"):
            head.append(rest)
        else:
            (tail if article else head).append(line)
    names = {
        "head": '<header class="site-header"><nav><ul>' if telling else "<div><div><ul>",
        "/head": "</ul></nav></header>" if telling else "</ul></div></div>",
        "main": '<main><article class="entry-content">' if telling else '<div class="c-4"><div class="b2">',
        "/main": "</article></main>" if telling else "</div></div>",
        "tail": '<aside class="related-posts">' if telling else '<div class="c-7">',
        "/tail": "</aside>" if telling else "</div>",
    }
    out = [f"<html><head><title>{escape(title)}</title><script>var a = 1;</script></head><body>", names["head"]]
    out += [f'<li><a href="#">{escape(line)}</a></li>' for line in head[:5]]
    out += [names["/head"], names["main"], f"<h1>{escape(title)}</h1>"]
    out += [f"<div>{escape(line)}</div>" for line in head[5:]]
    out += [f"<h2>{escape(line)}</h2>" if is_heading(line) else f"<p>{escape(line)}</p>" for line in article]
    out += [names["/main"], names["tail"]]
    out += [
        f"<p>{escape(line)}</p>" if is_prose(line) else f'<div><a href="#">{escape(line)}</a></div>' for line in tail
    ]
    out += [names["/tail"], "</body></html>"]
    return "\n".join(out)


def is_prose(line: str) -> bool:
    return line.rstrip('”»“"').endswith((".", "!", "?", "。", "！", "？")) and len(line) > 20


def is_heading(line: str) -> bool:
    return not is_prose(line)


class Site(NamedTuple):
    """Words of an invented site."""

    menu: tuple[str, ...]
    teasers: tuple[tuple[str, str], ...]
    more: str
    error: tuple[str, str]
    consent: tuple[str, str]
    buttons: tuple[str, str]
    search: str
    footer: str


SITES = {
    "german": Site(
        ("Startseite", "Ort", "Kultur", "Sport", "Kontakt"),
        (
            ("Der Mühlgraben wird im Herbst ausgebaggert", "Die Anwohner sollen ihre Kähne bis Oktober umlegen."),
            ("Eine Schule tauscht ihre Glocke gegen ein Horn", "Der Klang reicht jetzt bis zum Wehr."),
            ("Warum die Apfelernte zwei Wochen zu früh kommt", "Drei Höfe zeigen ihre Bücher."),
            ("Turnverein sucht Halle und findet eine Scheune", "Geheizt wird mit dem, was herumliegt."),
            ("Das alte Zollhaus bekommt ein neues Dach", "Die Ziegel stammen vom Nachbarn."),
            ("Chor singt gegen den Lärm der Umgehungsstraße", "Am Sonntag um elf, bei jedem Wetter."),
        ),
        "Weiterlesen",
        ("Hier ist leider nichts", "Die Seite wurde nicht gefunden. Vielleicht hilft die Startseite weiter."),
        (
            "Ihre Wahl",
            "Wir und unsere drei Partner möchten Cookies auf Ihrem Gerät ablegen, um Besuche zu zählen. Sie können Ihre Einwilligung jederzeit widerrufen.",
        ),
        ("Alles erlauben", "Nur das Nötige"),
        "Suchergebnisse für „Glocke“",
        "Impressum Datenschutz",
    ),
    "french": Site(
        ("Accueil", "Village", "Culture", "Sport", "Contact"),
        (
            ("Le moulin du bas tourne à nouveau le dimanche", "La farine se vend au pied de la roue."),
            ("Une fanfare répète dans la gare abandonnée", "Les trains, eux, ne reviendront pas."),
            ("Le lavoir retrouve son toit après trente ans", "Les ardoises viennent de la vallée voisine."),
            ("Pourquoi les abeilles ont quitté le clocher", "Le curé a sa petite idée."),
            ("Trois boulangers pour un seul four communal", "On tire l'ordre de passage au sort."),
            ("La passerelle fermée jusqu'aux premières neiges", "Un détour de vingt minutes à pied."),
        ),
        "Lire la suite",
        ("Vous vous êtes perdu ?", "Cette page est introuvable ou n'existe plus. Essayez la recherche."),
        (
            "Le respect de votre vie privée",
            "Avec votre accord, nos partenaires et nous utilisons des cookies pour mesurer l'audience et garder vos réglages sur cet appareil.",
        ),
        ("Tout accepter", "Continuer sans accepter"),
        "Résultats de recherche pour « moulin »",
        "Mentions légales",
    ),
    "spanish": Site(
        ("Inicio", "Pueblo", "Cultura", "Deportes", "Contacto"),
        (
            ("La fuente de la plaza vuelve a tener agua", "El alcalde bebió el primer vaso."),
            ("Un taller de barcas enseña a chicos de doce años", "Hay lista de espera hasta el verano."),
            ("El tren de la sierra cambia otra vez de horario", "Sale siete minutos antes que el año pasado."),
            ("Las cigüeñas eligen la torre equivocada", "El nido pesa más que la campana."),
            ("Dos hermanas reabren el cine de invierno", "La primera película será muda."),
            ("La cooperativa reparte las últimas semillas", "Quedan cuarenta sacos de trigo antiguo."),
        ),
        "Leer más",
        ("Error 404", "La página que busca no existe o se ha movido de sitio."),
        (
            "Valoramos su privacidad",
            "Nosotros y nuestros socios guardamos cookies en su dispositivo para medir las visitas y recordar sus preferencias.",
        ),
        ("Aceptar todo", "Rechazar"),
        "Resultados de búsqueda: fuente",
        "Aviso legal",
    ),
    "polish": Site(
        ("Strona główna", "Gmina", "Kultura", "Sport", "Kontakt"),
        (
            ("Młyn nad Łąką znów miele po czterdziestu latach", "Mąkę można kupić tylko w soboty."),
            ("Strażacy z Dębowa zbudowali własną łódź", "Pierwszy rejs zaplanowano na maj."),
            ("Biblioteka wypożycza teraz także narzędzia", "Najdłużej czeka się na wiertarkę."),
            ("Dlaczego bociany ominęły w tym roku wieś", "Gospodarze mają kilka teorii."),
            ("Nowy most będzie węższy od starego", "Kombajny pojadą objazdem przez las."),
            ("Chór z doliny śpiewa w dawnej mleczarni", "Akustyka zaskoczyła nawet dyrygenta."),
        ),
        "Czytaj dalej",
        ("Ups!", "Nie znaleziono strony. Mogła zostać przeniesiona lub usunięta."),
        (
            "Szanujemy Twoją prywatność",
            "My i nasi partnerzy zapisujemy pliki cookie na Twoim urządzeniu, aby liczyć odwiedziny. Zgodę możesz wycofać w każdej chwili.",
        ),
        ("Zgadzam się", "Ustawienia"),
        "Wyniki wyszukiwania: most",
        "Polityka prywatności",
    ),
    "russian": Site(
        ("Главная", "Район", "Культура", "Спорт", "Контакты"),
        (
            ("Паром через Тихую снова ходит по вечерам", "Последний рейс отправляется в десять."),
            ("Школьники нашли на чердаке карту долины", "Ей не меньше ста пятидесяти лет."),
            ("Почему пекарня у моста работает только ночью", "Хозяин не любит дневного света."),
            ("Лодочная мастерская набирает учеников", "Мест всего шесть, а заявлений сорок."),
            ("Старую мельницу разберут по брёвнам", "Собирать её будут на другом берегу."),
            ("Хор железнодорожников выступит на перроне", "Поезда обещали не гудеть."),
        ),
        "Читать далее",
        ("Ошибка 404", "Страница не найдена. Возможно, она была удалена."),
        (
            "Мы используем файлы cookie",
            "Наш сайт и его партнёры сохраняют файлы cookie на вашем устройстве, чтобы считать посещения. Вы можете отозвать согласие.",
        ),
        ("Принять все", "Настроить"),
        "Результаты поиска по слову «мост»",
        "Правовая информация",
    ),
    "chinese": Site(
        ("首页", "本地", "文化", "体育", "联系我们"),
        (
            ("河边的老磨坊今年秋天重新开门", "面粉只在周末出售。"),
            ("小学生在阁楼里发现一张旧地图", "它至少有一百五十年历史。"),
            ("山谷里的火车又改了时刻表", "比去年早开七分钟。"),
            ("图书馆开始出借工具和雨伞", "等电钻的人最多。"),
            ("新桥比旧桥还要窄一些", "大车只好绕道树林。"),
            ("合唱团在废弃的车站里排练", "回声让指挥也吃了一惊。"),
        ),
        "阅读更多",
        ("出错了", "抱歉，您访问的页面不存在，可能已被删除或移动。"),
        ("您的隐私", "本网站及其合作伙伴会在您的设备上保存 Cookie，用于统计访问量和记住您的设置，您可以随时撤回同意。"),
        ("全部接受", "仅限必要"),
        "“车站”的搜索结果",
        "版权所有",
    ),
}


def _frame(site: Site, title: str, main: str) -> str:
    menu = "".join(f'<li><a href="/{k}">{word}</a></li>' for k, word in enumerate(site.menu))
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title></head><body><div><ul>{menu}</ul></div>"
        f"{main}<footer><p><a href='/i'>{site.footer}</a></p></footer></body></html>"
    )


def index_page(language: str, layout: str) -> str:
    """Return a front page of teasers: `cards`, `rows` of bare links, or `posts` in article elements."""
    site = SITES[language]
    parts = []
    for k, (title, line) in enumerate(site.teasers):
        link = f'<a href="/{k}">{title}</a>'
        if layout == "cards":
            parts.append(f'<div class="x1"><h2>{link}</h2><p>{line}</p><p>12.{k + 1}.2024</p></div>')
        elif layout == "rows":
            parts.append(f"<li>{link}</li>")
        else:
            more = f'<a href="/{k}">{site.more}</a>'
            parts.append(f"<article><header><h3>{link}</h3></header><p>{line} {line}</p><p>{more}</p></article>")
    joined = "".join(parts)
    return _frame(site, site.menu[0], f"<ul>{joined}</ul>" if layout == "rows" else f"<main>{joined}</main>")


def search_page(language: str) -> str:
    """Return a page of search results."""
    site = SITES[language]
    found = "".join(
        f'<div class="r"><a href="/{k}"><h3>{title}</h3></a><span>… {line} …</span></div>'
        for k, (title, line) in enumerate(site.teasers[:4])
    )
    return _frame(site, site.search, f'<form><input name="q"></form><h1>{site.search}</h1>{found}')


def error_page(language: str) -> str:
    """Return a page that says that there is no page, with a few links."""
    site = SITES[language]
    ways = "".join(f'<li><a href="/{k}">{title}</a></li>' for k, (title, _) in enumerate(site.teasers[:3]))
    return _frame(site, site.error[0], f"<div><h1>{site.error[0]}</h1><p>{site.error[1]}</p><ul>{ways}</ul></div>")


def consent_page(language: str) -> str:
    """Return a page that asks for consent before it shows anything."""
    site = SITES[language]
    buttons = "".join(f"<button>{word}</button>" for word in site.buttons)
    return f"<html><head><title>{site.consent[0]}</title></head><body><div><h1>{site.consent[0]}</h1><p>{site.consent[1]}</p>{buttons}</div></body></html>"
