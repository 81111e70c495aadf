//! Letters beside groups: groups that share one have not been shown to differ.

use crate::error::MeasureError;

/// The largest number of groups that get letters: more than anyone can compare by eye.
pub const MAX_LETTERED: usize = 64;

/// One letter: which groups carry it.
type Column = Vec<bool>;

/// Makes the compact letter display of `groups` groups, of which the pairs in `differing` differ.
///
/// Two groups share a letter exactly when they were *not* shown to differ. Each group gets the
/// numbers of its letters in rising order, the first letter being 0; give groups in the order in
/// which they are shown, and the letters rise along with them. Pairs may stand either way round
/// and more than once.
///
/// Insert-absorb: begin with one letter for all; for each pair that differs, split every letter
/// that holds both into one without the first and one without the second, and leave out letters
/// whose groups all stand in another letter.
///
/// ```
/// use peil_measure::letters;
///
/// // The first differs from the third; the second is somewhere between.
/// assert_eq!(letters(3, &[(0, 2)])?, [vec![0], vec![0, 1], vec![1]]);
/// // Nobody differs.
/// assert_eq!(letters(2, &[])?, [vec![0], vec![0]]);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`MeasureError::TooManyGroups`] above [`MAX_LETTERED`]; [`MeasureError::NotPair`] for a pair of
/// which one is not among the groups, or that is a group with itself.
///
/// # Source
/// Piepho (2004), *Journal of Computational and Graphical Statistics* 13(2), 456-466.
pub fn letters(
    groups: usize,
    differing: &[(usize, usize)],
) -> Result<Vec<Vec<usize>>, MeasureError> {
    if groups > MAX_LETTERED {
        return Err(MeasureError::TooManyGroups {
            groups,
            limit: MAX_LETTERED,
        });
    }
    let mut columns: Vec<Column> = vec![vec![true; groups]];
    for &(first, second) in differing {
        if first == second || first.max(second) >= groups {
            return Err(MeasureError::NotPair {
                first,
                second,
                groups,
            });
        }
        columns = split(columns, first, second);
    }
    // The letter of the group that stands first comes first.
    columns.sort_by(|a, b| b.cmp(a));
    let carried = |group: usize| {
        let columns = columns.iter().enumerate();
        let holding = columns.filter(|(_, column)| holds(column, group));
        holding.map(|(letter, _)| letter).collect()
    };
    Ok((0..groups).map(carried).collect())
}

/// Splits every letter that holds both groups, and absorbs what became part of another.
fn split(columns: Vec<Column>, first: usize, second: usize) -> Vec<Column> {
    let (both, mut kept): (Vec<_>, Vec<_>) = columns
        .into_iter()
        .partition(|column| holds(column, first) && holds(column, second));
    for column in both {
        for gone in [first, second] {
            let part = without(&column, gone);
            if !kept.iter().any(|other| covers(other, &part)) {
                kept.retain(|other| !covers(&part, other));
                kept.push(part);
            }
        }
    }
    kept
}

fn holds(column: &Column, group: usize) -> bool {
    column.get(group).copied().unwrap_or(false)
}

fn without(column: &Column, group: usize) -> Column {
    let places = column.iter().enumerate();
    places
        .map(|(place, is_in)| *is_in && place != group)
        .collect()
}

/// Whether every group of `part` is in `whole`.
fn covers(whole: &Column, part: &Column) -> bool {
    whole.iter().zip(part).all(|(whole, part)| *whole || !part)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The letters written out: `ab` for the first two.
    fn written(groups: usize, differing: &[(usize, usize)]) -> Vec<String> {
        let name = |letter: &usize| char::from(b'a' + u8::try_from(*letter).unwrap());
        let found = letters(groups, differing).unwrap();
        found
            .iter()
            .map(|own| own.iter().map(name).collect())
            .collect()
    }

    #[test]
    fn neighbours_overlap_and_the_ends_differ() {
        // Piepho's figure: groups 1-3, 1-4 and 2-4 differ.
        let differing = [(0, 2), (0, 3), (1, 3)];
        assert_eq!(written(4, &differing), ["a", "ab", "bc", "c"]);
    }

    #[test]
    fn when_everyone_differs_everyone_has_a_letter_of_their_own() {
        let differing = [(0, 1), (0, 2), (1, 2)];
        assert_eq!(written(3, &differing), ["a", "b", "c"]);
    }

    #[test]
    fn a_gap_in_the_middle_is_shown_too() {
        // The outer two are uncertain and differ from nobody; the inner two differ.
        assert_eq!(written(4, &[(1, 2)]), ["ab", "a", "b", "ab"]);
    }

    #[test]
    fn two_groups_share_a_letter_exactly_when_they_do_not_differ() {
        // Every way in which five groups can differ.
        let pairs: Vec<(usize, usize)> = (0..5)
            .flat_map(|first| (first + 1..5).map(move |second| (first, second)))
            .collect();
        for chosen in 0_u32..1 << pairs.len() {
            let differing: Vec<_> = pairs
                .iter()
                .enumerate()
                .filter(|(place, _)| chosen >> place & 1 == 1)
                .map(|(_, pair)| *pair)
                .collect();
            let found = letters(5, &differing).unwrap();
            for pair in &pairs {
                let shares = found[pair.0]
                    .iter()
                    .any(|letter| found[pair.1].contains(letter));
                assert_eq!(shares, !differing.contains(pair), "{differing:?} {pair:?}");
            }
        }
    }

    #[test]
    fn nobody_needs_no_letters_and_odd_pairs_are_refused() {
        assert_eq!(letters(0, &[]), Ok(Vec::new()));
        assert!(letters(3, &[(1, 1)]).is_err());
        assert!(letters(3, &[(0, 3)]).is_err());
        assert!(letters(MAX_LETTERED + 1, &[]).is_err());
    }
}
