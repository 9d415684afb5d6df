//! Signals that ask the process to end: SIGTERM and SIGINT, or Ctrl-C where there are no signals.

use std::io;

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Receiver of the signals, registered when it is made.
#[derive(Debug)]
pub(crate) struct EndSignal {
    #[cfg(unix)]
    terminate: Signal,
    #[cfg(unix)]
    interrupt: Signal,
}

impl EndSignal {
    /// Starts to listen for the signals, in place of their default of killing the process.
    pub(crate) fn listen() -> io::Result<Self> {
        #[cfg(unix)]
        {
            Ok(Self {
                terminate: signal(SignalKind::terminate())?,
                interrupt: signal(SignalKind::interrupt())?,
            })
        }
        #[cfg(not(unix))]
        Ok(Self {})
    }

    /// Waits for the first signal.
    pub(crate) async fn received(&mut self) {
        #[cfg(unix)]
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
        #[cfg(not(unix))]
        {
            // Without a console there is no Ctrl-C, and the process is ended from outside.
            let _ = tokio::signal::ctrl_c().await;
        }
    }
}
