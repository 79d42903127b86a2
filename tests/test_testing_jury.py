"""The contract checks for juries pass what is sound and refuse each way of being unsound."""

import pytest

from kvaljury import Figure, Grades, JavGround, JavRule, Tally, Text, VotingMethod, testing, voting

LABEL = Text("Tried", sv="Provad")
REASON = Text("because", sv="därför")
GROUND = JavGround("KL 6:28 5", REASON)


def rule(find):
    return JavRule("tried", find)


def method(tally):
    return VotingMethod("tried", LABEL, tally)


def counted(answers):
    """Give one answer after the other, round and round."""
    calls = []

    def answer(*_):
        calls.append(1)
        return answers[len(calls) % len(answers)]

    return answer


def leads(person, entry, organisation):
    return GROUND if any(person.id in a.heads for a in organisation.administrations) else None


def leads_the_first(person, entry, organisation):
    return GROUND if person.id in [*_first_heads(organisation)] else None


def _first_heads(organisation):
    return next((a.heads for a in organisation.administrations), ())


@pytest.mark.parametrize("find", [leads, lambda *_: None])
def test_a_sound_jav_rule_passes(find):
    testing.check_jav_rule(rule(find))


@pytest.mark.parametrize(
    ("find", "said"),
    [
        (lambda *_: False, "neither a JavGround"),
        (lambda *_: "KL 6:28 5", "neither a JavGround"),
        (lambda *_: JavGround("", REASON), "neither a JavGround"),
        (lambda p, e, o: o.persons[9], "IndexError"),
        (lambda p, e, o: GROUND if p.administration.lower() else None, "AttributeError"),
        (lambda *_: GROUND, "of whom nothing is known"),
        (counted([None, GROUND, None]), "another answer"),
        (leads_the_first, "depends on the order"),
    ],
)
def test_an_unsound_jav_rule_is_refused(find, said):
    with pytest.raises(AssertionError, match=said):
        testing.check_jav_rule(rule(find))


def test_what_is_no_jav_rule_is_refused():
    with pytest.raises(AssertionError, match="expected a JavRule, not VotingMethod"):
        testing.check_jav_rule(method(voting.borda))
    with pytest.raises(AssertionError, match="Tried: its name"):
        testing.check_jav_rule(JavRule("Tried", leads))


def by_name(grades):
    return Tally(tuple((nominee,) for nominee in grades.nominees))


def by_first_ballot(grades):
    first = grades.ballots[0] if grades.ballots else (0,) * len(grades.nominees)
    keyed = {n: -1 if g is None else g for n, g in zip(grades.nominees, first, strict=True)}
    levels = sorted(set(keyed.values()), reverse=True)
    return Tally(tuple(tuple(n for n in keyed if keyed[n] == level) for level in levels))


def all_tied(grades):
    return Tally((grades.nominees,), notes=(Text("nobody is better"),))


@pytest.mark.parametrize("tally", [all_tied, voting.approval])
def test_a_sound_voting_method_passes(tally):
    testing.check_voting_method(method(tally))


@pytest.mark.parametrize(
    ("tally", "said"),
    [
        (by_name, "names or the order of nominees decide"),
        (by_first_ballot, "the order of ballots decides"),
        (lambda grades: grades.nominees, "no Tally"),
        (lambda grades: Tally((grades.nominees[:1],)), "exactly one tier"),
        (lambda grades: Tally(((*grades.nominees, ""),)), "exactly one tier"),
        (lambda g: Tally((g.nominees,), (Figure(LABEL, {}),)), "a figure"),
        (lambda grades: Tally((grades.nominees,), cycle=grades.nominees[:1]), "cycle"),
        (lambda grades: Tally((grades.nominees,), notes=("odd",)), "note"),
        (
            lambda grades: [sum(ballot) for ballot in grades.ballots] and all_tied(grades),
            "TypeError",
        ),
        (lambda grades: grades.ballots[0] and all_tied(grades), "IndexError"),
    ],
)
def test_an_unsound_voting_method_is_refused(tally, said):
    with pytest.raises(AssertionError, match=said):
        testing.check_voting_method(method(tally))


def test_a_method_that_changes_its_mind_is_refused():
    def tally(grades):
        return Tally((grades.nominees,), notes=answer())

    answer = counted([(), (Text("again"),)])
    with pytest.raises(AssertionError, match="gave another tally"):
        testing.check_voting_method(method(tally))


def test_what_is_no_voting_method_is_refused():
    with pytest.raises(AssertionError, match="expected a VotingMethod, not JavRule"):
        testing.check_voting_method(rule(leads))
    with pytest.raises(AssertionError, match="its label is no Text"):
        testing.check_voting_method(VotingMethod("tried", "Tried", all_tied))


def test_grades_cannot_be_changed_by_who_is_given_them():
    grades = Grades(("A",), (LABEL,), ((0,),))
    with pytest.raises(AttributeError):
        grades.ballots = ()
    assert hash(grades)
