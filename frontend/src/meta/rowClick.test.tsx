import { fireEvent, render, screen } from "@testing-library/react";
import { createPortal } from "react-dom";
import { describe, expect, it, vi } from "vitest";

import { isAboutRow } from "./rowClick";

describe("a click on a row", () => {
  it("opens it, but not where it is about a button in it or a dialog that it opened", () => {
    const opened = vi.fn();
    render(
      <ul>
        <li
          onClick={(press) => {
            if (isAboutRow(press)) opened();
          }}
        >
          <span>cell</span>
          <button type="button">
            <i>help</i>
          </button>
          {createPortal(<p>dialog</p>, document.body)}
        </li>
      </ul>,
    );
    for (const text of ["help", "dialog"]) fireEvent.click(screen.getByText(text));
    expect(opened).not.toHaveBeenCalled();
    fireEvent.click(screen.getByText("cell"));
    expect(opened).toHaveBeenCalledOnce();
  });
});
