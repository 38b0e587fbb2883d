"""Small groups are told together, and what is left does not tell of them either."""

import pytest

from anju.privacy.small_numbers import merged


@pytest.mark.parametrize(
    ("counts", "told", "rest"),
    [
        ({"因病": 12, "因学": 6}, {"因病": 12, "因学": 6}, 0),
        ({"因病": 3, "因残": 3, "因学": 9}, {"因学": 9}, 6),
        ({"因病": 2, "因学": 9, "因灾": 7}, {"因学": 9}, 9),
        ({"因病": 1, "因学": 6}, {}, 7),
        ({"因病": 1}, {}, 1),
        ({"因病": 0}, {}, 0),
    ],
)
def test_groups_smaller_than_five_are_not_told(counts, told, rest) -> None:
    assert merged(counts) == (told, rest)


def test_what_was_left_before_counts_along() -> None:
    assert merged({"因病": 2, "因学": 9}, rest=4) == ({"因学": 9}, 6)
