# Inzichten
results-tabs = Bladen over deze vragenlijst
results-tab-figures = Cijfers
results-tab-compare = Vergelijken
results-tab-drivers = Wat telt
results-tab-turnout = Respons
results-tab-representation = Representativiteit
results-title = Hoe tevreden zijn klanten, en is het zeker?
results-crumbs = Je bent hier
results-list-title = Van welke vragenlijst wil je de cijfers zien?
results-list-lead = Per vragenlijst het eerste cijfer, met de marge en de laatste twaalf maanden waarin is geantwoord.
results-none-title = Hier komen je cijfers
results-none-text = Publiceer een vragenlijst en deel de link. Na vijf antwoorden staat hier het eerste cijfer, met de marge erbij.
results-none-do = Naar de vragenlijsten
results-empty-title = Nog niemand heeft geantwoord
results-empty-text = Deel de link, verstuur uitnodigingen of importeer antwoorden die je al hebt. Cijfers verschijnen vanaf vijf mensen.
results-empty-do = Naar de vragenlijsten
results-nothing-title = Geen antwoorden in deze selectie
results-nothing-text = Er zijn wel antwoorden, maar niet met deze filters samen. Haal een filter weg.
results-nothing-do = Alle filters weghalen
results-survey = Vragenlijst
results-measure = Meetwaarde
results-figure = Cijfer
results-twelve-months = Twaalf maanden
results-as-of = Cijfers van { $at } · in { $ms } ms
results-tiles = Kerncijfers
results-no-figure = Geen cijfer
results-no-answers = Geen antwoorden
results-interval-words = { $low } tot { $high } met 95% zekerheid
results-interval-uncertain = { $low } tot { $high }: te onzeker voor een oordeel
results-hidden-why = Verborgen: van minder dan { $n } mensen, of te herleiden tot zo’n kleine groep.
results-none-why = Niemand heeft deze vraag beantwoord.
results-n-answers = { $n ->
    [one] { $written } antwoord
   *[other] { $written } antwoorden
  }
results-n-people = { $n ->
    [one] { $written } persoon
   *[other] { $written } mensen
  }
