# Accounts
accounts-title = What do accounts think of us?
accounts-short = Accounts
accounts-refused = No figures by account can be made of this
accounts-no-nps = This survey has no NPS question.
accounts-no-answers = Nobody answered in this selection. Choose fewer filters or a longer period.
accounts-none = Nobody who answered belongs to an account. Give your customers an account when you import them, such as the company they work for.
accounts-too-few = It takes at least two accounts in which at least { $n } people each answered. Choose a longer period, or invite more people per account.
accounts-together = All accounts together
accounts-based-on = { $people } people in { $accounts } accounts.
accounts-by-answer = NPS by person
accounts-by-answer-note = Every answer counts alike
accounts-by-answer-words = All answers together: large accounts weigh more, since more people answer there.
accounts-by-answer-formula = NPS = sum over accounts of (answers × NPS of the account) ÷ all answers
accounts-by-account = NPS by account
accounts-by-account-note = Every account counts alike
accounts-by-account-words = The mean of the NPS of all accounts: an account with three answers weighs as much as one with a hundred.
accounts-by-account-formula = NPS = sum over accounts of (NPS of the account) ÷ number of accounts
accounts-clustered = Colleagues do not answer independently. The interval therefore comes from the differences between whole accounts, and is mostly wider than for people who have nothing to do with each other.
accounts-agreement = Do colleagues agree?
accounts-agreement-note = Within one account
accounts-word-strong = Strongly agree
accounts-word-clear = Agree
accounts-word-slight = Agree a little
accounts-word-divided = Disagree
accounts-word-cannot-tell = Cannot tell yet
accounts-word-complete = Fully agree
accounts-agreement-strong = Accounts strongly agree inside: talk to the account, not just to one person.
accounts-agreement-clear = Accounts agree inside: which account it is matters.
accounts-agreement-slight = Accounts agree a little inside: look at the account and at the person.
accounts-agreement-divided = Accounts disagree inside: colleagues are hardly more alike than strangers. Look at people, not at accounts.
accounts-agreement-cannot-tell = Whether accounts agree inside cannot be told yet: that takes more answers.
accounts-agreement-complete = Within each account everyone answers the same.
accounts-icc = ICC { $icc }, between { $low } and { $high }
accounts-icc-p = By chance: p { $p }
accounts-counts = { $people } people, { $accounts } accounts, { $named } of them by name
accounts-icc-words = The ICC is the part of the differences that lies between accounts: at 0 colleagues are as alike as strangers, at 1 they answer the same. From 0.1 on Peil calls that agreed, from 0.3 on strongly agreed. When the whole interval lies below 0.1 they disagree. If p is 0.05 or more, it cannot be told yet.
accounts-icc-formula = ICC = (MSB − MSW) ÷ (MSB + (n₀ − 1) × MSW)
accounts-icc-interval = MSB is the spread between accounts, MSW that within accounts, n₀ the number of answers of an ordinary account. Only accounts that are named take part.
accounts-guess-words = The own figure of a small account is mostly chance. The best guess weighs that figure against the mean of all accounts: the fewer answers, the more it moves towards the mean.
accounts-pooled = { $n ->
    [one] One account is not listed: fewer than { $fewest } people answered, or it would give away such a small account. It does count.
   *[other] { $written } accounts are not listed: fewer than { $fewest } people answered, or they would give away such a small account. They do count, each with the figure of all of them together.
  }
accounts-left-out = { $n ->
    [one] One person without an account does not count here.
   *[other] { $written } people without an account do not count here.
  }
accounts-counted-along = A few people without an account count along, each as an account of their own: without them, what they said could be worked out.
accounts-picture = Best guess by account
accounts-picture-note = Compare accounts by the dot. The open ring is the own figure: the fewer answers, the more it is chance.
accounts-mean = Mean
accounts-between = { $n ->
    [one] … one account in between …
   *[other] … { $written } accounts in between …
  }
accounts-list = All accounts
accounts-count = { $n ->
    [one] 1 account
   *[other] { $written } accounts
  }
accounts-search = Find an account
accounts-not-found = No account found
accounts-all = All accounts
accounts-order = Order
accounts-order-worst = Lowest first
accounts-order-best = Highest first
accounts-order-people = Most people
accounts-order-name = Name
accounts-account = Account
accounts-own = Own NPS
accounts-guess = Best guess
accounts-first-page = First page
accounts-next-page = Next
