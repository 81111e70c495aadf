//! Figures as programs read them.

use peil_app::results::{
    Figure, Headline, MINIMUM_PEOPLE, ResponseFigure, Results, ScaleResult, bucket_code,
    dimension_code,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    numbers::NumbersView,
    verdicts::{ChangeView, DifferenceView},
};

/// A figure with its certainty. Absent numbers are not known, or may not be told.
#[derive(Serialize, ToSchema)]
pub(super) struct FigureView {
    /// `normal`, `uncertain` (shown grey), `hidden` (too few people) or `none` (no answers).
    pub(super) grade: &'static str,
    /// Points for NPS, a fraction for a share, units of the scale for a mean.
    pub(super) value: Option<f64>,
    /// Both ends of the 95 % interval.
    pub(super) interval: Option<[f64; 2]>,
    /// Number of answers.
    pub(super) n: Option<u64>,
    /// Number of people.
    pub(super) people: Option<u64>,
}

impl From<&Figure> for FigureView {
    fn from(figure: &Figure) -> Self {
        let grade = match figure {
            Figure::Shown(shown) if shown.is_uncertain => "uncertain",
            Figure::Shown(_) => "normal",
            Figure::Hidden => "hidden",
            Figure::None => "none",
        };
        let shown = figure.shown();
        Self {
            grade,
            value: shown.map(|shown| shown.value),
            interval: shown.map(|shown| [shown.low, shown.high]),
            n: shown.map(|shown| shown.n),
            people: shown.map(|shown| shown.people),
        }
    }
}

/// A question with a scale, summed up.
#[derive(Serialize, ToSchema)]
pub(super) struct ScaleView {
    /// Key of the question.
    pub(super) question: String,
    /// `nps`, `top_box` or `mean`.
    pub(super) metric: &'static str,
    /// The figure.
    pub(super) figure: FigureView,
    /// Number of answers by score, lowest first; empty when the figure is not shown.
    pub(super) distribution: Vec<ScoreCount>,
    /// Versions that are counted.
    pub(super) versions: Vec<i32>,
    /// Of those: versions in which the question had other words.
    pub(super) versions_reworded: Vec<i32>,
    /// Versions with another scale; not counted.
    pub(super) versions_left_out: Vec<i32>,
    /// Versions that could be counted, and are not since only the very same question is wanted.
    pub(super) versions_set_aside: Vec<i32>,
    /// How it differs from the period before; absent without a period, and when either is hidden.
    pub(super) change: Option<ChangeView>,
}

/// How often a score was given.
#[derive(Serialize, ToSchema)]
pub(super) struct ScoreCount {
    /// The score.
    pub(super) score: i32,
    /// How often.
    pub(super) count: u64,
}

impl From<&ScaleResult> for ScaleView {
    fn from(result: &ScaleResult) -> Self {
        use peil_domain::survey::Metric;
        let counts = result.counts.iter();
        Self {
            question: result.question.key.to_string(),
            metric: match result.scale.metric {
                Metric::Nps => "nps",
                Metric::TopBox => "top_box",
                Metric::Mean => "mean",
            },
            figure: (&result.figure).into(),
            distribution: counts
                .map(|(score, count)| ScoreCount {
                    score: *score,
                    count: *count,
                })
                .collect(),
            versions: result.comparability.counted.clone(),
            versions_reworded: result.comparability.reworded.clone(),
            versions_left_out: result.comparability.left_out.clone(),
            versions_set_aside: result.comparability.set_aside.clone(),
            change: None,
        }
    }
}

/// A figure of one period.
#[derive(Serialize, ToSchema)]
pub(super) struct PartView {
    /// First day of the period.
    pub(super) name: Option<String>,
    /// The figure.
    pub(super) figure: FigureView,
}

/// The figure of one group.
#[derive(Serialize, ToSchema)]
pub(super) struct GroupView {
    /// Value of the group; absent when it is not known.
    pub(super) name: Option<String>,
    /// The figure.
    pub(super) figure: FigureView,
    /// How it differs from everyone else in the selection; absent when either is hidden.
    pub(super) versus_rest: Option<DifferenceView>,
    /// Its letters, as numbers from 0: groups that share one were not shown to differ from each
    /// other. Empty for hidden groups, and when more than twelve groups are shown.
    pub(super) letters: Vec<usize>,
}

/// A choice question, counted.
#[derive(Serialize, ToSchema)]
pub(super) struct ChoiceView {
    /// Key of the question.
    pub(super) question: String,
    /// Number of answers; absent when they are of too few people.
    pub(super) answers: Option<u64>,
    /// How often each option was chosen; empty when too few people answered.
    pub(super) options: Vec<OptionView>,
}

/// How often an option was chosen.
#[derive(Serialize, ToSchema)]
pub(super) struct OptionView {
    /// Code of the option.
    pub(super) code: String,
    /// How often.
    pub(super) count: u64,
    /// Share of the answers, a fraction.
    pub(super) share: f64,
    /// Both ends of its 95 % interval; absent without answers.
    pub(super) interval: Option<[f64; 2]>,
}

