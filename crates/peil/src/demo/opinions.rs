//! What customers think and therefore answer: one latent satisfaction per answer, moved by who
//! they are and by what happens in the year, from which all scores and words of that answer follow.

use jiff::civil::Date;
use peil_domain::{
    response::{Answer, AnswerValue},
    shared::{Language, QuestionKey},
    survey::{Choice, Definition, Question, QuestionKind},
};

use super::{
    chance::Chance,
    people::Person,
    story::Story,
    surveys::Kind,
    texts::{Audience, Mood},
    writer::{Occasion, Writer},
};

/// Who answers: a known customer, or a visitor of the public link.
#[derive(Clone, Copy)]
pub(super) enum Respondent<'a> {
    Known(&'a Person),
    Visitor { audience: Audience, nature: f64 },
}

impl Respondent<'_> {
    pub(super) fn audience(self) -> Audience {
        match self {
            Self::Known(person) => person.audience,
            Self::Visitor { audience, .. } => audience,
        }
    }
}

/// One answering of one questionnaire.
pub(super) struct Sitting<'a> {
    pub(super) kind: Kind,
    pub(super) definition: &'a Definition,
    pub(super) respondent: Respondent<'a>,
    pub(super) language: Language,
    pub(super) touchpoint: Option<&'a str>,
    pub(super) day: Date,
}

/// Latent satisfaction in standard deviations, 0 for an ordinary answer.
pub(super) fn satisfaction(sitting: &Sitting<'_>, story: &Story, chance: &mut Chance) -> f64 {
    let trouble = story.courier_trouble(sitting.day);
    let callback = story.callback(sitting.day);
    let audience = sitting.respondent.audience();
    let person = match sitting.respondent {
        Respondent::Known(person) => person.nature + loyalty(person),
        Respondent::Visitor { nature, .. } => nature,
    };
    let group = match audience {
        Audience::Lease => -0.95,
        Audience::Business | Audience::Consumer => 0.0,
    };
    let episodes = match sitting.kind {
        Kind::Delivery => -2.0 * trouble,
        Kind::Relation => 0.2 * callback - 0.65 * trouble,
        Kind::Short => 0.15 * callback - 0.6 * trouble,
        Kind::Contact => 0.55 * callback - 0.4 * trouble,
    };
    person + group + episodes + 0.8 * chance.normal()
}

/// What belongs to how long and how much someone buys, and to one workshop that does not run well.
fn loyalty(person: &Person) -> f64 {
    let attribute = |key: &str| {
        let found = person
            .contact
            .attributes
            .iter()
            .find(|(known, _)| known.as_str() == key);
        found
            .map(|(_, value)| value.to_string())
            .unwrap_or_default()
    };
    let orders: f64 = attribute("bestellingen").parse().unwrap_or(1.0);
    let is_at_weak_workshop = attribute("kanaal") == "Werkplaats Rotterdam Zuid";
    0.03 * (orders - 4.0) - if is_at_weak_workshop { 0.45 } else { 0.0 }
}

/// How content a score of the headline question is.
pub(super) fn mood_of(definition: &Definition, answers: &[Answer]) -> Mood {
    let Some(headline) = definition.headline() else {
        return Mood::Neutral;
    };
    let Some(scale) = headline.kind.scale() else {
        return Mood::Neutral;
    };
    let score = answers.iter().find_map(|answer| match answer.value {
        AnswerValue::Score(score) if answer.key == headline.key => Some(score),
        _ => None,
    });
    match score {
        Some(score) if scale.is_low(score) => Mood::Negative,
        Some(score) if scale.is_high(score) => Mood::Positive,
        _ => Mood::Neutral,
    }
}

/// The answers of one sitting, in the order of the questions.
pub(super) fn answer(
    sitting: &Sitting<'_>,
    story: &Story,
    chance: &mut Chance,
    writer: &mut Writer<'_>,
) -> Vec<Answer> {
    let satisfaction = satisfaction(sitting, story, chance);
    let mut answers = Vec::new();
    for question in sitting
        .definition
        .questions()
        .filter(|question| question.kind.asks())
    {
        // Optional questions are skipped now and then.
        if !question.is_required && !is_open(question) && chance.happens(0.06) {
            continue;
        }
        if question.kind.has_rows() {
            let felt = satisfaction + shift(question.key.as_str(), sitting, story);
            answers.extend(rows(question, felt, chance));
            continue;
        }
        let mood = mood_of(sitting.definition, &answers);
        if let Some(value) = value(question, sitting, story, satisfaction, mood, chance, writer) {
            answers.push(Answer {
                key: question.key.clone(),
                value,
            });
        }
    }
    answers
}

