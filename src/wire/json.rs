//! Requests from JSON, in every form that proto3 allows.

use serde_json::{Error, Value};

use super::pb;

/// Reads one request in proto3 JSON; a byte order mark before it is passed over.
///
/// # Errors
/// What is no JSON, a field that the contract lacks, and a value that its field cannot have, by line and column where known.
pub fn request(json: &[u8]) -> Result<pb::ExtractFactsRequest, Error> {
    let json = json.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(json);
    serde_json::from_slice(json).or_else(|error| {
        // Rare forms are read on a second try: the first costs nothing then.
        let Ok(mut value) = serde_json::from_slice::<Value>(json) else { return Err(error) };
        if normalise(&mut value) { serde_json::from_value(value) } else { Err(error) }
    })
}

/// Takes out nulls, which proto3 reads as absent, and writes whole numbers such as `1e3` as integers. Whether anything changed.
fn normalise(value: &mut Value) -> bool {
    let mut is_changed = false;
    match value {
        Value::Object(fields) => {
            let before = fields.len();
            fields.retain(|_, field| !field.is_null());
            is_changed = fields.len() < before;
            for field in fields.values_mut() {
                is_changed |= normalise(field);
            }
        }
        Value::Array(items) => {
            for item in items {
                is_changed |= normalise(item);
            }
        }
        Value::Number(number) => {
            let float = number.as_f64().filter(|float| number.is_f64() && float.abs() < 9e15);
            if let Some(whole) = float.filter(|float| float.fract() == 0.0) {
                *value = Value::from(whole as i64);
                is_changed = true;
            }
        }
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
    is_changed
}

#[cfg(test)]
mod tests {
    use super::request;

    #[test]
    fn every_form_of_proto3_is_read() {
        let plain =
            request(br#"{"document":{"content":"x"},"options":{"maxFacts":10,"kinds":[1]}}"#)
                .expect("canonical");
        for form in [
            r#"{"document":{"content":"x","documentId":null,"publishTime":null},"options":{"maxFacts":10,"kinds":["FACT_KIND_NUMERIC_CLAIM"]}}"#,
            r#"{"document":{"content":"x"},"options":{"max_facts":"10","kinds":[1],"minConfidence":null}}"#,
            r#"{"document":{"content":"x"},"options":{"maxFacts":1e1,"kinds":[1.0]}}"#,
            "\u{FEFF}{\"document\":{\"content\":\"x\"},\"options\":{\"maxFacts\":10,\"kinds\":[1]}}",
        ] {
            assert_eq!(request(form.as_bytes()).expect(form), plain);
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (wrong, says) in [
            (r#"{"document":{"content":"x"}"#, "EOF"),
            (r#"{"document":{"content":"x","size":1}}"#, "unknown field `size`"),
            (r#"{"document":{"content":"x"},"options":{"kinds":[99]}}"#, "99"),
            (r#"{"document":{"content":null},"options":{"offsetEncoding":"UTF9"}}"#, "UTF9"),
            (r#"{"document":{"content":"x","publishTime":"yesterday"}}"#, "yesterday"),
            (r#"{"document":{"content":"\ud800"}}"#, "hex escape"),
        ] {
            let error = request(wrong.as_bytes()).expect_err(wrong).to_string();
            assert!(error.contains(says), "{error}");
        }
    }
}
