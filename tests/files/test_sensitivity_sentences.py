"""What a dossier says of how firmly its entry stands, without naming an examiner."""

import attrs
import pytest

from kvaljury.core.model.sensitivity import ListState
from kvaljury.core.sensitivity import assess_sensitivity
from kvaljury.files.sensitivity_wording import describe_anonymously, sentences_by_entry
from kvaljury.registry import load_plugins
from tests.cli.small_year import write_year
from tests.core.dossier.conftest import ranked


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = write_year(
        tmp_path_factory.mktemp("sentences") / "year", extra="[shortlist]\nsize = 2\n"
    )
    edition, _, ranking = ranked(folder)
    toolkit = load_plugins(entry_points=False).resolve(edition.rules)
    return assess_sensitivity(edition, ranking, toolkit, draws=100).classes[0]


def test_each_entry_has_two_sentences_that_name_no_examiner(found):
    said = sentences_by_entry(found)
    assert list(said) == [entry.id for entry in found.entries]
    for entry in found.entries:
        assert said[entry.id] == describe_anonymously(entry)
        assert not any(f"E0{n}" in str(text) for text in said[entry.id] for n in range(1, 7))


def test_a_class_that_cannot_be_compared_says_first_what_it_is_about(found):
    guarded = attrs.evolve(found, comparable=False)
    for said in sentences_by_entry(guarded).values():
        assert str(said[0]).startswith("The teams cannot be compared, so what is said here")
        assert len(said) == 3


def test_a_class_without_a_choice_has_one_sentence(found):
    free = attrs.evolve(found, state=ListState.NO_CHOICE)
    for said in sentences_by_entry(free).values():
        (sentence,) = said
        assert "nothing to alter" in str(sentence)
