"""A rules.toml, shipped or the user's own, to a rule set."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fractions import Fraction
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from kvaljury.core.model import (
    Area,
    Assumption,
    EligibilityUse,
    Fact,
    Leaf,
    Question,
    RuleSet,
    Settings,
    VisitDocument,
)
from kvaljury.errors import InputFaults, Source, Text
from kvaljury.files.bid_rules import as_bid_format, as_deadlines
from kvaljury.files.eligibility_parameters import UnfitParameter, parameter
from kvaljury.files.jury_records import check_awards
from kvaljury.files.log import InputLog
from kvaljury.files.nearest import nearest_hint
from kvaljury.files.rule_records import (
    AreaRecord,
    EligibilityRecord,
    QuestionRecord,
    RuleSetRecord,
    as_class,
    as_text,
    chosen,
)
from kvaljury.files.toml_documents import TomlDocument, parse_toml, read_toml
from kvaljury.files.value_checks import Checks, check_weights, weight_groups

_WHOLE = Fraction(100)
_Placed = tuple[tuple[str | int, ...], QuestionRecord]


def shipped_rule_sets() -> tuple[str, ...]:
    """Give the names of the rule sets that come with kvaljury, sorted."""
    return tuple(sorted(_shipped()))


def read_rule_set(name: str, folder: Path | None = None, log: InputLog | None = None) -> RuleSet:
    """Read a rule set.

    Args:
        name: of a shipped one, or a path (it ends in ``.toml`` or holds a slash).
        folder: where a relative path begins; the working folder where None.
        log: gets every fault; faulty values are then left out of what is returned.

    Returns:
        The rule set.

    Raises:
        InputFaults: everything noted, if there is no log and any fault, or if the rule set
            cannot be read at all.
        DiskFault: if a file is there but cannot be read.
    """
    own = log if log is not None else InputLog()
    rules = find_rule_set(name, folder or Path(), Source(name), own)
    if rules is None:
        raise InputFaults.of(own.faults)
    if log is None:
        own.raise_faults()
    return rules


def find_rule_set(name: str, folder: Path, named_at: Source, log: InputLog) -> RuleSet | None:
    """Read a rule set that a file names.

    Args:
        name: as for :func:`read_rule_set`.
        folder: where a relative path begins.
        named_at: where the name stands.
        log: gets every fault.

    Returns:
        The rule set without its faulty parts, or None where it cannot be read at all.
    """
    document = _find_document(name, folder, named_at, log)
    record = document.structure(RuleSetRecord, log) if document else None
    if document and record and record.name != name and record.name in _shipped():
        message = Text(
            "the name {name} belongs to a rule set that comes with kvaljury", name=record.name
        )
        hint = Text("give your own rule set a name of its own")
        log.fault("shipped-name", document.source("name"), message, hint)
    return _rule_set(record, Checks(document, log)) if document and record else None


def _find_document(name: str, folder: Path, named_at: Source, log: InputLog) -> TomlDocument | None:
    if name.endswith(".toml") or "/" in name or "\\" in name:
        file = name.replace("\\", "/")
        return read_toml(folder / file, _address(Path(file), folder), log)
    shipped = _shipped()
    if name not in shipped:
        message = Text('no rule set is called "{name}"', name=name)
        log.fault("unknown-rule-set", named_at, message, nearest_hint(name, shipped))
        return None
    rules = shipped[name]
    return parse_toml(rules.read_bytes(), f"kvaljury_rubrics/{name}/rules.toml", log)


def _address(path: Path, folder: Path) -> str:
    """Give a path as seen from a folder, so that nobody's absolute path comes into a document."""
    if not path.is_absolute():
        return path.as_posix()
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive of Windows
        return path.name


def _shipped() -> dict[str, Traversable]:
    folders = (folder for folder in files("kvaljury_rubrics").iterdir() if folder.is_dir())
    rules = {f"stockholm-{folder.name}": folder / "rules.toml" for folder in folders}
    return {name: file for name, file in rules.items() if file.is_file()}


