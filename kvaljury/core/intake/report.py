"""What was found about bids to documents: one for each unit, and an overview for the office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kvaljury.core.intake.changes import ChangeStanding, ChangeState
from kvaljury.core.intake.citations import Citation, cite
from kvaljury.core.intake.counting import said_otherwise
from kvaljury.core.intake.findings import BidFinding, Severity, joined
from kvaljury.core.intake.inspection import BidReport, Contribution, IntakeBasis
from kvaljury.core.intake.sections import AnswerState
from kvaljury.core.model import Edition
from kvaljury.core.model.bid_folder import FileRole
from kvaljury.core.model.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Table,
)
from kvaljury.errors import Text

FORM_ONLY = Text("Check of the form – the content is not judged here")

STATE_WORDS = {
    AnswerState.ANSWERED: Text("answered"),
    AnswerState.SHORT: Text("a short answer"),
    AnswerState.ONE_LINE: Text("one short line, an answer or a heading"),
    AnswerState.EMPTY: Text("no answer found"),
    AnswerState.UNDIVIDED: Text("answered under the whole question"),
    AnswerState.NOT_FOUND: Text("not found"),
}
CHANGE_WORDS = {
    ChangeState.PROPOSED: Text("proposed, not sent"),
    ChangeState.SENT: Text("sent, no answer yet"),
    ChangeState.IN_TIME: Text("answered in time"),
    ChangeState.LATE: Text("answered too late"),
    ChangeState.OVERDUE: Text("no answer, the time is out"),
}
ROLE_WORDS = {
    FileRole.CONTRIBUTION: Text("contribution"),
    FileRole.PRESENTATION: Text("presentation text"),
    FileRole.IMAGE: Text("image"),
    FileRole.MINUTES: Text("minutes extract"),
    FileRole.OTHER: Text("appendix or other"),
}
SEVERITY_WORDS = {
    Severity.PROBLEM: Text("To be mended"),
    Severity.LOOK: Text("To look at"),
    Severity.NOTE: Text("To know"),
}
_HOW = Text(
    "Counted are characters without blanks in the whole document: running text, tables, text boxes,"
    " footnotes and endnotes, the questions too where they were left in. Not counted are comments,"
    " headers and footers, automatic numbers, and the form's own introductory texts and annexes."
)


def finding_text(found: BidFinding) -> Text:
    """Give a finding in words with what would mend it, its place, its rule and the rule's line."""
    parts: dict[str, Text | str] = {"message": found.message}
    template = "{message}"
    if found.hint:
        template += " {hint}"
        parts["hint"] = found.hint
    places = {"where": found.where, "rule": found.rule, "source": found.source}
    told = {name: said for name, said in places.items() if said}
    if told:
        template += f" ({'; '.join(f'{{{name}}}' for name in told)})"
    return Text(template, sv=template, **parts, **told)


def report_name(entry: str) -> str:
    """Give the file name of an entry's report, without ending."""
    return f"bidrag-{entry}"


def report_document(report: BidReport, edition: Edition, basis: IntakeBasis) -> Document:
    """Give the report of one bid, which can be sent to the unit.

    Args:
        report: what was found.
        edition: for titles.
        basis: for the day and what is allowed.
    """
    entry = report.entry
    titles = {each.id: each.title for each in edition.rules.classes}
    return Document(
        name=report_name(entry.id),
        title=Text("Check of the bid: {name}", name=entry.name),
        subtitle=Text(
            "{id}, {title}", id=entry.id, title=titles.get(entry.entry_class, entry.entry_class)
        ),
        blocks=(
            *_opening(report, edition, basis),
            *_listed(report),
            *_length(report.contribution, basis),
            *_answers(report.contribution),
            *_changes(report.changes, basis),
            *_files(report),
        ),
        stand=FORM_ONLY,
    )


def _opening(report: BidReport, edition: Edition, basis: IntakeBasis) -> Iterator[Block]:
    mend = len(report.of_severity(Severity.PROBLEM))
    look = len(report.of_severity(Severity.LOOK))
    yield Paragraph(
        Text(
            "This is what was seen when the bid for {title} was held against the rules about its"
            " form on {day}. The check is made by a program: it counts characters and looks for"
            " the questions, the files and the days. It judges nothing of what the bid says, and"
            " it can be wrong.",
            title=edition.title,
            day=basis.today,
        )
    )
    due = basis.next_due()
    if mend and due:
        text = Text(
            "To be mended: {mend}. To look at: {look}. A change request that is sent on {day} is"
            " to be answered by {due}.",
            mend=mend,
            look=look,
            day=basis.today,
            due=due,
        )
        yield Paragraph(text, is_notice=True)
    elif mend:
        text = Text("To be mended: {mend}. To look at: {look}.", mend=mend, look=look)
        yield Paragraph(text, is_notice=True)
    elif look:
        yield Paragraph(Text("Nothing was found that must be mended. To look at: {n}.", n=look))
    else:
        yield Paragraph(Text("Nothing was found that must be mended or looked at."))


