# Verkenner
explorer-short = Verkenner
explorer-title = Waar zit het verschil, bij wie en wanneer?
explorer-as-of = Cijfers van { $at }
explorer-group = Per
explorer-no-group = Niets: iedereen samen
explorer-second = Naast elkaar
explorer-periods = Perioden
explorer-step = Stap
explorer-step-day = Dag
explorer-step-week = Week
explorer-step-month = Maand
explorer-step-quarter = Kwartaal
explorer-step-year = Jaar
explorer-per-day = dag
explorer-per-week = week
explorer-per-month = maand
explorer-per-quarter = kwartaal
explorer-per-year = jaar
explorer-own-days = Eigen dagen
explorer-days-help = Eigen dagen gaan voor de periode.
explorer-find = Zoek in de groepen
explorer-show = Toon
explorer-add = Een andere waarde
explorer-except = Juist niet wat is aangevinkt
explorer-score-help = Alleen antwoorden met zo’n score. Bij een aandeel hoge scores: het aandeel met zo’n score.
explorer-least = Van
explorer-most = Tot en met
explorer-chips = Wat is gekozen
explorer-flip-out = { $name } { $value }: laat dit juist weg
explorer-flip-in = { $name } niet { $value }: kies dit juist
explorer-view = Manier van kijken
explorer-view-heat = Warmtekaart
explorer-view-ladder = Ladder
explorer-view-trend = Lijnen
explorer-count = Aantal inzendingen
explorer-count-range = Aantal antwoorden met score { $range }
explorer-share-range = Aandeel met score { $range }
explorer-option = Koos “{ $option }”
explorer-title-by = { $measure } per { $by }
explorer-title-both = { $measure } per { $by } en { $second }
explorer-whole = Hele selectie
explorer-everyone = Iedereen in deze selectie: { $figure }
explorer-others = Andere groepen ({ $written })
explorer-counted = { $n ->
    [one] { $written } antwoord in { $time } ms
   *[other] { $written } antwoorden in { $time } ms
  }
explorer-counted-hidden = geteld in { $time } ms
explorer-said = { $title }: { $figure }
explorer-unfound = Geen groep met deze letters in de naam.
explorer-widened = Je ziet { $shown }: meer dagen dan je vroeg. Peil telt hele weken, maanden of kwartalen met elk minstens { $n } mensen, zodat niemand te herleiden is.
explorer-coarser = Je vroeg per { $asked }; je ziet per { $shown }. Korter zou in elke stap minder dan { $n } mensen geven, die dan te herleiden zijn.
explorer-steps-beyond = { $n ->
    [one] Eén oudere stap staat er niet bij. Kies een periode of een langere stap om die te zien.
   *[other] { $written } oudere stappen staan er niet bij. Kies een periode of een langere stap om die te zien.
  }
explorer-columns-beyond = { $n ->
    [one] Eén kleinere kolom staat er niet bij.
   *[other] { $written } kleinere kolommen staan er niet bij.
  }
explorer-beyond = { $n ->
    [one] Eén kleinere groep staat er niet apart bij. Zoek op naam om die te zien.
   *[other] { $written } kleinere groepen staan er niet apart bij. Zoek op naam om ze te zien.
  }
explorer-hidden = { $n ->
    [one] Nog één groep is verborgen: van te weinig mensen.
   *[other] Nog { $written } groepen zijn verborgen: van te weinig mensen.
  }
explorer-table = Dezelfde cijfers als tabel
explorer-legend-worse = slechter dan iedereen
explorer-legend-same = geen duidelijk verschil
explorer-legend-better = beter dan iedereen
explorer-legend-less = minder
explorer-legend-more = meer
explorer-legend-uncertain = te onzeker
explorer-legend-hidden = verborgen
explorer-note-heat = Kleur krijgt alleen een cijfer waarvan het interval het cijfer van iedereen niet raakt. Wijs een vakje aan voor het interval en het aantal; klik voor de antwoorden.
explorer-note-ladder = Van hoog naar laag, met 95%-interval. Klik op een rij voor de antwoorden.
explorer-note-trend = De acht grootste groepen in kleur, de andere in grijs. Wijs een lijn aan voor haar interval; klik op een punt voor de antwoorden.
