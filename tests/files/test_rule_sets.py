"""A rules.toml becomes a rule set, or says what is wrong with it and where."""

from fractions import Fraction
from pathlib import Path

import pytest

from kvaljury import files
from kvaljury.core.model import Allocation, EntryClass, Kind, Moment, RuleSet, Settings, Stage
from kvaljury.errors import InputFaults, Source, Text
from kvaljury.files.log import InputLog
from kvaljury.files.rule_sets import read_rule_set

OWN = """\
name = "own"
title = "Egen"
year = 2027
classes = [{ id = "a", title = { sv = "Ett", en = "One" }, kind = "school", shortlist_size = 2 }]
facts = [{ id = "F1", label = "Dag", value = "2027-01-01", source = "S27:1" }]
assumptions = [{ id = "scale", text = "Förslag" }]
[calibration]
allocation = "random"
[shortlist]
clear = 0.95
[[areas]]
id = "x"
label = "X"
weight = 100
[[areas.questions]]
id = "1"
label = "Fråga"
weight = 50.0
rubric = "approach"
source = "S27:2"
[[areas.questions]]
id = "2"
label = "Delad"
weight = 50
[[areas.questions.leaves]]
id = "2a"
label = "A"
weight = "100/3"
rubric = "results"
[[areas.questions.leaves]]
id = "2b"
label = "B"
weight = "200/3"
rubric = "results"
[[eligibility]]
id = "R1"
rule = "bid-in-time"
label = "I tid"
stages = ["participation"]
parameters = { deadline = 2027-05-01, level = 2.5, kinds = ["school"], on = true, word = "x" }
source = "S27:9"
overridable = true
assumption = "Antas"
"""


def own(tmp_path: Path, text: str = OWN) -> Path:
    (tmp_path / "rules.toml").write_text(text, "utf-8")
    return tmp_path


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(InputFaults) as caught:
        read_rule_set("rules.toml", folder)
    return str(caught.value).split("\n")


def fault_after(tmp_path: Path, old: str, new: str) -> str:
    assert OWN.count(old) == 1
    (fault,) = faults_of(own(tmp_path, OWN.replace(old, new)))
    return fault


@pytest.fixture
def rules(tmp_path: Path) -> RuleSet:
    return read_rule_set("rules.toml", own(tmp_path))


class TestReading:
    def test_a_question_without_leaves_is_its_own_leaf(self, rules: RuleSet) -> None:
        (leaf,) = rules.areas[0].questions[0].leaves
        assert (leaf.id, leaf.weight, leaf.rubric, leaf.source) == ("1", 100, "approach", "S27:2")

    def test_weights_are_exact(self, rules: RuleSet) -> None:
        weights = [leaf.weight for leaf in rules.areas[0].questions[1].leaves]
        assert weights == [Fraction(100, 3), Fraction(200, 3)]

    def test_a_text_in_one_language_serves_for_both(self, rules: RuleSet) -> None:
        assert rules.title == Text("Egen", sv="Egen")

    def test_a_class_has_its_kind_and_size(self, rules: RuleSet) -> None:
        assert rules.classes == (EntryClass("a", Text("One", sv="Ett"), Kind.SCHOOL, 2),)

    def test_settings_that_are_not_given_are_the_proposal(self, rules: RuleSet) -> None:
        assert rules.settings.calibration.allocation is Allocation.RANDOM
        assert rules.settings.shortlist.clear == 0.95
        assert rules.settings.rounding == Settings().rounding

    def test_a_rule_is_read_whole(self, rules: RuleSet) -> None:
        (use,) = rules.eligibility
        deadline = use.parameters["deadline"]
        assert isinstance(deadline, Moment)
        assert (deadline.at.isoformat(), deadline.whole_day) == ("2027-05-01T00:00:00", True)
        assert use.parameters["level"] == Fraction(5, 2)
        assert use.parameters["kinds"] == ("school",)
        assert use.parameters["on"] is True
        assert use.parameters["word"] == "x"
        assert use.stages == (Stage.PARTICIPATION,)
        assert use.overridable
        assert use.assumption == Text("Antas", sv="Antas")

    def test_a_deadline_may_have_an_hour(self, tmp_path: Path) -> None:
        text = OWN.replace("2027-05-01,", "2027-05-01T12:00:00,")
        (use,) = read_rule_set("rules.toml", own(tmp_path, text)).eligibility
        deadline = use.parameters["deadline"]
        assert isinstance(deadline, Moment)
        assert (deadline.at.hour, deadline.whole_day) == (12, False)

    def test_facts_and_assumptions_are_read(self, rules: RuleSet) -> None:
        assert [(fact.id, str(fact.value)) for fact in rules.facts] == [("F1", "2027-01-01")]
        assert [assumption.id for assumption in rules.assumptions] == ["scale"]

    def test_the_source_is_the_file(self, rules: RuleSet) -> None:
        assert rules.source == Source("rules.toml")

    @pytest.mark.parametrize("name", ["sub/r.toml", "sub\\r.toml", "./sub/r.toml"])
    def test_a_path_begins_in_the_folder(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "sub").mkdir()
        (tmp_path / "sub" / "r.toml").write_text(OWN, "utf-8")
        assert read_rule_set(name, tmp_path).name == "own"

    def test_a_path_begins_in_the_working_folder_where_none_is_given(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(own(tmp_path))
        assert read_rule_set("rules.toml").name == "own"

    def test_an_absolute_path_is_told_as_seen_from_the_folder(self, tmp_path: Path) -> None:
        log = InputLog()
        (tmp_path / "2025").mkdir()
        path = own(tmp_path) / "rules.toml"
        rules = read_rule_set(str(path), tmp_path / "2025", log)
        assert list(log.hashes) == ["../rules.toml"]
        assert rules.source == Source("../rules.toml")

    def test_of_another_drive_only_the_file_s_name_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object) -> str:
            raise ValueError("path is on mount 'D:', start on mount 'C:'")

        log = InputLog()
        path = own(tmp_path) / "rules.toml"
        monkeypatch.setattr("os.path.relpath", refuse)
        read_rule_set(str(path), tmp_path, log)
        assert list(log.hashes) == ["rules.toml"]

    def test_a_shipped_rule_set_is_hashed_too(self) -> None:
        log = InputLog()
        read_rule_set("stockholm-2012", log=log)
        assert list(log.hashes) == ["kvaljury_rubrics/stockholm-2012/rules.toml"]


