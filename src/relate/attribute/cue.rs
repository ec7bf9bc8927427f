//! Words of reporting where they stand, and the noun phrases that they make speakers of.

use std::ops::Range;

use super::Scene;
use super::thing::is_country;
use crate::lexicon::{Form, Reporting, Tags, Takes};
use crate::phrase::name::{NounPhrase, is_sentence_start, is_verb, noun_phrase, subject_before};
use crate::text::ParagraphKind;
use crate::token::{Token, TokenKind, Words};

/// A word of reporting.
#[derive(Clone, Debug)]
pub(super) struct Cue {
    pub(super) tokens: Range<u32>,
    pub(super) word: Reporting,
}

/// The word of reporting that begins at the token: most tokens are of another class, and that is told at once.
#[inline(always)]
pub(super) fn cue_at(scene: &Scene<'_>, at: u32) -> Option<Cue> {
    let token = scene.text.tokens.get(at as usize)?;
    if at < scene.end && token.is(Tags::REPORTING) { cue(scene, at, token) } else { None }
}

#[inline(never)]
fn cue(scene: &Scene<'_>, at: u32, token: &Token) -> Option<Cue> {
    let is_compound = at > 0 && scene.kind(at - 1) == TokenKind::Hyphen && token.is_joined();
    if is_compound || is_part_of_name(scene, at) || is_measure(scene, at) {
        return None;
    }
    // "5.7 % of reported thefts", "according to one estimate": no verbs.
    let ends = |end: &str| token.ends_with(scene.text.content, end);
    if at > 0
        && (scene.is(at - 1, "of") && ends("ed")
            || scene.is(at - 1, "one") && !ends("d") && !ends("s"))
    {
        return None;
    }
    // "the Treasury note fell": a noun, with the verb behind it.
    if scene.text.tokens.get(at as usize + 1).is_some_and(|t| VERBS.hold(scene.text.content, t)) {
        return None;
    }
    if is_country(scene, at) {
        return None;
    }
    // "to report on progress every six months": of what, and not what.
    let is_weekday =
        |at: u32| scene.text.tokens.get(at as usize).is_some_and(|token| token.is(Tags::WEEKDAY));
    if scene.is(at, "report") && scene.is(at + 1, "on") && !is_weekday(at + 2) {
        return None;
    }
    let found =
        scene.lexicon.reporting.at(scene.text.tokens(at..scene.end.min(at + LONGEST_CUE)))?;
    Some(Cue { tokens: at..at + found.len as u32, word: *found.value })
}

/// What nobody reports without a subject in between.
static VERBS: Words<7> = Words::new(["rose", "fell", "grew", "slid", "sank", "shrank", "stood"]);

/// Whether the word is the unit of a number, or counted by it: "0.5 percentage points to", "61,000 calls".
fn is_measure(scene: &Scene<'_>, at: u32) -> bool {
    let token = |at: u32| scene.text.tokens.get(at as usize);
    // "Channel 4 reports" is said by one.
    let is_counted = at.checked_sub(1).and_then(token).is_some_and(|before| {
        before.kind == TokenKind::Number && before.text(scene.text.content).contains(',')
    });
    if is_counted {
        return true;
    }
    token(at).is_some_and(|word| word.is(Tags::UNIT))
        && at.checked_sub(1).and_then(token).is_some_and(|before| {
            before.kind == TokenKind::Number || before.is(Tags::NUMBER | Tags::UNIT)
        })
}

/// Whether the word has a capital that only a name can give it: "the United States". In headlines every word has one.
fn is_part_of_name(scene: &Scene<'_>, at: u32) -> bool {
    let is_capital = scene.text.tokens.get(at as usize).is_some_and(Token::is_capital);
    if !is_capital || is_sentence_start(scene.text, at) {
        return false;
    }
    // "the Office for Fiscal Forecasts said"
    let is_small_report = |word: &Token| word.is(Tags::REPORTING) && !word.is_capital();
    if scene.text.tokens.get(at as usize + 1).is_some_and(is_small_report) {
        return true;
    }
    let paragraph = scene
        .text
        .sentences
        .get(scene.text.sentence_of(at) as usize)
        .map_or(0, |sentence| sentence.paragraph);
    let is_headline = scene
        .text
        .paragraphs
        .get(paragraph as usize)
        .is_some_and(|paragraph| paragraph.kind == ParagraphKind::Headline);
    paragraph > 0 && !is_headline || scene.is(at, "states")
}