/// Whether a question is about words.
fn is_open(question: &Question) -> bool {
    matches!(question.kind, QuestionKind::Text { .. })
}

fn value(
    question: &Question,
    sitting: &Sitting<'_>,
    story: &Story,
    satisfaction: f64,
    mood: Mood,
    chance: &mut Chance,
    writer: &mut Writer<'_>,
) -> Option<AnswerValue> {
    let felt = satisfaction + shift(question.key.as_str(), sitting, story);
    let near = |middle: f64, width: f64, own: f64, chance: &mut Chance| {
        middle + width * felt + own * chance.normal()
    };
    match &question.kind {
        QuestionKind::Nps => Some(score(near(8.15, 1.9, 0.3, chance), 0, 10)),
        QuestionKind::Csat { .. } => Some(score(near(4.1, 0.8, 0.35, chance), 1, 5)),
        QuestionKind::Ces { .. } => Some(score(near(5.2, 1.1, 0.6, chance), 1, 7)),
        QuestionKind::Mark => Some(score(near(7.4, 1.2, 0.3, chance), 1, 10)),
        QuestionKind::Rating { min, max, .. } => {
            let width = f64::from(max - min);
            Some(score(
                f64::from(*min) + width * (0.7 + 0.2 * felt),
                *min,
                *max,
            ))
        }
        QuestionKind::YesNo => Some(AnswerValue::Score(i32::from(chance.happens(yes(felt))))),
        QuestionKind::Choice {
            options,
            is_multiple,
            ..
        } => {
            let codes = if *is_multiple {
                reasons(options, sitting, story, chance)
            } else {
                let place = tenure_place(sitting, options.len(), chance);
                let chosen = options.get(place);
                chosen
                    .map(|option| option.code.clone())
                    .into_iter()
                    .collect()
            };
            (!codes.is_empty()).then_some(AnswerValue::Choices { codes, other: None })
        }
        QuestionKind::Text { .. } => {
            words(question, sitting, story, mood, chance, writer).map(AnswerValue::Text)
        }
        QuestionKind::Slider { min, max, step, .. } => {
            let steps = (max - min) / step.max(&1);
            let width = f64::from(steps);
            match score(width * (0.7 + 0.2 * felt), 0, steps) {
                AnswerValue::Score(taken) => Some(AnswerValue::Score(min + taken * step)),
                other => Some(other),
            }
        }
        QuestionKind::Consent => Some(AnswerValue::Score(i32::from(chance.happens(0.4)))),
        // Rows are answered one by one; numbers, days and names of people are not made up.
        QuestionKind::Matrix { .. }
        | QuestionKind::Ranking { .. }
        | QuestionKind::Number { .. }
        | QuestionKind::Date { .. }
        | QuestionKind::Contact { .. }
        | QuestionKind::Statement => None,
    }
}

/// The answers to the rows of a question: scores around the satisfaction, or places by lot.
fn rows(question: &Question, felt: f64, chance: &mut Chance) -> Vec<Answer> {
    let rows = question.kind.rows();
    let answer = |key: &QuestionKey, value| Answer {
        key: key.clone(),
        value,
    };
    let Some(scale) = question.kind.scale() else {
        return Vec::new();
    };
    if matches!(question.kind, QuestionKind::Ranking { .. }) {
        let mut drawn: Vec<_> = rows.iter().map(|row| (chance.normal(), &row.key)).collect();
        drawn.sort_by(|one, other| one.0.total_cmp(&other.0));
        let places = (1..).zip(drawn);
        return places
            .map(|(place, (_, key))| answer(key, AnswerValue::Score(place)))
            .collect();
    }
    let width = f64::from(scale.max - scale.min);
    let near = |chance: &mut Chance| 0.7 + 0.2 * felt + 0.1 * chance.normal();
    rows.iter()
        .map(|row| {
            let value = f64::from(scale.min) + width * near(chance);
            answer(&row.key, score(value, scale.min, scale.max))
        })
        .collect()
}

