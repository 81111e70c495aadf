//! peil
fn main() {}
