import type { QueryRunner } from 'typeorm';
import { migrations } from '../migrations/index.js';

/** The SQL that the migrations would run: a template database made from other SQL must not be used again. */
export async function migrationText(): Promise<string> {
  const statements: string[] = [];
  const recorder = {
    query: (sql: string): Promise<unknown[]> => {
      statements.push(sql);
      return Promise.resolve([]);
    },
  } as unknown as QueryRunner;
  for (const Migration of migrations) await new Migration().up(recorder);
  return statements.join('\n');
}
