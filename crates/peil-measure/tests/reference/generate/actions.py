"""Writes the reference cases of the statistics about themes, changes, actions, goals and peeking.

    python actions.py FOLDER        (needs numpy, scipy and statsmodels)

Nothing here repeats the formulas of the crate where another way leads to the same number:

- standard errors of impact and decomposition: the figure as a plain function of the probabilities
  of all cells, its gradient by complex steps, and the covariance of the multinomial;
- mix, rate and interaction: statsmodels' Oaxaca-Blinder decomposition of dummies, row by row;
- difference in differences: a regression with an interaction, sandwich errors HC0 and HC2;
- course of a goal: statsmodels' weighted least squares;
- confidence sequence: the mixture martingale integrated numerically, inverted by root finding.
"""

import json
import platform
import sys
import warnings
from pathlib import Path

import numpy as np
import scipy
import statsmodels
import statsmodels.api as sm
from scipy import integrate, optimize, stats
from statsmodels.stats.oaxaca import OaxacaBlinder

warnings.simplefilter("ignore")
VERSIONS = (
    f"Python {platform.python_version()}, numpy {np.__version__}, scipy {scipy.__version__}, "
    f"statsmodels {statsmodels.__version__}"
)
NPS, MEAN = {"metric": "nps"}, {"metric": "mean", "scale_min": 1}


def share(top):
    return {"metric": "share", "scale_min": 1, "top": top}


def worth(metric, categories):
    """What an answer in each category is worth."""
    places = np.arange(categories)
    if metric["metric"] == "nps":
        return np.where(places <= 6, -100.0, np.where(places <= 8, 0.0, 100.0))
    if metric["metric"] == "share":
        return (places >= categories - metric["top"]).astype(float)
    return places + float(metric["scale_min"])


def padded(metric, counts, part):
    """The counts with imaginary answers, as (worth, weight)."""
    counts = np.array(counts, float)
    value = worth(metric, len(counts))
    if metric["metric"] == "nps":
        extra = [(-100.0, 0.75), (0.0, 1.5), (100.0, 0.75)]
    elif metric["metric"] == "share":
        extra = [(0.0, 1.0), (1.0, 1.0)]
    else:
        extra = [(value[0], 0.5), (value[-1], 0.5)]
    x = np.concatenate([value, [v for v, _ in extra]])
    w = np.concatenate([counts, [part * n for _, n in extra]])
    return x, w


def moments(x, w):
    mean = np.average(x, weights=w)
    return mean, np.average((x - mean) ** 2, weights=w), w.sum()


def delta_se(figure, samples):
    """The standard error of figure(p1, p2, ...) for independent multinomial samples of counts."""
    probabilities = [np.array(c, float) / np.sum(c) for c in samples]
    variance = 0.0
    for place, p in enumerate(probabilities):
        gradient = np.zeros(len(p))
        for cell in range(len(p)):
            stepped = [q.astype(complex) for q in probabilities]
            stepped[place][cell] += 1e-30j
            gradient[cell] = figure(*stepped).imag / 1e-30
        covariance = (np.diag(p) - np.outer(p, p)) / np.sum(samples[place])
        variance += gradient @ covariance @ gradient
    return float(np.sqrt(max(variance, 0.0)))


def around(value, margin):
    return [value - margin, value + margin]


def clipped(interval, limit):
    return [float(np.clip(end, -limit, limit)) for end in interval]


# ---------------------------------------------------------------------------------------------


def impact(metric, all_counts, mentioning, level):
    k = len(all_counts)
    rest = np.array(all_counts) - np.array(mentioning)
    x = worth(metric, k)

    def figure(p):
        return (p[:k] + p[k:]) @ x / p.sum() - p[k:] @ x / p[k:].sum()

    cells = np.concatenate([mentioning, rest]).astype(float)
    value = float(figure(cells / cells.sum()))
    n1, n0 = sum(mentioning), int(rest.sum())
    n = n1 + n0
    mean1, mean0 = np.average(x, weights=mentioning), np.average(x, weights=rest)
    careful = (n1 + 1) / (n + 2)
    spread = sum(moments(*padded(metric, c, 1.0))[1] / np.sum(c) for c in (mentioning, rest))
    careful_se = np.sqrt(
        (mean1 - mean0) ** 2 * careful * (1 - careful) / n + careful**2 * spread
    )
    z = stats.norm.ppf((1 + level) / 2)
    return {
        "n": n,
        "mentions": n1,
        "all": float(np.average(x, weights=all_counts)),
        "without": float(mean0),
        "impact": value,
        "se": delta_se(figure, [cells]),
        "ci": around(value, float(z * careful_se)),
    }


