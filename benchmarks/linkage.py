"""A list without numbers against a register: our linkage, and Splink with its default comparisons.

    python benchmarks/linkage.py --seeds 101 102 103         # 25 000 rows, 100 000 persons
    python benchmarks/linkage.py --bare --without splink     # a list without heads and phones
    python benchmarks/linkage.py --copied --without splink   # the same, with slips of another kind

Every run is a process of its own. Printed are precision and recall of the rows linked without asking,
how many rows would be asked about, seconds by the clock and of processor time (the better figure on a
busy machine), and largest memory over that of holding the data. Lists come from `anju.synth.slips`,
which knows nothing of the matcher's tables and has two kinds of
clerks (`slips.names` and `values`, `slips.copied`). Splink (dependency group `bench`) gets its own comparisons
for names and dates, the same columns, blocking
rules in the manner of its guide, once with characters and once with pinyin, and of each row's pairs the likeliest, one row a person.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import polars as pl

_SPLINK_THRESHOLDS = (0.5, 0.9, 0.99, 0.999)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--persons", type=int, default=100_000)
    parser.add_argument("--rows", type=int, default=25_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[101, 102, 103])
    parser.add_argument("--bare", action="store_true", help="a list without heads and phones")
    parser.add_argument(
        "--copied", action="store_true", help="a bare list with slips of the other kind"
    )
    parser.add_argument("--without", nargs="*", default=[], choices=["splink"])
    parser.add_argument("--calibration", action="store_true", help="how true the probabilities are")
    parser.add_argument("--job", nargs=2, metavar=("NAME", "FOLDER"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.job:
        print(json.dumps(measured(given.job[0], Path(given.job[1]))))
        return
    print(
        "| seed | job | precision | recall | wrong | asked | clock s | processor s | memory MiB |"
    )
    print("| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for seed in given.seeds:
        with tempfile.TemporaryDirectory(prefix="anju-linkage-") as name:
            folder = Path(name)
            write(folder, given, seed)
            for job in JOBS:
                if job == "own" or not given.without:
                    report(seed, job, run(job, folder), folder, given.calibration and job == "own")
    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    print(f"\n{os.cpu_count()} cores, {platform.platform()}, load {load}")


def write(folder: Path, given: argparse.Namespace, seed: int) -> None:
    """The register, the list and the truth as Parquet."""
    from anju.synth.slips import lists

    rates = lists.COPIED if given.copied else lists.BARE if given.bare else None
    made = lists.make(persons=given.persons, rows=given.rows, seed=seed, rates=rates)
    for part in ("register", "rows", "truth"):
        getattr(made, part).write_parquet(folder / f"{part}.parquet")


def run(job: str, folder: Path) -> dict[str, Any]:
    command = [sys.executable, __file__, "--job", job, str(folder)]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    told: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return told


def measured(job: str, folder: Path) -> dict[str, Any]:
    """Runs one job in this process; what it found goes to a file beside the data."""
    rows = pl.read_parquet(folder / "rows.parquet")
    register = pl.read_parquet(folder / "register.parquet")
    work = JOBS[job]
    before = resource.getrusage(resource.RUSAGE_SELF)
    begun = time.perf_counter()
    found = work(rows, register)
    clock = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_SELF)
    found.write_parquet(folder / f"{job}.parquet")
    return {
        "clock": clock,
        "processor": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "memory": (after.ru_maxrss - before.ru_maxrss) / 1024,
    }


def own(rows: pl.DataFrame, register: pl.DataFrame) -> pl.DataFrame:
    from anju.linkage import linking

    return linking.link(rows, register).outcomes


def splink(rows: pl.DataFrame, register: pl.DataFrame) -> pl.DataFrame:
    """Splink 5 on DuckDB: its default comparisons, trained as its guide says."""
    return _splink(rows, register, "name", "head")


def splink_pinyin(rows: pl.DataFrame, register: pl.DataFrame) -> pl.DataFrame:
    """The same with names in pinyin, where its measures for Latin letters have something to measure."""
    return _splink(rows, register, "sound", "head_sound")


def _splink(rows: pl.DataFrame, register: pl.DataFrame, name: str, head: str) -> pl.DataFrame:
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    api = DuckDBAPI()
    left, right = (
        api.register(_for_splink(frame.rename({key: "id"})).to_arrow(), dataset_display_name=name)
        for frame, key, name in ((rows, "row", "list_rows"), (register, "person", "persons"))
    )
    rules = [
        block_on("born"), block_on("phone"), block_on("name", "village"), block_on("name", "year"),
        block_on("sound", "village"), block_on("sound", "year"), block_on("head", "village"),
    ]  # fmt: skip
    settings = SettingsCreator(
        link_type="link_only",
        unique_id_column_name="id",
        comparisons=[
            cl.NameComparison(name).configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("date", input_is_string=False, invalid_dates_as_null=False),
            cl.ExactMatch("sex"),
            cl.ExactMatch("village").configure(term_frequency_adjustments=True),
            cl.NameComparison(head),
            cl.LevenshteinAtThresholds("phone", 1),
            cl.ExactMatch("relation"),
        ],
        blocking_rules_to_generate_predictions=rules,
    )
    linker = Linker([left, right], settings, log_level=logging.ERROR)
    train = linker.training
    train.estimate_probability_two_random_records_match(
        [block_on("name", "born"), block_on("phone", "name")], recall=0.75
    )
    train.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    train.estimate_parameters_using_expectation_maximisation(block_on("born"))
    train.estimate_parameters_using_expectation_maximisation(block_on(name, "village"))
    pairs = linker.inference.predict(threshold_match_probability=0.01).as_duckdbpyrelation().pl()
    first = pl.col("source_dataset_l") == "list_rows"
    return (
        pairs.select(
            row=pl.when(first).then("id_l").otherwise("id_r"),
            person=pl.when(first).then("id_r").otherwise("id_l"),
            probability="match_probability",
            weight="match_weight",
        )
        .sort("weight", "row", "person", descending=[True, False, False])
        .unique("row", keep="first", maintain_order=True)
        .unique("person", keep="first", maintain_order=True)
    )


def _for_splink(frame: pl.DataFrame) -> pl.DataFrame:
    from pypinyin import lazy_pinyin

    everybody = pl.concat([frame["name"], frame["head"]]).drop_nulls().unique()
    sounds = {name: "".join(lazy_pinyin(name)) for name in everybody}
    date = pl.col("born").cast(pl.String).str.to_date("%Y%m%d", strict=False)
    return frame.with_columns(
        date=date,
        year=pl.col("born") // 10_000,
        sound=pl.col("name").replace_strict(sounds),
        head_sound=pl.col("head").replace_strict(sounds, default=None),
    ).drop("household", strict=False)


JOBS = {"own": own, "splink": splink, "splink_pinyin": splink_pinyin}


def report(seed: int, job: str, told: dict[str, Any], folder: Path, calibration: bool) -> None:
    found = pl.read_parquet(folder / f"{job}.parquet")
    truth = pl.read_parquet(folder / "truth.parquet")
    measures = f"{told['clock']:.1f} | {told['processor']:.1f} | {told['memory']:.0f}"
    if job == "own":
        asked = found.filter(outcome="doubtful").height
        linked = found.filter(outcome="linked")
        print(f"| {seed} | own | {_figures(linked, truth)} | {asked} | {measures} |")
    else:
        for least in _SPLINK_THRESHOLDS:
            linked = found.filter(pl.col("probability") >= least)
            words = f"{job.replace('_', ' ')} ≥ {least}"
            print(f"| {seed} | {words} | {_figures(linked, truth)} | | {measures} |")
    if calibration:
        _print_calibration(found, truth)


def _figures(linked: pl.DataFrame, truth: pl.DataFrame) -> str:
    right = linked.join(truth, on=["row", "person"], how="semi").height
    known = truth["person"].count()
    wrong = linked.height - right
    return f"{right / max(linked.height, 1):.5f} | {right / known:.4f} | {wrong}"


def _print_calibration(found: pl.DataFrame, truth: pl.DataFrame) -> None:
    """Of the rows with a likeliest person, by probability: how often that was right."""
    bounds = [0.0, 0.3, 0.5, 0.7, 0.9, 0.99, 0.999, 0.9999, 1.0]
    named = found.filter(pl.col("person").is_not_null()).join(
        truth.with_columns(right=True), on=["row", "person"], how="left"
    )
    for low, high in zip(bounds, bounds[1:], strict=False):
        here = named.filter(pl.col("probability").is_between(low, high, closed="right"))
        if here.height:
            said, was = here["probability"].mean(), here["right"].is_not_null().mean()
            print(f"    said {said:.5f}, was {was:.5f} ({here.height} rows)")


if __name__ == "__main__":
    main()
