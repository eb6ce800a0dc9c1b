import { Injectable } from '@nestjs/common';
import type { Tx } from '@throughline/persistence';
import { SessionRecorder, type SessionAct } from '../identity/index.js';
import { recordAudit } from './record-audit.js';

/** Puts sign-ins and sign-outs into the audit log. */
@Injectable()
export class AuditedSessions extends SessionRecorder {
  override async record(tx: Tx, { at, act, personId, name, traceId }: SessionAct): Promise<void> {
    await recordAudit(tx, {
      at,
      actor: { kind: 'person', id: personId, name },
      action: `session.${act}`,
      subject: { type: 'person', id: personId },
      details: {},
      traceId,
    });
  }
}
