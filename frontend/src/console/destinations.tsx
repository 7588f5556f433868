import {
  AimOutlined,
  AlertOutlined,
  ApartmentOutlined,
  AppstoreOutlined,
  AuditOutlined,
  BankOutlined,
  BarcodeOutlined,
  BlockOutlined,
  CloudUploadOutlined,
  ClusterOutlined,
  DashboardOutlined,
  DeploymentUnitOutlined,
  EditOutlined,
  ExperimentOutlined,
  ExportOutlined,
  FieldTimeOutlined,
  FileExcelOutlined,
  FormOutlined,
  FunnelPlotOutlined,
  HistoryOutlined,
  HomeOutlined,
  InboxOutlined,
  KeyOutlined,
  NumberOutlined,
  LockOutlined,
  MessageOutlined,
  MobileOutlined,
  ReadOutlined,
  SafetyCertificateOutlined,
  SafetyOutlined,
  ScheduleOutlined,
  ShopOutlined,
  ShoppingCartOutlined,
  SolutionOutlined,
  SwapOutlined,
  TagsOutlined,
  TeamOutlined,
  ThunderboltOutlined,
  UnorderedListOutlined,
  WarningOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";

/** The groups of the menu, in their order. */
export const GROUPS = ["groupTrace", "groupFloor", "groupProduction", "groupDesign", "groupManage"] as const;

export type DestinationName =
  | "home" | "trace" | "scope" | "causes" | "events" | "history"
  | "stations" | "imports" | "capture" | "packing" | "decode" | "labels" | "codes" | "quality"
  | "orders" | "demand" | "wip" | "andon" | "pulls" | "shortages" | "oee" | "instructions" | "plant"
  | "nodes" | "actions" | "making" | "codeRules" | "products" | "packs"
  | "people" | "roles" | "tokens" | "sites" | "security" | "alerts" | "access" | "audit" | "signing" | "integrity" | "retention" | "transfers" | "feedback";

export interface Destination {
  name: DestinationName;
  path: string;
  icon: ReactNode;
  permission: string;
  group: (typeof GROUPS)[number];
}

/** Where the menu leads; an entry shows only to people who hold its permission. */
export const DESTINATIONS: readonly Destination[] = [
  { name: "home", path: "/", icon: <HomeOutlined />, permission: "analytics:home:read", group: "groupTrace" },
  { name: "trace", path: "/trace", icon: <ApartmentOutlined />, permission: "trace:item:read", group: "groupTrace" },
  { name: "scope", path: "/scope", icon: <AimOutlined />, permission: "trace:item:read", group: "groupTrace" },
  { name: "events", path: "/events", icon: <UnorderedListOutlined />, permission: "trace:event:read", group: "groupTrace" },
  { name: "causes", path: "/causes", icon: <ExperimentOutlined />, permission: "trace:event:read", group: "groupTrace" },
  { name: "history", path: "/production/history", icon: <HistoryOutlined />, permission: "production:history:read", group: "groupTrace" },
  { name: "stations", path: "/stations", icon: <MobileOutlined />, permission: "capture:reading:write", group: "groupFloor" },
  { name: "imports", path: "/imports", icon: <FileExcelOutlined />, permission: "capture:import:write", group: "groupFloor" },
  { name: "capture", path: "/capture", icon: <CloudUploadOutlined />, permission: "trace:event:write", group: "groupFloor" },
  { name: "packing", path: "/packing", icon: <InboxOutlined />, permission: "coding:binding:write", group: "groupFloor" },
  { name: "decode", path: "/decode", icon: <BarcodeOutlined />, permission: "trace:item:read", group: "groupFloor" },
  { name: "labels", path: "/labels", icon: <TagsOutlined />, permission: "coding:label:read", group: "groupFloor" },
  { name: "codes", path: "/codes", icon: <NumberOutlined />, permission: "coding:code:read", group: "groupFloor" },
  { name: "quality", path: "/entry-quality", icon: <DashboardOutlined />, permission: "capture:quality:read", group: "groupFloor" },
  { name: "orders", path: "/orders", icon: <ScheduleOutlined />, permission: "production:order:read", group: "groupProduction" },
  { name: "demand", path: "/production/demand", icon: <ShoppingCartOutlined />, permission: "production:order:read", group: "groupProduction" },
  { name: "wip", path: "/production/wip", icon: <FunnelPlotOutlined />, permission: "production:wip:read", group: "groupProduction" },
  { name: "andon", path: "/production/andon", icon: <AlertOutlined />, permission: "production:andon:read", group: "groupProduction" },
  { name: "pulls", path: "/production/pulls", icon: <SwapOutlined />, permission: "production:pull:read", group: "groupProduction" },
  { name: "shortages", path: "/production/shortages", icon: <WarningOutlined />, permission: "production:order:read", group: "groupProduction" },
  { name: "oee", path: "/production/oee", icon: <DashboardOutlined />, permission: "production:oee:read", group: "groupProduction" },
  { name: "instructions", path: "/production/instructions", icon: <ReadOutlined />, permission: "production:order:read", group: "groupProduction" },
  { name: "plant", path: "/plant", icon: <ClusterOutlined />, permission: "production:plant:read", group: "groupProduction" },
  { name: "nodes", path: "/nodes", icon: <FormOutlined />, permission: "designer:definition:read", group: "groupDesign" },
  { name: "actions", path: "/actions", icon: <ThunderboltOutlined />, permission: "capture:action:read", group: "groupDesign" },
  { name: "making", path: "/routes", icon: <DeploymentUnitOutlined />, permission: "designer:definition:read", group: "groupDesign" },
  { name: "codeRules", path: "/code-rules", icon: <BlockOutlined />, permission: "designer:definition:read", group: "groupDesign" },
  { name: "products", path: "/products", icon: <ShopOutlined />, permission: "portal:page:read", group: "groupDesign" },
  { name: "packs", path: "/packs", icon: <AppstoreOutlined />, permission: "designer:definition:read", group: "groupDesign" },
  { name: "people", path: "/people", icon: <TeamOutlined />, permission: "tenancy:person:read", group: "groupManage" },
  { name: "roles", path: "/roles", icon: <SafetyCertificateOutlined />, permission: "tenancy:role:read", group: "groupManage" },
  { name: "tokens", path: "/tokens", icon: <KeyOutlined />, permission: "tenancy:token:read", group: "groupManage" },
  { name: "sites", path: "/sites", icon: <BankOutlined />, permission: "tenancy:site:read", group: "groupManage" },
  { name: "security", path: "/security", icon: <LockOutlined />, permission: "tenancy:policy:read", group: "groupManage" },
  { name: "alerts", path: "/alerts", icon: <WarningOutlined />, permission: "compliance:alert:read", group: "groupManage" },
  { name: "access", path: "/access", icon: <SolutionOutlined />, permission: "tenancy:role:read", group: "groupManage" },
  { name: "audit", path: "/audit", icon: <AuditOutlined />, permission: "compliance:audit:read", group: "groupManage" },
  { name: "signing", path: "/signing", icon: <EditOutlined />, permission: "compliance:approval:read", group: "groupManage" },
  { name: "integrity", path: "/integrity", icon: <SafetyOutlined />, permission: "compliance:log:read", group: "groupManage" },
  { name: "retention", path: "/retention", icon: <FieldTimeOutlined />, permission: "compliance:retention:read", group: "groupManage" },
  { name: "transfers", path: "/data-export", icon: <ExportOutlined />, permission: "compliance:tenant:export", group: "groupManage" },
  { name: "feedback", path: "/feedback", icon: <MessageOutlined />, permission: "portal:feedback:read", group: "groupManage" },
];

/** The destination a path belongs to: `/trace/17` belongs to `/trace`. */
export function destinationOf(pathname: string): Destination | undefined {
  return DESTINATIONS.find(({ path }) => (path === "/" ? pathname === "/" : pathname === path || pathname.startsWith(`${path}/`)));
}
