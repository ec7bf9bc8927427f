//! Facts made ready to leave: asked for, sorted, numbered.

use std::hash::Hasher;

use super::Room;
use super::order::{self, arrange};
use crate::document::{Kinds, Options};
use crate::extract::Context;
use crate::fact::{Amount, Decimal, Fact, Kind};

/// Keeps the facts that were asked for, sorts them by span, moves their links to the new order and gives them their ids.
/// Returns how many were left out because of the limit.
pub fn finish(
    ctx: &Context<'_>,
    facts: &mut Vec<Fact>,
    options: &Options,
    room: &mut Room,
) -> usize {
    let Room { keys: order, places, timex, .. } = room;
    let wanted = facts.iter().enumerate().filter(|(_, fact)| is_asked_for(ctx, fact, options));
    order::put(order, wanted.map(|(at, fact)| key_of(fact, at)));
    let over = order.len().saturating_sub(options.max_facts);
    order.truncate(options.max_facts);

    places.clear();
    places.resize(facts.len(), None);
    for (new, &key) in order.iter().enumerate() {
        places[order::place(key)] = Some(new as u32);
    }
    arrange(facts, order);
    facts.truncate(order.len());
    let place = |old: u32| places.get(old as usize).copied().flatten();
    for fact in facts {
        fact.links.retain_mut(|link| place(link.to).map(|to| link.to = to).is_some());
        match &mut fact.kind {
            Kind::Date(date) => date.time.anchor = date.time.anchor.and_then(place),
            Kind::Numeric(claim) => {
                if let Some(time) = &mut claim.time {
                    time.anchor = time.anchor.and_then(place);
                }
            }
            Kind::Commitment(commitment) => {
                if let Some(time) = &mut commitment.deadline {
                    time.anchor = time.anchor.and_then(place);
                }
            }
        }
        fact.id = id(ctx, fact, timex);
    }
    over
}

fn is_asked_for(ctx: &Context<'_>, fact: &Fact, options: &Options) -> bool {
    let Kinds { numeric, date, commitment } = options.kinds;
    let wanted = match fact.kind {
        Kind::Numeric(_) => numeric,
        Kind::Date(_) => date,
        Kind::Commitment(_) => commitment,
    };
    let is_likely = !matches!(fact.kind, Kind::Commitment(_))
        || options.keeps_unlikely
        || fact.confidence >= ctx.lexicon.weights.floor();
    wanted && is_likely && fact.confidence >= options.min_confidence
}

/// By span, then by kind.
fn key_of(fact: &Fact, at: usize) -> u128 {
    order::key(fact.span.begin, u64::from(fact.span.end) << 8 | u64::from(rank(&fact.kind)), at)
}

/// Facts of one span: a commitment before what stands in it.
fn rank(kind: &Kind) -> u8 {
    match kind {
        Kind::Commitment(_) => 0,
        Kind::Numeric(_) => 1,
        Kind::Date(_) => 2,
    }
}

/// From kind, normalised value and place: FNV-1a, the same on every machine. `timex` is room for the values of times.
fn id(ctx: &Context<'_>, fact: &Fact, timex: &mut String) -> u64 {
    let mut hash = Fnv(0xCBF2_9CE4_8422_2325);
    hash.write_u8(rank(&fact.kind));
    match &fact.kind {
        Kind::Numeric(claim) => match claim.quantity.amount {
            Amount::Value(value) => hash.decimal(value),
            Amount::Interval { low, high, .. } => {
                for bound in [low, high] {
                    if let Some(bound) = bound {
                        hash.decimal(bound);
                    }
                    hash.write_u8(b'/');
                }
            }
        },
        Kind::Date(date) => {
            timex.clear();
            date.time.push_timex_value(timex);
            hash.write(timex.as_bytes());
        }
        Kind::Commitment(commitment) => {
            hash.write(commitment.action.map_or("", |action| ctx.text.of(action)).as_bytes());
        }
    }
    hash.write_u32(fact.span.begin);
    hash.write_u32(fact.span.end);
    hash.finish()
}

struct Fnv(u64);

impl Fnv {
    const PRIME: u64 = 0x0100_0000_01B3;

    /// The value, however many noughts it was said with.
    fn decimal(&mut self, value: Decimal) {
        let value = value.reduced();
        // Nearly all fit half of the bytes: the noughts of the other half only multiply.
        match u64::try_from(value.mantissa()) {
            Ok(small) => {
                self.write(&small.to_le_bytes());
                self.0 = self.0.wrapping_mul(Self::PRIME.wrapping_pow(8));
            }
            Err(_) => self.write(&value.mantissa().to_le_bytes()),
        }
        self.write_u8(value.scale());
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        let (parts, rest) = bytes.as_chunks::<8>();
        let add = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(Self::PRIME);
        self.0 = parts.iter().fold(self.0, |hash, part| part.iter().fold(hash, add));
        self.0 = rest.iter().fold(self.0, add);
    }

    fn write_u32(&mut self, value: u32) {
        self.write(&value.to_le_bytes());
    }
}
