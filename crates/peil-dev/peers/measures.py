"""The work of crates/peil-measure/examples/speed.rs in numpy and SciPy, one line per measurement:
the same name, a tab and milliseconds. What they have no function for is left out."""

import time

import numpy as np
from scipy import stats

CHANCE = np.random.default_rng(1)


def report(name, times, work):
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        for _ in range(times):
            work()
        best = min(best, (time.perf_counter() - start) * 1000 / times)
    print(f"{name}\t{best:.6f}", flush=True)


def johnson(table):
    r = np.corrcoef(table, rowvar=False)
    values, vectors = np.linalg.eigh(r[1:, 1:])
    root = vectors * np.sqrt(values) @ vectors.T
    return root**2 @ np.linalg.solve(root, r[1:, 0]) ** 2


def draw(width, rows=100_000):
    mood = CHANCE.integers(0, 4, (rows, 1))
    scores = CHANCE.integers(0, 7, (rows, width)) + mood
    return np.column_stack([scores.sum(1) + CHANCE.integers(0, 20, rows), scores]).astype(float)


def rake(rows, targets, people):
    weight = np.ones(people)
    while True:
        off = 0.0
        for places, target in zip(rows, targets):
            factor = target / np.bincount(places, weights=weight)
            off = max(off, np.abs(factor - 1).max())
            weight = weight * factor[places]
        if off < 1e-13:
            return weight


def weighted_nps(scores, weights):
    worth = (scores >= 9).astype(float) - (scores <= 6)
    center = np.average(worth, weights=weights)
    influence = weights * (worth - center) / weights.sum()
    return 100 * center, 100 * np.sqrt(len(worth) * influence.var(ddof=1))


def dashboard(cells):
    n = cells.sum(1) + 3
    up, down = cells[:, 9:].sum(1) + 0.75, cells[:, :7].sum(1) + 0.75
    center = (up - down) / n
    se = np.sqrt(((up + down) / n - center**2) / n)
    z = np.diff(center) / np.hypot(se[1:], se[:-1])
    return stats.false_discovery_control(2 * stats.norm.sf(np.abs(z)), method="bh")


def main():
    cells = CHANCE.integers(20, 80, (5000, 11))
    # Adjusted intervals only: there is no score interval to call for all cells at once.
    report("dashboard of 5000 cells", 5, lambda: dashboard(cells))
    thirty = draw(30)
    report("drivers, Johnson, 30 x 100000 rows", 1, lambda: johnson(thirty))
    people, sizes = 1_000_000, (6, 12, 5, 4)
    rows = [CHANCE.integers(0, size, people) for size in sizes]
    targets = [np.arange(10, 10 + size) / np.arange(10, 10 + size).sum() * people for size in sizes]
    report("raking, 1000000 rows x 4 margins", 1, lambda: rake(rows, targets, people))
    scores, weights = CHANCE.integers(0, 11, people), 0.5 + CHANCE.integers(0, 100, people) / 50
    report("weighted NPS, 1000000 rows", 1, lambda: weighted_nps(scores, weights))


if __name__ == "__main__":
    main()
