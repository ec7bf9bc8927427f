//! Who is who: the names of a document, what each bearer is, and which name a mention stands for.
//!
//! No gazetteer: a name is what is written like one, and people are told from organisations by their titles, roles and kinds.

use std::ops::Range;

use super::called::Index;
use super::kind;
use crate::lexicon::{Gender, Lexicon, Tags};
use crate::phrase::name::{NounPhrase, is_ending, is_function, is_verb};
use crate::phrase::name_list::is_list;
use crate::phrase::name_run::{Roles, Run, is_post_nominal, name_runs};
use crate::span::Span;
use crate::text::Text;
use crate::token::{Token, TokenKind, Words};

/// The names of a document.
#[derive(Debug, Default)]
pub struct People {
    bearers: Vec<Bearer>,
    /// Every place where a name stands, in text order.
    mentions: Vec<Mention>,
    /// The words of all names where they stand, see [`Run::word_keys`].
    keys: Vec<u64>,
    /// A bit for each word that says what some bearer is: most words of a role say it of nobody.
    roles: u64,
    tables: Tables,
}

/// What the bearers are told apart with.
#[derive(Debug, Default)]
struct Tables {
    runs: Vec<Run>,
    /// Of each run.
    names: Vec<Name>,
    index: Index,
}

/// Somebody with a name.
#[derive(Clone, Debug)]
pub struct Bearer {
    /// The fullest form of the name, without title.
    pub name: Span,
    /// What the document says that they are: "President of the Russian Federation".
    pub role: Option<Span>,
    /// Whether it is an organisation; of a name alone nobody knows.
    pub kind: BearerKind,
    /// As told by a title, a given name or a role.
    pub gender: Option<Gender>,
    /// The lexicon's numbers of the words for what they are.
    roles: Roles,
    /// The words of its name, in [`People::keys`].
    keys: Range<u32>,
    words: usize,
}

/// What bears a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BearerKind {
    /// "he", "she".
    Person,
    /// "it", "they".
    Organisation,
    /// A single name without a sign.
    Unknown,
}

#[derive(Clone, Debug)]
struct Mention {
    tokens: Range<u32>,
    bearer: u32,
}

/// A name where it stands, while the bearers are told apart.
#[derive(Debug)]
struct Name {
    /// Its words, in [`People::keys`].
    keys: Range<u32>,
    words: usize,
    bearer: Option<u32>,
}

impl People {
    /// Collects the names of a text, in the place of those that were known.
    pub fn read(&mut self, lexicon: &Lexicon, text: &Text<'_>) {
        let Tables { mut runs, mut names, mut index } = std::mem::take(&mut self.tables);
        self.bearers.clear();
        self.mentions.clear();
        self.keys.clear();
        self.roles = 0;
        runs.clear();
        names.clear();
        name_runs(lexicon, text, &mut runs);
        self.mentions.reserve(runs.len());
        self.keys.reserve(runs.len() * 2);
        names.reserve(runs.len());
        for run in &runs {
            let first = self.keys.len() as u32;
            let words = run.word_keys(text, &mut self.keys);
            let keys = first..self.keys.len() as u32;
            names.push(Name { keys, words, bearer: None });
        }
        index.clear(self.keys.len());
        // Names of several words first: a single word may stand for one that is only written out later.
        for (run, name) in runs.iter().zip(&mut names).filter(|(_, name)| name.words > 1) {
            name.bearer = Some(self.full(text, run, name, &mut index));
        }
        for (run, name) in runs.iter().zip(&names) {
            let bearer = name.bearer.or_else(|| self.short(text, run, name, &mut index));
            let Some(bearer) = bearer else { continue };
            self.learn(text, bearer, run);
            self.mentions.push(Mention { tokens: run.name.clone(), bearer });
        }
        self.tables = Tables { runs, names, index };
    }

    /// The fullest form of the name of whom the noun phrase in `span` stands for: by the name in it or by its role ("the
    /// company"). `None` for pronouns and for those who have no name.
    pub fn name_of(&self, lexicon: &Lexicon, text: &Text<'_>, span: Span) -> Option<Span> {
        let tokens = text.token_at(span.begin)..text.token_at(span.end.saturating_sub(1)) + 1;
        let is_comma = |at: &u32| {
            text.tokens.get(*at as usize).is_some_and(|token| token.kind == TokenKind::Comma)
        };
        let comma = tokens.clone().find(is_comma).filter(|_| !is_list(text, &tokens));
        let core = tokens.start..comma.unwrap_or(tokens.end);
        let bearer = self.of_phrase(lexicon, text, &NounPhrase { tokens, core })?;
        Some(self.bearer(bearer)?.name)
    }

