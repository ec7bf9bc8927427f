//! The noun phrases around a place of a sentence: what a clause is about.

use std::ops::Range;

use crate::lexicon::Tags;
use crate::token::{Token, TokenKind, Words, flags};

use super::place::Place;
use super::verb::{is_pay, is_verb};

/// The noun phrase that ends before `end`, less auxiliaries and adverbs: the subject of the verb at `end`.
///
/// With its determiner and its "of" phrases: "the price of crude". `None` where a clause begins there.
pub fn noun_before(place: &Place<'_>, end: usize) -> Option<Range<usize>> {
    let mut last = end;
    while last > 0 && last + 8 > end {
        let token = place.at(last - 1)?;
        let is_between = token.is_word()
            && token.is(Tags::AUXILIARY | Tags::MODAL | Tags::ADVERB | Tags::NEGATION)
            || place.is(last - 1, "to")
            || (last < end || last > 1 && place.has(last - 2, Tags::AUXILIARY))
                && EXPECTED.hold(place.content, token)
            || token.is_word() && token.ends_with(place.content, "ly")
            // "workers last went on strike"
            || last == end && last > 1 && place.is(last - 1, "last") && is_verb(place, last)
                && place.at(last - 2).is_some_and(|t| place.lexicon.nouns.is_plural(place.content, t));
        // "is expected to", "was set to"
        let is_passive = last < end
            && place.is(last, "to")
            && last >= 2
            && place.has(last - 2, Tags::AUXILIARY | Tags::ADVERB);
        if !(is_between || is_passive) {
            break;
        }
        last -= 1;
    }
    // "We intend to create", "Ministers hope to raise": what is in mind is no part of who has it in mind.
    if last > 0 && last < end && place.is(last, "to") && is_in_mind(place, last - 1) {
        last -= 1;
    }
    // "Corvo today announced"
    while last > 1 && place.is_any(last - 1, &["today", "yesterday"]) {
        last -= 1;
    }
    // "last year it grew": the pronoun alone; of "the voltage across it", the voltage.
    if last > 0 && place.has(last - 1, Tags::PRONOUN) {
        let is_object = last > 1 && place.has(last - 2, Tags::PREPOSITION);
        if !is_object {
            return Some(last - 1..last);
        }
        last -= 2;
    }
    // "a squad that contained 17 players": the noun of the relative.
    let mut is_of_relative = false;
    if last > 1 && place.has(last - 1, Tags::RELATIVE) {
        is_of_relative = true;
        last -= 1;
        if place.is_kind(last - 1, TokenKind::Comma) {
            last -= 1;
        }
    }
    // "debt, excluding that of banks, was": what stands between two commas is about the phrase before them.
    if last > 2 && last <= end && place.is_kind(last - 1, TokenKind::Comma) {
        let from = last.saturating_sub(LONGEST);
        let is_comma = |at: &usize| place.is_kind(*at, TokenKind::Comma);
        let opened = (from..last - 1).rev().find(is_comma).or_else(|| {
            // "United, who had … to City's seven, are"
            let from = last.saturating_sub(INSERTION);
            (from..last - 1).rev().find(is_comma).filter(|at| place.has(at + 1, Tags::RELATIVE))
        });
        last = opened.filter(|opened| *opened > 0).unwrap_or(last - 1);
    }
    // "Shares in Corvin (CRV.L) rose": what stands in brackets is no part of the phrase.
    if last > 2
        && place.is_kind(last - 1, TokenKind::CloseBracket)
        && let Some(opened) = (last.saturating_sub(8)..last - 1)
            .rev()
            .find(|&at| place.is_kind(at, TokenKind::OpenBracket))
    {
        last = opened;
    }
    let mut first = last;
    while first > 0 && first + LONGEST > last {
        let at = first - 1;
        // "in Africa the share"
        let is_parted = place.is(first, "the")
            && place.is_capital(at)
            && !place.has(at, Tags::FRACTION | Tags::DETERMINER | Tags::NUMBER | Tags::MULTIPLE)
            || is_behind_front(place, at, first);
        if is_parted || ends_before(place, at, first) || is_gerund(place, at, first) {
            break;
        }
        first = at;
    }
    // "half of the cost of a punnet that sells for": of the punnet.
    if is_of_relative
        && let Some(article) = (first + 2..last)
            .rev()
            .find(|&at| (place.is(at, "a") || place.is(at, "an")) && place.is(at - 1, "of"))
    {
        first = article;
    }
    trimmed(place, first..last)
}

