//! Keeps the identity of clusters between runs: a cluster that mostly holds the same texts keeps its id.

use std::collections::BTreeSet;

/// The share of texts in both, of all texts in either, from which two clusters are the same.
const SAME_FROM: f64 = 0.3;

/// A cluster that was known before, or that was found now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownCluster {
    /// Its lasting number.
    pub id: u64,
    /// What its texts are called.
    pub texts: BTreeSet<String>,
}

/// The ids of found clusters: those of the known clusters that they resemble most (Jaccard index, best pairs first),
/// new numbers for the others.
#[must_use]
pub fn keep_ids(known: &[KnownCluster], found: &[BTreeSet<String>]) -> Vec<u64> {
    let mut pairs: Vec<(f64, u64, usize)> = Vec::new();
    for (index, texts) in found.iter().enumerate() {
        for cluster in known {
            let shared = cluster.texts.intersection(texts).count();
            let all = cluster.texts.len() + texts.len() - shared;
            let alike = as_number(shared) / as_number(all.max(1));
            if alike >= SAME_FROM {
                pairs.push((alike, cluster.id, index));
            }
        }
    }
    pairs.sort_by(|first, second| {
        second
            .0
            .total_cmp(&first.0)
            .then((first.1, first.2).cmp(&(second.1, second.2)))
    });
    let mut ids: Vec<Option<u64>> = vec![None; found.len()];
    let mut used: BTreeSet<u64> = BTreeSet::new();
    for (_, id, index) in pairs {
        if let Some(place) = ids.get_mut(index).filter(|place| place.is_none())
            && used.insert(id)
        {
            *place = Some(id);
        }
    }
    let mut next = known
        .iter()
        .map(|cluster| cluster.id + 1)
        .max()
        .unwrap_or(0);
    ids.into_iter()
        .map(|id| {
            id.unwrap_or_else(|| {
                next += 1;
                next - 1
            })
        })
        .collect()
}

fn as_number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(names: &str) -> BTreeSet<String> {
        names.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn clusters_that_stay_alike_keep_their_number() {
        let known = [
            KnownCluster {
                id: 4,
                texts: texts("a b c"),
            },
            KnownCluster {
                id: 7,
                texts: texts("d e"),
            },
        ];
        let found = [texts("d e f"), texts("x y"), texts("a b c g")];
        assert_eq!(keep_ids(&known, &found), [7, 8, 4]);
    }
}
