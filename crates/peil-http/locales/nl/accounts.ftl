# Accounts
accounts-title = Hoe denken organisaties over ons?
accounts-short = Organisaties
accounts-refused = Hier zijn geen cijfers per organisatie van te maken
accounts-no-nps = Deze vragenlijst heeft geen NPS-vraag.
accounts-no-answers = In deze selectie heeft niemand geantwoord. Kies minder filters of een langere periode.
accounts-none = Niemand die antwoordde hoort bij een organisatie. Geef je klanten een organisatie bij het inlezen, bijvoorbeeld het bedrijf waar ze werken.
accounts-too-few = Er zijn minstens twee organisaties nodig waar elk minstens { $n } mensen antwoordden. Kies een langere periode, of nodig per organisatie meer mensen uit.
accounts-together = Alle organisaties samen
accounts-based-on = { $people } mensen bij { $accounts } organisaties.
accounts-by-answer = NPS per persoon
accounts-by-answer-note = Ieder antwoord telt even zwaar
accounts-by-answer-words = Alle antwoorden samen: grote organisaties wegen zwaarder, want daar antwoorden meer mensen.
accounts-by-answer-formula = NPS = som over organisaties van (antwoorden × NPS van de organisatie) ÷ alle antwoorden
accounts-by-account = NPS per organisatie
accounts-by-account-note = Iedere organisatie telt even zwaar
accounts-by-account-words = Het gemiddelde van de NPS van alle organisaties: een organisatie met drie antwoorden weegt even zwaar als een met honderd.
accounts-by-account-formula = NPS = som over organisaties van (NPS van de organisatie) ÷ aantal organisaties
accounts-clustered = Collega’s antwoorden niet los van elkaar. Daarom komt het interval uit de verschillen tussen hele organisaties, en is het meestal breder dan bij losse mensen.
accounts-agreement = Zijn collega’s het eens?
accounts-agreement-note = Binnen één organisatie
accounts-word-strong = Sterk eens
accounts-word-clear = Eens
accounts-word-slight = Beetje eens
accounts-word-divided = Oneens
accounts-word-cannot-tell = Nog niet te zeggen
accounts-word-complete = Helemaal eens
accounts-agreement-strong = Organisaties zijn het van binnen sterk eens: praat met de organisatie, niet alleen met één persoon.
accounts-agreement-clear = Organisaties zijn het van binnen eens: welke organisatie het is, doet ertoe.
accounts-agreement-slight = Organisaties zijn het van binnen een beetje eens: kijk naar de organisatie én naar de persoon.
accounts-agreement-divided = Organisaties zijn het van binnen oneens: collega’s lijken nauwelijks meer op elkaar dan op anderen. Kijk naar mensen, niet naar organisaties.
accounts-agreement-cannot-tell = Of organisaties het van binnen eens zijn, is nog niet te zeggen: daar zijn meer antwoorden voor nodig.
accounts-agreement-complete = Binnen elke organisatie antwoordt iedereen hetzelfde.
accounts-icc = ICC { $icc }, tussen { $low } en { $high }
accounts-icc-p = Kans dat dit toeval is: p { $p }
accounts-counts = { $people } mensen, { $accounts } organisaties, waarvan { $named } bij naam
accounts-icc-words = De ICC is het deel van de verschillen dat tussen organisaties ligt: bij 0 lijken collega’s op elkaar als vreemden, bij 1 antwoorden ze hetzelfde. Vanaf 0,1 noemt Peil dat eens, vanaf 0,3 sterk eens. Ligt het hele interval onder 0,1, dan heet het oneens. Is p 0,05 of meer, dan is het nog niet te zeggen.
accounts-icc-formula = ICC = (MSB − MSW) ÷ (MSB + (n₀ − 1) × MSW)
accounts-icc-interval = MSB is de spreiding tussen organisaties, MSW die binnen organisaties, n₀ het aantal antwoorden van een gewone organisatie. Alleen organisaties die genoemd worden doen mee.
accounts-guess-words = Het eigen cijfer van een kleine organisatie is vooral toeval. De beste schatting weegt dat cijfer tegen het gemiddelde van alle organisaties: hoe minder antwoorden, hoe meer ze naar het gemiddelde schuift.
accounts-pooled = { $n ->
    [one] Eén organisatie staat er niet bij: er antwoordden minder dan { $fewest } mensen, of dat zou zo’n kleine organisatie verraden. Die telt wel mee.
   *[other] { $written } organisaties staan er niet bij: er antwoordden minder dan { $fewest } mensen, of dat zou zo’n kleine organisatie verraden. Ze tellen wel mee, elk met hun gezamenlijke cijfer.
  }
accounts-left-out = { $n ->
    [one] Eén persoon zonder organisatie telt hier niet mee.
   *[other] { $written } mensen zonder organisatie tellen hier niet mee.
  }
accounts-counted-along = Een paar mensen zonder organisatie tellen mee, elk als een eigen organisatie: zonder hen zou te herleiden zijn wat zij vonden.
accounts-picture = Beste schatting per organisatie
accounts-picture-note = Vergelijk organisaties op de stip. De open ring is het eigen cijfer: hoe minder antwoorden, hoe meer toeval.
accounts-mean = Gemiddelde
accounts-between = { $n ->
    [one] … één organisatie ertussen …
   *[other] … { $written } organisaties ertussen …
  }
accounts-list = Alle organisaties
accounts-count = { $n ->
    [one] 1 organisatie
   *[other] { $written } organisaties
  }
accounts-search = Zoek een organisatie
accounts-not-found = Geen organisatie gevonden
accounts-all = Alle organisaties
accounts-order = Volgorde
accounts-order-worst = Laagste eerst
accounts-order-best = Hoogste eerst
accounts-order-people = Meeste mensen
accounts-order-name = Naam
accounts-account = Organisatie
accounts-own = Eigen NPS
accounts-guess = Schatting
accounts-first-page = Eerste pagina
accounts-next-page = Volgende
