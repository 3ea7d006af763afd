# ruff: noqa: E501
"""Voices for generated articles: words and sentence patterns, from which prose of any length is made.

A pattern names other patterns in braces. No run of five fixed words stands in a pattern of prose, so two articles share
such a run only by chance, as articles do. `TEMPLATES` are the opposite: notices whose wording is the same every time.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import partial

from lab.benchmarks.duplicates_tongues import ENGLISH, Tongue

Grammar = dict[str, list[str]]


def _list(words: str) -> list[str]:
    return words.split()


_COMMON: Grammar = {
    "S": [
        "{NP} {V} {NP} {PP}.", "{TIME}, {NP} {V} {NP}{TAIL}.", "“{NP} {MOD} {INF} {NP},” said {PERSON}, {ROLE} {PP}.",
        "{PERSON} {V} {NP} {PP}, {CONN} {NP} {V} {NP}.", "{NP}, {REL}, {V} {NP}{TAIL}.", "{NUM} {PL} {V} {NP} {PP}.",
        "What {V} {NP} was {NP}{TAIL}.", "Because {NP} {V} {NP}, {NP} {V} {NP} {PP}.", "{NP} – {NP} and {NP} – {V} {NP}.",
        "Neither {NP} nor {NP} {V} {NP}{TAIL}.", "{ADV}, {NP} {V} {NP} {PP}; {NP} {V} {NP}.", "Whether {NP} {MOD} {INF} {NP} {PP} is {ADJ}.",
        "“{NP}?” {PERSON} asked. “{NP} {MOD} {INF} {NP}.”", "For {NP}, {NP} {V} {NUM} {PL}{TAIL}.", "Few {PL} {V} {NP} as {ADV2} as {PERSON}.",
        "It took {NUM} {PL} {PP} before {NP} {V} {NP}.", "{TIME} {NP} {V} {NP}, and {TIME2} {NP} {V} {NP} {PP}.", "Not every {N} {V} {NP}: {NP} {V} {NP}.",
        "{PERSON}, {ROLE}, {MOD} {INF} {NP} if {NP} {V} {NP}.", "Then {NP} {V} {NP}.", "{NP} {V} {NP}.", "{PLACE} {V} {NP}{TAIL}.",
    ],
    "NP": ["the {ADJ} {N}", "a {N} of {PL}", "the {N}", "{DET} {ADJ} {N}", "{PLACE}’s {N}", "{DET} {N} {PP}", "{PERSON}", "{NUM} {PL}", "{PL}", "{ADJ} {PL}", "{DET} {ADJ} and {ADJ} {N}"],
    "PP": ["in {PLACE}", "near {DET} {N}", "for {NUM} {PL}", "without {DET} {N}", "under {DET} {ADJ} {N}", "beside {PL}", "after {DET} {N}", "with {ADJ} {PL}", "between {PLACE} and {PLACE}", "across {PLACE}", "despite {DET} {N}", "since {TIME2}"],
    "TAIL": ["", "", " {PP}", ", {PERSON} said", ", {CONN} {NP} {V} {NP}", ", {ADV2} enough", " {PP} and {PP}"],
    "REL": ["which {V} {NP}", "once {DET} {N} {PP}", "where {PERSON} {V} {NP}", "whose {N} {V} {NP}", "long {DET} {N}"],
    "DET": ["a", "one", "this", "that", "every", "her", "his", "their", "no", "another", "its", "some"],
    "CONN": ["while", "although", "because", "until", "so", "but", "whereas", "and", "before"],
    "MOD": ["could", "would", "must", "may", "should", "might", "will", "cannot"],
    "TIME": ["{DAY}", "In {MONTH}", "{NUM} years ago", "That {DAY}", "Since {MONTH}", "By {DAY}", "Last {MONTH}", "Early on {DAY}"],
    "TIME2": ["{DAY}", "{MONTH}", "the following {DAY}", "late {MONTH}", "{NUM} weeks later"],
    "DAY": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "MONTH": _list("January February March April May June July August September October November December"),
    "ADV": _list("Slowly Quietly Officially Oddly Usually Privately Eventually Meanwhile Instead Afterwards Clearly Reluctantly"),
    "ADV2": _list("closely well rarely gladly often loudly patiently badly carefully honestly"),
    "ADJ": _list("narrow patient costly familiar uneven borrowed public distant fragile stubborn wooden silent modest crowded early northern recent hidden ordinary sudden generous awkward brittle careful dull eager faded gentle heavy idle keen local muddy noisy odd plain quick rough shallow tired useful vivid weary young broken clever damp empty foreign grand honest"),
    "ROLE": ["a {ADJ} {N} {WORKER}", "the {N} {WORKER}", "{WORKER} {PP}", "formerly a {WORKER}"],
    "WORKER": _list("manager teacher engineer historian adviser volunteer clerk researcher driver trustee captain editor nurse gardener inspector founder"),
}  # fmt: skip

# Nouns and verbs of each voice; the verbs in the past tense with their plain form.
_VOICES = {
    "council": (
        _list("budget pavement petition councillor bypass library hearing tenant levy roundabout allotment bin playground ward permit planner drain charity footbridge market pothole meeting motion school verge car-park shelter audit consultation ballot"),
        _list("approved:approve postponed:postpone repaired:repair questioned:question funded:fund closed:close opposed:oppose drafted:draft inherited:inherit shelved:shelve counted:count moved:move amended:amend welcomed:welcome"),
    ),
    "science": (
        _list("enzyme telescope sample glacier neuron hypothesis isotope fossil colony sensor genome orbit sediment protein larva dataset laboratory reactor spectrum crater microbe antenna membrane survey vaccine catalyst plume trial specimen reef"),
        _list("measured:measure sequenced:sequence predicted:predict observed:observe cooled:cool contradicted:contradict mapped:map replicated:replicate isolated:isolate modelled:model weighed:weigh tracked:track dissolved:dissolve doubted:doubt"),
    ),
    "sport": (
        _list("striker referee relay penalty coach squad stadium defender corner trophy sprint substitute goalkeeper tournament whistle supporter injury league captain half transfer lap paddock racket crew wicket podium tackle rival final"),
        _list("chased:chase beat:beat saved:save trained:train blocked:block cheered:cheer lost:lose dropped:drop won:win missed:miss outran:outrun signed:sign booed:boo passed:pass"),
    ),
    "business": (
        _list("dividend warehouse supplier merger invoice shareholder factory tariff loan startup quarter brand auditor shipment contract broker creditor margin retailer currency pension insurer patent subsidiary payroll forecast exporter franchise ledger venture"),
        _list("acquired:acquire forecast:forecast exported:export hedged:hedge cut:cut restructured:restructure leased:lease bid:bid invested:invest sold:sell repaid:repay outsourced:outsource priced:price guaranteed:guarantee"),
    ),
    "travel": (
        _list("ferry monastery valley guidebook lantern vineyard harbour pilgrim railway innkeeper ridge lagoon bazaar compass hostel terrace ruin shepherd lighthouse canyon suitcase chapel orchard caravan peninsula waterfall cobblestone border tram dune"),
        _list("crossed:cross climbed:climb painted:paint remembered:remember followed:follow photographed:photograph reached:reach admired:admire lit:light carried:carry overlooked:overlook left:leave circled:circle entered:enter"),
    ),
    "culture": (
        _list("novel soprano gallery sculptor chorus manuscript premiere critic canvas rehearsal orchestra poet curtain exhibition film actor violin archive melody stage costume portrait festival translator script rhyme studio audience ballad museum"),
        _list("composed:compose staged:stage praised:praise rewrote:rewrite restored:restore performed:perform borrowed:borrow hummed:hum directed:direct illustrated:illustrate recited:recite exhibited:exhibit misread:misread loved:love"),
    ),
    "howto": (
        _list("dough hinge seedling varnish saucepan bolt compost stitch mortar kettle needle blade tile gasket onion plank yeast thermostat hammer broth soil zip bracket skillet filter thread pulley jar sponge lentil"),
        _list("sanded:sand soaked:soak folded:fold tightened:tighten rinsed:rinse sliced:slice glued:glue watered:water simmered:simmer drilled:drill trimmed:trim sealed:seal stirred:stir mended:mend"),
    ),
}  # fmt: skip

_GERMAN: Grammar = {
    "S": [
        "{NP} {V} {AKK} {PP}.", "{TIME} {V} {NP} {AKK}.", "„{NP} {V} {AKK}“, sagte {PERSON} {PP}.", "{PERSON} {V} {AKK}, obwohl {NP} {AKK} {V}.",
        "Weil {NP} {AKK} {V}, {V} {PERSON} {AKK}.", "{NUM} {PL} {V2} {AKK} {PP}.", "In {PLACE} {V} {NP} {AKK}, und {NP} {V} {AKK}.", "Doch {NP} {V} {AKK} {PP}.",
        "{NP}, so {PERSON}, {V} {AKK}.", "Ob {NP} {AKK} {V}, weiß {PERSON} nicht.",
    ],
    "NP": ["der {ADJ} {N}", "der {N}", "ein {N}", "{PERSON}", "jener {ADJ} {N}", "kein {N}", "dieser {N} {PP}"],
    "AKK": ["den {ADJ}n {N}", "den {N}", "einen {N}", "{NUM} {PL}", "keinen {N}", "jeden {N} {PP}", "ihren {N}"],
    "PP": ["in {PLACE}", "seit {MONTH}", "ohne {PL}", "am {DAY}", "für {NUM} {PL}", "mit {PL}", "gegen {PL}", "trotz allem"],
    "TIME": ["Am {DAY}", "Im {MONTH}", "Seit {NUM} Jahren", "Inzwischen", "Kurz darauf", "Damals"],
    "ADJ": _list("alte neue leise teure ferne schmale müde stolze feuchte helle rasche bunte strenge stille kluge rostige"),
    "N": _list("Bahnhof Antrag Garten Verein Kanal Bericht Lehrling Turm Markt Nachbar Vertrag Acker Chor Richter Wald Streit Bagger Ofen Brunnen Fahrplan Koffer Stadtrat Umbau Damm Hof Laden"),
    "PL": _list("Bäume Briefe Häuser Stimmen Züge Gäste Äpfel Brücken Wochen Hefte Straßen Lampen Kinder Wünsche Fenster Räder Schulen Boote"),
    "V": _list("prüfte lobte verkaufte suchte vergaß baute störte bezahlte begrüßte plante rettete verschob zählte malte fand"),
    "V2": _list("prüften lobten verkauften suchten vergaßen bauten störten bezahlten planten retteten"),
    "DAY": _list("Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag"),
    "MONTH": _list("Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
}  # fmt: skip

_STARTS = _list(
    "Al Bren Cor Dar El Fen Gal Hol Is Jor Kel Lam Mor Nor Or Pel Quin Ros Sal Tor Ul Ver Wil Yar Zan Ash Bel Cal Dun Est"
)
_MIDDLES = ["", "", "a", "e", "in", "ar", "or", "el", "an", "is"]
_PLACE_ENDS = _list("ford ton mouth wick field ham bury stead low minster haven dale gate mere")
_NAME_ENDS = _list("son man er well ley ski ova ez berg nou ini off ard")
_FIRST = _list(
    "Ada Boris Carla Deniz Edda Farid Greta Hugo Ines Jonas Kaya Leo Mina Nils Olga Pavel Rosa Samir Tilda Viktor Wanda Yusuf Zoe Ivo Hanna Marek Lucia Omar"
)
_IDEOGRAPHS = [chr(0x4E00 + 37 * place) for place in range(500)]

VOICES = (*_VOICES, "german", "ideographs")
_SLOT = re.compile(r"\{(\w+)\}")


class Voice:
    """Prose in one voice, from a source of chance of its own: a few people and places come up again and again."""

    def __init__(self, name: str, chance: random.Random, tongue: Tongue = ENGLISH) -> None:
        self.name, self.say, self._chance = name, tongue.say, chance
        self.joint = " " if tongue.has_spaces and name != "ideographs" else ""
        self.people = [f"{chance.choice(_FIRST)} {self.made_name()}" for _ in range(4)]
        self.places = [self.made_place() for _ in range(4)]
        self._grammar = dict(_COMMON)
        if name == "german":
            self._grammar |= _GERMAN
        elif name in _VOICES:
            nouns, verbs = _VOICES[name]
            past, plain = zip(*(verb.split(":") for verb in verbs), strict=True)
            plurals = [f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s" for noun in nouns]
            self._grammar |= {"N": nouns, "PL": plurals, "V": list(past), "INF": list(plain)}

    def made_name(self) -> str:
        """Return a made-up name of a family or a company."""
        return self._made(_NAME_ENDS)

    def made_place(self) -> str:
        """Return a made-up name of a town."""
        return self._made(_PLACE_ENDS)

    def _made(self, ends: list[str]) -> str:
        return self._chance.choice(_STARTS) + self._chance.choice(_MIDDLES) + self._chance.choice(ends)

    def sentence(self) -> str:
        """Return one sentence."""
        if self.name == "ideographs":
            return "".join(self._chance.choices(_IDEOGRAPHS, k=self._chance.randint(12, 30))) + "。"
        text = self.fill("{S}")
        return self.say(text[0].upper() + text[1:])

    def fill(self, pattern: str) -> str:
        """Return a pattern with its slots filled, until none is left."""
        while _SLOT.search(pattern):
            pattern = _SLOT.sub(self._slot, pattern)
        return pattern

    def _slot(self, match: re.Match[str]) -> str:
        chance, name = self._chance, match[1]
        if name == "NUM":
            return str(chance.choice([chance.randint(2, 12), chance.randint(13, 99), chance.randint(100, 9999)]))
        if name == "PERSON":
            return chance.choice(self.people)
        if name == "PLACE":
            return chance.choice(self.places)
        return chance.choice(self._grammar[name])

    def paragraph(self) -> str:
        """Return a paragraph of one to five sentences."""
        return self.joint.join(self.sentence() for _ in range(self._chance.choice([1, 2, 2, 3, 3, 4, 5])))

    def title(self) -> str:
        """Return a headline."""
        if self.name == "ideographs":
            return "".join(self._chance.choices(_IDEOGRAPHS, k=14))
        if self.name == "german":
            return self.fill("{PERSON} und der {ADJ} {N} von {PLACE}")
        return self.line(
            self._chance.choice(
                ["{PERSON} and the {ADJ} {N}", "How {PLACE} {V} its {N}", "{NUM} {PL}, one {N}: {PLACE} {V} {PL}"]
            )
        )

    def line(self, pattern: str) -> str:
        """Return a pattern with its slots filled, said in the voice's tongue."""
        return self.say(self.fill(pattern))


