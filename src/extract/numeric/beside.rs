//! What stands beside a quantity and its words, and may or may not be what it is of.

use std::ops::Range;

use super::Claim;
use super::age::lead;
use super::described::{DIMENSIONS, SIZES};
use super::subject::NO_NOUN;
use crate::extract::Mentions;
use crate::fact::{NumericKind, Role};
use crate::lexicon::Tags;
use crate::phrase::clause::{is_in_mind, noun_after, noun_before, subject};
use crate::phrase::place::Place;
use crate::phrase::quantity::Evidence;
use crate::phrase::verb::is_verb;
use crate::token::{TokenKind, Words};

/// "a crowd of 18,624 watched", "2.17 crowns compared with": a word in "ed" behind which no noun stands.
pub(super) fn is_participle(place: &Place<'_>, at: usize) -> bool {
    let Some(token) = place.at(at) else { return false };
    let next = place.at(at + 1);
    // "at 23 weeks weighing 500 g"
    let is_active = token.ends_with(place.content, "ing")
        && next.is_some_and(|t| {
            t.kind == TokenKind::Number
                || t.is(Tags::NUMBER | Tags::DETERMINER | Tags::COMPARATOR)
                    && !t.is(Tags::AUXILIARY)
        });
    is_active
        || token.ends_with(place.content, "ed")
            && next.is_none_or(|t| !t.is_word() || t.is(NO_NOUN | Tags::NUMBER | Tags::SCALE))
}

/// "panel strength lower than 8.9 ksi": the noun before a quantity where no verb is.
pub(super) fn fragment(place: &Place<'_>, start: usize) -> Option<Range<usize>> {
    if start > 8 {
        return None;
    }
    let range = noun_before(place, start).filter(|range| range.start == 0 && range.end == start)?;
    // "Corvo to close 30 shops", "Ministers hope to raise £2m"
    let is_to = |at: &usize| {
        place.is(*at, "to")
            && (place.has(at + 1, Tags::ACT | Tags::VERB) || is_in_mind(place, at - 1))
    };
    match range.clone().skip(1).find(is_to) {
        Some(to) => noun_before(place, to + 1),
        None => Some(range),
    }
}

/// ", moving north at 12 mph", ", heading west at": what something does.
pub(super) fn is_adrift(place: &Place<'_>, range: &Range<usize>) -> bool {
    range.start > 0
        && place.is_kind(range.start - 1, TokenKind::Comma)
        && place.at(range.start).is_some_and(|t| {
            !t.is_capital() && t.span.len() > 4 && t.ends_with(place.content, "ing")
        })
}

/// "was just as steep at 37 degrees", "sat pretty at 32": one word behind a verb or an adverb names nothing.
pub(super) fn is_complement(place: &Place<'_>, range: &Range<usize>) -> bool {
    range.len() == 1
        && range.start > 0
        && (is_verb(place, range.start - 1)
            || place.has(range.start - 1, Tags::ADVERB)
            || place.is(range.start - 1, "as"))
}

/// "of" or "in" behind a noun of change: "a rise in exports".
pub(super) fn behind(place: &Place<'_>, at: usize) -> Option<Range<usize>> {
    // "7 % higher in real terms"
    // "six times larger in area"
    let is_manner = place.is(at + 2, "terms")
        || place.is(at, "in") && place.at(at + 1).is_some_and(|t| SIZES.hold(place.content, t));
    ((place.is(at, "in") || place.is(at, "of") || place.is(at, "for")) && !is_manner)
        .then(|| noun_after(place, at + 1))
        .flatten()
}

/// The words between a quantity and its noun of change: "share price" of "7 % share price increase".
pub(super) fn between(place: &Place<'_>, from: usize, to: usize) -> Option<Range<usize>> {
    (from < to && place.at(from).is_some_and(|t| t.kind == TokenKind::Word)).then_some(from..to)
}