def _rule_set(record: RuleSetRecord, checks: Checks) -> RuleSet:
    areas = tuple(_area(area) for area in record.areas)
    _check(record, checks)
    _check_weights(areas, checks)
    return RuleSet(
        name=record.name,
        title=as_text(record.title),
        year=record.year,
        areas=areas,
        classes=tuple(as_class(item) for item in record.classes),
        eligibility=tuple(_use(i, item, checks) for i, item in enumerate(record.eligibility)),
        facts=tuple(Fact(f.id, as_text(f.label), as_text(f.value), f.source) for f in record.facts),
        assumptions=tuple(Assumption(a.id, as_text(a.text)) for a in record.assumptions),
        settings=chosen(Settings(), record),
        source=Source(checks.document.file),
        documents=tuple(
            VisitDocument(d.id, as_text(d.label), d.source, d.on_request) for d in record.documents
        ),
        deadlines=as_deadlines(record.deadlines, checks),
        bid=as_bid_format(record.bid, checks),
    )


def _area(record: AreaRecord) -> Area:
    questions = tuple(_question(question) for question in record.questions)
    return Area(record.id, as_text(record.label), record.weight, questions)


def _question(record: QuestionRecord) -> Question:
    label = as_text(record.label)
    leaves = tuple(
        Leaf(leaf.id, as_text(leaf.label), leaf.weight, leaf.rubric, leaf.source, leaf.words)
        for leaf in record.leaves
    )
    if not leaves:
        own = record.rubric or "", record.source, record.words
        leaves = (Leaf(record.id, label, _WHOLE, *own),)
    return Question(record.id, label, record.weight, leaves, record.words)


def _use(index: int, record: EligibilityRecord, checks: Checks) -> EligibilityUse:
    parameters: dict[str, object] = {}
    for name, value in record.parameters.items():
        try:
            parameters[name] = parameter(name, value)
        except UnfitParameter as unfit:
            path = ("eligibility", index, "parameters", name)
            checks.fault("wrong-value", path, unfit.message, unfit.hint)
    return EligibilityUse(
        id=record.id,
        rule=record.rule,
        label=as_text(record.label),
        stages=record.stages,
        parameters=parameters,
        source=record.source,
        overridable=record.overridable,
        assumption=as_text(record.assumption) if record.assumption else None,
    )


def _check(record: RuleSetRecord, checks: Checks) -> None:
    checks.texts()
    checks.year(record.year)
    checks.settings(record)
    checks.classes(record.classes)
    check_awards(record.jury, "jury", [each.id for each in record.classes], checks)
    checks.ids("areas", (area.id for area in record.areas))
    checks.ids("eligibility", (use.id for use in record.eligibility))
    checks.ids("facts", (fact.id for fact in record.facts))
    checks.ids("assumptions", (assumption.id for assumption in record.assumptions))
    checks.ids("documents", (document.id for document in record.documents))
    checks.ids("deadlines", (deadline.id for deadline in record.deadlines))
    for index, use in enumerate(record.eligibility):
        checks.stages(("eligibility", index, "stages"), use.stages)
    questions: list[_Placed] = [
        (("areas", a, "questions", q), question)
        for a, area in enumerate(record.areas)
        for q, question in enumerate(area.questions)
    ]
    checks.each_id(((*path, "id"), question.id) for path, question in questions)
    checks.each_id(_leaf_ids(questions))
    for path, question in questions:
        _check_question(path, question, checks)


def _leaf_ids(questions: list[_Placed]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for path, question in questions:
        for index, leaf in enumerate(question.leaves):
            yield (*path, "leaves", index, "id"), leaf.id
        if not question.leaves:
            yield (*path, "id"), question.id


def _check_question(path: tuple[str | int, ...], question: QuestionRecord, checks: Checks) -> None:
    if not question.leaves and question.rubric is None:
        message = Text("a question without leaves needs a rubric")
        checks.fault("missing-key", (*path, "rubric"), message)
    elif question.leaves and (question.rubric or question.source):
        message = Text("a question with leaves has its rubrics and sources there")
        checks.fault("unknown-key", path, message)


def _check_weights(areas: tuple[Area, ...], checks: Checks) -> None:
    places: dict[tuple[str, str], tuple[str | int, ...]] = {("areas", ""): ("areas",)}
    for a, area in enumerate(areas):
        places["questions", area.id] = ("areas", a, "questions")
        for q, question in enumerate(area.questions):
            places["leaves", question.id] = ("areas", a, "questions", q)
    for group in weight_groups(areas):
        check_weights(group, places[group.level, group.holder], checks)