/// What played a part in the judgement of a delivery; "none of these" goes with nothing else.
fn reasons(
    options: &[Choice],
    sitting: &Sitting<'_>,
    story: &Story,
    chance: &mut Chance,
) -> Vec<QuestionKey> {
    let trouble = story.courier_trouble(sitting.day);
    let mut chosen = Vec::new();
    for option in options {
        let weight = match option.code.as_str() {
            "tijd" => 0.42 + 0.35 * trouble,
            "bericht" => 0.26 + 0.3 * trouble,
            "bezorger" => 0.3,
            "staat" => 0.2 + 0.1 * trouble,
            _ => 0.0,
        };
        if chance.happens(weight) {
            chosen.push(option.code.clone());
        }
    }
    let none = options.iter().find(|option| option.code.as_str() == "geen");
    if chosen.is_empty() && chance.happens(0.6) {
        chosen.extend(none.map(|option| option.code.clone()));
    }
    chosen
}

/// The nearest score on the scale.
#[expect(
    clippy::cast_possible_truncation,
    reason = "held between the ends of a short scale"
)]
fn score(value: f64, min: i32, max: i32) -> AnswerValue {
    let held = value.round().clamp(f64::from(min), f64::from(max));
    AnswerValue::Score(held as i32)
}

/// Chance of a yes: half at a satisfaction of -1, nearly sure at +1.
fn yes(felt: f64) -> f64 {
    (0.5 + 0.22 * (felt + 1.0)).clamp(0.05, 0.97)
}

/// What moves single aspects beyond the satisfaction as a whole.
fn shift(key: &str, sitting: &Sitting<'_>, story: &Story) -> f64 {
    let trouble = story.courier_trouble(sitting.day);
    let callback = story.callback(sitting.day);
    let is_lease = sitting.respondent.audience() == Audience::Lease;
    match key {
        "levering" => 0.2 - 1.1 * trouble,
        "op_tijd" => 0.4 - 1.2 * trouble,
        "bereikbaarheid" => 0.6 * callback - 0.35 - if is_lease { 0.3 } else { 0.0 },
        "deskundigheid" => 0.35,
        "product" => 0.4,
        "prijs" => -0.2,
        "opgelost" => 0.5 * callback,
        _ => 0.0,
    }
}

/// The option that goes with how long someone is a customer.
fn tenure_place(sitting: &Sitting<'_>, options: usize, chance: &mut Chance) -> usize {
    let since = match sitting.respondent {
        Respondent::Known(person) => {
            let attributes = &person.contact.attributes;
            let found = attributes
                .iter()
                .find(|(key, _)| key.as_str() == "klant_sinds");
            found.and_then(|(_, value)| value.to_string().parse::<Date>().ok())
        }
        Respondent::Visitor { .. } => None,
    };
    let Some(since) = since else {
        return chance.below(options);
    };
    if chance.happens(0.05) {
        return options.saturating_sub(1);
    }
    match super::story::days_between(since, sitting.day) / 365 {
        0 => 0,
        1 | 2 => 1,
        3..=9 => 2,
        _ => 3,
    }
}

fn words(
    question: &Question,
    sitting: &Sitting<'_>,
    story: &Story,
    mood: Mood,
    chance: &mut Chance,
    writer: &mut Writer<'_>,
) -> Option<String> {
    let is_wish = question.key.as_str() == "beter";
    // Who waits for a bicycle has more to say.
    let is_waiting = sitting.kind == Kind::Delivery && story.courier_trouble(sitting.day) > 0.0;
    let willing = match (is_wish, mood) {
        (false, Mood::Negative) if is_waiting => 0.9,
        (true, Mood::Negative) => 0.42,
        (true, _) => 0.24,
        (false, Mood::Negative) => 0.62,
        (false, Mood::Neutral) => 0.36,
        (false, Mood::Positive) => 0.44,
    };
    if !chance.happens(willing) {
        return None;
    }
    let mut episodes = Vec::new();
    if story.courier_trouble(sitting.day) > 0.0 {
        episodes.push("courier_change");
    }
    if story.callback(sitting.day) > 0.0 {
        episodes.push("callback");
    }
    let is_dutch = sitting.language == Language::Nl;
    let (sector, is_electric, bike, town) = match sitting.respondent {
        Respondent::Known(person) => (
            // Riders of a lease bike write as riders, whatever their employer does.
            person
                .sector
                .as_deref()
                .filter(|_| person.audience == Audience::Business),
            person.is_electric,
            Some(person.bike.as_str()).filter(|_| is_dutch),
            person.town.as_deref().filter(|_| is_dutch),
        ),
        Respondent::Visitor { .. } => (None, true, None, None),
    };
    let on = Occasion {
        audience: sitting.respondent.audience(),
        sector,
        is_electric,
        bike,
        town,
        language: sitting.language,
        touchpoint: sitting.touchpoint,
        episodes: &episodes,
        mood,
    };
    if is_wish {
        writer.wish(&on)
    } else {
        writer.comment(&on)
    }
}
