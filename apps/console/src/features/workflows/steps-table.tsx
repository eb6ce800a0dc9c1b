import { plainWords } from '../../shared/format/words.js';
import { AppLink } from '../../shared/navigation.js';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import { transactionsHref } from '../../shared/url.js';
import { activityWords, dueRuleWords, presenceOf, timesWords } from './workflow-words.js';
import type { Workflow, WorkflowStep } from './workflows-documents.js';
import page from '../../shared/page/list-page.module.css';
import styles from './workflows-page.module.css';

type Props = { workflow: Workflow; titleOf: (integration: string) => string };

/** Every step with its rules in words. */
export function StepsTable({ workflow, titleOf }: Props) {
  const titles = new Map(workflow.milestones.map(({ name, title }) => [name, title]));
  return (
    <ScrollRegion className={page['scroll']} label="Steps and their rules, scrollable">
      <table className={`${page['plain']} ${styles['steps']}`} aria-label="Steps">
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Comes after</th>
            <th scope="col">Reached by</th>
            <th scope="col">Due</th>
            <th scope="col">Proves the hop</th>
            <th scope="col">Transactions</th>
          </tr>
        </thead>
        <tbody>
          {workflow.milestones.map((step) => (
            <tr key={step.name}>
              <th scope="row">
                <span className={styles['name']}>{step.title}</span>
                <span className={styles['under']}>{presenceOf(step).what}</span>
              </th>
              <td>{step.after.map((name) => titles.get(name) ?? name).join(', ') || <Dash />}</td>
              <td>
                {activityWords(step.reachedBy)}
                {step.reportedBy !== null && `, ${step.reportedBy}`}
                <span className={styles['under']}>
                  {timesWords(step)}
                  {step.undoneBy.length > 0 && `; undone by ${activityWords(step.undoneBy)}`}
                </span>
              </td>
              <td>
                <Due step={step} />
              </td>
              <td>
                {workflow.hops
                  .filter(({ proves }) => proves === step.name)
                  .map(({ integration }) => (
                    <span key={integration} title={integration} className={styles['hop']}>
                      {titleOf(integration)}
                    </span>
                  ))}
                {!workflow.hops.some(({ proves }) => proves === step.name) && <Dash />}
              </td>
              <td>
                <Doors workflow={workflow.name} step={step} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Due({ step }: { step: WorkflowStep }) {
  const due = dueRuleWords(step);
  if (due === undefined) return <Dash />;
  return (
    <>
      {due.rule}
      <span className={styles['under']}>{due.kind}</span>
    </>
  );
}

function Doors({ workflow, step }: { workflow: string; step: WorkflowStep }) {
  const door = (standing: 'WAITING' | 'OVERDUE' | 'REACHED', name: string) => (
    <AppLink
      href={transactionsHref({ workflow, milestone: step.name, standing })}
      aria-label={`${name}: ${step.title.toLowerCase()}`}
    >
      {plainWords(name)}
    </AppLink>
  );
  return (
    <span className={styles['doors']}>
      {door('WAITING', 'waiting')}
      {step.dueRule !== null && door('OVERDUE', 'overdue')}
      {door('REACHED', 'reached')}
    </span>
  );
}

function Dash() {
  return <span className="muted">–</span>;
}
