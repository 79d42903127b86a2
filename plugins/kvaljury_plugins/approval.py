"""Voting method: who is found worthy by most jurors.

The highest level counts as approval (Brams and Fishburn 1978); what a juror says between the
levels below makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterator

from kvaljury import Text, VotingMethod, hookimpl, voting

LABEL = Text("Approval voting", sv="Godkännandeomröstning")


@hookimpl
def kvaljury_voting_methods() -> Iterator[VotingMethod]:
    """Offer ``approval``."""
    yield VotingMethod("approval", LABEL, voting.approval)
