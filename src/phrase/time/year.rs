//! Years, ranges of years, decades.

use super::{NO_NOUN, Read, Scene, TO, reach};
use crate::fact::TimeValue;
use crate::fact::time::{Calendar, Part, Unit, When};
use crate::lexicon::Tags;
use crate::phrase::number;
use crate::token::{TokenKind, Words, flags};

/// "1989", "2016-17", "fiscal 1990", "the year two thousand", "44 BC", "nineteen ninety-six".
pub(super) fn year(scene: &Scene<'_>, at: usize, free: usize) -> Option<Read> {
    let token = scene.token(at)?;
    if token.kind != TokenKind::Number {
        return None;
    }
    if let Some(era) = era(scene, at) {
        return Some(era);
    }
    if let Some(read) = short(scene, at, free) {
        return Some(read);
    }
    let year = year_at(scene, at)?;
    // "1200 to 1150 BC" is read from its end.
    let is_of_era = scene.kind(at + 2) == Some(TokenKind::Number)
        && (scene.is_any(at + 1, &["to", "and"])
            || matches!(scene.kind(at + 1), Some(TokenKind::Hyphen | TokenKind::Dash)))
        && era(scene, at + 2).is_some_and(|read| read.first == at + 2);
    if is_of_era && scene.is_any(at + 3, &["bc", "b.c.", "bce"]) {
        return None;
    }
    // "in 1950s London" is a decade.
    let is_decade = scene.is_joined(at + 1) && scene.is(at + 1, "s");
    if is_decade || is_of_no_date(scene, at) {
        return None;
    }
    // Joined to a letter, sign or mark of currency: a model or price.
    let before = scene.before(at, 0);
    let joined_before = token.is_joined()
        && before.is_some_and(|before| {
            !matches!(
                scene.kind(before),
                Some(
                    TokenKind::OpenBracket
                        | TokenKind::Hyphen
                        | TokenKind::Dash
                        | TokenKind::Slash
                        | TokenKind::OpenQuote
                        | TokenKind::DoubleQuote
                        | TokenKind::Comma
                        | TokenKind::Dot
                )
            )
        });
    if joined_before || before.is_some_and(|before| scene.is_money(before)) {
        return None;
    }
    if let Some(read) = part_behind(scene, at, free, year)
        .or_else(|| reach::same_period_of(scene, year, at, at + 1))
    {
        return Some(read);
    }
    if is_compound(scene, at) {
        return None;
    }
    if !is_year_here(scene, at, year) && !is_range(scene, at, year) {
        return None;
    }
    if let Some(read) = month_behind(scene, at, year) {
        return Some(read);
    }
    let mut first = at;
    if let Some(before) = scene.before(at, free) {
        if scene.is_any(before, &["fiscal", "calendar"]) {
            first = before;
        } else if scene.is(before, "year") {
            first = before;
            if let Some(earlier) = scene
                .before(before, free)
                .filter(|earlier| scene.is_any(*earlier, &["the", "fiscal", "financial"]))
            {
                first = earlier;
            }
        }
    }
    // "2016-17"
    if let (Some(TokenKind::Hyphen | TokenKind::Dash | TokenKind::Slash), true, true) =
        (scene.kind(at + 1), scene.is_joined(at + 1), scene.is_joined(at + 2))
        && scene.text(at + 2).len() == 2
        && let Ok(last) = scene.text(at + 2).parse::<i16>()
        && last == (year + 1) % 100
    {
        let when = When::Between(Some(Calendar::year(year)), Some(Calendar::year(year + 1)));
        // "the end of the 2026/27 financial year"
        let is_named = scene.is_any(at + 3, &["financial", "fiscal", "tax", "academic", "school"])
            && scene.is(at + 4, "year");
        let the = scene.before(first, free).filter(|the| is_named && scene.is(*the, "the"));
        let end = if is_named { at + 5 } else { at + 3 };
        let first = the.unwrap_or(first);
        return Some(Read::new(first, end, TimeValue::new(when), "date.year.range"));
    }
    Some(Read::new(first, at + 1, TimeValue::new(When::At(Calendar::year(year))), "date.year"))
}

