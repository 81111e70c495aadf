//! Every outcome of a small sample with its probability.

/// The probabilities of 0 to n successes.
pub(crate) fn binomial(n: u64, p: f64) -> Vec<f64> {
    let factorials = log_factorials(n);
    (0..=n)
        .map(|hits| log_term(&factorials, hits, p) + log_term(&factorials, n - hits, 1.0 - p))
        .map(|logarithm| (logarithm + factorials.last().unwrap()).exp())
        .collect()
}

/// All ways in which n answers fall into three categories.
pub(crate) fn trinomial(n: u64, p: &[f64; 3]) -> Vec<([u64; 3], f64)> {
    let factorials = log_factorials(n);
    let mut all = Vec::new();
    for first in 0..=n {
        for second in 0..=n - first {
            let counts = [first, second, n - first - second];
            let terms = counts.iter().zip(p);
            let logarithm: f64 = terms.map(|(k, p)| log_term(&factorials, *k, *p)).sum();
            all.push((counts, (logarithm + factorials.last().unwrap()).exp()));
        }
    }
    all
}

/// ln (pᵏ / k!).
fn log_term(factorials: &[f64], k: u64, p: f64) -> f64 {
    let place = usize::try_from(k).unwrap();
    let times = f64::from(u32::try_from(k).unwrap());
    times * p.ln() - factorials.get(place).unwrap()
}

fn log_factorials(n: u64) -> Vec<f64> {
    let mut sum = 0.0;
    let mut all = vec![0.0];
    for k in 1..=u32::try_from(n).unwrap() {
        sum += f64::from(k).ln();
        all.push(sum);
    }
    all
}

#[test]
fn probabilities_of_all_outcomes_add_up_to_one() {
    assert!((binomial(30, 0.2).iter().sum::<f64>() - 1.0).abs() < 1e-12);
    let three = trinomial(30, &[0.2, 0.3, 0.5]);
    assert!((three.iter().map(|outcome| outcome.1).sum::<f64>() - 1.0).abs() < 1e-12);
}
