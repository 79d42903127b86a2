"""One REML fit of reading means by GPBoost, one line of JSON: ``peers_gpboost.py FILE.csv``."""

from __future__ import annotations

import json
import sys
import time

import gpboost
import numpy as np
import pandas as pd

rows = pd.read_csv(sys.argv[1]).groupby(["entry", "examiner", "team"], as_index=False).score.mean()
groups = np.column_stack([pd.factorize(rows[name])[0] for name in ("entry", "examiner", "team")])
response, ones = rows.score.to_numpy(float), np.ones((len(rows), 1))
wall, cpu = time.perf_counter(), time.process_time()
model = gpboost.GPModel(group_data=groups, likelihood="gaussian", num_parallel_threads=1)
model.fit(y=response, X=ones, params={"trace": False})
found = {
    "seconds": time.perf_counter() - wall,
    "cpu": time.process_time() - cpu,
    "variance": np.asarray(model.get_cov_pars()).ravel()[:4].tolist(),
    "version": f"GPBoost {gpboost.__version__}",
}
print(json.dumps(found))
