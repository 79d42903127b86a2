"""Groups that share means are found however long the way between them is."""

import numpy as np

from kvaljury.core.calibration.solvers.cells import connected_groups, has_contrast


def test_groups_are_connected_through_others() -> None:
    """Each of five groups shares a mean with the next one alone; a sixth stands alone."""
    shared = np.zeros((5, 6))
    for mean in range(4):
        shared[mean, mean : mean + 2] = 1
    shared[4, 5] = 1
    assert connected_groups(shared).tolist() == [0, 0, 0, 0, 0, 5]
    assert has_contrast(shared).tolist() == [False, True, True, True, True, False]
