//! A small survey file with the common types.

use peil_domain::survey::{Definition, problems};

use super::*;
use crate::survey::Report;

const EVERY: &str = r#"{"SurveyEntry": {"SurveyName": "Study", "SurveyLanguage": "EN"}, "SurveyElements": [
  {"Element": "BL", "Payload": [
    {"Type": "Default", "ID": "BL_1", "BlockElements": [
      {"Type": "Question", "QuestionID": "QID1"}, {"Type": "Question", "QuestionID": "QID2",
        "SkipLogic": [{"ChoiceLocator": "q://QID2/SelectableChoice/2", "Condition": "Selected", "SkipToDestination": "ENDOFSURVEY"}]},
      {"Type": "Page Break"}, {"Type": "Question", "QuestionID": "QID3"}, {"Type": "Question", "QuestionID": "QID4"}]},
    {"Type": "Standard", "ID": "BL_2", "BlockElements": [
      {"Type": "Question", "QuestionID": "QID5"}, {"Type": "Question", "QuestionID": "QID6"}, {"Type": "Question", "QuestionID": "QID7"},
      {"Type": "Question", "QuestionID": "QID8"}, {"Type": "Question", "QuestionID": "QID9"}, {"Type": "Question", "QuestionID": "QID10"}]},
    {"Type": "Trash", "ID": "BL_3", "BlockElements": []}]},
  {"Element": "FL", "Payload": {"Type": "Root", "Flow": [
    {"Type": "EmbeddedData", "FlowID": "FL_1", "EmbeddedData": [{"Field": "segment"}]},
    {"Type": "Block", "ID": "BL_1", "FlowID": "FL_2"},
    {"Type": "Branch", "FlowID": "FL_3", "BranchLogic": {"0": {"0": {"LogicType": "EmbeddedField", "LeftOperand": "segment",
      "Operator": "EqualTo", "RightOperand": "zakelijk"}, "Type": "If"}, "Type": "BooleanExpression"},
      "Flow": [{"Type": "Standard", "ID": "BL_2", "FlowID": "FL_4"}]}]}},
  {"Element": "SO", "Payload": {"BackButton": "true", "ProgressBarDisplay": "Text"}},
  {"Element": "SQ", "PrimaryAttribute": "QID1", "Payload": {"QuestionText": "How <b>likely</b>?", "DataExportTag": "NPS", "QuestionType": "MC",
    "Selector": "NPS", "Choices": {"0": {"Display": "0"}, "1": {"Display": "1"}}, "Language": {"NL": {"QuestionText": "Hoe graag?"}}}},
  {"Element": "SQ", "PrimaryAttribute": "QID2", "Payload": {"QuestionText": "Which?", "QuestionType": "MC", "Selector": "MAVR",
    "Choices": {"1": {"Display": "One"}, "2": {"Display": "None", "ExclusiveAnswer": true}, "3": {"Display": "Other", "TextEntry": "true"}},
    "ChoiceOrder": ["1", "2", 3], "Validation": {"Settings": {"ForceResponse": "ON", "Type": "MaxChoices", "MaxChoices": "2"}}}},
  {"Element": "SQ", "PrimaryAttribute": "QID3", "Payload": {"QuestionText": "Why ${q://QID2/ChoiceGroup/SelectedChoices}?", "QuestionType": "TE",
    "Selector": "ML", "DisplayLogic": {"0": {"0": {"LogicType": "Question", "QuestionID": "QID2", "ChoiceLocator": "q://QID2/SelectableChoice/1",
    "Operator": "Selected"}, "1": {"LogicType": "Question", "QuestionID": "QID1", "ChoiceLocator": "q://QID1/SelectableChoice/1",
    "Operator": "NotSelected", "Conjuction": "And"}, "Type": "If"}, "Type": "BooleanExpression"}}},
  {"Element": "SQ", "PrimaryAttribute": "QID4", "Payload": {"QuestionText": "Grid", "QuestionType": "Matrix", "Selector": "Likert",
    "SubSelector": "SingleAnswer", "Choices": {"1": {"Display": "Price"}, "2": {"Display": "Service"}},
    "Answers": {"1": {"Display": "Bad"}, "2": {"Display": "Good"}}}},
  {"Element": "SQ", "PrimaryAttribute": "QID5", "Payload": {"QuestionText": "Slide", "QuestionType": "Slider", "Selector": "HSLIDER",
    "Choices": {"1": {"Display": "a"}}, "Configuration": {"CSSliderMin": 0, "CSSliderMax": 10}}},
  {"Element": "SQ", "PrimaryAttribute": "QID6", "Payload": {"QuestionText": "Order", "QuestionType": "RO", "Selector": "DND",
    "Choices": {"1": {"Display": "a"}, "2": {"Display": "b"}}}},
  {"Element": "SQ", "PrimaryAttribute": "QID7", "Payload": {"QuestionText": "Text", "QuestionType": "DB", "Selector": "TB"}},
  {"Element": "SQ", "PrimaryAttribute": "QID8", "Payload": {"QuestionText": "Form", "QuestionType": "TE", "Selector": "FORM",
    "Choices": {"1": {"Display": "First"}, "2": {"Display": "Last"}}}},
  {"Element": "SQ", "PrimaryAttribute": "QID9", "Payload": {"QuestionText": "Age", "QuestionType": "TE", "Selector": "SL",
    "Validation": {"Settings": {"Type": "ContentType", "ContentType": "ValidNumber", "ValidNumber": {"Min": "0", "Max": "99", "NumDecimals": "0"}}}}},
  {"Element": "SQ", "PrimaryAttribute": "QID10", "Payload": {"QuestionText": "", "QuestionType": "Timing", "Selector": "PageTimer"}},
  {"Element": "QC", "Payload": null}, {"Element": "XYZ", "Payload": {}}]}"#;

