# Wat een bestand zou worden
survey-incoming-title = Bekijken
survey-incoming-question = Wordt het wat je verwacht?
survey-incoming-all = Alle { $n } vragen uit { $format } komen mee. Er is nog niets gemaakt.
survey-incoming-some = { $kept } van { $n } vragen uit { $format } komen mee. Er is nog niets gemaakt.
survey-incoming-logic = Logica
survey-incoming-logic-kept = { $conditions ->
    [one] 1 voorwaarde
   *[other] { $conditions } voorwaarden
}, { $calculations ->
    [one] 1 berekening
   *[other] { $calculations } berekeningen
}, { $quotas ->
    [one] 1 quotum
   *[other] { $quotas } quota
}
survey-incoming-asked = Wat er gevraagd wordt
survey-incoming-make = Maak deze vragenlijst
survey-incoming-drop = Niet doen
survey-incoming-how = Achter het concept van ‘{ $name }’, of in de plaats ervan?
survey-incoming-behind-text = Erachter: al je eigen vragen, de titel, de teksten en het uiterlijk blijven staan.
survey-incoming-changes = In de plaats ervan: nieuwe vragen: { $new }. Veranderde vragen: { $changed }. Vragen die verdwijnen: { $gone }.
survey-incoming-published = Wat klanten nu zien, blijft zo tot je publiceert.
survey-incoming-behind = Zet achter het concept
survey-incoming-replace = Vervang het concept
survey-incoming-into = Het bestand komt achter het concept van ‘{ $name }’, of in de plaats ervan. Je ziet eerst wat het wordt.
survey-incoming-into-text = Heb je vragen in een bestand, of ging je ergens anders met deze vragenlijst verder?
survey-incoming-into-open = Neem vragen over uit een bestand
notice-survey-appended = De vragen uit het bestand staan nu achter de andere.
notice-survey-replaced = Het concept is vervangen door wat er in het bestand stond.
