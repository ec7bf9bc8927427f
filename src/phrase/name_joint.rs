//! Names that hold an "and": "Ministry of Health and Social Care", "Marks and Spencer".

use super::name::{is_function, is_sentence_start};
use super::name_run::is_small;
use crate::lexicon::Tags;
use crate::text::Text;
use crate::token::{Token, TokenKind, Words, flags};

/// Whether the "and" at `link` stands inside the name that begins at `at`.
#[inline(never)]
pub(super) fn is_joined(text: &Text<'_>, at: u32, link: u32, tags: u64) -> bool {
    let word = |at: u32| text.tokens.get(at as usize);
    let is_name = |word: &Token| word.is_capital() && !is_function(word) && !word.has(flags::LINE);
    if !word(link + 1).is_some_and(is_name) {
        return false;
    }
    let is_field = |at: u32| is_field(text, at);
    let ends_office = |at: u32| word(at).is_some_and(|word| word.is(Tags::ROLE | Tags::TITLE));
    let is_kind =
        |at: u32| word(at).is_some_and(|word| word.is(Tags::ORGANISATION) && word.is_capital());
    let ends_in_kind = || (link + 2..link + 5).any(is_kind);
    // "Ministry of Health and Social Care", "Food and Drug Administration".
    if is_field(link - 1) && is_field(link + 1) && !ends_office(link + 2) {
        return tags & Tags::ORGANISATION != 0 || ends_in_kind();
    }
    // "the Maritime and Port Authority": one article, one body.
    let is_shared = || {
        let is_other = |word: &Token| word.is(Tags::ORGANISATION) || word.has(flags::UPPER);
        link <= at + 2
            && at > 0
            && word(at - 1).is_some_and(|the| text.is(the, "the"))
            && !text.tokens(at..link).iter().any(is_other)
            && ends_in_kind()
    };
    let is_pair = || {
        PAIRS.iter().any(|(first, second)| {
            word(link - 1).is_some_and(|word| text.is(word, first))
                && word(link + 1).is_some_and(|word| text.is(word, second))
        })
    };
    // "Marks and Spencer has": what is joined is one.
    let is_one = || {
        link == at + 1
            && is_sentence_start(text, at)
            && word(link + 2)
                .is_some_and(|verb| text.is_any(verb, &["has", "is", "was"]) && !verb.is_capital())
    };
    is_pair() || is_shared() || is_one()
}

fn is_field(text: &Text<'_>, at: u32) -> bool {
    let word = text.tokens.get(at as usize);
    word.is_some_and(|word| word.is_capital() && FIELDS.hold(text.content, word))
}

/// Whether the comma stands in a list of fields: "Department for Business, Energy and Trade".
#[inline(never)]
pub(super) fn is_field_list(text: &Text<'_>, comma: u32) -> bool {
    let goes_on = |word: &Token| word.kind == TokenKind::Comma || is_small(text, word, "and");
    comma > 0
        && is_field(text, comma - 1)
        && is_field(text, comma + 1)
        && text.tokens.get(comma as usize + 2).is_some_and(goes_on)
}

/// What offices are for: parts of their names that "and" joins.
static FIELDS: Words<91> = Words::new([
    "work",
    "pensions",
    "skills",
    "sport",
    "sports",
    "culture",
    "media",
    "trade",
    "industry",
    "industrial",
    "energy",
    "environment",
    "technology",
    "innovation",
    "tourism",
    "labour",
    "labor",
    "employment",
    "families",
    "family",
    "youth",
    "children",
    "women",
    "education",
    "science",
    "research",
    "development",
    "immigration",
    "border",
    "borders",
    "security",
    "defence",
    "defense",
    "prevention",
    "control",
    "human",
    "social",
    "welfare",
    "health",
    "care",
    "safety",
    "standards",
    "medicine",
    "engineering",
    "arts",
    "sciences",
    "commerce",
    "food",
    "drug",
    "rural",
    "regional",
    "local",
    "communities",
    "housing",
    "urban",
    "fisheries",
    "forestry",
    "agriculture",
    "infrastructure",
    "transport",
    "transportation",
    "communications",
    "justice",
    "equality",
    "revenue",
    "customs",
    "excise",
    "alcohol",
    "tobacco",
    "firearms",
    "explosives",
    "statistics",
    "budget",
    "naturalization",
    "conservation",
    "climate",
    "oceanic",
    "atmospheric",
    "planning",
    "securities",
    "savings",
    "loan",
    "business",
    "finance",
    "water",
    "fire",
    "rescue",
    "parks",
    "wildlife",
    "aviation",
    "resources",
]);
/// Names of two that are one wherever they stand.
const PAIRS: &[(&str, &str)] = &[
    ("marks", "spencer"),
    ("procter", "gamble"),
    ("johnson", "johnson"),
    ("ernst", "young"),
    ("barnes", "noble"),
    ("abercrombie", "fitch"),
    ("smith", "wesson"),
    ("black", "decker"),
    ("bang", "olufsen"),
    ("standard", "poor"),
    ("trinidad", "tobago"),
    ("bosnia", "herzegovina"),
    ("antigua", "barbuda"),
    ("turks", "caicos"),
    ("tyne", "wear"),
    ("newfoundland", "labrador"),
    ("hammersmith", "fulham"),
    ("kensington", "chelsea"),
];
