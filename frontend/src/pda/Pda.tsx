import { useEffect, useSyncExternalStore } from "react";

import { signOut } from "./device";
import { CallPage } from "./pages/CallPage";
import { EntryPage } from "./pages/EntryPage";
import { HelpPage } from "./pages/HelpPage";
import { NodesPage } from "./pages/NodesPage";
import { PlacePage } from "./pages/PlacePage";
import { PullPage } from "./pages/PullPage";
import { QueuePage } from "./pages/QueuePage";
import { SettingsPage } from "./pages/SettingsPage";
import { SignInPage } from "./pages/SignInPage";
import { dress } from "./dress";
import { Button } from "./parts/parts";
import { useRoute } from "./parts/route";
import { usePda } from "./state";
import { useText } from "./texts";

const dark = globalThis.matchMedia("(prefers-color-scheme: dark)");

function subscribe(changed: () => void): () => void {
  dark.addEventListener("change", changed);
  return () => dark.removeEventListener("change", changed);
}

/** Somebody who may not work here, or has something to do at the console first. */
function Barred({ text }: { text: string }) {
  const t = useText();
  return (
    <main className="sign-in-page">
      <p className="notice warn padded">{text}</p>
      <a className="button main" href="/">
        {t("pda.settings.console")}
      </a>
      <Button onPress={() => void signOut()}>{t("pda.settings.signOut")}</Button>
    </main>
  );
}

function Page() {
  const { page, rest } = useRoute();
  const placed = usePda((state) => state.placed);
  if (page === "settings") return <SettingsPage />;
  if (page === "queue") return <QueuePage />;
  if (page === "call") return <CallPage />;
  if (page === "help") return <HelpPage from={rest[0] ?? ""} />;
  if (page === "pull") return <PullPage call={rest[0] ?? null} />;
  if (page === "place" || !placed) return <PlacePage />;
  if (page === "node" && rest[0]) return <EntryPage nodeKey={rest[0]} correct={rest[1] ? Number(rest[1]) : null} />;
  return <NodesPage />;
}

export function Pda() {
  const t = useText();
  const { session, settings } = usePda();
  const systemDark = useSyncExternalStore(subscribe, () => dark.matches);
  const { mode, big, language } = settings;
  useEffect(() => dress(mode === "auto" ? systemDark : mode === "dark", big, language), [mode, systemDark, big, language]);
  if (session === undefined) return <main className="sign-in-page" aria-busy="true" />;
  if (session === null) return <SignInPage />;
  if (session.must.length) return <Barred text={t("pda.signIn.must")} />;
  if (!session.permissions.includes("capture:reading:write")) return <Barred text={t("pda.signIn.may")} />;
  return <Page />;
}
