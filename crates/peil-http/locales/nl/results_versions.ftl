# Versies bij elkaar of uit elkaar
results-note-set-aside = In versie { $list } was deze vraag niet precies hetzelfde. Die antwoorden doen hier niet mee, omdat je alleen precies dezelfde vraag wilt.
results-versions = Versies
results-versions-together = Samen, waar de schaal gelijk is
results-versions-same = Samen, alleen bij precies dezelfde vraag
results-versions-same-short = alleen dezelfde vraag
results-versions-apart = Elke versie apart
results-versions-only = Alleen versie { $n }
