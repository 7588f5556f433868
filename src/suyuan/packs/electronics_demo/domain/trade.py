"""Where goods come from and go to outside the plant: supplier sites, dealers, stores, the towns of consumers."""

from __future__ import annotations

from dataclasses import dataclass

from suyuan.packs.electronics_demo.domain.catalogue import DEALERS, Company
from suyuan.packs.electronics_demo.domain.identifiers import pgln, sgln


@dataclass(frozen=True, slots=True)
class Outlet:
    """A site outside the plant: a dealer's warehouse or a store."""

    owner: Company
    location: str
    zh: str
    en: str
    geo: str
    town_zh: str
    town_en: str

    @property
    def uri(self) -> str:
        """The SGLN of the site."""
        return sgln(self.owner.prefix, self.location)

    @property
    def party(self) -> str:
        """The PGLN of the company that owns the goods there."""
        return pgln(self.owner.prefix)


def supplier_site(company: Company) -> str:
    """Return the SGLN of a supplier's works."""
    return sgln(company.prefix, "00001")


_WAREHOUSES = ("geo:31.23,121.47", "geo:23.13,113.26", "geo:39.90,116.40", "geo:30.57,104.07")
WAREHOUSES = tuple(
    Outlet(dealer, "00001", f"{dealer.zh}{dealer.town_zh}仓", f"{dealer.en} {dealer.town_en} warehouse", geo,
           dealer.town_zh, dealer.town_en)
    for dealer, geo in zip(DEALERS, _WAREHOUSES, strict=True)
)
_TOWNS = (
    (("上海", "南京路店", "Shanghai", "Nanjing Road", "geo:31.24,121.48"),
     ("杭州", "湖滨店", "Hangzhou", "Hubin", "geo:30.26,120.16"),
     ("南京", "新街口店", "Nanjing", "Xinjiekou", "geo:32.04,118.78")),
    (("广州", "天河店", "Guangzhou", "Tianhe", "geo:23.13,113.33"),
     ("深圳", "华强北店", "Shenzhen", "Huaqiangbei", "geo:22.55,114.09"),
     ("厦门", "中山路店", "Xiamen", "Zhongshan Road", "geo:24.46,118.08")),
    (("北京", "中关村店", "Beijing", "Zhongguancun", "geo:39.98,116.31"),
     ("天津", "滨江道店", "Tianjin", "Binjiang Avenue", "geo:39.12,117.20"),
     ("沈阳", "太原街店", "Shenyang", "Taiyuan Street", "geo:41.79,123.40")),
    (("成都", "春熙路店", "Chengdu", "Chunxi Road", "geo:30.66,104.08"),
     ("重庆", "解放碑店", "Chongqing", "Jiefangbei", "geo:29.56,106.58"),
     ("西安", "钟楼店", "Xi'an", "Bell Tower", "geo:34.26,108.95")),
)
STORES = tuple(
    tuple(
        Outlet(dealer, f"{11 + number:05d}", f"{town_zh}{zh}", f"{town_en} {en} store", geo, town_zh, town_en)
        for number, (town_zh, zh, town_en, en, geo) in enumerate(towns)
    )
    for dealer, towns in zip(DEALERS, _TOWNS, strict=True)
)
