# Methoden in het kort
method-list-title = Hoe rekent Peil?
method-list-short = Methoden
method-list-lead = Per cijfer: wat het zegt, hoe het wordt berekend, en wanneer Peil niets zegt.
method-part-words = In gewone woorden
method-part-formula = Als formule
method-part-interval = Hoe zeker is het?
method-part-assumes = Wat we aannemen
method-part-silent = Wanneer Peil niets zegt
method-part-source = Bron
method-nps-title = Net Promoter Score (NPS)
method-nps-asks = Zouden klanten ons aanraden?
method-nps-words = Op een schaal van 0 tot en met 10 zijn 9 en 10 promotors, 7 en 8 passief, en 0 tot en met 6 criticasters. De NPS is het percentage promotors min het percentage criticasters: van −100 tot 100 punten.
method-nps-formula = NPS = 100 × (p − c) ÷ n, met p promotors en c criticasters onder n antwoorden
method-nps-interval = Het score-interval van Tango: alle waarden die de antwoorden niet tegenspreken. Het blijft binnen −100 en 100 en heeft ook een breedte als iedereen het eens is.
method-nps-assumes = Wie antwoordde is een willekeurige greep uit alle klanten over wie het cijfer gaat, met één antwoord per persoon.
method-nps-silent = Bij minder dan 5 mensen blijft het cijfer verborgen. Is het interval breder dan 15 punten naar beide kanten, dan staat het in grijs.
method-nps-source = Reichheld (2003); Tango (1998), Statistics in Medicine 17; Rocks (2016), The American Statistician 70.
method-share-title = Aandeel hoge scores (CSAT)
method-share-asks = Welk deel van de klanten is tevreden?
method-share-words = Het aantal antwoorden met een van de beste scores, gedeeld door alle antwoorden. Bij een schaal van 1 tot en met 5 zijn dat de 4 en de 5.
method-share-formula = aandeel = h ÷ n, met h hoge scores onder n antwoorden
method-share-interval = Het score-interval van Wilson, dat ook klopt bij weinig antwoorden en bij een aandeel dicht bij 0 of 100%.
method-share-assumes = Wie antwoordde is een willekeurige greep uit alle klanten over wie het cijfer gaat, met één antwoord per persoon.
method-share-silent = Bij minder dan 5 mensen blijft het cijfer verborgen. Is het interval breder dan 10 procentpunt naar beide kanten, dan staat het in grijs.
method-share-source = Wilson (1927), Journal of the American Statistical Association 22.
method-mean-title = Gemiddelde score
method-mean-asks = Hoe hoog is de score gemiddeld?
method-mean-words = Alle scores opgeteld, gedeeld door het aantal antwoorden.
method-mean-formula = gemiddelde = Σ x ÷ n, met Σ x de som van alle scores
method-mean-interval = Het t-interval van Student: gemiddelde ± t × s ÷ √n, met s de spreiding van de scores.
method-mean-assumes = De stappen op de schaal zijn even groot, en wie antwoordde is een willekeurige greep uit alle klanten over wie het cijfer gaat.
method-mean-silent = Bij minder dan 5 mensen blijft het cijfer verborgen. Is het interval breder dan een tiende van de schaal naar beide kanten, dan staat het in grijs.
method-mean-source = Student (1908), Biometrika 6.
method-response-rate-title = Respons
method-response-rate-asks = Welk deel van wie we vroegen, antwoordde?
method-response-rate-words = Het aantal beantwoorde uitnodigingen, gedeeld door alle uitnodigingen die zijn verstuurd. Wie niet reageerde telt mee in de noemer.
method-response-rate-formula = RR1 = I ÷ (alle verstuurde uitnodigingen), met I het aantal dat is beantwoord
method-response-rate-interval = Er is geen interval: iedereen die is gevraagd, is geteld.
method-response-rate-assumes = Elke verstuurde uitnodiging ging naar iemand die kon antwoorden.
method-response-rate-silent = Zonder uitnodigingen in de periode is er geen respons.
method-response-rate-source = AAPOR, Standard Definitions (10e druk, 2023).
method-difference-title = Is een verschil echt?
method-difference-asks = Verschillen twee groepen of perioden, en doet dat ertoe?
method-difference-words = Peil zegt “verschilt” als het interval van het verschil geen nul bevat en de kans op toeval klein is, ook na correctie voor alle vergelijkingen op het scherm. Peil zegt “verschilt niet” alleen als het hele interval zo dicht bij nul ligt dat niemand ernaar zou handelen: 5 punten NPS, 3 procentpunt, of een twintigste van de schaal bij een gemiddelde. In alle andere gevallen is het nog niet te zeggen.
method-difference-formula = verschilt niet: −m ≤ laag en hoog ≤ m. Verschilt: 0 ligt buiten het interval en gecorrigeerde p < 0,05
method-difference-interval = NPS: aangepast Wald-interval. Aandeel: Newcombe. Gemiddelde: Welch. Alle p-waarden op één scherm worden samen gecorrigeerd volgens Benjamini-Hochberg: van alles wat “verschilt” heet, is hoogstens zo’n 5% toeval.
method-difference-assumes = De twee groepen bestaan uit verschillende mensen. Antwoordt in twee perioden dezelfde persoon, dan is het oordeel voorzichtig: er zijn eerder te weinig dan te veel verschillen.
method-difference-silent = Verborgen groepen doen nooit mee. Zonder spreiding in de antwoorden is er geen interval en geen oordeel.
method-difference-source = Benjamini en Hochberg (1995); Newcombe (1998); Welch (1947); Bonett en Price (2012); Schuirmann (1987) voor gelijkwaardigheid.
method-groups-title = Groepen vergelijken
method-groups-asks = Verschillen meerdere groepen, en welke dan?
method-groups-words = Eerst één toets over alle groepen samen: is er wel iets aan de hand? Daarna elk paar, met een correctie voor het aantal paren. Groepen met een gedeelde letter verschillen niet aantoonbaar van elkaar.
method-groups-formula = NPS: Q = Σ w (y − ȳ)², χ² met k − 1 vrijheidsgraden. Aandeel: χ² van Pearson. Gemiddelde: F van Welch, met Kruskal-Wallis ernaast
method-groups-interval = Per paar het interval van het verschil, en een p-waarde die is gecorrigeerd volgens Holm (de kans op één vals alarm) en Benjamini-Hochberg (het deel valse alarmen).
method-groups-assumes = De groepen bestaan uit verschillende mensen, en wie antwoordde is binnen elke groep een willekeurige greep.
method-groups-silent = Groepen van minder dan 5 mensen blijven verborgen. Als in een groep iedereen hetzelfde antwoordde, is er geen toets over alle groepen.
method-groups-source = Cochran (1954); Welch (1951); Kruskal en Wallis (1952); Piepho (2004) voor de letters.
method-sample-size-title = Hoeveel antwoorden nodig
method-sample-size-asks = Hoeveel mensen moeten antwoorden, en hoeveel moet je er vragen?
method-sample-size-words = Hoe smaller de marge, of hoe kleiner het verschil dat je wilt kunnen zien, hoe meer antwoorden je nodig hebt: half zo smal kost vier keer zoveel. Het aantal uitnodigingen is het aantal antwoorden gedeeld door de respons.
method-sample-size-formula = marge: n = z² S² ÷ (marge² + z² S² ÷ N). Verschil: het n waarbij de toets het verschil in 80% van de gevallen ziet
method-sample-size-interval = De marge hoort bij 95% zekerheid. Een verschil wordt gezien met 80% kans, bij 5% kans op vals alarm.
method-sample-size-assumes = De spreiding blijft zoals ingevuld, de respons ook, en wie antwoordt is een willekeurige greep. Een hoge respons is beter dan veel uitnodigingen: wie niet antwoordt kan anders denken.
method-sample-size-silent = Zonder verschil tussen nu en het doel is geen aantal genoeg.
method-sample-size-source = Cochran (1977), Sampling Techniques; Cohen (1988), Statistical Power Analysis; Valliant, Dever en Kreuter (2018).
method-drivers-title = Drijfveren van tevredenheid
method-drivers-asks = Welke vragen gaan samen met de uitkomst, en hoe sterk?
method-drivers-words = Peil voorspelt de uitkomst uit alle andere vragen samen, en verdeelt wat dat verklaart over de vragen. De verdeling is het gemiddelde over alle volgordes waarin vragen kunnen meedoen, zodat vragen die op elkaar lijken eerlijk delen. De verdeling volgens Johnson staat ernaast als controle.
method-drivers-formula = LMG: deel van j = gemiddelde over alle volgordes van R²(met j) − R²(zonder j)
method-drivers-interval = De inzendingen worden 500 keer opnieuw getrokken en de analyse telkens herhaald; het interval bevat de middelste 95% van de uitkomsten. De richting komt uit het interval van de regressiecoëfficiënt.
method-drivers-assumes = Het verband is ongeveer een rechte lijn, en wie alle vragen beantwoordde lijkt op wie dat niet deed. Samenhang is geen oorzaak.
method-drivers-silent = Bij minder dan 10 complete inzendingen per drijfveer, bij een vraag waarop iedereen hetzelfde antwoordt, en als een vraag precies uit de andere volgt.
method-drivers-source = Lindeman, Merenda en Gold (1980); Johnson (2000); Grömping (2006), Journal of Statistical Software 17; Martilla en James (1977) voor de kaart.
