# Uitvragen: lijst
outreach-list-question = Wat is er verstuurd, en wat kwam er terug?
outreach-list-lead = Elke uitvraag per mail, met wie hem kreeg en hoeveel mensen antwoordden.
outreach-new = Nieuwe uitvraag
outreach-no-mail-title = Peil kan nog geen mail versturen.
outreach-no-mail-text = Vul eerst in via welke mailserver uitnodigingen de deur uit gaan.
outreach-no-mail-do = Mail instellen
outreach-empty-title = Hier komen je uitvragen te staan
outreach-empty-text = Kies een vragenlijst en een groep klanten. Voordat er iets uitgaat, zie je wie de mail krijgt, wie niet, en waarom.
outreach-waves = Uitvragen
outreach-column-name = Uitvraag
outreach-column-state = Status
outreach-column-started = Gestart
outreach-column-sent = Verstuurd
outreach-column-contact = Klant
outreach-column-sent-at = Verstuurd op
outreach-column-answered-at = Beantwoord op
outreach-answered = Beantwoord
outreach-rate = Respons
outreach-not-yet = nog niet
outreach-percent = { $n } %
outreach-state-draft = in voorbereiding
outreach-state-preparing = wordt klaargezet
outreach-state-sending = wordt verstuurd
outreach-state-sent = verstuurd
outreach-state-stopped = gestopt
outreach-state-all = Alles
outreach-calendar-title = Verstuurde mails
outreach-calendar-text = In de afgelopen acht weken gingen { $n } uitnodigingen de deur uit.
outreach-calendar-empty = Nog niets verstuurd.
outreach-calendar-day = Dag
outreach-calendar-count = Uitnodigingen
outreach-as-table = Toon als tabel
outreach-week = week { $n }
outreach-weekday-1 = M
outreach-weekday-2 = D
outreach-weekday-3 = W
outreach-weekday-4 = D
outreach-weekday-5 = V
outreach-weekday-6 = Z
outreach-weekday-7 = Z

# Nieuwe uitvraag
outreach-crumbs = Kruimelpad
outreach-new-question = Wie vraag je wat?
outreach-new-lead = Er wordt nog niets verstuurd. Je schrijft eerst de mail en ziet wie hem krijgt.
outreach-no-survey-title = Er is nog geen vragenlijst
outreach-no-survey-text = Maak eerst een vragenlijst; daarna kun je hem aan klanten sturen.
outreach-no-survey-do = Maak een vragenlijst
outreach-survey = Vragenlijst
outreach-survey-draft = { $name } (nog niet gepubliceerd)
outreach-segment = Wie
outreach-segment-help = Wie zich afmeldde of kort geleden al gevraagd is, krijgt niets. Daar let Peil op.
outreach-segment-size = { $name } ({ $n })
outreach-segment-gone = groep verwijderd
outreach-everyone = Alle klanten
outreach-name = Naam
outreach-name-help = Voor jou en je collega's, bijvoorbeeld "Najaar". Klanten zien deze naam niet.
outreach-new-do = Ga verder
outreach-cancel = Annuleren

# Eén uitvraag
outreach-draft-question = Wie krijgt deze vraag, en wie niet?
outreach-sent-question = Hoe loopt deze uitvraag?
outreach-made-at = gemaakt op { $at }
outreach-started-at = gestart op { $at }
outreach-finished-at = klaar op { $at }
outreach-stopped-at = gestopt op { $at }
outreach-to-send = Naar versturen
outreach-blocked = Deze uitvraag kan nog niet starten.
outreach-offer-title = Dit leest als reclame.
outreach-offer-text = In de mail staat: { $words }. Een vraag om een mening mag niets aanbieden of beloven. Anders is het reclame en kleuren de antwoorden mee.
outreach-funnel = Van gekozen naar gevraagd
outreach-selected = gekozen
outreach-held-never = krijgen niets
outreach-held-later = nu niet, later weer wel
outreach-held-opted-out = Afgemeld voor vragenlijsten
outreach-held-no-address = Geen e-mailadres
outreach-held-invited-recently = Kort geleden al uitgenodigd
outreach-held-answered-recently = Kort geleden al geantwoord
outreach-until = tot { $day }
outreach-until-between = tot { $first } of later, uiterlijk { $last }
outreach-and-more = en nog { $n }
outreach-allowed = krijgen de mail
outreach-invited = uitgenodigd
outreach-nameless = klant zonder naam
outreach-expectations = Wat je kunt verwachten
outreach-outcome = Wat er terugkwam
outreach-expected = Antwoorden
outreach-expected-about = ongeveer { $n }
outreach-expected-between = { $low } tot { $high }
outreach-basis = Waarop dit rust
outreach-basis-past = eerder antwoordden { $answered } van { $sent }
outreach-basis-usual = gebruikelijk bij mail: 10 tot 15 %
outreach-margin = Marge van de NPS
outreach-margin-value = ± { $n } punten
outreach-legal = Iedereen kan zich met één klik afmelden; dat geldt meteen voor alle vragenlijsten. De link in de mail werkt { $n } dagen. Onderzoek onder eigen klanten mag zonder toestemming vooraf zolang je niets aanbiedt.
outreach-mail = De mail
outreach-mail-note = De eerste vraag staat in de mail zelf. Een klik op een antwoord bewaart nog niets.
outreach-mail-language = Taal van de mail
outreach-mail-frame = Voorbeeld van de mail
outreach-mail-plain = Toon als platte tekst
outreach-subject = Onderwerp
outreach-message = Bericht
outreach-places = Je kunt {"{{"}naam{"}}"} en andere gegevens van de klant laten invullen: kies ze onder de teksten. Is de naam onbekend, dan staat er "klant".
outreach-save = Bewaar
outreach-send = Versturen
outreach-send-note = Bewaar eerst je wijzigingen. De test gaat alleen naar jezelf.
outreach-test = Stuur mij een test
outreach-start = { $n ->
    [1] Verstuur naar 1 klant
   *[other] Verstuur naar { $n } klanten
  }

