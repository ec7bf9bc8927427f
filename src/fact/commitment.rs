//! Who binds themselves to what.

use super::TimeValue;
use crate::span::Span;

/// Somebody bound to a future course of action.
#[derive(Clone, Debug, PartialEq)]
pub struct Commitment {
    /// What kind of bond.
    pub kind: CommitmentType,
    /// Who is bound, as written.
    pub agent: Option<Span>,
    /// The fullest name that the document gives to the agent.
    pub agent_name: Option<Span>,
    /// What is to be done, without deadline and condition.
    pub action: Option<Span>,
    /// For whom.
    pub beneficiary: Option<Span>,
    /// By when, resolved.
    pub deadline: Option<TimeValue>,
    /// By when, as written, with its preposition.
    pub deadline_phrase: Option<Span>,
    /// On what condition, as written.
    pub condition: Option<Span>,
    /// Firm or softly worded.
    pub strength: Strength,
    /// Bound not to act: "will not raise taxes".
    pub negated: bool,
    /// The words that bind.
    pub cue: Span,
    /// What speaks for and against its being one: what its confidence is made of.
    pub signs: Signs,
}

/// The kinds of bond, as the proto documents them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommitmentType {
    /// An explicit commissive, or "will" in the agent's own voice.
    Promise,
    /// Intention, target, schedule.
    Plan,
    /// Two or more parties bind themselves.
    Agreement,
    /// Bound by law, contract or order.
    Obligation,
    /// Bound if the other side accepts.
    Offer,
    /// Bound not to do what was asked.
    Refusal,
    /// Against the hearer's interest.
    Threat,
    /// A demand on somebody else: the one asked is the agent, and nobody is bound.
    Call,
}

/// How firmly worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// Worded as certain.
    Firm,
    /// "aims to", "in principle", "where possible".
    Hedged,
}

/// A set of [`Sign`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs(u128);

impl Signs {
    /// Adds a sign.
    pub fn add(&mut self, sign: Sign) {
        self.0 |= 1 << sign as u128;
    }

    /// Adds a sign where `holds`.
    pub fn add_if(&mut self, holds: bool, sign: Sign) {
        self.0 |= u128::from(holds) << sign as u128;
    }

    /// Whether the sign is in the set.
    pub fn has(self, sign: Sign) -> bool {
        self.0 >> (sign as u128) & 1 == 1
    }

    /// The signs of the set, in the order of [`Sign::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Sign> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let (sign, _) = Sign::ALL.get(left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(*sign)
        })
    }
}

/// Declares the signs once: variant, name in the table of weights, meaning.
macro_rules! signs {
    ($($sign:ident $name:literal $doc:literal)*) => {
        /// Something about a sentence that speaks for or against its binding somebody. None is of a topic: each is of grammar,
        /// of a class of words, or of how exact the words are.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Sign { $(#[doc = $doc] $sign),* }

        impl Sign {
            /// Every sign with its name in `signs.toml`.
            pub const ALL: &'static [(Self, &'static str)] = &[$((Self::$sign, $name)),*];
        }
    };
}

