import type { ApolloServerPlugin } from '@apollo/server';
import type { Logger } from '@throughline/observability';
import type { GraphQLFormattedError } from 'graphql';
import { CodedError } from './coded-error.js';
import type { OperationContext } from './operation.js';
import { enforceQueryLimits, usesIntrospection } from './query-limits.js';
import { logErrors } from './report-error.js';

/** Bounds each operation before it runs, reports its errors once, and ends its read transaction when the answer is ready. */
export function createOperationPlugin(log: Logger, isIntrospectionOpen: boolean): ApolloServerPlugin<OperationContext> {
  return {
    async requestDidStart({ contextValue }) {
      return {
        async didResolveOperation({ schema, document, operation, request, contextValue: { operation: current } }) {
          if (operation !== undefined) {
            enforceQueryLimits(schema, document, operation, request.variables ?? {});
          }
          if (!isIntrospectionOpen && usesIntrospection(document) && current.viewerIfAny === undefined) {
            throw new CodedError('UNAUTHENTICATED', 'Sign in to read the schema');
          }
        },
        async didEncounterErrors({ errors, operationName }) {
          logErrors(log, errors, { traceId: contextValue.operation.traceId, name: operationName ?? undefined });
        },
        async willSendResponse({ response }) {
          await contextValue.operation.close();
          if (response.http.status === 500 && response.body.kind === 'single') {
            response.http.status = refusalStatus(response.body.singleResult.errors ?? []);
          }
        },
      };
    },
  };
}

/** An operation that was refused before it ran is the caller's fault; the server would answer 500 to any of them. */
function refusalStatus(errors: readonly GraphQLFormattedError[]): number {
  const codes = errors.map((error) => error.extensions?.['code']);
  if (codes.length === 0 || codes.includes('INTERNAL')) return 500;
  return codes.includes('UNAVAILABLE') ? 503 : 400;
}
