//! Does the same to many things on several threads, with the results in order whatever the number of threads.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many threads work; 0 means as many as this machine can run at once.
static THREADS: AtomicUsize = AtomicUsize::new(0);

/// Works on so many threads from now on, in the whole program. Results never depend on it.
pub fn use_threads(number: NonZeroUsize) {
    THREADS.store(number.get(), Ordering::Relaxed);
}

/// The results of `work` for every item, in the order of the items.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = match THREADS.load(Ordering::Relaxed) {
        0 => std::thread::available_parallelism().map_or(1, NonZeroUsize::get),
        chosen => chosen,
    };
    map_on(threads, items, work)
}

/// The same on a given number of threads.
fn map_on<T: Sync, R: Send>(threads: usize, items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    if threads < 2 || items.len() < 2 {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let chunk = (items.len() / (threads * 8)).max(1);
    let mut done: Vec<(usize, Vec<R>)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    let mut own = Vec::new();
                    loop {
                        let start = next.fetch_add(chunk, Ordering::Relaxed);
                        let Some(mine) = items.get(start..items.len().min(start + chunk)) else {
                            return own;
                        };
                        if mine.is_empty() {
                            return own;
                        }
                        own.push((start, mine.iter().map(&work).collect()));
                    }
                })
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| match worker.join() {
                Ok(done) => done,
                Err(panic) => std::panic::resume_unwind(panic),
            })
            .collect()
    });
    done.sort_by_key(|(start, _)| *start);
    done.into_iter().flat_map(|(_, results)| results).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_does_not_depend_on_threads() {
        let items: Vec<u32> = (0..1_000).collect();
        let twice: Vec<u32> = items.iter().map(|item| item * 2).collect();
        for threads in [1, 2, 7] {
            assert_eq!(map_on(threads, &items, |item| item * 2), twice);
        }
        assert!(map_on(2, &[] as &[u32], |item| *item).is_empty());
    }
}
