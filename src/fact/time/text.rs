//! Years, days and zones as ISO 8601 writes them.

use jiff::civil::Date;

use super::Zone;

pub(super) fn sign(year: i16) -> &'static str {
    if year < 0 { "-" } else { "" }
}

pub(super) fn iso(day: Date) -> String {
    day_text(day.year(), day.month(), day.day())
}

pub(super) fn day_text(year: i16, month: i8, day: i8) -> String {
    let mut text = String::with_capacity("-2022-10-14".len());
    push_day(&mut text, year, month, day);
    text
}

pub(super) fn month_text(year: i16, month: i8) -> String {
    let mut text = String::with_capacity("-2022-10".len());
    push_month(&mut text, year, month);
    text
}

pub(super) fn year_text(year: i16) -> String {
    let mut text = String::with_capacity("-2022".len());
    push_year(&mut text, year);
    text
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

/// A whole number, with no more digits than it has.
pub(super) fn push_number(text: &mut String, value: u32) {
    if value >= 10 {
        push_number(text, value / 10);
    }
    text.push(char::from(b'0' + (value % 10) as u8));
}

/// Two digits, by hand: dates are most of what is written of a fact, and `format!` takes ten times as long.
pub(super) fn push_two(text: &mut String, value: u16) {
    let at = usize::from(value % 100) * 2;
    text.push_str(PAIRS.get(at..at + 2).unwrap_or_default());
}

const PAIRS: &str = "\
    0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849\
    5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

pub(super) fn zone_text(zone: Zone) -> String {
    match zone {
        Zone::Local => String::new(),
        Zone::Offset(0) => "Z".to_owned(),
        Zone::Offset(minutes) => {
            let sign = if minutes < 0 { '-' } else { '+' };
            format!("{sign}{:02}:{:02}", minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60)
        }
    }
}
