//! Parses what goes into headers and links, so that nothing hostile can pass from there on.

use lettre::Address;

/// Longest subject or name that is sent, in characters; keeps header lines within their limits.
const LONGEST_LINE: usize = 200;

/// Makes one line of a text: control characters become spaces, runs of spaces become one.
///
/// Without line breaks nobody can add a header of their own to a mail.
pub(super) fn one_line(text: &str) -> String {
    let spaced: String = text
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    let joined = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    joined.chars().take(LONGEST_LINE).collect()
}

/// Cuts a text in paragraphs at blank lines, and paragraphs in lines; drops control characters.
pub(super) fn paragraphs(text: &str) -> Vec<Vec<String>> {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut found: Vec<Vec<String>> = vec![Vec::new()];
    for line in unified.lines() {
        let clean: String = line
            .chars()
            .map(|letter| if letter.is_control() { ' ' } else { letter })
            .collect();
        let clean = clean.trim_end();
        if clean.trim().is_empty() {
            found.push(Vec::new());
        } else if let Some(paragraph) = found.last_mut() {
            paragraph.push(clean.to_owned());
        }
    }
    found.retain(|paragraph| !paragraph.is_empty());
    found
}

/// Parses a mail address; an international domain becomes its ASCII form.
///
/// Gives `None` for anything that is not one plain address. Letters outside ASCII before the `@`
/// are refused too: such an address needs a mail server that speaks `SMTPUTF8`.
pub(super) fn address(text: &str) -> Option<Address> {
    let (user, domain) = text.trim().rsplit_once('@')?;
    let has_odd_byte =
        |byte: u8| !byte.is_ascii_graphic() || matches!(byte, b'<' | b'>' | b'"' | b'\\');
    if user.bytes().any(has_odd_byte) {
        return None;
    }
    let domain = idna::domain_to_ascii(domain).ok()?;
    if domain.bytes().any(has_odd_byte) {
        return None;
    }
    Address::new(user, domain).ok()
}

/// Says whether a text is a web link that is safe in an attribute and between `<` and `>`.
pub(super) fn is_web_link(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let has_host = rest.is_some_and(|rest| {
        rest.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '[')
    });
    // A header line may be 998 bytes long.
    has_host
        && text.len() <= 900
        && text
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"'))
}

/// Says whether a text can stand between the angle brackets of a `Message-ID`.
pub(super) fn is_message_id(text: &str) -> bool {
    let has_both_sides = text
        .split_once('@')
        .is_some_and(|(left, right)| !left.is_empty() && !right.is_empty() && !right.contains('@'));
    has_both_sides
        && text.len() <= 250
        && text.bytes().all(|byte| {
            byte.is_ascii_alphanumeric()
                || matches!(
                    byte,
                    b'.' | b'-' | b'_' | b'+' | b'=' | b'@' | b'[' | b']' | b':'
                )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_cannot_break_out_of_its_header() {
        assert_eq!(
            one_line("  Hoi\r\nBcc: x@example.org\0\u{85} daar "),
            "Hoi Bcc: x@example.org daar"
        );
        assert_eq!(one_line(&"a".repeat(500)).len(), LONGEST_LINE);
    }

    #[test]
    fn blank_lines_separate_paragraphs_whatever_the_line_ending() {
        let cut = paragraphs("\r\nDag Jan,\r\n\r\n \r\nHoe gaat het?\rTot ziens\u{7}\n");
        assert_eq!(cut, [vec!["Dag Jan,"], vec!["Hoe gaat het?", "Tot ziens"]]);
    }

    #[test]
    fn an_international_domain_becomes_ascii() {
        let parsed = address("jan@bücher.example").map(|address| address.to_string());
        assert_eq!(parsed.as_deref(), Some("jan@xn--bcher-kva.example"));
    }

    #[test]
    fn an_address_that_could_carry_a_command_is_refused() {
        for hostile in [
            "",
            "jan",
            "@x.nl",
            "jan@",
            "jan@x.nl>\r\nDATA",
            "a\r\nb@x.nl",
            "jan@x.nl, piet@x.nl",
            "\"a b\"@x.nl",
            "<jan@x.nl>",
            "jan @x.nl",
            "jan@x.nl SIZE=1",
            "jân@x.nl",
            "jan@x\u{0}.nl",
        ] {
            assert_eq!(address(hostile), None, "{hostile:?}");
        }
        assert!(address(" o'brien+nps@mail.example.co.uk ").is_some());
    }

    #[test]
    fn only_web_links_are_links() {
        assert!(is_web_link("https://peil.example/r/abc?score=9&x=%20"));
        assert!(is_web_link("http://127.0.0.1:8080/r/abc"));
        for hostile in [
            "javascript:alert(1)",
            "https://",
            "https:///x",
            "https://x.nl/ y",
            "https://x.nl/>",
            "ftp://x.nl",
            "https://x.nl/\"onclick=",
            "https://x.nl/\r\nBcc: y",
            "//x.nl",
        ] {
            assert!(!is_web_link(hostile), "{hostile}");
        }
    }

    #[test]
    fn a_message_id_is_one_word_with_an_at_sign() {
        assert!(is_message_id("0192f-1@peil.example"));
        for hostile in [
            "",
            "abc",
            "a@b@c",
            "@b",
            "a@",
            "a b@c",
            "a>@c",
            "a@c\r\nBcc: x",
        ] {
            assert!(!is_message_id(hostile), "{hostile:?}");
        }
    }
}
