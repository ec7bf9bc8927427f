//! What a quantity is measured of.

use std::ops::Range;

use super::Claim;
use super::antecedent::{Referent, antecedent, inside};
use super::beside::{
    apposed, bearer, behind_preposition, bracketed, does, fragment, goes_on, is_adrift, is_all,
    is_complement, is_foreseen, is_hold, is_near, is_of_group, is_participle, is_spent_on,
    is_verb_behind, last_of, reached, undated, without_report,
};
use super::described::{DIMENSIONS, described};
use super::ellipsis::gapped;
use super::moved::moved;
use crate::extract::{Context, Mentions};
use crate::fact::{Kind, NumericKind, Role};
use crate::lexicon::Tags;
use crate::phrase::clause::{
    head_of_sentence, is_expected, noun_after, noun_before, subject as clause_subject,
};
use crate::phrase::place::Place;
use crate::phrase::quantity::Evidence;
use crate::phrase::verb::is_verb;
use crate::span::Span;
use crate::text::Sentence;
use crate::token::{Token, TokenKind, Words, flags};

/// The noun phrase that claim `at` is about, through "it" to the last subject.
pub(super) fn subject(
    ctx: &Context<'_>,
    place: &Place<'_>,
    sentence: &Sentence,
    mentions: &Mentions,
    claims: &[Claim],
    at: usize,
) -> Option<Span> {
    let claim = claims.get(at)?;
    // What the claim before it in the sentence is about: its fact is the last one.
    let last = at.checked_sub(1).and_then(|_| match mentions.facts.last().map(|fact| &fact.kind) {
        Some(Kind::Numeric(last)) => last.subject,
        _ => None,
    });
    let before = at.checked_sub(1).and_then(|at| claims.get(at));
    let start = claim.tokens.start;
    let is_against = || {
        place.is(start - 1, "against")
            && claim.measured.kind != NumericKind::Count
            && before.is_some_and(|before| before.measured.kind == claim.measured.kind)
    };
    // "six in ten women, compared with 46 % of men": of the men.
    let is_compared = start >= 2
        && !place.is(claim.tokens.end, "of")
        && (place.is(start - 1, "with") && place.is(start - 2, "compared") || is_against());
    // "two of seven charges": the seven are what the two are of.
    let is_whole = || before.is_some_and(|before| before.tokens.end == claim.tokens.end);
    if claim.is_bracketed
        || is_compared
        || is_whole()
        || before.is_some_and(|before| goes_on(place, before, claim))
    {
        return last;
    }
    // ", three delegates said": they do it themselves.
    if claim.measured.kind == NumericKind::Count
        && start > 0
        && place.is_kind(start - 1, TokenKind::Comma)
        && place.has(claim.tokens.end, Tags::REPORTING)
    {
        return None;
    }
    // "there were 38 deaths"
    if start > 1
        && place.is(start - 2, "there")
        && place.at(start - 1).is_some_and(|t| BE.hold(place.content, t))
    {
        return None;
    }
    // "…; two doses raise that", "…; the 14 airlines have"
    let the = usize::from(start > 0 && place.is(start - 1, "the"));
    if matches!(claim.measured.kind, NumericKind::Count | NumericKind::Bare)
        && claim.change.role == Role::Level
        && start > the
        && place.is_kind(start - 1 - the, TokenKind::Semicolon)
    {
        return None;
    }
    // "it is late, and eleven members are here": those who are counted do it themselves.
    let is_bare = claim.measured.kind == NumericKind::Bare
        && place.has(claim.tokens.end, Tags::PAST_VERB | Tags::AUXILIARY);
    if (is_of_group(claim) || is_bare)
        && start > 0
        && ((place.has(start - 1, Tags::AND) || place.is_kind(start - 1, TokenKind::Semicolon))
            // "flat on the month and 1.1 % lower"
            && !claim.change.is_behind
            && does(place, claim.tokens.end)
            || place.at(start - 1).is_some_and(|t| SUBORDINATORS.hold(place.content, t))
                && (claim.measured.kind == NumericKind::Count || does(place, claim.tokens.end)))
    {
        return None;
    }
    if let Some(range) = before.and_then(|before| gapped(place, before, claim)) {
        return Some(place.span(range));
    }
    // "583 homicides, a 3 % fall": of what the quantity before counts.
    if claim.change.is_behind
        && let Some(other) = before
        && let Some(counted) = other.measured.counted
        && apposed(place, other, claim)
    {
        return Some(counted);
    }
    let range = find(place, claim).and_then(|range| undated(place, mentions, range));
    let range = range.map(|range| without_report(place, range));
    let range = range.filter(|range| {
        range.clone().any(|at| {
            place.is_kind(at, TokenKind::Word)
                    && !place.has(at, Tags::DETERMINER)
                    // "slept six hours a night": how often, not who.
                    && !(range.len() == 2
                        && (place.has(at, Tags::TIME_UNIT) || place.is(at, "night")))
        })
    });
    let Some(range) = range else {
        return last.filter(|_| before.is_some_and(|before| is_near(place, before, claim)));
    };
    // A phrase that holds another quantity is about what that one is about.
    let holds = claims.iter().take(at).any(|other| {
        other.tokens.start < range.end
            && range.start < other.tokens.end
            && other.measured.evidence == Evidence::Unit
            && other.measured.kind != NumericKind::Age
            && !other.measured.is_hyphened
            // "Borrowers with a $300,000 loan will pay": only said of the loan.
            && !(other.tokens.start > range.start + 1
                && (place.is(other.tokens.start - 1, "a") || place.is(other.tokens.start - 1, "an")))
    });
    if holds {
        return last;
    }
    let is_pronoun = range.len() == 1
        && place.has(range.start, Tags::PRONOUN)
        && !place.has(range.start, Tags::FIRST_PERSON);
    if is_pronoun {
        // "it takes 22 months to …": nothing is meant.
        if place.is(range.start, "it")
            && (place.is(range.end, "takes") || place.is(range.end, "took"))
            && measured_time(claim)
        {
            return None;
        }
        let of = if place.is(range.start, "he") || place.is(range.start, "she") {
            Referent::Person
        } else if place.is(range.start, "they") {
            Referent::Several
        } else {
            Referent::Thing
        };
        return inside(place, &range)
            .or_else(|| antecedent(ctx, sentence, mentions, of, range.start == 0));
    }
    Some(place.span(range))
}

