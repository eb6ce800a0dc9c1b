import { fileURLToPath } from 'node:url';

/** Absolute path of the committed, sorted GraphQL schema (SDL). */
export const SCHEMA_PATH = fileURLToPath(new URL('../schema.graphql', import.meta.url));