fn imported(text: &str) -> (Definition, Report) {
    let imported = read(text.as_bytes(), Language::Nl).unwrap();
    (imported.definition, imported.report)
}

#[test]
fn blocks_branches_and_questions_are_carried_over() {
    let (definition, report) = imported(EVERY);
    assert_eq!(
        (report.questions_in, report.questions_kept),
        (9, 9),
        "{:#?}",
        report.items
    );
    assert_eq!(problems(&definition), vec![]);
    let made: Vec<String> = definition
        .questions()
        .map(|question| format!("{} {}", question.key, question.kind.code()))
        .collect();
    let expected = "nps nps, qid2 choice, qid3 text, qid4 matrix, qid5 slider, qid6 ranking, qid7 statement, qid8 statement, \
        qid8_1 text, qid8_2 text, qid9 number";
    assert_eq!(made.join(", "), expected);
    assert_eq!(definition.languages, [Language::En, Language::Nl]);
    assert_eq!(definition.pages.len(), 3);
    assert_eq!(
        definition.pages[0].jumps[0].when.to_string(),
        "answer.qid2 contains \"o2\""
    );
    assert_eq!(
        definition.pages[2].show_if.as_ref().unwrap().to_string(),
        "contact.segment = \"zakelijk\""
    );
    let why = &definition.pages[1].questions[0];
    assert_eq!(
        why.show_if.as_ref().unwrap().to_string(),
        "answer.qid2 contains \"o1\" and answer.nps != 1"
    );
    assert_eq!(why.text.get(Language::En), "Why {{answer.qid2}}?");
    assert_eq!(
        definition.pages[0].questions[0].text.get(Language::Nl),
        "Hoe graag?"
    );
    assert!(
        report
            .items
            .iter()
            .any(|item| item.path == "SurveyElements/XYZ")
    );
    assert!(
        report
            .items
            .iter()
            .any(|item| item.reason == Reason::NotAsked)
    );
}

#[test]
fn what_is_no_survey_file_is_refused() {
    let wrong = |text: &str| read(text.as_bytes(), Language::Nl).unwrap_err().to_string();
    assert_eq!(wrong("{}"), "no SurveyEntry");
    assert_eq!(wrong("{\"SurveyEntry\": {}}"), "no SurveyElements");
    assert!(wrong("{\"SurveyEntry\"").contains("line 1, column 14"));
}

/// The small file with more elements.
fn with(elements: &str) -> (Definition, Report) {
    let all = EVERY.replacen(
        "{\"Element\": \"XYZ\"",
        &format!("{elements}, {{\"Element\": \"XYZ\""),
        1,
    );
    imported(&all)
}