fn measured_time(claim: &Claim) -> bool {
    claim.measured.kind == NumericKind::Duration
}

fn find(place: &Place<'_>, claim: &Claim) -> Option<Range<usize>> {
    let Claim { tokens, measured, change, .. } = claim;
    // "the city's fourth highest"
    if measured.kind == NumericKind::Ordinal
        && tokens.start > 1
        && (place.is(tokens.start - 1, "'s") || place.is(tokens.start - 1, "’s"))
        && let Some(head) = head_of_sentence(place, tokens.start)
    {
        return Some(head);
    }
    if measured.kind == NumericKind::Ordinal {
        return clause_subject(place, tokens.start)
            .or_else(|| noun_before(place, tokens.start.checked_sub(1)?))
            .filter(|range| range.end <= tokens.start);
    }
    // "Ada Moss, 44, won", "Ada Moss (44)"
    if measured.kind == NumericKind::Age
        && let Some(sign) = tokens.start.checked_sub(1)
        && matches!(place.at(sign)?.kind, TokenKind::Comma | TokenKind::OpenBracket)
        && !place.is_capital(sign.checked_sub(1)?)
        && place.has(sign - 1, Tags::ROLE)
    {
        return noun_before(place, sign);
    }
    if measured.kind == NumericKind::Age
        && let Some(sign) = tokens.start.checked_sub(1)
        && matches!(place.at(sign)?.kind, TokenKind::Comma | TokenKind::OpenBracket)
        && place.is_capital(sign.checked_sub(1)?)
    {
        let first = (sign.saturating_sub(4)..sign).rev().take_while(|&at| place.is_capital(at));
        return first.last().map(|first| first..sign);
    }
    // "every tanker over 20 years old"
    if measured.kind == NumericKind::Age
        && place.has(tokens.start, Tags::COMPARATOR)
        && let Some(range) = noun_before(place, tokens.start)
        && range.end == tokens.start
        && !place.at(range.end - 1).is_some_and(|t| t.text(place.content).starts_with("age"))
    {
        let range = behind_preposition(place, range);
        // "among them 700,000 children under five"
        let them = usize::from(range.len() > 1 && place.has(range.start, Tags::PRONOUN));
        return Some(range.start + them..range.end);
    }
    // "a painting by the artist, who died at 91"
    if measured.kind == NumericKind::Age
        && tokens.start > 2
        && place.is(tokens.start - 1, "at")
        && place.is(tokens.start - 3, "who")
    {
        return noun_before(place, tokens.start - 2).map(|range| behind_preposition(place, range));
    }
    // "At $2 trillion, the fund is", "Profit, at 62 million euros, missed"
    if change.role == Role::Level
        && measured.evidence == Evidence::Unit
        && place.is_kind(
            tokens.end
                + usize::from(place.is(tokens.end, "apiece") || place.is(tokens.end, "each")),
            TokenKind::Comma,
        )
        && tokens.start > 0
        // "The average bill, now £433, was"
        && place.is_any(tokens.start - 1, &["at", "now", "currently"])
    {
        if tokens.start == 1 {
            return noun_after(place, tokens.end + 1);
        }
        if place.is_kind(tokens.start - 2, TokenKind::Comma) {
            return noun_before(place, tokens.start - 2);
        }
    }
    if let Some(range) = bracketed(place, claim) {
        return Some(range);
    }
    // "two women, aged 19 and 22", "voters aged 18 to 24"
    if measured.kind == NumericKind::Age
        && let Some(range) = bearer(place, tokens.start)
    {
        return Some(range);
    }
    // "Total cost: $72,370"
    if change.role == Role::Level
        && measured.kind != NumericKind::Count
        && tokens.start > 1
        && place.is_kind(tokens.start - 1, TokenKind::Colon)
    {
        let colon = tokens.start - 1;
        let words = (colon.saturating_sub(6)..colon).rev();
        let first = words.take_while(|&at| place.is_kind(at, TokenKind::Word)).last()?;
        // "Smoking continues to decline: 12 % of adults"
        let is_finite = |at: usize| {
            place.has(at, Tags::AUXILIARY | Tags::MODAL)
                || place.has(at, Tags::VERB)
                    && place.at(at).is_some_and(|t| t.ends_with(place.content, "s"))
        };
        if !(first + 1..colon).any(is_finite) {
            return Some(first..colon);
        }
        if !place.is(tokens.end, "of") {
            return None;
        }
    }
    // "FTSE -0.6%"
    if change.role == Role::ChangeBy && change.word.is_none() {
        return noun_before(place, tokens.start).or_else(|| clause_subject(place, tokens.start));
    }
    if change.role != Role::Level
        && let Some(word) = &change.word
    {
        return moved(place, claim, word);
    }
    // "was little changed at $1.26"
    if let Some(word) = &change.word {
        let range = noun_before(place, word.start);
        if range.is_some() {
            return range;
        }
    }
    let at = tokens.end;
    if let Some(range) = described(place, tokens, measured.kind) {
        return Some(range);
    }
    // "five new seasons of the show"
    if measured.kind == NumericKind::Count && place.is(at, "of") && !place.has(at + 1, Tags::NUMBER)
    {
        return noun_after(place, at + 1);
    }
    if measured.kind != NumericKind::Count {
        // "11 percent of the world economy", "$12 million in deposits"
        // "reservoirs are at 28 % of capacity", "they were 28 % full" is about the reservoirs.
        let is_said = || place.at(tokens.start - 1).is_some_and(|t| BE.hold(place.content, t));
        let is_state = || {
            tokens.start > 1
                && (place.is(tokens.start - 1, "within")
                    || place.is(tokens.start - 1, "at") && place.is(at, "of")
                    || measured.kind == NumericKind::Percent && !place.is(at, "of") && is_said())
        };
        if (place.is(at, "of")
            || place.is(at, "in")
                && measured.kind == NumericKind::Money
                // "70p in every pound"
                && !place.is(at + 1, "every")
                && !(at + 1..at + 3).any(|at| {
                    // "lost £18m in the year", "raised $215 million in four rounds"
                    place.is_kind(at, TokenKind::Number)
                        || place.has(at, Tags::TIME_UNIT | Tags::MONTH | Tags::NUMBER | Tags::TIME)
                        || is_all(place, at)
                        // "took $145m in its first weekend"
                        || place.has(at, Tags::ORDINAL)
                            && place.has(at + 1, Tags::TIME_UNIT | Tags::TIME)
                }))
            && !is_state()
            && let Some(range) = noun_after(place, at + 1)
            && !(place.is(at, "in") && is_scene(place, &range))
        {
            return Some(range);
        }
        // "25 % tax on cars", "a 3.5-litre engine"; "72 metres long" names nothing.
        let is_dimension = || place.at(at).is_some_and(|t| DIMENSIONS.hold(place.content, t));
        let names_none = || {
            is_dimension()
            || is_state()
            || place.is_any(at, &["x", "×"])
            || measured.kind == NumericKind::Multiple
            || measured.counted.is_some()
            || is_verb_behind(place, tokens, at)
            || is_foreseen(place, at)
            || place.is(at, "forecast") && place.is(at + 1, "by")
            || is_spent_on(place, tokens)
            // "$49 one way"
            || place.has(at, Tags::NUMBER) && !place.is_kind(at + 1, TokenKind::Hyphen)
            // "with one in three offering discounts"
            || measured.kind == NumericKind::Fraction
                && tokens.start > 0
                && place.is(tokens.start - 1, "with")
                && place.at(at).is_some_and(|t| t.ends_with(place.content, "ing"))
        };
        // "1.3 % next, against", "lost £37m last year", "$1.84 a share fully diluted"
        let is_elliptic = || {
            // "a tax of €5 a night starts", "the fee of £30 a month covers"
            measured.quantity.per.is_some()
                && tokens.start > 0
                && place.is(tokens.start - 1, "of")
                && place.at(at).is_some_and(|t| t.ends_with(place.content, "s"))
                || place.has(at, Tags::ORDINAL)
                || place.is(at, "next")
                || place.is(at, "last")
                || (place.is(at, "net") || place.is(at, "gross"))
                    && place.at(at + 1).is_none_or(|t| !t.is_word() || t.is(NO_NOUN))
                || place
                    .is_any(at, &["upfront", "apiece", "online", "abroad", "overseas", "outright"])
                    && !place.at(at + 1).is_some_and(Token::is_word)
                || place.at(at).is_some_and(|t| t.ends_with(place.content, "ly"))
        };
        // Most quantities have no noun behind them.
        let adjoins = place.at(at).is_some_and(|t| {
            t.is_word() && !t.is(NO_NOUN) && !t.has(flags::LINE) && !is_participle(place, at)
        });
        if adjoins
            && !names_none()
            && !is_elliptic()
            && let Some(range) = noun_after(place, at)
        {
            return Some(range);
        }
    }
    // "the mirror for $149", "a battery with 3,687 mAh", "levels at 1,200 ppm"
    let is_held = tokens.start >= 2
        && place.at(tokens.start - 1).is_some_and(|t| HOLDS.hold(place.content, t));
    // "sat in a drawer for four decades"
    let is_while = || {
        measured.kind == NumericKind::Duration
            && place.is(tokens.start - 1, "for")
            && (tokens.start.saturating_sub(4)..tokens.start - 1)
                .any(|at| place.has(at, Tags::PREPOSITION) && !place.is(at, "of"))
    };
    if is_held
        && !is_while()
        && (measured.kind != NumericKind::Count || place.is(tokens.start - 1, "with"))
        && place
            .at(tokens.start - 2)
            .is_some_and(|t| t.is_word() && !t.is(Tags::AUXILIARY | Tags::ADVERB))
        && !is_verb(place, tokens.start - 2)
        // "forecast to peak at 93 %"
        && !(place.is(tokens.start - 1, "at") && place.is(tokens.start.saturating_sub(3), "to"))
        && !place.at(tokens.start - 2).is_some_and(|t| {
            t.ends_with(place.content, "ed") || t.ends_with(place.content, "ing")
        })
        && let Some(range) = noun_before(place, tokens.start - 1)
        && !place.is(range.start, "enough")
        // "repairs, first put at £900,000"
        && !(range.len() == 1 && place.has(range.start, Tags::ORDINAL | Tags::ADVERB))
        && (!is_complement(place, &range)
            || range.start > 0
                && place.at(range.start - 1).is_some_and(|t| PUT.hold(place.content, t)))
        && !is_adrift(place, &range)
        && !place.is(range.start.wrapping_sub(1), "on")
    {
        // "gave 840 volunteers a weekly jab for"
        let is_several = place.is_kind(range.start, TokenKind::Number);
        return Some(if is_several { last_of(place, range) } else { range });
    }
    // "the house, on the market for £895,000"
    if is_held
        && place.is(tokens.start - 1, "for")
        && let Some(on) = (tokens.start.saturating_sub(5)..tokens.start - 1)
            .rev()
            .find(|&at| place.is(at, "on") && place.is_kind(at.wrapping_sub(1), TokenKind::Comma))
    {
        return noun_before(place, on - 1);
    }
    // "put her on 49 %", "with Marsh on 44 %": who is at a share.
    if measured.kind == NumericKind::Percent
        && tokens.start > 2
        && place.is(tokens.start - 1, "on")
        && let Some(lead) = (tokens.start.saturating_sub(5)..tokens.start - 2).rev().find(|&at| {
            place.is(at, "with")
                || place.has(at, Tags::AND)
                || place.is(at, "of") && place.is(at.wrapping_sub(1), "ahead")
                || place.at(at).is_some_and(|t| PUT.hold(place.content, t))
        })
        && (lead + 1..tokens.start - 1).all(|at| {
            place
                .at(at)
                .is_some_and(|t| t.is_word() && !t.is(Tags::PREPOSITION | Tags::CONJUNCTION))
                && !is_verb(place, at)
        })
    {
        return Some(lead + 1..tokens.start - 1);
    }
    // "claims ranging from $200", "a grant worth up to $8 million"
    for back in 1..4 {
        let Some(at) = tokens.start.checked_sub(back) else { break };
        let is_participle = place.at(at).is_some_and(|t| {
            t.is_word()
                && !t.is_capital()
                && (t.span.len() > 5 || place.is(at, "doing"))
                && t.ends_with(place.content, "ing")
                && !t.is(Tags::PREPOSITION)
                // "capital spending of $5 million"
                && (!place.is(at + 1, "of") || place.is(at, "consisting"))
                // "to fund retraining for up to 300 workers"
                && !place.is(at + 1, "for")
        });
        // "the bike, priced from $3,299, has"
        let is_priced = at > 0
            && place.is_kind(at - 1, TokenKind::Comma)
            && place.at(at).is_some_and(|t| PRICED.hold(place.content, t));
        let is_worth = place.is(at, "worth") && !place.is(at.wrapping_sub(1), "net");
        if is_participle || is_priced || is_worth {
            let comma = usize::from(at > 0 && place.is_kind(at - 1, TokenKind::Comma));
            // ", injuring 50 of them": what the main clause is about does it.
            let is_deed = comma > 0
                && is_participle
                && !place.at(at).is_some_and(|t| STATES.hold(place.content, t));
            if is_deed && let Some(range) = clause_subject(place, at - 1) {
                return Some(range);
            }
            if let Some(range) = noun_before(place, at - comma)
                .filter(|range| at > comma && !is_expected(place, range.end - 1))
            {
                // "is due to sign a contract worth"
                return Some(if is_worth { last_of(place, range) } else { range });
            }
            break;
        }
        // "worth a combined £14m"
        let is_sum = place.is_any(at, &["a", "combined", "total", "reported"]);
        if !place.has(at, Tags::PREPOSITION | Tags::COMPARATOR) && !is_sum {
            break;
        }
    }
    // "a speed of 15 mph", "net profit of $3 million"
    if tokens.start >= 2
        && place.is(tokens.start - 1, "of")
        && let Some(range) = noun_before(place, tokens.start - 1)
    {
        if let Some(range) = reached(place, &range) {
            return Some(range);
        }
        // "the force is short of nearly 900 officers"
        if range.len() == 1
            && range.start > 0
            && (place.at(range.start - 1).is_some_and(|t| BE.hold(place.content, t))
                || is_hold(place, range.start))
            && let Some(range) = clause_subject(place, range.start)
        {
            return Some(range);
        }
        // ", outpacing inflation of 3 %"
        let is_deed = range.len() > 1 && is_adrift(place, &range);
        let range = range.start + usize::from(is_deed)..range.end;
        // "two-thirds of members on a turnout of 52 %": the turnout.
        return Some(last_of(place, range));
    }
    // "bringing the total bill to £1,833"
    if tokens.start > 2
        && place.is(tokens.start - 1, "to")
        && let Some(verb) = (tokens.start.saturating_sub(8)..tokens.start - 2)
            .rev()
            .find(|&at| place.at(at).is_some_and(|t| BRING.hold(place.content, t)))
        && let Some(range) = noun_after(place, verb + 1)
        // "brought the toll this year to 38"
        && (range.end..tokens.start - 1)
            .all(|at| place.at(at).is_some_and(|t| t.is_word()) && !is_verb(place, at))
    {
        return Some(range);
    }
    clause_subject(place, tokens.start)
        .filter(|range| range.end <= tokens.start)
        .or_else(|| fragment(place, tokens.start))
}

