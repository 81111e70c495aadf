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
verdict-trend = { $later } tegen { $earlier }
