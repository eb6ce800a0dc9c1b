import type { CombinedError } from 'urql';
import { count } from '../../shared/format/words.js';
import { Panel } from '../../shared/page/panel.js';
import { ActivityView } from '../../shared/signals/activity-view.js';
import { isPlaceInOutput, unmappedWords } from '../../shared/signals/signal-words.js';
import { Empty, Failed } from '../../shared/states/states.js';
import { Status, type Tone } from '../../shared/status/status.js';
import type { Trial } from './mapping-documents.js';
import styles from './bench.module.css';

type TrialResultProps = {
  trial: Trial | undefined;
  error: CombinedError | undefined;
  isStale: boolean;
  hasInput: boolean;
};

/** The right of the bench: what came out, and which rule did what. */
export function TrialResult({ trial, error, isStale, hasInput }: TrialResultProps) {
  if (error && !trial) {
    return (
      <Panel title="Activity out">
        <Failed what="result" error={error} />
      </Panel>
    );
  }
  if (!trial) {
    return (
      <Panel title="Activity out">
        <Empty title={hasInput ? 'Not run yet' : 'Choose a signal first'}>
          {hasInput
            ? 'Run shows what the definition makes of the signal. Nothing is stored by it.'
            : 'Choose one that is stored on the left, or paste a payload.'}
        </Empty>
      </Panel>
    );
  }
  const { tone, word } = outcomeWords(trial);
  return (
    <div className={styles['side']}>
      <Panel
        title="Activity out"
        isFlush
        aside={
          <span aria-live="polite">
            {isStale ? 'of the definition before the last change' : trial.rule && `rule ${trial.rule}`}
          </span>
        }
      >
        <div className={styles['outcome']}>
          <Status tone={tone}>{word}</Status>
        </div>
        {trial.ignoredBecause && <p className={styles['words']}>{trial.ignoredBecause}</p>}
        {trial.unmapped && <Unmapped unmapped={trial.unmapped} />}
        {trial.problems.length > 0 && (
          <ul className={styles['problems']} aria-label="Problems of the definition">
            {trial.problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        )}
        {trial.activities.length > 0 && <ActivityView activities={trial.activities} />}
      </Panel>
      <RuleTrace trial={trial} />
    </div>
  );
}

function outcomeWords(trial: Trial): { tone: Tone; word: string } {
  if (trial.outcome === 'mapped') {
    return { tone: 'good', word: `Becomes ${count(trial.activities.length, 'activity', 'activities')}` };
  }
  if (trial.outcome === 'ignored') return { tone: 'unknown', word: 'Left out' };
  if (trial.outcome === 'invalid-definition') return { tone: 'critical', word: 'The definition cannot be used' };
  return { tone: 'critical', word: 'Cannot be read' };
}

function Unmapped({ unmapped }: { unmapped: NonNullable<Trial['unmapped']> }) {
  return (
    <div className={styles['words']}>
      <p>{unmappedWords(unmapped.code)}.</p>
      <p>{unmapped.reason}</p>
      {unmapped.place && (
        <p className="muted">
          {isPlaceInOutput(unmapped.code) ? 'Place in what the rule made' : 'Place in the signal'}{' '}
          <code className="mono">{unmapped.place}</code>
        </p>
      )}
    </div>
  );
}

function RuleTrace({ trial }: { trial: Trial }) {
  const tried = trial.rules.length;
  return (
    <Panel title="Rules, in order" isFlush aside={tried > 0 ? `${tried} tried` : undefined}>
      {tried === 0 ? (
        <Empty title="No rule was tried" />
      ) : (
        <ol className={styles['rules']}>
          {trial.rules.map((rule) => (
            <li key={rule.rule}>
              {rule.error ? (
                <Status tone="critical">Failed</Status>
              ) : rule.matched ? (
                <Status tone="good">Took it</Status>
              ) : (
                <Status tone="unknown">Did not match</Status>
              )}
              <span className={styles['ruleName']}>
                <span className="mono">{rule.rule}</span>
                {rule.error && <span className={styles['ruleError']}>{rule.error}</span>}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
