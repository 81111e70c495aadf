//! Where vectors of whole sentences come from, when a model for them is installed.

/// Makes a vector of a sentence. The engine works without; with it, themes and clusters are told by meaning as well.
pub trait SentenceVectors: Send + Sync {
    /// A vector of length one, always of the same number of dimensions; nothing when the text has no words.
    fn vector(&self, text: &str) -> Option<Vec<f32>>;

    /// Says which model this is, so that what was learned with it is not used with another.
    fn name(&self) -> &str;
}

impl<T: SentenceVectors> SentenceVectors for std::sync::Arc<T> {
    fn vector(&self, text: &str) -> Option<Vec<f32>> {
        self.as_ref().vector(text)
    }

    fn name(&self) -> &str {
        self.as_ref().name()
    }
}
