//! Notification of changes to the ledger, made by this server or by another program.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use tokio::{sync::watch, time};

use super::Readers;

/// Interval between two looks at the ledger file.
const POLL: Duration = Duration::from_millis(500);

/// Counter of changes that tasks can wait on.
#[derive(Debug)]
pub(crate) struct Watch(watch::Sender<u64>);

impl Watch {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(0))
    }

    /// Number of changes since the server started. A reply stays valid as long as the number stays the same.
    pub(crate) fn generation(&self) -> u64 {
        *self.0.borrow()
    }

    /// Records a change and wakes all subscribers.
    pub(crate) fn changed(&self) {
        self.0.send_modify(|n| *n += 1);
    }

    /// Returns a receiver that wakes at each change.
    pub(crate) fn subscribe(&self) -> watch::Receiver<u64> {
        self.0.subscribe()
    }

    /// Polls the file for changes by other programs, until the watch is dropped.
    pub(crate) async fn poll(watch: Weak<Self>, file: Arc<Readers>) {
        let mut seen = None;
        let mut pauses = time::interval(POLL);
        loop {
            pauses.tick().await;
            let Some(watch) = watch.upgrade() else { break };
            match file.ask(|ledger| Ok(ledger.generation()?)).await {
                Ok(found) => {
                    if seen.replace(found).is_some_and(|seen| seen != found) {
                        watch.changed();
                    }
                }
                // Logged where it happened; the next poll tries again.
                Err(_) => seen = None,
            }
        }
    }
}
