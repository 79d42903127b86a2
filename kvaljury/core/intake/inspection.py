"""A bid's folder and the rules of its edition to all that is reported about its form."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

import attrs

from kvaljury.core.intake.anchors import AnchorKind
from kvaljury.core.intake.changes import ChangeStanding, change_standings, working_day_after
from kvaljury.core.intake.counting import (
    Count,
    count_by_section,
    count_characters,
)
from kvaljury.core.intake.findings import (
    BidFinding,
    Severity,
    document_findings,
    image_findings,
)
from kvaljury.core.intake.fingerprints import Form
from kvaljury.core.intake.folder_findings import folder_findings
from kvaljury.core.intake.lines import Lines, by_lines
from kvaljury.core.intake.personal_findings import personal_findings
from kvaljury.core.intake.sections import LeafAnswer, Outline, Section, outline
from kvaljury.core.model import Entry, Finding, RuleSet
from kvaljury.core.model.bid_folder import BidFolder, ChangeRequest
from kvaljury.core.model.characters import count_signs
from kvaljury.core.model.word_document import WordDocument
from kvaljury.errors import Text

_LONGEST_TITLE = 80


@attrs.frozen
class IntakeBasis:
    """What all bids of an edition are held against.

    Attributes:
        rules: of the edition.
        form: the passages of its form.
        today: the day on which it is asked.
        off: days besides weekends on which nobody works, of every year that matters.
    """

    rules: RuleSet
    form: Form
    today: date
    off: Collection[date]

    def next_due(self) -> date | None:
        """Give the last day of a change request that is sent today, or None."""
        days = self.rules.bid.change_days
        return working_day_after(self.today, days[1], self.off) if days else None


@attrs.frozen
class SectionLength:
    """A section and its characters without whitespace."""

    title: Text | str
    characters: int


@attrs.frozen
class LeafLength:
    """A leaf's answer, and the characters that stand under its heading with the heading.

    Attributes:
        label: of the leaf.
        answer: what was found.
        characters: as counted, or None where nothing was found.
    """

    label: Text
    answer: LeafAnswer
    characters: int | None


@attrs.frozen
class Contribution:
    """A contribution that was read.

    Attributes:
        file: its address.
        count: of the whole.
        sections: in reading order; they sum to the whole.
        leaves: every leaf, in the order of the form.
        noted: characters that the program which saved it noted, or None.
    """

    file: str
    count: Count
    sections: tuple[SectionLength, ...]
    leaves: tuple[LeafLength, ...]
    noted: int | None

    @property
    def answered(self) -> int:
        """How many leaves have an answer."""
        return sum(leaf.answer.is_answered for leaf in self.leaves)


@attrs.frozen
class BidReport:
    """All that is reported about the form of one bid.

    Attributes:
        entry: whose it is.
        folder: what lies there.
        contribution: what was read, or None.
        presentation: characters without whitespace of the presentation text, or None.
        findings: the weightiest first, then in the order of the checks.
        changes: requests with where they stand.
    """

    entry: Entry
    folder: BidFolder
    contribution: Contribution | None
    presentation: int | None
    findings: tuple[BidFinding, ...]
    changes: tuple[ChangeStanding, ...]

    def of_severity(self, severity: Severity) -> tuple[BidFinding, ...]:
        """Give the findings of a severity."""
        return tuple(found for found in self.findings if found.severity is severity)


def inspect_bid(
    entry: Entry,
    folder: BidFolder,
    arrivals: Sequence[Finding],
    requests: Sequence[ChangeRequest],
    basis: IntakeBasis,
) -> BidReport:
    """Hold a bid against the rules about its form.

    Args:
        entry: whose bid it is.
        folder: what lies in its folder.
        arrivals: the verdicts of the edition's rules on the entry.
        requests: change requests of the entry.
        basis: of the edition.

    Returns:
        The report; of several Word documents the one that answers most is checked.
    """
    chosen = _chosen(folder.documents, basis)
    counted = chosen[0].document.file if chosen else ""
    found = list(folder_findings(folder, basis.rules, arrivals, basis.today, counted))
    contribution = None
    if chosen is not None:
        lines, seen = chosen
        document = lines.document
        contribution = _contribution(document, seen, basis.rules)
        found += document_findings(document, seen, contribution.count, basis.rules)
        found += image_findings(folder, document.file, basis.rules.bid)
    found += personal_findings(folder, chosen, basis.rules.year)
    days = basis.rules.bid.change_days
    text = folder.presentation
    return BidReport(
        entry,
        folder,
        contribution,
        None if text is None else count_signs(text).counted,
        tuple(sorted(found, key=lambda each: list(Severity).index(each.severity))),
        tuple(change_standings(requests, days, basis.today, basis.off)),
    )


def _chosen(documents: Sequence[WordDocument], basis: IntakeBasis) -> tuple[Lines, Outline] | None:
    """Give the document that answers most, of equals the longest, then the first by name."""
    split = [by_lines(each) for each in sorted(documents, key=lambda each: each.file)]
    seen = [(lines, _outline(lines, basis)) for lines in split]
    return max(
        seen,
        key=lambda pair: (pair[1].answered, count_characters(pair[0].document).total),
        default=None,
    )


def _outline(lines: Lines, basis: IntakeBasis) -> Outline:
    seen = outline(lines.document, basis.rules, basis.form)
    return attrs.evolve(seen, origins=lines.origins)


def _contribution(document: WordDocument, seen: Outline, rules: RuleSet) -> Contribution:
    left_out = seen.left_out()
    by_section = count_by_section(document, seen.sections, left_out)
    labels = {area.id: area.label for area in rules.areas}
    sections = [
        SectionLength(_title(section, document, labels), count.total)
        for section, count in zip(seen.sections, by_section.sections, strict=True)
        if count.total
    ]
    if by_section.rest.total:
        sections.append(SectionLength(Text("Elsewhere"), by_section.rest.total))
    return Contribution(
        document.file,
        count_characters(document, left_out),
        tuple(sections),
        tuple(_leaves(document, seen, rules)),
        document.counted_by_word,
    )


def _title(section: Section, document: WordDocument, labels: dict[str, Text]) -> Text | str:
    if section.kind is None:
        return Text("Before the first question area")
    if section.kind is AnchorKind.ANNEX:
        return document.paragraphs[section.first].text.strip()[:_LONGEST_TITLE]
    return labels[section.name]


def _leaves(document: WordDocument, seen: Outline, rules: RuleSet) -> Iterator[LeafLength]:
    labels = dict(_labels(rules))
    found = [answer for answer in seen.answers if answer.first is not None]
    spans = [Section(None, "", a.first or 0, a.end or 0) for a in found]
    counts = count_by_section(document, spans, seen.left_out()).sections
    lengths = {a.leaf: count.total for a, count in zip(found, counts, strict=True)}
    for answer in seen.answers:
        yield LeafLength(labels[answer.leaf], answer, lengths.get(answer.leaf))


def _labels(rules: RuleSet) -> Iterator[tuple[str, Text]]:
    """Give each leaf's id and label, parts with the question's before their own."""
    for area in rules.areas:
        for question in area.questions:
            for leaf in question.leaves:
                is_whole = leaf.id == question.id
                yield leaf.id, leaf.label if is_whole else _part(question.label, leaf.label)


def _part(question: Text, part: Text) -> Text:
    return Text("{question}: {part}", sv="{question}: {part}", question=question, part=part)