/// "intend" of "We intend to create": a verb of what somebody means to do, with who means it in front.
pub fn is_in_mind(place: &Place<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|before| place.at(before)) else { return false };
    if !place.at(at).is_some_and(|t| MINDS.hold(place.content, t)) {
        return false;
    }
    if place.at(at).is_some_and(|t| t.ends_with(place.content, "s")) {
        return before.is_word() && !before.is(Tags::DETERMINER) && !before.is_joined();
    }
    before.is(Tags::PRONOUN) && !before.is(Tags::DETERMINER)
        || before.is_word() && before.ends_with(place.content, "s")
        || place.lexicon.nouns.is_plural(place.content, before)
}

/// Verbs of what somebody means to do.
static MINDS: Words<22> = Words::new([
    "aim", "aims", "agree", "agrees", "expect", "expects", "hope", "hopes", "intend", "intends",
    "need", "needs", "plan", "plans", "promise", "promises", "propose", "seek", "vow", "vows",
    "want", "wants",
]);

/// "In the capital the mayor won": what the article at `next` opens stands behind a place at the head of the sentence.
fn is_behind_front(place: &Place<'_>, at: usize, next: usize) -> bool {
    const FRONT: u64 =
        Tags::PREPOSITION | Tags::DETERMINER | Tags::FRACTION | Tags::NUMBER | Tags::MULTIPLE;
    (3..6).contains(&next)
        && place.is(next, "the")
        && place.is_any(0, &["in", "at", "on"])
        && place.has(1, Tags::DETERMINER)
        && !place.has(at, FRONT | Tags::CHANGE)
        && (1..next).all(|at| place.at(at).is_some_and(Token::is_word))
}

/// "sending its shares up", "including the cost": the "-ing" of a verb before its object, which begins at `next`.
fn is_gerund(place: &Place<'_>, at: usize, next: usize) -> bool {
    place.at(next).is_some_and(|t| t.is(Tags::DETERMINER) && t.is_word() && !t.is_joined())
        && place.at(at).is_some_and(|t| t.is_word() && t.ends_with(place.content, "ing"))
}

/// "seen", "tipped": what is thought of a subject, and no part of it.
pub fn is_expected(place: &Place<'_>, at: usize) -> bool {
    place.at(at).is_some_and(|t| EXPECTED.hold(place.content, t))
}

/// The noun phrase at `start`: "the global economy", "personal spending".
pub fn noun_after(place: &Place<'_>, start: usize) -> Option<Range<usize>> {
    let mut end = start;
    while let Some(token) = place.at(end).filter(|_| end < start + 8) {
        let is_inside = match token.kind {
            TokenKind::Word => {
                // "an Airbus A330": a letter joined to a number is no article.
                let is_article = token.is(Tags::DETERMINER)
                    && (end == start
                        || place.is_kind(end + 1, TokenKind::Number) && place.is_joined(end + 1));
                let is_stop = token.is(STOPS) && !is_pay(place, end)
                    || token.is(Tags::DETERMINER) && !place.is(end, "'s") && !place.is(end, "’s");
                // "start-up costs"
                let is_tied = || {
                    end > start && token.is_joined() && place.is_kind(end - 1, TokenKind::Hyphen)
                };
                is_article || !is_stop || is_tied()
            }
            TokenKind::Hyphen | TokenKind::Number => {
                token.is_joined() || token.kind == TokenKind::Number && end > start
            }
            TokenKind::Symbol => place.is(end, "&"),
            _ => false,
        };
        if !is_inside || end > start && (is_verb(place, end) || acts(place, end)) {
            break;
        }
        end += 1;
    }
    trimmed(place, start..end)
}

