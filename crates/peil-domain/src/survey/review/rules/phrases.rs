//! Rules that are patterns of words: what the data files list, where they list it.

use std::collections::BTreeSet;

use super::{
    super::{
        finding::Rule,
        lexicon::{Lexicon, Search},
        pattern::Content,
        token::{Sentence, Token},
    },
    Draft, lists_answers, span_of,
};

/// Rules for which words of frequency and praise in a list of answers are no findings.
const QUIET_IN_LISTS: [Rule; 4] = [
    Rule::Absolute,
    Rule::Vague,
    Rule::Leading,
    Rule::AssumedBehaviour,
];

/// The rules that an exception of the data files silences in this sentence: `whole` with the answers
/// behind it, `asked` without.
pub(super) fn excepted_rules(
    whole: &Sentence,
    asked: &Sentence,
    lexicon: &Lexicon,
) -> BTreeSet<Rule> {
    let content = Content::of(&whole.tokens);
    let mut rules: BTreeSet<Rule> = lexicon
        .exceptions
        .iter()
        .filter(|(_, pattern)| pattern.may_match(&content) && pattern.find(&whole.tokens).is_some())
        .map(|(rule, _)| *rule)
        .collect();
    if lists_answers(asked) {
        rules.extend(QUIET_IN_LISTS);
    }
    rules
}

/// Of the rules excepted in one sentence, those that are silent in the whole text: a list of answers
/// or a way out may follow the question.
pub(super) fn excepted_in_text(excepted: &[BTreeSet<Rule>]) -> BTreeSet<Rule> {
    let is_list = |rules: &BTreeSet<Rule>| QUIET_IN_LISTS.iter().all(|rule| rules.contains(rule));
    let mut silent = BTreeSet::new();
    for rules in excepted {
        if is_list(rules) {
            silent.extend(QUIET_IN_LISTS);
        }
        if rules.contains(&Rule::AssumedBehaviour) {
            silent.insert(Rule::AssumedBehaviour);
        }
    }
    silent
}

/// Every match of a pattern in the sentence.
pub(super) fn find(sentence: &Sentence, lexicon: &Lexicon) -> Vec<Draft> {
    let tokens = &sentence.tokens;
    let content = Content::of(tokens);
    let open: Vec<&Search> = lexicon
        .searches
        .open()
        .iter()
        .filter(|search| search.pattern.may_match(&content))
        .collect();
    let mut found = Vec::new();
    for (place, token) in tokens.iter().enumerate() {
        let by_word = lexicon.searches.at(&token.lower).iter();
        let by_word = by_word.filter(|search| search.pattern.may_match_classes(&content));
        for search in by_word.chain(open.iter().copied()) {
            let Some(matched) = search.pattern.match_at(tokens, place) else {
                continue;
            };
            if may_be_named(search.rule) && is_name(tokens, matched.marked.start) {
                continue;
            }
            let Some(span) = span_of(tokens, matched.marked) else {
                continue;
            };
            found.push(Draft {
                may_drop: search.may_drop,
                ..Draft::new(search.rule, search.severity, span)
            });
        }
    }
    found
}

/// Rules that a name does not break: "the Always Fit membership".
fn may_be_named(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::Absolute | Rule::Vague | Rule::Leading | Rule::Emotional | Rule::SocialDesirability
    )
}

/// Whether the word at `place` has a capital in the midst of a sentence.
fn is_name(tokens: &[Token], place: usize) -> bool {
    let before = place.checked_sub(1).and_then(|at| tokens.get(at));
    tokens
        .get(place)
        .is_some_and(|token| token.is_capital && !token.is_all_capitals && token.letters() > 1)
        && before.is_some_and(Token::is_word)
}
