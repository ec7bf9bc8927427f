//! Verbs and adjectives that bind.

use std::borrow::Cow;

use super::super::{Draft, Scene};
use super::modal::is_stative;
use super::{
    Actor, actor, be_before, first_auxiliary, is_passive, is_unreal, nobody_before, opinion_before,
    reporter_before,
};
use crate::fact::CommitmentType;
use crate::lexicon::{Commissive, Frame, Tags};
use crate::phrase::name::{self, NounPhrase};
use crate::token::{Token, TokenKind};

/// "pledged to build", "is prepared to", "ruled out a tax", "guaranteed that no …".
pub(super) fn verb(
    scene: &Scene<'_>,
    at: u32,
    end: u32,
    cue: &Commissive,
    before: Option<(Draft, u32)>,
) -> Option<Draft> {
    let previous = at.checked_sub(1).filter(|previous| *previous >= scene.from);
    let is_after_be = previous.is_some_and(|previous| be_before(scene, previous));
    let word = scene.word(at);
    let has_capital = scene.text.tokens.get(at as usize).is_some_and(Token::is_capital);
    let word =
        if has_capital { Cow::Owned(word.to_ascii_lowercase()) } else { Cow::Borrowed(word) };
    let is_participle =
        word.ends_with("ed") || word.ends_with("en") || word == "bound" || word == "sworn";
    // Adjectives and obligations need "is"; of other participles "is" makes a passive, which binds nobody named.
    let needs_be = cue.kind == CommitmentType::Obligation
        || matches!(
            &*word,
            "willing" | "ready" | "prepared" | "going" | "determined" | "dedicated" | "devoted"
        );
    let is_stand = previous.is_some_and(|previous| {
        scene.is_any(previous, &["stands", "stand", "stood", "remain", "remains", "remained"])
    });
    if needs_be && !is_after_be && !is_stand {
        return None;
    }
    if !needs_be
        && is_after_be
        && is_participle
        && cue.frame != Frame::Committed
        && !word.ends_with("ing")
    {
        return None;
    }
    // Nouns and adjectives in the verb's form: "a planned route", "the pledged sum", "pledge drive". "The firms all pledged",
    // "Lind's promised to" are none.
    let is_verb = || {
        name::is_floated(scene.text, scene.from, at)
            || is_participle && scene.is(at + 1, "to") && scene.is_any(at - 1, &["'s", "’s"])
    };
    if previous.is_some_and(|previous| {
        scene.has(previous, Tags::DETERMINER) && !scene.has(previous, Tags::PRONOUN) && !is_verb()
            || scene.has(previous, Tags::PREPOSITION)
    }) {
        return None;
    }
    let near = at.saturating_sub(3).max(scene.from)..at;
    // "had promised to" is over; what somebody says that others "had agreed to" is not.
    let is_told = || cue.kind == CommitmentType::Agreement && reporter_before(scene, at);
    if near.clone().any(|at| scene.is(at, "if") || scene.is(at, "had") && !is_told()) {
        return None;
    }
    // "I can announce" announces.
    if is_unreal(scene, at) && !word.starts_with("announc") {
        return None;
    }
    let is_denied = near.clone().any(|at| scene.has(at, Tags::NEGATION));
    // "did not promise" binds to nothing; "does not intend to" binds not to.
    if is_denied && cue.kind != CommitmentType::Plan {
        return None;
    }
    // What is bound to costs less to tell than who is bound, and of half of the words it is nothing.
    let mut is_soft = cue.is_soft;
    let after = skip_adverbials(scene, end, &mut is_soft);
    let is_not = scene.is(after, "not") && scene.is(after + 1, "to");
    let action = predicate(scene, after + u32::from(is_not), cue, &word)?;
    let verb_at = if needs_be || cue.frame == Frame::Committed || word == "going" {
        first_auxiliary(scene, at)
    } else {
        at
    };
    let subject = name::subject_before(scene.text, scene.from, verb_at)
        .filter(|subject| subject.tokens.end <= at)
        .or_else(|| nobody_before(scene, verb_at));
    let mut is_nobody = false;
    let (agent, first, who) = match subject {
        Some(subject) => {
            let who = actor(scene, &subject);
            // "nobody is going to be sold"
            let is_none =
                scene.is_any(subject.core.start, &["nobody", "none", "no"]) && word == "going";
            // A commissive of its own makes "it" somebody: "It agreed"; what is obliged may be a thing.
            if who == Actor::You
                || !who.can_act()
                    && who != Actor::It
                    && cue.kind != CommitmentType::Obligation
                    && !is_none
            {
                return None;
            }
            is_nobody = is_none;
            let core = (subject.core.start, subject.core.end);
            (Some(core).filter(|_| !is_none), core.0, who)
        }
        // Who calls on others to act goes on for itself: "urged them to stay, and vowed to sue".
        None => match before.filter(|(known, end)| {
            at >= *end && at - *end <= 4 && known.kind != CommitmentType::Call
        }) {
            Some((known, end)) => (known.agent, verb_at.max(end), Actor::Pronoun),
            None => {
                let subject = elided_subject(scene, first_auxiliary(scene, verb_at))?;
                let who = actor(scene, &subject);
                if !who.can_act() && who != Actor::It {
                    return None;
                }
                (Some((subject.core.start, subject.core.end)), verb_at, who)
            }
        },
    };
    if cue.kind != CommitmentType::Obligation
        && opinion_before(scene, first)
        && !scene.is_any(at, &["expects", "hopes"])
    {
        return None;
    }
    let negated = (cue.is_negative || is_denied || is_nobody) != is_not;
    // "I announce $4 million for": only who says it gives it.
    if word.starts_with("announc") && who != Actor::First {
        return None;
    }
    // "I would like to confirm": what is said by saying so.
    if scene.is_any(at, &["would", "'d", "’d"]) && scene.has(action, Tags::REPORTING) {
        return None;
    }
    // "We are going to have to wait", "they expect to lose": what will be, not what is promised.
    let is_foreseen = word == "going" || word.starts_with("expect") || word.starts_with("hop");
    if is_foreseen && is_stative(scene, action, who) && !is_passive(scene, action) {
        return None;
    }
    let kind = if cue.kind == CommitmentType::Plan
        && word == "going"
        && agent.is_some_and(|(from, _)| scene.has(from, Tags::FIRST_PERSON))
    {
        CommitmentType::Promise
    } else {
        cue.kind
    };
    let rule = match kind {
        CommitmentType::Promise => "commitment.promise",
        CommitmentType::Plan => "commitment.plan",
        CommitmentType::Agreement => "commitment.agreement",
        CommitmentType::Obligation => "commitment.obligation",
        CommitmentType::Offer => "commitment.offer",
        CommitmentType::Refusal => "commitment.refusal",
        CommitmentType::Threat => "commitment.threat",
        CommitmentType::Call => "commitment.call",
    };
    Some(Draft {
        kind,
        is_soft,
        negated,
        cue: (at, end),
        agent,
        subject: agent,
        who,
        first,
        action,
        rule,
    })
}

