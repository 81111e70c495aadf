# Wat een pagina zegt als de schijf of de cijfers even niet meewerken.
error-disk-title = Er kan nu niets worden bewaard
error-disk-text = De schijf van Peil is vol, beschadigd of alleen-lezen. Er is niets verloren van wat al bewaard was. Laat de beheerder ruimte maken of de rechten herstellen: daarna gaat Peil vanzelf verder. Met peil doctor zie je wat er aan de hand is.
problem-disk = Er kan nu niets worden bewaard: de schijf is vol, beschadigd of alleen-lezen.
error-figures-title = De cijfers worden klaargezet
error-figures-text = { $percent } % is klaar. Deze pagina vernieuwt zichzelf. Antwoorden komen intussen gewoon binnen.
problem-figures = De cijfers worden klaargezet: { $percent } % is klaar.
