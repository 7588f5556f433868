import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { App, ConfigProvider } from "antd";
import type { ReactNode } from "react";
import { MemoryRouter } from "react-router";

import type { Session } from "../api/contract";
import { SESSION_KEY } from "../api/session";
import "./texts";

export const ADMINISTRATOR: Session = {
  user: { id: 1, login: "admin", name: "李工", language: "zh" },
  tenant: { id: 1, code: "demo", name: "示范电子" },
  sites: [{ id: 1, code: "SZ", name_zh: "深圳工厂", name_en: "Shenzhen plant", location_uri: null, clock_tolerance_ms: 0, latest_booking_minutes: 1440, emptied_is_clean: false }],
  permissions: ["trace:event:read", "trace:event:write", "trace:item:read", "tenancy:person:read", "tenancy:person:write", "tenancy:role:read"],
  must: [],
  csrf_token: "token",
};

/** Draw a part of the console as a signed-in person would see it, without motion. */
export function draw(part: ReactNode, { session = ADMINISTRATOR, path = "/" }: { session?: Session | null; path?: string } = {}) {
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  if (session) cache.setQueryData(SESSION_KEY, session);
  const drawn = render(
    <ConfigProvider theme={{ token: { motion: false } }} button={{ autoInsertSpace: false }}>
      <App>
        <QueryClientProvider client={cache}>
          <MemoryRouter initialEntries={[path]}>{part}</MemoryRouter>
        </QueryClientProvider>
      </App>
    </ConfigProvider>,
  );
  return { ...drawn, cache };
}
