# Accounts
accounts-title = Hoe denken accounts over ons?
accounts-short = Accounts
accounts-refused = Hier zijn geen cijfers per account van te maken
accounts-no-nps = Deze vragenlijst heeft geen NPS-vraag.
accounts-no-answers = In deze selectie heeft niemand geantwoord. Kies minder filters of een langere periode.
accounts-none = Niemand die antwoordde hoort bij een account. Geef je klanten een account bij het inlezen, bijvoorbeeld het bedrijf waar ze werken.
accounts-too-few = Er zijn minstens twee accounts nodig waar elk minstens { $n } mensen antwoordden. Kies een langere periode, of nodig per account meer mensen uit.
accounts-together = Alle accounts samen
accounts-based-on = { $people } mensen bij { $accounts } accounts.
accounts-by-answer = NPS per persoon
accounts-by-answer-note = Ieder antwoord telt even zwaar
accounts-by-answer-words = Alle antwoorden samen: grote accounts wegen zwaarder, want daar antwoorden meer mensen.
accounts-by-answer-formula = NPS = som over accounts van (antwoorden × NPS van het account) ÷ alle antwoorden
accounts-by-account = NPS per account
accounts-by-account-note = Ieder account telt even zwaar
accounts-by-account-words = Het gemiddelde van de NPS van alle accounts: een account met drie antwoorden weegt even zwaar als een met honderd.
accounts-by-account-formula = NPS = som over accounts van (NPS van het account) ÷ aantal accounts
accounts-clustered = Collega’s antwoorden niet los van elkaar. Daarom komt het interval uit de verschillen tussen hele accounts, en is het meestal breder dan bij losse mensen.
accounts-agreement = Zijn collega’s het eens?
accounts-agreement-note = Binnen één account
accounts-word-strong = Sterk eens
accounts-word-clear = Eens
accounts-word-slight = Beetje eens
accounts-word-divided = Oneens
accounts-word-cannot-tell = Nog niet te zeggen
accounts-word-complete = Helemaal eens
accounts-agreement-strong = Accounts zijn het van binnen sterk eens: praat met het account, niet alleen met één persoon.
accounts-agreement-clear = Accounts zijn het van binnen eens: welk account het is, doet ertoe.
accounts-agreement-slight = Accounts zijn het van binnen een beetje eens: kijk naar het account én naar de persoon.
accounts-agreement-divided = Accounts zijn het van binnen oneens: collega’s lijken nauwelijks meer op elkaar dan op anderen. Kijk naar mensen, niet naar accounts.
accounts-agreement-cannot-tell = Of accounts het van binnen eens zijn, is nog niet te zeggen: daar zijn meer antwoorden voor nodig.
accounts-agreement-complete = Binnen elk account antwoordt iedereen hetzelfde.
accounts-icc = ICC { $icc }, tussen { $low } en { $high }
accounts-icc-p = Kans dat dit toeval is: p { $p }
accounts-counts = { $people } mensen, { $accounts } accounts, waarvan { $named } bij naam
accounts-icc-words = De ICC is het deel van de verschillen dat tussen accounts ligt: bij 0 lijken collega’s op elkaar als vreemden, bij 1 antwoorden ze hetzelfde. Vanaf 0,1 noemt Peil dat eens, vanaf 0,3 sterk eens. Ligt het hele interval onder 0,1, dan heet het oneens. Is p 0,05 of meer, dan is het nog niet te zeggen.
accounts-icc-formula = ICC = (MSB − MSW) ÷ (MSB + (n₀ − 1) × MSW)
accounts-icc-interval = MSB is de spreiding tussen accounts, MSW die binnen accounts, n₀ het aantal antwoorden van een gewoon account. Alleen accounts die genoemd worden doen mee.
accounts-guess-words = Het eigen cijfer van een klein account is vooral toeval. De beste schatting weegt dat cijfer tegen het gemiddelde van alle accounts: hoe minder antwoorden, hoe meer ze naar het gemiddelde schuift.
accounts-pooled = { $n ->
    [one] Eén account staat er niet bij: er antwoordden minder dan { $fewest } mensen, of het zou zo’n klein account verraden. Het telt wel mee.
   *[other] { $written } accounts staan er niet bij: er antwoordden minder dan { $fewest } mensen, of ze zouden zo’n klein account verraden. Ze tellen wel mee, elk met hun gezamenlijke cijfer.
  }
accounts-left-out = { $n ->
    [one] Eén persoon zonder account telt hier niet mee.
   *[other] { $written } mensen zonder account tellen hier niet mee.
  }
accounts-counted-along = Een paar mensen zonder account tellen mee, elk als een eigen account: zonder hen zou te herleiden zijn wat zij vonden.
accounts-picture = Beste schatting per account
accounts-picture-note = Vergelijk accounts op de stip. De open ring is het eigen cijfer: hoe minder antwoorden, hoe meer toeval.
accounts-mean = Gemiddelde
accounts-between = { $n ->
    [one] … één account ertussen …
   *[other] … { $written } accounts ertussen …
  }
accounts-list = Alle accounts
accounts-count = { $n ->
    [one] 1 account
   *[other] { $written } accounts
  }
accounts-search = Zoek een account
accounts-not-found = Geen account gevonden
accounts-all = Alle accounts
accounts-order = Volgorde
accounts-order-worst = Laagste eerst
accounts-order-best = Hoogste eerst
accounts-order-people = Meeste mensen
accounts-order-name = Naam
accounts-account = Account
accounts-own = Eigen NPS
accounts-guess = Schatting
accounts-first-page = Eerste pagina
accounts-next-page = Volgende
