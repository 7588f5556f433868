"""The names of the Core Business Vocabulary (CBV 2.0) and of the EPCIS schema, and how they are normalised."""

from __future__ import annotations

import re
from typing import Final

from suyuan.trace.contracts.cbv_names import OWN_DISPOSITION, OWN_DISPOSITIONS

ACTIONS: Final = frozenset({"ADD", "OBSERVE", "DELETE"})
EVENT_TYPES: Final = frozenset(
    {"ObjectEvent", "AggregationEvent", "AssociationEvent", "TransactionEvent", "TransformationEvent"}
)


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


BIZ_STEPS: Final = _names(
    "accepting arriving assembling collecting commissioning consigning creating_class_instance cycle_counting"
    " decommissioning departing destroying disassembling dispensing encoding entering_exiting holding inspecting"
    " installing killing loading other packing picking receiving removing repackaging repairing replacing reserving"
    " retail_selling shipping staging_outbound stock_taking stocking storing transporting unloading unpacking"
    " void_shipping sensor_reporting sampling"
)
DISPOSITIONS: Final = _names(
    "active container_closed damaged destroyed dispensed disposed encoded expired in_progress in_transit inactive"
    " no_pedigree_match non_sellable_other partially_dispensed recalled reserved retail_sold returned"
    " sellable_accessible sellable_not_accessible stolen unknown available completeness_verified"
    " completeness_inferred conformant container_open mismatch_instance mismatch_class mismatch_quantity"
    " needs_replacement non_conformant unavailable"
)
TRANSACTION_TYPES: Final = _names(
    "bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt"
)
PARTY_TYPES: Final = _names("owning_party possessing_party location")
ERROR_REASONS: Final = _names("did_not_occur incorrect_data")
SENSOR_ALERTS: Final = _names("ALARM_CONDITION ERROR_CONDITION")
COMPONENTS: Final = _names(
    "x y z axial_distance azimuth height spherical_radius polar_angle elevation_angle easting northing latitude"
    " longitude altitude"
)
MEASUREMENTS: Final = _names(
    "AbsoluteHumidity AbsorbedDose AbsorbedDoseRate Acceleration Radioactivity Altitude AmountOfSubstance"
    " AmountOfSubstancePerUnitVolume Angle AngularAcceleration AngularMomentum AngularVelocity Area Capacitance"
    " Conductance Conductivity Count Density Dimensionless DoseEquivalent DoseEquivalentRate DynamicViscosity"
    " ElectricCharge ElectricCurrent ElectricCurrentDensity ElectricFieldStrength Energy Exposure Force Frequency"
    " Illuminance Inductance Irradiance KinematicViscosity Length LinearMomentum Luminance LuminousFlux"
    " LuminousIntensity MagneticFlux MagneticFluxDensity MagneticVectorPotential Mass MassConcentration MassFlowRate"
    " MassPerAreaTime MemoryCapacity MolalityOfSolute MolarEnergy MolarMass MolarVolume Power Pressure RadiantFlux"
    " RadiantIntensity RelativeHumidity Resistance Resistivity SolidAngle SpecificVolume Speed SurfaceDensity"
    " SurfaceTension Temperature Time Torque Voltage Volume VolumeFlowRate VolumeFraction VolumetricFlux Wavenumber"
)

IS_CBV_URI = re.compile(r"urn:epcglobal:cbv|https?://ns\.gs1\.org/cbv/")
"""What a CBV value must not look like in JSON: the schema wants the bare name."""
IS_GS1_VOCABULARY_URI = re.compile(r"https?://(?:www\.)?gs1\.org/voc/")
"""The same for measurement types and sensor alerts."""

_TAGS: Final = {
    "BizStep": ("bizstep", BIZ_STEPS),
    "Disp": ("disp", DISPOSITIONS),
    "BTT": ("btt", TRANSACTION_TYPES),
    "SDT": ("sdt", PARTY_TYPES),
    "ER": ("er", ERROR_REASONS),
    "Comp": ("comp", COMPONENTS),
}
_CBV_URI: Final = {
    tag: re.compile(rf"(?:https?://(?:ref|ns)\.gs1\.org/cbv/{tag}-|cbv:{tag}-|urn:epcglobal:cbv:{urn}:)(\w+)", re.I)
    for tag, (urn, _) in _TAGS.items()
}


def _bare(value: str, tag: str) -> str:
    if ":" not in value:
        return value
    match = _CBV_URI[tag].fullmatch(value)
    return match[1] if match is not None and match[1] in _TAGS[tag][1] else value


def bare_step(value: str) -> str:
    """Return the bare CBV name of a business step in whatever form it is written; other URIs stay as they are."""
    return _bare(value, "BizStep")


def bare_disposition(value: str) -> str:
    """Return the bare name of a disposition of CBV, or of ours; other URIs stay as they are."""
    own = value.removeprefix(OWN_DISPOSITION)
    return own if own in OWN_DISPOSITIONS else _bare(value, "Disp")


def bare_transaction_type(value: str) -> str:
    """Return the bare CBV name of a business transaction type; other URIs stay as they are."""
    return _bare(value, "BTT")


def bare_error_reason(value: str) -> str:
    """Return the bare CBV name of an error reason; other URIs stay as they are."""
    return _bare(value, "ER")


def last_part(uri: str) -> str:
    """Return what stands after the last ``:``, ``/`` or ``-`` of a CBV URI: the bare name to suggest."""
    return re.split(r"[:/-]", uri)[-1]
