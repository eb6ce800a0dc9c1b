import { Injectable } from '@nestjs/common';
import type { Database, FoundSignIn } from '@throughline/persistence';
import { DatabaseGate } from '../../../graphql/database-gate.js';
import type { Viewer } from '../../../graphql/viewer.js';
import { AttemptWindow } from '../domain/attempt-window.js';
import { permissionsOf } from '../domain/permissions.js';
import { SESSION_SECONDS, newSessionToken, sessionHash } from '../domain/session-token.js';
import { verifyAgainstNobody, verifyPassword } from '../password.js';
import { findActivePerson, insertSession } from '../session.repository.js';
import { SessionRecorder } from '../session-recorder.js';

const WINDOW_MS = 5 * 60_000;
/** Longer ones only cost time to hash. */
const MAX_PASSWORD = 1_000;
const MAX_EMAIL = 320;

/** One attempt: who says to be whom, from where and when. */
type SignInRequest = {
  email: string;
  password: string;
  clientAddress: string;
  now: Date;
  traceId: string | undefined;
};

/** Outcome of signing in. */
export type SignInOutcome =
  | { kind: 'signed-in'; token: string; viewer: Viewer }
  | { kind: 'refused'; code: 'INVALID_CREDENTIALS' | 'RATE_LIMITED'; message: string };

const WRONG: SignInOutcome = {
  kind: 'refused',
  code: 'INVALID_CREDENTIALS',
  message: 'The e-mail address or the password is wrong',
};
const TOO_MANY: SignInOutcome = {
  kind: 'refused',
  code: 'RATE_LIMITED',
  message: 'Too many failed attempts; try again in five minutes',
};

/** Checks an e-mail address and password and opens a session. */
@Injectable()
export class SignIn {
  private readonly byAccount = new AttemptWindow({ limit: 10, windowMs: WINDOW_MS });
  private readonly byAddress = new AttemptWindow({ limit: 100, windowMs: WINDOW_MS });

  constructor(
    private readonly gate: DatabaseGate,
    private readonly recorder: SessionRecorder,
  ) {}

  async execute(request: SignInRequest): Promise<SignInOutcome> {
    const { clientAddress, now } = request;
    const email = request.email.trim().toLowerCase();
    // per address and account: guessing is slowed down without letting a stranger lock somebody out
    const account = `${clientAddress} ${email}`;
    if (
      this.byAccount.isExhausted(account, now.getTime()) ||
      this.byAddress.isExhausted(clientAddress, now.getTime())
    ) {
      return TOO_MANY;
    }
    const database = this.gate.get();
    // counted before the password is looked at, so that guesses side by side do not all find room
    this.byAccount.recordFailure(account, now.getTime());
    this.byAddress.recordFailure(clientAddress, now.getTime());
    let isFailure = false;
    try {
      const outcome = await this.attempt(database, { ...request, email });
      isFailure = outcome.kind === 'refused';
      if (!isFailure) {
        this.byAccount.clear(account);
      }
      return outcome;
    } finally {
      // a success is no failure, and neither is a database that went away meanwhile
      if (!isFailure) {
        this.byAccount.takeBack(account);
        this.byAddress.takeBack(clientAddress);
      }
    }
  }

  private async attempt(database: Database, request: SignInRequest): Promise<SignInOutcome> {
    const { email, password, now, traceId } = request;
    const isReadable = email.length <= MAX_EMAIL && password.length <= MAX_PASSWORD && !email.includes('\u0000');
    const candidates = isReadable ? await database.findSignIn(email) : [];
    const match = isReadable ? await this.matching(candidates, password) : undefined;
    const signedIn = match === undefined ? undefined : await this.open(database, match, now, traceId);
    if (signedIn !== undefined) {
      return signedIn;
    }
    for (const { tenantId, personId } of candidates) {
      await database.withTenant(tenantId, (tx) =>
        this.recorder.record(tx, { at: now, act: 'refused', personId, name: email, traceId }),
      );
    }
    return WRONG;
  }

  private async matching(candidates: readonly FoundSignIn[], password: string): Promise<FoundSignIn | undefined> {
    if (candidates.length === 0) {
      await verifyAgainstNobody(password);
    }
    let match: FoundSignIn | undefined;
    for (const candidate of candidates) {
      if (await verifyPassword(candidate.passwordHash, password)) {
        match ??= candidate;
      }
    }
    return match;
  }

  private async open(
    database: Database,
    match: FoundSignIn,
    now: Date,
    traceId: string | undefined,
  ): Promise<SignInOutcome | undefined> {
    const { tenantId, personId } = match;
    const token = newSessionToken();
    const hash = sessionHash(token);
    return database.withTenant(tenantId, async (tx): Promise<SignInOutcome | undefined> => {
      const person = await findActivePerson(tx, personId);
      if (person === undefined || hash === undefined) {
        return undefined;
      }
      await insertSession(tx, {
        hash,
        personId,
        createdAt: now,
        expiresAt: new Date(now.getTime() + SESSION_SECONDS * 1000),
      });
      await this.recorder.record(tx, { at: now, act: 'opened', personId, name: person.displayName, traceId });
      return { kind: 'signed-in', token, viewer: { tenantId, ...person, permissions: permissionsOf(person.roles) } };
    });
  }
}
