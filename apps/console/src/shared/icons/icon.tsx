import type { ReactElement } from 'react';

// Drawn on a 16-pixel grid with a 1.5 stroke, to stand beside 13-pixel text.
const PATHS = {
  home: <path d="M2.5 7.5 8 3l5.5 4.5M4 6.5V13h3V9.5h2V13h3V6.5" />,
  exceptions: <path d="M8 2.5 14 13H2L8 2.5ZM8 6.5v3M8 11.2v.1" />,
  groups: (
    <>
      <rect x="2.5" y="6.5" width="8.5" height="7" rx="1" />
      <path d="M5 4.5h8.5v7M7.5 2.5h6" />
    </>
  ),
  runbooks: <path d="M3.5 3h9v10.5h-9zM6 6l.8.8L8.2 5.4M6 10l.8.8 1.4-1.4M9.5 6.2h1.5M9.5 10.2h1.5" />,
  rules: <path d="M3 3.5h10M3 8h6M3 12.5h4M10.2 11.2l1.4 1.4 2.4-2.8" />,
  maintenance: (
    <path d="M9.5 3.2a3.2 3.2 0 0 0-3.9 4.1L2.8 10v2.9h2.9l2.8-2.8a3.2 3.2 0 0 0 4.1-3.9L10.5 8 8 5.5l1.5-2.3Z" />
  ),
  queues: <path d="M2.5 3.5h11v3h-11v-3ZM2.5 8.5h8M2.5 12h5" />,
  transactions: (
    <>
      <circle cx="3.5" cy="8" r="1.5" />
      <circle cx="12.5" cy="4" r="1.5" />
      <circle cx="12.5" cy="12" r="1.5" />
      <path d="M5 8h2.5c2 0 1.5-4 3.5-4M7.5 8c2 0 1.5 4 3.5 4" />
    </>
  ),
  orphans: (
    <>
      <circle cx="4" cy="8" r="1.8" />
      <circle cx="12" cy="8" r="1.8" />
      <path d="M5.8 8h.7M9.5 8h.7M7.2 5.2 8.8 10.8" />
    </>
  ),
  workflows: (
    <>
      <rect x="2" y="3" width="4.5" height="3.6" rx="0.9" />
      <rect x="9.5" y="3" width="4.5" height="3.6" rx="0.9" />
      <rect x="9.5" y="10" width="4.5" height="3.6" rx="0.9" />
      <path d="M6.5 4.8h3M8 4.8v7h1.5" />
    </>
  ),
  delays: <path d="M4 2.5h8M4 13.5h8M5 2.5c0 3 3 3.6 3 5.5s-3 2.5-3 5.5M11 2.5c0 3-3 3.6-3 5.5s3 2.5 3 5.5" />,
  findings: (
    <>
      <circle cx="6.8" cy="6.8" r="4" />
      <path d="m9.8 9.8 3.7 3.7M6.8 4.9v2.2M6.8 8.7v.1" />
    </>
  ),
  sla: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 5v3.2l2.2 1.3" />
    </>
  ),
  integrations: (
    <>
      <rect x="2" y="5.5" width="4" height="5" rx="1" />
      <rect x="10" y="5.5" width="4" height="5" rx="1" />
      <path d="M6 8h4" />
    </>
  ),
  signals: <path d="M2 8h2.5L6.5 3.5l3 9 2-4.5H14" />,
  files: <path d="M4 2.5h5L12 5.5v8H4v-11ZM9 2.5v3h3" />,
  mappings: <path d="M2.5 4h3M2.5 8h3M2.5 12h3M10.5 4h3M10.5 12h3M5.5 4c3 0 2 8 5 8M5.5 12c3 0 2-8 5-8" />,
  sources: (
    <>
      <circle cx="5.5" cy="10.5" r="3" />
      <path d="m7.7 8.3 5.3-5.3M11 5l2 2" />
    </>
  ),
  play: <path d="M5 3.5v9l7-4.5-7-4.5Z" />,
  again: <path d="M13 8a5 5 0 1 1-1.5-3.6M13 2.5v2.6h-2.6" />,
  undo: <path d="M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6M3 6.5 6 3.5M3 6.5l3 3" />,
  plus: <path d="M8 3v10M3 8h10" />,
  alerts: <path d="M4 11V7.5a4 4 0 0 1 8 0V11l1 1.2H3L4 11ZM6.8 14h2.4" />,
  evidence: <path d="M4 2.5h5.5L12 5v8.5H4v-11ZM6 7h4M6 9.3h4M6 11.5h2.5" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4" />
      <path d="m10 10 3.5 3.5" />
    </>
  ),
  sun: (
    <>
      <circle cx="8" cy="8" r="2.7" />
      <path d="M8 1.8v1.4M8 12.8v1.4M1.8 8h1.4M12.8 8h1.4M3.6 3.6l1 1M11.4 11.4l1 1M12.4 3.6l-1 1M4.6 11.4l-1 1" />
    </>
  ),
  moon: <path d="M13 9.6A5.4 5.4 0 0 1 6.4 3 5.4 5.4 0 1 0 13 9.6Z" />,
  keyboard: (
    <>
      <rect x="1.8" y="4" width="12.4" height="8" rx="1.5" />
      <path d="M4.5 6.6h.1M7 6.6h.1M9.5 6.6h.1M11.6 6.6h.1M4.5 9.4h7" />
    </>
  ),
  bell: <path d="M4.5 10.5V7a3.5 3.5 0 0 1 7 0v3.5L13 12H3l1.5-1.5ZM7 14h2M8 3.5V2" />,
  activity: <path d="M3 4h2M3 8h2M3 12h2M7 4h6.5M7 8h4.5M7 12h6" />,
  handOver: <path d="M2.5 5.5H11M8.5 3 11 5.5 8.5 8M13.5 10.5H5M7.5 8 5 10.5 7.5 13" />,
  away: <path d="M3 4h10v9H3V4ZM3 7h10M5.5 2.5V5M10.5 2.5V5M6.5 9l3 2.5M9.5 9l-3 2.5" />,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  expand: <path d="M9.5 2.5h4v4M13.5 2.5 9 7M6.5 13.5h-4v-4M2.5 13.5 7 9" />,
  send: <path d="M13.5 2.5 7 9M13.5 2.5 9.3 13.5 7 9 2.5 6.7l11-4.2Z" />,
  person: (
    <>
      <circle cx="8" cy="5.5" r="2.5" />
      <path d="M3 13.5c.6-2.6 2.5-4 5-4s4.4 1.4 5 4" />
    </>
  ),
  personAdd: (
    <>
      <circle cx="6.5" cy="5.5" r="2.5" />
      <path d="M1.8 13.5c.6-2.6 2.3-4 4.7-4s4.1 1.4 4.7 4M12.5 4v4M10.5 6h4" />
    </>
  ),
  edit: <path d="m3 13 .6-2.9L10.8 3l2.2 2.2-7.1 7.2L3 13ZM9.3 4.5l2.2 2.2" />,
  note: <path d="M3 3h10v7.5l-2.8 2.8H3V3ZM5.5 6.2h5M5.5 8.7h3" />,
  chevronRight: <path d="m6 3.5 4.5 4.5L6 12.5" />,
  chevronDown: <path d="m3.5 6 4.5 4.5L12.5 6" />,
  chevronLeft: <path d="M10 3.5 5.5 8l4.5 4.5" />,
  arrowRight: <path d="M2.5 8h11M9.5 4l4 4-4 4" />,
  download: <path d="M8 2.5v7.5M4.5 7 8 10.5 11.5 7M2.5 13.5h11" />,
  arrowUp: <path d="M8 13V3M4 7l4-4 4 4" />,
  arrowDown: <path d="M8 3v10M4 9l4 4 4-4" />,
  seal: <path d="M8 1.8 13 4v4c0 3-2 5.2-5 6.2C5 13.2 3 11 3 8V4l5-2.2ZM5.7 8l1.7 1.7 3-3.2" />,
  lock: (
    <>
      <rect x="3.5" y="7" width="9" height="6.5" rx="1.2" />
      <path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2" />
    </>
  ),
  table: <path d="M2.5 3.5h11v9h-11v-9ZM2.5 6.5h11M2.5 9.5h11M6.5 3.5v9" />,
  chart: <path d="M2.5 13.5h11M4.5 11V7.5M8 11V3.5M11.5 11V6" />,
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.2" />
      <path d="M10.5 3.5v-1h-8v8h1" />
    </>
  ),
  signOut: <path d="M6.5 2.5h-4v11h4M6 8h7.5M10.5 5l3 3-3 3" />,
  panel: <path d="M2.5 3h11v10h-11V3ZM6 3v10" />,
  check: <path d="m3 8.5 3.2 3L13 4.5" />,
  trace: <path d="M2.5 4h6M5 8h6.5M9.5 12h4" />,
  hub: (
    <>
      <circle cx="8" cy="8" r="2" />
      <path d="M8 2v4M8 10v4M2 8h4M10 8h4" />
    </>
  ),
} satisfies Record<string, ReactElement>;

export type IconName = keyof typeof PATHS;

/** Decoration only: the word beside it says what it means. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flex: 'none' }}
    >
      {PATHS[name]}
    </svg>
  );
}

/** The product's sign: a line that runs through what it meets. */
export function ProductSign({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" style={{ flex: 'none' }}>
      <rect width="24" height="24" rx="6" fill="var(--accent)" />
      <path d="M3 12h18" stroke="var(--on-accent)" strokeWidth="1.8" />
      <circle cx="8" cy="12" r="2.6" fill="var(--accent)" stroke="var(--on-accent)" strokeWidth="1.8" />
      <circle cx="16" cy="12" r="2.6" fill="var(--on-accent)" />
    </svg>
  );
}