/// "in '74", "since '09": a year without its century.
fn short(scene: &Scene<'_>, at: usize, free: usize) -> Option<Read> {
    scene.token(at).filter(|token| token.span.len() == 2 && token.is_joined())?;
    let first = scene.before(at, free)?;
    let (year, end) = behind(scene, first).filter(|_| {
        let is_led = first > 0
            && scene.is_any(
                first - 1,
                &["in", "since", "from", "until", "by", "during", "before", "after", "back"],
            );
        // "in '74 percent", "in '80s'"
        let is_counted = scene.token(at + 1).is_some_and(|next| {
            next.is_joined() && !matches!(next.kind, TokenKind::Dot | TokenKind::Comma)
                || next.is(Tags::UNIT | Tags::SCALE | Tags::CURRENCY)
                || next.is_word() && !next.is(NO_NOUN)
        });
        is_led && !is_counted
    })?;
    Some(Read::new(first, end, TimeValue::new(When::At(Calendar::year(year))), "date.year"))
}

/// "the 1850-1900 average", "Anna Reed (1832–1898)": two years with a mark between.
fn is_range(scene: &Scene<'_>, at: usize, year: i16) -> bool {
    let is_led =
        at > 0 && (scene.is(at - 1, "the") || scene.kind(at - 1) == Some(TokenKind::OpenBracket));
    let is_mark = matches!(scene.kind(at + 1), Some(TokenKind::Hyphen | TokenKind::Dash))
        && scene.is_joined(at + 1)
        && scene.is_joined(at + 2)
        && !scene.is_joined(at + 3)
        || matches!(scene.kind(at + 1), Some(TokenKind::Hyphen | TokenKind::Dash))
            && scene.kind(at + 3) == Some(TokenKind::CloseBracket);
    is_led
        && is_mark
        && year_at(scene, at + 2)
            .is_some_and(|last| (year + 1..year.saturating_add(300)).contains(&last))
        && (1000..=2199).contains(&year)
}

/// Whether the digits go on behind a mark: "2022-02-30", which is no day, "a 2000-seat hall", "1900-mile"; but "2008-era".
fn is_compound(scene: &Scene<'_>, at: usize) -> bool {
    let mark = scene.kind(at + 1).filter(|_| scene.is_joined(at + 1) && scene.is_joined(at + 2));
    if !matches!(mark, Some(TokenKind::Hyphen | TokenKind::Slash)) {
        return false;
    }
    let is_date = scene.kind(at + 2) == Some(TokenKind::Number)
        && scene.text(at + 2).len() <= 2
        && scene.kind(at + 3) == mark
        && scene.kind(at + 4) == Some(TokenKind::Number);
    let is_noun = mark == Some(TokenKind::Hyphen)
        && scene.token(at + 2).is_some_and(|next| next.is_word() && !next.is_capital())
        && !scene.is_any(
            at + 2,
            &["era", "born", "based", "style", "vintage", "model", "built", "dated"],
        );
    is_date || is_noun
}

/// Whether the year ends a date that does not exist, or a label: "31 April 2022", "45/13/2022", "555-2014", "X-2000".
fn is_of_no_date(scene: &Scene<'_>, at: usize) -> bool {
    let is_number =
        |at: usize| scene.kind(at) == Some(TokenKind::Number) && scene.text(at).len() <= 3;
    let is_month = |at: usize| scene.token(at).is_some_and(|token| token.is(Tags::MONTH));
    let Some(mut before) = at.checked_sub(1) else { return false };
    if scene.is_joined(at) && scene.is_joined(before) {
        let further = before.checked_sub(1);
        return match scene.kind(before) {
            Some(TokenKind::Slash) => further.is_some_and(is_number),
            Some(TokenKind::Hyphen) => further.is_some_and(|further| {
                is_number(further)
                    || scene
                        .token(further)
                        .is_some_and(|token| token.is_capital() && token.span.len() <= 3)
            }),
            _ => false,
        };
    }
    if scene.kind(before) == Some(TokenKind::Comma) {
        let Some(further) = before.checked_sub(1) else { return false };
        before = further;
    }
    let ending = |at: usize| usize::from(scene.is_any(at, &["st", "nd", "rd", "th"]));
    // "June 31, 2022", then "31 April 2022", "the 31st of April 2022".
    let day = before.checked_sub(ending(before));
    if day.is_some_and(|day| is_number(day) && day > 0 && is_month(day - 1)) {
        return true;
    }
    let of = usize::from(before > 0 && scene.is(before - 1, "of"));
    is_month(before)
        && before.checked_sub(1 + of).is_some_and(|day| is_number(day - ending(day).min(day)))
}