class TestFaults:
    def test_an_unknown_name_is_told_the_nearest(self) -> None:
        with pytest.raises(InputFaults, match=r"did you mean stockholm-2025\?"):
            read_rule_set("stockholm2025")

    def test_an_absent_file_is_a_fault(self, tmp_path: Path) -> None:
        assert faults_of(tmp_path) == ["rules.toml: the file is missing"]

    def test_what_cannot_be_read_at_all_raises_with_a_log_too(self, tmp_path: Path) -> None:
        log = InputLog()
        with pytest.raises(InputFaults):
            read_rule_set("rules.toml", tmp_path, log)
        assert len(log.faults) == 1

    def test_with_a_log_faulty_values_are_noted_and_the_rest_returned(self, tmp_path: Path) -> None:
        log = InputLog()
        text = OWN.replace("deadline = 2027-05-01", 'deadline = "soon"')
        rules = read_rule_set("rules.toml", own(tmp_path, text), log)
        assert "deadline" not in rules.eligibility[0].parameters
        assert [str(fault.where) for fault in log.faults] == [
            "rules.toml:40: eligibility[1].parameters.deadline"
        ]

    @pytest.mark.parametrize(
        ("old", "new", "shown"),
        [
            (
                "weight = 100\n",
                "weight = 99\n",
                "rules.toml:11: areas: the weights of the areas sum to 99 and not to 100"
                ' (write thirds and the like exactly, as "100/3")',
            ),
            (
                "weight = 50.0",
                "weight = 50.5",
                "rules.toml:15: areas[1].questions: the weights of the questions of area x sum to"
                ' 100.5 and not to 100 (write thirds and the like exactly, as "100/3")',
            ),
            (
                '"200/3"',
                '"200/6"',
                "rules.toml:21: areas[1].questions[2]: the weights of the parts of question 2 sum"
                " to 66.66666666666667 and not to 100 (write thirds and the like exactly,"
                ' as "100/3")',
            ),
            (
                '"200/3"',
                "-1",
                "rules.toml:21: areas[1].questions[2]: the weight of 2b is negative",
            ),
            (
                'id = "2b"',
                'id = "2A"',
                "rules.toml:31: areas[1].questions[2].leaves[2].id: 2A stands already on line 26",
            ),
            (
                'id = "2b"',
                'id = "1"',
                "rules.toml:31: areas[1].questions[2].leaves[2].id: 1 stands already on line 16",
            ),
            (
                'rubric = "approach"\n',
                "\n",
                "rules.toml:15: areas[1].questions[1].rubric: a question without leaves needs"
                " a rubric",
            ),
            (
                'label = "Delad"',
                'label = "Delad"\nrubric = "radar"',
                "rules.toml:21: areas[1].questions[2]: a question with leaves has its rubrics and"
                " sources there",
            ),
            (
                'stages = ["participation"]',
                "stages = []",
                "rules.toml:39: eligibility[1].stages: a rule needs at least one stage, each once"
                " (enabled = false in edition.toml leaves a rule out)",
            ),
            (
                'stages = ["participation"]',
                'stages = ["award", "award"]',
                "rules.toml:39: eligibility[1].stages: a rule needs at least one stage, each once"
                " (enabled = false in edition.toml leaves a rule out)",
            ),
            (
                'kinds = ["school"]',
                'kinds = ["schol"]',
                'rules.toml:40: eligibility[1].parameters.kinds: "schol" is unknown here'
                " (did you mean school?)",
            ),
            (
                'kinds = ["school"]',
                'kinds = "school"',
                'rules.toml:40: eligibility[1].parameters.kinds: the text "school" stands where'
                " a list of texts was expected",
            ),
            (
                'kinds = ["school"]',
                "kinds = [1]",
                "rules.toml:40: eligibility[1].parameters.kinds: a list stands where"
                " a list of texts was expected",
            ),
            (
                'word = "x"',
                "word = {}",
                "rules.toml:40: eligibility[1].parameters.word: a table stands where"
                " a single value or a list was expected",
            ),
            (
                "deadline = 2027-05-01",
                "deadline = 2027-05-01T10:00:00Z",
                "rules.toml:40: eligibility[1].parameters.deadline: a date with a time stands where"
                ' a date without time zone was expected (write "2025-05-07", or "2025-05-07 24.00"'
                " with an hour)",
            ),
            (
                "deadline = 2027-05-01",
                "deadline = 5",
                "rules.toml:40: eligibility[1].parameters.deadline: the number 5 stands where"
                ' a date without time zone was expected (write "2025-05-07", or "2025-05-07 24.00"'
                " with an hour)",
            ),
            ("year = 2027", "year = 27", "rules.toml:3: year: 27 is outside 1990–2100"),
            ('label = "X"', 'label = " "', "rules.toml:13: areas[1].label: the text is empty"),
            (
                'label = "X"',
                'label = "X\\u001b[2J"',
                "rules.toml:13: areas[1].label: the text holds the control character U+001B",
            ),
            ("shortlist_size = 2", "shortlist_size = 0", "0 is outside 1–10000"),
        ],
    )
    def test_a_fault_is_shown_at_its_line(
        self, tmp_path: Path, old: str, new: str, shown: str
    ) -> None:
        fault = fault_after(tmp_path, old, new)
        assert fault == shown or (shown[0].isdigit() and fault.endswith(shown))

    def test_an_id_that_no_file_could_be_named_after_is_refused(self, tmp_path: Path) -> None:
        assert fault_after(tmp_path, 'id = "x"', 'id = "a b"').startswith(
            "rules.toml:12: areas[1].id: "
        )

    def test_no_classes_at_all_is_a_fault(self, tmp_path: Path) -> None:
        text = "\n".join("classes = []" if x.startswith("classes") else x for x in OWN.split("\n"))
        assert faults_of(own(tmp_path, text)) == [
            "rules.toml:4: classes: there is no class to compete in"
        ]

    def test_all_faults_of_shape_come_at_once(self, tmp_path: Path) -> None:
        text = OWN.replace('kind = "school"', 'kind = "zoo"').replace("weight = 50\n", "")
        assert [fault.split(": ")[1] for fault in faults_of(own(tmp_path, text))] == [
            "classes[1].kind",
            "areas[1].questions[2].weight",
        ]


class TestPublicFace:
    @pytest.mark.parametrize("name", ["InputLog", "read_rule_set", "shipped_rule_sets"])
    def test_what_is_exported_is_found(self, name: str) -> None:
        assert name in files.__all__
        assert name in dir(files)
        assert callable(getattr(files, name))

    def test_what_is_not_exported_is_no_attribute(self) -> None:
        with pytest.raises(AttributeError, match="nothing"):
            _ = files.nothing  # type: ignore[attr-defined]
