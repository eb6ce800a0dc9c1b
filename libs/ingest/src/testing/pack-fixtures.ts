import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Activity, SignalReference } from '@throughline/canonical';
import type { CloudEventAttribute } from '../cloudevents/cloud-event.js';
import { readEvents } from '../cloudevents/read-events.js';
import type { MappedSignal } from '../mapping/mapped-signal.js';
import type { StoredSignal } from '../mapping/stored-signal.js';
import type { CompiledPack } from '../packs/compiled-pack.js';
import { payloadFormatOf } from '../packs/decode-payload.js';
import { identifyRecords } from '../packs/identify-records.js';
import { runPack } from '../packs/run-pack.js';

/** `libs/ingest/fixtures/`. */
export const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url));

/** Fixture folders of packs whose folder has not the pack's own name. */
const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  'sap-integration': ['middleware-sap-cpi'],
  kyriba: ['treasury-kyriba'],
  avalara: ['tax-avalara'],
  servicenow: ['compliance-servicenow'],
  anaplan: ['fpa-anaplan'],
  adaptive: ['fpa-adaptive'],
  pigment: ['fpa-pigment'],
  mulesoft: ['middleware-mulesoft'],
  workato: ['middleware-workato'],
  boomi: ['middleware-boomi'],
  celigo: ['middleware-celigo'],
  'logic-apps': ['middleware-azure-logic-apps'],
  'step-functions': ['middleware-aws-step-functions'],
};

/** Not fixtures: what they should become, and the facts of their requests. */
const GOLDEN_FOLDER = 'golden';
const REQUEST_SUFFIX = '.request.json';
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.xml': 'text/xml',
  '.txt': 'application/x-www-form-urlencoded',
};

const REFERENCE: SignalReference = {
  kind: 'webhook',
  receivedOn: '2026-09-30',
  signalId: '00000000-0000-8000-8000-000000000001',
};
const RECEIVED_AT = '2026-09-30T12:00:00.000Z';

/** One file of a pack: the body of a request to the webhook route. */
export type PackFixture = {
  /** Path below the fixture folders, e.g. "salesforce/constructed/cdc-gap.json". */
  path: string;
  folder: string;
  body: Uint8Array;
  contentType: string;
  /** From `<file>.request.json` beside it: what of the request the mapping sees. */
  attributes: Record<string, CloudEventAttribute>;
};

/** One record of a fixture and what it became, as it is compared with the golden file. */
export type FixtureOutcome = {
  identity: string;
  type: string;
  occurredAt: string | null;
  rule: string;
  ignored?: string;
  unmapped?: object;
  activities?: object[];
};

/** The fixtures of a pack, its own and the constructed ones. */
export function fixturesOf(pack: string): PackFixture[] {
  return (FOLDERS[pack] ?? [pack]).flatMap((folder) => filesIn(folder).map((path) => readFixture(folder, path)));
}

/** Where what a fixture should become is kept. */
export function goldenPathOf(fixture: PackFixture): string {
  const inside = fixture.path.slice(fixture.folder.length + 1).replaceAll('/', '--');
  return join(FIXTURES, fixture.folder, GOLDEN_FOLDER, `${inside}.golden.json`);
}

/** Runs a fixture the way a webhook request goes: cut into records, identified, each mapped. */
export async function runFixture(compiled: CompiledPack, fixture: PackFixture): Promise<FixtureOutcome[]> {
  const kind = compiled.pack.sourceKinds[0] ?? compiled.pack.name;
  const format = payloadFormatOf(fixture.contentType);
  const records = await identifyRecords(compiled, {
    body: fixture.body,
    ...(format !== undefined && { format }),
    source: { name: kind, kind },
    attributes: fixture.attributes,
  });
  const outcomes: FixtureOutcome[] = [];
  for (const record of records) {
    const signal: StoredSignal = {
      kind: 'webhook',
      scopedKey: `wh:${kind}:${record.identity}`,
      sourceSystem: kind,
      sourceKind: kind,
      type: record.type,
      source: kind,
      externalId: record.identity,
      occurredAt: record.occurredAt,
      receivedAt: RECEIVED_AT,
      attributes: fixture.attributes,
      contentType: record.contentType,
      body: record.body,
    };
    const { identity, type, occurredAt } = record;
    outcomes.push({ identity, type, occurredAt, ...shown(await runPack(compiled, signal, REFERENCE)) });
  }
  return outcomes;
}

/** The activities of a CloudEvents fixture when it comes to the events route instead; undefined when it is none. */
export async function runAsCloudEvent(
  compiled: CompiledPack,
  fixture: PackFixture,
): Promise<FixtureOutcome | undefined> {
  if (fixture.contentType !== MEDIA_TYPES['.json'] || !Buffer.from(fixture.body).includes('"specversion"')) {
    return undefined;
  }
  const { events } = readEvents({ 'content-type': 'application/cloudevents+json' }, Buffer.from(fixture.body));
  const event = events[0]?.event;
  if (event === undefined) return undefined;
  const kind = compiled.pack.sourceKinds[0] ?? compiled.pack.name;
  const mapped = await runPack(
    compiled,
    {
      kind: 'cloud-event',
      scopedKey: `ce:${kind}:${event.source}:${event.id}`,
      sourceSystem: kind,
      sourceKind: kind,
      type: event.type,
      source: event.source,
      externalId: event.id,
      occurredAt: event.time === undefined ? null : new Date(event.time).toISOString(),
      receivedAt: RECEIVED_AT,
      attributes: event.attributes,
      contentType: event.dataContentType ?? null,
      body: event.body,
    },
    REFERENCE,
  );
  return { identity: '', type: event.type, occurredAt: null, ...shown(mapped) };
}

function shown(mapped: MappedSignal): Pick<FixtureOutcome, 'rule' | 'ignored' | 'unmapped' | 'activities'> {
  if (mapped.outcome === 'ignored') return { rule: mapped.mapping.rule, ignored: mapped.reason };
  if (mapped.outcome === 'unmapped') {
    const { mapping, ...unmapped } = mapped.unmapped;
    return { rule: mapping?.rule ?? '', unmapped };
  }
  return { rule: mapped.mapping.rule, activities: mapped.activities.map(withoutFixedParts) };
}

/** What says something about the mapping: without the hash, the reference, and a run key that is the signal's own. */
function withoutFixedParts({ activityId, signal, mapping, runKey, integration, ...activity }: Activity): object {
  const isOwnRun = activityId !== '' && signal === REFERENCE && mapping.name !== '' && !runKey.startsWith('run:');
  return {
    ...activity,
    ...(integration !== '' && { integration }),
    ...(!isOwnRun && { runKey }),
  };
}

function filesIn(folder: string, below = ''): string[] {
  const path = join(FIXTURES, folder, below);
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((entry) => {
      const inside = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) return entry.name === GOLDEN_FOLDER ? [] : filesIn(folder, inside);
      return entry.name.endsWith(REQUEST_SUFFIX) || MEDIA_TYPES[extname(entry.name)] === undefined ? [] : [inside];
    });
}

function readFixture(folder: string, inside: string): PackFixture {
  const file = join(FIXTURES, folder, inside);
  const request = `${file}${REQUEST_SUFFIX}`;
  return {
    path: `${folder}/${inside}`,
    folder,
    body: readFileSync(file),
    contentType: MEDIA_TYPES[extname(inside)] ?? 'application/json',
    attributes: existsSync(request)
      ? (JSON.parse(readFileSync(request, 'utf8')) as { attributes: Record<string, CloudEventAttribute> }).attributes
      : {},
  };
}
