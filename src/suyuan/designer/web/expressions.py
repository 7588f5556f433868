"""Expressions over HTTP: text to syntax tree and back. Nothing is kept."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from suyuan.chassis.http import guarded, reply
from suyuan.kernel.expressions import format_text, parse

router = Router(tags=["definitions"])
Name = Annotated[str, Field(max_length=200)]
Names = dict[Name, Name]


class WrittenExpression(Schema):
    """An expression as people write it. ``names``: what fields are called, and their ids."""

    text: str = Field(max_length=20_000)
    names: Names = Field(default_factory=dict)


class ParsedExpression(Schema):
    """The syntax tree of an expression."""

    ast: dict[str, Any]


class FormattedExpression(Schema):
    """A syntax tree to write out. ``names``: what fields are called, and their ids."""

    ast: dict[str, Any]
    names: Names = Field(default_factory=dict)
    language: Literal["zh", "en"] = "zh"


class ExpressionText(Schema):
    """An expression as people read it."""

    text: str


@router.post("/parse", response=ParsedExpression, summary="The syntax tree of an expression; faults name the place")
@guarded("designer:definition:write")
def parse_expression(request: HttpRequest, given: WrittenExpression) -> HttpResponse:
    return reply({"ast": parse(given.text, given.names)})


@router.post("/format", response=ExpressionText, summary="A syntax tree as people write it")
@guarded("designer:definition:write")
def format_expression(request: HttpRequest, given: FormattedExpression) -> HttpResponse:
    names = {field: label for label, field in given.names.items()}
    return reply({"text": format_text(given.ast, names, given.language)})