def impact_cases():
    doc = [4, 4, 2, 6, 7, 18, 15, 38, 68, 75, 75]
    inputs = [
        (NPS, doc, [3, 3, 1, 4, 5, 10, 4, 6, 4, 2, 1], 0.95),
        (NPS, doc, [0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 9], 0.99),
        (NPS, [0, 0, 0, 0, 0, 1, 1, 4, 5, 6, 9], [0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0], 0.95),
        (NPS, [c * 10**7 for c in doc], [c * 10**6 for c in doc], 0.95),
        (share(2), [12, 20, 44, 80, 90], [9, 10, 8, 6, 2], 0.9),
        (MEAN, [12, 20, 44, 80, 90], [9, 10, 8, 6, 2], 0.95),
        (MEAN, [1, 0, 3, 8, 4], [1, 0, 0, 0, 0], 0.95),
    ]
    for metric, everyone, mentioning, level in inputs:
        given = {**metric, "all": everyone, "mentioning": mentioning, "level": level}
        yield given, impact(metric, everyone, mentioning, level)


# ---------------------------------------------------------------------------------------------


def settled_figures(x, p, groups, k):
    """Shares and figures of groups in both periods; an empty group borrows its figure."""
    out = []
    for g in range(groups):
        s = [q[g * k : (g + 1) * k] for q in p]
        sizes = [part.sum() for part in s]
        means = [part @ x / part.sum() if part.sum().real > 0 else None for part in s]
        if means[0] is None:
            means[0] = means[1]
        if means[1] is None:
            means[1] = means[0]
        if means[0] is None:
            means = [0.0, 0.0]
        out.append((sizes[0], sizes[1], means[0], means[1]))
    return out


def decomposition(metric, groups, level):
    k = len(groups[0][0])
    x = worth(metric, k)
    samples = [np.concatenate([g[period] for g in groups]).astype(float) for period in (0, 1)]
    z = stats.norm.ppf((1 + level) / 2)

    def parts(p0, p1):
        # Complex steps leave the simplex; shares have to stay shares.
        cells = settled_figures(x, (p0 / p0.sum(), p1 / p1.sum()), len(groups), k)
        m0 = sum(a * m for a, _, m, _ in cells)
        m1 = sum(b * m for _, b, _, m in cells)
        average = (m0 + m1) / 2
        mix = [(b - a) * ((u + v) / 2 - average) for a, b, u, v in cells]
        rate = [(v - u) * (a + b) / 2 for a, b, u, v in cells]
        both = sum((b - a) * (v - u) for a, b, u, v in cells)
        return {"change": m1 - m0, "mix": sum(mix), "rate": sum(rate), "interaction": both,
                "mix_of": mix, "rate_of": rate, "before": m0, "after": m1}

    found = parts(*[s.astype(complex) / s.sum() for s in samples])

    def part(pick):
        value = float(np.real(pick(found)))
        se = delta_se(lambda p0, p1: pick(parts(p0, p1)) + 0j, samples)
        return {"value": value, "se": se, "ci": around(value, float(z * se))}

    expected = {name: float(found[name].real) for name in ("before", "after")}
    for name in ("change", "mix", "rate", "interaction"):
        expected[name] = part(lambda f, name=name: f[name])
    expected["groups"] = [
        {
            "mix": part(lambda f, g=g: f["mix_of"][g]),
            "rate": part(lambda f, g=g: f["rate_of"][g]),
        }
        for g in range(len(groups))
    ]
    check_with_statsmodels(x, groups, expected)
    return expected


