//! What columns seem to mean, judged by their names and by what stands in them.

use std::{fmt, str::FromStr};

use peil_domain::{
    audience::{Attribute, AttributeKind},
    shared::{
        QuestionKey,
        values::{ColumnGuess, ColumnKind},
    },
    survey::Question,
};

use super::{ContactTarget, cells::key_of};

/// What a column can mean for an answer, as it is chosen on screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerTarget {
    /// Nothing.
    Ignore,
    /// When it was answered.
    Date,
    /// Identifier of the row.
    Id,
    /// External identifier of the customer.
    Contact,
    /// Address of the customer.
    Email,
    /// Organisation of the customer.
    Account,
    /// Channel.
    Channel,
    /// Language.
    Language,
    /// Contact moment.
    Touchpoint,
    /// A segment value.
    Segment,
    /// The answer to a question that exists.
    Question(QuestionKey),
    /// The answer to a question that is made.
    NewQuestion(NewQuestionKind),
}

/// Kinds of question that can be made of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewQuestionKind {
    /// Likelihood to recommend, 0 to 10.
    Nps,
    /// Satisfaction, 1 to 5.
    Csat,
    /// Ease, 1 to 7.
    Ces,
    /// School mark, 1 to 10.
    Mark,
    /// The scale that occurs in the file.
    Rating,
    /// Yes or no.
    YesNo,
    /// One of the texts that occur in the file.
    Choice,
    /// An open question.
    Text,
}

impl NewQuestionKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Nps,
        Self::Csat,
        Self::Ces,
        Self::Mark,
        Self::Rating,
        Self::YesNo,
        Self::Choice,
        Self::Text,
    ];

    /// The kind as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Nps => "nps",
            Self::Csat => "csat",
            Self::Ces => "ces",
            Self::Mark => "mark",
            Self::Rating => "rating",
            Self::YesNo => "yes-no",
            Self::Choice => "choice",
            Self::Text => "text",
        }
    }
}

impl AnswerTarget {
    /// Those that belong to no question.
    pub const PLAIN: [Self; 10] = [
        Self::Ignore,
        Self::Date,
        Self::Id,
        Self::Contact,
        Self::Email,
        Self::Account,
        Self::Channel,
        Self::Language,
        Self::Touchpoint,
        Self::Segment,
    ];
}

impl fmt::Display for AnswerTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self {
            Self::Ignore => "ignore",
            Self::Date => "date",
            Self::Id => "id",
            Self::Contact => "contact",
            Self::Email => "email",
            Self::Account => "account",
            Self::Channel => "channel",
            Self::Language => "language",
            Self::Touchpoint => "touchpoint",
            Self::Segment => "segment",
            Self::Question(key) => return write!(f, "question:{key}"),
            Self::NewQuestion(kind) => return write!(f, "new:{}", kind.code()),
        };
        f.write_str(word)
    }
}

impl FromStr for AnswerTarget {
    type Err = ();

    /// Reads what [`fmt::Display`] writes.
    fn from_str(text: &str) -> Result<Self, ()> {
        if let Some(key) = text.strip_prefix("question:") {
            return key.parse().map(Self::Question).map_err(|_| ());
        }
        if let Some(code) = text.strip_prefix("new:") {
            let kind = NewQuestionKind::ALL
                .into_iter()
                .find(|kind| kind.code() == code);
            return kind.map(Self::NewQuestion).ok_or(());
        }
        Self::PLAIN
            .into_iter()
            .find(|target| target.to_string() == text)
            .ok_or(())
    }
}

