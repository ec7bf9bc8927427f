//! Noun phrases that name somebody: the subject before a verb, the noun phrase behind a word.
//!
//! Found by form and context alone: capitals, titles, roles, articles, commas. Every walk is bounded.

use std::ops::Range;

use super::name_core::core_end;
pub use super::name_core::core_start;
pub use super::name_word::{
    is_abbreviation_dot, is_ending, is_function, is_sentence_start, is_verb,
};
use super::name_word::{
    is_between_subject_and_verb, is_link, is_nominal, is_object_pronoun, is_plain, is_suffix_dot,
    is_surname, is_time, of_them, token,
};
use crate::lexicon::Tags;
use crate::text::Text;
use crate::token::{Token, TokenKind, Words};

/// A noun phrase, as ranges of token indices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NounPhrase {
    /// The whole phrase with what is added between commas: "Her manager, Colin Frost".
    pub tokens: Range<u32>,
    /// The phrase without it: "Her manager".
    pub core: Range<u32>,
}

impl NounPhrase {
    fn plain(tokens: Range<u32>) -> Self {
        Self { core: tokens.clone(), tokens }
    }

    /// The token that a one-word phrase consists of.
    pub fn single<'a>(&self, text: &'a Text<'_>) -> Option<&'a Token> {
        if self.core.len() == 1 { text.tokens.get(self.core.start as usize) } else { None }
    }

    /// Whether it is a pronoun alone: "she", "who".
    pub fn is_pronoun(&self, text: &Text<'_>) -> bool {
        self.single(text).is_some_and(|token| token.is(Tags::PRONOUN) && is_function(token))
    }
}

/// The subject of the verb at `verb`: "Her manager, Colin Frost," before "denied". Auxiliaries and adverbs in front of the verb
/// are passed over; of a relative clause ("who said") it is the noun phrase that the clause belongs to. Looks back no
/// farther than `from`.
pub fn subject_before(text: &Text<'_>, from: u32, verb: u32) -> Option<NounPhrase> {
    let mut end = verb;
    for _ in 0..MOST_ADVERBS {
        let is_passed = end > from
            && token(text, end - 1).is_some_and(|word| is_between_subject_and_verb(text, word));
        if !is_passed && !is_floated(text, from, end) {
            break;
        }
        end -= 1;
    }
    let end = before_time(text, from, end);
    if end <= from {
        return None;
    }
    let last = token(text, end - 1)?;
    if last.is_word() && last.is(Tags::RELATIVE) && !last.is(Tags::FIRST_PERSON) {
        let mut end = end - 1;
        if text.is(last, "when") || text.is(last, "where") || end <= from {
            return None;
        }
        if token(text, end - 1)?.kind == TokenKind::Comma {
            end -= 1;
        }
        let mut start = core_start(text, from, end);
        if text.is(last, "which") {
            // What is no person stands right before it: "of the group Aire Claro, which".
            let link = (start..end).rev().find(|&at| {
                token(text, at).is_some_and(|word| is_link(text, word) && !text.is(word, "of"))
            });
            let of = (start..end)
                .rev()
                .find(|&at| token(text, at).is_some_and(|word| text.is(word, "of")));
            let is_person = token(text, start).is_some_and(|word| {
                word.is_capital() && !word.is(Tags::ORGANISATION | Tags::DETERMINER)
            });
            start = link.or(of.filter(|_| is_person)).map_or(start, |link| link + 1);
        }
        if text.is(last, "who") {
            // "the work of Omar Finn, who": a person, not a thing.
            let link =
                (start..end).find(|&at| token(text, at).is_some_and(|word| is_link(text, word)));
            let is_thing = link.is_some_and(|link| {
                !text
                    .tokens(start..link)
                    .iter()
                    .any(|word| word.is(Tags::ROLE) || word.is_capital() && !is_function(word))
            });
            let is_name = token(text, end - 1).is_some_and(Token::is_capital);
            start = link.filter(|_| is_thing && is_name).map_or(start, |link| link + 1);
            start += u32::from(start + 1 < end && is_deed(text, from, start));
        }
        return (start < end).then(|| NounPhrase::plain(start..end));
    }
    if last.is(Tags::PRONOUN) && !is_object_pronoun(text, last) {
        return Some(NounPhrase::plain(end - 1..end));
    }
    if matches!(last.kind, TokenKind::Comma | TokenKind::Dash) {
        return subject_with_apposition(text, from, end - 1);
    }
    let start = core_start(text, from, end);
    if start >= end {
        return None;
    }
    Some(NounPhrase::plain(holder(text, from, start).unwrap_or(start..end)))
}

