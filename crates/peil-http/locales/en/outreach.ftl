# Asking: list
outreach-list-question = What was sent, and what came back?
outreach-list-lead = Every wave by mail, with who got it and how many people answered.
outreach-new = New wave
outreach-no-mail-title = Peil cannot send mail yet.
outreach-no-mail-text = First enter the mail server through which invitations go out.
outreach-no-mail-do = Set up mail
outreach-empty-title = Your waves will appear here
outreach-empty-text = Choose a survey and a group of customers. Before anything goes out you see who gets the mail, who does not, and why.
outreach-waves = Waves
outreach-column-name = Wave
outreach-column-state = State
outreach-column-started = Started
outreach-column-sent = Sent
outreach-column-contact = Customer
outreach-column-sent-at = Sent at
outreach-column-answered-at = Answered at
outreach-answered = Answered
outreach-rate = Response
outreach-not-yet = not yet
outreach-percent = { $n }%
outreach-state-draft = being prepared
outreach-state-preparing = getting ready
outreach-state-sending = being sent
outreach-state-sent = sent
outreach-state-stopped = stopped
outreach-state-all = All
outreach-calendar-title = Mails sent
outreach-calendar-text = In the past eight weeks { $n } invitations went out.
outreach-calendar-empty = Nothing sent yet.
outreach-calendar-day = Day
outreach-calendar-count = Invitations
outreach-as-table = Show as table
outreach-week = week { $n }
outreach-weekday-1 = M
outreach-weekday-2 = T
outreach-weekday-3 = W
outreach-weekday-4 = T
outreach-weekday-5 = F
outreach-weekday-6 = S
outreach-weekday-7 = S

# New wave
outreach-crumbs = Breadcrumbs
outreach-new-question = Whom do you ask what?
outreach-new-lead = Nothing is sent yet. First you write the mail and see who gets it.
outreach-no-survey-title = There is no survey yet
outreach-no-survey-text = Make a survey first; then you can send it to customers.
outreach-no-survey-do = Make a survey
outreach-survey = Survey
outreach-survey-draft = { $name } (not published yet)
outreach-segment = Who
outreach-segment-help = Whoever opted out or was asked recently gets nothing. Peil takes care of that.
outreach-segment-size = { $name } ({ $n })
outreach-segment-gone = group removed
outreach-everyone = All customers
outreach-name = Name
outreach-name-help = For you and your colleagues, such as "Autumn". Customers do not see this name.
outreach-new-do = Continue
outreach-cancel = Cancel

# One wave
outreach-draft-question = Who gets this question, and who does not?
outreach-sent-question = How is this wave going?
outreach-made-at = made on { $at }
outreach-started-at = started on { $at }
outreach-finished-at = finished on { $at }
outreach-stopped-at = stopped on { $at }
outreach-to-send = Go to sending
outreach-blocked = This wave cannot start yet.
outreach-offer-title = This reads like advertising.
outreach-offer-text = The mail says: { $words }. A request for an opinion must not offer or promise anything. Otherwise it is advertising, and it colours the answers.
outreach-funnel = From selected to asked
outreach-selected = selected
outreach-held-never = get nothing
outreach-held-later = not now, but later again
outreach-held-opted-out = Opted out of surveys
outreach-held-no-address = No e-mail address
outreach-held-invited-recently = Invited recently
outreach-held-answered-recently = Answered recently
outreach-until = until { $day }
outreach-until-between = until { $first } or later, at the latest { $last }
outreach-and-more = and { $n } more
outreach-allowed = get the mail
outreach-invited = invited
outreach-nameless = customer without a name
outreach-expectations = What you can expect
outreach-outcome = What came back
outreach-expected = Answers
outreach-expected-about = about { $n }
outreach-expected-between = { $low } to { $high }
outreach-basis = Based on
outreach-basis-past = earlier, { $answered } of { $sent } answered
outreach-basis-usual = usual for mail: 10 to 15%
outreach-margin = Margin of the NPS
outreach-margin-value = ± { $n } points
outreach-legal = Everyone can opt out with one click; that holds at once for all surveys. The link in the mail works for { $n } days. In the Netherlands and Belgium you may ask your own customers without prior consent as long as you offer nothing.
outreach-mail = The mail
outreach-mail-note = The first question is in the mail itself. A click on an answer stores nothing yet.
outreach-mail-language = Language of the mail
outreach-mail-frame = Preview of the mail
outreach-mail-plain = Show as plain text
outreach-subject = Subject
outreach-message = Message
outreach-places = Peil can fill in {"{{"}name{"}}"} and other facts about the customer: choose them below the texts. When the name is not known it says "customer".
outreach-save = Save
outreach-send = Sending
outreach-send-note = Save your changes first. The test goes to yourself only.
outreach-test = Send me a test
outreach-start = { $n ->
    [1] Send to 1 customer
   *[other] Send to { $n } customers
  }

