import { useLayoutEffect, useRef } from 'react';
import { cutMiddle, plainWords } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { Icon } from '../../shared/icons/icon.js';
import { AppLink } from '../../shared/navigation.js';
import { MoneyText } from '../../shared/page/money-text.js';
import { Panel } from '../../shared/page/panel.js';
import { Failed, Loading } from '../../shared/states/states.js';
import { StatusShape } from '../../shared/status/status.js';
import { transactionHref } from '../../shared/url.js';
import { isClosed } from './exception-columns.js';
import { ExceptionLineageDocument, type ExceptionFull } from './exception-documents.js';
import { prepareStages, waitingMilestones, type StripNode, type StripStage } from './prepare-strip.js';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import styles from './lineage-strip.module.css';

/** Where the document comes from, itself, and what waits behind it; left to right as the money goes. */
export function LineageStrip({ exception }: { exception: ExceptionFull }) {
  const self = exception.businessObject;
  const { data, error, isLoading, reload } = useLoad(ExceptionLineageDocument, { objectId: self.id });
  const scroller = useRef<HTMLDivElement>(null);
  const own = useRef<HTMLLIElement>(null);
  // A long way from the left must not hide the document that this is about.
  useLayoutEffect(() => {
    if (!scroller.current || !own.current) return;
    const middle = own.current.offsetLeft + own.current.offsetWidth / 2;
    scroller.current.scrollLeft = middle - scroller.current.clientWidth / 2;
  }, [data]);
  const waiting = waitingMilestones(exception.transaction?.milestones ?? []);
  const isDone = isClosed(exception);
  return (
    <Panel
      title="Lineage"
      isFlush
      aside={
        exception.transaction && (
          <AppLink href={transactionHref(exception.transaction.id)}>Open the transaction</AppLink>
        )
      }
    >
      {isLoading && <Loading label="lineage" rows={2} />}
      {error && !data && <Failed what="lineage" error={error} onRetry={reload} />}
      {data && (
        <ScrollRegion scroller={scroller} className={styles['scroller']} label="Lineage from left to right">
          <ol className={styles['strip']}>
            {prepareStages(data.upstream.nodes, self.id, true).map((stage) => (
              <Stage key={`up-${stage.depth}`} stage={stage} label="upstream" />
            ))}
            <li ref={own} className={styles['stage']}>
              <div className={styles['node']} data-self={isDone ? 'done' : 'stuck'}>
                <span className={styles['type']}>
                  <StatusShape tone={isDone ? 'good' : 'critical'} /> {plainWords(self.type)}
                </span>
                <span className={styles['key']} title={self.key}>
                  {cutMiddle(self.key, 18)}
                </span>
                <MoneyText money={exception.moneyAtRisk} />
              </div>
            </li>
            {prepareStages(data.downstream.nodes, self.id, false).map((stage) => (
              <Stage key={`down-${stage.depth}`} stage={stage} label="downstream" />
            ))}
            {waiting.length > 0 && (
              <li className={styles['stage']}>
                <div className={styles['waiting']}>
                  <span className={styles['type']}>
                    <StatusShape tone="waiting" /> waits downstream
                  </span>
                  <ul>
                    {waiting.map((milestone) => (
                      <li key={milestone.name}>{milestone.title}</li>
                    ))}
                  </ul>
                </div>
              </li>
            )}
          </ol>
        </ScrollRegion>
      )}
    </Panel>
  );
}

function Stage({ stage, label }: { stage: StripStage; label: string }) {
  return (
    <li className={styles['stage']} aria-label={label}>
      {stage.nodes.map((node) => (
        <Node key={node.id} node={node} />
      ))}
      {stage.hidden > 0 && <span className={styles['hidden']}>and {stage.hidden} more</span>}
    </li>
  );
}

function Node({ node }: { node: StripNode }) {
  return (
    <div className={styles['node']} data-placeholder={node.isPlaceholder || undefined}>
      <span className={styles['type']}>
        {node.isHub && <Icon name="hub" size={12} />} {plainWords(node.type)}
      </span>
      <span className={styles['key']} title={node.key}>
        {cutMiddle(node.key, 18)}
      </span>
      {node.amount && <MoneyText money={node.amount} />}
    </div>
  );
}
