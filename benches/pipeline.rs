//! How fast articles are read: the whole pipeline and each stage of it, over many different articles, beside a scalar
//! tokeniser with a table of 256 entries in the same run. `cargo bench --no-default-features --bench pipeline`.

use std::hint::black_box;
use std::time::Instant;

use adversaries::ADVERSARIES;
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use dictum::document::{Budget, Document, Options};
use dictum::engine::Engine;
use dictum::lexicon::Lexicon;
use dictum::text::Text;
use dictum::token::{Token, tokens};

#[path = "articles/adversaries.rs"]
mod adversaries;
mod articles;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn pipeline(criterion: &mut Criterion) {
    let articles = articles::any();
    let bytes = articles.iter().map(|article| article.content.len() as u64).sum();
    let (engine, lexicon) = (Engine::english(), Lexicon::english());
    let (options, budget) = (Options::default(), Budget::unlimited());
    let longest = articles.iter().map(|article| article.content.len()).max().unwrap_or_default();

    let mut group = criterion.benchmark_group("pipeline");
    group.throughput(Throughput::Bytes(bytes)).sample_size(30);
    let mut spans = Vec::with_capacity(longest);
    group.bench_function("0 scalar table", |bencher| {
        bencher.iter(|| {
            for article in &articles {
                spans.clear();
                scalar(black_box(&article.content), &mut spans);
                black_box(&spans);
            }
        });
    });
    let mut read: Vec<Token> = Vec::with_capacity(longest);
    group.bench_function("1 tokens", |bencher| {
        bencher.iter(|| {
            for article in &articles {
                read.clear();
                tokens(&(), black_box(&article.content), &mut read);
                black_box(&read);
            }
        });
    });
    group.bench_function("2 tokens, lexicon", |bencher| {
        bencher.iter(|| {
            for article in &articles {
                read.clear();
                black_box(lexicon.tokens(black_box(&article.content), &mut read));
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

    ratios(&articles);
    criterion.bench_function("lexicon", |bencher| {
        bencher.iter_batched(|| (), |()| black_box(Lexicon::read()), BatchSize::PerIteration);
    });
}

/// Prints what holds on a busy machine too, because both sides of each ratio are timed in turn: the scalar table's time in
/// parts of the engine's, and the time of a byte of the slowest text that is no article in times of one of news.
fn ratios(articles: &[articles::Article]) {
    let (engine, options, budget) = (Engine::english(), Options::default(), Budget::unlimited());
    let read = |content: &str| {
        let document = Document { content: black_box(content), ..Document::default() };
        drop(black_box(engine.analyze(&document, &options, &budget)));
    };
    let time = |work: &mut dyn FnMut()| {
        let started = Instant::now();
        work();
        started.elapsed().as_secs_f64()
    };
    let bytes: usize = articles.iter().map(|article| article.content.len()).sum();
    let (mut table, mut news) = (f64::MAX, f64::MAX);
    let mut spans = Vec::new();
    for _ in 0..ROUNDS {
        table = table.min(time(&mut || {
            for article in articles {
                spans.clear();
                scalar(black_box(&article.content), &mut spans);
                black_box(&spans);
            }
        }));
        news = news.min(time(&mut || articles.iter().for_each(|article| read(&article.content))));
    }
    eprintln!(
        "# engine: {:.3} of the scalar table's speed, {:.1} MB/s",
        table / news,
        bytes as f64 / news / 1e6
    );
    let of_news = news / bytes as f64;
    let mut slowest = (0.0, "");
    for unit in ADVERSARIES {
        let text = unit.repeat(ADVERSE / unit.len());
        let best = (0..ROUNDS / 4).map(|_| time(&mut || read(&text))).fold(f64::MAX, f64::min);
        let times = best / text.len() as f64 / of_news;
        if times > slowest.0 {
            slowest = (times, unit);
        }
    }
    eprintln!(
        "# slowest of {} texts that are no article, {:?} over and over: {:.1} times news a byte",
        ADVERSARIES.len(),
        slowest.1,
        slowest.0
    );
}

/// Times that each is timed; the best counts.
const ROUNDS: usize = 20;
/// Bytes of a text that is no article.
const ADVERSE: usize = 64 * 1024;

/// The yardstick of the machine: words and marks, one byte and one look at a table a step.
fn scalar(content: &str, out: &mut Vec<(u32, u32)>) {
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
    let (mut begin, mut before) = (0, 0);
    for (at, byte) in content.bytes().enumerate() {
        let class = TABLE[usize::from(byte)];
        if class == before && class != MARK {
            continue;
        }
        if before != 0 {
            out.push((begin, at as u32));
        }
        (begin, before) = (at as u32, class);
    }
    if before != 0 {
        out.push((begin, content.len() as u32));
    }
}

criterion_group!(benches, pipeline);
criterion_main!(benches);
