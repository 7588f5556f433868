"""The hops of the forward kernel: from an item's labels to what was made of it, its members, and what held it."""

from __future__ import annotations

from numba import njit

from suyuan.trace.domain.engine.knots import (
    CHILD,
    COMMISSIONED,
    INPUT,
    LOT,
    MADE_LAST,
    OUTPUT,
    PARENT,
    PRODUCT,
    RIVALS,
    SEVERAL,
    STRAY,
    SUBJECT,
    TWISTED,
    UNIT,
    given_lot,
    knotted,
    named_with,
    puts_in,
    standing_of,
    stands_for_units,
    stay_end,
    stray,
    unloaded,
)
from suyuan.trace.domain.engine.labels import (
    BORN,
    CERTAIN,
    CODE,
    DEAD,
    DEPTH,
    DOUBT_SHIFT,
    MIXED,
    NATIVE,
    NEXT,
    ORDER,
    PART_OF_LOT,
    SINCE,
    SUSPECT,
    UNTAKEN,
    UNTIL,
    enter,
    enter_held,
    get,
    head,
)
from suyuan.trace.domain.engine.layout import AMOUNT_BIT, EVENT_SHIFT, ITEM_SHIFT, ROLE_MASK
from suyuan.trace.domain.engine.memory import byte, long, set_byte, set_long, word
from suyuan.trace.domain.engine.sheet import (
    AGAIN,
    AGAIN_COUNT,
    FILLED,
    HELD,
    HIDDEN,
    MEMO,
    NOWHERE,
    OWN,
    TOLERANCE,
    act_of,
    close,
    event_row,
    flags_of,
    item_row,
    kind_at,
    kind_of,
    number_of,
    product_at,
    time_of,
)
from suyuan.trace.domain.times import EVER, FOREVER

NO, YES, BUSY = 1, 2, 3


@njit(cache=True)
def doubts(code: int) -> int:
    """Return the doubts of a label, where they stand in it."""
    return (code >> DOUBT_SHIFT) << DOUBT_SHIFT


@njit(cache=True)
def sure(c: int, item: int, kind: int, instant: int) -> bool:
    """Tell whether all of a plain item surely carries a label at an instant."""
    row, tolerance = head(c, OWN, item), long(c, TOLERANCE)
    if row < 0:
        return False
    while row >= 0:
        code, since = get(c, OWN + CODE, row), long(long(c, OWN + SINCE), row)
        if code & CERTAIN and code & DEAD == 0:
            if kind == LOT:
                if code & SUSPECT and (since == EVER or (code & UNTAKEN and since + tolerance < instant)):
                    return True
            elif since + tolerance < instant or (code & NATIVE and since <= instant + tolerance):
                return True
        row = get(c, OWN + NEXT, row)
    if kind != LOT:
        return False
    words, begin, end = item_row(c, item)
    fillings = 0
    for at in range(begin, end):
        event = word(words, at) >> EVENT_SHIFT
        if word(words, at) & ROLE_MASK == OUTPUT and flags_of(c, event) & HIDDEN == 0:
            if time_of(c, event) > instant:
                break
            if byte(long(c, FILLED), event) == 0:
                return False
            fillings += 1
    return fillings > 0


@njit(cache=True)
def unsettled(c: int, item: int, instant: int) -> bool:
    """Tell whether the tolerance leaves open whether a label of an item came before an instant."""
    if long(c, TOLERANCE) == 0:
        return False
    row = head(c, OWN, item)
    while row >= 0:
        if get(c, OWN + CODE, row) & DEAD == 0 and close(c, long(long(c, OWN + SINCE), row), instant):
            return True
        row = get(c, OWN + NEXT, row)
    return False


@njit(cache=True)
def _filled_near(c: int, lot: int, instant: int) -> bool:
    """Tell whether the tolerance leaves open whether a lot was filled before an instant."""
    if long(c, TOLERANCE) == 0:
        return False
    words, begin, end = item_row(c, lot)
    for at in range(begin, end):
        event = word(words, at) >> EVENT_SHIFT
        makes = word(words, at) & ROLE_MASK == OUTPUT and flags_of(c, event) & HIDDEN == 0
        if makes and close(c, time_of(c, event), instant):
            return True
    return False


