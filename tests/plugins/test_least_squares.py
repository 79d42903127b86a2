"""The normalisation least-squares: what it gives, and the designs that it refuses."""

import json

import attrs
import numpy as np
import pytest

import kvaljury
from kvaljury.cli import run
from kvaljury.core.calibration import connecting_readings
from kvaljury.core.comparability import compare_teams
from kvaljury.core.model import Allocation, Basis, CalibrationSettings
from kvaljury.errors import RulesFault
from kvaljury.testing import check_normalisation
from kvaljury_plugins import least_squares
from tests.cli.small_year import write_year

(OFFER,) = least_squares.kvaljury_normalisations()
SETTINGS = CalibrationSettings(method="least-squares", draws=300)
LINKED = [
    ("a1", "x1", "A", 50),
    ("a1", "x2", "A", 56),
    ("a2", "x1", "A", 60),
    ("a2", "x2", "A", 64),
    ("b1", "y1", "B", 70),
    ("b1", "x1", "A", 58),
]
APART = LINKED[:-1]
METHOD = '[calibration]\nmethod = "least-squares"\n'


def refusal(panel):
    with pytest.raises(RulesFault) as caught:
        OFFER.calibrate(panel, SETTINGS)
    assert caught.value.exit_code == 5
    assert caught.value.code == "not-connected"
    return caught.value


def test_it_is_offered_under_its_name_and_keeps_its_contract() -> None:
    assert OFFER.name == "least-squares"
    check_normalisation(OFFER)


def test_scores_severities_and_residual_come_from_the_fit(make_panel) -> None:
    found = OFFER.calibrate(make_panel(LINKED), SETTINGS)
    # x1 and x2 differ by 5 and y1 is 12 above x1; their mean is the level.
    severities = found.effects["examiner"]
    assert severities == pytest.approx({"x1": -17 / 3, "x2": -2 / 3, "y1": 19 / 3})
    assert found.scores[1] - found.scores[0] == pytest.approx(9)
    assert found.scores[2] == pytest.approx(58 + 17 / 3)
    assert found.method == "least-squares"
    assert found.variance == {
        "entry": None,
        "team": None,
        "cohort": None,
        "examiner": None,
        "residual": pytest.approx(1),
    }
    assert found.draws.shape == (300, 3)
    assert found.warnings == ()


def test_without_degrees_of_freedom_there_are_no_draws_and_it_is_said(
    make_panel, check_bilingual
) -> None:
    rows = [("a", "x", "A", 50), ("b", "x", "A", 60), ("b", "y", "B", 68)]
    found = OFFER.calibrate(make_panel(rows), SETTINGS)
    assert found.draws is None
    assert found.variance["residual"] is None
    (warning,) = found.warnings
    check_bilingual(warning)
    assert "no interval can be given" in str(warning)


@pytest.mark.parametrize(
    "rows",
    [
        [("a", "x", "A", 50)],
        [("a", "x", "A", 50), ("b", "x", "A", 60)],
        [(e, x, "A", 50) for e in "abc" for x in "xyz"],
    ],
    ids=["one reading", "one examiner", "equal scores"],
)
def test_the_least_of_panels_is_answered(make_panel, rows) -> None:
    panel = make_panel(rows)
    found = OFFER.calibrate(panel, SETTINGS)
    assert found.scores == pytest.approx(panel.raw)
    assert found.draws is None


def test_a_class_in_two_parts_is_refused_with_its_parts_and_links(
    make_panel, check_bilingual, in_swedish
) -> None:
    fault = refusal(make_panel(APART, classes={"a1": "skola", "a2": "skola", "b1": "skola"}))
    check_bilingual(fault.message)
    check_bilingual(fault.hint)
    assert in_swedish(fault.message).endswith(
        "bidragen i skola ligger i 2 delar utan gemensamma läsningar: A | B"
    )
    assert in_swedish(fault.hint).endswith("(examinator och bidrag): x1 b1")


def test_the_links_that_it_names_mend_it(simulate_panel, make_panel) -> None:
    panel = simulate_panel(1, guests=0)
    named = dict(refusal(panel).hint.parameters)["links"]
    pairs = [pair.split() for pair in named.split(", ")]
    assert len(pairs) == 5
    rows = [
        (panel.entries[e], panel.examiners[x], panel.teams[t], y)
        for e, x, t, y in zip(panel.entry, panel.examiner, panel.team, panel.score, strict=True)
    ]
    rows += [(entry, examiner, f"t{int(examiner[1:]) // 3}", 50.0) for examiner, entry in pairs]
    assert OFFER.calibrate(make_panel(rows), SETTINGS).draws is not None


def test_a_stated_random_allocation_does_not_mend_it(make_panel) -> None:
    panel = make_panel(APART)
    with pytest.raises(RulesFault, match="2 parts"):
        OFFER.calibrate(panel, attrs.evolve(SETTINGS, allocation=Allocation.RANDOM))


