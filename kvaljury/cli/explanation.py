"""The account of one entry as people read it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kvaljury.cli.agreement_view import show_entry_agreement
from kvaljury.cli.language import Language
from kvaljury.cli.output import Column, Output
from kvaljury.cli.ranking_view import shown_score
from kvaljury.core.model import ClassRanking, ConsensusMark, Criterion, Mark, RankedEntry
from kvaljury.core.model.wording import (
    BASIS_FOR_DECISION,
    OUTCOME_WORDS,
    PROPOSAL_WORDS,
    STAGE_WORDS,
    STATUS_WORDS,
    WOULD_CONNECT,
    aggregation_text,
    calibration_sentences,
    link_texts,
    plugin_text,
    reason_text,
    shown_place,
)
from kvaljury.core.trace import EntryTrace, LeafConsensus, LeafWeight, ReadingTrace
from kvaljury.errors import Text


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
    _show_links(trace, output)
    if trace.ranked is None:
        output.line(Text("The entry does not compete and is not ranked."))
    else:
        _show_standing(trace.ranked, trace.ranking, decimals, output)
    _show_scores(trace, decimals, output)
    _show_readings(trace, decimals, output)
    show_entry_agreement(trace.agreement, decimals, output)
    _show_marks(trace, output)
    _show_consensus(trace, output)
    if trace.ranked is not None:
        _show_findings(trace.ranked, output)
    output.heading(Text("Plugins in use"))
    for use in trace.plugins:
        text = Text(
            "{plugin}: {provider} {version}",
            plugin=plugin_text(use),
            provider=use.provider,
            version=use.version,
        )
        output.line(text, indent=2)


def _show_links(trace: EntryTrace, output: Output) -> None:
    links = link_texts(trace.calibration.links, trace.names)
    if trace.ranking.comparable or not links:
        return
    output.line(Text("{title}:", title=WOULD_CONNECT))
    for link in links:
        output.line(link, indent=4)


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
        share = language.percent(entry.p_shortlist)
        output.line(_chance(ranking.shortlist_size, share))
    for reason in entry.reasons:
        output.paragraph(reason_text(reason), indent=2)


def _chance(size: int, share: str) -> Text:
    if size == 1:
        return Text("Probability of being the best: {share}", share=share)
    return Text("Probability of being among the {n} best: {share}", n=size, share=share)


def _show_scores(trace: EntryTrace, decimals: int, output: Output) -> None:
    output.heading(Text("From marks to score"))
    if trace.raw is None:
        output.paragraph(Text("There is no valid reading, so there is no score."))
        return
    raw = output.language.number(trace.raw, decimals)
    output.paragraph(
        Text(
            "Raw score {raw}: {aggregation} of the readings' totals. Number of readings: {n}.",
            raw=raw,
            aggregation=aggregation_text(trace.aggregation),
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
        *([Column(Text("Agreed"), right=True)] if trace.consensus else []),
        Column(Text("Topic"), wraps=True),
    ]
    rows = [row for weight in trace.weights for row in _leaf_rows(weight, trace, output.language)]
    output.table(columns, rows)


def _leaf_rows(weight: LeafWeight, trace: EntryTrace, language: Language) -> Iterator[list[str]]:
    """Give a row a criterion; the weight, which is the leaf's, stands in the first."""
    topic = f"{language.render(weight.label)} ({weight.source})"
    criteria = trace.criteria[weight.leaf]
    for place, criterion in enumerate(criteria):
        label = language.render(criterion.label)
        yield [
            weight.leaf,
            "" if place else language.number(weight.weight, 2),
            "" if place else weight.rubric,
            *(_mark_on(weight.leaf, criterion, traced, language) for traced in trace.readings),
            *_agreed_on(weight.leaf, criterion, trace, language),
            topic if len(criteria) == 1 else label if place else f"{topic}: {label}",
        ]


def _mark_on(leaf: str, criterion: Criterion, traced: ReadingTrace, language: Language) -> str:
    of_criterion = (m for m in traced.marks if (m.question, m.criterion) == (leaf, criterion.id))
    mark: Mark | None = next(of_criterion, None)
    return language.number(mark.value) if mark else "-"


def _agreed_on(
    leaf: str, criterion: Criterion, trace: EntryTrace, language: Language
) -> Iterator[str]:
    """Give the agreed mark beside the examiners' own; nothing where the entry has none."""
    if trace.consensus:
        marks = (mark for agreed in trace.consensus for mark in agreed.marks)
        values = {(mark.question, mark.criterion): mark.value for mark in marks}
        value = values.get((leaf, criterion.id))
        yield "-" if value is None else language.number(value)


def _show_consensus(trace: EntryTrace, output: Output) -> None:
    if not trace.consensus:
        return
    output.heading(Text("What the team agreed on"))
    if trace.scores_by_consensus:
        note = Text(
            "The scores rest on the agreed marks: the leaf scores of the team's own examiners are"
            " shifted by the same number of points, so that their mean is the agreed score."
        )
    else:
        note = Text(
            "The scores rest on the examiners' own marks; the agreed ones are on record only."
        )
    output.paragraph(note)
    columns = [
        Column(Text("Question")),
        Column(Text("Own mean"), right=True),
        Column(Text("Agreed score"), right=True),
        Column(Text("Shift"), right=True),
        Column(Text("Agreed marks")),
        Column(Text("Reason"), wraps=True),
    ]
    output.table(columns, [_consensus_row(a, trace, output.language) for a in trace.consensus])


def _consensus_row(agreed: LeafConsensus, trace: EntryTrace, language: Language) -> list[str]:
    labels = {c.id: language.render(c.label) for c in trace.criteria[agreed.leaf]}

    def points(value: Fraction | None) -> str:
        return "-" if value is None else language.number(value, 2)

    def told(mark: ConsensusMark) -> str:
        value = language.number(mark.value)
        return value if len(labels) == 1 else f"{labels[mark.criterion]} {value}"

    return [
        agreed.leaf,
        points(agreed.own),
        points(agreed.score),
        points(agreed.shift),
        ", ".join(told(mark) for mark in agreed.marks),
        " | ".join(dict.fromkeys(mark.reason for mark in agreed.marks)),
    ]


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
