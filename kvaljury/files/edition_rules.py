"""The rule set of an edition with the edition's own classes, weights, rubrics and settings."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import attrs

from kvaljury.core.model import Area, Deadline, Leaf, Question, RuleSet
from kvaljury.errors import Text
from kvaljury.files.bid_rules import as_deadlines, in_order
from kvaljury.files.edition_records import EditionRecord, RubricsRecord, WeightsRecord
from kvaljury.files.jury_records import check_awards
from kvaljury.files.nearest import nearest_hint
from kvaljury.files.rule_records import as_class, chosen
from kvaljury.files.strict_structure import key_of
from kvaljury.files.value_checks import Checks, check_weights, weight_groups


def with_own_choices(rules: RuleSet, record: EditionRecord, checks: Checks) -> RuleSet:
    """Lay an edition's classes, weights, rubrics and settings over its rule set.

    Args:
        rules: the rule set.
        record: the edition's file.
        checks: of that file; gets what names nothing and what does not sum.

    Returns:
        The rules of the edition, but for its eligibility rules.
    """
    _check_names(rules, record, checks)
    areas = _rubricked(_weighted(rules.areas, record.weights), record.rubrics)
    _check_sums(rules.areas, areas, record.weights, checks)
    if record.classes is not None:
        checks.classes(record.classes)
    checks.settings(record)
    classes = rules.classes if record.classes is None else tuple(map(as_class, record.classes))
    check_awards(record.jury, "jury", [each.id for each in classes], checks)
    return attrs.evolve(
        rules,
        areas=areas,
        classes=classes,
        settings=chosen(rules.settings, record),
        deadlines=_own_deadlines(rules, record, checks),
    )


def _own_deadlines(rules: RuleSet, record: EditionRecord, checks: Checks) -> tuple[Deadline, ...]:
    """Add the edition's deadlines; one with the id of the rule set's stands in its place."""
    checks.ids("deadlines", (deadline.id for deadline in record.deadlines))
    own = as_deadlines(record.deadlines, checks)
    ids = {deadline.id for deadline in own}
    return in_order([*(d for d in rules.deadlines if d.id not in ids), *own])


def changed_keys(before: RuleSet, after: RuleSet, record: EditionRecord) -> list[str]:
    """Give the dotted keys of edition.toml that make a difference to the rule set.

    Args:
        before: the rule set.
        after: the edition's rules.
        record: the edition's file.

    Returns:
        Keys of year, classes, weights, rubrics and settings; see ``eligibility_changes`` for
        the rest.
    """
    keys = [] if record.year == before.year else ["year"]
    keys += [] if before.classes == after.classes else ["classes"]
    known = set(before.deadlines)
    keys += [f"deadlines.{d.id}" for d in after.deadlines if d not in known]
    keys += _weight_changes(before.areas, record.weights)
    keys += _rubric_changes(before, record.rubrics)
    for table, old, new in zip(
        attrs.fields(type(before.settings)),
        attrs.astuple(before.settings, recurse=False),
        attrs.astuple(after.settings, recurse=False),
        strict=True,
    ):
        keys += [
            f"{table.name}.{key_of(key)}"
            for key in attrs.fields(type(new))
            if getattr(new, key.name) != getattr(old, key.name)
        ]
    return keys


def _questions(areas: Iterable[Area]) -> list[Question]:
    return [question for area in areas for question in area.questions]


def _leaves(areas: Iterable[Area]) -> list[Leaf]:
    return [leaf for area in areas for leaf in area.leaves()]


def _check_names(rules: RuleSet, record: EditionRecord, checks: Checks) -> None:
    areas = {area.id for area in rules.areas}
    questions = {question.id for question in _questions(rules.areas)}
    leaves = {leaf.id for leaf in rules.leaves()}
    weights, rubrics = record.weights, record.rubrics
    _check_known(("weights", "areas"), weights.areas, areas, checks)
    _check_known(("weights", "questions"), weights.questions, questions, checks)
    _check_known(("weights", "leaves"), weights.leaves, leaves, checks)
    _check_known(("rubrics", "areas"), rubrics.areas, areas, checks)
    _check_known(("rubrics", "leaves"), rubrics.leaves, leaves, checks)


def _check_known(
    path: tuple[str, ...], named: Iterable[str], known: set[str], checks: Checks
) -> None:
    for name in named:
        if name not in known:
            area = Text('no question area has the id "{id}"', id=name)
            question = Text('no question has the id "{id}"', id=name)
            message = area if path[-1] == "areas" else question
            checks.fault("unknown-id", (*path, name), message, nearest_hint(name, known))


def _weighted(areas: tuple[Area, ...], weights: WeightsRecord) -> tuple[Area, ...]:
    def leaf(item: Leaf) -> Leaf:
        return attrs.evolve(item, weight=weights.leaves.get(item.id, item.weight))

    def question(item: Question) -> Question:
        weight = weights.questions.get(item.id, item.weight)
        return attrs.evolve(item, weight=weight, leaves=tuple(map(leaf, item.leaves)))

    def area(item: Area) -> Area:
        weight = weights.areas.get(item.id, item.weight)
        return attrs.evolve(item, weight=weight, questions=tuple(map(question, item.questions)))

    return tuple(map(area, areas))


def _rubricked(areas: tuple[Area, ...], rubrics: RubricsRecord) -> tuple[Area, ...]:
    return tuple(
        attrs.evolve(
            area,
            questions=tuple(
                attrs.evolve(
                    question,
                    leaves=tuple(
                        attrs.evolve(leaf, rubric=_rubric(area, leaf, rubrics))
                        for leaf in question.leaves
                    ),
                )
                for question in area.questions
            ),
        )
        for area in areas
    )


def _rubric(area: Area, leaf: Leaf, rubrics: RubricsRecord) -> str:
    of_area = rubrics.areas.get(area.id, rubrics.default or leaf.rubric)
    return rubrics.leaves.get(leaf.id, of_area)


def _check_sums(
    before: tuple[Area, ...], after: tuple[Area, ...], weights: WeightsRecord, checks: Checks
) -> None:
    found_with_the_rule_set = set(weight_groups(before))
    for group in weight_groups(after):
        if group not in found_with_the_rule_set:
            given: dict[str, Fraction] = getattr(weights, group.level)
            first = next(word for word, _ in group.weights if word in given)
            check_weights(group, ("weights", group.level, first), checks)


def _weight_changes(areas: tuple[Area, ...], weights: WeightsRecord) -> list[str]:
    levels: list[tuple[str, dict[str, Fraction], dict[str, Fraction]]] = [
        ("areas", weights.areas, {area.id: area.weight for area in areas}),
        ("questions", weights.questions, {q.id: q.weight for q in _questions(areas)}),
        ("leaves", weights.leaves, {leaf.id: leaf.weight for leaf in _leaves(areas)}),
    ]
    return [
        f"weights.{level}.{key}"
        for level, given, own in levels
        for key, weight in given.items()
        if own.get(key, weight) != weight
    ]


def _rubric_changes(rules: RuleSet, rubrics: RubricsRecord) -> list[str]:
    changed = _rubricked(rules.areas, RubricsRecord(default=rubrics.default)) != rules.areas
    keys = ["rubrics.default"] if changed else []
    of_area = {area.id: {leaf.rubric for leaf in area.leaves()} for area in rules.areas}
    of_leaf = {leaf.id: {leaf.rubric} for leaf in rules.leaves()}
    for level, given, own in (
        ("areas", rubrics.areas, of_area),
        ("leaves", rubrics.leaves, of_leaf),
    ):
        keys += [f"rubrics.{level}.{key}" for key in given if own.get(key) != {given[key]}]
    return keys