/// A speaker with the word that reports, beside a quotation.
#[derive(Clone, Debug)]
pub(super) struct Report {
    pub(super) who: Option<NounPhrase>,
    pub(super) cue: Range<u32>,
    pub(super) addressee: Option<Range<u32>>,
    /// One past the last token of speaker and cue.
    pub(super) end: u32,
    /// The cue takes a thing: "called", "described".
    pub(super) is_object: bool,
    /// The cue is in the lexicon, not only a verb where one is expected.
    pub(super) is_known: bool,
}

/// "said Maren Holt", "she shot back", "his daughter Lida told supporters" at `from`, before `end`.
pub(super) fn report_after(scene: &Scene<'_>, from: u32, end: u32) -> Option<Report> {
    let text = scene.text;
    let mut from = from;
    while from < end
        && matches!(scene.kind(from), TokenKind::Comma | TokenKind::Dash | TokenKind::Hyphen)
    {
        from += 1;
    }
    if from >= end {
        return None;
    }
    if let Some(cue) = cue_at(scene, from) {
        let is_finite = matches!(cue.word.form, Form::Past | Form::Third | Form::Source);
        let takes_quote = cue.word.form == Form::Source
            || cue.word.takes(Takes::QUOTE | Takes::CLAUSE | Takes::HEARER | Takes::THAT);
        if is_finite
            && takes_quote
            && let Some(who) = noun_phrase(text, cue.tokens.end, end)
        {
            return Some(Report {
                end: who.tokens.end,
                cue: cue.tokens,
                who: Some(who),
                addressee: None,
                is_known: true,
                is_object: false,
            });
        }
    }
    let farthest = end.min(from + FARTHEST_CUE);
    let mut plain_verb = None;
    for at in from + 1..farthest {
        if matches!(
            scene.kind(at),
            TokenKind::Semicolon | TokenKind::Colon | TokenKind::OpenQuote | TokenKind::DoubleQuote | TokenKind::Dot if !is_inside_name(scene, at)
        ) {
            break;
        }
        let Some(cue) = cue_at(scene, at) else {
            if plain_verb.is_none() && is_verb(text, at) {
                plain_verb = Some(at);
            }
            continue;
        };
        if !matches!(
            cue.word.form,
            Form::Past | Form::Third | Form::Base | Form::Participle | Form::Ing
        ) || cue.word.takes & !Takes::MIND == 0
        {
            continue;
        }
        let Some(who) = subject_before(text, from, at) else { continue };
        if !begins_at(scene, &who, from) {
            continue;
        }
        let addressee = hearer(scene, &cue, end);
        let after = addressee.as_ref().map_or(cue.tokens.end, |hearer| hearer.end);
        return Some(Report {
            who: Some(who),
            cue: cue.tokens,
            addressee,
            end: after,
            is_known: true,
            is_object: false,
        });
    }
    // Any verb with a subject will do where a comma inside the marks asks for one: "…," Reyes beamed.
    let at = plain_verb?;
    let who = subject_before(text, from, at).filter(|who| begins_at(scene, who, from))?;
    Some(Report {
        who: Some(who),
        cue: at..at + 1,
        addressee: None,
        end: at + 1,
        is_known: false,
        is_object: false,
    })
}

fn begins_at(scene: &Scene<'_>, who: &NounPhrase, from: u32) -> bool {
    let start = who.tokens.start;
    // "another friend, Mariam Emara told …": a noun phrase before its name.
    if start > from + 1
        && scene.kind(start - 1) == TokenKind::Comma
        && noun_phrase(scene.text, from, start).is_some_and(|first| first.core.end + 1 == start)
    {
        return true;
    }
    start >= from
        && start <= from + MOST_BEFORE_SUBJECT
        && scene.text.tokens(from..start).iter().all(|token| {
            token.is(Tags::ADVERB | Tags::CONJUNCTION | Tags::DETERMINER | Tags::TIME)
                || !token.is_word()
        })
}

