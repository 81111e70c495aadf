# Twee versies naast elkaar
survey-compare-open = Vergelijk twee versies
survey-compare-from = Van
survey-compare-to = Naar
survey-compare-do = Vergelijk
survey-compare-draft = concept
survey-compare-none = Tussen deze twee is aan de vragen niets veranderd.
survey-compare-changed = { $n ->
    [one] Er is 1 vraag veranderd.
   *[other] Er zijn { $n } vragen veranderd.
}
survey-compare-all-together = Alle cijfers blijven vergelijkbaar.
survey-compare-some-shift = { $n ->
    [one] Bij 1 vraag kan het cijfer door de verandering zelf verschuiven.
   *[other] Bij { $n } vragen kan het cijfer door de verandering zelf verschuiven.
}
survey-compare-some-apart = { $n ->
    [one] Van 1 vraag kun je de cijfers niet bij elkaar nemen.
   *[other] Van { $n } vragen kun je de cijfers niet bij elkaar nemen.
}
survey-compare-together = vergelijkbaar
survey-compare-shifts = kan verschuiven
survey-compare-apart = niet vergelijkbaar
survey-compare-what = Wat
survey-compare-nothing = niets
survey-compare-text = Tekst
survey-compare-help = Toelichting
survey-compare-ends = Woorden aan de uiteinden
survey-compare-options = Antwoorden
survey-compare-rows = Rijen
survey-compare-labels = Schaalwoorden
survey-compare-kind = Soort en schaal
survey-compare-required = Verplicht
survey-compare-not-applicable = ‘Niet van toepassing’ kan
survey-compare-condition = Voorwaarde
survey-compare-page-condition = Voorwaarde van de pagina
survey-compare-place = Plaats
survey-compare-yes = ja
survey-compare-no = nee
survey-compare-others = Verder veranderd
survey-compare-other-texts = Titel, inleiding, bedankje of de kop van een pagina
survey-compare-other-languages = De talen of hun volgorde
survey-compare-other-calculations = De berekeningen
survey-compare-other-routes = Wie welke pagina ziet, of waar je na een pagina heen gaat
survey-compare-other-pages = Hoe de vragen over pagina’s zijn verdeeld
survey-compare-other-random-order = Of vragen in willekeurige volgorde staan
survey-compare-other-endings = De slotteksten met een voorwaarde
survey-compare-other-quotas = De quota
survey-compare-other-conduct = De voortgang of de tijd om te antwoorden
survey-compare-other-look = Het uiterlijk
survey-compare-same = { $n ->
    [one] 1 vraag is gelijk gebleven.
   *[other] { $n } vragen zijn gelijk gebleven.
}
survey-change-help = Andere toelichting of afbeelding
survey-change-not-applicable = ‘Niet van toepassing’ kan nu wel of niet meer
survey-warning-not-applicable = Andere mensen blijven buiten het cijfer; het kan daardoor verschuiven.
