import { useId, useMemo } from 'react';
import { count } from '../../shared/format/words.js';
import { AppLink } from '../../shared/navigation.js';
import { Icon } from '../../shared/icons/icon.js';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import { transactionsHref } from '../../shared/url.js';
import { prepareOrder, STEP_HEIGHT, STEP_WIDTH } from './prepare-order.js';
import { presenceOf } from './workflow-words.js';
import type { Workflow, WorkflowStep } from './workflows-documents.js';
import styles from './workflows-page.module.css';

/** The steps of a workflow from left to right; each leads to the transactions that wait for it. */
export function OrderPicture({ workflow }: { workflow: Workflow }) {
  const order = useMemo(() => prepareOrder(workflow.milestones), [workflow]);
  const arrow = useId();
  const titles = new Map(workflow.milestones.map(({ name, title }) => [name, title]));
  return (
    <ScrollRegion className={styles['picture']} label={`Order of the ${count(workflow.milestones.length, 'step')}`}>
      <div className={styles['plane']} style={{ width: order.width, height: order.height }}>
        <svg width={order.width} height={order.height} aria-hidden="true" className={styles['lines']}>
          <defs>
            <marker id={arrow} viewBox="0 0 6 6" refX="5.5" refY="3" markerWidth="7" markerHeight="7" orient="auto">
              <path d="M0 0 6 3 0 6Z" />
            </marker>
          </defs>
          {order.lines.map(({ id, path }) => (
            <path key={id} d={path} markerEnd={`url(#${arrow})`} />
          ))}
        </svg>
        <ol aria-label="Steps in their order">
          {order.steps.map(({ step, x, y }) => (
            <li key={step.name} style={{ left: x, top: y, width: STEP_WIDTH, height: STEP_HEIGHT }}>
              <StepBox
                step={step}
                workflow={workflow.name}
                after={step.after.map((name) => titles.get(name) ?? name)}
              />
            </li>
          ))}
        </ol>
      </div>
    </ScrollRegion>
  );
}

function StepBox({ step, workflow, after }: { step: WorkflowStep; workflow: string; after: readonly string[] }) {
  const { word, what } = presenceOf(step);
  return (
    <AppLink
      href={transactionsHref({ workflow, milestone: step.name })}
      className={styles['step']}
      data-presence={word}
      title={`${what}. Show the transactions that wait for it`}
    >
      <span className={styles['stepTitle']}>{step.title}</span>
      <span className={styles['stepFacts']}>
        {word}
        {step.dueRule !== null && (
          <>
            <Icon name="sla" size={12} />
            {step.ruleKind === 'service' ? 'due' : 'expected'}
          </>
        )}
      </span>
      {after.length > 0 && <span className="visually-hidden">, after {after.join(' and ')}</span>}
    </AppLink>
  );
}
