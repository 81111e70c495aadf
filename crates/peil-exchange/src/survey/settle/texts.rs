//! The texts at a place of a questionnaire, and texts without some of their places to fill in.

use peil_domain::{
    shared::{Localized, QuestionKey},
    survey::{Definition, Filling, Piece, Place, Question, QuestionKind, pieces},
};

/// The texts at a place.
pub(super) fn texts_at<'a>(
    definition: &'a mut Definition,
    place: &Place,
) -> Vec<&'a mut Localized> {
    let found = match place {
        Place::Survey => {
            return vec![
                &mut definition.title,
                &mut definition.intro,
                &mut definition.thanks,
                &mut definition.thanks_low,
            ];
        }
        Place::Question(key) => {
            let question = question_mut(definition, key);
            return question
                .map(|question| vec![&mut question.text, &mut question.help])
                .unwrap_or_default();
        }
        Place::Option(key, number) => {
            let question = question_mut(definition, key);
            question.and_then(|question| match &mut question.kind {
                QuestionKind::Choice { options, .. } => {
                    let option = options.get_mut(number.checked_sub(1)?)?;
                    Some(&mut option.label)
                }
                _ => None,
            })
        }
        Place::Row(key, number) => {
            let question = question_mut(definition, key);
            question.and_then(|question| match &mut question.kind {
                QuestionKind::Matrix { rows, .. } | QuestionKind::Ranking { rows, .. } => {
                    let row = rows.get_mut(number.checked_sub(1)?)?;
                    Some(&mut row.text)
                }
                _ => None,
            })
        }
        Place::Page(number) => {
            let page = definition.pages.get_mut(number.saturating_sub(1));
            page.map(|page| &mut page.title)
        }
        Place::Quota(key) => {
            let mut quotas = definition.quotas.iter_mut();
            let quota = quotas.find(|quota| quota.key == *key);
            quota.map(|quota| &mut quota.text)
        }
        Place::Ending(number) => {
            let ending = definition.endings.get_mut(number.saturating_sub(1));
            ending.map(|ending| &mut ending.text)
        }
        Place::Calculation(_) => None,
    };
    found.into_iter().collect()
}

fn question_mut<'a>(definition: &'a mut Definition, key: &QuestionKey) -> Option<&'a mut Question> {
    let mut questions = definition.questions_mut();
    questions.find(|question| question.key == *key)
}

/// A text in which some places are filled in with what stands there when nothing is known.
pub(super) fn without(text: &str, is_it: impl Fn(&Filling<'_>) -> bool) -> String {
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    for piece in pieces(text) {
        match piece {
            Piece::Words(words) => {
                made.push_str(words);
                rest = rest.get(words.len()..).unwrap_or_default();
            }
            Piece::Blank {
                filling, fallback, ..
            } => {
                let end = rest.find("}}").map_or(rest.len(), |end| end + 2);
                if is_it(&filling) {
                    made.push_str(if fallback.is_empty() { "…" } else { fallback });
                } else {
                    made.push_str(rest.get(..end).unwrap_or_default());
                }
                rest = rest.get(end..).unwrap_or_default();
            }
        }
    }
    made
}
