"""EPC URNs: every scheme, both directions."""

import pytest

from suyuan.coding.api import decode, identify, identify_class, identify_epc, identify_place, to_epc_urn
from suyuan.coding.contracts import CodeFormat
from suyuan.coding.contracts import refusals as faults
from suyuan.kernel.faults import Fault

GS1 = "https://id.gs1.org"
KEYED = [
    ("urn:epc:id:sgtin:0614141.107346.2017", "/01/10614141073464/21/2017", "unit"),
    ("urn:epc:id:sgtin:0614141.812345.32a%2Fb", "/01/80614141123458/21/32a%2Fb", "unit"),
    (
        "urn:epc:id:sgtin:0614141.812345.A.B-C_%22%25%26%3C%3E%3F",
        "/01/80614141123458/21/A.B-C_%22%25%26%3C%3E%3F",
        "unit",
    ),
    ("urn:epc:id:sscc:0614141.1234567890", "/00/106141412345678908", "carrier"),
    ("urn:epc:id:sgln:0614141.07346.1234", "/414/0614141073467/254/1234", "asset"),
    ("urn:epc:id:sgln:0614141.07346.0", "/414/0614141073467", "asset"),
    ("urn:epc:id:sgln:061414112345..0", "/414/0614141123452", "asset"),
    ("urn:epc:id:grai:0614141.12345.400", "/8003/00614141123452400", "carrier"),
    ("urn:epc:id:giai:0614141.12345400", "/8004/061414112345400", "asset"),
    ("urn:epc:id:gsrn:0614141.0000010253", "/8018/061414100000102534", "asset"),
    ("urn:epc:id:gsrnp:0614141.0000010253", "/8017/061414100000102534", "asset"),
    ("urn:epc:id:gdti:0614141.12345.400", "/253/0614141123452400", "unit"),
    ("urn:epc:id:cpi:0614141.123ABC.123456789", "/8010/0614141123ABC/8011/123456789", "unit"),
    ("urn:epc:id:cpi:0614141.5PQ7%2FZ43%23-.12345", "/8010/06141415PQ7%2FZ43%23-/8011/12345", "unit"),
    ("urn:epc:id:sgcn:4012345.67890.04711", "/255/401234567890104711", "unit"),
    ("urn:epc:id:itip:4012345.012345.01.02.987", "/8006/040123451234560102/21/987", "unit"),
    (
        "urn:epc:id:upui:1234567.089456.51qIgY)%3C%26Jp3*j7'SDB",
        "/01/01234567894560/235/51qIgY%29%3C%26Jp3%2Aj7%27SDB",
        "unit",
    ),
    ("urn:epc:id:pgln:1234567.89012", "/417/1234567890128", "asset"),
    ("urn:epc:id:gsin:0614141.123456789", "/402/06141411234567890", "carrier"),
    ("urn:epc:id:ginc:0614141.ABC%2F7", "/401/0614141ABC%2F7", "carrier"),
    ("urn:epc:class:lgtin:4012345.012345.998877", "/01/04012345123456/10/998877", "lot"),
    ("urn:epc:idpat:sgtin:4012345.098765.*", "/01/04012345987652", "product"),
    ("urn:epc:idpat:grai:0614141.12345.*", "/8003/00614141123452", "product"),
    ("urn:epc:idpat:gdti:0614141.12345.*", "/253/0614141123452", "product"),
    ("urn:epc:idpat:sgcn:4012345.67890.*", "/255/4012345678901", "product"),
    ("urn:epc:idpat:cpi:0614141.123ABC.*", "/8010/0614141123ABC", "product"),
    ("urn:epc:idpat:itip:4012345.012345.01.02.*", "/8006/040123451234560102", "product"),
]
OTHERS = [
    ("urn:epc:id:gid:95100000.12345.400", "unit"),
    ("urn:epc:id:usdod:2S194.12345678901", "unit"),
    ("urn:epc:id:adi:2S194..12345678901", "unit"),
    ("urn:epc:id:adi:W81X9C.3KL984PX1.2WMA52", "unit"),
    ("urn:epc:id:adi:W81X9C.3KL%2F984PX1.%232WMA52", "unit"),
    ("urn:epc:id:bic:CSQU3054383", "carrier"),
    ("urn:epc:id:imovn:9176187", "carrier"),
    ("urn:epc:idpat:gid:95100000.12345.*", "product"),
]


