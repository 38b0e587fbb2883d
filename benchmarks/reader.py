"""How long a plan takes to read: a drawn plan of any number of pages.

    python benchmarks/reader.py --pages 200

A page is counted as 600 characters. Printed are pages, measures and seconds by the clock, best of
three in one process; the start of Python is not counted.
"""

import argparse
import random
import time

from anju.reader import read

_PAGE = 600
_OFFICES = ("县发改局", "县人社局", "县民政局", "县财政局", "县农业农村局", "县住建局", "各镇")
_FILLER = "坚持因地制宜、分类施策，统筹推进各项工作，确保搬迁群众稳得住、有就业、能致富。"


def plan_of(pages: int, seed: int = 7) -> str:
    """A plan of about so many pages."""
    drawn = random.Random(seed)
    text, number, section = "云岭县后续扶持方案\n一、总体要求\n统筹推进。\n二、重点任务\n", 0, 0
    while len(text) < pages * _PAGE:
        if number % 12 == 0:
            section += 1
            text += f"（{'一二三四五六七八九十'[section % 10]}）第{section}类工作\n"
        number += 1
        first, *others = drawn.sample(_OFFICES, drawn.randint(2, 5))
        text += (
            f"{number}.完善第{number}项工作。{_FILLER * drawn.randint(2, 6)}到2025年底，建成示范点"
            f"{drawn.randint(2, 90)}个，培训合格率达到{drawn.randint(50, 99)}%以上。"
            f"（{first}牵头，{'、'.join(others)}按职责分工负责）\n"
        )
    return text


def main() -> None:
    """Read it three times and print the best."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=200)
    text = plan_of(parser.parse_args().pages)
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        plan = read(text)
        best = min(best, time.perf_counter() - start)
    pages = len(text) // _PAGE
    print(f"{pages} pages, {len(plan.measures)} measures: {best:.2f} s")


if __name__ == "__main__":
    main()
