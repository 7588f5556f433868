/** Rulers in millimetres along the top and the left; decoration, so hidden from readers. */
function marks(length: number, scale: number): { at: number; tall: boolean }[] {
  const every = scale >= 6 ? 1 : scale >= 2.5 ? 5 : 10;
  return Array.from({ length: Math.floor(length / every) + 1 }, (_, index) => index * every).map((at) => ({ at, tall: at % 10 === 0 }));
}

export function Ruler({ axis, length, scale }: { axis: "x" | "y"; length: number; scale: number }) {
  const size = 18;
  const across = axis === "x";
  const total = length * scale + 1;
  return (
    <svg className={`label-ruler ${axis}`} width={across ? total : size} height={across ? size : total} aria-hidden>
      {marks(length, scale).map(({ at, tall }) => {
        const place = at * scale + 0.5;
        const from = tall ? 6 : 12;
        return (
          <g key={at}>
            {across ? <line x1={place} x2={place} y1={from} y2={size} /> : <line x1={from} x2={size} y1={place} y2={place} />}
            {tall && at > 0 && (
              <text x={across ? place + 2 : 1} y={across ? 9 : place - 2}>
                {at}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
