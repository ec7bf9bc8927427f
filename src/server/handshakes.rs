//! TLS handshakes under way: at most so many. One that stalls holds its place only until somebody else needs it.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

/// The handshakes of a server.
#[derive(Debug)]
pub(super) struct Handshakes {
    most: usize,
    line: Mutex<Line>,
}

/// Oldest first, each with what tells it to end by being dropped.
#[derive(Debug, Default)]
struct Line {
    next: u64,
    places: VecDeque<(u64, oneshot::Sender<()>)>,
}

impl Handshakes {
    /// None yet.
    pub(super) fn new(most: usize) -> Self {
        Self { most, line: Mutex::default() }
    }

    /// A place. When all are taken it is the oldest's: a handshake takes milliseconds, so that one stalls.
    pub(super) fn enter(&self) -> Handshake<'_> {
        let (place, lost) = oneshot::channel();
        let mut line = self.line();
        if line.places.len() >= self.most {
            line.places.pop_front();
        }
        let number = line.next;
        line.next += 1;
        line.places.push_back((number, place));
        Handshake { of: self, number, lost }
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A handshake's place. Given back when dropped.
#[derive(Debug)]
pub(super) struct Handshake<'a> {
    of: &'a Handshakes,
    number: u64,
    lost: oneshot::Receiver<()>,
}

impl Handshake<'_> {
    /// Ready when the place was given to another.
    pub(super) async fn is_lost(&mut self) {
        // Nothing is ever sent.
        let _ = (&mut self.lost).await;
    }
}

impl Drop for Handshake<'_> {
    fn drop(&mut self) {
        let mut line = self.of.line();
        if let Ok(at) = line.places.binary_search_by_key(&self.number, |(number, _)| *number) {
            line.places.remove(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn the_oldest_makes_room() {
        let handshakes = Handshakes::new(2);
        let (mut one, mut two) = (handshakes.enter(), handshakes.enter());
        drop(handshakes.enter());
        one.is_lost().await;
        drop(one);
        let soon = Duration::from_millis(20);
        assert!(tokio::time::timeout(soon, two.is_lost()).await.is_err());
        let mut three = handshakes.enter();
        assert!(tokio::time::timeout(soon, two.is_lost()).await.is_err());
        let _four = handshakes.enter();
        two.is_lost().await;
        drop(two);
        assert!(tokio::time::timeout(soon, three.is_lost()).await.is_err());
        drop(three);
        assert_eq!(handshakes.line().places.len(), 1);
    }
}
