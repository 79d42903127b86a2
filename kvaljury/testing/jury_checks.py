"""What kvaljury relies on in jäv rules and voting methods, tried on made-up juries."""

from __future__ import annotations

from kvaljury.core.model import (
    Entry,
    Grades,
    JavGround,
    JavRule,
    Organisation,
    Person,
    Tally,
    VotingMethod,
)
from kvaljury.core.recusal import find_ground
from kvaljury.core.tallying import tally_grades
from kvaljury.errors import PluginFault
from kvaljury.registry.contents import fault_in
from kvaljury.testing.jury_samples import (
    STRANGER,
    backwards,
    renamed,
    sample_cases,
    sample_grades,
)


def check_jav_rule(rule: JavRule) -> None:
    """Hold a jäv rule to its contract, over persons with every tie to a unit and without any.

    Args:
        rule: what a plugin offers.

    Raises:
        AssertionError: unless the answer is None or a JavGround with a ground and a reason, the
            same each time and in whatever order the organisation is listed, and None for a
            stranger to the organisation.
    """
    _check_offer(rule, JavRule)
    for person, entry, organisation in sample_cases():
        found = _find(rule, person, entry, organisation)
        _demand(
            _find(rule, person, entry, organisation) == found,
            "the same person and entry gave another answer",
        )
        other = _find(rule, person, entry, backwards(organisation))
        _demand(
            (other is None) == (found is None),
            f"the answer for {person} depends on the order in which administrations are listed",
        )
        _demand(
            found is None or person is not STRANGER,
            f"jäv is found of {person}, of whom nothing is known",
        )


def check_voting_method(method: VotingMethod) -> None:
    """Hold a voting method to its contract, on cycles, ties, abstentions and drawn grades.

    Args:
        method: what a plugin offers.

    Raises:
        AssertionError: unless the answer is a Tally with every nominee in one tier, the same each
            time, whatever the order of ballots and nominees and whatever nominees are called, so
            that ties are told and not broken; and the grades are left alone.
    """
    _check_offer(method, VotingMethod)
    for grades in sample_grades():
        tally = _tally(method, grades)
        _demand(_tally(method, grades) == tally, f"{grades} gave another tally")
        turned = Grades(grades.nominees, grades.levels, grades.ballots[::-1])
        _demand(
            _tally(method, turned) == tally, f"the order of ballots decides for {grades.ballots}"
        )
        other, names = renamed(grades)
        expected = tuple(tuple(sorted(names[n] for n in tier)) for tier in tally.tiers)
        _demand(
            _tally(method, other).tiers == expected,
            f"names or the order of nominees decide for {grades.ballots}",
        )


def _find(
    rule: JavRule, person: Person, entry: Entry, organisation: Organisation
) -> JavGround | None:
    try:
        return find_ground(rule, person, entry, organisation)
    except PluginFault as fault:
        given = f"{person}, {entry.id} and {organisation}"
        raise AssertionError(f"{fault.message} for {given}") from fault


def _tally(method: VotingMethod, grades: Grades) -> Tally:
    try:
        return tally_grades(method, grades)
    except PluginFault as fault:
        raise AssertionError(f"{fault.message} for {grades}") from fault


def _check_offer(offered: JavRule | VotingMethod, kind: type) -> None:
    _demand(type(offered) is kind, f"expected a {kind.__name__}, not {type(offered).__name__}")
    fault = fault_in(offered)
    _demand(fault is None, f"{offered.name}: {fault}")


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise AssertionError(otherwise)