const EXTERNAL_ID: [&str; 13] = [
    "klantnummer",
    "klantnr",
    "klantid",
    "debiteurnummer",
    "relatienummer",
    "extern",
    "externid",
    "externalid",
    "customerid",
    "customernumber",
    "contactid",
    "id",
    "nummer",
];
const EMAIL: [&str; 7] = [
    "email",
    "emailadres",
    "mail",
    "mailadres",
    "emailaddress",
    "mailaddress",
    "epost",
];
const NAME: [&str; 8] = [
    "naam",
    "name",
    "volledigenaam",
    "fullname",
    "klantnaam",
    "customername",
    "contactpersoon",
    "contact",
];
const PHONE: [&str; 8] = [
    "telefoon",
    "telefoonnummer",
    "mobiel",
    "phone",
    "phonenumber",
    "mobile",
    "tel",
    "gsm",
];
const LANGUAGE: [&str; 5] = ["taal", "taalcode", "language", "lang", "locale"];
const ACCOUNT: [&str; 10] = [
    "bedrijf",
    "bedrijfsnaam",
    "organisatie",
    "account",
    "company",
    "companyname",
    "organisation",
    "organization",
    "werkgever",
    "accountname",
];
const OPT_OUT: [&str; 9] = [
    "afgemeld",
    "afmelden",
    "optout",
    "uitgeschreven",
    "unsubscribed",
    "geenmail",
    "nomail",
    "donotcontact",
    "nietbenaderen",
];
const DATE: [&str; 12] = [
    "datum",
    "date",
    "created",
    "createdat",
    "ingevuld",
    "ingevuldop",
    "submitted",
    "submittedat",
    "tijdstip",
    "timestamp",
    "completed",
    "enddate",
];
const CHANNEL: [&str; 2] = ["kanaal", "channel"];
const TOUCHPOINT: [&str; 4] = ["contactmoment", "touchpoint", "moment", "aanleiding"];
const ROW_ID: [&str; 8] = [
    "id",
    "responseid",
    "antwoordid",
    "respondentid",
    "rowid",
    "submissionid",
    "uuid",
    "responsid",
];