/// "a third of nurses plan to leave": what several have in mind; "49 % of the club values it": what has an object.
fn acts(place: &Place<'_>, at: usize) -> bool {
    let Some(next) = place.at(at + 1).filter(|next| {
        next.kind == TokenKind::Number
            || next.is(Tags::PRONOUN | Tags::CURRENCY | Tags::COMPARATOR | Tags::PREPOSITION)
    }) else {
        return false;
    };
    if next.is(Tags::PRONOUN) {
        // "the stock it owns"
        return place.is_any(at + 1, OBJECTS)
            && place.at(at + 2).is_none_or(|t| !t.is_word() || t.is(Tags::PREPOSITION));
    }
    if place.is(at + 1, "to") {
        return place.at(at).is_some_and(|t| PLANS.hold(place.content, t))
            && place.at(at - 1).is_some_and(|t| place.lexicon.nouns.is_plural(place.content, t));
    }
    // "2 % of staff earn over £60,000"
    (next.kind == TokenKind::Number || next.is(Tags::CURRENCY | Tags::COMPARATOR))
        && place.at(at).is_some_and(|t| EARN.hold(place.content, t))
}

static EARN: Words<18> = Words::new([
    "earn", "earns", "spend", "spends", "own", "owns", "owe", "owes", "borrow", "save", "causes",
    "cause", "produces", "produce", "pays", "emits", "receives", "uses",
]);

/// Pronouns that are objects alone, behind a word.
const OBJECTS: &[&str] = &["it", "them", "him", "us", "me"];

static PLANS: Words<6> = Words::new(["plan", "hope", "aim", "intend", "seek", "vow"]);

/// The subject of the clause that holds `at`: the noun phrase before its verb.
pub fn subject(place: &Place<'_>, at: usize) -> Option<Range<usize>> {
    let verb = verb_before(place, at)?;
    of_verb(place, verb, DEEPEST).or_else(|| head_of_sentence(place, verb))
}

/// The subject of the verb at `verb`, through verbs tied to it.
fn of_verb(place: &Place<'_>, verb: usize, depth: usize) -> Option<Range<usize>> {
    let depth = depth.checked_sub(1)?;
    let Some(noun) = noun_before(place, verb) else { return coordinated(place, verb, depth) };
    // "a plan to add 600 seats would cost": of the plan.
    if let Some(to) = noun.start.checked_sub(2).filter(|&to| to > 0 && place.is(to, "to"))
        && place.at(to - 1).is_some_and(|t| AIMS.hold(place.content, t))
    {
        return noun_before(place, to).or(Some(noun));
    }
    // "people who walked 7,000 steps were": of the people.
    if noun.start > 2
        && place.has(noun.start - 2, Tags::RELATIVE)
        && place.at(noun.start - 3).is_some_and(Token::is_word)
        && !place.has(noun.start - 3, NO_HEAD)
        && is_verb(place, noun.start - 1)
        && !place.is_kind(verb - 1, TokenKind::Comma)
    {
        return noun_before(place, noun.start - 1).or(Some(noun));
    }
    // "The ferry, licensed to carry 148": of the ferry.
    if noun.len() == 1
        && noun.start > 1
        && place.is_kind(noun.start - 1, TokenKind::Comma)
        && place.at(noun.start).is_some_and(|t| {
            // "The bypass, first costed at"
            !t.is_capital() && (t.ends_with(place.content, "ed") || t.is(Tags::ORDINAL))
        })
    {
        return noun_before(place, noun.start - 1).or(Some(noun));
    }
    // "it destroyed 3,400 homes, damaged 20": whatever did the first did the second.
    let is_listed = verb > 0 && place.is_kind(verb - 1, TokenKind::Comma);
    // "United beat Town to go four points clear", but "asked the banks to pay"
    let is_end = || {
        verb > 0
            && place.is(verb - 1, "to")
            && noun.start > 0
            && place.at(noun.start - 1).is_some_and(|t| ENDS_IN.hold(place.content, t))
    };
    if is_listed || is_end() {
        return doer(place, &noun, depth).or(Some(noun));
    }
    Some(noun)
}