    /// Whether it is a bearer's fullest name.
    pub fn has_name(&self, name: Span) -> bool {
        self.named(name).is_some()
    }

    /// The bearer whose fullest name it is.
    pub fn named(&self, name: Span) -> Option<&Bearer> {
        self.bearers.iter().find(|bearer| bearer.name == name)
    }

    /// The bearer of that number.
    pub fn bearer(&self, number: u32) -> Option<&Bearer> {
        self.bearers.get(number as usize)
    }

    /// The bearer that a noun phrase stands for: by the name in it, or by its role ("the governor", "the airline").
    pub fn of_phrase(
        &self,
        lexicon: &Lexicon,
        text: &Text<'_>,
        phrase: &NounPhrase,
    ) -> Option<u32> {
        if phrase.is_pronoun(text) || self.is_joint(text, phrase) {
            return None;
        }
        self.of_name(text, phrase).or_else(|| self.of_role(lexicon, text, phrase))
    }

    /// Whether the phrase is of several: "Lund and Maier", "Lund and her deputy".
    pub fn is_joint(&self, text: &Text<'_>, phrase: &NounPhrase) -> bool {
        if !text.tokens(phrase.core.clone()).iter().any(|word| word.is(Tags::AND)) {
            return false;
        }
        let core = phrase.core.start..head_end(text, &phrase.core);
        let is = |at: u32, what: &dyn Fn(&Token) -> bool| {
            core.contains(&at) && text.tokens.get(at as usize).is_some_and(what)
        };
        let is_and = |at: u32| is(at, &|word| text.is(word, "and"));
        let is_somebody = |from: u32| {
            let who = Tags::ROLE | Tags::TITLE | Tags::ORGANISATION | Tags::AGENTIVE;
            text.tokens(from..core.end).iter().any(|word| word.is(who) || word.is_capital())
        };
        self.mentions_in(core.clone()).iter().any(|name| {
            let mut start = name.tokens.start;
            while start > core.start
                && is(start - 1, &|word| {
                    word.is(Tags::TITLE | Tags::DETERMINER) || word.kind == TokenKind::Dot
                })
            {
                start -= 1;
            }
            is_and(name.tokens.end) && is_somebody(name.tokens.end + 1)
                || start > core.start + 1 && is_and(start - 1)
        })
    }

    /// The bearer whose name is the head of the phrase, not one that only stands in it ("a spokesman for Orrin Steel").
    fn of_name(&self, text: &Text<'_>, phrase: &NounPhrase) -> Option<u32> {
        let word = |at: u32| text.tokens.get(at as usize);
        let core = &phrase.core;
        let head_end = head_end(text, core);
        let from = self.mentions.partition_point(|mention| mention.tokens.start < core.start);
        let rest = self.mentions.get(from..).unwrap_or_default();
        let head = before_token(rest, head_end);
        if let Some(last) = head.last() {
            let is_whole = last.tokens.end >= head_end
                || !word(last.tokens.end)
                    .is_some_and(|after| is_ending(text, after) || after.is_word());
            if is_whole
                || is_post_nominal(text, last.tokens.end)
                || last.tokens.end + 1 >= head_end
                    && word(last.tokens.end).is_some_and(|after| !after.is_word())
            {
                return Some(last.bearer);
            }
        }
        let whole = before_token(rest, core.end);
        if let Some(last) = whole.last().filter(|last| last.tokens.end == core.end) {
            let starts_with_title = word(core.start).is_some_and(|word| word.is(Tags::TITLE));
            let is_inside_name = last.tokens.start < head_end;
            let before = last.tokens.start.checked_sub(1).and_then(word);
            let is_behind_prep =
                before.is_some_and(|word| word.is(Tags::PREPOSITION | Tags::DETERMINER));
            // "Bank of Karland Governor Ina Moss"
            let is_officer = || {
                before.is_some_and(|word| word.is(Tags::TITLE | Tags::ROLE) && word.is_capital())
                    && (core.start..last.tokens.start).all(|at| {
                        word(at).is_some_and(|word| word.is_capital() || text.is(word, "of"))
                    })
            };
            if is_inside_name || starts_with_title && !is_behind_prep || is_officer() {
                return Some(last.bearer);
            }
        }
        // "the owner, American businessman Lund": the name is the last.
        // "its owners, the Halloran family", "its owner, the Dutch group Vanta": nor is what only says which.
        let is_kind_of = |name: &&Mention| {
            let after = name.tokens.end;
            let is_noun = |word: &Token| {
                word.is_word() && !word.is_capital() && !is_function(word) && !is_ending(text, word)
            };
            after < phrase.tokens.end && word(after).is_some_and(is_noun)
        };
        // "the chairman, Lund's mayor Ida Holm", "Aire, Europe's largest maker": whose it is, is not who.
        let is_holder_of =
            |name: &&Mention| word(name.tokens.end).is_some_and(|ending| is_ending(text, ending));
        let behind = rest.get(whole.len()..)?;
        let first = behind.iter().take(3).find(|name| !is_kind_of(name) && !is_holder_of(name));
        let first = first.filter(|name| name.tokens.start < phrase.tokens.end)?;
        let is_held = behind.first().is_some_and(|name| is_holder_of(&name) || is_kind_of(&name));
        // "its founder, the former singer Gil Holt"
        let is_described = word(core.end + 1).is_some_and(|word| word.is(Tags::DETERMINER));
        let reach = if is_held || is_described { FARTHEST_HELD } else { 3 };
        let is_at_once = first.tokens.start <= core.end + reach;
        let holds_title = (core.end..first.tokens.start)
            .all(|at| word(at).is_some_and(|word| !word.is(Tags::PREPOSITION | Tags::RELATIVE)));
        let is_person = self.bearer(first.bearer)?.kind != BearerKind::Organisation;
        let is_kind = word(core.end - 1).is_some_and(|word| word.is(Tags::ORGANISATION));
        let is_holder = || {
            head.last().is_none_or(|holder| {
                word(holder.tokens.end).is_some_and(|ending| is_ending(text, ending))
            })
        };
        (is_at_once && holds_title && (is_person || is_kind) && is_holder()).then_some(first.bearer)
    }