/// "…, a survey by the Guild of Smiths has found" before "found": the paper, without what tells which.
pub(super) fn paper_before(scene: &Scene<'_>, from: u32, at: u32) -> Option<NounPhrase> {
    let text = scene.text;
    let farthest = from.max(at.saturating_sub(FARTHEST_CUE));
    let comma = (farthest..at).rev().find(|&at| scene.kind(at) == TokenKind::Comma)?;
    let near = comma + 1..at.min(comma + 1 + MOST_BEFORE_SUBJECT);
    let paper = near.clone().find(|&at| {
        text.tokens.get(at as usize).is_some_and(|word| PAPERS.hold(text.content, word))
    })?;
    let article = text.tokens.get(near.start as usize)?;
    let behind = text.tokens.get(paper as usize + 1)?;
    let is_told = behind.is(Tags::PREPOSITION) || behind.ends_with(text.content, "ed");
    let core = near.start..paper + 1;
    (is_told && article.is(Tags::DETERMINER)).then(|| NounPhrase { tokens: core.clone(), core })
}

/// What is written to tell something.
static PAPERS: Words<10> = Words::new([
    "survey", "study", "report", "poll", "review", "inquiry", "analysis", "audit", "paper", "memo",
]);

fn is_inside_name(scene: &Scene<'_>, at: u32) -> bool {
    crate::phrase::name::is_abbreviation_dot(scene.text, at)
}

/// "Senator Ode replied:", "A moment later she laughed," before a quotation that opens at `to`.
pub(super) fn report_before(scene: &Scene<'_>, from: u32, to: u32) -> Option<Report> {
    let last = to.checked_sub(1)?;
    let has_colon = scene.kind(last) == TokenKind::Colon;
    let farthest =
        from.max(to.saturating_sub(if has_colon { FARTHEST_CUE * 2 } else { FARTHEST_CUE }));
    for at in (farthest..to).rev() {
        if scene.kind(at) == TokenKind::Semicolon {
            return None;
        }
        if let Some(cue) = cue_at(scene, at).filter(|cue| cue.tokens.end <= to) {
            // "putting “politics over paychecks”", but "as he put it"
            let is_put =
                cue.word.takes & !(Takes::MIND | Takes::AT) == 0 && !scene.is(cue.tokens.end, "it");
            let speaks = cue.word.takes & !Takes::MIND != 0
                && !is_put
                && cue.word.form != Form::Source
                && !is_no_verb(scene, &cue)
                || has_colon && cue.word.is_noun
                || cue.word.form == Form::Source && !has_colon;
            if speaks {
                return lead(scene, from, to, &cue);
            }
        }
        if !has_colon
            && is_verb(scene.text, at)
            && scene.text.tokens.get(at as usize).is_some_and(|verb| !verb.is(Tags::REPORTING))
        {
            return None;
        }
    }
    None
}

fn lead(scene: &Scene<'_>, from: u32, to: u32, cue: &Cue) -> Option<Report> {
    let mut who = speaker_of(scene, from, cue);
    let addressee = hearer(scene, cue, to);
    if who.is_none() && cue.word.form == Form::Source {
        who = noun_phrase(scene.text, cue.tokens.end, to);
    }
    Some(Report {
        who,
        cue: cue.tokens.clone(),
        addressee,
        end: to,
        is_known: true,
        is_object: cue.word.takes(Takes::OBJECT) && !cue.word.takes(Takes::QUOTE),
    })
}

/// Who does what the cue says; looks back no farther than `from`.
pub(super) fn speaker_of(scene: &Scene<'_>, from: u32, cue: &Cue) -> Option<NounPhrase> {
    let text = scene.text;
    let at = cue.tokens.start;
    match cue.word.form {
        Form::Source => noun_phrase(text, cue.tokens.end, scene.sentence(at).end),
        Form::Past | Form::Participle if is_passive(scene, from, cue) => agent(scene, cue),
        Form::Past | Form::Third | Form::Participle => subject_before(text, from, at)
            .map(|who| with_participle(scene, from, who))
            .or_else(|| shared_subject(scene, from, at)),
        Form::Ing if has_be_before(scene, from, at) => subject_before(text, from, at),
        Form::Ing => with_subject(scene, from, at).or_else(|| shared_subject(scene, from, at)),
        Form::Base if at > from && scene.is(at - 1, "to") => shared_subject(scene, from, at),
        Form::Base => subject_before(text, from, at).or_else(|| shared_subject(scene, from, at)),
        Form::Noun => possessor(scene, from, at).or_else(|| shared_subject(scene, from, at)),
    }
    .filter(|who| !is_no_speaker(scene, who))
}

