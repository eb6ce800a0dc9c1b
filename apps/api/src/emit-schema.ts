import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { createLogger } from '@throughline/observability';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { AppModule } from './app.module.js';
import { parseConfig } from './config.js';
import { ChangeFeed } from './graphql/change-feed.js';
import { DatabaseGate } from './graphql/database-gate.js';

/** The sorted SDL of the code-first schema. Needs no database: nothing is asked while the schema is built. */
export async function emitSchema(): Promise<string> {
  const config = parseConfig({
    DATABASE_URL: 'postgres://nobody@localhost/nowhere',
    THROUGHLINE_SECRET_KEY: Buffer.alloc(32).toString('base64'),
  });
  const unasked = () => Promise.reject(new Error('the schema is built without a database'));
  const log = createLogger({ service: 'print-schema', level: 'error' });
  const app = await NestFactory.createApplicationContext(
    AppModule.of({
      config,
      gate: new DatabaseGate(unasked),
      feed: new ChangeFeed(),
      graphql: { log, isDemo: false, openOperation: unasked, tokenOf: () => undefined },
    }),
    { logger: false, abortOnError: false },
  );
  const { schema } = app.get(GraphQLSchemaHost);
  const text = `${printSchema(lexicographicSortSchema(schema))}\n`;
  await app.close();
  return text;
}
