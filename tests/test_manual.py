"""Pages of documentation: code, signatures, tables, notes and the short sections at their ends are kept."""

from __future__ import annotations

import re

import pytest

from winnow.items import HTML, Article, Kind
from winnow.read.decode import Decoded
from winnow.read.extract import extract

from .test_htmlpage_whole import ABOVE, BELOW, kept

SIDE = """<nav class="sidebar"><ul><li><a href="/a">Installing the gauge</a></li><li><a href="/b">Release notes</a></li>
<li><a href="/c">Frequently asked questions</a></li></ul></nav>"""


def reference() -> tuple[str, list[str]]:
    """Return a reference of functions and what must be kept of it."""
    entries, wanted = [], []
    intro = "Functions that read the gauges of a harbour and keep its log."
    for name, does in (
        ("read_gauge", "Read the water level of one gauge, in metres above the zero of the chart of the harbour."),
        ("write_log", "Write the levels of a day to the log, one line for each hour, and close the file at midnight."),
        ("reset", "Set the gauge back to zero."),
        ("tides", "Return the times of high and low water of a day, earliest first, computed from the last month."),
    ):
        call = f"tide.{name}(port, *, when=None)"
        code = f"level = tide.{name}('Hollnes')"
        raised = f"raises NoGauge where {name} finds no gauge"
        entries.append(f"""<section id="related-comment-{name}"><dl class="function"><dt class="sig">{call}</dt><dd>
        <p>{does}</p><pre>{code}\n0.75</pre><dl class="field-list"><dt>Raises</dt><dd>{raised}</dd></dl></dd></dl>
        </section>""")
        wanted += [call, does, code, raised]
    see = "<section id='see-also'><h2>See also</h2><p>gauge, harbour</p></section>"
    body = f"<h1>Module tide</h1><p>{intro}</p>{''.join(entries)}{see}"
    return f"Sphinx 7.2|{body}", [*wanted, "gauge, harbour"]


def commands() -> tuple[str, list[str]]:
    """Return a German page of a wiki about a program, with folded boxes of code, and what must be kept of it."""
    parts, wanted = [], []
    for option, says in (
        ("--pegel", "Mit dieser Option liest das Programm den Wasserstand eines Pegels und gibt ihn in Metern aus."),
        ("--logbuch", "So schreibt das Programm die Stände eines Tages ins Logbuch, eine Zeile für jede Stunde."),
        ("--gezeiten", "Damit berechnet das Programm die Zeiten von Hochwasser und Niedrigwasser für einen Tag."),
    ):
        shown = f"Aufruf: tide {option} [HAFEN]"
        parts.append(f"""<h2>Option {option}</h2><p>{says}</p><div class="cmd-box mw-collapsible mw-collapsed hidden">
        <pre>{shown}</pre><pre>Siehe auch tide {option} --hilfe</pre></div>""")
        wanted += [says, shown, f"tide {option} --hilfe"]
    return f"MediaWiki 1.41|<h1>Tide</h1>{''.join(parts)}<h2>Siehe auch</h2><ul><li>Pegel (Gerät)</li></ul>", wanted


def manual() -> tuple[str, list[str]]:
    """Return a French manual page with its short sections, and what must be kept of it."""
    name = "tide - lire les marégraphes d'un port"
    use = "tide [-l] [-q] PORT"
    says = "Le programme lit le niveau de l'eau de chaque marégraphe du port et l'écrit, en mètres, ligne par ligne."
    row = "<dt>-l</dt><dd>écrire aussi le journal</dd><dt>-q</dt><dd>se taire</dd>"
    table = "<table><tr><th>Code</th><th>Sens</th></tr><tr><td>0</td><td>tout va bien</td></tr></table>"
    body = f"""<h1>tide(1)</h1><section><h2>NOM</h2><p>{name}</p></section><section id="form"><h2>SYNOPSIS</h2>
    <pre>{use}</pre></section><section><h2>DESCRIPTION</h2><p>{says}</p><p>{says.replace("lit", "relit")}</p>
    <dl>{row}</dl></section>
    <section><h2>CODES</h2>{table}</section><section id="related"><h2>VOIR AUSSI</h2><p>gauge(1), port(5)</p>
    </section>"""
    wanted = [name, use, says, "écrire aussi le journal", "se taire", "tout va bien", "gauge(1), port(5)"]
    return f"pandoc|{body}", wanted


@pytest.mark.parametrize("made", [reference, commands, manual])
def test_all_of_a_manual_is_kept_in_order(made: object) -> None:
    assert callable(made)
    written, wanted = made()
    generator, _, body = written.partition("|")
    html = f"""<html><head><meta name="generator" content="{generator}"><title>tide - documentation</title></head>
    <body class="docs">{SIDE}<main class="documentation"><div class="document">{body}</div></main></body></html>"""
    article = extract(Decoded(html, HTML, "utf-8"))
    assert isinstance(article, Article)
    assert article.kind is Kind.DOCUMENTATION
    at = [article.text.find(each) for each in wanted]
    assert -1 not in at
    assert at == sorted(at)
    assert "Release notes" not in article.text


