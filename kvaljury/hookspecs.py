"""Every hook: what a plugin may offer, with an example each. See plugins/README.md."""

from collections.abc import Iterable

import pluggy

from kvaljury.core.model import (
    Aggregation,
    DossierSection,
    EligibilityRule,
    JavRule,
    Normalisation,
    Rubric,
    ShortlistRule,
    VotingMethod,
)

hookspec = pluggy.HookspecMarker("kvaljury")
hookimpl = pluggy.HookimplMarker("kvaljury")


@hookspec
def kvaljury_rubrics() -> Iterable[Rubric]:
    """Offer rubrics, which turn an examiner's marks on a leaf into 0-100.

    Example::

        @hookimpl
        def kvaljury_rubrics():
            yield Rubric("halves", (Criterion("", Text("Mark", sv="Poäng")),), scale, levels, score)
    """


@hookspec
def kvaljury_eligibility_rules() -> Iterable[EligibilityRule]:
    """Offer eligibility rules, which give a verdict on an entry.

    Example::

        @hookimpl
        def kvaljury_eligibility_rules():
            yield EligibilityRule("plan-with-goals", check)
    """


@hookspec
def kvaljury_aggregations() -> Iterable[Aggregation]:
    """Offer aggregations, which combine the examiners' totals of an entry.

    Example::

        @hookimpl
        def kvaljury_aggregations():
            yield Aggregation("median", statistics.median)
    """


@hookspec
def kvaljury_normalisations() -> Iterable[Normalisation]:
    """Offer normalisations, which turn the readings of all teams into calibrated scores.

    Example::

        @hookimpl
        def kvaljury_normalisations():
            yield Normalisation("raw", calibrate)
    """


@hookspec
def kvaljury_shortlist_rules() -> Iterable[ShortlistRule]:
    """Offer shortlist rules, which turn a class's ranking into statuses.

    Example::

        @hookimpl
        def kvaljury_shortlist_rules():
            yield ShortlistRule("probability", decide)
    """


@hookspec
def kvaljury_dossier_sections() -> Iterable[DossierSection]:
    """Offer sections of dossiers, which tell something about an entry in neutral blocks.

    Example::

        @hookimpl
        def kvaljury_dossier_sections():
            yield DossierSection("summary", build)
    """


@hookspec
def kvaljury_jav_rules() -> Iterable[JavRule]:
    """Offer jäv rules, which find grounds for jäv in who leads and handles what.

    Example::

        @hookimpl
        def kvaljury_jav_rules():
            yield JavRule("own-unit", find)
    """


@hookspec
def kvaljury_voting_methods() -> Iterable[VotingMethod]:
    """Offer voting methods, which turn the jurors' grades into tiers with explicit ties.

    Example::

        @hookimpl
        def kvaljury_voting_methods():
            yield VotingMethod("borda", Text("Borda", sv="Borda"), voting.borda)
    """
