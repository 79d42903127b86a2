"""The account of one entry, as JSON and as people read it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs

from kvaljury.cli.language import Language
from kvaljury.cli.output import Column, Output
from kvaljury.cli.ranking_view import shown_place, shown_score
from kvaljury.core.model import ClassRanking, Mark, RankedEntry
from kvaljury.core.trace import EntryTrace, LeafWeight, ReadingTrace
from kvaljury.errors import Text
from kvaljury.files.ranking_documents import entry_json, plugin_json, six_decimals
from kvaljury.files.wording import (
    BASIS_FOR_DECISION,
    OUTCOME_WORDS,
    PROPOSAL_WORDS,
    STAGE_WORDS,
    STATUS_WORDS,
    calibration_sentences,
    reason_text,
)

SCHEMA = "kvaljury.explain/1"


def explanation_json(trace: EntryTrace, language: Language) -> dict[str, Any]:
    """Give the account as JSON, schema ``kvaljury.explain/1``.

    Args:
        trace: the account.
        language: of labels and reasons.

    Returns:
        Numbers with 6 decimals, exact ones as fractions beside them.
    """
    render = language.render
    return {
        "schema": SCHEMA,
        "entry": trace.entry.id,
        "name": trace.entry.name,
        "class": trace.ranking.class_id,
        "state": trace.entry.state.value,
        "comparable": trace.ranking.comparable,
        "ranked": None if trace.ranked is None else entry_json(trace.ranked, render),
        "raw": None if trace.raw is None else six_decimals(float(trace.raw)),
        "raw_exact": None if trace.raw is None else str(trace.raw),
        "aggregation": trace.aggregation,
        "calibration": {
            "method": trace.calibration.method,
            "basis": trace.calibration.basis.value,
            "variance": {k: six_decimals(v) for k, v in trace.calibration.variance.items()},
        },
        "readings": [_reading_json(reading) for reading in trace.readings],
        "excluded": [attrs.asdict(reading) for reading in trace.excluded],
        "weights": [
            {
                "leaf": weight.leaf,
                "label": render(weight.label),
                "rubric": weight.rubric,
                "weight": _decimal(weight.weight),
                "source": weight.source,
            }
            for weight in trace.weights
        ],
        "plugins": [plugin_json(use) for use in trace.plugins],
    }


def _decimal(value: Fraction) -> float | None:
    return six_decimals(float(value))


def _reading_json(traced: ReadingTrace) -> dict[str, Any]:
    reading = traced.reading
    return {
        "examiner": reading.examiner,
        "team": reading.team,
        "guest": traced.is_guest,
        "total": _decimal(reading.total),
        "team_effect": six_decimals(traced.team_effect),
        "examiner_effect": six_decimals(traced.examiner_effect),
        "areas": {area: _decimal(score) for area, score in reading.areas.items()},
        "questions": {question: _decimal(score) for question, score in reading.questions.items()},
        "leaves": {leaf: _decimal(score) for leaf, score in reading.leaves.items()},
        "missing": list(reading.missing),
        "marks": [_mark_json(mark) for mark in traced.marks],
    }


def _mark_json(mark: Mark) -> dict[str, Any]:
    return {
        "question": mark.question,
        "criterion": mark.criterion,
        "mark": _decimal(mark.value),
        "comment": mark.comment,
        "source": str(mark.source) if mark.source else None,
    }


def show_explanation(trace: EntryTrace, decimals: int, output: Output) -> None:
    """Show the account.

    Args:
        trace: the account.
        decimals: of scores, as the edition shows them.
        output: where and in which language.
    """
    output.line(BASIS_FOR_DECISION)
    output.line(
        Text(
            "{id} {name}, {title}",
            id=trace.entry.id,
            name=trace.entry.name,
            title=trace.ranking.title,
        )
    )
    for note in trace.ranking.notes:
        output.paragraph(note)
    if trace.ranked is None:
        output.line(Text("The entry does not compete and is not ranked."))
    else:
        _show_standing(trace.ranked, trace.ranking, decimals, output)
    _show_scores(trace, decimals, output)
    _show_readings(trace, decimals, output)
    _show_marks(trace, output)
    if trace.ranked is not None:
        _show_findings(trace.ranked, output)
    output.heading(Text("Plugins in use"))
    for use in trace.plugins:
        output.line(f"{use.name}: {use.provider} {use.version}", indent=2)


def _show_standing(
    entry: RankedEntry, ranking: ClassRanking, decimals: int, output: Output
) -> None:
    language = output.language
    output.line(Text("Status: {status}", status=STATUS_WORDS[entry.status]))
    if entry.proposal:
        output.line(Text("The team proposes: {proposal}", proposal=PROPOSAL_WORDS[entry.proposal]))
    if entry.rank is not None:
        placed = sum(other.rank is not None for other in ranking.entries)
        output.line(Text("Place: {place} of {n}", place=shown_place(entry), n=placed))
        output.line(Text("Score: {score}", score=shown_score(entry, decimals, language)))
    if entry.p_shortlist is not None:
        output.line(
            Text(
                "Probability of being among the {n} best: {share}",
                n=ranking.shortlist_size,
                share=language.percent(entry.p_shortlist),
            )
        )
    for reason in entry.reasons:
        output.paragraph(reason_text(reason), indent=2)


def _show_scores(trace: EntryTrace, decimals: int, output: Output) -> None:
    output.heading(Text("From marks to score"))
    if trace.raw is None:
        output.paragraph(Text("There is no valid reading, so there is no score."))
        return
    raw = output.language.number(trace.raw, decimals)
    output.paragraph(
        Text(
            "Raw score {raw}: {aggregation} of the totals of {n} readings.",
            raw=raw,
            aggregation=trace.aggregation,
            n=len(trace.readings),
        )
    )
    if trace.ranked is not None and trace.ranked.score is not None:
        change = output.language.number(Fraction(str(trace.ranked.score)) - trace.raw, decimals)
        output.paragraph(Text("Change by the calibration: {change}.", change=change))
    for sentence in calibration_sentences(trace.calibration, [trace.ranking]):
        output.paragraph(sentence)


def _show_readings(trace: EntryTrace, decimals: int, output: Output) -> None:
    output.heading(Text("Readings"))
    titles = (Text("Total"), Text("Team's generosity"), Text("Examiner's generosity"))
    columns = [
        Column(Text("Examiner")),
        Column(Text("Team")),
        Column(Text("Guest")),
        *(Column(title, right=True) for title in titles),
        Column(Text("Not marked"), wraps=True),
    ]
    rows = [_reading_row(traced, decimals, output.language) for traced in trace.readings]
    output.table(columns, rows)
    for left in trace.excluded:
        output.paragraph(
            Text(
                "{examiner} on {entry}: {ground} ({n} marks)",
                examiner=left.examiner,
                entry=left.entry,
                ground=left.ground,
                n=left.marks,
            )
        )


def _reading_row(traced: ReadingTrace, decimals: int, language: Language) -> list[str]:
    def effect(value: float | None) -> str:
        return "" if value is None else language.number(value, decimals)

    return [
        traced.reading.examiner,
        traced.reading.team,
        language.render(Text("yes") if traced.is_guest else Text("no")),
        language.number(traced.reading.total, decimals),
        effect(traced.team_effect),
        effect(traced.examiner_effect),
        ", ".join(traced.reading.missing),
    ]


def _show_marks(trace: EntryTrace, output: Output) -> None:
    output.heading(Text("Marks, with each question's weight in the total"))
    readers = [traced.reading.examiner for traced in trace.readings]
    columns = [
        Column(Text("Question")),
        Column(Text("Weight, per cent"), right=True),
        Column(Text("Rubric")),
        *(Column(reader, right=True) for reader in readers),
        Column(Text("Topic"), wraps=True),
    ]
    output.table(columns, [_leaf_row(weight, trace, output.language) for weight in trace.weights])


def _leaf_row(weight: LeafWeight, trace: EntryTrace, language: Language) -> list[str]:
    return [
        weight.leaf,
        language.number(weight.weight, 2),
        weight.rubric,
        *(_marks_on(weight.leaf, traced, language) for traced in trace.readings),
        f"{language.render(weight.label)} ({weight.source})",
    ]


def _marks_on(leaf: str, traced: ReadingTrace, language: Language) -> str:
    marks = [mark for mark in traced.marks if mark.question == leaf]
    return " / ".join(language.number(mark.value) for mark in marks) or "-"


def _show_findings(entry: RankedEntry, output: Output) -> None:
    say = output.language.render
    output.heading(Text("Verdicts"))
    columns = [
        Column(Text("Rule")),
        Column(Text("Stage")),
        Column(Text("Fulfilled")),
        Column(Text("Source")),
        Column(Text("Reason"), wraps=True),
    ]
    output.table(
        columns,
        [
            [
                finding.rule,
                say(STAGE_WORDS[finding.stage]),
                say(OUTCOME_WORDS[finding.verdict]),
                finding.source,
                say(finding.reason),
            ]
            for finding in entry.findings
        ],
    )