# Het versturen
outreach-progress-title = Het versturen
outreach-may-leave = Je kunt deze pagina verlaten.
outreach-preparing = Peil maakt de uitnodigingen: { $n } tot nu toe.
outreach-preparing-note = De eerste mail gaat pas uit als ze allemaal klaar zijn. De uitvraag staat nu vast. Stop je nu, dan krijgt niemand iets.
outreach-progress = { $done } van { $total } afgehandeld
outreach-server-said = De mailserver zegt:
outreach-try-again = Probeer nu opnieuw
outreach-goes-on = Peil probeert het opnieuw op { $at }.
outreach-stop = Stop met versturen
outreach-halt-unreachable = De mailserver is niet bereikbaar.
outreach-halt-settings = De mailserver weigert de instellingen. Controleer naam en wachtwoord bij de mailinstellingen.
outreach-halt-not-configured = De mailinstellingen ontbreken.
outreach-halt-survey-closed = De vragenlijst is gesloten. Heropen hem om verder te gaan.
outreach-halt-failed = Er ging iets mis aan onze kant.
outreach-invitation-queued = wacht
outreach-invitation-handing-over = bij de mailserver
outreach-invitation-sent = verstuurd
outreach-invitation-unconfirmed = niet bevestigd
outreach-invitation-failed = mislukt
outreach-invitation-cancelled = ingetrokken
outreach-note-unconfirmed = Niet bevestigd: Peil stopte of de verbinding brak terwijl de mailserver de mail aannam. Waarschijnlijk is die aangekomen. Peil verstuurt hem niet vanzelf nog eens, zodat niemand ongewild twee mails krijgt.
outreach-again-note = Weet je dat de niet-bevestigde mails niet aankwamen, bijvoorbeeld door een storing? Verstuur ze dan opnieuw. Wie de mail al had, krijgt hem twee keer. De link blijft dezelfde en elk antwoord telt één keer.
outreach-again = { $n ->
    [1] Verstuur opnieuw naar 1 klant
   *[other] Verstuur opnieuw naar { $n } klanten
  }
outreach-note-failed = Mislukt: de mailserver weigerde de mail. Bij elke klant staat waarom.
outreach-reason-opted-out = afgemeld voordat de mail uitging
outreach-reason-no-address = geen e-mailadres meer
outreach-reason-expired = de link zou al verlopen zijn
outreach-people = Uitgenodigde klanten
outreach-people-question = Wat werd er van elke mail?
outreach-people-empty = Niemand in deze lijst
outreach-more-people = Volgende

# Wat gedaan is
notice-wave-made = De uitvraag staat klaar. Er is nog niets verstuurd.
notice-wave-saved = Bewaard.
notice-wave-test-sent = De testmail is verstuurd naar je eigen adres.
notice-wave-started = De uitvraag is gestart. Peil maakt eerst alle uitnodigingen en verstuurt ze dan.
notice-wave-tried-again = Peil probeert het nu opnieuw.
notice-wave-resent = Deze mails gaan opnieuw uit.
notice-wave-stopped = Gestopt. Wat nog niet verstuurd was, gaat niet meer uit.

# Wat niet kan
problem-mail-character = Hier staat een teken dat niet in een mail past, zoals een regeleinde in het onderwerp.
problem-unknown-placeholder = Peil kan {"{{"}{ $name }{"}}"} niet invullen in een uitnodiging. Kies iets uit "Invullen in de tekst".
problem-wave-survey-not-live = De vragenlijst is niet gepubliceerd of gesloten.
problem-wave-segment-gone = De groep klanten is verwijderd. Kies een andere.
problem-wave-no-mail-settings = De mailinstellingen ontbreken nog.
problem-wave-text-missing = Onderwerp of bericht ontbreekt in het { $language }.
problem-wave-nobody-to-ask = Niemand in deze groep kan nu gevraagd worden.
problem-wave-already-started = Deze uitvraag is al gestart of gestopt; daar verandert niets meer aan.
problem-wave-not-sending = Deze uitvraag wordt niet verstuurd.
problem-wave-mail-unreachable = De mailserver is niet bereikbaar.
problem-wave-mail-settings = De mailserver weigert de instellingen.
problem-wave-mail-refused = De mailserver nam de mail niet aan.
