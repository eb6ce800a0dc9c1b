import { useState } from 'react';
import { count } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { AppLink } from '../../shared/navigation.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { Panel } from '../../shared/page/panel.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import { Failed, Loading } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import { queuesHref } from '../../shared/url.js';
import { useCan } from '../../shared/viewer/viewer.js';
import { LimitsPanel } from './limits-panel.js';
import { QueueDialog } from './queue-dialog.js';
import { RulesPanel } from './rules-panel.js';
import { QueueSettingsDocument, type QueueSettings } from './settings-documents.js';
import page from '../../shared/page/list-page.module.css';
import styles from './settings.module.css';

/** Who works which queue and when, to whom overdue clocks go, and the rules that lead there, in their order. */
export function QueueSettingsPage() {
  const can = useCan();
  const { data, error, isLoading, asOf, reload } = useLoad(QueueSettingsDocument, {});
  const [changed, setChanged] = useState<QueueSettings>();
  const unled = data?.queues.filter(({ lead }) => !lead).length ?? 0;
  return (
    <div className={styles['page']}>
      <PageHeader
        name="Queue rules"
        asOf={asOf}
        answer={
          data
            ? `${count(data.queues.length, 'queue')}, ${unled === 0 ? 'each with a lead' : `${unled} without a lead`}; ${count(data.routingRules.filter(({ isDefault }) => !isDefault).length, 'rule of your own', 'rules of your own')} before the shipped ones.`
            : 'Who works which queue, and what leads there'
        }
        detail={can('exception.read') && <AppLink href={queuesHref()}>What waits in the queues</AppLink>}
      />
      {isLoading && <Loading label="queues and their rules" rows={12} />}
      {error && !data && <Failed what="list of queues" error={error} onRetry={reload} />}
      {data && (
        <div className={styles['panels']}>
          <Panel title="Queues" isFlush>
            <ScrollRegion label="Queues, their people and hours" className={page['scroll']}>
              <table className={page['plain']}>
                <thead>
                  <tr>
                    <th scope="col">Queue</th>
                    <th scope="col">Lead</th>
                    <th scope="col">Members</th>
                    <th scope="col">Worked</th>
                    <th scope="col">
                      <span className="visually-hidden">What can be done</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {data.queues.map((queue) => (
                    <tr key={queue.name}>
                      <td title={queue.purpose}>{queue.title}</td>
                      <td>{queue.lead ? queue.lead.displayName : <Status tone="warning">Nobody</Status>}</td>
                      <td>
                        {queue.members.map(({ displayName }) => displayName).join(', ') || (
                          <span className="muted">nobody yet</span>
                        )}
                      </td>
                      <td>
                        {queue.workingHours.title}{' '}
                        <span className="muted">{queue.workingHours.isOpen ? 'open now' : 'closed now'}</span>
                      </td>
                      <td>
                        <PermittedButton
                          needs="catalog.write"
                          what="Changing queues"
                          size="compact-xs"
                          variant="default"
                          aria-label={`Change ${queue.title}`}
                          onClick={() => setChanged(queue)}
                        >
                          Change
                        </PermittedButton>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollRegion>
          </Panel>
          <RulesPanel
            rules={data.routingRules}
            revision={data.routingRulesRevision}
            queues={data.queues}
            onChanged={reload}
          />
          <LimitsPanel />
        </div>
      )}
      {changed && (
        <QueueDialog
          queue={changed}
          onClose={() => setChanged(undefined)}
          onDone={() => {
            setChanged(undefined);
            reload();
          }}
        />
      )}
    </div>
  );
}