def _listed(report: BidReport) -> Iterator[Block]:
    for severity, title in SEVERITY_WORDS.items():
        found = report.of_severity(severity)
        if found:
            yield Heading(title)
            yield Bullets(tuple(finding_text(each) for each in found))


def _length(contribution: Contribution | None, basis: IntakeBasis) -> Iterator[Block]:
    if contribution is None:
        return
    limit, total = basis.rules.bid.longest, contribution.count.total
    yield Heading(Text("Characters"))
    pairs: list[tuple[Text, Text]] = [(Text("Counted without blanks"), _number(total))]
    if limit is not None:
        pairs.append((Text("At most"), _number(limit)))
        left = Text("Left") if total <= limit else Text("Too many")
        pairs.append((left, _number(abs(limit - total))))
    if contribution.noted is not None:
        pairs.append((Text("Noted by the program that saved it"), _number(contribution.noted)))
    yield Facts(tuple(pairs))
    yield Paragraph(_HOW)
    if contribution.count.doubts:
        yield Paragraph(Text("Other programs may count otherwise. The number would be:"))
        count = contribution.count
        yield Bullets(tuple(said_otherwise(count, doubt) for doubt in count.doubts))
    yield Table(
        Text("Characters by section"),
        (Column(Text("Section"), width=4), Column(Text("Characters"), is_number=True)),
        tuple(
            (Cell(section.title), Cell(_number(section.characters), section.characters))
            for section in contribution.sections
        ),
    )


def _number(value: int) -> Text:
    return Text("{n}", sv="{n}", n=value)


def _answers(contribution: Contribution | None) -> Iterator[Block]:
    if contribution is None:
        return
    yield Heading(Text("Questions"))
    yield Paragraph(
        Text(
            "Answers were found for {n} of {total}. The characters of a question are those from"
            " its heading to the next one, the question's own words too.",
            n=contribution.answered,
            total=len(contribution.leaves),
        )
    )
    yield Table(
        Text("Where answers were found"),
        (
            Column(Text("Question"), width=0.9),
            Column(Text("About"), width=3.6),
            Column(Text("What was found"), width=2),
            Column(Text("Characters"), is_number=True, width=1.1),
        ),
        tuple(
            (
                Cell(leaf.answer.leaf),
                Cell(leaf.label),
                Cell(STATE_WORDS[leaf.answer.state]),
                Cell("" if leaf.characters is None else _number(leaf.characters)),
            )
            for leaf in contribution.leaves
        ),
    )


def _changes(changes: Sequence[ChangeStanding], basis: IntakeBasis) -> Iterator[Block]:
    if changes:
        yield Heading(Text("Change requests"))
        yield from _time_for_changes(basis)
        yield _change_table(changes, has_entry=False)


def _time_for_changes(basis: IntakeBasis) -> Iterator[Block]:
    days, rule = basis.rules.bid.change_days, cite(basis.rules.bid, "change_days")
    if days:
        yield Paragraph(
            Text(
                "Time for a change: {fewest} to {most} working days, the day after it is sent being"
                " the first ({rule}).",
                fewest=days[0],
                most=days[1],
                rule=joined(list(filter(None, (rule.id, rule.source)))) or Text("the edition"),
            )
        )


def _change_table(changes: Sequence[ChangeStanding], *, has_entry: bool) -> Table:
    def day(value: object) -> Text | str:
        return "" if value is None else Text("{day}", sv="{day}", day=value)

    columns = (
        Column(Text("To be changed"), width=3),
        Column(Text("Sent"), width=1.2),
        Column(Text("Last day"), width=1.2),
        Column(Text("Answer came"), width=1.2),
        Column(Text("State"), width=1.6),
    )
    rows = [
        (
            *([Cell(each.request.entry)] if has_entry else []),
            Cell(each.request.matter),
            Cell(day(each.request.sent)),
            Cell(day(each.due)),
            Cell(day(each.request.answered)),
            Cell(CHANGE_WORDS[each.state]),
        )
        for each in changes
    ]
    first = (Column(Text("Entry"), width=0.8),) if has_entry else ()
    return Table(Text("Change requests and where they stand"), (*first, *columns), tuple(rows))