def check_with_statsmodels(x, groups, expected):
    """Row by row; only where every group answered in both periods and there is a mix at all."""
    sizes = [[sum(c) for c in g] for g in groups]
    if len(groups) < 2 or min(min(s) for s in sizes) == 0 or max(max(s) for s in sizes) > 10**5:
        return
    y, exog, period = [], [], []
    for place, group in enumerate(groups):
        for when, counts in enumerate(group):
            values = np.repeat(x, counts)
            y.append(values)
            dummies = np.zeros((len(values), len(groups)))
            dummies[:, 0] = 1.0
            if place:
                dummies[:, place] = 1.0
            exog.append(dummies)
            period.append(np.full(len(values), when))
    design = np.column_stack([np.concatenate(exog), np.concatenate(period)])
    model = OaxacaBlinder(
        np.concatenate(y), design, design.shape[1] - 1, hasconst=True, swap=False
    )
    endowments, coefficients, interaction, gap = model.three_fold().params
    # statsmodels takes the first group it meets as the later one or not: by the sign of the gap.
    sign = np.sign(gap) * np.sign(expected["change"]["value"])
    mix, rate = expected["mix"]["value"], expected["rate"]["value"]
    both = expected["interaction"]["value"]
    pairs = [(gap * sign, mix + rate)]
    if sign > 0:
        pairs += [(endowments, mix - both / 2), (coefficients, rate - both / 2), (interaction, both)]
    else:
        pairs += [(-endowments, mix + both / 2), (-coefficients, rate + both / 2), (interaction, both)]
    for theirs, ours in pairs:
        if not np.isclose(theirs, ours, rtol=1e-8, atol=1e-8):
            raise SystemExit(f"Oaxaca-Blinder differs: {theirs} {ours} ({model.three_fold().params})")


def decomposition_cases():
    a = [4, 4, 2, 6, 7, 18, 15, 38, 68, 75, 75]
    b = [9, 4, 8, 5, 9, 7, 8, 12, 6, 5, 2]
    c = [3, 0, 1, 0, 1, 3, 6, 14, 32, 28, 16]
    d = [3, 0, 1, 5, 2, 3, 1, 16, 27, 17, 10]
    none = [0] * 11
    inputs = [
        (NPS, [(a, c), (b, a), (c, d)], 0.95),
        (NPS, [(a, c), (none, b), (c, d)], 0.95),
        (NPS, [(a, c), (b, none), (none, none)], 0.9),
        (NPS, [([10**6 * n for n in a], [10**6 * n for n in c]), (b, [10**6 * n for n in d])], 0.95),
        (share(1), [([10, 90], [6, 54]), ([20, 30], [56, 84])], 0.95),
        (MEAN, [([9, 14, 30, 40, 27], [4, 8, 25, 50, 41]), ([2, 4, 9, 20, 15], [50, 9, 9, 12, 8])], 0.99),
        (MEAN, [([9, 14, 30, 40, 27], [4, 8, 25, 50, 41])], 0.95),
    ]
    for metric, groups, level in inputs:
        given = {**metric, "groups": [{"before": g[0], "after": g[1]} for g in groups], "level": level}
        yield given, decomposition(metric, groups, level)


# ---------------------------------------------------------------------------------------------


def rows(samples):
    """(worth, weight) of the four samples as rows of a regression with frequencies as weights."""
    y, treated, after, weight = [], [], [], []
    for place, (x, w) in enumerate(samples):
        keep = w > 0
        y.append(x[keep])
        weight.append(w[keep])
        treated.append(np.full(keep.sum(), float(place < 2)))
        after.append(np.full(keep.sum(), float(place % 2)))
    y, treated, after, weight = map(np.concatenate, (y, treated, after, weight))
    return y, np.column_stack([np.ones(len(y)), treated, after, treated * after]), weight


