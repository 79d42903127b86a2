"""An account of agreement with one of everything that documents have to show."""

import attrs

from kvaljury.core.model import (
    AgreementAccount,
    DividedEntry,
    EntryAgreement,
    FlatExaminer,
    LargeResidual,
    Precision,
    Reliability,
    TeamAgreement,
    Text,
)
from tests.cli.ranking_examples import RANKING

TEAM = TeamAgreement("L1", 4, 3, 4, 0.6543219, 0.85, -0.05, 1.0, 7.25)
ALONE = TeamAgreement("L2", 2, 1)
FAR = LargeResidual("F02", "E03", "L1", 71.5, 20.25, 3.4567891)
ACCOUNT = AgreementAccount(
    limit=20.0,
    teams=(TEAM, ALONE),
    reliability=Reliability(
        {"entry": 2 / 3, "residual": 1 / 3},
        Precision(3.2, 2.1, 3.3, 0.9, 0.8),
        Precision(4.2, 1.9, 2.9, None, None),
    ),
    residuals=(FAR,),
    flat=(FlatExaminer("E05", "L2", 3, 50.0, 50.5),),
    divided=(DividedEntry("F01", "E01", 40.0, "E02", 72.345, 32.345),),
    sentences=(Text("figures of agreement", sv="siffror om samstämmighet"),),
)
NOTHING = attrs.evolve(ACCOUNT, reliability=None, residuals=None, flat=(), divided=())
ON_ENTRY = EntryAgreement(4, 51.25, 71.5, 20.0, True, (FAR,), TEAM)
AGREED = attrs.evolve(RANKING, agreement=ACCOUNT)