def test_classes_that_lie_each_in_one_part_are_fitted_each(make_panel) -> None:
    panel = make_panel(APART, classes={"a1": "in", "a2": "in", "b1": "out"})
    found = OFFER.calibrate(panel, SETTINGS)
    assert found.scores == pytest.approx([52.5 + 0.5, 62.5 - 0.5, 70], abs=1)
    assert found.effects["examiner"]["y1"] == pytest.approx(0)
    compared = compare_teams(panel, OFFER, SETTINGS, {"in": ("a1", "a2"), "out": ("b1",)})
    assert compared.summary.basis is Basis.LINKS
    assert compared.summary.comparable is True
    assert compared.summary.components == 2


def test_only_the_divided_classes_and_their_parts_are_named(make_panel) -> None:
    rows = [*APART, ("c1", "z1", "C", 40), ("c2", "z1", "C", 45)]
    classes = {"a1": "one", "a2": "two", "b1": "two", "c1": "three", "c2": "three"}
    named = dict(refusal(make_panel(rows, classes=classes)).message.parameters)
    assert named == {"classes": "two", "n": 2, "parts": "A | B"}


def test_parts_of_one_team_are_told_apart_by_their_examiners(make_panel) -> None:
    rows = [("a", "x1", "A", 50), ("b", "x2", "A", 60), ("b", "x3", "A", 62), ("c", "y", "B", 1)]
    named = dict(refusal(make_panel(rows)).message.parameters)
    assert named["parts"] == "A (x1) | A (x2, x3) | B"


def test_an_entry_outside_the_ranking_counts_too(make_panel) -> None:
    """Its score is shown beside the others', and the panel does not say who may be ranked."""
    panel = make_panel(APART)
    with pytest.raises(RulesFault, match=r": A \| B"):
        compare_teams(panel, OFFER, SETTINGS, {"c": ("a1", "a2")})


def test_a_refusal_is_no_fault_of_the_plugin(make_panel) -> None:
    panel = make_panel(APART)
    with pytest.raises(RulesFault, match="without a reading in common"):
        compare_teams(panel, OFFER, SETTINGS, {"c": panel.entries})


def test_a_refusal_can_be_raised_through_the_public_face() -> None:
    assert kvaljury.RulesFault is RulesFault


SWEDISH = (
    "Metoden least-squares kan bara jämföra bidrag som hänger ihop genom läsningar; bidragen i"
    " forskola, skola ligger i 2 delar utan gemensamma läsningar: L1 | L2"
)
SWEDISH_HINT = (
    "välj en annan metod under [calibration], till exempel mixed-model, eller lägg till läsningar"
    " som binder ihop delarna, där inget jäv hindrar (examinator och bidrag): "
)
ENGLISH = (
    "The method least-squares can only compare entries that readings connect; the entries of"
    " forskola, skola lie in 2 parts without a reading in common: L1 | L2"
)
ENGLISH_HINT = (
    "choose another method under [calibration], such as mixed-model, or add readings that connect"
    " the parts, where no jäv forbids it (examiner and entry): "
)


@pytest.mark.parametrize(
    ("language", "told"),
    [("sv", (SWEDISH, SWEDISH_HINT)), ("en", (ENGLISH, ENGLISH_HINT))],
)
@pytest.mark.parametrize("command", [("rank",), ("explain", "F01")])
def test_a_divided_edition_is_refused_whole(tmp_path, capsys, command, language, told) -> None:
    year = write_year(tmp_path / "year", linked=False, extra=METHOD)
    code = run([command[0], *command[1:], str(year), "--lang", language])
    out, err = capsys.readouterr()
    assert code == 5
    assert all(part in " ".join(err.split()) for part in told)
    assert out == ""
    assert not (year / "out").exists()


@pytest.mark.parametrize(
    ("method", "words"), [("least-squares", "least squares"), ("centred", "centred scores")]
)
def test_a_linked_edition_is_ranked_and_the_method_named_in_words(
    tmp_path, capsys, method, words
) -> None:
    year = write_year(tmp_path / "year", extra=METHOD.replace("least-squares", method))
    assert run(["rank", str(year), "--lang", "en"]) == 0
    assert f"by the method {words}." in " ".join(capsys.readouterr().out.split())
    written = json.loads((year / "out/ranking.json").read_text("utf-8"))
    assert written["calibration"]["method"] == method
    assert run(["explain", "F01", str(year), "--lang", "en"]) == 0
    assert "E01" in capsys.readouterr().out


def test_the_links_in_the_refusal_are_those_of_the_guard(make_panel) -> None:
    panel = make_panel(APART)
    parts = kvaljury.calibration.components_of(panel)
    (pair,) = connecting_readings(panel, parts, [panel.entries])
    assert str(refusal(panel).hint).endswith(" ".join(pair))


def test_least_squares_needs_no_statement_of_allocation(simulate_panel) -> None:
    panel = simulate_panel(3)
    one = OFFER.calibrate(panel, SETTINGS)
    two = OFFER.calibrate(panel, attrs.evolve(SETTINGS, allocation=Allocation.RANDOM))
    assert np.array_equal(one.scores, two.scores)
    assert np.array_equal(one.draws, two.draws)
