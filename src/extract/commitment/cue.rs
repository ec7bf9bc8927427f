//! The words that bind, and who is bound by them.

use super::{Draft, Scene};
use crate::fact::CommitmentType;
use crate::lexicon::{Commissive, Frame, Tags};
use crate::phrase::name::{self, NounPhrase};
use crate::token::{TokenKind, flags};

/// Reads the cue at `at`; `before` is the commitment of the sentence read last, with its end.
pub(super) fn at(scene: &Scene<'_>, at: u32, before: Option<(Draft, u32)>) -> Option<Draft> {
    let tokens = scene.text.tokens(at..scene.to);
    let token = tokens.first()?;
    if token.is(Tags::MODAL) {
        return modal(scene, at, before);
    }
    let lexicon = scene.ctx.lexicon;
    if let Some(found) = lexicon.commissives.noun.at(tokens) {
        let read = noun(scene, at, at + found.len as u32, found.value);
        if read.is_some() {
            return read;
        }
    }
    let found = lexicon.commissives.verb.at(tokens)?;
    let end = at + found.len as u32;
    if found.value.frame == Frame::Call {
        call(scene, at, end, before)
    } else {
        verb(scene, at, end, found.value, before)
    }
}

/// "will", "'ll", "won't", "shall", "would", "must", "should".
fn modal(scene: &Scene<'_>, at: u32, before: Option<(Draft, u32)>) -> Option<Draft> {
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
        || scene.is_any(at.wrapping_sub(1), &["'s", "’s"]) && at > scene.from;
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
        {
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
    let subject = name::subject_before(scene.text, scene.from, at);
    let (agent, first, who) = match subject.filter(|subject| subject.tokens.end <= at) {
        Some(subject) => {
            let who = actor(scene, &subject);
            (Some((subject.core.start, subject.core.end)), subject.core.start, who)
        }
        // "…, and will also build": the subject of the clause before.
        None => {
            let (known, end) = before.filter(|(_, end)| at >= *end && at - *end <= 2)?;
            let _ = end;
            (known.agent, at, Actor::Other)
        }
    };
    if who == Actor::Nobody && !is_passive(scene, verb) || who == Actor::You {
        return None;
    }
    let reported = reporter_before(scene, first);
    let is_first = who == Actor::First;
    if opinion_before(scene, first) {
        return None;
    }
    let main = main_verb(scene, verb);
    let is_stative = scene.has(main, Tags::STATIVE) || scene.has(main, Tags::AUXILIARY);
    let mut confidence = if is_first { 0.8 } else { 0.68 };
    let kind = match kind {
        CommitmentType::Plan => {
            let is_felt = scene.is_any(
                main,
                &[
                    "be", "have", "see", "need", "know", "lose", "win", "find", "get", "become",
                    "feel",
                ],
            );
            // "we will grow our own" binds; "we will lose", "sales will grow" predict.
            if is_stative && (!is_first || is_felt) && !is_passive(scene, verb) {
                return None;
            }
            if who == Actor::Nobody {
                confidence = 0.5;
            }
            if is_first || scene.is_own_voice || reported {
                CommitmentType::Promise
            } else {
                CommitmentType::Plan
            }
        }
        CommitmentType::Promise => {
            // "would" binds only where it is said to have been said.
            if !reported && before.is_none_or(|(known, _)| known.rule != "commitment.would")
                || is_stative && !is_passive(scene, verb)
            {
                return None;
            }
            CommitmentType::Promise
        }
        CommitmentType::Obligation if rule == "commitment.shall" && is_first => {
            CommitmentType::Promise
        }
        CommitmentType::Obligation
            if rule == "commitment.must" && (scene.is_own_voice || is_first || reported) =>
        {
            CommitmentType::Call
        }
        kind => kind,
    };
    if matches!(kind, CommitmentType::Call) && (who == Actor::Nobody || is_stative) {
        return None;
    }
    if who == Actor::Nobody && matches!(kind, CommitmentType::Call) {
        return None;
    }
    let agent = if who == Actor::Nobody { None } else { agent };
    Some(Draft {
        kind,
        is_soft: false,
        negated,
        cue: (at, at + 1),
        agent,
        first,
        action: verb,
        confidence,
        rule,
    })
}

/// Who a subject is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Actor {
    /// "I", "we".
    First,
    /// "you".
    You,
    /// Somebody or some body that can bind itself.
    Other,
    /// A thing, or nobody.
    Nobody,
}

