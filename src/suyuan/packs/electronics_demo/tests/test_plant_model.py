"""The plant model of the demo fits the plant that its events tell of."""

from __future__ import annotations

from datetime import UTC, datetime

from suyuan.packs.electronics_demo.api import definitions, plant_model
from suyuan.packs.electronics_demo.domain.catalogue import MAINBOARD, TERMINAL, TERMINAL_PRO
from suyuan.packs.electronics_demo.domain.staff import PEOPLE, STATIONS


def test_every_machine_stands_in_a_part_that_comes_before_it():
    known: dict[str, str] = {}
    for part in plant_model.parts():
        assert part.above is None or part.above in known
        assert part.code not in known
        known[part.code] = part.uri
    machines = {part.uri for part in plant_model.parts() if part.level == "equipment"}
    assert machines == {station.equipment for station in STATIONS if station.code != "ENV-01"}


def test_everybody_is_on_a_team_and_operators_have_learnt_their_work():
    assert sorted(person for shift in range(3) for person in plant_model.crew(shift)) == sorted(p.uri for p in PEOPLE)
    skilled = {person for _, person in plant_model.holders()}
    assert skilled >= {person.uri for person in PEOPLE if person.role != "warehouse"}


def test_routes_and_bills_are_of_what_the_plant_makes_and_route_the_lines_skills_exist():
    bodies = {(each.kind, each.key): each.body for each in definitions().definitions}
    route = bodies["route", "terminal"]
    learnt = {code for code, *_ in plant_model.SKILLS}
    assert {skill for operation in route["operations"] for skill in operation.get("qualifications", ())} <= learnt
    classes = {part.class_name for part in plant_model.parts()}
    assert {operation["equipment_class"] for operation in route["operations"]} <= classes
    assert {key for kind, key in bodies if kind == "bill_of_material"} == {"h1", "h1-pro", "mb-7"}


def test_each_line_has_an_order_a_day_from_days_ago_until_tomorrow():
    made = list(plant_model.orders(datetime(2026, 11, 22, 4, tzinfo=UTC), 2, 200))
    assert [order.number for order in made[:3]] == ["ASM-261120-A", "ASM-261120-B", "ASM-261120-C"]
    assert len({order.number for order in made}) == len(made) == 12
    assert {order.product for order in made} == {TERMINAL.uri, TERMINAL_PRO.uri} - {MAINBOARD.uri}
