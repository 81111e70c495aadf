//! Communities in a graph by the Leiden method: move nodes to where they are linked most against chance, refine what
//! came out so that every community hangs together, go on with the communities as nodes. Greedy and seeded.
//! Source: Traag, Waltman and Van Eck, From Louvain to Leiden, 2019.

use std::collections::{BTreeMap, VecDeque};

use crate::logistic::Chance;

use super::neighbours::Graph;

/// Levels at most.
const LEVELS: usize = 20;
/// Smaller gains are rounding.
const SMALL: f64 = 1e-12;

/// A graph of which the nodes may stand for several texts.
struct Level {
    links: Vec<Vec<(usize, f64)>>,
    /// What all links of a node weigh, inner links twice.
    strength: Vec<f64>,
    /// What all links weigh, twice.
    total: f64,
}

/// Which community each node is in.
struct Division {
    of: Vec<usize>,
    strength: Vec<f64>,
}

/// The communities with their members, the largest first.
pub(super) fn communities(graph: &Graph, resolution: f64, seed: u64) -> Vec<Vec<usize>> {
    let number = graph.links.len();
    let mut level = Level::new(graph.links.clone(), None);
    let mut node_of: Vec<usize> = (0..number).collect();
    let mut division = Division::apart(&level);
    let mut chance = Chance(seed);
    for _ in 0..LEVELS {
        let has_moved = division.move_nodes(&level, resolution, &mut chance);
        if !has_moved {
            break;
        }
        let refined = refine(&level, &division, resolution, &mut chance);
        let (next, next_division, new_of) = aggregate(&level, &division, &refined);
        let is_same = next.links.len() == level.links.len();
        for node in &mut node_of {
            *node = at(&new_of, *node);
        }
        level = next;
        division = next_division;
        if is_same {
            break;
        }
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (text, node) in node_of.iter().enumerate() {
        members
            .entry(at(&division.of, *node))
            .or_default()
            .push(text);
    }
    let mut found: Vec<Vec<usize>> = members.into_values().collect();
    found.sort_by(|first, second| {
        second
            .len()
            .cmp(&first.len())
            .then_with(|| first.cmp(second))
    });
    found
}

fn at(values: &[usize], index: usize) -> usize {
    values.get(index).copied().unwrap_or(0)
}

fn weight(values: &[f64], index: usize) -> f64 {
    values.get(index).copied().unwrap_or(0.0)
}

fn change(values: &mut [f64], index: usize, by: f64) {
    if let Some(value) = values.get_mut(index) {
        *value += by;
    }
}

fn set(values: &mut [usize], index: usize, to: usize) {
    if let Some(value) = values.get_mut(index) {
        *value = to;
    }
}

impl Level {
    fn new(links: Vec<Vec<(usize, f64)>>, strength: Option<Vec<f64>>) -> Self {
        let strength = strength.unwrap_or_else(|| {
            links
                .iter()
                .map(|links| links.iter().map(|(_, weight)| weight).sum())
                .collect()
        });
        let total = strength.iter().sum::<f64>().max(SMALL);
        Self {
            links,
            strength,
            total,
        }
    }

    fn links(&self, node: usize) -> &[(usize, f64)] {
        self.links.get(node).map_or(&[][..], Vec::as_slice)
    }

    /// What a node is linked to each community.
    fn towards(&self, node: usize, of: &[usize]) -> BTreeMap<usize, f64> {
        let mut towards = BTreeMap::new();
        for (other, weight) in self.links(node).iter().filter(|(other, _)| *other != node) {
            *towards.entry(at(of, *other)).or_insert(0.0) += weight;
        }
        towards
    }
}

impl Division {
    fn apart(level: &Level) -> Self {
        Self {
            of: (0..level.links.len()).collect(),
            strength: level.strength.clone(),
        }
    }

    /// Moves nodes until none gains; says whether any has moved.
    fn move_nodes(&mut self, level: &Level, resolution: f64, chance: &mut Chance) -> bool {
        let mut order: Vec<usize> = (0..level.links.len()).collect();
        chance.shuffle(&mut order);
        let mut is_waiting = vec![true; order.len()];
        let mut queue: VecDeque<usize> = order.into();
        let mut has_moved = false;
        while let Some(node) = queue.pop_front() {
            if let Some(waiting) = is_waiting.get_mut(node) {
                *waiting = false;
            }
            let own = at(&self.of, node);
            let strength = weight(&level.strength, node);
            change(&mut self.strength, own, -strength);
            let towards = level.towards(node, &self.of);
            let worth = |community: usize, linked: f64| {
                linked - resolution * strength * weight(&self.strength, community) / level.total
            };
            let mut best = (own, worth(own, towards.get(&own).copied().unwrap_or(0.0)));
            for (community, linked) in &towards {
                let gained = worth(*community, *linked);
                if gained > best.1 + SMALL {
                    best = (*community, gained);
                }
            }
            change(&mut self.strength, best.0, strength);
            if best.0 == own {
                continue;
            }
            set(&mut self.of, node, best.0);
            has_moved = true;
            for (other, _) in level.links(node) {
                if at(&self.of, *other) != best.0
                    && let Some(waiting) = is_waiting.get_mut(*other).filter(|waiting| !**waiting)
                {
                    *waiting = true;
                    queue.push_back(*other);
                }
            }
        }
        has_moved
    }
}

/// Divides every community again from single nodes, merging only what is well linked.
fn refine(level: &Level, division: &Division, resolution: f64, chance: &mut Chance) -> Division {
    let mut refined = Division::apart(level);
    let mut is_alone = vec![true; level.links.len()];
    let mut order: Vec<usize> = (0..level.links.len()).collect();
    chance.shuffle(&mut order);
    for node in order {
        let community = at(&division.of, node);
        let strength = weight(&level.strength, node);
        let inside: f64 = level
            .links(node)
            .iter()
            .filter(|(other, _)| *other != node && at(&division.of, *other) == community)
            .map(|(_, weight)| weight)
            .sum();
        let rest = weight(&division.strength, community) - strength;
        let is_well_linked = inside + SMALL >= resolution * strength * rest / level.total;
        if !is_alone.get(node).copied().unwrap_or(false) || !is_well_linked {
            continue;
        }
        let mut best = (at(&refined.of, node), 0.0);
        let towards = level.towards(node, &refined.of);
        for (candidate, linked) in &towards {
            let is_inside = at(&division.of, *candidate) == community;
            let gained = linked
                - resolution * strength * weight(&refined.strength, *candidate) / level.total;
            if is_inside && *candidate != best.0 && gained > best.1 + SMALL {
                best = (*candidate, gained);
            }
        }
        let own = at(&refined.of, node);
        if best.0 != own {
            change(&mut refined.strength, own, -strength);
            change(&mut refined.strength, best.0, strength);
            set(&mut refined.of, node, best.0);
            // The community is named after the node that it began with, which is no longer alone either.
            for place in [node, best.0] {
                if let Some(alone) = is_alone.get_mut(place) {
                    *alone = false;
                }
            }
        }
    }
    refined
}

/// The refined communities as nodes, divided as before; and the new node of each old one.
fn aggregate(
    level: &Level,
    division: &Division,
    refined: &Division,
) -> (Level, Division, Vec<usize>) {
    let mut number_of: BTreeMap<usize, usize> = BTreeMap::new();
    for community in &refined.of {
        let next = number_of.len();
        number_of.entry(*community).or_insert(next);
    }
    let new_of: Vec<usize> = refined
        .of
        .iter()
        .map(|community| number_of.get(community).copied().unwrap_or(0))
        .collect();
    let mut links: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); number_of.len()];
    let mut strength = vec![0.0; number_of.len()];
    let mut community_of = vec![0; number_of.len()];
    for (node, new) in new_of.iter().enumerate() {
        change(&mut strength, *new, weight(&level.strength, node));
        set(&mut community_of, *new, at(&division.of, node));
        if let Some(of_new) = links.get_mut(*new) {
            for (other, weight) in level.links(node) {
                *of_new.entry(at(&new_of, *other)).or_insert(0.0) += weight;
            }
        }
    }
    let mut small: BTreeMap<usize, usize> = BTreeMap::new();
    for community in &community_of {
        let next = small.len();
        small.entry(*community).or_insert(next);
    }
    let of: Vec<usize> = community_of
        .iter()
        .map(|community| small.get(community).copied().unwrap_or(0))
        .collect();
    let mut of_community = vec![0.0; strength.len()];
    for (node, community) in of.iter().enumerate() {
        change(&mut of_community, *community, weight(&strength, node));
    }
    let links = links
        .into_iter()
        .map(|links| links.into_iter().collect())
        .collect();
    (
        Level::new(links, Some(strength)),
        Division {
            of,
            strength: of_community,
        },
        new_of,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(number: usize, edges: &[(usize, usize)]) -> Graph {
        let mut links = vec![Vec::new(); number];
        for (from, to) in edges {
            links[*from].push((*to, 1.0));
            links[*to].push((*from, 1.0));
        }
        Graph { links }
    }

    #[test]
    fn two_cliques_with_one_bridge_are_two_communities() {
        let clique = |from: usize| {
            (from..from + 5).flat_map(move |a| (a + 1..from + 5).map(move |b| (a, b)))
        };
        let edges: Vec<_> = clique(0).chain(clique(5)).chain([(4, 5)]).collect();
        let found = communities(&graph(10, &edges), 1.0, 3);
        assert_eq!(found, [vec![0, 1, 2, 3, 4], vec![5, 6, 7, 8, 9]]);
    }

    #[test]
    fn every_community_hangs_together() {
        let ring: Vec<_> = (0..30).map(|node| (node, (node + 1) % 30)).collect();
        let found = communities(&graph(30, &ring), 1.0, 9);
        assert_eq!(found.iter().map(Vec::len).sum::<usize>(), 30);
        for members in found {
            let breaks = members
                .iter()
                .filter(|node| !members.contains(&((**node + 1) % 30)))
                .count();
            assert_eq!(breaks, 1, "{members:?}");
        }
    }

    #[test]
    fn nodes_without_links_stay_alone() {
        assert_eq!(communities(&graph(3, &[]), 1.0, 1).len(), 3);
    }
}
