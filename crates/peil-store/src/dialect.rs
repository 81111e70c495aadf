//! The few expressions in which both databases differ. Texts given by people are always bound,
//! never written into a statement.

pub(crate) mod lines;
pub(crate) mod outbox;

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend,
    sea_query::{BinOper, Expr, ExprTrait, Func},
};

use crate::StoreError;

/// Something that only one transaction at a time may do, wherever its program runs.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Turn {
    /// Changing the tables.
    Migrations,
    /// Making the first organisation.
    SetUp,
}

/// Waits until this transaction is the only one that has this turn; it ends with the transaction.
/// `SQLite` has one writing transaction at a time anyway.
pub(crate) async fn take_turn(
    transaction: &DatabaseTransaction,
    turn: Turn,
) -> Result<(), StoreError> {
    if transaction.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    // Numbers of our own in the room that the server has for agreements between programs.
    let number = match turn {
        Turn::Migrations => 0x7065_696c_0001_i64,
        Turn::SetUp => 0x7065_696c_0002,
    };
    let lock = format!("SELECT pg_advisory_xact_lock({number})");
    transaction.execute_unprepared(&lock).await?;
    Ok(())
}

/// The value under `key` of a JSON object, as text; null when it is not there.
pub(crate) fn json_text(object: Expr, key: &str) -> Expr {
    object.binary(BinOper::Custom("->>"), key)
}

/// The number under `key` of a JSON object; null when there is none.
pub(crate) fn json_number(backend: DbBackend, object: Expr, key: &str) -> Expr {
    let text = json_text(object.clone(), key);
    // Only a number may reach the cast: in what order conditions are tried is the database's choice.
    if backend == DbBackend::Postgres {
        let is_number = json_type(backend, object, key).eq("number");
        return Expr::case(is_number, text.cast_as("double precision")).into();
    }
    let is_number = json_type(backend, object, key).is_in(["integer", "real"]);
    Expr::case(is_number, text).into()
}

/// `true` or `false` as text under `key` of a JSON object; null when there is neither.
pub(crate) fn json_boolean(backend: DbBackend, object: Expr, key: &str) -> Expr {
    if backend == DbBackend::Postgres {
        let is_boolean = json_type(backend, object.clone(), key).eq("boolean");
        return Expr::case(is_boolean, json_text(object, key)).into();
    }
    // SQLite counts `true` and `false` as types of their own.
    let kind = json_type(backend, object, key);
    Expr::case(kind.clone().is_in(["true", "false"]), kind).into()
}

fn json_type(backend: DbBackend, object: Expr, key: &str) -> Expr {
    match backend {
        DbBackend::Postgres => {
            let value = object.binary(BinOper::Custom("->"), key);
            Func::cust("jsonb_typeof").arg(value).into()
        }
        _ => Func::cust("json_type")
            .arg(object)
            .arg(format!("$.{key}"))
            .into(),
    }
}

/// Name of the function that makes rows `key`, `value` of a JSON object.
pub(crate) fn json_each(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => "jsonb_each",
        _ => "json_each",
    }
}

/// Whether `column` holds `text` as a part, whatever the case.
pub(crate) fn contains(backend: DbBackend, column: Expr, text: &str) -> Expr {
    match backend {
        DbBackend::Postgres => column.binary(BinOper::Custom("ILIKE"), like_pattern(text)),
        // LIKE of SQLite knows the case of unaccented letters only; GLOB takes both forms of each.
        _ => column.binary(BinOper::Custom("GLOB"), glob_pattern(text)),
    }
}

/// `%text%`, with what LIKE would read as a wildcard escaped.
fn like_pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.chars().filter(|letter| *letter != '\0') {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

/// `*text*`, with both cases of every letter, and what GLOB would read as a wildcard in brackets.
fn glob_pattern(text: &str) -> String {
    let mut pattern = String::from("*");
    for letter in text.chars().filter(|letter| *letter != '\0') {
        let lower = only(letter.to_lowercase()).unwrap_or(letter);
        let upper = only(letter.to_uppercase()).unwrap_or(letter);
        if lower != upper {
            pattern.extend(['[', lower, upper, ']']);
        } else if matches!(letter, '*' | '?' | '[') {
            pattern.extend(['[', letter, ']']);
        } else {
            pattern.push(letter);
        }
    }
    pattern.push('*');
    pattern
}

/// The letter, when there is exactly one.
fn only(mut letters: impl Iterator<Item = char>) -> Option<char> {
    let first = letters.next();
    if letters.next().is_some() {
        None
    } else {
        first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_of_like_are_escaped() {
        assert_eq!(like_pattern(r"50%_\"), r"%50\%\_\\%");
    }

    #[test]
    fn a_glob_takes_both_cases_and_no_wildcards() {
        assert_eq!(glob_pattern("Één*1"), "*[éÉ][éÉ][nN][*]1*");
    }

    #[test]
    fn nothing_ends_a_text_halfway() {
        assert_eq!(like_pattern("a\0b"), "%ab%");
    }
}
