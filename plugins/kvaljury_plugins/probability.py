"""A shortlist by the probability of being among the k best."""

from collections.abc import Iterable, Mapping

from kvaljury import ClassRanking, ShortlistRule, ShortlistSettings, Status, hookimpl

_DIGITS = 9


def decide(ranking: ClassRanking, settings: ShortlistSettings) -> Mapping[str, Status]:
    """List those who stand clear; discuss overlaps, ties at the cut and missing probabilities."""
    tied = _ranks_tied_at_cut(ranking, settings.size)
    return {
        entry.id: Status.DISCUSS
        if entry.rank in tied
        else _status(entry.p_shortlist, settings.clear)
        for entry in ranking.entries
    }


def _status(probability: float | None, clear: float) -> Status:
    if probability is None:
        return Status.DISCUSS
    if probability >= clear:
        return Status.SHORTLISTED
    return Status.NOT_SHORTLISTED if probability <= round(1 - clear, _DIGITS) else Status.DISCUSS


def _ranks_tied_at_cut(ranking: ClassRanking, size: int) -> set[int | None]:
    ranks = [entry.rank for entry in ranking.entries if entry.rank is not None]
    return {rank for rank in ranks if rank <= size < rank + ranks.count(rank) - 1}


@hookimpl
def kvaljury_shortlist_rules() -> Iterable[ShortlistRule]:
    """Offer ``probability``."""
    yield ShortlistRule("probability", decide)