NOTE = "<div class='admonition {}'><p class='admonition-title'>{}</p><p>{}</p></div>"


def pump() -> list[str]:
    """Return the parts of a German page: what must be kept, in order, each in its markup."""
    return [
        "<p>Jede Pumpe hat zwei Schwellen: bei der oberen läuft sie an, bei der unteren bleibt sie stehen. Liegen die"
        " beiden zu nahe beieinander, schaltet die Pumpe im Minutentakt.</p>",
        "<pre>pumpen:\n  - name: Grundlast\n    ein: 80\n    aus: 35</pre>",
        NOTE.format("tip", "Tipp", "Nach einem Starkregen lohnt sich ein Blick in das Protokoll: Dort steht alles."),
        "<dl><dt>E1</dt><dd>Der Schwimmer meldet voll und leer zugleich.</dd><dt>E2</dt><dd>Stecker prüfen.</dd></dl>",
        "<p>Bleibt der Fehler, hilft der Kundendienst weiter. Er fragt nach der Seriennummer.</p>",
    ]


def irrigation() -> list[str]:
    """Return the parts of a Spanish page."""
    return [
        "<p>El controlador abre y cierra hasta doce válvulas según un calendario, la lluvia caída y la humedad del"
        " suelo. Con el programa de fábrica ya riega de forma razonable.</p>",
        "<ol><li>Elija las válvulas que pertenecen al mismo sector.</li><li>Fije la duración del riego.</li></ol>",
        "<h2>Preguntas frecuentes</h2>",
        "<p><b>¿Qué pasa si se va la luz?</b> El programa queda guardado durante dos semanas.</p>",
        "<p><b>¿Puedo regar a mano?</b> Sí: gire la llave de la válvula un cuarto de vuelta.</p>",
    ]


def kiln() -> list[str]:
    """Return the parts of a French page."""
    return [
        "<p>Le four se règle entièrement depuis le panneau avant, mais il est plus commode d'écrire les courbes de"
        " cuisson dans un fichier et de les envoyer par le réseau.</p>",
        "<pre>[biscuit]\npalier1 = 150, 60, 30</pre>",
        NOTE.format("warning", "Attention", "N'ouvrez jamais la porte au-dessus de 200 °C, même pour un instant."),
        "<ul><li>La courbe mesurée s'affiche en rouge.</li><li>Un écart de vingt degrés arrête la montée.</li></ul>",
        "<p>Laissez refroidir toute une nuit.</p>",
    ]


_TEXT = re.compile(r">([^<>]{9,})<")
MADE = ["<script src='documentation_options.js'></script>", "<meta name='generator' content='makeinfo'>"]


@pytest.mark.parametrize("made", [pump, irrigation, kiln])
@pytest.mark.parametrize("program", MADE)
def test_plain_sentences_of_a_manual_are_kept_where_a_model_doubts_them(made: object, program: str) -> None:
    assert callable(made)
    parts = made()
    foot = "<footer><p>© 2024 The people of the pump. Built with care.</p></footer>"
    body = f"<div class='body'><section><h1>Manual</h1>{''.join(parts)}</section></div>"
    html = f"<html><head>{program}<title>Manual</title></head><body>{SIDE}{body}{foot}</body></html>"
    article = extract(Decoded(html, HTML, "utf-8"))
    assert isinstance(article, Article)
    assert article.kind is Kind.DOCUMENTATION
    said = [row.strip() for text in _TEXT.findall("".join(parts)) for row in text.split("\n")]
    assert [each for each in said if each not in article.text] == []
    assert "Release notes" not in article.text
    assert "Built with care" not in article.text


@pytest.mark.parametrize(
    ("heading", "says", "code"),
    [
        ("The last firing", "Call the kiln:", "$ kiln --read curve.txt"),
        ("Glattbrand", "Aufruf mit der Datei der Kurve:", "$ ofen --lies kurve.txt"),
        ("最後に", "曲線を送ります", "$ kiln --read 曲線.txt"),
    ],
)
def test_all_code_of_a_manual_is_kept_with_what_stands_above_it(heading: str, says: str, code: str) -> None:
    end = f"<div class=section><h3>{heading}</h3><p>{says}</p><pre>{code}</pre></div>"
    body = f"<div class=section><h2>Kiln</h2><p>{ABOVE}</p><p>{BELOW}</p>{end}</div><p>Up to the list</p>"
    unlikely = {"Kiln": 0.9, heading: 0.05, says: 0.1, code: 0.05}
    whole = kept(body, lambda text: unlikely.get(text, 0.01), Kind.DOCUMENTATION)
    assert whole == ["Kiln", ABOVE, BELOW, heading, says, code]
    assert "1 2 3" not in kept(body.replace(code, "1\n2\n3"), lambda text: 0.01, Kind.DOCUMENTATION)
