//! Questions of SurveyJS as questions of Peil, by their type.

use std::collections::BTreeMap;

use peil_domain::{
    shared::{Localized, QuestionKey},
    survey::{ContactField, Question, QuestionKind, Row},
};
use serde_json::Value;

use super::{Object, grids, parts, words};
use crate::survey::{
    Effect, Reason,
    draft::{Asked, choice, is_line, rating, text as open},
    fit::MOST_ROWS_EACH,
    foreign::{Dialect, Meaning},
    tree::{self, is_on, list, text},
    weave::{Condition, Weave},
};

/// Properties of questions that are read, whatever their type.
pub(super) const READ: [&str; 46] = [
    "inputType",
    "choices",
    "choicesOrder",
    "hasOther",
    "showOtherItem",
    "hasNone",
    "showNoneItem",
    "noneText",
    "hasSelectAll",
    "showSelectAllItem",
    "hasComment",
    "showCommentArea",
    "commentText",
    "rateMin",
    "rateMax",
    "rateStep",
    "rateCount",
    "rateValues",
    "minRateDescription",
    "maxRateDescription",
    "min",
    "max",
    "step",
    "maxLength",
    "minSelectedChoices",
    "maxSelectedChoices",
    "columns",
    "rows",
    "html",
    "expression",
    "items",
    "templateElements",
    "multiSelect",
    "cellType",
    "rowsOrder",
    "rowOrder",
    "isAllRowRequired",
    "eachRowRequired",
    "imageLink",
    "rowCount",
    "minRowCount",
    "maxRowCount",
    "panelCount",
    "minPanelCount",
    "maxPanelCount",
    "altText",
];

/// Reads a question.
pub(super) fn read(
    weave: &mut Weave<'_>,
    element: &Object,
    made: &mut Vec<Question>,
) -> Option<()> {
    match text(element, "type") {
        "text" => {
            let kind = field(weave, element);
            one(weave, element, kind, made)
        }
        "comment" => one(weave, element, open(true), made),
        "radiogroup" | "dropdown" | "buttongroup" => list_of(weave, element, false, made),
        "checkbox" | "tagbox" => list_of(weave, element, true, made),
        "imagepicker" => {
            weave.note("choices", Effect::Lost, Reason::Look, "imageLink");
            list_of(weave, element, is_on(element, "multiSelect"), made)
        }
        "boolean" => {
            for name in ["labelTrue", "labelFalse", "valueTrue", "valueFalse"] {
                if let Some(value) = element.get(name) {
                    let value = value.to_string();
                    weave.note(name, Effect::Lost, Reason::Message, &value);
                }
            }
            one(weave, element, QuestionKind::YesNo, made)
        }
        "rating" => scale(weave, element, made),
        "slider" => {
            let kind = line(element).unwrap_or_else(|| number(element));
            one(weave, element, kind, made)
        }
        "ranking" => ranking(weave, element, made),
        "matrix" => grids::matrix_of(weave, element, made),
        "matrixdropdown" => grids::cells(weave, element, made),
        "matrixdynamic" | "paneldynamic" => grids::repeated(weave, element, made),
        "multipletext" => grids::fields(weave, element, made),
        "html" | "image" => statement(weave, element, made),
        "expression" => calculation(weave, element, made),
        "file" => {
            weave.note("", Effect::Changed, Reason::NoUpload, "");
            one(weave, element, open(true), made)
        }
        "signaturepad" => {
            weave.note("", Effect::Changed, Reason::NoPicking, "");
            one(weave, element, open(false), made)
        }
        other => {
            weave.note("type", Effect::Changed, Reason::UnknownKind, other);
            one(weave, element, open(true), made)
        }
    }
}

/// What every question has.
pub(super) fn asked(weave: &mut Weave<'_>, element: &Object) -> Option<Asked> {
    let name = text(element, "name").to_owned();
    let key = weave.key(&name)?;
    let path = weave.path.clone();
    let title = words(weave, element.get("title"), &path);
    let text = if title.is_blank() {
        weave.tongues.same(&name)
    } else {
        title
    };
    let help = words(
        weave,
        element.get("description"),
        &format!("{path}/description"),
    );
    Some(Asked {
        key,
        text,
        help,
        is_required: is_on(element, "isRequired"),
    })
}

