"""The shipped rule sets say what the instructions say, and what is only proposed."""

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

import kvaljury_rubrics
from kvaljury.core.model import EligibilityUse, Kind, Moment, RuleSet, Stage
from kvaljury.errors import Text
from kvaljury.files.rule_sets import read_rule_set, shipped_rule_sets

NAMES = ("stockholm-2012", "stockholm-2025")
RESULTS = {
    "stockholm-2012": {"5", "14", "20", "21"},
    "stockholm-2025": {"12a", "12b", "12c", "13b", "13c", "14a"},
}


@pytest.fixture(scope="module", params=NAMES)
def rules(request: pytest.FixtureRequest) -> RuleSet:
    return read_rule_set(request.param)


def use_of(name: str, rule: str) -> EligibilityUse:
    return next(use for use in read_rule_set(name).eligibility if use.id == rule)


def texts_of(rules: RuleSet) -> Iterator[Text]:
    yield rules.title
    for area in rules.areas:
        yield area.label
        for question in area.questions:
            yield question.label
            yield from (leaf.label for leaf in question.leaves)
    yield from (item.title for item in rules.classes)
    for use in rules.eligibility:
        yield use.label
        if use.assumption:
            yield use.assumption
    for fact in rules.facts:
        yield from (fact.label, fact.value)
    yield from (assumption.text for assumption in rules.assumptions)


def test_both_editions_are_shipped() -> None:
    assert shipped_rule_sets() == NAMES


@pytest.mark.parametrize(
    ("name", "questions", "leaves"),
    [
        ("stockholm-2012", [6, 4, 4, 1, 3, 1, 2, 3], [6, 4, 4, 1, 3, 1, 2, 3]),
        ("stockholm-2025", [4, 4, 4, 8], [4, 4, 6, 15]),
    ],
)
def test_areas_have_their_questions_and_leaves(
    name: str, questions: list[int], leaves: list[int]
) -> None:
    areas = read_rule_set(name).areas
    assert [len(area.questions) for area in areas] == questions
    assert [len(list(area.leaves())) for area in areas] == leaves


def test_questions_are_numbered_through(rules: RuleSet) -> None:
    numbers = [question.id for area in rules.areas for question in area.questions]
    assert numbers == [str(n + 1) for n in range(len(numbers))]


def test_leaves_carry_the_letters_of_the_instructions() -> None:
    leaves = [leaf.id for leaf in read_rule_set("stockholm-2025").leaves()]
    assert leaves[11:14] == ["12a", "12b", "12c"]
    assert leaves[14:20] == ["13a", "13b", "13c", "14a", "14b", "14c"]
    assert leaves[-4:] == ["20a", "20b", "20c", "20d"]


def test_every_question_weighs_the_same_of_the_total(rules: RuleSet) -> None:
    shares = {area.weight * q.weight / 10_000 for area in rules.areas for q in area.questions}
    count = sum(len(area.questions) for area in rules.areas)
    assert shares == {Fraction(1, count)}


def test_leaves_share_their_question_s_weight_equally(rules: RuleSet) -> None:
    for area in rules.areas:
        for question in area.questions:
            share = Fraction(100, len(question.leaves))
            assert {leaf.weight for leaf in question.leaves} == {share}


def test_areas_of_2025_weigh_20_20_20_40() -> None:
    areas = read_rule_set("stockholm-2025").areas
    assert [area.weight for area in areas] == [20, 20, 20, 40]


def test_results_questions_are_judged_as_results_and_the_others_as_approach(
    rules: RuleSet,
) -> None:
    by_rubric: dict[str, set[str]] = {}
    for leaf in rules.leaves():
        by_rubric.setdefault(leaf.rubric, set()).add(leaf.id)
    assert by_rubric.keys() == {"results", "approach"}
    assert by_rubric["results"] == RESULTS[rules.name]


def test_the_five_classes_have_their_kinds(rules: RuleSet) -> None:
    assert [(item.id, item.kind) for item in rules.classes] == [
        ("forskola", Kind.PRESCHOOL),
        ("skola", Kind.SCHOOL),
        ("aldreomsorg", Kind.OTHER),
        ("vard-omsorg", Kind.OTHER),
        ("andra", Kind.OTHER),
    ]