/// "…, with each side accusing": who does what the participle says.
fn with_subject(scene: &Scene<'_>, from: u32, at: u32) -> Option<NounPhrase> {
    let who = subject_before(scene.text, from, at)?;
    let with = who.core.start.checked_sub(1).filter(|with| *with >= from)?;
    scene.is(with, "with").then_some(who)
}

/// "announced Friday", "its own offer": a day, and what belongs to somebody, say nothing.
fn is_no_speaker(scene: &Scene<'_>, who: &NounPhrase) -> bool {
    let last = who.tokens.end.checked_sub(1);
    let token = last.and_then(|last| scene.text.tokens.get(last as usize));
    let is_day = who.tokens.len() == 1 && token.is_some_and(|token| token.is(Tags::WEEKDAY));
    // "Of 312 amendments, 29 were accepted", "the most urgent calls"
    let is_number = || {
        who.tokens.len() == 1 && token.is_some_and(|token| token.kind == TokenKind::Number)
            || who.core.len() == 3 && scene.is(who.core.start + 1, "most")
    };
    is_day || is_number() || last.is_some_and(|last| scene.is(last, "own"))
}

/// "a report seen by the Gazette": the report speaks, not the paper.
fn with_participle(scene: &Scene<'_>, from: u32, who: NounPhrase) -> NounPhrase {
    let text = scene.text;
    let participle = who.core.start.checked_sub(2).filter(|at| *at > from);
    let Some(at) = participle.filter(|at| scene.is(at + 1, "by")) else { return who };
    let word = scene.word(at);
    let start = crate::phrase::name::core_start(text, from, at);
    if start >= at || !(word.ends_with("ed") || PARTICIPLES.contains(&word)) {
        return who;
    }
    NounPhrase { tokens: start..who.tokens.end, core: start..at }
}

/// Participles of what is done with papers, that do not end in "-ed".
const PARTICIPLES: &[&str] = &["seen", "written", "shown", "given", "led", "sent", "made", "drawn"];

/// "Trump's" and "his" before "claim".
pub(super) fn possessor(scene: &Scene<'_>, from: u32, at: u32) -> Option<NounPhrase> {
    let text = scene.text;
    for back in 1..=3 {
        let place = at.checked_sub(back).filter(|place| *place >= from)?;
        let word = text.tokens.get(place as usize)?;
        if crate::phrase::name::is_ending(text, word) {
            let start = crate::phrase::name::core_start(text, from, place);
            return (start < place)
                .then_some(NounPhrase { tokens: start..place, core: start..place });
        }
        if text.is_any(word, &["his", "her", "their", "its", "my", "our"]) {
            return Some(NounPhrase { tokens: place..place + 1, core: place..place + 1 });
        }
        if !word.is_word() || word.is(Tags::PREPOSITION | Tags::CONJUNCTION) || is_verb(text, place)
        {
            return None;
        }
    }
    None
}

/// The subject of the nearest verb to the left that has one: of "adding", "and urged", "to say". A word of reporting goes before
/// any other verb.
fn shared_subject(scene: &Scene<'_>, from: u32, at: u32) -> Option<NounPhrase> {
    let farthest = from.max(at.saturating_sub(FARTHEST_SUBJECT));
    let is_cue = |place: u32| {
        cue_at(scene, place).is_some_and(|cue| matches!(cue.word.form, Form::Past | Form::Third))
    };
    let subject = |place: u32| {
        let is_joined = place > 0 && (scene.is(place - 1, "to") || scene.is(place - 1, "and"));
        let is_object = |who: &NounPhrase| {
            // "kept its rate unchanged and said": what stands behind a verb of its own is no subject.
            let before = who.tokens.start.checked_sub(1).filter(|before| *before >= from);
            // "expected by all analysts polled, but signalled"
            before.is_some_and(|before| is_verb(scene.text, before) || scene.is(before, "by"))
                || scene.is(who.core.start, "whose")
        };
        if is_joined {
            return None;
        }
        subject_before(scene.text, from, place).filter(|who| !is_object(who))
    };
    let cues = (farthest..at).rev().filter(|&place| is_cue(place)).take(MOST_VERBS);
    let verbs = (farthest..at).rev().filter(|&place| is_verb(scene.text, place)).take(MOST_VERBS);
    cues.chain(verbs).find_map(subject)
}

