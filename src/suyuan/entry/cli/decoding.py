"""What a code says, at the terminal; needs no database."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Final

import click

from suyuan.coding import api as coding
from suyuan.coding.contracts import DEFAULT_GS_SUBSTITUTES, CodeForms, Decoded
from suyuan.kernel.faults import Fault

_FORMS: Final = (
    ("uri", "规范标识 canonical URI"),
    ("element_string", "元素串 element string"),
    ("raw", "原始元素串 raw"),
    ("digital_link", "数字链接 Digital Link"),
    ("epc_urn", "EPC URI"),
    ("tag_uri", "EPC 标签 URI tag URI"),
    ("tag_hex", "标签十六进制 tag hex"),
)
_MOST_SUGGESTIONS: Final = 8


@click.command()
@click.argument("codes", nargs=-1, required=True)
@click.option("--prefix", type=click.IntRange(6, 12), help="Digits of the company prefix, for EPC 厂商识别代码位数.")
@click.option("--filter", "filter_value", type=click.IntRange(0, 7), help="Filter value for the tag 标签滤值.")
@click.option("--separator", multiple=True, help="What the scanner sends in the place of GS 分隔符的替代字符.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON 输出 JSON.")
def decode(
    codes: tuple[str, ...], prefix: int | None, filter_value: int | None, separator: tuple[str, ...], as_json: bool
) -> None:
    """Say what codes mean and how else they are written. 解析编码。

    Takes every form: element strings, Digital Links, EPC URIs, hexadecimal tags, EAN/UPC, HIBC, VIN and more. Exits
    with 1 if a code was refused, with the place of the fault and what it may have been meant to be.
    """
    good = [_one(code, prefix, filter_value, separator or DEFAULT_GS_SUBSTITUTES, as_json) for code in codes]
    if not all(good):
        raise click.exceptions.Exit(1)


def _one(code: str, prefix: int | None, filter_value: int | None, separators: tuple[str, ...], as_json: bool) -> bool:
    try:
        decoded = coding.decode(code, gs_substitutes=separators, allow_foreign=True)
        forms = coding.forms(code, prefix_length=prefix, filter_value=filter_value, allow_foreign=True)
    except Fault as fault:
        _refused(code, fault, separators, as_json)
        return False
    if as_json:
        json.dump(_plain(decoded, forms), sys.stdout, ensure_ascii=False, indent=1)
        click.echo()
    else:
        _shown(decoded, forms)
    return True


def _plain(decoded: Decoded, forms: CodeForms) -> dict[str, object]:
    identity = decoded.identity
    return {
        "kind": identity.kind.value,
        "product": identity.product,
        "lot": identity.lot,
        "serial": identity.serial,
        "format": decoded.format.value,
        "symbology": decoded.symbology,
        "parts": [
            {"ai": part.ai, "value": part.value, "zh": part.label_zh, "en": part.label_en} for part in decoded.parts
        ],
        "attributes": dict(decoded.attributes),
        "notes": [note.en for note in decoded.notes],
        "forms": asdict(forms),
    }


def _shown(decoded: Decoded, forms: CodeForms) -> None:
    click.echo(f"{decoded.identity.kind.value}  {decoded.format.value}  {decoded.symbology or ''}".rstrip())
    for part in decoded.parts:
        said = f"  ({part.note.zh}, {part.note.en})" if part.note is not None else ""
        ai = f"({part.ai}) " if part.ai else ""
        click.echo(f"  {ai}{part.label_zh} {part.label_en}: {part.value}{said}")
    for note in decoded.notes:
        click.echo(f"  ! {note.zh}; {note.en}")
    for name, title in _FORMS:
        value = getattr(forms, name)
        if value:
            click.echo(f"  {title}: {value.replace(chr(29), '{GS}')}")


def _refused(code: str, fault: Fault, separators: tuple[str, ...], as_json: bool) -> None:
    meant = [each for each in coding.repairs_of(code, gs_substitutes=separators) if each.likely][:_MOST_SUGGESTIONS]
    if as_json:
        problem = {**fault.problem("en"), "suggestions": [repair.code for repair in meant]}
        json.dump(problem, sys.stdout, ensure_ascii=False, indent=1)
        click.echo()
        return
    place = f" [{fault.at}]" if fault.at else ""
    for language in ("zh", "en"):
        click.echo(f"{fault.title(language)}{place}\n  → {fault.remedy(language)}", err=True)
    for repair in meant:
        click.echo(f"  ? {repair.code.replace(chr(29), '{GS}')}  {repair.why.zh} {repair.why.en}", err=True)
