//! Places in the texts of an invitation, such as `{{naam}}` and `{{klant.plaats|je woonplaats}}`:
//! those of a questionnaire, except that nothing was answered yet when a mail goes out.

use std::collections::BTreeSet;

use crate::{
    shared::QuestionKey,
    survey::{Filling, Piece, Source, pieces},
};

/// Names of places in `text` that cannot be filled in in an invitation, each once, in order.
/// `attributes` are those that customers have.
///
/// ```
/// use peil_domain::outreach::unknown_placeholders;
///
/// let known = ["plaats".parse().unwrap()].into();
/// let text = "{{naam}} uit {{klant.plaats|de buurt}} gaf {{antwoord.nps}}";
/// assert_eq!(unknown_placeholders(text, &known), ["antwoord.nps"]);
/// ```
#[must_use]
pub fn unknown_placeholders(text: &str, attributes: &BTreeSet<QuestionKey>) -> Vec<String> {
    let is_known = |filling: &Filling<'_>| match filling {
        Filling::Name | Filling::Organisation => true,
        Filling::Reference(reference) => {
            matches!(reference.source, Source::Contact | Source::Anywhere)
                && attributes.contains(&reference.name)
        }
        Filling::Unknown(_) => false,
    };
    let mut unknown: Vec<String> = Vec::new();
    for piece in pieces(text) {
        if let Piece::Blank { filling, name, .. } = piece
            && !is_known(&filling)
            && !unknown.iter().any(|known| known == name)
        {
            unknown.push(name.to_owned());
        }
    }
    unknown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_that_nothing_is_known_about_are_named_as_they_were_written() {
        let known = BTreeSet::from(["plaats".parse().unwrap()]);
        let unknown = |text| unknown_placeholders(text, &known);
        assert_eq!(
            unknown("{{naam}} {{ korting }} {{Name}} {{korting}} {{}} {{waarde.x|1}}"),
            ["korting", "", "waarde.x"]
        );
        assert_eq!(
            unknown("{{klant.plaats}} {{plaats|hier}} {{contact.plaats}} {{open"),
            [""; 0]
        );
        assert_eq!(unknown("{{klant.land}}"), ["klant.land"]);
    }
}
