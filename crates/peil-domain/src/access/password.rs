//! What makes a password good enough: length, and not being a known bad one (NIST SP 800-63B,
//! section 5.1.1.2: no composition rules).

/// Passwords, or parts that make one guessable whatever stands around them. Own selection of
/// words that head every published list, in Dutch and English.
const KNOWN_BAD: &str = include_str!("../../data/known_bad_passwords.txt");

/// Why a password is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PasswordProblem {
    /// Fewer characters than needed.
    #[error("password shorter than {needed} characters")]
    TooShort {
        /// Least number of characters.
        needed: usize,
    },
    /// More characters than can be hashed in reasonable time.
    #[error("password longer than {most} characters")]
    TooLong {
        /// Greatest number of characters.
        most: usize,
    },
    /// On the list of passwords that attackers try first, or nearly so.
    #[error("password is widely known")]
    KnownBad,
    /// Made of one's own name or address.
    #[error("password holds the name or address of its owner")]
    ContainsOwner,
    /// One or two characters over and over, or a run such as `abcdefghijkl`.
    #[error("password is a repetition or a run")]
    TooRegular,
}

/// Least number of characters of a password.
pub const PASSWORD_LEAST: usize = 12;
/// Greatest number of characters of a password.
pub const PASSWORD_MOST: usize = 256;

/// Characters that must be left once one's own name or address is taken out.
const LEAST_OF_ONES_OWN: usize = 8;

/// Says whether a password is good enough for the person with this address and name.
pub fn check_password(password: &str, email: &str, name: &str) -> Result<(), PasswordProblem> {
    let length = password.chars().count();
    if length < PASSWORD_LEAST {
        return Err(PasswordProblem::TooShort {
            needed: PASSWORD_LEAST,
        });
    }
    if length > PASSWORD_MOST {
        return Err(PasswordProblem::TooLong {
            most: PASSWORD_MOST,
        });
    }
    let lower = password.to_lowercase();
    if is_regular(&lower) {
        return Err(PasswordProblem::TooRegular);
    }
    let letters: String = lower.chars().filter(|c| c.is_alphabetic()).collect();
    let is_known = KNOWN_BAD
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .any(|bad| lower == bad || letters == bad || repeats(&letters, bad));
    if is_known {
        return Err(PasswordProblem::KnownBad);
    }
    let local_part = email.split('@').next().unwrap_or_default();
    let mut owner_words = std::iter::once(local_part).chain(name.split_whitespace());
    let rest_is_short = |word: &str| {
        let word = word.to_lowercase();
        word.chars().count() >= 4
            && lower.contains(&word)
            && length - word.chars().count() < LEAST_OF_ONES_OWN
    };
    if owner_words.any(rest_is_short) {
        return Err(PasswordProblem::ContainsOwner);
    }
    Ok(())
}

/// Whether `text` is `word` written two or more times.
fn repeats(text: &str, word: &str) -> bool {
    !word.is_empty() && text.len() > word.len() && text.replace(word, "").is_empty()
}

/// Whether a text holds at most two different characters or is one rising or falling run.
fn is_regular(text: &str) -> bool {
    let distinct: std::collections::BTreeSet<char> = text.chars().collect();
    let codes: Vec<i64> = text.chars().map(|c| i64::from(u32::from(c))).collect();
    let steps: Vec<i64> = codes
        .iter()
        .zip(codes.iter().skip(1))
        .map(|(a, b)| b - a)
        .collect();
    let same_steps = steps.iter().filter(|step| step.abs() == 1).count();
    distinct.len() <= 2 || same_steps * 10 >= steps.len() * 9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_judged_by_length_and_by_what_attackers_try_first() {
        let check =
            |password: &str| check_password(password, "sanne@fietsgoed.nl", "Sanne de Boer");
        assert_eq!(check("kort"), Err(PasswordProblem::TooShort { needed: 12 }));
        assert_eq!(check("wachtwoord1234"), Err(PasswordProblem::KnownBad));
        assert_eq!(check("Welkom2026!!!!"), Err(PasswordProblem::KnownBad));
        assert_eq!(check("passwordpassword"), Err(PasswordProblem::KnownBad));
        assert_eq!(check("aaaaaaaaaaaaaa"), Err(PasswordProblem::TooRegular));
        assert_eq!(check("abcdefghijklmno"), Err(PasswordProblem::TooRegular));
        assert_eq!(check("sanne-2026-x"), Err(PasswordProblem::ContainsOwner));
        assert_eq!(
            check(&"x1".repeat(200)),
            Err(PasswordProblem::TooLong { most: 256 })
        );
        assert_eq!(check("vier rode fietsen in de regen"), Ok(()));
    }
}
