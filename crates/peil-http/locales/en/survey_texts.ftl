# Texts and translations of a survey
survey-tab-translations = Translations
survey-texts-how-far = How far are the translations?
survey-texts-fallback = What is missing is shown in the first language for now. Publishing is possible once everything is translated.
survey-texts-done = { $done } of { $n } texts
survey-texts-outdated-count = { $n ->
    [one] The source of 1 text has changed.
   *[other] The source of { $n } texts has changed.
}
survey-texts-make-first = Make this the first language
survey-texts-add = Add { $language }
survey-texts-empty-title = There is only one language so far
survey-texts-empty-text = Add a language to see every text beside its translation. Publishing is possible once everything is translated.
survey-texts-pair = From { $source } to { $target }
survey-texts-filter = Which texts you see
survey-texts-all = All
survey-texts-missing = Missing
survey-texts-outdated = Source changed
survey-texts-none-missing = Nothing is missing: everything is translated.
survey-texts-none-outdated = Every translation belongs to the text as it reads now.
survey-texts-no-source = This text does not exist in { $language }.
survey-texts-changed = The source was changed after it was translated.
survey-texts-was = It used to read:
survey-texts-sure = The translation is still right
survey-texts-conflict = Someone else wrote something else here in the meantime. Your text is still in the field; save again to make it count.
survey-texts-save = Save translations
survey-texts-autosave = A field is also saved as soon as you leave it.
survey-texts-saving = Saving …
survey-texts-field-saved = Saved
survey-texts-failed = Not saved. Try again.
survey-texts-screens = More texts
survey-texts-screen = Part { $n } of { $total }
survey-texts-previous = Previous
survey-texts-next = Next
survey-texts-translator = Does someone else translate?
survey-texts-translator-text = Send a file along and take the translation in later.
survey-texts-export = To the translator
survey-texts-export-text = XLIFF opens in every translation program, CSV in a spreadsheet. All texts and the translations so far go with it.
survey-texts-import = Back from the translator
survey-texts-file = File with the translation into { $language }
survey-texts-file-help = XLIFF or CSV, at most { $n } MB. What the file says replaces what is here.
survey-texts-take-in = Take the translation in
survey-texts-used = { $n ->
    [0] No text taken over.
    [one] 1 text taken over.
   *[other] { $n } texts taken over.
}
survey-texts-same = { $n ->
    [one] 1 text read like that already.
   *[other] { $n } texts read like that already.
}
survey-texts-not-used = Not used ({ $n }):
survey-texts-to-check = Used, but have a look ({ $n }):
survey-texts-line = Line { $n }
survey-texts-remark-unknown-place = this place is not in the survey
survey-texts-remark-other-language = is in another language
survey-texts-remark-empty = has no translation
survey-texts-remark-too-long = is too long for this place
survey-texts-remark-characters = has characters that cannot be kept
survey-texts-remark-twice = is in the file twice; the first one counts
survey-texts-remark-source-changed = the source has changed since it was translated
survey-texts-remark-fills-differ = fills in other names or answers than the source
survey-texts-title = Title
survey-texts-intro = Introduction
survey-texts-thanks = Thanks after the last answer
survey-texts-thanks-low = Thanks after a low score
survey-texts-page = Heading of page { $n }
survey-texts-ending = Ending { $n }
survey-texts-quota = Text when quota { $name } is full
survey-texts-question = Question { $n }
survey-texts-help = explanation
survey-texts-picture = description of the picture
survey-texts-pattern = message for a wrong answer
survey-texts-low = words at the low end
survey-texts-high = words at the high end
survey-texts-option = answer { $n }
survey-texts-row = row { $n }
survey-texts-label = scale word { $n }
notice-survey-texts-saved = The translations are saved.
notice-survey-languages-saved = The languages are saved.
survey-deed-translated = wrote translations
survey-deed-dressed = changed the look
