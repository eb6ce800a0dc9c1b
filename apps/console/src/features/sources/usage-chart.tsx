import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { ChartFrame } from '../../shared/charts/chart-frame.js';
import { dateTime, shortDate } from '../../shared/format/time.js';
import { countNumber } from '../../shared/format/words.js';
import type { UsageBar } from './prepare-usage.js';
import styles from './sources.module.css';

const HEIGHT = 150;
const COMPACT = new Intl.NumberFormat('en', { notation: 'compact' });

/** What was sent with one key, six hours a bar; what it shows was decided by prepare-usage. */
export function UsageChart({ bars, title, summary }: { bars: readonly UsageBar[]; title: string; summary: string }) {
  const points = bars.map((bar) => ({ ...bar, new: Math.max(0, bar.items - bar.duplicates) }));
  return (
    <ChartFrame
      title={title}
      summary={summary}
      legend={<span className={styles['legend']}>six hours a bar: new, sent before, refused</span>}
      chart={
        <ResponsiveContainer width="100%" height={HEIGHT}>
          <BarChart data={points} margin={{ top: 8, right: 0, bottom: 0, left: 0 }} accessibilityLayer={false}>
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="start"
              tickFormatter={(start: string) => shortDate(start)}
              interval={3}
              tickLine={false}
              axisLine={{ stroke: 'var(--line-strong)' }}
              tick={{ fill: 'var(--muted)', fontSize: 12 }}
              height={22}
            />
            <YAxis
              width={44}
              tickFormatter={(items: number) => COMPACT.format(items)}
              tickLine={false}
              axisLine={false}
              tick={{ fill: 'var(--muted)', fontSize: 12 }}
            />
            <Tooltip
              cursor={{ fill: 'var(--hover)' }}
              content={({ payload }) => <BarTip bar={payload[0]?.payload as UsageBar | undefined} />}
            />
            <Bar dataKey="new" stackId="bar" isAnimationActive={false} fill="var(--series-1)" />
            <Bar dataKey="duplicates" stackId="bar" isAnimationActive={false} fill="var(--series-8)" />
            <Bar dataKey="refused" stackId="bar" isAnimationActive={false} fill="var(--critical)" />
          </BarChart>
        </ResponsiveContainer>
      }
      table={<UsageTable bars={bars} />}
    />
  );
}

function BarTip({ bar }: { bar: UsageBar | undefined }) {
  if (!bar) return null;
  return (
    <div className={styles['tip']}>
      <strong>from {dateTime(bar.start)}</strong>
      <span>{countNumber(bar.items)} items</span>
      {bar.duplicates > 0 && <span>{countNumber(bar.duplicates)} sent before</span>}
      {bar.refused > 0 && <span>{countNumber(bar.refused)} refused</span>}
      {bar.limited > 0 && <span>{countNumber(bar.limited)} requests turned away</span>}
    </div>
  );
}

function UsageTable({ bars }: { bars: readonly UsageBar[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">Items</th>
          <th scope="col">Sent before</th>
          <th scope="col">Refused</th>
          <th scope="col">Turned away</th>
        </tr>
      </thead>
      <tbody>
        {bars.map((bar) => (
          <tr key={bar.start}>
            <td>{dateTime(bar.start)}</td>
            <td>{countNumber(bar.items)}</td>
            <td>{countNumber(bar.duplicates)}</td>
            <td>{countNumber(bar.refused)}</td>
            <td>{countNumber(bar.limited)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
