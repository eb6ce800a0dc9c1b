import { readdirSync, readFileSync } from 'node:fs';
import type { MappingPack } from './mapping-pack.js';
import { readPack } from './read-pack.js';

// Relative to the package, so that it is found from the sources and from the build alike.
const PACK_FOLDER = new URL('../../packs/', import.meta.url);

/** Text of every shipped pack by file name, for the mapping bench. */
export function shippedPackTexts(): { name: string; yaml: string }[] {
  const files = readdirSync(PACK_FOLDER).filter((name) => name.endsWith('.yaml'));
  return files
    .sort()
    .map((name) => ({ name: name.replace(/\.yaml$/, ''), yaml: readFileSync(new URL(name, PACK_FOLDER), 'utf8') }));
}

/** Every shipped pack. Call once at start. Throws PackError. */
export function loadShippedPacks(): MappingPack[] {
  return shippedPackTexts().map(({ name, yaml }) => readPack(yaml, `${name}.yaml`));
}
