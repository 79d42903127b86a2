"""What an edition chooses: how marks are used, calibrated and listed, and how a jury decides."""

import attrs

from kvaljury.core.model.jury_rules import JuryRules
from kvaljury.core.model.kinds import Allocation, FormulaPolicy, MarksUsed


@attrs.frozen
class ScoringSettings:
    """How marks become raw scores.

    Attributes:
        marks: individual marks, or home readings shifted to the team's consensus.
        aggregation: name of the aggregation plugin.
    """

    marks: MarksUsed = MarksUsed.INDIVIDUAL
    aggregation: str = "mean"


@attrs.frozen
class CalibrationSettings:
    """How scores are made comparable.

    Attributes:
        method: name of the normalisation plugin.
        allocation: how entries were given to teams; ``random`` is a statement to stand for.
        seed: start of the random numbers of the draws.
        draws: number of joint draws, at least 100.
    """

    method: str = "mixed-model"
    allocation: Allocation = Allocation.UNKNOWN
    seed: int = 1
    draws: int = 4000


@attrs.frozen
class ShortlistSettings:
    """How the shortlist of a class is drawn.

    Attributes:
        rule: name of the shortlist rule plugin.
        size: k, the number of places that probabilities are about; no quota.
        clear: probability of being among the k best from which an entry stands clear,
            over 0.5 and at most 1.
    """

    rule: str = "probability"
    size: int = 3
    clear: float = 0.9


@attrs.frozen
class RoundingSettings:
    """How scores are shown; scores equal after rounding are tied.

    Attributes:
        decimals: 0 to 6.
    """

    decimals: int = 1


@attrs.frozen
class AgreementSettings:
    """What is listed for discussion among the examiners' readings.

    Attributes:
        limit: points, 0-100; an entry whose highest and lowest totals differ by more is listed
            as divided.
    """

    limit: float = 20.0


@attrs.frozen
class DossierSettings:
    """What dossiers are made of.

    Attributes:
        sections: names of the section plugins, in the order in which they stand.
    """

    sections: tuple[str, ...] = (
        "summary",
        "class-chart",
        "certainty",
        "areas",
        "examiners",
        "consensus",
        "comments",
        "presentation",
        "eligibility",
        "method",
    )


@attrs.frozen
class WorkbookSettings:
    """How cells of Excel workbooks are read.

    Attributes:
        formulas: whether a formula's value, as Excel last reckoned it, is taken with a warning;
            one without a value is always refused.
    """

    formulas: FormulaPolicy = FormulaPolicy.REFUSE


@attrs.frozen
class Settings:
    """All that an edition chooses, with kvaljury's proposals as defaults."""

    scoring: ScoringSettings = ScoringSettings()
    calibration: CalibrationSettings = CalibrationSettings()
    shortlist: ShortlistSettings = ShortlistSettings()
    rounding: RoundingSettings = RoundingSettings()
    agreement: AgreementSettings = AgreementSettings()
    dossier: DossierSettings = DossierSettings()
    workbooks: WorkbookSettings = WorkbookSettings()
    jury: JuryRules = attrs.field(factory=JuryRules)
