import { cleanup } from "@testing-library/react";
import { afterEach, vi } from "vitest";

import { setCsrfToken, setSignedOutListener } from "../api/client";
import { useConnection } from "../api/connection";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  localStorage.clear();
  setCsrfToken(null);
  setSignedOutListener(() => undefined);
  useConnection.setState({ reachable: true });
});
