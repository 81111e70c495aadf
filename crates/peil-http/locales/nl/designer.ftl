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
survey-whole-remarks = Over het geheel
survey-unfinished-title = Nog niet af
survey-findings-title = Kan beter
survey-palette-title = Wat wil je vragen?
survey-palette-place = De vraag komt op pagina { $n }.
survey-palette-score = Laten beoordelen
survey-palette-choose = Laten kiezen
survey-palette-write = Laten invullen
survey-palette-other = Zonder vraag
