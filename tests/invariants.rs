//! What holds for any text: nothing panics, every span is an exact slice, order, the same answer twice, linear time.

use std::time::{Duration, Instant};

use dictum::document::{Budget, Document, Options, Region};
use dictum::engine::Engine;
use dictum::fact::Report;
use dictum::lexicon::Lexicon;
use dictum::text::Text;
use dictum::token::{Token, TokenKind, is_ignorable, tokens};
use proptest::prelude::*;

#[path = "../benches/articles/adversaries.rs"]
mod adversaries;

use adversaries::ADVERSARIES;

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_holds(content in any::<String>()) {
        holds(&content);
    }

    #[test]
    fn any_mix_of_pieces_holds(content in pieces()) {
        holds(&content);
    }

    /// The lists of one document are room for the next: nothing of it may show there.
    #[test]
    fn what_was_read_before_changes_nothing(before in pieces(), content in pieces()) {
        let alone = std::thread::scope(|scope| {
            scope.spawn(|| format!("{:?}", report(&content))).join().unwrap_or_default()
        });
        report(&before);
        prop_assert_eq!(format!("{:?}", report(&content)), alone);
    }

    #[test]
    fn any_run_of_bytes_holds(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        holds(&String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn every_piece_holds_alone_and_twice() {
    for piece in PIECES {
        holds(piece);
        holds(&format!("{piece}{piece}"));
        holds(&format!("{piece} {piece} {piece}"));
    }
}

/// Two statements may begin together: the shorter one comes first.
#[test]
fn statements_that_begin_together_are_sorted() {
    let content = "Last year our trade rose by 11 percent, I believe, and it has grown, the press office reports.";
    let report = report(content);
    let begins: Vec<u32> = report.statements.iter().map(|statement| statement.span.begin).collect();
    assert_eq!(begins, [0, 0]);
    report_holds(content, &report);
}

/// Texts made of the pieces that readers look at, with and without spaces.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "[0-9]{1,12}",
    ];
    let joint = proptest::sample::select(&["", " ", " ", " ", "\n", "\n\n", "-", ", ", ". "][..]);
    proptest::collection::vec((piece, joint), 0..40).prop_map(|pairs| {
        pairs.into_iter().flat_map(|(piece, joint)| [piece, joint.to_owned()]).collect()
    })
}

/// Checks all that must hold for a text.
fn holds(content: &str) {
    tokens_hold(content);
    text_holds(content);
    let report = report(content);
    report_holds(content, &report);
    assert_eq!(format!("{report:?}"), format!("{:?}", self::report(content)), "{content:?} twice");
}

fn report(content: &str) -> Report {
    let document =
        Document { content, published: "2024-03-15T12:00".parse().ok(), region: Region::new("US") };
    Engine::english().analyze(&document, &Options::default(), &Budget::unlimited())
}

fn tokens_hold(content: &str) {
    let mut read: Vec<Token> = Vec::new();
    tokens(&(), content, &mut read);
    let mut end = 0;
    for token in &read {
        let (from, to) = (token.span.begin as usize, token.span.end as usize);
        assert!(end <= from && from < to, "{content:?}: {token:?} overlaps or is empty");
        assert!(
            content.is_char_boundary(from) && content.is_char_boundary(to),
            "{content:?}: {token:?}"
        );
        assert_nothing_seen(content, end, from);
        end = to;
    }
    assert_nothing_seen(content, end, content.len());
}

/// Between tokens there is nothing that a reader sees.
fn assert_nothing_seen(content: &str, from: usize, to: usize) {
    let between = content.get(from..to).expect("tokens end where characters do");
    let seen = between.chars().find(|c| !c.is_whitespace() && !is_ignorable(*c));
    assert_eq!(seen, None, "{content:?}: {between:?} is in no token");
}

fn text_holds(content: &str) {
    let text = Text::read(Lexicon::english(), content);
    let mut next = 0;
    for (index, sentence) in text.sentences.iter().enumerate() {
        assert_eq!(sentence.tokens.start, next, "{content:?}: every token is in one sentence");
        assert!(sentence.tokens.start < sentence.tokens.end, "{content:?}: an empty sentence");
        assert!(sentence.body().start <= sentence.tokens.end, "{content:?}: too long a dateline");
        let paragraph = &text.paragraphs[sentence.paragraph as usize];
        assert!(
            paragraph.sentences.contains(&(index as u32)),
            "{content:?}: sentence of another paragraph"
        );
        next = sentence.tokens.end;
    }
    assert_eq!(next as usize, text.tokens.len(), "{content:?}: every token is in one sentence");
    let mut next = 0;
    for paragraph in &text.paragraphs {
        assert_eq!(paragraph.tokens.start, next, "{content:?}: every token is in one paragraph");
        next = paragraph.tokens.end;
    }
    assert_eq!(next as usize, text.tokens.len(), "{content:?}: every token is in one paragraph");
    for quote in &text.quotes {
        assert!(!quote.span.of(content).is_empty(), "{content:?}: {quote:?}");
        assert!(quote.tokens.end as usize <= text.tokens.len(), "{content:?}: {quote:?}");
    }
}

