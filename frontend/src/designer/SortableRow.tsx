import {
  closestCenter,
  type CollisionDetection,
  DndContext,
  type DragEndEvent,
  DragOverlay,
  type DragStartEvent,
  KeyboardSensor,
  PointerSensor,
  pointerWithin,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { rectSortingStrategy, SortableContext, sortableKeyboardCoordinates, useSortable, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Entry } from "./entries";

const NEW = "new:";
const CANVAS = "canvas";

/** The nearest cell; the row itself while it is empty. What comes from the palette counts only once it is over the row. */
const nearestCell: CollisionDetection = (args) => {
  const inside = pointerWithin({ ...args, droppableContainers: args.droppableContainers.filter(({ id }) => id === CANVAS) });
  if (String(args.active.id).startsWith(NEW) && inside.length === 0) return [];
  const cells = args.droppableContainers.filter(({ id }) => id !== CANVAS);
  return cells.length > 0 ? closestCenter({ ...args, droppableContainers: cells }) : inside;
};

/** Whether what is dropped lies behind the middle of the cell it is over. */
function behind({ active, over }: DragEndEvent, vertical: boolean): boolean {
  const dropped = active.rect.current.translated;
  if (dropped === null || over === null) return false;
  if (vertical) return dropped.top + dropped.height / 2 > over.rect.top + over.rect.height / 2;
  return dropped.left + dropped.width / 2 > over.rect.left + over.rect.width / 2;
}

export interface Tool {
  name: string;
  label: string;
  icon: ReactNode;
  help: string;
}

function PaletteButton({ tool, onAdd }: { tool: Tool; onAdd: () => void }) {
  const { attributes, listeners, setNodeRef, isDragging } = useDraggable({ id: `${NEW}${tool.name}`, data: { label: tool.label } });
  // a click or Enter adds at the end; dragging with a pointer puts it anywhere
  const { onPointerDown } = (listeners ?? {}) as { onPointerDown?: React.PointerEventHandler };
  return (
    <button
      type="button"
      ref={setNodeRef}
      className={isDragging ? "designer-tool dragged" : "designer-tool"}
      title={tool.help}
      data-tool={tool.name}
      aria-describedby={attributes["aria-describedby"]}
      onPointerDown={onPointerDown}
      onClick={onAdd}
    >
      <span aria-hidden>{tool.icon}</span>
      {tool.label}
    </button>
  );
}

interface CellProps {
  id: string;
  label: string;
  chosen: boolean;
  onChoose: () => void;
  onMove: (by: number) => void;
  onRemove: () => void;
  children: ReactNode;
}

function Cell({ id, label, chosen, onChoose, onMove, onRemove, children }: CellProps) {
  const { setNodeRef, attributes, listeners, transform, transition, isDragging } = useSortable({ id });
  const pressed = (event: KeyboardEvent) => {
    const back = event.key === "ArrowLeft" || event.key === "ArrowUp";
    if (event.altKey && (back || event.key === "ArrowRight" || event.key === "ArrowDown")) {
      event.preventDefault();
      event.stopPropagation();
      onMove(back ? -1 : 1);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      onRemove();
    } else if (event.key === "Enter") {
      event.preventDefault();
      onChoose();
    } else {
      (listeners?.["onKeyDown"] as ((event: KeyboardEvent) => void) | undefined)?.(event);
    }
  };
  const { role, tabIndex, "aria-describedby": describedBy } = attributes;
  return (
    <div
      ref={setNodeRef}
      className={["designer-cell", chosen ? "chosen" : "", isDragging ? "dragged" : ""].join(" ")}
      style={{ transform: transform ? `translate3d(${transform.x}px, ${transform.y}px, 0)` : undefined, transition }}
      role={role}
      tabIndex={tabIndex}
      aria-describedby={describedBy}
      aria-pressed={chosen}
      data-entry={id}
      {...listeners}
      onKeyDown={pressed}
      onClick={onChoose}
      onFocus={onChoose}
    >
      <span className="visually-hidden">{label}</span>
      {children}
    </div>
  );
}

function Canvas({ label, empty, children }: { label: string; empty: ReactNode; children: ReactNode[] }) {
  const { setNodeRef, isOver } = useDroppable({ id: CANVAS });
  return (
    <div ref={setNodeRef} className={isOver ? "designer-canvas over" : "designer-canvas"} role="group" aria-label={label}>
      {children.length > 0 ? children : empty}
    </div>
  );
}

interface SortableRowProps<E extends Entry> {
  tools: readonly Tool[];
  entries: readonly E[];
  chosen: string | null;
  canvasLabel: string;
  readOnly: boolean;
  empty: ReactNode;
  /** Entries stand below each other. */
  vertical?: boolean;
  labelOf: (entry: E, number: number) => string;
  /** What floats under the pointer while an entry is dragged. */
  nameOf: (entry: E) => string;
  draw: (entry: E) => ReactNode;
  onChoose: (id: string) => void;
  onAdd: (tool: string, at: number) => void;
  onMove: (id: string, to: number) => void;
  onRemove: (id: string) => void;
}

/** A palette and a row of entries: dragged by pointer, finger or keyboard (space picks up, Alt and arrows move, Delete removes). */
export function SortableRow<E extends Entry>(props: SortableRowProps<E>) {
  const { tools, entries, chosen, canvasLabel, readOnly, empty, vertical = false, labelOf, nameOf, draw, onChoose, onAdd, onMove, onRemove } = props;
  const { t } = useTranslation();
  const [dragged, setDragged] = useState<string | null>(null);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 5 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates, keyboardCodes: { start: ["Space"], cancel: ["Escape"], end: ["Space", "Enter"] } }),
  );
  const place = (id: string) => entries.findIndex((entry) => entry.id === id);
  const ended = (event: DragEndEvent) => {
    const { active, over } = event;
    setDragged(null);
    if (!over || readOnly) return;
    const id = String(active.id);
    const to = place(String(over.id));
    if (id.startsWith(NEW)) onAdd(id.slice(NEW.length), to < 0 ? entries.length : to + (behind(event, vertical) ? 1 : 0));
    else if (to >= 0) onMove(id, to);
  };
  const started = ({ active }: DragStartEvent) => {
    const id = String(active.id);
    const entry = entries.find((each) => each.id === id);
    setDragged(entry ? `${labelOf(entry, place(id))} ${nameOf(entry)}` : ((active.data.current as { label?: string } | undefined)?.label ?? ""));
  };
  const words = {
    onDragStart: () => t("designer.drag.start"),
    onDragOver: () => "",
    onDragEnd: () => t("designer.drag.end"),
    onDragCancel: () => t("designer.drag.cancel"),
  };
  return (
    <DndContext
      sensors={readOnly ? [] : sensors}
      collisionDetection={nearestCell}
      accessibility={{ announcements: words, screenReaderInstructions: { draggable: t("designer.drag.help") } }}
      onDragStart={started}
      onDragEnd={ended}
      onDragCancel={() => setDragged(null)}
    >
      {!readOnly && (
        <div className="designer-palette panel" role="toolbar" aria-label={t("designer.palette")}>
          {tools.map((tool) => (
            <PaletteButton key={tool.name} tool={tool} onAdd={() => onAdd(tool.name, chosen === null ? entries.length : place(chosen) + 1)} />
          ))}
        </div>
      )}
      <SortableContext items={entries.map(({ id }) => id)} strategy={vertical ? verticalListSortingStrategy : rectSortingStrategy}>
        <Canvas label={canvasLabel} empty={empty}>
          {entries.map((entry, number) => (
            <Cell
              key={entry.id}
              id={entry.id}
              label={labelOf(entry, number)}
              chosen={entry.id === chosen}
              onChoose={() => onChoose(entry.id)}
              onMove={(by) => !readOnly && onMove(entry.id, number + by)}
              onRemove={() => !readOnly && onRemove(entry.id)}
            >
              {draw(entry)}
            </Cell>
          ))}
        </Canvas>
      </SortableContext>
      <DragOverlay>{dragged === null ? null : <div className="designer-cell overlay">{dragged}</div>}</DragOverlay>
    </DndContext>
  );
}
