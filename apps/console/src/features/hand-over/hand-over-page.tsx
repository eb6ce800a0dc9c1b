import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { fromLocalInput, toLocalInput } from '../../shared/format/local-input.js';
import { dateTime } from '../../shared/format/time.js';
import { countNumber } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { useKeys } from '../../shared/keyboard/keyboard.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { CopyButton } from '../../shared/page/copy-button.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { Panel } from '../../shared/page/panel.js';
import { Failed, Loading } from '../../shared/states/states.js';
import { activityHref, handOverHref, type HandOverSearch } from '../../shared/url-people.js';
import { exceptionHref, exceptionsHref } from '../../shared/url.js';
import { useQueueNames } from '../../shared/viewer/queues.js';
import { useViewer } from '../../shared/viewer/viewer.js';
import { HandOverDocument, type HandOver } from './hand-over-documents.js';
import {
  doneWords,
  handOverAnswer,
  handOverSections,
  handOverText,
  type HandOverLine,
  type HandOverSection,
} from './hand-over-words.js';
import page from '../../shared/page/list-page.module.css';
import styles from './hand-over.module.css';

/** What one shift hands over to the next, to be read, printed or copied. */
export function HandOverPage({ search }: { search: HandOverSearch }) {
  const viewer = useViewer();
  const personId = search.person === 'me' ? viewer.id : search.person;
  const { data, error, isLoading, reload, asOf } = useLoad(HandOverDocument, {
    queue: search.queue ?? null,
    personId: personId ?? null,
    since: search.since ?? null,
    until: search.until ?? null,
  });
  const print = useCallback(() => window.print(), []);
  const keys = useMemo(() => [{ keys: 'p', label: 'Print', group: 'Hand-over', run: print }], [print]);
  useKeys(keys);
  const handOver = data?.handOver;
  return (
    <div className={page['page']}>
      <PageHeader
        name="Hand-over"
        asOf={asOf}
        answer={handOver ? handOverAnswer(handOver) : 'Hand-over'}
        detail={handOver && `Shift from ${dateTime(handOver.since)}, the next one until ${dateTime(handOver.until)}`}
        actions={
          handOver && (
            <span className={styles['noPrint']}>
              <CopyButton name="Copy as text" text={handOverText(handOver)} />{' '}
              <Button variant="default" size="compact-xs" title="p" onClick={print}>
                Print
              </Button>
            </span>
          )
        }
      />
      <Choice search={search} />
      <div className={page['detail']}>
        {isLoading && <Loading label="hand-over" rows={8} />}
        {error && !data && <Failed what="hand-over" error={error} onRetry={reload} />}
        {handOver && (
          <>
            {handOverSections(handOver).map((section) => (
              <Section key={section.id} section={section} href={inboxHref(section.id, search)} />
            ))}
            <Done handOver={handOver} search={search} />
          </>
        )}
      </div>
    </div>
  );
}

/** Where all that a person has in hand is; what ends and what is due is listed here alone. */
function inboxHref(id: HandOverSection['id'], { person }: HandOverSearch): string | undefined {
  return id === 'claims' && person !== undefined ? exceptionsHref({ owner: person, snoozed: 'with' }) : undefined;
}

function Choice({ search }: { search: HandOverSearch }) {
  const { go } = useNavigation();
  const viewer = useViewer();
  const queues = useQueueNames();
  const change = (next: Partial<HandOverSearch>) => go(handOverHref({ ...search, ...next }), { replace: true });
  return (
    <div className={`${styles['choice']} ${styles['noPrint']}`} role="group" aria-label="Whose work, and until when">
      <NativeSelect
        size="xs"
        label="Queue"
        value={search.queue ?? ''}
        data={[{ value: '', label: 'All queues' }, ...queues.map(({ name, title }) => ({ value: name, label: title }))]}
        onChange={(event) => change({ queue: event.currentTarget.value || undefined, person: undefined })}
      />
      <NativeSelect
        size="xs"
        label="Person"
        value={search.person ?? ''}
        data={[
          { value: '', label: 'Everybody' },
          { value: 'me', label: 'Me' },
          ...viewer.people
            .filter(({ id }) => id !== viewer.id)
            .map(({ id, displayName }) => ({ value: id, label: displayName })),
        ]}
        onChange={(event) => change({ person: event.currentTarget.value || undefined, queue: undefined })}
      />
      <TextInput
        size="xs"
        type="datetime-local"
        label="Shift began"
        value={toLocalInput(search.since)}
        onChange={(event) => change({ since: fromLocalInput(event.currentTarget.value) })}
      />
      <TextInput
        size="xs"
        type="datetime-local"
        label="Next one ends"
        value={toLocalInput(search.until)}
        onChange={(event) => change({ until: fromLocalInput(event.currentTarget.value) })}
      />
    </div>
  );
}

function Section({ section, href }: { section: HandOverSection; href: string | undefined }) {
  const { title, empty, count, lines } = section;
  return (
    <Panel title={`${title} (${countNumber(count)})`} aside={href && <AppLink href={href}>In the inbox</AppLink>}>
      {lines.length === 0 ? (
        <p className="muted">{empty}</p>
      ) : (
        <div className={page['scroll']}>
          <table className={page['plain']} aria-label={title}>
            <thead className="visually-hidden">
              <tr>
                {['When', 'Exception', 'State', 'Money', 'With'].map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <Line key={line.exceptionId} line={line} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {lines.length < count && (
        <p className="muted">
          The first {countNumber(lines.length)} of {countNumber(count)}.
        </p>
      )}
    </Panel>
  );
}

function Line({ line }: { line: HandOverLine }) {
  return (
    <tr>
      <td className={styles['when']}>{line.when}</td>
      <td className={page['anywhere']}>
        <AppLink href={exceptionHref(line.exceptionId)}>{line.title}</AppLink>
        {line.why !== undefined && <span className="muted"> {line.why}</span>}
      </td>
      <td>{line.state}</td>
      <td data-align="end">{line.money}</td>
      <td>{line.who}</td>
    </tr>
  );
}

/** What people did in the shift; each figure leads to the steps that it counts. */
function Done({ handOver, search }: { handOver: HandOver; search: HandOverSearch }) {
  const { done, since, asOf } = handOver;
  // steps at the very instant of reading belong to the shift
  const to = new Date(Date.parse(asOf) + 1).toISOString();
  const scope = {
    queue: search.queue,
    person: search.person,
    ...(search.person === undefined && { by: 'people' as const }),
  };
  return (
    <Panel title="Done in the shift">
      {done.length === 0 ? (
        <p className="muted">Nobody did anything.</p>
      ) : (
        <ul className={styles['done']}>
          {done.map((deed) => (
            <li key={deed.kind}>
              <AppLink href={activityHref({ ...scope, kind: [deed.kind], from: since, to })}>{doneWords(deed)}</AppLink>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
