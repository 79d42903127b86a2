"""What each hook may give, and whether an offered value can be what it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

import attrs

from kvaljury.core.model import (
    Aggregation,
    Criterion,
    DossierSection,
    EligibilityRule,
    JavRule,
    Level,
    Normalisation,
    Rubric,
    Scale,
    ShortlistRule,
    VotingMethod,
)
from kvaljury.errors import Text

OfferedValue = (
    Rubric
    | EligibilityRule
    | Aggregation
    | Normalisation
    | ShortlistRule
    | DossierSection
    | JavRule
    | VotingMethod
)

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_CRITERION = re.compile(r"[a-z][a-z0-9_-]*")


@attrs.frozen
class HookKind:
    """What a hook gives.

    Attributes:
        label: one word or two for scripts (``"rubric"``).
        type: the frozen type.
        function: the attribute that holds the plain function.
        called: the name of an offer as it stands in a sentence.
    """

    label: str
    type: type[OfferedValue]
    function: str
    called: Callable[[str], Text]


HOOK_KINDS: Mapping[str, HookKind] = {
    "kvaljury_aggregations": HookKind(
        "aggregation", Aggregation, "combine", lambda n: Text("the aggregation {name}", name=n)
    ),
    "kvaljury_dossier_sections": HookKind(
        "dossier-section",
        DossierSection,
        "build",
        lambda n: Text("the dossier section {name}", name=n),
    ),
    "kvaljury_eligibility_rules": HookKind(
        "eligibility-rule",
        EligibilityRule,
        "check",
        lambda n: Text("the eligibility rule {name}", name=n),
    ),
    "kvaljury_jav_rules": HookKind(
        "jav-rule", JavRule, "find", lambda n: Text("the jäv rule {name}", name=n)
    ),
    "kvaljury_normalisations": HookKind(
        "normalisation",
        Normalisation,
        "calibrate",
        lambda n: Text("the normalisation {name}", name=n),
    ),
    "kvaljury_rubrics": HookKind(
        "rubric", Rubric, "score", lambda n: Text("the rubric {name}", name=n)
    ),
    "kvaljury_shortlist_rules": HookKind(
        "shortlist-rule",
        ShortlistRule,
        "decide",
        lambda n: Text("the shortlist rule {name}", name=n),
    ),
    "kvaljury_voting_methods": HookKind(
        "voting-method", VotingMethod, "tally", lambda n: Text("the voting method {name}", name=n)
    ),
}


def fault_in(offered: OfferedValue) -> Text | None:
    """Tell what is wrong with an offered value.

    Args:
        offered: a value of a hook's exact type; its attributes may be anything.

    Returns:
        The first thing that is wrong, or None.
    """
    return next(_faults_in(offered), None)


def _faults_in(offered: OfferedValue) -> Iterator[Text]:
    # Every check may rely on those before it: only the first fault is asked for.
    if not (isinstance(offered.name, str) and _NAME.fullmatch(offered.name)):
        yield Text(
            "its name is {name}, and a name is lower-case ASCII letters, digits and hyphens "
            "that begin with a letter",
            name=repr(offered.name),
        )
    kind = next(kind for kind in HOOK_KINDS.values() if kind.type is type(offered))
    if not callable(getattr(offered, kind.function)):
        yield Text("its {attribute} is no function", attribute=kind.function)
    if isinstance(offered, VotingMethod) and not isinstance(offered.label, Text):
        yield Text("its label is no Text")
    if isinstance(offered, Rubric):
        yield from _criterion_faults(offered.criteria)
        yield from _scale_faults(offered.scale)
        yield from _level_faults(offered.levels, offered.scale)


def _criterion_faults(criteria: tuple[Criterion, ...]) -> Iterator[Text]:
    if not _is_tuple_of(Criterion, criteria) or not criteria:
        yield Text("its criteria are no tuple of at least one Criterion")
    if not all(isinstance(criterion.label, Text) for criterion in criteria):
        yield Text("the label of a criterion is no Text")
    ids = [criterion.id for criterion in criteria]
    if ids != [""] and not all(isinstance(id_, str) and _CRITERION.fullmatch(id_) for id_ in ids):
        yield Text(
            "its criteria are called {ids}; an id is lower-case ASCII, and only the only criterion "
            "of a rubric may have an empty one",
            ids=", ".join(map(repr, ids)),
        )
    if len(set(ids)) < len(ids):
        yield Text("two of its criteria have the same id: {ids}", ids=", ".join(ids))


def _scale_faults(scale: Scale) -> Iterator[Text]:
    if type(scale) is not Scale or not all(
        isinstance(number, Fraction) for number in attrs.astuple(scale)
    ):
        yield Text("its scale is no Scale of three Fractions")
    if scale.step <= 0 or scale.low >= scale.high or (scale.high - scale.low) % scale.step:
        yield Text(
            "its scale from {low} to {high} in steps of {step} cannot be: a whole number of steps "
            "over zero leads from low up to high",
            low=scale.low,
            high=scale.high,
            step=scale.step,
        )


def _level_faults(levels: tuple[Level, ...], scale: Scale) -> Iterator[Text]:
    if not _is_tuple_of(Level, levels):
        yield Text("its levels are no tuple of Level")
    if not all(
        isinstance(level.wording, Text) and type(level.low) is type(level.high) is int
        for level in levels
    ):
        yield Text("a level has bounds that are no whole numbers, or a wording that is no Text")
    for level in levels:
        if not scale.low <= level.low <= level.high <= scale.high:
            yield Text(
                "the level {low}-{high} is no range of its scale", low=level.low, high=level.high
            )
    for lower, upper in pairwise(levels):
        if lower.high >= upper.low:
            yield Text(
                "the level {low}-{high} does not stand above the one before it",
                low=upper.low,
                high=upper.high,
            )


def _is_tuple_of(kind: type, values: object) -> bool:
    return type(values) is tuple and all(type(value) is kind for value in values)
