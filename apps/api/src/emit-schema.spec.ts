import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { emitSchema } from './emit-schema.js';

const COMMITTED = fileURLToPath(new URL('../../../libs/contracts/schema.graphql', import.meta.url));

/** The fields that outsiders read, as the public contract lists them: each must be asked for just like this. */
const READ_OUTSIDE = parse(`query ($id: ID!) {
  exceptions(first: 1, after: null, filter: { states: [RESOLVED] }, orderBy: OPENED_DESC) {
    totalCount totalCountIsEstimate pageInfo { hasNextPage endCursor }
    edges { cursor node {
      id state title taxonomy businessObject { type key } legalEntity moneyAtRisk { amount currency } openedAt occurrences
      resolution
    } }
  }
  transactions(first: 1, after: null) { edges { node {
    id workflow state anchor { type key } milestones { name object { type key } reachedAt dueAt state }
    objects { id type key isHub }
  } } }
  businessObject(id: $id) { id type key aliases { system kind value } }
  lineage(objectId: $id, direction: UPSTREAM, depth: 3) { nodes { id type key } edges { from to qualifier } }
  search(text: "x") { edges { node { ... on BusinessObject { id } } } }
}`);

describe('the GraphQL contract', () => {
  it('is what the code emits (npm run generate writes it)', async () => {
    expect(await emitSchema()).toBe(await readFile(COMMITTED, 'utf8'));
  });

  it('has the fields that outsiders read', async () => {
    expect(validate(buildSchema(await emitSchema()), READ_OUTSIDE)).toEqual([]);
  });
});
