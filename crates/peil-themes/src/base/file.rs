//! The form in which a base is kept: what it is, then the numbers of its features, how rare they are, and a weight of
//! one byte per feature and class.

use std::borrow::Cow;

use super::looks::END;
use super::{BUCKET, Base, Head};

const MAGIC: &[u8; 8] = b"PEILBAS1";

/// Why a base cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a base of themes that this version reads")]
pub struct BaseError;

impl Base {
    /// Takes the content of a file.
    ///
    /// # Errors
    /// When it is not a base, or a damaged one.
    pub fn read(file: impl Into<Cow<'static, [u8]>>) -> Result<Self, BaseError> {
        let file = file.into();
        let rest = file.strip_prefix(MAGIC).ok_or(BaseError)?;
        let (length, rest) = rest.split_first_chunk::<4>().ok_or(BaseError)?;
        let length = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| BaseError)?;
        let (head, rest) = rest.split_at_checked(length).ok_or(BaseError)?;
        let head: Head = serde_json::from_slice(head).map_err(|_| BaseError)?;
        let per_feature = head.classes.len().checked_add(5).ok_or(BaseError)?;
        let start = file.len() - rest.len();
        if head.features.checked_mul(per_feature) != Some(rest.len()) {
            return Err(BaseError);
        }
        let features = start..start + head.features * 4;
        let rarities = features.end..features.end + head.features;
        let weights = rarities.end..file.len();
        let buckets = buckets(file.get(features.clone()).unwrap_or_default())?;
        Ok(Self {
            file,
            head,
            features,
            rarities,
            weights,
            buckets,
        })
    }

    /// The content of its file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.file
    }

    /// A checksum of what it was learned from.
    #[must_use]
    pub fn learned_from(&self) -> &str {
        &self.head.learned_from
    }
}

/// Writes a base; features are in order, weights per feature and class.
pub(super) fn write(head: &Head, features: &[(u32, u8)], weights: &[i8]) -> Vec<u8> {
    let described = serde_json::to_vec(head).unwrap_or_default();
    let mut file = MAGIC.to_vec();
    file.extend(u32::try_from(described.len()).unwrap_or(0).to_le_bytes());
    file.extend(described);
    file.extend(
        features
            .iter()
            .flat_map(|(feature, _)| feature.to_le_bytes()),
    );
    file.extend(features.iter().map(|(_, rarity)| *rarity));
    file.extend(weights.iter().map(|weight| weight.cast_unsigned()));
    file
}

/// Where each bucket of features begins; features must be in order.
fn buckets(features: &[u8]) -> Result<Vec<u32>, BaseError> {
    let (features, _) = features.as_chunks::<4>();
    let last = END >> BUCKET;
    let mut buckets = Vec::with_capacity(last as usize + 2);
    let mut before = None;
    for (place, bytes) in features.iter().enumerate() {
        let feature = u32::from_le_bytes(*bytes);
        if before
            .replace(feature)
            .is_some_and(|before| before >= feature)
        {
            return Err(BaseError);
        }
        let place = u32::try_from(place).map_err(|_| BaseError)?;
        while buckets.len() <= (feature >> BUCKET) as usize {
            buckets.push(place);
        }
    }
    let end = u32::try_from(features.len()).map_err(|_| BaseError)?;
    buckets.resize(buckets.len().max(last as usize) + 2, end);
    Ok(buckets)
}
