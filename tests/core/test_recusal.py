"""Jäv of jurors and examiners: declared, derived by rules, and how far it reaches."""

from datetime import date

import attrs
import pytest

from kvaljury.core.model import Edition, Examiner, Jav, JavGround, JavRule, Organisation, Person
from kvaljury.core.model.jury import Declaration, JavSource, SitsOut
from kvaljury.core.recusal import (
    DECLARED,
    find_ground,
    jav_of_jurors,
    who_sits_out,
    with_derived_jav,
)
from kvaljury.errors import PluginFault, Text
from kvaljury.registry import load_plugins
from tests.core.jury_examples import ENTRIES, ORGANISATION, juror

RULES = tuple(
    value
    for (hook, name), value in sorted(load_plugins(entry_points=False).values.items())
    if hook == "kvaljury_jav_rules"
)
REASON = Text("because", sv="därför")


def found_of(*jurors, rules=RULES, organisation=ORGANISATION):
    findings = jav_of_jurors(jurors, ENTRIES, organisation, rules)
    return [(one.person, one.entry, one.rule, one.ground) for one in findings]


class TestJurors:
    def test_a_head_has_jav_for_the_units_under_the_administration(self):
        assert found_of(juror("J3")) == [
            ("J3", "F02", "head-of-administration", "KL 6:28 5"),
            ("J3", "F03", "head-of-administration", "KL 6:28 5"),
        ]

    def test_who_works_at_a_unit_and_who_answered_the_basic_control_have_jav(self):
        assert found_of(juror("J4"), juror("J5")) == [
            ("J4", "F01", "own-unit", "KL 6:28 1"),
            ("J5", "F01", "basic-control", "KL 6:28 5"),
        ]

    def test_a_juror_is_found_under_the_id_of_the_person(self):
        (found,) = found_of(juror("J9", person="P1"))
        assert found == ("J9", "F01", "head-of-administration", "KL 6:28 5")
        assert found_of(juror("J9")) == []

    def test_a_jurors_own_organisation_counts_where_no_other_is_listed(self):
        assert found_of(juror("J9", organisation="north")) == [
            ("J9", "F01", "same-administration", "KL 6:28 5")
        ]
        listed = Organisation(persons=(Person("J9", administration="South"),))
        assert found_of(juror("J9", organisation="North"), organisation=listed) == [
            ("J9", "F02", "same-administration", "KL 6:28 5")
        ]

    def test_rules_are_told_the_jurors_name(self):
        seen = []
        rule = JavRule("seen", lambda person, entry, organisation: seen.append(person))
        found_of(juror("J4"), rules=[rule])
        assert seen[0] == Person("J4", "Juror J4", ("F01",))

    def test_what_is_declared_is_told_with_its_ground_and_how_it_is_known(self):
        one = juror(
            "J9",
            declared=(
                Declaration("F02", "närstående", date(2025, 11, 4)),
                Declaration("F01", "KL 6:28 1"),
                Declaration("gone", "KL 6:28 1"),
            ),
        )
        first, second = jav_of_jurors([one], ENTRIES, ORGANISATION, ())
        assert (first.entry, first.rule, first.known) == ("F01", DECLARED, JavSource.DECLARED)
        assert (second.entry, second.known) == ("F02", JavSource.FOUND_LATER)
        assert str(second.reason) == "declared: närstående"

    def test_findings_are_sorted_whatever_the_order_of_jurors_and_entries(self):
        jurors = [juror("J5"), juror("J3"), juror("J4")]
        there = jav_of_jurors(jurors, ENTRIES, ORGANISATION, RULES)
        back = jav_of_jurors(jurors[::-1], ENTRIES[::-1], ORGANISATION, RULES[::-1])
        assert there == back
        assert [one.person for one in there] == ["J3", "J3", "J4", "J5"]

    def test_several_reasons_of_one_pair_are_all_told(self):
        one = juror("J3", declared=(Declaration("F02", "KL 6:28 1"),))
        assert [rule for _, entry, rule, _ in found_of(one) if entry == "F02"] == [
            "declared",
            "head-of-administration",
        ]


def broken(*arguments):
    raise KeyError("administration")


