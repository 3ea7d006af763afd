"""Captures that hold no article are told from those that do, in six languages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html

from winnow.read.plain import TextPage, read, why_no_article
from winnow.read.plain.page import Evidence

from .htmlpage_samples import SITES, consent_page, error_page, index_page, search_page
from .textpage_samples import SAMPLES, marked, plain


def captured(source: str) -> TextPage:
    """Read a page as its HTML would be saved as text: each block in a line of its own."""
    blocks = html.fromstring(source).iter("li", "h1", "h2", "h3", "p", "span", "button")
    return read("\n\n".join(text for block in blocks if (text := block.text_content().strip())))


@pytest.mark.parametrize("language", sorted(SITES))
@pytest.mark.parametrize("layout", ["cards", "rows", "posts"])
def test_rejects_lists_of_teasers(language: str, layout: str) -> None:
    assert why_no_article(captured(index_page(language, layout))) is not None


@pytest.mark.parametrize("language", sorted(SITES))
def test_names_search_results_errors_and_consent_pages(language: str) -> None:
    assert (why_no_article(captured(search_page(language))) or "").startswith("search results")
    assert (why_no_article(captured(error_page(language))) or "").startswith("an error page")
    assert (why_no_article(captured(consent_page(language))) or "").startswith("a consent page")


@pytest.mark.parametrize("language", sorted(SAMPLES))
def test_takes_articles_with_and_without_what_stands_beside_them(language: str) -> None:
    sample = SAMPLES[language]
    assert why_no_article(read(plain(sample))) is None
    assert why_no_article(read("\n\n".join([*marked(sample, "T"), *marked(sample, "A")]))) is None


def test_an_article_about_errors_is_an_article() -> None:
    text = "404 not found\n\n" + "\n\n".join(
        f"In chapter {k} we look at how a server says that a page was not found, why visitors dislike it, and what a "
        "good page of that sort should offer them instead of a dead end and an apology."
        for k in range(4)
    )
    assert why_no_article(read(text)) is None


def test_a_page_without_lines_is_no_article() -> None:
    assert why_no_article(read("")) is not None


def test_a_long_page_with_an_error_in_a_form_is_no_error_page() -> None:
    steps = (f"Step {k}\n\nFold the {k} sheets twice, press them flat, and leave them under a heavy book until the "
             "glue along the spine has dried and does not give any more." for k in range(1, 12))  # fmt: skip
    text = "\n\n".join(["How to bind a notebook", *steps, "Something went wrong while submitting the form."])
    assert "error" not in (why_no_article(read(text)) or "")


SHORT_LINED = {
    "English verse": """The weaver's window
The loom was older than the house,
And older than the hill,
And what the weaver wove at dusk
At dawn was weaving still.
Her daughters went across the sea,
Her son went up the line,
She put a thread in for them all,
And one of it was mine;
A thread of neither blue nor grey,
The colour of the rain,
That nobody has ever seen
And nobody will again.
And when the loom was carried out
To make a better fire,
It sang, they say, the whole night through,
As bells do in a spire.""",
    "German interview": """„Die Biene fragt nicht“
Wann haben Sie angefangen?
Mit elf. Mein Großvater hatte sieben Völker hinter dem Haus, und ich durfte den Rauch machen.
Hatten Sie keine Angst?
Doch, vor meinem Großvater. Er redete den ganzen Sommer kein Wort, und wir haben uns gut verstanden.
Was hat sich seitdem geändert?
Die Wiesen. Früher blühte bis in den September etwas, heute wird im Juni gemäht, und dann ist Schluss.
Füttern Sie?
Jeder füttert. Wer sagt, er füttert nicht, der hat keine Bienen.
Und was wünschen Sie sich?
Einen Streifen am Weg, der stehen bleibt. Drei Meter würden genügen.""",
    "French questions": """Questions sur le marché de nuit
Faut-il réserver une place ?
Non, les places sont tirées au sort à dix-sept heures devant la mairie.
Peut-on venir avec un chien ?
Oui, s'il est tenu en laisse et s'il n'aime pas trop le fromage.
Que se passe-t-il en cas de pluie ?
Le marché se tient sous les arcades, et la musique joue dans l'église.
Y a-t-il un parking ?
Derrière l'école, jusqu'à minuit. Le gardien ferme la grille sans prévenir.
Qui ramasse les déchets ?
Chacun les siens. La commune prête des sacs et des balais.""",
    "Russian minutes": """Собрание садового товарищества