/// The letters and digits of a name, to compare it with.
fn bare(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// What a column of a file with customers seems to mean.
#[must_use]
pub fn guess_contact_target(
    header: &str,
    guess: &ColumnGuess,
    attributes: &[Attribute],
) -> ContactTarget {
    let name = bare(header);
    let is = |names: &[&str]| names.contains(&name.as_str());
    if is(&EMAIL) || guess.kind == ColumnKind::Email {
        return ContactTarget::Email;
    }
    let known = attributes
        .iter()
        .find(|attribute| bare(attribute.key.as_str()) == name || bare(&attribute.label) == name);
    if let Some(attribute) = known {
        return ContactTarget::Attribute(attribute.key.clone());
    }
    let plain = [
        (&EXTERNAL_ID[..], ContactTarget::ExternalId),
        (&NAME[..], ContactTarget::Name),
        (&PHONE[..], ContactTarget::Phone),
        (&LANGUAGE[..], ContactTarget::Language),
        (&ACCOUNT[..], ContactTarget::Account),
        (&OPT_OUT[..], ContactTarget::OptOut),
    ];
    if let Some((_, target)) = plain.into_iter().find(|(names, _)| is(names)) {
        return target;
    }
    if guess.filled == 0 {
        return ContactTarget::Ignore;
    }
    let kind = match guess.kind {
        ColumnKind::Integer | ColumnKind::Decimal => AttributeKind::Number,
        ColumnKind::Date => AttributeKind::Date,
        ColumnKind::Boolean => AttributeKind::Boolean,
        ColumnKind::Text | ColumnKind::Email => AttributeKind::Text,
    };
    ContactTarget::NewAttribute {
        label: header.trim().to_owned(),
        kind,
    }
}

/// What a column of a file with answers seems to mean. `few` holds the values that occur when they
/// are few; without `questions` new ones are made.
#[must_use]
pub fn guess_answer_target(
    header: &str,
    guess: &ColumnGuess,
    few: &[String],
    questions: Option<&[Question]>,
) -> AnswerTarget {
    let name = bare(header);
    let is = |names: &[&str]| names.contains(&name.as_str());
    let known = questions.unwrap_or_default().iter().find(|question| {
        let same = |text: &str| !text.is_empty() && bare(text) == name;
        let texts = peil_domain::shared::Language::ALL;
        bare(question.key.as_str()) == name
            || texts
                .into_iter()
                .filter_map(|l| question.text.exact(l))
                .any(same)
    });
    if let Some(question) = known {
        return AnswerTarget::Question(question.key.clone());
    }
    let plain = [
        (&DATE[..], AnswerTarget::Date),
        (&ROW_ID[..], AnswerTarget::Id),
        (&EMAIL[..], AnswerTarget::Email),
        (&EXTERNAL_ID[..], AnswerTarget::Contact),
        (&ACCOUNT[..], AnswerTarget::Account),
        (&CHANNEL[..], AnswerTarget::Channel),
        (&LANGUAGE[..], AnswerTarget::Language),
        (&TOUCHPOINT[..], AnswerTarget::Touchpoint),
    ];
    if let Some((_, target)) = plain.into_iter().find(|(names, _)| is(names)) {
        return target;
    }
    if questions.is_none()
        && let Some(kind) = guess_question(&name, guess, few)
    {
        return AnswerTarget::NewQuestion(kind);
    }
    match guess.kind {
        ColumnKind::Email => AnswerTarget::Email,
        ColumnKind::Text if !few.is_empty() && key_of(header).is_some() => AnswerTarget::Segment,
        _ => AnswerTarget::Ignore,
    }
}

fn guess_question(name: &str, guess: &ColumnGuess, few: &[String]) -> Option<NewQuestionKind> {
    let holds = |part: &str| name.contains(part);
    let is_score = guess.kind == ColumnKind::Integer;
    if is_score && (holds("nps") || holds("aanbevel") || holds("recommend")) {
        return Some(NewQuestionKind::Nps);
    }
    if is_score && (holds("csat") || holds("tevreden") || holds("satisf")) {
        let highest = few
            .iter()
            .filter_map(|text| text.trim().parse::<i32>().ok())
            .max();
        let is_five = highest.is_none_or(|highest| highest <= 5);
        return Some(if is_five {
            NewQuestionKind::Csat
        } else {
            NewQuestionKind::Rating
        });
    }
    if is_score && (holds("ces") || holds("moeite") || holds("effort") || holds("gemak")) {
        return Some(NewQuestionKind::Ces);
    }
    if is_score && (holds("cijfer") || holds("mark")) {
        return Some(NewQuestionKind::Mark);
    }
    if few.iter().any(|text| sentiment_score(text).is_some()) {
        return Some(NewQuestionKind::Rating);
    }
    let is_open = [
        "tekst",
        "text",
        "waarom",
        "why",
        "opmerking",
        "toelichting",
        "comment",
        "remark",
    ];
    (guess.kind == ColumnKind::Text && is_open.into_iter().any(holds))
        .then_some(NewQuestionKind::Text)
}

/// The score of 3 that a word of judgement stands for.
#[must_use]
pub fn sentiment_score(word: &str) -> Option<u8> {
    match bare(word).as_str() {
        "negative" | "negatief" | "ontevreden" | "slecht" | "dissatisfied" => Some(1),
        "neutral" | "neutraal" | "matig" => Some(2),
        "positive" | "positief" | "tevreden" | "goed" | "satisfied" => Some(3),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use peil_domain::shared::values::guess_column;

    use super::*;

    #[test]
    fn headers_in_dutch_and_english_are_understood() {
        let guess = |header: &str, cells: &[&str]| {
            guess_contact_target(header, &guess_column(cells.iter().copied()), &[])
        };
        assert_eq!(guess("E-mailadres", &["x"]), ContactTarget::Email);
        assert_eq!(guess("Contactadres", &["a@b.nl"]), ContactTarget::Email);
        assert_eq!(guess("Klantnr.", &["00123"]), ContactTarget::ExternalId);
        assert_eq!(guess("Full name", &["Jan"]), ContactTarget::Name);
        assert_eq!(guess("leeg", &[""]), ContactTarget::Ignore);
        let kind = AttributeKind::Number;
        let revenue = ContactTarget::NewAttribute {
            label: "Omzet".into(),
            kind,
        };
        assert_eq!(guess("Omzet", &["1.234,50"]), revenue);
    }

    #[test]
    fn a_target_survives_being_sent_with_a_form() {
        let question = AnswerTarget::Question("nps".parse().unwrap());
        let new = NewQuestionKind::ALL.map(AnswerTarget::NewQuestion);
        for target in AnswerTarget::PLAIN.into_iter().chain([question]).chain(new) {
            assert_eq!(target.to_string().parse(), Ok(target));
        }
        assert!("new:x".parse::<AnswerTarget>().is_err());
    }

    #[test]
    fn words_of_judgement_make_a_scale() {
        let few = ["positive", "negative"].map(str::to_owned);
        let guess = guess_column(few.iter().map(String::as_str));
        let rating = AnswerTarget::NewQuestion(NewQuestionKind::Rating);
        assert_eq!(guess_answer_target("polarity", &guess, &few, None), rating);
        assert_eq!(
            guess_answer_target("polarity", &guess, &few, Some(&[])),
            AnswerTarget::Segment
        );
    }
}