fn actor(scene: &Scene<'_>, subject: &NounPhrase) -> Actor {
    let text = scene.text;
    if let Some(token) = subject.single(text).filter(|token| token.is(Tags::PRONOUN)) {
        return match text.word(token).to_ascii_lowercase().as_str() {
            "i" | "we" => Actor::First,
            "he" | "she" | "they" | "who" => Actor::Other,
            "it" if reporter_before(scene, subject.core.start) => Actor::Other,
            "you" => Actor::You,
            _ => Actor::Nobody,
        };
    }
    let core = text.tokens(subject.core.clone());
    // The head: before the first preposition.
    let head_end = core
        .iter()
        .skip(1)
        .position(|token| token.is(Tags::PREPOSITION) && !token.is_capital())
        .map_or(core.len(), |at| at + 1);
    let head = core.get(..head_end).unwrap_or(core);
    let can_act =
        head.last().is_some_and(|last| last.is(Tags::AGENTIVE | Tags::ROLE | Tags::ORGANISATION));
    let is_name = head.last().is_some_and(|last| {
        last.is_capital()
            && !last.is(Tags::WEEKDAY | Tags::MONTH | Tags::DETERMINER | Tags::QUESTION)
            && !(head.len() == 1
                && is_sentence_start(scene, subject.core.start)
                && !last.is(Tags::GIVEN_NAME)
                && text.word(last).ends_with("ing"))
    });
    // "Children", "Prices" at the start of a sentence are no names.
    let is_plain_start = head.len() == 1
        && is_sentence_start(scene, subject.core.start)
        && head.iter().all(|only| {
            // "Children", "Prices", "Demand": words of the language, or plurals.
            let is_word =
                only.tags & !(Tags::HOLIDAY | Tags::TITLE) != 0 || text.word(only).ends_with('s');
            !only.is(Tags::GIVEN_NAME) && is_word && !only.has(flags::UPPER)
        });
    if can_act || is_name && !is_plain_start {
        if head.iter().any(|word| word.is(Tags::FIRST_PERSON)) {
            Actor::First
        } else {
            Actor::Other
        }
    } else {
        Actor::Nobody
    }
}

fn is_sentence_start(scene: &Scene<'_>, at: u32) -> bool {
    name::is_sentence_start(scene.text, at)
}

/// Whether a word of reporting stands shortly before the clause at `first`, with or without "that".
fn reporter_before(scene: &Scene<'_>, first: u32) -> bool {
    let that = u32::from(first > scene.from && scene.is(first - 1, "that"));
    let near = first.saturating_sub(that);
    (near.saturating_sub(8).max(scene.from)..near)
        .rev()
        .any(|at| scene.has(at, Tags::REPORTING) && !scene.has(at, Tags::PREPOSITION))
}

/// Whether a hope, belief or question stands before the clause at `first`.
fn opinion_before(scene: &Scene<'_>, first: u32) -> bool {
    (first.saturating_sub(7).max(scene.from)..first).any(|at| scene.has(at, Tags::OPINION))
}

fn looks_past(scene: &Scene<'_>, at: u32) -> bool {
    scene.has(at, Tags::PAST_VERB) || scene.word(at).ends_with("ed") || scene.is(at, "been")
}

/// "be built", "be held".
fn is_passive(scene: &Scene<'_>, verb: u32) -> bool {
    scene.is(verb, "be") && looks_past(scene, verb + 1)
}

/// The verb that says what is done: of "be adding" the second.
fn main_verb(scene: &Scene<'_>, verb: u32) -> u32 {
    if scene.is(verb, "be") && scene.word(verb + 1).ends_with("ing") { verb + 1 } else { verb }
}

