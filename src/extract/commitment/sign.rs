//! What speaks for and against a commitment, read from its clause.

use super::clause::Clause;
use super::cue::Actor;
use super::{Draft, Scene};
use crate::fact::{CommitmentType, Kind, NumericKind, Sign, Signs};
use crate::lexicon::{Act, Tags};
use crate::text::ParagraphKind;
use crate::token::{Token, TokenKind, Words, flags};

/// The signs of a draft.
pub(super) fn signs(scene: &Scene<'_>, draft: &Draft, clause: &Clause) -> Signs {
    let mut signs = Signs::default();
    subject(scene, draft, &mut signs);
    cue(scene, draft, &mut signs);
    act(scene, draft, &mut signs);
    exactness(scene, draft, clause, &mut signs);
    place(scene, draft, &mut signs);
    signs.add_if(draft.negated || clause.negated, Sign::Negated);
    signs
}

fn subject(scene: &Scene<'_>, draft: &Draft, signs: &mut Signs) {
    signs.add(match draft.who {
        Actor::First => Sign::First,
        Actor::It => Sign::It,
        Actor::You | Actor::Thing => Sign::Thing,
        Actor::Pronoun => Sign::Pronoun,
        Actor::Body => Sign::Body,
        Actor::Person => Sign::Person,
        Actor::Name => Sign::Name,
        Actor::Means => Sign::Means,
        Actor::Unnamed => Sign::NoSubject,
    });
    let Some((from, to)) = draft.subject else { return };
    let core = from..to.min(from + LONGEST_SUBJECT);
    let head_end = core
        .clone()
        .skip(1)
        .find(|at| scene.has(*at, Tags::PREPOSITION | Tags::RELATIVE))
        .unwrap_or(core.end);
    signs.add_if(scene.has(head_end.saturating_sub(1), Tags::PUBLIC), Sign::Public);
    let is_generic = scene.is_any(from, &["a", "an", "any", "most", "many", "some", "few", "one"])
        && !core
            .clone()
            .skip(1)
            .any(|at| scene.text.tokens.get(at as usize).is_some_and(Token::is_capital));
    signs.add_if(is_generic, Sign::Generic);
    signs.add_if(
        draft.who == Actor::First && matches!(draft.rule, "commitment.plan" | "commitment.promise"),
        Sign::FirstExplicit,
    );
    let is_owned = core
        .into_iter()
        .any(|at| scene.has(at, Tags::FIRST_PERSON) || scene.is_any(at, &["'s", "’s"]));
    signs.add_if(is_owned && draft.who == Actor::Means, Sign::OurMeans);
    let is_only = |at: u32| at >= scene.from && scene.is(at, "only");
    signs.add_if(from > 0 && is_only(from - 1) || is_only(from), Sign::Only);
}

fn cue(scene: &Scene<'_>, draft: &Draft, signs: &mut Signs) {
    let rule = draft.rule.strip_prefix("commitment.").unwrap_or(draft.rule);
    signs.add(match rule {
        "will" => Sign::Will,
        "would" => Sign::Would,
        "shall" => Sign::Shall,
        "must" => Sign::Must,
        "promise" => Sign::Promise,
        "plan" => Sign::Plan,
        "agreement" => Sign::Agreement,
        "obligation" => Sign::Obligation,
        "offer" => Sign::Offer,
        "refusal" => Sign::Refusal,
        "threat" => Sign::Threat,
        "list" => Sign::List,
        "items" => Sign::Items,
        "bare" => Sign::Bare,
        "infinitive" => Sign::Infinitive,
        "schedule" => Sign::Schedule,
        "order" => Sign::Obligation,
        _ => Sign::Noun,
    });
    let word = scene.word(draft.cue.0);
    let is_verb = !matches!(rule, "will" | "would" | "shall" | "must" | "list" | "items" | "bare");
    let is_past = word.ends_with("ed") || scene.has(draft.cue.0, Tags::PAST_VERB);
    signs.add_if(is_verb && is_past, Sign::Past);
    signs.add_if(is_verb && word.ends_with("ing") && word != "willing", Sign::Progress);
    let is_committed = matches!(word, "committed" | "dedicated" | "devoted") && rule == "promise";
    signs.add_if(is_committed, Sign::Committed);
    let is_act = draft.action > draft.cue.1 && scene.is(draft.action - 1, "to");
    signs.add_if(rule == "promise" && !is_committed && !is_act, Sign::PromisedThing);
}

