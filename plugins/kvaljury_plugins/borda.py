"""Voting method: how many stand below and how many above, over all jurors.

The symmetric count, in which equal grades and abstentions count neither way. A juror moves two
nominees further apart by grading others between them: look at another method beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from kvaljury import Text, VotingMethod, hookimpl, voting

LABEL = Text("Borda count", sv="Bordaräkning")


@hookimpl
def kvaljury_voting_methods() -> Iterator[VotingMethod]:
    """Offer ``borda``."""
    yield VotingMethod("borda", LABEL, voting.borda)
