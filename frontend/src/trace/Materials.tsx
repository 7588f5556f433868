import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { KindGlyph } from "../graph/KindGlyph";
import { VerdictTag } from "../graph/Inspector";
import { VERDICTS } from "../graph/model";
import type { ScopeItem } from "./genealogy";
import { useWording } from "./wording";

interface Material {
  readonly key: string;
  readonly name: string;
  readonly lots: readonly ScopeItem[];
}

const FEW = 60;

/** Lots of the scope by product, the surest first; excluded ones are left to the list. */
export function materialsOf(items: readonly ScopeItem[], name: (item: ScopeItem) => string): Material[] {
  const groups = new Map<string, { name: string; lots: ScopeItem[] }>();
  for (const item of items) {
    if (item.kind !== "lot" || item.verdict === "excluded") continue;
    const key = item.product ?? "";
    const group = groups.get(key) ?? { name: name(item), lots: [] };
    group.lots.push(item);
    groups.set(key, group);
  }
  const rank = (item: ScopeItem): number => VERDICTS.indexOf(item.verdict);
  return [...groups].map(([key, group]) => ({ key, name: group.name, lots: group.lots.sort((a, b) => rank(a) - rank(b) || a.label.localeCompare(b.label)) }));
}

/** Which lots of which material are involved. */
export function Materials({ items, onItem }: { items: readonly ScopeItem[]; onItem: (id: number) => void }) {
  const { t } = useTranslation();
  const wording = useWording();
  const materials = useMemo(() => materialsOf(items, wording.product), [items, wording]);
  if (!materials.length) return <p className="muted pane">{t("trace.materials.none")}</p>;
  return (
    <div className="pane materials">
      {materials.map((material) => (
        <section key={material.key}>
          <h3>
            {material.name || t("trace.materials.other")} <small className="muted">{t("trace.materials.count", { count: material.lots.length })}</small>
          </h3>
          <ul>
            {material.lots.slice(0, FEW).map((lot) => (
              <li key={lot.id}>
                <button type="button" onClick={() => onItem(lot.id)} title={lot.uri}>
                  <KindGlyph kind={lot.kind} size={20} />
                  <span className="code">{lot.label}</span>
                  <VerdictTag verdict={lot.verdict} />
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
