import { type KeyboardEvent, type ReactNode, useRef } from "react";

export interface TabChoice<Key extends string> {
  readonly key: Key;
  readonly label: ReactNode;
}

interface TabBarProps<Key extends string> {
  /** Prefix of the ids that tie tabs to their panel. */
  readonly id: string;
  readonly label: string;
  readonly tabs: readonly TabChoice<Key>[];
  readonly active: Key;
  readonly onActive: (key: Key) => void;
}

export const tabId = (id: string, key: string): string => `${id}-tab-${key}`;
export const panelId = (id: string): string => `${id}-panel`;

/** Tabs in one row that scrolls sideways where it is too narrow; arrow keys, Home and End move along it. */
export function TabBar<Key extends string>({ id, label, tabs, active, onActive }: TabBarProps<Key>) {
  const row = useRef<HTMLDivElement>(null);
  const go = (event: KeyboardEvent): void => {
    const at = tabs.findIndex((tab) => tab.key === active);
    const to = { ArrowRight: (at + 1) % tabs.length, ArrowLeft: (at + tabs.length - 1) % tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
    const next = to === undefined ? undefined : tabs[to];
    if (!next) return;
    event.preventDefault();
    onActive(next.key);
    row.current?.querySelector<HTMLElement>(`#${tabId(id, next.key)}`)?.focus();
  };
  return (
    <div role="tablist" aria-label={label} className="tab-bar" ref={row} onKeyDown={go}>
      {tabs.map((tab) => (
        <button
          type="button"
          role="tab"
          key={tab.key}
          id={tabId(id, tab.key)}
          aria-selected={tab.key === active}
          aria-controls={panelId(id)}
          tabIndex={tab.key === active ? 0 : -1}
          onClick={() => onActive(tab.key)}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}
