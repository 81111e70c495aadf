"""What scikit-learn makes of the same labelled answers in the same parts, for `cargo dev bench themes`.

    themes.py FOLDER

Words and pairs of words, pieces of words of two to five letters, TF-IDF, logistic regression; for categories the one
threshold that is best in an inner cross-validation. For groups: TF-IDF, truncated SVD, k-means that is told how many
groups there are, which Peil is not. Prints a line of JSON per figure.
"""

import json
import pathlib
import sys

import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, normalized_mutual_info_score
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline, make_union
from sklearn.preprocessing import MultiLabelBinarizer, normalize

FOLDS = 5
SETS = {
    "absa_nl_restaurants": "absa_nl/restaurants.train",
    "absa_nl_mobilephones": "absa_nl/mobilephones.train",
    "absa_en_restaurants": "absa_en/restaurants.train",
    "absa_en_laptops": "absa_en/laptops.train",
    "airline": "airline_en/tweets.train",
}
GROUPS = ["theming/xsid_nl.valid", "theming/banking77.train"]


def read(folder, file):
    with open(folder / f"{file}.jsonl", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def told(what, figure):
    print(json.dumps({"what": what, "figure": round(figure, 1)}), flush=True)


def features():
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=1)
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2)
    return make_union(words, pieces)


def regression():
    return LogisticRegression(C=4, solver="liblinear")


def fold_of(number):
    return np.arange(number) * 50 // number % FOLDS


def best_threshold(matrix, wanted):
    """The threshold with the best F1 on answers that were not learned from."""
    folds = fold_of(matrix.shape[0])
    chances = np.zeros(wanted.shape)
    for fold in range(FOLDS):
        train = folds != fold
        model = OneVsRestClassifier(regression()).fit(matrix[train], wanted[train])
        chances[~train] = model.predict_proba(matrix[~train])
    steps = np.arange(0.08, 0.8, 0.02)
    return max(steps, key=lambda step: f1_score(wanted, chances >= step, average="micro", zero_division=0))


def categories(train, test, classes):
    together = features()
    matrix = together.fit_transform([one["text"] for one in train]).tocsr()
    coder = MultiLabelBinarizer(classes=classes)
    wanted = coder.fit_transform([one["categories"] for one in train])
    used = wanted.sum(axis=0) > 0
    threshold = best_threshold(matrix, wanted[:, used])
    model = OneVsRestClassifier(regression()).fit(matrix, wanted[:, used])
    found = np.zeros((len(test), len(classes)), dtype=int)
    found[:, used] = model.predict_proba(together.transform([one["text"] for one in test])) >= threshold
    return coder.transform([one["categories"] for one in test]), found


def opinions(answers):
    """An opinion as the words of its answer, with its category and target as further words."""
    for one in answers:
        for opinion in one.get("opinions", []):
            if opinion.get("polarity"):
                category = (opinion.get("category") or "").replace("#", "_").replace(" ", "_")
                target = opinion.get("target") or ""
                yield f"{one['text']} cat_{category} ent_{category.split('_')[0]} {target}", opinion["polarity"]


def tones(answers):
    return [(one["text"], one["polarity"]) for one in answers if one.get("polarity")]


def accuracy(train, test):
    model = make_pipeline(features(), regression()).fit(*zip(*train))
    texts, wanted = zip(*test)
    return (model.predict(texts) == np.array(wanted)).tolist()


def learned(name, answers):
    folds = fold_of(len(answers))
    classes = sorted({category for one in answers for category in one["categories"]})
    wanted, found, of_opinions, of_answers = [], [], [], []
    for fold in range(FOLDS):
        train = [one for one, its in zip(answers, folds) if its != fold]
        test = [one for one, its in zip(answers, folds) if its == fold]
        one, two = categories(train, test, classes)
        wanted.append(one)
        found.append(two)
        if any(True for _ in opinions(test)):
            of_opinions += accuracy(list(opinions(train)), list(opinions(test)))
        of_answers += accuracy(tones(train), tones(test))
    told(f"{name} category F1", 100 * f1_score(np.vstack(wanted), np.vstack(found), average="micro"))
    if of_opinions:
        told(f"{name} opinion polarity", 100 * np.mean(of_opinions))
    told(f"{name} answer polarity", 100 * np.mean(of_answers))


def few(name, answers):
    classes = sorted({category for one in answers for category in one["categories"]})
    for number in (100, 400):
        step = len(answers) // number
        found = []
        for start in range(5):
            taken = {start % step + step * place for place in range(number)}
            train = [one for place, one in enumerate(answers) if place in taken]
            test = [one for place, one in enumerate(answers) if place not in taken]
            found.append(f1_score(*categories(train, test, classes), average="micro"))
        told(f"{name} category F1 with {number} labels", 100 * np.mean(found))


def groups(file, answers):
    labels = [one["categories"][0] for one in answers]
    matrix = TfidfVectorizer(sublinear_tf=True).fit_transform([one["text"] for one in answers])
    rows = normalize(TruncatedSVD(100, random_state=1).fit_transform(matrix))
    found = KMeans(len(set(labels)), n_init=4, random_state=1).fit_predict(rows)
    told(f"{file} NMI", 100 * normalized_mutual_info_score(labels, found))


def main():
    folder = pathlib.Path(sys.argv[1])
    for name, file in SETS.items():
        answers = read(folder, file)
        learned(name, answers)
        if name == "absa_nl_restaurants":
            few(name, answers)
    for file in GROUPS:
        groups(file, read(folder, file))


if __name__ == "__main__":
    main()
