/** Drawn where something is missing: a stream that stops. */
export function LostStream({ size = 120 }: { size?: number }) {
  return (
    <svg width={size} height={size * 0.6} viewBox="0 0 120 72" aria-hidden="true" focusable="false" className="lost-stream">
      <path d="M8 36h34c10 0 12-20 24-20h10" fill="none" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />
      <path d="M42 36c10 0 12 20 24 20h10" fill="none" stroke="currentColor" strokeWidth="3" strokeLinecap="round" strokeDasharray="2 8" />
      <circle cx="8" cy="36" r="6" fill="currentColor" />
      <rect x="78" y="7" width="18" height="18" rx="5" fill="currentColor" />
      <rect x="79.5" y="48.5" width="15" height="15" rx="4" fill="none" stroke="currentColor" strokeWidth="3" strokeDasharray="4 5" />
    </svg>
  );
}
