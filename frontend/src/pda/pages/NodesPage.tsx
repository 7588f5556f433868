/** What can be done at this station: one big tile for each node in force. */
import type { Node } from "../../capture";
import { Icon, iconOf } from "../parts/icons";
import { Bar, Button, NoticeView } from "../parts/parts";
import { go } from "../parts/route";
import { useFloor } from "../floor";
import { usePda } from "../state";
import { TourOffer } from "./HelpPage";
import { callFrom } from "./CallPage";
import { named, useText } from "../texts";

function groups(nodes: readonly Node[], language: "zh" | "en", otherwise: string): [string, Node[]][] {
  const found = new Map<string, Node[]>();
  for (const node of nodes) {
    const group = named(language, node.body.group_zh, node.body.group_en, otherwise);
    found.set(group, [...(found.get(group) ?? []), node]);
  }
  return [...found];
}

export function NodesPage() {
  const t = useText();
  const { settings, station, place, session, online } = usePda();
  const calls = useFloor(({ floor }) => floor?.calls);
  const { language } = settings;
  const pulls = session?.permissions.some((each) => each === "production:pull:call" || each === "production:pull:deliver");
  const where = station?.masters.places.find(({ uri }) => uri === place);
  const found = groups(station?.nodes ?? [], language, t("pda.nodes.group"));
  return (
    <div className="page">
      <Bar title={t("pda.nodes.title")} />
      <NoticeView />
      <TourOffer />
      <main className="padded">
        <div className="where">
          <Button icon="place" wide onPress={() => go("place")}>
            {where ? named(language, where.name_zh, where.name_en, where.code) : t("pda.place.without")}
          </Button>
          {(calls ?? []).length > 0 && (
            <Button icon="call" tone="danger" label={t("pda.call.title")} onPress={() => callFrom({ node: null, work_order: null, item: null, equipment: null })} />
          )}
          {pulls && <Button icon="pick" label={t("pda.pull.title")} onPress={() => go("pull")} />}
          <Button icon="settings" label={t("pda.settings.title")} onPress={() => go("settings")} />
        </div>
        {!station && <p className="muted">{online ? t("pda.nodes.loading") : t("pda.problem.awayText")}</p>}
        {station?.nodes.length === 0 && (
          <div className="empty">
            <Icon name="scan" size={56} />
            <h2>{t("pda.nodes.none")}</h2>
            <p className="muted">{t("pda.nodes.noneText")}</p>
          </div>
        )}
        {found.map(([group, nodes]) => (
          <section key={group} aria-label={group}>
            {found.length > 1 && <h2 className="group">{group}</h2>}
            <div className="tiles">
              {nodes.map((node) => (
                <button key={node.key} type="button" className="tile" onClick={() => go("node", node.key)} data-node={node.key}>
                  <Icon name={iconOf(node.body.icon, node.key)} size={34} />
                  <span>{named(language, node.title_zh, node.title_en, node.key)}</span>
                </button>
              ))}
            </div>
          </section>
        ))}
        <p className="muted made">{session?.user.name}</p>
      </main>
    </div>
  );
}
