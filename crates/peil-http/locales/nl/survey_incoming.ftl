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
survey-incoming-replaces = Dit komt in de plaats van het concept van ‘{ $name }’.
survey-incoming-changes = Nieuwe vragen: { $new }. Veranderde vragen: { $changed }. Vragen die verdwijnen: { $gone }.
survey-incoming-published = Wat klanten nu zien, blijft zo tot je publiceert.
survey-incoming-replace = Vervang het concept
survey-incoming-into = Het bestand komt in de plaats van het concept van ‘{ $name }’. Je ziet eerst wat het wordt.
survey-incoming-into-text = Heb je deze vragenlijst ergens anders verder gemaakt?
survey-incoming-into-open = Vervang het concept door een bestand
notice-survey-replaced = Het concept is vervangen door wat er in het bestand stond.
