//! Who wants to know is told that the ledger has changed, whether this server wrote to it or another program.

use std::{sync::Arc, time::Duration};

use tokio::{sync::watch, time};

use super::Readers;

/// How often the file is looked at for what other programs have written.
const OFTEN: Duration = Duration::from_millis(500);

/// Counts changes.
#[derive(Debug)]
pub(crate) struct Watch(watch::Sender<u64>);

impl Watch {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(0))
    }

    /// How many changes there were since the server began. What was answered under one number holds as long as it stays.
    pub(crate) fn generation(&self) -> u64 {
        *self.0.borrow()
    }

    /// Says that something was written.
    pub(crate) fn changed(&self) {
        self.0.send_modify(|n| *n += 1);
    }

    /// What tells of changes to come.
    pub(crate) fn subscribe(&self) -> watch::Receiver<u64> {
        self.0.subscribe()
    }

    /// Looks at the file from time to time, for ever.
    pub(crate) async fn look(self: Arc<Self>, file: Arc<Readers>) {
        let mut seen = None;
        let mut pauses = time::interval(OFTEN);
        loop {
            pauses.tick().await;
            match file.ask(|ledger| Ok(ledger.generation()?)).await {
                Ok(found) => {
                    if seen.replace(found).is_some_and(|seen| seen != found) {
                        self.changed();
                    }
                }
                // The log says what; it is tried again.
                Err(_) => seen = None,
            }
        }
    }
}
