//! "will", "would", "shall", "must", "should".

use super::super::{Draft, Scene};
use super::verb::elided_subject;
use super::{
    Actor, actor, behind_adverbs, is_passive, looks_past, main_verb, nobody_before, opinion_before,
    reporter_before,
};
use crate::fact::CommitmentType;
use crate::lexicon::{Act, Tags};
use crate::phrase::name::{self, NounPhrase};
use crate::token::{Token, TokenKind, flags};

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
    // "Will" the name, "the will", "a will"; but "Will fund our schools." of an agent named before.
    let has_capital = scene.text.tokens.get(at as usize).is_some_and(Token::is_capital);
    let is_next_small =
        scene.text.tokens.get(at as usize + 1).is_some_and(|next| !next.is_capital());
    let is_elided =
        has_capital && at == scene.from && is_next_small && scene.has(at + 1, Tags::ACT);
    let is_name = has_capital && !is_elided;
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
    let mut negated = scene.ends_with(at, "n't") || scene.ends_with(at, "n’t");
    let mut verb = at + 1;
    for _ in 0..5 {
        if scene.is_any(verb, &["not", "never"]) {
            negated = true;
            verb += 1;
        } else if scene.has(verb, Tags::ADVERB)
            || scene.is_any(verb, &["all", "both", "each"])
            || scene.kind(verb) == TokenKind::Word
                && scene.ends_with(verb, "ly")
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
    let act = behind_cleft(scene, at, verb);
    let is_cleft = act != verb;
    verb = act;
    let is_done_by = is_done_by(scene, verb) && rule == "commitment.will";
    let looks_back = scene.is(verb, "have")
        && !is_done_by
        && (looks_past(scene, verb + 1)
            || matches!(kind, CommitmentType::Obligation | CommitmentType::Call));
    if scene.kind(verb) != TokenKind::Word || looks_back {
        return None;
    }
    let main = if is_done_by { verb + 1 } else { main_verb(scene, verb) };
    let is_passive = is_passive(scene, verb);
    // "will be here", "will have time": a state, whosever it is; but "I will be a candidate".
    let may_bind = is_passive
        || !scene.has(main, Tags::AUXILIARY)
        || scene.has(main, Tags::PAST_VERB)
        || scene.is(main, "do")
        || scene.is(main, "be") && scene.is_any(main + 1, &["a", "an"]);
    if rule == "commitment.will" && !may_bind {
        return None;
    }
    // "would like to" is a phrase of its own.
    if rule == "commitment.would" && scene.is(verb, "like") {
        return None;
    }
    // "would" of who is not said to have said anything binds nobody, whoever it is.
    if rule == "commitment.would"
        && !is_passive
        && before.is_none_or(|(known, _)| known.rule != "commitment.would")
        && !scene.text.tokens(scene.from..at).iter().any(|token| token.is(Tags::REPORTING))
    {
        return None;
    }
    let found = name::subject_before(scene.text, scene.from, at)
        .filter(|found| found.tokens.end <= at)
        .map(|found| behind_report(scene, found))
        .map(|found| with_nobody(scene, found))
        .or_else(|| outside(scene, at))
        .or_else(|| nobody_before(scene, at))
        .or_else(|| quoted_before(scene, at))
        .or_else(|| noun_before(scene, at));
    let (subject, first, who) = match found {
        Some(found) => {
            let who = actor(scene, &found);
            (Some((found.core.start, found.core.end)), found.core.start, who)
        }
        None if is_elided => (None, at, Actor::Unnamed),
        // "…, and will also build": the subject of the clause before.
        None => {
            match before.filter(|(_, end)| at >= *end && at - *end <= 2) {
                Some((known, _)) => (known.agent, at, Actor::Pronoun),
                // "Labour supports the fund and will oppose any cut".
                None => {
                    let subject = elided_subject(scene, at)?;
                    (Some((subject.core.start, subject.core.end)), at, actor(scene, &subject))
                }
            }
        }
    };
    // Of things, only what a plan is carried out by stands for who plans; a passive says nothing of who acts.
    let is_none = subject.is_some_and(|(from, _)| scene.is_any(from, &["no", "nobody", "none"]));
    let is_said = || rule == "commitment.would" && reporter_before(scene, first);
    let is_begun = matches!(who, Actor::Thing | Actor::Name)
        && (rule == "commitment.will" || is_said())
        && is_begun(scene, subject, main);
    let may_act = who.can_act()
        || matches!(who, Actor::Means | Actor::Unnamed)
        || who == Actor::It
            && (rule == "commitment.shall" || rule == "commitment.will" && is_act(scene, main))
        || is_begun;
    if who == Actor::You || !may_act && !is_passive && !is_none {
        return None;
    }
    let is_threat = is_threat(scene, first, main, who);
    if opinion_before(scene, first) && !is_threat && !is_cleft {
        return None;
    }
    // "asked when the road would be mended"
    if first > scene.from && scene.is_any(first - 1, &["when", "where", "who"]) {
        return None;
    }
    let rule = if is_threat { "commitment.threat" } else { rule };
    let negated = negated || is_none;
    let reported = reporter_before(scene, first);
    let is_first = who == Actor::First;
    let is_stative = !is_passive && !is_begun && is_stative(scene, main, who);
    // "would" binds only where it is said to have been said, or of what would be done by nobody named.
    let is_idle = !reported
        && (who.can_act() || !is_passive)
        && before.is_none_or(|(known, _)| known.rule != "commitment.would");
    let kind = match kind {
        CommitmentType::Plan | CommitmentType::Promise if is_threat => CommitmentType::Threat,
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
    let is_felt = || scene.is(main, "be") && scene.is_any(behind_adverbs(scene, main + 1), FELT);
    if kind == CommitmentType::Call && (!who.can_act() || is_stative || is_felt()) {
        return None;
    }
    Some(Draft {
        kind,
        is_soft: false,
        negated,
        cue: (at, at + 1),
        // The subject of a passive is not who acts, nor is the work that begins.
        agent: subject.filter(|_| {
            (who.can_act() || who == Actor::It) && (!is_passive || is_first) && !is_begun
        }),
        subject,
        who,
        first,
        action: verb,
        rule,
    })
}

/// "warned that it would sue": who warns of what it does itself. What somebody warns will happen to him, or others will do, is a fear.
fn is_threat(scene: &Scene<'_>, first: u32, main: u32, who: Actor) -> bool {
    let warns = |at: &u32| scene.is_any(*at, &["warn", "warns", "warned"]);
    let Some(warn) = (first.saturating_sub(6).max(scene.from)..first).rev().find(warns) else {
        return false;
    };
    // "warned that the union would walk out unless": of those for whom somebody speaks.
    let is_ours = who == Actor::Body
        && scene.is_any(main, RETALIATIONS)
        && (main..scene.to).any(|at| scene.is(at, "unless"));
    if !is_ours
        && (!matches!(who, Actor::First | Actor::Pronoun | Actor::It)
            || !is_act(scene, main) && !scene.is_any(main, RETALIATIONS))
    {
        return false;
    }
    let warner =
        name::subject_before(scene.text, scene.from, warn).or_else(|| elided_subject(scene, warn));
    let Some(warner) = warner else { return false };
    let warner_is = actor(scene, &warner);
    let is_plural = || scene.ends_with(warner.core.end - 1, "s");
    if scene.is(first, "it") {
        warner_is == Actor::Body && !is_plural() || warner_is == Actor::Name
    } else if scene.is_any(first, &["he", "she"]) {
        matches!(warner_is, Actor::Person | Actor::Name | Actor::Pronoun)
    } else {
        warner_is.can_act()
    }
}

/// What is done against somebody.
const RETALIATIONS: &[&str] = &[
    "act",
    "appeal",
    "arrest",
    "ballot",
    "block",
    "boycott",
    "evict",
    "expel",
    "fight",
    "fine",
    "fire",
    "hit",
    "prosecute",
    "pull",
    "punish",
    "quit",
    "resign",
    "respond",
    "retaliate",
    "sack",
    "seize",
    "shoot",
    "stop",
    "strike",
    "sue",
    "suspend",
    "veto",
    "vote",
    "walk",
];
/// What one is, and does not do.
const FELT: &[&str] = &[
    "able",
    "afraid",
    "alarmed",
    "ashamed",
    "aware",
    "concerned",
    "delighted",
    "embarrassed",
    "glad",
    "grateful",
    "happy",
    "pleased",
    "proud",
    "ready",
    "sorry",
    "worried",
];

/// "have built": done by then.
fn is_done_by(scene: &Scene<'_>, verb: u32) -> bool {
    let is_then = || (scene.from..verb).any(|at| scene.is(at, "then"));
    scene.is(verb, "have")
        && looks_past(scene, verb + 1)
        && is_act(scene, verb + 1)
        && (!scene.dates.is_empty() || is_then())
}

/// "Work on the bridge will begin": whose work it is, is not said, but somebody has planned it.
fn is_begun(scene: &Scene<'_>, subject: Option<(u32, u32)>, main: u32) -> bool {
    let is_work = |at: u32| scene.is_any(at, WORKS);
    scene.is_any(main, &["begin", "start", "commence", "resume", "stop", "end"])
        && subject.is_some_and(|(from, to)| (from..to.min(from + 3)).any(is_work))
}

/// What people begin because they have planned to.
const WORKS: &[&str] = &[
    "work",
    "works",
    "construction",
    "building",
    "installation",
    "training",
    "recruitment",
    "hiring",
    "drilling",
    "repairs",
    "renovation",
    "renovations",
    "demolition",
    "excavation",
    "production",
    "deliveries",
    "rollout",
    "consultation",
    "testing",
    "trials",
    "vaccinations",
];

/// "What we will do is (to) move two lines": the verb behind it says what is done.
fn behind_cleft(scene: &Scene<'_>, at: u32, verb: u32) -> u32 {
    let is_cleft = scene.is(verb, "do")
        && scene.is_any(verb + 1, &["is", "was"])
        && (at.saturating_sub(FARTHEST_WHAT).max(scene.from)..at)
            .any(|at| scene.is_any(at, &["what", "all", "thing"]));
    let act = verb + 2 + u32::from(scene.is(verb + 2, "to"));
    if is_cleft && scene.has(act, Tags::ACT | Tags::VERB) { act } else { verb }
}

/// Tokens between "what" and the modal of its clause.
const FARTHEST_WHAT: u32 = 8;

/// Whether the verb does, gives or helps.
fn is_act(scene: &Scene<'_>, main: u32) -> bool {
    let act = scene.ctx.lexicon.acts.at(scene.text.tokens(main..scene.to));
    act.is_some_and(|found| {
        matches!(
            found.value.act,
            Act::Found | Act::Alter | Act::Provide | Act::Ensure | Act::Support
        )
    })
}

/// Without the report in front: "ministers" in "saying ministers should".
fn behind_report(scene: &Scene<'_>, found: NounPhrase) -> NounPhrase {
    let start = found.core.start;
    let is_report =
        found.core.len() > 1 && scene.has(start, Tags::REPORTING) && scene.ends_with(start, "ing");
    if !is_report {
        return found;
    }
    NounPhrase { tokens: start + 1..found.tokens.end, core: start + 1..found.core.end }
}

/// With "nobody" in front: "Nobody in the party will" is not the party.
fn with_nobody(scene: &Scene<'_>, found: NounPhrase) -> NounPhrase {
    let start = found.core.start;
    let is_inside = start >= scene.from + 2 && scene.has(start - 1, Tags::PREPOSITION);
    if !is_inside || !scene.is_any(start - 2, &["nobody", "none", "no-one"]) {
        return found;
    }
    NounPhrase { tokens: start - 2..found.tokens.end, core: start - 2..found.core.end }
}

/// The subject in front of a quotation that begins with its verb: "the bank 'will do whatever it takes'".
fn outside(scene: &Scene<'_>, at: u32) -> Option<NounPhrase> {
    if at != scene.from || !scene.is_own_voice {
        return None;
    }
    let mark = at.checked_sub(1)?;
    let sentence = scene.text.sentences.get(scene.text.sentence_of(at) as usize)?;
    name::subject_before(scene.text, sentence.body().start, mark)
        .filter(|found| found.tokens.end == mark)
}

/// A subject in quotation marks: "the 'Green Mile' will".
fn quoted_before(scene: &Scene<'_>, at: u32) -> Option<NounPhrase> {
    let last = at.checked_sub(1)?;
    let opens: &[TokenKind] = match scene.kind(last) {
        TokenKind::CloseQuote => &[TokenKind::OpenQuote],
        TokenKind::CloseSingleQuote => &[TokenKind::OpenSingleQuote],
        TokenKind::DoubleQuote => &[TokenKind::DoubleQuote],
        _ => return None,
    };
    let open = (scene.from.max(at.saturating_sub(LONGEST_QUOTED))..last)
        .rev()
        .find(|at| opens.contains(&scene.kind(*at)))?;
    let is_name = scene.text.tokens.get(open as usize + 1).is_some_and(Token::is_capital);
    let start = open - u32::from(open > scene.from && scene.has(open - 1, Tags::DETERMINER));
    let core = start..at;
    is_name.then(|| NounPhrase { tokens: core.clone(), core })
}

/// A noun that is also a verb: "a major drive will".
fn noun_before(scene: &Scene<'_>, at: u32) -> Option<NounPhrase> {
    let last = at.checked_sub(1).filter(|last| *last > scene.from)?;
    if !scene.has(last, Tags::VERB) || scene.has(last, Tags::AUXILIARY | Tags::PAST_VERB) {
        return None;
    }
    let start = name::core_start(scene.text, scene.from, last);
    let core = start..at;
    let has_article = start < last && scene.has(start, Tags::DETERMINER);
    has_article.then(|| NounPhrase { tokens: core.clone(), core })
}

/// Tokens of a subject in quotation marks.
const LONGEST_QUOTED: u32 = 14;

/// Whether what the verb says is no act: "we will lose", "sales will grow"; but "we will grow our own", "the council will double the fee".
pub(super) fn is_stative(scene: &Scene<'_>, main: u32, who: Actor) -> bool {
    if who == Actor::First && scene.is(main, "be") && scene.is_any(main + 1, &["a", "an"]) {
        // "I will not be a candidate"
        return false;
    }
    let is_felt = scene.is_any(
        main,
        &["be", "have", "see", "need", "know", "lose", "win", "find", "get", "become", "feel"],
    );
    let found = scene.ctx.lexicon.acts.at(scene.text.tokens(main..scene.to));
    let (act, len) = found.map_or((None, 0), |found| (Some(found.value.act), found.len));
    let is_act = matches!(
        act,
        Some(
            Act::Found
                | Act::Alter
                | Act::Provide
                | Act::Ensure
                | Act::Support
                | Act::Strive
                | Act::Try
        )
    );
    // "will take steps", "will leave nobody behind": an act where somebody can act.
    let is_taken = scene.is_any(main, &["take", "bring", "leave"]);
    let is_done = (is_act || is_taken) && takes_object(scene, main) || is_act && len > 1;
    // "will do whatever it takes"
    let is_do = scene.is(main, "do") && takes_object(scene, main) && scene.is_own_voice;
    scene.has(main, Tags::AUXILIARY) && !is_do && !scene.has(main, Tags::PAST_VERB)
        || scene.has(main, Tags::STATIVE) && (is_felt || who != Actor::First) && !is_done
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