fn report_holds(content: &str, report: &Report) {
    assert_eq!(report.read_to as usize, content.len(), "{content:?} is read to its end");
    for pair in report.facts.windows(2) {
        assert!(pair[0].span <= pair[1].span, "{content:?}: facts are not sorted: {pair:#?}");
    }
    for pair in report.statements.windows(2) {
        assert!(pair[0].span <= pair[1].span, "{content:?}: statements are not sorted: {pair:#?}");
    }
    for pair in report.sentences.windows(2) {
        assert!(pair[0].end <= pair[1].begin, "{content:?}: sentences overlap: {pair:?}");
    }
    for (at, statement) in report.statements.iter().enumerate() {
        let up = |at: &u32| report.statements.get(*at as usize).and_then(|outer| outer.parent);
        let steps = std::iter::successors(Some(at as u32), up).take(report.statements.len() + 1);
        assert!(
            steps.count() <= report.statements.len(),
            "{content:?}: in a circle: {statement:#?}"
        );
    }
    let count = report.facts.len() as u32;
    for fact in &report.facts {
        assert!(!fact.span.is_empty(), "{content:?}: {fact:#?}");
        assert!((0.0..=1.0).contains(&fact.confidence), "{content:?}: {fact:#?}");
        assert!((fact.sentence as usize) < report.sentences.len(), "{content:?}: {fact:#?}");
        assert!(
            fact.statement().is_none_or(|at| (at as usize) < report.statements.len()),
            "{content:?}: {fact:#?}"
        );
        assert!(fact.links.iter().all(|link| link.to < count), "{content:?}: {fact:#?}");
    }
    spans_hold(content, &format!("{report:?}"));
}

/// Every span of a report, in whatever field, is a slice of the text: read from its debug form, so that none is forgotten.
fn spans_hold(content: &str, report: &str) {
    for part in report.split("Span { begin: ").skip(1) {
        let (begin, rest) = part.split_once(", end: ").expect("the debug form of a span");
        let end: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let (begin, end) = (begin.parse().expect("a number"), end.parse().expect("a number"));
        assert!(content.get(begin..end).is_some(), "{content:?}: {begin}..{end} is no slice");
    }
}

#[test]
fn time_is_linear() {
    let mut slow = String::new();
    for unit in ADVERSARIES {
        let (small, large) = (unit.repeat(HALF / unit.len()), unit.repeat(2 * HALF / unit.len()));
        // The best of several runs, because the machine does other things too; more of them only when it looks bad.
        let mut best = (Duration::MAX, Duration::MAX);
        let is_linear = (0..8).any(|_| {
            best = (best.0.min(time(&small)), best.1.min(time(&large)));
            best.1 < FLOOR || best.1.as_secs_f64() < 2.6 * best.0.as_secs_f64()
        });
        if !is_linear {
            slow += &format!(
                "{unit:?}: {:?} for {HALF} bytes, {:?} for twice as many\n",
                best.0, best.1
            );
        }
    }
    assert!(slow.is_empty(), "more than linear:\n{slow}");
}

#[test]
fn a_megabyte_in_one_open_quotation_takes_linear_time() {
    let unit =
        "We will rebuild the bridge by 2030, he said, and the council agreed to pay $4 million. ";
    let quoted = |bytes: usize| format!("“{}", unit.repeat(bytes / unit.len()));
    let (small, large) = (quoted(1 << 19), quoted(1 << 20));
    let mut best = (Duration::MAX, Duration::MAX);
    let is_linear = (0..4).any(|_| {
        best = (best.0.min(time(&small)), best.1.min(time(&large)));
        best.1.as_secs_f64() < 2.6 * best.0.as_secs_f64()
    });
    assert!(is_linear, "{:?} for half a megabyte, {:?} for one", best.0, best.1);
}

fn time(content: &str) -> Duration {
    let (started, busy) = (Instant::now(), busy());
    std::hint::black_box(report(content));
    match (busy, self::busy()) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => started.elapsed(),
    }
}

/// How long this thread has run, where the system says so: other work of the machine does not count.
fn busy() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    stat.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

