import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

import { setCsrfToken, setSignedOutListener } from "../api/client";
import { useConnection } from "../api/connection";

// pages arrive as chunks of their own, and a busy machine takes its time
configure({ asyncUtilTimeout: 8_000 });

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  localStorage.clear();
  setCsrfToken(null);
  setSignedOutListener(() => undefined);
  useConnection.setState({ reachable: true });
});
