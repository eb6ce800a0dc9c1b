import { type Activity, type SignalKind, activityId } from '@throughline/canonical';

/** Numbers that are missing from the sequence of an event source, and the signal behind them. */
export type SequenceGap = {
  source: string;
  /** First and last missing number, decimal text. */
  fromNo: string;
  toNo: string;
  occurredAt: string;
  signalReceivedOn: string;
  signalId: string;
};

/** By which its activities are known: no mapping of one signal makes them, so mapping again leaves them alone. */
export const SEQUENCE_GAP_MAPPING = { name: 'sequence-gap', version: 1, rule: 'sequence-gap' } as const;

const KIND: SignalKind = 'cloud-event';
const LONGEST_NAME = 256;

/** Identity of the activity of a gap. */
export function gapActivityId({ source, fromNo, toNo }: Pick<SequenceGap, 'source' | 'fromNo' | 'toNo'>): string {
  return activityId(`sequence-gap:${fromNo}-${toNo}:${source}`, 0);
}

/** A gap as a failure of its event source. All gaps of a source are one problem, each of them an occurrence. */
export function gapActivity(gap: SequenceGap): Activity {
  const source = gap.source.slice(0, LONGEST_NAME);
  const missing = gap.fromNo === gap.toNo ? gap.fromNo : `${gap.fromNo} to ${gap.toNo}`;
  return {
    activityId: gapActivityId(gap),
    type: 'integration.interrupted',
    occurredAt: gap.occurredAt,
    outcome: 'failure',
    system: 'throughline',
    integration: source,
    objects: [
      {
        type: 'integration',
        qualifier: 'subject',
        aliases: [{ system: '', kind: 'event-source', scope: '', value: source }],
      },
    ],
    links: [],
    problem: {
      taxonomy: 'timing-and-sequence.sequence-gap',
      discriminators: {},
      message: `sequence ${missing} of ${source} missing`,
    },
    runKey: `sequence-gap:${gap.fromNo}:${source}`,
    signal: { kind: KIND, receivedOn: gap.signalReceivedOn, signalId: gap.signalId },
    mapping: SEQUENCE_GAP_MAPPING,
  };
}