@njit(cache=True)
def clear(c: int, item: int, event: int, instant: int) -> int:
    """Return 1 where no rival leaves it open whether an input went into what the event made, else 0; -1 at a knot."""
    part, words, begin, end = event_row(c, event)
    made, single, counted, product = 0, True, False, 0
    for at in range(begin, end):
        place, role = word(words, at) >> ITEM_SHIFT, word(words, at) & ROLE_MASK
        if role == OUTPUT:
            made += 1
            single = single and kind_at(c, part, place) == UNIT
        elif role == INPUT and number_of(c, part, place) == item:
            product = product_at(c, part, place)
            counted = word(words, at) & AMOUNT_BIT != 0 or kind_at(c, part, place) == UNIT
    if product == 0:
        return 1
    answer = 1
    for at in range(begin, end):
        place = word(words, at) >> ITEM_SHIFT
        if word(words, at) & ROLE_MASK != INPUT or product_at(c, part, place) != product:
            continue
        rival, kind = number_of(c, part, place), kind_at(c, part, place)
        if rival == item:
            continue
        if counted and made == 1 and single and (word(words, at) & AMOUNT_BIT != 0 or kind == UNIT):
            continue
        if kind == PRODUCT:
            answer = 0
        elif knotted(c, rival) or unsettled(c, rival, instant):
            return -1
        elif answer and not sure(c, rival, kind, instant):
            answer = 0
    return answer


@njit(cache=True)
def feed(  # noqa: PLR0912 (the hottest loop)
    c: int, item: int, kind: int, whole: bool, event: int, flags: int
) -> bool:
    """Carry an item's labels to what an event made (F1); return whether no knot was met: at one, nothing is carried.

    ``whole``: all of the item surely carries a label then. Lots that gain by it without a new label are noted to be
    followed again.
    """
    instant, doubt = time_of(c, event), 0
    if unsettled(c, item, instant):
        return False
    part, words, begin, end = event_row(c, event)
    if flags & MADE_LAST:
        begin = end - 1
        while begin > 0 and word(words, begin - 1) & ROLE_MASK == OUTPUT:  # it has inputs: this ends in its own row
            begin -= 1
    for other in range(begin, end):
        # one product that was used before its making was booked makes the time of the making doubtful for all of them
        if word(words, other) & ROLE_MASK == OUTPUT:
            place = word(words, other) >> ITEM_SHIFT
            if knotted(c, number_of(c, part, place)) and kind_at(c, part, place) != PRODUCT:
                return False
    if not whole:
        doubt = PART_OF_LOT if kind == LOT else ORDER
    elif flags & RIVALS:
        unrivalled = clear(c, item, event, instant)
        if unrivalled < 0:
            return False
        doubt = 0 if unrivalled else MIXED
    row = head(c, OWN, item)
    while row >= 0:
        code = get(c, OWN + CODE, row)
        if code & DEAD == 0 and long(long(c, OWN + SINCE), row) <= instant:
            certain = code & CERTAIN != 0 and doubt == 0
            bits = CERTAIN if certain else doubts(code) | (doubt if code & CERTAIN else 0)
            depth = get(c, OWN + DEPTH, row) + 1
            for other in range(begin, end):
                if word(words, other) & ROLE_MASK != OUTPUT:
                    continue
                place = word(words, other) >> ITEM_SHIFT
                target, sort = number_of(c, part, place), kind_at(c, part, place)
                if sort == PRODUCT:
                    continue
                known = bits
                if sort == UNIT:
                    known |= BORN | NATIVE if certain else BORN
                elif _first_making(c, target, instant):
                    known |= BORN
                new = enter(c, target, known, instant, depth, row, event)
                if certain and sort == LOT and not new and byte(long(c, FILLED), event) == 0:
                    count = long(c, AGAIN_COUNT)
                    set_long(long(c, AGAIN), count, target)
                    set_long(c, AGAIN_COUNT, count + 1)
            if certain:
                set_byte(long(c, FILLED), event, 1)
        row = get(c, OWN + NEXT, row)
    return True


@njit(cache=True)
def _first_making(c: int, lot: int, instant: int) -> bool:
    words, begin, end = item_row(c, lot)
    for at in range(begin, end):
        event = word(words, at) >> EVENT_SHIFT
        if word(words, at) & ROLE_MASK == OUTPUT and flags_of(c, event) & HIDDEN == 0:
            return time_of(c, event) >= instant
    return True


@njit(cache=True)
def birth(c: int, unit: int) -> int:
    """Return the event that made or commissioned a unit; :data:`NOWHERE` where none did."""
    words, begin, end = item_row(c, unit)
    for at in range(begin, end):
        event, role = word(words, at) >> EVENT_SHIFT, word(words, at) & ROLE_MASK
        born = role == OUTPUT or (role == SUBJECT and act_of(c, event) == COMMISSIONED)
        if born and flags_of(c, event) & HIDDEN == 0:
            return event
    return NOWHERE