#[test]
fn quotas_are_carried_over_and_their_groups_are_told() {
    let logic = r#""Logic": {"0": {"0": {"LogicType": "Question", "QuestionID": "QID2", "ChoiceLocator": "q://QID2/SelectableChoice/1",
        "Operator": "Selected"}, "Type": "If"}, "Type": "BooleanExpression"}"#;
    let quota = |name: &str, more: &str| {
        format!(
            r#"{{"Element": "QO", "PrimaryAttribute": "QO_1", "Payload": {{"ID": "QO_1", "Name": "{name}", "Occurrences": 40, {more}, {logic}}}}}"#
        )
    };
    let quotas = [
        quota("Ones", r#""LogicType": "Simple", "QuotaAction": "EndCurrentSurvey", "ActionInfo": {"0": {"0": {"ActionType": "EndCurrentSurvey"}}}"#),
        quota("Way", r#""QuotaAction": "ForBranching""#),
        quota("Cross", r#""LogicType": "CrossLogic", "QuotaAction": "EndCurrentSurvey""#),
        r#"{"Element": "QO", "Payload": {"Name": "Gone", "Occurrences": "3", "QuotaAction": "EndCurrentSurvey", "Logic": {"0": {"0":
            {"LogicType": "Question", "ChoiceLocator": "q://QID99/SelectableChoice/1", "Operator": "Selected"}}}}}"#.to_owned(),
        r#"{"Element": "QG", "Payload": {"ID": "QG_1", "Name": "Default", "MultipleMatch": "PlaceInAll", "Quotas": ["QO_1", "QO_2"]}}"#.to_owned(),
        r#"{"Element": "QG", "Payload": null}"#.to_owned(),
    ];
    let (definition, report) = with(&quotas.join(", "));
    let made: Vec<String> = definition
        .quotas
        .iter()
        .map(|quota| {
            format!(
                "{} {} {}",
                quota.key,
                quota.most,
                quota.when.as_ref().unwrap()
            )
        })
        .collect();
    assert_eq!(made, ["ones 40 answer.qid2 contains \"o1\""]);
    let told: Vec<String> = report
        .items
        .iter()
        .filter(|item| item.path.to_lowercase().contains('q'))
        .filter(|item| item.reason == Reason::Quota || item.path.ends_with("/QG"))
        .map(|item| {
            format!(
                "{} {}",
                item.path,
                item.detail.chars().take(24).collect::<String>()
            )
        })
        .collect();
    let expected = [
        "SurveyElements/QG 1",
        "quotas/Way QuotaAction ForBranching",
        "quotas/Cross LogicType CrossLogic: {\"",
        "quota_groups/Default PlaceInAll: QO_1, QO_2",
        "quotas/Gone/Logic  (QID99)",
    ];
    assert_eq!(told, expected);
}

#[test]
fn what_stands_beside_choices_and_in_no_block_is_told() {
    let more = r#"{"Element": "SQ", "PrimaryAttribute": "QID20", "Payload": {"QuestionText": "Grid", "QuestionType": "Matrix", "Selector": "Likert",
        "Choices": {"1": {"Display": "Price", "TextEntry": "on"}, "2": {"Display": "Service", "DisplayLogic": {"0": {"0": {}}}}},
        "Answers": {"1": {"Display": "Bad"}, "2": {"Display": "Good"}}, "RecodeValues": {"1": "5", "2": "1"},
        "Validation": {"Settings": {"Type": "MinChoices"}}, "Configuration": {"WhiteSpace": "ON", "Odd": 1}}},
        {"Element": "SQ", "PrimaryAttribute": "QID1", "Payload": {"QuestionText": "Twice", "QuestionType": "TE"}},
        {"Element": "NT", "Payload": {"Notes": [1]}}"#;
    let (definition, report) = with(more);
    assert_eq!((report.questions_in, report.questions_kept), (10, 10));
    assert_eq!(
        definition.pages.last().unwrap().questions[0].key.as_str(),
        "qid20"
    );
    let told = |path: &str, reason: Reason| {
        let found = report
            .items
            .iter()
            .any(|item| item.path.ends_with(path) && item.reason == reason);
        assert!(found, "{path}: {:#?}", report.items);
    };
    told("Choices/1/TextEntry", Reason::Entry);
    told("Choices/2/DisplayLogic", Reason::RowCondition);
    told("/RecodeValues", Reason::Scores);
    told("/Validation/Type", Reason::Validation);
    told("/Configuration/Odd", Reason::Look);
    told("questions/QID20", Reason::Pages);
    told("questions/QID1", Reason::NameTwice);
    told("SurveyElements/NT", Reason::UnknownPart);
}
