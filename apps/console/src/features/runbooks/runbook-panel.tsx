import { Checkbox } from '@mantine/core';
import { dateTime } from '../../shared/format/time.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { MarkdownText } from '../../shared/markdown.js';
import { AppLink } from '../../shared/navigation.js';
import { Problem } from '../../shared/page/form-dialog.js';
import { Panel } from '../../shared/page/panel.js';
import { Failed } from '../../shared/states/states.js';
import { runbooksHref } from '../../shared/url-groups.js';
import { useCan } from '../../shared/viewer/viewer.js';
import { ExceptionRunbooksDocument, TickStepDocument, type FittingRunbook } from './runbook-documents.js';
import { progressWords, SCOPE_NAMES } from './runbook-words.js';
import styles from './runbooks.module.css';

type PanelProps = { exceptionId: string; taxonomy: string; onDone?: () => void };

/** What people wrote down about this problem, its steps ticked for this exception. */
export function RunbookPanel({ exceptionId, taxonomy, onDone }: PanelProps) {
  const can = useCan();
  const load = useLoad(ExceptionRunbooksDocument, { id: exceptionId });
  const runbooks = load.data?.exception?.runbooks;
  if (load.error && runbooks === undefined) return <Failed what="runbook" error={load.error} onRetry={load.reload} />;
  if (runbooks === undefined) return null;
  if (runbooks.length === 0) {
    if (!can('exception.work')) return null;
    return (
      <Panel title="Runbook">
        <p className="muted">
          Nobody has written down what to do about this problem.{' '}
          <AppLink href={runbooksHref({ scope: 'PROBLEM', key: taxonomy })}>Write it</AppLink>
        </p>
      </Panel>
    );
  }
  const ticked = () => {
    load.reload();
    onDone?.();
  };
  return runbooks.map((fitting) => (
    <FittingPanel key={fitting.runbook.id} exceptionId={exceptionId} fitting={fitting} onTicked={ticked} />
  ));
}

type FittingProps = { exceptionId: string; fitting: FittingRunbook; onTicked: () => void };

function FittingPanel({ exceptionId, fitting: { runbook, steps }, onTicked }: FittingProps) {
  const can = useCan();
  const act = useAct(TickStepDocument);
  const tick = async (stepKey: string, isDone: boolean) => {
    if (await act.run({ exceptionId, runbookId: runbook.id, stepKey, isDone })) onTicked();
  };
  return (
    <Panel title={runbook.title} aside={<AppLink href={runbooksHref({ open: runbook.id })}>All of it</AppLink>}>
      <MarkdownText components={{ input: () => null }}>{withoutSteps(runbook.body, steps)}</MarkdownText>
      <p className="muted">{progressWords(steps)}</p>
      {steps.length > 0 && (
        <ul className={styles['steps']}>
          {steps.map((step) => (
            <li key={step.key}>
              <Checkbox
                size="xs"
                checked={step.doneAt !== null}
                disabled={!can('exception.work') || act.isRunning}
                onChange={(event) => void tick(step.key, event.currentTarget.checked)}
                label={<MarkdownText>{step.text}</MarkdownText>}
                {...(step.doneAt !== null && { description: `${step.doneByName}, ${dateTime(step.doneAt)}` })}
              />
            </li>
          ))}
        </ul>
      )}
      {act.problem && <Problem problem={act.problem} />}
      <p className="muted">
        {SCOPE_NAMES[runbook.scope]} · version {runbook.version} by {runbook.writtenByName},{' '}
        {dateTime(runbook.writtenAt)}
      </p>
    </Panel>
  );
}

/** The prose of a runbook: its steps stand below it, where they can be ticked. */
function withoutSteps(body: string, steps: readonly { text: string }[]): string {
  const texts = new Set(steps.map(({ text }) => text));
  return body
    .split(/\r\n|\r|\n/)
    .filter((line) => !texts.has(/^\s*[-*+] \[[ xX]\]\s+(\S.*?)\s*$/.exec(line)?.[1] ?? ''))
    .join('\n');
}
