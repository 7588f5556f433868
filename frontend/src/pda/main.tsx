import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { Pda } from "./Pda";
import { Safe } from "./Safe";
import { start } from "./device";
import { dress } from "./dress";
import "./pda.css";
import { usePda } from "./state";
import { textIn } from "./texts";

const place = document.getElementById("root");
if (!place) throw new Error("pda.html has no #root");
const root = createRoot(place);
const { language, mode, big } = usePda.getState().settings;
dress(mode === "dark" || (mode === "auto" && globalThis.matchMedia("(prefers-color-scheme: dark)").matches), big, language);

/** Where there is a secure context, the page opens without a network too; everything else works without. */
async function holdPage(): Promise<void> {
  if (!("serviceWorker" in navigator) || !import.meta.env.PROD) return;
  await navigator.serviceWorker.register("/pda/sw.js", { scope: "/pda" });
  await navigator.serviceWorker.ready;
  usePda.setState({ shell: true });
  // ask that the browser does not clear the queue when the disk gets full
  await navigator.storage.persist();
}

start().then(
  () => holdPage().catch(() => usePda.setState({ shell: false })),
  () =>
    root.render(
      <main className="sign-in-page">
        <h1>{textIn(language, "pda.noStore.title")}</h1>
        <p>{textIn(language, "pda.noStore.text")}</p>
      </main>,
    ),
);
root.render(
  <StrictMode>
    <Safe>
      <Pda />
    </Safe>
  </StrictMode>,
);
