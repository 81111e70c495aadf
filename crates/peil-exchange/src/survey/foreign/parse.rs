//! Reads a foreign condition as a tree.

use std::{iter::Peekable, vec};

use peil_domain::survey::{Arithmetic, Comparison};

use super::token::{Dialect, Token, tokens};

/// Deepest nesting that is read.
const DEEPEST: usize = 40;
/// Most operators behind each other that are read; each nests what stands before it.
const MOST_LINKS: usize = 300;

/// A part of a foreign condition.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::survey) enum Node {
    Number(f64),
    Text(String),
    Truth(bool),
    /// What something is called there.
    Name(String),
    List(Vec<Node>),
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    Compare(Comparison, Box<[Node; 2]>),
    Calculate(Arithmetic, Box<[Node; 2]>),
    /// A function, in lower case.
    Call(String, Vec<Node>),
}

/// Reads a condition.
///
/// # Errors
/// What cannot be read, for people.
pub(in crate::survey) fn parse(text: &str, dialect: Dialect) -> Result<Node, String> {
    let mut reader = Reader {
        tokens: tokens(text, dialect)?.into_iter().peekable(),
        dialect,
        depth: 0,
        links: 0,
    };
    let whole = reader.either()?;
    match reader.tokens.next() {
        None => Ok(whole),
        Some(token) => Err(written(&token)),
    }
}

fn written(token: &Token) -> String {
    match token {
        Token::Name(text) | Token::Text(text) | Token::Word(_, text) => text.clone(),
        Token::Number(number) => number.to_string(),
        Token::Sign(sign) => (*sign).to_owned(),
    }
}

struct Reader {
    tokens: Peekable<vec::IntoIter<Token>>,
    dialect: Dialect,
    depth: usize,
    links: usize,
}

type Read = Result<Node, String>;

impl Reader {
    fn either(&mut self) -> Read {
        let mut parts = vec![self.both()?];
        while self.takes(&["or"], &["||"]) {
            parts.push(self.both()?);
        }
        Ok(single(parts, Node::Or))
    }

    fn both(&mut self) -> Read {
        let mut parts = vec![self.negated()?];
        while self.takes(&["and"], &["&&"]) {
            parts.push(self.negated()?);
        }
        Ok(single(parts, Node::And))
    }

    fn negated(&mut self) -> Read {
        // In LimeSurvey `!` holds one value only, as it does in most languages.
        if self.dialect == Dialect::XPath || !self.takes(&["not"], &[]) {
            return self.compared();
        }
        let part = self.deeper(Self::negated)?;
        Ok(Node::Not(Box::new(part)))
    }

    fn compared(&mut self) -> Read {
        let mut left = self.sum()?;
        loop {
            self.link()?;
            if self.takes(&["empty"], &[]) {
                left = Node::Call("empty".to_owned(), vec![left]);
            } else if self.takes(&["notempty"], &[]) {
                let inside = Node::Call("empty".to_owned(), vec![left]);
                left = Node::Not(Box::new(inside));
            } else if self.takes(&["anyof"], &[]) {
                left = Node::Call("anyof".to_owned(), vec![left, self.sum()?]);
            } else if self.takes(&["allof"], &[]) {
                left = Node::Call("allof".to_owned(), vec![left, self.sum()?]);
            } else if self.takes(&["noneof"], &[]) {
                let inside = Node::Call("anyof".to_owned(), vec![left, self.sum()?]);
                left = Node::Not(Box::new(inside));
            } else if self.takes(&["notcontains", "notcontain"], &[]) {
                let pair = Box::new([left, self.sum()?]);
                left = Node::Not(Box::new(Node::Compare(Comparison::Contains, pair)));
            } else if let Some(how) = self.comparison() {
                left = Node::Compare(how, Box::new([left, self.sum()?]));
            } else {
                return Ok(left);
            }
        }
    }

    fn comparison(&mut self) -> Option<Comparison> {
        let ways: [(&[&str], &[&str], Comparison); 7] = [
            (&["contains", "contain"], &[], Comparison::Contains),
            (&["eq", "equal"], &["==", "=", "==="], Comparison::Equal),
            (
                &["ne", "notequal"],
                &["!=", "<>", "!=="],
                Comparison::NotEqual,
            ),
            (&["le", "lessorequal"], &["<="], Comparison::AtMost),
            (&["ge", "greaterorequal"], &[">="], Comparison::AtLeast),
            (&["lt", "less"], &["<"], Comparison::Less),
            (&["gt", "greater"], &[">"], Comparison::More),
        ];
        ways.into_iter()
            .find(|(words, signs, _)| self.takes(words, signs))
            .map(|(_, _, how)| how)
    }

