//! Names where they stand: capitalised words in a row, with the titles and roles around them.

use std::ops::Range;

use super::name::{core_start, is_abbreviation_dot, is_function, is_sentence_start, is_verb};
use super::name_joint::{is_field_list, is_joined};
use super::name_role::{apposition, behind_title_of, behind_trade, office_start};
use super::name_word::is_surname;
use crate::lexicon::{Form, Gender, Lexicon, Tags, Takes};
use crate::span::Span;
use crate::text::Text;
use crate::token::{Token, TokenKind, Words, flags};

/// A name, as ranges of token indices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The name without title.
    pub name: Range<u32>,
    /// The title or role before or behind it: "President of the Russian Federation", "union leader".
    pub role: Option<Range<u32>>,
    /// The lexicon's numbers of the words for roles in it.
    pub roles: Roles,
    /// As told by title, given name or role.
    pub gender: Option<Gender>,
    /// A personal title or role stands before it.
    pub has_title: bool,
    /// Holds a word for a kind of organisation: "Institute", "Inc".
    pub is_organisation: bool,
    /// Holds a given name.
    pub has_given_name: bool,
    /// One capitalised word where any word has a capital: a name only if it is one elsewhere.
    pub is_doubtful: bool,
}

/// Words for what somebody is, by their numbers in the lexicon: at most twelve, more are left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    words: [u16; 12],
    len: u8,
}

impl Roles {
    /// Adds a word.
    pub fn push(&mut self, word: u16) {
        if let Some(free) = self.words.get_mut(usize::from(self.len)) {
            *free = word;
            self.len += 1;
        }
    }

    /// The words, in the order of adding.
    pub fn words(&self) -> &[u16] {
        self.words.get(..usize::from(self.len)).unwrap_or_default()
    }
}

impl Run {
    /// The name's text.
    pub fn span(&self, text: &Text<'_>) -> Span {
        let tokens = text.tokens(self.name.clone());
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => first.span.join(last.span),
            _ => Span::default(),
        }
    }

    /// Appends its words without regard to case, each as a number that stands for it: a hash. Returns how many words it is
    /// written in.
    pub fn word_keys(&self, text: &Text<'_>, keys: &mut Vec<u64>) -> usize {
        let tokens = text.tokens(self.name.clone());
        if let [token] = tokens
            && !token.has(flags::WIDE | flags::DOTTED)
        {
            keys.push(hash_of(NO_WORD, text.content, token.span));
            return 1;
        }
        let mut words = 0;
        let mut key = NO_WORD;
        for (at, token) in tokens.iter().enumerate() {
            words += usize::from(at == 0 || token.is_word() && !token.is_joined());
            if !token.is_joined() || token.kind == TokenKind::Dot {
                if key != NO_WORD {
                    keys.push(key);
                }
                key = NO_WORD;
            }
            if token.has(flags::WIDE) {
                key = hash(key, text.word(token).to_lowercase().as_bytes());
            } else if token.has(flags::DOTTED) {
                // "J.R." are two words, as "J. R." are.
                let letters = token.span.bytes_of(text.content).split(|byte| *byte == b'.');
                for letter in letters.filter(|letter| !letter.is_empty()) {
                    keys.extend((key != NO_WORD).then_some(key));
                    key = hash(NO_WORD, letter);
                }
            } else if token.kind != TokenKind::Dot && !token.ends_name() {
                key = hash_of(key, text.content, token.span);
            }
        }
        if key != NO_WORD {
            keys.push(key);
        }
        words
    }
}

/// The hash of nothing.
const NO_WORD: u64 = 0x243F_6A88_85A3_08D3;

/// Adds to a hash, without regard to the case of letters of ASCII: eight bytes at a time, the last filled up with noughts.
fn hash(key: u64, word: &[u8]) -> u64 {
    let (whole, rest) = word.as_chunks::<8>();
    let key = whole.iter().fold(key, |key, part| mix(key, u64::from_le_bytes(*part)));
    if rest.is_empty() {
        return key;
    }
    mix(key, rest.iter().rev().fold(0, |part, byte| part << 8 | u64::from(*byte)))
}

