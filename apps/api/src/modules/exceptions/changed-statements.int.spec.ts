import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase } from '@throughline/persistence/testing';
import type { ScenarioSignal } from '@throughline/scenarios';
import { newPipelineBench } from '../lineage/pipeline/testing/pipeline-bench.js';
import { createExceptionsConsumer } from './index.js';

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

/** A statement of one entry of less than EUR 100; `reference` is that of the sending. */
const statement = (reference: string, amount: string, receivedAt: string): ScenarioSignal => ({
  name: `statement ${reference}`,
  protocol: 'file',
  headers: {},
  format: 'mt940',
  source: 'house-bank',
  fileName: `${reference}.sta`,
  receivedAt,
  body: [
    `:20:${reference}`,
    ':25:50880050/0194787400888',
    ':28C:00004/00001',
    ':60F:C260903EUR1000,00',
    `:61:2609030903CR${amount}NTRFNONREF//B-1`,
    ':86:166?00GUTSCHRIFT?20Rechnung 4711',
    `:62F:C260903EUR10${amount}`,
    '-',
    '',
  ].join('\r\n'),
});
const FIRST = statement('A1', '50,00', '2026-09-04T06:00:00Z');
const AGAIN = statement('A2', '50,00', '2026-09-04T07:00:00Z');
const CHANGED = statement('A3', '70,00', '2026-09-05T06:00:00Z');

const file = (format: 'camt.053' | 'bai2', name: string, body: string): ScenarioSignal => ({
  name,
  protocol: 'file',
  headers: {},
  format,
  source: 'house-bank',
  fileName: name,
  receivedAt: '2026-09-04T06:00:00Z',
  body,
});
const camt = (
  id: string,
  amount: string,
  { message = id, flag = '', sequence = '7', closing = 'CLBD' } = {},
): ScenarioSignal =>
  file(
    'camt.053',
    `${message}.xml`,
    `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>${message}</MsgId>
      <CreDtTm>2026-09-04T05:00:00Z</CreDtTm></GrpHdr><Stmt><Id>${id}</Id><ElctrncSeqNb>${sequence}</ElctrncSeqNb>
      <CreDtTm>2026-09-04T05:00:00Z</CreDtTm>${flag}<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>
      <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">1000</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-09-03</Dt></Dt></Bal>
      <Bal><Tp><CdOrPrtry><Cd>${closing}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">10${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-09-03</Dt></Dt></Bal>
      <Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-09-03</Dt></BookgDt>
      <AcctSvcrRef>B-${amount}</AcctSvcrRef></Ntry></Stmt></BkToCstmrStmt></Document>`,
  );
const bai2 = (
  fileId: string,
  amount: string,
  { status = '1', modifier = '2', hasBalances = true, hasEntries = true } = {},
): ScenarioSignal => {
  const balances = hasBalances ? 100_000n + BigInt(`10${amount}`) : 0n;
  const total = String(balances + (hasEntries ? BigInt(amount) : 0n));
  const entries = hasEntries ? [`16,195,${amount},0,B-1,C-1,/`] : [];
  return file(
    'bai2',
    `${fileId}.bai`,
    [
      `01,BANK,ACME,260904,0600,${fileId},,,2/`,
      `02,ACME,BANK,${status},260903,,USD,${modifier}/`,
      hasBalances ? `03,0194787400888,USD,010,100000,,,015,10${amount},,/` : '03,0194787400888,USD/',
      ...entries,
      `49,${total},${2 + entries.length}/`,
      `98,${total},1,${4 + entries.length}/`,
      `99,${total},1,${6 + entries.length}/`,
      '',
    ].join('\n'),
  );
};
const BALANCES = { hasEntries: false };

