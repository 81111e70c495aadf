//! Two things in one question. "And" joins two things only when both are judged: names, fixed pairs,
//! one department, people who answer together and lists of facts are one thing.

use super::{
    super::{
        finding::{Rule, Severity},
        lexicon::{Class, Lexicon},
        token::{Kind, Sentence, Token},
    },
    Draft,
    looks::{describes, is_aspect, is_deed, is_participle, is_second_verb},
};

/// Most words before "and" that are looked at.
const LONGEST_CLAUSE: usize = 60;

/// Finds every joint that asks two things.
pub(super) fn find(sentence: &Sentence, lexicon: &Lexicon) -> Vec<Draft> {
    let tokens = &sentence.tokens;
    let is_judged = is_judged(sentence);
    let joints = tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| token.is(Class::Coordinator));
    let mut found = Vec::new();
    for (place, _) in joints {
        let Some(joint) = Joint::at(tokens, place) else {
            continue;
        };
        if joint.is_one_thing(lexicon) && !joint.has_two_participles(sentence) {
            continue;
        }
        let Some(severity) = joint.judge(sentence, is_judged) else {
            continue;
        };
        let span = joint.left.span.start..joint.right.span.end;
        found.push(Draft::new(Rule::DoubleBarrelled, severity, span));
    }
    found.extend(both_and(sentence, is_judged));
    found
}

/// "Zowel de prijs als het advies", "both the price and the advice": said to be two.
fn both_and(sentence: &Sentence, is_judged: bool) -> Option<Draft> {
    let tokens = &sentence.tokens;
    let both = tokens.iter().position(|token| token.reads("zowel"))?;
    let (end, _) = tokens
        .iter()
        .enumerate()
        .skip(both + 1)
        .take(8)
        .find(|(_, token)| token.reads("als"))?;
    let is_answerable = sentence
        .first_word()
        .is_some_and(|first| first.is(Class::Finite));
    let first = tokens.get(both)?;
    let last = tokens.get(end + 1)?;
    (is_judged || is_answerable).then(|| {
        let span = first.span.start..last.span.end;
        Draft::new(Rule::DoubleBarrelled, Severity::Error, span)
    })
}

/// A second question behind the first, unless it only asks why or continues an answer.
pub(super) fn second_question(sentences: &[Sentence]) -> Option<Draft> {
    let mut questions = sentences.iter().filter(|sentence| sentence.is_question);
    questions.next()?;
    let second = questions.next()?;
    let first = second.first_word()?;
    let words = second.tokens.iter().filter(|token| token.is_word()).count();
    let continues = matches!(
        first.lower.as_str(),
        "waarom"
            | "why"
            | "zo"
            | "if"
            | "indien"
            | "kunt"
            | "kun"
            | "wilt"
            | "can"
            | "could"
            | "please"
    );
    if continues || words < 3 || super::lists_answers(second) {
        return None;
    }
    Some(Draft::new(
        Rule::DoubleBarrelled,
        Severity::Warning,
        second.span(),
    ))
}

/// Whether the sentence asks for a judgement: satisfaction, a mark, how good something is.
fn is_judged(sentence: &Sentence) -> bool {
    let tokens = &sentence.tokens;
    let after_how = tokens.windows(2).any(|pair| match pair {
        [how, what] => {
            matches!(how.lower.as_str(), "hoe" | "how")
                && [
                    Class::Quality,
                    Class::Praise,
                    Class::Fault,
                    Class::Charged,
                    Class::Joy,
                ]
                .into_iter()
                .any(|class| what.is(class))
        }
        _ => false,
    });
    // "How was the contact with ...": how it went is a judgement as well.
    let asks_how_it_went = tokens.windows(2).any(|pair| match pair {
        [how, verb] => {
            matches!(how.lower.as_str(), "hoe" | "how")
                && matches!(
                    verb.lower.as_str(),
                    "was"
                        | "is"
                        | "waren"
                        | "zijn"
                        | "were"
                        | "are"
                        | "verliep"
                        | "verliepen"
                        | "verloopt"
                        | "ging"
                        | "gingen"
                        | "gaat"
                        | "kijkt"
                        | "kijk"
                        | "liep"
                        | "do"
                        | "did"
                )
        }
        _ => false,
    });
    after_how || asks_how_it_went || sentence.has(Class::Judging)
}

