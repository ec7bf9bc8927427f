//! Reads articles some number of times: what `tests/callgrind.sh` counts the instructions of.
//!
//! `instructions ROUNDS STAGE FILE…`: each file is a `.txt`, or JSON Lines with a `content`. Prints the bytes read in one
//! round. STAGE is `tokens`, `text` or `engine`.

use std::error::Error;
use std::hint::black_box;

use dictum::document::{Budget, Document, Options};
use dictum::engine::Engine;
use dictum::lexicon::Lexicon;
use dictum::text::Text;

#[path = "../benches/articles/mod.rs"]
mod articles;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let rounds: u32 = arguments.next().ok_or("how many rounds?")?.parse()?;
    let stage = arguments.next().ok_or("which stage?")?;
    let mut articles = Vec::new();
    for path in arguments {
        articles::read(path.as_ref(), &mut articles)?;
    }
    let (engine, lexicon) = (Engine::english(), Lexicon::english());
    let (options, budget) = (Options::default(), Budget::unlimited());
    let mut tokens = Vec::new();
    for _ in 0..rounds {
        for article in &articles {
            let content = black_box(article.content.as_str());
            match stage.as_str() {
                "tokens" => {
                    tokens.clear();
                    dictum::token::tokens(&(), content, &mut tokens);
                    black_box(&tokens);
                }
                "text" => drop(black_box(Text::read(lexicon, content))),
                "engine" => {
                    let document = Document { content, published: article.published, region: None };
                    drop(black_box(engine.analyze(&document, &options, &budget)));
                }
                other => return Err(format!("no stage {other:?}").into()),
            }
        }
    }
    let bytes: usize = articles.iter().map(|article| article.content.len()).sum();
    eprintln!("{} articles, {bytes} bytes", articles.len());
    Ok(())
}
