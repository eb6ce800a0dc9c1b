import { useId } from 'react';
import { Bar, BarChart, CartesianGrid, Cell, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { ChartFrame, UnmeasuredPattern } from '../../shared/charts/chart-frame.js';
import { percent } from '../../shared/format/percent.js';
import { calendarDay } from '../../shared/format/time.js';
import type { EntityChart, SlaDay } from './prepare-sla.js';
import styles from './sla-page.module.css';

const HEIGHT = 168;

/** Draws one entity's share on time per day; what it shows was decided by prepare-sla. */
export function OnTimeChart({ chart }: { chart: EntityChart }) {
  const pattern = useId();
  const points = chart.days.map((day) => ({ ...day, gap: day.share === null ? 100 : 0 }));
  return (
    <ChartFrame
      title={chart.title}
      summary={chart.summary}
      legend={
        <span className={styles['counts']}>
          {chart.onTime} on time, {chart.late} late{chart.open > 0 && `, ${chart.open} open`}
        </span>
      }
      chart={
        <ResponsiveContainer width="100%" height={HEIGHT}>
          <BarChart
            data={points}
            margin={{ top: 8, right: 0, bottom: 0, left: 0 }}
            barCategoryGap="18%"
            accessibilityLayer={false}
          >
            <defs>
              <UnmeasuredPattern id={pattern} />
            </defs>
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="day"
              tickFormatter={(day: string) => String(Number(day.slice(8)))}
              tickLine={false}
              axisLine={{ stroke: 'var(--line-strong)' }}
              tick={{ fill: 'var(--muted)', fontSize: 12 }}
              interval="preserveStartEnd"
              height={22}
            />
            <YAxis
              domain={[0, 100]}
              ticks={[0, 50, 100]}
              width={44}
              tickFormatter={(share: number) => `${share} %`}
              tickLine={false}
              axisLine={false}
              tick={{ fill: 'var(--muted)', fontSize: 12 }}
            />
            <Tooltip
              cursor={{ fill: 'var(--hover)' }}
              content={({ payload }) => <DayTip day={payload[0]?.payload as SlaDay | undefined} />}
            />
            <Bar dataKey="share" stackId="day" isAnimationActive={false} fill="var(--series-1)" />
            <Bar dataKey="lateShare" stackId="day" isAnimationActive={false} fill="var(--critical)" />
            <Bar dataKey="gap" stackId="day" isAnimationActive={false}>
              {points.map((point) => (
                <Cell key={point.day} fill={`url(#${pattern})`} fillOpacity={0.7} />
              ))}
            </Bar>
          </BarChart>
        </ResponsiveContainer>
      }
      table={<DayTable days={chart.days} />}
    />
  );
}

function DayTip({ day }: { day: SlaDay | undefined }) {
  if (!day) return null;
  return (
    <div className={styles['tip']}>
      <strong>{calendarDay(day.day)}</strong>
      {day.share === null ? (
        <span>nothing was due</span>
      ) : (
        <span>
          {percent(day.onTime, day.onTime + day.late)} on time: {day.onTime} of {day.onTime + day.late}
        </span>
      )}
      {day.open > 0 && <span>{day.open} still open</span>}
    </div>
  );
}

function DayTable({ days }: { days: readonly SlaDay[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">On time</th>
          <th scope="col">Late</th>
          <th scope="col">Open</th>
          <th scope="col">Share</th>
        </tr>
      </thead>
      <tbody>
        {days.map((day) => (
          <tr key={day.day}>
            <td>{calendarDay(day.day)}</td>
            <td>{day.onTime}</td>
            <td>{day.late}</td>
            <td>{day.open}</td>
            <td>{day.share === null ? 'nothing due' : percent(day.onTime, day.onTime + day.late)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
