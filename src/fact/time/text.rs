//! Years, days and zones as ISO 8601 writes them.

use jiff::civil::{Date, DateTime};

use super::Zone;

pub(super) fn sign(year: i16) -> &'static str {
    if year < 0 { "-" } else { "" }
}

pub(super) fn push_date(text: &mut String, day: Date) {
    push_day(text, day.year(), day.month(), day.day());
}

/// The time behind a date.
pub(super) fn push_time(text: &mut String, time: DateTime, has_seconds: bool) {
    let seconds = has_seconds.then(|| (':', time.second()));
    for (mark, value) in [('T', time.hour()), (':', time.minute())].into_iter().chain(seconds) {
        text.push(mark);
        push_two(text, value.unsigned_abs().into());
    }
}

pub(super) fn push_day(text: &mut String, year: i16, month: i8, day: i8) {
    push_month(text, year, month);
    text.push('-');
    push_two(text, day.unsigned_abs().into());
}

pub(super) fn push_month(text: &mut String, year: i16, month: i8) {
    push_year(text, year);
    text.push('-');
    push_two(text, month.unsigned_abs().into());
}

pub(super) fn push_year(text: &mut String, year: i16) {
    text.push_str(sign(year));
    push_two(text, year.unsigned_abs() / 100);
    push_two(text, year.unsigned_abs() % 100);
}

/// A month, or a day of it, of some year.
pub(super) fn push_yearless(text: &mut String, month: i8, day: Option<i8>) {
    text.push_str("XXXX");
    for part in [Some(month), day].into_iter().flatten() {
        text.push('-');
        push_two(text, part.unsigned_abs().into());
    }
}

/// A whole number, with no more digits than it has.
pub(super) fn push_number(text: &mut String, value: u32) {
    if value >= 10 {
        push_number(text, value / 10);
    }
    text.push(char::from(b'0' + (value % 10) as u8));
}

/// Two digits, by hand: dates are most of what is written of a fact, and `format!` takes ten times as long.
pub(super) fn push_two(text: &mut String, value: u16) {
    let value = (value % 100) as u8;
    text.push(char::from(b'0' + value / 10));
    text.push(char::from(b'0' + value % 10));
}

pub(super) fn push_zone(text: &mut String, zone: Zone) {
    match zone {
        Zone::Local => {}
        Zone::Offset(0) => text.push('Z'),
        Zone::Offset(minutes) => {
            text.push(if minutes < 0 { '-' } else { '+' });
            push_two(text, minutes.unsigned_abs() / 60);
            text.push(':');
            push_two(text, minutes.unsigned_abs() % 60);
        }
    }
}