def sandwich(samples, hc2):
    """Regression with an interaction, HC0 or HC2 by rows that stand for `weight` answers."""
    y, design, weight = rows(samples)
    fitted = sm.WLS(y, design, weights=weight).fit()
    residual = y - design @ fitted.params
    bread = np.linalg.inv(design.T @ (design * weight[:, None]))
    leverage = np.einsum("ij,jk,ik->i", design, bread, design) if hc2 else np.zeros(len(y))
    meat = design.T @ (design * (weight * residual**2 / (1 - leverage))[:, None])
    return float(fitted.params[3]), float(np.sqrt((bread @ meat @ bread)[3, 3]))


def check_sandwich(samples):
    """The same by statsmodels itself, row by row, where the weights are whole."""
    y, design, weight = rows(samples)
    if weight.sum() > 10**5:
        return
    times = weight.astype(int)
    fitted = sm.OLS(np.repeat(y, times), np.repeat(design, times, axis=0)).fit()
    for kind, hc2 in (("HC0_se", False), ("HC2_se", True)):
        if not np.isclose(getattr(fitted, kind)[3], sandwich(samples, hc2)[1], rtol=1e-9):
            raise SystemExit(f"{kind} differs")


def did(metric, groups, level):
    plain = [(worth(metric, len(c)), np.array(c, float)) for c in groups]
    check_sandwich(plain)
    z = stats.norm.ppf((1 + level) / 2)
    means = [moments(*s)[0] for s in plain]
    expected = {
        "change": float(means[1] - means[0]),
        "change_elsewhere": float(means[3] - means[2]),
    }
    if metric["metric"] == "mean":
        value, se = sandwich(plain, True)
        parts = [moments(*s) for s in plain]
        pieces = [(v / (n - 1), n - 1) for _, v, n in parts]
        df = sum(p for p, _ in pieces) ** 2 / sum(p**2 / f for p, f in pieces)
        t = value / se
        expected["plain"] = {
            "value": value, "se": se, "statistic": t, "df": df,
            "p": float(2 * stats.t.sf(abs(t), df)),
            "ci": around(value, float(stats.t.ppf((1 + level) / 2, df) * se)),
        }
        expected["adjusted"] = None
        return expected
    widest = 400.0 if metric["metric"] == "nps" else 2.0
    careful = [padded(metric, c, 0.5) for c in groups]
    for name, samples in (("plain", plain), ("adjusted", careful)):
        value, se = sandwich(samples, False)
        ci = around(value, float(z * se))
        expected[name] = {
            "value": value, "se": se, "statistic": value / se, "df": None,
            "p": float(2 * stats.norm.sf(abs(value / se))),
            "ci": clipped(ci, widest) if name == "adjusted" else ci,
        }
    return expected


def did_cases():
    a = [4, 4, 2, 6, 7, 18, 15, 38, 68, 75, 75]
    b = [9, 4, 8, 5, 9, 7, 8, 12, 6, 5, 2]
    c = [3, 0, 1, 0, 1, 3, 6, 14, 32, 28, 16]
    d = [3, 0, 1, 5, 2, 3, 1, 16, 27, 17, 10]
    five = ([9, 14, 30, 40, 27], [4, 8, 25, 50, 41], [11, 19, 52, 80, 60], [10, 21, 50, 84, 55])
    inputs = [
        (NPS, (b, c, d, a), 0.95),
        (NPS, (a, a, c, d), 0.99),
        (NPS, ([0] * 10 + [3], [1] + [0] * 9 + [4], [0] * 7 + [2, 0, 1, 0], [0] * 10 + [5]), 0.95),
        (NPS, tuple([10**7 * n for n in h] for h in (b, c, d, a)), 0.95),
        (share(2), five, 0.95),
        (share(1), ([3, 1], [0, 4], [2, 2], [2, 1]), 0.9),
        (MEAN, five, 0.95),
        (MEAN, ([0, 0, 2, 1, 0], [0, 0, 0, 2, 2], [1, 0, 5, 0, 0], [1, 4, 1, 0, 0]), 0.95),
    ]
    for metric, groups, level in inputs:
        names = ("before", "after", "before_elsewhere", "after_elsewhere")
        given = {**metric, **dict(zip(names, groups)), "level": level}
        yield given, did(metric, groups, level)


# ---------------------------------------------------------------------------------------------


