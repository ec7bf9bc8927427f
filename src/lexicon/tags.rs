//! The classes of words.

/// Bits of [`Token::tags`](crate::token::Token::tags). A word may be of many classes: "may" is a modal and a month.
#[derive(Debug)]
pub struct Tags;

impl Tags {
    // Numbers and quantities.
    /// Begins a number word: "seven", "hundred", "dozen".
    pub const NUMBER: u64 = 1;
    /// Begins an ordinal: "third", "21st" (its ending).
    pub const ORDINAL: u64 = 1 << 1;
    /// Begins a scale: "million", "bn".
    pub const SCALE: u64 = 1 << 2;
    /// Begins a fraction: "half", "quarter".
    pub const FRACTION: u64 = 1 << 3;
    /// Begins a unit: "kilometres", "%".
    pub const UNIT: u64 = 1 << 4;
    /// Begins a currency: "$", "euros".
    pub const CURRENCY: u64 = 1 << 5;
    /// Begins a comparator: "more than".
    pub const COMPARATOR: u64 = 1 << 6;
    /// Begins a word of change: "rose", "cut".
    pub const CHANGE: u64 = 1 << 7;

    /// Begins a scale that holds only where it is joined to digits: "k", "m".
    pub const JOINED_SCALE: u64 = 1 << 36;
    /// Stands for a number with its article: "dozen".
    pub const GROUP: u64 = 1 << 37;

    /// Begins a word of money behind a number: "euros", "US dollars".
    pub const MONEY: u64 = 1 << 50;
    /// Begins a comparator behind a number: "or more".
    pub const COMPARATOR_AFTER: u64 = 1 << 51;
    /// An irregular plural: "people".
    pub const PLURAL: u64 = 1 << 52;
    /// Stands before a number that is a label: "section", "page", "flight".
    pub const NUMBER_LABEL: u64 = 1 << 53;
    /// A noun that has a number: "total", "population".
    pub const MEASURING: u64 = 1 << 54;
    /// A number of times in one word: "threefold", "twice", "doubled".
    pub const MULTIPLE: u64 = 1 << 55;

    // Times.
    /// Month name.
    pub const MONTH: u64 = 1 << 8;
    /// Weekday name.
    pub const WEEKDAY: u64 = 1 << 9;
    /// Unit of time: "year", "hours".
    pub const TIME_UNIT: u64 = 1 << 10;
    /// Begins any other word of time: "today", "noon", "spring", "Christmas".
    pub const TIME: u64 = 1 << 11;

    /// Begins a phrase that bends a time: "early", "the end of".
    pub const TIME_MODIFIER: u64 = 1 << 39;
    /// Begins a preposition of time: "until".
    pub const TIME_RELATION: u64 = 1 << 40;
    /// Begins a count without a number: "several".
    pub const VAGUE_COUNT: u64 = 1 << 41;
    /// "a.m.", zones.
    pub const CLOCK: u64 = 1 << 42;

    /// Begins the name of a holiday: "Christmas", "Labor Day".
    pub const HOLIDAY: u64 = 1 << 46;

    // People and what they say.
    /// Begins a word of reporting: "said", "according to".
    pub const REPORTING: u64 = 1 << 12;
    /// Stands before a name: "Mr", "President".
    pub const TITLE: u64 = 1 << 13;
    /// Names a role or kind of person: "minister", "spokeswoman".
    pub const ROLE: u64 = 1 << 14;
    /// Personal pronoun in the subject: "he", "they".
    pub const PRONOUN: u64 = 1 << 15;
    /// First person: "I", "we", "our".
    pub const FIRST_PERSON: u64 = 1 << 16;
    /// Names a kind of organisation: "ministry", "Inc".
    pub const ORGANISATION: u64 = 1 << 17;
    /// A given name that tells its bearer's gender, or that is also a common word.
    pub const GIVEN_NAME: u64 = 1 << 18;

    // Commitments and modality.
    /// Begins a commissive: "pledged", "plans to".
    pub const COMMISSIVE: u64 = 1 << 19;
    /// "not", "never", "n't" words.
    pub const NEGATION: u64 = 1 << 20;
    /// Begins a hedge: "I think", "reportedly".
    pub const HEDGE: u64 = 1 << 21;
    /// Modal verb: "will", "may", "would".
    pub const MODAL: u64 = 1 << 22;
    /// Begins a condition: "if", "unless", "provided".
    pub const CONDITION: u64 = 1 << 23;

