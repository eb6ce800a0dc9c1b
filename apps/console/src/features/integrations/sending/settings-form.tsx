import { Button, NumberInput } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import { useAct } from '../../../shared/graphql/use-act.js';
import { Problem } from '../../../shared/page/form-dialog.js';
import { Panel } from '../../../shared/page/panel.js';
import { LimitsFields } from '../../../shared/sending/limits-fields.js';
import { tell } from '../../../shared/tell.js';
import { HoursFields } from './hours-fields.js';
import { SetSendingSettingsDocument, type Settings } from './sending-documents.js';
import { draftOf, MOST_VERIFY_MINUTES, wishIn } from './sending-form.js';
import styles from './sending.module.css';

/** The settings as fields, saved on the version that was seen; Ctrl-Enter saves from any of them. */
export function SettingsForm({ settings, onSaved }: { settings: Settings; onSaved: () => void }) {
  const [seen, setSeen] = useState(settings);
  const [draft, setDraft] = useState(() => draftOf(settings));
  const { run, isRunning, problem } = useAct(SetSendingSettingsDocument);
  const wish = wishIn(draft);
  const isChanged = JSON.stringify(wish) !== JSON.stringify(wishIn(draftOf(seen)));
  const isStale = settings.version > seen.version;
  const canSave = isChanged && !isStale;
  const take = () => {
    setSeen(settings);
    setDraft(draftOf(settings));
  };
  const save = async () => {
    if (!wish || !canSave || isRunning) return;
    const done = await run({ integration: settings.integration, ...wish, basedOn: seen.version });
    // also when it was refused: who has changed it meanwhile is shown
    onSaved();
    if (!done) return;
    setSeen({ ...seen, ...targetOf(seen, wish), version: done.settings.version });
    tell(`How ${settings.title} is sent to is saved`);
  };
  const quickly = {
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      void save();
    },
  };
  return (
    <form
      aria-label="Sending settings"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      {...quickly}
    >
      <Panel title="Limits" aside="of each run from the next request on, where its maker says nothing more careful">
        <LimitsFields draft={draft.limits} onChange={(limits) => setDraft({ ...draft, limits })} />
      </Panel>
      <Panel title="Proof">
        <NumberInput
          label="Seen downstream within, minutes"
          description="Later it is an exception of its own"
          className={styles['minutes']}
          min={1}
          max={MOST_VERIFY_MINUTES}
          allowDecimal={false}
          value={draft.verifyWithinMinutes}
          onChange={(value) => setDraft({ ...draft, verifyWithinMinutes: typeof value === 'number' ? value : '' })}
        />
      </Panel>
      <Panel title="Hours and cut-offs" aside="hold at once, for runs that are under way too">
        <HoursFields draft={draft} calendars={settings.calendars} onChange={setDraft} />
      </Panel>
      {problem && <Problem problem={problem} />}
      {isStale && (
        <p role="status">
          {settings.changedByName ?? 'Somebody'} has changed it since you opened it.{' '}
          <Button variant="default" size="compact-sm" onClick={take}>
            Show what is saved now
          </Button>
        </p>
      )}
      <div className={styles['acts']}>
        <Button type="submit" loading={isRunning} disabled={!wish || !canSave}>
          Save
        </Button>
        <Button variant="subtle" disabled={!isChanged} onClick={take}>
          Undo
        </Button>
      </div>
    </form>
  );
}

type Wish = NonNullable<ReturnType<typeof wishIn>>;

/** What was just saved, as the settings that were seen. */
function targetOf({ target }: Settings, { limits, verifyWithinMinutes, hours }: Wish): Pick<Settings, 'target'> {
  // the zone is read again with what is saved
  const shown = hours && { ...hours, timeZone: target.hours?.timeZone ?? 'UTC' };
  return { target: { ...target, limits, verifyWithinMinutes, hours: shown } };
}
