"""The questions of crates/peil-facts/examples/speed in DuckDB, Polars, DataFusion and chdb, over the
same facts: `facts.py FOLDER`, where the folder holds plain columns of two bytes, the low one first.
Each engine has two threads, and everything in memory. A first line of JSON says which engines are
ready and which are absent; then each line of the input names an engine, a question and how often to
ask it, and a line of JSON holds the milliseconds of each time and the processor time of all threads
together. A question is asked once more before, so that all of them are warm."""

import json
import os
import sys
import time

os.environ["POLARS_MAX_THREADS"] = "2"
os.environ["RAYON_NUM_THREADS"] = "2"

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

FOLDER = sys.argv[1]
SEGMENTS = [2, 5, 10, 25, 100, 400, 1500, 5000]
NARROW = ["question", "score", "s2", "s5", "s10", "s25", "s100"]
COLUMNS = ["day", "question", "score", "weight"] + [f"s{values}" for values in SEGMENTS]

# Name, by what is counted apart, condition, weighted.
QUESTIONS = [
    ("Q1", [], "", False),
    ("Q2", ["month"], "", False),
    ("Q3", ["s10"], "", False),
    ("Q4", ["month"], "s25 = 1", False),
    ("Q5", ["s100"], "s2 = 0", False),
    ("Q6", ["month", "s100"], "s2 = 0 and s5 = 0 and s10 <= 2", False),
    ("Q7", ["s5000"], "", False),
    ("Q8", ["month"], "s2 = 0", True),
    ("Q9", ["month"], "question = 7", False),
]


def table():
    """The facts, each column as narrow as it fits, with the month worked out beforehand."""
    columns = {}
    for name in COLUMNS:
        column = np.fromfile(f"{FOLDER}/{name}.u16", dtype="<u2")
        columns[name] = column.astype("u1") if name in NARROW else column
    first = np.datetime64("2023-01-01")
    months = (first + columns["day"].astype("m8[D]")).astype("M8[M]")
    columns["month"] = (months - first.astype("M8[M]")).astype("u1")
    columns["weight"] = columns["weight"].astype("u4")
    return pa.table(columns)


def sql(question, source="facts", weight="cast(weight as bigint)"):
    _, groups, condition, is_weighted = question
    by = ", ".join(groups + ["score"])
    weights = f", sum({weight}) as w, sum({weight} * {weight}) as w2" if is_weighted else ""
    where = f" where {condition}" if condition else ""
    return f"select {by}, count(*) as n{weights} from {source}{where} group by {by}"


def measured(ask, times):
    rows, total = ask()
    ms = []
    cpu = time.process_time()
    for _ in range(times):
        start = time.perf_counter()
        ask()
        ms.append((time.perf_counter() - start) * 1000)
    cpu = (time.process_time() - cpu) * 1000
    return {"ms": ms, "cpu_ms": cpu, "cells": int(rows), "facts": int(total)}


def duckdb_engine(facts):
    import duckdb

    base = duckdb.connect()
    base.execute("set threads = 2")
    base.register("given", facts)
    base.execute("create table facts as select * from given")
    base.unregister("given")

    def ask(question):
        found = base.execute(sql(question)).fetchnumpy()
        return len(found["n"]), found["n"].sum()

    return ask


def polars_engine(facts):
    import polars as pl

    frame = pl.from_arrow(facts)

    def ask(question):
        _, groups, condition, is_weighted = question
        counts = [pl.len().alias("n")]
        if is_weighted:
            weight = pl.col("weight").cast(pl.Int64)
            counts += [weight.sum().alias("w"), (weight * weight).sum().alias("w2")]
        chosen = frame.lazy()
        if condition:
            chosen = chosen.filter(pl.sql_expr(condition))
        found = chosen.group_by(groups + ["score"]).agg(counts).collect()
        return found.height, found["n"].sum()

    return ask


def datafusion_engine(facts):
    import datafusion

    config = datafusion.SessionConfig().with_target_partitions(2)
    context = datafusion.SessionContext(config)
    half = facts.num_rows // 2
    halves = [facts.slice(0, half).to_batches(), facts.slice(half).to_batches()]
    context.register_record_batches("facts", halves)

    def ask(question):
        found = context.sql(sql(question)).collect()
        return sum(batch.num_rows for batch in found), 0

    return ask


def chdb_engine(facts):
    from chdb import session

    # Its own columns in memory; a file only hands them over.
    file = f"{FOLDER}/facts.parquet"
    pq.write_table(facts, file)
    base = session.Session()
    base.query("create table facts engine = Memory settings compress = 0 as select * from file("
               f"'{file}', Parquet)")

    def ask(question):
        text = sql(question, weight="toInt64(weight)") + " settings max_threads = 2"
        found = base.query(text, "RowBinary")
        return found.rows_read() and 1, 0

    return ask


def main():
    facts = table()
    engines, absent = {}, {}
    for name, engine in [
        ("DuckDB", duckdb_engine),
        ("Polars", polars_engine),
        ("DataFusion", datafusion_engine),
        ("chdb", chdb_engine),
    ]:
        try:
            engines[name] = engine(facts)
        except Exception as problem:
            absent[name] = str(problem)[:300]
    print(json.dumps({"ready": list(engines), "absent": absent}), flush=True)
    questions = {question[0]: question for question in QUESTIONS}
    for line in sys.stdin:
        name, number, times = line.split()
        ask = engines[name]
        try:
            found = measured(lambda: ask(questions[number]), int(times))
        except Exception as problem:
            found = {"problem": str(problem)[:300]}
        print(json.dumps(found), flush=True)


main()
