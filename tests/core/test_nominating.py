"""A first list of nominations: what people proposed, what stands clear, nothing that is barred."""

import attrs
import pytest

from kvaljury.core.model import (
    ClassRanking,
    Finding,
    Outcome,
    ProposalKind,
    RankedEntry,
    Stage,
    Status,
    Text,
)
from kvaljury.core.nominating import first_nominations

AWARD, MENTION, NONE = ProposalKind.AWARD, ProposalKind.MENTION, ProposalKind.NONE


@attrs.frozen
class Ranked:
    classes: tuple[ClassRanking, ...]


def ranked(status=Status.SHORTLISTED, proposal=None, p=0.94, *findings):
    return RankedEntry(
        "F01", "Unit", "L1", status, proposal, p_shortlist=p, findings=tuple(findings)
    )


def finding(stage, verdict=Outcome.FAIL):
    return Finding(f"E-{stage}", "F01", stage, verdict, Text("so"), "S25:1")


def listed(entry):
    found = first_nominations(Ranked((ClassRanking("c", Text("C"), 3, True, (entry,)),)))
    return [(kind, str(reason).replace("\N{NO-BREAK SPACE}", " ")) for _, kind, reason in found]


CLEAR = "shortlisted, probability 94 %; "
OPEN = "to be discussed, probability of the shortlist {p} %; "
FILED = "the team has filed no proposal"
PROPOSES = "the team proposes: "


@pytest.mark.parametrize(
    ("entry", "kind", "reason"),
    [
        (ranked(), AWARD, CLEAR + FILED),
        (ranked(proposal=MENTION), MENTION, CLEAR + PROPOSES + "honourable mention"),
        (ranked(proposal=NONE), NONE, CLEAR + PROPOSES + "nothing"),
        (ranked(Status.DISCUSS, None, 0.5), NONE, OPEN.format(p=50) + FILED),
        (ranked(Status.DISCUSS, AWARD, 1.0), AWARD, OPEN.format(p=100) + PROPOSES + "award"),
        (
            ranked(Status.NOT_SHORTLISTED, MENTION, 0.01),
            MENTION,
            PROPOSES + "honourable mention",
        ),
        (ranked(Status.UNMARKED, AWARD, None), AWARD, PROPOSES + "award"),
    ],
)
def test_the_proposal_goes_first_then_the_shortlist(entry, kind, reason) -> None:
    assert listed(entry) == [(kind, reason)]


@pytest.mark.parametrize(
    "entry",
    [
        ranked(Status.NOT_SHORTLISTED),
        ranked(Status.NOT_SHORTLISTED, NONE),
        ranked(Status.NOT_ELIGIBLE, AWARD, None, finding(Stage.PARTICIPATION)),
        ranked(Status.BARRED_AWARD, AWARD, None, finding(Stage.AWARD), finding(Stage.MENTION)),
    ],
)
def test_what_nobody_proposes_or_the_rules_bar_is_left_out(entry) -> None:
    assert listed(entry) == []


def test_what_is_barred_from_what_is_proposed_is_put_forward_for_nothing() -> None:
    ((kind, reason),) = listed(ranked(Status.BARRED_AWARD, AWARD, None, finding(Stage.AWARD)))
    assert kind is NONE
    assert reason == "the team proposes: award; the rules do not allow what is proposed"


def test_rules_that_were_not_tried_are_named() -> None:
    ((_, reason),) = listed(
        ranked(Status.SHORTLISTED, AWARD, 0.9, finding(Stage.AWARD, Outcome.UNKNOWN))
    )
    assert "not examined: ['E-award']" in reason
