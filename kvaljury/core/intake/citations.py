"""The rule that a finding is about, and where the instructions say it."""

from __future__ import annotations

import attrs

from kvaljury.core.model import BidFormat


@attrs.frozen(order=True)
class Citation:
    """A rule of the edition.

    Attributes:
        id: of the rule (``"F25-02"``), or empty.
        source: the line of the instructions (``"S25:172"``), or empty.
    """

    id: str = ""
    source: str = ""


NO_RULE = Citation()
"""For what no rule speaks of, such as a file that cannot be read."""


def cite(bid: BidFormat, name: str) -> Citation:
    """Give the rule about one thing that the instructions ask of a contribution.

    Args:
        bid: the edition's.
        name: as the rule set calls it, such as ``longest``.
    """
    return Citation(bid.rules.get(name, ""), bid.sources.get(name, ""))
