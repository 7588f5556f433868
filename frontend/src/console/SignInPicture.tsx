/** A genealogy as a river system: materials run together into a product, which runs on to where it is used. */
const STREAMS = [
  "M30 40C130 40 150 128 236 138",
  "M30 108C110 108 150 142 236 144",
  "M30 178C120 178 150 154 236 150",
  "M30 246C130 246 150 168 236 156",
  "M284 138C360 132 380 60 470 56",
  "M284 147C360 147 400 147 470 147",
  "M284 156C360 162 380 236 470 240",
];
const SOURCES = [40, 108, 178, 246];
const MOUTHS = [56, 147, 240];

export function SignInPicture() {
  return (
    <svg viewBox="0 0 500 286" className="sign-in-picture" aria-hidden="true" focusable="false">
      <g fill="none" strokeLinecap="round">
        {STREAMS.map((path, index) => (
          <path key={path} d={path} stroke={index === 1 || index === 5 ? "#f2b34c" : "#5fb6c9"} strokeOpacity={index === 1 || index === 5 ? 1 : 0.55} strokeWidth={index === 1 || index === 5 ? 3 : 2} />
        ))}
      </g>
      {SOURCES.map((y, index) => (
        <circle key={y} cx="26" cy={y} r="9" fill={index === 1 ? "#f2b34c" : "#0f4250"} stroke={index === 1 ? "#f2b34c" : "#5fb6c9"} strokeWidth="2" />
      ))}
      <rect x="236" y="123" width="48" height="48" rx="12" fill="#0f6d83" stroke="#bfe6ee" strokeWidth="2" />
      <path d="M248 147h24M260 135v24" stroke="#fff" strokeWidth="2.4" strokeLinecap="round" />
      {MOUTHS.map((y, index) => (
        <rect key={y} x="466" y={y - 9} width="18" height="18" rx="5" fill={index === 1 ? "#f2b34c" : "#0f4250"} stroke={index === 1 ? "#f2b34c" : "#5fb6c9"} strokeWidth="2" />
      ))}
    </svg>
  );
}