/// One question of this kind.
fn one(
    weave: &mut Weave<'_>,
    element: &Object,
    kind: QuestionKind,
    made: &mut Vec<Question>,
) -> Option<()> {
    let asked = asked(weave, element)?;
    weave.learn(text(element, "name"), meaning(&kind, asked.key.clone()));
    let mut question = asked.of(kind);
    parts::rules(weave, element, &mut question);
    made.push(question);
    Some(())
}

/// What a plain question stands for in conditions.
pub(super) fn meaning(kind: &QuestionKind, key: QuestionKey) -> Meaning {
    match kind {
        QuestionKind::Text { .. } => Meaning::Text(key),
        QuestionKind::Number { .. } => Meaning::Number(key),
        QuestionKind::Date { .. } => Meaning::Date(key),
        QuestionKind::YesNo | QuestionKind::Consent => Meaning::Truth(key),
        QuestionKind::Contact { .. } | QuestionKind::Statement => Meaning::Nothing,
        _ => Meaning::Score(key, BTreeMap::new()),
    }
}

/// A field for one line, by what is typed into it.
pub(super) fn field(weave: &mut Weave<'_>, element: &Object) -> QuestionKind {
    match text(element, "inputType") {
        "number" => {
            let path = weave.path.clone();
            parts::note_broken(weave, element, &path, &["min", "max", "step"]);
            number(element)
        }
        "range" => line(element).unwrap_or_else(|| number(element)),
        "date" | "datetime" | "datetime-local" => {
            if text(element, "inputType") != "date" {
                weave.note(
                    "inputType",
                    Effect::Lost,
                    Reason::Look,
                    text(element, "inputType"),
                );
            }
            let mut day = |name: &str| {
                let words = text(element, name);
                let day = words.get(..10).and_then(|day| day.parse().ok());
                if day.is_none() && !words.is_empty() {
                    weave.note(name, Effect::Lost, Reason::Validation, words);
                }
                day
            };
            QuestionKind::Date {
                earliest: day("min"),
                latest: day("max"),
            }
        }
        "email" => contact(ContactField::Email),
        "tel" => contact(ContactField::Phone),
        "" | "text" => open(false),
        other => {
            weave.note("inputType", Effect::Lost, Reason::Look, other);
            open(false)
        }
    }
}

fn contact(field: ContactField) -> QuestionKind {
    QuestionKind::Contact {
        fields: vec![field],
    }
}

fn number(element: &Object) -> QuestionKind {
    QuestionKind::Number {
        min: tree::whole(element.get("min")),
        max: tree::whole(element.get("max")),
        decimals: match tree::whole(element.get("step")) {
            Some(_) => 0,
            None => 2,
        },
    }
}

fn line(element: &Object) -> Option<QuestionKind> {
    let or = |name: &str, otherwise: i32| match element.get(name) {
        None => Some(otherwise),
        value => tree::whole(value),
    };
    let (min, max, step) = (or("min", 0)?, or("max", 100)?, or("step", 1)?);
    let is_line = is_line(min, max, step);
    is_line.then(|| QuestionKind::Slider {
        min,
        max,
        step,
        low_label: Localized::default(),
        high_label: Localized::default(),
    })
}

fn list_of(
    weave: &mut Weave<'_>,
    element: &Object,
    is_multiple: bool,
    made: &mut Vec<Question>,
) -> Option<()> {
    let asked = asked(weave, element)?;
    let mut found = parts::options(weave, list(element, "choices"), Some(&asked.key))?;
    parts::special_options(weave, element, &mut found)?;
    let name = text(element, "name");
    let key = asked.key.clone();
    weave.learn(
        name,
        if is_multiple {
            Meaning::Options(key, found.codes)
        } else {
            Meaning::Option(key, found.codes)
        },
    );
    let mut kind = choice(found.choices, is_multiple, found.has_other);
    match text(element, "choicesOrder") {
        "" | "none" => {}
        "random" => {
            if let QuestionKind::Choice { is_random, .. } = &mut kind {
                *is_random = true;
            }
        }
        other => weave.note("choicesOrder", Effect::Lost, Reason::Order, other),
    }
    let mut question = asked.of(kind);
    parts::rules(weave, element, &mut question);
    made.push(question);
    Some(())
}

