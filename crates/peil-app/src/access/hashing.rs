//! Hashes of passwords. Each takes memory and time on purpose, so that few are made at once: many
//! people who sign in together wait for each other, and nobody else waits for them.

use std::{sync::LazyLock, thread::available_parallelism, time::Duration};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;

use crate::{AppError, StoreError};

/// Hashes at once: half of the processors, so that the other half answers respondents.
static ROOM: LazyLock<Semaphore> = LazyLock::new(|| {
    let processors = available_parallelism().map_or(1, std::num::NonZero::get);
    Semaphore::new((processors / 2).max(1))
});
/// How long one waits for a turn before being told to try again.
const PATIENCE: Duration = Duration::from_secs(20);

/// Hashes a password with Argon2id and a salt of its own.
///
/// # Errors
/// [`StoreError::Busy`] when too many others are waiting.
pub async fn hash_password(password: String) -> Result<String, AppError> {
    let hash = in_turn(move || {
        Argon2::default()
            .hash_password(password.as_bytes())
            .map(|hash| hash.to_string())
    })
    .await?;
    hash.map_err(|error| AppError::Folder(format!("password hash: {error}")))
}

/// Whether a password belongs to a hash.
pub(super) async fn verify_password(password: String, hash: String) -> Result<bool, AppError> {
    in_turn(move || {
        PasswordHash::new(&hash).is_ok_and(|parsed| {
            Argon2::default()
                .verify_password(password.as_bytes(), &parsed)
                .is_ok()
        })
    })
    .await
}

/// Does heavy work when there is room for it, off the threads that answer requests.
async fn in_turn<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, AppError> {
    let turn = tokio::time::timeout(PATIENCE, ROOM.acquire()).await;
    let turn = turn.map_err(|_| AppError::Store(StoreError::Busy))?;
    let turn = turn.map_err(|error| AppError::Folder(format!("password turn: {error}")))?;
    // The turn goes along: a visitor who leaves does not make room that is still in use.
    let done = tokio::task::spawn_blocking(move || {
        let outcome = work();
        drop(turn);
        outcome
    });
    done.await
        .map_err(|error| AppError::Folder(format!("password work: {error}")))
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };

    use super::*;

    #[tokio::test]
    async fn a_password_belongs_to_its_own_hash_only() {
        let hash = hash_password("vier rode fietsen".into()).await.unwrap();
        let verify = |password: &str| verify_password(password.into(), hash.clone());
        assert!(verify("vier rode fietsen").await.unwrap());
        assert!(!verify("vier rode brommers").await.unwrap());
        assert!(
            !verify_password("x".into(), "geen hash".into())
                .await
                .unwrap()
        );
    }

    #[tokio::test]
    async fn a_hundred_at_once_never_work_at_the_same_time_beyond_the_room_there_is() {
        let room = ROOM.available_permits();
        let (working, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let all = (0..100).map(|_| {
            let (working, most) = (Arc::clone(&working), Arc::clone(&most));
            in_turn(move || {
                let now = working.fetch_add(1, Ordering::SeqCst) + 1;
                most.fetch_max(now, Ordering::SeqCst);
                std::thread::yield_now();
                working.fetch_sub(1, Ordering::SeqCst);
            })
        });
        for done in futures::future::join_all(all).await {
            done.unwrap();
        }
        assert!(most.load(Ordering::SeqCst) <= room);
    }
}
