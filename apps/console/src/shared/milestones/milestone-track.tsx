import { clockTime, dateTime, exactInstant, shortDate } from '../format/time.js';
import { StatusShape } from '../status/status.js';
import { milestoneState } from '../status/state-words.js';
import { useNow } from '../use-now.js';
import {
  dueWords,
  milestoneColumns,
  prepareMilestones,
  type MilestoneFact,
  type MilestoneStep,
} from './prepare-milestones.js';
import { ScrollRegion } from '../page/scroll-region.js';
import styles from './milestone-track.module.css';

type MilestoneTrackProps = { milestones: readonly MilestoneFact[]; zone: string; label: string };

/** The milestones in the order of the workflow, each against its due time; those side by side share a column. */
export function MilestoneTrack({ milestones, zone, label }: MilestoneTrackProps) {
  const now = useNow();
  const columns = milestoneColumns(prepareMilestones(milestones));
  return (
    <ScrollRegion className={styles['scroller']} label={label}>
      <ol className={styles['track']} style={{ gridTemplateColumns: `repeat(${columns.length}, minmax(104px, 1fr))` }}>
        {columns.map((steps) => (
          <li key={steps[0]?.name} className={styles['column']} data-reached={steps.every(isDone) || undefined}>
            {steps.map((step) => (
              <Step key={step.name} step={step} zone={zone} now={now} />
            ))}
          </li>
        ))}
      </ol>
    </ScrollRegion>
  );
}

function isDone(step: MilestoneStep): boolean {
  return step.reachedCount + step.skippedCount === step.totalCount;
}

function Step({ step, zone, now }: { step: MilestoneStep; zone: string; now: Date }) {
  const { tone, word } = milestoneState(step.state);
  const due = dueWords(step, now);
  const isOver = step.state === 'OVERDUE' || step.state === 'REACHED_LATE';
  return (
    <div className={styles['step']} data-state={step.state}>
      <span className={styles['dot']}>
        <StatusShape tone={tone} size={12} />
      </span>
      <span className={styles['title']}>{step.title}</span>
      <span className={styles['word']} data-tone={tone}>
        {step.totalCount > 1 ? `${step.reachedCount} of ${step.totalCount} · ` : ''}
        {word}
        {step.isOptional && step.state !== 'SKIPPED' && ' (optional)'}{' '}
        {step.reachedAt && (
          <time dateTime={step.reachedAt} title={exactInstant(step.reachedAt)}>
            {shortDate(step.reachedAt, zone)} {clockTime(step.reachedAt, zone)}
          </time>
        )}
      </span>
      {step.dueAt && (
        <span className={isOver ? styles['over'] : styles['due']} title={`Due ${exactInstant(step.dueAt)}`}>
          {step.isExpectation ? 'expected' : 'due'} <span className={styles['time']}>{dateTime(step.dueAt, zone)}</span>
          {due && (
            <>
              , <span className={styles['time']}>{due}</span>
            </>
          )}
        </span>
      )}
    </div>
  );
}