/// Whether the word before `end` is "all", "both" or "each" of those before it: "Lund and Maier both".
pub fn is_floated(text: &Text<'_>, from: u32, end: u32) -> bool {
    end > from + 1
        && token(text, end - 1).is_some_and(|word| {
            word.is(Tags::DETERMINER) && text.is_any(word, &["all", "both", "each"])
        })
        && token(text, end - 2).is_some_and(|word| {
            word.is(Tags::PRONOUN) && !is_object_pronoun(text, word)
                || word.is(Tags::AUXILIARY)
                || word.is_word() && !is_function(word) && !is_verb(text, end - 2)
        })
}

/// "…, overruling residents who": what is done to them, unlike "leading scientists who".
fn is_deed(text: &Text<'_>, from: u32, at: u32) -> bool {
    let is_begun =
        at == from || token(text, at - 1).is_some_and(|mark| mark.kind == TokenKind::Comma);
    is_begun
        && token(text, at).is_some_and(|word| {
            word.ends_with(text.content, "ing")
                && (!word.is_capital() || at == from)
                && !text.is_any(
                    word,
                    &[
                        "leading",
                        "working",
                        "remaining",
                        "visiting",
                        "striking",
                        "protesting",
                        "ruling",
                        "serving",
                        "sitting",
                        "returning",
                        "retiring",
                        "living",
                        "missing",
                        "grieving",
                    ],
                )
        })
}

/// The noun phrase that a clause which ends in a noun phrase is of: "the fund" of "the fund that pays for the work", "families" of
/// "families who lost a house", "drivers" of "drivers crossing the bridge". The last noun phrase begins at `start`.
fn holder(text: &Text<'_>, from: u32, start: u32) -> Option<Range<u32>> {
    let is = |at: u32, tags: u64| token(text, at).is_some_and(|word| word.is(tags));
    let last = start.checked_sub(1).filter(|last| *last > from)?;
    // A verb without its object looks like a part of it.
    let is_relative = is(last, Tags::RELATIVE) && is(start, Tags::VERB | Tags::PAST_VERB);
    let verb = last - u32::from(last > from + 1 && is(last - 1, Tags::AUXILIARY));
    let end = if is_relative {
        last
    } else if is(last, Tags::VERB | Tags::PAST_VERB)
        && !is(last, Tags::REPORTING)
        && verb > from + 1
        && is(verb - 1, Tags::RELATIVE)
    {
        verb - 1
    } else if is_action(text, last) && (is(last - 1, ACTORS) || is_plural(text, last - 1)) {
        last
    } else {
        return None;
    };
    let end = end - u32::from(token(text, end.checked_sub(1)?)?.kind == TokenKind::Comma);
    if end <= from || is(end - 1, Tags::REPORTING) {
        return None;
    }
    let start = core_start(text, from, end);
    (start < end).then_some(start..end)
}

/// Who does something.
const ACTORS: u64 = Tags::AGENTIVE | Tags::ROLE | Tags::PUBLIC;

/// "drivers", and neither "drives" nor "this".
fn is_plural(text: &Text<'_>, at: u32) -> bool {
    token(text, at).is_some_and(|word| {
        word.span.len() > 4
            && word.ends_with(text.content, "s")
            && !word.ends_with(text.content, "ss")
            && !is_function(word)
            && !is_verb(text, at)
    })
}

/// "crossing", and neither "including" nor "King".
fn is_action(text: &Text<'_>, at: u32) -> bool {
    token(text, at).is_some_and(|word| {
        !word.is_capital()
            && !word.is(Tags::PREPOSITION | Tags::DETERMINER | Tags::PRONOUN)
            && word.span.len() > 4
            && word.ends_with(text.content, "ing")
    })
}

/// Words beside a time that belong to it.
static BESIDE_TIME: Words<8> =
    Words::new(["last", "this", "late", "early", "earlier", "later", "next", "the"]);

