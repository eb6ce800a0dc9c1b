import type { ApolloServerPlugin } from '@apollo/server';
import type { Logger } from '@throughline/observability';
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
        async willSendResponse() {
          await contextValue.operation.close();
        },
      };
    },
  };
}