/// [`hash`] of a span, for short words in one step.
fn hash_of(key: u64, content: &str, span: Span) -> u64 {
    let len = span.len();
    let window = content.as_bytes().get(span.begin as usize..).and_then(|rest| rest.first_chunk());
    match window {
        Some(window) if (1..=8).contains(&len) => {
            mix(key, u64::from_le_bytes(*window) & u64::MAX >> (u64::BITS - 8 * len))
        }
        _ => hash(key, span.bytes_of(content)),
    }
}

fn mix(key: u64, part: u64) -> u64 {
    let product = (key ^ (part | 0x2020_2020_2020_2020)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    product ^ product >> 32
}

/// Appends every name of the text to `out`, in order.
pub fn name_runs(lexicon: &Lexicon, text: &Text<'_>, out: &mut Vec<Run>) {
    // News has a name in some fifteen tokens.
    out.reserve(text.tokens.len() / 12 + 4);
    let mut read_to = 0;
    for &start in &text.places.capitals {
        if start < read_to {
            continue;
        }
        let Some(token) = text.tokens.get(start as usize) else { break };
        let is_other = is_function(token) && !token.is(Tags::TITLE) && !is_initial(text, start)
            || token.is(Tags::WEEKDAY | Tags::MONTH) && !next_is_capital(text, start)
            || is_post_nominal(text, start);
        if is_other {
            continue;
        }
        let (stop, tags) = run_end(lexicon, text, start);
        runs_in(lexicon, text, start..stop, tags, out);
        read_to = stop;
    }
}

/// Whether the word is `lower`, in small letters.
#[inline(always)]
pub(super) fn is_small(text: &Text<'_>, word: &Token, lower: &str) -> bool {
    text.is(word, lower) && !word.has(flags::CAPITAL)
}

/// Whether a capital letter with its dot stands before a name: "A. B. Lund".
fn is_initial(text: &Text<'_>, at: u32) -> bool {
    text.tokens.get(at as usize).is_some_and(|token| token.span.len() == 1)
        && is_abbreviation_dot(text, at + 1)
        && next_is_name(text, at + 2)
}

fn next_is_name(text: &Text<'_>, at: u32) -> bool {
    text.tokens.get(at as usize).is_some_and(Token::is_capital)
}

fn next_is_capital(text: &Text<'_>, at: u32) -> bool {
    text.tokens.get(at as usize + 1).is_some_and(|next| next.is_capital() && !is_function(next))
}

/// The end of the capitalised words that begin at `at`, and all classes that they are of.
fn run_end(lexicon: &Lexicon, text: &Text<'_>, at: u32) -> (u32, u64) {
    let word = |at: u32| text.tokens.get(at as usize);
    let is_name_word = |at: u32| {
        word(at)
            .is_some_and(|word| word.is_capital() && !is_function(word) && !word.has(flags::LINE))
    };
    let mut end = at + 1;
    let mut tags = word(at).map_or(0, |word| word.tags);
    while end < at + LONGEST_RUN {
        let Some(next) = word(end) else { break };
        if next.has(flags::LINE) {
            break;
        }
        let taken = match next.kind {
            TokenKind::Word if next.has(flags::CAPITAL) => {
                let is_name = (!is_function(next) && !next.is(Tags::WEEKDAY | Tags::MONTH)
                    || is_surname(text, end))
                    && !is_post_nominal(text, end)
                    && (!is_report(lexicon, text, next) || is_reporter(text, end + 1));
                u32::from(is_name)
            }
            TokenKind::Word if next.span.len() <= 5 && PARTICLES.hold(text.content, next) => {
                // "van der Laan"
                let is_second =
                    |word: &Token| word.span.len() <= 5 && PARTICLES.hold(text.content, word);
                let second = u32::from(word(end + 1).is_some_and(is_second));
                if is_name_word(end + 1 + second) { 2 + second } else { 0 }
            }
            TokenKind::Word
                if tags & Tags::ORGANISATION != 0
                    && (is_small(text, next, "of") || is_small(text, next, "for")) =>
            {
                let article =
                    u32::from(word(end + 1).is_some_and(|the| is_small(text, the, "the")));
                if is_name_word(end + 1 + article) { 2 + article } else { 0 }
            }
            TokenKind::Hyphen
                if next.is_joined()
                    && word(end + 1).is_some_and(|after| after.is_word() && after.is_joined()) =>
            {
                2
            }
            TokenKind::Dot if is_abbreviation_dot(text, end) && is_name_word(end + 1) => 2,
            TokenKind::Apostrophe | TokenKind::CloseSingleQuote
                if next.is_joined()
                    && word(end - 1).is_some_and(|word| word.ends_with(text.content, "s"))
                    && is_name_word(end + 1)
                    && word(end + 1).is_some_and(|after| !after.is_joined()) =>
            {
                2
            }
            TokenKind::Symbol if text.word(next) == "&" && is_name_word(end + 1) => 2,
            TokenKind::Comma if tags & Tags::ORGANISATION != 0 && is_field_list(text, end) => 2,
            TokenKind::Word if next.is(Tags::AND) && is_joined(text, at, end, tags) => 2,
            _ => 0,
        };
        if taken == 0 {
            break;
        }
        end += taken;
        tags |= word(end - 1).map_or(0, |word| word.tags);
    }
    (end, tags)
}

/// Whether the letters of an honour or a degree stand behind a name: "Osei QC".
#[inline(always)]
pub fn is_post_nominal(text: &Text<'_>, at: u32) -> bool {
    let letters = text.tokens.get(at as usize).filter(|word| word.has(flags::UPPER));
    letters.is_some_and(|letters| is_honour(text, letters, at))
}

#[inline(never)]
fn is_honour(text: &Text<'_>, letters: &Token, at: u32) -> bool {
    let before = at.checked_sub(1).and_then(|before| text.tokens.get(before as usize));
    before.is_some_and(|name| name.is_capital() && !name.has(flags::UPPER))
        && POST_NOMINALS.hold(text.content, letters)
}

/// Whether a capitalised word reports, as in headlines: "Lind Says".
fn is_report(lexicon: &Lexicon, text: &Text<'_>, token: &Token) -> bool {
    let word = lexicon.reporting.of(token);
    word.is_some_and(|word| {
        (word.form == Form::Third && word.takes != 0
            || word.form == Form::Past && word.takes(Takes::CLAUSE))
            && !word.is_noun
    }) && !text.is(token, "states")
}

/// Whether a word that reports stands there in small letters: "the Office for Fiscal Forecasts said".
fn is_reporter(text: &Text<'_>, at: u32) -> bool {
    let word = text.tokens.get(at as usize);
    word.is_some_and(|word| word.is(Tags::REPORTING) && word.is_word() && !word.is_capital())
}

/// Splits capitalised words, which are of the classes of `tags`, into titles and names.
fn runs_in(lexicon: &Lexicon, text: &Text<'_>, run: Range<u32>, mut tags: u64, out: &mut Vec<Run>) {
    let word = |at: u32| text.tokens.get(at as usize);
    let mut start = run.start;
    // The words before the last title, the title included, are no name: "Russian President", "Finance Minister".
    let is_title = |word: &Token| {
        word.is_word() && word.is(Tags::TITLE | Tags::ROLE) && !word.is(Tags::GIVEN_NAME)
    };
    let last_title = (tags & (Tags::TITLE | Tags::ROLE) != 0)
        .then(|| text.tokens(run.clone()).iter().rposition(is_title))
        .flatten()
        // "King's College"
        .filter(|title| !word(run.start + *title as u32 + 1).is_some_and(Token::ends_name));
    if let Some(title) = last_title {
        let title = run.start + title as u32;
        let dot = u32::from(word(title + 1).is_some_and(|dot| dot.kind == TokenKind::Dot));
        let rest = title + 1 + dot..run.end;
        let is_kind = |at: u32| word(at).is_some_and(|word| word.is(Tags::ORGANISATION));
        if rest.is_empty() {
            // "Justice Department" is an organisation, "the President" a role: no name.
            return;
        }
        let is_given =
            rest.len() > 1 && word(rest.start).is_some_and(|word| word.is(Tags::GIVEN_NAME));
        let is_person = is_given || rest.len() > 1 && !is_kind(rest.end - 1);
        let is_of = |at: u32| word(at).is_some_and(|word| is_small(text, word, "of"));
        // "General Motors", "Institute of Directors Scotland"; but "Chief Officer Helen Brand", "Bank of X Governor Ina Moss".
        let is_body = rest.len() <= 2 && is_kind(rest.end - 1)
            || run.clone().any(is_of) && is_kind(run.start);
        let is_office = || title > run.start && word(title - 1).is_some_and(Token::is_capital);
        if !is_body || is_person && is_office() {
            start = rest.start;
        }
    } else if let Some(split) = behind_title_of(text, &run).or_else(|| behind_trade(text, &run)) {
        start = split;
    }
    while start < run.end && word(start).is_some_and(|word| !word.is_word()) {
        start += 1;
    }
    if start >= run.end {
        return;
    }
    if start > run.start {
        tags = text.tokens(start..run.end).iter().fold(0, |tags, word| tags | word.tags);
    }
    out.push(describe(lexicon, text, start..run.end, tags, start > run.start));
}

/// What stands around a name and tells of its bearer.
fn describe(
    lexicon: &Lexicon,
    text: &Text<'_>,
    name: Range<u32>,
    tags: u64,
    is_behind_title: bool,
) -> Run {
    let tokens = text.tokens(name.clone());
    let mut run = Run {
        role: None,
        roles: Roles::default(),
        gender: None,
        has_title: false,
        is_organisation: (tags & Tags::ORGANISATION != 0 || tokens.len() > 2)
            && tokens.iter().any(|token| {
                token.is(Tags::ORGANISATION) && !token.is(Tags::GIVEN_NAME)
                    || token.kind == TokenKind::Symbol && text.is(token, "&")
                    || is_small(text, token, "and")
            }),
        has_given_name: tokens.len() > 1
            && tokens.first().is_some_and(|token| token.is(Tags::GIVEN_NAME)),
        is_doubtful: false,
        name: name.clone(),
    };
    let is_alone = || tokens.iter().filter(|token| token.is_word()).count() == 1;
    let ends_in_word = tokens.last().is_some_and(Token::is_word);
    run.is_doubtful = (tokens.len() == 1 || !ends_in_word && is_alone())
        && (tags & (Tags::PAST_VERB | Tags::VERB | Tags::ROLE) != 0
            || is_sentence_start(text, name.start));
    if run.has_given_name {
        let given = tokens.first().and_then(|token| lexicon.people.given_names.of(token));
        run.gender = given.copied().flatten();
    }
    if is_led(text, name.start) {
        read_lead(lexicon, text, &mut run, tags, is_behind_title);
    } else {
        run.has_title = is_behind_title;
        push_kinds(tokens, tags, &mut run);
    }
    apposition(lexicon, text, &mut run);
    run
}

/// Whether what stands before the name that begins at `start` may tell of its bearer: a title, a role, another capital, or
/// a mark behind one of them.
fn is_led(text: &Text<'_>, start: u32) -> bool {
    let before = |back: u32| start.checked_sub(back).and_then(|at| text.tokens.get(at as usize));
    before(1).is_some_and(|lead| match lead.kind {
        TokenKind::Word => lead.is(Tags::TITLE | Tags::ROLE) || lead.has(flags::CAPITAL),
        TokenKind::Dot => is_abbreviation_dot(text, start - 1),
        TokenKind::Comma | TokenKind::OpenBracket => {
            before(2).is_some_and(|role| role.is(Tags::TITLE | Tags::ROLE))
        }
        _ => false,
    })
}

/// "the Ministry of Health" is "the ministry".
fn push_kinds(tokens: &[Token], tags: u64, run: &mut Run) {
    if tags & Tags::ORGANISATION != 0 {
        for kind in tokens.iter().filter(|token| token.is(Tags::ORGANISATION) && token.is_word()) {
            run.roles.push(kind.word);
        }
    }
}

/// What stands before a name, where something does that tells of its bearer.
#[inline(never)]
fn read_lead(lexicon: &Lexicon, text: &Text<'_>, run: &mut Run, tags: u64, is_behind_title: bool) {
    let words = &lexicon.people;
    let at = |at: u32| text.tokens.get(at as usize);
    let name = run.name.clone();
    // Titles and roles right before it, back over "of": "President of the Russian Federation".
    let mut title = name.start;
    let is_dot = |place: u32| at(place).is_some_and(|token| token.kind == TokenKind::Dot);
    let before = |place: u32| {
        let place = place.checked_sub(1)?;
        if is_dot(place) {
            // "Sen. Lund", but not "a senator. Lund"
            place.checked_sub(1).filter(|_| is_abbreviation_dot(text, place))
        } else {
            Some(place)
        }
    };
    let mut is_of_person = false;
    while let Some(place) = before(title)
        && let Some(token) = at(place)
        && token.is(Tags::TITLE | Tags::ROLE)
        && token.is_word()
        && title - place <= 2
    {
        let value = words
            .titles
            .of(token)
            .copied()
            .flatten()
            .or_else(|| words.roles.of(token).and_then(|role| role.gender));
        run.gender = run.gender.or(value);
        run.roles.push(token.word);
        is_of_person |= !OF_ANYBODY.hold(text.content, token);
        title = place;
        if name.start - title > LONGEST_TITLE {
            break;
        }
    }
    run.has_title = is_of_person || is_behind_title && title == name.start;
    // "CHAIR (Cllr Ruth Abernethy)".
    if let Some(bracket) = title.checked_sub(1)
        && at(bracket).is_some_and(|token| token.kind == TokenKind::OpenBracket)
        && let Some(token) = bracket.checked_sub(1).and_then(at)
        && token.is(Tags::ROLE | Tags::TITLE)
        && token.is_word()
    {
        run.roles.push(token.word);
    }
    // "The company's president, Kenji Mori,": the role stands before the comma.
    if title == name.start
        && !run.is_organisation
        && let Some(comma) = title
            .checked_sub(1)
            .filter(|&comma| at(comma).is_some_and(|token| token.kind == TokenKind::Comma))
        && let Some(token) = comma
            .checked_sub(1)
            .and_then(at)
            .filter(|token| token.is(Tags::ROLE) && token.is_word() && !token.is_capital())
            // "the evacuation of 5,000 people, Corvo said"; but "one of his advisers, Tad Moss,"
            .filter(|token| {
                let is_one = |place: u32| at(place).is_some_and(|one| text.is(one, "one"));
                !words.roles.of(token).is_some_and(|role| role.is_plural)
                    || (comma.saturating_sub(5)..comma).any(is_one)
            })
        && at(name.end).is_none_or(|after| {
            matches!(after.kind, TokenKind::Comma | TokenKind::Dot) || is_verb(text, name.end)
        })
    {
        let from = core_start(text, comma.saturating_sub(LONGEST_TITLE), comma);
        // "the words of your own engineer, Carla Menez", "an edge on his rival, Carla Menez": an engineer, a rival.
        let of = (from..comma - 1).rev().find(|&place| {
            at(place).is_some_and(|of| of.is(Tags::PREPOSITION) && !of.is_capital())
                && !text.tokens(from..place).iter().any(|word| word.is(Tags::ROLE | Tags::TITLE))
        });
        let from = of.map_or(from, |of| of + 1);
        let from = from
            + u32::from(of.is_some() && at(from).is_some_and(|word| word.is(Tags::DETERMINER)));
        let from = from + u32::from(at(from).is_some_and(|word| is_small(text, word, "own")));
        let skip = at(from).is_some_and(|token| token.is(Tags::DETERMINER));
        run.roles.push(token.word);
        run.gender = run.gender.or_else(|| words.roles.of(token).and_then(|role| role.gender));
        run.role = Some(from + u32::from(skip)..comma);
    }
    push_kinds(text.tokens(name.clone()), tags, run);
    // "President of the Russian Federation Vladimir Putin".
    if title == name.start && at(name.start.wrapping_sub(1)).is_some_and(|token| token.is_capital())
    {
        let mut place = name.start;
        while let Some(previous) = place.checked_sub(1)
            && name.start - previous < LONGEST_TITLE
            && at(previous).is_some_and(|token| {
                // "President of Tal-Kesh Anton Velikov"
                token.kind == TokenKind::Hyphen && token.is_joined()
                    || token.is_word()
                        && (token.is_capital()
                            || ["of", "the", "for", "and"]
                                .iter()
                                .any(|word| is_small(text, token, word)))
            })
        {
            place = previous;
            if at(place).is_some_and(|token| token.is(Tags::TITLE | Tags::ROLE)) {
                title = place;
            }
        }
        if title < name.start
            && let Some(token) = at(title)
        {
            run.roles.push(token.word);
            run.has_title = true;
        }
    }
    if title < name.start {
        // With what belongs to a role in small letters: "chief executive", "retired teacher".
        let from = if at(title).is_some_and(Token::is_capital) {
            office_start(text, title)
        } else {
            core_start(text, name.start.saturating_sub(LONGEST_TITLE), name.start).min(title)
        };
        // A line of its own, a headline, is not of it.
        let from = (from + 1..name.start)
            .rev()
            .find(|&place| at(place).is_some_and(|token| token.has(flags::LINE)))
            .unwrap_or(from);
        // "according to assistant coach"
        let from = from + 2 * u32::from(at(from).is_some_and(|word| text.is(word, "according")));
        let skip = at(from).is_some_and(|token| token.is(Tags::DETERMINER));
        // "Chairman Sir Paul"
        let says_more = |&place: &u32| {
            at(place).is_some_and(|token| token.is_word() && !HONORIFICS.hold(text.content, token))
        };
        let from = from + u32::from(skip);
        run.role = (from..name.start).rev().find(says_more).map(|last| from..last + 1);
    }
}

/// Roles that a company may have as well.
static OF_ANYBODY: Words<8> = Words::new([
    "rival",
    "partner",
    "opponent",
    "ally",
    "competitor",
    "neighbour",
    "neighbor",
    "victim",
]);
/// Titles that tell of no role.
static HONORIFICS: Words<11> =
    Words::new(["mr", "mrs", "ms", "miss", "sir", "dr", "prof", "madam", "dame", "lord", "lady"]);
/// Letters behind a name.
static POST_NOMINALS: Words<18> = Words::new([
    "qc", "kc", "sc", "mp", "mep", "msp", "obe", "mbe", "cbe", "kbe", "dbe", "frs", "md", "phd",
    "jp", "ma", "esq", "dso",
]);
/// Lower-case words inside names.
static PARTICLES: Words<19> = Words::new([
    "de", "da", "del", "della", "di", "dos", "du", "van", "von", "der", "den", "bin", "ibn", "al",
    "el", "la", "le", "ter", "zu",
]);
/// Tokens of a name.
const LONGEST_RUN: u32 = 14;
/// Tokens of a title.
pub(super) const LONGEST_TITLE: u32 = 12;
