//! What stands behind a number that no unit follows: its counted noun, a sign of multiples, how often it happens.

use crate::fact::{Amount, Decimal};
use crate::lexicon::Tags;
use crate::token::{TokenKind, Words, flags};

use super::counted::{Counted, counted, single};
use super::fraction::share;
use super::numeral::{Form, Numeral, is, value_of};
use super::place::Place;

/// "2.5x faster", "a 3x lens".
pub(super) fn is_times_sign(place: &Place<'_>, number: &Numeral) -> bool {
    let next = number.end + 1;
    number.form == Form::Digits
        && place.at(number.end).is_some_and(|t| t.is_joined() && t.text(place.content) == "x")
        && !place.is_joined(next)
        && !place.is_kind(next, TokenKind::Number)
}

/// The counted noun behind a number.
pub(super) fn noun_behind(place: &Place<'_>, number: &Numeral) -> Option<Counted> {
    let Place { lexicon, content, tokens, .. } = *place;
    let at = number.end;
    let next = place.at(at)?;
    // "eight million 250ml bottles", "three 40-foot containers"
    if next.kind == TokenKind::Number
        && !next.is_joined()
        && let Some(inner) = super::number::unscaled(lexicon, content, place.from(at))
    {
        let inner_end =
            at + inner.len + usize::from(place.is_kind(at + inner.len, TokenKind::Hyphen));
        let (_, len) = lexicon.units.at(content, place.from(inner_end))?;
        let joined = place.is_joined(at + inner.len);
        return counted(lexicon, content, tokens, inner_end + len).filter(|_| joined);
    }
    if !next.is_word() || next.is_joined() {
        return None;
    }
    let is_one = number.amount == Amount::Value(Decimal::whole(1))
        && number.scale == 0
        && number.form == Form::Words;
    if is(content, next, "of") {
        let after = at + 1;
        // "two of the ships", "two of Corvin's ships", "two of the firm's ships"
        let has_article =
            place.at(after).is_some_and(|t| t.is(Tags::DETERMINER) && !is(content, t, "a"));
        let owner = after + usize::from(has_article);
        let is_owner = (has_article || place.is_capital(owner))
            && place.at(owner).is_some_and(|word| word.is_word())
            && (place.is(owner + 1, "'s") || place.is(owner + 1, "’s"));
        if is_one {
            return None;
        }
        let mut start = after + usize::from(has_article);
        // "two of the four ships"
        if is_owner {
            start += 2;
        }
        // "six of his last seven races"
        let is_latest = has_article && place.at(start).is_some_and(|t| LATEST.hold(content, t));
        let inner = start + usize::from(is_latest);
        let mut is_whole = false;
        if let Some(read) = super::number::number(lexicon, content, place.from(inner))
            && !place.is_kind(inner + read.len, TokenKind::Hyphen)
        {
            // "15 of 33 shots", but "15 of 2023 models"
            let is_year = place.is_kind(inner, TokenKind::Number)
                && place.at(inner).is_some_and(|t| t.span.len() == 4);
            is_whole = !is_year && value_of(number).is_some_and(|part| part < read.value.value);
            if has_article || is_owner || is_whole {
                start = inner + read.len;
            }
        }
        let is_open =
            matches!(number.form, Form::Vague | Form::Group | Form::Scaled) || number.scale >= 3;
        if !has_article && !is_open && !is_owner && !is_whole {
            return None;
        }
        if matches!(number.form, Form::Fraction) {
            return None;
        }
        return counted(lexicon, content, tokens, start).filter(|noun| noun.end <= start + 4);
    }
    if number.form == Form::Fraction {
        return None;
    }
    if is_one {
        return single(lexicon, content, tokens, at);
    }
    // "with one in three offering discounts": what they do.
    let is_share = number.form == Form::Share;
    if is_share
        && number.start > 0
        && place.is(number.start - 1, "with")
        && next.ends_with(content, "ing")
    {
        return None;
    }
    if let Some(models) = models(place, at) {
        return Some(models);
    }
    // "85,000 head of cattle"
    if is(content, next, "head") && place.is(at + 1, "of") {
        return Some(Counted {
            end: at + 1,
            span: place.span(at..at + 1),
            name: "head".to_owned(),
        });
    }
    let found = counted(lexicon, content, tokens, at)?;
    // "Thirty billion sounds like a lot": a verb.
    if found.end == at + 1
        && SEEMS.hold(content, next)
        && (place.is(at + 1, "like")
            || place.is(at + 1, "about")
            || place.has(at + 1, Tags::DETERMINER))
    {
        return None;
    }
    // "above the 640,000 economists expected"
    let is_experts = place.at(found.end - 1).is_some_and(|t| EXPERTS.hold(content, t))
        && number.start > 0
        && place.is(number.start - 1, "the")
        && place.at(found.end).is_some_and(|t| EXPECT.hold(content, t));
    if is_experts {
        return None;
    }
    // "the 747 jets", "486 computers"
    let is_aircraft = super::quantity_unit::is_aircraft(place, number);
    if (is_aircraft || super::quantity_unit::is_chip(place, number))
        && place.at(found.end - 1).is_some_and(|t| {
            if is_aircraft { AIRCRAFT.hold(content, t) } else { CHIPS.hold(content, t) }
        })
    {
        return None;
    }
    // "one in five adults smokes": the verb of one.
    let noun = found.end.checked_sub(2).filter(|noun| is_share && *noun >= at);
    if let Some(noun) = noun
        && place.at(noun).is_some_and(|t| t.is(Tags::PLURAL) || GROUPS.hold(content, t))
    {
        return counted(lexicon, content, tokens.get(..=noun)?, at);
    }
    Some(found)
}