@pytest.mark.parametrize(("urn", "path", "kind"), KEYED)
def test_keyed_schemes_become_digital_links_and_come_back(urn, path, kind):
    identity = identify(urn)
    assert (identity.uri, identity.kind.value) == (GS1 + path, kind)
    assert identify(GS1 + path) == identity
    length = len(urn.split(":")[4].split(".")[0])
    assert to_epc_urn(identity, length) == urn
    decoded = decode(urn)
    assert decoded.identity.uri == identity.uri
    assert decoded.format is (CodeFormat.EPC_URN if urn.startswith("urn:epc:id:") else CodeFormat.EPC_CLASS_URN)
    assert all(part.label_zh for part in decoded.parts)


def test_upui_pattern_names_the_trade_item():
    assert identify("urn:epc:idpat:upui:1234567.089456.*").uri == f"{GS1}/01/01234567894560"


@pytest.mark.parametrize(("urn", "kind"), OTHERS)
def test_schemes_without_gs1_key_stay(urn, kind):
    identity = identify(urn)
    assert (identity.uri, identity.kind.value) == (urn, kind)
    assert to_epc_urn(urn, 7) == urn
    assert decode(urn).parts[0].value == urn.split(":", 4)[4]


def test_the_scheme_part_may_be_in_capitals():
    assert identify("URN:EPC:id:gid:1.2.3").uri == "urn:epc:id:gid:1.2.3"


@pytest.mark.parametrize(
    ("tag", "urn"),
    [
        ("urn:epc:tag:sgtin-96:3.0614141.812345.6789", "urn:epc:id:sgtin:0614141.812345.6789"),
        ("urn:epc:tag:sscc-96:2.0614141.1234567890", "urn:epc:id:sscc:0614141.1234567890"),
        ("urn:epc:tag:gid-96:31415.271828.1414", "urn:epc:id:gid:31415.271828.1414"),
        ("urn:epc:tag:gid-96:31.271828.1414", "urn:epc:id:gid:31.271828.1414"),
        ("urn:epc:tag:usdod-96:12.2S194.1", "urn:epc:id:usdod:2S194.1"),
        ("urn:epc:tag:cpi-var:0.0614141.A%23.1", "urn:epc:id:cpi:0614141.A%23.1"),
    ],
)
def test_tag_uris_lose_size_and_filter(tag, urn):
    assert identify(tag) == identify(urn)
    assert decode(tag).format is CodeFormat.EPC_TAG_URN