def goal_course(metric, times, periods, goal, level):
    figures = [moments(worth(metric, len(c)), np.array(c, float)) for c in periods if sum(c)]
    when = np.array([t for t, c in zip(times, periods) if sum(c)])
    value = np.array([f[0] for f in figures])
    n = np.array([f[2] for f in figures])
    within = sum(f[1] * f[2] for f in figures) / (n.sum() - len(n))
    fitted = sm.WLS(value, sm.add_constant(when), weights=n).fit()
    dispersion = max(1.0, fitted.scale / within)
    # statsmodels scales by what it sees; below that of single answers it is too sure.
    stretch = np.sqrt(within * dispersion / fitted.scale)
    t = stats.t.ppf((1 + level) / 2, len(n) - 2)
    last = when.max()

    def at(time):
        frame = fitted.get_prediction(np.array([[1.0, time]]))
        return float(frame.predicted_mean[0]), float(frame.se_mean[0] * stretch)

    (now, now_se), (then, then_se) = at(last), at(goal["time"])
    lowest, highest = {
        "nps": (-100.0, 100.0), "share": (0.0, 1.0),
        "mean": (metric.get("scale_min", 0), metric.get("scale_min", 0) + len(periods[0]) - 1),
    }[metric["metric"]]
    ci_now, ci_then = around(now, t * now_se), around(then, t * then_se)
    sign = 1 if goal["aim"] == "at_least" else -1

    def met(ci):
        return min(sign * e for e in ci) >= sign * goal["target"]

    missed = max(sign * e for e in ci_then) < sign * goal["target"]
    course = ("behind" if missed else "reached" if met(ci_now)
              else "on_course" if met(ci_then) else "cannot_tell_yet")
    needed = (goal["target"] - now) / (goal["time"] - last) if goal["time"] > last else None
    return {
        "course": course, "now": now, "ci_now": ci_now,
        "expected": float(np.clip(then, lowest, highest)),
        "ci_expected": [float(np.clip(e, lowest, highest)) for e in ci_then],
        "slope": float(fitted.params[1]),
        "ci_slope": around(float(fitted.params[1]), float(t * fitted.bse[1] * stretch)),
        "needed_slope": needed, "dispersion": float(dispersion), "periods": len(n),
    }


def goal_cases():
    rising = [[0] * 6 + [low, mid, 0, 0, high] for low, mid, high in
              ((60, 80, 60), (54, 78, 68), (47, 75, 78), (43, 70, 87), (36, 68, 96))]
    bumpy = [[0] * 6 + [low, mid, 0, 0, high] for low, mid, high in
             ((600, 800, 600), (400, 780, 680), (670, 750, 580), (330, 700, 870))]
    gaps = [[9, 14, 30, 40, 27], [0] * 5, [4, 8, 25, 50, 41], [11, 19, 52, 80, 60], [1, 0, 2, 2, 9]]
    shares = [[200, 200], [180, 220], [162, 238], [139, 261], [119, 281], [100, 300]]
    inputs = [
        (NPS, [1, 2, 3, 4, 5], rising, (40, "at_least", 12), 0.95),
        (NPS, [1, 2, 3, 4, 5], rising, (20, "at_least", 12), 0.8),
        (NPS, [0, 1, 2, 3], bumpy, (30, "at_least", 6), 0.95),
        (NPS, [0, 1, 2, 3], bumpy, (95, "at_least", 3), 0.95),
        (MEAN, [0.5, 1.5, 2.5, 3.5, 6.25], gaps, (3.2, "at_most", 7), 0.95),
        (share(1), [0, 1, 2, 3, 4, 5], shares, (0.80, "at_least", 9), 0.95),
        (share(1), [0, 1, 2, 3, 4, 5], shares, (0.85, "at_least", 5), 0.95),
        (share(1), [0, 1, 2], shares[:3], (0.60, "at_least", 3), 0.95),
    ]
    for metric, times, periods, (target, aim, time), level in inputs:
        goal = {"target": target, "aim": aim, "time": time}
        given = {**metric, "times": times, "periods": periods, **goal, "level": level}
        yield given, goal_course(metric, times, periods, goal, level)


