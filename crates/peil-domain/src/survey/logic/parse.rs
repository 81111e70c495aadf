//! Reads a formula from text.

use std::{iter::Peekable, ops::Range, vec};

use super::{
    Arithmetic, Comparison, Expression, Function, LONGEST_FORMULA, Number, Reference, Source,
    token::{Token, tokens},
};

/// Deepest nesting of brackets; deeper is nobody's formula.
const DEEPEST: usize = 40;

/// What is wrong with the text of a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FormulaFault {
    /// There is nothing.
    Nothing,
    /// It is longer than [`LONGEST_FORMULA`].
    TooLong,
    /// Brackets inside brackets, too many.
    TooDeep,
    /// A sign that means nothing here.
    Sign,
    /// A text without its closing quotation mark.
    OpenText,
    /// No number.
    Number,
    /// No day that exists.
    Date,
    /// A name with characters that no name has.
    Name,
    /// A function that does not exist.
    Function,
    /// A value is missing here.
    ValueMissing,
    /// A closing bracket is missing here.
    BracketMissing,
    /// Something more than a formula begins here.
    Surplus,
}

impl FormulaFault {
    /// The fault as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::TooLong => "too_long",
            Self::TooDeep => "too_deep",
            Self::Sign => "sign",
            Self::OpenText => "open_text",
            Self::Number => "number",
            Self::Date => "date",
            Self::Name => "name",
            Self::Function => "function",
            Self::ValueMissing => "value_missing",
            Self::BracketMissing => "bracket_missing",
            Self::Surplus => "surplus",
        }
    }
}

/// Why a text is no formula, and which bytes of it are to blame.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no formula: {} at bytes {}..{}", fault.code(), at.start, at.end)]
pub struct FormulaError {
    /// What is wrong.
    pub fault: FormulaFault,
    /// Where, in bytes.
    pub at: Range<usize>,
}

/// Reads a formula.
pub(super) fn parse(text: &str) -> Result<Expression, FormulaError> {
    if text.len() > LONGEST_FORMULA {
        return Err(FormulaError {
            fault: FormulaFault::TooLong,
            at: 0..text.len(),
        });
    }
    let mut reader = Reader {
        tokens: tokens(text)?.into_iter().peekable(),
        end: text.len(),
        depth: 0,
    };
    if reader.tokens.peek().is_none() {
        return Err(reader.fault(FormulaFault::Nothing));
    }
    let whole = reader.either()?;
    match reader.tokens.peek() {
        None => Ok(whole),
        Some(_) => Err(reader.fault(FormulaFault::Surplus)),
    }
}

/// Reads from the outside in: `or`, `and`, `not`, comparison, sum, product, value.
struct Reader<'a> {
    tokens: Peekable<vec::IntoIter<(Token<'a>, Range<usize>)>>,
    end: usize,
    depth: usize,
}

