# Logica: alles op een rij
survey-tab-logic = Logica
logic-title = Logica
logic-lead = Wie ziet wat, en wanneer? Elke regel hieronder leidt naar de plek waar je hem verandert.
logic-no-text = Zonder tekst
logic-questions = Vragen en antwoorden
logic-questions-note = Deze vragen en antwoorden ziet niet iedereen.
logic-questions-none = Iedereen ziet elke vraag.
logic-questions-add = Voorwaarde bij een vraag
logic-option-named = Antwoord ‘{ $text }’
logic-pages = Pagina’s en sprongen
logic-pages-note = Zo loopt iemand door de pagina’s.
logic-pages-none = Iedereen loopt de pagina’s op volgorde door.
logic-pages-add = Voorwaarde, sprong of eigen volgorde bij een pagina
logic-page-named = Pagina { $n }: { $text }
logic-after-page = Na pagina { $n }
logic-jump-add = Sprong na { $page }
logic-is-random = De vragen staan voor iedereen in een eigen volgorde.
logic-endings = Slotteksten
logic-endings-note = De eerste die past komt in de plaats van het gewone bedankje.
logic-ending-add = Slottekst toevoegen
logic-quotas = Quota
logic-quotas-note = Hoeveel antwoorden van een groep je wilt. Daarna is het vol.
logic-quota-add = Quotum toevoegen
logic-values = Berekende waarden
logic-values-note = Uit antwoorden berekend, om in voorwaarden en teksten te gebruiken.
logic-value-add = Berekende waarde toevoegen
logic-pace = Tijd en voortgang
logic-pace-note = Hoe lang iemand mag pauzeren.
logic-time-out = Na { $n } minuten rust begint iemand opnieuw.
logic-time-out-none = Iemand mag zo lang pauzeren als nodig is.
logic-progress-shown = De voortgang is te zien.
logic-progress-hidden = De voortgang is niet te zien.

# Eén plek
logic-of-question = Voorwaarde van een vraag
logic-of-option = Voorwaarde van een antwoord
logic-of-page = Voorwaarde van een pagina
logic-of-jump = Sprong
logic-of-quota = Quotum
logic-of-value = Berekende waarde
logic-of-ending = Slottekst
logic-of-pace = Tijd en voortgang
logic-ask-question = Wanneer stel je deze vraag?
logic-ask-option = Wanneer bied je dit antwoord aan?
logic-ask-page = Wanneer laat je deze pagina zien?
logic-ask-jump = Waar gaat iemand heen na deze pagina?
logic-ask-quota = Hoeveel antwoorden wil je, en van wie?
logic-ask-value = Wat bereken je uit de antwoorden?
logic-ask-ending = Wie leest deze slottekst?
logic-ask-pace = Hoe lang mag iemand pauzeren?
logic-back = Alle logica
logic-back-editor = Terug naar de vraag
logic-cancel = Niet opslaan
logic-remove = Weghalen
logic-raise = Eerder bekijken
notice-logic-gone = Een collega heeft dit intussen weggehaald. Er is niets bewaard.
notice-logic-saved = Opgeslagen in het concept.

# Regels van een voorwaarde
logic-joined = Wanneer klopt het?
logic-joined-all = Als alle voorwaarden kloppen
logic-joined-any = Als minstens één voorwaarde klopt
logic-group = Voorwaarde { $n }
logic-and = en
logic-or = of
logic-or-else = Of iets anders
logic-and-also = En ook iets anders
logic-new = Nog een voorwaarde
logic-new-first = Waar hangt het van af?
logic-add = Toevoegen
logic-drop = Weghalen
logic-choose = Kies
logic-other = anders, namelijk
logic-how-of = Hoe je vergelijkt: { $name }
logic-value-of = Waarmee je vergelijkt: { $name }
logic-nothing-before = Er komt nog niets vóór deze plek waar je naar kunt kijken. Zet er eerst een vraag voor.
logic-group-answers = Antwoorden
logic-group-values = Berekende waarden
logic-group-attributes = Kenmerken van de klant
logic-count-named = Aantal keuzes bij { $name }
logic-how-is = is
logic-how-is-not = is niet
logic-how-at-most = is hoogstens
logic-how-at-least = is minstens
logic-how-less = is lager dan
logic-how-more = is hoger dan
logic-how-day-at-most = is op of voor
logic-how-day-at-least = is op of na
logic-how-day-less = is voor
logic-how-day-more = is na
logic-how-contains = bevat
logic-how-lacks = bevat niet
logic-how-known = is ingevuld
logic-how-unknown = is niet ingevuld
logic-how-yes = is ja
logic-how-no = is nee
logic-how-fails = is geen ja

