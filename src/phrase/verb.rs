//! Which words are verbs for sure.

use crate::lexicon::{Form, Tags};
use crate::token::{Token, TokenKind, Words};

use super::place::Place;

/// Whether the token is a verb for sure: an auxiliary, modal, or a listed form.
pub fn is_verb(place: &Place<'_>, at: usize) -> bool {
    let Some(token) = place.at(at).filter(|token| token.is_word()) else { return false };
    if token.is(Tags::AUXILIARY | Tags::MODAL) {
        return true;
    }
    if token.is_joined() && is_tied(place, at) {
        return false;
    }
    if token.is(Tags::PAST_VERB | Tags::VERB) && !is_noun_of(place, at, token) && !is_pay(place, at)
    {
        if is_left(place, at) {
            return false;
        }
        // "the found items": a participle behind a determiner; "an order that brings" goes on.
        return at == 0
            || !place.has(at - 1, Tags::DETERMINER)
            || place.has(at - 1, Tags::RELATIVE);
    }
    if token.is(Tags::CHANGE)
        && let Some(change) = place.lexicon.measures.changes.of(token)
        && let Some(form) = change.verb
        && !change.is_noun
    {
        // "a 15-year contract": more often no verb, unless something leads to one.
        let is_led = form != Form::Base
            || change.takes_object
            || at > 0
                && (place.has(at - 1, Tags::MODAL | Tags::PRONOUN | Tags::ADVERB | Tags::NEGATION)
                    || place.is(at - 1, "to")
                    || place
                        .at(at - 1)
                        .is_some_and(|t| place.lexicon.nouns.is_plural(place.content, t)));
        // "a third of small firms": the companies, unless a price firms to something.
        if place.is(at, "firms") && !place.is_any(at + 1, &["to", "by", "against", "from"]) {
            return false;
        }
        // "an average speed of"
        if form == Form::Base && place.is(at + 1, "of") {
            return false;
        }
        // "the number of crashes"
        let is_of = form == Form::Third
            && at > 0
            && place.has(at - 1, Tags::PREPOSITION)
            && !place.is(at - 1, "to");
        return is_led && !is_of;
    }
    if at == 0 || token.is_capital() {
        return false;
    }
    // "those who slept", "it travels"
    if place.at(at - 1).is_some_and(|t| DOERS.hold(place.content, t))
        && (!token.is(NO_VERB) || place.is(at, "'s") || place.is(at, "’s"))
    {
        return true;
    }
    // "costs about", "prices range from": a verb that may be a noun, by what follows.
    let goes_on =
        place.at(at + 1).is_some_and(|next| next.kind == TokenKind::Number || next.is(BEHIND_LINK))
            && (!place.has(at - 1, Tags::DETERMINER | Tags::PREPOSITION)
                || place.has(at - 1, Tags::RELATIVE))
            && !is_before_multiple(place, at);
    let takes_number = goes_on
        && LINKS_NUMBER.hold(place.content, token)
        && place.at(at + 1).is_some_and(|next| {
            // "in" also begins "in excess of".
            let is_amount = next.kind == TokenKind::Number
                || next.is(Tags::NUMBER | Tags::SCALE | Tags::CURRENCY | Tags::DETERMINER)
                || next.is(Tags::COMPARATOR) && !BEHIND_NOUN.hold(place.content, next);
            // "ranges from 3", but "lists in England"
            is_amount
                || next.is(Tags::PREPOSITION)
                    && (!BEHIND_NOUN.hold(place.content, next)
                        || GOES_TO.hold(place.content, token) && !place.is(at + 1, "of"))
        });
    if takes_number {
        return true;
    }
    // "vines cover 6,300 hectares"
    if place.is(at, "cover")
        && place.at(at + 1).is_some_and(|t| t.kind == TokenKind::Number || t.is(Tags::NUMBER))
        && place.at(at - 1).is_some_and(|t| place.lexicon.nouns.is_plural(place.content, t))
    {
        return true;
    }
    // "solar panels now number 1.6m"
    if place.is(at, "number")
        && place.is_kind(at + 1, TokenKind::Number)
        && (place.has(at - 1, Tags::ADVERB) || place.is(at - 1, "now"))
    {
        return true;
    }
    if LEADS.hold(place.content, token) && leads_clause(place, at, token) {
        return true;
    }
    // "has forced LIN's hand", "has been sending"
    if place.has(at - 1, Tags::AUXILIARY)
        && token.span.len() > 4
        && (token.ends_with(place.content, "ed") || token.ends_with(place.content, "ing"))
    {
        return true;
    }
    // "The charity helps 1,400"
    if (2..4).contains(&at)
        && token.ends_with(place.content, "s")
        && token.span.len() > 4
        && place.at(at + 1).is_some_and(|t| t.kind == TokenKind::Number || t.is(Tags::NUMBER))
        && place.has(0, Tags::DETERMINER)
        && place.at(at - 1).is_some_and(|t| {
            // "found planets nine light-years away"
            t.is_word()
                && !t.is(NO_VERB | Tags::PAST_VERB | Tags::VERB)
                && !t.ends_with(place.content, "ed")
                && !place.lexicon.nouns.is_plural(place.content, t)
        })
    {
        return true;
    }
    // "Soldiers fired tear gas"
    if (1..4).contains(&at)
        && token.span.len() > 4
        && token.ends_with(place.content, "ed")
        && place.at(at - 1).is_some_and(|t| place.lexicon.nouns.is_plural(place.content, t))
        && place.at(at + 1).is_some_and(|t| t.is_word() && !t.is(Tags::AUXILIARY | Tags::MODAL))
    {
        return true;
    }
    // "announced", "posted": a past behind a noun that no determiner opens.
    token.span.len() > 4
        && token.ends_with(place.content, "ed")
        && !place.is(at, "speed")
        && !place.is(at, "breed")
        && place.at(at - 1).is_some_and(|before| {
            // "Dow Jones Co. extended its offer", "the dead in Nairobi, Kenya, numbered 213"
            before.is_word() && !before.is(Tags::DETERMINER | Tags::PREPOSITION)
                || before.kind == TokenKind::Dot
                || before.kind == TokenKind::Comma && place.is_kind(at + 1, TokenKind::Number)
        })
        && place.at(at + 1).is_some_and(|next| {
            !next.is_word()
                || next.kind == TokenKind::Number
                // "awarded Ms Cole"
                || next.is_capital()
                || next.is(Tags::DETERMINER
                    | Tags::PREPOSITION
                    | Tags::NUMBER
                    | Tags::PRONOUN
                    | Tags::ADVERB
                    | Tags::COMPARATOR)
        })
}