/// "$34.50 a share values the company": what adjoins a price is a verb when an article or a name stands behind it, and the
/// price no article before it.
pub(super) fn is_verb_behind(place: &Place<'_>, tokens: &Range<usize>, at: usize) -> bool {
    // "11 % plan to quit", but "a five-point plan to"
    place.is_any(at.wrapping_sub(1), &["%", "percent", "cent"])
        && place.is(at + 1, "to")
        && place.is_any(at, &["plan", "hope", "aim", "intend", "want", "expect"])
        || place
            .at(at)
            .is_some_and(|t| t.is_word() && !t.is_capital() && t.ends_with(place.content, "s"))
            && place.at(at + 1).is_some_and(|t| {
                let is_like = || t.reads(place.content, "like");
                t.is_word() && (t.is(Tags::DETERMINER) || t.is_capital() || is_like())
            })
            && !place.is(at + 1, "'s")
            && !(tokens.start > 0 && place.has(tokens.start - 1, Tags::DETERMINER))
}

/// "cocaine worth £180,000" is cocaine; of "analysts estimate the bill" and "alleges the firm", what is spoken of.
pub(super) fn without_report(place: &Place<'_>, range: Range<usize>) -> Range<usize> {
    let is_worth =
        range.len() > 1 && place.is(range.end - 1, "worth") && !place.is(range.end - 2, "net");
    let end = range.end - usize::from(is_worth);
    let says = |at: &usize| {
        place.has(*at, Tags::REPORTING)
            && place.at(*at).is_some_and(|t| !t.is_capital())
            && (place.is(at + 1, "the") || place.is(at + 1, "its"))
    };
    let said = (range.start..end.saturating_sub(2)).rev().find(says);
    said.map_or(range.start, |said| said + 1)..end
}

/// The last of the phrases that an article opens: "a crowd" of "goals in front of a crowd", "a lead" of "gave Ada Moss a lead".
pub(super) fn last_of(place: &Place<'_>, range: Range<usize>) -> Range<usize> {
    let opens = |at: &usize| {
        let (at, before) = (*at, *at - 1);
        let is_open = place.is(at, "a") || place.is(at, "an");
        if is_open || place.is(at, "the") {
            place.has(before, Tags::FRACTION)
                || place.has(before, Tags::PREPOSITION)
                && (!place.is(before, "of")
                    || place.is_any(at.wrapping_sub(2), &["front", "short"]))
                || place.is(before, "times")
                || place.is_capital(before)
                    && (at > range.start + 1 || is_verb(place, range.start.saturating_sub(1)))
                // "councils face a gap"
                || is_open && place.at(before).is_some_and(|t| t.is_word() && !t.is(NO_VERB))
        } else {
            // "half its peak"
            place.is(at, "its")
                && (place.has(before, Tags::FRACTION)
                    || place.is(before, "times")
                    || place.is(before, "than"))
        }
    };
    let start = (range.start + 1..range.end).rev().find(opens).unwrap_or(range.start);
    // "a profit of £4m on sales": what stands behind another quantity.
    let number = (start..range.end)
        .rev()
        .find(|&at| place.is_kind(at, TokenKind::Number) || place.has(at, Tags::NUMBER));
    let behind = number.and_then(|number| {
        (number + 1..range.end - 1).find(|&at| place.is_any(at, &["on", "with", "in"]))
    });
    behind.map_or(start, |at| at + 1)..range.end
}

/// Classes of no verb before an article.
const NO_VERB: u64 = Tags::PREPOSITION
    | Tags::DETERMINER
    | Tags::ADVERB
    | Tags::CONJUNCTION
    | Tags::FRACTION
    | Tags::NUMBER
    | Tags::NEGATION;

