//! Rows of a file with earlier answers.

use std::collections::{BTreeMap, HashMap};

use jiff::{Timestamp, tz::TimeZone};
use peil_domain::{
    access::Workspace,
    audience::AttributeValue,
    journey::Touchpoint,
    outreach::Channel,
    response::{Completion, Flags, Response},
    shared::{
        EmailAddress, Language, LocalDay, QuestionKey, ResponseId, SurveyId,
        values::{DateOrder, DateValue, parse_date},
    },
    survey::{Question, Survey, Version},
};

use super::{
    AnswersMap, ImportError, MapProblem, RefusedRow,
    answer::read_answer,
    cells::{Cell, normal, position},
    contacts::{language, refuse},
    identity::{Key, Seen},
    mapping::{ColumnMap, ColumnsMap},
};
use crate::{app::zone_of, ports::TableRow};

/// What stands between several choices in one cell.
const SEPARATOR: &str = "|";
/// Answers from before this year are taken for typing errors.
const FIRST_YEAR: i16 = 1900;
/// Longest name of an account in characters.
const LONGEST_NAME: usize = 200;

/// What the questionnaire and the organisation have to say about the rows.
pub(super) struct Surroundings<'a> {
    /// The questionnaire.
    pub(super) survey: &'a Survey,
    /// The version that the answers are counted under.
    pub(super) version: &'a Version,
    /// The organisation.
    pub(super) workspace: &'a Workspace,
    /// Its contact moments.
    pub(super) touchpoints: &'a [Touchpoint],
    /// Nothing was answered after this moment.
    pub(super) now: Timestamp,
}

/// What the columns of one file with answers mean, ready to read rows.
pub(super) struct AnswersPlan {
    blank: Response,
    now: Timestamp,
    day_zone: TimeZone,
    file_zone: TimeZone,
    order: DateOrder,
    date: Cell,
    id: Option<Cell>,
    contact: Option<Cell>,
    email: Option<Cell>,
    account: Option<Cell>,
    channel: Option<Cell>,
    language: Option<Cell>,
    touchpoint: Option<Cell>,
    touchpoints: HashMap<String, QuestionKey>,
    segments: Vec<(QuestionKey, Cell)>,
    answers: Vec<(Question, Cell, String)>,
}

/// A row that was read; who answered is still to be looked up.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct AnswerRow {
    /// The answer.
    pub(super) response: Response,
    /// External identifier of the customer.
    pub(super) contact: Option<String>,
    /// Address of the customer.
    pub(super) email: Option<EmailAddress>,
    /// The customer's organisation.
    pub(super) account: Option<String>,
}

impl AnswersPlan {
    /// Checks a map against the file and the questionnaire.
    pub(super) fn new(
        map: &AnswersMap,
        header: &[String],
        around: &Surroundings<'_>,
    ) -> Result<Self, ImportError> {
        let mut problems = Vec::new();
        let (date, order, file_zone) = find_date(&map.columns, header, around, &mut problems);
        let mut find = |place: &str, column: Option<&ColumnMap>| {
            let found = Cell::find(header, place, column?);
            found.map_err(|problem| problems.push(problem)).ok()
        };
        let columns = &map.columns;
        let id = find("columns.id", columns.id.as_ref());
        let contact = find("columns.contact", columns.contact.as_ref());
        let email = find("columns.email", columns.email.as_ref());
        let account = find("columns.account", columns.account.as_ref());
        let channel = find("columns.channel", columns.channel.as_ref());
        let language = find("columns.language", columns.language.as_ref());
        let touchpoint = find("columns.touchpoint", columns.touchpoint.as_ref());
        let mut segments = Vec::new();
        for (key, column) in &map.segments {
            let place = format!("segments.{key}");
            segments.extend(find(&place, Some(column)).map(|cell| (key.clone(), cell)));
        }
        let mut answers = Vec::new();
        for (key, column) in &map.answers {
            let cell = find(&format!("answers.{key}"), Some(column));
            let separator = column.full().separator.filter(|sign| !sign.is_empty());
            answers.extend(cell.map(|cell| (key, cell, separator.unwrap_or(SEPARATOR.into()))));
        }
        let answers = with_questions(answers, &around.version.definition.by_item(), &mut problems);
        if map.answers.is_empty() {
            problems.push(MapProblem::new("answers", "missing", ""));
        }
        let (Some(date), true) = (date, problems.is_empty()) else {
            return Err(ImportError::Map(problems));
        };
        let touchpoints = around.touchpoints.iter().flat_map(|known| {
            [
                (normal(known.key.as_str()), known.key.clone()),
                (normal(&known.name), known.key.clone()),
            ]
        });
        Ok(Self {
            blank: blank(around),
            now: around.now,
            day_zone: zone_of(around.workspace),
            file_zone,
            order,
            date,
            id,
            contact,
            email,
            account,
            channel,
            language,
            touchpoint,
            touchpoints: touchpoints.collect(),
            segments,
            answers,
        })
    }

