//! Many inputs on several threads, their output in the order of the inputs.
//!
//! Worker `w` of `n` takes inputs `w`, `w + n`, `w + 2n`, …, and hands its results to the main thread through a channel
//! of its own that holds [`AHEAD`] of them; the main thread takes from the channels in turn. So the order is that of the
//! inputs, and memory holds a few results a worker, however many inputs there are.

use std::{
    io::{self, IsTerminal as _, Write},
    num::NonZeroUsize,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::input::{Dated, Input, complain};

/// How many results a worker may be ahead of the output.
const AHEAD: usize = 8;

/// Work that takes less than this shows no progress.
const PATIENCE: Duration = Duration::from_secs(1);

/// How a run went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    AllRead,
    SomeUnreadable,
    /// What was asked for was done, and found faults in what it looked at.
    Faults,
}

/// What became of one input.
#[derive(Debug, Default)]
pub(crate) struct Done<T = String> {
    /// For standard output, or what it is made of in the end.
    pub(crate) output: T,
    /// For standard error.
    pub(crate) complaint: Option<String>,
    pub(crate) unreadable: bool,
    /// The text tells no publication date, and none was given.
    pub(crate) undated: bool,
}

impl<T: Default> Done<T> {
    /// What came of a text that could be read.
    pub(crate) fn of(output: T, read: Dated) -> Self {
        let undated = read.document.published.is_none();
        Self { output, complaint: read.complaint, unreadable: false, undated }
    }

    /// An input nothing came of, and why.
    pub(crate) fn unreadable(input: &Input, why: &dyn std::fmt::Display) -> Self {
        Self { complaint: Some(format!("{input}: {why}")), unreadable: true, ..Self::default() }
    }
}

/// Works on every input and writes what comes of it, in the order of the inputs.
///
/// # Errors
///
/// If the output cannot be written.
pub(crate) fn run(
    inputs: &[Input],
    threads: Option<NonZeroUsize>,
    out: &mut dyn Write,
    work: impl Fn(&Input) -> Done + Sync,
) -> anyhow::Result<Outcome> {
    gather(inputs, threads, work, |output: String| {
        out.write_all(output.as_bytes())?;
        // Whoever reads the pipe gets each record when it is made.
        out.flush()
    })
}

/// Works on every input and hands on what comes of it, in the order of the inputs.
///
/// # Errors
///
/// If it cannot be taken.
pub(crate) fn gather<T: Send>(
    inputs: &[Input],
    threads: Option<NonZeroUsize>,
    work: impl Fn(&Input) -> Done<T> + Sync,
    mut take: impl FnMut(T) -> io::Result<()>,
) -> anyhow::Result<Outcome> {
    let available = || thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let n_workers = threads.unwrap_or_else(available).get().min(inputs.len());
    let mut report = Report::new(inputs.len());
    let written: io::Result<()> = if n_workers <= 1 {
        inputs.iter().try_for_each(|input| report.take(input, work(input), &mut take))
    } else {
        thread::scope(|scope| {
            let channels: Vec<_> = (0..n_workers)
                .map(|worker| {
                    let (sender, receiver) = mpsc::sync_channel(AHEAD);
                    let work = &work;
                    scope.spawn(move || {
                        for input in inputs.iter().skip(worker).step_by(n_workers) {
                            // The main thread hangs up when the output is closed.
                            if sender.send(work(input)).is_err() {
                                break;
                            }
                        }
                    });
                    receiver
                })
                .collect();
            inputs.iter().zip((0..n_workers).cycle()).try_for_each(|(input, worker)| {
                let done = channels[worker].recv().expect("a worker sends a result an input");
                report.take(input, done, &mut take)
            })
        })
    };
    report.finish();
    written?;
    Ok(report.outcome())
}

/// What the run has to say while it goes on and at its end.
struct Report {
    started: Instant,
    bar: ProgressBar,
    results_on_terminal: bool,
    n_unreadable: usize,
    undated: Vec<String>,
    n_undated: usize,
}

impl Report {
    /// How many undated files are named.
    const NAMED: usize = 5;

    fn new(n_inputs: usize) -> Self {
        let bar =
            ProgressBar::with_draw_target(Some(n_inputs as u64), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{bar:30} {pos} of {len} files, {eta} to go");
        bar.set_style(style.expect("the template is read by a test"));
        Self {
            started: Instant::now(),
            bar,
            results_on_terminal: io::stdout().is_terminal(),
            n_unreadable: 0,
            undated: Vec::new(),
            n_undated: 0,
        }
    }

    /// Hands on a result and says what there is to say of it.
    fn take<T>(
        &mut self,
        input: &Input,
        done: Done<T>,
        take: &mut impl FnMut(T) -> io::Result<()>,
    ) -> io::Result<()> {
        let length = self.bar.length().unwrap_or(0);
        let late = self.bar.is_hidden() && length > 1 && self.started.elapsed() > PATIENCE;
        if late && io::stderr().is_terminal() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.n_unreadable += usize::from(done.unreadable);
        self.n_undated += usize::from(done.undated);
        if done.undated && self.undated.len() < Self::NAMED {
            self.undated.push(input.to_string());
        }
        if let Some(complaint) = &done.complaint {
            self.bar.suspend(|| complain(complaint));
        }
        // Only on a terminal do results and bar meet; to clear and redraw it for each would take longer than some texts.
        if self.results_on_terminal {
            self.bar.suspend(|| take(done.output))?;
        } else {
            take(done.output)?;
        }
        self.bar.inc(1);
        Ok(())
    }

    fn finish(&self) {
        self.bar.finish_and_clear();
        if self.n_undated > 0 {
            let others = match self.n_undated - self.undated.len() {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            complain(&format!(
                "no publication date in {}{others}; times such as \"Friday\" have no place on the calendar: \
                 give it with --date YYYY-MM-DD",
                self.undated.join(", ")
            ));
        }
    }

    fn outcome(&self) -> Outcome {
        if self.n_unreadable == 0 { Outcome::AllRead } else { Outcome::SomeUnreadable }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_is_in_the_order_of_the_inputs_with_any_number_of_threads() {
        let inputs: Vec<Input> = (0..100).map(|n| Input::File(n.to_string().into())).collect();
        let work = |input: &Input| Done { output: format!("{input} "), ..Done::default() };
        let expected = (0..100).map(|n| n.to_string() + " ").collect::<String>();
        for threads in [1, 2, 7, 200] {
            let mut out = Vec::new();
            run(&inputs, NonZeroUsize::new(threads), &mut out, work).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), expected, "{threads} threads");
        }
    }

    #[test]
    fn a_closed_output_ends_the_work() {
        struct Closed;
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let inputs: Vec<Input> = (0..100).map(|n| Input::File(n.to_string().into())).collect();
        let work = |_: &Input| Done { output: "record\n".to_owned(), ..Done::default() };
        let error = run(&inputs, NonZeroUsize::new(3), &mut Closed, work).unwrap_err();
        assert!(crate::is_closed_pipe(&error));
    }
}
