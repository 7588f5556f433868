/** The name of a row as the button that opens it: what a keyboard reaches where a mouse presses the row. */
export function NameButton({ name, onOpen }: { name: string; onOpen?: (() => void) | undefined }) {
  if (!onOpen) return <strong>{name}</strong>;
  return (
    <button
      type="button"
      className="plain-button"
      onClick={(press) => {
        press.stopPropagation();
        onOpen();
      }}
    >
      {name}
    </button>
  );
}
