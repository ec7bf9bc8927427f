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
    let mut text = month_text(year, month);
    text.push('-');
    push_two(&mut text, day.unsigned_abs().into());
    text
}

pub(super) fn month_text(year: i16, month: i8) -> String {
    let mut text = year_text(year);
    text.push('-');
    push_two(&mut text, month.unsigned_abs().into());
    text
}

pub(super) fn year_text(year: i16) -> String {
    let mut text = String::with_capacity("-2022-10-14".len());
    text.push_str(sign(year));
    push_two(&mut text, year.unsigned_abs() / 100);
    push_two(&mut text, year.unsigned_abs() % 100);
    text
}

/// Two digits, by hand: dates are most of what is written of a fact, and `format!` takes ten times as long.
fn push_two(text: &mut String, value: u16) {
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
