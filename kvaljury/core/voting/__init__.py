"""Voting methods over grades: explicit ties, nothing decided by order."""

from kvaljury.core.model.voting import Figure, Grades, Pair, Tally, VotingMethod
from kvaljury.core.voting.counting import approval, borda, plurality
from kvaljury.core.voting.majority_judgment import majority_judgment
from kvaljury.core.voting.pairwise import condorcet_winner, schulze, smith_set

__all__ = [
    "Figure",
    "Grades",
    "Pair",
    "Tally",
    "VotingMethod",
    "approval",
    "borda",
    "condorcet_winner",
    "majority_judgment",
    "plurality",
    "schulze",
    "smith_set",
]
