/** A trace node's form, evaluated the same on a device and in the designer's preview. */
export { type DeviceFault, type FaultCode, compareDecimals } from "./checks";
export { evaluate } from "./evaluation";
export { ItemIndex, type Scanned, bare, identify } from "./decode";
export { type FieldState, type FormContext, type FormState, type Plain, formState, plainText } from "./formState";
export { type Taken, type Verdict, bars, masterOf, takeScan } from "./take";
export * from "./types";
