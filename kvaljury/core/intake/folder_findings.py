"""What lies in the folder of a bid, and when it came, to findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from kvaljury.core.intake.citations import NO_RULE, Citation, cite
from kvaljury.core.intake.findings import BidFinding, Severity, joined
from kvaljury.core.model import BidFormat, EligibilityUse, Finding, Moment, Outcome, RuleSet
from kvaljury.core.model.bid_folder import BidFile, BidFolder, FileRole
from kvaljury.core.model.characters import count_signs
from kvaljury.errors import Text

_BID, _NOTICE = "bid-in-time", "board-notice-in-time"
_WORD = ".docx"
_OLD_WORD = (".doc", ".docm", ".dot", ".dotm", ".dotx")


def folder_findings(
    folder: BidFolder,
    rules: RuleSet,
    arrivals: Iterable[Finding],
    today: date,
    counted: str = "",
) -> Iterator[BidFinding]:
    """Check what came and when.

    Args:
        folder: of the bid.
        rules: the edition's.
        arrivals: verdicts of the edition's rules on this entry; those about time are used.
        today: the day on which it is asked.
        counted: address of the document that is read as the contribution, or empty.
    """
    bid = rules.bid
    yield from _contribution(folder, rules, today)
    yield from _several(folder, counted)
    yield from _presentation(folder, bid)
    yield from _image(folder, bid)
    yield from _appendices(folder, bid)
    yield from _troubles(folder)
    yield from _times(folder, rules, arrivals, today)


def _contribution(folder: BidFolder, rules: RuleSet, today: date) -> Iterator[BidFinding]:
    files = folder.of_role(FileRole.CONTRIBUTION)
    words = [file for file in files if file.ending == _WORD]
    others = [file for file in files if file.ending != _WORD]
    rule = cite(rules.bid, "answers")
    if not files:
        use = _use(rules, _BID)
        is_due = _is_past(use, today)
        severity = Severity.PROBLEM if is_due else Severity.NOTE
        cited = Citation(use.id, use.source) if use else rule
        yield BidFinding("no-bid", cited, severity, Text("No contribution has come."))
    elif not words and any(file.ending in _OLD_WORD for file in files):
        yield _old_word([file for file in files if file.ending in _OLD_WORD], rule)
    elif not words:
        yield BidFinding(
            "not-word",
            rule,
            Severity.PROBLEM if rule.id else Severity.LOOK,
            Text(
                "The contribution is not in Word format: {names}. What it says has not been"
                " checked.",
                names=_names(others),
            ),
            hint=Text("Send it as a Word document (.docx)."),
        )
    elif others and not rules.bid.takes_appendices:
        yield _appendix(rules.bid, others)


def _several(folder: BidFolder, counted: str) -> Iterator[BidFinding]:
    words = [file for file in folder.of_role(FileRole.CONTRIBUTION) if file.ending == _WORD]
    if len(words) > 1:
        name = counted.rpartition("/")[2] or Text("none of them")
        yield BidFinding(
            "several-contributions",
            NO_RULE,
            Severity.LOOK,
            Text(
                "There are several Word documents: {names}. Counted is: {name}.",
                names=_names(words),
                name=name,
            ),
            hint=Text(
                "Say which is the contribution; call the others presentation or protokoll, or"
                " remove them."
            ),
        )


def _old_word(files: Iterable[BidFile], rule: Citation) -> BidFinding:
    return BidFinding(
        "old-word",
        rule,
        Severity.LOOK,
        Text(
            "The contribution is a Word document of another type than .docx: {names}. What it says"
            " has not been checked.",
            names=_names(files),
        ),
        hint=Text("Open it in Word and save it as a Word document (.docx)."),
    )


def _names(files: Iterable[BidFile]) -> str:
    return joined([file.name for file in files])


def _presentation(folder: BidFolder, bid: BidFormat) -> Iterator[BidFinding]:
    limit, rule = bid.presentation_longest, cite(bid, "presentation_longest")
    if limit is None or not folder.files:
        return
    if folder.presentation is None:
        if not folder.of_role(FileRole.PRESENTATION):
            yield BidFinding(
                "no-presentation",
                rule,
                Severity.PROBLEM,
                Text("No presentation text has come."),
                hint=Text("Send a presentation text of at most {limit} characters.", limit=limit),
            )
        return
    signs = count_signs(folder.presentation).counted
    if signs > limit or not signs:
        yield BidFinding(
            "presentation-length",
            rule,
            Severity.PROBLEM,
            Text(
                "The presentation text has {n} characters without blanks; from 1 to {limit} are"
                " allowed.",
                n=signs,
                limit=limit,
            ),
        )


def _image(folder: BidFolder, bid: BidFormat) -> Iterator[BidFinding]:
    if bid.image_size is None or not folder.files:
        return
    rule = cite(bid, "image_size")
    else_bank = Text("Without one that fits, an image from the city's image bank is used.")
    if not folder.images:
        yield BidFinding(
            "no-image", rule, Severity.LOOK, Text("No image has come."), hint=else_bank
        )
    for file, size in folder.images:
        name = file.rpartition("/")[2]
        if size is None:
            message = Text("The image {name} cannot be opened.", name=name)
            yield BidFinding("image-unreadable", rule, Severity.LOOK, message, hint=else_bank)
        elif size[0] <= size[1] or size != bid.image_size:
            message = Text(
                "The image {name} is {own_width} × {own_height} pixels; landscape,"
                " {width} × {height} is asked for.",
                name=name,
                own_width=size[0],
                own_height=size[1],
                width=bid.image_size[0],
                height=bid.image_size[1],
            )
            severity = Severity.LOOK if _is_smaller(size, bid.image_size) else Severity.NOTE
            yield BidFinding("image-size", rule, severity, message, hint=else_bank)
    if len(folder.images) > 1:
        names = joined([file.rpartition("/")[2] for file, _ in folder.images])
        message = Text("There are several images: {names}", names=names)
        yield BidFinding("several-images", rule, Severity.LOOK, message)


def _is_smaller(size: tuple[int, int], least: tuple[int, int]) -> bool:
    return size[0] <= size[1] or size[0] < least[0] or size[1] < least[1]


def _appendices(folder: BidFolder, bid: BidFormat) -> Iterator[BidFinding]:
    others = folder.of_role(FileRole.OTHER)
    if others and not bid.takes_appendices:
        yield _appendix(bid, others)


def _appendix(bid: BidFormat, files: Iterable[BidFile]) -> BidFinding:
    return BidFinding(
        "appendices",
        cite(bid, "takes_appendices"),
        Severity.PROBLEM,
        Text("Appendices may not be used, but these files came too: {names}", names=_names(files)),
        hint=Text("Put what matters into the answers."),
    )


def _troubles(folder: BidFolder) -> Iterator[BidFinding]:
    for trouble in folder.troubles:
        yield BidFinding(
            "unreadable",
            NO_RULE,
            Severity.PROBLEM,
            Text(
                "The file {name} could not be read: {why}",
                name=trouble.file.rpartition("/")[2],
                why=trouble.message,
            ),
            hint=trouble.hint,
        )


def _times(
    folder: BidFolder, rules: RuleSet, arrivals: Iterable[Finding], today: date
) -> Iterator[BidFinding]:
    uses = {use.id: use.rule for use in rules.eligibility if use.rule in (_BID, _NOTICE)}
    seen: set[str] = set()
    for found in arrivals:
        if found.rule in uses and found.rule not in seen:
            seen.add(found.rule)
            if uses[found.rule] == _NOTICE and found.verdict is Outcome.UNKNOWN:
                yield _unknown_notice(folder, rules, found, today)
            else:
                yield from _time(found, is_there=bool(folder.files))


def _time(found: Finding, *, is_there: bool) -> Iterator[BidFinding]:
    rule = Citation(found.rule, found.source)
    if found.overridden_by:
        # The reason says who has set the rule aside and why.
        message = Text("{reason}.", sv="{reason}.", reason=found.reason)
        yield BidFinding("set-aside", rule, Severity.NOTE, message)
    elif found.verdict is Outcome.FAIL:
        yield BidFinding("too-late", rule, Severity.PROBLEM, found.reason)
    elif found.verdict is Outcome.UNKNOWN and is_there:
        yield BidFinding("unknown-arrival", rule, Severity.LOOK, found.reason)


def _unknown_notice(folder: BidFolder, rules: RuleSet, found: Finding, today: date) -> BidFinding:
    rule = Citation(found.rule, found.source)
    minutes = folder.of_role(FileRole.MINUTES)
    if minutes:
        message = Text(
            "The minutes extract {names} is there, but the day it came is not noted.",
            names=_names(minutes),
        )
        return BidFinding("unknown-arrival", rule, Severity.LOOK, message)
    is_due = _is_past(_use(rules, _NOTICE), today)
    severity = Severity.PROBLEM if is_due else Severity.NOTE
    message = Text("No minutes extract has come. The last day is {day}.", day=found.limit)
    return BidFinding("no-minutes", rule, severity, message)


def _use(rules: RuleSet, rule: str) -> EligibilityUse | None:
    return next((use for use in rules.eligibility if use.rule == rule), None)


def _is_past(use: EligibilityUse | None, today: date) -> bool:
    deadline = use.parameters.get("deadline") if use else None
    return isinstance(deadline, Moment) and today > deadline.last_day