signs! {
    First "subject.first" "\"I\", \"we\"."
    Body "subject.body" "A body that can bind itself: \"the council\"."
    Person "subject.person" "A person, by title, role or name."
    Name "subject.name" "Another name."
    Pronoun "subject.pronoun" "\"she\", \"they\", \"who\"."
    Means "subject.means" "A means of a plan: \"the programme\"."
    Thing "subject.thing" "Another thing."
    It "subject.it" "\"it\" of the author."
    NoSubject "subject.none" "No subject: an item of a list, a headline."
    OurMeans "subject.our" "A subject with \"our\", or of a named body: \"the party's plan\"."
    Public "subject.public" "People at large: \"voters\", \"families\"."
    Generic "subject.generic" "Not one that is named or known: \"a wise investor\", \"most shops\"."
    Only "subject.only" "\"only\" before the subject."
    Will "cue.will" "\"will\"."
    Would "cue.would" "\"would\", reported."
    Shall "cue.shall" "\"shall\"."
    Must "cue.must" "\"must\"."
    Promise "cue.promise" "A verb that promises."
    Plan "cue.plan" "A verb that plans."
    Agreement "cue.agreement" "A verb that agrees."
    Obligation "cue.obligation" "A verb or adjective that obliges."
    Offer "cue.offer" "A verb that offers."
    Refusal "cue.refusal" "A verb that refuses."
    Threat "cue.threat" "A verb that threatens."
    Noun "cue.noun" "A noun: \"its pledge to\"."
    List "cue.list" "An item under a heading that ends with the cue: \"We will:\"."
    Items "cue.items" "An item under another heading: \"Our plan includes:\"."
    Bare "cue.bare" "A bare verb that begins a line."
    Infinitive "cue.infinitive" "\"to\" and a verb without another: \"Council to sell park\"."
    Schedule "cue.schedule" "The present with a time: \"is opening in May\"."
    FirstExplicit "cue.first_explicit" "An explicit verb of a first person: \"we aim to\", \"I promise to\"."
    Past "cue.past" "A cue in a past form: \"promised\"."
    Progress "cue.progress" "A cue in \"-ing\"."
    Committed "cue.committed" "\"is committed to\", with a thing or an act."
    PromisedThing "cue.thing" "What is promised is a thing or a clause: \"promised cheaper tickets\"."
    Passive "voice.passive" "Passive: who acts is not said by the subject."
    PassiveFound "voice.passive_found" "Passive of a verb that founds: \"will be set up\"."
    PassiveSupport "voice.passive_support" "Passive of a verb that helps: \"will be encouraged\"."
    Found "act.found" "Founds, decides or ends something: \"establish\", \"repeal\"."
    Alter "act.alter" "Changes what can be counted: \"double\", \"build\", \"hire\"."
    Provide "act.provide" "Gives: \"provide\", \"fund\"."
    Ensure "act.ensure" "\"ensure\", \"make sure\"."
    Support "act.support" "Helps without saying how: \"strengthen\", \"promote\"."
    Strive "act.strive" "Works on something: \"work with\", \"fight for\"."
    Try "act.try" "Looks at, goes on: \"address\", \"review\", \"continue\"."
    Effect "act.effect" "Is what a thing brings about: \"enable\", \"mean\"."
    Suffer "act.suffer" "Happens to somebody: \"pay\", \"lose\", \"face\"."
    State "act.state" "Is a state: \"be\", \"have\"."
    Number "exact.number" "A number in the action, or in the subject of a passive."
    Money "exact.money" "An amount of money there."
    Deadline "exact.deadline" "A time."
    Condition "exact.condition" "A condition."
    Proper "exact.name" "A name of two words or more in the action."
    Through "exact.through" "By what means: \"through\", \"by doubling\"."
    New "exact.new" "A new thing: \"a\", \"new\", \"additional\" behind the verb."
    Every "exact.every" "\"all\", \"every\", \"each\"."
    More "vague.more" "\"more\", \"better\", \"fully\"."
    Manner "vague.manner" "An adverb of manner: \"vigorously\"."
    VagueThing "vague.thing" "An object, or the subject of a passive, that names no thing: \"efforts\", \"priority\"."
    Instrument "exact.instrument" "A body or project in the action, or in the subject of a passive: \"commission\", \"fund\"."
    Short "length.short" "Fewer than five words."
    Long "length.long" "More than sixteen words."
    LongSentence "length.sentence" "In a sentence of more than 28 words."
    Negated "polarity.negative" "Bound not to act."
    Quoted "voice.quoted" "In somebody's own words."
    Reported "voice.reported" "Reported as said."
    Same "voice.same" "Reported of who says it: \"said it would\"."
    Subordinate "place.subordinate" "In a clause behind \"because\", \"which\", \"when\"."
    Headline "place.headline" "In a headline, without a word that binds of itself."
    Always "vague.always" "\"always\", \"never\", \"ever\", \"again\"."
}

const _: () = assert!(Sign::ALL.len() <= 128, "a set of signs is one word of 128 bits");
