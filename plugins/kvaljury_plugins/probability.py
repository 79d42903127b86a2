"""A shortlist by the probability of being among the k best."""

from collections.abc import Iterable, Mapping

from kvaljury import ClassRanking, ShortlistRule, ShortlistSettings, Status, hookimpl

_DIGITS = 9


def decide(ranking: ClassRanking, settings: ShortlistSettings) -> Mapping[str, Status]:
    """List those who stand clear; discuss overlaps and what no probability is known of."""
    return {entry.id: _status(entry.p_shortlist, settings.clear) for entry in ranking.entries}


def _status(probability: float | None, clear: float) -> Status:
    if probability is None:
        return Status.DISCUSS
    if probability >= clear:
        return Status.SHORTLISTED
    return Status.NOT_SHORTLISTED if probability <= round(1 - clear, _DIGITS) else Status.DISCUSS


@hookimpl
def kvaljury_shortlist_rules() -> Iterable[ShortlistRule]:
    """Offer ``probability``."""
    yield ShortlistRule("probability", decide)