# Notices of one wording; # stands for figures, {..} for other facts. The last paragraphs of some are the same every time.
TEMPLATES: dict[str, tuple[str, ...]] = {
    "weather": (
        "Weather for {PLACE} and the coast",
        "{DAY} begins with {ADJ} cloud over {PLACE} and temperatures of about ## degrees. By noon the thermometer climbs to ## degrees, with a wind from the {SIDE} at ## kilometres per hour.",
        "The chance of rain in the afternoon is put at ## per cent, falling to ## per cent after sunset. In {PLACE} up to # millimetres may fall, mostly before ## o'clock.",
        "Walkers on the hills near {PLACE} should expect gusts of ## kilometres per hour and a visibility of # kilometres. Sunrise is at 0#:## and sunset at 1#:##.",
        "The outlook until {DAY}: highs between ## and ## degrees, lows around # degrees, and a {ADJ} end to the week.",
    ),
    "result": (
        "{PLACE} # {PLACE} #",
        "{PLACE} and {PLACE} met on {DAY} in front of #,### spectators and the match ended #-#. {PERSON} opened the scoring after ## minutes and {PERSON} answered before the break.",
        "The home side had ## per cent of the ball and # shots on target; the visitors had # shots and ## fouls. The referee, {PERSON}, showed # yellow cards.",
        "{PERSON}, who coaches {PLACE}, said after the final whistle that the players had given everything and that the table does not lie in {MONTH}.",
        "With ## points from ## games {PLACE} now stand in place ## of the table, # points behind the leaders. The next match is on {DAY} against {PLACE}.",
    ),
    "tides": (
        "Tide times at {PLACE}",
        "High water at {PLACE} is expected at 0#:## with a height of #.# metres and again at 1#:## with #.# metres above the datum.",
        "Low water follows at 1#:## with #.# metres and at 2#:## with #.# metres. The range of ## per cent of a spring tide is {ADJ} for {MONTH}.",
        "Skippers leaving {PLACE} for {PLACE} should allow ## minutes for the bar and call the harbour office on channel ## before they cast off.",
    ),
    "shares": (
        "{PLACE} exchange closes ## points up",
        "The index of the {PLACE} exchange closed at #,### points on {DAY}, a change of #.# per cent against the day before. Turnover came to ### million.",
        "Among the winners were {NAME} with a gain of #.# per cent and {NAME} with #.# per cent; {NAME} lost #.# per cent after its figures for the quarter.",
        "The currency was traded at #.### against the dollar, while the yield of ten-year bonds stood at #.## per cent. A barrel of oil cost ##.# dollars.",
        "Analysts at {NAME} expect the index between #,### and #,### points by the end of {MONTH}, provided that rates stay where they are.",
    ),
    "recall": (
        "{NAME} recalls {ADJ} {THING}",
        "{NAME} is recalling about ##,### units of its {THING} model {NAME} ### sold between {MONTH} and {MONTH} because the {PART} can overheat. # incidents have been reported.",
        "The affected units carry numbers from ##### to ##### on the underside. They were sold in {PLACE}, {PLACE} and {PLACE} for about ### each.",
        "Owners should stop using the product at once and unplug it. They may return it to any shop for a full refund or have the part replaced free of charge by an authorised workshop.",
        "A receipt is not needed. Questions are answered on working days between nine and five, and a form for those who cannot come to a shop is found on the website of the manufacturer.",
    ),
    "ward": (
        "Result for {PLACE} ward",
        "{PERSON} has won the ward of {PLACE} with #,### votes, ahead of {PERSON} with #,### votes and {PERSON} with ### votes.",
        "Of ##,### residents entitled to vote ##.# per cent took part, against ##.# per cent last time. ## papers were spoilt.",
        "The majority of ### votes is the {ADJ} in {PLACE} since the boundaries were drawn anew. The count ended at 0#:## on {DAY}.",
        "Councillors serve for four years and are paid an allowance of #,### a year. The new council meets for the first time on {DAY} in the town hall.",
    ),
    "listing": (
        "{ADJ} house with # rooms in {PLACE}",
        "This {ADJ} house of ### square metres lies in {PLACE}, ## minutes from the station, and was built in 19##. It has # rooms on # floors and a {ADJ} garden of ### square metres.",
        "The asking price is ###,###. The energy rating is {LETTER}; heating costs came to #,### last year. The cellar is {ADJ}, and the roof was renewed in 20##.",
        "Viewings are held on {DAY} from ## to ## o'clock and by appointment. Please bring proof of your means and of who you are; offers are taken until {DAY}.",
    ),
    "roadworks": (
        "Roadworks in {PLACE} from {DAY}",
        "Between {DAY} and {DAY} the road from {PLACE} to {PLACE} is closed to traffic for ## metres while a main of ### millimetres is laid.",
        "Buses of line ## stop at {PLACE} instead and leave # minutes earlier. Cyclists are sent through {PLACE}, a detour of # kilometres.",
        "Residents can reach their homes on foot at all times. Bins must be at the end of the road by 0#:## on {DAY}. The works cost ##,### and are led by {PERSON}.",
    ),
}  # fmt: skip

_FACTS: Grammar = {
    "SIDE": ["north", "south", "east", "west", "north-west", "south-east"],
    "THING": _list("kettles heaters toasters lamps chargers blankets fans irons mixers scooters"),
    "PART": _list("cable switch battery plug casing coil seal socket"),
    "LETTER": list("ABCDEFG"),
}


def notice(kind: str, voice: Voice, chance: random.Random) -> list[str]:
    """Return the lines of a template filled with facts; the first line is the title."""
    fixed: dict[str, Callable[[], str]] = {"NAME": lambda: voice.made_name().title(), "PLACE": voice.made_place}
    facts = fixed | {name: partial(chance.choice, options) for name, options in _FACTS.items()}
    lines = []
    for pattern in TEMPLATES[kind]:
        known = _SLOT.sub(lambda match: facts[match[1]]() if match[1] in facts else match[0], pattern)
        filled = voice.fill(re.sub("#", lambda _: str(chance.randint(1, 9)), known))
        lines.append(voice.say(filled[0].upper() + filled[1:]))
    return lines
