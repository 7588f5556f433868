import { type ComponentType, lazy, type ReactNode } from "react";
import { createBrowserRouter, Navigate } from "react-router";

import { useMay } from "../api/session";
import { ErrorBoundary } from "./ErrorBoundary";
import { usePermittedDestinations } from "./Navigation";
import { SessionGate } from "./SessionGate";
import { NoPermission, NotFound, PageSkeleton } from "./states";

const Home = lazy(() => import("./home/HomePage"));
const Events = lazy(() => import("./events/EventsPage"));
const Capture = lazy(() => import("./capture/CapturePage"));
const People = lazy(() => import("./people/PeoplePage"));
const Roles = lazy(() => import("./roles/RolesPage"));
const Tokens = lazy(() => import("./tokens/TokensPage"));
const Sites = lazy(() => import("./sites/SitesPage"));
const Audit = lazy(() => import("./audit/AuditPage"));
const Account = lazy(() => import("./account/AccountPage"));
// a glob, so that the console builds while the trace desk is being written
const traceDesk = import.meta.glob<{ default: ComponentType }>("../trace/TraceDesk.tsx");
const TraceDesk = lazy(() => traceDesk["../trace/TraceDesk.tsx"]?.() ?? Promise.resolve({ default: PageSkeleton }));

function Permitted({ permission, children }: { permission: string; children: ReactNode }) {
  return useMay()(permission) ? children : <NoPermission permission={permission} />;
}

function page(path: string, permission: string, Page: ComponentType) {
  return {
    path,
    element: (
      <Permitted permission={permission}>
        <Page />
      </Permitted>
    ),
  };
}

/** The first page; people without the home page start at the first one they may open. */
function Start() {
  const may = useMay();
  const first = usePermittedDestinations()[0];
  if (may("analytics:home:read")) return <Home />;
  return <Navigate to={first?.path ?? "/account"} replace />;
}

export const router = createBrowserRouter([
  {
    element: (
      <ErrorBoundary>
        <SessionGate />
      </ErrorBoundary>
    ),
    children: [
      { path: "/", element: <Start /> },
      page("/trace", "trace:item:read", TraceDesk),
      page("/trace/:itemId", "trace:item:read", TraceDesk),
      page("/events", "trace:event:read", Events),
      page("/capture", "trace:event:write", Capture),
      page("/people", "tenancy:person:read", People),
      page("/roles", "tenancy:role:read", Roles),
      page("/tokens", "tenancy:token:read", Tokens),
      page("/sites", "tenancy:site:read", Sites),
      page("/audit", "compliance:audit:read", Audit),
      { path: "/account", element: <Account /> },
      { path: "*", element: <NotFound /> },
    ],
  },
]);
