"""Writes the reference case of driver intervals: rows resampled one by one, ten thousand times.

    python driver_intervals.py FOLDER        (needs numpy)

LMG here is the average over all orders of entry, each order fitted by itself.
"""

import itertools
import json
import platform
import sys
from pathlib import Path

import numpy as np

DRIVERS, ROWS, RESAMPLES = 4, 250, 10_000


def parts(rows):
    correlation = np.corrcoef(rows, rowvar=False)
    among, outcome = correlation[1:, 1:], correlation[1:, 0]

    def r2(members):
        chosen = list(members)
        if not chosen:
            return 0.0
        return outcome[chosen] @ np.linalg.solve(among[np.ix_(chosen, chosen)], outcome[chosen])

    known = {
        frozenset(members): r2(sorted(members))
        for size in range(DRIVERS + 1)
        for members in itertools.combinations(range(DRIVERS), size)
    }
    lmg = np.zeros(DRIVERS)
    orders = list(itertools.permutations(range(DRIVERS)))
    for order in orders:
        for place, driver in enumerate(order):
            lmg[driver] += known[frozenset(order[: place + 1])] - known[frozenset(order[:place])]
    values, vectors = np.linalg.eigh(among)
    root = vectors * np.sqrt(values) @ vectors.T
    weights = root**2 @ np.linalg.solve(root, outcome) ** 2
    return {
        "correlation": outcome,
        "beta": np.linalg.solve(among, outcome),
        "lmg": lmg / len(orders),
        "relative_weight": weights,
    }


def main(folder):
    chance = np.random.default_rng(20_260_110)
    common = chance.normal(size=(ROWS, 1))
    scores = np.clip(np.round(7 + 1.2 * common + 1.3 * chance.normal(size=(ROWS, DRIVERS))), 0, 10)
    effect = np.array([0.6, 0.3, 0.0, -0.25])
    outcome = np.clip(np.round(3 + scores @ effect + 1.2 * chance.normal(size=ROWS)), 0, 10)
    rows = np.column_stack([outcome, scores])
    drawn = [parts(rows[chance.integers(0, ROWS, ROWS)]) for _ in range(RESAMPLES)]
    drivers = []
    for driver in range(DRIVERS):
        ends = {
            name: np.quantile([d[name][driver] for d in drawn], [0.025, 0.975]).tolist()
            for name in drawn[0]
        }
        low, high = ends["beta"]
        ends["direction"] = "up" if low > 0 else "down" if high < 0 else "unclear"
        drivers.append(ends)
    file = {
        "family": "driver_intervals",
        "method": "percentiles of 10000 resamples of single rows",
        "package": f"Python {platform.python_version()}, numpy {np.__version__}",
        "script": "generate/driver_intervals.py",
        # Both sides resample; ends of 10000 resamples are good to some hundredths of a width.
        "tolerance": {"default": {"abs": 0.01, "rel": 0.0}},
        "cases": [
            {
                "id": "s01",
                "source": "package",
                "input": {
                    "outcome": outcome.tolist(),
                    "scores": scores.tolist(),
                    "resamples": RESAMPLES,
                    "level": 0.95,
                },
                "expected": {"n_used": ROWS, "drivers": drivers},
            }
        ],
    }
    text = json.dumps(file, ensure_ascii=False)
    (folder / "driver_intervals.json").write_text(text + "\n", encoding="utf-8")
    print(json.dumps(drivers, indent=1))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