/// Passes back over "on Thursday", "last week" and "in March 2020" in front of a verb.
fn before_time(text: &Text<'_>, from: u32, end: u32) -> u32 {
    let mut at = end;
    let mut has_time = false;
    while at > from
        && end - at < LONGEST_TIME
        && let Some(word) = token(text, at - 1)
    {
        // "in May", but "Theresa May"
        let is_month = || {
            word.is(Tags::MONTH)
                && word.is_capital()
                && at > from + 1
                && token(text, at - 2)
                    .is_some_and(|lead| text.is_any(lead, &["in", "since", "last"]))
        };
        let is_named =
            (word.is(Tags::TIME_UNIT) || is_time(word) || is_month()) && !is_surname(text, at - 1);
        let is_part = is_named
            || word.kind == TokenKind::Number
            || word.is_word() && BESIDE_TIME.hold(text.content, word);
        let ends = has_time && text.is_any(word, &["on", "in", "at", "by", "during", "since"]);
        if !is_part && !ends {
            break;
        }
        has_time |= is_named;
        at -= 1;
        if ends {
            break;
        }
    }
    if has_time && at > from { at } else { end }
}

/// The noun phrase that begins at `from`: "a spokesman for Orrin Steel", "its chief economist, Jonas Pelikan". Ends before
/// `end`, a verb, a clause or a time.
pub fn noun_phrase(text: &Text<'_>, from: u32, end: u32) -> Option<NounPhrase> {
    let first = token(text, from).filter(|_| from < end)?;
    if first.is(Tags::PRONOUN) {
        return Some(NounPhrase::plain(from..from + 1));
    }
    let stop = core_end(text, from, end);
    if stop == from {
        return None;
    }
    let core = from..stop;
    let is_name = token(text, stop - 1).is_some_and(Token::is_capital);
    let added = (!is_name && token(text, stop).is_some_and(|mark| mark.kind == TokenKind::Comma))
        .then(|| name_end(text, stop + 1, end))
        .flatten();
    Some(NounPhrase { tokens: from..added.unwrap_or(stop), core })
}

/// The end of a name that begins at `from`, maybe behind what its bearer is ("hotelier Greta Lund"), and is set off by a comma or the
/// end of its clause.
fn name_end(text: &Text<'_>, from: u32, end: u32) -> Option<u32> {
    let is_role = |at: u32| {
        token(text, at).is_some_and(|word| {
            word.is_word() && !word.is_capital() && is_plain(text, word) && !is_verb(text, at)
        })
    };
    let name = (from..end.min(from + 3)).find(|&at| !is_role(at))?;
    if !token(text, name).filter(|_| name < end)?.is_capital()
        || name > from && !token(text, name + 1).is_some_and(Token::is_capital)
    {
        return None;
    }
    let stop = core_end(text, from, end);
    let is_set_off = stop >= end
        || token(text, stop).is_some_and(|mark| {
            matches!(mark.kind, TokenKind::Comma | TokenKind::Dot | TokenKind::Colon)
                || mark.is(Tags::RELATIVE)
        });
    (stop > from && is_set_off && token(text, stop - 1)?.is_capital()).then_some(stop)
}

/// The subject before the comma at `comma`, which closes what is added to it: ", 52, a signalman," or ", who farms".
fn subject_with_apposition(text: &Text<'_>, from: u32, comma: u32) -> Option<NounPhrase> {
    let farthest = from.max(comma.saturating_sub(FARTHEST_COMMA));
    let mut at = comma;
    let mut found = None;
    while at > farthest {
        at -= 1;
        let mark = token(text, at)?;
        match mark.kind {
            TokenKind::Comma | TokenKind::Dash if at > from => {
                // "ten villages, or one in four, are cut off, and warned": not of the villages.
                if token(text, at + 1).is_some_and(|next| {
                    next.is(Tags::AUXILIARY | Tags::MODAL) && !next.is_capital()
                }) {
                    break;
                }
                if found.is_some() && is_lead(text, from, at) {
                    break;
                }
                let them = of_them(text, from, at);
                let start = them.unwrap_or_else(|| core_start(text, from, at));
                if start < at && (them.is_some() || is_nominal(text, start..at)) {
                    found = Some(start..at);
                    // An age or a place may stand between the name and this comma.
                    let before = token(text, at - 1)?;
                    let is_added = before.kind == TokenKind::Number
                        || token(text, start).is_some_and(|word| word.is(Tags::PREPOSITION));
                    if !is_added && start > from && token(text, start - 1)?.kind != TokenKind::Comma
                    {
                        break;
                    }
                    if !is_added && start == from {
                        break;
                    }
                    if before.is_capital() || is_suffix_dot(text, at - 1) {
                        break;
                    }
                }
            }
            TokenKind::DoubleQuote
            | TokenKind::OpenQuote
            | TokenKind::CloseQuote
            | TokenKind::Semicolon => break,
            _ => {}
        }
    }
    let core = found?;
    Some(NounPhrase { tokens: core.start..comma, core })
}

