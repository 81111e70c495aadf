# Lijst
survey-list-title = Vragenlijsten
survey-list-question = Wat vraag je je klanten?
survey-list-lead = Elke vragenlijst met de versie die nu wordt beantwoord.
survey-list-live = Live
survey-list-draft = Concepten
survey-list-closed = Gesloten
survey-count = { $n ->
    [one] één vragenlijst
   *[other] { $n } vragenlijsten
  }
survey-column-name = Vragenlijst
survey-column-version = Versie
survey-column-responses = Antwoorden
survey-column-changed = Veranderd
survey-no-version = nog niet gepubliceerd
survey-version = versie { $n }
survey-has-changes = wijzigingen nog niet gepubliceerd
survey-to-results = Naar de resultaten, antwoorden:
survey-empty-title = Hier komen je vragenlijsten
survey-empty-text = Begin met een voorbeeld. Je past de vragen aan, bekijkt hoe ze er op een telefoon uitzien en zet de vragenlijst live als hij klaar is.
survey-empty-do = Kies een voorbeeld
survey-new = Nieuwe vragenlijst
survey-questions-count = { $n ->
    [0] nog geen vragen
    [one] één vraag
   *[other] { $n } vragen
  }
survey-minutes = { $n ->
    [one] 1 minuut
   *[other] { $n } minuten
  }

# Voorbeelden
survey-new-title = Nieuwe vragenlijst
survey-new-question = Wat wil je weten?
survey-new-lead = Kies een voorbeeld. Je kunt elke vraag daarna nog veranderen.
survey-start-title = Hoe komen de eerste antwoorden binnen?
survey-start-lead = ‘{ $name }’ staat klaar als concept. Kies hoe je begint; de andere manieren kunnen later ook.
survey-start-link = Deel een link
survey-start-link-text = Kijk de vragenlijst na en zet hem live. Daarna krijg je een link en een QR-code om te delen.
survey-start-file = Lees antwoorden in
survey-start-file-text = Heb je antwoorden van een eerder onderzoek? Met een CSV- of Excel-bestand zie je meteen cijfers.
survey-start-demo = Kijk eerst rond
survey-start-demo-text = Dit commando start een voorbeeldorganisatie met een jaar aan antwoorden, los van je eigen gegevens.
survey-start-change = Eerst de vragen aanpassen
survey-first-skip = Overslaan en eerst rondkijken
survey-name = Naam van de vragenlijst
survey-name-help = Alleen jij en je collega’s zien deze naam.
survey-create = Vragenlijst maken
survey-other-template = Ander voorbeeld kiezen
survey-inside = Wat erin staat
survey-fact-size = Omvang
survey-fact-purpose = Soort
survey-fact-languages = Talen
survey-fact-link = Link
notice-survey-created = De vragenlijst is gemaakt. Kijk de vragen na en zet hem daarna live.

# Kop van één vragenlijst
survey-crumbs = Kruimelpad
survey-tabs = Pagina’s van deze vragenlijst
survey-tab-editor = Vragen
survey-tab-settings = Instellingen
survey-tab-versions = Versies
survey-tab-share = Delen
survey-state-draft = concept
survey-state-live = live
survey-state-closed = gesloten
survey-results-link = { $n ->
    [one] 1 antwoord bekijken
   *[other] { $count } antwoorden bekijken
  }
survey-publish-first = Live zetten
survey-publish-version = Versie { $n } live zetten
survey-publish-check = Nakijken en live zetten

