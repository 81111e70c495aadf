# Pages for customers
respond-language-name = English
respond-size = { $questions ->
    [one] 1 question
   *[other] { $questions } questions
  } · { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
  }
respond-page-of = Page { $page } of { $pages }
respond-progress = Progress
respond-preview = Preview · { $brief }
respond-trial = Trial, nothing is kept · { $brief }
respond-trial-done = Trial, nothing was kept
respond-trial-name = Sam Example
respond-required = (required)
respond-optional = (optional)
respond-several = You can choose more than one.
respond-no-names = Please leave out names and addresses.
respond-other = Other, namely
respond-yes = Yes
respond-no = No
respond-csat-1 = Very dissatisfied
respond-csat-2 = Dissatisfied
respond-csat-3 = Neutral
respond-csat-4 = Satisfied
respond-csat-5 = Very satisfied
respond-nps-low = 0 = very unlikely
respond-nps-high = 10 = very likely
respond-mark-low = 1 = very poor
respond-mark-high = 10 = excellent
respond-ces-low = 1 = strongly disagree
respond-ces-high = 7 = strongly agree
respond-effort-low = 1 = very little effort
respond-effort-high = 5 = a great deal of effort
respond-next = Next
respond-back = Back
respond-send = Send
respond-wrong-title = Not finished yet
respond-wrong = { $n ->
    [one] One question still needs your attention
   *[other] { $n } questions still need your attention
  }
respond-trap = Leave this field empty
respond-fresh = This form was too old to send. Your answers are still here. Check them and send them again.
respond-busy = It is very busy right now. Your answers are still here. Send them again in a few seconds.
respond-failed = Something went wrong on our side. Your answers are still here. Try again in a minute.
respond-too-many = Many answers are coming from your internet connection. Wait a minute, then send your answers again. They are still here.
respond-privacy = { $organisation } uses your answers to improve its service.
respond-privacy-personal = Your answers belong to your invitation. { $organisation } uses them to improve its service.
respond-privacy-link = Privacy
respond-stop-link = Receive no more surveys
respond-thanks-title = Thank you. Your answer has been saved.
respond-thanks-text = Your answer helps us do better.
respond-thanks-close = You can close this page.
respond-unknown-title = This link does not work
respond-unknown-text = Check that you copied the whole link. If it is in an e-mail, click the link in the e-mail itself.
respond-closed-title = This survey is closed
respond-closed-text = It can no longer be filled in. Thank you for wanting to help { $organisation }; there is nothing you need to do.
respond-expired-title = This link has expired
respond-expired-text = The survey was open for a while and that time has passed. Thank you for wanting to help { $organisation }; there is nothing you need to do.
respond-answered-title = You have already answered
respond-answered-text = Your answer has been saved, thank you. Each customer of { $organisation } can fill in this survey once.
respond-too-large-title = Your answer is too long
respond-too-large-text = Go back in your browser, shorten your text and send it again.
respond-broken-title = Something went wrong on our side
respond-broken-text = Please try again in a few minutes. There is nothing else you need to do.
respond-stop-title = No more surveys?
respond-stop-text = { $organisation } will then send you no more surveys. Other messages, such as those about an order, will still reach you.
respond-stop-do = Send me no more surveys
respond-stopped-title = You will receive no more surveys
respond-stopped-text = { $organisation } will send you no more surveys. There is nothing else you need to do.
respond-not-applicable = Not applicable
respond-at-most = Choose { $n } at most.
respond-at-least = Choose { $n } or more.
respond-rank = Give each a place, from 1 (most important) to { $n }.
respond-between = A number from { $min } to { $max }.
respond-word-yes = yes
respond-word-no = no
respond-word-and = and
respond-detail-name = Name
respond-detail-email = E-mail address
respond-detail-phone = Phone number
respond-detail-organisation = Organisation
respond-detail-remark = Remark
respond-full-title = Thank you. We have enough answers already.
respond-full-text = What you filled in has been kept.
