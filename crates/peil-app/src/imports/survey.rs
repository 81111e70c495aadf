//! The questionnaire that imported answers belong to: one that exists, or one made of the file.

use std::collections::{BTreeMap, BTreeSet};

use peil_domain::{
    access::Actor,
    shared::{
        Language, Localized, QuestionKey, Slug, SurveyId,
        values::{DateOrder, parse_number},
    },
    survey::{
        CesVersion, Choice, CsatLook, Definition, Page, Question, QuestionKind, Survey,
        SurveyPurpose, Version, problems,
    },
};
use peil_store::survey;
use serde::{Deserialize, Serialize};

use super::{
    AnswerTarget, AnswersMap, ColumnMap, ColumnsMap, DateMap, FullColumn, FullDate, ImportError,
    MapProblem, Meant, NewQuestionKind, SurveyMap,
    cells::{clean, key_of, normal},
};
use crate::{
    App, AppError,
    survey::{Edit, NewSurvey, SurveyChange, SurveyError},
};

/// The questionnaire that a person chose on screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SurveyChoice {
    /// One that exists.
    Existing(SurveyId),
    /// A new one of this name.
    New(String),
}

/// What a person said about one column on screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerColumn {
    /// Name of the column.
    pub column: String,
    /// What it means.
    pub target: AnswerTarget,
    /// What its values mean; those without a meaning are left out.
    pub values: Vec<(String, String)>,
    /// The values that occur, when they are few.
    pub seen: Vec<String>,
}

/// What a person said about a file with answers on screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswersForm {
    /// The questionnaire.
    pub survey: SurveyChoice,
    /// The columns.
    pub columns: Vec<AnswerColumn>,
    /// What stands first in a date.
    pub date_order: DateOrder,
    /// Zone of times that name none; the organisation's when blank.
    pub zone: String,
    /// Language of the questions that are made.
    pub language: Language,
}

impl App {
    /// Puts together what a person said on screen.
    pub(super) async fn map_of_form(
        &self,
        actor: &Actor,
        form: &AnswersForm,
    ) -> Result<AnswersMap, AppError> {
        let mut map = AnswersMap {
            survey: SurveyMap {
                slug: Slug::from_text("", "import"),
                name: None,
                title: Localized::default(),
                languages: vec![form.language],
                questions: Vec::new(),
            },
            columns: ColumnsMap::default(),
            segments: BTreeMap::new(),
            answers: BTreeMap::new(),
        };
        match &form.survey {
            SurveyChoice::Existing(id) => {
                let session = self.store.read(actor.workspace);
                let found = survey::find(&session, *id)
                    .await?
                    .ok_or(AppError::NotFound)?;
                map.survey.slug = found.slug;
            }
            SurveyChoice::New(name) => {
                crate::access::check_name("name", name)?;
                let wanted = Slug::from_text(name, "import");
                map.survey.slug = self.free_slug(wanted, false).await?;
                map.survey.name = Some(name.trim().to_owned());
            }
        }
        let problems = fill(&mut map, form);
        if problems.is_empty() {
            Ok(map)
        } else {
            Err(ImportError::Map(problems).into())
        }
    }

    /// Finds the questionnaire and version that answers are imported into; makes it when the map
    /// describes one that does not exist.
    pub(super) async fn survey_for(
        &self,
        actor: &Actor,
        map: &SurveyMap,
    ) -> Result<(Survey, Version), AppError> {
        if let Some((survey, version)) = self.find_survey_for(actor, map).await? {
            let version = match version {
                Some(version) => version,
                None => self.publish_survey(actor, survey.id, None).await?,
            };
            return Ok((survey, version));
        }
        let definition = definition_of(map)?;
        let name = map.name.clone().unwrap_or_else(|| map.slug.to_string());
        let new = NewSurvey {
            template: "leeg".into(),
            name,
            slug: Some(map.slug.clone()),
        };
        let made = self.create_survey(actor, new).await?;
        let edit = Edit::Replace(Box::new(definition));
        let edited = self
            .edit_survey(actor, made.id, made.revision, edit)
            .await?;
        let change = SurveyChange {
            name: edited.name.clone(),
            slug: edited.slug.clone(),
            purpose: SurveyPurpose::Relational,
            // What was asked elsewhere is not put before strangers because its answers came in.
            has_public_link: false,
            allows_repeats: false,
            touchpoint: None,
        };
        let changed = self
            .update_survey(actor, edited.id, edited.revision, change)
            .await?;
        let version = self.publish_survey(actor, changed.id, None).await?;
        Ok((changed, version))
    }