# Sending
outreach-progress-title = Sending
outreach-may-leave = You can leave this page.
outreach-preparing = Peil is making the invitations: { $n } so far.
outreach-preparing-note = The first mail goes out only when all of them are ready. The wave can no longer change. If you stop now, nobody gets anything.
outreach-progress = { $done } of { $total } handled
outreach-server-said = The mail server says:
outreach-try-again = Try again now
outreach-goes-on = Peil tries again on { $at }.
outreach-stop = Stop sending
outreach-halt-unreachable = The mail server cannot be reached.
outreach-halt-settings = The mail server refuses the settings. Check name and password in the mail settings.
outreach-halt-not-configured = The mail settings are missing.
outreach-halt-survey-closed = The survey is closed. Reopen it to go on.
outreach-halt-failed = Something went wrong on our side.
outreach-invitation-queued = waiting
outreach-invitation-handing-over = at the mail server
outreach-invitation-sent = sent
outreach-invitation-unconfirmed = not confirmed
outreach-invitation-failed = failed
outreach-invitation-cancelled = taken back
outreach-note-unconfirmed = Not confirmed: Peil stopped or the connection broke while the mail server was taking the mail. It has probably arrived. Peil does not send it again by itself, so that nobody gets two mails by accident.
outreach-again-note = Do you know that the mails not confirmed did not arrive, for instance because of a breakdown? Then send them again. Whoever did get the mail gets it twice. The link stays the same and every answer counts once.
outreach-again = { $n ->
    [1] Send again to 1 customer
   *[other] Send again to { $n } customers
  }
outreach-note-failed = Failed: the mail server refused the mail. The reason stands beside each customer.
outreach-reason-opted-out = opted out before the mail went out
outreach-reason-no-address = no e-mail address any more
outreach-reason-expired = the link would have expired
outreach-people = Invited customers
outreach-people-question = What became of each mail?
outreach-people-empty = Nobody in this list
outreach-more-people = Next

# What was done
notice-wave-made = The wave is ready. Nothing was sent yet.
notice-wave-saved = Saved.
notice-wave-test-sent = The test mail was sent to your own address.
notice-wave-started = The wave has started. Peil makes all invitations first and then sends them.
notice-wave-tried-again = Peil is trying again now.
notice-wave-resent = These mails go out again.
notice-wave-stopped = Stopped. What was not sent yet will not go out.

# What cannot be done
problem-mail-character = Here is a character that does not fit into a mail, such as a line break in the subject.
problem-unknown-placeholder = Peil cannot fill in {"{{"}{ $name }{"}}"} in an invitation. Choose something from "Fill in the text".
problem-wave-survey-not-live = The survey is not published, or closed.
problem-wave-segment-gone = The group of customers was removed. Choose another one.
problem-wave-no-mail-settings = The mail settings are still missing.
problem-wave-text-missing = Subject or message is missing in { $language }.
problem-wave-nobody-to-ask = Nobody in this group can be asked now.
problem-wave-already-started = This wave was started or stopped before; it can no longer change.
problem-wave-not-sending = This wave is not being sent.
problem-wave-mail-unreachable = The mail server cannot be reached.
problem-wave-mail-settings = The mail server refuses the settings.
problem-wave-mail-refused = The mail server did not take the mail.
