# Response: who answered, and where others stopped
turnout-title = Who answered, and where did others stop?
turnout-open = Look at the response
turnout-idle-filters = Response is about every invitation of the period. The filters of the figures do not hold here; they are kept for the other pages.
turnout-invited = From invitation to answer
turnout-answer = { $rate } response: { $words }.
turnout-usual = For invitations by e-mail 10 to 15% is usual.
turnout-usual-below = That is less than the 10 to 15% that is usual for invitations by e-mail.
turnout-usual-above = That is more than the 10 to 15% that is usual for invitations by e-mail.
turnout-nobody = Nobody was invited personally in this period. Peil does not know how many people saw an open link or QR code: opening a link stores nothing.
turnout-sent = Invited
turnout-begun = Begun
turnout-complete = Finished
turnout-step = Step
turnout-count = Number
turnout-of-first = Of all
turnout-of-previous = Of previous
turnout-ends = How every invitation ended
turnout-end = Outcome
turnout-end-complete = Answered completely
turnout-end-partial = Begun and stopped
turnout-end-refusal = Opted out without answering
turnout-end-silent = Nothing heard
turnout-end-undelivered = Could not be delivered
turnout-end-waiting = Not sent yet (not counted)
turnout-rates = Rates by AAPOR
turnout-rate = Rate
turnout-rr1 = Response: answered completely, of all sent
turnout-rr2 = Who began and stopped counts as an answer too
turnout-rr5 = Of those we heard from: answered completely
turnout-coop1 = Cooperation: answered completely, of those who reacted
turnout-ref1 = Refusal: opted out, of all sent
turnout-con1 = Contact: reacted in any way, of all sent
turnout-channels = Do those who begin finish?
turnout-usual-open = For a question in an app or on a website 30 to 50% is usual, counted from those who see the question. Peil does not count who only looks at a link or code: here you see who began, and who went on to the end.
turnout-words-channels = The share who sent all pages, of those who sent at least the first.
turnout-symbols-channels = completed = 100 × all pages sent ÷ first page sent
turnout-words-pages = How many people sent each page. Who went back and sent a page again counts once. The difference between two pages is who stopped there.
turnout-symbols-pages = of all = 100 × this page ÷ first page; of previous = 100 × this page ÷ page before
turnout-words-questions = The share who answered the question, of those who sent the whole survey in a version that has it.
turnout-symbols-questions = answered = 100 × submissions with an answer ÷ whole submissions
turnout-symbols-rates = RR2 = (I + P) ÷ all; RR5 = I ÷ (I + P + R); COOP1 = I ÷ (I + P + R); REF1 = R ÷ all; CON1 = (I + P + R) ÷ all
turnout-how-begun = What counts: { $selection }, also those who stopped half-way.
turnout-how-newest = What counts: { $selection }, only the newest version, also those who stopped half-way.
turnout-how-invitations = Which invitations: { $selection }, by the day they were made. What is not sent yet or was taken back does not count.
turnout-channels-note = Whoever sent at least one page has begun.
turnout-pages = At which page do people stop?
turnout-pages-note = Of those who began the newest version: how many people sent each page.
turnout-page = Page { $n }
turnout-questions = Which questions do people skip?
turnout-questions-note = Of those who sent everything and were asked the question.
turnout-question = Question
turnout-answered = Answered
turnout-of = Of