/// "with five games left,": a participle behind what is left.
fn is_left(place: &Place<'_>, at: usize) -> bool {
    at > 1
        && place.is(at, "left")
        && place.at(at + 1).is_none_or(|next| {
            !next.is_word() && next.kind != TokenKind::Number
                || next.is(Tags::AND)
                || place.is(at + 1, "in")
        })
        && place.has(at - 2, Tags::NUMBER) | place.is_kind(at - 2, TokenKind::Number)
}

/// "interest costs more than doubled": no verb before the verb.
fn is_before_multiple(place: &Place<'_>, at: usize) -> bool {
    place.has(at + 1, Tags::COMPARATOR)
        && (at + 2..at + 4).any(|at| {
            place.at(at).is_some_and(|t| t.is(Tags::MULTIPLE) && t.ends_with(place.content, "ed"))
        })
}

/// "accounts show turnover fell", "the ministry assumes growth of", "deaths account for": a verb that may be a noun, by its subject.
fn leads_clause(place: &Place<'_>, at: usize, token: &Token) -> bool {
    let Some(before) = place.at(at - 1).filter(|t| !t.is(Tags::DETERMINER | Tags::PREPOSITION))
    else {
        return false;
    };
    let is_third = token.ends_with(place.content, "s");
    let is_of_several = || {
        before.is(Tags::WEEKDAY | Tags::MONTH | Tags::TIME)
            || before.kind == TokenKind::Number
            || place.lexicon.nouns.is_plural(place.content, before)
    };
    let next = place.at(at + 1);
    if place.is(at + 1, "for") {
        return (place.is(at, "account") || place.is(at, "accounts"))
            && (is_third || is_of_several());
    }
    !token.ends_with(place.content, "account")
        && !place.is(at, "accounts")
        && (if is_third { before.is_word() } else { is_of_several() })
        && next.is_some_and(|t| {
            t.is_word() && !t.is(Tags::PREPOSITION | Tags::AUXILIARY | Tags::MODAL | Tags::AND)
        })
}

/// Verbs that are nouns as well, and lead a clause or a share.
static LEADS: Words<10> = Words::new([
    "show", "shows", "assume", "assumes", "foresee", "foresees", "projects", "predicts", "account",
    "accounts",
]);

/// "value-added", "oil-led": tied to a word before that is no prefix, as "re-opened" is.
fn is_tied(place: &Place<'_>, at: usize) -> bool {
    at > 1
        && place.is_kind(at - 1, TokenKind::Hyphen)
        && place.is_joined(at - 1)
        && place.at(at - 2).is_some_and(|t| t.is_word() && t.span.len() > 3)
}

