# Pagina's voor klanten
respond-language-name = Nederlands
respond-size = { $questions ->
    [one] 1 vraag
   *[other] { $questions } vragen
  } · { $minutes ->
    [one] 1 minuut
   *[other] { $minutes } minuten
  }
respond-page-of = Pagina { $page } van { $pages }
respond-progress = Voortgang
respond-preview = Voorbeeld · { $brief }
respond-trial = Proefrit, er wordt niets bewaard · { $brief }
respond-trial-done = Proefrit, er is niets bewaard
respond-trial-name = Sam Voorbeeld
respond-required = (verplicht)
respond-optional = (niet verplicht)
respond-several = Je kunt er meer kiezen.
respond-no-names = Noem liever geen namen of adressen.
respond-other = Anders, namelijk
respond-yes = Ja
respond-no = Nee
respond-csat-1 = Zeer ontevreden
respond-csat-2 = Ontevreden
respond-csat-3 = Neutraal
respond-csat-4 = Tevreden
respond-csat-5 = Zeer tevreden
respond-nps-low = 0 = zeer onwaarschijnlijk
respond-nps-high = 10 = zeer waarschijnlijk
respond-mark-low = 1 = heel slecht
respond-mark-high = 10 = uitstekend
respond-ces-low = 1 = helemaal oneens
respond-ces-high = 7 = helemaal eens
respond-effort-low = 1 = heel weinig moeite
respond-effort-high = 5 = heel veel moeite
respond-next = Volgende
respond-back = Terug
respond-send = Versturen
respond-wrong-title = Nog niet klaar
respond-wrong = { $n ->
    [one] Eén vraag vraagt nog je aandacht
   *[other] Kijk nog eens naar { $n } vragen
  }
respond-trap = Laat dit veld leeg
respond-fresh = Dit formulier was te oud om te versturen. Je antwoorden staan er nog. Controleer ze en verstuur ze opnieuw.
respond-busy = Het is even te druk. Je antwoorden staan er nog. Verstuur ze over een paar seconden opnieuw.
respond-failed = Er ging iets mis bij ons. Je antwoorden staan er nog. Probeer het over een minuut opnieuw.
respond-too-many = Er komen veel antwoorden van jouw internetverbinding. Wacht een minuut en verstuur je antwoorden dan opnieuw. Ze staan er nog.
respond-privacy = { $organisation } gebruikt je antwoorden om de dienstverlening te verbeteren.
respond-privacy-personal = Je antwoorden horen bij jouw uitnodiging. { $organisation } gebruikt ze om de dienstverlening te verbeteren.
respond-privacy-link = Privacy
respond-stop-link = Geen vragenlijsten meer ontvangen
respond-thanks-title = Dank je wel. Je antwoord is bewaard.
respond-thanks-text = Met je antwoord kunnen we het beter doen.
respond-thanks-close = Je kunt deze pagina sluiten.
respond-unknown-title = Deze link werkt niet
respond-unknown-text = Controleer of je de link helemaal hebt overgenomen. Staat hij in een mail, klik dan op de link in de mail zelf.
respond-closed-title = Deze vragenlijst is gesloten
respond-closed-text = Je kunt hem niet meer invullen. Bedankt dat je { $organisation } wilde helpen; je hoeft niets te doen.
respond-expired-title = Deze link is verlopen
respond-expired-text = De vragenlijst kon een tijd worden ingevuld en die tijd is voorbij. Bedankt dat je { $organisation } wilde helpen; je hoeft niets te doen.
respond-answered-title = Je hebt al geantwoord
respond-answered-text = Je antwoord is bewaard, dank je wel. Elke klant van { $organisation } kan deze vragenlijst één keer invullen.
respond-too-large-title = Je antwoord is te lang
respond-too-large-text = Ga terug in je browser, maak je tekst korter en verstuur hem opnieuw.
respond-broken-title = Er ging iets mis bij ons
respond-broken-text = Probeer het over een paar minuten opnieuw. Je hoeft verder niets te doen.
respond-stop-title = Geen vragenlijsten meer?
respond-stop-text = { $organisation } stuurt je dan geen vragenlijsten meer. Andere berichten, zoals over een bestelling, krijg je nog wel.
respond-stop-do = Stuur mij geen vragenlijsten meer
respond-stopped-title = Je krijgt geen vragenlijsten meer
respond-stopped-text = { $organisation } stuurt je geen vragenlijsten meer. Je hoeft verder niets te doen.
respond-not-applicable = Niet van toepassing
respond-at-most = Kies er ten hoogste { $n }.
respond-at-least = Kies er ten minste { $n }.
respond-rank = Geef elk een plaats, van 1 (het belangrijkst) tot en met { $n }.
respond-between = Een getal van { $min } tot en met { $max }.
respond-word-yes = ja
respond-word-no = nee
respond-word-and = en
respond-detail-name = Naam
respond-detail-email = E-mailadres
respond-detail-phone = Telefoonnummer
respond-detail-organisation = Organisatie
respond-detail-remark = Opmerking
respond-full-title = Dank je wel. We hebben al genoeg antwoorden.
respond-full-text = Wat je hebt ingevuld, is bewaard.
