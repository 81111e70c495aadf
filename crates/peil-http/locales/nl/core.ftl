# Menu en kader
nav-home = Peil, naar het overzicht
nav-skip = Naar de inhoud
nav-main = Hoofdmenu
nav-short = Hoofdmenu, kort
nav-more = Meer
nav-fold = Menu inklappen
nav-group-measure = Meten
nav-group-understand = Begrijpen
nav-overview = Overzicht
nav-survey = Vragenlijsten
nav-audience = Klanten
nav-outreach = Uitvragen
nav-response = Antwoorden
nav-themes = Thema's
nav-results = Inzichten
nav-settings = Instellingen
nav-account = Mijn account
nav-user = { $name }, menu
nav-theme = Weergave
nav-theme-system = Systeem
nav-theme-light = Licht
nav-theme-dark = Donker
nav-other-language = English
nav-crumbs = Kruimelpad
nav-sign-out = Afmelden
language-nl = Nederlands
language-en = Engels
role-owner = eigenaar
role-admin = beheerder
role-analyst = analist
role-agent = medewerker
role-viewer = kijker
month-1 = jan
month-2 = feb
month-3 = mrt
month-4 = apr
month-5 = mei
month-6 = jun
month-7 = jul
month-8 = aug
month-9 = sep
month-10 = okt
month-11 = nov
month-12 = dec
form-errors = { $n ->
    [one] Er gaat nog één ding mis
   *[other] Er gaan nog { $n } dingen mis
  }

# Foutpagina's
error-home = Naar het overzicht
error-not-found-title = Deze pagina is er niet
error-not-found-text = De link is oud, of je mag deze pagina niet zien. Er is niets van je werk verloren.
error-forbidden-title = Dit mag je niet
error-forbidden-text = Je rol geeft geen toegang tot deze pagina. Vraag een beheerder om hulp.
error-foreign-form-title = Dit formulier is te oud
error-foreign-form-text = Ga terug, laad de pagina opnieuw en verstuur het formulier nog een keer.
error-too-large-title = Dit is te groot
error-too-large-text = Wat je verstuurde is groter dan Peil aanneemt. Verstuur een kleiner bestand.
error-conflict-title = Iemand anders was je voor
error-conflict-text = Dit is intussen veranderd. Ga terug en laad de pagina opnieuw om te zien wat er nu staat.
error-busy-title = Het is even te druk
error-busy-text = Probeer het over een paar seconden opnieuw. Er is niets verloren.
error-failed-title = Er ging iets mis
error-failed-text = De fout ligt bij ons. Probeer het opnieuw; blijft het misgaan, dan staat de oorzaak in het logboek van Peil.
error-refused-title = Dat kan zo niet
error-refused-text = Ga terug en controleer wat je hebt ingevuld.

# Waarom iets niet kan
problem-not-found = Dit bestaat niet.
problem-forbidden = Je rol of token geeft hier geen toegang toe.
problem-missing = Vul dit in.
problem-too-long = Dit is te lang.
problem-unknown = Dit is niet bekend.
problem-out-of-range = Dit valt buiten wat kan.
problem-not-an-address = Dit is geen e-mailadres. Een adres ziet eruit als naam@voorbeeld.nl.
problem-not-a-link = Dit is geen link. Een link begint met https://.
problem-in-future = Dit ligt in de toekomst.
problem-unknown-question = Een van de velden hoort bij geen enkele vraag.
problem-not-signed-in = Je bent niet aangemeld.
problem-wrong-credentials = E-mailadres en wachtwoord horen niet bij elkaar.
problem-too-many-attempts = Te veel pogingen. Wacht een minuut en probeer het opnieuw.
problem-email-taken = Met dit e-mailadres meldt al iemand zich aan.
problem-last-owner = Er moet ten minste één eigenaar blijven.
problem-owner-only = Alleen een eigenaar kan eigenaren toevoegen of veranderen.
problem-already-set-up = Peil is al ingericht.
problem-password-too-short = Kies een wachtwoord van ten minste { $n } tekens.
problem-password-too-long = Kies een wachtwoord van ten hoogste { $n } tekens.
problem-password-known = Dit wachtwoord is te bekend. Kies bijvoorbeeld vier woorden die niets met elkaar te maken hebben.
problem-password-owner = Gebruik je eigen naam of adres niet als wachtwoord.
problem-password-regular = Dit wachtwoord is te regelmatig.
problem-slug-taken = Dit adres is al in gebruik bij een andere vragenlijst.
problem-slug-invalid = Gebruik kleine letters, cijfers en losse streepjes, 2 tot 60 tekens.
problem-conflict = Iemand anders heeft dit intussen veranderd. Laad opnieuw om te zien wat er nu staat.
problem-not-ready = { $n ->
    [one] Er moet nog één ding kloppen voordat je kunt publiceren.
   *[other] Er moeten nog { $n } dingen kloppen voordat je kunt publiceren.
  }
