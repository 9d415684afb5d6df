//! Parallel jobs with results in the order of the jobs.
//!
//! One thread produces the jobs and hands them to the workers in turn; the main thread takes the results from the workers in the same
//! turn. This keeps the order, and limits memory to a few jobs per worker and [`IN_FLIGHT`] bytes in total.

use std::{
    num::NonZeroUsize,
    sync::{Condvar, Mutex, mpsc},
    thread,
};

/// Maximum number of waiting jobs per worker, and of waiting results.
const AHEAD: usize = 8;

/// Maximum size of jobs handed out whose results have not been taken, in bytes. A larger job runs alone.
const IN_FLIGHT: usize = 32 << 20;

/// Outcome of a command, which sets its exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// Everything was done.
    Done,
    /// Finished, but some input or check was faulty.
    Faults,
    /// Finished, but a file could not be read or written.
    SomeUnreadable,
}

/// Returns the number of threads: as requested, or one per processor.
pub(crate) fn threads(asked: Option<NonZeroUsize>) -> NonZeroUsize {
    asked.unwrap_or_else(|| thread::available_parallelism().unwrap_or(NonZeroUsize::MIN))
}

/// Runs jobs in parallel and takes their results in order.
///
/// `feed` passes jobs with their sizes in bytes to its argument until that returns `false`. `worker` makes the function that a thread
/// applies to its jobs.
///
/// # Errors
///
/// The first error of `take`; no further jobs are started then.
pub(crate) fn gather<J: Send, T: Send, W: FnMut(J) -> T>(
    threads: NonZeroUsize,
    feed: impl FnOnce(&mut dyn FnMut(J, usize) -> bool) + Send,
    worker: impl Fn() -> W + Sync,
    mut take: impl FnMut(T) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let n = threads.get();
    if n == 1 {
        let (mut work, mut taken) = (worker(), Ok(()));
        feed(&mut |job, _| {
            taken = take(work(job));
            taken.is_ok()
        });
        return taken;
    }
    let budget = Budget::default();
    thread::scope(|scope| {
        let (mut to_workers, mut from_workers) = (Vec::new(), Vec::new());
        for _ in 0..n {
            let (job_in, jobs) = mpsc::sync_channel::<(J, usize)>(AHEAD);
            let (result_in, results) = mpsc::sync_channel::<(T, usize)>(AHEAD);
            let worker = &worker;
            scope.spawn(move || {
                let mut work = worker();
                for (job, size) in jobs {
                    // The main thread drops the receiver after an error.
                    if result_in.send((work(job), size)).is_err() {
                        break;
                    }
                }
            });
            to_workers.push(job_in);
            from_workers.push(results);
        }
        let budget = &budget;
        scope.spawn(move || {
            let mut turn = (0..n).cycle();
            feed(&mut |job, size| {
                let worker = turn.next().expect("there is at least one worker");
                budget.spend(size) && to_workers[worker].send((job, size)).is_ok()
            });
        });
        let mut taken = Ok(());
        let mut turn = (0..n).cycle();
        while let Some((result, size)) =
            turn.next().and_then(|worker| from_workers[worker].recv().ok())
        {
            budget.give_back(size);
            taken = take(result);
            if taken.is_err() {
                break;
            }
        }
        budget.close();
        taken
    })
}

/// Limit on the bytes in flight.
#[derive(Default)]
struct Budget {
    spent: Mutex<BudgetState>,
    changed: Condvar,
}

#[derive(Default)]
struct BudgetState {
    bytes: usize,
    is_closed: bool,
}

impl Budget {
    /// Waits until there is room; returns `false` once the budget is closed.
    fn spend(&self, size: usize) -> bool {
        let spent = self.spent.lock().expect("no holder of the lock panics");
        let full = |spent: &mut BudgetState| {
            !spent.is_closed && spent.bytes > 0 && spent.bytes.saturating_add(size) > IN_FLIGHT
        };
        let mut spent = self.changed.wait_while(spent, full).expect("no holder of the lock panics");
        spent.bytes = spent.bytes.saturating_add(size);
        !spent.is_closed
    }

    fn give_back(&self, size: usize) {
        let mut spent = self.spent.lock().expect("no holder of the lock panics");
        spent.bytes = spent.bytes.saturating_sub(size);
        self.changed.notify_one();
    }

    fn close(&self) {
        self.spent.lock().expect("no holder of the lock panics").is_closed = true;
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use anyhow::bail;

    use super::*;

    fn check(n_threads: usize, size: usize) {
        let threads = NonZeroUsize::new(n_threads).unwrap();
        let mut taken = Vec::new();
        let feed = |deal: &mut dyn FnMut(usize, usize) -> bool| {
            (0..100).all(|job| deal(job, size));
        };
        gather(
            threads,
            feed,
            || |job| job * 2,
            |result| {
                taken.push(result);
                Ok(())
            },
        )
        .unwrap();
        assert_eq!(taken, (0..100).map(|job| job * 2).collect::<Vec<_>>(), "{n_threads} threads");
    }

    #[test]
    fn results_are_in_the_order_of_the_jobs_with_any_number_of_threads() {
        for threads in [1, 2, 7, 200] {
            check(threads, 0);
        }
    }

    #[test]
    fn big_jobs_go_one_by_one() {
        let (here, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let feed = |deal: &mut dyn FnMut((), usize) -> bool| {
            (0..20).all(|_| deal((), IN_FLIGHT + 1));
        };
        let work = |()| {
            most.fetch_max(here.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            thread::yield_now();
            here.fetch_sub(1, Ordering::SeqCst);
        };
        gather(NonZeroUsize::new(4).unwrap(), feed, || work, |()| Ok(())).unwrap();
        assert_eq!(most.into_inner(), 1);
        check(3, IN_FLIGHT / 2);
    }

    #[test]
    fn an_error_of_take_stops_the_work() {
        let dealt = AtomicUsize::new(0);
        let feed = |deal: &mut dyn FnMut(usize, usize) -> bool| {
            while deal(dealt.fetch_add(1, Ordering::SeqCst), IN_FLIGHT) {}
        };
        let error = gather(NonZeroUsize::new(3).unwrap(), feed, || |job| job, |_| bail!("full"));
        assert_eq!(error.unwrap_err().to_string(), "full");
        assert!(dealt.into_inner() < 100);
    }
}
