//! Files that fail, are cut off or are changed.