/// Whose age an "aged" before it says: "two women, aged 19", "turnout among voters aged 18 to 24".
pub(super) fn bearer(place: &Place<'_>, start: usize) -> Option<Range<usize>> {
    // "a man in his 70s"
    let of_decade = |at: &usize| place.is(*at, "in") && place.has(at + 1, Tags::DETERMINER);
    if let Some(lead) = (start.saturating_sub(4)..start).rev().find(of_decade) {
        return noun_before(place, lead);
    }
    // "children under the age of 5"
    if let Some(lead) = lead(place, start)
        && lead > 1
        && place.has(lead - 1, Tags::COMPARATOR)
        && place.at(lead - 2).is_some_and(|t| t.is_word() && !t.is(Tags::AUXILIARY))
    {
        let range = noun_before(place, lead - 1)?;
        let first =
            range.clone().rev().take_while(|&at| !place.has(at, Tags::PREPOSITION)).last()?;
        // "a squad that contained 17 players over the age of 21"
        let number = (first..range.end).rev().find(|&at| place.is_kind(at, TokenKind::Number));
        return Some(number.unwrap_or(first)..range.end);
    }
    let aged = (start.saturating_sub(AGED)..start).rev().find(|&at| place.is(at, "aged"))?;
    let comma = usize::from(aged > 0 && place.is_kind(aged - 1, TokenKind::Comma));
    let range = noun_before(place, aged.checked_sub(comma)?)?;
    let range = behind_preposition(place, range);
    // "to reach 310,000 children aged 1 to 11"
    let number = range.clone().rev().find(|&at| place.is_kind(at, TokenKind::Number));
    Some(number.unwrap_or(range.start)..range.end)
}

/// "children" of "211 cases in children": behind the last preposition of a phrase.
pub(super) fn behind_preposition(place: &Place<'_>, range: Range<usize>) -> Range<usize> {
    let first = range.clone().rev().find(|&at| place.has(at, Tags::PREPOSITION));
    let start = first.map_or(range.start, |at| at + 1);
    // "one in eight children aged five"
    let is_number = |at: usize| place.has(at, Tags::NUMBER) || place.is_kind(at, TokenKind::Number);
    let is_share = start > 1
        && start + 1 < range.end
        && place.is(start - 1, "in")
        && is_number(start)
        && is_number(start - 2);
    start + usize::from(is_share)..range.end
}

/// "Smoking is at a record low of 11 %", "the index hit a high of 7,800": what is that low or high, of whose mark `mark` is.
pub(super) fn reached(place: &Place<'_>, mark: &Range<usize>) -> Option<Range<usize>> {
    let before = mark.start.checked_sub(1)?;
    let is_mark = place.at(mark.end - 1).is_some_and(|t| MARKS.hold(place.content, t));
    let is_led = is_mark
        && place.at(before).is_some_and(|t| t.is(Tags::PREPOSITION) || HITS.hold(place.content, t));
    is_led.then(|| subject(place, mark.start)).flatten()
}

/// "lost control of nine councils", "in front of 400 fans": a word that has no number itself.
pub(super) fn is_hold(place: &Place<'_>, at: usize) -> bool {
    place.at(at).is_some_and(|t| HOLDS.hold(place.content, t))
}

static HOLDS: Words<11> = Words::new([
    "control",
    "charge",
    "possession",
    "ownership",
    "command",
    "front",
    "favour",
    "favor",
    "search",
    "danger",
    "track",
]);

/// What a thing reaches and is not.
static MARKS: Words<6> = Words::new(["low", "high", "peak", "record", "lows", "highs"]);
/// Verbs of what reaches it.
static HITS: Words<8> =
    Words::new(["hit", "hits", "hitting", "reached", "reaches", "reaching", "touched", "set"]);

/// Tokens from "aged" to a second age.
const AGED: usize = 5;

/// Whether those who are counted do what stands behind them: "31 % disagreed", "two women, aged 19 and 22, were hurt".
pub(super) fn does(place: &Place<'_>, at: usize) -> bool {
    is_verb(place, at)
        || place
            .at(at)
            .is_some_and(|t| t.is_word() && t.span.len() > 4 && t.ends_with(place.content, "ed"))
        || place.is_kind(at, TokenKind::Comma)
            && place.is_any(at + 1, &["aged", "who", "all", "both"])
}

