"""Mixed-model equations of huge random designs, whose factors would fill in: never factorised.

Where examiners are drawn at random for every entry, elimination soon joins everybody with
everybody. The matrix itself stays sparse and, its diagonal taken to one, has eigenvalues close
together: a dozen products solve it. Log-determinants, traces and variances are sums over probes,
the same ones for all ratios, so that the criterion is smooth and the answer always the same.
Columns that meet very many others, as areas do, are few: they are eliminated exactly.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

import attrs
import numpy as np

from kvaljury.core.calibration.solvers.cells import Cells
from kvaljury.core.calibration.solvers.krylov import InverseRoot, blocks, conjugate_gradients
from kvaljury.core.calibration.solvers.probes import Probes, hubs_of, neighbours_of
from kvaljury.core.model.panel import Floats, Ints

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from kvaljury.core.calibration.solvers.factors import Factor

_PROBES = 32
_PROBES_OF_DEVIATIONS = (64, 256)
_NEIGHBOURS_OF_HUB = 256
_HUBS = 128
_PROBED = 1e-6


@attrs.frozen(eq=False)
class IterativeSchur:
    """Cross-products as they are, nothing eliminated.

    Attributes:
        cross: ``(q, m)`` cross-products of the eliminated effect with the others.
        others: ``(m, m)`` those among the others.
        hubs: columns to be eliminated exactly.
        probes: of log-determinants and traces.
    """

    cross: csr_array
    others: csr_array
    hubs: Ints
    probes: Probes

    @property
    def is_approximate(self) -> bool:
        """Log-determinants, traces and conditional variances are stochastic estimates."""
        return True

    @classmethod
    def of(cls, cells: Cells, weight: Floats, before: object = None) -> IterativeSchur:
        """Sum the weights by pairs of levels.

        Args:
            cells: of the design.
            weight: ``(r,)`` of the cells.
            before: what was formed for other weights of the same cells, whose probes are kept.
        """
        from scipy.sparse import csr_array  # noqa: PLC0415  # 0.6 s to import

        ends = np.concatenate([[0], np.cumsum(cells.sizes[1:])])
        kept = [end + level for end, level in zip(ends, cells.levels[1:], strict=False)]
        rows = np.arange(len(weight) + 1)
        columns = np.stack(kept, axis=1).ravel()
        member = csr_array(
            (np.ones(len(columns)), columns, rows * len(kept)), shape=(len(weight), ends[-1])
        )
        own = csr_array(
            (np.ones(len(weight)), cells.levels[0], rows), shape=(len(weight), cells.sizes[0])
        )
        weighted = (member * weight[:, None]).tocsr()
        cross, others = (own.T @ weighted).tocsr(), (member.T @ weighted).tocsr()
        if isinstance(before, IterativeSchur):
            return cls(cross, others, before.hubs, before.probes)
        hubs = hubs_of(neighbours_of(cross), _NEIGHBOURS_OF_HUB, _HUBS)
        return cls(cross, others, hubs, Probes.of(cross, hubs, _PROBES))

    def factorise(self, shrink: Floats, scale: Floats) -> IterativeFactor:
        """Take I + D (C - B' G B) D to a unit diagonal, and probe it."""
        from scipy.sparse import diags_array  # noqa: PLC0415

        own = self.others.diagonal() - self.cross.power(2).T @ shrink
        root = np.sqrt(1 + scale**2 * np.maximum(own, 0))
        spread = diags_array(scale / root)
        left = (diags_array(np.sqrt(shrink)) @ self.cross @ spread).tocsr()
        middle = (spread @ self.others @ spread + diags_array(root**-2)).tocsr()
        return IterativeFactor.of(middle, left, root, self.hubs, self.probes)

    def conditional(self, factor: Factor, scale: Floats) -> tuple[Floats, Floats]:
        """Give the diagonals of B D F^-1 D B' and of D F^-1 D.

        Their roots are good to half a per cent as a rule, and to a few where levels are nested
        in more others than can be eliminated as hubs. The inverse root is probed anew: a sum of
        squares is never negative, and more exact by level, though not in total, than what the
        probes of the log-determinant say.
        """
        assert isinstance(factor, IterativeFactor)  # noqa: S101  # it was made here
        neighbours = neighbours_of(self.cross)[factor.inner].max(initial=0)
        count = int(np.clip(neighbours + 1, *_PROBES_OF_DEVIATIONS))
        probes = Probes.of(self.cross, factor.hubs, count)
        drawn = (factor.spread(probes.block(part)) for part in blocks(probes.count))
        return self._products(scale, ((part, part) for part in (*drawn, factor.of_hubs)))

    def probed(self, factor: Factor, scale: Floats) -> tuple[Floats, Floats]:
        """Give the same diagonals, good in total and at hand, for derivatives."""
        assert isinstance(factor, IterativeFactor)  # noqa: S101  # it was made here
        pairs = (
            (self.probes.block(part) / factor.root[:, None], factor.probed[:, part])
            for part in blocks(self.probes.count)
        )
        return self._products(scale, (*pairs, (factor.of_hubs, factor.of_hubs)))

    def _products(
        self, scale: Floats, pairs: Iterable[tuple[Floats, Floats]]
    ) -> tuple[Floats, Floats]:
        own, others = np.zeros(self.cross.shape[0]), np.zeros(len(scale))
        for left, right in pairs:
            one, other = scale[:, None] * left, scale[:, None] * right
            others += np.einsum("ij,ij->i", one, other)
            own += np.einsum("ij,ij->i", self.cross @ one, self.cross @ other)
        return own, others


@attrs.frozen(eq=False)
class Scaled:
    """A difference of sparse matrices that is only multiplied by.

    Attributes:
        middle: ``(a, a)``.
        left: ``(q, a)`` whose cross-product is taken from it.
        right: ``(a, q)`` its transpose, compressed by row.
    """

    middle: csr_array
    left: csr_array
    right: csr_array

    def times(self, vectors: Floats) -> Floats:
        """Multiply ``(a, k)``."""
        product: Floats = self.middle @ vectors
        product -= self.right @ (self.left @ vectors)
        return product

    def solve(self, right: Floats) -> Floats:
        """Solve for right-hand sides ``(a, k)``."""
        solved = np.empty_like(right)
        for part in blocks(right.shape[1]):
            solved[:, part] = conjugate_gradients(self.times, right[:, part]).solved
        return solved

    def spread(self, normal: Floats, low: float, high: float) -> Floats:
        """Multiply ``(a, k)`` by the inverse root, given about the outermost eigenvalues."""
        spread, root = np.empty_like(normal), InverseRoot.on(low, high)
        for part in blocks(normal.shape[1]):
            single = normal[:, part].astype(np.float32)
            spread[:, part] = root.times(self._single.times, single)
        return spread

    @cached_property
    def _single(self) -> Scaled:
        """The same in single precision: half the memory to pass through."""
        parts = (self.middle, self.left, self.right)
        return Scaled(*(part.astype(np.float32) for part in parts))


@attrs.frozen(eq=False)
class IterativeFactor:
    """A matrix that is multiplied by, scaled to a unit diagonal; only its hubs are eliminated.

    Its inverse is that of the part without hubs, bordered with zeros, plus a product of few
    columns with their transpose.

    Attributes:
        scaled: the part without hubs.
        root: ``(m,)`` square root of the diagonal of the matrix.
        inner: ``(a,)`` columns that are no hubs.
        hubs: ``(h,)`` columns that are.
        of_hubs: ``(m, h)`` columns of that product.
        log_exact: the part of the log-determinant that needs no probes.
        low: smallest eigenvalue of the part without hubs, about.
        high: largest.
        probed: ``(m, k)`` solutions for the probes.
        log_forms: ``(k,)`` what each probe adds to the log-determinant.
    """

    scaled: Scaled
    root: Floats
    inner: Ints
    hubs: Ints
    of_hubs: Floats
    log_exact: float
    low: float = 1.0
    high: float = 1.0
    probed: Floats = attrs.field(factory=lambda: np.zeros((0, 0)))
    log_forms: Floats = attrs.field(factory=lambda: np.zeros(0))

    @classmethod
    def of(
        cls, middle: csr_array, left: csr_array, root: Floats, hubs: Ints, probes: Probes
    ) -> IterativeFactor:
        """Eliminate hubs, then probe.

        Args:
            middle: ``(m, m)`` what has a unit diagonal when ``left' left`` is taken from it.
            left: ``(q, m)``.
            root: ``(m,)`` the scale.
            hubs: columns to be eliminated exactly.
            probes: of the log-determinant.
        """
        inner = np.setdiff1d(np.arange(len(root)), hubs)
        own, other = left[:, inner].tocsr(), left[:, hubs].tocsr()
        scaled = Scaled(middle[inner][:, inner], own, own.T.tocsr())
        beside = (middle[inner][:, hubs] - own.T @ other).toarray()
        solved = scaled.solve(beside)
        corner = (middle[hubs][:, hubs] - other.T @ other).toarray() - beside.T @ solved
        lower = np.linalg.cholesky(np.linalg.inv(corner))
        of_hubs = np.empty((len(root), len(hubs)))
        of_hubs[inner], of_hubs[hubs] = -solved @ lower, lower
        log_exact = 2 * np.log(root).sum() - 2 * np.log(np.diag(lower)).sum()
        factor = cls(scaled, root, inner, hubs, of_hubs / root[:, None], float(log_exact))
        return factor._probed_by(probes)

    def _probed_by(self, probes: Probes) -> IterativeFactor:
        probed, forms = np.zeros((len(self.root), probes.count)), np.zeros(probes.count)
        low, high = 1.0, 1.0
        for part in blocks(probes.count):
            found = conjugate_gradients(self.scaled.times, probes.block(part)[self.inner], _PROBED)
            probed[self.inner, part] = found.solved / self.root[self.inner, None]
            forms[part], least, most = found.log_forms()
            low, high = min(low, least), max(high, most)
        return attrs.evolve(self, low=low, high=high, probed=probed, log_forms=forms)

    @property
    def log_determinant(self) -> float:
        """Natural logarithm."""
        return self.log_exact + float(self.log_forms.sum())

    def solve(self, right: Floats) -> Floats:
        """Solve for right-hand sides ``(m, k)``."""
        root = self.root[self.inner, None]
        solved = self.of_hubs @ (self.of_hubs.T @ right)
        solved[self.inner] += self.scaled.solve(right[self.inner] / root) / root
        return solved

    def spread(self, normal: Floats) -> Floats:
        """Turn independent normals ``(m, k)`` into draws whose covariance is the inverse."""
        root = self.root[self.inner, None].astype(normal.dtype)
        drawn = (self.of_hubs @ normal[self.hubs]).astype(normal.dtype, copy=False)
        drawn[self.inner] += self.scaled.spread(normal[self.inner], self.low, self.high) / root
        return drawn
