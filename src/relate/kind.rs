//! What kind of organisation a name says it is, and what others call it by: "the union", "the company".

use std::ops::Range;

use crate::lexicon::Tags;
use crate::text::Text;
use crate::token::{Token, Words};

/// Whether the name says that its bearer is of the kind that `noun` names: "the union" is the union that was named last.
pub(super) fn is_named(text: &Text<'_>, noun: &Token, name: &Range<u32>) -> bool {
    kind_in(text, name).is_some_and(|kind| text.word(kind).eq_ignore_ascii_case(text.word(noun)))
        && !is_of_states(text, name)
}

/// Whether "the company", or the union that is known by its letters, may stand for the bearer: if its name says no other kind.
pub(super) fn may_be(text: &Text<'_>, noun: &Token, name: &Range<u32>) -> bool {
    let is_public = |word: &Token| PUBLIC_BODIES.hold(text.content, word);
    let of = |back: u32| name.start.checked_sub(back);
    // "the state of Saxony"
    let is_state = || {
        of(1).and_then(|at| text.tokens.get(at as usize)).is_some_and(|word| {
            text.is(word, "of")
                && of(2).is_some_and(|at| text.tokens(at..at + 1).iter().any(is_public))
        })
    };
    // A union whose name doesn't say so is known by one word or its letters ("Unite", "GMB"): "Corvane Foods" is none.
    let is_union = || text.is(noun, "union") && name.len() > 1;
    COMPANIES.hold(text.content, noun)
        && !is_union()
        && !text.tokens(name.clone()).iter().any(is_public)
        && !kind_in(text, name).is_some_and(|word| OTHER_KINDS.hold(text.content, word))
        && !is_state()
}

/// The head of a name, which says its kind: "Union" of "National Union of Rail Workers".
fn kind_in<'t>(text: &'t Text<'_>, name: &Range<u32>) -> Option<&'t Token> {
    let name = text.tokens(name.clone());
    let end = name.iter().position(|word| word.is(Tags::PREPOSITION)).unwrap_or(name.len());
    name.get(..end)?.last()
}

/// "European Union", "Soviet Union": a union by name alone.
fn is_of_states(text: &Text<'_>, name: &Range<u32>) -> bool {
    let [first, last] = text.tokens(name.clone()) else { return false };
    text.is(last, "union") && text.is_any(first, &["european", "soviet", "african"])
}

/// Kinds of organisation that the one spoken of last may be called by.
static COMPANIES: Words<20> = Words::new([
    "company",
    "firm",
    "group",
    "airline",
    "carrier",
    "maker",
    "carmaker",
    "automaker",
    "manufacturer",
    "lender",
    "insurer",
    "retailer",
    "operator",
    "supplier",
    "utility",
    "publisher",
    "broadcaster",
    "union",
    "bank",
    "agency",
]);
/// Kinds that are none of these, by the word in their names.
static PUBLIC_BODIES: Words<27> = Words::new([
    "department",
    "ministry",
    "government",
    "administration",
    "commission",
    "committee",
    "council",
    "court",
    "tribunal",
    "parliament",
    "senate",
    "congress",
    "assembly",
    "house",
    "party",
    "police",
    "army",
    "navy",
    "university",
    "college",
    "school",
    "state",
    "county",
    "city",
    "bureau",
    "authority",
    "inspectorate",
]);
/// Kinds that no company is, by the head of their names: "Union Pacific" is one.
static OTHER_KINDS: Words<12> = Words::new([
    "union",
    "unions",
    "federation",
    "association",
    "society",
    "institute",
    "foundation",
    "charity",
    "hospital",
    "league",
    "museum",
    "church",
]);
