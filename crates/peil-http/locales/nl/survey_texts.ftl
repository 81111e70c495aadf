# Teksten en vertalingen van een vragenlijst
survey-tab-translations = Vertalingen
survey-texts-how-far = Hoever zijn de vertalingen?
survey-texts-fallback = Wat ontbreekt, staat er zolang in de eerste taal. Publiceren kan als alles vertaald is.
survey-texts-done = { $done } van { $n } teksten
survey-texts-outdated-count = { $n ->
    [one] Bij 1 tekst is de bron veranderd.
   *[other] Bij { $n } teksten is de bron veranderd.
}
survey-texts-make-first = Maak dit de eerste taal
survey-texts-add = Voeg { $language } toe
survey-texts-empty-title = Er is nog maar één taal
survey-texts-empty-text = Voeg een taal toe. Je ziet dan elke tekst naast zijn vertaling. Publiceren kan als alles vertaald is.
survey-texts-pair = Van { $source } naar { $target }
survey-texts-filter = Welke teksten je ziet
survey-texts-all = Alles
survey-texts-missing = Ontbreekt
survey-texts-outdated = Bron veranderd
survey-texts-none-missing = Niets ontbreekt: alles is vertaald.
survey-texts-none-outdated = Elke vertaling hoort bij de tekst die er nu staat.
survey-texts-no-source = Deze tekst is er niet in het { $language }.
survey-texts-changed = De brontekst is veranderd na het vertalen.
survey-texts-was = Eerst stond er:
survey-texts-sure = De vertaling klopt nog
survey-texts-conflict = Iemand anders schreef hier intussen iets anders. Jouw tekst staat nog in het veld; sla opnieuw op als die moet gelden.
survey-texts-save = Sla vertalingen op
survey-texts-autosave = Een veld wordt ook opgeslagen zodra je het verlaat.
survey-texts-saving = Opslaan …
survey-texts-field-saved = Opgeslagen
survey-texts-failed = Niet opgeslagen. Probeer het opnieuw.
survey-texts-screens = Meer teksten
survey-texts-screen = Deel { $n } van { $total }
survey-texts-previous = Vorige
survey-texts-next = Volgende
survey-texts-translator = Laat je iemand anders vertalen?
survey-texts-translator-text = Stuur een bestand mee en neem de vertaling later weer op.
survey-texts-export = Naar de vertaler
survey-texts-export-text = XLIFF opent in elk vertaalprogramma, CSV in een rekenblad. Alle teksten en de vertalingen die er al zijn gaan mee.
survey-texts-import = Terug van de vertaler
survey-texts-file = Bestand met de vertaling in het { $language }
survey-texts-file-help = XLIFF of CSV, hoogstens { $n } MB. Wat in het bestand staat, komt in de plaats van wat hier staat.
survey-texts-take-in = Neem vertaling op
survey-texts-used = { $n ->
    [0] Geen tekst overgenomen.
    [one] 1 tekst overgenomen.
   *[other] { $n } teksten overgenomen.
}
survey-texts-same = { $n ->
    [one] 1 tekst stond er al zo.
   *[other] { $n } teksten stonden er al zo.
}
survey-texts-not-used = Niet gebruikt ({ $n }):
survey-texts-to-check = Wel gebruikt, maar kijk ernaar ({ $n }):
survey-texts-line = Regel { $n }
survey-texts-remark-unknown-place = deze plek is er niet in de vragenlijst
survey-texts-remark-other-language = is in een andere taal
survey-texts-remark-empty = heeft geen vertaling
survey-texts-remark-too-long = is te lang voor deze plek
survey-texts-remark-characters = heeft tekens die niet bewaard kunnen worden
survey-texts-remark-twice = staat dubbel in het bestand; de eerste telt
survey-texts-remark-source-changed = de brontekst is veranderd sinds het vertalen
survey-texts-remark-fills-differ = vult andere namen of antwoorden in dan de brontekst
survey-texts-title = Titel
survey-texts-intro = Inleiding
survey-texts-thanks = Dank na het laatste antwoord
survey-texts-thanks-low = Dank na een lage score
survey-texts-page = Kop van pagina { $n }
survey-texts-ending = Slot { $n }
survey-texts-quota = Tekst als quotum { $name } vol is
survey-texts-question = Vraag { $n }
survey-texts-help = toelichting
survey-texts-picture = beschrijving van de afbeelding
survey-texts-pattern = melding bij een verkeerd antwoord
survey-texts-low = woorden bij de lage kant
survey-texts-high = woorden bij de hoge kant
survey-texts-option = antwoord { $n }
survey-texts-row = rij { $n }
survey-texts-label = schaalwoord { $n }
notice-survey-texts-saved = De vertalingen zijn opgeslagen.
notice-survey-languages-saved = De talen zijn opgeslagen.
survey-deed-translated = vertalingen geschreven
survey-deed-dressed = uiterlijk veranderd
