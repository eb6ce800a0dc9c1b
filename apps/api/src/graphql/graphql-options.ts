import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import type { Logger } from '@throughline/observability';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createOperationPlugin } from './operation.plugin.js';
import type { ClosableOperation, OperationContext } from './operation.js';
import { MAX_TOKENS } from './query-limits.js';
import { formatError } from './report-error.js';

/** What the GraphQL server needs from the rest of the process. */
export type GraphqlDependencies = {
  log: Logger;
  isDemo: boolean;
  openOperation(headers: FastifyRequest['headers']): Promise<ClosableOperation>;
  tokenOf(headers: FastifyRequest['headers']): string | undefined;
};

/** Options of the GraphQL server over HTTP; subscriptions have a server of their own. */
export function graphqlOptions({ log, isDemo, openOperation, tokenOf }: GraphqlDependencies): ApolloDriverConfig {
  return {
    driver: ApolloDriver,
    path: '/graphql',
    autoSchemaFile: true,
    sortSchema: true,
    // pages of their own that would load from a CDN
    graphiql: false,
    playground: false,
    // who may read the schema is decided per request, by the plugin
    introspection: true,
    hideSchemaDetailsFromClientErrors: !isDemo,
    csrfPrevention: true,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    autoTransformHttpErrors: false,
    // fields cross modules, and each module's permission holds for its own
    fieldResolverEnhancers: ['guards'],
    parseOptions: { maxTokens: MAX_TOKENS },
    formatError,
    plugins: [createOperationPlugin(log, isDemo)],
    context: async (request: FastifyRequest, reply: FastifyReply): Promise<OperationContext> => ({
      operation: await openOperation(request.headers),
      reply,
      token: tokenOf(request.headers),
      clientAddress: request.ip,
    }),
  };
}