/// Whether the participle stands behind a form of "be": "was accused".
pub(super) fn is_passive(scene: &Scene<'_>, from: u32, cue: &Cue) -> bool {
    !scene.is(cue.tokens.end - 1, "saying") && has_be_before(scene, from, cue.tokens.start)
}

/// Forms of "be".
static BE: Words<10> =
    Words::new(["was", "were", "is", "are", "been", "be", "being", "'re", "'m", "am"]);

fn has_be_before(scene: &Scene<'_>, from: u32, at: u32) -> bool {
    let text = scene.text;
    let farthest = from.max(at.saturating_sub(4));
    for place in (farthest..at).rev() {
        let Some(word) = text.tokens.get(place as usize) else { return false };
        if BE.hold(text.content, word) {
            return true;
        }
        if !(word.is(Tags::ADVERB | Tags::AUXILIARY | Tags::NEGATION)
            || word.ends_with(text.content, "ly"))
        {
            return false;
        }
    }
    false
}

/// "by the minister" behind a passive.
fn agent(scene: &Scene<'_>, cue: &Cue) -> Option<NounPhrase> {
    let end = scene.sentence(cue.tokens.start).end;
    let by = (cue.tokens.end..end.min(cue.tokens.end + FARTHEST_AGENT))
        .find(|&at| scene.is(at, "by"))?;
    if is_bound(scene, by + 1) {
        return None;
    }
    noun_phrase(scene.text, by + 1, end)
}

/// Whether what follows "by" is a time or a number, or how something is done: "by 8.30am", "by the end of May", "by paying".
fn is_bound(scene: &Scene<'_>, at: u32) -> bool {
    let at = at + u32::from(scene.is(at, "the"));
    let is_time = scene.text.tokens.get(at as usize).is_none_or(|token| {
        let times =
            Tags::TIME | Tags::TIME_UNIT | Tags::MONTH | Tags::WEEKDAY | Tags::TIME_MODIFIER;
        token.kind == TokenKind::Number || token.is(times | Tags::NUMBER)
    });
    is_time || scene.ends_with(at, "ing") || scene.is_any(at, &["end", "next", "then"])
}

/// Whether the participle says by whom, not what: "expected by analysts".
pub(super) fn is_by_whom(scene: &Scene<'_>, cue: &Cue) -> bool {
    let by = cue.tokens.end;
    matches!(cue.word.form, Form::Past | Form::Participle)
        && scene.is(by, "by")
        && !is_bound(scene, by + 1)
}

/// What stands before a noun.
static OWNERS: Words<21> = Words::new([
    "the", "a", "an", "my", "your", "his", "her", "its", "our", "their", "this", "these", "those",
    "no", "any", "every", "each", "such", "another", "'s", "’s",
]);

/// Of those, what stands for a noun too.
static ALONE: Words<7> = Words::new(["another", "this", "these", "those", "each", "such", "any"]);
/// What stands before a verb in its base form, and is no plural by its ending.
static SUBJECTS: Words<19> = Words::new([
    "to", "do", "did", "does", "not", "people", "police", "men", "women", "children", "media",
    "public", "staff", "crew", "others", "who", "many", "some", "let",
]);

/// Classes of words that begin what is said.
const BEHIND_SAID: u64 = Tags::DETERMINER
    | Tags::PRONOUN
    | Tags::PREPOSITION
    | Tags::RELATIVE
    | Tags::QUESTION
    | Tags::CONJUNCTION
    | Tags::CONDITION
    | Tags::NEGATION
    | Tags::ADVERB
    | Tags::NUMBER;