/// "44 BC", "AD 79", "300 BCE".
fn era(scene: &Scene<'_>, at: usize) -> Option<Read> {
    let is_upper = |at: usize| scene.token(at).is_some_and(|token| token.has(flags::UPPER));
    if !is_upper(at + 1) && !at.checked_sub(1).is_some_and(is_upper) {
        return None;
    }
    let year: i16 = scene.text(at).parse().ok().filter(|year| (1..=9998).contains(year))?;
    if is_upper(at + 1) && scene.is_any(at + 1, &["bc", "b.c.", "bce"]) {
        // ISO 8601 has a year nought: 1 BC is 0000, 44 BC is -0043.
        let when = When::At(Calendar::year(1 - year));
        return Some(Read::new(at, at + 2, TimeValue::new(when), "date.year.era"));
    }
    let when = When::At(Calendar::year(year));
    if is_upper(at + 1) && scene.is_any(at + 1, &["ad", "a.d.", "ce"]) {
        return Some(Read::new(at, at + 2, TimeValue::new(when), "date.year.era"));
    }
    let before = at.checked_sub(1)?;
    (is_upper(before) && scene.is_any(before, &["ad", "a.d."]))
        .then(|| Read::new(before, at + 1, TimeValue::new(when), "date.year.era"))
}

/// The year of an era behind a day, and the token behind it: "15 March 44 BC", "24 August AD 79".
pub(super) fn era_behind(scene: &Scene<'_>, at: usize) -> Option<(i16, usize)> {
    let comma = usize::from(scene.kind(at) == Some(TokenKind::Comma));
    let number = (at + comma..at + comma + 2)
        .find(|at| scene.kind(*at) == Some(TokenKind::Number) && !scene.is_joined(*at))?;
    let read = era(scene, number).filter(|read| read.first == at + comma)?;
    let When::At(Calendar { year, .. }) = read.time.when else { return None };
    Some((year, read.end))
}

/// The year of the four digits at `at`. Most numbers are told from one by their length.
pub(super) fn year_at(scene: &Scene<'_>, at: usize) -> Option<i16> {
    let token = scene.token(at).filter(|token| token.span.len() == 4)?;
    calendar_year(token.text(scene.content))
}

/// Four digits that may be a year.
pub(super) fn calendar_year(text: &str) -> Option<i16> {
    let is_plain = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then(|| text.parse().ok()).flatten().filter(|year| (1000..=2199).contains(year))
}

/// Words behind which four digits are a year.
static BEFORE_YEAR: Words<28> = Words::new([
    "in", "since", "until", "till", "during", "before", "after", "by", "late", "early", "mid",
    "fiscal", "year", "circa", "from", "of", "through", "for", "than", "between", "calendar",
    "around", "spring", "summer", "autumn", "fall", "winter", "season",
]);
/// Words behind which four digits are a number or a label.
static NO_YEAR: Words<16> = Words::new([
    "room", "flight", "section", "route", "no", "number", "page", "model", "highway", "article",
    "about", "some", "nearly", "over", "#", "at",
]);

