# Respons: wie antwoordde, en waar stopten anderen
turnout-title = Wie antwoordde, en waar stopten anderen?
turnout-open = Bekijk de respons
turnout-idle-filters = De respons gaat over alle uitnodigingen in de periode. De filters van de cijfers gelden hier niet; ze blijven wel bewaard voor de andere bladen.
turnout-invited = Van uitnodiging tot antwoord
turnout-answer = { $rate } respons: { $words }.
turnout-usual = Voor uitnodigingen per e-mail is 10 tot 15% gebruikelijk.
turnout-usual-below = Dat is minder dan de 10 tot 15% die voor uitnodigingen per e-mail gebruikelijk is.
turnout-usual-above = Dat is meer dan de 10 tot 15% die voor uitnodigingen per e-mail gebruikelijk is.
turnout-nobody = In deze periode is niemand persoonlijk uitgenodigd. Hoeveel mensen een open link of QR-code zagen, weet Peil niet: een link openen legt niets vast.
turnout-sent = Uitgenodigd
turnout-begun = Begonnen
turnout-complete = Afgerond
turnout-step = Stap
turnout-count = Aantal
turnout-of-first = Van alle
turnout-of-previous = Van vorige
turnout-ends = Hoe het met elke uitnodiging afliep
turnout-end = Uitkomst
turnout-end-complete = Helemaal beantwoord
turnout-end-partial = Begonnen en gestopt
turnout-end-refusal = Afgemeld zonder te antwoorden
turnout-end-silent = Niets van gehoord
turnout-end-undelivered = Niet te bezorgen
turnout-end-waiting = Nog niet verstuurd (telt niet mee)
turnout-rates = Verhoudingen volgens AAPOR
turnout-rate = Verhouding
turnout-rr1 = Respons: helemaal beantwoord, van alle verstuurde
turnout-rr2 = Ook wie begon en stopte telt als antwoord
turnout-rr5 = Van wie we iets hoorden: helemaal beantwoord
turnout-coop1 = Medewerking: helemaal beantwoord, van wie reageerde
turnout-ref1 = Weigering: afgemeld, van alle verstuurde
turnout-con1 = Bereik: reageerde op enige manier, van alle verstuurde
turnout-channels = Wie begint, maakt het af?
turnout-usual-open = Voor een vraag in een app of op een website is 30 tot 50% gebruikelijk, gerekend van wie de vraag ziet. Wie een link of code alleen bekijkt, telt Peil niet: je ziet hier wie begon, en wie het afmaakte.
turnout-words-channels = Het deel dat alle pagina’s verstuurde, van wie minstens de eerste verstuurde.
turnout-symbols-channels = afgerond = 100 × alle pagina’s verstuurd ÷ eerste pagina verstuurd
turnout-words-pages = Hoeveel mensen elke pagina verstuurden. Wie terugging en opnieuw verstuurde, telt één keer. Het verschil tussen twee pagina’s is wie daar stopte.
turnout-symbols-pages = van alle = 100 × deze pagina ÷ eerste pagina; van vorige = 100 × deze pagina ÷ pagina ervoor
turnout-words-questions = Het deel dat de vraag beantwoordde, van wie de hele vragenlijst verstuurde in een versie waarin de vraag staat.
turnout-symbols-questions = beantwoord = 100 × inzendingen met een antwoord ÷ hele inzendingen
turnout-symbols-rates = RR2 = (I + P) ÷ alle; RR5 = I ÷ (I + P + R); COOP1 = I ÷ (I + P + R); REF1 = R ÷ alle; CON1 = (I + P + R) ÷ alle
turnout-how-begun = Wat telt mee: { $selection }, ook wie halverwege stopte.
turnout-how-newest = Wat telt mee: { $selection }, alleen de nieuwste versie, ook wie halverwege stopte.
turnout-how-invitations = Welke uitnodigingen: { $selection }, naar de dag waarop ze zijn gemaakt. Wat nog niet is verstuurd of is teruggetrokken, telt niet mee.
turnout-channels-note = Begonnen is wie minstens één pagina verstuurde.
turnout-pages = Op welke pagina stoppen mensen?
turnout-pages-note = Van wie aan de nieuwste versie begon: hoeveel mensen elke pagina verstuurden.
turnout-page = Pagina { $n }
turnout-questions = Welke vragen slaan mensen over?
turnout-questions-note = Van wie alles verstuurde en de vraag te zien kreeg.
turnout-question = Vraag
turnout-answered = Beantwoord
turnout-of = Van
