/** A trace node's form, evaluated the same on a device and in the designer's preview. */
export { type DeviceFault, type FaultCode, compareDecimals } from "./checks";
export { evaluate } from "./evaluation";
export { ItemIndex, type Scanned, bare, identify } from "./decode";
export { type FieldState, type FormContext, type FormState, type Plain, formState, lacks, plainText } from "./formState";
export { NUMBER_KINDS, TYPED_KINDS, boundsOf, clockOf, signOf, wayTo, waysOf } from "./kinds";
export { isFilled } from "./rows";
export { type Tab, tabsOf } from "./tabs";
export { type Taken, type Verdict, bars, masterOf, takeScan } from "./take";
export * from "./types";