problem-has-answers = Deze vragenlijst heeft antwoorden. Je kunt hem sluiten, niet verwijderen.
problem-not-published = Deze vragenlijst is nog nooit gepubliceerd.
problem-refused = Dat kan zo niet.
problem-answers-refused = { $n ->
    [one] Eén antwoord klopt nog niet.
   *[other] { $n } antwoorden kloppen nog niet.
  }
problem-closed = Deze vragenlijst is gesloten.
problem-expired = Deze uitnodiging is verlopen.
problem-already-answered = Deze uitnodiging is al beantwoord.
problem-busy = Het is even te druk. Probeer het over een paar seconden opnieuw.
problem-failed = Er ging iets mis aan onze kant.
problem-answer-missing = Beantwoord deze vraag.
problem-answer-not-on-scale = Kies een cijfer van { $min } tot en met { $max }.
problem-answer-unknown-option = Kies een van de antwoorden.
problem-answer-too-many = Kies één antwoord.
problem-answer-too-long = Gebruik ten hoogste { $n } tekens.
problem-answer-unknown-question = Deze vraag staat niet in de vragenlijst.
problem-malformed = De inhoud is geen geldige JSON.
problem-wrong-shape = De inhoud heeft niet de juiste vorm.
problem-not-json = Verstuur de inhoud als application/json.
problem-too-large = De inhoud is te groot.
problem-wrong-method = Deze bewerking bestaat niet op dit adres.
problem-bad-key = De Idempotency-Key moet 1 tot 200 tekens hebben.
problem-key-reused = Deze Idempotency-Key is al gebruikt voor een andere aanroep.
problem-still-running = Dezelfde aanroep loopt nog. Probeer het zo weer.
problem-answer-too-short = Gebruik ten minste { $n } tekens.
problem-answer-too-few-chosen = Kies er ten minste { $n }.
problem-answer-too-many-chosen = Kies er ten hoogste { $n }.
problem-answer-not-alone = Dit antwoord kan niet samen met een ander antwoord. Kies opnieuw.
problem-answer-not-in-pattern = Zo kunnen we het antwoord niet lezen. Kijk het nog eens na.
problem-answer-not-a-whole-number = Vul een heel getal in.
problem-answer-not-a-number = Vul een getal in met ten hoogste { $n } cijfers achter de komma.
problem-answer-not-between = Vul een getal in van { $min } tot en met { $max }.
problem-answer-not-a-day = Vul een datum in, zoals 31-1-2026.
problem-answer-day-not-between = Kies een datum van { $first } tot en met { $last }.
problem-answer-day-too-early = Kies een datum vanaf { $first }.
problem-answer-day-too-late = Kies een datum tot en met { $last }.
problem-answer-not-an-address = Vul een e-mailadres in, zoals naam@voorbeeld.nl.
problem-answer-place-twice = Plaats { $n } is twee keer gegeven. Geef elke plaats één keer.
