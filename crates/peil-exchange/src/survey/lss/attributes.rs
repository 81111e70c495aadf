//! Attributes of LimeSurvey's questions that have no place in Peil: told, unless they say nothing.

use super::{content::Asking, reading::Reading};
use crate::survey::{Effect, Reason};

/// Attributes that are read with the question, whatever its type.
const READ: [&str; 31] = [
    "other_replace_text",
    "random_order",
    "exclude_all_others",
    "min_answers",
    "max_answers",
    "maximum_chars",
    "min_num_value_n",
    "max_num_value_n",
    "num_value_int_only",
    "slider_layout",
    "slider_min",
    "slider_max",
    "slider_accuracy",
    "multiflexible_min",
    "multiflexible_max",
    "multiflexible_step",
    "multiflexible_checkbox",
    "input_boxes",
    "date_min",
    "date_max",
    "dropdown_dates_year_min",
    "dropdown_dates_year_max",
    "date_format",
    "hidden",
    "array_filter",
    "array_filter_exclude",
    "random_group",
    "prefix",
    "suffix",
    "numbers_only",
    "equation",
];

/// Values that change nothing, beside an empty one and 0.
const USUAL: [(&str, &str); 41] = [
    ("display_columns", "1"),
    ("time_limit_action", "1"),
    ("scale_export", "0"),
    ("location_mapservice", "0"),
    ("location_mapheight", "300"),
    ("location_mapwidth", "500"),
    ("location_mapzoom", "11"),
    ("slider_middlestart", "1"),
    ("slider_showminmax", "0"),
    ("save_as_default", "N"),
    ("statistics_showgraph", "1"),
    ("statistics_showmap", "1"),
    ("array_filter_style", "0"),
    ("other_position", "default"),
    ("other_position", "beginning"),
    ("crop_or_resize", "0"),
    ("keep_aspect", "0"),
    ("horizontal_scroll", "0"),
    ("fix_height", "200"),
    ("category_separator", "0"),
    ("add_platform_info", "yes"),
    ("subquestion_order", "normal"),
    ("answer_order", "normal"),
    ("subquestion_order", "random"),
    ("answer_order", "random"),
    ("dropdown_prefix", "0"),
    ("multiflexible_max", "10"),
    ("show_search", "yes"),
    ("show_tick", "yes"),
    ("max_num_of_files", "1"),
    ("commented_checkbox", "checked"),
    ("commented_checkbox_auto", "1"),
    ("other_comment_mandatory", "0"),
    ("placeholder", ""),
    ("width_entry", "80"),
    ("answer_width_bycolumn", ""),
    ("num_value_int_only", "0"),
    ("statistics_graphtype", "0"),
    ("button_size", "default"),
    ("visualize", "0"),
    ("printable_help", ""),
];

/// Attributes that decide which answers are accepted.
const RULES: [&str; 17] = [
    "min_num_value",
    "max_num_value",
    "equals_num_value",
    "min_num_value_sgqa",
    "max_num_value_sgqa",
    "num_value_equals_sgqa",
    "em_validation_q",
    "em_validation_q_tip",
    "em_validation_sq",
    "em_validation_sq_tip",
    "other_numbers_only",
    "other_comment_mandatory",
    "exclude_all_others_auto",
    "mandatory",
    "min_num_of_files",
    "max_filesize",
    "time_limit",
];

/// Notes the attributes of a question that are not read.
pub(super) fn note_rest(reading: &mut Reading<'_>, asking: &Asking) {
    let is_dual = asking.kind == "1";
    for (name, values) in &asking.attributes {
        let is_read =
            READ.contains(&name.as_str()) || is_dual && name.starts_with("dualscale_header");
        if is_read {
            continue;
        }
        let told: Vec<&str> = values
            .values()
            .map(|value| value.trim())
            .filter(|value| !is_usual(name, value))
            .collect();
        if told.is_empty() {
            continue;
        }
        let reason = if RULES.contains(&name.as_str()) {
            Reason::Validation
        } else if name.starts_with("time_limit")
            || name.contains("statistics")
            || name.starts_with("assessment")
        {
            Reason::Setting
        } else {
            Reason::Look
        };
        reading.note(
            &format!("attributes/{name}"),
            Effect::Lost,
            reason,
            &told.join(", "),
        );
    }
    let is_special = !asking.theme.is_empty() && is_theme_of_its_own(&asking.theme);
    if is_special {
        reading.note(
            "question_theme_name",
            Effect::Lost,
            Reason::Look,
            &asking.theme,
        );
    }
}

fn is_usual(name: &str, value: &str) -> bool {
    matches!(value, "" | "0" | "N") || USUAL.contains(&(name, value))
}

/// Whether a theme is not just the name of the question type.
fn is_theme_of_its_own(theme: &str) -> bool {
    const TYPES: [&str; 32] = [
        "core",
        "5pointchoice",
        "arrays/5point",
        "arrays/10point",
        "arrays/yesnouncertain",
        "arrays/increasesamedecrease",
        "arrays/array",
        "arrays/column",
        "arrays/dualscale",
        "arrays/multiflexi",
        "arrays/texts",
        "boilerplate",
        "date",
        "equation",
        "file_upload",
        "gender",
        "hugefreetext",
        "language",
        "list_dropdown",
        "listradio",
        "list_with_comment",
        "longfreetext",
        "multiplechoice",
        "multiplechoice_with_comments",
        "multiplenumeric",
        "multipleshorttext",
        "numerical",
        "ranking",
        "shortfreetext",
        "yesno",
        "default",
        "NULL",
    ];
    !TYPES.contains(&theme)
}
