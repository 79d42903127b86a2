"""What a table of jury rules may hold: [jury] of rule sets and editions, [rules] of jury.toml."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Literal

import attrs

from kvaljury.core.model.jury_rules import CastingVote, JuryRules, Majority, SitsOut, Voting
from kvaljury.errors import Text
from kvaljury.files.nearest import nearest_hint

if TYPE_CHECKING:
    from kvaljury.files.value_checks import Checks

_DEFAULT = "default"
_MORE_THAN_HALF = "more-than-half"


@attrs.frozen
class JuryRecord:
    """The table; None is what the layer below has."""

    quorum: int | Literal["more-than-half"] | None = None
    voting: Voting | None = None
    majority: Majority | None = None
    casting_vote: CastingVote | None = None
    sits_out: SitsOut | None = None
    method: str | None = None
    jav_rules: tuple[str, ...] | None = None
    share: bool | None = None
    awards: dict[str, int] = attrs.field(factory=dict)


def chosen_jury(below: JuryRules, record: JuryRecord) -> JuryRules:
    """Lay a table over jury rules.

    Args:
        below: what holds where the table says nothing.
        record: the table.

    Returns:
        The rules with every key that the table gives; awards are laid over class by class.
    """
    given = attrs.asdict(record, filter=lambda _, value: value is not None)
    own = {"" if key == _DEFAULT else key: n for key, n in given.pop("awards").items()}
    if "share" in given:
        given["may_share"] = given.pop("share")
    if given.get("quorum") == _MORE_THAN_HALF:
        given["quorum"] = None
    return attrs.evolve(below, awards={**below.awards, **own}, **given)


def check_awards(
    record: JuryRecord, table: str, class_ids: Collection[str], checks: Checks
) -> None:
    """Check that awards are given to classes that there are.

    Args:
        record: the table.
        table: its name in the document.
        class_ids: of the edition.
        checks: of the document.
    """
    for name in record.awards:
        if name != _DEFAULT and name not in class_ids:
            message = Text('no class has the id "{id}"', id=name)
            hint = nearest_hint(name, [*class_ids, _DEFAULT])
            checks.fault("unknown-id", (table, "awards", name), message, hint)
