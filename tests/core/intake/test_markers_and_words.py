"""The beginnings of paragraphs, and words with their slips."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.intake.fingerprints import Form, fingerprint, fingerprints, letters_of
from kvaljury.core.intake.markers import marker_of
from kvaljury.core.intake.words import begins_like, folded_words
from kvaljury.core.model.bid_folder import Passage, PassageKind
from kvaljury.core.model.word_document import Paragraph, Stretch


def marked(text, number=""):
    marker = marker_of(Paragraph((Stretch(text),), number=number))
    return None if marker is None else (marker.number, marker.letter, marker.is_firm)


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("12. Om oss", "", ("12", "", True)),
        ("12) Om oss", "", ("12", "", True)),
        ("12 a) Om oss", "", ("12", "a", True)),
        ("12a Om oss", "", ("12", "a", True)),
        ("13. A. Om oss", "", ("13", "a", True)),
        ("Fråga 12", "", ("12", "", True)),
        ("FRÅGA 12 b: om oss", "", ("12", "b", True)),
        ("Fråga nr 4", "", ("4", "", True)),
        ("Svar 12 a", "", ("12", "a", True)),
        ("Svar på fråga 12 b: om oss", "", ("12", "b", True)),
        ("Svar till 12", "", ("12", "", True)),
        ("12", "", ("12", "", True)),
        ("(b) om oss", "", ("", "b", True)),
        ("b", "", ("", "b", True)),
        ("- c. om oss", "", ("", "c", True)),
        ("12 barn går här", "", ("12", "", False)),
        ("Om oss", "12.", ("12", "", True)),
        ("Om oss", "b)", ("", "b", True)),
        ("Om oss", "13.a", ("13", "a", True)),
        ("a. Om oss", "13.", ("13", "a", True)),
        ("12. Om oss", "a)", ("12", "", True)),
        ("3. Om oss", "12.", ("12", "", True)),
        ("12. Om oss", "•", ("12", "", True)),
    ],
)
def test_a_number_of_a_question_is_read_in_every_style(text, number, expected):
    assert marked(text, number) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2024 var ett bra år",
        "2024. Då började vi",
        "12,5 procent",
        "12.30 samlas vi",
        "3-4 gånger",
        "3–4 gånger",
        "10 % av alla",
        "1:a priset",
        "12/5 hölls mötet",
        "a och b",
        "Vi är 12",
        "",
    ],
)
def test_years_dates_decimals_and_shares_number_nothing(text):
    assert marked(text) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("arbetsätt", "arbetssätt"),
        ("Hedersomnämmande", "hedersomnämande"),
        ("UPPRÄKNNING", "uppräkning"),
    ],
)
def test_doubled_letters_and_case_make_no_difference(one, other):
    assert folded_words(one) == folded_words(other)


@pytest.mark.parametrize(
    ("word", "stem", "fits"),
    [
        ("målgruppernas", "målgrupp", True),
        ("hedersomnämmande", "hedersomnämnande", True),
        ("verksameters", "verksamheters", True),
        ("internkontrollarbete", "internkontroll", True),
        ("mål", "målgrupp", False),
        ("mod", "mål", False),
        ("miljon", "miljö", True),  # one slip: a heading of one word alone is looked at
        ("trend", "brand", False),
        ("kultur", "skulptur", False),
    ],
)
def test_inflected_and_misspelt_words_fit_their_beginning(word, stem, fits):
    assert begins_like(*folded_words(word), *folded_words(stem)) is fits


def form(**texts):
    return Form(
        tuple(
            Passage(PassageKind.QUESTION, name, frozenset(fingerprints(text)))
            for name, text in texts.items()
        )
    )


OWN = "Berätta om vad ni tycker är roligast med att arbeta just här"


def test_a_text_is_recognised_though_a_word_was_changed():
    (match,) = form(q=OWN).matches(OWN.replace("roligast", "ROOLIGAST!")).values()
    assert match.share == 1.0
    assert match.foreign == 0
    (match,) = form(q=OWN).matches(OWN.replace("roligast", "svårast")).values()
    assert (match.share, match.foreign) == (1.0, 0)
    assert 0.3 < match.coverage < 1


def test_what_is_added_to_a_text_is_foreign_to_it():
    (match,) = form(q=OWN).matches(f"{OWN}. Vi dansar på fredagar och sjunger.").values()
    assert match.coverage == 1.0
    assert match.foreign == letters_of("Vi dansar på fredagar och sjunger")
    assert 0.5 < match.share < 1


def test_a_short_text_is_recognised_only_at_the_beginning():
    short = form(q="Vad gör ni")
    assert set(short.matches("Vad gör ni? Vi dansar ofta.")) == set(short.passages)
    assert short.matches("Ofta undrar någon vad gör ni") == {}
    assert short.matches("") == {}


def test_no_text_has_no_fingerprint_and_words_on_end_have_one_each():
    assert fingerprints("–") == []
    assert len(fingerprints("ett två tre fyra fem sex")) == 2
    assert fingerprint(["ett"]) != fingerprint(["två"])


@given(st.text(alphabet="abcåäö  \n.", max_size=60))
def test_own_and_foreign_letters_are_at_most_all_of_them(text):
    for match in form(q=OWN, r="a b c").matches(text).values():
        assert 0 <= match.foreign <= letters_of(text)
        assert 0 < match.words <= match.of