    /// The bearer that was introduced with the head word of the phrase, most recently before it.
    fn of_role(&self, lexicon: &Lexicon, text: &Text<'_>, phrase: &NounPhrase) -> Option<u32> {
        let tokens = text.tokens(phrase.core.clone());
        let first = tokens.first()?;
        let is_indefinite = text.is_any(
            first,
            &[
                "a", "an", "some", "two", "three", "many", "several", "one", "another", "other",
                "no",
            ],
        );
        if is_indefinite || tokens.iter().any(|word| word.kind == TokenKind::Number) {
            return None;
        }
        let stop = tokens
            .iter()
            .skip(1)
            .position(|word| word.is(Tags::PREPOSITION))
            .map_or(tokens.len(), |at| at + 1);
        let head = tokens.get(..stop)?.iter().rev().find(|word| word.is_word())?;
        if !head.is(Tags::ROLE | Tags::TITLE | Tags::ORGANISATION) || head.word == 0 {
            return None;
        }
        if lexicon.people.roles.of(head).is_some_and(|role| role.is_plural) {
            return None;
        }
        let before =
            self.mentions.partition_point(|mention| mention.tokens.start < phrase.core.start);
        // "the transport secretary" is no "general secretary".
        let is_kind = |word: &&Token| {
            word.is_word() && !is_function(word) && !word.is(Tags::ROLE | Tags::TITLE)
        };
        let kinds = || tokens.iter().take_while(|word| word.span != head.span).filter(is_kind);
        let has_kind = kinds().next().is_some();
        let is_same_kind = |role: Span| {
            let role = text.token_at(role.begin)..text.token_at(role.end.saturating_sub(1)) + 1;
            role.len() < 2
                || text.tokens(role).iter().any(|word| {
                    kinds().any(|kind| text.word(kind).eq_ignore_ascii_case(text.word(word)))
                })
        };
        let fits = |mention: &&Mention| {
            self.bearer(mention.bearer).is_some_and(|bearer| {
                bearer.roles.words().contains(&head.word)
                    && (!has_kind
                        || bearer.kind == BearerKind::Organisation
                        || bearer.role.is_none_or(is_same_kind))
            })
        };
        let earlier = || self.mentions.get(..before)?.iter().rev().take(FARTHEST_NAME).find(fits);
        let later = || self.mentions.iter().take(FARTHEST_NAME).find(fits);
        if self.roles & role_bit(head.word) != 0
            && let Some(mention) = earlier().or_else(later)
        {
            return Some(mention.bearer);
        }
        if !text.is(first, "the") || tokens.len() != 2 || !head.is(Tags::ORGANISATION) {
            return None;
        }
        let organisations = || {
            let earlier = self.mentions.get(..before).unwrap_or_default().iter().rev();
            earlier.take(FARTHEST_NAME).filter(|mention| {
                self.bearer(mention.bearer)
                    .is_some_and(|bearer| bearer.kind == BearerKind::Organisation)
            })
        };
        let by = |fits: fn(&Text<'_>, &Token, &Range<u32>) -> bool| {
            organisations().find(|mention| fits(text, head, &mention.tokens))
        };
        by(kind::is_named)
            .or_else(|| by(kind::may_be))
            .or_else(|| self.head_of_sentence(text, phrase, head))
            .map(|mention| mention.bearer)
    }

