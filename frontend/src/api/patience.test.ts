import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { serve } from "../testing/server";
import { client, unwrap } from "./client";
import { asProblem } from "./problem";

const busy = (seconds: number, code = "chassis.calls_too_many") => ({
  status: 429,
  json: { code, title: "too many", params: { retry_after: String(seconds) } },
  headers: { "retry-after": String(seconds) },
});
const send = () => unwrap(client.POST("/api/v1/capture/readings", { body: { device: "d", sent: "2026-11-23T08:00:00+08:00", readings: [] } }));

describe("a busy server", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("is asked again when it says so, with the same body, and nobody sees a refusal", async () => {
    let times = 0;
    const asked = serve({ "POST /api/v1/capture/readings": () => (++times < 3 ? busy(2) : { json: { outcomes: [] } }) });
    const answer = send();
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    await vi.advanceTimersByTimeAsync(1_900);
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2_200);
    await expect(answer).resolves.toEqual({ outcomes: [] });
    expect(asked.map(({ body }) => (body as { device: string }).device)).toEqual(["d", "d", "d"]);
  });

  it("is told of in its own words when it stays busy", async () => {
    const asked = serve({ "POST /api/v1/capture/readings": () => busy(1, "chassis.costly_too_many") });
    const problem = send().then(
      () => null,
      (error: unknown) => asProblem(error),
    );
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await problem).toMatchObject({ status: 429, title: "too many", params: { retry_after: "1" } });
    expect(asked).toHaveLength(7);
  });

  it("keeps nobody waiting who left, nor anybody who is locked out or would wait long", async () => {
    const asked = serve({ "GET /api/v1/home": () => busy(5), "GET /api/v1/vocabulary": () => busy(5, "tenancy.locked_out"), "GET /api/v1/people": () => busy(300) });
    const leaving = new AbortController();
    const left = unwrap(client.GET("/api/v1/home", { signal: leaving.signal })).catch((error: unknown) => (error as Error).name);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    await vi.advanceTimersByTimeAsync(10);
    leaving.abort();
    expect(await left).toBe("AbortError");
    await expect(unwrap(client.GET("/api/v1/vocabulary"))).rejects.toMatchObject({ code: "tenancy.locked_out" });
    await expect(unwrap(client.GET("/api/v1/people"))).rejects.toMatchObject({ status: 429 });
    expect(asked).toHaveLength(3);
  });
});
