//! `google.protobuf.Timestamp` with its JSON form.

use jiff::Timestamp as Instant;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

/// A point in time. In JSON RFC 3339: written in UTC with "Z" as proto3 prescribes, read with any offset.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct Timestamp {
    /// Seconds since 1970-01-01T00:00:00Z.
    #[prost(int64, tag = "1")]
    pub seconds: i64,
    /// Nanoseconds of the second, never negative.
    #[prost(int32, tag = "2")]
    pub nanos: i32,
}

impl Timestamp {
    /// The instant; `None` before 0001-01-01T00:00:00Z, where `google.protobuf.Timestamp` begins, and after
    /// 9999-12-30T22:00:00Z, where the last time of year 9999 begins somewhere on Earth ([`Instant::MAX`]).
    pub fn instant(&self) -> Option<Instant> {
        let is_in_range = (-62_135_596_800..=253_402_207_200).contains(&self.seconds)
            && (0..1_000_000_000).contains(&self.nanos);
        is_in_range.then(|| Instant::new(self.seconds, self.nanos).ok()).flatten()
    }
}

impl From<Instant> for Timestamp {
    fn from(instant: Instant) -> Self {
        // The nanoseconds of a time before 1970 count down in jiff, and up here.
        let (seconds, nanos) = (instant.as_second(), instant.subsec_nanosecond());
        if nanos < 0 {
            Self { seconds: seconds - 1, nanos: nanos + 1_000_000_000 }
        } else {
            Self { seconds, nanos }
        }
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let instant = self.instant().ok_or_else(|| {
            ser::Error::custom("time outside of 0001-01-01T00:00:00Z to 9999-12-30T22:00:00Z")
        })?;
        // Noughts at the end go by threes.
        let precision = match self.nanos {
            0 => 0,
            nanos if nanos % 1_000_000 == 0 => 3,
            nanos if nanos % 1_000 == 0 => 6,
            _ => 9,
        };
        serializer.collect_str(&format_args!("{instant:.precision$}"))
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse::<Instant>().map(Self::from).map_err(|_unread| {
            de::Error::custom(format_args!(
                "{text:?} is no RFC 3339 time such as \"2024-05-17T15:00:00Z\""
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Timestamp;

    #[test]
    fn json_is_canonical() {
        for (written, canonical) in [
            ("2024-05-17T15:00:00Z", "2024-05-17T15:00:00Z"),
            ("2024-05-17T15:00:00.120+02:00", "2024-05-17T13:00:00.120Z"),
            ("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"),
            ("1990-08-15T13:37Z", "1990-08-15T13:37:00Z"),
        ] {
            let time: Timestamp = serde_json::from_value(written.into()).expect(written);
            assert!((0..1_000_000_000).contains(&time.nanos), "{written}");
            assert_eq!(serde_json::to_value(time).expect("a string"), canonical);
        }
        assert!(serde_json::from_value::<Timestamp>("yesterday".into()).is_err());
    }
}
