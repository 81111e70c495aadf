//! How much memory a program that runs for long keeps to itself.
//!
//! The allocator of the GNU C library has eight arenas per processor, and gives a thread one of its own. In a
//! server nearly everything is made by one thread and dropped by another: what is free in one arena is
//! missing in the next, and a server that took a million answers in held two to three times as much
//! memory as it used. Two arenas are enough. That can only be said before a program begins.

/// Begins the program anew with two arenas, as the same process; goes on as it is where that does not
/// work, or where the number was chosen already.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(crate) fn keep_few() {
    use std::{os::unix::process::CommandExt, process::Command};

    const NUMBER: &str = "MALLOC_ARENA_MAX";
    if std::env::var_os(NUMBER).is_some() {
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
            .env(NUMBER, "2")
            .exec(),
    );
}

/// Other allocators do not keep what they do not need.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) const fn keep_few() {}
