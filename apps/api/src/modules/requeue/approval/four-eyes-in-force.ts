import type { Tx } from '@throughline/persistence';
import { readFourEyes, type FourEyes, type ReadFourEyes } from './domain/read-four-eyes.js';
import { findActiveVersion } from './four-eyes-version.repository.js';
import { FOUR_EYES, SHIPPED_FOUR_EYES } from './shipped-four-eyes.js';

/** Who approves what now. */
export type FourEyesInForce = { fourEyes: FourEyes; definition: string; isShipped: boolean };

let shipped: FourEyes | undefined;

/** The shipped definition; throws when it cannot be read, which the module proves at start. */
export function shippedFourEyes(): FourEyes {
  if (shipped === undefined) {
    const read = readFourEyes(SHIPPED_FOUR_EYES);
    if (!read.ok) throw new Error(`the shipped four-eyes rules cannot be read: ${read.problems.join('; ')}`);
    shipped = read.fourEyes;
  }
  return shipped;
}

// A key at the very beginning of a line is one of the definition's own.
const VERSION_LINE = /^version:[ \t]*\d+[ \t]*(?=#|\r?$)/m;

/** Reads a definition under its number: ready to be stored, or everything that is wrong with it. */
export function checkFourEyes(text: string, version: number): ReadFourEyes & { definition: string } {
  const definition = text.replace(VERSION_LINE, `version: ${version}`);
  const read = readFourEyes(definition);
  if (!read.ok || read.fourEyes.version === version) return { ...read, definition };
  return { ok: false, problems: [`version: must be ${version} on a line of its own`], definition };
}

/**
 * The tenant's own definition, else the shipped one. One that this version of the program cannot read any more must not let anything
 * through: the shipped one counts, and its page says so.
 */
export async function fourEyesInForce(tx: Tx): Promise<FourEyesInForce> {
  const row = await findActiveVersion(tx, FOUR_EYES);
  const checked = row === null ? null : checkFourEyes(row.definition, row.version);
  return row !== null && checked?.ok === true
    ? { fourEyes: checked.fourEyes, definition: row.definition, isShipped: false }
    : { fourEyes: shippedFourEyes(), definition: SHIPPED_FOUR_EYES, isShipped: true };
}