/// Whether four digits stand where a year stands and a count does not.
fn is_year_here(scene: &Scene<'_>, at: usize, year: i16) -> bool {
    let before = at.checked_sub(1);
    let follows_preposition = before.is_some_and(|before| {
        scene.token(before).is_some_and(|word| BEFORE_YEAR.hold(scene.content, word))
    });
    // "dates back to 1865", "going back to 2010", "dating to 1642"
    let follows_preposition = follows_preposition
        || before.is_some_and(|to| {
            !follows_preposition
                && to > 0
                && scene.is(to, "to")
                && scene.is_any(to - 1, &["back", "date", "dates", "dated", "dating"])
        });
    // "since about 1850"
    let follows_preposition = follows_preposition
        || before.is_some_and(|about| {
            !follows_preposition
                && about > 0
                && scene.is_any(about, &["about", "roughly", "approximately"])
                && scene
                    .is_any(about - 1, &["in", "since", "until", "by", "from", "before", "after"])
        });
    // "from 1990 levels", "in 2015 prices": what is compared by its year.
    if (1900..=2099).contains(&year)
        && scene.is_any(
            at + 1,
            &[
                "levels",
                "figures",
                "prices",
                "results",
                "elections",
                "olympics",
                "games",
                "sales",
                "forecasts",
                "estimates",
                "earnings",
                "targets",
            ],
        )
        && before.is_none_or(|before| scene.kind(before) != Some(TokenKind::Symbol))
    {
        return true;
    }
    let next = scene.token(at + 1);
    // "1999 dollars", "2000 people", "1500 m", "1,900-strong": a unit or a plural behind it makes it a count.
    let counts = next.is_some_and(|next| {
        let text = scene.text(at + 1);
        let is_unit = next.is(Tags::UNIT | Tags::CURRENCY | Tags::SCALE | Tags::TIME_UNIT)
            && !next.is(Tags::PREPOSITION | Tags::CONJUNCTION | Tags::DETERMINER);
        let is_plural = next.is_word()
            && !next.is_capital()
            && text.len() > 3
            && text.ends_with('s')
            && !text.ends_with("ss")
            && !scene.is(at + 1, "onwards")
            && !next.is(Tags::VERB
                | Tags::PAST_VERB
                | Tags::AUXILIARY
                | Tags::PREPOSITION
                | Tags::ADVERB
                | Tags::DETERMINER);
        next.is_joined() && next.is_word() && !text.starts_with(['\'', '’'])
            || is_unit
            || is_plural
            || next.is(Tags::PLURAL)
            || scene.is_any(at + 1, &["people", "%", "percent"])
    });
    // "between 1852 and 1856", "in 1848, 1871 and 1889": what goes on with years.
    let goes_on = scene.last.is_some_and(|(end, last, _)| {
        last.part == Part::Year
            && (last.year + 1..last.year + 200).contains(&year)
            && (end + 1..=end + 2).contains(&at)
            && (end..at).all(|mark| {
                scene.is_any(mark, &["and", "or"])
                    || scene.is_any(mark, TO)
                    || scene.kind(mark) == Some(TokenKind::Comma)
            })
    });
    if (follows_preposition || goes_on) && (1000..=2199).contains(&year) {
        // "between 2018 and 2022 margins fell"
        let is_second = || at > 2 && goes_on && scene.is_any(at - 3, &["between", "from"]);
        return !counts
            || (1900..=2099).contains(&year) && is_second()
            || before.is_some_and(|before| scene.is_any(before, &["in", "since", "fiscal"]))
                && (1900..=2099).contains(&year);
    }
    if !(1900..=2099).contains(&year) || counts {
        return false;
    }
    // "Windows 2000", "Agenda 2030": the last part of a name, inside its sentence.
    let is_named = before.is_some_and(|before| {
        scene.token(before).is_some_and(|name| {
            name.is_capital()
                && !name.is(Tags::PREPOSITION
                    | Tags::STARTER
                    | Tags::DETERMINER
                    | Tags::MONTH
                    | Tags::WEEKDAY
                    | Tags::TIME)
        })
    }) && scene.token(at + 1).is_some_and(|next| next.is_word());
    if is_named {
        return false;
    }
    // "a black 1987 Chevrolet": the year of its make.
    let is_make = scene
        .token(at + 1)
        .is_some_and(|make| MAKES.hold(scene.content, make) && make.is_capital())
        && before.is_some_and(|before| {
            scene.token(before).is_some_and(|word| word.is_word() && !word.is(Tags::PREPOSITION))
        });
    if is_make {
        return false;
    }
    // A number in a label: "Room 1984", "Flight 2001", "Section 1983".
    let is_label = before.is_some_and(|before| {
        scene.token(before).is_some_and(|word| NO_YEAR.hold(scene.content, word))
    });
    !is_label
}