# Als formule
logic-as-text = Als formule schrijven
logic-as-rows = Als regels laten zien
logic-formula = Formule
logic-formula-help = Bijvoorbeeld: nps <= 6 and contact.segment = "zakelijk". Je kunt ook rekenen: average(prijs, service) < 3.
logic-only-text = Deze formule past niet in regels. Hij blijft staan zoals je hem schreef.
logic-names = Namen die je kunt gebruiken

# In één zin
logic-the-nps = de NPS
logic-the-mark = het rapportcijfer
logic-the-answer = het antwoord op ‘{ $text }’
logic-the-count = het aantal keuzes bij ‘{ $text }’
logic-the-value = de waarde ‘{ $name }’
logic-the-attribute = ‘{ $name }’ van de klant
logic-quoted = ‘{ $text }’
logic-yes = ja
logic-no = nee
logic-say-is = { $subject } { $value } is
logic-say-is-not = { $subject } niet { $value } is
logic-say-at-most = { $subject } { $value } of lager is
logic-say-at-least = { $subject } { $value } of hoger is
logic-say-less = { $subject } lager dan { $value } is
logic-say-more = { $subject } hoger dan { $value } is
logic-say-day-at-most = { $subject } op of voor { $value } is
logic-say-day-at-least = { $subject } op of na { $value } is
logic-say-day-less = { $subject } voor { $value } is
logic-say-day-more = { $subject } na { $value } is
logic-say-contains = { $subject } { $value } bevat
logic-say-lacks = { $subject } { $value } niet bevat
logic-say-known = { $subject } is ingevuld
logic-say-unknown = { $subject } niet is ingevuld
logic-say-yes = { $subject } ja is
logic-say-no = { $subject } nee is
logic-say-not-yes = { $subject } geen ja is
logic-say-formula = deze formule klopt: { $formula }
logic-says-nothing-yet = Er is nog geen voorwaarde. Voeg er een toe.
logic-says-unfinished = De voorwaarde is nog niet af.
logic-show-question = Alleen vragen als { $condition }.
logic-show-option = Alleen aanbieden als { $condition }.
logic-show-page = Alleen tonen als { $condition }.
logic-go = Ga naar { $to } als { $condition }.
logic-counts = Vol na { $n } antwoorden waarbij { $condition }.
logic-ends = Tonen als { $condition }.
logic-always-question = Iedereen krijgt deze vraag.
logic-always-option = Iedereen krijgt dit antwoord aangeboden.
logic-always-page = Iedereen krijgt deze pagina.
logic-always-quota = Elk antwoord telt mee.
logic-the-end = het einde

# Andere velden
logic-to = Ga naar
logic-name = Naam
logic-name-help = Kort, voor jezelf. De naam blijft daarna hetzelfde.
logic-most = Vol na zoveel antwoorden
logic-quota-text = Wat iemand leest als het vol is
logic-quota-text-help = Laat je dit leeg, dan staat er dat de vragenlijst gesloten is.
logic-ending-text = Slottekst
logic-no-gating = Vraag je om een review? Zet dat dan in het gewone bedankje, voor iedereen. Alleen tevreden klanten om een review vragen is misleidend en mag niet.
logic-function = Hoe bereken je de waarde?
logic-function-average = Gemiddelde
logic-function-sum = Som
logic-function-min = Laagste
logic-function-max = Hoogste
logic-function-count = Aantal ingevuld
logic-function-own = Met een eigen formule
logic-parts = Van welke antwoorden?
logic-value = Eigen formule
logic-value-help = Bijvoorbeeld: if(nps <= 6, "laag", "hoog") of prijs + 2 * service.
logic-minutes = Minuten rust
logic-minutes-help = Wie langer niets stuurt, begint opnieuw. Leeg: geen grens.
logic-shows-progress = Laat zien hoe ver iemand is
logic-random = Zet de vragen voor iedereen in een eigen volgorde
logic-blanks = Invullen in de tekst
logic-blanks-help = Zet dit in een tekst. Achter de streep staat wat iemand leest als er niets bekend is.
logic-blank-name = Naam van de klant
logic-blank-organisation = Naam van je organisatie
logic-blank-fallback = anders dit

