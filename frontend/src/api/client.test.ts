import { describe, expect, it, vi } from "vitest";

import { serve } from "../testing/server";
import { client, setCsrfToken, setRequestLanguage, setSignedOutListener, unwrap } from "./client";
import { useConnection } from "./connection";
import { asProblem, Problem, UNREACHABLE, UNREADABLE } from "./problem";

async function refusal(action: Promise<unknown>): Promise<Problem> {
  return action.then(
    () => {
      throw new Error("it was not refused");
    },
    (error: unknown) => asProblem(error),
  );
}

describe("the client", () => {
  it("sends filters as query parameters and returns the body", async () => {
    const asked = serve({ "GET /api/v1/events": { json: { rows: [], next: null, total: 0 } } });
    const page = await unwrap(client.GET("/api/v1/events", { params: { query: { step: "packing", limit: 5 } } }));
    expect(page.total).toBe(0);
    expect(asked[0]?.url.search).toBe("?step=packing&limit=5");
  });

  it("asks in the reader's language", async () => {
    const asked = serve({ "GET /api/v1/vocabulary": { json: {} } });
    setRequestLanguage("en");
    await unwrap(client.GET("/api/v1/vocabulary"));
    setRequestLanguage("zh");
    await unwrap(client.GET("/api/v1/vocabulary"));
    expect(asked.map(({ headers }) => headers.get("accept-language"))).toEqual(["en", "zh-CN"]);
  });

  it("adds the CSRF token only where something may change", async () => {
    const asked = serve({ "GET /api/v1/session": { json: {} }, "PATCH /api/v1/session": { json: {} } });
    setCsrfToken("secret");
    await unwrap(client.GET("/api/v1/session"));
    await unwrap(client.PATCH("/api/v1/session", { body: { language: "en" } }));
    expect(asked.map(({ headers }) => headers.get("x-csrftoken"))).toEqual([null, "secret"]);
    expect(asked[1]?.body).toEqual({ language: "en" });
  });

  it("turns a problem document into a Problem with its place", async () => {
    serve({
      "POST /api/v1/people": {
        status: 409,
        json: { code: "tenancy.login_taken", title: "taken", detail: "choose another", at: "/login", params: { login: "a" } },
      },
    });
    const body = { login: "a", name: "A", language: "zh" as const, active: true, roles: [] };
    const problem = await refusal(unwrap(client.POST("/api/v1/people", { body })));
    expect(problem).toMatchObject({ status: 409, code: "tenancy.login_taken", title: "taken", remedy: "choose another", at: "/login" });
    expect(problem.field).toEqual(["login"]);
    expect(problem.params).toEqual({ login: "a" });
  });

  it("survives an error page that is no problem document", async () => {
    vi.stubGlobal("fetch", () => Promise.resolve(new Response("<h1>Bad Gateway</h1>", { status: 502, headers: { "content-type": "text/html" } })));
    const problem = await refusal(unwrap(client.GET("/api/v1/home")));
    expect(problem).toMatchObject({ status: 502, code: "http.502", title: "" });
    expect(useConnection.getState().reachable).toBe(false);
  });

  it("reports an unreachable server, and that it is back", async () => {
    serve({ "GET /api/v1/home": new TypeError("Failed to fetch") });
    expect((await refusal(unwrap(client.GET("/api/v1/home")))).code).toBe(UNREACHABLE);
    expect(useConnection.getState().reachable).toBe(false);
    serve({ "GET /api/v1/home": { json: {} } });
    await unwrap(client.GET("/api/v1/home"));
    expect(useConnection.getState().reachable).toBe(true);
  });

  it("says that nobody is signed in, except for a wrong password", async () => {
    const signedOut = vi.fn();
    setSignedOutListener(signedOut);
    serve({ "GET /api/v1/home": { status: 401, json: { code: "kernel.not_signed_in" } }, "POST /api/v1/session": { status: 401, json: { code: "tenancy.wrong_credentials" } } });
    await refusal(unwrap(client.POST("/api/v1/session", { body: { login: "a", password: "b" } })));
    expect(signedOut).not.toHaveBeenCalled();
    await refusal(unwrap(client.GET("/api/v1/home")));
    expect(signedOut).toHaveBeenCalledOnce();
  });

  it("takes 204 for an answer, but not an empty 200", async () => {
    serve({ "DELETE /api/v1/session": { status: 204 } });
    await expect(unwrap(client.DELETE("/api/v1/session"))).resolves.toBeUndefined();
    vi.stubGlobal("fetch", () => Promise.resolve(new Response(null, { status: 200, headers: { "content-length": "0" } })));
    expect((await refusal(unwrap(client.GET("/api/v1/home")))).code).toBe(UNREADABLE);
  });
});

describe("a problem's place", () => {
  const at = (place?: string) => new Problem(422, place === undefined ? {} : { at: place }).field;
  it("reads JSON pointers", () => {
    expect(at("/roles/0/site_id")).toEqual(["roles", 0, "site_id"]);
    expect(at("/a~1b/c~0d")).toEqual(["a/b", "c~d"]);
  });
  it("knows that a character of a code is no field", () => {
    expect(at("char 7")).toBeNull();
    expect(at()).toBeNull();
  });
});