/// Classes of words that no relative clause is of.
const NO_HEAD: u64 = Tags::REPORTING
    | Tags::VERB
    | Tags::PAST_VERB
    | Tags::PREPOSITION
    | Tags::CONJUNCTION
    | Tags::DETERMINER
    | Tags::AUXILIARY;

/// What has an aim behind it: "a plan to add".
static AIMS: Words<20> = Words::new([
    "plan",
    "plans",
    "bid",
    "proposal",
    "proposals",
    "decision",
    "move",
    "deal",
    "effort",
    "efforts",
    "attempt",
    "scheme",
    "offer",
    "promise",
    "pledge",
    "agreement",
    "project",
    "campaign",
    "programme",
    "program",
]);

/// The subject of the verb before its object, where one stands there.
fn doer(place: &Place<'_>, object: &Range<usize>, depth: usize) -> Option<Range<usize>> {
    let verb = object.start.checked_sub(1).filter(|&at| is_verb(place, at))?;
    if place.has(verb, Tags::AUXILIARY | Tags::MODAL) { None } else { of_verb(place, verb, depth) }
}

/// The subject of the verb that "and" or "but" ties to the one at `verb`: "we" of "we opened 14 shops and cut 30".
fn coordinated(place: &Place<'_>, verb: usize, depth: usize) -> Option<Range<usize>> {
    let mut first = verb;
    while first > 0
        && place.has(first - 1, Tags::AUXILIARY | Tags::MODAL | Tags::ADVERB | Tags::NEGATION)
    {
        first -= 1;
    }
    let tie = first.checked_sub(1).filter(|&at| place.has(at, Tags::AND) || place.is(at, "but"))?;
    let from = tie.saturating_sub(REACH);
    let is_part = |at: &usize| {
        place.at(*at).is_some_and(|t| {
            !matches!(t.kind, TokenKind::Semicolon | TokenKind::Colon | TokenKind::OpenQuote)
        })
    };
    let before = (from..tie).rev().take_while(is_part).filter(|&at| is_verb(place, at));
    before.filter_map(|at| of_verb(place, at, depth)).next()
}

/// Verbs tied to one another that are followed back.
const DEEPEST: usize = 4;

/// Verbs behind whose object an infinitive says what came of it, or what for.
static ENDS_IN: Words<16> = Words::new([
    "beat", "beats", "defeated", "won", "wins", "edged", "overcame", "thrashed", "used", "uses",
    "sold", "sells", "bought", "buys", "closed", "closes",
]);

/// The nearest verb before `at`.
pub fn verb_before(place: &Place<'_>, at: usize) -> Option<usize> {
    let from = at.saturating_sub(REACH);
    let tokens = place.tokens.get(from..at.min(place.tokens.len()))?;
    let back = tokens.iter().enumerate().rev();
    back.filter(|(_, token)| token.is_word())
        .map(|(at, _)| from + at)
        .find(|&place_at| is_verb(place, place_at))
}

/// The noun phrase at the head of the sentence, up to its first verb, comma or relative.
pub fn head_of_sentence(place: &Place<'_>, end: usize) -> Option<Range<usize>> {
    let mut start = dateline(place);
    // "On Friday," and the like: a phrase before the first comma that begins with a preposition.
    if place.has(start, Tags::PREPOSITION)
        && let Some(comma) =
            (start..end.min(start + 12)).find(|&at| place.is_kind(at, TokenKind::Comma))
    {
        start = comma + 1;
    }
    // "Unless pay rises"
    if place.has(start, Tags::CONDITION) {
        return None;
    }
    // "Nevertheless,", "Still,"
    if start == 0 && place.is_kind(1, TokenKind::Comma) {
        start = 2;
    }
    let stop = (start..end.min(start + LONGEST)).find(|&at| {
        place.is_kind(at, TokenKind::Comma)
            || place.is_kind(at, TokenKind::Dash)
            || place.is_kind(at, TokenKind::OpenBracket)
            || place.has(at, Tags::RELATIVE)
            || is_verb(place, at)
            || at > start && place.is(at + 1, "to") && is_in_mind(place, at)
            // "Corvo to close 30 shops"
            || at > start && place.is(at, "to") && place.has(at + 1, Tags::ACT | Tags::VERB)
    });
    trimmed(place, start..stop.unwrap_or(end.min(start + LONGEST)))
}

