"""jury.toml is read whole: members, substitutes, declared jäv, and rules over the edition's."""

from datetime import date

import pytest

from kvaljury.core.model import Administration, JuryRules, Organisation, Person
from kvaljury.core.model.jury import Declaration, Juror, Role
from kvaljury.core.model.jury_rules import CastingVote, Majority, SitsOut, Voting
from kvaljury.files.jury import read_jury
from kvaljury.files.log import InputLog

CHAIR = '[[members]]\nid = "J1"\nname = "Kim Exempel"\nrole = "chair"\n'
GOOD = (
    CHAIR
    + """\
organisation = "Stadsledningskontoret"

[[members]]
id = "J2"
name = "Åke Prov"
person = "P7"
jav = [{ entry = "F01", ground = "KL 6:28 1" }, { entry = "S01", ground = "vän", on = 2025-11-03 }]

[[members]]
id = "J3"
name = "Eva Prov"
role = "substitute"
substitute_for = ["J2"]
"""
)


@pytest.fixture
def read(write, edition, classes, log):
    def read_text(text, rules=JuryRules(), organisation=None):  # noqa: B008  # frozen
        folder = write({"jury.toml": text})
        return read_jury(folder, edition.entries, classes, rules, log, organisation=organisation)

    return read_text


def test_members_are_read_in_their_order_with_their_jav(read, log):
    jury = read(GOOD)
    assert jury.jurors == (
        Juror("J1", "Kim Exempel", Role.CHAIR, "Stadsledningskontoret"),
        Juror(
            "J2",
            "Åke Prov",
            person="P7",
            declared=(
                Declaration("F01", "KL 6:28 1"),
                Declaration("S01", "vän", date(2025, 11, 3)),
            ),
        ),
        Juror("J3", "Eva Prov", Role.SUBSTITUTE, substitute_for=("J2",)),
    )
    assert [member.id for member in jury.members] == ["J1", "J2"]
    assert jury.rules == JuryRules()
    assert log.faults == log.warnings == []
    assert list(log.hashes) == ["jury.toml"]
    assert str(jury.jurors[1].source) == "jury.toml:7: members[2]"
    assert str(jury.jurors[1].declared[1].source) == "jury.toml:11: members[2].jav[2]"


def test_without_the_file_there_is_no_jury_and_no_fault(write, edition, classes, log):
    assert read_jury(write({}), edition.entries, classes, JuryRules(), log) is None
    assert log == InputLog()


def test_the_rules_of_the_file_go_before_the_editions(read):
    own = (
        '[rules]\nquorum = 1\nvoting = "closed"\nmajority = "absolute"\ncasting_vote = "falls"\n'
        'sits_out = "entry"\nmethod = "borda"\njav_rules = ["own-unit"]\nshare = true\n'
        "awards = { default = 2, skola = 0 }\n"
    )
    edition = JuryRules(quorum=2, method="schulze", awards={"": 1, "andra": 3})
    assert read(own + CHAIR, edition).rules == JuryRules(
        1,
        Voting.CLOSED,
        Majority.ABSOLUTE,
        CastingVote.FALLS,
        SitsOut.ENTRY,
        "borda",
        ("own-unit",),
        may_share=True,
        awards={"": 2, "andra": 3, "skola": 0},
    )


def test_what_the_file_leaves_out_is_the_editions(read):
    edition = JuryRules(quorum=1, method="schulze", jav_rules=(), may_share=True)
    assert read('[rules]\nvoting = "closed"\n' + CHAIR, edition).rules == JuryRules(
        1, Voting.CLOSED, method="schulze", jav_rules=(), may_share=True
    )


def member(name, *lines):
    return "\n".join(["[[members]]", f'id = "{name}"', f'name = "N {name}"', *lines, ""])


