themes-title = Waar praten klanten over?
themes-n-answers = { $n ->
    [one] { $written } inzending
   *[other] { $written } inzendingen
}
themes-tone-any = Elke toon
themes-tone-negative = negatief
themes-tone-neutral = neutraal
themes-tone-positive = positief
themes-tone-mixed = gemengd
themes-read-as = Soort antwoord
themes-label-any = Alle antwoorden
themes-label-needs_reply = vraagt om een reactie
themes-label-urgency = dringend
themes-label-suggestion = suggestie
themes-label-praise = compliment
themes-label-effort = kostte moeite
themes-label-no_content = zegt niets
themes-masked-name = naam
themes-masked-email = e-mailadres
themes-masked-phone = telefoonnummer
themes-masked-iban = rekeningnummer
themes-masked-card = kaartnummer
themes-masked-bsn = burgerservicenummer
themes-masked-postcode = postcode
themes-masked-street = adres
themes-masked-licence_plate = kenteken
themes-masked-reference = nummer
themes-masked-other = persoonlijk
themes-reading = Peil leest de antwoorden. { $done } van { $total } inzendingen zijn bekeken; de cijfers hieronder groeien mee.
themes-answer = De meeste klachten gaan over { $theme }: { $share } van de inzendingen.
themes-answer-rising = Klachten over { $theme } nemen de laatste weken toe.
themes-answer-steady = Geen enkel thema wijkt de laatste weken duidelijk af.
themes-bubbles-title = Thema's in één beeld
themes-bubbles-note = Hoe groter de bol, hoe vaker genoemd. Rechts: meer klachten dan eerst. Onder: de score van wie het noemt trekt het geheel omlaag.
themes-legend-negative = vooral klachten
themes-legend-mixed = allebei
themes-legend-positive = vooral lof
themes-list = Alle thema's
themes-all = Naar alle thema's
themes-mentions = Genoemd
themes-mentioned = Genoemd door
themes-negative-share = Met een klacht
themes-change = Laatste weken
themes-change-unknown = te kort gemeten
themes-change-same = geen duidelijk verschil ({ $points })
themes-change-worse = meer klachten ({ $points } procentpunt)
themes-change-better = minder klachten ({ $points } procentpunt)
themes-impact = Invloed
themes-impact-on = Invloed op { $metric }
themes-impact-value = { $value } ({ $low } tot { $high })
themes-impact-note = Invloed is het deel van dit thema in het verschil tussen de score van iedereen en de score van wie geen enkel thema noemt, met 95 % zekerheid. Noemt een antwoord meer thema's, dan deelt Peil het gelijk. Zo tellen de invloeden van alle thema's samen op tot dat verschil. Het zegt wat samengaat, niet wat de oorzaak is.
themes-axis-across = Verandering in klachten, procentpunt
themes-axis-up = Invloed op { $metric }
themes-ladder-title = Waarover wordt het meest geklaagd?
themes-ladder-note = Aandeel van de inzendingen met een klacht hierover, met 95 % zekerheid.
themes-too-few = { $n ->
    [one] Eén thema staat er niet bij: te weinig mensen noemen het.
   *[other] { $n } thema's staan er niet bij: te weinig mensen noemen ze.
}
themes-parts-too-few = { $n ->
    [one] Eén onderdeel staat er niet bij: te weinig mensen noemen het.
   *[other] { $n } onderdelen staan er niet bij: te weinig mensen noemen ze.
}
themes-newest = Nieuwste klachten
themes-newest-all = Alle antwoorden met een klacht
themes-nothing-title = Nog geen thema's
themes-nothing-text = Zodra klanten in hun eigen woorden antwoorden, leest Peil waar het over gaat en hoe ze dat vinden. Dat gebeurt op deze computer: geen zin verlaat het gebouw. Een thema verschijnt als ten minste vijf mensen het noemen.
themes-empty-title = Hier zie je waar klanten over praten
themes-empty-text = Stel een open vraag, zoals "Waarom geef je dit cijfer?". Peil leest de antwoorden en zet ze bij elkaar per thema.
themes-one-nothing-title = Te weinig mensen noemen dit
themes-one-nothing-text = In deze selectie noemen minder dan vijf mensen dit thema. Kies een langere periode of haal een filter weg.
themes-n-of = { $n } ({ $share }; { $low } tot { $high })
themes-trend-title = Klachten door de tijd
themes-trend-note = Aandeel van de inzendingen met een klacht over dit thema. De band is de zekerheid van 95 %.
themes-parts = Waar het precies over gaat
themes-parts-note = Onderdelen van het thema, met het aandeel van de inzendingen dat erover klaagt.
themes-groups = Bij wie?
themes-groups-by = Vergelijk per
themes-groups-title = Klachten per { $group }
themes-words = In hun eigen woorden
themes-words-all = Naar deze antwoorden
themes-words-none = Geen antwoorden in deze toon.
themes-correct = Klopt dit niet?
themes-correct-title = Waar gaat dit antwoord over?
themes-correct-lead = Kies bij elk thema of het genoemd wordt, en hoe. Wat jij zegt telt, ook als Peil het antwoord later opnieuw leest.
themes-correct-save = Opslaan
themes-correct-cancel = Laat zoals het is
themes-correct-undo = Terug naar wat Peil las
themes-corrected-note = Een collega heeft dit verbeterd.
themes-not-mentioned = niet genoemd
notice-reading-corrected = Verbeterd. De cijfers zijn bijgewerkt.
notice-reading-restored = De verbetering is teruggedraaid.
themes-figures = In cijfers
themes-negative-short = Klacht
themes-verdict = Incident of structureel?
themes-verdict-note = Over alle vragenlijsten samen, week voor week, tot en met vandaag.
themes-signals = Wat Peil over dit thema vond
themes-signals-now = Wat nu om een blik vraagt
themes-label-learned = geleerd van verbeteringen
themes-label-like = zoals het verbeterde antwoord
themes-taught = { $n ->
    [0] Geen ander antwoord veranderde hierdoor.
    [one] Eén vergelijkbaar antwoord veranderde.
   *[other] { $n } vergelijkbare antwoorden veranderden.
}
themes-taught-held = Deze verbetering zou in haar eentje te veel antwoorden veranderen. Peil wacht tot nog een antwoord zo verbeterd is.
themes-taught-reading = Peil kijkt naar vergelijkbare antwoorden: { $done } van { $total } inzendingen zijn bekeken.
themes-taught-again = Kijk opnieuw
themes-learned-added = Peil gaf dit antwoord het thema { $theme }, omdat het lijkt op een antwoord dat iemand verbeterde.
themes-learned-removed = Peil haalde het thema { $theme } hier weg, omdat dit lijkt op een antwoord dat iemand verbeterde.
themes-learned-words = De woorden die het meest telden: { $words }.
themes-learned-open = Naar die verbetering