/// "starting pay will go up": a verb by its letters, before the verb of its clause.
fn is_noun_of(place: &Place<'_>, at: usize, token: &Token) -> bool {
    // "a 0.25-point cut would save"
    if token.is(Tags::AUXILIARY)
        || token.is(Tags::PAST_VERB) && !(place.is(at, "cut") && place.has(at + 1, Tags::MODAL))
    {
        return false;
    }
    let Some(next) = place.at(at + 1).filter(|next| next.is(BEHIND_NAMED)) else { return false };
    // "the average stay was", "the grain deal let"
    let is_named = || {
        at > 1
            && next.is(Tags::AUXILIARY | Tags::PAST_VERB)
            && place.has(at - 2, Tags::DETERMINER)
            && !place.has(at - 1, Tags::PRONOUN | Tags::ROLE)
    };
    // "average pay of £31,000"
    let is_of = || {
        place.is(at + 1, "of") && NOUNS.hold(place.content, token)
            || place.is(at + 1, "for") && place.is(at, "support")
    };
    (next.is(Tags::MODAL) || is_named() || is_of())
        && !(at > 0 && place.has(at - 1, Tags::RELATIVE))
}

/// "raised pay by 5 %", "unless pay rises": what is paid, which changes.
pub fn is_pay(place: &Place<'_>, at: usize) -> bool {
    place.is(at, "pay")
        && (at == 0
            || !place.has(at - 1, Tags::MODAL | Tags::PRONOUN | Tags::AUXILIARY)
                && !place.is(at - 1, "to"))
        && (place.has(at + 1, Tags::CHANGE)
            || at > 0
                && (place.has(at - 1, Tags::CHANGE)
                    || place.has(at - 1, Tags::DETERMINER) && place.is(at + 1, "of")))
}

/// Classes of words behind which a verb's form may be a noun.
const BEHIND_NAMED: u64 = Tags::MODAL | Tags::AUXILIARY | Tags::PAST_VERB | Tags::PREPOSITION;

/// Verbs that are nouns before "of".
static NOUNS: Words<12> = Words::new([
    "pay", "need", "run", "lead", "stay", "deal", "hold", "break", "drive", "draw", "support",
    "win",
]);

/// Classes of what a verb that may be a noun goes on with.
const BEHIND_LINK: u64 = Tags::NUMBER
    | Tags::SCALE
    | Tags::CURRENCY
    | Tags::DETERMINER
    | Tags::COMPARATOR
    | Tags::PREPOSITION;

/// Before a verb.
static DOERS: Words<6> = Words::new(["who", "it", "he", "she", "they", "which"]);

/// Classes that are no verb behind a pronoun.
const NO_VERB: u64 = Tags::PREPOSITION
    | Tags::CONJUNCTION
    | Tags::DETERMINER
    | Tags::ADVERB
    | Tags::PRONOUN
    | Tags::NEGATION
    | Tags::NUMBER
    | Tags::TIME
    | Tags::RELATIVE;

/// Prepositions that stand behind a noun more often than behind a verb of quantity.
static BEHIND_NOUN: Words<6> = Words::new(["in", "of", "for", "on", "with", "by"]);

/// Of the verbs that take a quantity, those that take it behind any preposition.
static GOES_TO: Words<21> = Words::new([
    "rents",
    "sells",
    "retails",
    "range",
    "ranges",
    "extend",
    "extends",
    "stretch",
    "stretches",
    "stands",
    "trades",
    "peaks",
    "runs",
    "amounts",
    "averages",
    "weighs",
    "reach",
    "reaches",
    "cost",
    "measures",
    "holds",
]);

/// Verbs that take a quantity and are nouns as well.
static LINKS_NUMBER: Words<99> = Words::new([
    "kills",
    "kill",
    "feeds",
    "hosts",
    "commits",
    "pledges",
    "invests",
    "donates",
    "raises",
    "wait",
    "rents",
    "sells",
    "retails",
    "owes",
    "faces",
    "needs",
    "gets",
    "seeks",
    "loses",
    "wins",
    "receives",
    "pays",
    "saves",
    "makes",
    "collects",
    "start",
    "starts",
    "stores",
    "packs",
    "draws",
    "fetches",
    "generates",
    "attracts",
    "spends",
    "lasts",
    "consumes",
    "emits",
    "handles",
    "delivers",
    "cost",
    "costs",
    "range",
    "ranges",
    "measure",
    "measures",
    "weigh",
    "weighs",
    "total",
    "totals",
    "average",
    "averages",
    "reach",
    "reaches",
    "charge",
    "charges",
    "offer",
    "offers",
    "own",
    "owns",
    "extend",
    "extends",
    "stretch",
    "stretches",
    "shoots",
    "employs",
    "holds",
    "stands",
    "covers",
    "spans",
    "houses",
    "seats",
    "trades",
    "yields",
    "pumps",
    "earns",
    "hits",
    "peaks",
    "runs",
    "plans",
    "claims",
    "estimates",
    "uses",
    "boasts",
    "supports",
    "counts",
    "lists",
    "amounts",
    "equals",
    "exceeds",
    "represents",
    "manages",
    "oversees",
    "operates",
    "controls",
    "serves",
    "treats",
    "spend",
    "earn",
    "owe",
]);
