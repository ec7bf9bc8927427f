//! "will", "would", "shall", "must", "should".

use super::super::{Draft, Scene};
use super::{Actor, actor, is_passive, looks_past, main_verb, opinion_before, reporter_before};
use crate::fact::CommitmentType;
use crate::lexicon::{Act, Tags};
use crate::phrase::name;
use crate::token::{TokenKind, flags};

/// "will", "'ll", "won't", "shall", "would", "must", "should".
pub(super) fn modal(scene: &Scene<'_>, at: u32, before: Option<(Draft, u32)>) -> Option<Draft> {
    let (kind, rule) = if scene.is_any(at, &["will", "'ll", "won't", "’ll", "won’t"]) {
        (CommitmentType::Plan, "commitment.will")
    } else if scene.is_any(at, &["would", "'d", "wouldn't", "’d", "wouldn’t"]) {
        (CommitmentType::Promise, "commitment.would")
    } else if scene.is_any(at, &["shall", "shan't", "shan’t"]) {
        (CommitmentType::Obligation, "commitment.shall")
    } else if scene.is_any(at, &["must", "mustn't", "mustn’t"]) {
        (CommitmentType::Obligation, "commitment.must")
    } else if scene.is_any(at, &["should", "ought"]) {
        (CommitmentType::Call, "commitment.should")
    } else {
        return None;
    };
    // "Will" the name, "the will", "a will".
    let is_name = scene.text.tokens.get(at as usize).is_some_and(|token| token.has(flags::CAPITAL));
    let is_noun = at > scene.from
        && scene.has(at - 1, Tags::DETERMINER)
        && !scene.has(at - 1, Tags::PRONOUN)
        && !scene.is_any(
            at - 1,
            &["this", "that", "all", "both", "each", "some", "many", "most", "others"],
        )
        || at > scene.from && scene.is_any(at - 1, &["'s", "’s", "good", "free", "ill"]);
    if is_name || is_noun {
        return None;
    }
    let mut negated = scene.word(at).ends_with("n't") || scene.word(at).ends_with("n’t");
    let mut verb = at + 1;
    for _ in 0..5 {
        if scene.is_any(verb, &["not", "never"]) {
            negated = true;
            verb += 1;
        } else if scene.has(verb, Tags::ADVERB)
            || scene.kind(verb) == TokenKind::Word
                && scene.word(verb).ends_with("ly")
                && scene.word(verb).len() > 4
        {
            // "no longer" is not among these: it stands with its verb.
            verb += 1;
        } else if scene.kind(verb) == TokenKind::Comma
            && scene.is_any(verb + 1, &["ever", "never", "however", "therefore", "of", "if"])
            || scene.kind(verb) == TokenKind::Colon && is_lower(scene, verb + 1)
        {
            // "We will: issue identity cards".
            verb += 1;
        } else {
            break;
        }
    }
    if scene.is(at, "ought") && scene.is(verb, "to") {
        verb += 1;
    }
    let looks_back = scene.is(verb, "have")
        && (looks_past(scene, verb + 1)
            || matches!(kind, CommitmentType::Obligation | CommitmentType::Call));
    if scene.kind(verb) != TokenKind::Word || looks_back {
        return None;
    }
    let found = name::subject_before(scene.text, scene.from, at);
    let (subject, first, who) = match found.filter(|found| found.tokens.end <= at) {
        Some(found) => {
            let who = actor(scene, &found);
            (Some((found.core.start, found.core.end)), found.core.start, who)
        }
        // "…, and will also build": the subject of the clause before.
        None => {
            let (known, _) = before.filter(|(_, end)| at >= *end && at - *end <= 2)?;
            (known.agent, at, Actor::Pronoun)
        }
    };
    let main = main_verb(scene, verb);
    let is_passive = is_passive(scene, verb);
    // Of things, only what a plan is carried out by stands for who plans; a passive says nothing of who acts.
    let is_none = subject.is_some_and(|(from, _)| scene.is_any(from, &["no", "nobody"]));
    if who == Actor::You || !who.can_act() && who != Actor::Means && !is_passive && !is_none {
        return None;
    }
    if opinion_before(scene, first) {
        return None;
    }
    let negated = negated || is_none;
    let reported = reporter_before(scene, first);
    let is_first = who == Actor::First;
    let is_stative = !is_passive && is_stative(scene, main, who);
    // "would" binds only where it is said to have been said, or of what would be done by nobody named.
    let is_idle = !reported
        && (who.can_act() || !is_passive)
        && before.is_none_or(|(known, _)| known.rule != "commitment.would");
    let kind = match kind {
        CommitmentType::Plan if is_stative => return None,
        CommitmentType::Plan if is_first || scene.is_own_voice || reported => {
            CommitmentType::Promise
        }
        CommitmentType::Promise if is_stative || is_idle => return None,
        CommitmentType::Obligation if rule == "commitment.shall" && is_first => {
            CommitmentType::Promise
        }
        CommitmentType::Obligation
            if rule == "commitment.must" && (scene.is_own_voice || is_first || reported) =>
        {
            CommitmentType::Call
        }
        CommitmentType::Plan if is_passive && is_reckoning(scene, verb) => CommitmentType::Threat,
        kind => kind,
    };
    if kind == CommitmentType::Call && (!who.can_act() || is_stative) {
        return None;
    }
    Some(Draft {
        kind,
        is_soft: false,
        negated,
        cue: (at, at + 1),
        // The subject of a passive is not who acts.
        agent: subject.filter(|_| who.can_act() && (!is_passive || is_first)),
        subject,
        who,
        first,
        action: verb,
        rule,
    })
}

/// Whether what the verb says is no act: "we will lose", "sales will grow"; but "we will grow our own", "the council will double the fee".
fn is_stative(scene: &Scene<'_>, main: u32, who: Actor) -> bool {
    if who == Actor::First && scene.is(main, "be") && scene.is_any(main + 1, &["a", "an"]) {
        // "I will not be a candidate"
        return false;
    }
    let is_felt = scene.is_any(
        main,
        &["be", "have", "see", "need", "know", "lose", "win", "find", "get", "become", "feel"],
    );
    let act =
        scene.ctx.lexicon.acts.at(scene.text.tokens(main..scene.to)).map(|found| found.value.act);
    let is_act = matches!(
        act,
        Some(Act::Found | Act::Alter | Act::Provide | Act::Ensure | Act::Support | Act::Try)
    );
    scene.has(main, Tags::AUXILIARY)
        || scene.has(main, Tags::STATIVE)
            && (is_felt || who != Actor::First)
            && !(is_act && takes_object(scene, main))
}

/// "be held to account", "be brought to justice".
fn is_reckoning(scene: &Scene<'_>, be: u32) -> bool {
    (be + 1..be + 6).any(|at| {
        scene.is_any(at, &["account", "accountable", "justice", "prosecuted", "punished"])
    })
}

/// Whether an object follows the verb.
fn takes_object(scene: &Scene<'_>, main: u32) -> bool {
    scene.kind(main + 1) == TokenKind::Word
        && !scene.has(main + 1, Tags::PREPOSITION | Tags::ADVERB | Tags::CONJUNCTION)
}

fn is_lower(scene: &Scene<'_>, at: u32) -> bool {
    scene.kind(at) == TokenKind::Word
        && !scene.text.tokens.get(at as usize).is_some_and(|token| token.has(flags::CAPITAL))
}
