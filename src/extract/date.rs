//! Mentions of dates, times, durations and recurrences.

use super::{Context, DATES, Mentions};
use crate::fact::{DateMention, Fact, Kind, Link, LinkType, Modality, NOWHERE, Resolution};
use crate::phrase::time::{self, Scene};
use crate::span::Span;
use crate::text::Sentence;

/// Reads the times of a sentence.
pub(super) fn dates(
    ctx: &Context<'_>,
    index: u32,
    sentence: &Sentence,
    begins: &[u32],
    mentions: &mut Mentions,
) {
    let starts = begins.iter().map(|at| (at - sentence.tokens.start) as usize);
    let mut scene = Scene {
        lexicon: ctx.lexicon,
        content: ctx.text.content,
        tokens: ctx.tokens(sentence),
        published: ctx.document.published,
        region: ctx.document.region,
        memory: mentions.memory,
        last: None,
        timed: None,
        every: None,
        sentence: index,
        next_fact: mentions.facts.len() as u32,
    };
    let mut found = std::mem::take(&mut mentions.times);
    time::mentions(&mut scene, starts, &mut found);
    mentions.memory = scene.memory;
    let base = mentions.facts.len();
    for mention in &found {
        let confidence = match mention.time.resolution {
            Resolution::Explicit => 0.92,
            Resolution::FromPublishTime => 0.88,
            Resolution::FromAnotherMention => 0.75,
            Resolution::Unresolved => 0.6,
        };
        mentions.push(
            DATES,
            Fact {
                id: 0,
                span: scene.span(mention),
                sentence: index,
                stands_in: NOWHERE,
                modality: Modality::Asserted,
                hedged: Span::default(),
                confidence,
                rule: mention.rule,
                links: Vec::new(),
                kind: Kind::Date(DateMention { time: mention.time, relation: mention.relation }),
            },
        );
    }
    for (at, ends) in found.windows(2).enumerate() {
        let (begin, end) = (base + at, base + at + 1);
        if time::is_one_range(&scene, &ends[0], &ends[1]) {
            let tie = |to: usize, link| Link { to: to as u32, link };
            mentions.facts[begin].links.push(tie(end, LinkType::RangeEnd));
            mentions.facts[end].links.push(tie(begin, LinkType::RangeBegin));
        }
    }
    found.clear();
    mentions.times = found;
}
