//! Questionnaires of LimeSurvey: survey structure files (`.lss`) of old and new releases.
//!
//! Every question type is read. Relevance, conditions of old releases, equations and places in
//! texts become formulas where they can; groups become pages.

mod arrays;
mod attributes;
mod conditions;
mod content;
mod equations;
mod grids;
mod kinds;
mod lists;
mod reading;
mod room;
mod rows;
mod second;
mod settings;
mod tables;
#[cfg(test)]
mod tests;
mod texts;
mod unread;

use peil_domain::shared::Language;

use self::{content::groups, reading::Reading, tables::Tables};
use super::{
    Effect, Format, ImportError, Imported, Reason, draft::Draft, tongues::Tongues, xml::decoded,
};

/// Tables that hold nothing that is asked, said or decided.
const SILENT: [&str; 5] = [
    "themes",
    "themes_inherited",
    "plugin_settings",
    "survey_url_parameters",
    "question_themes",
];

/// Reads a survey structure file.
///
/// # Errors
/// What keeps it from being read, with its place.
pub(super) fn read(bytes: &[u8], otherwise: Language) -> Result<Imported, ImportError> {
    let text = decoded(bytes)?;
    let mut tables = Tables::read(&text)?;
    drop(text);
    let surveys = tables.take("surveys");
    let survey = surveys.first().cloned().unwrap_or_default();
    let base = settings::base_language(&survey, &tables.languages);
    let mut codes = vec![base.clone()];
    codes.extend(
        tables
            .languages
            .iter()
            .filter(|code| **code != base)
            .cloned(),
    );
    let mut draft = Draft::new(Format::Lss);
    let tongues = Tongues::choose(&codes, otherwise, "languages", &mut draft.report);
    draft.definition.languages = tongues.languages();
    unread::note_columns(&mut draft, &tables);
    unread::note_orphans(&mut draft, &tables);
    let groups = groups(&mut tables, &base);
    let conditions = conditions::by_question(&mut tables, &groups);
    let mut reading = Reading::new(
        draft,
        &tongues,
        survey.get("sid").map_or("", String::as_str),
    );
    settings::read(&mut reading, &mut tables, &survey, &base);
    reading.read_groups(&groups, &conditions, &survey);
    settings::read_quotas(&mut reading, &mut tables, &groups);
    settings::note_rest(&mut reading, &mut tables);
    for (name, rows) in tables.rest() {
        if !SILENT.contains(&name) {
            let count = rows.to_string();
            reading
                .draft
                .note(name, Effect::Lost, Reason::UnknownPart, count);
        }
    }
    Ok(reading.finish())
}
