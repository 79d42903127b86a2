"""An edition.toml becomes an edition with its own choices laid over the rule set's."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvaljury.core.model import (
    Allocation,
    Edition,
    EntryClass,
    Kind,
    MarksUsed,
    Moment,
    Override,
    Stage,
)
from kvaljury.core.model.jury import CastingVote, JuryRules, Majority, SitsOut, Voting
from kvaljury.errors import Source, Text
from kvaljury.files.edition_file import read_edition_file
from kvaljury.files.eligibility_parameters import UnfitParameter, overriding_parameter
from kvaljury.files.log import InputLog

HEAD = 'rules = "stockholm-2025"\nyear = 2025\n'


def read(folder: Path, text: str) -> tuple[Edition | None, InputLog]:
    (folder / "edition.toml").write_text(text, "utf-8")
    log = InputLog()
    return read_edition_file(folder, log), log


def edition_of(folder: Path, own: str = "", head: str = HEAD) -> Edition:
    edition, log = read(folder, head + own)
    assert [str(fault) for fault in log.faults] == []
    assert edition is not None
    return edition


def faults_of(folder: Path, own: str, head: str = HEAD) -> list[str]:
    return [str(fault) for fault in read(folder, head + own)[1].faults]


def rubrics_of(edition: Edition) -> dict[str, str]:
    return {leaf.id: leaf.rubric for leaf in edition.rules.leaves()}


class TestPlainEdition:
    def test_it_is_the_rule_set_under_a_default_title(self, tmp_path: Path) -> None:
        edition = edition_of(tmp_path)
        assert edition.title is edition.rules.title
        assert isinstance(edition.title, Text)
        assert edition.title.sv == "Stockholms stads kvalitetsutmärkelse 2025"
        assert (edition.year, edition.rules.name) == (2025, "stockholm-2025")
        assert edition.changes == ()
        assert edition.plugins is None
        assert edition.entries == ()
        assert edition.overrides == ()

    def test_the_title_for_another_year_than_the_rule_set_s_tells_it(self, tmp_path: Path) -> None:
        edition, _ = read(tmp_path, 'rules = "stockholm-2025"\nyear = 2026\n')
        assert edition is not None
        assert edition.title == Text("{title} ({year})", title=edition.rules.title, year="2026")

    def test_title_and_plugins_folder_are_the_edition_s(self, tmp_path: Path) -> None:
        edition = edition_of(tmp_path, 'title = "Provåret"\nplugins = "egna"\n')
        assert (edition.title, edition.plugins) == ("Provåret", "egna")
        assert edition.changes == ()

    def test_saying_what_the_rule_set_says_is_no_change(self, tmp_path: Path) -> None:
        own = (
            '[weights.areas]\nmalgrupp = 20.0\n[weights.leaves]\n12a = "100/3"\n'
            "[shortlist]\nsize = 3\nclear = 0.9\n[rubrics]\nleaves = { 12a = 'results' }\n"
            "[eligibility.E25-04]\nminimum = 5\nstages = ['participation']\nenabled = true\n"
            "[eligibility.E25-05]\nminimum = 51\n"
        )
        assert edition_of(tmp_path, own).changes == ()

    def test_both_files_are_hashed(self, tmp_path: Path) -> None:
        log = read(tmp_path, HEAD)[1]
        assert sorted(log.hashes) == ["edition.toml", "kvaljury_rubrics/stockholm-2025/rules.toml"]

    def test_an_own_rule_set_is_found_in_the_edition_folder(self, tmp_path: Path) -> None:
        rules = (
            'name = "own"\ntitle = "Egen"\nyear = 2025\n'
            'classes = [{ id = "a", title = "A", kind = "other" }]\n'
            '[[areas]]\nid = "x"\nlabel = "X"\nweight = 100\n'
            'questions = [{ id = "1", label = "L", weight = 100, rubric = "approach" }]\n'
        )
        (tmp_path / "own.toml").write_text(rules, "utf-8")
        assert edition_of(tmp_path, head='rules = "own.toml"\nyear = 2025\n').rules.name == "own"


class TestClasses:
    def test_the_list_replaces_the_rule_set_s(self, tmp_path: Path) -> None:
        own = '[[classes]]\nid = "a"\ntitle = { sv = "Å", en = "A" }\nkind = "school"\n'
        edition = edition_of(tmp_path, own + "shortlist_size = 2\n")
        assert edition.rules.classes == (EntryClass("a", Text("A", sv="Å"), Kind.SCHOOL, 2),)
        assert edition.changes == ("classes",)

    def test_two_classes_cannot_share_an_id_or_title_in_any_case(self, tmp_path: Path) -> None:
        own = (
            '[[classes]]\nid = "a"\ntitle = { sv = "Å", en = "A" }\nkind = "other"\n'
            '[[classes]]\nid = "A"\ntitle = "å"\nkind = "other"\n'
        )
        assert faults_of(tmp_path, own) == [
            "edition.toml:8: classes[2].id: A stands already on line 4",
            'edition.toml:9: classes[2].title: two classes are called "å"',
        ]

    def test_an_unknown_kind_is_told_the_words(self, tmp_path: Path) -> None:
        own = '[[classes]]\nid = "a"\ntitle = "A"\nkind = "schools"\n'
        assert faults_of(tmp_path, own) == [
            'edition.toml:6: classes[1].kind: the text "schools" stands where one of preschool,'
            " school, other was expected (did you mean school?)"
        ]

    def test_a_list_without_classes_is_a_fault(self, tmp_path: Path) -> None:
        assert faults_of(tmp_path, "classes = []") == [
            "edition.toml:3: classes: there is no class to compete in"
        ]


class TestWeights:
    def test_weights_replace_those_of_the_rule_set_exactly(self, tmp_path: Path) -> None:
        own = (
            "[weights.areas]\nmalgrupp = 30\nutveckling = 30\n"
            '[weights.questions]\n1 = "70/3"\n2 = "80/3"\n'
            "[weights.leaves]\n12a = 50\n12b = 25\n12c = 25.0\n"
        )
        edition = edition_of(tmp_path, own)
        first, _, third, _ = edition.rules.areas
        assert (first.weight, first.questions[0].weight) == (30, Fraction(70, 3))
        assert [leaf.weight for leaf in third.questions[3].leaves] == [50, 25, 25]
        assert edition.changes == (
            "weights.areas.malgrupp",
            "weights.areas.utveckling",
            "weights.leaves.12a",
            "weights.leaves.12b",
            "weights.leaves.12c",
            "weights.questions.1",
            "weights.questions.2",
        )

    def test_every_level_that_does_not_sum_is_named_with_its_sum(self, tmp_path: Path) -> None:
        own = (
            "[weights.areas]\nmalgrupp = 21\n"
            "[weights.questions]\n20 = 0\n"
            "[weights.leaves]\n20b = 24.99\n3 = 90\n"
        )
        hint = ' and not to 100 (write thirds and the like exactly, as "100/3")'
        assert faults_of(tmp_path, own) == [
            f"edition.toml:4: weights.areas.malgrupp: the weights of the areas sum to 101{hint}",
            "edition.toml:9: weights.leaves.3: the weights of the parts of question 3"
            f" sum to 90{hint}",
            "edition.toml:6: weights.questions.20: the weights of the questions of area utveckling"
            f" sum to 87.5{hint}",
            "edition.toml:8: weights.leaves.20b: the weights of the parts of question 20"
            f" sum to 99.99{hint}",
        ]

    def test_a_sum_that_is_almost_right_is_shown_exactly(self, tmp_path: Path) -> None:
        own = '[weights]\nareas.malgrupp = "19999999999/1000000000"\n'
        (shown,) = faults_of(tmp_path, own)
        assert "sum to 99999999999/1000000000 and not to 100" in shown

    def test_a_negative_weight_is_refused(self, tmp_path: Path) -> None:
        own = "[weights.areas]\nmalgrupp = -10\nutveckling = 70\n"
        assert faults_of(tmp_path, own) == [
            "edition.toml:4: weights.areas.malgrupp: the weight of malgrupp is negative"
        ]

    def test_an_unknown_id_is_told_the_nearest(self, tmp_path: Path) -> None:
        own = "[weights]\nareas.malgrup = 20\nquestions.12a = 1\nleaves.12 = 1\n"
        shown = faults_of(tmp_path, own)
        assert [fault.split(" has")[0] for fault in shown] == [
            "edition.toml:4: weights.areas.malgrup: no question area",
            "edition.toml:5: weights.questions.12a: no question",
            "edition.toml:6: weights.leaves.12: no question",
        ]
        assert shown[0].endswith('has the id "malgrup" (did you mean malgrupp?)')

    @settings(max_examples=15)
    @given(st.lists(st.integers(0, 10_000), min_size=4, max_size=4).filter(any))
    def test_any_shares_of_a_whole_sum_exactly(
        self, tmp_path_factory: pytest.TempPathFactory, shares: list[int]
    ) -> None:
        areas = ("malgrupp", "ledarskap", "medarbetarskap", "utveckling")
        lines = [
            f'{area} = "{100 * share}/{sum(shares)}"'
            for area, share in zip(areas, shares, strict=True)
        ]
        own = "[weights.areas]\n" + "\n".join(lines)
        edition = edition_of(tmp_path_factory.mktemp("edition"), own)
        assert sum(area.weight for area in edition.rules.areas) == 100


class TestRubrics:
    def test_a_leaf_goes_before_an_area_before_the_default(self, tmp_path: Path) -> None:
        own = '[rubrics]\ndefault = "d"\nareas.malgrupp = "a"\nleaves.1 = "l"\n'
        edition = edition_of(tmp_path, own)
        rubrics = rubrics_of(edition)
        assert (rubrics["1"], rubrics["2"], rubrics["12a"]) == ("l", "a", "d")
        assert edition.changes == ("rubrics.areas.malgrupp", "rubrics.default", "rubrics.leaves.1")

    def test_what_is_not_named_keeps_the_rule_set_s_rubric(self, tmp_path: Path) -> None:
        rubrics = rubrics_of(edition_of(tmp_path, '[rubrics]\nleaves.1 = "pdca"\n'))
        assert (rubrics["1"], rubrics["2"], rubrics["12a"]) == ("pdca", "approach", "results")

    def test_an_unknown_area_or_leaf_is_a_fault(self, tmp_path: Path) -> None:
        own = '[rubrics]\nareas.ledarskp = "a"\nleaves.12d = "l"\n'
        shown = faults_of(tmp_path, own)
        assert [fault.split(": ")[1] for fault in shown] == [
            "rubrics.areas.ledarskp",
            "rubrics.leaves.12d",
        ]


class TestEligibility:
    def test_parameters_and_stages_replace_those_of_the_rule_set(self, tmp_path: Path) -> None:
        own = (
            "[eligibility.E25-04]\nminimum = 4\n"
            "[eligibility.E25-05]\nminimum = 50.5\n"
            '[eligibility.E25-07]\nstages = ["award"]\n'
            '[eligibility.D25-03]\ndeadline = "2025-05-09 12.00"\n'
        )
        edition = edition_of(tmp_path, own)
        uses = {use.id: use for use in edition.rules.eligibility}
        deadline = uses["D25-03"].parameters["deadline"]
        assert uses["E25-04"].parameters == {"minimum": 4}
        assert uses["E25-05"].parameters["minimum"] == Fraction(101, 2)
        assert uses["E25-07"].stages == (Stage.AWARD,)
        assert isinstance(deadline, Moment)
        assert deadline.at.isoformat() == "2025-05-09T12:00:00"
        assert edition.changes == (
            "eligibility.D25-03.deadline",
            "eligibility.E25-04.minimum",
            "eligibility.E25-05.minimum",
            "eligibility.E25-07.stages",
        )

    def test_stages_are_put_in_order(self, tmp_path: Path) -> None:
        own = '[eligibility.E25-07]\nstages = ["mention", "participation"]\n'
        uses = {use.id: use for use in edition_of(tmp_path, own).rules.eligibility}
        assert uses["E25-07"].stages == (Stage.PARTICIPATION, Stage.MENTION)

    def test_a_rule_that_is_switched_off_is_gone(self, tmp_path: Path) -> None:
        edition = edition_of(tmp_path, "[eligibility.E25-04]\nenabled = false\n")
        assert "E25-04" not in {use.id for use in edition.rules.eligibility}
        assert edition.changes == ("eligibility.E25-04.enabled",)

    @pytest.mark.parametrize(
        ("own", "shown"),
        [
            (
                "[eligibility.E25-4]",
                'edition.toml:3: eligibility.E25-4: no rule has the id "E25-4"'
                " (did you mean E25-04?)",
            ),
            (
                "[eligibility.E25-04]\nminimun = 4",
                "edition.toml:4: eligibility.E25-04.minimun: E25-04 has no parameter minimun"
                " (did you mean minimum?)",
            ),
            (
                "[eligibility.E25-04]\nminimum = 4.5",
                "edition.toml:4: eligibility.E25-04.minimum: the decimal number 4.5 stands where"
                " a whole number was expected",
            ),
            (
                '[eligibility.E25-05]\nminimum = "51"',
                'edition.toml:4: eligibility.E25-05.minimum: the text "51" stands where a number'
                " was expected",
            ),
            (
                "[eligibility.E25-05]\nminimum = -0.5",
                "edition.toml:4: eligibility.E25-05.minimum: the number is negative",
            ),
            (
                "[eligibility.E25-06]\nkinds = 5",
                "edition.toml:4: eligibility.E25-06.kinds: the number 5 stands where a list of"
                " texts was expected",
            ),
            (
                "[eligibility.E25-04]\nenabled = 0",
                "edition.toml:4: eligibility.E25-04.enabled: the number 0 stands where true or"
                " false was expected",
            ),
            (
                '[eligibility.E25-04]\nstages = ["prize"]',
                'edition.toml:4: eligibility.E25-04.stages: the text "prize" stands where one of'
                " participation, award, mention was expected",
            ),
            (
                "[eligibility.E25-04]\nstages = []",
                "edition.toml:4: eligibility.E25-04.stages: a rule needs at least one stage,"
                " each once (enabled = false in edition.toml leaves a rule out)",
            ),
            (
                "eligibility.E25-04 = 5",
                "edition.toml:3: eligibility.E25-04: the number 5 stands where a table was"
                " expected",
            ),
        ],
    )
    def test_a_fault_is_shown_at_its_line(self, tmp_path: Path, own: str, shown: str) -> None:
        assert faults_of(tmp_path, own) == [shown]

    def test_a_single_word_keeps_its_type(self) -> None:
        assert overriding_parameter("how", "strict", "lenient") == "strict"
        with pytest.raises(UnfitParameter, match="the number 5 stands where a text in quotes"):
            overriding_parameter("how", 5, "lenient")


class TestAnotherYear:
    HEAD = 'rules = "stockholm-2025"\nyear = 2026\n'

    def test_fixed_dates_of_another_year_ask_for_new_ones(self, tmp_path: Path) -> None:
        assert faults_of(tmp_path, "", self.HEAD) == [
            "edition.toml:2: year: the deadline of D25-03, 2025-05-07, is of another year than the"
            " edition, 2026 (add [eligibility.D25-03] with deadline = "
            '"2026-MM-DD", or enabled = false)',
            "edition.toml:2: year: the deadline of D25-04, 2025-06-04, is of another year than the"
            " edition, 2026 (add [eligibility.D25-04] with deadline = "
            '"2026-MM-DD", or enabled = false)',
        ]

    def test_new_dates_or_none_mend_it(self, tmp_path: Path) -> None:
        own = (
            '[eligibility.D25-03]\ndeadline = "2026-05-06 24.00"\n'
            "[eligibility.D25-04]\nenabled = false\n"
        )
        edition = edition_of(tmp_path, own, self.HEAD)
        assert edition.changes == (
            "eligibility.D25-03.deadline",
            "eligibility.D25-04.enabled",
            "year",
        )

    def test_a_new_date_in_yet_another_year_is_a_warning(self, tmp_path: Path) -> None:
        own = '[eligibility.D25-03]\ndeadline = "2024-05-06"\n'
        _, log = read(tmp_path, HEAD + own)
        assert log.faults == []
        assert [str(warning) for warning in log.warnings] == [
            "edition.toml:4: eligibility.D25-03.deadline: 2024-05-06 lies in another year than"
            " the edition, 2025"
        ]

    def test_the_last_hour_of_a_year_belongs_to_it(self, tmp_path: Path) -> None:
        own = '[eligibility.D25-03]\ndeadline = "2025-12-31 24.00"\n'
        _, log = read(tmp_path, HEAD + own)
        assert (log.faults, log.warnings) == ([], [])


class TestSettings:
    def test_every_table_is_laid_over_the_rule_set_s(self, tmp_path: Path) -> None:
        own = (
            '[scoring]\nmarks = "consensus"\naggregation = "median"\n'
            '[calibration]\nmethod = "raw"\nallocation = "random"\nseed = 0\ndraws = 100\n'
            '[shortlist]\nrule = "r"\nsize = 1\nclear = 1\n'
            "[rounding]\ndecimals = 0\n"
            "[agreement]\nlimit = 12.5\n"
            '[dossier]\nsections = ["method", "summary"]\n'
        )
        edition = edition_of(tmp_path, own)
        settings = edition.rules.settings
        assert settings.scoring.marks is MarksUsed.CONSENSUS
        assert settings.scoring.aggregation == "median"
        assert settings.calibration.allocation is Allocation.RANDOM
        assert (settings.calibration.method, settings.calibration.seed) == ("raw", 0)
        assert settings.calibration.draws == 100
        assert settings.shortlist.clear == 1.0
        assert type(settings.shortlist.clear) is float
        assert (settings.shortlist.rule, settings.shortlist.size) == ("r", 1)
        assert settings.rounding.decimals == 0
        assert settings.agreement.limit == 12.5
        assert settings.dossier.sections == ("method", "summary")
        assert len(edition.changes) == 12
        assert "dossier.sections" in edition.changes
        assert "agreement.limit" in edition.changes

    @pytest.mark.parametrize("limit", ["0", "20", "20.0", "100", '"50/3"'])
    def test_the_limit_of_agreement_is_points_on_the_scale(
        self, tmp_path: Path, limit: str
    ) -> None:
        edition = edition_of(tmp_path, f"[agreement]\nlimit = {limit}\n")
        found = edition.rules.settings.agreement.limit
        assert type(found) is float
        assert found == float(Fraction(limit.strip('"')))
        assert edition.changes == (() if found == 20.0 else ("agreement.limit",))

    @pytest.mark.parametrize(
        ("table", "line", "shown"),
        [
            ("shortlist", "clear = 0.5", "0.5 is no probability over 0.5 and at most 1"),
            ("shortlist", "clear = 1.01", "1.01 is no probability over 0.5 and at most 1"),
            (
                "shortlist",
                "clear = 1.0000001",
                "1.0000001 is no probability over 0.5 and at most 1",
            ),
            ("shortlist", "size = 0", "0 is outside 1–10000"),
            ("calibration", "draws = 99", "99 is outside 100–100000"),
            ("calibration", "draws = 100001", "100001 is outside 100–100000"),
            ("calibration", "seed = -1", "-1 is outside 0–9223372036854775807"),
            ("rounding", "decimals = 7", "7 is outside 0–6"),
            ("rounding", "decimals = -1", "-1 is outside 0–6"),
            ("agreement", "limit = -0.5", "-0.5 is outside 0–100"),
            ("agreement", "limit = 101", "101 is outside 0–100"),
            ("agreement", "limit = 100.0000001", "100.0000001 is outside 0–100"),
            (
                "agreement",
                'limit = "20"',
                'the text "20" stands where a number was expected',
            ),
            (
                "agreement",
                "limit = true",
                "true stands where a number was expected",
            ),
            ("agreement", "limit = nan", "nan, inf and endless numbers are no numbers here"),
            ("agreement", "limits = 20", "the key limits is unknown (did you mean limit?)"),
            ("dossier", "sections = []", "a dossier needs at least one section"),
            (
                "dossier",
                'sections = ["summary", "areas", "summary"]',
                "the section summary stands twice",
            ),
            (
                "dossier",
                'sections = "summary"',
                'the text "summary" stands where a list was expected',
            ),
            ("dossier", 'section = ["x"]', "the key section is unknown (did you mean sections?)"),
            ("calibration", 'method = ""', "the text is empty"),
            (
                "scoring",
                'marks = "all"',
                'the text "all" stands where one of individual, consensus was expected',
            ),
            ("scoring", 'mark = "all"', "the key mark is unknown (did you mean marks?)"),
        ],
    )
    def test_a_value_that_cannot_be_meant_is_a_fault(
        self, tmp_path: Path, table: str, line: str, shown: str
    ) -> None:
        key = line.split(" = ", maxsplit=1)[0]
        assert faults_of(tmp_path, f"[{table}]\n{line}\n") == [
            f"edition.toml:4: {table}.{key}: {shown}"
        ]

    @pytest.mark.parametrize("year", [1989, 2101])
    def test_a_year_outside_the_award_s_is_a_fault(self, tmp_path: Path, year: int) -> None:
        shown = faults_of(tmp_path, "", f'rules = "stockholm-2025"\nyear = {year}\n')
        assert f"edition.toml:2: year: {year} is outside 1990–2100" in shown

    def test_the_jury_s_rules_are_laid_over_the_rule_set_s(self, tmp_path: Path) -> None:
        own = (
            '[jury]\nquorum = 4\nvoting = "closed"\nmajority = "absolute"\ncasting_vote = "falls"\n'
            'sits_out = "entry"\nmethod = "schulze"\njav_rules = ["own-unit"]\nshare = true\n'
            "[jury.awards]\ndefault = 2\nskola = 0\n"
        )
        edition = edition_of(tmp_path, own)
        assert edition.rules.settings.jury == JuryRules(
            4,
            Voting.CLOSED,
            Majority.ABSOLUTE,
            CastingVote.FALLS,
            SitsOut.ENTRY,
            "schulze",
            ("own-unit",),
            may_share=True,
            awards={"": 2, "skola": 0},
        )
        names = "awards casting_vote jav_rules majority method quorum share sits_out voting"
        assert edition.changes == tuple(f"jury.{name}" for name in names.split())

    def test_a_jury_that_says_what_holds_anyway_changes_nothing(self, tmp_path: Path) -> None:
        own = '[jury]\nquorum = "more-than-half"\nvoting = "open"\nawards = { default = 1 }\n'
        assert edition_of(tmp_path, own).changes == ()

    def test_an_edition_may_go_back_to_more_than_half(self, tmp_path: Path) -> None:
        rules = (
            'name = "own"\ntitle = "Egen"\nyear = 2025\n'
            'classes = [{ id = "a", title = "A", kind = "other" }]\n'
            '[[areas]]\nid = "x"\nlabel = "X"\nweight = 100\n'
            'questions = [{ id = "1", label = "L", weight = 100, rubric = "approach" }]\n'
            "[jury]\nquorum = 3\nshare = true\nawards = { a = 2, default = 3 }\n"
        )
        (tmp_path / "own.toml").write_text(rules, "utf-8")
        head = 'rules = "own.toml"\nyear = 2025\n'
        jury = edition_of(tmp_path, head=head).rules.settings.jury
        assert (jury.quorum, jury.may_share, jury.awards) == (3, True, {"a": 2, "": 3})
        own = '[jury]\nquorum = "more-than-half"\nshare = false\nawards = { a = 0 }\n'
        jury = edition_of(tmp_path, own, head).rules.settings.jury
        assert (jury.quorum, jury.may_share, jury.awards) == (None, False, {"a": 0, "": 3})

    @pytest.mark.parametrize(
        ("own", "said"),
        [
            ("quorum = 0", "quorum: 0 is outside 1–100"),
            ("quorum = 101", "quorum: 101 is outside 1–100"),
            (
                'quorum = "half"',
                'quorum: the text "half" stands where one of more-than-half was expected',
            ),
            ("awards = { default = -1 }", "awards.default: -1 is outside 0–100"),
            (
                "awards = { skolan = 1 }",
                'awards.skolan: no class has the id "skolan" (did you mean skola?)',
            ),
            (
                'jav_rules = ["own-unit", "own-unit"]',
                "jav_rules: the jäv rule own-unit stands twice",
            ),
            ('method = " "', "method: the text is empty"),
            ("sharing = true", "sharing: the key sharing is unknown (did you mean share?)"),
        ],
    )
    def test_a_rule_of_the_jury_that_cannot_be_is_a_fault(
        self, tmp_path: Path, own: str, said: str
    ) -> None:
        assert faults_of(tmp_path, f"[jury]\n{own}\n") == [f"edition.toml:4: jury.{said}"]

    def test_to_derive_no_jav_is_a_warning(self, tmp_path: Path) -> None:
        edition, log = read(tmp_path, HEAD + "[jury]\njav_rules = []\n")
        assert edition is not None
        assert edition.rules.settings.jury.jav_rules == ()
        assert log.faults == []
        assert [str(warning) for warning in log.warnings] == [
            "edition.toml:4: jury.jav_rules: no jäv is derived: only what is declared keeps anyone"
            " out"
        ]


class TestOverrides:
    OWN = (
        '[[overrides]]\nentry = "F2"\nrule = "D25-04"\nby = "NN"\nreason = "Ett\\nTvå"\n'
        '[[overrides]]\nentry = "F1"\nrule = "D25-03"\nby = "NN"\nreason = "R"\n'
    )

    def test_they_are_sorted_by_entry_and_rule_with_their_lines(self, tmp_path: Path) -> None:
        overrides = edition_of(tmp_path, self.OWN).overrides
        assert overrides == (
            Override("F1", "D25-03", "NN", "R"),
            Override("F2", "D25-04", "NN", "Ett\nTvå"),
        )
        assert overrides[0].source == Source("edition.toml", 8, "overrides[2]")

    def test_the_same_twice_is_a_fault(self, tmp_path: Path) -> None:
        shown = faults_of(tmp_path, self.OWN + self.OWN)
        assert shown == [
            "edition.toml:13: overrides[3]: D25-04 is set aside twice for F2",
            "edition.toml:18: overrides[4]: D25-03 is set aside twice for F1",
        ]

    @pytest.mark.parametrize("rule", ["E25-01", "X"])
    def test_only_some_rules_may_be_set_aside(self, tmp_path: Path, rule: str) -> None:
        assert faults_of(tmp_path, self.OWN.replace("D25-03", rule)) == [
            f'edition.toml:10: overrides[2].rule: "{rule}" is no rule that may be set aside'
            " (these may be: D25-03, D25-04)"
        ]

    def test_a_reason_must_be_given(self, tmp_path: Path) -> None:
        assert faults_of(tmp_path, self.OWN.replace('"R"', '" "')) == [
            "edition.toml:12: overrides[2].reason: the text is empty"
        ]

    def test_an_override_of_a_rule_that_is_switched_off_is_a_warning(self, tmp_path: Path) -> None:
        off = "[eligibility.D25-03]\nenabled = false\n"
        edition, log = read(tmp_path, HEAD + off + self.OWN)
        assert edition is not None
        assert len(edition.overrides) == 2
        assert [str(warning) for warning in log.warnings] == [
            "edition.toml:12: overrides[2].rule: D25-03 is switched off,"
            " so to set it aside has no effect"
        ]


class TestUnusable:
    def test_an_absent_file_is_a_fault(self, tmp_path: Path) -> None:
        log = InputLog()
        assert read_edition_file(tmp_path, log) is None
        assert [str(fault) for fault in log.faults] == ["edition.toml: the file is missing"]

    def test_missing_keys_are_named(self, tmp_path: Path) -> None:
        edition, log = read(tmp_path, "")
        assert edition is None
        assert [str(fault) for fault in log.faults] == [
            "edition.toml: rules: the key rules is missing",
            "edition.toml: year: the key year is missing",
        ]

    def test_an_unknown_rule_set_is_a_fault_at_the_key(self, tmp_path: Path) -> None:
        edition, log = read(tmp_path, 'rules = "stockholm-2052"\nyear = 2025\ntitle = ""\n')
        assert edition is None
        assert [str(fault) for fault in log.faults] == [
            'edition.toml:1: rules: no rule set is called "stockholm-2052"'
            " (did you mean stockholm-2025?)",
            "edition.toml:3: title: the text is empty",
        ]

    def test_an_unknown_table_is_told_the_nearest(self, tmp_path: Path) -> None:
        assert faults_of(tmp_path, "[calibraton]\n") == [
            "edition.toml:3: calibraton: the key calibraton is unknown (did you mean calibration?)"
        ]
