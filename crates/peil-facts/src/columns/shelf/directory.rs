//! What stands in the directory of a file about a shelf, and the names of its columns.

use peil_domain::shared::{SurveyId, WorkspaceId};
use uuid::Uuid;

use super::{Head, Status, Stretch};
use crate::{
    Dimension,
    columns::{
        bytes::{Reader, Writer},
        column::ColumnKey,
    },
};

pub(super) fn write_head(writer: &mut Writer, head: &Head) {
    writer.u128(head.workspace.0.as_u128());
    writer.u128(head.survey.0.as_u128());
    writer.u32(head.rows);
    writer.u64(head.answers);
    writer.i32(head.days.0);
    writer.i32(head.days.1);
    writer.u128(head.ids.0);
    writer.u128(head.ids.1);
    writer.count(head.stretches.len());
    for stretch in &head.stretches {
        writer.u32(stretch.end);
        writer.u32(stretch.run);
        writer.u8(stretch.status.0);
        writer.u8(u8::from(stretch.single.is_some()));
        if let Some((question, code)) = stretch.single {
            writer.u32(question);
            writer.u32(code);
        }
    }
    writer.count(head.questions.len());
    for question in &head.questions {
        writer.text(question.as_str());
    }
}

pub(super) fn read_head(reader: &mut Reader<'_>) -> Option<Head> {
    let workspace = WorkspaceId(Uuid::from_u128(reader.u128()?));
    let survey = SurveyId(Uuid::from_u128(reader.u128()?));
    let rows = reader.u32()?;
    let answers = reader.u64()?;
    let days = (reader.i32()?, reader.i32()?);
    let ids = (reader.u128()?, reader.u128()?);
    let mut start = 0;
    let stretches = reader.list(|reader| {
        let end = reader.u32().filter(|end| *end >= start)?;
        let run = reader.u32()?;
        let status = Status(reader.u8()?);
        let single = match reader.u8()? {
            0 => None,
            _ => Some((reader.u32()?, reader.u32()?)),
        };
        let stretch = Stretch {
            start,
            end,
            run,
            status,
            single,
        };
        start = end;
        Some(stretch)
    })?;
    let questions = reader.list(|reader| reader.text()?.parse().ok())?;
    (start == rows).then_some(Head {
        workspace,
        survey,
        rows,
        answers,
        days,
        ids,
        stretches,
        questions,
    })
}

pub(super) fn write_key(writer: &mut Writer, key: &ColumnKey) {
    match key {
        ColumnKey::Days => writer.u8(0),
        ColumnKey::Weights => writer.u8(1),
        ColumnKey::People => writer.u8(2),
        ColumnKey::Ids => writer.u8(3),
        ColumnKey::Answers(question) => {
            writer.u8(4);
            writer.text(question.as_str());
        }
        ColumnKey::Dimension(dimension) => match dimension {
            Dimension::Survey => writer.u8(10),
            Dimension::Version => writer.u8(11),
            Dimension::Channel => writer.u8(12),
            Dimension::Language => writer.u8(13),
            Dimension::Touchpoint => writer.u8(14),
            Dimension::Account => writer.u8(15),
            Dimension::Completion => writer.u8(16),
            Dimension::Origin => writer.u8(17),
            Dimension::PagesDone => writer.u8(18),
            Dimension::Attribute(key) => {
                writer.u8(19);
                writer.text(key.as_str());
            }
            Dimension::Theme => writer.u8(20),
            Dimension::Tone => writer.u8(21),
            Dimension::ThemePart => writer.u8(22),
            Dimension::ThemesTogether => writer.u8(23),
        },
    }
}

pub(super) fn read_key(reader: &mut Reader<'_>) -> Option<ColumnKey> {
    let dimension = match reader.u8()? {
        0 => return Some(ColumnKey::Days),
        1 => return Some(ColumnKey::Weights),
        2 => return Some(ColumnKey::People),
        3 => return Some(ColumnKey::Ids),
        4 => return Some(ColumnKey::Answers(reader.text()?.parse().ok()?)),
        10 => Dimension::Survey,
        11 => Dimension::Version,
        12 => Dimension::Channel,
        13 => Dimension::Language,
        14 => Dimension::Touchpoint,
        15 => Dimension::Account,
        16 => Dimension::Completion,
        17 => Dimension::Origin,
        18 => Dimension::PagesDone,
        19 => Dimension::Attribute(reader.text()?.parse().ok()?),
        20 => Dimension::Theme,
        21 => Dimension::Tone,
        22 => Dimension::ThemePart,
        23 => Dimension::ThemesTogether,
        _ => return None,
    };
    Some(ColumnKey::Dimension(dimension))
}