# Wat er mis is
logic-problem-subject = Kies waar de voorwaarde over gaat.
logic-problem-how = Kies hoe je vergelijkt.
logic-problem-value = Kies of typ waarmee je vergelijkt.
logic-problem-number = Typ een getal.
logic-problem-day = Kies een datum.
logic-problem-no-condition = Voeg een voorwaarde toe.
logic-problem-to = Kies waar de sprong heen gaat.
logic-problem-most = Typ een heel getal van 1 of hoger.
logic-problem-minutes = Typ een heel aantal minuten van 1 tot 10080, of niets.
logic-problem-name = Geef een naam.
logic-problem-name-taken = Deze naam is al in gebruik. Kies een andere.
logic-problem-parts = Kies minstens één antwoord.
logic-fault-at = Bij teken { $place }: { $what }
logic-fault-at-words = Bij ‘{ $there }’ (teken { $place }): { $what }
logic-fault-nothing = er staat nog niets.
logic-fault-too-long = de formule is te lang.
logic-fault-too-deep = er staan te veel haakjes in elkaar.
logic-fault-sign = dit teken betekent hier niets.
logic-fault-open-text = het aanhalingsteken aan het eind ontbreekt.
logic-fault-number = dit is geen getal.
logic-fault-date = deze datum bestaat niet. Schrijf hem als 2026-01-31.
logic-fault-name = dit is geen naam. Namen hebben kleine letters, cijfers en _.
logic-fault-function = deze functie bestaat niet. Er is count, sum, min, max, average, length en if.
logic-fault-value-missing = hier ontbreekt een naam of waarde.
logic-fault-bracket-missing = hier ontbreekt een haakje sluiten.
logic-fault-surplus = dit hoort er niet meer bij. Ontbreekt er ‘and’ of ‘or’?

# Meedenker: wat er beter kan, en wat opzij is gezet
survey-tab-findings = Meedenker
findings-title = Meedenker
findings-open = { $n ->
    [0] Geen opmerkingen
    [one] 1 opmerking van de meedenker
   *[other] { $n } opmerkingen van de meedenker
  }
findings-note = Neem een voorstel over, of zeg waarom het hier niet geldt.
findings-none = De meedenker heeft niets aan te merken.
findings-hint = om over na te denken
findings-warning = kan beter
findings-error = stuurt de antwoorden
findings-rewrite = Voorstel:
findings-take = Overnemen
findings-dismiss = Geldt hier niet
findings-dismiss-do = Opzijzetten
findings-reason = Waarom geldt dit hier niet?
findings-dismissed = { $n ->
    [one] 1 opmerking opzijgezet
   *[other] { $n } opmerkingen opzijgezet
  }
findings-dismissed-note = Deze opmerkingen komen terug als de tekst verandert. De reden blijft bij de versie.
findings-by = { $who }, { $day }
findings-program = Een programma
findings-restore = Terughalen
findings-gone = Deze opmerking is er niet meer. Kijk hieronder wat er nu staat.
problem-finding-gone = Deze opmerking is er niet meer: de tekst is veranderd.
notice-finding-taken = Het voorstel staat in het concept.
notice-finding-dismissed = De opmerking is opzijgezet.
notice-finding-restored = De opmerking staat er weer bij.


# In de ontwerper
logic-panel = Logica en regels
logic-panel-condition = Voorwaarde aanpassen
logic-panel-page = Voorwaarde en volgorde
logic-panel-jump = Sprong na deze pagina
