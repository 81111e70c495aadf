# Representativiteit: lijken de mensen die antwoordden op wie we vroegen?
representation-title = Lijkt wie antwoordde op wie we vroegen?
representation-wave = Uitvraag
representation-all-waves = Alle uitvragen samen
representation-idle-filters = Deze pagina gaat over iedereen die is uitgenodigd. De filters van de cijfers gelden hier niet; ze blijven wel bewaard voor de andere bladen.
representation-refused = Hier is nog niets over te zeggen
representation-open-only = { $n ->
    [one] Deze vragenlijst is eenmaal ingevuld via een open link of code, en niemand is persoonlijk uitgenodigd.
   *[other] Deze vragenlijst is { $written } keer ingevuld via een open link of code, en niemand is persoonlijk uitgenodigd.
  } Van wie de link zag en niet antwoordde, is niets bekend. Dan is niet te zeggen of de antwoorden voor al je klanten spreken. Verstuur een uitvraag aan bekende klanten om het wel te weten.
representation-not-invited = Er is nog niemand persoonlijk uitgenodigd. Verstuur een uitvraag; daarna zie je hier welke groepen antwoordden en welke je mist.
representation-too-few = { $answered } van { $invited } uitgenodigden antwoordden. Onder de { $fewest } uitgenodigden of { $answers } antwoorden is elk verschil tussen groepen toeval.
representation-no-properties = Van de uitgenodigden is niets bekend dat groepen maakt, of ze hebben allemaal dezelfde waarde. Geef je klanten kenmerken, zoals regio of klantgroep, om te zien wie je mist.
representation-everyone = Iedereen die is uitgenodigd, antwoordde. Je mist niemand.
representation-indicator = Hoe goed lijken ze?
representation-grade-good = Goed: R = { $r } ({ $low } tot { $high }). Wie antwoordde lijkt in deze kenmerken sterk op wie is uitgenodigd.
representation-grade-fair = Matig: R = { $r } ({ $low } tot { $high }). Sommige groepen antwoordden minder; wees voorzichtig met cijfers over iedereen.
representation-grade-poor = Slecht: R = { $r } ({ $low } tot { $high }). Wie antwoordde lijkt weinig op wie is uitgenodigd; wees heel voorzichtig met cijfers over iedereen.
representation-grade-unsure = Met deze aantallen kan het oordeel ook een stap beter of slechter zijn.
representation-share = { $answered } van { $invited } uitgenodigden antwoordden: { $share } ({ $low } tot { $high }).
representation-bias = Een gemiddelde score kan door wie niet antwoordde hoogstens { $sd } standaardafwijking naast die van alle uitgenodigden zitten, voor zover deze kenmerken het laten zien.
representation-uninvited = { $n ->
    [one] Nog één inzending kwam zonder uitnodiging binnen; die telt hier niet mee.
   *[other] Nog { $written } inzendingen kwamen zonder uitnodiging binnen; die tellen hier niet mee.
  }
representation-current = Van iedereen telt het kenmerk zoals het nu in de adreslijst staat, ook van wie antwoordde: alleen dan zijn antwoorders en anderen te vergelijken. Iemand die vaker is uitgenodigd, telt één keer.
representation-chase = Wie nog eens vragen?
representation-chase-first = { $n ->
    [one] Van { $group } antwoordde één uitgenodigde nog niet.
   *[other] Van { $group } antwoordden { $waiting } uitgenodigden nog niet.
  } Daar win je het meest: met { $needed } antwoorden meer gaat R van { $now } naar { $then }.
representation-chase-nobody = Geen groep blijft duidelijk achter. Een herinnering aan iedereen die nog niet antwoordde is even goed.
representation-chase-note = Nodig: zoveel antwoorden meer, en de groep antwoordt even vaak als alle uitgenodigden samen. R wordt: de representativiteit als alleen dat gebeurt.
representation-group = Groep
representation-waiting = Nog niet geantwoord
representation-invited = Uitgenodigd
representation-needed = Nodig
representation-then = R wordt
representation-do = Doen
representation-ask = Maak een uitvraag
representation-ask-whom = Maak een uitvraag voor { $group }
representation-list = Bekijk de klanten
representation-list-whom = Bekijk de klanten van { $group }
representation-groups = Wie antwoordde, per kenmerk
representation-groups-note = Het streepje in elke balk is de respons van iedereen.
representation-choose = Kenmerken kiezen
representation-choose-help = Kies er hoogstens { $most }. Kies je niets, dan doen de eerste drie mee die groepen maken.
representation-choose-do = Vergelijk
representation-one-value = Alle uitgenodigden hebben dezelfde waarde.
representation-many-values = { $n } verschillende waarden; tot { $most } maakt groepen.
representation-answered-of = Antwoordde
representation-n-of = { $n } van { $of }
representation-standing = In de antwoorden
representation-over = Te veel
representation-under = Te weinig
representation-alike = Naar verhouding
representation-alone = Los
representation-beside = Naast de rest
representation-partials-show = Toon partiële R-indicatoren
representation-partials-note = Hoeveel elk kenmerk en elke groep bijdraagt aan de spreiding van de antwoordkansen. Boven nul: te veel in de antwoorden; onder nul: te weinig. Naast de rest: vergeleken met mensen die in de andere kenmerken gelijk zijn.
representation-whole = Heel kenmerk, zonder toeval
representation-fit-differs = Anders verdeeld dan de uitgenodigden: { $off } van de antwoorden zou uit een andere groep moeten komen (χ² = { $chi2 }, { $df } vrijheidsgraden, p { $p } na correctie voor { $n ->
    [one] één kenmerk
   *[other] { $n } kenmerken
  }).
