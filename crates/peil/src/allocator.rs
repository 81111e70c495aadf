//! How much memory a program that runs for long keeps to itself.
//!
//! The allocator of the GNU C library has eight arenas per processor, and gives a thread one of its own. In a
//! server nearly everything is made by one thread and dropped by another: what is free in one arena is
//! missing in the next. It also learns to keep ever larger blocks once one was given back, between
//! which small ones come to lie, so that memory grows while less and less of it is used. Both can
//! only be said before a program begins; `docs/decisions/0011-few-arenas.md` has the figures.

/// Number of arenas, bytes from which on a block is given back at once, and free bytes at the end of
/// an arena from which on they are.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const SETTINGS: [(&str, &str); 3] = [
    ("MALLOC_ARENA_MAX", "2"),
    ("MALLOC_MMAP_THRESHOLD_", "131072"),
    ("MALLOC_TRIM_THRESHOLD_", "1048576"),
];

/// Begins the program anew with these settings, as the same process; goes on as it is where that does
/// not work, or where one of them was chosen already.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(crate) fn keep_little() {
    use std::{os::unix::process::CommandExt, process::Command};

    let is_chosen = |name: &str| std::env::var_os(name).is_some();
    if SETTINGS.iter().any(|(name, _)| is_chosen(name)) {
        return;
    }
    let mut arguments = std::env::args_os();
    let (Ok(program), Some(name)) = (std::env::current_exe(), arguments.next()) else {
        return;
    };
    // Gives an answer only when the program could not begin anew.
    drop(
        Command::new(program)
            .arg0(name)
            .args(arguments)
            .envs(SETTINGS)
            .exec(),
    );
}

/// Other allocators do not keep what they do not need.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) const fn keep_little() {}
