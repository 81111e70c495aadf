# Groepen vergelijken
compare-title = Verschillen deze groepen echt?
compare-short = Vergelijken
compare-do = Vergelijk
compare-open = Vergelijk deze groepen
compare-question = Vraag
compare-measure = Maat
compare-measure-nps = NPS
compare-measure-share = Aandeel hoge scores
compare-measure-mean = Gemiddelde
compare-by = Groepen naar
compare-by-week = Week
compare-by-month = Maand
compare-by-quarter = Kwartaal
compare-by-year = Jaar
compare-choose = Groepen kiezen
compare-choose-help = Kies er twee tot { $most }. Kies je niets, dan kiest Peil de grootste groepen of de laatste perioden.
compare-hidden = { $n ->
    [one] Eén groep is verborgen: van minder dan 5 mensen, of te herleiden tot zo’n kleine groep. Die doet niet mee.
   *[other] { $n } groepen zijn verborgen: van minder dan 5 mensen, of te herleiden tot zo’n kleine groep. Die doen niet mee.
  }
compare-together = Alle groepen samen
compare-differs = Ja: minstens één groep verschilt van een andere. Zulke verschillen ontstaan zelden door toeval alleen.
compare-no-proof = Niet aangetoond: verschillen als deze kunnen ook door toeval ontstaan.
compare-too-few = Er zijn minstens twee groepen nodig waarvan het cijfer zichtbaar is.
compare-no-spread = Geen toets over alle groepen: in minstens één groep antwoordt iedereen hetzelfde.
compare-test-nps = Q van Cochran { $statistic } (vrijheidsgraden: { $df }), p { $p }.
compare-test-share = χ² van Pearson { $statistic } (vrijheidsgraden: { $df }), p { $p }.
compare-test-mean = F van Welch { $statistic } (vrijheidsgraden: { $df }), p { $p }.
compare-test-ranks = Op rangen (Kruskal-Wallis): p { $p }.
compare-words = Eerst één toets over alle groepen samen: liggen de cijfers verder uit elkaar dan toeval geeft? Pas daarna elk paar.
compare-words-pairs = Van elk paar: het verschil, met het interval. De p-waarde is gecorrigeerd voor alle paren: volgens Benjamini-Hochberg voor het oordeel, en volgens Holm, die strenger is, ter vergelijking. Het is dezelfde toets als op de andere bladen.
compare-symbols-nps = Q = Σ w (NPS − gewogen gemiddelde)², met w = 1 ÷ se²; χ² met k − 1 vrijheidsgraden
compare-symbols-share = χ² = Σ n (aandeel − P)² ÷ (P (1 − P)), met P het aandeel van alle groepen samen
compare-symbols-mean = F van Welch: de spreiding tussen de gemiddelden ÷ de spreiding daarbinnen, gewogen met n ÷ s²
compare-letters-note = Groepen met een gedeelde letter verschillen niet aantoonbaar van elkaar.
compare-pairs = Paren
compare-pairs-note = Verschil: de eerste groep min de tweede, met 95%-interval.
compare-pairs-differ = { $n ->
    [one] Eén paar verschilt.
   *[other] { $n } paren verschillen.
  }
compare-pairs-same = { $n ->
    [one] Eén paar verschilt niet: wat er ook is, het is te klein om ernaar te handelen.
   *[other] { $n } paren verschillen niet: wat er ook is, het is te klein om ernaar te handelen.
  }
compare-pairs-unsure = { $n ->
    [one] Van één paar is het nog niet te zeggen.
   *[other] Van { $n } paren is het nog niet te zeggen.
  }
compare-pair = { $first } tegen { $second }
compare-pair-head = Paar
compare-p-bh = p (Benjamini-Hochberg)
compare-p-holm = p (Holm)
compare-nothing-title = Niets om te vergelijken
compare-nothing-text = Deze vragenlijst heeft geen vraag met een schaal.
compare-chart-title = { $metric } van de gekozen groepen