/// What stands on both sides of "and".
struct Joint<'a> {
    tokens: &'a [Token],
    place: usize,
    /// Last word before it.
    left: &'a Token,
    /// First word of substance behind it.
    right: &'a Token,
    /// Where `right` stands.
    right_place: usize,
}

impl<'a> Joint<'a> {
    fn at(tokens: &'a [Token], place: usize) -> Option<Self> {
        // "..., and, if so, how often?"
        if tokens.get(place + 1).is_some_and(|next| next.reads(",")) {
            return None;
        }
        let left = tokens.get(place.checked_sub(1)?)?;
        let left = if left.kind == Kind::Sign && !left.reads(",") && !left.reads(")") {
            return None;
        } else if left.kind == Kind::Sign {
            tokens.get(place.checked_sub(2)?)?
        } else {
            left
        };
        let is_light = |token: &Token| {
            token.is(Class::Determiner)
                || token.is(Class::Preposition)
                || token.is(Class::Intensifier)
                || matches!(
                    token.lower.as_str(),
                    "/" | "of" | "or" | "ook" | "also" | "subsequently" | "vervolgens"
                )
        };
        let (right_place, right) = tokens
            .iter()
            .enumerate()
            .skip(place + 1)
            .take(4)
            .find(|(_, token)| !is_light(token))
            .or_else(|| tokens.get(place + 1).map(|token| (place + 1, token)))?;
        Some(Self {
            tokens,
            place,
            left,
            right,
            right_place,
        })
    }

    /// Whether both sides together name one thing, or people, or numbers.
    fn is_one_thing(&self, lexicon: &Lexicon) -> bool {
        let (left, right) = (self.left, self.right);
        let next = self.tokens.get(self.place + 1);
        let is_name = left.is_capital
            && !left.is_all_capitals
            && next.is_some_and(|token| token.is_capital)
            && !self.is_first(left);
        let is_initial = left.is_capital && next.is_some_and(|token| token.is_capital);
        let is_ampersand = self
            .tokens
            .get(self.place)
            .is_some_and(|token| token.reads("&"));
        let is_cut = left.lower.ends_with('-') || right.lower.starts_with('-');
        let is_number = |token: &Token| token.kind == Kind::Number || token.is(Class::Numeral);
        let are_people = left.is(Class::Person) && right.is(Class::Person)
            || left.is(Class::You) && !is_deed(right)
            || right.is(Class::You) && !right.is(Class::Determiner);
        let are_prepositions =
            left.is(Class::Preposition) && next.is_some_and(|token| token.is(Class::Preposition));
        let is_and_so_on = next.is_some_and(|token| {
            matches!(
                token.lower.as_str(),
                "dergelijke"
                    | "zo"
                    | "zovoort"
                    | "zovoorts"
                    | "so"
                    | "such"
                    | "other"
                    | "overige"
                    | "anderen"
            )
        });
        is_and_so_on
            || is_name
            || (is_ampersand && is_initial)
            || is_cut
            || is_number(left)
            || is_number(right)
            || are_people
            || are_prepositions
            || left.lower == right.lower
            || (left.is(Class::Wh) && right.is(Class::Wh))
            || lexicon.is_pair(&left.lower, &right.lower)
            || self.is_tied()
            || (!(describes(left) && describes(right)) && self.is_department())
            || self.is_subordinate()
    }

    fn is_first(&self, token: &Token) -> bool {
        self.tokens
            .first()
            .is_some_and(|first| first.span.start == token.span.start)
    }

    /// "The balance between price and quality", "the connection of bus and train".
    fn is_tied(&self) -> bool {
        let from = self.place.saturating_sub(6);
        let before = || self.tokens.iter().take(self.place).skip(from);
        let is_between = |token: &Token| matches!(token.lower.as_str(), "tussen" | "between");
        before().any(|token| is_between(token) || token.is(Class::Relation))
    }

    /// Inside a clause that only tells when or why: "after you had ordered and paid, ...".
    fn is_subordinate(&self) -> bool {
        let clause = self
            .tokens
            .iter()
            .take(self.place)
            .rev()
            .take(LONGEST_CLAUSE)
            .take_while(|token| !token.reads(","));
        clause.into_iter().any(|token| {
            matches!(
                token.lower.as_str(),
                "gelet"
                    | "gezien"
                    | "nadat"
                    | "omdat"
                    | "toen"
                    | "voordat"
                    | "zodra"
                    | "terwijl"
                    | "nemende"
                    | "after"
                    | "because"
                    | "before"
                    | "while"
                    | "taking"
            )
        })
    }

