"""Two rule sets to the list of what differs between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from fractions import Fraction
from functools import reduce

import attrs

from kvaljury.core.model import (
    EligibilityUse,
    Kind,
    Moment,
    Question,
    RuleSet,
    Settings,
    Stage,
)
from kvaljury.errors import Text

_WORDS = {
    Stage.PARTICIPATION: Text("participation"),
    Stage.AWARD: Text("award"),
    Stage.MENTION: Text("honourable mention"),
    Kind.PRESCHOOL: Text("preschool"),
    Kind.SCHOOL: Text("school"),
    Kind.OTHER: Text("other"),
    "result_previous_year": Text("last year's result"),
    "forecast_current_year": Text("this year's forecast"),
}
_UNSET = {"jury.quorum": Text("more than half of the members")}


@attrs.frozen
class Change:
    """One thing that differs.

    Attributes:
        section: ``areas``, ``questions``, ``leaves``, ``rubrics``, ``weights``, ``classes``,
            ``eligibility``, ``facts``, ``assumptions`` or ``settings``.
        key: what differs within the section, such as ``12a`` or ``employees.minimum``.
        before: what the first rule set has, or None where it has nothing.
        after: what the second one has, or None.
        sources: the lines of the instructions, first rule set first; those there are.
        label: the key in words, or None where the key is all there is.
    """

    section: str
    key: str
    before: Text | None
    after: Text | None
    sources: tuple[str, ...] = ()
    label: Text | None = attrs.field(default=None, eq=False)


@attrs.frozen
class _Item:
    shown: Text
    source: str = attrs.field(default="", eq=False)
    exact: Fraction | None = None  # what is shown may be rounded
    label: Text | None = attrs.field(default=None, eq=False)


def compare_rule_sets(a: RuleSet, b: RuleSet) -> tuple[Change, ...]:
    """Compare two rule sets.

    Eligibility rules are matched by the name of their plugin, whatever their ids; all else by
    id. Where a question or leaf stands in one rule set only, its weight and rubric are not
    listed apart.

    Args:
        a: the rule set before.
        b: the rule set after.

    Returns:
        What differs, by section and within it in the order of ``a``, then of ``b``; empty for
        equal rule sets.
    """
    return tuple(
        change
        for section, items, shared_only in _SECTIONS
        for change in _changes(section, items(a), items(b), shared_only)
    )


def _changes(
    section: str, before: Mapping[str, _Item], after: Mapping[str, _Item], shared_only: bool
) -> Iterator[Change]:
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if old == new or (shared_only and not (old and new)):
            continue
        yield Change(
            section,
            key,
            old.shown if old else None,
            new.shown if new else None,
            tuple(item.source for item in (old, new) if item and item.source),
            next((item.label for item in (new, old) if item), None),
        )


def _questions(rules: RuleSet) -> list[Question]:
    return [question for area in rules.areas for question in area.questions]


def _area_items(rules: RuleSet) -> dict[str, _Item]:
    return {area.id: _Item(area.label) for area in rules.areas}


def _question_items(rules: RuleSet) -> dict[str, _Item]:
    return {q.id: _Item(q.label, q.leaves[0].source) for q in _questions(rules)}


def _leaf_items(rules: RuleSet) -> dict[str, _Item]:
    """Give the leaves of questions with parts; the others are listed as questions."""
    return {
        leaf.id: _Item(leaf.label, leaf.source)
        for question in _questions(rules)
        for leaf in question.leaves
        if leaf.id != question.id
    }


def _rubric_items(rules: RuleSet) -> dict[str, _Item]:
    return {leaf.id: _Item(_plain(leaf.rubric), leaf.source) for leaf in rules.leaves()}


def _area_weight_items(rules: RuleSet) -> dict[str, _Item]:
    return {f"areas.{area.id}": _weight_item(area.weight, area.label) for area in rules.areas}


def _question_weight_items(rules: RuleSet) -> dict[str, _Item]:
    questions = {
        f"questions.{q.id}": _weight_item(q.weight, Text("question {ids}", ids=q.id))
        for q in _questions(rules)
    }
    leaves = {
        f"leaves.{leaf.id}": _weight_item(leaf.weight, Text("part {id}", id=leaf.id))
        for leaf in rules.leaves()
    }
    return questions | leaves


def _class_items(rules: RuleSet) -> dict[str, _Item]:
    items = {}
    for item in rules.classes:
        items[item.id] = _Item(item.title)
        kind = Text("{title}, kind", title=item.title)
        items[f"{item.id}.kind"] = _Item(_shown(item.kind), label=kind)
        if item.shortlist_size is not None:
            size = Text("{title}, places on the shortlist", title=item.title)
            items[f"{item.id}.shortlist_size"] = _Item(_shown(item.shortlist_size), label=size)
    return items


def _eligibility_items(rules: RuleSet) -> dict[str, _Item]:
    items: dict[str, _Item] = {}
    uses_of: dict[str, int] = {}
    for use in rules.eligibility:
        uses_of[use.rule] = uses_of.get(use.rule, 0) + 1
        key = use.rule if uses_of[use.rule] == 1 else f"{use.rule}#{uses_of[use.rule]}"
        items |= _use_items(key, use)
    return items


def _use_items(key: str, use: EligibilityUse) -> dict[str, _Item]:
    items = {
        key: _Item(use.label, use.source),
        f"{key}.stages": _Item(
            _joined(use.stages), use.source, label=Text("{rule}, decides on", rule=key)
        ),
        f"{key}.overridable": _Item(
            _shown(use.overridable), use.source, label=Text("{rule}, may be set aside", rule=key)
        ),
    }
    for name in sorted(use.parameters):
        items[f"{key}.{name}"] = _Item(_shown(use.parameters[name]), use.source)
    return items


def _fact_items(rules: RuleSet) -> dict[str, _Item]:
    return {
        fact.id: _Item(Text("{label}: {value}", label=fact.label, value=fact.value), fact.source)
        for fact in rules.facts
    }


def _assumption_items(rules: RuleSet) -> dict[str, _Item]:
    return {assumption.id: _Item(assumption.text) for assumption in rules.assumptions}


def _setting_items(rules: RuleSet) -> dict[str, _Item]:
    items: dict[str, _Item] = {}
    for table in attrs.fields(Settings):
        settings = getattr(rules.settings, table.name)
        for key in attrs.fields(type(settings)):
            name = f"{table.name}.{key.metadata.get('toml', key.name)}"
            items |= _setting(name, getattr(settings, key.name))
    return items


def _setting(name: str, value: object) -> dict[str, _Item]:
    if isinstance(value, Mapping):
        return {f"{name}.{key or 'default'}": _Item(_shown(value[key])) for key in sorted(value)}
    return {name: _Item(_shown(value) if value is not None else _UNSET.get(name, _plain("–")))}


def _plain(word: str) -> Text:
    return Text(word, sv=word)


def _weight_item(weight: Fraction, label: Text) -> _Item:
    shown = Text("{weight} %", sv="{weight} %", weight=_number(weight))
    return _Item(shown, exact=weight, label=label)


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else round(float(value), 2)


def _joined(words: Iterable[object]) -> Text:
    template = "{first}, {rest}"
    shown = [_shown(word) for word in words]
    return reduce(lambda first, rest: Text(template, sv=template, first=first, rest=rest), shown)


def _shown(value: object) -> Text:
    if isinstance(value, str):
        return _WORDS.get(value, _plain(value))
    if isinstance(value, bool):
        return Text("yes", sv="ja") if value else Text("no", sv="nej")
    if isinstance(value, Moment):
        return _plain(_moment(value))
    if isinstance(value, tuple):
        return _joined(value) if value else _plain("–")
    number = _number(value) if isinstance(value, Fraction) else value
    return Text("{value}", sv="{value}", value=number)


def _moment(moment: Moment) -> str:
    if moment.whole_day:
        return moment.at.date().isoformat()
    if moment.at.time().isoformat() == "00:00:00":
        return f"{(moment.at - timedelta(days=1)).date().isoformat()} 24.00"
    return moment.at.strftime("%Y-%m-%d %H.%M")


_Items = Callable[[RuleSet], Mapping[str, _Item]]
_SECTIONS: tuple[tuple[str, _Items, bool], ...] = (
    ("areas", _area_items, False),
    ("weights", _area_weight_items, False),
    ("questions", _question_items, False),
    ("leaves", _leaf_items, False),
    ("weights", _question_weight_items, True),
    ("rubrics", _rubric_items, True),
    ("classes", _class_items, False),
    ("eligibility", _eligibility_items, False),
    ("facts", _fact_items, False),
    ("assumptions", _assumption_items, False),
    ("settings", _setting_items, False),
)
