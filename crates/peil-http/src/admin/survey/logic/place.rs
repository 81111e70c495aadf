//! The page on which the logic of one place is written.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use peil_app::{
    AppError,
    survey::{Clashing, Edit, LogicEdit, SurveyError, SurveyOverview, Upon},
};
use peil_domain::survey::{Definition, Formula};

use super::{
    choices::{always_of, frame_of, functions, parts, ways},
    condition::{ConditionForm, Group},
    extra::{Extra, OWN, blanks, removal},
    overview::{Where, where_is},
    row::Input,
    say,
    spot::Spot,
    subjects::{Known, Subjects},
    subjects_at,
};
use crate::{
    Web,
    admin::{
        done,
        frame::Frame,
        page,
        survey::{
            Head,
            conflict::{ClashView, clash_views},
            find,
            saving::as_chosen,
            words,
        },
    },
    edge::{
        fields::Fields,
        parts::FormError,
        problem::{PageError, describe, survey_problem},
        signed::{Signed, SignedForm},
        text::Text,
    },
};

#[derive(Template)]
#[template(path = "survey/logic_place.html")]
struct PlacePage {
    t: Text,
    frame: Frame,
    head: Head,
    revision: i32,
    languages: Vec<words::Tongue>,
    spot: Spot,
    whence: &'static str,
    place: Where,
    form: ConditionForm,
    groups: Vec<Group>,
    offered: Vec<(String, Vec<(String, String)>)>,
    said: String,
    extra: Extra,
    ways: Vec<(String, String)>,
    functions: Vec<(&'static str, String)>,
    parts: Vec<(String, String)>,
    blanks: Vec<(String, String)>,
    problems: Vec<String>,
    errors: Vec<FormError>,
    clashes: Vec<ClashView>,
    is_conflict: bool,
}

impl PlacePage {
    fn is_wrong(&self, field: &str) -> bool {
        self.errors.iter().any(|error| error.field == field)
    }

    /// Where "back" leads.
    fn back(&self) -> String {
        back_to(&self.head, &self.spot, self.whence)
    }

    /// Whether it is an ending that is looked at after another one.
    fn can_be_raised(&self) -> bool {
        matches!(self.spot, Spot::Ending(Some(number)) if number > 1)
    }

    fn is_own(&self) -> bool {
        self.extra.function == OWN
    }

    fn has_part(&self, part: &str) -> bool {
        self.extra.parts.iter().any(|known| known == part)
    }