1. Вода.
Насос починили в субботу, давление пока слабое. Решили подождать до пятницы.
2. Дорога.
Щебень привезут в начале июня. Машины просим оставлять у ворот.
3. Сторож.
Пётр Ильич согласен остаться ещё на год. Собаку он берёт с собой.
4. Разное.
Лестница со склада пропала. Кто взял, пусть вернёт до выходных, она нужна для крыши.
Следующее собрание будет в августе, у колодца.""",
}


@pytest.mark.parametrize("name", SHORT_LINED)
def test_takes_texts_of_short_lines(name: str) -> None:
    page = read(SHORT_LINED[name])
    assert why_no_article(page) is None
    assert SHORT_LINED[name].split("\n", 3)[3] in page.text


@pytest.mark.parametrize("name", SHORT_LINED)
def test_rejects_short_lines_that_end_as_headlines_do(name: str) -> None:
    headlines = (line.rstrip(".,;?!“») ") for line in SHORT_LINED[name].split("\n") if len(line.split()) < 8)
    assert why_no_article(read("\n\n".join(headlines))) is not None


QUESTIONS = ("Was kostet die Überfahrt?", "Zwei Euro.", "Und abends?", "Dann fährt nur, wer muss.")


@pytest.mark.parametrize(("passage", "is_article"), [(99, False), (101, True)])
@pytest.mark.parametrize("stretch", [20, 60])
def test_a_long_passage_is_an_article_of_which_the_model_is_unsure(
    passage: int, is_article: bool, stretch: int
) -> None:
    page = replace(read("\n\n".join(QUESTIONS)), expected_f1=0.4, confidence=0.4)
    page = replace(page, evidence=Evidence(stretch, passage))
    assert (why_no_article(page) is None) == is_article


MANUALS = {
    "English manual page": """FERRY(1)                    Harbour Manual                    FERRY(1)

NAME
       ferry - tell when the next ferry leaves

SYNOPSIS
       ferry [-adh] [-n NUMBER] [FILE]...

DESCRIPTION
       Ferry reads timetables and prints when the next ferry leaves.

       -a, --all
              print all ferries of the day, and not the next one only

       -d, --delayed
              print ferries that are known to be late, with their delay

       -n NUMBER
              print at most NUMBER ferries; the default is limit = 500

EXIT STATUS
       0      if a ferry was found,

       1      if no ferry leaves today,

       2      if a timetable could not be found or read.
""",
    "German README": """# Fähre

`faehre` liest Fahrpläne in drei Formaten und sagt, wann die nächste Fähre ablegt. Ein Netz braucht es nicht.

## Installation

    pip install faehre

## Verwendung

| Option | Vorgabe | Bedeutung |
| --- | --- | --- |
| `--kai` | `alle` | nur Fähren von diesem Kai ausgeben |
| `--limit` | `500` | nicht mehr Fähren als so viele ausgeben |

## Einstellungen

Einstellungen werden aus `~/.faehre.toml` gelesen:

```toml
limit = 500
```

1. Datei anlegen
2. Kai eintragen
3. Programm neu starten
""",
    "French README": """# Bac

`bac` lit les horaires dans trois formats et dit quand part le prochain bac. Il n'a besoin d'aucun réseau.

## Installation

    pip install bac

## Utilisation

| Option | Défaut | Sens |
| --- | --- | --- |
| `--quai` | `tous` | n'affiche que les bacs de ce quai |
| `--limite` | `500` | n'affiche pas plus de bacs que cela |

## Réglages

Les réglages sont lus dans `~/.bac.toml` :

```toml
limit = 500
```

1. Créer le fichier
2. Indiquer le quai
3. Relancer le programme
""",
}


@pytest.mark.parametrize("which", MANUALS)
def test_manual_of_short_lines_is_read_where_it_is_all_that_a_capture_holds(which: str) -> None:
    page = read(MANUALS[which])
    assert why_no_article(page) is None
    assert "limit = 500" in page.text


@pytest.mark.parametrize(
    "line", ["If the pier could not be found, ask again.", "2 Datei nicht gefunden", "Le quai est introuvable."]
)
def test_line_within_a_manual_that_something_is_not_found_makes_no_error_page(line: str) -> None:
    steps = ("Fold the {} sheets twice, press them flat and leave them under a heavy book until they are dry.",) * 4
    said = [step.format(word) for step, word in zip(steps, ("four", "nine", "red", "last"), strict=True)]
    text = "\n\n".join(["How to bind a notebook", *said[:3], line, said[3]])
    assert "error" not in (why_no_article(read(text)) or "")
    assert (why_no_article(read(f"{line}\n\nHow to bind a notebook\n\nTry the search.")) or "").startswith("an error")
