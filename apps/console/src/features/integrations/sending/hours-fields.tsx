import { Button, Chip, Group, Select, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { WEEKDAYS } from '../../../shared/sending/sending-words.js';
import type { Settings } from './sending-documents.js';
import { timeFault, withCutOff, withWindow, type SendingDraft } from './sending-form.js';
import styles from './sending.module.css';

type HoursFieldsProps = {
  draft: SendingDraft;
  calendars: Settings['calendars'];
  onChange: (draft: SendingDraft) => void;
};

const ANY_TIME = 'any';

/** When the target is sent to: a calendar, hours on weekdays, and cut-offs. */
export function HoursFields({ draft, calendars, onChange }: HoursFieldsProps) {
  const { calendar, windows, cutOffs } = draft;
  const chosen = calendars.find(({ name }) => name === calendar);
  const zone = chosen?.timeZone ?? '';
  const setWindow = (id: number, change: Partial<(typeof windows)[number]>) =>
    onChange({ ...draft, windows: windows.map((row) => (row.id === id ? { ...row, ...change } : row)) });
  const setCutOff = (id: number, change: Partial<(typeof cutOffs)[number]>) =>
    onChange({ ...draft, cutOffs: cutOffs.map((row) => (row.id === id ? { ...row, ...change } : row)) });
  return (
    <div className={styles['stack']}>
      <Select
        label="Calendar"
        description="Its time zone counts, and nothing is sent on its holidays"
        className={styles['calendar']}
        allowDeselect={false}
        data={[
          { value: ANY_TIME, label: 'None: it is sent to at any time' },
          ...calendars.map(({ name, title, timeZone }) => ({ value: name, label: `${name}, ${title} (${timeZone})` })),
        ]}
        value={calendar === '' ? ANY_TIME : calendar}
        onChange={(value) => onChange({ ...draft, calendar: value === null || value === ANY_TIME ? '' : value })}
      />
      {calendar !== '' && (
        <>
          <section aria-label="Sending hours" className={styles['stack']}>
            <p className="muted">
              {windows.length === 0
                ? `No hours of its own: it is sent to while ${calendar} is open.`
                : `Times in ${zone}; hours that end no later than they begin go on over midnight.`}
            </p>
            {windows.map(({ id, weekdays, from, to }, index) => (
              <Row
                key={id}
                name={`Hours ${index + 1}`}
                weekdays={weekdays}
                onWeekdays={(days) => setWindow(id, { weekdays: days })}
                onRemove={() => onChange({ ...draft, windows: windows.filter((row) => row.id !== id) })}
              >
                <Time label="From" value={from} onChange={(value) => setWindow(id, { from: value })} />
                <Time label="To" value={to} onChange={(value) => setWindow(id, { to: value })} />
              </Row>
            ))}
            <Button
              variant="default"
              size="compact-sm"
              className={styles['add']}
              onClick={() => onChange(withWindow(draft))}
            >
              Add hours
            </Button>
          </section>
          <section aria-label="Cut-offs" className={styles['stack']}>
            <p className="muted">After a cut-off nothing more goes out on that day.</p>
            {cutOffs.map(({ id, weekdays, at }, index) => (
              <Row
                key={id}
                name={`Cut-off ${index + 1}`}
                weekdays={weekdays}
                onWeekdays={(days) => setCutOff(id, { weekdays: days })}
                onRemove={() => onChange({ ...draft, cutOffs: cutOffs.filter((row) => row.id !== id) })}
              >
                <Time label="At" value={at} onChange={(value) => setCutOff(id, { at: value })} />
              </Row>
            ))}
            <Button
              variant="default"
              size="compact-sm"
              className={styles['add']}
              onClick={() => onChange(withCutOff(draft))}
            >
              Add a cut-off
            </Button>
          </section>
        </>
      )}
    </div>
  );
}

type RowProps = {
  name: string;
  weekdays: readonly number[];
  onWeekdays: (weekdays: number[]) => void;
  onRemove: () => void;
  children: ReactNode;
};

function Row({ name, weekdays, onWeekdays, onRemove, children }: RowProps) {
  return (
    <fieldset className={styles['row']}>
      <legend>{name}</legend>
      <Chip.Group multiple value={weekdays.map(String)} onChange={(days: string[]) => onWeekdays(days.map(Number))}>
        <Group gap={4}>
          {WEEKDAYS.map((day, index) => (
            <Chip key={day} size="xs" value={String(index + 1)}>
              {day}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {children}
      <Button variant="subtle" size="compact-sm" aria-label={`Remove ${name.toLowerCase()}`} onClick={onRemove}>
        Remove
      </Button>
      {weekdays.length === 0 && <span role="alert">On which days?</span>}
    </fieldset>
  );
}

function Time({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const fault = timeFault(value);
  return (
    <TextInput
      type="time"
      label={label}
      className={styles['time']}
      {...(fault !== undefined && { error: fault })}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
