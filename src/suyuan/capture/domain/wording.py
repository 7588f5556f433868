"""What a finding says, in either language: the check's own words, else the fault's."""

from __future__ import annotations

from typing import NamedTuple

from suyuan.kernel.faults import Fault, Language


class Words(NamedTuple):
    """A text in both languages that fills a place in a fault's text."""

    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.zh} / {self.en}" if self.zh != self.en else self.zh


def said(fault: Fault, language: Language) -> tuple[str, str]:
    """Return what is wrong and what to do, in ``language``."""
    params = {
        name: (value.zh if language == "zh" else value.en) if isinstance(value, Words) else value
        for name, value in fault.params.items()
    }
    fault = Fault(fault.kind, fault.at, params)
    return fault.title(language), fault.remedy(language)
