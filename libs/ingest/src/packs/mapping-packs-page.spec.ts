import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { StoredSignal } from '../mapping/stored-signal.js';
import { compilePack } from './compiled-pack.js';
import { identifyRecords } from './identify-records.js';
import { PACK_FUNCTIONS } from './pack-functions.js';
import { readPack } from './read-pack.js';
import { runPack } from './run-pack.js';

const page = readFileSync(new URL('../../../../docs/mapping-packs.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language, text]) => ({ language, text: text! }));
const [message, activity] = blocks.filter(({ language }) => language === 'json').map(({ text }) => text);
const yaml = blocks.find(({ language }) => language === 'yaml')!.text;

describe('the page about mapping packs', () => {
  it('shows a pack that makes of the message what it says', async () => {
    const compiled = compilePack(readPack(yaml, 'shop.yaml'));
    const body = Buffer.from(message!);
    const [record] = await identifyRecords(compiled, { body, source: { name: 'shop', kind: 'shop' }, attributes: {} });
    const signal: StoredSignal = {
      kind: 'webhook',
      scopedKey: 'wh:shop:m-17',
      sourceSystem: 'shop',
      sourceKind: 'shop',
      type: record!.type,
      source: 'shop',
      externalId: record!.identity,
      occurredAt: record!.occurredAt,
      attributes: {},
      contentType: record!.contentType,
      body: record!.body,
    };
    const reference = {
      kind: 'webhook',
      receivedOn: '2024-05-02',
      signalId: '00000000-0000-8000-8000-000000000001',
    } as const;
    const mapped = await runPack(compiled, signal, reference);
    if (mapped.outcome !== 'mapped') throw new Error(JSON.stringify(mapped));
    const { activityId, signal: _signal, mapping, runKey, integration, ...shown } = mapped.activities[0]!;
    expect(shown).toEqual(JSON.parse(activity!));
    expect([activityId.length, mapping.rule, runKey, integration]).toEqual([36, 'invoice-issued', 'wh:shop:m-17', '']);
    expect(record!.identity).toBe('m-17');
  });

  it('names every function, and no other', () => {
    const table = page.slice(page.indexOf('## Functions'));
    const named = [...table.matchAll(/`\$(\w+)\(/g)].map(([, name]) => name!);
    expect(new Set(named)).toEqual(new Set(Object.keys(PACK_FUNCTIONS)));
  });
});
