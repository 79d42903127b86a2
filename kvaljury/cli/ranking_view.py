"""A ranking as people read it in a meeting."""

from __future__ import annotations

from kvaljury.cli.agreement_view import show_agreement
from kvaljury.cli.language import Language
from kvaljury.cli.linkage_view import show_linkage
from kvaljury.cli.output import Column, Output
from kvaljury.core.model import ClassRanking, RankedEntry
from kvaljury.core.model.wording import (
    BASIS_FOR_DECISION,
    PROPOSAL_WORDS,
    STATUS_WORDS,
    assumption_texts,
    brief_remarks,
    calibration_sentences,
    entry_remarks,
    mention_names,
    not_competing_names,
    open_findings,
    ranking_link_texts,
    ranking_remarks,
    shown_place,
)
from kvaljury.errors import Text
from kvaljury.files.ranking_documents import RankingDocument

_COLUMNS = (
    Column(Text("Place")),
    Column(Text("Entry")),
    Column(Text("Score (90 % interval)"), right=True),
    Column(Text("Probability of shortlist"), right=True),
    Column(Text("Proposal")),
    Column(Text("Status")),
    Column(Text("Reasons"), wraps=True),
)


def show_ranking(document: RankingDocument, output: Output) -> None:
    """Show a whole ranking.

    Args:
        document: the ranking with its provenance.
        output: where and in which language.
    """
    edition = document.edition
    output.line(BASIS_FOR_DECISION)
    _show_guard(document, output)
    output.line(Text("{title}, rules: {rules}", title=edition.title, rules=edition.rules.title))
    for ranked in document.ranking.classes:
        _show_class(ranked, edition.rules.settings.rounding.decimals, output)
    _show_foot(document, output)


def _show_guard(document: RankingDocument, output: Output) -> None:
    apart = [ranked for ranked in document.ranking.classes if not ranked.comparable]
    if not apart:
        return
    output.line()
    for ranked in apart:
        banner = ranked.notes[0] if ranked.notes else Text("The teams cannot be compared")
        output.paragraph(Text("{banner} ({title})", banner=banner, title=ranked.title))
    links = ranking_link_texts(document.ranking)
    if links:
        output.paragraph(Text("Readings that would make the teams comparable:"))
        for link in links:
            output.line(link, indent=4)
    output.line()


def _show_class(ranked: ClassRanking, decimals: int, output: Output) -> None:
    output.heading(
        Text(
            "{title}: basis for decision, shortlist of {n}",
            title=ranked.title,
            n=ranked.shortlist_size,
        )
    )
    for note in ranked.notes:
        output.paragraph(note)
    placed = [entry for entry in ranked.entries if entry.rank is not None]
    if placed:
        output.table(_COLUMNS, [_row(entry, decimals, output.language) for entry in placed])
        _show_cut(placed, ranked.shortlist_size, output)
        _show_findings(placed, output)
    _show_apart([entry for entry in ranked.entries if entry.rank is None], output)
    if ranked.mentions:
        names = ", ".join(mention_names(ranked))
        output.line()
        output.paragraph(Text("Proposed for an honourable mention: {names}", names=names))


def _row(entry: RankedEntry, decimals: int, language: Language) -> list[str]:
    say = language.render
    return [
        shown_place(entry),
        f"{entry.id} {entry.name}",
        shown_score(entry, decimals, language),
        "" if entry.p_shortlist is None else language.percent(entry.p_shortlist),
        say(PROPOSAL_WORDS[entry.proposal]) if entry.proposal else "",
        say(STATUS_WORDS[entry.status]),
        "; ".join(say(text) for text in brief_remarks(entry)),
    ]


def shown_score(entry: RankedEntry, decimals: int, language: Language) -> str:
    """Give a score with its 90 % interval in brackets, or nothing where there is none."""
    if entry.score is None:
        return ""
    score = language.number(entry.score, decimals)
    if entry.low is None or entry.high is None:
        return score
    return (
        f"{score} ({language.number(entry.low, decimals)}–{language.number(entry.high, decimals)})"
    )


def _show_cut(placed: list[RankedEntry], size: int, output: Output) -> None:
    """Say how sure the order of the two neighbours at the cut is."""
    if len(placed) <= size:
        return
    last, following = placed[size - 1 : size + 1]
    if last.rank == following.rank or last.p_above_next is None:
        return
    output.line()
    output.paragraph(
        Text(
            "At the cut: {last} lies above {following} with a probability of {share}.",
            last=f"{last.id} {last.name}",
            following=f"{following.id} {following.name}",
            share=output.language.percent(last.p_above_next),
        )
    )


def _show_findings(entries: list[RankedEntry], output: Output) -> None:
    """Show in full what the table names in brief: rules not examined, and rules set aside."""
    found = [(entry, text) for entry in entries for text in open_findings(entry)]
    if not found:
        return
    output.line()
    output.line(Text("Not examined, failed or set aside:"))
    for entry, text in found:
        output.paragraph(
            Text("{id} {name}: {text}", id=entry.id, name=entry.name, text=text), indent=2
        )


def _show_apart(entries: list[RankedEntry], output: Output) -> None:
    if not entries:
        return
    output.line()
    output.line(Text("Outside the ranking:"))
    for entry in entries:
        output.line(
            Text(
                "{id} {name}: {status}",
                id=entry.id,
                name=entry.name,
                status=STATUS_WORDS[entry.status],
            ),
            indent=2,
        )
        if entry.proposal:
            proposal = PROPOSAL_WORDS[entry.proposal]
            output.line(Text("The team proposes: {proposal}", proposal=proposal), indent=6)
        for remark in entry_remarks(entry):
            output.paragraph(remark, indent=6)


def _show_foot(document: RankingDocument, output: Output) -> None:
    ranking = document.ranking
    excluded = [
        Text(
            "{examiner} on {entry}: {ground} ({n} marks)",
            examiner=reading.examiner,
            entry=reading.entry,
            ground=reading.ground,
            n=reading.marks,
        )
        for reading in ranking.excluded
    ]
    _show_list(Text("To look at"), ranking_remarks(ranking), output)
    _show_list(Text("Marks left out because of jäv"), excluded, output)
    _show_list(
        Text("Entries that do not compete"),
        not_competing_names(ranking, document.edition),
        output,
    )
    show_agreement(document, output)
    if document.sensitivity is not None:
        from kvaljury.cli.sensitivity_view import show_sensitivity

        show_sensitivity(document, output)
    _show_list(
        Text("kvaljury's own proposals, which the edition may change"),
        assumption_texts(document.edition),
        output,
    )
    _show_list(
        Text("Where the edition departs from its rule set"), list(document.edition.changes), output
    )
    output.heading(Text("How the scores were made comparable"))
    for sentence in calibration_sentences(ranking.calibration, ranking.classes):
        output.paragraph(sentence)
    show_linkage(document, output)
    output.line()
    output.line(Text("Written to the folder out: {files}", files="ranking.json, .csv, .xlsx"))


def _show_list(title: Text, texts: list[Text] | list[str], output: Output) -> None:
    if not texts:
        return
    output.heading(title)
    for text in texts:
        output.paragraph(text, indent=2)
