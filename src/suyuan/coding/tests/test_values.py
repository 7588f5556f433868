"""Content checks, one by one, through the values that GS1 gives as good and bad."""

import pytest

from suyuan.coding.contracts import refusals as faults
from suyuan.coding.domain.ai_table import BY_AI
from suyuan.coding.domain.application_identifiers import Check
from suyuan.coding.domain.check_digits import check_pair
from suyuan.coding.domain.elements import Element
from suyuan.coding.domain.meanings import full_year, meaning
from suyuan.coding.domain.values import check_value
from suyuan.kernel.faults import Fault

GOOD = [
    ("11", "240229"),
    ("17", "261200"),
    ("4326", "261231"),
    ("7250", "20240229"),
    ("7003", "2612312359"),
    ("8008", "26123123"),
    ("8008", "2612312359"),
    ("8008", "261231235959"),
    ("7011", "261231"),
    ("7007", "261231270101"),
    ("422", "156"),
    ("423", "156840"),
    ("4307", "CN"),
    ("7030", "999ABC"),
    ("3910", "1561"),
    ("4309", "18000000003600000000"),
    ("8001", "00010000100110"),
    ("8001", "12345678901291"),
    ("4321", "0"),
    ("4330", "000100-"),
    ("4330", "000100"),
    ("7252", "9"),
    ("7241", "10"),
    ("7241", "80"),
    ("7258", "1/3"),
    ("8006", "095212345432130101"),
    ("8011", "10"),
    ("7041", "PX"),
    ("7041", "BRI"),
    ("8007", "DE91100000000123456789"),
    ("8014", "1987654Ad4X4bL5ttr2310c2K"),
    ("7040", "1AB_"),
    ("4300", "A%2fB"),
    ("8110", "001234512345611110000"),
    ("8112", "001234561234560123456"),
    ("8030", "aZ09-_"),
    ("3100", "000000"),
]
BAD = [
    ("11", "230229", faults.IMPOSSIBLE_DATE, 1),
    ("4326", "261200", faults.IMPOSSIBLE_DATE, 1),
    ("17", "261301", faults.IMPOSSIBLE_DATE, 1),
    ("7250", "00000101", faults.IMPOSSIBLE_DATE, 1),
    ("7007", "261231270231", faults.IMPOSSIBLE_DATE, 7),
    ("7003", "2612312400", faults.IMPOSSIBLE_TIME, 7),
    ("8008", "26123124", faults.IMPOSSIBLE_TIME, 7),
    ("8008", "2612312360", faults.IMPOSSIBLE_TIME, 9),
    ("8008", "261231235960", faults.IMPOSSIBLE_TIME, 11),
    ("8008", "2612312", faults.VALUE_LENGTH, 1),
    ("8008", "261231235", faults.VALUE_LENGTH, 1),
    ("422", "999", faults.UNKNOWN_COUNTRY, 1),
    ("423", "156000", faults.UNKNOWN_COUNTRY, 4),
    ("4307", "XX", faults.UNKNOWN_COUNTRY, 1),
    ("3910", "0001", faults.UNKNOWN_CURRENCY, 1),
    ("4309", "18000000013600000000", faults.VALUE_NOT_ALLOWED, 1),
    ("4309", "18000000003600000001", faults.VALUE_NOT_ALLOWED, 11),
    ("8001", "00000000100110", faults.VALUE_NOT_ALLOWED, 1),
    ("8001", "00010000100120", faults.VALUE_NOT_ALLOWED, 13),
    ("4321", "2", faults.VALUE_NOT_ALLOWED, 1),
    ("4330", "000100A", faults.VALUE_NOT_ALLOWED, 7),
    ("7252", "3", faults.VALUE_NOT_ALLOWED, 1),
    ("7241", "11", faults.VALUE_NOT_ALLOWED, 1),
    ("7258", "3/1", faults.VALUE_NOT_ALLOWED, 1),
    ("7258", "0/1", faults.VALUE_NOT_ALLOWED, 1),
    ("8006", "095212345432130201", faults.VALUE_NOT_ALLOWED, 15),
    ("8006", "095212345432130001", faults.VALUE_NOT_ALLOWED, 15),
    ("8011", "0", faults.VALUE_NOT_ALLOWED, 1),
    ("7041", "00", faults.VALUE_NOT_ALLOWED, 1),
    ("8007", "DE91100000000123456780", faults.VALUE_NOT_ALLOWED, 1),
    ("8007", "XX361234567890", faults.VALUE_NOT_ALLOWED, 1),
    ("8003", "10614141123452", faults.VALUE_NOT_ALLOWED, 1),
    ("7040", "1AB!", faults.VALUE_NOT_ALLOWED, 4),
    ("4300", "A%2", faults.PERCENT_ESCAPE, 2),
    ("8110", "7", faults.VALUE_NOT_ALLOWED, 1),
    ("8110", "A", faults.VALUE_NOT_ALLOWED, 1),
    ("8112", "201234561234560123456", faults.VALUE_NOT_ALLOWED, 1),
    ("8112", "0012345612345601234567", faults.VALUE_NOT_ALLOWED, 22),
    ("8110", "0", faults.VALUE_NOT_ALLOWED, 2),
    ("8112", "0", faults.VALUE_NOT_ALLOWED, 2),
    ("8004", "400A123", faults.COMPANY_PREFIX, 1),
    ("8004", "40", faults.COMPANY_PREFIX, 1),
    ("8013", "A", faults.CHECK_PAIR, 1),
    ("8013", "198765422", faults.CHECK_PAIR, 8),
    ("8010", "4000abc", faults.VALUE_CHARACTER, 5),
    ("8030", "a+", faults.VALUE_CHARACTER, 2),
    ("11", "2６0101", faults.VALUE_CHARACTER, 2),
    ("10", "A\u00a0", faults.VALUE_CHARACTER, 2),
]


