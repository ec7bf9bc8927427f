//! What is sent: requests that are encoded once, before the clock runs.

use std::path::{Path, PathBuf};

use prost::Message as _;
use prost::bytes::{Buf as _, BufMut as _, Bytes, BytesMut};
use prost::encoding::{WireType, encode_key, encode_varint};

use crate::wire::pb;

/// Requests in the order in which they are sent, again and again.
#[derive(Debug)]
pub(super) struct Documents(Vec<Bytes>);

impl Documents {
    /// The articles of `examples/articles`.
    pub(super) fn samples() -> Self {
        let articles = [
            include_str!("../../../examples/articles/2020-08-21-crime.txt"),
            include_str!("../../../examples/articles/2021-11-09-council.txt"),
            include_str!("../../../examples/articles/2022-03-02-budget.txt"),
            include_str!("../../../examples/articles/2023-10-26-results.txt"),
            include_str!("../../../examples/articles/2024-05-17-talks.txt"),
            include_str!("../../../examples/articles/2025-02-13-science.txt"),
        ];
        Self(articles.into_iter().map(of_text).collect())
    }

    /// The requests of all files, in order.
    ///
    /// # Errors
    /// A file that cannot be read, by name, with the line or the number of the request; no request at all.
    pub(super) fn read(files: &[PathBuf]) -> Result<Self, String> {
        let mut requests = Vec::new();
        for path in files {
            read_file(path, &mut requests).map_err(|why| format!("{}: {why}", path.display()))?;
        }
        if requests.is_empty() {
            Err("the files hold no request".to_owned())
        } else {
            Ok(Self(requests))
        }
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The request of a call's number.
    pub(super) fn one(&self, number: u64) -> Bytes {
        self.0[(number % self.0.len() as u64) as usize].clone()
    }

    /// A `BatchExtractFactsRequest` of `size` requests.
    pub(super) fn batch(&self, number: u64, size: usize) -> Bytes {
        let mut batch = BytesMut::new();
        for place in 0..size as u64 {
            put_field(&mut batch, 1, &self.one(number * size as u64 + place));
        }
        batch.freeze()
    }

    /// A `StreamExtractFactsRequest` whose correlation id is the number.
    pub(super) fn streamed(&self, number: u64) -> Bytes {
        let mut message = BytesMut::new();
        put_field(&mut message, 1, number.to_string().as_bytes());
        put_field(&mut message, 2, &self.one(number));
        message.freeze()
    }
}

fn read_file(path: &Path, requests: &mut Vec<Bytes>) -> Result<(), String> {
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    if extension == "bin" {
        let mut rest = Bytes::from(bytes);
        while rest.has_remaining() {
            let number = requests.len() + 1;
            let length = prost::decode_length_delimiter(&mut rest).ok();
            let length = length.filter(|length| *length <= rest.len());
            let request =
                rest.split_to(length.ok_or_else(|| format!("request {number} is cut off"))?);
            pb::ExtractFactsRequest::decode(request.clone())
                .map_err(|error| format!("request {number}: {error}"))?;
            requests.push(request);
        }
        return Ok(());
    }
    let text = String::from_utf8(bytes).map_err(|error| error.to_string())?;
    if extension != "jsonl" {
        requests.push(of_text(&text));
        return Ok(());
    }
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let request: pb::ExtractFactsRequest =
            serde_json::from_str(line).map_err(|error| format!("line {}: {error}", index + 1))?;
        requests.push(request.encode_to_vec().into());
    }
    Ok(())
}

fn of_text(content: &str) -> Bytes {
    let document = pb::Document { content: content.to_owned(), ..pb::Document::default() };
    pb::ExtractFactsRequest { document: Some(document), options: None }.encode_to_vec().into()
}

/// A length-delimited field.
fn put_field(into: &mut BytesMut, tag: u32, bytes: &[u8]) {
    encode_key(tag, WireType::LengthDelimited, into);
    encode_varint(bytes.len() as u64, into);
    into.put_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_put_together_are_those_of_the_contract() {
        let documents = Documents::samples();
        let batch = pb::BatchExtractFactsRequest::decode(documents.batch(1, 4)).unwrap();
        let contents: Vec<_> = batch
            .requests
            .iter()
            .map(|request| request.document.as_ref().unwrap().content.len())
            .collect();
        let six: Vec<_> = (0..6)
            .map(|number| {
                pb::ExtractFactsRequest::decode(documents.one(number))
                    .unwrap()
                    .document
                    .unwrap()
                    .content
                    .len()
            })
            .collect();
        assert_eq!(contents, [six[4], six[5], six[0], six[1]]);
        let streamed = pb::StreamExtractFactsRequest::decode(documents.streamed(300)).unwrap();
        assert_eq!(streamed.correlation_id, "300");
        assert_eq!(streamed.request.unwrap().encode_to_vec(), documents.one(300));
    }
}
