"""Comments that begin with their writer and how long ago they were written are no part of the article above them."""

from __future__ import annotations

from html import escape

import pytest

from tests.textpage_samples import SAMPLES
from winnow.items import HTML, TEXT, Article
from winnow.read.decode import Decoded
from winnow.read.extract import extract

COMMENTS = {
    "de": (
        "Kommentare",
        ("Peter Ott", "vor 3 Stunden", "Ich lebe hier seit meiner Geburt und hätte das nie geglaubt, wirklich nicht."),
        ("marsch77", "vor 5 Stunden", "Und wer bezahlt die Lampen? Darauf hat wie immer keiner eine Antwort."),
        ("Ida", "vor 2 Tagen", "Mein Großvater hat daran gearbeitet. Er wäre stolz gewesen auf diesen Tag."),
    ),
    "fr": (
        "Commentaires",
        ("Pierre Ott", "il y a 3 heures", "J’habite ici depuis toujours et je n’aurais jamais cru voir cela un jour."),
        ("marais77", "il y a 5 heures", "Et qui paie les lampes ? Personne ne répond à cela, comme d’habitude."),
        ("Ida", "il y a 2 jours", "Mon grand-père y a travaillé. Il aurait été fier de voir ce jour."),
    ),
    "es": (
        "Comentarios",
        ("Pedro Ott", "hace 3 horas", "Vivo aquí desde siempre y nunca creí que iba a ver algo como esto."),
        ("marea77", "hace 5 horas", "¿Y quién paga las lámparas? Nadie responde a eso, como siempre."),
        ("Ida", "hace 2 días", "Mi abuelo trabajó allí. Habría estado orgulloso de ver este día."),
    ),
}
FORMS = {
    "lines": ("<p><b>{head}</b></p>{all}", "<p>{who} ({when}): {what}</p>"),
    "table": (
        "<table><tr><td><b>{head}</b></td></tr>{all}</table>",
        "<tr><td>{who}<br>{when}</td><td>{what}</td></tr>",
    ),
    "definitions": ("<h3>{head}</h3><dl>{all}</dl>", "<dt>{who}, {when}:</dt><dd>{what}</dd>"),
}


def sample(language: str) -> tuple[str, list[str]]:
    """Return the title and the paragraphs of an article."""
    found = [line.partition("|") for line in SAMPLES[language].splitlines()]
    title = next(text for mark, _, text in found if mark == "T")
    return title, [text for mark, _, text in found if mark == "A"]


def text_of(page: str, media_type: str) -> str:
    article = extract(Decoded(page, media_type, "utf-8"))
    assert isinstance(article, Article)
    return article.text


@pytest.mark.parametrize("language", COMMENTS)
@pytest.mark.parametrize("form", FORMS)
def test_comments_on_a_page_go(form: str, language: str) -> None:
    title, texts = sample(language)
    head, *said = COMMENTS[language]
    around, each = FORMS[form]
    below = around.format(head=head, all="".join(each.format(who=a, when=b, what=escape(c)) for a, b, c in said))
    body = f"<h1>{escape(title)}</h1>" + "".join(f"<p>{escape(text)}</p>" for text in texts) + below
    found = text_of(f"<html><head><title>{escape(title)}</title></head><body><main>{body}</main></body></html>", HTML)
    assert [text for text in texts if text not in found] == []
    assert [what for *_, what in said if what in found] == []


@pytest.mark.parametrize("language", COMMENTS)
def test_comments_in_a_capture_go(language: str) -> None:
    title, texts = sample(language)
    head, *said = COMMENTS[language]
    found = text_of("\n\n".join([title, *texts, head, *(f"{a} ({b}): {c}" for a, b, c in said)]), TEXT)
    assert texts[-1] in found
    assert [what for *_, what in said if what in found] == []


@pytest.mark.parametrize("when", ["(03.05.2024, 14:20)", "| May 3, 2024 at 14:20 |", "– 3. Mai 2024, 14.20 Uhr –"])
def test_days_in_brackets_or_behind_bars(when: str) -> None:
    title, texts = sample("de")
    head, *said = COMMENTS["de"]
    found = text_of("\n\n".join([title, *texts, head, *(f"{who} {when} {what}" for who, _, what in said)]), TEXT)
    assert texts[-1] in found
    assert [what for *_, what in said if what in found] == []


@pytest.mark.parametrize("language", COMMENTS)
def test_lines_with_moments_stay_where_nothing_speaks_of_comments(language: str) -> None:
    title, texts = sample(language)
    _, *said = COMMENTS[language]
    log = "".join(f"<p>{who}, {when}: {escape(what)}</p>" for who, when, what in said)
    paragraphs = [f"<p>{escape(text)}</p>" for text in texts]
    body = f"<h1>{escape(title)}</h1>{''.join(paragraphs[:-1])}{log}{paragraphs[-1]}"
    found = text_of(f"<html><head><title>{escape(title)}</title></head><body><main>{body}</main></body></html>", HTML)
    assert [what for *_, what in said if what not in found] == []