# ---------------------------------------------------------------------------------------------


def anytime(metric, a, b, planned, level):
    alpha = 1 - level
    rho2 = (-2 * np.log(alpha) + np.log(-2 * np.log(alpha) + 1)) / planned
    plain = [moments(worth(metric, len(c)), np.array(c, float)) for c in (a, b)]
    careful = [moments(*padded(metric, c, 1.0)) for c in (a, b)]
    diff = careful[1][0] - careful[0][0]
    se = np.sqrt(sum(v / n for _, v, n in careful))
    t = sum(n for _, _, n in careful)
    rho = np.sqrt(rho2)

    def log_martingale(distance):
        # The sum of t standardised terms with mean distance / (se √t), mixed over N(0, ρ²).
        total = distance / (se * np.sqrt(t)) * t
        top = total * rho2 / (t * rho2 + 1)
        peak = top * total - top**2 * t / 2 - top**2 / (2 * rho2)
        width = np.sqrt(rho2 / (t * rho2 + 1))

        def integrand(l):
            return np.exp(l * total - l * l * t / 2 - l * l / (2 * rho2) - peak)

        area = integrate.quad(integrand, top - 12 * width, top + 12 * width, epsabs=0,
                              epsrel=1e-13, limit=500)[0]
        return peak + np.log(area / (rho * np.sqrt(2 * np.pi)))

    reach = optimize.brentq(lambda m: log_martingale(m) + np.log(alpha), 0.0, 100 * se, xtol=1e-14,
                            rtol=1e-14)
    widest = {"nps": 200.0, "share": 1.0, "mean": len(a) - 1.0}[metric["metric"]]
    return {
        "diff": float(plain[1][0] - plain[0][0]),
        "ci": clipped(around(float(diff), float(reach)), widest),
        "p": float(min(1.0, np.exp(-log_martingale(abs(diff))))),
    }


def anytime_cases():
    a = [3, 1, 2, 3, 4, 9, 8, 19, 24, 32, 30]
    b = [2, 1, 1, 2, 2, 6, 5, 16, 25, 38, 39]
    c = [9, 4, 8, 5, 9, 7, 8, 12, 6, 5, 2]
    inputs = [
        (NPS, a, b, 500, 0.95),
        (NPS, a, c, 500, 0.95),
        (NPS, a, c, 50, 0.99),
        (NPS, [0] * 10 + [2], [1] + [0] * 10, 100, 0.95),
        (NPS, [10**6 * n for n in a], [10**6 * n for n in b], 10**6, 0.95),
        (share(2), [12, 20, 44, 80, 90], [9, 10, 20, 60, 40], 1000, 0.95),
        (MEAN, [12, 20, 44, 80, 90], [9, 30, 20, 60, 40], 300, 0.9),
    ]
    for metric, first, second, planned, level in inputs:
        given = {**metric, "a": first, "b": second, "planned": planned, "level": level}
        yield given, anytime(metric, first, second, planned, level)


# ---------------------------------------------------------------------------------------------

FAMILIES = {
    "impact": (impact_cases, "delta method over the multinomial of all cells; careful interval"),
    "decomposition": (decomposition_cases, "Kitagawa; delta method over two multinomials; "
                      "sums checked with Oaxaca-Blinder"),
    "difference_in_differences": (did_cases, "regression with interaction: HC0, HC2, Satterthwaite"),
    "goal_course": (goal_cases, "weighted least squares with dispersion of at least 1"),
    "anytime": (anytime_cases, "normal mixture martingale, integrated and inverted numerically"),
}


def main(folder):
    for name, (cases, method) in FAMILIES.items():
        listed = [
            {"id": f"s{place:02}", "source": "package", "input": given, "expected": expected}
            for place, (given, expected) in enumerate(cases(), 1)
        ]
        file = {
            "family": name,
            "method": method,
            "package": VERSIONS,
            "script": "generate/actions.py",
            "tolerance": {"default": {"abs": 1e-9, "rel": 1e-8}},
            "cases": listed,
        }
        text = json.dumps(file, indent=1, ensure_ascii=False)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        print(name, len(listed))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
