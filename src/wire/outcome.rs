//! Answers to many documents, from answers in bytes.

use prost::Message as _;

use super::bytes::Bytes;
use super::{pb, tag};

/// What became of one document: its answer in bytes, or why there is none.
pub type Outcome = Result<Vec<u8>, pb::Status>;

/// A `BatchExtractFactsResponse`. An answer that would make it longer than `limit` is replaced by what `too_large` says of it; what
/// must be said of the documents behind it has room.
pub fn batch(
    mut outcomes: Vec<Outcome>,
    limit: usize,
    too_large: impl Fn(usize) -> pb::Status,
) -> Vec<u8> {
    use tag::batch_extract_facts_response as tag;
    let size = |outcome: &Outcome| ROOM + outcome.as_ref().map_or_else(told, Vec::len);
    let whole = outcomes.iter().map(size).sum::<usize>();
    if whole > limit {
        let least = |outcome: &Outcome| match outcome {
            Ok(answer) => size(outcome).min(ROOM + told(&too_large(answer.len()))),
            Err(_) => size(outcome),
        };
        let mut behind = outcomes.iter().map(least).sum::<usize>();
        let mut left = limit;
        for outcome in &mut outcomes {
            behind -= least(outcome);
            if let Ok(answer) = outcome
                && answer.len() + ROOM + behind > left
            {
                *outcome = Err(too_large(answer.len()));
            }
            left = left.saturating_sub(size(outcome));
        }
    }
    let mut to = Bytes::with_capacity(whole.min(limit));
    for outcome in outcomes {
        to.message(tag::OUTCOMES, |to| {
            use super::tag::extract_facts_outcome as tag;
            match &outcome {
                Ok(answer) => to.embed(tag::RESPONSE, answer),
                Err(status) => to.embed(tag::ERROR, &status.encode_to_vec()),
            }
        });
    }
    to.into_vec()
}

/// How many bytes say why there is no answer.
fn told(status: &pb::Status) -> usize {
    status.encoded_len()
}

/// Two keys and two lengths of five bytes.
const ROOM: usize = 12;

/// A `StreamExtractFactsResponse`.
pub fn streamed(correlation_id: &str, outcome: &Outcome) -> Vec<u8> {
    use tag::stream_extract_facts_response as tag;
    let answer = outcome.as_ref().map_or(0, Vec::len);
    let mut to = Bytes::with_capacity(answer + correlation_id.len() + ROOM);
    to.string(tag::CORRELATION_ID, correlation_id);
    match outcome {
        Ok(answer) => to.embed(tag::RESPONSE, answer),
        Err(status) => to.embed(tag::ERROR, &status.encode_to_vec()),
    }
    to.into_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_read_back_as_they_are() {
        let answer =
            pb::ExtractFactsResponse { document_id: "a".repeat(300), ..Default::default() };
        let status = pb::Status { code: 3, message: "bad".to_owned(), details: Vec::new() };
        let outcomes = vec![Ok(answer.encode_to_vec()), Err(status.clone()), Ok(Vec::new())];
        for outcome in &outcomes {
            let bytes = streamed("seven", outcome);
            let read = pb::StreamExtractFactsResponse::decode(bytes.as_slice()).expect("a message");
            assert_eq!(read.encode_to_vec(), bytes);
            assert_eq!(read.correlation_id, "seven");
            assert!(read.outcome.is_some());
        }
        let bytes = batch(outcomes.clone(), 10_000, |_| panic!("it is not too large"));
        let read = pb::BatchExtractFactsResponse::decode(bytes.as_slice()).expect("a message");
        assert_eq!(read.encode_to_vec(), bytes);
        let of = |outcome| Some(pb::ExtractFactsOutcome { outcome: Some(outcome) });
        use pb::extract_facts_outcome::Outcome;
        assert_eq!(read.outcomes.first(), of(Outcome::Response(answer)).as_ref());
        assert_eq!(read.outcomes.get(1), of(Outcome::Error(status)).as_ref());
        assert_eq!(read.outcomes.len(), 3);
    }

    #[test]
    fn what_does_not_fit_is_told_and_the_rest_is_there() {
        let outcomes = vec![Ok(vec![0; 100]), Ok(vec![0; 500]), Ok(Vec::new())];
        let told =
            |size: usize| pb::Status { code: 8, message: size.to_string(), details: Vec::new() };
        let read = batch(outcomes, 300, told);
        assert!(read.len() < 300 && read.windows(3).any(|three| three == b"500"));
    }

    #[test]
    fn what_is_told_of_later_documents_has_room() {
        let told = |_| pb::Status { code: 8, message: "too large".repeat(10), details: Vec::new() };
        for size in 0..500 {
            let outcomes = vec![Ok(vec![0; size]), Ok(vec![0; 90]), Ok(vec![0; 400])];
            let read = batch(outcomes, 500, told);
            assert!(read.len() <= 500, "{} bytes with {size} in the first", read.len());
        }
    }
}