@pytest.mark.parametrize(
    ("uri", "kind", "at"),
    [
        ("urn:epc:id:sgtn:0614141.107346.2017", faults.EPC_SCHEME, "char 9"),
        ("urn:epc:id:sgtin", faults.EPC_SCHEME, "char 1"),
        ("urn:epc:pat:sgtin-96:3.0614141.[1-5].*", faults.EPC_REFERENCE, "char 32"),
        ("urn:epc:tag:foo-96:3.0614141.1", faults.EPC_SCHEME, "char 9"),
        ("urn:epc:raw:96.xF734257BF7194E4000001A85", faults.EPC_BINARY, "char 17"),
        ("urn:epc:raw:96:x3034257BF7194E4000001A85", faults.EPC_RAW, "char 13"),
        ("urn:epc:raw:95.xF034257BF7194E4000001A85", faults.EPC_RAW, "char 17"),
        ("urn:epc:id:sgtin:0614141.107346", faults.EPC_FIELDS, "char 18"),
        ("urn:epc:id:sgtin:06141.10734612.1", faults.EPC_PREFIX, "char 18"),
        ("urn:epc:id:sgtin:061414X.107346.1", faults.EPC_PREFIX, "char 18"),
        ("urn:epc:id:sgtin:0614141.1073464.1", faults.EPC_REFERENCE, "char 26"),
        ("urn:epc:id:sgtin:0614141.10734X.1", faults.EPC_REFERENCE, "char 26"),
        ("urn:epc:id:sgtin:0614141.107346.", faults.EPC_FIELD, "char 33"),
        ("urn:epc:id:sgtin:0614141.107346.a/b", faults.EPC_FIELD, "char 33"),
        ("urn:epc:id:sgtin:0614141.107346.a%20b", faults.EPC_FIELD, "char 33"),
        ("urn:epc:id:sgtin:0614141.107346.123456789012345678901", faults.EPC_FIELD, "char 33"),
        ("urn:epc:idpat:sgtin:0614141.107346.5", faults.EPC_FIELD, "char 36"),
        ("urn:epc:idpat:sgtin:0614141.*.*", faults.EPC_REFERENCE, "char 29"),
        ("urn:epc:id:itip:4012345.012345.03.02.987", faults.EPC_FIELD, "char 32"),
        ("urn:epc:id:cpi:0614141.abc.1", faults.EPC_FIELD, "char 24"),
        ("urn:epc:id:cpi:0614141.ABC.01", faults.EPC_FIELD, "char 28"),
        ("urn:epc:id:gid:95100000.12345.0400", faults.EPC_FIELD, "char 31"),
        ("urn:epc:id:gid:999999999.1.1", faults.EPC_FIELD, "char 16"),
        ("urn:epc:id:usdod:2O194.1", faults.EPC_FIELD, "char 18"),
        ("urn:epc:id:adi:2S194.a.1", faults.EPC_FIELD, "char 22"),
        ("urn:epc:id:adi:2S194..%231", faults.EPC_FIELD, "char 23"),
        ("urn:epc:id:bic:CSQU3054384", faults.CHECK_DIGIT, "char 26"),
        ("urn:epc:id:bic:CSQX3054383", faults.EPC_FIELD, "char 16"),
        ("urn:epc:id:imovn:9176188", faults.CHECK_DIGIT, "char 24"),
        ("urn:epc:tag:sgtin-96:9.0614141.812345.6789", faults.EPC_FIELD, "char 22"),
        ("urn:epc:tag:sgtin-96:x.0614141.812345.6789", faults.EPC_FIELD, "char 22"),
    ],
)
def test_refusals_say_where(uri, kind, at):
    with pytest.raises(Fault) as caught:
        identify(uri, allow_foreign=True)
    assert (caught.value.kind.code, caught.value.at) == (kind.code, at)


def test_levels_are_kept_apart():
    assert identify_epc(KEYED[0][0]).serial == "2017"
    for uri in ("urn:epc:class:lgtin:4012345.012345.998877", "urn:epc:idpat:sgtin:4012345.098765.*"):
        assert identify_class(uri).product == f"{GS1}/01/{'04012345123456' if 'lgtin' in uri else '04012345987652'}"
        with pytest.raises(Fault) as caught:
            identify_epc(uri)
        assert caught.value.kind is faults.CLASS_NOT_INSTANCE
    with pytest.raises(Fault) as caught:
        identify_class(KEYED[0][0])
    assert caught.value.kind is faults.INSTANCE_NOT_CLASS


def test_places():
    assert identify_place("urn:epc:id:sgln:0614141.07346.0") == f"{GS1}/414/0614141073467"
    assert identify_place("urn:epc:id:pgln:1234567.89012") == f"{GS1}/417/1234567890128"
    assert identify_place("geo:22.5,114.0") == "geo:22.5,114.0"
    assert identify_place("urn:suyuan:demo:place:L1") == "urn:suyuan:demo:place:L1"
    for wrong in ("line 1", "", "urn:epc:id:sgln:0614141.0734.0"):
        with pytest.raises(Fault):
            identify_place(wrong)


@pytest.mark.parametrize("length", [5, 13, 0, -1])
def test_company_prefix_length_is_bounded(length):
    with pytest.raises(Fault) as caught:
        to_epc_urn(f"{GS1}/01/10614141073464/21/1", length)
    assert caught.value.kind is faults.GCP_LENGTH


def test_what_has_no_urn():
    assert to_epc_urn(f"{GS1}/8013/1987654Ad4X4bL5ttr2310c2K", 7) is None
    assert to_epc_urn(f"{GS1}/01/10614141073464/22/A", 7) is None
    assert to_epc_urn(f"{GS1}/8006/040123451234560102/10/L", 7) is None
    assert to_epc_urn("urn:suyuan:demo:unit:1", 7) is None
    assert to_epc_urn("https://example.com/x", 7) is None
    with pytest.raises(Fault) as caught:
        to_epc_urn(f"{GS1}/8004/4000ABCD", 7)
    assert caught.value.kind is faults.EPC_PREFIX
