"""Where an item stands on its route, and which operations are legal now.

A marking is what is open: *tokens*, each a choice between operations of which one is to be done, and *arrivals* at
operations that wait for every link in. Doing an operation takes its token away and puts those that its links give. What
is done again, after rework, begins all that follows it again: what was open there of the time before is open no more.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal

from suyuan.production.contracts.routes import Operation, Route

Result = Literal["passed", "failed"]
_MOST_SKIPS: Final = 512


@dataclass(frozen=True, slots=True)
class Marking:
    """What is open on a route. ``done`` counts how often each operation was done."""

    tokens: tuple[frozenset[str], ...]
    arrivals: frozenset[tuple[str, str]] = frozenset()
    done: Mapping[str, int] = field(default_factory=dict)

    @property
    def key(self) -> tuple[frozenset[tuple[frozenset[str], int]], frozenset[tuple[str, str]]]:
        """Return what two markings that allow the same have in common."""
        return frozenset((token, self.tokens.count(token)) for token in self.tokens), self.arrivals


class RouteMap:
    """A route by operation, made once for a version."""

    def __init__(self, route: Route) -> None:
        self.route = route
        self.operations: dict[str, Operation] = {each.id: each for each in route.operations}
        self._out: dict[str, list[tuple[str, str]]] = {each.id: [] for each in route.operations}
        self._in: dict[str, set[str]] = {each.id: set() for each in route.operations}
        self._failing: dict[str, set[str]] = {each.id: set() for each in route.operations}
        for link in route.links:
            if link.source in self.operations and link.target in self.operations:
                self._out[link.source].append((link.when, link.target))
                (self._failing if link.when == "failed" else self._in)[link.target].add(link.source)
        self._choices = self._chosen()
        self._after = {each: self._reached(each) for each in self.operations}

    def _reached(self, operation: str) -> frozenset[str]:
        found: set[str] = set()
        ahead = [operation]
        while ahead:
            for when, target in self._out[ahead.pop()]:
                if when != "failed" and target not in found:
                    found.add(target)
                    ahead.append(target)
        return frozenset(found)

    def _chosen(self) -> dict[str, frozenset[str]]:
        """Return, by operation, those of which a portion that comes takes one; itself where nothing is chosen."""
        choice = {each: frozenset({each}) for each in self.operations}
        together = [{target for when, target in out if when == "passed"} for out in self._out.values()]
        for targets in (*together, {each for each in self.route.start if each in self.operations}):
            joined = frozenset[str]().union(*(choice[each] for each in targets))
            choice.update(dict.fromkeys(joined, joined))
        parallel = {target for out in self._out.values() for when, target in out if when == "always"}
        parallel |= {each.id for each in self.route.operations if each.join == "all"}
        return {each: frozenset({each}) if found & parallel else found for each, found in choice.items()}

    def begun_again(self, marking: Marking, tokens: list[frozenset[str]], operation: str) -> Marking:
        """Return what stays open where an operation is done once more: nothing of what follows it."""
        following = self._after[operation]
        waiting = (each for each in marking.arrivals if each[0] != operation and each[0] not in following)
        return Marking(tuple(token for token in tokens if not token & following), frozenset(waiting), marking.done)

    def start(self) -> Marking:
        """Return the marking of an item that nothing was done to yet."""
        begins = frozenset(each for each in self.route.start if each in self.operations)
        return Marking((begins,) if begins else ())

    def followers(self, operation: str, result: Result) -> tuple[frozenset[str], ...]:
        """Return the tokens that an operation gives: one for the choice, one for each parallel branch."""
        given = self._out.get(operation, ())
        chosen = frozenset(target for when, target in given if when == result)
        always = tuple(frozenset({target}) for when, target in given if when == "always")
        if result == "failed" and not chosen:
            return (frozenset({operation}),)  # it stays until it passes
        return (*((chosen,) if chosen else ()), *always)

    def waits(self, target: str) -> frozenset[str]:
        """Return the operations that one which joins waits for; empty where it does not wait."""
        return frozenset(self._in[target]) if self.operations[target].join == "all" else frozenset()

    def before(self, operation: str) -> frozenset[str]:
        """Return the operations after which this one may come, where they pass."""
        return frozenset(self._in[operation])

    def failing(self, operation: str) -> frozenset[str]:
        """Return the operations of which what fails comes here."""
        return frozenset(self._failing[operation])

    def choice(self, operation: str) -> frozenset[str]:
        """Return the operations of which a portion takes one, this one among them."""
        return self._choices[operation]

    def stays(self, operation: str) -> bool:
        """Tell whether what fails here stays until it passes."""
        return not any(when == "failed" for when, _ in self._out.get(operation, ()))

    def goes_on(self, operation: str, result: Result) -> bool:
        """Tell whether what was done here comes to the operations after it, other than by rework."""
        always = any(when == "always" for when, _ in self._out.get(operation, ()))
        return result == "passed" or (always and not self.stays(operation))

    def again(self, operation: str, marking: Marking) -> bool:
        """Tell whether an operation may be done once more as far as the limit of rework goes."""
        most = self.route.max_rework
        return most is None or marking.done.get(operation, 0) <= most

    def skippable(self, operation: str) -> bool:
        """Tell whether an operation may be left out."""
        each = self.operations[operation]
        return each.optional or (each.sampling_every or 1) > 1


@lru_cache(maxsize=512)
def route_map(route: Route) -> RouteMap:
    """Return a route by operation."""
    return RouteMap(route)


def _fire(known: RouteMap, marking: Marking, operation: str, result: Result, *, count: bool) -> Marking | None:
    """Return the marking after an operation that stands in a token; None where none has it."""
    at = next((number for number, token in enumerate(marking.tokens) if operation in token), None)
    if at is None:
        return None
    tokens = [token for number, token in enumerate(marking.tokens) if number != at]
    return _given(known, marking, tokens, operation, result, count=count)


def _given(
    known: RouteMap, marking: Marking, tokens: list[frozenset[str]], operation: str, result: Result, *, count: bool
) -> Marking:
    if count and marking.done.get(operation, 0):
        marking = known.begun_again(marking, tokens, operation)
        tokens = list(marking.tokens)
    arrivals = set(marking.arrivals)
    for token in known.followers(operation, result):
        target = next(iter(token))
        waits = known.waits(target) if len(token) == 1 else frozenset()
        if not waits or target == operation:
            tokens.append(token)
            continue
        arrivals.add((operation, target))
        if {source for source, into in arrivals if into == target} >= waits:
            arrivals = {each for each in arrivals if each[1] != target}
            tokens.append(token)
    done = {**marking.done, operation: marking.done.get(operation, 0) + 1} if count else marking.done
    return Marking(tuple(tokens), frozenset(arrivals), done)


def _reachable(known: RouteMap, marking: Marking) -> Iterable[Marking]:
    """Yield the marking and those after leaving out what may be left out, fewest first."""
    seen = {marking.key}
    queue = deque([marking])
    while queue and len(seen) <= _MOST_SKIPS:
        current = queue.popleft()
        yield current
        for token in current.tokens:
            for operation in token:
                after = _fire(known, current, operation, "passed", count=False) if known.skippable(operation) else None
                if after is not None and after.key not in seen:
                    seen.add(after.key)
                    queue.append(after)


def legal(known: RouteMap, marking: Marking) -> frozenset[str]:
    """Return the operations that may be done now."""
    return frozenset(
        operation
        for reached in _reachable(known, marking)
        for token in reached.tokens
        for operation in token
        if known.again(operation, marking)
    )


def after(known: RouteMap, marking: Marking, operation: str, result: Result) -> Marking:
    """Return the marking after an operation was done.

    One that was not legal but is on record (let pass by somebody, or from before the route) moves the item there: what
    it follows is open, and nothing else.
    """
    for reached in _reachable(known, marking):
        fired = _fire(known, reached, operation, result, count=True)
        if fired is not None:
            return fired
    if operation not in known.operations:
        return marking
    jumped = Marking((), frozenset(), marking.done)
    return _given(known, jumped, [], operation, result, count=True)


def beside(known: RouteMap, marking: Marking, operation: str, result: Result) -> Marking:
    """Return the marking after an operation had another portion of the lot: what was open stays open beside it."""
    return _given(known, marking, list(marking.tokens), operation, result, count=False)


def complete(known: RouteMap, marking: Marking) -> bool:
    """Tell whether nothing has to be done any more."""
    return any(not reached.tokens and not reached.arrivals for reached in _reachable(known, marking))
