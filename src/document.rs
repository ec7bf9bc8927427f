//! What comes in: the text, when and where it was published, what is asked for, and how long it may take.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use jiff::civil::DateTime;

/// An article as its sender describes it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Document<'a> {
    /// The text, UTF-8, never normalised. At most `u32::MAX` bytes.
    pub content: &'a str,
    /// Civil time of publication in the document's own time zone: the anchor of "last year". Without it, relative times
    /// stay unresolved.
    pub published: Option<DateTime>,
    /// Where it was published: decides which dollar "$" is and whether 03/04 is in March or April.
    pub region: Option<Region>,
}

/// A CLDR region code of two letters, upper case: "US", "GB".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Region([u8; 2]);

impl Region {
    /// Reads a code of two ASCII letters in either case; `None` for anything else.
    pub fn new(code: &str) -> Option<Self> {
        match code.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Some(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => None,
        }
    }

    /// Whether it lies, most of it, in the southern hemisphere, where summer begins in December.
    pub fn is_southern(&self) -> bool {
        matches!(
            self.code(),
            "AO" | "AR"
                | "AU"
                | "BO"
                | "BR"
                | "BW"
                | "CL"
                | "FJ"
                | "LS"
                | "MG"
                | "MU"
                | "MW"
                | "MZ"
                | "NA"
                | "NZ"
                | "PE"
                | "PY"
                | "SZ"
                | "UY"
                | "ZA"
                | "ZM"
                | "ZW"
        )
    }

    /// The code, upper case.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Kinds of fact to return.
    pub kinds: Kinds,
    /// Facts less sure than this are left out; 0 keeps all.
    pub min_confidence: f32,
    /// At most so many facts, the first in text order.
    pub max_facts: usize,
    /// Whether to return also what is more likely no commitment than one: for weighing the signs.
    pub keeps_unlikely: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            kinds: Kinds::ALL,
            min_confidence: 0.0,
            max_facts: usize::MAX,
            keeps_unlikely: false,
        }
    }
}

/// A set of kinds of fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds {
    /// Numeric claims.
    pub numeric: bool,
    /// Date mentions.
    pub date: bool,
    /// Commitments.
    pub commitment: bool,
}

impl Kinds {
    /// Every kind.
    pub const ALL: Self = Self { numeric: true, date: true, commitment: true };
    /// No kind.
    pub const NONE: Self = Self { numeric: false, date: false, commitment: false };
}

/// How long reading may go on. Plain: the server moves the [`Stop`] when a deadline passes or a client goes away.
#[derive(Clone, Debug, Default)]
pub struct Budget {
    stop: Option<Arc<Stop>>,
}

impl Budget {
    /// Reads to the end.
    pub fn unlimited() -> Self {
        Self::default()
    }

    /// Reads until it is stopped.
    pub fn until(stop: Arc<Stop>) -> Self {
        Self { stop: Some(stop) }
    }

    /// Whether no further sentence may be read.
    pub fn is_spent(&self) -> bool {
        self.level() >= SPENT
    }

    /// Whether nobody wants what was read so far.
    pub fn is_abandoned(&self) -> bool {
        self.level() >= ABANDONED
    }

    fn level(&self) -> u8 {
        self.stop.as_ref().map_or(0, |stop| stop.0.load(Ordering::Relaxed))
    }
}

/// Ends the reading of a document from outside. It is only ever moved up.
#[derive(Debug, Default)]
pub struct Stop(AtomicU8);

impl Stop {
    /// Read no further sentence; what was read so far is wanted.
    pub fn spend(&self) {
        self.0.fetch_max(SPENT, Ordering::Relaxed);
    }

    /// Nothing is wanted any more.
    pub fn abandon(&self) {
        self.0.fetch_max(ABANDONED, Ordering::Relaxed);
    }
}

const SPENT: u8 = 1;
const ABANDONED: u8 = 2;
