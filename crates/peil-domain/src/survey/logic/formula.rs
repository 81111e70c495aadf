//! A formula as it is stored and sent: its text.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{Expression, FormulaError, parse::parse};

/// A formula that reads well; stored as its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Formula(Expression);

impl Formula {
    /// The tree.
    #[must_use]
    pub const fn expression(&self) -> &Expression {
        &self.0
    }
}

impl From<Expression> for Formula {
    fn from(expression: Expression) -> Self {
        Self(expression)
    }
}

impl FromStr for Formula {
    type Err = FormulaError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text).map(Self)
    }
}

impl TryFrom<String> for Formula {
    type Error = FormulaError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Formula> for String {
    fn from(formula: Formula) -> Self {
        formula.to_string()
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
