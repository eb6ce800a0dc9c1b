import { Injectable } from '@nestjs/common';
import type { Operation } from '../../../graphql/operation.js';
import type { Viewer } from '../../../graphql/viewer.js';
import { sessionHash } from '../domain/session-token.js';
import { SessionRecorder } from '../session-recorder.js';
import { deleteSession } from '../session.repository.js';

/** Ends the session of a token. */
@Injectable()
export class SignOut {
  constructor(private readonly recorder: SessionRecorder) {}

  /** False when there was no such session. */
  async execute(operation: Operation, viewer: Viewer, token: string): Promise<boolean> {
    const hash = sessionHash(token);
    if (hash === undefined) {
      return false;
    }
    return operation.write(async (tx) => {
      const isEnded = await deleteSession(tx, hash);
      if (isEnded) {
        const { personId, displayName: name } = viewer;
        await this.recorder.record(tx, {
          at: operation.now(),
          act: 'closed',
          personId,
          name,
          traceId: operation.traceId,
        });
      }
      return isEnded;
    });
  }
}