@pytest.mark.parametrize(("ai", "value"), GOOD)
def test_good(ai, value):
    check_value(BY_AI[ai], Element(ai, value, 1))


@pytest.mark.parametrize(("ai", "value", "kind", "at"), BAD)
def test_bad(ai, value, kind, at):
    with pytest.raises(Fault) as caught:
        check_value(BY_AI[ai], Element(ai, value, 1))
    assert (caught.value.kind.code, caught.value.at) == (kind.code, f"char {at}")


def test_a_personalised_device_needs_a_letter():
    digits_only = next(
        body + check_pair(body) for body in map(str, range(1_000_000, 2_000_000)) if check_pair(body).isdigit()
    )
    with pytest.raises(Fault) as caught:
        check_value(BY_AI["8014"], Element("8014", digits_only, 1))
    assert caught.value.kind is faults.VALUE_NOT_ALLOWED


def test_every_check_is_used_and_every_row_has_two_titles():
    used = {check for row in BY_AI.values() for component in row.components for check in component.checks}
    assert used == set(Check)
    assert all(row.zh.strip() and row.en.strip() for row in BY_AI.values())


def test_no_identifier_begins_another():
    assert not [(a, b) for a in BY_AI for b in BY_AI if a != b and b.startswith(a)]


@pytest.mark.parametrize(
    ("ai", "value", "text"),
    [
        ("17", "261231", "2026-12-31"),
        ("7003", "2612310830", "2026-12-31 08:30"),
        ("8008", "261231083015", "2026-12-31 08:30:15"),
        ("7007", "261201261231", "2026-12-01 – 2026-12-31"),
        ("3922", "1999", "19.99"),
        ("3912", "1561999", "19.99 156"),
        ("3100", "000012", "12 kg"),
        ("4331", "000550-", "-5.50 °C"),
        ("4332", "000550", "5.50 °F"),
        ("4309", "11254321003213921000", "22.5432100, -38.6079000"),
        ("7250", "19991231", "1999-12-31"),
    ],
)
def test_meanings(ai, value, text):
    note = meaning(ai, value, 2026)
    assert note is not None
    assert note.en == text


def test_a_value_that_speaks_for_itself_has_no_note():
    assert meaning(BY_AI["10"], "ABC", 2026) is None


@pytest.mark.parametrize(
    ("two", "now", "year"),
    [
        (26, 2026, 2026),
        (76, 2026, 2076),
        (77, 2026, 1977),
        (0, 2051, 2100),
        (1, 2051, 2101),
        (2, 2051, 2002),
        (99, 2051, 2099),
    ],
)
def test_centuries(two, now, year):
    assert full_year(two, now) == year
