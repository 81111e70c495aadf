//! The secret key of an installation, and the tokens that are made with it.
//!
//! Public tokens are 128 bits. The database holds only their hashes, so that a copy of it opens
//! nothing; tokens of invitations are derived from the key, so that a mail can be made again.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// A 256-bit key that never leaves the data folder.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl Secret {
    /// Wraps a key.
    #[must_use]
    pub const fn new(key: [u8; 32]) -> Self {
        Self(key)
    }

    /// Reads a key written by [`Secret::to_text`].
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text.trim()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// The key as text, for its file.
    #[must_use]
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// A 128-bit code over `parts` for one `purpose`; nobody without the key can make it.
    pub(crate) fn code(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 16] {
        let mut short = [0; 16];
        // HMAC takes a key of any length, so this cannot fail; an all-zero code would match nothing.
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) {
            mac.update(purpose.as_bytes());
            for part in parts {
                mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
                mac.update(part);
            }
            let full = mac.finalize().into_bytes();
            for (to, from) in short.iter_mut().zip(full.iter()) {
                *to = *from;
            }
        }
        short
    }

    /// A token derived from `parts` for one `purpose`.
    pub(crate) fn token(&self, purpose: &str, parts: &[&[u8]]) -> String {
        encode(&self.code(purpose, parts))
    }

    /// Whether `code` is the right one, compared in constant time.
    pub(crate) fn confirms(&self, purpose: &str, parts: &[&[u8]], code: &[u8]) -> bool {
        let right = self.code(purpose, parts);
        let difference = right.iter().zip(code).fold(0, |sum, (a, b)| sum | (a ^ b));
        code.len() == right.len() && difference == 0
    }
}

/// Bytes as text for an address.
pub(crate) fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Text of an address as bytes.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// What the database keeps of a token.
#[must_use]
pub fn hash_token(token: &str) -> String {
    encode(&Sha256::digest(token.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_depend_on_key_purpose_and_every_part() {
        let secret = Secret::new([7; 32]);
        let code = secret.code("form", &[b"ab", b"c"]);
        assert_ne!(code, secret.code("form", &[b"a", b"bc"]));
        assert_ne!(code, secret.code("mail", &[b"ab", b"c"]));
        assert_ne!(code, Secret::new([8; 32]).code("form", &[b"ab", b"c"]));
        assert!(secret.confirms("form", &[b"ab", b"c"], &code));
        assert!(!secret.confirms("form", &[b"ab", b"c"], &code[..15]));
    }

    #[test]
    fn a_key_survives_being_written_down() {
        let secret = Secret::new([9; 32]);
        let again = Secret::from_text(&secret.to_text()).unwrap();
        assert_eq!(secret.0, again.0);
        assert!(Secret::from_text("kort").is_none());
    }
}
