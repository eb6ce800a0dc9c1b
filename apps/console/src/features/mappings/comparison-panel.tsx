import { Checkbox, Select } from '@mantine/core';
import { useState } from 'react';
import { useClient, type CombinedError } from 'urql';
import { dateTime } from '../../shared/format/time.js';
import { count, countNumber, cutMiddle } from '../../shared/format/words.js';
import { Icon } from '../../shared/icons/icon.js';
import { AppLink } from '../../shared/navigation.js';
import { Problem } from '../../shared/page/form-dialog.js';
import { Facts, Panel } from '../../shared/page/panel.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { Failed } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import { signalHref } from '../../shared/url.js';
import { comparableJson } from './diff-lines.js';
import { DiffView } from './diff-view.js';
import { MappingComparisonDocument, type Comparison } from './mapping-documents.js';
import styles from './bench.module.css';

const DAY = 86_400_000;
const DAYS = ['1', '7', '30'] as const;
const LIMITS = ['100', '200', '500'] as const;

/** The changed definition over stored signals: what stays, what becomes different, what is newly read or lost. */
export function ComparisonPanel({ definition }: { definition: string }) {
  const client = useClient();
  const [days, setDays] = useState<string>('7');
  const [limit, setLimit] = useState<string>('200');
  const [onlyUnmapped, setOnlyUnmapped] = useState(false);
  const [isRunning, setRunning] = useState(false);
  const [result, setResult] = useState<{ of: string; comparison: Comparison }>();
  const [error, setError] = useState<CombinedError>();

  const compare = async () => {
    setRunning(true);
    const receivedFrom = new Date(Date.now() - Number(days) * DAY).toISOString();
    const input = { definition, receivedFrom, onlyUnmapped, limit: Number(limit) };
    const answer = await client
      .query(MappingComparisonDocument, { input }, { requestPolicy: 'network-only' })
      .toPromise();
    setRunning(false);
    setError(answer.error);
    if (answer.data) setResult({ of: definition, comparison: answer.data.mappingComparison });
  };

  return (
    <Panel
      title="On stored signals"
      isFlush
      aside={
        result && result.of !== definition ? 'of the definition before the last change' : 'nothing is stored by it'
      }
    >
      <div className={styles['compare']}>
        <Select
          aria-label="Received"
          w={150}
          allowDeselect={false}
          value={days}
          onChange={(value) => setDays(value ?? '7')}
          data={DAYS.map((each) => ({ value: each, label: each === '1' ? 'Last day' : `Last ${each} days` }))}
        />
        <Select
          aria-label="How many"
          w={130}
          allowDeselect={false}
          value={limit}
          onChange={(value) => setLimit(value ?? '200')}
          data={LIMITS.map((each) => ({ value: each, label: `${each} signals` }))}
        />
        <Checkbox
          label="Only those that cannot be read"
          checked={onlyUnmapped}
          onChange={(event) => setOnlyUnmapped(event.currentTarget.checked)}
        />
        <PermittedButton
          needs="mapping.try"
          what="Trying mappings"
          variant="default"
          leftSection={<Icon name="play" size={13} />}
          loading={isRunning}
          onClick={() => void compare()}
        >
          Compare on stored signals
        </PermittedButton>
      </div>
      {error && <Failed what="comparison" error={error} />}
      {!error && result && <ComparisonResult comparison={result.comparison} />}
    </Panel>
  );
}

function ComparisonResult({ comparison }: { comparison: Comparison }) {
  if (comparison.problems.length > 0) {
    return (
      <div className={styles['words']}>
        <Problem problem={{ message: 'The definition cannot be used.', problems: comparison.problems }} />
      </div>
    );
  }
  const { compared, differences } = comparison;
  return (
    <>
      <div className={styles['counts']} role="status">
        <p className={styles['comparison']}>{comparisonSentence(comparison)}</p>
        <Facts
          facts={[
            { name: 'Compared', value: countNumber(compared) },
            { name: 'The same', value: countNumber(comparison.same) },
            { name: 'Different', value: countNumber(comparison.changed) },
            { name: 'Newly read', value: countNumber(comparison.newlyMapped) },
            { name: 'No longer read', value: countNumber(comparison.newlyUnmapped) },
          ]}
        />
      </div>
      {differences.length > 0 && (
        <ul className={styles['differences']} aria-label="Differences">
          {differences.map((difference) => (
            <li key={difference.signal.id}>
              <details>
                <summary>
                  <ChangeMark difference={difference} />
                  <span className="mono" title={difference.signal.externalId}>
                    {cutMiddle(difference.signal.externalId, 30)}
                  </span>
                  <span>{difference.signal.type}</span>
                  <span className="muted">{dateTime(difference.signal.receivedAt)}</span>
                </summary>
                <p className={styles['which']}>
                  <AppLink href={signalHref(difference.signal.id)}>Open the signal</AppLink>
                </p>
                <DiffView
                  before={comparableJson(difference.before)}
                  after={comparableJson(difference.after)}
                  label={`Before and after, ${difference.signal.externalId}`}
                />
              </details>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** "12 of 200 signals come out differently; 9 are newly read, none is lost." */
export function comparisonSentence(comparison: Comparison): string {
  const { compared, changed, newlyMapped, newlyUnmapped } = comparison;
  if (compared === 0) return 'No stored signal of this mapping is in that time.';
  const different = changed + newlyMapped + newlyUnmapped;
  if (different === 0) return `All ${count(compared, 'signal')} come out the same.`;
  const lost = newlyUnmapped === 0 ? 'none is lost' : `${count(newlyUnmapped, 'is', 'are')} no longer read`;
  return `${countNumber(different)} of ${count(compared, 'signal')} ${different === 1 ? 'comes' : 'come'} out differently; ${count(newlyMapped, 'is', 'are')} newly read, ${lost}.`;
}

function outcomeOf(side: unknown): string | undefined {
  if (typeof side !== 'object' || side === null || !('outcome' in side)) return undefined;
  return String(side.outcome);
}

function ChangeMark({ difference }: { difference: Comparison['differences'][number] }) {
  const before = outcomeOf(difference.before);
  const after = outcomeOf(difference.after);
  if (before === 'unmapped' && after !== 'unmapped') return <Status tone="good">Newly read</Status>;
  if (after === 'unmapped' && before !== 'unmapped') return <Status tone="critical">No longer read</Status>;
  return <Status tone="info">Different</Status>;
}