    /// "The department of sales and marketing", "the sales and marketing department".
    fn is_department(&self) -> bool {
        let from = self.place.saturating_sub(4);
        let mut before = self.tokens.iter().take(self.place).skip(from).rev();
        let near = |token: &&Token| !token.reads(",");
        let is_named = before
            .by_ref()
            .take_while(near)
            .skip(1)
            .any(|token| token.is(Class::Unit));
        let behind = self.tokens.get(self.right_place + 1);
        let is_compound = self
            .right
            .lower
            .split('-')
            .next_back()
            .is_some_and(|_| behind.is_some_and(|token| token.is(Class::Unit)));
        is_named || is_compound
    }

    /// How serious it is that both sides are asked at once; nothing when they are not.
    fn judge(&self, sentence: &Sentence, is_judged: bool) -> Option<Severity> {
        let next = self.tokens.get(self.place + 1)?;
        let asks_why = next.is(Class::Wh)
            || (matches!(next.lower.as_str(), "om" | "for")
                && self
                    .tokens
                    .get(self.place + 2)
                    .is_some_and(|token| token.is(Class::Wh)));
        if asks_why {
            return Some(Severity::Hint);
        }
        // "..., and was it undamaged?"
        let is_clause = next.is(Class::Finite) && !next.is(Class::Person)
            || is_second_verb(next, self.tokens.get(self.place + 2));
        let has_own_subject = self.has_own_clause();
        if is_clause || has_own_subject {
            return Some(Severity::Error);
        }
        if self.has_two_participles(sentence) {
            return Some(Severity::Error);
        }
        let are_both = describes(self.left) && describes(self.right);
        let is_open = sentence
            .first_word()
            .is_some_and(|first| first.is(Class::Wh));
        let is_answerable = sentence
            .first_word()
            .is_some_and(|first| first.is(Class::Finite));
        if are_both {
            return Some(Severity::Error);
        }
        let describes_second = describes(self.right) && !self.right.is(Class::Attributive);
        if describes_second && (is_judged || is_answerable || !sentence.is_question) {
            return Some(Severity::Error);
        }
        let are_staff = self.left.is(Class::Offer) && self.right.is(Class::Offer);
        if are_staff && is_answerable {
            return Some(Severity::Error);
        }
        let are_aspects = is_aspect(self.left) && is_aspect(self.right);
        if is_judged || (are_aspects && !is_open) {
            return Some(Severity::Error);
        }
        let describes_first = describes(self.left) && !self.left.is(Class::Attributive);
        if describes_first && is_answerable {
            return Some(Severity::Error);
        }
        let are_deeds = is_answerable && is_deed(self.right);
        are_deeds.then_some(Severity::Warning)
    }

    /// "Has the officer taken your report seriously and kept you informed" in Dutch order: a
    /// participle before "and", another at the end.
    fn has_two_participles(&self, sentence: &Sentence) -> bool {
        let opens_with_verb = sentence
            .first_word()
            .is_some_and(|first| first.is(Class::Finite));
        let last = self.tokens.iter().rev().find(|token| token.is_word());
        let is_far = last.is_some_and(|last| last.span.start > self.right.span.start);
        opens_with_verb && is_far && is_participle(self.left) && last.is_some_and(is_participle)
    }

    /// Whether a clause with its own subject and verb follows: "and the teacher was friendly".
    fn has_own_clause(&self) -> bool {
        let mut behind = self.tokens.iter().skip(self.place + 1).take(8);
        let is_end = |token: &&Token| token.kind == Kind::Sign;
        let mut nouns = 0;
        for token in behind.by_ref().take_while(|token| !is_end(token)) {
            if token.is(Class::Finite) && nouns > 0 {
                return true;
            }
            if token.is(Class::You)
                || matches!(
                    token.lower.as_str(),
                    "die" | "dat" | "that" | "which" | "who" | "om" | "to"
                )
            {
                return false;
            }
            if !token.is(Class::Determiner) {
                nouns += 1;
            }
        }
        false
    }
}