results-response = Respons
results-response-words = { $answered } van { $sent } verstuurde uitnodigingen beantwoord
results-response-note = AAPOR RR1, hele vragenlijst in deze periode
results-not-invited = Geen uitnodigingen in deze periode: geen respons te berekenen.
results-metric-nps = NPS
results-metric-csat = Tevreden klanten
results-metric-ces = Gemak (CES)
results-metric-mark = Rapportcijfer
results-metric-rating = Hoge scores
results-metric-yes = Ja
results-zone = Deel van de schaal
results-zone-all = Alle
results-zone-nps-high = promotors
results-zone-nps-mid = passief
results-zone-nps-low = criticasters
results-zone-scale-high = hoog
results-zone-scale-mid = midden
results-zone-scale-low = laag
results-word-nps-high = promotor
results-word-nps-mid = passief
results-word-nps-low = criticaster
results-word-scale-high = hoog
results-word-scale-mid = midden
results-word-scale-low = laag
results-how = Hoe is dit berekend?
results-how-method = Lees meer
results-how-counts = Wat erin ging
results-how-selection = Welke antwoorden: { $selection }, alleen volledige inzendingen.
results-words-nps = Het deel dat ons zeker aanraadt (9 of 10) min het deel dat dat niet doet (0 tot en met 6).
results-words-top = Het deel dat een van de beste scores gaf.
results-words-mean = Alle scores opgeteld, gedeeld door het aantal antwoorden.
results-words-response = Het deel van de verstuurde uitnodigingen dat is beantwoord. Wie niet reageerde telt dus mee.
results-words-trend = Elk punt is hetzelfde cijfer, berekend over de antwoorden van die stap. De band is het interval van 95%. Hoeveel mensen er per stap zijn, staat in de tabel.
results-words-choice = Hoe vaak een antwoord is gekozen, gedeeld door alle antwoorden op deze vraag. Mocht je meer dan één antwoord kiezen, dan komen de aandelen samen boven de 100% uit.
results-words-distribution = Het aantal antwoorden met een score, gedeeld door alle antwoorden op deze vraag.
results-words-ladder = Elke rij is hetzelfde cijfer voor één groep. Elke groep wordt vergeleken met alle anderen samen, en bij hoogstens twaalf groepen ook met elke andere groep: dat geven de letters weer. Alle vergelijkingen op dit scherm zijn samen gecorrigeerd (Benjamini-Hochberg).
results-symbols-score = aandeel = 100 × antwoorden met deze score ÷ alle antwoorden
results-symbols-choice = aandeel = 100 × k ÷ n, met k keer gekozen onder n antwoorden
results-formula-share = 100 × { $part } ÷ { $whole } = { $share }
results-scores-added = Scores opgeteld
results-share-between = { $low }–{ $high }%
results-list-how = Elk cijfer gaat over de eerste vraag met een schaal: de NPS, het aandeel hoge scores of het gemiddelde. Hoog en laag zijn bij de NPS de promotors en de criticasters.
results-list-margin = Het getal achter ± is de halve breedte van het 95%-interval.
results-symbols-nps = NPS = 100 × (p − c) ÷ n
results-symbols-top = aandeel = 100 × h ÷ n
results-symbols-mean = gemiddelde = Σ x ÷ n
results-method-tango = Interval: { $low } tot { $high }, met 95% zekerheid (score-interval van Tango).
results-method-wilson = Interval: { $low } tot { $high }, met 95% zekerheid (score-interval van Wilson).
results-method-t = Interval: { $low } tot { $high }, met 95% zekerheid (Student-t).
results-formula-nps = 100 × ({ $high } promotors − { $low } criticasters) ÷ { $n } antwoorden = { $value }
results-formula-top = 100 × { $high } hoge scores ÷ { $n } antwoorden = { $value }
results-formula-mean = scores opgeteld { $sum } ÷ { $n } antwoorden = { $value }
results-versions-counted = Versie { $list }.
results-versions-left-out = Niet meegeteld: versie { $list }, met een andere schaal.
results-versions-reworded = Andere woorden in versie { $list }.
results-note-left-out = In versie { $list } had deze vraag een andere schaal. Die antwoorden zijn niet bij elkaar te tellen en doen hier niet mee.
results-note-reworded = In versie { $list } was deze vraag anders verwoord. De antwoorden tellen mee, maar een verschil kan van de woorden komen.
results-version-marker = versie { $n }, { $day }
results-trend-title = { $metric } door de tijd
results-trend-note = Lijn: score. Band: 95%-interval. Gearceerd: te weinig mensen of te onzeker.
results-trend-words = Eerst { $first }, laatst { $last }; laagst { $low }, hoogst { $high }.
results-distribution = Verdeling
results-distribution-note = Aandeel van de antwoorden per score.
results-ladder = Per groep
results-ladder-title = { $metric } per { $by }
results-ladder-by = Groepen naar
results-ladder-note = Van hoog naar laag, met 95%-interval. Groepen van minder dan 5 mensen blijven verborgen, zo nodig samen met de kleinste groep daarnaast.
results-left-out = { $n ->
    [one] Eén kleinere groep staat er niet bij.
   *[other] { $n } kleinere groepen staan er niet bij.
  }