/// "She said …, and threatened to": the subject of the sentence's first verb.
pub(super) fn elided_subject(scene: &Scene<'_>, verb: u32) -> Option<NounPhrase> {
    if verb <= scene.from || !scene.has(verb - 1, Tags::AND) && !scene.is(verb - 1, "but") {
        return None;
    }
    // "seven states" are no verb.
    let is_finite = |at: &u32| {
        (name::is_verb(scene.text, *at) || scene.has(*at, Tags::REPORTING))
            && !scene.has(*at, Tags::PREPOSITION)
            && !scene.has(*at - 1, Tags::NUMBER)
            && scene.kind(*at - 1) != TokenKind::Number
    };
    let of = |from: u32| {
        let first = (from + 1..verb.min(from + FARTHEST)).find(is_finite)?;
        name::subject_before(scene.text, from, first).filter(|subject| subject.tokens.end <= first)
    };
    // "She said the owner had agreed to it, and would pay": the owner would.
    let is_said = |at: &u32| scene.has(*at, Tags::REPORTING) && name::is_verb(scene.text, *at);
    let said = scene.is(verb, "would").then(|| (scene.from..verb).find(is_said)).flatten();
    said.and_then(|said| of(said + 1)).or_else(|| of(scene.from))
}

/// How far from the head of a sentence its first verb may be.
const FARTHEST: u32 = 16;