    /// Names those who can bind themselves: "government".
    pub const AGENTIVE: u64 = 1 << 43;
    /// Makes what follows a prediction or hope: "fears".
    pub const OPINION: u64 = 1 << 44;
    /// Begins a verb whose kind of act is known: "set up", "strengthen".
    pub const ACT: u64 = 1 << 56;
    /// Of those, the "-ing" of what is done at a set time: "opening".
    pub const SCHEDULED: u64 = 1 << 47;
    /// Names the means of a plan: "programme".
    pub const MEANS: u64 = 1 << 57;
    /// Names people at large: "voters".
    pub const PUBLIC: u64 = 1 << 58;
    /// As an object, names no thing: "efforts".
    pub const VAGUE: u64 = 1 << 48;
    /// A verb of being and happening: "remain".
    pub const STATIVE: u64 = 1 << 45;

    // Grammar.
    /// "the", "a", "this", "some", possessives.
    pub const DETERMINER: u64 = 1 << 24;
    /// "in", "of", "by".
    pub const PREPOSITION: u64 = 1 << 25;
    /// "and", "or", "but".
    pub const CONJUNCTION: u64 = 1 << 26;
    /// "and".
    pub const AND: u64 = 1 << 38;
    /// Forms of be, have and do.
    pub const AUXILIARY: u64 = 1 << 27;
    /// "who", "which", "that", "where".
    pub const RELATIVE: u64 = 1 << 28;
    /// "what", "how", "why".
    pub const QUESTION: u64 = 1 << 29;
    /// Function words and adverbs that are never part of a noun phrase: "then", "also", "very".
    pub const ADVERB: u64 = 1 << 30;
    /// Verb in a past form: "rose", "met", "had".
    pub const PAST_VERB: u64 = 1 << 31;
    /// Verb in any other form that is no noun: "is", "go", "agrees".
    pub const VERB: u64 = 1 << 32;

    // Sentences.
    /// An abbreviation that never ends a sentence: "Mr", "Gen".
    pub const ABBREVIATION: u64 = 1 << 33;
    /// An abbreviation that may end one: "Inc", "Calif".
    pub const ABBREVIATION_MAY_END: u64 = 1 << 34;
    /// Begins a sentence more often than a name goes on with it: "The", "He", "In".
    pub const STARTER: u64 = 1 << 35;
    /// Of the abbreviations, those that are words too, and so need a capital: "Gen", "Wash".
    pub const ABBREVIATION_WITH_CAPITAL: u64 = 1 << 63;
    /// Of the abbreviations, those that stand before a number: "No", "Fig".
    pub const ABBREVIATION_BEFORE_NUMBER: u64 = 1 << 62;
    /// Behind it, a letter is no initial: "Plan B", "vitamin C".
    pub const LETTERED: u64 = 1 << 61;
    /// Behind "p.m.", goes on with the time: "Eastern", "GMT".
    pub const ZONE: u64 = 1 << 60;
    /// A question mark, so that the classes of a sentence tell whether there is one.
    pub const ASKING: u64 = 1 << 49;
    /// Begins a label that is not of the article: "You Might Also Like".
    pub const LABEL: u64 = 1 << 59;

    /// All classes at whose words a reader of facts or statements begins, numbers in digits apart.
    pub const TRIGGERS: u64 = Self::AMOUNTS | Self::TIMES | Self::BONDS | Self::REPORTING;

    /// Classes whose words may begin a quantity.
    pub const AMOUNTS: u64 = Self::NUMBER
        | Self::FRACTION
        | Self::SCALE
        | Self::GROUP
        | Self::MULTIPLE
        | Self::ORDINAL
        | Self::CURRENCY;

    /// Classes of words that a time may stand at.
    pub const TIMES: u64 =
        Self::NUMBER | Self::MONTH | Self::WEEKDAY | Self::TIME_UNIT | Self::TIME | Self::HOLIDAY;

    /// Classes at whose words a commitment may begin.
    pub const BONDS: u64 = Self::COMMISSIVE | Self::MODAL | Self::SCHEDULED;
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_class_has_a_bit_of_its_own() {
        let source = include_str!("tags.rs").split("#[cfg(test)]").next().unwrap_or_default();
        let mut bits: Vec<&str> =
            source.lines().filter_map(|line| line.split(": u64 = ").nth(1)).collect();
        let classes = bits.len();
        bits.sort_unstable();
        bits.dedup();
        assert_eq!(bits.len(), classes, "two classes share a bit: {bits:?}");
        assert!(classes > 30);
    }
}
