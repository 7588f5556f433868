import { type ComponentType, lazy, type ReactNode, Suspense } from "react";
import { Navigate, Route, Routes } from "react-router";

import { useMay } from "../api/session";
import { usePermittedDestinations } from "./Navigation";
import { SessionGate } from "./SessionGate";
import { NoPermission, NotFound } from "./states";

const AccessReport = lazy(() => import("./access/AccessPage"));
const Alerts = lazy(() => import("./alerts/AlertsPage"));
const Feedback = lazy(() => import("./feedback/FeedbackPage"));
const Help = lazy(() => import("./help/HelpPage"));
const Home = lazy(() => import("./home/HomePage"));
const Events = lazy(() => import("./events/EventsPage"));
const Capture = lazy(() => import("./capture/CapturePage"));
const Stations = lazy(() => import("./stations/StationsPage"));
const Invitation = lazy(() => import("./invitation/InvitationPage"));
const Imports = lazy(() => import("./imports/ImportsPage"));
const Import = lazy(() => import("./imports/ImportPage"));
const History = lazy(() => import("./history/HistoryPage"));
const Wip = lazy(() => import("./wip/WipPage"));
const Instructions = lazy(() => import("./instructions/InstructionsPage"));
const Andon = lazy(() => import("./andon/AndonPage"));
const Pulls = lazy(() => import("./pulls/PullsPage"));
const Shortages = lazy(() => import("./shortages/ShortagesPage"));
const Oee = lazy(() => import("./oee/OeePage"));
const Packing = lazy(() => import("./packing/PackingPage"));
const Decode = lazy(() => import("./decode/DecodePage"));
const Labels = lazy(() => import("./labels/LabelsPage"));
const PrintLog = lazy(() => import("./labels/PrintLogPage"));
const Printers = lazy(() => import("./labels/PrintersPage"));
const LabelDesigner = lazy(() => import("../designer/label/LabelDesigner"));
const Nodes = lazy(() => import("./nodes/NodesPage"));
const NodeDesigner = lazy(() => import("../designer/node/NodeDesigner"));
const Actions = lazy(() => import("./actions/ActionsPage"));
const Quality = lazy(() => import("./quality/QualityPage"));
const CodeRules = lazy(() => import("./codes/RulesPage"));
const RuleDesigner = lazy(() => import("./codes/RuleDesigner"));
const Codes = lazy(() => import("./codes/CodesPage"));
const CodeBatch = lazy(() => import("./codes/BatchPage"));
const Products = lazy(() => import("./products/ProductsPage"));
const Packs = lazy(() => import("./packs/PacksPage"));
const People = lazy(() => import("./people/PeoplePage"));
const Roles = lazy(() => import("./roles/RolesPage"));
const Tokens = lazy(() => import("./tokens/TokensPage"));
const Sites = lazy(() => import("./sites/SitesPage"));
const Security = lazy(() => import("./security/SecurityPage"));
const Audit = lazy(() => import("./audit/AuditPage"));
const Signing = lazy(() => import("./signing/SigningPage"));
const Integrity = lazy(() => import("./integrity/IntegrityPage"));
const Retention = lazy(() => import("./retention/RetentionPage"));
const Transfers = lazy(() => import("./transfers/TransfersPage"));
const Orders = lazy(() => import("./orders/OrdersPage"));
const Demand = lazy(() => import("./demand/DemandPage"));
const Order = lazy(() => import("./orders/OrderPage"));
const MakingRoutes = lazy(() => import("./routes/RoutesPage"));
const RouteDesigner = lazy(() => import("../designer/route/RouteDesigner"));
const BillDesigner = lazy(() => import("../designer/bill/BillDesigner"));
const Plant = lazy(() => import("./plant/PlantPage"));
const Account = lazy(() => import("./account/AccountPage"));
const TraceDesk = lazy(() => import("../trace/TraceDesk"));
const Causes = lazy(() => import("../trace/causes/CausesPage"));
const Scope = lazy(() => import("../trace/scope/ScopePage"));

function Permitted({ permission, children }: { permission: string; children: ReactNode }) {
  return useMay()(permission) ? children : <NoPermission permission={permission} />;
}

/** The first page; people without the home page start at the first one they may open. */
function Start() {
  const may = useMay();
  const first = usePermittedDestinations()[0];
  if (may("analytics:home:read")) return <Home />;
  return <Navigate to={first?.path ?? "/account"} replace />;
}

