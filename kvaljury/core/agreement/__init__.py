"""Readings to how far examiners agree, how reliable their scores are and what stands out."""

from kvaljury.core.agreement.account import (
    account_of_agreement,
    agreement_on_entry,
    with_agreement,
)
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
from kvaljury.core.agreement.outliers import divided_entries, flat_examiners, large_residuals
from kvaljury.core.agreement.reliability import reliability_of
from kvaljury.core.agreement.residuals import (
    Residuals,
    least_squares_residuals,
    model_residuals,
)
from kvaljury.core.agreement.sentences import (
    NOTHING_REMOVED,
    WITHIN_TEAMS_ONLY,
    describe_agreement,
    describe_reliability,
)
from kvaljury.core.agreement.teams import agreement_by_team
from kvaljury.core.model import (
    AgreementAccount,
    DividedEntry,
    EntryAgreement,
    FlatExaminer,
    LargeResidual,
    Precision,
    Reliability,
    TeamAgreement,
)

__all__ = [
    "METRICS",
    "NOTHING_REMOVED",
    "WITHIN_TEAMS_ONLY",
    "AgreementAccount",
    "AgreementOfReaders",
    "CrossedComponents",
    "DividedEntry",
    "EntryAgreement",
    "FlatExaminer",
    "IntraclassCorrelations",
    "LargeResidual",
    "Metric",
    "Precision",
    "Reliability",
    "Residuals",
    "TeamAgreement",
    "account_of_agreement",
    "agreement_by_team",
    "agreement_of_readers",
    "agreement_on_entry",
    "describe_agreement",
    "describe_reliability",
    "divided_entries",
    "flat_examiners",
    "harmonic_mean",
    "intraclass_correlations",
    "kendall_w",
    "krippendorff_alpha",
    "large_residuals",
    "least_squares_residuals",
    "model_residuals",
    "reliability_of",
    "separate_components",
    "with_agreement",
]
