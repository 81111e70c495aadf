//! Ways through questionnaires.

use super::*;
use crate::shared::Language;

const SURVEY: &str = r#"{"languages":["nl"],"title":{"nl":"T"},
  "calculations":[{"key":"total","formula":"sum(nps, mark)"},{"key":"round","formula":"value.round + 1"}],
  "endings":[{"when":"nps <= 6","text":{"nl":"Wat jammer"}}],
  "quotas":[{"key":"business","when":"segment = \"zakelijk\"","most":10},{"key":"all","most":99}],
  "pages":[
  {"questions":[
    {"key":"nps","text":{"nl":"?"},"kind":"nps"},
    {"key":"why","text":{"nl":"?"},"kind":"text","show_if":"nps <= 6","is_required":true}],
   "jumps":[{"when":"nps >= 9","to":{"page":"last"}}]},
  {"show_if":"segment = \"zakelijk\"","questions":[
    {"key":"mark","text":{"nl":"?"},"kind":"mark","is_required":true}]},
  {"questions":[{"key":"list","text":{"nl":"?"},"kind":"choice","is_multiple":true,"is_random":true,
    "has_other":true,"options":[
    {"code":"a","label":{"nl":"A"}},{"code":"b","label":{"nl":"B"}},
    {"code":"c","label":{"nl":"C"},"show_if":"value.total > 12"},
    {"code":"none","label":{"nl":"Niets"},"is_anchored":true,"is_exclusive":true}]}]},
  {"key":"last","questions":[{"key":"end","text":{"nl":"?"},"kind":"text"}]}]}"#;

fn respondent(segment: &str) -> Respondent {
    Respondent {
        response: ResponseId::new(1, [7; 10]),
        attributes: BTreeMap::from([("segment".parse().unwrap(), segment.to_owned())]),
        name: Some("Jo".to_owned()),
    }
}

fn raw(fields: &[(&str, &str)]) -> RawAnswers {
    let mut raw = RawAnswers::new();
    for (name, value) in fields {
        let values = raw.entry((*name).to_owned()).or_default();
        values.push((*value).to_owned());
    }
    raw
}

/// Looks at the way of a respondent of this segment who sent these fields.
fn with(segment: &str, fields: &[(&str, &str)], look: impl Fn(&Definition, &Flow<'_>)) {
    let definition: Definition = serde_json::from_str(SURVEY).unwrap();
    let respondent = respondent(segment);
    let flow = Flow::of_form(&definition, &respondent, &raw(fields));
    look(&definition, &flow);
    let again = Flow::of_answers(&definition, &respondent, &flow.answers());
    assert_eq!(
        again.answers(),
        flow.answers(),
        "what is kept gives the same way"
    );
}

fn keys(flow: &Flow<'_>) -> Vec<String> {
    let answers = flow.answers();
    answers
        .iter()
        .map(|answer| answer.key.to_string())
        .collect()
}

#[test]
fn pages_follow_conditions_and_jumps() {
    with("particulier", &[], |_, flow| {
        assert_eq!(flow.pages().collect::<Vec<_>>(), [0, 2, 3]);
        assert_eq!((flow.next(0), flow.previous(2)), (Some(2), Some(0)));
        assert_eq!((flow.next(3), flow.previous(0)), (None, None));
    });
    with("Zakelijk", &[], |_, flow| {
        assert_eq!(flow.pages().collect::<Vec<_>>(), [0, 1, 2, 3]);
    });
    with("zakelijk", &[("nps", "9")], |_, flow| {
        assert_eq!(flow.pages().collect::<Vec<_>>(), [0, 3]);
    });
}

#[test]
fn what_is_not_asked_is_not_answered() {
    let sent = [
        ("nps", "9"),
        ("why", "x"),
        ("mark", "8"),
        ("list", "a"),
        ("end", "y"),
    ];
    with("zakelijk", &sent, |_, flow| {
        assert_eq!(keys(flow), ["nps", "end"]);
    });
    let sent = [("nps", "3"), ("why", "x"), ("mark", "8")];
    with("particulier", &sent, |_, flow| {
        assert_eq!(keys(flow), ["nps", "why"]);
    });
}

#[test]
fn a_question_that_depends_on_its_own_page_is_there_and_not_yet_asked() {
    with("zakelijk", &[], |_, flow| {
        let shown = flow.questions(0);
        assert_eq!(shown.len(), 2);
        assert!(shown[0].is_asked && !shown[1].is_asked);
        assert_eq!(flow.asked_on(0).len(), 1);
    });
    with("zakelijk", &[("nps", "6")], |_, flow| {
        assert_eq!(flow.asked_on(0).len(), 2);
    });
}

#[test]
fn options_that_are_not_offered_cannot_be_chosen_and_anchors_stay_last() {
    let sent = |mark| [("nps", "7"), ("mark", mark), ("list", "a"), ("list", "c")];
    let chosen = |flow: &Flow<'_>| match flow.answers().pop().unwrap().value {
        AnswerValue::Choices { codes, .. } => codes.len(),
        other => panic!("{other:?}"),
    };
    with("zakelijk", &sent("5"), |definition, flow| {
        assert_eq!(chosen(flow), 1);
        let list = definition.question(&"list".parse().unwrap()).unwrap();
        let options = flow.options(list);
        assert_eq!(options.len(), 3);
        assert!(options[2].what.is_anchored);
    });
    with("zakelijk", &sent("6"), |_, flow| {
        assert_eq!(chosen(flow), 2);
    });
}

