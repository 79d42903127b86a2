"""The simulations live in benchmarks/; where only the tests lie beside it, they are found there."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2]))  # last, so that an installed package wins