/// Makes of cars.
static MAKES: Words<46> = Words::new([
    "acura",
    "alfa",
    "audi",
    "bentley",
    "bmw",
    "buick",
    "cadillac",
    "chevrolet",
    "chevy",
    "chrysler",
    "citroën",
    "citroen",
    "dodge",
    "ferrari",
    "fiat",
    "ford",
    "gmc",
    "honda",
    "hyundai",
    "infiniti",
    "isuzu",
    "jaguar",
    "jeep",
    "kia",
    "lamborghini",
    "lexus",
    "lincoln",
    "maserati",
    "mazda",
    "mercedes",
    "mercury",
    "mitsubishi",
    "nissan",
    "oldsmobile",
    "peugeot",
    "plymouth",
    "pontiac",
    "porsche",
    "renault",
    "saab",
    "subaru",
    "suzuki",
    "tesla",
    "toyota",
    "volkswagen",
    "volvo",
]);

/// "2017 April": a month that follows its year.
fn month_behind(scene: &Scene<'_>, at: usize, year: i16) -> Option<Read> {
    let token = scene.token(at + 1).filter(|token| token.is(Tags::MONTH))?;
    let month = *scene.lexicon.times.month.of(token)?;
    let is_verb = |at: usize| {
        scene.token(at).is_some_and(|next| {
            next.kind == TokenKind::Number
                || next.is(Tags::VERB | Tags::PAST_VERB | Tags::AUXILIARY | Tags::MODAL)
        })
    };
    let is_name = scene.is_any(at + 1, &["may", "march", "mar"]);
    (!is_verb(at + 2) && !is_name).then(|| {
        let when = When::At(Calendar::month(year, month));
        Read::new(at, at + 2, TimeValue::new(when), "date.month")
    })
}

/// "nineteen ninety-six", "twenty twenty-four", "in two thousand and twenty", "the year two thousand".
pub(super) fn spoken(scene: &Scene<'_>, at: usize, free: usize) -> Option<Read> {
    if scene.kind(at)? != TokenKind::Word {
        return None;
    }
    let (year, end) = spoken_year(scene, at)?;
    let of_year = scene.before(at, free).filter(|before| scene.is(*before, "year"));
    // "two thousand" and "nineteen hundred" count as well: only behind a preposition, and before no noun.
    let is_count = scene.is_any(at + 1, &["thousand", "hundred"]);
    let is_led = at > 0
        && scene
            .is_any(at - 1, &["in", "since", "until", "by", "during", "before", "after", "from"]);
    let is_noun = scene
        .token(end)
        .is_some_and(|next| next.is_word() && !next.is(NO_NOUN) || next.kind == TokenKind::Symbol);
    if is_count && of_year.is_none() && (!is_led || is_noun) {
        return None;
    }
    let first = of_year.map_or(at, |year| {
        scene.before(year, free).filter(|the| scene.is(*the, "the")).unwrap_or(year)
    });
    Some(Read::new(first, end, TimeValue::new(When::At(Calendar::year(year))), "date.year.spoken"))
}