impl Reader<'_> {
    fn either(&mut self) -> Result<Expression, FormulaError> {
        let first = self.both()?;
        let mut parts = vec![first];
        while self.takes_word(&["or", "of"]) || self.takes_sign(&["||"]) {
            parts.push(self.both()?);
        }
        Ok(single(parts, Expression::Or))
    }

    fn both(&mut self) -> Result<Expression, FormulaError> {
        let first = self.negated()?;
        let mut parts = vec![first];
        while self.takes_word(&["and", "en"]) || self.takes_sign(&["&&"]) {
            parts.push(self.negated()?);
        }
        Ok(single(parts, Expression::And))
    }

    fn negated(&mut self) -> Result<Expression, FormulaError> {
        if self.takes_word(&["not", "niet"]) || self.takes_sign(&["!"]) {
            let part = self.deeper(Self::negated)?;
            return Ok(Expression::Not(Box::new(part)));
        }
        self.compared()
    }

    fn compared(&mut self) -> Result<Expression, FormulaError> {
        let left = self.sum()?;
        if self.takes_word(&["is"]) {
            let how = if self.takes_word(&["not", "niet"]) {
                Comparison::NotEqual
            } else {
                Comparison::Equal
            };
            let right = self.sum()?;
            return Ok(Expression::Compare(how, Box::new([left, right])));
        }
        if self.takes_word(&["in"]) {
            if !self.takes_sign(&["("]) {
                return Err(self.fault(FormulaFault::ValueMissing));
            }
            return Ok(Expression::In(Box::new(left), self.list()?));
        }
        let Some(how) = self.comparison() else {
            return Ok(left);
        };
        let right = self.sum()?;
        Ok(Expression::Compare(how, Box::new([left, right])))
    }

    fn comparison(&mut self) -> Option<Comparison> {
        if self.takes_word(&["contains", "bevat"]) {
            return Some(Comparison::Contains);
        }
        if self.takes_sign(&["=="]) {
            return Some(Comparison::Equal);
        }
        if self.takes_sign(&["<>"]) {
            return Some(Comparison::NotEqual);
        }
        Comparison::ALL
            .into_iter()
            .find(|how| self.takes_sign(&[how.symbol()]))
    }

    fn sum(&mut self) -> Result<Expression, FormulaError> {
        self.chain(false, Self::product)
    }

    fn product(&mut self) -> Result<Expression, FormulaError> {
        self.chain(true, Self::signed)
    }

    fn chain(
        &mut self,
        is_tight: bool,
        part: impl Fn(&mut Self) -> Result<Expression, FormulaError>,
    ) -> Result<Expression, FormulaError> {
        let mut left = part(self)?;
        let ours = |how: &Arithmetic| how.is_tight() == is_tight;
        while let Some(how) = Arithmetic::ALL
            .into_iter()
            .filter(ours)
            .find(|how| self.takes_sign(&[how.symbol()]))
        {
            left = Expression::Calculate(how, Box::new([left, part(self)?]));
        }
        Ok(left)
    }

    fn signed(&mut self) -> Result<Expression, FormulaError> {
        if !self.takes_sign(&["-"]) {
            return self.value();
        }
        Ok(match self.deeper(Self::signed)? {
            Expression::Number(number) => {
                Expression::Number(Number::new(-number.get()).unwrap_or(number))
            }
            part => Expression::Calculate(
                Arithmetic::Minus,
                Box::new([Expression::Number(0.into()), part]),
            ),
        })
    }

    fn value(&mut self) -> Result<Expression, FormulaError> {
        let missing = self.fault(FormulaFault::ValueMissing);
        let Some((token, at)) = self.tokens.next() else {
            return Err(missing);
        };
        match token {
            Token::Number(number) => Ok(Expression::Number(number)),
            Token::Text(text) => Ok(Expression::Text(text)),
            Token::Date(date) => Ok(Expression::Date(date)),
            Token::Sign("(") => {
                let inside = self.deeper(Self::either)?;
                if self.takes_sign(&[")"]) {
                    Ok(inside)
                } else {
                    Err(self.fault(FormulaFault::BracketMissing))
                }
            }
            Token::Sign(_) => Err(missing),
            Token::Word(word) => self.word(word, at),
        }
    }

    fn word(&mut self, word: &str, at: Range<usize>) -> Result<Expression, FormulaError> {
        if self.takes_sign(&["("]) {
            let function = Function::ALL
                .into_iter()
                .find(|function| function.name() == word)
                .ok_or(FormulaError {
                    fault: FormulaFault::Function,
                    at,
                })?;
            let parts = if function == Function::If {
                self.list_of(Self::either)?
            } else {
                self.list()?
            };
            return Ok(Expression::Call(function, parts));
        }
        match word {
            "yes" | "true" | "ja" => Ok(Expression::Truth(true)),
            "no" | "false" | "nee" => Ok(Expression::Truth(false)),
            "empty" | "leeg" => Ok(Expression::Empty),
            "and" | "or" | "not" | "in" | "is" | "contains" | "en" | "of" | "niet" | "bevat" => {
                Err(FormulaError {
                    fault: FormulaFault::ValueMissing,
                    at,
                })
            }
            _ => reference(word)
                .map(Expression::Reference)
                .ok_or(FormulaError {
                    fault: FormulaFault::Name,
                    at,
                }),
        }
    }

    /// The rest of a list between brackets.
    fn list(&mut self) -> Result<Vec<Expression>, FormulaError> {
        self.list_of(Self::sum)
    }

    /// The rest of a list of such parts between brackets.
    fn list_of(
        &mut self,
        read: impl Fn(&mut Self) -> Result<Expression, FormulaError>,
    ) -> Result<Vec<Expression>, FormulaError> {
        let mut parts = vec![self.deeper(&read)?];
        while self.takes_sign(&[","]) {
            parts.push(self.deeper(&read)?);
        }
        if self.takes_sign(&[")"]) {
            Ok(parts)
        } else {
            Err(self.fault(FormulaFault::BracketMissing))
        }
    }

    fn deeper(
        &mut self,
        read: impl Fn(&mut Self) -> Result<Expression, FormulaError>,
    ) -> Result<Expression, FormulaError> {
        if self.depth >= DEEPEST {
            return Err(self.fault(FormulaFault::TooDeep));
        }
        self.depth += 1;
        let found = read(self);
        self.depth -= 1;
        found
    }

    fn takes_word(&mut self, words: &[&str]) -> bool {
        let is_one = |token: &Token<'_>| matches!(token, Token::Word(word) if words.contains(word));
        self.tokens.next_if(|(token, _)| is_one(token)).is_some()
    }

    fn takes_sign(&mut self, signs: &[&str]) -> bool {
        let is_one = |token: &Token<'_>| matches!(token, Token::Sign(sign) if signs.contains(sign));
        self.tokens.next_if(|(token, _)| is_one(token)).is_some()
    }

    /// A fault at what comes next.
    fn fault(&mut self, fault: FormulaFault) -> FormulaError {
        let end = self.end;
        let at = self.tokens.peek().map(|(_, at)| at.clone());
        FormulaError {
            fault,
            at: at.unwrap_or(end..end),
        }
    }
}