/// Where the sentence begins behind the place and day of an agency's report: "LONDON, March 3 (Reuters) - ", "GRANVIK – ".
fn dateline(place: &Place<'_>) -> usize {
    let is_upper = place.at(0).is_some_and(|t| t.has(flags::UPPER) && t.span.len() > 2);
    if !is_upper {
        return 0;
    }
    let dash = (1..DATELINE).find(|&at| {
        place.at(at).is_some_and(|t| {
            matches!(t.kind, TokenKind::Dash | TokenKind::Hyphen) && t.has(flags::SPACE)
        })
    });
    dash.map_or(0, |dash| dash + 1)
}

/// Whether the token at `at` cannot be inside the noun phrase that goes on at `next`.
fn ends_before(place: &Place<'_>, at: usize, next: usize) -> bool {
    let Some(token) = place.at(at) else { return true };
    match token.kind {
        TokenKind::Word => {}
        TokenKind::Symbol => return token.is(Tags::UNIT),
        TokenKind::Hyphen => return token.has(flags::SPACE) && !place.is_joined(next),
        TokenKind::Number | TokenKind::Slash => return false,
        TokenKind::Apostrophe | TokenKind::CloseSingleQuote => return false,
        // "Travelers Corp.'s net income"
        TokenKind::Dot => return !(place.is(next, "'s") || place.is(next, "’s")),
        _ => return true,
    }
    if token.is(Tags::RELATIVE | Tags::CONDITION | Tags::QUESTION | Tags::MODAL | Tags::AUXILIARY) {
        return true;
    }
    // "would not raise corporation tax, which": behind a modal stands a verb.
    let is_bare_verb = at > 0
        && place.at(at - 1).is_some_and(|t| {
            t.is(Tags::MODAL) || at > 1 && place.is(at - 1, "not") && place.has(at - 2, Tags::MODAL)
        });
    // "earnings before interest and tax" are one thing.
    let is_before_tax =
        || (place.is(at, "before") || place.is(at, "after")) && place.is_any(next, BEFORE);
    // "crimes against children", but "12 % against 9 %"
    let is_complement = || {
        place.is(at, "against")
            && at > 0
            && place
                .at(at - 1)
                .is_some_and(|t| t.is_word() && !t.is(Tags::UNIT | Tags::NUMBER | Tags::TIME_UNIT))
            && !place.is_kind(next, TokenKind::Number)
    };
    if is_bare_verb
        || SUBORDINATORS.hold(place.content, token) && !is_before_tax() && !is_complement()
    {
        return true;
    }
    if token.is(Tags::PRONOUN) {
        return next < place.tokens.len()
            && place.at(next).is_some_and(|t| t.is_word())
            && !place.has(next, Tags::AUXILIARY);
    }
    if token.is(Tags::CONJUNCTION) && !place.is(at, "than") {
        // "Ross and Urban Outfitters"
        let both = place.at(next).is_some_and(Token::is_capital)
            && at > 0
            && place.at(at - 1).is_some_and(Token::is_capital);
        // "the gap between rich and poor"
        let is_between = || {
            place.is(at, "and")
                && !place.has(next, Tags::DETERMINER)
                && (at.saturating_sub(4)..at).any(|at| place.is(at, "between"))
        };
        return !both && !is_between();
    }
    // "add-ons" do nothing.
    let is_compound = place.is_kind(at + 1, TokenKind::Hyphen)
        && place.is_joined(at + 1)
        && place.is_joined(at + 2);
    // "the six months ended June 30"
    let is_period = (place.is(at, "ended") || place.is(at, "ending"))
        && place.at(next).is_some_and(|t| t.is(Tags::MONTH) || t.kind == TokenKind::Number);
    is_verb(place, at) && !token.is_capital() && !is_compound && !is_period
}