# Bewerken
survey-read-only = Je kunt deze vragenlijst bekijken, maar niet veranderen.
survey-texts = Titel, inleiding en bedankje
survey-languages = Talen
survey-text-title = Titel
survey-text-intro = Inleiding
survey-text-thanks = Bedankje
survey-text-thanks-low = Extra tekst bij een laag cijfer
survey-text-thanks-low-help = Staat onder het bedankje als iemand ontevreden is.
survey-languages-which = In welke talen bestaat de vragenlijst?
survey-languages-first = Eerste taal
survey-languages-first-help = Wie geen van de talen leest, krijgt deze.
survey-page = Pagina { $n }
survey-page-heading = Kop
survey-page-heading-help = Staat boven de vragen van deze pagina. Mag leeg blijven.
survey-join-page = Bij pagina { $n } voegen
survey-no-text = Nog geen tekst
survey-unfinished = nog niet af
survey-add = Vraag toevoegen
survey-add-on-page = op pagina { $n }
survey-question-up = Vraag { $n } omhoog
survey-question-down = Vraag { $n } omlaag
survey-question-copy = Vraag { $n } kopiëren
survey-question-remove = Vraag { $n } verwijderen
survey-question-removed = De vraag is verwijderd. Antwoorden die al gegeven zijn, blijven bewaard.
survey-undo = Ongedaan maken
survey-text = Vraag
survey-help = Uitleg onder de vraag
survey-look = Vorm
survey-look-smileys = Gezichten
survey-look-stars = Sterren
survey-look-words = Alleen woorden
survey-ces-version = Welke vorm?
survey-ces-v2 = CES 2.0: een stelling, 1 (helemaal oneens) tot 7 (helemaal eens). Hoog is goed.
survey-ces-v1 = CES 1.0: een vraag naar moeite, 1 (heel weinig) tot 5 (heel veel). Laag is goed.
survey-scale-min = Van
survey-scale-min-help = 0 of 1
survey-scale-max = Tot en met
survey-scale-max-help = ten hoogste 11 punten
survey-scale-top = Tevreden is
survey-scale-top-help = de hoogste … punten
survey-low-label = Woorden bij het laagste punt
survey-high-label = Woorden bij het hoogste punt
survey-options = Antwoorden
survey-option-label = Antwoord { $n }, { $language }
survey-option-add = Antwoord toevoegen
survey-option-up = Antwoord { $n } omhoog
survey-option-down = Antwoord { $n } omlaag
survey-option-remove = Antwoord { $n } verwijderen
survey-choosing = Hoeveel mag men er kiezen?
survey-choose-one = Eén antwoord
survey-choose-more = Meer antwoorden
survey-has-other = Ook “Anders, namelijk …” aanbieden
survey-text-room = Ruimte voor het antwoord
survey-text-long = Een paar zinnen
survey-text-short = Eén regel
survey-required = Deze vraag moet beantwoord worden
survey-required-short = verplicht
survey-save = Opslaan
survey-break = Nieuwe pagina vanaf hier
survey-key = Naam in bestanden en koppelingen:
survey-saved-short = Opgeslagen.
survey-options-count = { $n ->
    [one] één antwoord
   *[other] { $n } antwoorden
  }
survey-scale = { $min } tot { $max }
survey-preview = Voorbeeld
survey-preview-device = Scherm
survey-preview-phone = Telefoon
survey-preview-desktop = Computer
survey-preview-language = Taal van het voorbeeld

# Soorten vragen
survey-kind-nps = NPS
survey-kind-nps-help = Zou je ons aanbevelen? 0 tot 10.
survey-kind-csat = Tevredenheid (CSAT)
survey-kind-csat-help = Van zeer ontevreden tot zeer tevreden, 5 punten.
survey-kind-ces = Moeite (CES 2.0)
survey-kind-ces-help = Was het makkelijk? 7 punten van oneens tot eens.
survey-kind-ces-v1 = Moeite (CES 1.0)
survey-kind-mark = Rapportcijfer
survey-kind-mark-help = 1 tot 10.
survey-kind-rating = Eigen schaal
survey-kind-rating-help = Zelf de punten en de woorden kiezen.
survey-kind-choice = Eén antwoord
survey-kind-choice-help = Kiezen uit een lijst.
survey-kind-choices = Meer antwoorden
survey-kind-choices-help = Aankruisen wat van toepassing is.
survey-kind-yes-no = Ja of nee
survey-kind-yes-no-help = Voor een feit, zoals: is je vraag opgelost?
survey-kind-text = Open vraag
survey-kind-text-help = Een antwoord in eigen woorden.
survey-kind-line = Korte tekst
survey-kind-line-help = Een naam, plaats of nummer.
survey-kind-statement = Tekst zonder vraag
survey-kind-statement-help = Uitleg tussen de vragen.

# Iemand anders was eerder
survey-conflict-title = Iemand anders heeft deze vragenlijst intussen veranderd
survey-conflict-kept = Je wijziging is nog niet opgeslagen. Wat je typte staat hieronder nog. Kijk of het klopt met wat er nu staat en sla opnieuw op.
survey-conflict-lost = De vraag waar je aan werkte is weggehaald. Dit had je getypt:
survey-conflict-publish = Er is nog niets gepubliceerd. Kijk hieronder wat er nu verandert en zet hem dan live.
survey-conflict-settings = Iemand anders heeft deze vragenlijst intussen veranderd. Je wijziging is nog niet opgeslagen. Kijk of alles klopt en sla opnieuw op.