    fn is_any(&self) -> bool {
        self.form.joined == peil_domain::survey::Joined::Any
    }
}

/// What is shown besides what is stored.
#[derive(Default)]
struct Shown {
    form: Option<ConditionForm>,
    extra: Option<Extra>,
    errors: Vec<FormError>,
    clashes: Vec<ClashView>,
    is_conflict: bool,
}

impl Shown {
    /// The form with everything of both, and the choices where both changed the same thing.
    fn clash(&mut self, subjects: &Subjects, draft: &Definition, spot: &Spot, found: &Clashing) {
        let say = |condition: &str| {
            let formula: Formula = condition.parse().ok()?;
            Some(say::clause(subjects, formula.expression()))
        };
        self.clashes = clash_views(subjects.text(), found, draft, &say);
        let both = &found.proposal;
        if !spot.is_new() && spot.is_in(both) {
            self.form = Some(ConditionForm::of(subjects, spot.condition(both)));
            self.extra = Some(Extra::of(spot, both));
        }
    }
}

pub(in crate::admin::survey) async fn show(
    State(web): State<Web>,
    Path((id, spot)): Path<(String, String)>,
    signed: Signed,
) -> Result<Response, PageError> {
    let spot: Spot = spot.parse().map_err(|_| AppError::NotFound)?;
    let overview = find(&web, &signed, &id).await?;
    let whence = whence(&signed.query);
    place_page(&web, &signed, &overview, spot, whence, Shown::default()).await
}

async fn place_page(
    web: &Web,
    signed: &Signed,
    overview: &SurveyOverview,
    spot: Spot,
    whence: &'static str,
    shown: Shown,
) -> Result<Response, PageError> {
    let t = signed.text;
    let draft = &overview.survey.draft;
    if !spot.is_in(draft) {
        return Err(AppError::NotFound.into());
    }
    let subjects = subjects_at(web, signed, draft, spot.asked(draft)).await?;
    let found = web
        .app
        .check_survey(&signed.identity.actor, overview.survey.id)
        .await?;
    let problems = found
        .iter()
        .filter(|problem| shown.errors.is_empty() && spot.owns(draft, problem))
        .map(|problem| survey_problem(problem, t).1);
    let form = shown
        .form
        .unwrap_or_else(|| ConditionForm::of(&subjects, spot.condition(draft)));
    let extra = shown.extra.unwrap_or_else(|| Extra::of(&spot, draft));
    let place = where_is(&subjects, draft, &spot);
    page(&PlacePage {
        t,
        frame: Frame::new(signed, "survey", &place.title),
        head: Head::new(signed, overview, "logic"),
        revision: overview.survey.revision,
        languages: words::Tongue::used(t, draft),
        groups: form.groups(&subjects),
        offered: offered(&subjects),
        said: said(&subjects, draft, &spot, &form, &extra),
        ways: ways(t, draft, &spot),
        functions: functions(t),
        parts: parts(&subjects),
        blanks: blanks(t, draft, &subjects),
        problems: problems.collect(),
        whence,
        place,
        spot,
        form,
        extra,
        errors: shown.errors,
        clashes: shown.clashes,
        is_conflict: shown.is_conflict,
    })
}

fn offered(subjects: &Subjects) -> Vec<(String, Vec<(String, String)>)> {
    let entry = |known: &Known| (known.subject.to_string(), known.name.clone());
    subjects
        .offered()
        .into_iter()
        .map(|(heading, known)| (heading, known.into_iter().map(entry).collect()))
        .collect()
}

/// The condition as one sentence.
fn said(
    subjects: &Subjects,
    draft: &Definition,
    spot: &Spot,
    form: &ConditionForm,
    extra: &Extra,
) -> String {
    let t = subjects.text();
    match form.read(subjects) {
        Ok(Some(formula)) => {
            let to = ways(t, draft, spot).into_iter();
            let mut to = to
                .filter(|(code, _)| *code == extra.to)
                .map(|(_, name)| name);
            let to = to.next().unwrap_or_else(|| "…".to_owned());
            let args = [("to", to.into()), ("n", extra.most.as_str().into())];
            say::sentence(subjects, frame_of(spot), formula.expression(), &args)
        }
        Ok(None) if spot.needs_condition() => t.s("logic-says-nothing-yet"),
        Ok(None) => t.s(always_of(spot)),
        Err(_) => t.s("logic-says-unfinished"),
    }
}

fn back_to(head: &Head, spot: &Spot, whence: &'static str) -> String {
    match spot {
        Spot::Question(key) | Spot::Option(key, _) if whence == "editor" => {
            format!("{}?open={key}#q-{key}", head.path(""))
        }
        Spot::Page(page) | Spot::Jump(page, _) if whence == "editor" => {
            format!("{0}?part=page-{page}#page-{page}", head.path(""))
        }
        _ => format!("{}#{spot}", head.path("logic")),
    }
}

pub(in crate::admin::survey) async fn save(
    State(web): State<Web>,
    Path((id, spot)): Path<(String, String)>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let spot: Spot = spot.parse().map_err(|_| AppError::NotFound)?;
    let SignedForm { signed, fields } = form;
    let overview = find(&web, &signed, &id).await?;
    let draft = &overview.survey.draft;
    if !spot.is_in(draft) {
        let logic = format!("/surveys/{}/logic", overview.survey.id);
        return Ok(done(&logic, "logic-gone"));
    }
    let whence = whence(&fields);
    let subjects = subjects_at(&web, &signed, draft, spot.asked(draft)).await?;
    let mut shown = Shown {
        extra: Some(Extra::typed(&fields, &Extra::of(&spot, draft))),
        ..Shown::default()
    };
    let mut typed = ConditionForm::typed(&fields);
    if typed.arrange(&subjects, &fields) {
        shown.form = Some(typed);
        return place_page(&web, &signed, &overview, spot, whence, shown).await;
    }
    let edit = match read(&spot, &subjects, draft, &typed, &fields) {
        Ok(edit) => edit,
        Err(errors) => {
            shown.form = Some(typed);
            shown.errors = errors;
            let page = place_page(&web, &signed, &overview, spot, whence, shown).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let upon = Upon::Since(fields.get("revision").parse().unwrap_or(0));
    let edit = as_chosen(&fields, Edit::Logic(Box::new(edit)));
    let actor = &signed.identity.actor;
    let id = overview.survey.id;
    shown.form = Some(typed);
    let (status, errors) = match web.app.edit_survey(actor, id, upon, edit).await {
        Ok(_) => return after(&web, &signed, &overview, &spot, whence, &fields).await,
        Err(AppError::Survey(SurveyError::Conflict { .. })) => (StatusCode::CONFLICT, Vec::new()),
        Err(AppError::Survey(SurveyError::Clash(found))) => {
            shown.clash(&subjects, draft, &spot, &found);
            (StatusCode::CONFLICT, Vec::new())
        }
        Err(AppError::Survey(SurveyError::TooMuch(found))) => {
            let said = found.iter().map(|problem| FormError {
                field: String::new(),
                message: survey_problem(problem, signed.text).1,
            });
            (StatusCode::UNPROCESSABLE_ENTITY, said.collect())
        }
        Err(error @ AppError::Survey(SurveyError::UnknownQuestion(_))) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            vec![describe(&error, signed.text).into()],
        ),
        Err(error) => return Err(error.into()),
    };
    shown.errors = errors;
    shown.is_conflict = status == StatusCode::CONFLICT;
    let overview = web.app.get_survey(actor, id).await?;
    let page = place_page(&web, &signed, &overview, spot, whence, shown).await?;
    Ok((status, page).into_response())
}

/// The change that the form asks for.
fn read(
    spot: &Spot,
    subjects: &Subjects,
    draft: &Definition,
    typed: &ConditionForm,
    fields: &Fields,
) -> Result<LogicEdit, Vec<FormError>> {
    let extra = Extra::typed(fields, &Extra::of(spot, draft));
    match fields.get("do") {
        "remove" => {
            if let Some(edit) = removal(spot) {
                return Ok(edit);
            }
            extra.edit(spot, subjects, draft, None)
        }
        "raise" if matches!(spot, Spot::Ending(Some(_))) => match spot {
            Spot::Ending(Some(place)) => Ok(LogicEdit::RaiseEnding(*place)),
            _ => Err(Vec::new()),
        },
        _ => {
            let when = if spot.has_condition() {
                typed.read(subjects)?
            } else {
                None
            };
            extra.edit(spot, subjects, draft, when)
        }
    }
}

/// Where one goes after saving: back, unless what was saved has problems of its own.
async fn after(
    web: &Web,
    signed: &Signed,
    before: &SurveyOverview,
    spot: &Spot,
    whence: &'static str,
    fields: &Fields,
) -> Result<Response, PageError> {
    let actor = &signed.identity.actor;
    let overview = web.app.get_survey(actor, before.survey.id).await?;
    let head = Head::new(signed, &overview, "logic");
    let stays = !spot.is_new() && !matches!(fields.get("do"), "remove" | "raise");
    let address = if stays && has_problem(web, signed, &overview, spot).await? {
        format!("{}/{spot}?from={whence}", head.path("logic"))
    } else {
        back_to(&head, spot, whence)
    };
    Ok(Redirect::to(&with_notice(&address)).into_response())
}

async fn has_problem(
    web: &Web,
    signed: &Signed,
    overview: &SurveyOverview,
    spot: &Spot,
) -> Result<bool, PageError> {
    let actor = &signed.identity.actor;
    let found = web.app.check_survey(actor, overview.survey.id).await?;
    let draft = &overview.survey.draft;
    Ok(found.iter().any(|problem| spot.owns(draft, problem)))
}

/// The page that one came from, and goes back to.
fn whence(fields: &Fields) -> &'static str {
    if fields.get("from") == "editor" {
        "editor"
    } else {
        ""
    }
}

/// The address with the sentence that it was saved.
fn with_notice(address: &str) -> String {
    let (path, anchor) = address.split_once('#').unwrap_or((address, ""));
    let joint = if path.contains('?') { '&' } else { '?' };
    let anchor = if anchor.is_empty() {
        String::new()
    } else {
        format!("#{anchor}")
    };
    format!("{path}{joint}done=logic-saved{anchor}")
}
