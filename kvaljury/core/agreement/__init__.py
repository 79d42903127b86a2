"""Readings to how far examiners agree, how reliable their scores are and what stands out."""

from kvaljury.core.agreement.components import (
    CrossedComponents,
    harmonic_mean,
    separate_components,
)
from kvaljury.core.agreement.concordance import kendall_w
from kvaljury.core.agreement.intraclass import (
    AgreementOfReaders,
    IntraclassCorrelations,
    agreement_of_readers,
    intraclass_correlations,
)
from kvaljury.core.agreement.krippendorff import METRICS, Metric, krippendorff_alpha
from kvaljury.core.agreement.outliers import (
    DividedEntry,
    FlatExaminer,
    LargeResidual,
    divided_entries,
    flat_examiners,
    large_residuals,
)
from kvaljury.core.agreement.reliability import Precision, Reliability, reliability_of
from kvaljury.core.agreement.sentences import WITHIN_TEAMS_ONLY, describe_reliability
from kvaljury.core.agreement.teams import TeamAgreement, agreement_by_team

__all__ = [
    "METRICS",
    "WITHIN_TEAMS_ONLY",
    "AgreementOfReaders",
    "CrossedComponents",
    "DividedEntry",
    "FlatExaminer",
    "IntraclassCorrelations",
    "LargeResidual",
    "Metric",
    "Precision",
    "Reliability",
    "TeamAgreement",
    "agreement_by_team",
    "agreement_of_readers",
    "describe_reliability",
    "divided_entries",
    "flat_examiners",
    "harmonic_mean",
    "intraclass_correlations",
    "kendall_w",
    "krippendorff_alpha",
    "large_residuals",
    "reliability_of",
    "separate_components",
]