fn single(mut parts: Vec<Expression>, make: impl Fn(Vec<Expression>) -> Expression) -> Expression {
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            parts.extend(last);
            make(parts)
        }
    }
}

/// A name such as `nps`, `answer.nps` or `contact.segment`.
fn reference(word: &str) -> Option<Reference> {
    let (source, name) = match word.split_once('.') {
        None => (Source::Anywhere, word),
        Some((prefix, name)) => {
            let is_ours = |(known, _): &(&str, Source)| *known == prefix;
            let (_, source) = Source::PREFIXES.into_iter().find(is_ours)?;
            (source, name)
        }
    };
    Some(Reference {
        source,
        name: name.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn again(text: &str) -> String {
        parse(text).unwrap().to_string()
    }

    #[test]
    fn formulas_are_written_as_they_are_read() {
        for text in [
            r#"nps <= 6 and segment = "zakelijk""#,
            "not (a = 1 or b = 2) and c contains \"x\"",
            "answer.nps + 2 * (value.total - 1) / contact.visits >= 3",
            "count(a, b, answer.c) > 2 or sum(a, b) = 10.5",
            "a in (\"x\", \"y\", 3)",
            "bought >= 2026-01-31",
            "a - (b - c) = -3",
            "a is empty and b is not empty and not c = yes",
            r#"if(a = 1 or b, "x", if(not c, 2 + d, sum(a, b))) = "x""#,
            r#"a = "he said \"no\" \\""#,
            "(a = 1) = (b = 2)",
        ] {
            assert_eq!(again(text), text);
        }
    }

    #[test]
    fn dutch_words_and_signs_of_programs_are_read_as_well() {
        assert_eq!(
            again("antwoord.nps <> 3 || niet klant.vip && x == ja"),
            "answer.nps != 3 or not contact.vip and x = yes"
        );
        assert_eq!(again("“tekst” = 'tekst'"), "\"tekst\" = \"tekst\"");
    }

    #[test]
    fn a_fault_is_named_with_its_place() {
        let fault = |text: &str| {
            let error = parse(text).unwrap_err();
            (error.fault, error.at)
        };
        assert_eq!(fault(""), (FormulaFault::Nothing, 0..0));
        assert_eq!(fault("nps <= "), (FormulaFault::ValueMissing, 7..7));
        assert_eq!(fault("nps <= 6 6"), (FormulaFault::Surplus, 9..10));
        assert_eq!(fault("(nps <= 6"), (FormulaFault::BracketMissing, 9..9));
        assert_eq!(fault("a = \"x"), (FormulaFault::OpenText, 4..6));
        assert_eq!(fault("a = 1.2.3"), (FormulaFault::Number, 4..9));
        assert_eq!(fault("a > 2026-02-30"), (FormulaFault::Date, 4..14));
        assert_eq!(fault("Nps = 3"), (FormulaFault::Name, 0..3));
        assert_eq!(fault("mean(a) = 3"), (FormulaFault::Function, 0..4));
        assert_eq!(fault("a ~ 3"), (FormulaFault::Sign, 2..3));
        assert_eq!(fault("a and"), (FormulaFault::ValueMissing, 5..5));
        let deep = format!("{}1{}", "(".repeat(60), ")".repeat(60));
        assert_eq!(fault(&deep).0, FormulaFault::TooDeep);
        let long = "a = 1 or ".repeat(300);
        assert_eq!(fault(&long).0, FormulaFault::TooLong);
    }
}
