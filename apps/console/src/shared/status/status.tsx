import type { ReactElement } from 'react';
import styles from './status.module.css';

export type Tone = 'critical' | 'warning' | 'good' | 'info' | 'waiting' | 'unknown';

const SHAPES: Record<Tone, ReactElement> = {
  critical: <path d="M6 1 11.5 10.8H.5L6 1Z" fill="currentColor" />,
  warning: <path d="M6 .6 11.4 6 6 11.4.6 6 6 .6Z" fill="currentColor" />,
  good: <circle cx="6" cy="6" r="4.6" fill="currentColor" />,
  info: <rect x="1.6" y="1.6" width="8.8" height="8.8" rx="1" fill="currentColor" />,
  waiting: (
    <g fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round">
      <circle cx="6" cy="6" r="4.6" />
      <path d="M6 3.6V6l1.7 1.1" />
    </g>
  ),
  unknown: (
    <g fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round">
      <path d="M3.7 4.1C3.7 2.6 4.7 1.6 6 1.6s2.3.9 2.3 2.2C8.3 5.6 6 5.7 6 7.6" />
      <path d="M6 10.3v.1" />
    </g>
  ),
};

/** The shape that goes with a status colour; never without its word nearby. */
export function StatusShape({ tone, size = 10 }: { tone: Tone; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 12 12" aria-hidden="true" className={styles[tone]} data-shape={tone}>
      {SHAPES[tone]}
    </svg>
  );
}

type StatusProps = {
  tone: Tone;
  children: string;
  /** it is longer than a word or two, and goes on in the next line */
  isSentence?: boolean;
};

/** Icon, word and colour together. */
export function Status({ tone, children, isSentence = false }: StatusProps) {
  return (
    <span className={`${styles['status']} ${styles[tone]} ${isSentence ? styles['sentence'] : ''}`}>
      <StatusShape tone={tone} />
      <span>{children}</span>
    </span>
  );
}