# Instellingen
survey-slug = Naam in de link
survey-slug-help = Verander je dit, dan werken links en QR-codes die je al deelde niet meer.
survey-purpose = Wat meet je?
survey-purpose-relational = De relatie
survey-purpose-relational-help = Wat klanten alles bij elkaar van je vinden. Vraag het één of twee keer per jaar.
survey-purpose-transactional = Een contactmoment
survey-purpose-transactional-help = Hoe één gebeurtenis verliep, zoals een levering of een gesprek.
survey-touchpoint = Contactmoment
survey-touchpoint-help = Antwoorden tellen mee bij dit moment in de klantreis.
survey-touchpoint-none = Geen
survey-who = Wie kan antwoorden?
survey-public-link = Iedereen met de link kan antwoorden
survey-repeats = Via de link mag iemand vaker antwoorden, bijvoorbeeld op een gedeelde tablet
survey-life = Sluiten of verwijderen
survey-close = Vragenlijst sluiten
survey-close-text = Na het sluiten kan niemand meer antwoorden. Links laten een vriendelijke pagina zien. Cijfers en antwoorden blijven.
survey-reopen = Vragenlijst heropenen
survey-reopen-text = De vragenlijst is gesloten. Na het heropenen werken de links weer.
survey-remove = Verwijderen
survey-remove-text = De vragenlijst verdwijnt voor iedereen, met al zijn versies. Dit kan niet ongedaan worden gemaakt.
survey-remove-sure = Ja, verwijder de vragenlijst
survey-cannot-remove = Deze vragenlijst heeft antwoorden. Je kunt hem sluiten, niet verwijderen.
notice-survey-saved = De instellingen zijn opgeslagen.
notice-survey-closed = De vragenlijst is gesloten.
notice-survey-reopened = De vragenlijst is weer open.
notice-survey-removed = De vragenlijst is verwijderd.

# Publiceren en versies
survey-publish-title = Nakijken en live zetten
survey-todo = { $n ->
    [one] Nog één ding voordat hij live kan
   *[other] Nog { $n } dingen voordat hij live kan
  }
survey-whole = De hele vragenlijst
survey-question-named = Vraag { $n }: { $text }
survey-nothing-to-publish = Alles staat al live. Er is niets om te publiceren.
survey-ready = Klaar om live te gaan
survey-check-texts = Elke tekst is er in elke taal.
survey-check-scales = Elke vraag heeft antwoorden om uit te kiezen of ruimte om te schrijven.
survey-check-safe = Wie al bezig is, maakt de oude versie af.
survey-what-changes = Wat er verandert
survey-keep-editing = Verder bewerken
notice-survey-published = De vragenlijst staat live. Deel nu de link of de QR-code.
survey-versions-lead = Wat klanten beantwoorden verandert nooit onder hun handen: elke wijziging wordt een nieuwe versie. Hier zie je wat er veranderde en of cijfers vergelijkbaar blijven.
survey-versions-empty-title = Hier komen de versies
survey-versions-empty-text = De eerste versie ontstaat als je de vragenlijst live zet.
survey-draft-of = Concept van versie { $n }
survey-answered-now = wordt nu beantwoord
survey-first-version = De eerste versie.
survey-only-other-texts = Alleen titels, uitleg of inleiding zijn veranderd.
survey-stays-comparable = Alle cijfers blijven vergelijkbaar met de vorige versie.
survey-change-added = Nieuwe vraag:
survey-change-removed = Weggehaald:
survey-change-reworded = Andere woorden:
survey-change-rescaled = Andere schaal:
survey-change-redressed = Andere vorm of andere woorden bij de schaal:
survey-change-options = Andere antwoorden om uit te kiezen:
survey-change-moved = Op een andere plek:
survey-change-required = Wel of niet verplicht:
survey-warning-removed = Het cijfer van deze vraag houdt hier op.
survey-warning-reworded = Het cijfer kan hierdoor verschuiven. Vergelijk met de vorige versie met voorbehoud.
survey-warning-rescaled = Cijfers van voor en na mogen niet bij elkaar worden opgeteld.
survey-warning-options = De verdeling is niet meer zonder meer vergelijkbaar.