/// "pledged to build", "is prepared to", "ruled out a tax", "guaranteed that no …".
fn verb(
    scene: &Scene<'_>,
    at: u32,
    end: u32,
    cue: &Commissive,
    before: Option<(Draft, u32)>,
) -> Option<Draft> {
    let previous = at.checked_sub(1).filter(|previous| *previous >= scene.from);
    let is_after_be = previous.is_some_and(|previous| be_before(scene, previous));
    let word = scene.word(at).to_ascii_lowercase();
    let is_participle =
        word.ends_with("ed") || word.ends_with("en") || word == "bound" || word == "sworn";
    // Adjectives and obligations need "is"; of other participles "is" makes a passive, which binds nobody named.
    let needs_be = cue.kind == CommitmentType::Obligation
        || matches!(
            word.as_str(),
            "willing" | "ready" | "prepared" | "going" | "determined" | "dedicated" | "devoted"
        );
    let is_stand = previous.is_some_and(|previous| {
        scene.is_any(previous, &["stands", "stand", "stood", "remain", "remains"])
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
    // Nouns and adjectives in the verb's form: "a planned route", "the pledged sum", "pledge drive".
    if previous.is_some_and(|previous| {
        scene.has(previous, Tags::DETERMINER) && !scene.has(previous, Tags::PRONOUN)
            || scene.has(previous, Tags::PREPOSITION)
    }) {
        return None;
    }
    let near = at.saturating_sub(3).max(scene.from)..at;
    if near.clone().any(|at| scene.is_any(at, &["had", "if"])) {
        return None;
    }
    let is_denied = near.clone().any(|at| scene.has(at, Tags::NEGATION));
    // "did not promise" binds to nothing; "does not intend to" binds not to.
    if is_denied && cue.kind != CommitmentType::Plan {
        return None;
    }
    let verb_at = if needs_be || cue.frame == Frame::Committed || word == "going" {
        first_auxiliary(scene, at)
    } else {
        at
    };
    let subject = name::subject_before(scene.text, scene.from, verb_at)
        .filter(|subject| subject.tokens.end <= at);
    let (agent, first) = match subject {
        Some(subject) => {
            let who = match actor(scene, &subject) {
                // "it has guaranteed", "It agreed": a commissive of its own makes "it" somebody.
                Actor::Nobody
                    if subject
                        .single(scene.text)
                        .is_some_and(|token| scene.text.is(token, "it")) =>
                {
                    Actor::Other
                }
                Actor::Nobody if cue.kind == CommitmentType::Obligation => Actor::Other,
                who => who,
            };
            if matches!(who, Actor::Nobody | Actor::You) {
                return None;
            }
            (Some((subject.core.start, subject.core.end)), subject.core.start)
        }
        None => {
            let (known, end) = before.filter(|(_, end)| at >= *end && at - *end <= 4)?;
            (known.agent, verb_at.max(end))
        }
    };
    if cue.kind != CommitmentType::Obligation
        && opinion_before(scene, first)
        && !scene.is_any(at, &["expects", "hopes"])
    {
        return None;
    }
    let mut is_soft = cue.is_soft;
    let mut after = skip_adverbials(scene, end, &mut is_soft);
    let mut negated = cue.is_negative || is_denied;
    if scene.is(after, "not") && scene.is(after + 1, "to") {
        negated = !negated;
        after += 1;
    }
    let action = predicate(scene, after, cue, &word)?;
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
        first,
        action,
        confidence: 0.78,
        rule,
    })
}

/// Where the action begins behind a commissive verb.
fn predicate(scene: &Scene<'_>, after: u32, cue: &Commissive, word: &str) -> Option<u32> {
    if scene.is(after, "to") {
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
            // A hearer in front: "promised voters to cut", "told".
            if let Some(hearer) = name::noun_phrase(scene.text, after, scene.to)
                .filter(|hearer| hearer.core.start == after)
            {
                let behind = hearer.core.end;
                if scene.is(behind, "to")
                    && scene.kind(behind + 1) == TokenKind::Word
                    && hearer.core.len() <= 4
                {
                    return Some(behind + 1);
                }
                let begins_thing =
                    scene.has(behind, Tags::DETERMINER) || scene.kind(behind) == TokenKind::Number;
                if begins_thing && hearer.core.len() <= 3 && !word.starts_with("rul") {
                    return Some(behind);
                }
                if scene.is(behind, "that") && hearer.core.len() <= 4 {
                    return Some(behind + 1);
                }
            }
            let takes_thing = word.starts_with("pledg")
                || word.starts_with("promis")
                || word.starts_with("offer")
                || word.starts_with("rul");
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
            let is_amount = (after..after + 4).any(|at| scene.has(at, Tags::CURRENCY))
                && (matches!(scene.kind(after), TokenKind::Number | TokenKind::Symbol)
                    || scene.has(after, Tags::NUMBER | Tags::CURRENCY));
            (is_amount && word.starts_with("commit")).then_some(after)
        }
        Frame::To | Frame::Call | Frame::Noun => None,
    }
}

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
            || scene.word(at).ends_with("ly") && scene.word(at).len() > 4
        {
            at += 1;
        } else {
            break;
        }
    }
    at
}

fn be_before(scene: &Scene<'_>, at: u32) -> bool {
    let is_be = |at: u32| {
        scene.is_any(
            at,
            &[
                "is", "are", "was", "were", "be", "been", "am", "'re", "’re", "'m", "’m", "being",
                "remain", "remains",
            ],
        )
    };
    is_be(at)
        || at > scene.from
            && (scene.has(at, Tags::ADVERB)
                || scene.word(at).ends_with("ly")
                || scene.is(at, "also"))
            && is_be(at - 1)
}

/// The first of the auxiliaries before a participle.
fn first_auxiliary(scene: &Scene<'_>, at: u32) -> u32 {
    let mut first = at;
    while first > scene.from
        && at - first < 4
        && (scene.has(first - 1, Tags::AUXILIARY | Tags::ADVERB | Tags::MODAL)
            || scene.is_any(first - 1, &["stands", "stand", "remain", "remains"]))
    {
        first -= 1;
    }
    first
}

