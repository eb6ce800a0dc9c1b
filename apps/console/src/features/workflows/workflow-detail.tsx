import { useMemo } from 'react';
import { plainWords } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { AppLink } from '../../shared/navigation.js';
import { DetailHead } from '../../shared/page/detail-head.js';
import { delaysHref, workflowHref } from '../../shared/url-lineage.js';
import { slaHref, transactionsHref } from '../../shared/url.js';
import { useCan } from '../../shared/viewer/viewer.js';
import { OrderPicture } from './order-picture.js';
import { StepsTable } from './steps-table.js';
import { endWords, startWords, stepsWords } from './workflow-words.js';
import { IntegrationTitlesDocument, type Workflow } from './workflows-documents.js';
import page from '../../shared/page/list-page.module.css';
import styles from './workflows-page.module.css';

/** One workflow: with what it begins, its steps in their order, and their rules in words. */
export function WorkflowDetail({ workflow, onClose }: { workflow: Workflow; onClose?: () => void }) {
  const can = useCan();
  const { data } = useLoad(IntegrationTitlesDocument, {}, { policy: 'cache-first', pause: !can('catalog.read') });
  const titles = useMemo(
    () => new Map(data?.integrations.edges.map(({ node }) => [node.name, node.title]) ?? []),
    [data],
  );
  const service = workflow.milestones.findLast(({ ruleKind }) => ruleKind === 'service');
  const end = endWords(workflow);
  return (
    <div className={page['detail']}>
      <DetailHead
        topline={
          <>
            <span className="mono">{workflow.name}</span>
            <span className="muted" title="Another declaration has another version">
              version {workflow.version}
            </span>
          </>
        }
        title={`${workflow.title}: ${stepsWords(workflow)}`}
        pageHref={workflowHref(workflow.name)}
        onClose={onClose}
      />
      <div className={styles['facts']}>
        <p>{startWords(workflow)}</p>
        {end && <p>{end}</p>}
        <p className={styles['ways']}>
          <AppLink href={transactionsHref({ workflow: workflow.name })}>Its transactions</AppLink>
          <AppLink href={delaysHref({ workflow: workflow.name })}>Where their time goes</AppLink>
          {can('sla.read') && service && (
            <AppLink href={slaHref({ workflow: workflow.name, milestone: service.name })}>
              Whether they are on time
            </AppLink>
          )}
        </p>
      </div>
      <section aria-label="Order of the steps">
        <h3 className={styles['heading']}>Order of the steps</h3>
        <OrderPicture workflow={workflow} />
      </section>
      <section aria-label="Steps and their rules">
        <h3 className={styles['heading']}>Steps and their rules</h3>
        <StepsTable workflow={workflow} titleOf={(name) => titles.get(name) ?? name} />
      </section>
      <section aria-label="Links that are followed">
        <h3 className={styles['heading']}>Links that are followed</h3>
        <ul className={styles['links']}>
          {workflow.follows.map(({ from, to }) => (
            <li key={`${from} ${to}`}>
              {plainWords(from)} → {plainWords(to)}
            </li>
          ))}
          {workflow.follows.length === 0 && <li className="muted">None: it is about its first document alone.</li>}
        </ul>
      </section>
    </div>
  );
}
