taxonomy-title = Thema's aanpassen
taxonomy-lead = { $themes } thema's met { $parts } onderdelen · versie { $version }
taxonomy-list-note = Kies een thema of een onderdeel om namen en woorden te veranderen, samen te voegen, te splitsen of uit te zetten.
taxonomy-parts = Onderdelen
taxonomy-off = uit
taxonomy-n-words = { $n ->
    [one] { $n } woord
   *[other] { $n } woorden
}
taxonomy-optional = (niet verplicht)
taxonomy-name-nl = Naam in het Nederlands
taxonomy-name-en = Naam in het Engels
taxonomy-words-nl = Woorden in het Nederlands
taxonomy-words-en = Woorden in het Engels
taxonomy-words-help = Zet elk woord of elke uitdrukking op een eigen regel. Meervoud en samenstellingen vindt Peil zelf. Een * staat voor meer letters (bezorg*), een ~ voor hoogstens drie woorden ertussen (niet ~ bereikbaar), een = ervoor voor precies deze vorm.
taxonomy-list-strong = Eén hiervan is genoeg
taxonomy-list-strong-help = Staat zo'n woord in een antwoord, dan gaat het hierover.
taxonomy-list-weak = Twee hiervan zijn nodig
taxonomy-list-weak-help = Woorden die alleen samen iets zeggen.
taxonomy-list-exclusions = Hierbij niet
taxonomy-list-exclusions-help = Waar dit staat, tellen de woorden hierboven niet.
taxonomy-words-save = Woorden bewaren
taxonomy-rename = Naam
taxonomy-rename-do = Naam veranderen
taxonomy-new-theme = Thema toevoegen
taxonomy-new-part = Onderdeel toevoegen
taxonomy-merge = Samenvoegen
taxonomy-merge-into = Wordt deel van
taxonomy-merge-theme-help = Alle onderdelen gaan mee.
taxonomy-move = Verplaatsen
taxonomy-move-to = Naar thema
taxonomy-split = Splitsen
taxonomy-split-theme-note = De onderdelen die je kiest, worden samen een nieuw thema.
taxonomy-split-part-note = De woorden die je kiest, worden samen een nieuw onderdeel.
taxonomy-split-which-parts = Welke onderdelen gaan mee?
taxonomy-split-which-words = Welke woorden gaan mee?
taxonomy-split-name-nl = Naam van het nieuwe thema, Nederlands
taxonomy-split-name-en = Naam van het nieuwe thema, Engels
taxonomy-split-part-name-nl = Naam van het nieuwe onderdeel, Nederlands
taxonomy-split-part-name-en = Naam van het nieuwe onderdeel, Engels
taxonomy-switch-off = Uitzetten
taxonomy-switch-on = Weer aanzetten
taxonomy-switch-help = Wat uit staat, wordt in geen enkel antwoord meer gelezen. De woorden blijven bewaard.
taxonomy-sector = Branche
taxonomy-sector-choose = Thema's van een branche erbij
taxonomy-sector-help = Peil kent per branche extra onderdelen, zoals retourlabels voor een webwinkel.
taxonomy-sector-none = Geen branche
taxonomy-sector-do = Branche kiezen
taxonomy-pending = { $n ->
    [one] Eén verandering is nog niet in gebruik
   *[other] { $n } veranderingen zijn nog niet in gebruik
}
taxonomy-pending-text = Tot je ze in gebruik neemt, leest Peil antwoorden zoals eerst.
taxonomy-pending-by = Het laatst veranderd door { $name }, { $when }
taxonomy-try = Testen op 200 antwoorden
taxonomy-save = In gebruik nemen
taxonomy-undo = Laatste terug
taxonomy-discard = Alles weggooien
taxonomy-reading = Peil leest de antwoorden opnieuw. { $done } van { $total } inzendingen zijn bekeken.
taxonomy-edit-rename = { $code } heet voortaan { $name }.
taxonomy-edit-words-added = { $theme } krijgt erbij: { $words }.
taxonomy-edit-words-removed = { $theme } verliest: { $words }.
taxonomy-words-more = { $words } en nog { $n }
taxonomy-edit-theme = Nieuw thema: { $name }.
taxonomy-edit-part = Nieuw onderdeel van { $theme }: { $name }.
taxonomy-edit-merge = { $code } wordt deel van { $into }.
taxonomy-edit-move = { $name } gaat naar { $to }.
taxonomy-edit-off = { $name } staat uit.
taxonomy-edit-on = { $name } staat weer aan.
taxonomy-edit-sector = Thema's erbij voor de branche { $name }.
taxonomy-edit-no-sector = Geen thema's van een branche meer.
taxonomy-trial-title = Wat verandert er?
taxonomy-trial-lead = Peil heeft de nieuwste antwoorden gelezen met en zonder je veranderingen. Er is nog niets opgeslagen.
taxonomy-trial-answer = { $n ->
    [0] Geen van de { $answers } nieuwste antwoorden komt ergens anders terecht.
    [one] Eén van de { $answers } nieuwste antwoorden komt ergens anders terecht.
   *[other] { $n } van de { $answers } nieuwste antwoorden komen ergens anders terecht.
}
taxonomy-trial-none-title = Er is niets te testen
taxonomy-trial-none-text = Verander eerst een thema. Daarna zie je hier wat dat met de nieuwste antwoorden doet.
taxonomy-trial-empty = Er zijn nog geen antwoorden in woorden om op te testen.
taxonomy-trial-themes = Per thema
taxonomy-trial-before = Nu
taxonomy-trial-after = Straks
taxonomy-trial-gained = Erbij
taxonomy-trial-lost = Eraf
taxonomy-trial-changed = Deze antwoorden veranderen
taxonomy-trial-plus = + { $name }
taxonomy-trial-minus = − { $name }
taxonomy-trial-more = { $n ->
    [one] En nog één antwoord.
   *[other] En nog { $n } antwoorden.
}
taxonomy-versions = Versies
taxonomy-versions-lead = Elke keer dat je veranderingen in gebruik neemt, ontstaat een versie. Je kunt altijd terug.
taxonomy-version = Versie { $n }
taxonomy-version-first = Waar Peil mee begint
taxonomy-version-changes = { $n ->
    [0] zonder veranderingen
    [one] één verandering
   *[other] { $n } veranderingen
}
taxonomy-version-in-use = in gebruik
taxonomy-version-restore = Terug naar deze versie
notice-taxonomy-changed = Onthouden. Neem de veranderingen in gebruik als je klaar bent.
notice-taxonomy-undone = De laatste verandering is teruggedraaid.
notice-taxonomy-discarded = Alle veranderingen zijn weggegooid.
notice-taxonomy-saved = In gebruik. Peil leest de antwoorden opnieuw.
problem-theme-fixed = Dit thema hoort bij de leesregels van Peil en kan niet veranderen.
problem-theme-taken = Er is al een thema of onderdeel met deze code.
problem-theme-code = Gebruik voor een code kleine letters, cijfers en streepjes onderaan.
problem-theme-name = Geef een naam van 1 tot 60 tekens.
problem-theme-word = Met ‘{ $word }’ kan Peil niet zoeken. Gebruik woorden van ten minste twee letters, met hoogstens een * aan het begin of eind.
problem-theme-unfit = Dat kan niet deel worden van zichzelf. Kies iets anders.
problem-theme-too-many = Dat zijn te veel woorden of veranderingen.
problem-theme-nothing = Er verandert niets. Pas eerst iets aan.
audit-taxonomy-changed = Thema's veranderd
audit-taxonomy-restored = Eerdere thema's weer in gebruik genomen
audit-reading-corrected = Gelezen thema verbeterd
audit-reading-restored = Verbetering van thema teruggedraaid
proposals-title = Nieuwe thema's
proposals-question = Waar praten klanten over dat nog geen thema heeft?
proposals-lead = Peil legt bij elkaar wat op elkaar lijkt en nog nergens bij hoort. Een voorstel telt pas mee als jij er een thema van maakt.
proposals-granularity = Hoe fijn wil je kijken?
proposals-coarse = Grof
proposals-coarse-help = Een paar grote groepen
proposals-normal = Gewoon
proposals-normal-help = Ertussenin
proposals-fine = Fijn
proposals-fine-help = Veel kleine groepen
proposals-do = Zoek voorstellen
proposals-never = Er is nog niet gezocht.
proposals-searching = Peil zoekt in de nieuwste antwoorden. Je kunt gewoon verder werken.
proposals-searched = Gezocht in { $n } zinnen zonder thema, { $when }.
proposals-none-title = Alles heeft een plek
proposals-none-text = Er is geen groep van ten minste vijf mensen die over hetzelfde praten zonder dat het een thema heeft.
proposals-open = Voorstellen
proposals-open-note = Groepen van ten minste vijf mensen, de grootste eerst. De citaten zijn het meest kenmerkend; persoonlijke gegevens zijn weggehaald.
proposals-size = { $people } mensen · { $said } keer gezegd
proposals-decide = Beslis
proposals-into = Wordt
proposals-own-theme = een eigen thema
proposals-words = Woorden waaraan Peil het herkent
proposals-accept = Maak er een thema van
proposals-because = Waarom is dit geen thema?
proposals-dismiss = Wijs af
proposals-decided = Eerder beslist
proposals-state-accepted = aangenomen
proposals-state-dismissed = afgewezen
notice-proposals-search = Peil gaat zoeken. Kijk over een minuut nog eens.
notice-proposal-accepted = Het thema staat klaar. Test het en neem het in gebruik.
notice-proposal-dismissed = Afgewezen. Dit voorstel komt niet terug.
audit-proposal-accepted = Voorstel voor een thema aangenomen
audit-proposal-dismissed = Voorstel voor een thema afgewezen
