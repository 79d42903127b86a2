"""What lies in the folder of a bid, and when it came, to findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from kvaljury.core.intake.findings import BidFinding, Severity, joined
from kvaljury.core.model import BidFormat, Finding, Moment, Outcome, RuleSet
from kvaljury.core.model.bid_folder import BidFile, BidFolder, FileRole
from kvaljury.core.model.characters import count_signs
from kvaljury.errors import Text

_BID, _NOTICE = "bid-in-time", "board-notice-in-time"
_WORD = ".docx"
_INSTANT = timedelta(microseconds=1)


def folder_findings(
    folder: BidFolder, rules: RuleSet, arrivals: Iterable[Finding], today: date
) -> Iterator[BidFinding]:
    """Check what came and when.

    Args:
        folder: of the bid.
        rules: the edition's.
        arrivals: verdicts of the edition's rules on this entry; those about time are used.
        today: the day on which it is asked.
    """
    bid = rules.bid
    yield from _contribution(folder, rules, today)
    yield from _presentation(folder, bid)
    yield from _image(folder, bid)
    yield from _appendices(folder, bid)
    yield from _troubles(folder)
    yield from _times(folder, rules, arrivals, today)


def _contribution(folder: BidFolder, rules: RuleSet, today: date) -> Iterator[BidFinding]:
    files = folder.of_role(FileRole.CONTRIBUTION)
    words = [file for file in files if file.ending == _WORD]
    others = [file for file in files if file.ending != _WORD]
    rule = rules.bid.rules.get("answers", "")
    if not files:
        is_due = _is_past(_deadline(rules, _BID), today)
        severity = Severity.PROBLEM if is_due else Severity.NOTE
        yield BidFinding("no-bid", rule, severity, Text("No contribution has come."))
    elif not words:
        yield BidFinding(
            "not-word",
            rule,
            Severity.PROBLEM if rule else Severity.LOOK,
            Text(
                "The contribution is not in Word format: {names}. What it says has not been"
                " checked.",
                names=_names(others),
            ),
            hint=Text("Send it as a Word document (.docx)."),
        )
    elif others and not rules.bid.takes_appendices:
        yield _appendix(rules.bid, others)
    if len(words) > 1:
        yield BidFinding(
            "several-contributions",
            "",
            Severity.LOOK,
            Text("There are several Word documents: {names}", names=_names(words)),
            hint=Text(
                "Say which is the contribution; call the others presentation or protokoll, or"
                " remove them."
            ),
        )


def _names(files: Iterable[BidFile]) -> str:
    return joined([file.name for file in files])


def _presentation(folder: BidFolder, bid: BidFormat) -> Iterator[BidFinding]:
    limit, rule = bid.presentation_longest, bid.rules.get("presentation_longest", "")
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
    rule = bid.rules.get("image_size", "")
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
        bid.rules.get("takes_appendices", ""),
        Severity.PROBLEM,
        Text("Appendices may not be used, but these files came too: {names}", names=_names(files)),
        hint=Text("Put what matters into the answers."),
    )


def _troubles(folder: BidFolder) -> Iterator[BidFinding]:
    for trouble in folder.troubles:
        yield BidFinding(
            "unreadable",
            "",
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
    if found.overridden_by:
        message = Text(
            "{reason} Set aside by {name}.", reason=found.reason, name=found.overridden_by
        )
        yield BidFinding("set-aside", found.rule, Severity.NOTE, message)
    elif found.verdict is Outcome.FAIL:
        yield BidFinding("too-late", found.rule, Severity.PROBLEM, found.reason)
    elif found.verdict is Outcome.UNKNOWN and is_there:
        yield BidFinding("unknown-arrival", found.rule, Severity.LOOK, found.reason)


def _unknown_notice(folder: BidFolder, rules: RuleSet, found: Finding, today: date) -> BidFinding:
    minutes = folder.of_role(FileRole.MINUTES)
    if minutes:
        message = Text(
            "The minutes extract {names} is there, but the day it came is not noted.",
            names=_names(minutes),
        )
        return BidFinding("unknown-arrival", found.rule, Severity.LOOK, message)
    is_due = _is_past(_deadline(rules, _NOTICE), today)
    severity = Severity.PROBLEM if is_due else Severity.NOTE
    message = Text("No minutes extract has come. The last day is {day}.", day=found.limit)
    return BidFinding("no-minutes", found.rule, severity, message)


def _deadline(rules: RuleSet, rule: str) -> Moment | None:
    for use in rules.eligibility:
        if use.rule == rule:
            given = use.parameters.get("deadline")
            return given if isinstance(given, Moment) else None
    return None


def _is_past(deadline: Moment | None, today: date) -> bool:
    """Tell whether the last day is over; 24.00 is the end of its day."""
    if deadline is None:
        return False
    last = deadline.at if deadline.whole_day else deadline.at - _INSTANT
    return today > last.date()
