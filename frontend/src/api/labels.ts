/** Names for what the server sends and takes about labels and printing. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Dpi = NonNullable<Schemas["ToPreview"]["dpi"]>;
export type LabelPreview = Schemas["Preview"];
export type LabelRow = Schemas["LabelRow"];
export type ReadyLabel = Schemas["ReadyLabelRow"];
export type LabelField = Schemas["LabelField"];
export type Printer = Schemas["Printer"];
export type PrinterInput = Schemas["NewPrinter"];
export type PrintJob = Schemas["PrintJob"];
