"""Voting method: who is graded above every other, pair by pair.

Schulze (2011): whoever wins every pair wins. Where the pairs go round in a cycle it is shown, and
the strongest chains of wins decide.
"""

from __future__ import annotations

from collections.abc import Iterator

from kvaljury import Text, VotingMethod, hookimpl, voting

LABEL = Text("Schulze’s method", sv="Schulzes metod")


@hookimpl
def kvaljury_voting_methods() -> Iterator[VotingMethod]:
    """Offer ``schulze``."""
    yield VotingMethod("schulze", LABEL, voting.schulze)