/// A year said in two halves or in hundreds, and the token behind.
pub(super) fn spoken_year(scene: &Scene<'_>, at: usize) -> Option<(i16, usize)> {
    let head = scene.token(at).filter(|token| token.is(Tags::NUMBER) && token.is_word())?;
    let hundreds = i16::try_from(*scene.lexicon.numbers.cardinal.of(head)?).ok()?;
    let small = |at: usize| {
        let read = number::small(scene.lexicon, scene.content, scene.rest(at))?;
        let value = i16::try_from(read.value).ok()?;
        Some((value, at + read.len))
    };
    if scene.is(at + 1, "thousand") || scene.is(at + 1, "hundred") {
        let (year, end) = small(at)?;
        let is_year = match scene.is(at + 1, "thousand") {
            true => (2000..2100).contains(&year),
            false => (11..20).contains(&hundreds) && (1100..2000).contains(&year),
        };
        return is_year.then_some((year, end));
    }
    if !(11..=20).contains(&hundreds) {
        return None;
    }
    let (last, end) = small(at + 1).filter(|(last, _)| {
        (10..100).contains(last) && scene.kind(at + 1) == Some(TokenKind::Word)
    })?;
    // "eleven twenty" is a time of a day, or a count.
    let is_year = matches!(hundreds, 17..=19) || hundreds == 20 && last < 40;
    is_year.then_some((hundreds * 100 + last, end))
}

/// "the 1988 third quarter", "1988's second half", "the 1988 period": a part of the year in front.
fn part_behind(scene: &Scene<'_>, at: usize, free: usize, year: i16) -> Option<Read> {
    // "2017 Q2"
    if scene.is(at + 1, "q")
        && scene.is_joined(at + 2)
        && !scene.token(at + 3).is_some_and(|next| next.is_joined() && next.is_word())
        && let Some(nth @ 1..=4) = scene.text(at + 2).parse::<i8>().ok()
    {
        let when = When::At(Calendar::part(year, Part::Quarter(nth)));
        return Some(Read::new(at, at + 3, TimeValue::new(when), "date.part-of-year"));
    }
    let from = at + 1 + usize::from(scene.is_any(at + 1, &["'s", "’s"]));
    let (part, end) = match number::ordinal(scene.lexicon, scene.content, scene.rest(from)) {
        Some(nth) => {
            let unit = from + nth.len;
            let nth_part = i8::try_from(nth.value).ok()?;
            if scene.is(unit, "quarter") && (1..=4).contains(&nth_part) {
                (Part::Quarter(nth_part), unit + 1)
            } else if scene.is(unit, "half") && (1..=2).contains(&nth_part) {
                (Part::Half(nth_part), unit + 1)
            } else {
                return None;
            }
        }
        None if scene.is_any(from, &["quarter", "period"]) => {
            let last = match scene.memory.quarter {
                Some((Calendar { part, .. }, _)) => part,
                None => Calendar::holding(scene.today()?, Unit::Quarter).plus(-1)?.part,
            };
            (last, from + 1)
        }
        None => return None,
    };
    let first = scene.before(at, free).filter(|the| scene.is(*the, "the")).unwrap_or(at);
    let when = When::At(Calendar::part(year, part));
    Some(Read::new(first, end, TimeValue::new(when), "date.part-of-year"))
}

/// A year behind a date: ", 1999" or "1999" or "'99".
pub(super) fn behind(scene: &Scene<'_>, at: usize) -> Option<(i16, usize)> {
    let skip = usize::from(scene.kind(at) == Some(TokenKind::Comma));
    // "October '87"
    let is_apostrophe = matches!(
        scene.kind(at),
        Some(TokenKind::Apostrophe | TokenKind::CloseSingleQuote | TokenKind::OpenSingleQuote)
    );
    if is_apostrophe && scene.is_joined(at + 1) && scene.text(at + 1).len() == 2 {
        let short: i16 = scene.text(at + 1).parse().ok()?;
        return Some((if short < 50 { 2000 } else { 1900 } + short, at + 2));
    }
    if let Some(spoken) = spoken_year(scene, at + skip) {
        return Some(spoken);
    }
    let year = year_at(scene, at + skip)?;
    let next_joined = scene.is_joined(at + skip + 1)
        && scene.token(at + skip + 1).is_some_and(|next| {
            next.kind == TokenKind::Word && !scene.is_any(at + skip + 1, &["'s", "’s"])
        });
    (!next_joined).then_some((year, at + skip + 1))
}
