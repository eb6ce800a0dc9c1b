import { dateTime } from '../../shared/format/time.js';
import { count } from '../../shared/format/words.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { heldWhen, maintained } from '../../shared/maintenance/maintenance-words.js';
import { AppLink } from '../../shared/navigation.js';
import { DetailHead } from '../../shared/page/detail-head.js';
import { Problem } from '../../shared/page/form-dialog.js';
import { Panel } from '../../shared/page/panel.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { Empty } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import { tell } from '../../shared/tell.js';
import { objectHref } from '../../shared/url.js';
import { EndMaintenanceDocument, type WindowRow } from './maintenance-documents.js';
import page from '../../shared/page/list-page.module.css';

type DetailProps = { window: WindowRow | undefined; onClose: () => void; onChanged: () => void };

/** One maintenance: when, why and by whom, how to end it, and everything that it held back. */
export function MaintenanceDetail({ window, onClose, onChanged }: DetailProps) {
  const end = useAct(EndMaintenanceDocument);
  if (!window) {
    return (
      <div className={page['detail']}>
        <DetailHead topline={null} title="This maintenance does not exist" onClose={onClose} />
        <Empty title="It may belong to another tenant">The list beside shows those that were planned.</Empty>
      </div>
    );
  }
  const isOver = !window.isActive && !window.nextFrom;
  const endNow = async () => {
    if (!(await end.run({ id: window.id }))) return;
    tell(window.isActive ? 'The maintenance is over; what still fails opens now' : 'The maintenance is called off');
    onChanged();
  };
  return (
    <article className={page['detail']} aria-label={`Maintenance of ${maintained(window)}`}>
      <DetailHead
        topline={
          <>
            <span>{window.sourceSystem ? 'Source system' : 'Integration'}</span>
            <span className="mono">{maintained(window)}</span>
          </>
        }
        title={window.reason}
        onClose={onClose}
      />
      <p>
        {heldWhen(window)}.{' '}
        <span className="muted">
          Planned by {window.plannedByName}, {dateTime(window.plannedAt)}
          {window.endedAt ? `; ended by ${window.endedByName ?? 'nobody'}, ${dateTime(window.endedAt)}` : ''}.
        </span>
      </p>
      <div className={page['acts']}>
        <PermittedButton
          needs="catalog.write"
          what="Ending maintenance"
          size="compact-sm"
          variant="default"
          loading={end.isRunning}
          whyNot={isOver ? 'It is over.' : undefined}
          onClick={() => void endNow()}
        >
          {window.isActive ? 'End it now' : window.weekly ? 'Hold it no more' : 'Call it off'}
        </PermittedButton>
      </div>
      {end.problem && <Problem problem={end.problem} />}
      {window.holds && <Holds holds={window.holds} />}
    </article>
  );
}

function Holds({ holds }: { holds: NonNullable<WindowRow['holds']> }) {
  const { held, opened, overcome, latest } = holds;
  if (held + opened + overcome === 0) {
    return (
      <Empty title="It has held nothing back">What fails or is late in it is listed here, and opens after it.</Empty>
    );
  }
  return (
    <Panel
      title="Held back"
      isFlush
      aside={`${count(held, 'problem is', 'problems are')} held, ${opened} opened after it, ${overcome} overcome by then`}
    >
      <table className={page['plain']}>
        <thead>
          <tr>
            <th scope="col">Object</th>
            <th scope="col">Problem</th>
            <th scope="col">At</th>
            <th scope="col">Since</th>
            <th scope="col">What became of it</th>
          </tr>
        </thead>
        <tbody>
          {latest.map(({ object, title, hop, occurredAt, outcome }) => (
            <tr key={`${object.id} ${hop} ${title} ${occurredAt}`}>
              <td>
                <AppLink href={objectHref(object.id)}>{object.key}</AppLink>
              </td>
              <td className={page['anywhere']}>{title}</td>
              <td className={`mono ${page['anywhere']}`}>{hop}</td>
              <td>{dateTime(occurredAt)}</td>
              <td>
                <Outcome outcome={outcome ?? null} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function Outcome({ outcome }: { outcome: string | null }) {
  if (outcome === null) return <Status tone="waiting">Held</Status>;
  return outcome === 'opened' ? <Status tone="critical">Opened</Status> : <Status tone="good">Overcome</Status>;
}
