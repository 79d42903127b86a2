"""The eligibility rules of an edition: the rule set's with the edition's [eligibility]."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import attrs

from kvaljury.core.model import EligibilityUse, Moment, Override, RuleSet, Stage
from kvaljury.errors import Text
from kvaljury.files.edition_records import EditionRecord
from kvaljury.files.eligibility_parameters import (
    DEADLINE,
    UnfitParameter,
    overriding_parameter,
)
from kvaljury.files.nearest import nearest_hint
from kvaljury.files.strict_structure import Refused, structure_value
from kvaljury.files.value_checks import Checks

_TABLE = "eligibility"


def with_own_eligibility(
    rules: RuleSet, record: EditionRecord, checks: Checks
) -> tuple[EligibilityUse, ...]:
    """Lay an edition's [eligibility] over the rules of its rule set.

    Args:
        rules: the rule set.
        record: the edition's file.
        checks: of that file; gets unknown rules and parameters, and fixed dates of another year.

    Returns:
        The rules in use; one that the edition switches off is left out.
    """
    known = [use.id for use in rules.eligibility]
    for name in record.eligibility:
        if name not in known:
            message = Text('no rule has the id "{id}"', id=name)
            checks.fault("unknown-id", (_TABLE, name), message, nearest_hint(name, known))
    uses = [_with_own(use, record.eligibility.get(use.id, {}), checks) for use in rules.eligibility]
    in_use = tuple(use for use in uses if use is not None)
    for use in in_use:
        _check_year(use, record, checks)
    return in_use


def eligibility_changes(
    before: tuple[EligibilityUse, ...], after: tuple[EligibilityUse, ...]
) -> list[str]:
    """Give the dotted keys of [eligibility] that make a difference to the rule set."""
    by_id = {use.id: use for use in after}
    keys = []
    for use in before:
        own = by_id.get(use.id)
        if own is None:
            keys.append(f"{_TABLE}.{use.id}.enabled")
            continue
        changed = [name for name, value in own.parameters.items() if value != use.parameters[name]]
        keys += [f"{_TABLE}.{use.id}.{name}" for name in changed]
        keys += [f"{_TABLE}.{use.id}.stages"] if own.stages != use.stages else []
    return keys


def own_overrides(
    rules: RuleSet, uses: tuple[EligibilityUse, ...], record: EditionRecord, checks: Checks
) -> tuple[Override, ...]:
    """Make values of [[overrides]], each for a rule that a named person may set aside.

    Args:
        rules: the rule set.
        uses: the rules in use; to set another one aside has no effect, and is a warning.
        record: the edition's file.
        checks: of that file.

    Returns:
        Sorted by entry and rule; whether the entry exists is for the reader of entries.
    """
    overridable = {use.id: use.overridable for use in rules.eligibility}
    in_use = {use.id for use in uses}
    made: dict[tuple[str, str], Override] = {}
    for index, item in enumerate(record.overrides):
        path = ("overrides", index)
        if not overridable.get(item.rule):
            checks.fault(
                "not-overridable",
                (*path, "rule"),
                Text('"{rule}" is no rule that may be set aside', rule=item.rule),
                Text(
                    "these may be: {rules}",
                    rules=", ".join(sorted(name for name, may in overridable.items() if may)),
                ),
            )
        elif (item.entry, item.rule) in made:
            message = Text(
                "{rule} is set aside twice for {entry}", rule=item.rule, entry=item.entry
            )
            checks.fault("same-override", path, message)
        else:
            made[item.entry, item.rule] = Override(
                item.entry, item.rule, item.by, item.reason, checks.source(*path)
            )
            if item.rule not in in_use:
                message = Text(
                    "{rule} is switched off, so to set it aside has no effect", rule=item.rule
                )
                checks.warn("idle-override", (*path, "rule"), message)
    return tuple(made[key] for key in sorted(made))


def _with_own(
    use: EligibilityUse, table: Mapping[str, object], checks: Checks
) -> EligibilityUse | None:
    parameters, stages, enabled = dict(use.parameters), use.stages, True
    for key, value in table.items():
        path = (_TABLE, use.id, key)
        try:
            if key == "enabled":
                enabled = structure_value(value, bool)
            elif key == "stages":
                stages = structure_value(value, tuple[Stage, ...])
                checks.stages(path, stages)
            elif key in use.parameters:
                parameters[key] = overriding_parameter(key, value, use.parameters[key])
            else:
                hint = nearest_hint(key, [*use.parameters, "stages", "enabled"])
                message = Text("{rule} has no parameter {key}", rule=use.id, key=key)
                checks.fault("unknown-key", path, message, hint)
        except (UnfitParameter, Refused) as unfit:
            checks.fault("wrong-value", path, unfit.message, unfit.hint)
    ordered = tuple(stage for stage in Stage if stage in stages)
    return attrs.evolve(use, parameters=parameters, stages=ordered) if enabled else None


def _check_year(use: EligibilityUse, record: EditionRecord, checks: Checks) -> None:
    deadline = use.parameters.get(DEADLINE)
    last_day = _last_day(deadline) if isinstance(deadline, Moment) else None
    if last_day is None or last_day.year == record.year:
        return
    path = (_TABLE, use.id, DEADLINE)
    shown = last_day.isoformat()
    if DEADLINE in record.eligibility.get(use.id, {}):
        message = Text(
            "{date} lies in another year than the edition, {year}", date=shown, year=record.year
        )
        checks.warn("another-year", path, message)
        return
    message = Text(
        "the deadline of {rule}, {date}, is of another year than the edition, {year}",
        rule=use.id,
        date=shown,
        year=record.year,
    )
    hint = Text(
        'add [eligibility.{rule}] with deadline = "{year}-MM-DD", or enabled = false',
        rule=use.id,
        year=record.year,
    )
    checks.fault("another-year", ("year",), message, hint)


def _last_day(deadline: Moment) -> date:
    """Give the day on which a deadline runs out, for 24.00 the day that it ends."""
    return (deadline.at - timedelta(microseconds=not deadline.whole_day)).date()
