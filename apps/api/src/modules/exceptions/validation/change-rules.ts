import { createHash } from 'node:crypto';
import type { Tx } from '@throughline/persistence';
import {
  type CatalogAct,
  type CatalogFailure,
  invalidIf,
  isFailure,
  recordAct,
  refuse,
  textProblems,
} from '../../catalog/index.js';
import { beginSweep } from './mark.repository.js';
import { checkRule, shippedRules } from './rules-in-force.js';
import {
  activateVersion,
  addVersion,
  draftOf,
  lockVersions,
  retirableOf,
  retireVersion,
} from './rule-version.repository.js';

/** Most versions of one rule that a tenant may keep, and most rules of its own. */
const MOST_VERSIONS = 500;
const NAME = /^[a-z][a-z0-9-]{0,79}$/;

/** Stores a changed definition as the next version, a draft until another person puts it in force. */
export async function saveRule(
  tx: Tx,
  act: CatalogAct,
  input: { name: string; definition: string; note: string },
): Promise<{ name: string } | CatalogFailure> {
  const { name, note } = input;
  const invalid = invalidIf(
    [
      ...(NAME.test(name) ? [] : ['name: must be in kebab-case, 80 characters at most']),
      ...textProblems('note', note, { max: 1_000 }),
    ],
    'The version',
  );
  if (invalid !== undefined) return invalid;
  const versions = await lockVersions(tx, name);
  if (versions.length >= MOST_VERSIONS)
    return refuse('CONFLICT', `A rule has at most ${MOST_VERSIONS} versions of a tenant's own`);
  const version = Math.max(shippedRules().get(name)?.rule.version ?? 0, versions[0]?.version ?? 0) + 1;
  const checked = checkRule(input.definition, { name, version });
  if (!checked.ok) return refuse('INVALID', 'The rule cannot be taken as it is', checked.problems);
  const { definition } = checked;
  await addVersion(tx, {
    name,
    version,
    definition,
    note: note.trim(),
    createdById: act.viewer.personId,
    createdAt: act.now,
  });
  await record(tx, act, 'saved', name, {
    before: { version: versions[0]?.version ?? shippedRules().get(name)?.rule.version ?? null },
    after: { version, state: 'draft', sha256: createHash('sha256').update(definition).digest('hex') },
    note: note.trim(),
  });
  return { name };
}

/** Puts a draft in force, by another person than its maker, and has all that is stored checked. */
export async function approveRule(
  tx: Tx,
  act: CatalogAct,
  { name, version }: { name: string; version: number },
): Promise<{ name: string } | CatalogFailure> {
  const versions = await lockVersions(tx, name);
  const found = draftOf(versions, { version, personId: act.viewer.personId });
  if (isFailure(found)) return found;
  const { draft } = found;
  // the product may have changed since the draft was made
  const checked = checkRule(draft.definition, { name, version });
  if (!checked.ok) return refuse('INVALID', 'The rule cannot be put in force any more', checked.problems);
  const before =
    versions.find((row) => row.state === 'active')?.version ?? shippedRules().get(name)?.rule.version ?? null;
  await activateVersion(tx, { name, version, approvedById: act.viewer.personId, at: act.now });
  await beginSweep(tx, name, checked.rule.severity === 'off' ? [] : checked.rule.about);
  await record(tx, act, 'approved', name, {
    before: { activeVersion: before },
    after: { activeVersion: version },
    makerId: draft.createdById,
  });
  return { name };
}

/** Takes a version out of force: the one before it counts again, or the shipped one, or none. A draft is thrown away. */
export async function retireRule(
  tx: Tx,
  act: CatalogAct,
  { name, version }: { name: string; version: number },
): Promise<{ name: string } | CatalogFailure> {
  const versions = await lockVersions(tx, name);
  const found = retirableOf(versions, version);
  if (isFailure(found)) return found;
  const { row } = found;
  const shipped = shippedRules().get(name);
  const restored = await retireVersion(tx, name, version);
  if (row.state === 'active') {
    const next = versions.find((one) => one.version === restored);
    const checked = next === undefined ? undefined : checkRule(next.definition, { name, version: next.version });
    const counting = checked?.ok === true ? checked.rule : shipped?.rule;
    await beginSweep(tx, name, counting === undefined || counting.severity === 'off' ? [] : counting.about);
  }
  await record(tx, act, 'retired', name, { before: { version, state: row.state }, after: { state: 'retired' } });
  return { name };
}

/** Has all that is stored checked against the rule in force. */
export async function recheckRule(
  tx: Tx,
  act: CatalogAct,
  { name, types }: { name: string; types: readonly string[] },
): Promise<{ name: string }> {
  await beginSweep(tx, name, types);
  await record(tx, act, 'rechecked', name, { types });
  return { name };
}

function record(tx: Tx, act: CatalogAct, what: string, name: string, details: Record<string, unknown>): Promise<void> {
  return recordAct(tx, act, `validation-rule.${what}`, { type: 'validation-rule', id: name }, details);
}
