import type { UsageBar } from './prepare-usage.js';

const WIDTH = 120;
const HEIGHT = 20;

/** Bars of a table row, zero-based; the sentence beside them says the same in words. */
export function UsageSpark({ bars, label }: { bars: readonly UsageBar[]; label: string }) {
  const most = Math.max(...bars.map((bar) => bar.items), 1);
  const step = WIDTH / Math.max(bars.length, 1);
  return (
    <svg width={WIDTH} height={HEIGHT} role="img" aria-label={label} style={{ verticalAlign: 'middle' }}>
      <line x1="0" x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} stroke="var(--line-strong)" />
      {bars.map((bar, index) => {
        const height = bar.items === 0 ? 0 : Math.max(1, (bar.items / most) * (HEIGHT - 2));
        const isIll = bar.refused > 0 || bar.limited > 0;
        return (
          <rect
            key={bar.start}
            x={index * step}
            width={Math.max(1, step - 1)}
            y={HEIGHT - 1 - height}
            height={height}
            fill={isIll ? 'var(--critical)' : 'var(--series-1)'}
          />
        );
      })}
    </svg>
  );
}