/// "its pledge to cut", "reaffirm their commitment to", "signed a memorandum to", "approved a plan to".
fn noun(scene: &Scene<'_>, at: u32, end: u32, cue: &Commissive) -> Option<Draft> {
    let previous = at.checked_sub(1).filter(|previous| *previous >= scene.from)?;
    let binds_parties = cue.kind == CommitmentType::Agreement;
    // The verb that takes the noun: within five words before.
    let governing = (at.saturating_sub(6).max(scene.from)..at)
        .rev()
        .find(|at| name::is_verb(scene.text, *at))?;
    if scene.is_any(governing, BROKEN) {
        return None;
    }
    let is_made = scene.is_any(governing, if binds_parties { SIGNED } else { MADE });
    if !is_made {
        return None;
    }
    let _ = previous;
    let action = if scene.is(end, "to")
        && scene.kind(end + 1) == TokenKind::Word
        && !scene.has(end + 1, Tags::DETERMINER)
    {
        end + 1
    } else if binds_parties || scene.is(end, "that") {
        // The thing itself, with its article: "a two-year no-strike accord".
        (governing + 1..=at).find(|at| !scene.has(*at, Tags::ADVERB)).unwrap_or(at)
    } else {
        return None;
    };
    let subject = name::subject_before(scene.text, scene.from, first_auxiliary(scene, governing))
        .filter(|subject| subject.tokens.end <= governing)?;
    if matches!(actor(scene, &subject), Actor::Nobody | Actor::You)
        && !subject.single(scene.text).is_some_and(|token| scene.text.is(token, "it"))
    {
        return None;
    }
    let is_soft = scene.is(at, "memorandum") || scene.is(at, "letter");
    let negated = scene.text.tokens(action..end).iter().any(|token| scene.text.is(token, "no"));
    let rule = match cue.kind {
        CommitmentType::Agreement => "commitment.agreement.noun",
        CommitmentType::Plan => "commitment.plan.noun",
        _ => "commitment.promise.noun",
    };
    Some(Draft {
        kind: cue.kind,
        is_soft,
        negated,
        cue: (at, end),
        agent: Some((subject.core.start, subject.core.end)),
        first: subject.core.start,
        action,
        confidence: 0.7,
        rule,
    })
}

/// "urged the council to ban", "called on all parties to".
fn call(scene: &Scene<'_>, at: u32, end: u32, before: Option<(Draft, u32)>) -> Option<Draft> {
    // "was asked to": who is asked stands in front, which is another clause.
    if at > scene.from && be_before(scene, at - 1)
        || scene.has(at.wrapping_sub(1), Tags::DETERMINER)
            && at > scene.from
            && !scene.has(at - 1, Tags::PRONOUN)
    {
        return None;
    }
    let that = u32::from(scene.is(end, "that"));
    let asked = name::noun_phrase(scene.text, end + that, scene.to)
        .filter(|asked| asked.core.start <= end + that + 1)?;
    let behind = asked.core.end;
    let action = if scene.is(behind, "to") && scene.kind(behind + 1) == TokenKind::Word {
        behind + 1 + u32::from(scene.is(behind + 1, "not"))
    } else if that == 1 || scene.is(end - 1, "that") {
        behind
    } else {
        return None;
    };
    let subject =
        name::subject_before(scene.text, scene.from, at).filter(|subject| subject.tokens.end <= at);
    let first = match (subject, before) {
        (Some(subject), _) => subject.core.start,
        (None, Some((_, end))) if at >= end && at - end <= 2 => at,
        (None, _) => at,
    };
    let negated = scene.is(behind + 1, "not");
    Some(Draft {
        kind: CommitmentType::Call,
        is_soft: false,
        negated,
        cue: (at, end),
        agent: Some((asked.core.start, asked.core.end)),
        first,
        action,
        confidence: 0.7,
        rule: "commitment.call",
    })
}

/// Verbs that make a pledge or plan.
const MADE: &[&str] = &[
    "reaffirm",
    "reaffirmed",
    "reaffirms",
    "made",
    "make",
    "makes",
    "making",
    "gave",
    "give",
    "gives",
    "approved",
    "approve",
    "unveiled",
    "announced",
    "set",
    "sets",
    "adopted",
    "renewed",
    "renews",
    "repeated",
    "reiterated",
    "confirmed",
    "backed",
    "outlined",
    "presented",
    "endorsed",
    "has",
    "have",
    "signed",
    "took",
    "released",
    "published",
    "restated",
    "honour",
    "honor",
];

/// Verbs that conclude an agreement.
const SIGNED: &[&str] = &[
    "signed",
    "sign",
    "signs",
    "reached",
    "reach",
    "struck",
    "concluded",
    "sealed",
    "inked",
    "made",
    "entered",
    "ratified",
];

/// Verbs that end one.
const BROKEN: &[&str] = &[
    "dropped",
    "broke",
    "broken",
    "abandoned",
    "kept",
    "fulfilled",
    "ditched",
    "scrapped",
    "withdrew",
    "met",
    "honoured",
];
