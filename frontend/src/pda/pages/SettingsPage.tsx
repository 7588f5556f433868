import { useEffect, useState } from "react";

import { signOut } from "../device";
import { Bar, Button, Segments } from "../parts/parts";
import { go } from "../parts/route";
import { listen } from "../scan/wedge";
import { signal } from "../signals";
import { type Settings, changeSettings, usePda } from "../state";
import { useText } from "../texts";

function Switch({ name, label }: { name: "big" | "sound" | "vibrate"; label: string }) {
  const t = useText();
  const on = usePda((state) => state.settings[name]);
  return (
    <div className="setting">
      <h2>{label}</h2>
      <Segments
        label={label}
        value={on ? "on" : "off"}
        onChange={(value) => {
          changeSettings({ [name]: value === "on" });
          if (value === "on") signal("ok");
        }}
        options={[
          { value: "on", label: t("pda.settings.on") },
          { value: "off", label: t("pda.settings.off") },
        ]}
      />
    </div>
  );
}

/** What the scanner really sends, made visible, so that its substitute for GS can be found. */
function Separator() {
  const t = useText();
  const gs = usePda((state) => state.settings.gs);
  const [seen, setSeen] = useState("");
  useEffect(() => listen(setSeen), []);
  return (
    <div className="setting">
      <label className="field">
        {t("pda.settings.gs")}
        <input className="code" maxLength={8} value={gs} autoComplete="off" onChange={(event) => changeSettings({ gs: event.target.value })} />
      </label>
      <p className="muted">{t("pda.settings.gsHelp")}</p>
      <p className="muted">{seen ? t("pda.settings.gsSeen", { code: seen.replaceAll("\u001d", "{GS}") }) : t("pda.settings.gsTest")}</p>
    </div>
  );
}

export function SettingsPage() {
  const t = useText();
  const { settings, session, counts, station, device, shell } = usePda();
  const modes: Settings["mode"][] = ["auto", "light", "dark"];
  return (
    <div className="page">
      <Bar title={t("pda.settings.title")} onBack={() => go("nodes")} />
      <main className="padded settings">
        <div className="setting">
          <h2>{t("pda.settings.signedIn")}</h2>
          <p>{session?.user.name}</p>
          {counts.waiting > 0 && <p className="muted">{t("pda.settings.signOutWaits", { n: counts.waiting })}</p>}
          <Button onPress={() => void signOut().then(() => go("nodes"))}>{t("pda.settings.signOut")}</Button>
        </div>
        <div className="setting">
          <h2>{t("pda.settings.language")}</h2>
          <Segments
            label={t("pda.settings.language")}
            value={settings.language}
            onChange={(language) => changeSettings({ language })}
            options={[
              { value: "zh", label: t("pda.languageNames.zh") },
              { value: "en", label: t("pda.languageNames.en") },
            ]}
          />
        </div>
        <div className="setting">
          <h2>{t("pda.settings.look")}</h2>
          <Segments label={t("pda.settings.look")} value={settings.mode} onChange={(mode) => changeSettings({ mode })} options={modes.map((value) => ({ value, label: t(`pda.settings.modes.${value}`) }))} />
        </div>
        <Switch name="big" label={t("pda.settings.big")} />
        <Switch name="sound" label={t("pda.settings.sound")} />
        <Switch name="vibrate" label={t("pda.settings.vibrate")} />
        <Separator />
        <div className="setting">
          <h2>{t("pda.settings.device")}</h2>
          <p className="code">{device}</p>
          <p className="muted">{t("pda.settings.held", { nodes: station?.nodes.length ?? 0, items: station?.items.length ?? 0 })}</p>
          <p className="muted">{shell ? t("pda.settings.shell.yes") : t("pda.settings.shell.no")}</p>
          <a className="button plain" href="/">
            {t("pda.settings.console")}
          </a>
        </div>
      </main>
    </div>
  );
}
