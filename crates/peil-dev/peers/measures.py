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
    promoters = (scores >= 9).astype(float)
    found = []
    for worth in (promoters - (scores <= 6), promoters):
        center = np.average(worth, weights=weights)
        influence = weights * (worth - center) / weights.sum()
        found.append((center, np.sqrt(len(worth) * influence.var(ddof=1))))
    return found


def tango(n, up, down, z):
    """The upper ends of Tango's interval, of all cells at once by halving."""
    low, high = (up - down) / n, np.ones_like(n)
    for _ in range(50):
        d = (low + high) / 2
        b = (2 * n - up + down) * d - down - up
        q = (np.sqrt(b**2 + 8 * n * down * d * (1 - d)) - b) / (4 * n)
        beyond = n * d - (up - down) > z * np.sqrt(n * (2 * q + d * (1 - d)))
        low, high = np.where(beyond, low, d), np.where(beyond, d, high)
    return low


def wald(n, up, down, z):
    center = (up - down) / n
    se = np.sqrt(((up + down) / n - center**2) / n)
    return center, se, center - z * se, center + z * se


def dashboard(cells):
    z = stats.norm.isf(0.025)
    n, up, down = cells.sum(1).astype(float), cells[:, 9:].sum(1), cells[:, :7].sum(1)
    wald(n, up, down, z), tango(n, up, down, z), -tango(n, down, up, z)
    center, se, _, _ = wald(n + 3, up + 0.75, down + 0.75, z)
    difference = np.diff(center) / np.hypot(se[1:], se[:-1])
    p = 2 * stats.norm.sf(np.abs(difference))
    return stats.false_discovery_control(p, method="bh")


def main():
    cells = CHANCE.integers(20, 80, (5000, 11))
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
