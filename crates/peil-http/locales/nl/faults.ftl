# Wat een pagina zegt als de schijf of de cijfers even niet meewerken.
error-disk-title = Er kan nu niets worden bewaard
error-disk-text = De schijf van Peil is vol, beschadigd of alleen-lezen. Er is niets verloren van wat al bewaard was. Laat de beheerder ruimte maken of de rechten herstellen: daarna gaat Peil vanzelf verder. Met peil doctor zie je wat er aan de hand is.
problem-disk = Er kan nu niets worden bewaard: de schijf is vol, beschadigd of alleen-lezen.
error-figures-title = De cijfers worden klaargezet
error-figures-text = { $percent } % is klaar. Deze pagina vernieuwt zichzelf. Antwoorden komen intussen gewoon binnen.
problem-figures = De cijfers worden klaargezet: { $percent } % is klaar.
storage-refused-title = Sinds { $since } kan Peil niets bewaren
storage-refused-full = De schijf is vol. Maak ruimte vrij: Peil gaat daarna vanzelf verder en deze melding verdwijnt.
storage-refused-failing = De schijf neemt niets aan, al is er ruimte. Laat de beheerder ernaar kijken; peil doctor zegt meer. Peil gaat vanzelf verder zodra schrijven weer lukt.
storage-refused-read-only = Peil mag niet schrijven. Geef het programma weer schrijfrechten op de gegevensmap: daarna gaat Peil vanzelf verder en verdwijnt deze melding.
storage-refused-damaged = Het gegevensbestand is beschadigd. Zet een reservekopie terug; peil doctor zegt meer.
storage-refused-safe = Er gaat geen antwoord verloren dat al was aangenomen. Wie nu iets invult, houdt het antwoord in het formulier en kan het straks opnieuw versturen.
storage-scarce-title = Nog { $free } MB vrij op de schijf van Peil
storage-scarce-text = Als de schijf vol is, kan Peil geen nieuwe antwoorden meer bewaren. Maak op tijd ruimte vrij; deze melding verdwijnt dan vanzelf.
