import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isActivityType } from '@throughline/canonical';
import { FIXTURES, fixturesOf, goldenPathOf, runAsCloudEvent, runFixture } from '../testing/pack-fixtures.js';
import { compilePack } from './compiled-pack.js';
import { loadShippedPacks } from './shipped-packs.js';

/** UPDATE_GOLDEN=1 rewrites the golden files: read the difference before you commit it. */
const isUpdating = process.env['UPDATE_GOLDEN'] === '1';
/** PACKS=salesforce,netsuite limits the run while you write one. */
const chosen = process.env['PACKS']?.split(',');

const packs = loadShippedPacks()
  .filter(({ name }) => chosen?.includes(name) ?? true)
  .map((pack) => ({ name: pack.name, compiled: compilePack(pack), fixtures: fixturesOf(pack.name) }));

const provenance = readFileSync(join(FIXTURES, 'PROVENANCE.md'), 'utf8');

const DISTORTIONS = [
  function numbersAsTexts(value: unknown) {
    return typeof value === 'number' ? String(value) : value;
  },
  function digitsAsNumbers(value: unknown) {
    return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  },
  function everySecondAbsent(value: unknown, position: number) {
    return position % 2 === 0 ? null : value;
  },
  function textsAsNumbers(value: unknown, position: number) {
    return typeof value === 'string' && position % 3 === 0 ? position : value;
  },
];

/** The value with its scalars changed, each by its position among them. */
function distorted(value: unknown, change: (scalar: unknown, position: number) => unknown): unknown {
  let position = 0;
  return JSON.parse(JSON.stringify(value), (_name, member: unknown) =>
    typeof member === 'object' && member !== null ? member : change(member, position++),
  ) as unknown;
}

describe.each(packs)('pack $name', ({ compiled, fixtures }) => {
  it('has fixtures, each with a line in PROVENANCE.md', () => {
    expect(fixtures.length).toBeGreaterThan(0);
    const unnamed = fixtures
      .map(({ path }) => path)
      .filter((path) => !provenance.includes(`\`${path}\``) && !provenance.includes(`\`${dirname(path)}/*\``));
    expect(unnamed).toEqual([]);
  });

  it.each(fixtures)('makes of $path what its golden file says', async (fixture) => {
    const outcomes = await runFixture(compiled, fixture);
    const path = goldenPathOf(fixture);
    if (isUpdating) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${JSON.stringify(outcomes, null, 2)}\n`);
    }
    expect(outcomes).toEqual(JSON.parse(readFileSync(path, 'utf8')));
    // What is meant to stay unmapped says so in its name.
    const isMeantUnmapped = basename(fixture.path).startsWith('unmapped-');
    expect(outcomes.some((outcome) => outcome.unmapped !== undefined)).toBe(isMeantUnmapped);
  });

  it('makes the same activities of a CloudEvent at the events route and at the webhook route', async () => {
    for (const fixture of fixtures) {
      const asEvent = await runAsCloudEvent(compiled, fixture);
      if (asEvent === undefined) continue;
      const [asWebhook] = await runFixture(compiled, fixture);
      const { rule, type, activities, ignored, unmapped } = asWebhook!;
      expect({ path: fixture.path, ...asEvent }).toMatchObject({
        path: fixture.path,
        ...{ rule, type },
        ...(activities !== undefined && { activities }),
        ...(ignored !== undefined && { ignored }),
        ...(unmapped !== undefined && { unmapped }),
      });
    }
  });

  it('has no two fixtures that would be one message to the intake', async () => {
    const identities = (await Promise.all(fixtures.map((fixture) => runFixture(compiled, fixture))))
      .flat()
      .map(({ identity }) => identity);
    expect(identities.filter((identity, index) => identities.indexOf(identity) !== index)).toEqual([]);
  });

  it('has every rule used by a fixture', async () => {
    const outcomes = (await Promise.all(fixtures.map((fixture) => runFixture(compiled, fixture)))).flat();
    const used = new Set(outcomes.map(({ rule }) => rule));
    expect(compiled.rules.map(({ name }) => name).filter((name) => !used.has(name))).toEqual([]);
  });

  it('makes the same of the same, and names activities <object-type>.<past participle>', async () => {
    for (const fixture of fixtures) {
      const [once, again] = [await runFixture(compiled, fixture), await runFixture(compiled, fixture)];
      expect(again).toEqual(once);
      for (const { type } of once.flatMap(({ activities }) => (activities ?? []) as { type: string }[])) {
        expect(isActivityType(type)).toBe(true);
      }
    }
  });

  it('reads members of another type than expected: whatever is made of them, no expression fails', async () => {
    for (const fixture of fixtures.filter(({ contentType }) => contentType === 'application/json')) {
      const record = JSON.parse(Buffer.from(fixture.body).toString('utf8')) as unknown;
      for (const change of DISTORTIONS) {
        const body = Buffer.from(JSON.stringify(distorted(record, change)));
        const faults = (await runFixture(compiled, { ...fixture, body }))
          .map(({ unmapped }) => unmapped as { code: string; reason: string } | undefined)
          // What a rule made and was refused names the rule; what failed in an expression names a place in it.
          .filter((unmapped) => unmapped?.code === 'invalid-output' && !unmapped.reason.startsWith('rule '));
        expect({ path: fixture.path, change: change.name, faults }).toMatchObject({ faults: [] });
      }
    }
  });

  it('keeps no golden file of a fixture that is gone', () => {
    const wanted = new Set(fixtures.map(goldenPathOf));
    const folders = new Set(fixtures.map(({ folder }) => join(FIXTURES, folder, 'golden')));
    const kept = [...folders].flatMap((folder) =>
      existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [],
    );
    expect(kept.filter((path) => !wanted.has(path))).toEqual([]);
  });
});
