"""Who may not handle what: declared jäv and what follows from who leads what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

import attrs

from kvaljury.core.asking import asking, is_sound_text
from kvaljury.core.model import Edition, Entry, Examiner, Jav
from kvaljury.core.model.jury import (
    Declaration,
    JavFinding,
    JavGround,
    JavRule,
    JavSource,
    Juror,
    Organisation,
    Person,
    SitsOut,
)
from kvaljury.errors import PluginFault, Text

DECLARED = "declared"


def jav_of_jurors(
    jurors: Iterable[Juror],
    entries: Sequence[Entry],
    organisation: Organisation,
    rules: Sequence[JavRule],
) -> tuple[JavFinding, ...]:
    """Gather every jäv of jurors towards entries, declared and derived.

    Args:
        jurors: members and substitutes.
        entries: those that may come up.
        organisation: who leads what.
        rules: by which jäv is derived.

    Returns:
        Findings sorted by person, entry and rule; there may be several of one pair.

    Raises:
        PluginFault: if a rule fails or answers with what is no ground: it is never taken for no
            jäv.
    """
    known = {entry.id for entry in entries}
    found: list[JavFinding] = []
    for juror in jurors:
        found += [_declared(juror.id, one) for one in juror.declared if one.entry in known]
        person = _juror_as_person(juror, organisation)
        found += _derived(juror.id, person, entries, organisation, rules)
    return tuple(sorted(found, key=lambda one: (one.person, one.entry, one.rule, one.ground)))


def with_derived_jav(
    edition: Edition, organisation: Organisation, rules: Sequence[JavRule]
) -> tuple[Edition, tuple[JavFinding, ...]]:
    """Add to the examiners' declared jäv what follows from who leads what.

    Args:
        edition: with examiners and entries.
        organisation: who leads what.
        rules: by which jäv is derived.

    Returns:
        The edition, whose marks under jäv are then left out like those under declared jäv, and
        what was derived.
    """
    found: list[JavFinding] = []
    examiners = []
    for examiner in edition.examiners:
        derived = _derived(
            examiner.id, _person(examiner, organisation), edition.entries, organisation, rules
        )
        declared = {jav.entry for jav in examiner.jav}
        new = {one.entry: one for one in reversed(derived) if one.entry not in declared}
        found += new.values()
        added = tuple(Jav(entry, new[entry].ground) for entry in sorted(new))
        examiners.append(attrs.evolve(examiner, jav=examiner.jav + added))
    ordered = sorted(found, key=lambda one: (one.person, one.entry))
    return attrs.evolve(edition, examiners=tuple(examiners)), tuple(ordered)


def who_sits_out(
    findings: Iterable[JavFinding], nominees: Mapping[str, AbstractSet[str]], reach: SitsOut
) -> dict[tuple[str, str], frozenset[str]]:
    """Tell who stays away from which item.

    Args:
        findings: jäv of jurors.
        nominees: ids of the entries that are up in each class.
        reach: whether jäv for one nominee keeps a juror out of the whole class.

    Returns:
        Ids of jurors by class and entry; the entry ``""`` is the class as a whole, that is, the
        question whether anyone gets the award, which every jäv in the class keeps one out of.
    """
    by_entry: dict[str, set[str]] = {}
    for finding in findings:
        by_entry.setdefault(finding.entry, set()).add(finding.person)
    out = {}
    for class_id, entries in nominees.items():
        whole = frozenset().union(*(by_entry.get(entry, ()) for entry in entries))
        out[class_id, ""] = whole
        for entry in entries:
            own = frozenset(by_entry.get(entry, ()))
            out[class_id, entry] = whole if reach is SitsOut.CLASS else own
    return out


def find_ground(
    rule: JavRule, person: Person, entry: Entry, organisation: Organisation
) -> JavGround | None:
    """Ask a rule whether a person has jäv for an entry.

    Args:
        rule: what a plugin offers.
        person: a juror or an examiner.
        entry: that may come up.
        organisation: who leads what.

    Returns:
        The ground, or None where the rule finds none.

    Raises:
        PluginFault: if the rule fails, or answers with anything else.
    """

    def failed(said: str) -> Text:
        return Text("The jäv rule {name} failed: {error}", name=rule.name, error=said)

    plugin = f"jav-rule {rule.name}"
    with asking(plugin, failed):
        found: object = rule.find(person, entry, organisation)
        is_sound = found is None or _is_ground(found)
    if is_sound:
        return found  # type: ignore[return-value]  # _is_ground has told
    message = Text(
        "The jäv rule {name} answered with what is neither a JavGround with a ground and a"
        " reason, nor None",
        name=rule.name,
    )
    raise PluginFault(message, code="plugin-wrong-answer", plugin=plugin)


def _is_ground(found: object) -> bool:
    return (
        type(found) is JavGround
        and type(found.ground) is str
        and bool(found.ground.strip())
        and is_sound_text(found.reason)
        and bool(str(found.reason).strip())
    )


def _juror_as_person(juror: Juror, organisation: Organisation) -> Person:
    person = organisation.person(juror.person or juror.id)
    administration = person.administration or juror.organisation
    return attrs.evolve(person, name=juror.name, administration=administration)


def _person(examiner: Examiner, organisation: Organisation) -> Person:
    person = organisation.person(examiner.id)
    administration = person.administration or examiner.administration
    return attrs.evolve(person, name=person.name or examiner.name, administration=administration)


def _declared(person: str, one: Declaration) -> JavFinding:
    reason = Text("declared: {ground}", ground=one.ground)
    known = JavSource.FOUND_LATER if one.on else JavSource.DECLARED
    return JavFinding(person, one.entry, DECLARED, one.ground, reason, known, one.source)


def _derived(
    name: str,
    person: Person,
    entries: Sequence[Entry],
    organisation: Organisation,
    rules: Sequence[JavRule],
) -> list[JavFinding]:
    return [
        JavFinding(name, entry.id, rule.name, found.ground, found.reason)
        for entry in entries
        for rule in rules
        if (found := find_ground(rule, person, entry, organisation)) is not None
    ]