/// "In a letter seen by the paper,": what stands before the subject, from the head of its sentence to the comma at `comma`.
fn is_lead(text: &Text<'_>, from: u32, comma: u32) -> bool {
    token(text, from).is_some_and(|word| word.is(Tags::PREPOSITION))
        && !text.tokens(from..comma).iter().any(|mark| mark.kind == TokenKind::Comma)
}

/// Tokens of a time between a subject and its verb.
const LONGEST_TIME: u32 = 6;
/// Words between a subject and its verb.
const MOST_ADVERBS: u32 = 6;
/// Tokens of what is added between commas.
const FARTHEST_COMMA: u32 = 40;

#[cfg(test)]
mod tests {
    use super::{noun_phrase, subject_before};
    use crate::lexicon::Lexicon;
    use crate::text::Text;

    fn subject(content: &str, verb: &str) -> String {
        let text = Text::read(Lexicon::english(), content);
        let at = text.tokens.iter().position(|token| text.word(token) == verb).unwrap_or_default()
            as u32;
        let Some(found) = subject_before(&text, 0, at) else { return "-".to_owned() };
        let span = text.tokens[found.tokens.start as usize]
            .span
            .join(text.tokens[found.tokens.end as usize - 1].span);
        text.of(span).to_owned()
    }

    #[test]
    fn subjects() {
        for (content, verb, wanted) in [
            ("Her manager, Colin Frost, denied it.", "denied", "Her manager, Colin Frost"),
            (
                "Hugo Vance, 52, a signalman at the station, recalls it.",
                "recalls",
                "Hugo Vance, 52, a signalman at the station",
            ),
            (
                "A person familiar with the talks said so.",
                "said",
                "A person familiar with the talks",
            ),
            ("In a statement, Corvid Airways said it had.", "said", "Corvid Airways"),
            (
                "In a note sent to the Mail, the port director, Ola Lie, said it had.",
                "said",
                "the port director, Ola Lie",
            ),
            (
                "The price fell and Sen. J. R. Smith has repeatedly said so.",
                "said",
                "Sen. J. R. Smith",
            ),
            (
                "On Tuesday the head of the bank in Lund warned us.",
                "warned",
                "the head of the bank in Lund",
            ),
            ("A spokesman for Orrin Steel said so.", "said", "A spokesman for Orrin Steel"),
            ("It was Ann Lee who said so.", "said", "Ann Lee"),
            ("Retired teacher Noor Sabahi said so.", "said", "Retired teacher Noor Sabahi"),
            ("Two officials said so.", "said", "Two officials"),
            ("When the rain stopped, he did not say so.", "say", "he"),
        ] {
            assert_eq!(subject(content, verb), wanted, "{content}");
        }
    }

    #[test]
    fn phrases_behind_a_verb() {
        for (content, wanted) in [
            ("said Maren Holt, who farms 300 hectares", "Maren Holt"),
            (
                "wrote its chief economist, Jonas Pelikan, who had",
                "its chief economist, Jonas Pelikan",
            ),
            ("said a spokesman for Orrin Steel.", "a spokesman for Orrin Steel"),
            ("claims Labour Secretary Ivo Marsh.", "Labour Secretary Ivo Marsh"),
            ("said Mr. Lee in a statement on Monday", "Mr. Lee"),
            ("told reporters on Tuesday that", "reporters"),
        ] {
            let text = Text::read(Lexicon::english(), content);
            let found = noun_phrase(&text, 1, text.tokens.len() as u32);
            let span = found.map(|found| {
                text.tokens[found.tokens.start as usize]
                    .span
                    .join(text.tokens[found.tokens.end as usize - 1].span)
            });
            assert_eq!(span.map(|span| text.of(span)), Some(wanted), "{content}");
        }
    }
}