#[test]
fn kinds_of_marks_are_told() {
    let content = "“a” «b» ‘c’ \"d\" (e) [f] — – - … ... / ; : ! ? , . € @x ½";
    let mut read = Vec::new();
    tokens(&(), content, &mut read);
    assert!(read.iter().all(|token| token.kind != TokenKind::Other));
}

/// Bytes.
const HALF: usize = 32 * 1024;
/// A time below which a ratio says nothing; in any build, a quadratic step over 16,000 tokens takes longer.
const FLOOR: Duration = Duration::from_millis(40);

/// What readers look at, and what breaks them.
const PIECES: &[&str] = &[
    "The",
    "President",
    "Vladimir",
    "Putin",
    "Mr.",
    "Inc.",
    "U.S.",
    "a.m.",
    "St.",
    "J.",
    "said",
    "says",
    "told",
    "reporters",
    "that",
    "according",
    "to",
    "he",
    "she",
    "we",
    "I",
    "it",
    "his",
    "who",
    "will",
    "would",
    "may",
    "May",
    "not",
    "never",
    "n't",
    "won’t",
    "pledged",
    "promised",
    "plans",
    "vowed",
    "committed",
    "agreed",
    "by",
    "until",
    "before",
    "after",
    "since",
    "from",
    "between",
    "and",
    "or",
    "of",
    "in",
    "on",
    "at",
    "the",
    "a",
    "last",
    "next",
    "this",
    "year",
    "years",
    "month",
    "week",
    "days",
    "hours",
    "ago",
    "later",
    "today",
    "tomorrow",
    "yesterday",
    "Monday",
    "Friday",
    "January",
    "Sept.",
    "spring",
    "quarter",
    "Q3",
    "1990s",
    "mid-",
    "early",
    "2024",
    "1999",
    "31",
    "12",
    "29",
    "0",
    "00",
    "1st",
    "second",
    "third",
    "half",
    "quarter",
    "dozen",
    "one",
    "two",
    "twenty",
    "hundred",
    "thousand",
    "million",
    "billion",
    "trillion",
    "1,234.5",
    "1.234,5",
    "1 000",
    "14/10/2022",
    "2022-10-14",
    "2022-13-45",
    "30.02.2021",
    "10:30",
    "25:61",
    "9/11",
    "1/2",
    "½",
    "3½",
    "-5",
    "−5",
    "+5",
    "±5",
    "5%",
    "%",
    "percent",
    "percentage",
    "points",
    "basis",
    "$",
    "US$",
    "€",
    "£4.5bn",
    "$4.5",
    "dollars",
    "cents",
    "euros",
    "km",
    "km²",
    "kilometres",
    "per",
    "barrel",
    "an",
    "hour",
    "°C",
    "degrees",
    "tonnes",
    "people",
    "workers",
    "rose",
    "fell",
    "up",
    "down",
    "increased",
    "more",
    "than",
    "about",
    "at",
    "least",
    "nearly",
    "over",
    "under",
    "if",
    "unless",
    "reportedly",
    "think",
    "99999999999999999999999999999999999999999999",
    "1e999",
    "0.00000000000000000001",
    ".5",
    "5.",
    "1,,2",
    "1..2",
    "''",
    "``",
    "\"",
    "“",
    "”",
    "‘",
    "’",
    "«",
    "»",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "-",
    "--",
    "–",
    "—",
    "…",
    "...",
    ".",
    ",",
    ";",
    ":",
    "!",
    "?",
    "/",
    "&",
    "*",
    "#",
    "@",
    "_",
    "~",
    "|",
    "\\",
    "'s",
    "’s",
    "é",
    "e\u{301}",
    "\u{301}",
    "ß",
    "İ",
    "ǅ",
    "漢字",
    "عربى",
    "١٢",
    "１２",
    "👩\u{200D}👩\u{200D}👧",
    "👍🏽",
    "🇪🇺",
    "❤\u{FE0F}",
    "\u{200D}",
    "\u{FE0F}",
    "\u{AD}",
    "\u{200B}",
    "\u{FEFF}",
    "\u{A0}",
    "\u{202F}",
    "\u{2009}",
    "\u{3000}",
    "\u{2028}",
    "\u{2029}",
    "\u{85}",
    "\r",
    "\n",
    "\r\n",
    "\t",
    "\0",
    "\u{7F}",
    "\u{10FFFF}",
    "http://x.y/z",
    "www.a.b",
    "@b",
    "#c",
    "a@b.c",
    "°",
    "№",
    "²",
    "⁄",
    "WASHINGTON (AP) —",
    "You Might Also Like",
    "Thank you.",
    "said:",
    "2021-22",
    "1990-91",
    "the 2020s",
    "noon",
    "midnight",
    "Christmas",
    "T",
    "Z",
    "P1Y",
];