representation-fit-alike = Geen verschil met de uitgenodigden dat meer is dan toeval: { $off } van de antwoorden zou uit een andere groep moeten komen (χ² = { $chi2 }, { $df } vrijheidsgraden, p { $p } na correctie voor { $n ->
    [one] één kenmerk
   *[other] { $n } kenmerken
  }).
representation-fit-untested = Deze groepen zijn te klein om het verschil met de uitgenodigden te toetsen.
representation-weights = Wat als iedereen naar verhouding antwoordde?
representation-weights-note = Wegen laat groepen die te weinig antwoordden zwaarder tellen. Het herstelt alleen wat deze kenmerken laten zien.
representation-no-scale = Deze vragenlijst heeft geen vraag met een schaal om te wegen.
representation-unweighted = Hier is niet te wegen: { $metric }.
representation-weighs-differs = Wegen maakt uit. { $metric }: { $plain } zonder en { $weighted } met gewichten.
representation-weighs-does_not_differ = Wegen maakt niet uit. { $metric }: { $plain } zonder en { $weighted } met gewichten.
representation-weighs-cannot_tell = Of wegen uitmaakt is niet te zeggen. { $metric }: { $plain } zonder en { $weighted } met gewichten.
representation-question = Vraag
representation-plain = Ongewogen
representation-weighted = Gewogen
representation-matters = Maakt het uit?
representation-verdict-differs = Maakt uit
representation-verdict-does_not_differ = Maakt niet uit
representation-verdict-cannot_tell = Niet te zeggen
representation-weigh-too-few = { $metric }: te weinig mensen antwoordden, of een groepje van minder dan { $n } zou te herkennen zijn. Daarom geen gewogen cijfer.
representation-weigh-one-group = { $metric }: groepen met minder dan { $n } antwoorden tellen samen, en dan blijft er één groep over. Weeg met minder kenmerken.
representation-weigh-empty = Niemand antwoordde uit: { $groups }. Geen gewicht kan dat herstellen. Laat het kenmerk weg, of vraag deze mensen nog eens.
representation-weigh-not-converged = Er zijn geen gewichten die bij alle kenmerken tegelijk kloppen (het wegen kwam niet tot een einde). Daarom geen gewogen cijfer. Weeg met minder kenmerken.
representation-weigh-infeasible = De bovengrens laat geen ruimte voor deze gewichten. Kies een hogere grens.
representation-weigh-shares = De aandelen van { $property } tellen op tot { $sum }%, en niet tot 100%.
representation-choose-weights = Hoe wil je wegen?
representation-targets-show = Toon aandelen in de antwoorden en doel
representation-margins = Wegen op
representation-population = Naar de verdeling van
representation-population-invited = Alle uitgenodigden
representation-population-contacts = De hele adreslijst
representation-population-typed = Zelf ingevulde aandelen
representation-bound = Zwaarste gewicht
representation-bound-help = Zwaarder telt niemand; het teveel wordt over de anderen verdeeld.
representation-bound-times = { $n } keer het gemiddelde
representation-bound-none = Geen grens
representation-shares = Aandelen van { $property } in procenten
representation-weigh = Weeg
representation-weights-of = Gewichten: { $metric }
representation-n = Antwoorden
representation-n-eff = Tellen als (effectief aantal)
representation-deff = Ontwerpeffect
representation-lightest = Lichtste gewicht
representation-heaviest = Zwaarste gewicht
representation-met = De gewichten kloppen bij alle gekozen kenmerken.
representation-bounded = { $n ->
    [one] Van één mens is het gewicht afgetopt;
   *[other] Van { $written } mensen is het gewicht afgetopt;
  } daardoor wijkt een aandeel hoogstens { $off } procentpunt af van het doel.
representation-pooled = Samen gewogen, omdat groepen minder dan { $n } antwoorden hebben: { $values }.
representation-steps = Hoeveel mensen tellen hoe zwaar?
representation-weight = Gewicht
representation-people = Mensen
representation-up-to = Tot { $end }
representation-between = { $start } tot { $end }
representation-above = Meer dan { $start }
representation-in-answers = In de antwoorden
representation-in-population = Doel
