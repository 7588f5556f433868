"""Names of CBV 2.0 business steps and dispositions, and of one of our own, in both languages."""

from __future__ import annotations

from typing import Final

STEPS: Final = {
    "accepting": ("接收", "Accepting"),
    "arriving": ("到达", "Arriving"),
    "assembling": ("组装", "Assembling"),
    "collecting": ("采集", "Collecting"),
    "commissioning": ("赋码", "Commissioning"),
    "consigning": ("托运", "Consigning"),
    "creating_class_instance": ("建批", "Creating class instance"),
    "cycle_counting": ("循环盘点", "Cycle counting"),
    "decommissioning": ("注销", "Decommissioning"),
    "departing": ("离开", "Departing"),
    "destroying": ("销毁", "Destroying"),
    "disassembling": ("拆解", "Disassembling"),
    "dispensing": ("分发", "Dispensing"),
    "encoding": ("写码", "Encoding"),
    "entering_exiting": ("进出", "Entering or exiting"),
    "holding": ("冻结", "Holding"),
    "inspecting": ("检验", "Inspecting"),
    "installing": ("安装", "Installing"),
    "killing": ("标签失效", "Killing"),
    "loading": ("装车", "Loading"),
    "other": ("其他", "Other"),
    "packing": ("包装", "Packing"),
    "picking": ("拣货", "Picking"),
    "receiving": ("收货", "Receiving"),
    "removing": ("移除", "Removing"),
    "repackaging": ("重新包装", "Repackaging"),
    "repairing": ("返修", "Repairing"),
    "replacing": ("更换", "Replacing"),
    "reserving": ("预留", "Reserving"),
    "retail_selling": ("零售", "Retail selling"),
    "sampling": ("取样", "Sampling"),
    "sensor_reporting": ("传感上报", "Sensor reporting"),
    "shipping": ("发货", "Shipping"),
    "staging_outbound": ("待发", "Staging outbound"),
    "stock_taking": ("盘点", "Stock taking"),
    "stocking": ("上架补货", "Stocking"),
    "storing": ("入库", "Storing"),
    "transporting": ("运输", "Transporting"),
    "unloading": ("卸车", "Unloading"),
    "unpacking": ("拆包", "Unpacking"),
    "void_shipping": ("取消发货", "Void shipping"),
}
DISPOSITIONS: Final = {
    "active": ("有效", "Active"),
    "available": ("可用", "Available"),
    "completeness_inferred": ("推定齐全", "Completeness inferred"),
    "completeness_verified": ("核实齐全", "Completeness verified"),
    "conformant": ("合格", "Conformant"),
    "container_closed": ("容器已关", "Container closed"),
    "container_open": ("容器已开", "Container open"),
    "damaged": ("损坏", "Damaged"),
    "destroyed": ("已销毁", "Destroyed"),
    "dispensed": ("已分发", "Dispensed"),
    "disposed": ("已处置", "Disposed"),
    "encoded": ("已写码", "Encoded"),
    "expired": ("过期", "Expired"),
    "in_progress": ("进行中", "In progress"),
    "in_transit": ("在途", "In transit"),
    "inactive": ("无效", "Inactive"),
    "mismatch_class": ("类别不符", "Mismatch: class"),
    "mismatch_instance": ("个体不符", "Mismatch: instance"),
    "mismatch_quantity": ("数量不符", "Mismatch: quantity"),
    "needs_replacement": ("需更换", "Needs replacement"),
    "no_pedigree_match": ("谱系不符", "No pedigree match"),
    "non_conformant": ("不合格", "Non-conformant"),
    "non_sellable_other": ("不可售", "Non-sellable: other"),
    "partially_dispensed": ("部分分发", "Partially dispensed"),
    "quarantined": ("隔离", "Quarantined"),
    "recalled": ("召回", "Recalled"),
    "reserved": ("预留", "Reserved"),
    "retail_sold": ("已售", "Retail sold"),
    "returned": ("已退回", "Returned"),
    "sellable_accessible": ("可售", "Sellable: accessible"),
    "sellable_not_accessible": ("可售未上架", "Sellable: not accessible"),
    "stolen": ("被盗", "Stolen"),
    "unavailable": ("不可用", "Unavailable"),
    "unknown": ("未知", "Unknown"),
}
OWN_DISPOSITIONS: Final = frozenset({"quarantined"})
"""Dispositions that stations need and CBV 2.0 has no word for: in documents they are URIs of ours."""
OWN_DISPOSITION: Final = "urn:suyuan:vocab:disp:"


def written_disposition(name: str) -> str:
    """Return a disposition as EPCIS documents write it: the standard's bare word, or the URI of one of ours."""
    return f"{OWN_DISPOSITION}{name}" if name in OWN_DISPOSITIONS else name


EVENT_TYPES: Final = {
    "ObjectEvent": ("对象事件", "Object event"),
    "AggregationEvent": ("聚合事件", "Aggregation event"),
    "AssociationEvent": ("关联事件", "Association event"),
    "TransactionEvent": ("交易事件", "Transaction event"),
    "TransformationEvent": ("转化事件", "Transformation event"),
}
