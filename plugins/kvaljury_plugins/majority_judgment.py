"""Voting method: whose middle grade is highest.

The default (Balinski and Laraki 2007): it uses the words on the ballot as they stand, needs no
order between nominees, and one juror's extreme grade weighs no more than any other above or below
the middle.
"""

from __future__ import annotations

from collections.abc import Iterator

from kvaljury import Text, VotingMethod, hookimpl, voting

LABEL = Text("Majority judgment", sv="Majoritetsomdöme")


@hookimpl
def kvaljury_voting_methods() -> Iterator[VotingMethod]:
    """Offer ``majority-judgment``."""
    yield VotingMethod("majority-judgment", LABEL, voting.majority_judgment)
