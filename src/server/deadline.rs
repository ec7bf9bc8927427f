//! How long a call may take, as its caller says.

use std::time::Duration;

/// Reads a `grpc-timeout` header: up to eight digits and a unit.
pub(super) fn timeout(header: &[u8]) -> Option<Duration> {
    let (&unit, digits) = header.split_last()?;
    if digits.is_empty() || digits.len() > 8 {
        return None;
    }
    let value = digits.iter().try_fold(0u64, |value, digit| {
        digit.is_ascii_digit().then(|| value * 10 + u64::from(digit - b'0'))
    })?;
    match unit {
        b'H' => Some(Duration::from_secs(value * 3600)),
        b'M' => Some(Duration::from_secs(value * 60)),
        b'S' => Some(Duration::from_secs(value)),
        b'm' => Some(Duration::from_millis(value)),
        b'u' => Some(Duration::from_micros(value)),
        b'n' => Some(Duration::from_nanos(value)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_is_read_and_nothing_else() {
        for (header, seconds) in [
            ("1H", 3600.0),
            ("2M", 120.0),
            ("3S", 3.0),
            ("99999999m", 99_999.999),
            ("5u", 5e-6),
            ("0n", 0.0),
        ] {
            assert_eq!(timeout(header.as_bytes()), Some(Duration::from_secs_f64(seconds)));
        }
        for header in ["", "S", "1", "1s", "-1S", "1.5S", "123456789S", "1 S"] {
            assert_eq!(timeout(header.as_bytes()), None, "{header}");
        }
    }
}
