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
method-full-short = Volledig
method-full-title = Volledige beschrijvingen (Engels)
method-full-open = Volledige beschrijving, met formules, voorbeeld en toetsing (Engels)
method-full-lead = De volledige beschrijving is in het Engels geschreven.
method-full-to-short = In het kort
method-hidden-title = Kleine groepen
method-hidden-asks = Welke cijfers blijven verborgen, en waarom?
method-hidden-words = Een cijfer van drie mensen verraadt bijna wat elk van hen vond. Daarom zie je alleen cijfers van minstens 5 mensen. Kun je een kleine groep uitrekenen door andere groepen van het totaal af te trekken, dan verbergt Peil ook de kleinste groep daarnaast, of telt het weken en maanden samen.
method-hidden-formula = een cel is zichtbaar bij 0 of minstens 5 mensen; een selectie is zichtbaar als ze uit hele zichtbare cellen bestaat
method-hidden-interval = Er is geen interval: het gaat om tellen. Peil telt mensen, geen antwoorden; wie onbekend is telt als één.
method-hidden-assumes = Lezers mogen met elkaar praten en zo vaak vragen als ze willen. Wie vlak voor en vlak na één antwoord kijkt, ziet wel het verschil: Peil toont liever de stand van nu.
method-hidden-silent = Een verborgen groep doet nergens aan mee: niet aan een vergelijking, niet aan letters, niet aan een toets. Opmerkingen van onbekende mensen zie je pas als minstens 8 mensen de selectie delen.
method-hidden-source = Hundepool e.a. (2012), Statistical Disclosure Control; Cox (1980), Journal of the American Statistical Association 75.
method-quality-title = Automatische en haastige antwoorden
method-quality-asks = Welke antwoorden tellen niet mee?
method-quality-words = Een veld dat mensen niet zien, wordt door robots vaak wel ingevuld. Zulke inzendingen krijgen een merk en tellen niet mee, tot je daarom vraagt. Wie erg snel was of overal hetzelfde koos, krijgt ook een merk maar telt gewoon mee: mensen kunnen snel zijn, of alles goed vinden.
method-quality-formula = robot: het verborgen veld is ingevuld; te snel: minder tijd dan lezen kost; rechte lijn: overal dezelfde score
method-quality-interval = Er is geen interval: elk merk is een telling per inzending.
method-quality-assumes = Een programma dat mensen helpt met invullen, laat het verborgen veld leeg.
method-quality-silent = Met één vraag met een schaal is er geen rechte lijn. Lijsten met losse antwoorden en downloads bevatten alles, met de merken erbij.
method-quality-source = Curran (2016), Journal of Experimental Social Psychology 66; Meade en Craig (2012), Psychological Methods 17.
method-accounts-title = Organisaties
method-accounts-asks = Wat vinden organisaties, en zijn mensen binnen een organisatie het eens?
method-accounts-words = De NPS per persoon telt ieder antwoord even zwaar, de NPS per organisatie iedere organisatie. De ICC zegt hoe eens mensen binnen een organisatie het zijn: 0 is als vreemden, 1 is als één persoon. De beste schatting per organisatie weegt het eigen cijfer tegen het gemiddelde van alle organisaties.
method-accounts-formula = schatting = B × eigen NPS + (1 − B) × μ, met B = τ² ÷ (τ² + s² ÷ n)
method-accounts-interval = μ is de gemiddelde organisatie. τ², de spreiding tussen organisaties, is geschat met REML; s² is de spreiding binnen organisaties. De intervallen van beide NPS’en komen uit de verschillen tussen hele organisaties, want collega’s antwoorden niet los van elkaar.
method-accounts-assumes = De organisaties die antwoordden zijn een willekeurige greep, en de spreiding binnen elke organisatie is ongeveer even groot.
method-accounts-silent = Organisaties van minder dan 5 mensen worden niet genoemd; ze tellen mee met hun gezamenlijke cijfer. Is iedereen binnen elke organisatie het eens, dan is er geen schatting.
method-accounts-source = Binder (1983), International Statistical Review 51; Raudenbush en Bryk (1985), Journal of Educational Statistics 10; Robinson (1991), Statistical Science 6.
method-representation-title = Representativiteit van de respons (R-indicator)
method-representation-asks = Lijkt wie antwoordde op wie we vroegen, en wie missen we?
method-representation-words = Peil schat voor elke uitgenodigde hoe waarschijnlijk een antwoord was, uit de gekozen kenmerken. Hoe verder die kansen uiteenlopen, hoe lager R. Bij R = 1 antwoordde elke groep even vaak. Partiële indicatoren zeggen welk kenmerk en welke groep de spreiding veroorzaakt: los bekeken, en vergeleken met mensen die verder gelijk zijn.
method-representation-formula = R = 1 − 2 × √V(ρ), met V(ρ) de spreiding van de antwoordkansen, zonder het deel dat toeval is
method-representation-interval = R ± 1,96 × se(R), met de standaardfout van Shlomo, Skinner en Schouten. Goed is R vanaf 0,80, matig vanaf 0,65, slecht daaronder. Of een kenmerk anders verdeeld is, toetst χ² tegen alle uitgenodigden, met correctie omdat de antwoorders een deel van hen zijn, en volgens Holm voor het aantal kenmerken.
method-representation-assumes = De uitgenodigden zijn de mensen over wie je iets wilt zeggen. Kenmerken zijn die van nu, van wie antwoordde en wie niet. R ziet alleen wat de kenmerken zien: 1 bewijst niet dat er geen vertekening is.
method-representation-silent = Bij minder dan 30 uitgenodigden of 10 antwoorden, zonder kenmerk dat groepen maakt, als iedereen antwoordde, en als niemand persoonlijk is uitgenodigd: van een open link weet niemand wie hem zag. Kleine groepen worden niet getoetst.
method-representation-source = Schouten, Cobben en Bethlehem (2009), Survey Methodology 35; Shlomo, Skinner en Schouten (2012); Cochran (1954), Biometrics 10.
method-weighting-title = Wegen
method-weighting-asks = Wat zou het cijfer zijn als alle groepen naar verhouding hadden geantwoord?
method-weighting-words = Antwoorden uit groepen die te weinig antwoordden tellen zwaarder, tot elk gekozen kenmerk de verdeling heeft van de populatie. Dat maakt het cijfer onzekerder: het effectieve aantal zegt met hoeveel even zware antwoorden het gelijk staat. Groepen met minder dan 5 antwoorden worden eerst samengenomen, zodat niemand met gewichten apart te zetten is.
method-weighting-formula = gewogen cijfer = Σ w × y ÷ Σ w; effectief aantal = (Σ w)² ÷ Σ w²
method-weighting-interval = Gewogen cijfer ± t × se, met se uit u = w × (y − gewogen cijfer) ÷ Σ w. Gewogen en ongewogen cijfer komen van dezelfde antwoorden; het verschil heeft een eigen standaardfout. De gewichten tellen als vast.
method-weighting-assumes = Binnen een groep lijkt wie antwoordde op wie dat niet deed. Wegen herstelt alleen wie je weet te missen. Van elke uitgenodigde telt het nieuwste antwoord.
method-weighting-silent = Als in een groep niemand antwoordde, als geen gewichten bij alle kenmerken tegelijk kloppen, als de grens geen ruimte laat, en als te weinig mensen antwoordden.
method-weighting-source = Deming en Stephan (1940); Kish (1992); Binder (1983); Lumley (2010), Complex Surveys.
