import { compilePack, PackError, readPack, type MappingPack } from '@throughline/ingest';

/** Longest definition, in characters. */
export const LONGEST_DEFINITION = 200_000;

// A key at the very beginning of a line is one of the definition's own: block texts are indented.
const VERSION_LINE = /^version:[ \t]*\d+[ \t]*(?=#|\r?$)/m;

/** A definition with its number, ready to be stored, or everything that is wrong with it. */
export type CheckedDefinition = { ok: true; definition: string; pack: MappingPack } | { ok: false; problems: string[] };

/** Reads and compiles a definition under a version number. */
export function checkDefinition(text: string, expected: { name: string; version: number }): CheckedDefinition {
  if (text.length > LONGEST_DEFINITION)
    return { ok: false, problems: [`definition: is longer than ${LONGEST_DEFINITION} characters`] };
  const definition = text.replace(VERSION_LINE, `version: ${expected.version}`);
  try {
    const pack = readPack(definition, expected.name);
    const problems: string[] = [];
    if (pack.name !== expected.name)
      problems.push(`name: is ${JSON.stringify(pack.name)}, must be ${JSON.stringify(expected.name)}`);
    if (pack.version !== expected.version)
      problems.push(`version: is ${pack.version}, must be ${expected.version} on a line of its own`);
    compilePack(pack);
    return problems.length === 0 ? { ok: true, definition, pack } : { ok: false, problems };
  } catch (error) {
    if (error instanceof PackError) return { ok: false, problems: [...error.problems] };
    throw error;
  }
}
