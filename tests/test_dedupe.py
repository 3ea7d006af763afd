"""Verdicts of dedupe over an index in memory; texts are made by construction, from windows over random words."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterable
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.memory_index import ARTICLE, MemoryIndex, extraction, window, with_furniture, words
from winnow.decision import KnownPage, Verdict
from winnow.fingerprint import fingerprint
from winnow.items import Kind, Outcome, Reason
from winnow.match.decide import MAX_VERIFIED, MIN_WORDS, decide
from winnow.match.overlap import compare


def test_first_text_is_new() -> None:
    assert decide(extraction(ARTICLE), MemoryIndex()) == Verdict(Reason.NEW, "no earlier page carries this text")


def test_other_text_is_new() -> None:
    index = MemoryIndex(ARTICLE, words(400, 1))
    verdict = index.read(words(400, 2))
    assert (verdict.reason, verdict.parent) == (Reason.NEW, None)


def test_same_words_are_the_same_text_of_the_earliest_page() -> None:
    index = MemoryIndex(words(100, 1), ARTICLE, ARTICLE)
    verdict = index.read(ARTICLE.upper().replace(" ", "\n"))
    assert (verdict.reason, verdict.parent, verdict.similarity) == (Reason.SAME_TEXT, index.page(2), 1.0)
    assert "400 words" in verdict.detail
    assert "page 2" in verdict.detail


def test_same_text_as_a_near_duplicate_is_as_similar_to_the_canonical_page_as_that() -> None:
    index = MemoryIndex(window(0, 400), window(60, 460))
    verdict = index.read(window(60, 460))
    assert verdict.reason is Reason.SAME_TEXT
    assert verdict.similarity == index.page(2).similarity < 1.0


@given(st.randoms(use_true_random=False))
def test_a_text_matches_itself_under_any_noise_of_white_space_case_and_typography(chance: random.Random) -> None:
    noisy = "".join(
        chance.choice([word, word.upper(), word.title(), word[0] + "\u00ad" + word[1:], f"“{word}”", f"{word} …"])
        + chance.choice([" ", "\n", "\u00a0", "\r\n\t", " — "])
        for word in words(60).split()
    )
    verdict = decide(extraction(noisy), MemoryIndex(words(60)))
    assert (verdict.reason, verdict.similarity) == (Reason.SAME_TEXT, 1.0)


Form = Literal["NFC", "NFD", "NFKC", "NFKD"]
FORMS: tuple[Form, ...] = ("NFC", "NFD", "NFKC", "NFKD")


def _as_windows_1252(text: str) -> str:
    return text.encode().decode("cp1252")


@given(st.sampled_from(FORMS), st.booleans(), st.sampled_from(["-\n", "\u00ad", "", "\u200b"]))
def test_a_text_matches_itself_under_any_noise_of_encoding(form: Form, is_misread: bool, inside: str) -> None:
    text = "\n\n".join(f"{line} – «été», naïve, {number}" for number, line in enumerate(words(60).split("\n")))
    noisy = unicodedata.normalize(form, text.replace("naïve", f"na{inside}ïve"))
    noisy = _as_windows_1252(text) if is_misread else noisy
    verdict = decide(extraction(noisy), MemoryIndex(text))
    assert (verdict.reason, verdict.similarity) == (Reason.SAME_TEXT, 1.0)


FAMILY = st.tuples(
    st.sampled_from([0, 80]), st.sampled_from([100, 300, 400]), st.sampled_from([1, 2]), st.integers(0, 3)
)


@given(st.lists(FAMILY, min_size=1, max_size=6), st.integers(0, 6))
def test_a_foreign_page_changes_no_verdict_on_the_others(pages: list[tuple[int, int, int, int]], place: int) -> None:
    texts = [
        f"{window(start, start + length, seed)}\n{words(8, 90 + noise) if noise else ''}"
        for start, length, seed, noise in pages
    ]
    alone, disturbed = MemoryIndex(), MemoryIndex()
    expected = [alone.read(text) for text in texts]
    place = min(place, len(texts))
    found = [*(disturbed.read(text) for text in texts[:place])]
    assert disturbed.read(words(500, 7)).reason is Reason.NEW
    found += [disturbed.read(text) for text in texts[place:]]
    for before, after in zip(expected, found, strict=True):
        assert (before.reason, before.similarity, before.takes_over) == (
            after.reason, after.similarity, after.takes_over,
        )  # fmt: skip
        if before.parent:
            assert after.parent
            same = before.parent.page_id
            assert after.parent.page_id == same + (same > place)


@pytest.mark.parametrize("furniture", [5, 60, 150])
def test_article_with_other_boilerplate_around_it_is_a_near_duplicate(furniture: int) -> None:
    index = MemoryIndex(with_furniture(ARTICLE, furniture, 10))
    verdict = index.read(with_furniture(ARTICLE, furniture, 20)) if furniture < 60 else index.read(ARTICLE)
    assert (verdict.reason, verdict.parent, verdict.takes_over) == (Reason.NEAR_DUPLICATE, index.page(1), False)
    assert verdict.similarity >= 0.9


def test_article_is_a_near_duplicate_in_either_order() -> None:
    for texts in ((ARTICLE, with_furniture(ARTICLE, 60, 10)), (with_furniture(ARTICLE, 60, 10), ARTICLE)):
        index = MemoryIndex(texts[0])
        assert index.read(texts[1]).reason is Reason.NEAR_DUPLICATE


@pytest.mark.parametrize(("kept", "expected"), [(360, "near-duplicate"), (240, "near-duplicate"), (160, "new")])
def test_half_of_the_smaller_text_must_be_shared_in_whole_paragraphs(kept: int, expected: str) -> None:
    index = MemoryIndex(window(0, 400))
    verdict = index.read(f"{window(0, kept)}\n{words(400 - kept, 1)}")
    assert verdict.reason == expected
    if verdict.reason is Reason.NEAR_DUPLICATE:
        assert verdict.similarity == round((kept - 4) / 396, 4)
        assert f"{(kept - 4) / 396:.0%}" in verdict.detail


def test_half_of_every_paragraph_shared_is_another_article_of_one_template() -> None:
    index = MemoryIndex(window(0, 400))
    partly = [
        " ".join(line.split()[:32] + words(8, seed).split()) for seed, line in enumerate(words(400).split("\n"), 50)
    ]
    assert compare(fingerprint("\n".join(partly)), index.extraction(1).text).containment > 0.7
    assert index.read("\n".join(partly)).reason is Reason.NEW


@pytest.mark.parametrize("position", [0, 20])
def test_beginning_of_a_text_is_an_excerpt(position: int) -> None:
    index = MemoryIndex(window(0, 400))
    verdict = index.read(window(position, position + 100))
    assert (verdict.reason, verdict.parent, verdict.takes_over) == (Reason.EXCERPT, index.page(1), False)
    assert verdict.similarity == 1.0
    assert verdict.reason.outcome is Outcome.DUPLICATE


@pytest.mark.parametrize("position", [120, 300])
def test_text_that_stands_further_down_in_another_is_no_excerpt_of_it(position: int) -> None:
    assert MemoryIndex(window(0, 400)).read(window(position, position + 100)).reason is Reason.NEW
    assert MemoryIndex(window(position, position + 100)).read(window(0, 400)).reason is Reason.NEW


@pytest.mark.parametrize("position", [0, 20])
def test_full_text_takes_over_the_article_of_its_excerpt(position: int) -> None:
    index = MemoryIndex(window(position, position + 100))
    excerpt = index.page(1)
    verdict = index.read(window(0, 400))
    assert (verdict.reason, verdict.parent, verdict.takes_over) == (Reason.CHANGED, excerpt, True)
    assert index.page(1).canonical_id == 2
    assert index.read(window(0, 380)).parent == index.page(2)


def test_full_text_after_another_page_took_over_does_not_take_over_again() -> None:
    index = MemoryIndex(window(0, 100), window(0, 400))
    verdict = index.read(with_furniture(window(0, 400), 40, 30))
    assert (verdict.reason, verdict.takes_over) == (Reason.NEAR_DUPLICATE, False)
    assert index.page(3).canonical_id == 2


@given(st.integers(0, 250), st.integers(150, 400))
def test_every_long_window_over_a_text_belongs_to_its_article(start: int, length: int) -> None:
    end = min(start + length, 400)
    verdict = decide(extraction(window(start, end)), LONG)
    if end - start == 400:
        assert verdict.reason is Reason.SAME_TEXT
    else:
        assert verdict.reason is (Reason.NEAR_DUPLICATE if (end - start - 4) / 396 >= 0.35 else Reason.EXCERPT)
    assert verdict.parent == LONG.page(1)
    assert verdict.similarity == 1.0


LONG = MemoryIndex(window(0, 400))


def test_a_sentence_changed_in_every_long_paragraph_is_still_a_copy() -> None:
    lines = [words(120, seed).replace("\n", " ") for seed in range(60, 64)]
    index = MemoryIndex("\n".join(lines))
    edited = "\n".join(f"{line[:-125]} {words(25, seed)}" for seed, line in enumerate(lines, 80))
    assert compare(fingerprint(edited), index.extraction(1).text).clean == 0.0
    assert index.read(edited).reason is Reason.NEAR_DUPLICATE


@pytest.mark.parametrize(("before", "expected"), [(0, "near-duplicate"), (60, "near-duplicate"), (300, "new")])
def test_long_passage_from_further_down_is_a_quote(before: int, expected: str) -> None:
    quoting = f"{words(before, 1)}\n{window(0, 240)}\n{words(300 - before, 2)}"
    assert MemoryIndex(window(0, 400)).read(quoting).reason == expected


def test_excerpt_is_found_though_as_much_of_an_appeal_follows_it() -> None:
    verdict = MemoryIndex(window(0, 400)).read(f"{window(0, 70)}\n{words(60, 9)}")
    assert verdict.reason is Reason.EXCERPT


def tide_table(seed: int, towns: int = 40) -> str:
    """Fill one template with figures: the wording is the same in every text."""
    chance = random.Random(seed)
    lines = []
    for town in words(towns, 77).split():
        hour, minute, height = chance.randint(0, 23), chance.randint(0, 59), chance.randint(100, 999)
        lines.append(
            f"In {town} high water is due at {hour:02}:{minute:02} with the level reaching {height} on the gauge."
        )
    return "\n".join(lines)


def test_texts_of_one_template_with_other_facts_stay_apart() -> None:
    index = MemoryIndex(tide_table(1), tide_table(2))
    verdict = index.read(tide_table(3))
    assert compare(fingerprint(tide_table(1)), fingerprint(tide_table(3))).containment > 0.3
    assert [page.article_id for page, _ in index.pages] == [1, 2, 3]
    assert verdict.reason is Reason.NEW


def test_texts_of_one_template_with_the_same_facts_are_the_same() -> None:
    assert MemoryIndex(tide_table(1)).read(tide_table(1)).reason is Reason.SAME_TEXT


def test_short_texts_match_only_when_equal() -> None:
    short = words(MIN_WORDS - 1)
    index = MemoryIndex(short)
    assert decide(extraction(short), index).reason is Reason.SAME_TEXT
    assert decide(extraction(window(0, MIN_WORDS - 2)), index).reason is Reason.NEW
    assert decide(extraction(f"{window(0, MIN_WORDS - 2)} otherwise"), index).reason is Reason.NEW


def test_quote_from_a_long_text_is_no_excerpt_while_it_is_short() -> None:
    index = MemoryIndex(window(0, 150))
    assert decide(extraction(window(0, MIN_WORDS - 1)), index).reason is Reason.NEW
    assert decide(extraction(window(0, MIN_WORDS)), index).reason is Reason.EXCERPT


def test_best_match_wins() -> None:
    article = window(0, 300)
    index = MemoryIndex(f"{article} {words(200, 1)}", f"{article} {words(20, 2)}", f"{article} {words(100, 3)}")
    assert index.read(article).parent == index.page(2)


def test_of_equally_good_matches_the_earliest_wins() -> None:
    tails = [words(80, seed) for seed in range(1, 5)]
    index = MemoryIndex()
    for tail in tails:
        index.read(f"{window(0, 300)} {tail}")
    assert index.read(window(0, 300)).parent == index.page(1)


def test_match_joins_the_article_of_its_parent_and_is_measured_against_the_canonical_page() -> None:
    index = MemoryIndex(window(0, 400), window(60, 460))
    verdict = index.read(window(120, 520))
    assert verdict.reason is Reason.NEAR_DUPLICATE
    assert verdict.parent == index.page(2)
    assert index.page(3).article_id == 1
    assert verdict.similarity == round(276 / 396, 4)


def test_full_text_of_an_excerpt_that_is_not_canonical_does_not_take_over() -> None:
    index = MemoryIndex(window(0, 400), window(0, 100))
    assert not index.read(f"{window(0, 100)} {words(300, 9)}").takes_over


def test_articles_are_never_merged_by_a_page_that_matches_both() -> None:
    index = MemoryIndex(window(0, 300), window(300, 600))
    verdict = index.read(window(0, 600))
    assert verdict.parent == index.page(1)
    assert [page.article_id for page, _ in index.pages] == [1, 2, 1]


class Claims(MemoryIndex):
    """Claim that every page shares a number of sketch hashes."""

    shared = 32

    def candidates(self, sketch: list[int]) -> Iterable[tuple[KnownPage, int]]:
        return [(page, self.shared) for page, _ in self.pages]


def test_shared_hashes_alone_decide_nothing() -> None:
    index = Claims(words(400, 1))
    assert index.read(ARTICLE).reason is Reason.NEW
    assert {*index.verified} == {1}


def test_one_shared_hash_does_not_make_a_candidate() -> None:
    index = Claims(ARTICLE)
    index.shared = 1
    assert index.read(with_furniture(ARTICLE, 20, 1)).reason is Reason.NEW
    assert index.verified == []


def test_number_of_verified_candidates_is_bounded_and_the_likeliest_come_first() -> None:
    lead = window(0, 60)
    texts = [f"{lead} {words(90, seed)}" for seed in range(100, 100 + MAX_VERIFIED + 10)]
    index = MemoryIndex(*texts, with_furniture(ARTICLE, 10, 1))
    index.verified.clear()
    verdict = index.read(f"{lead} {with_furniture(ARTICLE, 5, 3)}")
    assert verdict.parent == index.page(MAX_VERIFIED + 11)
    assert len(set(index.verified)) <= MAX_VERIFIED


def test_short_known_text_is_matched_by_equality_only() -> None:
    index = MemoryIndex(window(0, 25))
    assert index.read(f"{window(0, 25)} {words(60, 1)}").reason is Reason.NEW


def test_text_that_quotes_an_excerpt_does_not_join_its_article() -> None:
    index = MemoryIndex(window(0, 400), window(0, 100))
    assert index.read(f"{window(0, 100)} {words(300, 9)}").reason is Reason.NEW


ENTRIES = [kind for kind in Kind if not kind.is_writing]


@pytest.mark.parametrize("kind", ENTRIES)
def test_pages_of_one_template_match_only_with_the_same_words(kind: Kind) -> None:
    index = MemoryIndex()
    index.read(window(0, 400), kind=kind, url="https://shop.example/cup-20-oz")
    assert index.read(window(2, 400), kind=kind, url="https://shop.example/cup-30-oz").reason is Reason.NEW
    assert index.read(window(0, 400), kind=kind, url="https://shop.example/cup").reason is Reason.SAME_TEXT


@pytest.mark.parametrize("kind", ENTRIES)
def test_a_page_of_a_template_is_a_later_state_of_the_page_at_its_address(kind: Kind) -> None:
    index = MemoryIndex()
    index.read(window(0, 400), kind=kind, url="https://shop.example/cups")
    assert index.read(window(100, 500), kind=kind, url="https://shop.example/cups").reason is Reason.CHANGED


@pytest.mark.parametrize("kinds", [(Kind.LISTING, Kind.ARTICLE), (Kind.ARTICLE, Kind.LISTING)])
@pytest.mark.parametrize("whole", [window(0, 900), window(0, 330)], ids=["many texts", "some text more"])
def test_a_listing_and_the_article_that_it_begins_are_two(kinds: tuple[Kind, Kind], whole: str) -> None:
    index = MemoryIndex()
    index.read(window(0, 220) if kinds[0] is Kind.ARTICLE else whole, kind=kinds[0])
    assert index.read(window(0, 220) if kinds[1] is Kind.ARTICLE else whole, kind=kinds[1]).reason is Reason.NEW


@pytest.mark.parametrize("kind", ENTRIES)
def test_another_rendering_of_an_article_is_a_copy_though_its_kind_was_told_wrongly(kind: Kind) -> None:
    index = MemoryIndex(window(0, 400))
    assert index.read(window(10, 400), kind=kind).reason is Reason.NEAR_DUPLICATE


@pytest.mark.parametrize("kinds", [(Kind.ARTICLE, Kind.DOCUMENTATION), (Kind.DISCUSSION, Kind.DISCUSSION)])
def test_pieces_of_writing_of_any_kind_match(kinds: tuple[Kind, Kind]) -> None:
    index = MemoryIndex()
    index.read(window(0, 400), kind=kinds[0])
    assert index.read(window(60, 460), kind=kinds[1]).reason is Reason.NEAR_DUPLICATE


def _dumps(texts: list[str]) -> dict[str, str]:
    """Return texts as programs write them for other programs, in several ways."""
    quoted = [text.replace("\n", "\\n").replace("‘", '\\"') for text in texts]
    return {
        "table": "\n".join(f"INSERT INTO posts VALUES (7,'{text}\\n','<p>','</p>');" for text in quoted),
        "objects": "\n".join(f'key: {{"id": "7", "tags": ["a", "b"], "body": "{text}\\r\\n"}}' for text in quoted),
        "tags": "\n".join(f"<post id='1'><b>{text}</b></post><date>7</date><n/>" for text in texts),
        "escaped tags": "\n".join(text.replace("\n", "&lt;/p&gt;\n&lt;p&gt;") + "&lt;hr&gt;" for text in texts),
    }


STORIES = ["\n".join(words(40, seed * 10 + part) for part in range(5)) for seed in (1, 2, 3)]


@pytest.mark.parametrize("how", _dumps([]))
def test_text_between_escapes_and_tags_neither_owns_an_article_nor_joins_one(how: str) -> None:
    dump = _dumps(STORIES)[how]
    for order in ([dump, *STORIES], [*STORIES, dump], [STORIES[0], dump, STORIES[1], STORIES[2]]):
        index = MemoryIndex()
        reasons = [index.read(text).reason for text in order]
        assert reasons == [Reason.NEW] * 4


@pytest.mark.parametrize("how", _dumps([]))
def test_dump_of_one_story_is_no_copy_of_it_and_dumps_are_copies_of_each_other(how: str) -> None:
    dump = _dumps(STORIES[:1])[how]
    index = MemoryIndex(STORIES[0], dump)
    assert index.page(2).article_id != index.page(1).article_id
    assert index.read(dump + "\n" + words(20, 99)).parent == index.page(2)


def test_pages_about_markup_match_each_other() -> None:
    lesson = "\n".join(f"{words(30, part)} <p> and </p> and <b> {words(30, part + 50)}" for part in range(6))
    index = MemoryIndex(lesson)
    assert index.read(lesson + "\n" + words(20, 99)).reason is Reason.NEAR_DUPLICATE
    without_half = lesson.replace("<b> ", "")
    assert index.read(without_half).reason is Reason.NEAR_DUPLICATE
