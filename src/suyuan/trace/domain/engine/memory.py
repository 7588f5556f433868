"""Reading and writing by address, for compiled code that works on dozens of mapped arrays.

Passing that many arrays to every small function would cost more than the work they do. So compiled code gets one
address: that of a sheet of 64-bit slots (:mod:`~suyuan.trace.domain.engine.sheet`), in which every array has its
address. Whoever makes a sheet keeps the arrays alive for as long.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, cast

from llvmlite import ir
from numba import types
from numba.extending import intrinsic


class _Context(Protocol):
    def get_dummy_value(self) -> ir.Value: ...


def _reader(bits: int, *, signed: bool) -> Callable[[int, int], int]:
    def typed(_context: object, _address: object, _index: object) -> tuple[object, object]:
        def code(_: object, builder: ir.IRBuilder, __: object, arguments: Sequence[ir.Value]) -> ir.Value:
            kind = ir.IntType(bits)
            value = builder.load(builder.gep(builder.inttoptr(arguments[0], kind.as_pointer()), [arguments[1]]))
            widen = builder.sext if signed else builder.zext
            return value if bits == _LONG else widen(value, ir.IntType(_LONG))

        return types.int64(types.int64, types.int64), code

    return cast("Callable[[int, int], int]", intrinsic(typed))


def _writer(bits: int) -> Callable[[int, int, int], None]:
    def typed(_context: object, _address: object, _index: object, _value: object) -> tuple[object, object]:
        def code(context: _Context, builder: ir.IRBuilder, __: object, arguments: Sequence[ir.Value]) -> ir.Value:
            kind = ir.IntType(bits)
            value = arguments[2] if bits == _LONG else builder.trunc(arguments[2], kind)
            builder.store(value, builder.gep(builder.inttoptr(arguments[0], kind.as_pointer()), [arguments[1]]))
            return context.get_dummy_value()

        return types.void(types.int64, types.int64, types.int64), code

    return cast("Callable[[int, int, int], None]", intrinsic(typed))


_LONG = 64
byte = _reader(8, signed=False)
"""``byte(address, index)``: the unsigned byte there."""
half = _reader(16, signed=False)
"""The unsigned 16-bit number there."""
word = _reader(32, signed=False)
"""The unsigned 32-bit number there."""
short = _reader(32, signed=True)
"""The signed 32-bit number there."""
long = _reader(64, signed=True)
"""The signed 64-bit number there."""
set_byte, set_short, set_long = _writer(8), _writer(32), _writer(64)
"""``set_byte(address, index, value)`` and so on: write there."""
