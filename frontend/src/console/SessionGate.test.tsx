import { fireEvent, screen, waitFor } from "@testing-library/react";
import { Route, Routes } from "react-router";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { forgetSession, useSignInReason } from "../api/session";
import { ADMINISTRATOR, draw } from "../testing/render";
import { serve } from "../testing/server";
import { SessionGate } from "./SessionGate";

const PAGE = (
  <Routes>
    <Route element={<SessionGate />}>
      <Route path="/events" element={<p>the page</p>} />
    </Route>
  </Routes>
);

async function signInAs(login: string) {
  fireEvent.change(await screen.findByLabelText("账号"), { target: { value: login } });
  fireEvent.change(screen.getByLabelText("密码"), { target: { value: "secret" } });
  fireEvent.click(screen.getByRole("button", { name: "登录" }));
}

describe("the sign-in gate", () => {
  beforeEach(() => {
    vi.stubGlobal("scrollTo", () => undefined);
    useSignInReason.setState({ reason: null });
  });

  it("asks whoever is not signed in, and then shows the page they came for", async () => {
    const asked = serve({ "GET /api/v1/session": { status: 401, json: {} }, "POST /api/v1/session": { json: ADMINISTRATOR } });
    draw(PAGE, { session: null, path: "/events" });
    await signInAs("admin");
    expect(await screen.findByText("the page")).toBeTruthy();
    expect(asked.find(({ method }) => method === "POST")?.body).toEqual({ login: "admin", password: "secret" });
  });

  it("says what is wrong with the password", async () => {
    serve({ "GET /api/v1/session": { status: 401, json: {} }, "POST /api/v1/session": { status: 401, json: { code: "tenancy.wrong_credentials", title: "x" } } });
    draw(PAGE, { session: null, path: "/events" });
    await signInAs("admin");
    expect((await screen.findByRole("alert")).textContent).toContain("账号或密码不对");
  });

  it("asks for the code where the person has an authenticator, and says when it is wrong", async () => {
    const needed = { status: 401, json: { code: "tenancy.second_factor_needed" } };
    serve({ "GET /api/v1/session": { status: 401, json: {} }, "POST /api/v1/session": needed });
    draw(PAGE, { session: null, path: "/events" });
    await signInAs("admin");
    const enter = async (code: string) => {
      fireEvent.change(await screen.findByLabelText("动态码"), { target: { value: code } });
      fireEvent.click(screen.getByRole("button", { name: "登录" }));
    };
    serve({ "POST /api/v1/session": { status: 401, json: { code: "tenancy.code_wrong" } } });
    await enter("000000");
    expect((await screen.findByRole("alert")).textContent).toContain("动态码不对");
    const asked = serve({ "POST /api/v1/session": { json: ADMINISTRATOR } });
    await enter("123456");
    expect(await screen.findByText("the page")).toBeTruthy();
    expect(asked.find(({ method }) => method === "POST")?.body).toEqual({ login: "admin", password: "secret", code: "123456" });
  });

  it("lets nobody through before they have a password of their own", async () => {
    const proof = { authenticator_since: null, recovery_codes: 0, sessions: [], must: ["password"], policy: { password_length: 14 } };
    serve({ "GET /api/v1/session/proof": { json: proof } });
    draw(PAGE, { session: { ...ADMINISTRATOR, permissions: [], must: ["password"] }, path: "/events" });
    expect((await screen.findByRole("heading", { level: 1 })).textContent).toContain("还差一步");
    expect(screen.queryByText("the page")).toBeNull();
    expect(await screen.findByText(/至少 14 个字符/)).toBeTruthy();
  });

  it("says how long the account is locked", async () => {
    const json = { title: "已暂停登录", detail: "请在 540 秒后重试。", params: { retry_after: "540" } };
    serve({ "GET /api/v1/session": { status: 401, json: {} }, "POST /api/v1/session": { status: 429, json } });
    draw(PAGE, { session: null, path: "/events" });
    await signInAs("admin");
    expect((await screen.findByRole("alert")).textContent).toContain("540");
  });

  it("asks again at the same page when the session ends", async () => {
    serve({});
    const { cache } = draw(PAGE, { path: "/events" });
    expect(screen.getByText("the page")).toBeTruthy();
    forgetSession(cache, "expired");
    await waitFor(() => expect(screen.queryByText("the page")).toBeNull());
    expect((await screen.findByRole("status")).textContent).toContain("登录已过期");
  });

  it("offers another try when the server is away", async () => {
    serve({ "GET /api/v1/session": new TypeError("Failed to fetch") });
    draw(PAGE, { session: null, path: "/events" });
    expect((await screen.findByRole("alert")).textContent).toContain("连不上服务器");
    serve({ "GET /api/v1/session": { json: ADMINISTRATOR } });
    fireEvent.click(screen.getByRole("button", { name: "重试" }));
    expect(await screen.findByText("the page")).toBeTruthy();
  });
});

describe("the menu", () => {
  it("shows only what the person may open", () => {
    serve({});
    vi.stubGlobal("scrollTo", () => undefined);
    draw(PAGE, { session: { ...ADMINISTRATOR, permissions: ["trace:event:read"] }, path: "/events" });
    const shown = screen.getAllByRole("link").map((link) => link.getAttribute("href"));
    expect(shown).toContain("/events");
    expect(shown).not.toContain("/people");
    expect(shown).not.toContain("/capture");
  });
});