@njit(cache=True)
def to_member(c: int, lot: int, unit: int) -> bool:
    """Carry a lot's labels to a member (F4); return whether no knot was met."""
    words, begin, end = item_row(c, unit)
    belongs = given_lot(c, unit, words, begin, end)
    if belongs not in (lot, SEVERAL):
        return True
    event = birth(c, unit)
    if event < 0 or knotted(c, unit):
        return False
    born = time_of(c, event)
    if unsettled(c, lot, born) or _filled_near(c, lot, born):
        return False
    whole = sure(c, lot, LOT, born)
    row = head(c, OWN, lot)
    while row >= 0:
        code = get(c, OWN + CODE, row)
        if code & DEAD == 0 and long(long(c, OWN + SINCE), row) <= born:
            bits = BORN | (code & SUSPECT)
            if code & CERTAIN:
                bits |= CERTAIN | NATIVE if whole else PART_OF_LOT
            else:
                bits |= doubts(code)
            enter(c, unit, bits, born, get(c, OWN + DEPTH, row) + 1, row, event)
        row = get(c, OWN + NEXT, row)
    return True


@njit(cache=True)
def fed(c: int, item: int) -> bool:
    """Tell whether a container, or anything that ever held it, may ever have been brought into a process."""
    memo = long(c, MEMO)
    known = byte(memo, item)
    if known != 0:
        return known != NO
    set_byte(memo, item, BUSY)
    words, begin, end = item_row(c, item)
    kind, answer = kind_of(c, item), False
    if kind == UNIT:
        lot = given_lot(c, item, words, begin, end)
        answer = lot == SEVERAL or (lot != NOWHERE and stands_for_units(c, lot))
    elif kind in (LOT, PRODUCT):
        answer = True
    for at in range(begin, end):
        event, role = word(words, at) >> EVENT_SHIFT, word(words, at) & ROLE_MASK
        if answer or role == PARENT or flags_of(c, event) & HIDDEN:
            continue
        if role == INPUT:
            answer = True
        elif role == CHILD:
            part, others, low, high = event_row(c, event)
            for other in range(low, high):
                if word(others, other) & ROLE_MASK == PARENT and not answer:
                    answer = fed(c, number_of(c, part, word(others, other) >> ITEM_SHIFT))
    set_byte(memo, item, YES if answer else NO)
    return answer


@njit(cache=True)
def hold(c: int, item: int, climbing: bool) -> bool:
    """Label what directly held an item, for as long as it did (F2); return whether no knot was met. ``climbing``: the
    item is itself a holder.
    """
    words, begin, end = item_row(c, item)
    plain = True
    for at in range(begin, end):
        if word(words, at) & ROLE_MASK != CHILD:
            continue
        event = word(words, at) >> EVENT_SHIFT
        if flags_of(c, event) & HIDDEN or not puts_in(act_of(c, event)):
            continue
        parent = named_with(c, event, PARENT)
        if stray(c, parent):
            plain = False
            continue
        low, high = time_of(c, event), stay_end(c, words, at, end, parent)
        plain = _held_in(c, item, HELD if climbing else OWN, parent, event, low, high) and plain
    return plain


@njit(cache=True)
def hold_once(c: int, item: int, parent: int, event: int) -> bool:
    """As :func:`hold`, of a thing that was packed once and never taken out by itself."""
    standing, since = standing_of(c, parent), time_of(c, event)
    if standing & STRAY:
        return False
    until = unloaded(c, parent, since) if standing & TWISTED else FOREVER
    return _held_in(c, item, OWN, parent, event, since, until)


@njit(cache=True)
def _held_in(c: int, item: int, table: int, parent: int, event: int, low: int, high: int) -> bool:
    """Give a parent the labels that an item has in a table, as far as they fall between two times; return whether no
    tolerance leaves open whether they do.
    """
    row, climbing, settled = head(c, table, item), table == HELD, True
    while row >= 0:
        code = get(c, table + CODE, row)
        start = max(low, long(long(c, table + SINCE), row))
        end_of_it = min(high, long(long(c, HELD + UNTIL), row)) if climbing else high
        if code & DEAD == 0 and close(c, start, end_of_it):
            settled = False
        elif code & DEAD == 0 and start <= end_of_it:
            sure_of_it = code & CERTAIN and (start < end_of_it or end_of_it == FOREVER)
            bits = CERTAIN if sure_of_it else doubts(code) | ORDER
            via = -2 - row if climbing else row
            enter_held(c, parent, bits, start, end_of_it, get(c, table + DEPTH, row) + 1, via, event)
        row = get(c, table + NEXT, row)
    return settled
