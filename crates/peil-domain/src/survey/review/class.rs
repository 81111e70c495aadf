//! Classes of words: what the word lists can say about a word, as a set in one number.

macro_rules! classes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal,)+) => {
        /// One class of words.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(in crate::survey::review) enum Class {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Class {
            /// The class with this name in the word lists.
            pub(in crate::survey::review) fn named(name: &str) -> Option<Self> {
                match name {
                    $($code => Some(Self::$name),)+
                    _ => None,
                }
            }
        }
    };
}

classes! {
    /// Words by which the language of a text is recognised.
    Function = "function",
    /// The respondent: `u`, `je`, `you`.
    You = "you",
    /// Belonging to the respondent: `uw`, `your`.
    Yours = "yours",
    /// Verbs that stand before the respondent's pronoun or open a yes/no question.
    Finite = "finite",
    /// Articles and possessives.
    Determiner = "determiner",
    /// Prepositions.
    Preposition = "preposition",
    /// `en`, `and`.
    Coordinator = "coordinator",
    /// Question words.
    Wh = "wh",
    /// Numbers in words.
    Numeral = "numeral",
    /// `if`.
    If = "if",
    /// First words of an instruction.
    Imperative = "imperative",
    /// Strong praise.
    Praise = "praise",
    /// Ordinary good qualities, neutral on a scale, praise before a noun.
    Quality = "quality",
    /// Ordinary bad qualities.
    Fault = "fault",
    /// Feelings of joy that stand for satisfaction.
    Joy = "joy",
    /// Adjectives that stir.
    Charged = "charged",
    /// Other words that stir.
    Stirring = "stirring",
    /// Verbs that ask for a fact or a feeling, not for a habit.
    State = "state",
    /// What people are praised or blamed for.
    Norm = "norm",
    /// `zeer`, `very`.
    Intensifier = "intensifier",
    /// Form before a noun.
    Attributive = "attributive",
    /// More.
    Comparative = "comparative",
    /// Most.
    Superlative = "superlative",
    /// People and services of the organisation.
    Offer = "offer",
    /// Services that say nothing by themselves.
    Generic = "generic",
    /// Things that are rated: speed, price, quality.
    Aspect = "aspect",
    /// People on the side of the respondent.
    Person = "person",
    /// Nouns before which the name of a department or a course stands.
    Unit = "unit",
    /// Nouns that tie two things together: balance, difference.
    Relation = "relation",
    /// Verbs and words that ask for a judgement.
    Judging = "judging",
    /// Problems.
    Trouble = "trouble",
    /// Verbs of annoyance.
    Annoy = "annoy",
    /// Changed for the better.
    Improved = "improved",
    /// Verbs of behaviour.
    Behaviour = "behaviour",
    /// Verbs of a choice that one might make.
    Choice = "choice",
    /// How often.
    Frequency = "frequency",
    /// Spans of time.
    Time = "time",
    /// `niet`, `not`.
    Negator = "negator",
    /// Words with a denial inside: `afraden`, `without`.
    Denying = "denying",
    /// Words of a rating scale.
    Rating = "rating",
    /// Formal words.
    Formal = "formal",
    /// Abbreviations that everyone knows.
    Known = "known",
    /// Words of the trade.
    Jargon = "jargon",
    /// People in general, whose opinion should not count.
    Crowd = "crowd",
    /// People and papers whose word should not count: doctors, critics.
    Authority = "authority",
    /// Years that lie long back.
    Year = "year",
    /// What should not happen: `uitgevallen`, `dropped`.
    Mishap = "mishap",
    /// Adverbs that stand between the respondent and the verb: "do you always ...".
    Adverb = "adverb",
    /// Personal facts.
    Sensitive = "sensitive",
    /// Always, never, everyone.
    Absolute = "absolute",
}

/// A set of classes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Classes(u64);

impl Classes {
    /// The set with `class` in it.
    pub(super) fn with(self, class: Class) -> Self {
        Self(self.0 | 1 << class as u32)
    }

    /// Both sets together.
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether `class` is in it.
    pub(super) fn contains(self, class: Class) -> bool {
        self.0 & 1 << class as u32 != 0
    }

    /// Whether all of `other` is in it.
    pub(super) fn contains_all(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}