    /// Finds the questionnaire of this name with its newest version.
    pub(super) async fn find_survey_for(
        &self,
        actor: &Actor,
        map: &SurveyMap,
    ) -> Result<Option<(Survey, Option<Version>)>, AppError> {
        let Some(found) = self.store.find_survey_by_slug(&map.slug).await? else {
            return Ok(None);
        };
        if found.workspace != actor.workspace {
            return Err(SurveyError::SlugTaken.into());
        }
        let session = self.store.read(actor.workspace);
        let version = survey::newest_version(&session, found.id).await?;
        Ok(Some((found, version)))
    }
}

/// The content of a questionnaire that a map describes.
pub(super) fn definition_of(map: &SurveyMap) -> Result<Definition, AppError> {
    if map.questions.is_empty() {
        let problem = MapProblem::new("survey.slug", "unknown_survey", map.slug.as_str());
        return Err(ImportError::Map(vec![problem]).into());
    }
    let spoken = |language: &Language| {
        map.questions
            .iter()
            .all(|question| question.text.exact(*language).is_some())
    };
    let languages = if map.languages.is_empty() {
        Language::ALL.into_iter().filter(spoken).collect()
    } else {
        map.languages.clone()
    };
    let mut title = map.title.clone();
    for language in &languages {
        if title.exact(*language).is_none() {
            title.set(
                *language,
                map.name.clone().unwrap_or_else(|| map.slug.to_string()),
            );
        }
    }
    let definition = Definition {
        languages,
        title,
        pages: vec![Page {
            questions: map.questions.clone(),
            ..Page::default()
        }],
        ..Definition::default()
    };
    let found = problems(&definition);
    if found.is_empty() {
        Ok(definition)
    } else {
        Err(SurveyError::NotReady(found).into())
    }
}

/// Puts every column in its place.
fn fill(map: &mut AnswersMap, form: &AnswersForm) -> Vec<MapProblem> {
    let mut problems = Vec::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for column in &form.columns {
        let is_repeatable = matches!(
            column.target,
            AnswerTarget::Ignore | AnswerTarget::Segment | AnswerTarget::NewQuestion(_)
        );
        if !is_repeatable && !taken.insert(column.target.to_string()) {
            problems.push(MapProblem::new("columns", "used_twice", &column.column));
            continue;
        }
        place(map, form, column, &mut problems);
    }
    if map.columns.date.is_none() {
        problems.push(MapProblem::new("columns.date", "missing", ""));
    }
    if map.answers.is_empty() {
        problems.push(MapProblem::new("answers", "missing", ""));
    }
    problems
}

fn place(
    map: &mut AnswersMap,
    form: &AnswersForm,
    column: &AnswerColumn,
    problems: &mut Vec<MapProblem>,
) {
    let full = full_of(column);
    let plain = Some(ColumnMap::Full(full.clone()));
    let columns = &mut map.columns;
    match &column.target {
        AnswerTarget::Ignore => {}
        AnswerTarget::Date => {
            let zone = Some(form.zone.trim().to_owned()).filter(|zone| !zone.is_empty());
            let date = FullDate {
                column: full.column,
                order: form.date_order,
                zone,
            };
            columns.date = Some(DateMap::Full(date));
        }
        AnswerTarget::Id => columns.id = plain,
        AnswerTarget::Contact => columns.contact = plain,
        AnswerTarget::Email => columns.email = plain,
        AnswerTarget::Account => columns.account = plain,
        AnswerTarget::Channel => columns.channel = plain,
        AnswerTarget::Language => columns.language = plain,
        AnswerTarget::Touchpoint => columns.touchpoint = plain,
        AnswerTarget::Segment => match key_of(&column.column) {
            Some(key) if !map.segments.contains_key(&key) => {
                map.segments.insert(key, ColumnMap::Full(full));
            }
            _ => problems.push(MapProblem::new("columns", "used_twice", &column.column)),
        },
        AnswerTarget::Question(key) => {
            map.answers.insert(key.clone(), ColumnMap::Full(full));
        }
        AnswerTarget::NewQuestion(kind) => match new_question(map, form, column, *kind) {
            Ok(question) => {
                map.answers
                    .insert(question.key.clone(), ColumnMap::Full(full));
                map.survey.questions.push(question);
            }
            Err(code) => problems.push(MapProblem::new("columns", code, &column.column)),
        },
    }
}

