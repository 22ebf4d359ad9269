/** Two halves held together by the bar that makes the dangerous motion impossible. */
export function Logo() {
  return (
    <svg width="20" height="20" viewBox="0 0 64 64" aria-hidden>
      <path
        d="M27 17H11v30h16M37 17h16v30H37"
        fill="none"
        className="stroke-accent"
        strokeWidth="6"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      <path d="M23 32h18" className="stroke-safe" strokeWidth="7" strokeLinecap="round" />
    </svg>
  );
}