/// "promised before the election to deliver": the "to" behind where and when it is promised.
fn behind_place(scene: &Scene<'_>, after: u32) -> u32 {
    let mut at = after;
    for _ in 0..2 {
        if !scene.is_any(at, &["after", "at", "before", "by", "during", "in", "under"]) {
            break;
        }
        let Some(place) = name::noun_phrase(scene.text, at + 1, scene.to) else { break };
        at = place.core.end;
    }
    if scene.is(at, "to") && scene.has(at + 1, Tags::ACT) { at } else { after }
}

/// Where the action begins behind a commissive verb.
fn predicate(scene: &Scene<'_>, after: u32, cue: &Commissive, word: &str) -> Option<u32> {
    let after = behind_place(scene, after);
    if scene.is(after, "to") {
        // "commits to: build"
        let after = after + u32::from(scene.kind(after + 1) == TokenKind::Colon);
        let verb = if scene.is(after + 1, "not") { after + 2 } else { after + 1 };
        let is_verb = scene.kind(verb) == TokenKind::Word
            && !scene.has(verb, Tags::DETERMINER | Tags::PRONOUN)
            && !scene.text.tokens.get(verb as usize).is_some_and(|token| token.is_capital());
        // "committed to peace", "committed to sourcing", "agreed to a truce".
        let takes_thing = cue.frame == Frame::Committed || cue.kind == CommitmentType::Agreement;
        // "committed to memory": bare nouns that make an idiom.
        if scene.is_any(verb, &["memory", "prison", "jail", "hospital", "trial"]) {
            return None;
        }
        return (is_verb || takes_thing).then_some(after + 1);
    }
    match cue.frame {
        Frame::Object => {
            if scene.is(after, "that") {
                return (after..(after + 16).min(scene.to))
                    .any(|at| scene.has(at, Tags::MODAL))
                    .then_some(after + 1);
            }
            if word.starts_with("reject") {
                // "rejected calls to suspend the strike"
                let noun = (after..after + 4).find(|at| {
                    scene.is_any(
                        *at,
                        &["calls", "demands", "requests", "pleas", "appeals", "proposals"],
                    )
                })?;
                return scene.is(noun + 1, "to").then_some(noun + 2);
            }
            if word.starts_with("agree") || word.starts_with("consent") || word.starts_with("refus")
            {
                return None;
            }
            // A hearer in front: "promised voters to cut", "told"; "ruled out a cut to its fleet" has none.
            if !word.starts_with("rul")
                && let Some(hearer) = name::noun_phrase(scene.text, after, scene.to)
                    .filter(|hearer| hearer.core.start == after)
            {
                let behind = hearer.core.end;
                // "pledged £3 million to the fund": no hearer.
                let is_amount = matches!(scene.kind(after), TokenKind::Number | TokenKind::Symbol)
                    || scene.has(after, Tags::NUMBER);
                if scene.is(behind, "that") && hearer.core.len() <= 4 {
                    return Some(behind + 1);
                }
                if scene.is(behind, "to")
                    && scene.kind(behind + 1) == TokenKind::Word
                    && scene.has(behind + 1, Tags::ACT | Tags::VERB | Tags::STATIVE)
                    && !is_amount
                    && hearer.core.len() <= 4
                {
                    return Some(behind + 1);
                }
                // "promised my mother I would never charge"
                let is_clause = scene.has(behind, Tags::PRONOUN)
                    && scene.has(behind + 1, Tags::MODAL)
                    && hearer.core.len() <= 4;
                if is_clause {
                    return Some(behind);
                }
                let begins_thing =
                    scene.has(behind, Tags::DETERMINER) || scene.kind(behind) == TokenKind::Number;
                if begins_thing && hearer.core.len() <= 3 {
                    return Some(behind);
                }
                // "promised us water"
                let is_us = scene.is_any(after, &["me", "us", "him", "them"]);
                let is_bare = scene.kind(after + 1) == TokenKind::Word
                    && !scene.text.tokens.get(after as usize + 1).is_some_and(name::is_function);
                if is_us && is_bare {
                    return Some(after + 1);
                }
            }
            let takes_thing = word.starts_with("pledg")
                || word.starts_with("promis")
                || word == "assured" && scene.has(after, Tags::PRONOUN)
                || word.starts_with("offer")
                || word.starts_with("rul");
            // "offers fine views": what is to be had there.
            if word == "offers" || word == "offer" {
                return None;
            }
            // "offered its condolences": done as soon as said.
            if word.starts_with("offer") && (after..after + 3).any(|at| scene.is_any(at, SAID)) {
                return None;
            }
            // "We promised them in 2018": what was promised stands elsewhere.
            let is_pronoun = scene.has(after, Tags::PRONOUN)
                && !matches!(
                    scene.kind(after + 1),
                    TokenKind::Word | TokenKind::Number | TokenKind::Symbol
                )
                || scene.has(after, Tags::PRONOUN)
                    && scene.has(after + 1, Tags::PREPOSITION | Tags::CONJUNCTION | Tags::ADVERB);
            if is_pronoun {
                return None;
            }
            let is_thing = scene.kind(after) == TokenKind::Number
                || scene.kind(after) == TokenKind::Symbol
                || scene.kind(after) == TokenKind::Word
                    && !scene.has(
                        after,
                        Tags::PREPOSITION | Tags::CONJUNCTION | Tags::MODAL | Tags::AUXILIARY,
                    );
            (takes_thing
                && is_thing
                && !scene.is_any(after, &["himself", "herself", "themselves", "itself"]))
            .then_some(after)
        }
        // "committed €340 million to the relief": an amount.
        Frame::Committed => {
            // "an additional $4 million"
            let more = u32::from(scene.is_any(after, &["a", "an", "another"]));
            let more = more
                + u32::from(scene.is_any(after + more, &["additional", "extra", "further", "new"]));
            let amount = after + more;
            let is_amount = (amount..amount + 4).any(|at| scene.has(at, Tags::CURRENCY))
                && (matches!(scene.kind(amount), TokenKind::Number | TokenKind::Symbol)
                    || scene.has(amount, Tags::NUMBER | Tags::CURRENCY));
            let takes_amount = word.starts_with("commit") || word.starts_with("announc");
            (is_amount && takes_amount).then_some(after)
        }
        // "propose amending the act"
        Frame::To => {
            let is_act = scene.has(after, Tags::ACT) && scene.ends_with(after, "ing");
            (is_act && word.starts_with("propos")).then_some(after)
        }
        Frame::Call | Frame::Noun => None,
    }
}

/// What is given by saying it.
const SAID: &[&str] = &[
    "advice",
    "apologies",
    "apology",
    "clue",
    "clues",
    "comment",
    "condolences",
    "congratulations",
    "criticism",
    "detail",
    "details",
    "evidence",
    "excuse",
    "excuses",
    "explanation",
    "explanations",
    "insight",
    "opinion",
    "praise",
    "prayers",
    "regrets",
    "sympathies",
    "sympathy",
    "thanks",
    "thoughts",
    "tribute",
    "view",
    "views",
];

/// Adverbs, times and "in principle" between a commissive and what it binds to.
fn skip_adverbials(scene: &Scene<'_>, mut at: u32, is_soft: &mut bool) -> u32 {
    for _ in 0..4 {
        if scene.is(at, "in") && scene.is(at + 1, "principle") {
            *is_soft = true;
            at += 2;
        } else if let Some((_, end)) = scene.date_at(at) {
            at = end;
        } else if scene.is_any(at, &["on", "in", "at"]) && scene.date_at(at + 1).is_some()
            || scene.has(at, Tags::ADVERB)
            || scene.ends_with(at, "ly") && scene.word(at).len() > 4
        {
            at += 1;
        } else {
            break;
        }
    }
    at
}
