"""What is found out about the form of a bid, and the checks of its document."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import attrs

from kvaljury.core.intake.anchors import AnchorKind
from kvaljury.core.intake.citations import NO_RULE, Citation, cite
from kvaljury.core.intake.counting import Count, Length, judge_length, said_otherwise
from kvaljury.core.intake.sections import AnswerState, Outline
from kvaljury.core.model import BidFormat, RuleSet
from kvaljury.core.model.bid_folder import BidFolder, PassageKind
from kvaljury.core.model.characters import count_signs
from kvaljury.core.model.word_document import Origin, Part, WordDocument
from kvaljury.errors import Text

FEWEST_LINES = 4
"""Lines of text on end in an image that make it look like a passage."""

MOST_DRAWN = 200
"""Characters in a chart or diagram that make it look like a passage."""


class Severity(StrEnum):
    """What is to be done about a finding, the most first."""

    PROBLEM = "problem"
    LOOK = "look"
    NOTE = "note"


@attrs.frozen
class BidFinding:
    """Something about the form of a bid.

    Attributes:
        code: stable kebab-case name of the kind of finding.
        cited: the rule that it is about.
        severity: whether it departs from the rules, is for a person to look at, or is told.
        message: what was found.
        where: the place in the document, or empty.
        hint: what would mend it, or None.
    """

    code: str
    cited: Citation
    severity: Severity
    message: Text
    where: Text | str = ""
    hint: Text | None = None

    @property
    def rule(self) -> str:
        """Id of the rule, or empty."""
        return self.cited.id

    @property
    def source(self) -> str:
        """The line of the instructions, or empty."""
        return self.cited.source


def document_findings(
    document: WordDocument, seen: Outline, count: Count, rules: RuleSet
) -> Iterator[BidFinding]:
    """Check what stands in a contribution.

    Args:
        document: the contribution.
        seen: where its sections and answers are.
        count: of the whole, what the form left out.
        rules: the edition's.
    """
    bid = rules.bid
    yield from _answers(seen, rules)
    yield from _length(count, bid)
    yield from _left_in(document, seen, bid)
    yield from _own_annexes(document, seen, bid)
    yield from _drawings(document, bid)
    yield from _embedded(document, bid)
    yield from _tracked(document)
    yield from _comments(document)


def joined(names: Iterator[str] | tuple[str, ...] | list[str]) -> str:
    """List names with commas."""
    return ", ".join(names)


def _answers(seen: Outline, rules: RuleSet) -> Iterator[BidFinding]:
    rule = cite(rules.bid, "answers")
    by_state: dict[AnswerState, list[str]] = {state: [] for state in AnswerState}
    for answer in seen.answers:
        by_state[answer.state].append(answer.leaf)
    if by_state[AnswerState.EMPTY]:
        yield BidFinding(
            "no-answer",
            rule,
            Severity.PROBLEM if rule.id else Severity.LOOK,
            Text(
                "The question stands there, but no answer to it was found: {questions}",
                questions=joined(by_state[AnswerState.EMPTY]),
            ),
            hint=Text("Answer all questions."),
        )
    short = [answer for answer in seen.answers if answer.state is AnswerState.SHORT]
    if short:
        yield BidFinding(
            "short-answer",
            rule,
            Severity.LOOK,
            Text(
                "Short answers, with their characters in brackets; see whether they answer the"
                " question: {questions}",
                questions=joined([f"{answer.leaf} ({answer.characters})" for answer in short]),
            ),
        )
    if by_state[AnswerState.ONE_LINE]:
        yield BidFinding(
            "one-line",
            rule,
            Severity.LOOK,
            Text(
                "Beside the number stands one short line and nothing below it. It may be an answer"
                " or a heading: {questions}",
                questions=joined(by_state[AnswerState.ONE_LINE]),
            ),
            hint=Text("Answer all questions."),
        )
    if by_state[AnswerState.NOT_FOUND]:
        yield BidFinding(
            "not-found",
            rule,
            Severity.LOOK,
            Text(
                "Neither number nor heading was found of: {questions}. The answer may stand"
                " under another heading.",
                questions=joined(by_state[AnswerState.NOT_FOUND]),
            ),
            hint=Text("Put the question's number before each answer."),
        )
    if by_state[AnswerState.UNDIVIDED]:
        yield BidFinding(
            "undivided",
            rule,
            Severity.LOOK,
            Text(
                "The question has an answer, but these parts of it were not found by their"
                " letters: {questions}",
                questions=joined(by_state[AnswerState.UNDIVIDED]),
            ),
            hint=Text("Put the letter of the part before each answer."),
        )
    astray = [answer.leaf for answer in seen.answers if not answer.is_in_order]
    if astray:
        yield BidFinding(
            "out-of-order",
            rule,
            Severity.LOOK,
            Text("Found, but not in the order of the form: {questions}", questions=joined(astray)),
        )
    unsure = [answer.leaf for answer in seen.answers if not answer.is_sure]
    if unsure:
        yield BidFinding(
            "unsure-place",
            rule,
            Severity.LOOK,
            Text(
                "Found by nothing but a number or a word, which may stand there for another"
                " reason: {questions}",
                questions=joined(unsure),
            ),
        )


def _length(count: Count, bid: BidFormat) -> Iterator[BidFinding]:
    if bid.longest is None:
        return
    rule, limit = cite(bid, "longest"), bid.longest
    stands = judge_length(count.total, limit)
    if stands is Length.OVER:
        yield BidFinding(
            "too-long",
            rule,
            Severity.PROBLEM,
            Text(
                "The contribution has {n} characters without blanks; at most {limit} are allowed,"
                " so it is {over} too long.",
                n=count.total,
                limit=limit,
                over=count.total - limit,
            ),
            hint=Text("Shorten the text."),
        )
    if stands is Length.NEAR:
        yield BidFinding(
            "near-limit",
            rule,
            Severity.LOOK,
            Text(
                "The contribution has {n} characters without blanks; at most {limit} are allowed."
                " It lies within 1 percent of the limit, where programs count differently, so a"
                " person decides.",
                n=count.total,
                limit=limit,
            ),
        )
    crossing = [d for d in count.doubts if (count.otherwise(d) > limit) != (count.total > limit)]
    for doubt in crossing:
        yield BidFinding(
            "doubtful-length",
            rule,
            Severity.LOOK,
            Text(
                "How it is counted decides whether the limit is kept: {otherwise}.",
                otherwise=said_otherwise(count, doubt),
            ),
        )


def _left_in(document: WordDocument, seen: Outline, bid: BidFormat) -> Iterator[BidFinding]:
    if not bid.removable:
        return
    kinds = {
        PassageKind.INTRODUCTION: Text("introductory texts of the form"),
        PassageKind.ANNEX: Text("annexes of the form"),
    }
    for kind, said in kinds.items():
        places = [i for left in seen.leftovers if left.kind is kind for i in left.paragraphs]
        if places:
            characters = sum(count_signs(document.paragraphs[i].text).counted for i in places)
            yield BidFinding(
                f"{kind.value}-left-in",
                cite(bid, "removable"),
                Severity.PROBLEM,
                Text(
                    "The {what} are still there, {n} characters. They are not counted.",
                    what=said,
                    n=characters,
                ),
                paragraph_text(min(places), seen),
                Text("Remove them."),
            )


def _own_annexes(document: WordDocument, seen: Outline, bid: BidFormat) -> Iterator[BidFinding]:
    if bid.takes_appendices:
        return
    left_out = seen.left_out()
    for section in seen.sections:
        if section.kind is AnchorKind.ANNEX and section.first not in left_out:
            yield BidFinding(
                "own-annex",
                cite(bid, "takes_appendices"),
                Severity.LOOK,
                Text(
                    'The heading "{heading}" looks like an appendix of one\'s own. It is counted.',
                    heading=document.paragraphs[section.first].text.strip()[:80],
                ),
                paragraph_text(section.first, seen),
                Text("Put what matters into the answers; appendices may not be used."),
            )


def _drawings(document: WordDocument, bid: BidFormat) -> Iterator[BidFinding]:
    drawn = "".join(
        s.text for p in document.paragraphs for s in p.stretches if s.origin is Origin.DRAWING
    )
    characters = count_signs(drawn).counted
    if bid.change_days is not None and characters > MOST_DRAWN:
        yield BidFinding(
            "text-in-drawings",
            cite(bid, "change_days"),
            Severity.LOOK,
            Text(
                "Charts and diagrams hold {n} characters that are not counted. Passages of text"
                " may not stand in images.",
                n=characters,
            ),
            hint=Text("Move longer texts out of charts and diagrams."),
        )


def image_findings(folder: BidFolder, file: str, bid: BidFormat) -> Iterator[BidFinding]:
    """Point out images of a contribution that look as if text stood in them.

    Args:
        folder: with the signs of its images.
        file: address of the contribution.
        bid: what the edition asks for.
    """
    if bid.change_days is None:
        return
    rule = cite(bid, "change_days")
    own = [(name, signs) for document, name, signs in folder.placed if document == file]
    texts = [(name, s) for name, s in own if s and s.lines >= FEWEST_LINES]
    if texts:
        said = joined([f"{name} ({signs.lines})" for name, signs in texts])
        yield BidFinding(
            "text-in-images",
            rule,
            Severity.LOOK,
            Text(
                "Images that are suspected of holding text, with the lines: {images}", images=said
            ),
            hint=Text("Put text into the document itself; images illustrate it."),
        )
    unseen = [name for name, signs in own if signs is None]
    if unseen:
        said = joined(unseen)
        yield BidFinding(
            "unseen-images",
            rule,
            Severity.LOOK,
            Text("Images that could not be looked into: {images}", images=said),
        )


def _embedded(document: WordDocument, bid: BidFormat) -> Iterator[BidFinding]:
    if document.embedded and not bid.takes_appendices:
        yield BidFinding(
            "embedded-files",
            cite(bid, "takes_appendices"),
            Severity.LOOK,
            Text(
                "Other files lie inside the document: {names}. The sheet behind a chart is no"
                " appendix; other files are.",
                names=joined(document.embedded),
            ),
        )


def _tracked(document: WordDocument) -> Iterator[BidFinding]:
    if document.tracks_changes:
        yield BidFinding(
            "tracked-changes",
            NO_RULE,
            Severity.LOOK,
            Text(
                "Tracked changes are left in the document. It is counted as if all were accepted."
            ),
            hint=Text("Accept or reject all changes in Word."),
        )


def _comments(document: WordDocument) -> Iterator[BidFinding]:
    comments = sum(p.part is Part.COMMENT and bool(p.text.strip()) for p in document.paragraphs)
    if comments:
        yield BidFinding(
            "comments",
            NO_RULE,
            Severity.LOOK,
            Text("Comments are left in the document; paragraphs in them: {n}", n=comments),
            hint=Text("Remove all comments in Word."),
        )


def paragraph_text(index: int, seen: Outline) -> Text:
    """Say where a paragraph stands: its number and the question or area it stands under."""
    place, number = seen.place_of(index), seen.number_of(index)
    if not place:
        return Text("paragraph {n}", n=number)
    return Text("paragraph {n}, under {place}", n=number, place=place)