describe('a bank statement that comes again', () => {
  const told = async (...signals: ScenarioSignal[]) => {
    const bench = await newPipelineBench(db);
    for (const signal of signals) {
      await bench.store([signal]);
      await bench.settle();
      await bench.tell(createExceptionsConsumer({ clock: () => new Date() }));
    }
    expect(await bench.read()).toEqual(bench.inMemory(signals));
    const rows = await bench.inTenant((tx) =>
      tx.query<{ title: string; message: string; taxonomy: string }>(
        `select title, message, taxonomy from exception where tenant_id = $1 and taxonomy = 'data-quality.differing-content' and state <> 'RESOLVED'`,
        [tx.tenantId],
      ),
    );
    const { objects } = await bench.read();
    return { rows, entries: objects.filter(({ type }) => type === 'bank-entry').length };
  };

  it('with the same content, under another reference, changes nothing', async () => {
    expect(await told(FIRST, AGAIN)).toEqual({ rows: [], entries: 1 });
  });

  it.each([
    ['after it', [FIRST, CHANGED]],
    ['before it', [CHANGED, FIRST]],
  ])(
    'with other content, %s, is an exception that names both files, and the entries of both are kept',
    async (_name, signals) => {
      const { rows, entries } = await told(...signals);
      expect(rows).toMatchObject([
        {
          title: expect.stringMatching(/^A statement came again with other content — bank statement /),
          message: expect.stringMatching(
            /^Page 1 does not say the same in file [0-9a-f-]{36}, file [0-9a-f-]{36}: closing balance 10[57]0\.?0?0? EUR and 10[57]0/,
          ),
        },
      ]);
      expect(entries).toBe(2);
    },
  );

  it.each<[string, ScenarioSignal[]]>([
    ['camt.053 under another message', [camt('S1', '50'), camt('S1', '50', { message: 'M2' })]],
    [
      'camt.053 that says that it is a duplicate',
      [camt('S1', '50'), camt('S1', '50', { message: 'M2', flag: '<CpyDplctInd>DUPL</CpyDplctInd>' })],
    ],
    ['camt.053 under another id', [camt('S1', '50'), camt('S2', '50')]],
    ['camt.053 of the next number', [camt('S1', '50'), camt('S2', '70', { sequence: '8' })]],
    [
      'camt.053 of the same number during the day and at its end',
      [camt('S1', '50', { closing: 'ITBD' }), camt('S2', '70')],
    ],
    ['BAI2', [bai2('1', '5000'), bai2('2', '5000')]],
    [
      'BAI2, the balances in one file and the entries in another',
      [bai2('1', '5000', BALANCES), bai2('2', '5000', { hasBalances: false })],
    ],
    ['BAI2, the balances before the whole', [bai2('1', '5000', BALANCES), bai2('2', '5000')]],
    ['BAI2, interim and final', [bai2('1', '5000', { modifier: '1' }), bai2('2', '7000')]],
    ['BAI2 that the bank corrects', [bai2('1', '5000'), bai2('2', '7000', { status: '3' })]],
    [
      'BAI2 that the bank corrects after it had sent two',
      [bai2('1', '5000'), bai2('2', '7000'), bai2('3', '7000', { status: '3' })],
    ],
    ['BAI2 that the bank takes back', [bai2('1', '5000'), bai2('2', '5000', { status: '2' }), bai2('3', '7000')]],
  ])('is none of its own with nothing to decide: %s', async (_name, signals) => {
    expect((await told(...signals)).rows).toEqual([]);
    expect((await told(...signals.toReversed())).rows).toEqual([]);
  });

  it.each<[string, ScenarioSignal[], string]>([
    [
      'camt.053 of one id',
      [camt('S1', '50'), camt('S1', '70', { message: 'M2' })],
      'closing balance 1050 EUR and 1070 EUR',
    ],
    ['camt.053 of one number', [camt('S1', '50'), camt('S2', '70')], 'closing balance 1050 EUR and 1070 EUR'],
    [
      'camt.053 that says that it is a duplicate',
      [camt('S1', '50'), camt('S1', '70', { message: 'M2', flag: '<CpyDplctInd>DUPL</CpyDplctInd>' })],
      'closing balance 1050 EUR and 1070 EUR',
    ],
    ['BAI2', [bai2('1', '5000'), bai2('2', '7000')], 'closing balance 1050.00 USD and 1070.00 USD'],
    [
      'BAI2 of balances',
      [bai2('1', '5000', BALANCES), bai2('2', '7000', BALANCES)],
      'closing balance 1050.00 USD and 1070.00 USD',
    ],
  ])('with other content is an exception that says what differs: %s', async (_name, signals, difference) => {
    const { rows } = await told(...signals);
    expect(rows).toMatchObject([{ message: expect.stringContaining(' does not say the same in file ') }]);
    const [one, other] = difference.replace('closing balance ', '').split(' and ');
    expect(rows[0]!.message).toMatch(new RegExp(`closing balance (?:${one} and ${other}|${other} and ${one})\\.`));
  });
});