# Delen
survey-share-not-live = Deze vragenlijst staat niet live. Wie de link opent, ziet een vriendelijke pagina.
survey-share-no-link = De open link staat uit. Alleen wie is uitgenodigd kan antwoorden.
survey-share-link = Open link
survey-share-link-text = Iedereen met deze link kan antwoorden. Zet hem op je website, in een nieuwsbrief of onder je mail.
survey-share-repeats = Eén bezoeker mag vaker antwoorden.
survey-copy = Kopiëren
survey-copied = Gekopieerd
survey-share-look = Bekijken zoals een klant
survey-share-language-title = Taal
survey-share-language-text = De klant krijgt de taal van zijn browser. Zet ?lang=en achter de link om Engels af te dwingen.
survey-qr = QR-code
survey-qr-alt = QR-code die leidt naar { $link }
survey-qr-svg = SVG, voor drukwerk
survey-qr-png = PNG
survey-qr-print = Druk de code ten minste 2 bij 2 cm af, donker op licht, met de witte rand eromheen. Test hem met je eigen telefoon.
survey-qr-channel = Antwoorden via deze code herken je in de cijfers aan het kanaal QR.
survey-further = Verder
survey-further-mail = Per e-mail vragen
survey-further-mail-text = Stuur klanten een persoonlijke uitnodiging en zie wie heeft geantwoord.
survey-further-results = Cijfers bekijken
survey-further-results-text = Zodra er vijf antwoorden zijn, zie je hier de eerste cijfers.

# Wat er mis is
problem-bad-character = Hier staat een teken in dat niet kan worden getoond.
problem-survey-too-much = { $n ->
    [one] Eén ding in deze vragenlijst kan niet worden opgeslagen.
   *[other] { $n } dingen in deze vragenlijst kunnen niet worden opgeslagen.
  }
problem-nothing-to-undo = Er is niets om ongedaan te maken.
problem-has-waves = Voor deze vragenlijst zijn uitvragen gemaakt. Je kunt hem sluiten, niet verwijderen.
problem-if-match-missing = Stuur If-Match mee met de ETag die je het laatst hebt gelezen.
survey-problem-no-language = Kies ten minste één taal.
survey-problem-language-twice = Een taal staat er twee keer in.
survey-problem-no-question = Er staat nog geen vraag in.
survey-problem-too-many-questions = Een vragenlijst heeft ten hoogste { $n } vragen.
survey-problem-empty-page = Op deze pagina staat niets. Zet er een vraag op of haal de pagina weg.
survey-problem-too-many-pages = Een vragenlijst heeft ten hoogste { $n } pagina’s.
survey-problem-text-missing = Een titel, inleiding of bedankje mist de tekst in het { $language }.
survey-problem-question-text-missing = De tekst of uitleg ontbreekt in het { $language }.
survey-problem-option-text-missing = Antwoord { $number } heeft geen tekst in het { $language }.
survey-problem-text-too-long = Een tekst is langer dan { $n } tekens.
survey-problem-key-twice = De naam { $key } wordt door twee vragen gebruikt.
survey-problem-option-twice = De code { $code } wordt door twee antwoorden gebruikt.
survey-problem-option-count = Geef 2 tot 100 antwoorden om uit te kiezen.
survey-problem-scale = De schaal begint bij 0 of 1, heeft 2 tot 11 punten, en niet alle punten tellen als tevreden.
survey-problem-scale-min = De schaal begint bij 0 of 1.
survey-problem-scale-max = Kies een hoogste punt dat 1 tot 10 boven het laagste ligt.
survey-problem-scale-top = Kies hoeveel van de hoogste punten tevreden betekenen, minder dan alle.
survey-kind-matrix = Stellingen op één schaal
survey-kind-ranking = Op volgorde zetten
survey-kind-slider = Schuif
survey-kind-number = Getal
survey-kind-date = Datum
survey-kind-contact = Contactgegevens
survey-kind-consent = Toestemming
survey-rows-count = { $n ->
    [one] 1 regel
   *[other] { $n } regels
}
survey-conditional-short = met voorwaarde
survey-change-asked = Aan anderen gevraagd
survey-warning-asked = Het cijfer van voor en na gaat over andere mensen.
survey-page-named = Pagina { $n }
survey-problem-too-many-parts = Er zijn ten hoogste { $n } berekeningen, quota, slotteksten en sprongen per pagina.
survey-problem-row-count = Geef 2 tot 50 regels, en bij een schaal met woorden 2 tot 11 woorden.
survey-problem-range = Zo kan niemand deze vraag beantwoorden: het laagste ligt boven het hoogste, of er wordt niets gevraagd.
survey-problem-pattern = Het patroon voor het antwoord is niet te lezen.
survey-problem-later-question = De voorwaarde of tekst gebruikt { $name }, die pas later wordt gevraagd.
survey-problem-cycle = De berekening { $name } heeft zichzelf nodig.
survey-problem-unknown-blank = Niets heet { $name }; er valt in de tekst niets in te vullen.
survey-problem-unreachable = Hier komt nooit iemand: de voorwaarde kan niet waar zijn.
survey-problem-jump-back = De sprong naar { $name } gaat terug. Een sprong gaat vooruit.
survey-problem-jump-nowhere = Geen pagina heet { $name }.
survey-problem-unknown-name = In de voorwaarde of berekening staat { $name }, maar niets heet zo.
survey-problem-no-match = Dit past niet bij elkaar: { $part }.
survey-problem-unknown-option = De vraag { $name } heeft geen antwoord { $code }.
survey-problem-off-scale = De vraag { $name } gaat van { $min } tot en met { $max }.
survey-problem-no-condition = De voorwaarde is niet waar of onwaar.
survey-problem-no-value = De berekening geeft geen getal of tekst.

