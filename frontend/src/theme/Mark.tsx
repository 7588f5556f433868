/** Our mark: three streams run together into one, which is how a product comes to be. */
export function Mark({ size = 32, title }: { size?: number; title?: string }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" role={title ? "img" : undefined} aria-label={title} aria-hidden={title ? undefined : true}>
      <rect width="32" height="32" rx="8" fill="#0f7086" />
      <path
        d="M16 26.5V20c0-4.2-7-3.6-7-9.5M16 20c0-4.2 7-3.6 7-9.5M16 20V6.5"
        stroke="#fff"
        strokeWidth="2.4"
        strokeLinecap="round"
      />
      <circle cx="9" cy="8.6" r="2.5" fill="#fff" />
      <circle cx="23" cy="8.6" r="2.5" fill="#fff" />
      <circle cx="16" cy="6.4" r="2.5" fill="#f2b34c" />
      <circle cx="16" cy="25.6" r="2.5" fill="#fff" />
    </svg>
  );
}