/// "rose 5 % to 84", "down 2 % at 1,318", "540 engines this year, up from 480": the level of the same change.
pub(super) fn goes_on(place: &Place<'_>, before: &Claim, claim: &Claim) -> bool {
    let between = before.tokens.end..claim.tokens.start;
    let is_up = between.len() <= 10
        && claim.change.word.as_ref().is_some_and(|word| {
            word.len() == 1
                && between.start < word.start
                && place.is_kind(word.start - 1, TokenKind::Comma)
                && (place.is(word.start, "up") || place.is(word.start, "down"))
        });
    if is_up {
        return true;
    }
    // "12 metres wide and 4 metres deep"
    let is_size = |at: usize| place.at(at).is_some_and(|t| DIMENSIONS.hold(place.content, t));
    if between.len() == 2
        && is_size(between.start)
        && place.has(between.start + 1, Tags::AND)
        && is_size(claim.tokens.end)
    {
        return true;
    }
    // "inflation of 3.1 % this year and 2.4 % next year"
    if is_next_time(place, before, claim) {
        return true;
    }
    let is_led =
        |word: &str| claim.tokens.start.checked_sub(1).is_some_and(|at| place.is(at, word));
    // "profit of $41.3 million, or $2.15 a share"
    if is_led("or")
        && between.len() == 2
        && before.measured.kind == NumericKind::Money
        && claim.measured.kind == NumericKind::Money
    {
        return true;
    }
    // "voted 31 to 22": of the same vote.
    let is_vote = |claim: &Claim| {
        claim.measured.kind == NumericKind::Count
            && claim.measured.evidence == Evidence::Noun
            && claim.measured.counted.is_none()
    };
    if between.len() == 1 && is_vote(before) && is_vote(claim) {
        return true;
    }
    before.change.role != Role::Level
        && between.len() <= 5
        && (is_led("to") || is_led("at") || is_led("from") || is_led("or"))
        && !between.clone().any(|at| place.has(at, Tags::RELATIVE) || place.has(at, Tags::AND))
}

/// "inflation of 3.1 % this year and 2.4 % next year": the same at another time.
pub(super) fn is_next_time(place: &Place<'_>, before: &Claim, claim: &Claim) -> bool {
    let between = before.tokens.end..claim.tokens.start;
    (3..6).contains(&between.len())
        && claim.measured.kind == before.measured.kind
        && before.measured.evidence == Evidence::Unit
        && place.has(between.end - 1, Tags::AND)
        && (between.start..between.end - 1).all(|at| {
            place.is_kind(at, TokenKind::Number)
                || place.has(at, Tags::TIME_UNIT | Tags::MONTH | Tags::TIME | Tags::DETERMINER)
                || place.is_any(at, &["in", "on", "next", "last"])
        })
}

/// "men (30.7 %)", "Spain (4.2bn euros)": what stands before the brackets that hold a claim alone.
pub(super) fn bracketed(place: &Place<'_>, claim: &Claim) -> Option<Range<usize>> {
    let open = claim.tokens.start.checked_sub(1)?;
    let is_alone = place.is_kind(open, TokenKind::OpenBracket)
        && place.is_kind(claim.tokens.end, TokenKind::CloseBracket)
        && matches!(claim.measured.kind, NumericKind::Percent | NumericKind::Money)
        && claim.change.role == Role::Level
        && place
            .at(open.checked_sub(1)?)
            .is_some_and(|t| t.is_word() && !t.is(NO_NOUN | Tags::UNIT));
    if !is_alone {
        return None;
    }
    let range = noun_before(place, open).filter(|range| range.end == open)?;
    let range = behind_preposition(place, range);
    let is_number = |at: usize| place.is_kind(at, TokenKind::Number);
    (range.len() <= 3 && !range.clone().any(is_number)).then_some(range)
}

/// "made the rain 10 % heavier": what is made so.
pub(super) fn made_so(place: &Place<'_>, start: usize) -> Option<Range<usize>> {
    let verb = (start.saturating_sub(MADE)..start)
        .rev()
        .find(|&at| place.is_any(at, &["make", "makes", "made", "making"]))?;
    noun_after(place, verb + 1)
        .map(|range| range.start..range.end.min(start))
        .filter(|range| range.end + 2 > start && !range.is_empty())
}

/// Tokens from "made" to how much.
const MADE: usize = 6;

/// Whether a comma and an article are all that parts a claim from the one before and its place: "homicides in May, a 3 % fall".
pub(super) fn apposed(place: &Place<'_>, before: &Claim, claim: &Claim) -> bool {
    let between = before.tokens.end..claim.tokens.start;
    between.len() >= 2
        && between.len() <= 10
        && (place.is(between.end - 1, "a") || place.is(between.end - 1, "an"))
        && place.is_kind(between.end - 2, TokenKind::Comma)
}

