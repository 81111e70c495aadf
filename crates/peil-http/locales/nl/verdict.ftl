# Is het echt? Oordelen over verschillen
verdict-title = Is het echt?
verdict-word-differs = verschilt
verdict-word-same = verschilt niet
verdict-word-unsure = nog niet te zeggen
verdict-differs = Verschilt: { $effect }
verdict-same = Verschilt niet: { $effect }
verdict-unsure = Nog niet te zeggen: { $effect }
verdict-points = { $n ->
    [1] { $written } punt
   *[other] { $written } punten
  }
verdict-percentage-points = { $n ->
    [1] { $written } procentpunt
   *[other] { $written } procentpunt
  }
verdict-scale-points = { $n ->
    [1] { $written } punt
   *[other] { $written } punt
  }
verdict-between = { $low } tot { $high }
verdict-than = { $interval }, vergeleken met { $than }
verdict-than-only = Vergeleken met { $than }
verdict-the-rest = de rest
verdict-p-below = minder dan { $p }
verdict-why-differs = Het interval van het verschil bevat geen nul. Zonder echt verschil komt een uitkomst als deze zelden voor: gecorrigeerde p is { $p }, bij { $among } vergelijkingen op dit scherm samen.
verdict-why-same = Het hele interval van het verschil ligt binnen ± { $margin }. Wat er ook verschilt, het is te klein om ernaar te handelen.
verdict-why-unsure = Er kan een verschil zijn dat ertoe doet (meer dan { $margin }), en er kan ook niets zijn. Meer antwoorden geven uitsluitsel. Gecorrigeerde p is { $p }, bij { $among } vergelijkingen op dit scherm samen.
verdict-others-same = { $n ->
    [one] Eén groep verschilt niet van de rest: hoogstens { $margin }.
   *[other] { $n } groepen verschillen niet van de rest: hoogstens { $margin }.
  }
verdict-others-unsure = { $n ->
    [one] Van één groep is nog niet te zeggen of hij van de rest verschilt.
   *[other] Van { $n } groepen is nog niet te zeggen of ze van de rest verschillen.
  }
verdict-groups-title = Welke groep verschilt van de rest?
verdict-all = Alle groepen tegenover de rest
verdict-group = Groep
verdict-effect = Verschil
verdict-p = p, gecorrigeerd
verdict-verdict = Oordeel
verdict-letters = Letters
verdict-letters-note = Groepen met een gedeelde letter verschillen niet aantoonbaar van elkaar. De letters vergelijken elk paar, het oordeel hieronder elke groep met alle anderen samen.
verdict-earlier = Eerder, in { $days }: { $value } ({ $answers }).
verdict-symbols-nps = verschil = NPS₁ − NPS₂; z = verschil ÷ √(se₁² + se₂²), elke kant met drie denkbeeldige antwoorden erbij
verdict-symbols-share = verschil = aandeel₁ − aandeel₂; z = verschil ÷ √(a (1 − a) (1 ÷ n₁ + 1 ÷ n₂)), met a het aandeel van beide samen
verdict-symbols-mean = verschil = gemiddelde₁ − gemiddelde₂; t = verschil ÷ √(s₁² ÷ n₁ + s₂² ÷ n₂)
verdict-bands = Band
verdict-bands-note = Bij meer dan twaalf groepen staat achter elke groep hoe hij zich verhoudt tot alle anderen samen: hoger, lager, gelijk (zo’n klein verschil dat niemand ernaar zou handelen) of nog niet te zeggen (?).
verdict-band-above = hoger
verdict-band-below = lager
verdict-band-same = gelijk
verdict-band-unsure = ?
verdict-trend = { $later } tegen { $earlier }