#[test]
fn calculations_endings_and_quotas_follow_the_answers() {
    with(
        "zakelijk",
        &[("nps", "6"), ("mark", "8")],
        |definition, flow| {
            assert_eq!(
                flow.calculated(&"total".parse().unwrap()),
                Value::Number(14.into())
            );
            assert_eq!(flow.calculated(&"round".parse().unwrap()), Value::Empty);
            assert_eq!(flow.ending(), Some(&definition.endings[0].text));
            assert_eq!(flow.quotas().count(), 2);
        },
    );
    with("particulier", &[("nps", "7")], |_, flow| {
        assert_eq!(flow.ending(), None);
        assert_eq!(flow.quotas().count(), 1);
    });
}

#[test]
fn texts_are_filled_with_what_is_known() {
    let words = Wording {
        language: Language::Nl,
        organisation: "Fietsgoed",
        yes: "ja",
        no: "nee",
        and: "en",
    };
    let sent = [
        ("nps", "6"),
        ("why", "{{naam}}"),
        ("list", "a"),
        ("list__other", "meer"),
    ];
    with("zakelijk", &sent, |_, flow| {
        let text = "{{naam}} gaf {{antwoord.nps}} om {{why}}, {{list}}; {{klant.plaats|daar}} \
                    {{mark|geen cijfer}} {{organisatie}}";
        let filled = "Jo gaf 6 om {{naam}}, A en meer; daar geen cijfer Fietsgoed";
        assert_eq!(flow.fill(text, words), filled);
    });
}

#[test]
fn a_question_that_its_own_page_calls_up_must_be_answered_before_going_on() {
    use crate::response::{Move, Step, step};
    let next = |fields: &[(&str, &str)]| {
        let definition: Definition = serde_json::from_str(SURVEY).unwrap();
        let respondent = respondent("particulier");
        let raw = raw(fields);
        let flow = Flow::of_form(&definition, &respondent, &raw);
        match step(&flow, 0, Move::Next, &raw) {
            Step::Show { page, refused } => (page, refused.len()),
            Step::Submit => panic!("submitted"),
        }
    };
    assert_eq!(next(&[("nps", "3")]), (0, 1));
    assert_eq!(next(&[("nps", "3"), ("why", "x")]), (2, 0));
    assert_eq!(next(&[("nps", "10"), ("why", "")]), (3, 0));
}

#[test]
fn a_page_is_told_only_what_its_own_conditions_need() {
    let tree = |segment: &str, page: usize, key: &str| {
        let definition: Definition = serde_json::from_str(SURVEY).unwrap();
        let respondent = respondent(segment);
        let flow = Flow::of_form(&definition, &respondent, &raw(&[("nps", "7")]));
        let question = definition.question(&key.parse().unwrap()).unwrap();
        let tree = flow.tree_on(page, question.show_if.as_ref());
        (flow.is_live(page), tree.map(|tree| tree.to_string()))
    };
    let expected = r#"["<=",["answer","nps"],6.0]"#.to_owned();
    assert_eq!(tree("zakelijk", 0, "why"), (true, Some(expected)));
    assert_eq!(tree("zakelijk", 2, "list"), (false, None));
}

#[test]
fn a_condition_through_a_calculation_holds_what_was_known_before_as_values() {
    let mut definition: Definition = serde_json::from_str(SURVEY).unwrap();
    let on_page = "value.total > 12 and segment = \"zakelijk\""
        .parse()
        .unwrap();
    definition.pages[1].questions.push(Question {
        show_if: Some(on_page),
        ..Question::new(
            "more".parse().unwrap(),
            Localized::default(),
            QuestionKind::Mark,
        )
    });
    let respondent = respondent("zakelijk");
    let flow = Flow::of_form(&definition, &respondent, &raw(&[("nps", "7")]));
    let more = definition.question(&"more".parse().unwrap()).unwrap();
    let tree = flow.tree_on(1, more.show_if.as_ref()).unwrap();
    let expected =
        r#"["and",[">",["sum",7.0,["answer","mark"]],12.0],["=","zakelijk","zakelijk"]]"#;
    assert_eq!(tree.to_string(), expected);
}

#[test]
fn what_is_shown_in_an_order_of_ones_own_is_told_with_the_answer() {
    with(
        "zakelijk",
        &[("nps", "7"), ("mark", "8")],
        |definition, flow| {
            let orders = flow.orders();
            let list = definition.question(&"list".parse().unwrap()).unwrap();
            let shown: Vec<_> = flow
                .options(list)
                .iter()
                .map(|one| one.what.code.clone())
                .collect();
            assert_eq!(orders.keys().collect::<Vec<_>>(), ["list"]);
            assert_eq!(orders["list"], shown);
            assert_eq!(shown.last().unwrap().as_str(), "none");
        },
    );
}

#[test]
fn answers_of_pages_that_were_not_sent_yet_are_not_checked() {
    with("zakelijk", &[("nps", "7")], |_, flow| {
        let raw = raw(&[("nps", "7")]);
        assert_eq!(flow.checked_before(1, &raw).unwrap().len(), 1);
        let refused = flow.checked_before(2, &raw).unwrap_err();
        assert_eq!(refused[0].0.as_str(), "mark");
        assert_eq!((flow.nearest(0), flow.nearest(9)), (0, 3));
        assert!(flow.may_go_on(0) && !flow.may_go_on(3));
    });
}
