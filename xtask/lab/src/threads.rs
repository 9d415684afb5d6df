//! Work on many items, dealt out to threads.

use std::thread;

/// Does something to each item, and returns the results in the order of the items.
pub(crate) fn each<I: Sync, T: Send>(
    items: &[I],
    n_threads: usize,
    each: impl Fn(&I) -> T + Sync,
) -> Vec<T> {
    let n_threads = n_threads.max(1);
    let each = &each;
    let mut dealt: Vec<_> = thread::scope(|scope| {
        let deal = |from: usize| {
            move || items.iter().skip(from).step_by(n_threads).map(each).collect::<Vec<T>>()
        };
        let workers: Vec<_> = (0..n_threads).map(|from| scope.spawn(deal(from))).collect();
        let join = |worker: thread::ScopedJoinHandle<'_, Vec<T>>| worker.join();
        workers
            .into_iter()
            .map(|worker| join(worker).expect("a worker does not panic").into_iter())
            .collect()
    });
    (0..items.len()).filter_map(|at| dealt[at % n_threads].next()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_keep_the_order_of_items() {
        let texts: Vec<String> = (0..5).map(|at| at.to_string()).collect();
        for n_threads in 1..4 {
            assert_eq!(each(&texts, n_threads, Clone::clone), ["0", "1", "2", "3", "4"]);
        }
    }
}
