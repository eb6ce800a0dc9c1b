import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { emitSchema } from './emit-schema.js';

const COMMITTED = fileURLToPath(new URL('../../../libs/contracts/schema.graphql', import.meta.url));

describe('the GraphQL contract', () => {
  it('is what the code emits (npm run generate writes it)', async () => {
    expect(await emitSchema()).toBe(await readFile(COMMITTED, 'utf8'));
  });
});