/// A phrase without prepositions and conjunctions at its head, or marks at its ends.
fn trimmed(place: &Place<'_>, range: Range<usize>) -> Option<Range<usize>> {
    let Range { mut start, mut end } = range;
    let is_edge = |at: usize| {
        place.at(at).is_none_or(|t| {
            !matches!(t.kind, TokenKind::Word | TokenKind::Number | TokenKind::Symbol)
                || t.is(Tags::CONJUNCTION | Tags::ADVERB)
        })
    };
    // "Under-30s"
    let is_prefix = |at: usize| {
        place.is_kind(at + 1, TokenKind::Hyphen)
            && place.is_joined(at + 1)
            && place.is_joined(at + 2)
    };
    while start < end
        && (is_edge(start)
            || place.has(start, Tags::PREPOSITION) && !is_prefix(start)
            // "bought back 12 million shares at"
            || place.is(start, "back") && place.is_kind(start + 1, TokenKind::Number))
    {
        start += 1;
    }
    // "add-ons", "follow-up": what a hyphen ties is of the word.
    // "to report a net loss": the verb is no part of the loss.
    if start > range.start
        && place.is(start - 1, "to")
        && place.has(start + 1, Tags::DETERMINER)
        && end > start + 2
    {
        start += 1;
    }
    // "the electric's trebled": a verb cut short. "Lowen's fell" is of a shop.
    if end > start + 1
        && place.has(end - 1, Tags::DETERMINER)
        && place.is_joined(end - 1)
        && !place.is_capital(end - 2)
    {
        end -= 1;
    }
    while end > start
        && (is_edge(end - 1)
            || place.has(end - 1, Tags::PREPOSITION | Tags::DETERMINER)
                && !(place.is_joined(end - 1) && end > start + 2))
    {
        end -= 1;
    }
    // "At least 31 people": the comparator is no part of them.
    if start > 0 && start < end && place.is(start - 1, "at") && place.is(start, "least") {
        start += 1;
    }
    (start < end).then_some(start..end)
}

/// Classes that end a noun phrase to the right.
const STOPS: u64 = Tags::PREPOSITION
    | Tags::CONJUNCTION
    | Tags::AUXILIARY
    | Tags::RELATIVE
    | Tags::QUESTION
    | Tags::PRONOUN
    | Tags::MODAL
    | Tags::NEGATION
    | Tags::CONDITION
    | Tags::VERB
    | Tags::PAST_VERB
    | Tags::ADVERB;

/// Tokens of the longest noun phrase.
const LONGEST: usize = 14;
/// Tokens of the longest relative clause between commas.
const INSERTION: usize = 26;
/// Tokens looked back over for a verb.
const REACH: usize = 24;

/// Words that begin a clause or a time, and end the phrase before it.
static SUBORDINATORS: Words<15> = Words::new([
    "compared",
    "ahead",
    "below",
    "above",
    "against",
    "versus",
    "after",
    "before",
    "since",
    "until",
    "till",
    "amid",
    "despite",
    "because",
    "following",
]);

/// What profit is told before.
const BEFORE: &[&str] = &["tax", "taxes", "interest", "items", "exceptional", "depreciation"];

/// Tokens of the longest dateline.
const DATELINE: usize = 12;

/// Between a subject and the "to" of its verb: "prices expected to rise".
static EXPECTED: Words<10> = Words::new([
    "expected",
    "projected",
    "forecast",
    "set",
    "likely",
    "due",
    "estimated",
    "predicted",
    "seen",
    "tipped",
]);
