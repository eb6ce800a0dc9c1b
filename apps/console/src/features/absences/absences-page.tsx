import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { exactInstant } from '../../shared/format/time.js';
import { count } from '../../shared/format/words.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { useKeys } from '../../shared/keyboard/keyboard.js';
import { toLocalInput } from '../../shared/format/local-input.js';
import { Problem } from '../../shared/page/form-dialog.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { Panel } from '../../shared/page/panel.js';
import { AbsencesDocument, type Absence } from '../../shared/people/absence-documents.js';
import { backOn } from '../../shared/people/absence-words.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import { tell } from '../../shared/tell.js';
import { useViewer } from '../../shared/viewer/viewer.js';
import { EndAbsenceDocument } from './absence-acts.js';
import { AbsenceDialog } from './absence-dialog.js';
import page from '../../shared/page/list-page.module.css';

/** Who is away and who will be, until when, and who stands in. */
export function AbsencesPage() {
  const { data, error, isLoading, reload, asOf } = useLoad(AbsencesDocument, {});
  const [isStating, setStating] = useState(false);
  const keys = useMemo(
    () => [{ keys: 'n', label: 'State an absence of mine', group: 'Absences', run: () => setStating(true) }],
    [],
  );
  useKeys(keys, !isStating);
  const done = (said: readonly string[]) => {
    setStating(false);
    said.forEach(tell);
    reload();
  };
  const absences = data?.absences ?? [];
  return (
    <div className={page['page']}>
      <PageHeader
        name="Absences"
        asOf={asOf}
        answer={data ? answerOf(absences) : 'Absences'}
        actions={
          <Button size="xs" onClick={() => setStating(true)} title="n">
            I will be away
          </Button>
        }
      />
      <div className={page['detail']}>
        {isLoading && <Loading label="absences" rows={6} />}
        {error && !data && <Failed what="absences" error={error} onRetry={reload} />}
        {data && absences.length === 0 && (
          <Empty title="Nobody is away, and nobody said to be">
            Who says so with a deputy is told beside their name, and the deputy hears what they would hear.
          </Empty>
        )}
        {absences.length > 0 && (
          <Panel title="Away now and soon">
            <div className={page['scroll']}>
              <table className={page['plain']} aria-label="Absences">
                <thead>
                  <tr>
                    {['Who', 'From', 'Back on', 'Deputy', 'Note', ''].map((name) => (
                      <th key={name} scope="col">
                        {name}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {absences.map((absence) => (
                    <Row key={absence.id} absence={absence} onDone={done} />
                  ))}
                </tbody>
              </table>
            </div>
          </Panel>
        )}
      </div>
      {isStating && (
        <AbsenceDialog
          today={toLocalInput(new Date().toISOString()).slice(0, 10)}
          onClose={() => setStating(false)}
          onDone={done}
        />
      )}
    </div>
  );
}

function answerOf(absences: readonly Absence[]): string {
  const now = absences.filter(({ isNow }) => isNow);
  const uncovered = now.filter(({ standIn }) => standIn === null).length;
  if (now.length === 0) return absences.length === 0 ? 'Everybody is here' : 'Everybody is here now';
  const cover = uncovered === 0 ? 'with somebody who stands in' : `${uncovered} with nobody who stands in`;
  return `${count(now.length, 'person is', 'people are')} away, ${cover}`;
}

function Row({ absence, onDone }: { absence: Absence; onDone: (said: readonly string[]) => void }) {
  const viewer = useViewer();
  const end = useAct(EndAbsenceDocument);
  const { person, from, until, isNow, deputy, standIn, note } = absence;
  const run = async () => {
    if (await end.run({ id: absence.id })) onDone([isNow ? 'Welcome back' : 'The absence is taken back']);
  };
  return (
    <tr>
      <td>
        {person?.displayName ?? '–'} {isNow && <Status tone="waiting">away</Status>}
      </td>
      <td title={exactInstant(from)}>{backOn(from)}</td>
      <td title={exactInstant(until)}>{backOn(until)}</td>
      <td>
        {deputy?.displayName ?? <span className="muted">nobody</span>}
        {isNow && standIn !== null && standIn.id !== deputy?.id && (
          <span className="muted"> (away too: {standIn.displayName})</span>
        )}
        {isNow && standIn === null && deputy !== null && <span className="muted"> (away too: nobody stands in)</span>}
      </td>
      <td className={page['anywhere']}>{note}</td>
      <td data-align="end">
        {person?.id === viewer.id && (
          <Button size="compact-xs" variant="default" loading={end.isRunning} onClick={() => void run()}>
            {isNow ? 'I am back' : 'Take back'}
          </Button>
        )}
        {end.problem && <Problem problem={end.problem} />}
      </td>
    </tr>
  );
}
