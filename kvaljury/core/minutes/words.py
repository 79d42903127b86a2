"""What minutes call the closed sets of the jury."""

from __future__ import annotations

from kvaljury.core.model.jury import Answer, Role
from kvaljury.core.model.kinds import Outcome, ProposalKind, Stage
from kvaljury.core.model.recorded import RecordedDecision, RecordedItem
from kvaljury.errors import Text

ROLE_WORDS = {
    Role.CHAIR: Text("chair"),
    Role.DEPUTY_CHAIR: Text("deputy chair"),
    Role.MEMBER: Text("member"),
    Role.SUBSTITUTE: Text("substitute"),
}
ANSWER_WORDS = {
    Answer.YES: Text("Yes"),
    Answer.NO: Text("No"),
    Answer.ABSTAINS: Text("Abstains"),
    Answer.JAV: Text("Jäv"),
    Answer.ABSENT: Text("Absent"),
}
KNOWN_WORDS = {
    "declared": Text("Declared by the juror"),
    "derived": Text("Follows from who leads and handles what"),
    "found_later": Text("Found after handling had begun"),
}
NOMINATED_WORDS = {
    ProposalKind.AWARD: Text("award"),
    ProposalKind.MENTION: Text("honourable mention"),
    ProposalKind.NONE: Text("nothing"),
}
NOT_PASSED_WORDS = {
    Outcome.FAIL: Text("is barred by the rules"),
    Outcome.UNKNOWN: Text("could not be tried in full, because something is unknown"),
    Outcome.NOT_APPLICABLE: Text("is not tried by the rules"),
}
STAGE_OF = {ProposalKind.AWARD: Stage.AWARD, ProposalKind.MENTION: Stage.MENTION}
_METHOD_WORDS = {
    "approval": Text("approval voting"),
    "borda": Text("the Borda count"),
    "majority-judgment": Text("majority judgment"),
    "plurality": Text("plurality"),
    "schulze": Text("Condorcet's method with Schulze's way out of cycles"),
}


def absent_from(decision: RecordedDecision, item: RecordedItem) -> tuple[str, ...]:
    """Give the ids of the members who were away; a substitute who was not called is not absent."""
    substitutes = {p.id for p in decision.people.values() if p.role is Role.SUBSTITUTE}
    return tuple(each for each in item.answers[Answer.ABSENT] if each not in substitutes)


def voting_method_text(name: str) -> Text:
    """Name a voting method; one that kvaljury does not ship stands in quotes."""
    return _METHOD_WORDS.get(name, Text('"{name}"', name=name))