fn act(scene: &Scene<'_>, draft: &Draft, signs: &mut Signs) {
    let mut verb = draft.action;
    let is_passive = scene.is(verb, "be")
        && (1..=3)
            .any(|by| scene.has(verb + by, Tags::PAST_VERB) || is_participle(scene, verb + by));
    if scene.is(verb, "be") && (is_passive || scene.ends_with(verb + 1, "ing")) {
        verb += 1;
    }
    for _ in 0..2 {
        let is_manner = is_manner(scene, verb);
        signs.add_if(is_manner, Sign::Manner);
        if !is_manner && !scene.has(verb, Tags::ADVERB) {
            break;
        }
        verb += 1;
    }
    let act = scene.ctx.lexicon.acts.at(scene.text.tokens(verb..scene.to));
    let kind = act.as_ref().map(|found| found.value.act);
    // "must pay": what is owed is an act, however it feels.
    let is_owed = |kind: &Act| {
        *kind == Act::Suffer
            && matches!(draft.kind, CommitmentType::Obligation)
            && draft.rule != "commitment.shall"
    };
    if let Some(kind) = kind.filter(|kind| !is_owed(kind)) {
        signs.add(match kind {
            Act::Found => Sign::Found,
            Act::Alter => Sign::Alter,
            Act::Provide => Sign::Provide,
            Act::Ensure => Sign::Ensure,
            Act::Support => Sign::Support,
            Act::Strive => Sign::Strive,
            Act::Try => Sign::Try,
            Act::Effect => Sign::Effect,
            Act::Suffer => Sign::Suffer,
            Act::State => Sign::State,
        });
    }
    signs.add_if(is_passive, Sign::Passive);
    signs.add_if(is_passive && kind == Some(Act::Found), Sign::PassiveFound);
    signs.add_if(is_passive && kind == Some(Act::Support), Sign::PassiveSupport);
    let object = verb + act.map_or(1, |act| act.len as u32);
    let is_new = scene.is_any(object, &["a", "an", "new", "additional", "another", "extra"])
        || scene.is_any(object + 1, &["new", "additional", "extra"]);
    signs.add_if(is_new, Sign::New);
    let near = object..object + NEAR_OBJECT;
    signs.add_if(near.clone().any(|at| scene.has(at, Tags::VAGUE)), Sign::VagueThing);
    if is_passive && let Some((from, to)) = draft.subject {
        let subject = scene.text.tokens(from..to);
        signs.add_if(subject.iter().any(|token| token.is(Tags::VAGUE)), Sign::VagueThing);
        signs.add_if(subject.iter().any(|token| is_institution(scene, token)), Sign::Instrument);
    }
}

/// "commission", "programme": what one can see afterwards, unlike a "policy".
fn is_institution(scene: &Scene<'_>, token: &Token) -> bool {
    token.is(Tags::MEANS) && !token.is(Tags::VAGUE) && !WRITTEN.hold(scene.text.content, token)
}

fn is_participle(scene: &Scene<'_>, at: u32) -> bool {
    let word = scene.word(at);
    word.ends_with("ed") && word.len() > 3
        || scene.ctx.lexicon.acts.at(scene.text.tokens(at..scene.to)).is_some()
            && !word.ends_with("ing")
}

/// "vigorously".
fn is_manner(scene: &Scene<'_>, at: u32) -> bool {
    let word = scene.word(at);
    scene.kind(at) == TokenKind::Word && word.len() > 4 && word.ends_with("ly")
}

fn exactness(scene: &Scene<'_>, draft: &Draft, clause: &Clause, signs: &mut Signs) {
    let (from, to) = (draft.action, clause.end.max(draft.action));
    let tokens = scene.text.tokens(from..to);
    // Of a passive, what it is done to stands in front.
    let is_passive = signs.has(Sign::Passive);
    let whole = draft.subject.filter(|_| is_passive).map_or(from, |(first, _)| first.min(from));
    if let Some(span) = super::span_of(scene.text, (whole, to)) {
        for fact in scene.numbers.iter().filter(|fact| span.covers(fact.span)) {
            if let Kind::Numeric(claim) = &fact.kind {
                signs.add(Sign::Number);
                signs.add_if(claim.kind == NumericKind::Money, Sign::Money);
            }
        }
    }
    signs.add_if(clause.deadline.is_some(), Sign::Deadline);
    signs.add_if(clause.condition.is_some(), Sign::Condition);
    let is_name = |pair: &[Token]| {
        pair.iter().all(|token| token.has(flags::CAPITAL) && token.kind == TokenKind::Word)
    };
    signs.add_if(tokens.windows(2).any(is_name), Sign::Proper);
    for (at, token) in (from..).zip(tokens) {
        signs.add_if(EVERY.hold(scene.text.content, token), Sign::Every);
        signs.add_if(MORE.hold(scene.text.content, token), Sign::More);
        signs.add_if(at > from && is_institution(scene, token), Sign::Instrument);
        let is_means = token.is(Tags::PREPOSITION)
            && (scene.is(at, "through") || scene.is(at, "by") && scene.ends_with(at + 1, "ing"));
        signs.add_if(is_means, Sign::Through);
    }
    let words = tokens.iter().filter(|token| token.kind == TokenKind::Word).count();
    signs.add_if(words < 5, Sign::Short);
    signs.add_if(words > 16, Sign::Long);
    let whole = scene.text.tokens(scene.from..scene.to);
    let is_word = |token: &&Token| token.kind == TokenKind::Word;
    let is_long = || whole.iter().filter(is_word).count() > LONG_SENTENCE;
    signs.add_if(whole.len() > LONG_SENTENCE && is_long(), Sign::LongSentence);
}

