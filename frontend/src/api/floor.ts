/** Names for what the server sends and takes about histories, work in process, effectiveness and andon. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type History = Schemas["History"];
export type HistoryStep = Schemas["HistoryStep"];
export type Board = Schemas["Board"];
export type BoardRow = Schemas["BoardRow"];
export type Effectiveness = Schemas["Effectiveness"];
export type MachineNow = Schemas["MachineNow"];
export type OperationYield = Schemas["OperationYield"];
export type UsedMaterial = Schemas["UsedMaterial"];

/** The page of one item's production history, by any of its codes. */
export const historyLink = (code: string): string => `/production/history?code=${encodeURIComponent(code)}`;

export type AndonBoard = Schemas["AndonBoard"];
export type AndonCall = Schemas["AndonCall"];
export type AndonKind = Schemas["AndonKind"];
export type AndonLevel = Schemas["AndonLevel"];
export type AndonMeasure = Schemas["AndonMeasure"];
export type AndonReason = AndonKind["reason"];

export type PullBoard = Schemas["PullBoard"];
export type PullCall = Schemas["PullCall"];
export type OpenPull = Schemas["OpenPull"];
export type PullRule = Schemas["PullRule"];
export type LineStock = Schemas["LineStock"];
export type FetchFrom = Schemas["FetchFrom"];
export type LotTrouble = Schemas["LotTrouble"];
export type ShortOrder = Schemas["ShortOrder"];
export type LotShortage = Schemas["LotShortage"];
export type Shortages = Schemas["Shortages"];
export type OrderMaterial = Schemas["OrderMaterial"];
