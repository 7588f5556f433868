/** Names for what the server sends and takes about sales demand. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type DemandRow = Schemas["DemandRow"];
export type DemandLine = DemandRow["demand"];
export type DemandState = DemandRow["state"];
export type DemandInput = Schemas["NewDemand"];
export type DemandPlan = Schemas["DemandPlan"];
export type DemandCovering = Schemas["DemandCovering"];

/** `PO-1/10` */
export const lineName = ({ customer_order, line }: { customer_order: string; line: string }): string => `${customer_order}/${line}`;
