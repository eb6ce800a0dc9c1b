import type { Tx } from '@throughline/persistence';

/** A sign-in, a sign-out, or a sign-in that was refused. */
export type SessionAct = {
  at: Date;
  act: 'opened' | 'closed' | 'refused';
  personId: string;
  name: string;
  traceId: string | undefined;
};

/** Port: where acts on sessions are put on record. The audit module, to the right, provides it. */
export abstract class SessionRecorder {
  abstract record(tx: Tx, act: SessionAct): Promise<void>;
}