    fn sum(&mut self) -> Read {
        let mut left = self.product()?;
        loop {
            self.link()?;
            let how = if self.takes(&[], &["+"]) {
                Arithmetic::Plus
            } else if self.takes(&[], &["-"]) {
                Arithmetic::Minus
            } else {
                return Ok(left);
            };
            left = Node::Calculate(how, Box::new([left, self.product()?]));
        }
    }

    fn product(&mut self) -> Read {
        let mut left = self.signed()?;
        loop {
            self.link()?;
            if self.takes(&[], &["*"]) {
                left = Node::Calculate(Arithmetic::Times, Box::new([left, self.signed()?]));
            } else if self.takes(&["div"], &["/"]) {
                left = Node::Calculate(Arithmetic::Over, Box::new([left, self.signed()?]));
            } else if self.takes(&["mod"], &["%"]) {
                left = Node::Call("mod".to_owned(), vec![left, self.signed()?]);
            } else if self.takes(&["power"], &["^"]) {
                left = Node::Call("pow".to_owned(), vec![left, self.signed()?]);
            } else {
                return Ok(left);
            }
        }
    }

    fn signed(&mut self) -> Read {
        if self.takes(&[], &["-"]) {
            let part = self.deeper(Self::signed)?;
            return Ok(match part {
                Node::Number(number) => Node::Number(-number),
                part => Node::Calculate(Arithmetic::Minus, Box::new([Node::Number(0.0), part])),
            });
        }
        if self.takes(&[], &["+"]) {
            return self.deeper(Self::signed);
        }
        if self.takes(&[], &["!"]) {
            let part = self.deeper(Self::signed)?;
            return Ok(Node::Not(Box::new(part)));
        }
        self.value()
    }

    fn value(&mut self) -> Read {
        match self.tokens.next() {
            None => Err("…".to_owned()),
            Some(Token::Number(number)) => Ok(Node::Number(number)),
            Some(Token::Text(text)) => Ok(Node::Text(text)),
            Some(Token::Name(name)) => Ok(Node::Name(name)),
            Some(Token::Sign("(")) => {
                let inside = self.deeper(Self::either)?;
                if self.takes(&[], &[")"]) {
                    Ok(inside)
                } else {
                    Err(")".to_owned())
                }
            }
            Some(Token::Sign("[")) => Ok(Node::List(self.list("]")?)),
            Some(Token::Word(word, written)) => {
                if self.takes(&[], &["("]) {
                    let parts = self.list(")")?;
                    return Ok(called(word, parts));
                }
                match (word.as_str(), self.dialect) {
                    ("true" | "yes", _) => Ok(Node::Truth(true)),
                    ("false" | "no", _) => Ok(Node::Truth(false)),
                    ("empty" | "null" | "undefined", _) => Ok(Node::Text(String::new())),
                    // There, a word without quotation marks is a text.
                    (_, Dialect::SurveyJs) => Ok(Node::Text(written)),
                    _ => Err(written),
                }
            }
            Some(token) => Err(written(&token)),
        }
    }

    fn list(&mut self, end: &'static str) -> Result<Vec<Node>, String> {
        let mut parts = Vec::new();
        if self.takes(&[], &[end]) {
            return Ok(parts);
        }
        loop {
            parts.push(self.deeper(Self::either)?);
            if self.takes(&[], &[end]) {
                return Ok(parts);
            }
            if !self.takes(&[], &[","]) {
                return Err(end.to_owned());
            }
        }
    }

    fn deeper(&mut self, read: impl Fn(&mut Self) -> Read) -> Read {
        if self.depth >= DEEPEST {
            return Err("(((…".to_owned());
        }
        self.depth += 1;
        let found = read(self);
        self.depth -= 1;
        found
    }

    /// Counts what may nest; every value counts three times, once for each kind of operator.
    fn link(&mut self) -> Result<(), String> {
        self.links += 1;
        if self.links > 3 * MOST_LINKS {
            return Err("…".to_owned());
        }
        Ok(())
    }

    fn takes(&mut self, words: &[&str], signs: &[&str]) -> bool {
        let is_one = |token: &Token| match token {
            Token::Word(word, _) => words.contains(&word.as_str()),
            Token::Sign(sign) => signs.contains(sign),
            _ => false,
        };
        self.tokens.next_if(is_one).is_some()
    }
}

/// A function that is an operator elsewhere.
fn called(word: String, mut parts: Vec<Node>) -> Node {
    match (word.as_str(), parts.len()) {
        ("not", 1) => Node::Not(Box::new(parts.remove(0))),
        ("true", 0) => Node::Truth(true),
        ("false", 0) => Node::Truth(false),
        _ => Node::Call(word, parts),
    }
}

fn single(mut parts: Vec<Node>, make: impl Fn(Vec<Node>) -> Node) -> Node {
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            parts.extend(last);
            make(parts)
        }
    }
}