class TestRulesAtFault:
    @pytest.mark.parametrize(
        "answer",
        [
            False,
            True,
            "KL 6:28 5",
            JavGround("", REASON),
            JavGround(" ", REASON),
            JavGround(5, REASON),
            JavGround("KL 6:28 5", "because"),
            JavGround("KL 6:28 5", Text("")),
            JavGround("KL 6:28 5", Text("{who} leads")),
            (JavGround("KL 6:28 5", REASON),),
        ],
    )
    def test_an_answer_that_is_no_ground_is_never_taken_for_no_jav(self, answer):
        rule = JavRule("odd", lambda *_: answer)
        with pytest.raises(PluginFault, match="The jäv rule odd answered with") as caught:
            find_ground(rule, Person("J1"), ENTRIES[0], ORGANISATION)
        assert (caught.value.code, caught.value.plugin) == ("plugin-wrong-answer", "jav-rule odd")
        assert caught.value.exit_code == 4

    def test_a_rule_that_fails_stops_everything_and_is_named(self):
        with pytest.raises(PluginFault, match="The jäv rule odd failed: KeyError") as caught:
            found_of(juror("J1"), rules=[JavRule("odd", broken)])
        assert (caught.value.code, caught.value.plugin) == ("plugin-failed", "jav-rule odd")

    def test_a_ground_and_none_are_passed_on(self):
        ground = JavGround("KL 6:28 5", REASON)
        assert find_ground(JavRule("a", lambda *_: ground), Person("J1"), *_case()) is ground
        assert find_ground(JavRule("a", lambda *_: None), Person("J1"), *_case()) is None


def _case():
    return ENTRIES[0], ORGANISATION


class TestExaminers:
    def edition(self, build, *examiners):
        return attrs.evolve(build.edition(("F01",)), entries=ENTRIES, examiners=examiners)

    def test_derived_jav_is_added_to_what_is_declared(self, build):
        known = Examiner("J4", jav=(Jav("F02", "närstående"),))
        edition, found = with_derived_jav(self.edition(build, known), ORGANISATION, RULES)
        assert isinstance(edition, Edition)
        assert edition.examiners[0].jav == (Jav("F02", "närstående"), Jav("F01", "KL 6:28 1"))
        assert [(one.person, one.entry, one.rule) for one in found] == [("J4", "F01", "own-unit")]

    def test_what_is_declared_already_stands_as_it_was_declared(self, build):
        known = Examiner("J4", jav=(Jav("F01", "närstående"),))
        edition, found = with_derived_jav(self.edition(build, known), ORGANISATION, RULES)
        assert edition.examiners == (known,)
        assert found == ()

    def test_the_first_rule_that_finds_a_ground_gives_it(self, build):
        rules = [JavRule(n, lambda *_, n=n: JavGround(n, REASON)) for n in ("first", "second")]
        edition, found = with_derived_jav(self.edition(build, Examiner("E9")), ORGANISATION, rules)
        assert edition.examiners[0].jav == tuple(Jav(e.id, "first") for e in ENTRIES)
        assert [one.rule for one in found] == ["first"] * 3

    def test_an_examiners_administration_comes_from_teams_or_organisation(self, build):
        own = (Examiner("E9", administration="South"), Examiner("E1", administration="North"))
        _, found = with_derived_jav(self.edition(build, *own), ORGANISATION, RULES)
        assert [(one.person, one.entry) for one in found] == [
            ("E1", "F02"),
            ("E1", "F03"),
            ("E9", "F02"),
            ("E9", "F03"),
        ]

    def test_rules_are_told_the_examiners_name(self, build):
        seen = []
        rule = JavRule("seen", lambda person, *_: seen.append(person.name))
        organisation = Organisation(persons=(Person("E2", "Listed"),))
        examiners = (Examiner("E1", "Own"), Examiner("E2", "Own"))
        with_derived_jav(self.edition(build, *examiners), organisation, [rule])
        assert seen == ["Own"] * 3 + ["Listed"] * 3


NOMINEES = {"skola": {"F01", "F02"}, "andra": {"F03"}}


class TestReach:
    def findings(self):
        return jav_of_jurors([juror("J4"), juror("J3")], ENTRIES, ORGANISATION, RULES)

    def test_by_default_jav_for_one_nominee_reaches_the_whole_class(self):
        out = who_sits_out(self.findings(), NOMINEES, SitsOut.CLASS)
        both, one = frozenset({"J3", "J4"}), frozenset({"J3"})
        assert out == {
            ("skola", ""): both,
            ("skola", "F01"): both,
            ("skola", "F02"): both,
            ("andra", ""): one,
            ("andra", "F03"): one,
        }

    def test_an_edition_may_keep_it_to_the_entry_but_for_the_class_as_a_whole(self):
        out = who_sits_out(self.findings(), NOMINEES, SitsOut.ENTRY)
        assert out["skola", "F01"] == {"J4"}
        assert out["skola", "F02"] == {"J3"}
        assert out["skola", ""] == {"J3", "J4"}

    def test_jav_for_an_entry_that_is_not_up_keeps_nobody_out(self):
        out = who_sits_out(self.findings(), {"skola": {"F09"}, "tom": set()}, SitsOut.CLASS)
        assert out == {("skola", ""): set(), ("skola", "F09"): set(), ("tom", ""): set()}