    /// "Corvo opened a base. The airline said": the name at the head of the sentence of the phrase, or of the one before, where
    /// nothing tells yet what it is.
    fn head_of_sentence(
        &self,
        text: &Text<'_>,
        phrase: &NounPhrase,
        head: &Token,
    ) -> Option<&Mention> {
        let here = text.sentence_of(phrase.core.start);
        (here.saturating_sub(1)..=here).rev().find_map(|sentence| {
            let start = text.sentences.get(sentence as usize)?.body().start;
            let near = start..(start + NEAR_HEAD).min(phrase.core.start);
            self.mentions_in(near).iter().find(|mention| {
                let is_unknown = |bearer: &Bearer| bearer.kind == BearerKind::Unknown;
                self.bearer(mention.bearer).is_some_and(is_unknown)
                    && kind::may_be(text, head, &mention.tokens)
                    && is_verb(text, mention.tokens.end)
            })
        })
    }

    /// The bearers named before the token, the most recent first, with the place of their names.
    pub fn before(&self, token: u32) -> impl Iterator<Item = (u32, u32)> + '_ {
        let end = self.mentions.partition_point(|mention| mention.tokens.start < token);
        let earlier = self.mentions.get(..end).unwrap_or_default();
        earlier.iter().rev().map(|mention| (mention.bearer, mention.tokens.start))
    }

    /// The first bearer named in the range of tokens.
    pub fn first_in(&self, tokens: Range<u32>) -> Option<u32> {
        self.mentions_in(tokens).first().map(|mention| mention.bearer)
    }

    fn mentions_in(&self, tokens: Range<u32>) -> &[Mention] {
        let from = self.mentions.partition_point(|mention| mention.tokens.start < tokens.start);
        before_token(self.mentions.get(from..).unwrap_or_default(), tokens.end)
    }

    fn keys_of(&self, keys: &Range<u32>) -> &[u64] {
        self.keys.get(keys.start as usize..keys.end as usize).unwrap_or_default()
    }

    /// The bearer of a name of several words: known by the same words, or by the same first and last word.
    fn full(&mut self, text: &Text<'_>, run: &Run, name: &Name, index: &mut Index) -> u32 {
        let words = self.keys_of(&name.keys);
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            return self.add(text, run, name);
        };
        let is_person = kind_of(run) == BearerKind::Person;
        let same = index.latest(*last).take(MOST_NAMESAKES).find(|&number| {
            self.bearer(number).is_some_and(|bearer| {
                let known = self.keys_of(&bearer.keys);
                let is_same = known.first() == Some(first) && known.last() == Some(last);
                is_same && (known == words || (bearer.kind == BearerKind::Person) == is_person)
            })
        });
        if let Some(number) = same {
            let bearer = &mut self.bearers[number as usize];
            if name.words > bearer.words && bearer.kind == BearerKind::Organisation {
                bearer.name = run.span(text);
                bearer.words = name.words;
                bearer.keys = name.keys.clone();
            }
            return number;
        }
        let number = self.add(text, run, name);
        for &key in self.keys_of(&name.keys) {
            index.add(key, number);
        }
        number
    }

    /// The bearer of a name of one word: the last word of a person's name, any word of an organisation's.
    fn short(&mut self, text: &Text<'_>, run: &Run, name: &Name, index: &mut Index) -> Option<u32> {
        let word = *self.keys_of(&name.keys).last()?;
        let mut best: Option<(i32, u32)> = None;
        for number in index.earliest(word).take(MOST_NAMESAKES) {
            let Some(bearer) = self.bearer(number) else { continue };
            let words = self.keys_of(&bearer.keys);
            let is_last = words.last() == Some(&word);
            let is_first = words.first() == Some(&word);
            let fits = match bearer.kind {
                BearerKind::Organisation => is_first || is_last && words.len() == 1,
                BearerKind::Person | BearerKind::Unknown => is_last || is_first,
            };
            let clashes = matches!((run.gender, bearer.gender), (Some(a), Some(b)) if a != b)
                || run.has_title && bearer.kind == BearerKind::Organisation
                || run.has_title && !is_last;
            if !fits || clashes {
                continue;
            }
            let score = i32::from(is_last) * 2
                + i32::from(bearer.kind == BearerKind::Person)
                + i32::from(run.gender.is_some() && run.gender == bearer.gender) * 2;
            if best.is_none_or(|(top, _)| score > top) {
                best = Some((score, number));
            }
        }
        if let Some((_, number)) = best {
            return Some(number);
        }
        if run.is_doubtful {
            return None;
        }
        let number = self.add(text, run, name);
        index.add(word, number);
        Some(number)
    }

    fn add(&mut self, text: &Text<'_>, run: &Run, name: &Name) -> u32 {
        self.bearers.push(Bearer {
            name: run.span(text),
            role: None,
            kind: kind_of(run),
            gender: run.gender,
            roles: Roles::default(),
            keys: name.keys.clone(),
            words: name.words,
        });
        self.bearers.len() as u32 - 1
    }

    /// Keeps what a mention tells of its bearer.
    fn learn(&mut self, text: &Text<'_>, number: u32, run: &Run) {
        let Some(bearer) = self.bearers.get_mut(number as usize) else { return };
        bearer.gender = bearer.gender.or(run.gender);
        if bearer.kind == BearerKind::Unknown {
            bearer.kind = if is_traded(text, run) || is_maker(text, run) {
                BearerKind::Organisation
            } else {
                kind_of(run)
            };
        }
        for &role in run.roles.words() {
            self.roles |= role_bit(role);
            if !bearer.roles.words().contains(&role) {
                bearer.roles.push(role);
            }
        }
        if let Some(role) = &run.role
            && let Some(span) = span_of(text, role.clone())
            && bearer.role.is_none_or(|known| known.len() < span.len())
        {
            bearer.role = Some(span);
        }
    }
}

