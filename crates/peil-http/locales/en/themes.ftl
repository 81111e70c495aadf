themes-title = What do customers talk about?
themes-n-answers = { $n ->
    [one] { $written } response
   *[other] { $written } responses
}
themes-tone-any = Any tone
themes-tone-negative = negative
themes-tone-neutral = neutral
themes-tone-positive = positive
themes-tone-mixed = mixed
themes-read-as = Kind of answer
themes-label-any = All answers
themes-label-needs_reply = asks for a reply
themes-label-urgency = urgent
themes-label-suggestion = suggestion
themes-label-praise = compliment
themes-label-effort = took effort
themes-label-no_content = says nothing
themes-masked-name = name
themes-masked-email = e-mail address
themes-masked-phone = phone number
themes-masked-iban = bank account
themes-masked-card = card number
themes-masked-bsn = citizen service number
themes-masked-postcode = postcode
themes-masked-street = address
themes-masked-licence_plate = licence plate
themes-masked-reference = number
themes-masked-other = personal
themes-reading = Peil is reading the answers. { $done } of { $total } responses were looked at; the figures below grow along.
themes-answer = Most complaints are about { $theme }: { $share } of the responses.
themes-answer-rising = Complaints about { $theme } have been growing in the last weeks.
themes-answer-steady = No theme stands out in the last weeks.
themes-bubbles-title = Themes in one picture
themes-bubbles-note = The larger the bubble, the more often it is mentioned. Right: more complaints than before. Below: the score of those who mention it pulls the whole down.
themes-legend-negative = mostly complaints
themes-legend-mixed = both
themes-legend-positive = mostly praise
themes-list = All themes
themes-all = To all themes
themes-mentions = Mentioned
themes-mentioned = Mentioned by
themes-negative-share = With a complaint
themes-change = Last weeks
themes-change-unknown = measured too briefly
themes-change-same = no clear difference ({ $points })
themes-change-worse = more complaints ({ $points } percentage points)
themes-change-better = fewer complaints ({ $points } percentage points)
themes-impact = Impact
themes-impact-on = Impact on { $metric }
themes-impact-value = { $value } ({ $low } to { $high })
themes-impact-note = Impact is the part of this theme in the difference between the score of everyone and the score of those who mention no theme, with 95 % confidence. When an answer mentions more themes, Peil shares it out evenly, so that the impacts of all themes add up to that difference. It says what goes together, not what causes it.
themes-axis-across = Change in complaints, percentage points
themes-axis-up = Impact on { $metric }
themes-ladder-title = What do they complain about most?
themes-ladder-note = Share of the responses with a complaint about this, with 95 % confidence.
themes-too-few = { $n ->
    [one] One theme is left out: too few people mention it.
   *[other] { $n } themes are left out: too few people mention them.
}
themes-parts-too-few = { $n ->
    [one] One part is left out: too few people mention it.
   *[other] { $n } parts are left out: too few people mention them.
}
themes-newest = Newest complaints
themes-newest-all = All answers with a complaint
themes-nothing-title = No themes yet
themes-nothing-text = As soon as customers answer in their own words, Peil reads what it is about and how they feel about it. That happens on this computer: no sentence leaves the building. A theme appears once at least five people mention it.
themes-empty-title = Here you see what customers talk about
themes-empty-text = Ask an open question, such as "Why do you give this score?". Peil reads the answers and puts them together by theme.
themes-one-nothing-title = Too few people mention this
themes-one-nothing-text = In this selection fewer than five people mention this theme. Choose a longer period or remove a filter.
themes-n-of = { $n } ({ $share }; { $low } to { $high })
themes-trend-title = Complaints over time
themes-trend-note = Share of the responses with a complaint about this theme. The band is the 95 % confidence.
themes-parts = What exactly it is about
themes-parts-note = Parts of the theme, with the share of the responses that complain about them.
themes-groups = Who mentions it?
themes-groups-by = Compare by
themes-groups-title = Complaints by { $group }
themes-words = In their own words
themes-words-all = To these answers
themes-words-none = No answers in this tone.
themes-correct = Not right?
themes-correct-title = What is this answer about?
themes-correct-lead = Choose for every theme whether it is mentioned, and how. What you say counts, also when Peil reads the answer again later.
themes-correct-save = Save
themes-correct-cancel = Leave it as it is
themes-correct-undo = Back to what Peil read
themes-corrected-note = A colleague put this right.
themes-not-mentioned = not mentioned
notice-reading-corrected = Put right. The figures are up to date.
notice-reading-restored = The correction was taken back.
themes-figures = In figures
themes-negative-short = Complaint
themes-verdict = Incident or structural?
themes-verdict-note = Of all questionnaires together, week by week, up to today.
themes-signals = What Peil found about this theme
themes-signals-now = What needs a look now
themes-label-learned = learned from corrections
themes-label-like = like the corrected answer
themes-taught = { $n ->
    [0] No other answer changed because of this.
    [one] One similar answer changed.
   *[other] { $n } similar answers changed.
}
themes-taught-held = This correction would change too many answers by itself. Peil waits until another answer is corrected the same way.
themes-taught-reading = Peil is looking at similar answers: { $done } of { $total } submissions were looked at.
themes-taught-again = Look again
themes-learned-added = Peil gave this answer the theme { $theme }, since it is like an answer that somebody corrected.
themes-learned-removed = Peil took the theme { $theme } away here, since this is like an answer that somebody corrected.
themes-learned-words = The words that counted most: { $words }.
themes-learned-open = To that correction