@pytest.mark.parametrize(
    ("name", "rule", "plugin", "parameters"),
    [
        ("stockholm-2025", "E25-01", "financed-by-city", {}),
        ("stockholm-2025", "E25-02", "manager-responsibilities", {}),
        ("stockholm-2025", "E25-03", "plan-with-goals", {}),
        ("stockholm-2025", "E25-04", "employees", {"minimum": 5}),
        (
            "stockholm-2025",
            "E25-05",
            "share-of-places",
            {"minimum": 51, "elsewhere_kinds": ("preschool", "school")},
        ),
        (
            "stockholm-2025",
            "E25-06",
            "share-of-pupils",
            {"minimum": 51, "kinds": ("preschool", "school")},
        ),
        (
            "stockholm-2025",
            "E25-07",
            "no-deficit",
            {"fields": ("result_previous_year", "forecast_current_year")},
        ),
        ("stockholm-2025", "E25-08", "quarantine", {"years": 2}),
        ("stockholm-2025", "D25-05", "basic-control", {}),
        ("stockholm-2012", "E12-01", "financed-by-city", {}),
        (
            "stockholm-2012",
            "E12-02",
            "share-of-places",
            {"minimum": 51, "elsewhere_kinds": ("school",)},
        ),
        ("stockholm-2012", "E12-03", "share-of-pupils", {"minimum": 51, "kinds": ("school",)}),
        ("stockholm-2012", "E12-04", "no-deficit", {"fields": ("forecast_current_year",)}),
        ("stockholm-2012", "E12-05", "quarantine", {"years": 2}),
    ],
)
def test_a_rule_has_its_plugin_and_figures(
    name: str, rule: str, plugin: str, parameters: dict[str, object]
) -> None:
    use = use_of(name, rule)
    assert use.rule == plugin
    assert use.parameters == parameters
    assert not use.overridable


@pytest.mark.parametrize(
    ("name", "rule", "plugin", "at", "whole_day"),
    [
        ("stockholm-2025", "D25-03", "bid-in-time", "2025-05-08T00:00:00", False),
        ("stockholm-2025", "D25-04", "board-notice-in-time", "2025-06-04T00:00:00", True),
        ("stockholm-2012", "D12-01", "bid-in-time", "2012-05-20T00:00:00", True),
        ("stockholm-2012", "E12-06", "board-notice-in-time", "2012-06-30T00:00:00", True),
    ],
)
def test_a_deadline_can_be_set_aside_by_a_named_person(
    name: str, rule: str, plugin: str, at: str, whole_day: bool
) -> None:
    use = use_of(name, rule)
    deadline = use.parameters["deadline"]
    assert isinstance(deadline, Moment)
    assert (use.rule, deadline.at.isoformat(), deadline.whole_day) == (plugin, at, whole_day)
    assert use.overridable


def test_a_deficit_bars_award_and_mention_in_2025_and_says_that_the_latter_is_assumed() -> None:
    use = use_of("stockholm-2025", "E25-07")
    assert use.stages == (Stage.AWARD, Stage.MENTION)
    assert use.assumption is not None


def test_the_basic_control_bars_award_and_mention() -> None:
    assert use_of("stockholm-2025", "D25-05").stages == (Stage.AWARD, Stage.MENTION)


def test_every_rule_of_2012_decides_about_taking_part() -> None:
    stages = {use.stages for use in read_rule_set("stockholm-2012").eligibility}
    assert stages == {(Stage.PARTICIPATION,)}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        (
            "stockholm-2012",
            {"scale", "weights", "shortlist", "rubrics", "awards", "aggregation", "agreement"},
        ),
        (
            "stockholm-2025",
            {
                "scale",
                "weights",
                "classes",
                "shortlist",
                "rubrics",
                "awards",
                "aggregation",
                "agreement",
                "reference-dates",
                "ceremony-year",
                "email",
            },
        ),
    ],
)
def test_what_is_proposed_is_said(name: str, wanted: set[str]) -> None:
    assert wanted <= {assumption.id for assumption in read_rule_set(name).assumptions}


def test_every_text_is_there_in_both_languages(rules: RuleSet) -> None:
    for text in texts_of(rules):
        assert text.en
        assert text.sv
        assert not text.parameters


def test_labels_are_short(rules: RuleSet) -> None:
    for area in rules.areas:
        for question in area.questions:
            for item in (area, question, *question.leaves):
                assert len(item.label.en.split()) <= 8
                assert len((item.label.sv or "").split()) <= 8


