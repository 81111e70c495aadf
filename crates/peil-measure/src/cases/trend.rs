//! The families about trends.

use serde_json::Value;

use super::read::{Fields, Metric};
use super::write::answer;
use super::{ComputeError, Family};
use crate::{Period, mann_kendall, nps_trend, share_trend};

pub(super) const TREND: Family = Family {
    name: "trend",
    summary: "NPS or share over periods: weighted regression, or the test of Cochran and Armitage",
    input: "metric nps|share, periods[{t, counts[]}], top (share), level?",
    compute: answer_trend,
};

pub(super) const MANN_KENDALL: Family = Family {
    name: "mann_kendall",
    summary: "Trend of a series by the test of Mann and Kendall, with the slope of Sen",
    input: "x[]",
    compute: |fields| answer(mann_kendall(&fields.numbers("x")?), "x"),
};

fn answer_trend(fields: &Fields) -> Result<Value, ComputeError> {
    let metric = fields.metric()?;
    let scale_min = i32::from(metric != Metric::Nps);
    let periods = fields.objects("periods", |period| {
        Ok(Period {
            time: period.number("t")?,
            answers: period.histogram("counts", scale_min)?,
        })
    })?;
    if metric == Metric::Nps {
        return answer(nps_trend(&periods, fields.level()?), "periods");
    }
    answer(share_trend(&periods, fields.size("top")?), "periods, top")
}