results-everyone = Iedereen
results-too-few-short = verborgen
results-people-hidden = aantal mensen verborgen
results-too-few-choice = Verborgen: van minder dan 5 mensen, of te herleiden tot zo’n kleine groep.
results-choices = Keuzevragen
results-option = Antwoord
results-other = Anders
results-old-option = { $code } (niet meer gevraagd)
results-comments = Wat klanten schrijven
results-comments-hidden = Verborgen: minder dan { $n } mensen delen deze selectie. Hun woorden zijn dan te herleiden tot personen.
results-only-known = Minder dan { $n } mensen delen deze selectie. Je ziet daarom alleen antwoorden van bekende klanten; wie onbekend is, blijft dat.
results-guarded-closed = Verborgen: deze selectie, of wat erbuiten valt, is van minder dan { $n } mensen. Met een som zou je kunnen uitrekenen wat zij vonden. Kies minder filters of een langere periode.
results-guarded-days = Je vroeg { $asked }; je ziet { $shown }. Peil telt hele weken, maanden of kwartalen met elk minstens { $n } mensen, zodat niemand te herleiden is.
results-no-comments = Geen opmerkingen in deze selectie.
results-all-answers = Alle antwoorden in deze selectie
results-whole-answer = Heel antwoord
results-search = Zoek in de woorden
results-search-do = Zoek
results-nameless = Klant zonder naam
results-pages = Bladeren
results-older = Ouder
results-as-table = Toon als tabel
results-score = Score
results-answers = Antwoorden
results-share = Aandeel
results-people = Mensen
results-interval = Interval
results-people-short = n
results-event = Gebeurtenis
results-sparkline = { $metric } per maand
results-period = Periode
results-period-all = Alle antwoorden
results-period-this-month = Deze maand
results-period-last-month = Vorige maand
results-period-this-quarter = Dit kwartaal
results-period-last-quarter = Vorig kwartaal
results-period-this-year = Dit jaar
results-period-12-months = Laatste twaalf maanden
results-period-do = Periode tonen
results-first-day = Vanaf
results-last-day = Tot en met
results-between = { $from } t/m { $until }
results-from = vanaf { $from }
results-until = t/m { $until }
results-quarter = { $year } K{ $n }
results-week = week van { $date }
results-bucket = Stappen in de tijd
results-bucket-week = Week
results-bucket-month = Maand
results-bucket-quarter = Kwartaal
results-filter = Filter
results-filter-do = Filter toepassen
results-chip-off = { $name } { $value }: filter weghalen
results-chip-not = { $name } niet
results-range = { $least } t/m { $most }
results-range-from = { $least } en hoger
results-range-until = { $most } en lager
results-dimension-channel = Kanaal
results-dimension-language = Taal
results-dimension-version = Versie
results-dimension-touchpoint = Contactmoment
results-dimension-account = Klantorganisatie
results-dimension-theme = Thema
results-dimension-theme-part = Deelthema
results-dimension-tone = Toon
results-channel-email = E-mail
results-channel-link = Link
results-channel-qr = QR-code
results-channel-api = API
results-channel-import = Import
results-version = Versie { $n }
results-unknown = Niet bekend
results-yes = Ja
results-no = Nee
results-automatic = Automatisch ingevuld
results-automatic-counted = telt mee
results-automatic-too = Tel ook mee wat een robot invulde
results-automatic-out = { $n ->
    [one] { $written } inzending telt niet mee: gemerkt als automatisch ingevuld.
   *[other] { $written } inzendingen tellen niet mee: gemerkt als automatisch ingevuld.
  }
results-automatic-in = { $n ->
    [one] { $written } inzending telt mee die is gemerkt als automatisch ingevuld.
   *[other] { $written } inzendingen tellen mee die zijn gemerkt als automatisch ingevuld.
  }
results-automatic-count = Tel ze mee
results-automatic-leave-out = Laat ze weg
results-automatic-list = Bekijk ze
results-numbers-between = { $low } tot { $high }
results-metric-consent = Toestemming
results-metric-place = Gemiddelde plaats
results-block-share = Deel dat een van de { $n } beste antwoorden gaf, het hoogste eerst
results-block-place = Gemiddelde plaats, de beste eerst; 1 is het hoogst
results-block-row = Onderdeel
results-numbers = Getallen en datums
results-number-median = Middelste
results-number-half = De middelste helft
results-number-mean = Gemiddelde
results-number-sd = Spreiding (standaard{"\u00AD"}afwijking)