/// Whether no other clause begins between two claims.
pub(super) fn is_near(place: &Place<'_>, before: &Claim, claim: &Claim) -> bool {
    let between = before.tokens.end..claim.tokens.start;
    between.len() <= 12
        && !between
            .clone()
            .any(|at| place.has(at, Tags::RELATIVE) || place.is_kind(at, TokenKind::Semicolon))
}

/// The phrase without the dates at its ends: "exports last year" is "exports".
pub(super) fn undated(
    place: &Place<'_>,
    mentions: &Mentions,
    range: Range<usize>,
) -> Option<Range<usize>> {
    let Range { mut start, mut end } = range;
    let is_date = |at: usize| place.at(at).is_some_and(|token| mentions.has_date_at(token.span));
    while start < end
        && (place.has(start, Tags::PREPOSITION)
            && !place.is(start, "like")
            // "Under-30s"
            && !(place.is_kind(start + 1, TokenKind::Hyphen) && place.is_joined(start + 1))
            || is_date(start))
    {
        start += 1;
    }
    // "July's rate"
    if start > range.start && end > start + 1 && place.is(start, "'s") {
        start += 1;
    }
    // "on Monday to offer a reward"
    if start > range.start
        && end > start + 2
        && place.is(start - 1, "to")
        && place.has(start + 1, Tags::DETERMINER)
    {
        start += 1;
    }
    // "start-up"
    while end > start
        && (place.has(end - 1, Tags::PREPOSITION) && !place.is_joined(end - 1) || is_date(end - 1))
    {
        end -= 1;
    }
    // "41 GWh of energy annually"
    if end > start + 1 && place.at(end - 1).is_some_and(|t| OFTEN.hold(place.content, t)) {
        end -= 1;
    }
    // "revenue for the six months ended June 30"
    if end > start + 1
        && (place.is(end - 1, "ended") || place.is(end - 1, "ending"))
        && let Some(lead) = (start + 1..end).rev().find(|&at| place.has(at, Tags::PREPOSITION))
    {
        end = lead;
    }
    (start < end).then_some(start..end)
}

/// How often, behind a noun.
static OFTEN: Words<6> =
    Words::new(["annually", "yearly", "monthly", "weekly", "daily", "quarterly"]);

/// "above the 640,000 economists expected", "missing the $620m analysts had forecast": who did, behind the quantity.
pub(super) fn is_foreseen(place: &Place<'_>, at: usize) -> bool {
    let verb = at + 1 + usize::from(place.is(at + 1, "had"));
    place.at(verb).is_some_and(|t| FORESEEN.hold(place.content, t))
}

static FORESEEN: Words<6> =
    Words::new(["expected", "forecast", "predicted", "projected", "anticipated", "estimated"]);

/// "spent $75m buying back shares": what the money went on is no noun behind it.
pub(super) fn is_spent_on(place: &Place<'_>, tokens: &Range<usize>) -> bool {
    place.at(tokens.end).is_some_and(|t| t.is_word() && t.ends_with(place.content, "ing"))
        && (tokens.start.saturating_sub(2)..tokens.start)
            .any(|at| place.at(at).is_some_and(|t| SPENDS.hold(place.content, t)))
}

static SPENDS: Words<8> =
    Words::new(["spent", "spend", "spends", "spending", "lost", "made", "earned", "saved"]);

/// "the €10 billion in question", "$400 in total": behind "in", a word that says nothing of what the money is.
pub(super) fn is_all(place: &Place<'_>, at: usize) -> bool {
    place.at(at).is_some_and(|t| ALL.hold(place.content, t))
        && place.at(at + 1).is_none_or(|t| !t.is_word() || t.is(NO_NOUN))
}

static ALL: Words<14> = Words::new([
    "question", "total", "all", "advance", "return", "turn", "full", "part", "place", "size",
    "value", "addition", "response", "practice",
]);

/// Whether a quantity may be of those who do something themselves: "eleven members", "31 % disagreed".
pub(super) fn is_of_group(claim: &Claim) -> bool {
    matches!(claim.measured.kind, NumericKind::Count | NumericKind::Percent | NumericKind::Fraction)
}
