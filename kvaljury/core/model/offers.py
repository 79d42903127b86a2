"""What plugins offer: frozen values that hold a plain function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

import attrs
import numpy as np
from numpy.typing import NDArray

from kvaljury.core.model.blocks import Block
from kvaljury.core.model.dossier import DossierCase
from kvaljury.core.model.edition import Entry
from kvaljury.core.model.jury import JavRule
from kvaljury.core.model.kinds import Outcome, Status
from kvaljury.core.model.panel import Calibration, Panel
from kvaljury.core.model.results import ClassRanking
from kvaljury.core.model.settings import CalibrationSettings, ShortlistSettings
from kvaljury.core.model.voting import VotingMethod
from kvaljury.errors import Text

Floats = NDArray[np.float64]


@attrs.frozen
class Criterion:
    """One thing that a rubric asks for a mark on.

    Attributes:
        id: ASCII identifier, unique within the rubric; empty for a rubric's only criterion.
        label: what examiners read.
    """

    id: str
    label: Text


@attrs.frozen
class Scale:
    """The marks that may be set: low, low + step, … up to high."""

    low: Fraction
    high: Fraction
    step: Fraction

    def admits(self, value: Fraction) -> bool:
        """Tell whether a mark lies on the scale.

        >>> Scale(Fraction(0), Fraction(100), Fraction(5)).admits(Fraction(45))
        True
        """
        return self.low <= value <= self.high and (value - self.low) % self.step == 0


@attrs.frozen
class Level:
    """A worded range of a scale.

    Attributes:
        low: lowest mark of the range.
        high: highest mark of the range.
        wording: what an answer in the range looks like.
    """

    low: int
    high: int
    wording: Text


@attrs.frozen
class Rubric:
    """How an examiner's marks on one leaf become a score.

    Attributes:
        name: what editions call it.
        criteria: what is marked, at least one.
        scale: the marks that may be set on each criterion.
        levels: worded ranges, from low to high.
        score: ``(n, criteria)`` marks on the scale to ``(n,)`` scores on 0-100; no NaN goes in,
            and a higher mark must never give a lower score.
    """

    name: str
    criteria: tuple[Criterion, ...]
    scale: Scale
    levels: tuple[Level, ...]
    score: Callable[[Floats], Floats]


@attrs.frozen
class Verdict:
    """What a rule says of an entry.

    Attributes:
        outcome: pass, fail, unknown or not applicable.
        reason: one sentence with the value and the limit.
        value: the value that was tested, as shown, or None where it is unknown.
        limit: what was asked for, as shown, or None.
    """

    outcome: Outcome
    reason: Text
    value: Text | str | None = None
    limit: Text | str | None = None


@attrs.frozen
class EligibilityRule:
    """A condition for taking part or for being awarded.

    Attributes:
        name: what rule sets call it.
        check: entry and the rule set's parameters (``year`` among them) to a verdict;
            an unknown value must never give a pass.
    """

    name: str
    check: Callable[[Entry, Mapping[str, object]], Verdict]


@attrs.frozen
class Aggregation:
    """How the examiners' totals of an entry become its raw score.

    Attributes:
        name: what editions call it.
        combine: at least one total on 0-100, sorted, to the raw score; exact rationals.
    """

    name: str
    combine: Callable[[Sequence[Fraction]], Fraction]


@attrs.frozen
class Normalisation:
    """How readings of all teams become calibrated scores.

    Attributes:
        name: what editions call it.
        calibrate: panel and settings to scores with joint draws; the core quantises, guards
            classes that cannot be compared, and ranks.
    """

    name: str
    calibrate: Callable[[Panel, CalibrationSettings], Calibration]


@attrs.frozen
class ShortlistRule:
    """How a class's ranking becomes statuses.

    Attributes:
        name: what editions call it.
        decide: a ranking of the entries that can be awarded to the status of each:
            ``shortlisted``, ``discuss`` or ``not_shortlisted``.
    """

    name: str
    decide: Callable[[ClassRanking, ShortlistSettings], Mapping[str, Status]]


@attrs.frozen
class DossierSection:
    """A part of each dossier.

    Attributes:
        name: what editions call it.
        build: a case to neutral blocks in reading order, none where there is nothing to tell;
            it sees this entry's data only, and nothing that it gives is markup.
    """

    name: str
    build: Callable[[DossierCase], Iterable[Block]]


@attrs.frozen
class PluginUse:
    """A plugin that took effect.

    Attributes:
        name: hook and name of what was offered (``"rubric approach"``).
        provider: distribution or file that offered it.
        version: of the provider; of a file, the start of its SHA-256.
    """

    name: str
    provider: str
    version: str

    @property
    def kind(self) -> str:
        """What was offered (``"rubric"``)."""
        return self.name.partition(" ")[0]

    @property
    def offer(self) -> str:
        """The name that editions call it (``"approach"``)."""
        return self.name.partition(" ")[2]


@attrs.frozen
class Toolkit:
    """The functions that an edition's names stand for.

    Attributes:
        rubrics: by rubric name, every rubric that a leaf uses.
        rules: by plugin name, every eligibility rule that the edition uses.
        aggregation: the edition's.
        normalisation: the edition's.
        shortlist_rule: the edition's.
        plugins: where all of these came from, sorted.
        sections: of its dossiers, in order.
        section_plugins: where these came from, sorted.
    """

    rubrics: Mapping[str, Rubric] = attrs.field(hash=False)
    rules: Mapping[str, EligibilityRule] = attrs.field(hash=False)
    aggregation: Aggregation
    normalisation: Normalisation
    shortlist_rule: ShortlistRule
    plugins: tuple[PluginUse, ...] = ()
    sections: tuple[DossierSection, ...] = ()
    section_plugins: tuple[PluginUse, ...] = ()


@attrs.frozen
class JuryToolkit:
    """The functions that the names of a jury's rules stand for.

    Attributes:
        jav_rules: sorted by name, every one that is named.
        method: by which ballots are tallied.
        plugins: where all of these came from, sorted.
    """

    jav_rules: tuple[JavRule, ...]
    method: VotingMethod
    plugins: tuple[PluginUse, ...] = ()


@attrs.frozen
class Scheme:
    """What may be marked: the rubric of every leaf.

    Attributes:
        rubrics: by leaf id, in the order of the instructions.
    """

    rubrics: Mapping[str, Rubric] = attrs.field(hash=False)
