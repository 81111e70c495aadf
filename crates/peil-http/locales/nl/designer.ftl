# Ontwerper: opbouw, kiezen en voorbeeld
survey-panes = Wat wil je zien?
survey-pane-outline = Opbouw
survey-pane-edit = Bewerken
survey-question-number = Vraag { $n }
survey-steps = Vorige en volgende vraag
survey-add-behind = Vraag hierna toevoegen
survey-findings-count = { $n ->
    [one] 1 opmerking van de meedenker
   *[other] { $n } opmerkingen van de meedenker
  }
survey-whole-empty = Hier komt je vragenlijst
survey-whole-empty-text = Kies wat je wilt vragen. Bekende vragen, zoals NPS en CSAT, krijgen meteen de gebruikelijke tekst.
survey-whole-fine = Alles is ingevuld en de meedenker heeft geen opmerkingen bij de vragen.
survey-whole-words = ‘{ $words }’: { $why }
survey-whole-remarks = Over het geheel
survey-unfinished-title = Nog niet af
survey-findings-title = Kan beter
survey-palette-title = Wat wil je vragen?
survey-palette-place = De vraag komt op pagina { $n }.
survey-palette-score = Laten beoordelen
survey-palette-choose = Laten kiezen
survey-palette-write = Laten invullen
survey-palette-other = Zonder vraag

# Terugdraaien en samen werken
survey-undo-what = Ongedaan maken: { $what }
survey-redo = Opnieuw doen
survey-redo-what = Opnieuw doen: { $what }
survey-turned-undone = Ongedaan gemaakt: { $what }.
survey-turned-undone-rest = Ongedaan gemaakt: { $what }. Wat een collega daarna veranderde, is blijven staan.
survey-turned-redone = Opnieuw gedaan: { $what }.
survey-turned-redone-rest = Opnieuw gedaan: { $what }. Wat een collega daarna veranderde, is blijven staan.
survey-deed-replaced = de hele vragenlijst vervangen
survey-deed-wrote = titel, inleiding of bedankje veranderd
survey-deed-languages = talen gekozen
survey-deed-heading = kop van een pagina veranderd
survey-deed-added = vraag toegevoegd
survey-deed-changed = vraag veranderd: { $question }
survey-deed-moved = vraag verplaatst: { $question }
survey-deed-copied = vraag gekopieerd: { $question }
survey-deed-removed = vraag verwijderd
survey-deed-pages = pagina’s ingedeeld
survey-deed-logic = voorwaarden veranderd
survey-deed-undid = iets ongedaan gemaakt
survey-deed-redid = iets opnieuw gedaan
survey-meanwhile = Intussen veranderde een collega ook iets. Beide wijzigingen staan erin.
survey-meanwhile-one = { $name }: { $what }
survey-clash-choose = Jullie veranderden hetzelfde. Kies hieronder per onderdeel welke tekst blijft en sla op. Er is nog niets verloren.
survey-clash-legend = Welke tekst blijft?
survey-clash-mine = Die van jou, zoals hieronder getypt
survey-clash-theirs = Die van je collega
survey-clash-setting = Een instelling van de vraag
survey-clash-nothing = niets
survey-clash-yes = aan
survey-clash-no = uit

# Zelf opslaan
survey-save-busy = Bezig met opslaan
survey-save-failed = Niet opgeslagen. Wat je typte blijft staan.
survey-save-signed-out = Je bent uitgelogd. Log in een ander tabblad in en probeer het hier opnieuw. Wat je typte blijft staan.
survey-save-again = Probeer opnieuw
survey-kept-title = Hier staat nog tekst die niet is opgeslagen
survey-kept-text = Toen de verbinding wegviel of je werd uitgelogd, bewaarde deze browser wat je had getypt.
survey-kept-do = Zet terug
survey-kept-drop = Gooi weg
survey-kept-back = Je tekst staat er weer. Sla hem op.

# Schuiven met vragen en pagina's
survey-moved = De vraag staat nu op plek { $n } van { $total }, op pagina { $page }.
survey-move-keys = Met Alt en pijl omhoog of omlaag verplaats je een vraag. Slepen kan ook.
survey-to-page = Naar een andere pagina
survey-to-page-do = Verplaatsen
survey-page-add = Pagina toevoegen
survey-page-add-behind = Pagina hierna
survey-page-up = Eerder
survey-page-down = Later
survey-page-remove = Pagina verwijderen
survey-page-empty = Op deze pagina staat nog geen vraag.

# Instellingen per soort
survey-kind-matrix-help = Meer onderdelen op dezelfde schaal laten beoordelen, zoals zes kenmerken van je winkel.
survey-kind-slider-help = Een waarde op een lijn aanwijzen. Gebruik liever een schaal als weinig stappen genoeg zijn.
survey-kind-ranking-help = Weten wat het belangrijkst is: drie tot zes dingen op volgorde laten zetten.
survey-kind-number-help = Een aantal of bedrag, zoals hoeveel bezoeken.
survey-kind-date-help = Een dag, zoals wanneer de levering kwam.
survey-kind-contact-help = Naam en e-mailadres van wie gebeld of gemaild wil worden.
survey-kind-consent-help = Een vinkje om toestemming te geven.
survey-rows = Regels
survey-row-label = Regel, { $language }
survey-row-add = Regel toevoegen
survey-row-up = Regel { $n } omhoog
survey-row-down = Regel { $n } omlaag
survey-row-remove = Regel { $n } verwijderen
survey-points = Punten van de schaal
survey-point-label = Woorden bij dit punt, { $language }
survey-point-add = Punt toevoegen
survey-point-remove = Punt { $n } verwijderen
survey-direction = Wat is goed nieuws?
survey-direction-higher = Het laatste punt
survey-direction-lower = Het eerste punt
survey-random-rows = Regels bij iedereen in een andere volgorde
survey-random-options = Antwoorden bij iedereen in een andere volgorde
survey-not-applicable = “Niet van toepassing” aanbieden
survey-from = Van
survey-to = Tot en met
survey-step = In stappen van
survey-least = Kleinste getal
survey-most = Grootste getal
survey-decimals = Cijfers achter de komma
survey-earliest = Eerste dag
survey-latest = Laatste dag
survey-contact-fields = Wat vraag je?
survey-contact-name = Naam
survey-contact-email = E-mailadres
survey-contact-phone = Telefoonnummer
survey-contact-organisation = Organisatie
survey-contact-remark = Opmerking
survey-problem-whole-number = Vul een heel getal in.
survey-problem-above = Vul een heel getal in dat hoger is dan het begin.
survey-problem-step = Vul een stap in die op de schuif past.
survey-problem-decimals = Kies 0 tot en met 4.
survey-problem-date = Vul een datum in.
survey-rewrite = Gebruik deze tekst
survey-rewrite-two = Maak er twee vragen van

survey-try = Proberen
survey-try-whole = Vragenlijst uitproberen
survey-try-help = Uitproberen gaat door alle pagina’s, met voorwaarden en bedankje, als de klant Sam Voorbeeld. Er wordt niets bewaard en niets telt mee in cijfers.