const PAGES: readonly { path: string; permission: string; Page: ComponentType }[] = [
  { path: "/trace", permission: "trace:item:read", Page: TraceDesk },
  { path: "/trace/:itemId", permission: "trace:item:read", Page: TraceDesk },
  { path: "/scope", permission: "trace:item:read", Page: Scope },
  { path: "/causes", permission: "trace:event:read", Page: Causes },
  { path: "/events", permission: "trace:event:read", Page: Events },
  { path: "/capture", permission: "trace:event:write", Page: Capture },
  { path: "/stations", permission: "capture:reading:write", Page: Stations },
  { path: "/imports", permission: "capture:import:write", Page: Imports },
  { path: "/imports/:id", permission: "capture:import:write", Page: Import },
  { path: "/production/history", permission: "production:history:read", Page: History },
  { path: "/production/wip", permission: "production:wip:read", Page: Wip },
  { path: "/production/instructions", permission: "production:order:read", Page: Instructions },
  { path: "/production/andon", permission: "production:andon:read", Page: Andon },
  { path: "/production/pulls", permission: "production:pull:read", Page: Pulls },
  { path: "/production/shortages", permission: "production:order:read", Page: Shortages },
  { path: "/production/oee", permission: "production:oee:read", Page: Oee },
  { path: "/packing", permission: "coding:binding:write", Page: Packing },
  { path: "/decode", permission: "trace:item:read", Page: Decode },
  { path: "/labels", permission: "coding:label:read", Page: Labels },
  { path: "/labels/jobs", permission: "coding:label:read", Page: PrintLog },
  { path: "/labels/printers", permission: "coding:label:read", Page: Printers },
  { path: "/labels/design/:key", permission: "designer:definition:read", Page: LabelDesigner },
  { path: "/nodes", permission: "designer:definition:read", Page: Nodes },
  { path: "/nodes/:key", permission: "designer:definition:read", Page: NodeDesigner },
  { path: "/actions", permission: "capture:action:read", Page: Actions },
  { path: "/entry-quality", permission: "capture:quality:read", Page: Quality },
  { path: "/code-rules", permission: "designer:definition:read", Page: CodeRules },
  { path: "/code-rules/:key", permission: "designer:definition:read", Page: RuleDesigner },
  { path: "/codes", permission: "coding:code:read", Page: Codes },
  { path: "/codes/:batch", permission: "coding:code:read", Page: CodeBatch },
  { path: "/products", permission: "portal:page:read", Page: Products },
  { path: "/orders", permission: "production:order:read", Page: Orders },
  { path: "/production/demand", permission: "production:order:read", Page: Demand },
  { path: "/orders/:order", permission: "production:order:read", Page: Order },
  { path: "/routes", permission: "designer:definition:read", Page: MakingRoutes },
  { path: "/routes/:key", permission: "designer:definition:read", Page: RouteDesigner },
  { path: "/bills/:key", permission: "designer:definition:read", Page: BillDesigner },
  { path: "/plant", permission: "production:plant:read", Page: Plant },
  { path: "/packs", permission: "designer:definition:read", Page: Packs },
  { path: "/people", permission: "tenancy:person:read", Page: People },
  { path: "/roles", permission: "tenancy:role:read", Page: Roles },
  { path: "/tokens", permission: "tenancy:token:read", Page: Tokens },
  { path: "/sites", permission: "tenancy:site:read", Page: Sites },
  { path: "/security", permission: "tenancy:policy:read", Page: Security },
  { path: "/alerts", permission: "compliance:alert:read", Page: Alerts },
  { path: "/access", permission: "tenancy:role:read", Page: AccessReport },
  { path: "/audit", permission: "compliance:audit:read", Page: Audit },
  { path: "/signing", permission: "compliance:approval:read", Page: Signing },
  { path: "/integrity", permission: "compliance:log:read", Page: Integrity },
  { path: "/retention", permission: "compliance:retention:read", Page: Retention },
  { path: "/data-export", permission: "compliance:tenant:export", Page: Transfers },
];

/** Every address of the console; each page arrives with its own chunk. */
export function Pages() {
  return (
    <Routes>
      <Route
        path="/invitation"
        element={
          <Suspense>
            <Invitation />
          </Suspense>
        }
      />
      <Route element={<SessionGate />}>
        <Route path="/" element={<Start />} />
        {PAGES.map(({ path, permission, Page }) => (
          <Route
            key={path}
            path={path}
            element={
              <Permitted permission={permission}>
                <Page />
              </Permitted>
            }
          />
        ))}
        <Route path="/account" element={<Account />} />
        <Route path="/feedback" element={<Feedback />} />
        <Route path="/help" element={<Help />} />
        <Route path="/help/:chapter" element={<Help />} />
        <Route path="*" element={<NotFound />} />
      </Route>
    </Routes>
  );
}
