import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import { Problem } from "../api/problem";
import { draw } from "../testing/render";
import type { FormField } from "./form";
import { FormDrawer } from "./FormDrawer";

interface Values {
  login: string;
  tags: string[];
}

function Tags({ value = [], onChange }: { value?: string[]; onChange?: (tags: string[]) => void }) {
  return (
    <button type="button" onClick={() => onChange?.([...value, "a"])}>
      add tag
    </button>
  );
}

const FIELDS: FormField[] = [
  { kind: "text", name: "login", label: "Login", required: true },
  { kind: "custom", name: "tags", label: "Tags", required: true, control: <Tags /> },
];

function open(onSubmit: (values: Values) => Promise<unknown>) {
  const onClose = vi.fn();
  draw(<FormDrawer<Values> open title="Form" fields={FIELDS} initial={{ login: "", tags: [] }} submitLabel="Send" onSubmit={onSubmit} onClose={onClose} />);
  return onClose;
}

async function fillAndSend() {
  fireEvent.change(screen.getByLabelText("Login"), { target: { value: "li" } });
  fireEvent.click(screen.getByText("add tag"));
  await act(async () => {
    fireEvent.click(screen.getByText("Send"));
    await Promise.resolve();
  });
}

describe("a form drawn from descriptions", () => {
  it("sends what was filled in and closes", async () => {
    const submit = vi.fn().mockResolvedValue(null);
    const onClose = open(submit);
    await fillAndSend();
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(submit).toHaveBeenCalledWith({ login: "li", tags: ["a"] });
  });

  it("asks for what is missing, a list too", async () => {
    const submit = vi.fn();
    open(submit);
    await act(async () => {
      fireEvent.click(screen.getByText("Send"));
      await Promise.resolve();
    });
    await waitFor(() => expect(screen.getAllByText("此项必填")).toHaveLength(2));
    expect(submit).not.toHaveBeenCalled();
  });

  it("shows a refusal at the field it points to", async () => {
    const onClose = open(() => Promise.reject(new Problem(409, { title: "已被使用。", detail: "请换一个。", at: "/login" })));
    await fillAndSend();
    await waitFor(() => expect(screen.getByText("已被使用。 请换一个。")).toBeTruthy());
    expect(screen.getByLabelText("Login").getAttribute("aria-invalid")).toBe("true");
    expect(onClose).not.toHaveBeenCalled();
  });

  it("shows a refusal of the whole above the form", async () => {
    open(() => Promise.reject(new Problem(409, { title: "不行", detail: "因为", at: "/elsewhere" })));
    await fillAndSend();
    await waitFor(() => expect(screen.getByRole("alert").textContent).toContain("不行"));
  });
});