fn place(scene: &Scene<'_>, draft: &Draft, signs: &mut Signs) {
    signs.add_if(scene.is_own_voice, Sign::Quoted);
    let before = |by: u32| draft.first.checked_sub(by).filter(|at| *at >= scene.from);
    let is_reported = (1..=8)
        .filter_map(before)
        .any(|at| scene.has(at, Tags::REPORTING) && !scene.has(at, Tags::PREPOSITION));
    // "warned that it would" is the cue itself.
    let is_warning = draft.rule == "commitment.threat" && scene.has(draft.cue.0, Tags::MODAL);
    signs.add_if(is_reported && !is_warning, Sign::Reported);
    signs.add_if(is_reported && draft.who == Actor::Pronoun && !scene.is_own_voice, Sign::Same);
    let is_subordinate = (1..=2).filter_map(before).any(|at| {
        at < scene.to
            && scene
                .text
                .tokens
                .get(at as usize)
                .is_some_and(|token| SUBORDINATE.hold(scene.text.content, token))
    });
    signs.add_if(is_subordinate && !is_reported, Sign::Subordinate);
    let is_headline = scene
        .text
        .paragraph_at(draft.first)
        .is_some_and(|paragraph| paragraph.kind == ParagraphKind::Headline);
    // "Bank vows to defend peso" binds in a headline as elsewhere.
    let is_explicit = matches!(
        draft.rule,
        "commitment.promise"
            | "commitment.agreement"
            | "commitment.offer"
            | "commitment.refusal"
            | "commitment.threat"
    );
    signs.add_if(is_headline && !is_explicit, Sign::Headline);
    let near = draft.cue.0..draft.action.min(draft.cue.0 + 4);
    signs.add_if(
        near.into_iter().any(|at| scene.is_any(at, &["always", "never", "ever", "again"])),
        Sign::Always,
    );
}

/// What begins a clause that is of another.
static SUBORDINATE: Words<11> = Words::new([
    "because", "that", "which", "when", "as", "while", "where", "who", "if", "whether", "than",
]);
/// What leaves nobody out.
static EVERY: Words<3> = Words::new(["all", "every", "each"]);
/// What can be had more or less of.
static MORE: Words<18> = Words::new([
    "more",
    "better",
    "greater",
    "stronger",
    "fully",
    "further",
    "effective",
    "appropriate",
    "adequate",
    "sufficient",
    "special",
    "comprehensive",
    "necessary",
    "suitable",
    "proper",
    "due",
    "renewed",
    "major",
]);
/// Means of a plan that are words or money: they are easily promised, and of many it cannot be told what became of them.
static WRITTEN: Words<45> = Words::new([
    "plan",
    "plans",
    "package",
    "packages",
    "investment",
    "investments",
    "funding",
    "commitment",
    "commitments",
    "policy",
    "policies",
    "reform",
    "reforms",
    "measure",
    "measures",
    "budget",
    "review",
    "strategy",
    "strategies",
    "initiative",
    "initiatives",
    "bill",
    "law",
    "laws",
    "legislation",
    "upgrade",
    "grant",
    "grants",
    "agenda",
    "framework",
    "service",
    "proposal",
    "proposals",
    "scholarships",
    "pledge",
    "deal",
    "agreement",
    "amendment",
    "regulation",
    "regulations",
    "act",
    "acts",
    "tax",
    "code",
    "treaty",
]);
/// Words of a long sentence.
const LONG_SENTENCE: usize = 28;
/// Words behind the verb that are looked through for what it is done to.
const NEAR_OBJECT: u32 = 7;
/// Words of a subject that are looked at.
const LONGEST_SUBJECT: u32 = 12;
