import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from '@throughline/observability';
import {
  GraphQLError,
  OperationTypeNode,
  createSourceEventStream,
  execute,
  getOperationAST,
  parse,
  validate,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import type { Context } from 'graphql-ws';
import { useServer, type Extra } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { CodedError } from './coded-error.js';
import { eachEvent } from './each-event.js';
import type { ClosableOperation, OperationContext } from './operation.js';
import { MAX_TOKENS, enforceQueryLimits, usesIntrospection } from './query-limits.js';
import { formatError, logErrors } from './report-error.js';

const MAX_MESSAGE_BYTES = 256 * 1024;
const MAX_SUBSCRIPTIONS_PER_SOCKET = 50;
/** Close code that clients take as "try again later". */
const TRY_AGAIN_LATER = 1013;

type Headers = { authorization?: string | undefined; cookie?: string | undefined };
type Connection = Context<Record<string, unknown> | undefined, Extra & Partial<Record<PropertyKey, never>>>;

/** What the subscription server needs from the rest of the process. */
export type SubscriptionDependencies = {
  server: Server;
  schema: GraphQLSchema;
  log: Logger;
  isDemo: boolean;
  openOperation(headers: Headers): Promise<ClosableOperation>;
};

/** Serves graphql-ws on `/graphql` of the HTTP server; answers how to stop. */
export function startSubscriptionServer(dependencies: SubscriptionDependencies): () => Promise<void> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  const operations = new SubscriptionOperations(dependencies);
  const served = useServer(
    {
      onConnect: (context) => operations.admit(context),
      onSubscribe: (context, _id, payload) => operations.prepare(context, payload),
      execute: (args) => operations.executeOnce(args as ExecutionArgs),
      subscribe: (args) => operations.subscribe(args as ExecutionArgs),
    },
    sockets,
  );
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.url?.split('?', 1)[0] !== '/graphql' || !isSameOrigin(request)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => sockets.emit('connection', webSocket, request));
  };
  dependencies.server.on('upgrade', onUpgrade);
  return async () => {
    dependencies.server.off('upgrade', onUpgrade);
    await served.dispose();
  };
}

/** Browsers name the page's origin on a WebSocket and let every page open one: only our own may. */
function isSameOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

function headersOf(context: Connection): Headers {
  const { authorization } = context.connectionParams ?? {};
  const { headers } = context.extra.request;
  return {
    authorization: typeof authorization === 'string' ? authorization : headers.authorization,
    cookie: headers.cookie,
  };
}

class SubscriptionOperations {
  constructor(private readonly dependencies: SubscriptionDependencies) {}

  /** Whether somebody is signed in; a database that is away is no refusal. */
  async admit(context: Connection): Promise<boolean> {
    const operation = await this.dependencies.openOperation(headersOf(context));
    try {
      return operation.viewerIfAny !== undefined;
    } catch (error) {
      this.report([asGraphqlError(error)], operation, 'connection');
      context.extra.socket.close(TRY_AGAIN_LATER, 'Try again later');
      return false;
    }
  }

  /** Checks a request as HTTP does; its context carries the headers, each run opens its own operation. */
  prepare(
    context: Connection,
    payload: {
      query: string;
      variables?: Record<string, unknown> | null | undefined;
      operationName?: string | null | undefined;
    },
  ): ExecutionArgs | readonly GraphQLError[] {
    const { schema } = this.dependencies;
    try {
      if (Object.keys(context.subscriptions).length > MAX_SUBSCRIPTIONS_PER_SOCKET) {
        throw new CodedError(
          'RATE_LIMITED',
          `One connection carries at most ${MAX_SUBSCRIPTIONS_PER_SOCKET} subscriptions`,
        );
      }
      const document = parse(payload.query, { maxTokens: MAX_TOKENS });
      const faults = validate(schema, document);
      const operation = getOperationAST(document, payload.operationName);
      if (faults.length > 0 || !operation) {
        return this.formatted(
          faults.length > 0 ? faults : [new GraphQLError('The document has no such operation')],
          'GRAPHQL_VALIDATION_FAILED',
        );
      }
      if (operation.operation === OperationTypeNode.MUTATION) {
        throw new CodedError('INVALID_QUERY', 'Mutations go over HTTP');
      }
      if (usesIntrospection(document)) {
        throw new CodedError('INVALID_QUERY', 'The schema is read over HTTP');
      }
      const variableValues = payload.variables ?? {};
      enforceQueryLimits(schema, document, operation, variableValues);
      return {
        schema,
        document,
        operationName: payload.operationName ?? null,
        variableValues,
        contextValue: headersOf(context),
      };
    } catch (error) {
      const isSyntax = error instanceof GraphQLError;
      return this.formatted([asGraphqlError(error)], isSyntax ? 'GRAPHQL_PARSE_FAILED' : undefined);
    }
  }

  executeOnce(args: ExecutionArgs): Promise<ExecutionResult> {
    return this.run(args, async (contextValue) => execute({ ...args, contextValue }));
  }

  /**
   * The source of events is opened once; each event is executed in an operation of its own, authenticated afresh, so that
   * it reads the state of its time and ends with its session.
   */
  async subscribe(args: ExecutionArgs): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
    const events: { source?: AsyncIterable<unknown> } = {};
    const refusal = await this.run(args, async (contextValue) => {
      const opened = await createSourceEventStream({ ...args, contextValue });
      if (Symbol.asyncIterator in opened) {
        events.source = opened;
        return {};
      }
      return opened;
    });
    return events.source === undefined
      ? refusal
      : eachEvent(events.source, (rootValue) =>
          this.run(args, async (contextValue) => execute({ ...args, rootValue, contextValue })),
        );
  }

  private async run(
    args: ExecutionArgs,
    work: (context: OperationContext) => Promise<ExecutionResult>,
  ): Promise<ExecutionResult> {
    const operation = await this.dependencies.openOperation(args.contextValue as Headers);
    try {
      const result = await work({ operation, reply: undefined, token: undefined, clientAddress: '' });
      if (result.errors === undefined) {
        return result;
      }
      this.report(result.errors, operation, args.operationName ?? undefined);
      return { ...result, errors: this.formatted(result.errors) };
    } finally {
      await operation.close();
    }
  }

  private report(errors: readonly GraphQLError[], operation: ClosableOperation, name: string | undefined): void {
    logErrors(this.dependencies.log, errors, { traceId: operation.traceId, name });
  }

  /** Errors as they are sent, as over HTTP. */
  private formatted(errors: readonly GraphQLError[], code?: string): GraphQLError[] {
    return errors.map((error) => {
      const plain = error.toJSON();
      const { message, extensions } = formatError(
        code === undefined ? plain : { ...plain, extensions: { ...plain.extensions, code } },
        error,
      );
      return new GraphQLError(message, {
        nodes: error.nodes ?? null,
        source: error.source ?? null,
        positions: error.positions ?? null,
        path: error.path ?? null,
        originalError: error.originalError ?? null,
        extensions: extensions ?? {},
      });
    });
  }
}

function asGraphqlError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) {
    return error;
  }
  const originalError = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(originalError.message, { originalError });
}