def _files(report: BidReport) -> Iterator[Block]:
    files = report.folder.files
    if not files:
        return
    yield Heading(Text("Files"))
    yield Table(
        Text("What came, and what it was taken for"),
        (
            Column(Text("File"), width=4),
            Column(Text("Taken for"), width=2),
            Column(Text("Size, kB"), is_number=True),
        ),
        tuple(
            (
                Cell(file.file.split("/", 2)[-1]),
                Cell(ROLE_WORDS[file.role]),
                Cell(_number(-(-file.size // 1000)), file.size),
            )
            for file in files
        ),
    )
    if report.contribution is not None:
        name = report.contribution.file.rpartition("/")[2]
        yield Paragraph(Text("Read as the contribution: {name}", name=name))


def overview_document(
    reports: Sequence[BidReport], edition: Edition, basis: IntakeBasis
) -> Document:
    """Give the overview of all bids.

    Args:
        reports: in the order of ids.
        edition: for titles.
        basis: for the day.
    """
    changes = [change for report in reports for change in report.changes]
    blocks: list[Block] = [
        Paragraph(
            Text(
                "How the bids keep the rules about their form, seen on {day}. A program has"
                " counted and looked; people decide what is sent back.",
                day=basis.today,
            )
        ),
        _overview_table(reports, basis),
        *_rules_broken(reports),
    ]
    if changes:
        blocks += [Heading(Text("Change requests")), *_time_for_changes(basis)]
        blocks += [_change_table(changes, has_entry=True)]
    return Document(
        name="index",
        title=Text("Check of the bids"),
        subtitle=edition.title,
        blocks=tuple(blocks),
        stand=FORM_ONLY,
    )


def _overview_table(reports: Sequence[BidReport], basis: IntakeBasis) -> Table:
    titles = (
        Text("Characters"),
        Text("Answered"),
        Text("To be mended"),
        Text("To look at"),
    )
    return Table(
        Text("All bids, by entry"),
        (
            Column(Text("Entry"), is_sortable=True, width=3),
            *(Column(title, is_number=True, is_sortable=True, width=1.2) for title in titles),
            Column(Text("On paper"), width=0.9),
        ),
        tuple(_overview_row(report, basis) for report in reports),
    )


def _rules_broken(reports: Sequence[BidReport]) -> Iterator[Block]:
    found = [(each, report) for report in reports for each in report.findings if each.rule]
    cited = sorted({each.cited for each, _ in found})
    if not cited:
        return
    yield Heading(Text("By rule"))

    def bids(rule: Citation, severity: Severity) -> str:
        ids = (r.entry.id for each, r in found if (each.cited, each.severity) == (rule, severity))
        return joined(list(dict.fromkeys(ids)))

    yield Table(
        Text("Bids by the rule that a finding is about"),
        (
            Column(Text("Rule"), width=0.8),
            Column(Text("Line of the instructions"), width=0.8),
            Column(Text("To be mended"), width=2),
            Column(Text("To look at"), width=2),
        ),
        tuple(
            (
                Cell(rule.id),
                Cell(rule.source),
                Cell(bids(rule, Severity.PROBLEM)),
                Cell(bids(rule, Severity.LOOK)),
            )
            for rule in cited
        ),
    )


def _overview_row(report: BidReport, basis: IntakeBasis) -> tuple[Cell, ...]:
    entry, contribution = report.entry, report.contribution
    name = report_name(entry.id)
    total = contribution.count.total if contribution else None
    answered = contribution.answered if contribution else None
    mend = len(report.of_severity(Severity.PROBLEM))
    look = len(report.of_severity(Severity.LOOK))
    leaves = sum(1 for _ in basis.rules.leaves())
    shown = Text("{n} of {total}", n=answered, total=leaves) if contribution else ""
    return (
        Cell(f"{entry.id} {entry.name}", link=f"{name}.html"),
        Cell("" if total is None else _number(total), total),
        Cell(shown, answered),
        Cell(_number(mend), mend),
        Cell(_number(look), look),
        Cell(Text("PDF"), link=f"{name}.pdf"),
    )