# Keuzehulp
survey-shelf-relation = De relatie als geheel
survey-shelf-moment = Eén contactmoment
survey-shelf-brief = Eén of twee vragen
survey-shelf-empty = Zelf beginnen
survey-measure-nps = NPS
survey-measure-csat = CSAT
survey-measure-ces = CES
survey-measure-mark = Rapportcijfer
survey-channel-page = Een eigen pagina, via e-mail, link of QR-code
survey-channel-popup = Een klein venster op je website
survey-channel-kiosk = Een scherm bij de uitgang
survey-channel-sms = Een sms met een link
survey-fact-measures = Meet
survey-fact-moment = Wanneer
survey-fact-channel = Waar
survey-advice-open = Help me kiezen
survey-advice-title = Keuzehulp
survey-advice-question = Welke meting past bij je doel?
survey-advice-lead = Twee vragen, en je weet wat je meet, wanneer, en waarmee je begint.
survey-advice-goal = Wat wil je weten?
survey-advice-reach = Hoe bereik je je klanten?
survey-advice-ask = Geef advies
survey-advice-proposal = Advies
survey-advice-none = Kies links wat je wilt weten en hoe je je klanten bereikt. Dan staat hier wat daarbij past.
survey-advice-nps = Of klanten je zouden aanbevelen zegt iets over de relatie als geheel. Vraag het niet na elk contact.
survey-advice-csat = Tevredenheid past bij één moment of één ding: mensen weten nog hoe het ging.
survey-advice-ces = Moeite hangt samen met of mensen terugkomen nadat ze iets moesten regelen. Een lage score wijst naar de stap die stroef ging.
survey-advice-mail = E-mail geeft ruimte voor een paar vragen. Reken op 10 tot 15 procent respons.
survey-advice-website = Op de website geldt: hooguit twee vragen, en alleen bij een deel van de bezoekers.
survey-advice-on-site = Bij een scherm is één tik genoeg; met een QR-code kun je meer vragen.
survey-advice-sms = In een sms past een link naar één of twee vragen. Stuur hem overdag.
survey-goal-relation = Hoe klanten naar ons kijken als geheel
survey-goal-contact = Hoe één contact of bezoek ging
survey-goal-effort = Hoe makkelijk het is om iets te regelen
survey-goal-product = Hoe bevalt wat we leveren
survey-goal-start = Hoe nieuwe klanten beginnen
survey-goal-leaving = Waarom klanten weggaan
survey-reach-mail = Per e-mail
survey-reach-website = Op de website of in de app
survey-reach-on-site = Ter plaatse, met een scherm of QR-code
survey-reach-sms = Per sms

# Vragenbank
survey-from-bank = Uit de vragenbank
survey-bank-title = Vragenbank
survey-bank-question = Welke vraag voeg je toe?
survey-bank-lead = Neutrale vragen per thema, in het Nederlands en Engels. Na het toevoegen kun je alles nog veranderen.
survey-bank-search = Zoek op een woord
survey-bank-find = Zoeken
survey-bank-found = { $n ->
    [one] één vraag
   *[other] { $n } vragen
  }
survey-bank-empty = Geen vraag met deze woorden
survey-bank-empty-text = Probeer een ander woord, of bekijk alle vragen.
survey-bank-all = Alle vragen
survey-bank-add = Toevoegen
survey-bank-used = staat al in je vragenlijst
