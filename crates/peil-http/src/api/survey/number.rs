//! Numbers as the reference promises them: `int32` ends at half of what four bytes without a sign hold.

use serde::{Deserialize, Deserializer, de::Error as _};

const MOST: u32 = i32::MAX.unsigned_abs();

/// A number from nought to 2 147 483 647.
pub(super) fn one<'de, D: Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
    let number = u32::deserialize(from)?;
    if number <= MOST {
        Ok(number)
    } else {
        Err(D::Error::custom(format!("{number} is more than {MOST}")))
    }
}

/// The same, or none.
pub(super) fn perhaps<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u32>, D::Error> {
    struct Number(u32);
    impl<'de> Deserialize<'de> for Number {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            one(from).map(Self)
        }
    }
    let found = Option::<Number>::deserialize(from)?;
    Ok(found.map(|Number(number)| number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Both {
        #[serde(deserialize_with = "one")]
        one: u32,
        #[serde(default, deserialize_with = "perhaps")]
        perhaps: Option<u32>,
    }

    #[test]
    fn numbers_end_where_the_reference_says() {
        let read = |text: &str| serde_json::from_str::<Both>(text).ok();
        let most = read(r#"{"one": 2147483647, "perhaps": 2147483647}"#).unwrap();
        assert_eq!((most.one, most.perhaps), (MOST, Some(MOST)));
        let none = read(r#"{"one": 0, "perhaps": null}"#).unwrap();
        assert_eq!((none.one, none.perhaps), (0, None));
        assert_eq!(read(r#"{"one": 1}"#).unwrap().perhaps, None);
        assert!(read(r#"{"one": 2147483648}"#).is_none());
        assert!(read(r#"{"one": 1, "perhaps": 2147483648}"#).is_none());
        assert!(read(r#"{"one": -1}"#).is_none());
    }
}
