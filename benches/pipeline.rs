//! How fast articles are read: the whole pipeline and each stage of it, over many different articles, beside a scalar
//! tokeniser with a table of 256 entries in the same run. `cargo bench --no-default-features --bench pipeline`.

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use dictum::document::{Budget, Document, Options};
use dictum::engine::Engine;
use dictum::lexicon::Lexicon;
use dictum::text::Text;
use dictum::token::{Token, tokens};

mod articles;

fn pipeline(criterion: &mut Criterion) {
    let articles = articles::any();
    let bytes = articles.iter().map(|article| article.content.len() as u64).sum();
    let (engine, lexicon) = (Engine::english(), Lexicon::english());
    let (options, budget) = (Options::default(), Budget::unlimited());
    let longest = articles.iter().map(|article| article.content.len()).max().unwrap_or_default();

    let mut group = criterion.benchmark_group("pipeline");
    group.throughput(Throughput::Bytes(bytes)).sample_size(30);
    group.bench_function("0 scalar table", |bencher| {
        bencher.iter(|| {
            for article in &articles {
                black_box(scalar(black_box(&article.content)));
            }
        });
    });
    let mut read: Vec<Token> = Vec::with_capacity(longest);
    group.bench_function("1 tokens", |bencher| {
        bencher.iter(|| {
            for article in &articles {
                read.clear();
                tokens(black_box(&article.content), &mut read);
                black_box(&read);
            }
        });
    });
    group.bench_function("2 tokens, lexicon", |bencher| {
        bencher.iter(|| {
            for article in &articles {
                read.clear();
                tokens(black_box(&article.content), &mut read);
                lexicon.tag(&article.content, &mut read);
                black_box(&read);
            }
        });
    });
    group.bench_function("3 text", |bencher| {
        bencher.iter(|| {
            for article in &articles {
                black_box(Text::read(lexicon, black_box(&article.content)));
            }
        });
    });
    group.bench_function("4 engine", |bencher| {
        bencher.iter(|| {
            for article in &articles {
                let content = black_box(article.content.as_str());
                let document = Document { content, published: article.published, region: None };
                black_box(engine.analyze(&document, &options, &budget));
            }
        });
    });
    group.finish();

    criterion.bench_function("lexicon", |bencher| {
        bencher.iter_batched(|| (), |()| black_box(Lexicon::read()), BatchSize::PerIteration);
    });
}

/// The yardstick of the machine: counts words and marks, one byte and one look at a table a step.
fn scalar(content: &str) -> (usize, usize) {
    const WORD: u8 = 1;
    const MARK: u8 = 2;
    static TABLE: [u8; 256] = {
        let mut table = [MARK; 256];
        let mut byte = 0;
        while byte < 256 {
            let b = byte as u8;
            if b.is_ascii_alphanumeric() || b >= 0x80 {
                table[byte] = WORD;
            } else if b <= b' ' {
                table[byte] = 0;
            }
            byte += 1;
        }
        table
    };
    let (mut words, mut marks, mut before) = (0, 0, 0);
    for byte in content.bytes() {
        let class = TABLE[usize::from(byte)];
        words += usize::from(class == WORD && before != WORD);
        marks += usize::from(class == MARK);
        before = class;
    }
    (words, marks)
}

criterion_group!(benches, pipeline);
criterion_main!(benches);