/// Whether the word is a noun or an adjective here: "the claim", "the quarterly report", "an estimated 40".
pub(super) fn is_no_verb(scene: &Scene<'_>, cue: &Cue) -> bool {
    let Some(at) = cue.tokens.start.checked_sub(1) else { return cue.word.is_noun };
    let Some(before) = scene.text.tokens.get(at as usize) else { return false };
    let is_own = (before.is(Tags::DETERMINER)
        || crate::phrase::name::is_ending(scene.text, before))
        && OWNERS.hold(scene.text.content, before);
    match cue.word.form {
        Form::Past | Form::Participle => {
            // "Lind's alleged plan", unlike "Lind's said she will".
            let is_owned = || {
                let next = scene.text.tokens.get(cue.tokens.end as usize);
                next.is_some_and(|next| next.is_word() && !next.is(BEHIND_SAID))
            };
            is_own
                && !ALONE.hold(scene.text.content, before)
                && (!crate::phrase::name::is_ending(scene.text, before) || is_owned())
        }
        // "a percentage point to": a noun with an article close before it.
        Form::Base if !cue.word.is_noun => {
            let is_article = |back: u32| {
                at.checked_sub(back).is_some_and(|at| scene.is(at, "a") || scene.is(at, "an"))
            };
            is_own
                || is_one(scene, at)
                // "months of talk about"
                || before.is(Tags::PREPOSITION) && !before.is(Tags::TITLE) && !scene.is(at, "to")
                || scene.text.tokens.get(at as usize).is_some_and(Token::is_word)
                    && (is_article(1) || is_article(2))
                    && !before.is(Tags::MODAL | Tags::PRONOUN | Tags::ROLE)
                    && !scene.is(at, "to")
        }
        Form::Base => {
            let word = scene.text.word(before);
            let is_plural = before.is_word()
                && word.ends_with('s')
                && !word.ends_with("ss")
                && !crate::phrase::name::is_ending(scene.text, before);
            let may_be_subject = is_plural
                || before.is(Tags::PRONOUN | Tags::MODAL | Tags::ADVERB | Tags::NEGATION)
                || before.kind == TokenKind::Comma
                // "a staff report"
                || SUBJECTS.hold(scene.text.content, before)
                    && !at.checked_sub(1).is_some_and(|article| scene.is(article, "a"));
            !may_be_subject
        }
        Form::Third | Form::Ing | Form::Noun | Form::Source => {
            // "my thanks go to"
            let is_thing = cue.word.form == Form::Third && !ALONE.hold(scene.text.content, before);
            is_own && (cue.word.is_noun || is_thing)
                // "three more points to"
                || scene.is(at, "more")
                || before.is(Tags::PREPOSITION) && cue.word.form != Form::Ing && !scene.is(at, "to")
        }
    }
}

/// "the Clover brand", "Ohio state": whether the name that ends at `at` is of one alone, who would say it with an "-s".
fn is_one(scene: &Scene<'_>, at: u32) -> bool {
    let word = |at: u32| scene.text.tokens.get(at as usize);
    let is_name = |at: u32| {
        word(at).is_some_and(|word| {
            word.is_capital() && !word.is(Tags::PRONOUN | Tags::MODAL | Tags::DETERMINER)
                || scene.text.is(word, "&")
        })
    };
    if !is_name(at) || word(at).is_some_and(|last| last.ends_with(scene.text.content, "s")) {
        return false;
    }
    let mut first = at;
    while first > scene.sentence(at).start && at - first < LONGEST_CUE && is_name(first - 1) {
        first -= 1;
    }
    first == scene.sentence(at).start
        || word(first - 1).is_some_and(|before| {
            before.is(Tags::DETERMINER) || crate::phrase::name::is_ending(scene.text, before)
        })
}

/// The hearer behind the cue: "reporters" in "told reporters".
pub(super) fn hearer(scene: &Scene<'_>, cue: &Cue, end: u32) -> Option<Range<u32>> {
    if !cue.word.takes(Takes::HEARER | Takes::PERSON) {
        return None;
    }
    let core = noun_phrase(scene.text, cue.tokens.end, end)?.core;
    // "told colleagues last night"
    let is_time =
        core.len() > 1 && scene.is_any(core.end - 1, &["last", "this", "next", "late", "early"]);
    Some(core.start..core.end - u32::from(is_time))
}

/// Tokens of a cue.
const LONGEST_CUE: u32 = 6;
/// Tokens between a quotation and its cue.
const FARTHEST_CUE: u32 = 28;
/// Tokens between a verb and a cue that shares its subject.
const FARTHEST_SUBJECT: u32 = 50;
/// Verbs that are tried for a shared subject.
const MOST_VERBS: usize = 4;
/// Tokens between a passive and its agent.
const FARTHEST_AGENT: u32 = 8;
/// Adverbs before a subject.
const MOST_BEFORE_SUBJECT: u32 = 3;
