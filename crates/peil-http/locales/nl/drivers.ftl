# Drijfveren
drivers-title = Wat hangt samen met tevredenheid?
drivers-short = Wat telt
drivers-open = Wat hangt samen met tevredenheid?
drivers-outcome = Te verklaren vraag
drivers-choose = Drijfveren kiezen
drivers-choose-help = Kies er hoogstens { $most }. Kies je niets, dan doen de vragen mee die de meeste mensen hebben beantwoord.
drivers-do = Reken uit
drivers-refused = Hier is geen analyse van te maken
drivers-none = Er is geen andere vraag met een schaal beantwoord. Voeg aan je vragenlijst een paar vragen toe over wat ertoe kan doen, zoals levering, prijs en contact.
drivers-too-few = { $rows } inzendingen hebben een antwoord op al deze vragen. Voor { $drivers } drijfveren zijn er minstens { $needed } nodig: met minder is de verdeling vooral toeval. Kies minder drijfveren, of een langere periode.
drivers-too-few-hidden = Minder dan 5 mensen hebben al deze vragen beantwoord. Voor { $drivers } drijfveren zijn minstens { $needed } inzendingen nodig. Kies minder drijfveren, of een langere periode.
drivers-no-spread = Iedereen gaf dezelfde score op “{ $name }”. Wat nergens verschilt, kan geen verschil verklaren. Laat deze vraag weg.
drivers-follows = De score op een van de drijfveren volgt precies uit de andere, dus is niet te zeggen welke het is. Laat er een weg.
drivers-map = Belang en score
drivers-map-note = Linksboven staat wat veel uitmaakt en slecht scoort. De ellips om een punt is zo breed en zo hoog als de 95%-intervallen.
drivers-answer = { $n ->
    [one] Eén vraag verklaart { $part } van de verschillen in { $metric }.
   *[other] Deze { $n } vragen verklaren samen { $part } van de verschillen in { $metric }.
  }
drivers-based-on = Gebaseerd op { $rows } inzendingen van { $people } mensen met een antwoord op al deze vragen.
drivers-first = Begin met: { $name }
drivers-cut = Alleen de nieuwste { $n } inzendingen tellen mee.
drivers-no-cause = Samenhang is nog geen oorzaak. Probeer een verbetering uit en meet of de score meebeweegt.
drivers-words = Van elke vraag rekent Peil uit hoeveel verschil in de uitkomst ermee samengaat, eerlijk verdeeld over vragen die op elkaar lijken. De grens tussen hoog en laag is het gemiddelde van alle drijfveren.
drivers-formula = R² = { $part }, uit { $rows } inzendingen en { $drivers } drijfveren
drivers-list = Van meer naar minder belangrijk
drivers-list-note = Deel van de verschillen met 95%-interval. Overlappen twee intervallen, dan staat de volgorde niet vast.
drivers-question = Vraag
drivers-part = Verklaart
drivers-share = Aandeel (LMG)
drivers-relative = Aandeel (Johnson)
drivers-direction = Richting
drivers-up = Hogere score, hogere { $metric }
drivers-down = Hogere score, lagere { $metric }
drivers-unclear = Nog niet te zeggen
drivers-mean = Gemiddelde
drivers-mean-of = { $mean } op { $min }–{ $max }
drivers-do-what = Wat te doen
drivers-concentrate = Nu verbeteren
drivers-keep-up = Zo houden
drivers-low-priority = Kan wachten
drivers-overkill = Mag minder aandacht
drivers-axis-up = Deel van de verschillen in { $metric }
drivers-axis-across = Score, als deel van de schaal
drivers-chart-title = Belang en score van wat samenhangt met { $metric }
