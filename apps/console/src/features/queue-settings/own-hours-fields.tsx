import { Select, Textarea, TextInput } from '@mantine/core';
import { calendarDay, clockTime } from '../../shared/format/time.js';
import { describeFailure } from '../../shared/graphql/failure.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { Problem } from '../../shared/page/form-dialog.js';
import { TryQueueHoursDocument } from './settings-documents.js';
import { statedHours, unreadableDay, WEEKDAYS, windowsOf, type TypedHours } from './own-hours-text.js';
import styles from './settings.module.css';

const HOLIDAYS = ['TARGET', 'US-FED', 'BR', 'SG'];
const NOTHING = { timeZone: 'UTC', weekly: [], days: [] };

type OwnHoursProps = { typed: TypedHours; onType: (typed: TypedHours) => void };

/** Windows by weekday, time zone, holidays and other days, and what the next days look like with them. */
export function OwnHoursFields({ typed, onType }: OwnHoursProps) {
  const unreadable = unreadableDay(typed.days);
  return (
    <fieldset className={styles['targets']}>
      <legend>Open, by weekday</legend>
      <table>
        <tbody>
          {WEEKDAYS.map((weekday, index) => (
            <tr key={weekday}>
              <th scope="row">{weekday}</th>
              <td>
                <TextInput
                  aria-label={`Open on ${weekday}`}
                  placeholder="closed"
                  value={typed.weekdays[index] ?? ''}
                  error={
                    windowsOf(typed.weekdays[index] ?? '') === undefined && 'Times such as 08:00–12:00, 13:00–17:00'
                  }
                  onChange={({ currentTarget: { value } }) =>
                    onType({ ...typed, weekdays: typed.weekdays.with(index, value) })
                  }
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <TextInput
        label="Time zone"
        description="Such as Europe/Berlin"
        value={typed.timeZone}
        onChange={({ currentTarget: { value } }) => onType({ ...typed, timeZone: value })}
      />
      <Select
        label="Holidays of"
        placeholder="none"
        clearable
        data={HOLIDAYS}
        value={typed.holidays}
        onChange={(holidays) => onType({ ...typed, holidays })}
      />
      <Textarea
        label="Other days"
        description="A line each: 2026-12-24 closed, or 2026-12-31 08:00–12:00; they count on holidays too"
        rows={3}
        value={typed.days}
        error={unreadable !== undefined && `“${unreadable}” is no date with times`}
        onChange={({ currentTarget: { value } }) => onType({ ...typed, days: value })}
      />
      <Preview typed={typed} />
    </fieldset>
  );
}

function Preview({ typed }: { typed: TypedHours }) {
  const hours = statedHours(typed);
  const { data, error } = useLoad(
    TryQueueHoursDocument,
    { hours: hours ?? NOTHING },
    { pause: hours === undefined, keepPrevious: true },
  );
  if (hours === undefined) return null;
  if (error) return <Problem problem={{ message: describeFailure(error).message, problems: [] }} />;
  const tried = data?.tryQueueHours;
  if (tried === undefined) return null;
  if (tried.__typename === 'CatalogFailure') return <Problem problem={tried} />;
  const { days, timeZone } = tried;
  return (
    <section aria-label="The next working days" aria-live="polite" className={styles['preview']}>
      <h3>The next working days</h3>
      <ul>
        {days.map(({ date, stretches }) => (
          <li key={date}>
            {calendarDay(date)}:{' '}
            {stretches
              .map(({ from, until }) => `${clockTime(from, timeZone)} to ${clockTime(until, timeZone)}`)
              .join(', ')}
          </li>
        ))}
      </ul>
    </section>
  );
}
