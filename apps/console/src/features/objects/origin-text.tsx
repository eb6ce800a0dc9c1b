import { dateTime, exactInstant } from '../../shared/format/time.js';
import { plainWords, systemName } from '../../shared/format/words.js';

type Origin = { system: string; occurredAt: string; recordedOn?: string; activityType?: string };

/** Who said it and when; the tooltip has what happened and when that was received. */
export function OriginText({ origin }: { origin: Origin | null | undefined }) {
  if (!origin) return <span className="muted">not known any more</span>;
  const { system, occurredAt, recordedOn, activityType } = origin;
  const said = [
    activityType && plainWords(activityType),
    exactInstant(occurredAt),
    recordedOn && `received on ${recordedOn}`,
  ];
  return (
    <span className="muted" title={said.filter(Boolean).join(', ')}>
      {systemName(system)}, {dateTime(occurredAt)}
    </span>
  );
}