FAULTS = [
    ("", "jury.toml: members: the jury has no chair (give exactly one member the role"),
    (member("J1"), "jury.toml:1: members: the jury has no chair (give exactly one member the role"),
    (
        CHAIR + member("J2", 'role = "chair"'),
        "jury.toml:8: members[2].role: there is a chair already on line 4",
    ),
    (CHAIR + member("j1"), "jury.toml:6: members[2].id: j1 stands already on line 2"),
    (
        CHAIR + member("Alla"),
        "jury.toml:6: members[2].id: the id Alla stands for everyone in votes.csv (choose another)",
    ),
    (
        CHAIR + member("all"),
        "jury.toml:6: members[2].id: the id all stands for everyone in votes.csv (choose another)",
    ),
    (CHAIR + member("Kim E"), 'jury.toml:6: members[2].id: the id "Kim E" has characters'),
    (CHAIR + member("J2", 'role = "ordförande"'), "jury.toml:8: members[2].role: the text "),
    (
        CHAIR + member("J2", 'substitute_for = ["J1"]'),
        "jury.toml:8: members[2].substitute_for: J2 is no substitute and stands in for nobody"
        ' (give the role "substitute")',
    ),
    (
        CHAIR + member("J2", 'role = "substitute"', 'substitute_for = ["J1", "J12"]'),
        "jury.toml:9: members[2].substitute_for[2]: no member who is not a substitute has the id"
        ' "J12" (did you mean J1?)',
    ),
    (
        CHAIR + member("J2", 'role = "substitute"', 'substitute_for = ["J2"]'),
        "jury.toml:9: members[2].substitute_for[1]: no member who is not a substitute has the id"
        ' "J2" (known: J1)',
    ),
    (
        CHAIR + 'jav = [{ entry = "F1", ground = "vän" }]\n',
        'jury.toml:5: members[1].jav[1].entry: the entry "F1" is unknown (did you mean F01?)',
    ),
    (
        CHAIR + 'jav = [{ entry = "F01", ground = " " }]\n',
        "jury.toml:5: members[1].jav[1].ground: the text is empty",
    ),
    (
        CHAIR + 'jav = [{ entry = "F01" }]\n',
        "jury.toml:5: members[1].jav[1].ground: the key ground is missing",
    ),
    (
        CHAIR + 'jav = [{ entry = "F01", ground = "vän", on = "2025-11-03" }]\n',
        'jury.toml:5: members[1].jav[1].on: the text "2025-11-03" stands where a date was expected',
    ),
    (
        CHAIR.replace("Kim Exempel", "Kim\\u0007"),
        "jury.toml:3: members[1].name: the text holds the",
    ),
    (CHAIR + 'rol = "chair"\n', "jury.toml:5: members[1].rol: the key rol is unknown"),
    (
        CHAIR.replace('name = "Kim Exempel"\n', ""),
        "jury.toml:1: members[1].name: the key name is missing",
    ),
    ("[rules]\nquorum = 0\n" + CHAIR, "jury.toml:2: rules.quorum: 0 is outside 1–100"),
    (
        "[rules]\nquorum = 2\n" + CHAIR,
        "jury.toml:2: rules.quorum: the quorum is 2, more than the members of the jury (1)",
    ),
    (
        "[rules.awards]\nskolan = 1\n" + CHAIR,
        'jury.toml:2: rules.awards.skolan: no class has the id "skolan" (did you mean skola?)',
    ),
    (
        '[rules]\njav_rules = ["a", "a"]\n' + CHAIR,
        "jury.toml:2: rules.jav_rules: the jäv rule a stands twice",
    ),
    (
        '[rules]\nmetod = "borda"\n' + CHAIR,
        "jury.toml:2: rules.metod: the key metod is unknown (did you mean method?)",
    ),
]


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case[1])
def test_a_fault_is_said_at_its_line_and_key(case, read, log):
    text, said = case
    read(text)
    assert [str(fault)[: len(said)] for fault in log.faults] == [said]


def test_all_faults_are_said_at_once(read, log):
    read("[rules]\nquorum = 0\n[rules.awards]\nx = 1\n" + member("all") + member("ALL"))
    assert [fault.code for fault in log.faults] == [
        "out-of-range",
        "unknown-id",
        "same-id",
        "reserved-id",
        "reserved-id",
        "no-chair",
    ]


def test_a_quorum_of_the_edition_is_held_against_the_members_too(read, log):
    read(CHAIR, JuryRules(quorum=5))
    assert [str(fault) for fault in log.faults] == [
        "jury.toml:1: members: the quorum is 5, more than the members of the jury (1)"
    ]


def test_to_derive_no_jav_is_a_warning(read, log):
    assert read("[rules]\njav_rules = []\n" + CHAIR).rules.jav_rules == ()
    assert [warning.code for warning in log.warnings] == ["no-jav-rules"]


@pytest.mark.parametrize("text", ["[[members", "members = 5\n", ""])
def test_what_is_no_jury_gives_none(read, log, text):
    assert read(text) is None
    assert log.faults


WHO = Organisation(
    (Administration("Farsta", heads=("P7",), basic_control=("J9",)),), (Person("J1"),)
)


def test_persons_whom_the_organisation_knows_are_no_fault(read, log):
    assert read(CHAIR + member("J2", 'person = "P7"') + member("J3"), organisation=WHO)
    assert log.faults == []


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            member("J2", 'person = "p7"'),
            'jury.toml:8: members[2].person: organisation.toml has no person "p7"'
            " (did you mean P7?)",
        ),
        (
            member("J2", 'person = "P77"'),
            'jury.toml:8: members[2].person: organisation.toml has no person "P77"'
            " (did you mean P7?)",
        ),
        (
            member("J2", 'person = "xyz"'),
            'jury.toml:8: members[2].person: organisation.toml has no person "xyz"',
        ),
        (
            member("j9"),
            'jury.toml:6: members[2].id: organisation.toml writes "J9" and not "j9"'
            " (write the id of a person one way)",
        ),
        (
            member("J9", 'person = "P7"'),
            "jury.toml:6: members[2].id: organisation.toml names J9 too, and the person given"
            " here is P7 (give the juror another id, or leave person out)",
        ),
    ],
)
def test_a_person_who_would_silently_have_no_jav_is_a_fault(read, log, lines, said):
    read(CHAIR + lines, organisation=WHO)
    assert [str(fault) for fault in log.faults] == [said]


def test_a_person_who_is_named_by_the_own_id_is_no_fault(read, log):
    read(CHAIR + member("J9", 'person = "J9"'), organisation=WHO)
    assert log.faults == []
