//! The bodies of calls, watched as they pass: what comes is counted and held, what goes is counted, and its last frame says
//! how the call ended.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http_body::{Body, Frame, SizeHint};
use hyper::HeaderMap;
use hyper::body::Bytes;
use tonic::{Code, Status};

use super::call::Call;
use super::fault::Fault;
use super::layer::{Guard, Timer};

/// What a caller sends.
#[derive(Debug)]
pub(super) struct Received<B> {
    body: B,
    call: Arc<Call>,
    message_limit: usize,
    /// Whether what comes is held until the call ends. A stream's documents are held one by one instead.
    is_held: bool,
    /// Whether it is messages behind their heads, and not one message alone.
    is_framed: bool,
    head: [u8; 5],
    head_length: usize,
    /// Bytes of the message that are still to come; without heads, that have come.
    left: usize,
}

impl<B> Received<B> {
    /// Of a call.
    pub(super) fn new(body: B, call: Arc<Call>, message_limit: usize) -> Self {
        let is_held = !call.method.is_stream();
        let is_framed = true;
        Self {
            body,
            call,
            message_limit,
            is_held,
            is_framed,
            head: [0; 5],
            head_length: 0,
            left: 0,
        }
    }

    /// Of a call that is one message without a head.
    pub(super) fn whole(body: B, call: Arc<Call>, message_limit: usize) -> Self {
        Self { is_framed: false, ..Self::new(body, call, message_limit) }
    }

    /// Looks at the heads of messages, so that one too large is refused before it is received.
    fn look(&mut self, mut bytes: &[u8]) -> Result<(), Fault<'static>> {
        if !self.is_framed {
            self.left += bytes.len();
            let (actual, limit) = (self.left, self.message_limit);
            let is_good = actual <= limit;
            return is_good.then_some(()).ok_or(Fault::MessageTooLarge { actual, limit });
        }
        while !bytes.is_empty() {
            if self.left > 0 {
                let passed = self.left.min(bytes.len());
                self.left -= passed;
                bytes = bytes.get(passed..).unwrap_or_default();
                continue;
            }
            while self.head_length < self.head.len() {
                let Some((&byte, rest)) = bytes.split_first() else { return Ok(()) };
                self.head[self.head_length] = byte;
                self.head_length += 1;
                bytes = rest;
            }
            let [_compressed, length @ ..] = self.head;
            self.head_length = 0;
            self.left = u32::from_be_bytes(length) as usize;
            if self.left > self.message_limit {
                let limit = self.message_limit;
                return Err(Fault::MessageTooLarge { actual: self.left, limit });
            }
        }
        Ok(())
    }
}

impl<B: Body<Data = Bytes> + Unpin> Body for Received<B>
where
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    type Data = Bytes;
    type Error = Box<dyn std::error::Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let this = &mut *self;
        let frame = std::task::ready!(Pin::new(&mut this.body).poll_frame(cx));
        let Some(frame) = frame else { return Poll::Ready(None) };
        let frame = frame.map_err(|error| {
            // Its caller went away, whatever is made of the half message.
            this.call.ended(Code::Cancelled);
            error.into()
        })?;
        if let Some(bytes) = frame.data_ref() {
            this.call.received(bytes.len());
            let held = if this.is_held { this.call.hold(bytes.len()) } else { Ok(()) };
            held.and_then(|()| this.look(bytes)).map_err(Fault::status)?;
        }
        Poll::Ready(Some(Ok(frame)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// What a caller is answered.
#[derive(Debug)]
pub(super) struct Answer {
    body: Option<tonic::body::Body>,
    call: Arc<Call>,
    timer: Timer,
    /// Its connection counts it until then.
    _guard: Option<Guard>,
}

impl Answer {
    /// Of a call; `body` is watched until its end or the deadline.
    pub(super) fn new(
        body: tonic::body::Body,
        call: Arc<Call>,
        timer: Timer,
        guard: Option<Guard>,
    ) -> Self {
        Self { body: Some(body), call, timer, _guard: guard }
    }
}

impl Body for Answer {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let this = &mut *self;
        let Some(body) = &mut this.body else { return Poll::Ready(None) };
        match Pin::new(body).poll_frame(cx) {
            Poll::Ready(Some(Ok(frame))) => {
                if let Some(bytes) = frame.data_ref() {
                    this.call.sent(bytes.len());
                }
                if let Some(trailers) = frame.trailers_ref() {
                    this.call.ended(code_of(trailers).unwrap_or(Code::Unknown));
                }
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(ended) => Poll::Ready(ended),
            Poll::Pending => {
                std::task::ready!(this.timer.poll(cx));
                // Whatever still writes it is told to stop by its being dropped.
                this.body = None;
                this.call.ended(Code::DeadlineExceeded);
                let mut trailers = HeaderMap::new();
                let status = Fault::Deadline.status();
                status.add_header(&mut trailers)?;
                Poll::Ready(Some(Ok(Frame::trailers(trailers))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.as_ref().map_or_else(SizeHint::default, Body::size_hint)
    }
}

/// `grpc-status` of headers or trailers.
pub(super) fn code_of(headers: &HeaderMap) -> Option<Code> {
    headers.get("grpc-status").map(|code| Code::from_bytes(code.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn received(limit: usize) -> Received<()> {
        let call = super::super::layer::tests::call();
        Received::new((), call, limit)
    }

    #[test]
    fn messages_are_measured_by_their_heads_however_they_are_cut() {
        let mut bytes = Vec::new();
        for length in [0_u32, 3, 10] {
            bytes.push(0);
            bytes.extend(length.to_be_bytes());
            bytes.extend(vec![7; length as usize]);
        }
        for step in 1..bytes.len() {
            let cut = |limit| {
                let mut body = received(limit);
                bytes.chunks(step).try_for_each(|chunk| body.look(chunk))
            };
            assert_eq!(cut(10), Ok(()));
            assert_eq!(cut(9), Err(Fault::MessageTooLarge { actual: 10, limit: 9 }));
        }
    }
}
