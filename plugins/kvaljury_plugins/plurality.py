"""Voting method: who is graded highest by most jurors.

A juror who grades several nominees highest shares the vote between them. Similar nominees take
votes from each other: look at another method beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from kvaljury import Text, VotingMethod, hookimpl, voting

LABEL = Text("Plurality", sv="Flest förstahandsröster")


@hookimpl
def kvaljury_voting_methods() -> Iterator[VotingMethod]:
    """Offer ``plurality``."""
    yield VotingMethod("plurality", LABEL, voting.plurality)
