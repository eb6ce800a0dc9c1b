import type { IntegrationsQuery } from '../../gql/graphql.js';
import { percent } from '../../shared/format/percent.js';
import { age, clockTime, exactInstant } from '../../shared/format/time.js';
import { countNumber, systemName, titleWords } from '../../shared/format/words.js';
import { AppLink } from '../../shared/navigation.js';
import { ACT_WORDS } from '../../shared/status/action-words.js';
import { Status } from '../../shared/status/status.js';
import type { DataColumn } from '../../shared/table/data-table.js';
import { requeueTargetHref, sendingHref } from '../../shared/url-requeue.js';
import { healthOf } from '../../shared/status/integration-health.js';
import { compensationHref } from '../../shared/url-compensation.js';

export type IntegrationRow = IntegrationsQuery['integrations']['edges'][number]['node'];

export function integrationColumns(now: Date): DataColumn<IntegrationRow>[] {
  return [
    {
      id: 'health',
      header: 'Health',
      width: 148,
      cell: (row) => {
        const { tone, word } = healthOf(row, now);
        return <Status tone={tone}>{word}</Status>;
      },
    },
    {
      id: 'title',
      header: 'Integration',
      cell: (row) => <span title={row.name}>{row.title}</span>,
    },
    {
      id: 'name',
      header: 'Name in telemetry',
      width: 230,
      hideBelow: 1700,
      cell: (row) => <span className="mono">{row.name}</span>,
    },
    {
      id: 'way',
      header: 'From and to',
      width: 200,
      hideBelow: 1060,
      cell: (row) =>
        row.fromSystem === row.toSystem
          ? `within ${systemName(row.toSystem)}`
          : `${systemName(row.fromSystem)} → ${systemName(row.toSystem)}`,
    },
    {
      id: 'last',
      header: 'Last activity',
      width: 120,
      align: 'end',
      cell: (row) =>
        row.lastActivityAt ? (
          <time title={exactInstant(row.lastActivityAt)}>{age(row.lastActivityAt, now)} ago</time>
        ) : (
          <span className="muted">never</span>
        ),
    },
    { id: 'today', header: 'Today', width: 72, align: 'end', cell: (row) => countNumber(row.activitiesToday) },
    {
      id: 'failed',
      header: 'Failed today',
      width: 110,
      align: 'end',
      cell: (row) => (
        <>
          {countNumber(row.failuresToday)}{' '}
          <span className="muted">{row.failuresToday > 0 && percent(row.failuresToday, row.activitiesToday)}</span>
        </>
      ),
    },
    { id: 'open', header: 'Exceptions', width: 96, align: 'end', cell: (row) => countNumber(row.openExceptions) },
    {
      id: 'criticality',
      header: 'Criticality',
      width: 96,
      hideBelow: 1350,
      cell: (row) => titleWords(row.criticality),
    },
    {
      id: 'requeue',
      header: 'Sending again',
      width: 176,
      hideBelow: 900,
      cell: (row) => <SendingAgain row={row} now={now} />,
    },
    {
      id: 'undo',
      header: 'Undo',
      width: 130,
      hideBelow: 1500,
      cell: ({ name, compensations }) => {
        const words = [...new Set((compensations?.actions ?? []).map(({ action }) => ACT_WORDS[action]))];
        return <AppLink href={compensationHref(name)}>{words.length === 0 ? 'Nothing' : words.join(', ')}</AppLink>;
      },
    },
    { id: 'owner', header: 'Owner', width: 172, hideBelow: 1250, cell: (row) => row.owner },
  ];
}

/** Where it is sent again to, and whether that is reached; the door to its target. */
function SendingAgain({ row, now }: { row: IntegrationRow; now: Date }) {
  const { name, title, requeueDestination, requeueTarget } = row;
  const { pausedUntil, failures, reason } = requeueTarget;
  const link = (words: string, isWarning = false) => (
    <AppLink href={requeueTargetHref(name)} aria-label={`Target of ${title}: ${words}`}>
      {isWarning ? <Status tone="warning">{words}</Status> : words}
    </AppLink>
  );
  if (!requeueDestination) return link('No target');
  const { adapterTitle, missing } = requeueDestination;
  if (missing.length > 0) return link(`Incomplete: ${missing.join(', ')}`, true);
  const limits = (words: string, isWarning = false) => (
    <AppLink href={sendingHref(name)} aria-label={`How ${title} is sent to: ${words}`}>
      {isWarning ? <Status tone="warning">{words}</Status> : words}
    </AppLink>
  );
  if (pausedUntil === null || new Date(pausedUntil) <= now) {
    return (
      <>
        {link(adapterTitle)} · {limits('Limits')}
      </>
    );
  }
  const why = `Not reached ${failures} times in a row${reason === null ? '' : `: ${reason}`}`;
  return <span title={why}>{limits(`Paused to ${clockTime(pausedUntil)}`, true)}</span>;
}
