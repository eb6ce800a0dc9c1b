import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { Tx } from '@throughline/persistence';
import DataLoader from 'dataloader';
import type { FastifyReply } from 'fastify';
import { CodedError } from './coded-error.js';
import type { DatabaseGate } from './database-gate.js';
import type { Viewer } from './viewer.js';

/** One GraphQL operation: who asks, and one read transaction, opened lazily and closed when the response is sent. */
export type Operation = {
  /** Throws UNAUTHENTICATED when nobody is signed in. */
  readonly viewer: Viewer;
  read(): Promise<Tx>;
  /** Commits on its own; after it `read()` opens a fresh transaction and loaders start empty, so that fields see the change. */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Gives the connection back before something that takes long; `read()` opens a fresh transaction after it. */
  release(): Promise<void>;
  /** Batched loading by key within the operation; the batch answers in the order of the keys. */
  loader<K, V>(name: string, batch: (tx: Tx, keys: readonly K[]) => Promise<(V | null)[]>): DataLoader<K, V | null>;
  now(): Date;
  /** Lower-case hex; undefined when the request is not traced. */
  readonly traceId: string | undefined;
};

/** Outcome of authentication: a viewer, nobody, or why it could not be told. */
export type Authentication = { viewer: Viewer } | { failure: Error } | null;

/** What every resolver's GraphQL context holds. */
export type OperationContext = {
  operation: ClosableOperation;
  /** Sets and clears the session cookie; absent over WebSocket. */
  reply: FastifyReply | undefined;
  /** Session token that the request carried. */
  token: string | undefined;
  clientAddress: string;
};

/** The implementation behind Operation; the shell closes it. */
export class ClosableOperation implements Operation {
  private reading: Promise<{ tx: Tx; close(): Promise<void> }> | undefined;
  private readonly loaders = new Map<string, DataLoader<unknown, unknown>>();
  private isClosed = false;

  constructor(
    private readonly gate: DatabaseGate,
    private authentication: Authentication,
    private readonly clock: () => Date,
    readonly traceId: string | undefined,
  ) {}

  get viewer(): Viewer {
    if (this.authentication === null) {
      throw new CodedError('UNAUTHENTICATED', 'Sign in first');
    }
    if ('failure' in this.authentication) {
      throw this.authentication.failure;
    }
    return this.authentication.viewer;
  }

  /** The viewer, or undefined when nobody is signed in. Failures of the look-up still throw. */
  get viewerIfAny(): Viewer | undefined {
    return this.authentication === null ? undefined : this.viewer;
  }

  /** From here on the operation is this viewer's: the fields of a successful sign-in are read as the person signed in. */
  async become(viewer: Viewer): Promise<void> {
    await this.endReading();
    this.authentication = { viewer };
  }

  async read(): Promise<Tx> {
    if (this.isClosed) {
      throw new Error('the operation has ended: no reading after the response');
    }
    this.reading ??= this.gate.get().openReadTransaction(this.viewer.tenantId);
    return (await this.reading).tx;
  }

  async write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const { tenantId } = this.viewer;
    // the read transaction ends first: holding its connection while waiting for another one can exhaust the pool
    await this.endReading();
    return this.gate.get().withTenant(tenantId, work);
  }

  async release(): Promise<void> {
    await this.endReading();
  }

  loader<K, V>(name: string, batch: (tx: Tx, keys: readonly K[]) => Promise<(V | null)[]>): DataLoader<K, V | null> {
    const existing = this.loaders.get(name);
    if (existing !== undefined) {
      return existing as unknown as DataLoader<K, V | null>;
    }
    const created = new DataLoader<K, V | null>(async (keys) => batch(await this.read(), keys));
    this.loaders.set(name, created as unknown as DataLoader<unknown, unknown>);
    return created;
  }

  now(): Date {
    return this.clock();
  }

  /** Ends the read transaction; idempotent. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.endReading();
  }

  private async endReading(): Promise<void> {
    const reading = this.reading;
    this.reading = undefined;
    this.loaders.clear();
    // an opening that failed was already reported to whoever asked for it
    const opened = await reading?.catch(() => undefined);
    await opened?.close();
  }
}

/** Resolver parameter: the operation that the method runs in. */
export const CurrentOperation = createParamDecorator(
  (_unused: unknown, context: ExecutionContext): Operation =>
    GqlExecutionContext.create(context).getContext<OperationContext>().operation,
);
