import { Component, type ReactNode } from "react";

import { usePda } from "./state";
import { textIn } from "./texts";

/** A bug of ours must not look like a lost entry: it says that everything is kept. */
export class Safe extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    const { language } = usePda.getState().settings;
    return (
      <main className="sign-in-page">
        <h1>{textIn(language, "pda.failed.title")}</h1>
        <p>{textIn(language, "pda.failed.text")}</p>
        <button type="button" className="button main" onClick={() => globalThis.location.reload()}>
          <span>{textIn(language, "pda.failed.reload")}</span>
        </button>
      </main>
    );
  }
}