/// The bit of a word in [`People::roles`].
fn role_bit(word: u16) -> u64 {
    1 << (word % 64)
}

/// The first of the mentions, those that begin before the token.
fn before_token(mentions: &[Mention], end: u32) -> &[Mention] {
    let count = mentions.iter().take_while(|mention| mention.tokens.start < end).count();
    mentions.get(..count).unwrap_or_default()
}

/// From the first to the last token of a range.
pub fn span_of(text: &Text<'_>, tokens: Range<u32>) -> Option<Span> {
    let tokens = text.tokens(tokens);
    Some(tokens.first()?.span.join(tokens.last()?.span))
}

/// Bearers of one last name that are compared.
const MOST_NAMESAKES: usize = 8;
/// Tokens from a comma to a name behind whose it is: "Lund's new deputy mayor".
const FARTHEST_HELD: u32 = 8;
/// Mentions that are looked through.
const FARTHEST_NAME: usize = 60;
/// Tokens of a head of a sentence, in which its subject begins.
const NEAR_HEAD: u32 = 3;

/// "Corvex, which makes pumps": what makes, owns or employs, and is no "who", is a company.
fn is_maker(text: &Text<'_>, run: &Run) -> bool {
    let [comma, which, verb] = text.tokens(run.name.end..run.name.end + 3) else { return false };
    comma.kind == TokenKind::Comma && text.is(which, "which") && MAKES.hold(text.content, verb)
}

/// What companies do.
static MAKES: Words<16> = Words::new([
    "makes",
    "owns",
    "operates",
    "employs",
    "runs",
    "sells",
    "produces",
    "supplies",
    "builds",
    "manages",
    "publishes",
    "insures",
    "manufactures",
    "develops",
    "represents",
    "provides",
]);

/// "Shares in Orrin": what can be bought is a company.
fn is_traded(text: &Text<'_>, run: &Run) -> bool {
    let before =
        |back: u32| run.name.start.checked_sub(back).and_then(|at| text.tokens.get(at as usize));
    before(1).is_some_and(|of| of.is(Tags::PREPOSITION) && text.is_any(of, &["in", "of"]))
        && before(2).is_some_and(|what| text.is_any(what, &["shares", "stock"]))
}

/// Where the head of a phrase ends: before the first preposition.
fn head_end(text: &Text<'_>, core: &Range<u32>) -> u32 {
    let is_prep = |word: &Token| {
        word.is(Tags::PREPOSITION) && !word.is_capital() || word.kind == TokenKind::OpenBracket
    };
    (core.start + 1..core.end)
        .find(|at| text.tokens.get(*at as usize).is_some_and(is_prep))
        .unwrap_or(core.end)
}

/// What the name's bearer is, as far as one mention tells.
fn kind_of(run: &Run) -> BearerKind {
    if run.has_given_name || run.has_title && !run.is_organisation {
        BearerKind::Person
    } else if run.is_organisation {
        BearerKind::Organisation
    } else {
        BearerKind::Unknown
    }
}
