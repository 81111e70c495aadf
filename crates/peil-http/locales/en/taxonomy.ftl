taxonomy-title = Change themes
taxonomy-lead = { $themes } themes with { $parts } parts · version { $version }
taxonomy-list-note = Choose a theme or a part to change names and words, to merge, to split or to switch off.
taxonomy-parts = Parts
taxonomy-off = off
taxonomy-n-words = { $n ->
    [one] { $n } word
   *[other] { $n } words
}
taxonomy-optional = (optional)
taxonomy-name-nl = Name in Dutch
taxonomy-name-en = Name in English
taxonomy-words-nl = Words in Dutch
taxonomy-words-en = Words in English
taxonomy-words-help = Put every word or phrase on a line of its own. Peil finds plurals and compounds itself. A * stands for more letters (deliver*), a ~ for up to three words in between (not ~ reachable), a = before a word for exactly that form.
taxonomy-list-strong = One of these is enough
taxonomy-list-strong-help = An answer with such a word is about this.
taxonomy-list-weak = Two of these are needed
taxonomy-list-weak-help = Words that only say something together.
taxonomy-list-exclusions = Not with these
taxonomy-list-exclusions-help = Where these stand, the words above do not count.
taxonomy-words-save = Keep words
taxonomy-rename = Name
taxonomy-rename-do = Change name
taxonomy-new-theme = Add theme
taxonomy-new-part = Add part
taxonomy-merge = Merge
taxonomy-merge-into = Becomes part of
taxonomy-merge-theme-help = All its parts go along.
taxonomy-move = Move
taxonomy-move-to = To theme
taxonomy-split = Split
taxonomy-split-theme-note = The parts that you choose become a new theme together.
taxonomy-split-part-note = The words that you choose become a new part together.
taxonomy-split-which-parts = Which parts go along?
taxonomy-split-which-words = Which words go along?
taxonomy-split-name-nl = Name of the new theme, Dutch
taxonomy-split-name-en = Name of the new theme, English
taxonomy-split-part-name-nl = Name of the new part, Dutch
taxonomy-split-part-name-en = Name of the new part, English
taxonomy-switch-off = Switch off
taxonomy-switch-on = Switch on again
taxonomy-switch-help = What is off is not read in any answer. Its words are kept.
taxonomy-sector = Line of business
taxonomy-sector-choose = Add themes of a line of business
taxonomy-sector-help = Peil knows extra parts per line of business, such as return labels for a web shop.
taxonomy-sector-none = None
taxonomy-sector-do = Choose line of business
taxonomy-pending = { $n ->
    [one] One change is not in use yet
   *[other] { $n } changes are not in use yet
}
taxonomy-pending-text = Until you put them to use, Peil reads answers as before.
taxonomy-pending-by = Last changed by { $name }, { $when }
taxonomy-try = Test on 200 answers
taxonomy-save = Put to use
taxonomy-undo = Take last back
taxonomy-discard = Discard all
taxonomy-reading = Peil is reading the answers again. { $done } of { $total } submissions were looked at.
taxonomy-edit-rename = { $code } is now called { $name }.
taxonomy-edit-words-added = { $theme } gets: { $words }.
taxonomy-edit-words-removed = { $theme } loses: { $words }.
taxonomy-words-more = { $words } and { $n } more
taxonomy-edit-theme = New theme: { $name }.
taxonomy-edit-part = New part of { $theme }: { $name }.
taxonomy-edit-merge = { $code } becomes part of { $into }.
taxonomy-edit-move = { $name } goes to { $to }.
taxonomy-edit-off = { $name } is off.
taxonomy-edit-on = { $name } is on again.
taxonomy-edit-sector = Themes added for { $name }.
taxonomy-edit-no-sector = No more themes of a line of business.
taxonomy-trial-title = What changes?
taxonomy-trial-lead = Peil read the latest answers with and without your changes. Nothing was saved.
taxonomy-trial-answer = { $n ->
    [0] None of the latest { $answers } answers is sorted otherwise.
    [one] One of the latest { $answers } answers is sorted otherwise.
   *[other] { $n } of the latest { $answers } answers are sorted otherwise.
}
taxonomy-trial-none-title = There is nothing to test
taxonomy-trial-none-text = Change a theme first. Then you see here what that does to the latest answers.
taxonomy-trial-empty = There are no answers in words yet to test on.
taxonomy-trial-themes = By theme
taxonomy-trial-before = Now
taxonomy-trial-after = Then
taxonomy-trial-gained = Gained
taxonomy-trial-lost = Lost
taxonomy-trial-changed = These answers change
taxonomy-trial-plus = + { $name }
taxonomy-trial-minus = − { $name }
taxonomy-trial-more = { $n ->
    [one] And one more answer.
   *[other] And { $n } more answers.
}
taxonomy-versions = Versions
taxonomy-versions-lead = Every time you put changes to use, that becomes a version. You can always go back.
taxonomy-version = Version { $n }
taxonomy-version-first = What Peil starts with
taxonomy-version-changes = { $n ->
    [0] without changes
    [one] one change
   *[other] { $n } changes
}
taxonomy-version-in-use = in use
taxonomy-version-restore = Back to this version
notice-taxonomy-changed = Noted. Put the changes to use when you are ready.
notice-taxonomy-undone = The last change was taken back.
notice-taxonomy-discarded = All changes were discarded.
notice-taxonomy-saved = In use. Peil is reading the answers again.
problem-theme-fixed = This theme belongs to the rules of Peil and cannot change.
problem-theme-taken = There is a theme or part with this code already.
problem-theme-code = Use small letters, digits and underscores for a code.
problem-theme-name = Give a name of 1 to 60 characters.
problem-theme-word = Peil cannot search with ‘{ $word }’. Use words of at least two letters, with at most a * at the beginning or end.
problem-theme-unfit = That cannot become part of itself. Choose something else.
problem-theme-too-many = Those are too many words or changes.
problem-theme-nothing = Nothing changes. Change something first.
audit-taxonomy-changed = Themes changed
audit-taxonomy-restored = Earlier themes put to use again
audit-reading-corrected = Theme of an answer corrected
audit-reading-restored = Correction of a theme taken back
proposals-title = New themes
proposals-question = What do customers talk about that has no theme yet?
proposals-lead = Peil puts together what is alike and belongs nowhere yet. A proposal only counts once you make a theme of it.
proposals-granularity = How finely do you want to look?
proposals-coarse = Coarse
proposals-coarse-help = A few large groups
proposals-normal = Normal
proposals-normal-help = In between
proposals-fine = Fine
proposals-fine-help = Many small groups
proposals-do = Look for proposals
proposals-never = Nobody looked yet.
proposals-searching = Peil is looking through the latest answers. You can simply carry on.
proposals-searched = Looked through { $n } sentences without a theme, { $when }.
proposals-none-title = Everything has its place
proposals-none-text = There is no group of at least five people who talk about the same without a theme for it.
proposals-open = Proposals
proposals-open-note = Groups of at least five people, the largest first. The quotes are the most typical ones; personal data was taken out.
proposals-size = { $people } people · said { $said } times
proposals-decide = Decide
proposals-into = Becomes
proposals-own-theme = a theme of its own
proposals-words = Words by which Peil knows it
proposals-accept = Make it a theme
proposals-because = Why is this no theme?
proposals-dismiss = Dismiss
proposals-decided = Decided earlier
proposals-state-accepted = accepted
proposals-state-dismissed = dismissed
notice-proposals-search = Peil is going to look. Come back in a minute.
notice-proposal-accepted = The theme is ready. Test it and put it to use.
notice-proposal-dismissed = Dismissed. This proposal does not come back.
audit-proposal-accepted = Proposal for a theme accepted
audit-proposal-dismissed = Proposal for a theme dismissed