/// The figures of a questionnaire.
#[derive(Serialize, ToSchema)]
pub(super) struct ResultsView {
    /// Address name of the questionnaire.
    pub(super) survey: String,
    /// Key of the question that trend and groups are about.
    pub(super) question: Option<String>,
    /// Number of people in the selection; absent when they are too few to be told.
    pub(super) people: Option<u64>,
    /// Number of submissions in the selection that are marked as automatic.
    pub(super) automatic: u64,
    /// Whether figures count those too.
    pub(super) includes_automatic: bool,
    /// First day of the selection; earlier than was asked when fewer days would give people away.
    pub(super) from: Option<String>,
    /// Last day of the selection; later than was asked when fewer days would give people away.
    pub(super) until: Option<String>,
    /// Whether those days are more than was asked.
    pub(super) is_widened: bool,
    /// Whether nothing is told of this selection, since a few people could be told apart.
    pub(super) is_hidden: bool,
    /// Fewest people behind a figure.
    pub(super) minimum_people: u64,
    /// Every question with a scale.
    pub(super) scales: Vec<ScaleView>,
    /// Every choice question.
    pub(super) choices: Vec<ChoiceView>,
    /// Every question that asks for a number or a day.
    pub(super) numbers: Vec<NumbersView>,
    /// Length of the steps of the trend: `week`, `month` or `quarter`.
    pub(super) bucket: &'static str,
    /// The question through time.
    pub(super) trend: Vec<PartView>,
    /// How the last whole step of the trend differs from the step before it.
    pub(super) trend_change: Option<ChangeView>,
    /// The property by which groups are compared.
    pub(super) group: Option<String>,
    /// The question by group, best first.
    pub(super) groups: Vec<GroupView>,
    /// Share of the sent invitations that were answered (AAPOR RR1); absent without invitations.
    pub(super) response_rate: Option<f64>,
    /// Moment at which this was true.
    pub(super) as_of: String,
}

impl From<Results> for ResultsView {
    fn from(results: Results) -> Self {
        let trend = results.trend.iter().map(|step| PartView {
            name: Some(step.start.date().to_string()),
            figure: (&step.figure).into(),
        });
        let groups = results.ladder.iter().flat_map(|ladder| &ladder.rows);
        let verdicts = &results.verdicts;
        let groups = groups.enumerate().map(|(place, row)| GroupView {
            name: row.group.clone(),
            figure: (&row.figure).into(),
            versus_rest: verdicts
                .groups
                .get(place)
                .and_then(|found| found.as_ref().map(DifferenceView::from)),
            letters: verdicts.letters.get(place).cloned().unwrap_or_default(),
        });
        let scales = results.scales.iter().map(|result| ScaleView {
            change: verdicts
                .changes
                .get(&result.question.key)
                .map(ChangeView::from),
            ..result.into()
        });
        let choices = results.choices.iter().map(|choice| ChoiceView {
            question: choice.question.key.to_string(),
            answers: choice.answers,
            options: choice
                .options
                .iter()
                .map(|option| OptionView {
                    code: option.code.clone(),
                    count: option.count,
                    share: option.share,
                    interval: option.interval.map(|(low, high)| [low, high]),
                })
                .collect(),
        });
        Self {
            survey: results.survey.slug.to_string(),
            question: results.query.question.as_ref().map(ToString::to_string),
            people: results.people,
            automatic: results.automatic,
            includes_automatic: results.query.includes_automatic,
            from: results.from.map(|day| day.date().to_string()),
            until: results.until.map(|day| day.date().to_string()),
            is_widened: results.is_widened,
            is_hidden: results.is_closed,
            minimum_people: MINIMUM_PEOPLE,
            scales: scales.collect(),
            choices: choices.collect(),
            numbers: results.numbers.iter().map(NumbersView::from).collect(),
            bucket: bucket_code(results.bucket),
            trend: trend.collect(),
            trend_change: verdicts.trend.as_ref().map(|(_, change)| change.into()),
            group: results
                .ladder
                .as_ref()
                .map(|ladder| dimension_code(&ladder.dimension)),
            groups: groups.collect(),
            response_rate: match results.response {
                ResponseFigure::Rate { share, .. } => Some(share),
                ResponseFigure::NotInvited => None,
            },
            as_of: results.as_of.to_string(),
        }
    }
}

/// A questionnaire with its first figure.
#[derive(Serialize, ToSchema)]
pub(super) struct HeadlineView {
    /// Address name.
    pub(super) survey: String,
    /// Name for colleagues.
    pub(super) name: String,
    /// Submissions so far.
    pub(super) responses: u64,
    /// Its first question with a scale, over all time.
    pub(super) result: Option<ScaleView>,
    /// First day of the last quarter in which anyone answered.
    pub(super) quarter: Option<String>,
    /// The figure of that quarter.
    pub(super) quarter_figure: Option<FigureView>,
    /// The figure of the quarter before.
    pub(super) previous_figure: Option<FigureView>,
    /// How the two differ, adjusted together with all other headlines.
    pub(super) change: Option<ChangeView>,
}

impl From<&Headline> for HeadlineView {
    fn from(found: &Headline) -> Self {
        let quarter = found.quarter.as_ref();
        Self {
            survey: found.survey.slug.to_string(),
            name: found.survey.name.clone(),
            responses: found.responses,
            result: found.result.as_ref().map(ScaleView::from),
            quarter: quarter.map(|quarter| quarter.start.date().to_string()),
            quarter_figure: quarter.map(|quarter| (&quarter.figure).into()),
            previous_figure: quarter.map(|quarter| (&quarter.previous).into()),
            change: found.change.as_ref().map(ChangeView::from),
        }
    }
}