fn scale(weave: &mut Weave<'_>, element: &Object, made: &mut Vec<Question>) -> Option<()> {
    let values = list(element, "rateValues");
    if !values.is_empty() {
        let asked = asked(weave, element)?;
        let found = parts::options(weave, values, Some(&asked.key))?;
        weave.learn(
            text(element, "name"),
            Meaning::Option(asked.key.clone(), found.codes),
        );
        weave.note("rateValues", Effect::Changed, Reason::OtherKind, "choice");
        made.push(asked.of(choice(found.choices, false, false)));
        return Some(());
    }
    let min = tree::whole(element.get("rateMin")).unwrap_or(1);
    let count = tree::whole(element.get("rateCount")).unwrap_or(5);
    let max = tree::whole(element.get("rateMax")).unwrap_or_else(|| min.saturating_add(count - 1));
    let step = tree::whole(element.get("rateStep")).unwrap_or(1);
    let path = weave.path.clone();
    let low = words(
        weave,
        element.get("minRateDescription"),
        &format!("{path}/minRateDescription"),
    );
    let high = words(
        weave,
        element.get("maxRateDescription"),
        &format!("{path}/maxRateDescription"),
    );
    let fits = (0..=1).contains(&min) && step == 1 && (1..=10).contains(&max.saturating_sub(min));
    let is_line = is_line(min, max, step);
    let kind = if fits && (min, max) == (0, 10) && asks_to_recommend(element) {
        QuestionKind::Nps
    } else if fits {
        rating(min, max, low, high)
    } else if is_line {
        weave.note("", Effect::Changed, Reason::OtherKind, "slider");
        QuestionKind::Slider {
            min,
            max,
            step,
            low_label: low,
            high_label: high,
        }
    } else {
        weave.note("", Effect::Changed, Reason::OtherKind, "number");
        number(element)
    };
    one(weave, element, kind, made)
}

/// Whether a question from 0 to 10 is the one of the Net Promoter Score.
fn asks_to_recommend(element: &Object) -> bool {
    let title = element
        .get("title")
        .map(Value::to_string)
        .unwrap_or_default()
        .to_lowercase();
    ["recommend", "aanbevel", "aanbeveelt", "aanrad", "aanraad"]
        .iter()
        .any(|word| title.contains(word))
}

fn ranking(weave: &mut Weave<'_>, element: &Object, made: &mut Vec<Question>) -> Option<()> {
    let asked = asked(weave, element)?;
    let name = text(element, "name");
    let mut rows = Vec::new();
    let mut places = Vec::new();
    for (number, item) in list(element, "choices")
        .iter()
        .enumerate()
        .take(MOST_ROWS_EACH)
    {
        let path = format!("{}/choices[{number}]", weave.path);
        let (code, text) = parts::item_of(weave, item, &path);
        parts::note_item(weave, item, &path);
        let key = weave.key(&format!("{name}_{code}"))?;
        places.push(Meaning::Score(key.clone(), BTreeMap::new()));
        rows.push(Row { key, text });
    }
    let over = list(element, "choices")
        .len()
        .saturating_sub(MOST_ROWS_EACH);
    if over > 0 {
        weave.note("choices", Effect::Lost, Reason::ManyRows, &over.to_string());
    }
    weave.learn(name, Meaning::Several(places));
    let is_random = text(element, "choicesOrder") == "random";
    made.push(asked.of(QuestionKind::Ranking { rows, is_random }));
    Some(())
}

fn statement(weave: &mut Weave<'_>, element: &Object, made: &mut Vec<Question>) -> Option<()> {
    let mut asked = asked(weave, element)?;
    let path = weave.path.clone();
    let shown = element.get("html").or_else(|| element.get("altText"));
    let text = words(weave, shown, &path);
    if !text.is_blank() {
        asked.text = text;
    }
    if element.contains_key("imageLink") {
        weave.note("imageLink", Effect::Lost, Reason::Look, "");
    }
    asked.is_required = false;
    weave.learn(self::text(element, "name"), Meaning::Nothing);
    made.push(asked.of(QuestionKind::Statement));
    Some(())
}

/// A value that is worked out and shown.
fn calculation(weave: &mut Weave<'_>, element: &Object, made: &mut Vec<Question>) -> Option<()> {
    let name = text(element, "name").to_owned();
    let mut asked = asked(weave, element)?;
    let path = format!("{}/expression", weave.path);
    let condition = Condition::of_text(path, text(element, "expression"), Dialect::SurveyJs);
    let key = weave.key(&name)?;
    weave.calculate(key, &name, condition);
    let mut shown = Localized::default();
    for language in peil_domain::shared::Language::ALL {
        if let Some(title) = asked.text.exact(language) {
            shown.set(language, format!("{title}: {{{name}}}"));
        }
    }
    asked.text = shown;
    asked.is_required = false;
    made.push(asked.of(QuestionKind::Statement));
    Some(())
}