fn full_of(column: &AnswerColumn) -> FullColumn {
    let meant = |to: &str| match to.trim().parse() {
        Ok(score) => Meant::Score(score),
        Err(_) => Meant::Word(to.trim().to_owned()),
    };
    let values = column.values.iter().filter(|(_, to)| !to.trim().is_empty());
    FullColumn {
        column: column.column.clone(),
        values: values.map(|(from, to)| (from.clone(), meant(to))).collect(),
        separator: None,
    }
}

fn new_question(
    map: &AnswersMap,
    form: &AnswersForm,
    column: &AnswerColumn,
    kind: NewQuestionKind,
) -> Result<Question, &'static str> {
    let stem = key_of(&column.column).ok_or("unusable_name")?;
    let is_free = |key: &QuestionKey| map.survey.questions.iter().all(|other| other.key != *key);
    let key = (1..=Definition::MOST_QUESTIONS)
        .map(|number| {
            if number == 1 {
                stem.to_string()
            } else {
                format!("{stem}_{number}")
            }
        })
        .filter_map(|name| name.parse().ok())
        .find(is_free)
        .ok_or("unusable_name")?;
    let kind = match kind {
        NewQuestionKind::Nps => QuestionKind::Nps,
        NewQuestionKind::Csat => QuestionKind::Csat {
            look: CsatLook::default(),
        },
        NewQuestionKind::Ces => QuestionKind::Ces {
            version: CesVersion::default(),
        },
        NewQuestionKind::Mark => QuestionKind::Mark,
        NewQuestionKind::YesNo => QuestionKind::YesNo,
        NewQuestionKind::Text => QuestionKind::Text { is_long: true },
        NewQuestionKind::Rating => rating_of(form.language, column)?,
        NewQuestionKind::Choice => choice_of(form.language, column)?,
    };
    let text = Localized::one(form.language, clean(&column.column));
    Ok(Question::new(key, text, kind))
}

/// A scale from the lowest to the highest score that occurs, of which the highest counts as
/// satisfied, or the highest two from five points on.
fn rating_of(language: Language, column: &AnswerColumn) -> Result<QuestionKind, &'static str> {
    let meaning = |text: &str| {
        let to = column
            .values
            .iter()
            .find(|(from, _)| normal(from) == normal(text));
        to.map_or(text.to_owned(), |(_, to)| to.clone())
    };
    let mut scores: Vec<(i32, &str)> = Vec::new();
    for text in &column.seen {
        let number = parse_number(
            &meaning(text),
            peil_domain::shared::values::DecimalStyle::Point,
        );
        let whole = number.filter(|number| number.fract() == 0.0 && number.abs() < 1_000.0);
        let score = whole.and_then(|number| format!("{number:.0}").parse().ok());
        scores.push((score.ok_or("not_all_scores")?, text));
    }
    scores.sort_unstable();
    let (Some((min, low)), Some((max, high))) = (scores.first(), scores.last()) else {
        return Err("not_all_scores");
    };
    if !(1..=10).contains(&(max - min)) {
        return Err("scale_impossible");
    }
    let label = |score: i32, text: &str| {
        let is_number = text.trim() == score.to_string();
        if is_number {
            Localized::default()
        } else {
            Localized::one(language, clean(text))
        }
    };
    Ok(QuestionKind::Rating {
        min: *min,
        max: *max,
        top: if max - min >= 4 { 2 } else { 1 },
        low_label: label(*min, low),
        high_label: label(*max, high),
    })
}

fn choice_of(language: Language, column: &AnswerColumn) -> Result<QuestionKind, &'static str> {
    let mut options: Vec<Choice> = Vec::new();
    for text in &column.seen {
        let code = key_of(text).ok_or("unusable_name")?;
        let label = Localized::one(language, clean(text));
        if options.iter().all(|option| option.code != code) {
            options.push(Choice::new(code, label));
        }
    }
    if !(2..=100).contains(&options.len()) {
        return Err("too_many_options");
    }
    Ok(QuestionKind::Choice {
        options,
        is_multiple: false,
        has_other: false,
        is_random: false,
    })
}