/// Verbs that are nouns too, before what a number seems.
static SEEMS: Words<4> = Words::new(["sounds", "looks", "feels", "works"]);

/// "24 Boeing 737s", "nine A320s", "six F-16s": what is called by a name and the number of its model.
fn models(place: &Place<'_>, at: usize) -> Option<Counted> {
    if !place.is_capital(at) {
        return None;
    }
    let is_name = |at: usize| place.is_capital(at) || place.is_kind(at, TokenKind::Hyphen);
    let number = (at + 1..at + 4).find(|&at| !is_name(at))?;
    let plural = place.at(number + 1).filter(|t| t.is_joined() && t.text(place.content) == "s")?;
    let is_model = place.is_kind(number, TokenKind::Number)
        && !place.at(number + 2).is_some_and(|t| t.is_joined() && t.is_word());
    let name = place.span(at..number + 1).of(place.content).to_owned();
    is_model.then(|| Counted {
        end: number + 2,
        span: place.span(at..number + 1).join(plural.span),
        name,
    })
}

/// Those who expect a number.
static EXPERTS: Words<6> =
    Words::new(["economists", "analysts", "forecasters", "experts", "officials", "traders"]);
static EXPECT: Words<7> = Words::new([
    "expected",
    "had",
    "forecast",
    "forecasted",
    "predicted",
    "projected",
    "anticipated",
]);

/// Aircraft, called by the number of their model.
static AIRCRAFT: Words<8> = Words::new([
    "jets",
    "jetliners",
    "airliners",
    "planes",
    "aircraft",
    "airplanes",
    "aeroplanes",
    "freighters",
]);
/// What is called by the number of its chip.
static CHIPS: Words<9> = Words::new([
    "chips",
    "computers",
    "processors",
    "microprocessors",
    "pcs",
    "machines",
    "products",
    "systems",
    "clones",
]);

/// Groups of people that shares are told of.
static GROUPS: Words<18> = Words::new([
    "adults",
    "workers",
    "voters",
    "women",
    "men",
    "children",
    "patients",
    "pupils",
    "students",
    "residents",
    "households",
    "families",
    "teenagers",
    "drivers",
    "users",
    "customers",
    "smokers",
    "pensioners",
]);

/// Which of a row: "of his last seven".
static LATEST: Words<7> =
    Words::new(["last", "past", "first", "final", "previous", "next", "opening"]);

/// Whether "a" behind a number that is no year and no small one says how often: "39,000 a year".
pub(super) fn is_often(place: &Place<'_>, number: &Numeral) -> bool {
    if !place.is(number.end, "a") {
        return false;
    }
    let is_year = place.at(number.start).is_some_and(|t| t.span.len() == 4);
    // "400 people a week, 26 a day", but "May 5 a year"
    let is_timed = || {
        place.has(number.end + 1, Tags::TIME_UNIT)
            && number.base > Decimal::whole(1)
            && !(number.start > 0 && place.has(number.start - 1, Tags::MONTH))
    };
    matches!(number.form, Form::Digits | Form::Words | Form::Scaled)
        && !(is_year && number.form == Form::Digits)
        && (number.base >= Decimal::whole(100) && number.form == Form::Digits || is_timed())
        && place
            .at(number.end + 2)
            .is_none_or(|t| !t.is_word() || t.is(Tags::CONJUNCTION | Tags::PREPOSITION))
        && !place.is(number.end + 2, "of")
}

/// "14 nail bars", "eight World Cups": a unit's name that says what things are called, behind what says which.
pub(super) fn is_thing(place: &Place<'_>, head: usize) -> bool {
    place.at(head).is_some_and(|t| {
        THINGS.hold(place.content, t) || t.has(flags::CAPITAL) && !t.has(flags::UPPER)
    })
}

/// Names of units that are names of things too.
static THINGS: Words<14> = Words::new([
    "mp", "mps", "bars", "cups", "feet", "stones", "degrees", "grains", "knots", "barns", "bits",
    "points", "barrels", "curies",
]);

/// "one voter in four": the share that "one" is of, with its thing in front of `end`.
pub(super) fn share_of(place: &Place<'_>, number: &Numeral, end: usize) -> Option<Numeral> {
    if !place.is(end, "in")
        || end != number.end + 1
        || number.form == Form::Share
        || number.base != Decimal::whole(1)
    {
        return None;
    }
    let Place { lexicon, content, tokens, .. } = *place;
    let mut read = Numeral { end, ..*number };
    share(lexicon, content, tokens, &mut read);
    let ends = place.at(read.end).is_none_or(|t| {
        !t.is_word()
            || t.is(Tags::AUXILIARY
                | Tags::MODAL
                | Tags::VERB
                | Tags::PAST_VERB
                | Tags::PREPOSITION
                | Tags::CONJUNCTION
                | Tags::ADVERB)
    });
    (read.form == Form::Share && ends).then_some(read)
}
