"""Percentiles from mergeable histograms: the shared bucket formula, the 1 % promise, Woodruff's interval."""

import re

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from data.sqlfile import sql
from metrics.statistics.core import Note
from metrics.statistics.levels.histogram import (
    BUCKETS,
    bucket_tops,
    bucket_values,
    dense,
    grouped_quantile,
    quantile,
    quantile_interval,
)

LIMIT = 2**34
IN_SQL = re.search(r"case when v <= 0.*? end", sql("metrics/sql", "histogram"))[0]  # as the store's rows are counted


def bucket(values):
    """The bucket of each integer by the table of their largest integers."""
    return np.searchsorted(bucket_tops(), np.maximum(values, 0))


def bucket_in_sql(values):
    query = f"select {IN_SQL} from (select unnest(?::bigint[]) as v)"
    return np.array(duckdb.connect().execute(query, [values]).fetchall()).ravel()


def counted(values):
    return dense(bucket(values), np.ones(len(values)))


@pytest.mark.parametrize(("value", "expected"), [(-3, 0), (0, 0), (1, 1), (2, 36), (3, 56), (100, 232), (60_000, 552)])
def test_bucket_numbers(value, expected):
    """Worked by hand: 1 + ⌈ln x / ln(101/99)⌉, e.g. ln 2/ln(101/99) = 34.66, so 1 + 35 = 36."""
    assert bucket([value])[0] == bucket_in_sql([value])[0] == expected


def test_every_edge_falls_alike_in_sql_and_in_the_table():
    tops = bucket_tops()
    edges = np.unique(tops[(tops > 0) & (tops < LIMIT)])
    integers = np.unique(np.concatenate([edges, edges + 1]))
    assert np.array_equal(bucket_in_sql(integers.tolist()), bucket(integers))


def test_every_bucket_is_within_one_percent():
    tops, values = bucket_tops(), bucket_values()
    low = np.concatenate([[0], tops[:-1] + 1])
    held = (tops >= low) & (tops > 0)
    assert np.abs(values[held] / low[held] - 1).max() <= 0.01
    assert np.abs(values[held] / tops[held] - 1).max() <= 0.01


def test_small_integers_are_exact():
    small = np.arange(1, 58)
    assert np.array_equal(bucket_values()[bucket(small)], small)


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=80), st.floats(0.01, 0.99))
def test_quantile_is_within_one_percent_of_the_exact_one(values, q):
    exact = np.quantile(values, q, method="inverted_cdf")
    assert quantile(counted(values), q) == pytest.approx(exact, rel=0.0101)


@given(st.lists(st.integers(0, 10**9), min_size=1), st.lists(st.integers(0, 10**9), min_size=1))
def test_histograms_merge_by_addition(first, second):
    assert np.array_equal(counted(first) + counted(second), counted(first + second))


def test_the_interval_of_a_median_is_that_of_the_binomial():
    """1…50, each its own bucket: p50 = 25; P(Bin(50, ½) ≤ 17) = .0164, ≤ 18 = .0325 → the 18th and 33rd value. The normal
    approximation (.5 ± 1.96·√(.25/50) → 19th and 32nd) holds in 93.5 %."""
    assert stats.binom.cdf([17, 18], 50, 0.5) == pytest.approx([0.0164, 0.0325], abs=5e-5)
    found = quantile_interval(counted(np.arange(1, 51)), 0.5)
    assert (found.value, found.low, found.high) == (25, 18, 33)


def test_nine_in_ten_of_few_have_no_upper_end():
    """.9^n ≤ .025 from n = 36 on: below, even the largest value is not surely above the 90th percentile. The lower end of
    five is below the smallest where F could be q there: P(Bin(5, .5) ≥ 1) = .97 says no more than that."""
    assert quantile_interval(counted(np.arange(1, 36)), 0.9).note is Note.HIGH_NOT_REACHED
    assert quantile_interval(counted(np.arange(1, 37)), 0.9).high == 36
    five = quantile_interval(counted([5, 6, 7, 8, 9]), 0.5)
    assert (five.low, five.high) == (0, None)
    assert (
        quantile_interval(counted([5, 6, 7, 8, 9, 10]), 0.5).low,
        quantile_interval(counted([5, 6, 7, 8, 9, 10]), 0.5).high,
    ) == (5, 10)


def test_as_many_persons_as_rows_need_no_design_effect():
    rows = dense(bucket(np.arange(1, 51)), np.ones(50), np.arange(50) % 40)
    assert grouped_quantile(rows, 0.5, persons=50) == quantile_interval(rows.sum(axis=1), 0.5)


def test_design_effect_widens():
    plain, clustered = (quantile_interval(counted(np.arange(1, 51)), 0.5, deff=d) for d in (1, 4))
    assert clustered.low < plain.low
    assert clustered.high > plain.high
    assert clustered.n_eff == 12.5


def test_limits_beyond_the_data_are_not_invented():
    found = quantile_interval(counted([5, 6, 7]), 0.9)
    assert (found.value, found.high, found.note) == (7, None, Note.HIGH_NOT_REACHED)
    assert quantile_interval(np.zeros(BUCKETS), 0.5).note is Note.EMPTY
    assert quantile(np.zeros(BUCKETS), 0.5) is None


def test_heavy_users_widen_the_interval_of_a_percentile():
    """200 persons with 20 alike visits each: deff near 20, the interval over four times as wide as the naive one."""
    rng = np.random.default_rng(11)
    speed = rng.lognormal(8, 0.7, 200)
    visits = np.repeat(speed, 20).astype(int)
    by_group = dense(bucket(visits), np.ones(4000), np.repeat(np.arange(200) % 40, 20))
    found, naive = grouped_quantile(by_group, 0.75), quantile_interval(by_group.sum(axis=1), 0.75)
    assert found.value == naive.value
    assert found.df == 39
    assert found.high - found.low > 2.5 * (naive.high - naive.low)
    assert 5 < found.deff < 60


def test_one_group_has_no_interval():
    found = grouped_quantile(dense(bucket([3, 4]), [1, 1], [7, 7]), 0.5)
    assert (found.value, found.low, found.note) == (3, None, Note.ONE_GROUP)
    assert grouped_quantile(np.zeros((BUCKETS, 40)), 0.5).note is Note.EMPTY
