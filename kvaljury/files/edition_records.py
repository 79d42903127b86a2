"""What edition.toml may hold: one attrs class a table."""

from __future__ import annotations

from fractions import Fraction

import attrs

from kvaljury.files.rule_records import ClassRecord, DeadlineRecord, SettingsRecord


@attrs.frozen
class WeightsRecord:
    """The table [weights]: percent by id at each level, in place of the rule set's."""

    areas: dict[str, Fraction] = attrs.field(factory=dict)
    questions: dict[str, Fraction] = attrs.field(factory=dict)
    leaves: dict[str, Fraction] = attrs.field(factory=dict)


@attrs.frozen
class RubricsRecord:
    """The table [rubrics]: leaf before area before default before the rule set's own."""

    default: str | None = None
    areas: dict[str, str] = attrs.field(factory=dict)
    leaves: dict[str, str] = attrs.field(factory=dict)


@attrs.frozen
class OverrideRecord:
    """A table [[overrides]]: a rule set aside for an entry."""

    entry: str
    rule: str
    by: str
    reason: str


@attrs.frozen(kw_only=True)
class EditionRecord(SettingsRecord):
    """A whole edition.toml."""

    rules: str
    year: int
    title: str | None = None
    plugins: str | None = None
    classes: tuple[ClassRecord, ...] | None = None
    weights: WeightsRecord = attrs.field(factory=WeightsRecord)
    rubrics: RubricsRecord = attrs.field(factory=RubricsRecord)
    eligibility: dict[str, dict[str, object]] = attrs.field(factory=dict)
    overrides: tuple[OverrideRecord, ...] = ()
    deadlines: tuple[DeadlineRecord, ...] = ()
