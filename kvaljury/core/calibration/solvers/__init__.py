"""The random part of the mixed-model equations, eliminated: small, sparse, or huge and random."""

from kvaljury.core.calibration.solvers.cells import Cells, connected_groups, has_contrast
from kvaljury.core.calibration.solvers.factors import Factor
from kvaljury.core.calibration.solvers.fronts import FrontFactor
from kvaljury.core.calibration.solvers.iterative import IterativeFactor, IterativeSchur
from kvaljury.core.calibration.solvers.krylov import blocks
from kvaljury.core.calibration.solvers.schur import Cross, Schur, assemble

__all__ = [
    "Cells",
    "Cross",
    "Factor",
    "FrontFactor",
    "IterativeFactor",
    "IterativeSchur",
    "Schur",
    "assemble",
    "blocks",
    "connected_groups",
    "has_contrast",
]
