/** Names for what the server sends and takes about the plant, its products, routes and orders. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Equipment = Schemas["Equipment"];
export type EquipmentLevel = Equipment["level"];
export type Tool = Schemas["Tool"];
export type Qualification = Schemas["Qualification"];
export type Qualified = Schemas["Qualified"];
export type Team = Schemas["Team"];
export type Shift = Schemas["Shift"];
export type DayOff = Schemas["DayOff"];
export type PlantPerson = Schemas["PlantPerson"];
export type ExecutionCheck = Schemas["ExecutionCheck"];
export type Order = Schemas["WorkOrder"];
export type OrderRow = Schemas["OrderRow"];
export type OrderDetail = Schemas["OrderDetail"];
export type OrderState = Order["state"];
export type OrderStep = OrderRow["steps"][number];
export type OrderInput = Schemas["NewOrder"];
