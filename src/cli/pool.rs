//! Several documents under way at once, their answers in the order of the documents.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};

use super::ask::{Asking, Failure, Source};
use crate::wire::pb;

/// A document that was asked about.
pub(super) struct Asked {
    /// How complaints call it.
    pub(super) name: String,
    /// Where its answers go, when not where the others do.
    pub(super) place: Option<PathBuf>,
    /// The request.
    pub(super) message: pb::ExtractFactsRequest,
    /// The answer, or why there is none.
    pub(super) answer: Result<pb::ExtractFactsResponse, Failure>,
}

struct Job {
    name: String,
    place: Option<PathBuf>,
    message: pb::ExtractFactsRequest,
    done: SyncSender<Asked>,
}

/// Threads that ask.
pub(super) struct Pool {
    jobs: SyncSender<Job>,
    under_way: VecDeque<Receiver<Asked>>,
    width: usize,
}

impl Pool {
    /// As many threads as documents may be under way, each with a connection of its own: so they spread over the pods of a Service.
    pub(super) fn new(source: Source, width: usize, asking: &Asking) -> Result<Self, String> {
        let (jobs, waiting) = sync_channel::<Job>(width);
        let waiting = Arc::new(Mutex::new(waiting));
        let mut sources = vec![source];
        while sources.len() < width {
            let another = sources[0].another(asking)?;
            sources.push(another);
        }
        for mut source in sources {
            let waiting = Arc::clone(&waiting);
            std::thread::spawn(move || {
                loop {
                    // A lock that is poisoned, or a channel that is closed: there is no more work.
                    let Some(job) = waiting.lock().ok().and_then(|jobs| jobs.recv().ok()) else {
                        return;
                    };
                    let Job { name, place, message, done } = job;
                    let answer = source.ask(&message);
                    // Nobody waits for it any more.
                    let _ = done.send(Asked { name, place, message, answer });
                }
            });
        }
        Ok(Self { jobs, under_way: VecDeque::with_capacity(width), width })
    }

    /// Takes a document, and gives back the oldest one when there are as many as may be.
    pub(super) fn put(
        &mut self,
        name: String,
        place: Option<PathBuf>,
        message: pb::ExtractFactsRequest,
    ) -> Option<Asked> {
        let oldest = if self.under_way.len() == self.width { self.take() } else { None };
        let (done, answer) = sync_channel(1);
        // The threads live as long as the sender.
        if self.jobs.send(Job { name, place, message, done }).is_ok() {
            self.under_way.push_back(answer);
        }
        oldest
    }

    /// The oldest document that is under way, once it is answered.
    pub(super) fn take(&mut self) -> Option<Asked> {
        self.under_way.pop_front().and_then(|answer| answer.recv().ok())
    }
}