/// "took $64m in its opening weekend", "spent $12 million in New York": when or where, and not of what.
fn is_scene(place: &Place<'_>, range: &Range<usize>) -> bool {
    let is_time =
        || place.has(range.end - 1, Tags::TIME_UNIT) || place.is(range.end - 1, "weekend");
    place.has(range.start, Tags::DETERMINER) && is_time()
        || range.clone().all(|at| place.is_capital(at))
}

/// Between a thing and its quantity.
static HOLDS: Words<3> = Words::new(["for", "at", "with"]);

/// Verbs that lead a total to its amount.
static BRING: Words<8> =
    Words::new(["bring", "brings", "brought", "bringing", "take", "takes", "took", "taking"]);

/// Participles before a price.
static PRICED: Words<7> =
    Words::new(["priced", "valued", "funded", "bought", "sold", "estimated", "rated"]);

/// Participles that say what the noun before them is like.
static STATES: Words<16> = Words::new([
    "weighing",
    "measuring",
    "costing",
    "ranging",
    "numbering",
    "totalling",
    "totaling",
    "averaging",
    "containing",
    "holding",
    "covering",
    "including",
    "starting",
    "excluding",
    "valuing",
    "regarding",
]);

/// Before those who are counted and do something.
static SUBORDINATORS: Words<17> = Words::new([
    "say", "show", "shows", "showed", "found", "suggests", "as", "because", "while", "after",
    "when", "if", "where", "before", "said", "says", "that",
]);

/// Verbs that say what something amounts to: "put losses at $8 billion".
static PUT: Words<9> = Words::new([
    "put",
    "puts",
    "putting",
    "value",
    "valued",
    "values",
    "estimate",
    "estimates",
    "estimated",
]);

/// Classes that do not begin a noun behind a measure.
pub(super) const NO_NOUN: u64 = Tags::PREPOSITION
    | Tags::CONJUNCTION
    | Tags::AUXILIARY
    | Tags::RELATIVE
    | Tags::PRONOUN
    | Tags::MODAL
    | Tags::DETERMINER
    | Tags::PAST_VERB
    | Tags::VERB
    | Tags::NEGATION
    | Tags::CHANGE
    | Tags::MONTH
    | Tags::WEEKDAY
    | Tags::TIME
    | Tags::ADVERB;

/// Forms of "be" before what is said of the subject.
static BE: Words<6> = Words::new(["is", "are", "was", "were", "be", "been"]);