    /// The key of the row: by the identifier in it, or else by everything in it.
    pub(super) fn identify(&self, row: &TableRow, seen: &mut Seen) -> Result<Key, RefusedRow> {
        let survey = self.blank.survey;
        let own = self
            .id
            .as_ref()
            .and_then(|cell| Some((cell, cell.read(&row.cells)?)));
        let Some((cell, own)) = own else {
            return Ok(seen.by_content(survey, &row.cells));
        };
        let key = seen.by_id(survey, &own, row.number);
        key.ok_or_else(|| refuse(row, "row.same_id", &cell.name))
    }

    /// The questionnaire that rows answer.
    pub(super) const fn survey(&self) -> SurveyId {
        self.blank.survey
    }

    /// Reads a row as the answer with this key.
    pub(super) fn read(&self, row: &TableRow, key: Key) -> Result<AnswerRow, RefusedRow> {
        self.read_cells(&row.cells, key)
            .map_err(|(code, column)| refuse(row, code, column))
    }

    fn read_cells(&self, cells: &[String], key: Key) -> Result<AnswerRow, Refusal<'_>> {
        let (submitted_at, local_day) = self.read_date(cells)?;
        let text = |cell: &Option<Cell>| cell.as_ref().and_then(|cell| cell.read(cells));
        let parsed = |cell: &'_ Option<Cell>| text(cell).zip(cell.as_ref().map(|_| ()));
        let mut response = Response {
            id: key.id_at(submitted_at),
            submitted_at,
            local_day,
            ..self.blank.clone()
        };
        if let Some((word, ())) = parsed(&self.channel) {
            let channel: Result<Channel, _> = normal(&word).parse();
            response.channel =
                channel.map_err(|_| ("channel.unknown", name_of(self.channel.as_ref())))?;
        }
        if let Some((word, ())) = parsed(&self.language) {
            response.language =
                language(&word).map_err(|code| (code, name_of(self.language.as_ref())))?;
        }
        if let Some((word, ())) = parsed(&self.touchpoint) {
            let key = self.touchpoints.get(&normal(&word)).cloned();
            response.touchpoint =
                Some(key.ok_or(("touchpoint.unknown", name_of(self.touchpoint.as_ref())))?);
        }
        for (key, cell) in &self.segments {
            let Some(value) = cell.read(cells) else {
                continue;
            };
            if value.chars().count() > AttributeValue::LONGEST {
                return Err(("attribute.too_long", &cell.name));
            }
            response.segments.insert(key.clone(), value);
        }
        let email = match text(&self.email) {
            Some(word) => Some(
                word.parse()
                    .map_err(|_| ("email.invalid", name_of(self.email.as_ref())))?,
            ),
            None => None,
        };
        let account = text(&self.account);
        if account
            .as_ref()
            .is_some_and(|name| name.chars().count() > LONGEST_NAME)
        {
            return Err(("account.too_long", name_of(self.account.as_ref())));
        }
        for (question, cell, separator) in &self.answers {
            response
                .answers
                .extend(read_answer(question, cell, separator, cells)?);
        }
        if response.answers.is_empty() {
            return Err(("row.no_answers", ""));
        }
        Ok(AnswerRow {
            response,
            contact: text(&self.contact),
            email,
            account,
        })
    }

    fn read_date(&self, cells: &[String]) -> Result<(Timestamp, LocalDay), Refusal<'_>> {
        let column = self.date.name.as_str();
        let text = self.date.read(cells).ok_or(("date.missing", column))?;
        let value = parse_date(&text, self.order).ok_or(("date.unreadable", column))?;
        // A bare day means that day where the organisation is, whatever zone the file is in.
        let zone = if matches!(value, DateValue::Day(_)) {
            &self.day_zone
        } else {
            &self.file_zone
        };
        let at = value.timestamp(zone).ok_or(("date.unreadable", column))?;
        if at > self.now {
            return Err(("date.in_future", column));
        }
        let day = at.to_zoned(self.day_zone.clone()).date();
        if day.year() < FIRST_YEAR {
            return Err(("date.too_old", column));
        }
        Ok((at, LocalDay::from_date(day)))
    }
}