CITED = {
    "E25-01": "finansieras av Stockholms stad",
    "E25-02": "verksamhets-, budget- och personalansvar",
    "E25-03": "verksamhetsplan med mål",
    "E25-04": "minst fem medarbetare",
    "E25-05": "enstaka platser",
    "E25-06": "Fristående förskolor",
    "E25-07": "ekonomiskt underskott",
    "E25-08": "tidigast år 2025",
    "D25-03": "kl. 24.00",
    "D25-04": "4 juni",
    "D25-05": "kontroll",
    "E12-01": "finansieras av Stockholms stad",
    "E12-02": "enstaka platser",
    "E12-03": "friskolor",
    "E12-04": "budget i balans",
    "E12-05": "de närmaste två åren",
    "E12-06": "ska godkänna",
    "D12-01": "20 maj 2012",
    "E25-10": "summa pengar",
    "E25-11": "inget som verksamheten söker",
    "E25-12": "start.stockholm",
    "D25-01": "fyra steg",
    "D25-02": "21 mars",
    "D25-05 fact": "13 juni",
    "D25-06": "25 november",
    "D25-07": "7 februari",
    "D25-08": "digitalt",
    "D25-09": "Blå hallen",
    "D25-10": "kvalitetsutmarkelsen@",
    "R25-01": "3-4 examinatorer",
    "R25-02": "lagsamordnare",
    "R25-03": "Platsbesöket",
    "R25-04": "föreslår",
    "R25-05": "beredningsgrupp",
    "R25-06": "stadsdirektören",
    "R25-07": "stadsledningskontoret",
    "R25-08": "utdelningsceremonin",
    "V25": "Verksamhetsplan",
    "A25": "april 2025",
    "F25-01": "Word-format",
    "F25-02": "95 000",
    "F25-03": "Bilagor",
    "F25-04": "1 000",
    "F25-05": "1920x1200",
    "F25-06": "1-2 arbetsdagar",
    "F25-07": "konkreta exempel",
    "F25-08": "flera chefsnivåer",
    "F25-09": "fördelat på kön",
    "D12-02": "30 mars",
    "D12-03": "7/2",
    "D12-04": "20 november 2012",
    "D12-04b": "procentuellt",
    "F12-01": "85.000",
    "F12-02": "ILS",
    "A12-01": "20 maj 2012",
    "A12-02": "Beskriv",
    "C12": "klasser",
    "W12": "diplom",
    "W12b": "Hedersomnämnande",
    "R12-01": "lagledare",
    "R12-02": "Platsbesök",
    "R12-04": "20 november",
    "R12-05": "återkoppling",
    "V12": "Verksamhetsplan",
    "N12": "omarbetats",
    "P12": "Program för kvalitetsutveckling",
    "B12": "Bilagor",
}


@pytest.fixture(scope="module")
def seed_lines(shared: Path) -> dict[str, list[str]]:
    return {
        f"S{year[2:]}": (shared / "seeds" / f"instructions-{year}.txt")
        .read_text("utf-8")
        .split("\n")
        for year in ("2012", "2025")
    }


def cited(source: str, seed_lines: dict[str, list[str]], lines: int = 1) -> str:
    text, _, line = source.partition(":")
    start = int(line) - 1
    return " ".join(seed_lines[text][start : start + lines])


def test_every_rule_and_fact_stands_on_the_line_that_it_cites(
    rules: RuleSet, seed_lines: dict[str, list[str]]
) -> None:
    rule_ids = {use.id for use in rules.eligibility}
    places = [(use.id, use.source) for use in rules.eligibility]
    for fact in rules.facts:
        key = f"{fact.id} fact" if fact.id in rule_ids else fact.id
        places.append((key, fact.source))
    for key, source in places:
        assert CITED[key] in cited(source, seed_lines), (key, source)


def test_every_leaf_stands_on_the_line_that_it_cites(
    rules: RuleSet, seed_lines: dict[str, list[str]]
) -> None:
    for leaf in rules.leaves():
        number, letter = re.fullmatch(r"(\d+)([a-d]?)", leaf.id).groups()  # type: ignore[union-attr]
        line = cited(leaf.source, seed_lines)
        starts = [f"{number}. {letter}." if letter == "a" else f"- {letter}."] if letter else []
        starts += [f"{number}. "] if not letter else [f"- {letter}."]
        assert line.strip().startswith(tuple(starts)), (leaf.id, line)


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def runs_of_eight(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + 8]) for i in range(len(words) - 7)}


def test_no_sentence_of_the_instructions_is_carried_over(
    seed_lines: dict[str, list[str]],
) -> None:
    theirs = set().union(*(runs_of_eight(words_of(" ".join(x))) for x in seed_lines.values()))
    package = Path(kvaljury_rubrics.__file__).parent
    ours = [package.parent / "README.md", *package.glob("**/*.toml")]
    assert len(ours) >= 3
    for file in ours:
        assert runs_of_eight(words_of(file.read_text("utf-8"))) & theirs == set(), file