/// Why a row is refused, and the column that it is about.
pub(super) type Refusal<'a> = (&'static str, &'a str);

fn name_of(cell: Option<&Cell>) -> &str {
    cell.map(|cell| cell.name.as_str()).unwrap_or_default()
}

fn blank(around: &Surroundings<'_>) -> Response {
    let definition = &around.version.definition;
    let touchpoint = around
        .touchpoints
        .iter()
        .find(|known| Some(known.id) == around.survey.touchpoint)
        .map(|known| known.key.clone());
    Response {
        id: ResponseId(uuid::Uuid::nil()),
        workspace: around.workspace.id,
        survey: around.survey.id,
        version: around.version.id,
        contact: None,
        account: None,
        invitation: None,
        channel: Channel::Import,
        language: definition
            .languages
            .first()
            .copied()
            .unwrap_or(Language::Nl),
        touchpoint,
        completion: Completion::Complete,
        pages_done: None,
        submitted_at: around.now,
        local_day: LocalDay(0),
        seconds: None,
        segments: BTreeMap::new(),
        flags: Flags::new(),
        answers: Vec::new(),
    }
}

fn find_date(
    columns: &ColumnsMap,
    header: &[String],
    around: &Surroundings<'_>,
    problems: &mut Vec<MapProblem>,
) -> (Option<Cell>, DateOrder, TimeZone) {
    const PLACE: &str = "columns.date";
    let ours = zone_of(around.workspace);
    let Some(date) = columns.date.as_ref().map(super::DateMap::full) else {
        problems.push(MapProblem::new(PLACE, "missing", ""));
        return (None, DateOrder::DayFirst, ours);
    };
    let zone = match date.zone.as_deref().filter(|name| !name.trim().is_empty()) {
        Some(name) => TimeZone::get(name.trim()).unwrap_or_else(|_| {
            problems.push(MapProblem::new(PLACE, "unknown_zone", name));
            ours
        }),
        None => ours,
    };
    let cell = position(header, PLACE, &date.column)
        .and_then(|_| Cell::find(header, PLACE, &ColumnMap::Plain(date.column.clone())))
        .map_err(|problem| problems.push(problem));
    (cell.ok(), date.order, zone)
}

/// Puts the questions to their columns; in the order of the questionnaire.
fn with_questions(
    columns: Vec<(&QuestionKey, Cell, String)>,
    definition: &peil_domain::survey::Definition,
    problems: &mut Vec<MapProblem>,
) -> Vec<(Question, Cell, String)> {
    let mut found = Vec::new();
    for (key, cell, separator) in columns {
        match definition
            .question(key)
            .filter(|question| question.kind.is_in_one_column())
        {
            // What was not asked then cannot be demanded now.
            Some(question) => {
                found.push((
                    Question {
                        is_required: false,
                        ..question.clone()
                    },
                    cell,
                    separator,
                ));
            }
            None => problems.push(MapProblem::new("answers", "unknown_question", key.as_str())),
        }
    }
    let place = |key: &QuestionKey| definition.questions().position(|other| other.key == *key);
    found.sort_by_key(|(question, ..)| place(&question.key));
    found
}
