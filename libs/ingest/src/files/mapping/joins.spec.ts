import { aliasId, type Activity } from '@throughline/canonical';
import { describe, expect, it } from '@jest/globals';
import { createFileDecoder } from '../create-file-decoder.js';
import type { FileFormat } from '../file-format.js';
import { nameReturns } from '../../mapping/return-names.js';
import { decoded, fixtureBytes, mapped } from '../testing/file-fixtures.js';

type Format = Exclude<FileFormat, 'csv'>;

function activitiesOf(format: Format, bytes: Buffer | string): Activity[] {
  const { records, summary } = decoded(createFileDecoder(format), [Buffer.from(bytes)]);
  return records.flatMap((record) => {
    const result = mapped(record, summary, 'bank-de');
    return result.outcome === 'mapped' ? result.activities : [];
  });
}

/** Identities of all objects of a type, by activity. */
function aliases(activities: readonly Activity[], type: string): string[][] {
  return activities.flatMap(({ objects }) =>
    objects
      .filter((object) => object.type === type)
      .map((object) => object.aliases.map((alias) => aliasId(object.type, alias))),
  );
}

const ENTRY = `<Amt Ccy="EUR">7.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-05</Dt></BookgDt>`;
const DETAIL = `<NtryDtls><TxDtls><Refs><UETR>255AE394-9965-4438-ac86-f406feada396</UETR></Refs></TxDtls></NtryDtls>`;
const CONTAINER = {
  'camt.052': ['BkToCstmrAcctRpt', 'Rpt'],
  'camt.053': ['BkToCstmrStmt', 'Stmt'],
  'camt.054': ['BkToCstmrDbtCdtNtfctn', 'Ntfctn'],
} as const;

function camt(format: keyof typeof CONTAINER, entries: string, id = 'S'): string {
  const [message, part] = CONTAINER[format];
  return `<Document><${message}><GrpHdr><MsgId>${format}-${id}</MsgId><CreDtTm>2026-03-05T10:00:00Z</CreDtTm></GrpHdr><${part}><Id>${format}-${id}</Id><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>${entries}</${part}></${message}></Document>`;
}

describe('one entry that is told three times', () => {
  it.each([
    ['its reference', `<Ntry>${ENTRY}<AcctSvcrRef>REF-1</AcctSvcrRef></Ntry>`],
    ['its UETR', `<Ntry>${ENTRY}${DETAIL}</Ntry>`],
  ])('is one bank entry by %s', (_what, entry) => {
    const told = (['camt.052', 'camt.053', 'camt.054'] as const).map((format) =>
      activitiesOf(format, camt(format, entry)),
    );
    expect(told.map((activities) => activities[0]!.type)).toEqual([
      'bank-entry.reported',
      'bank-entry.booked',
      'bank-entry.reported',
    ]);
    expect(new Set(told.flatMap((activities) => aliases(activities, 'bank-entry').flat())).size).toBe(1);
  });

  it('and two entries that share nothing but an EndToEndId are two', () => {
    const entry = `<Ntry>${ENTRY}<NtryDtls><TxDtls><Refs><EndToEndId>SAME</EndToEndId></Refs></TxDtls></NtryDtls></Ntry>`;
    const told = [
      ...activitiesOf('camt.053', camt('camt.053', entry + entry)),
      ...activitiesOf('camt.054', camt('camt.054', entry)),
    ];
    expect(new Set(aliases(told, 'bank-entry').flat()).size).toBe(3);
    expect(aliases(told, 'payment')).toEqual([]);
  });

  it('and a second entry of one statement with the same reference is another one', () => {
    const entry = `<Ntry>${ENTRY}<AcctSvcrRef>REF-1</AcctSvcrRef></Ntry>`;
    expect(new Set(aliases(activitiesOf('camt.053', camt('camt.053', entry + entry)), 'bank-entry').flat()).size).toBe(
      2,
    );
  });

  it('and the other side of a transfer between own accounts is another entry of the same payment', () => {
    const out = activitiesOf('camt.053', camt('camt.053', `<Ntry>${ENTRY}${DETAIL}</Ntry>`));
    const credit = `<Ntry>${ENTRY.replace('DBIT', 'CRDT')}${DETAIL}</Ntry>`;
    const into = activitiesOf(
      'camt.053',
      camt('camt.053', credit).replace('DE89370400440532013000', 'NL26VAYB8060476890'),
    );
    expect(aliases(out, 'bank-entry')).not.toEqual(aliases(into, 'bank-entry'));
    expect(aliases(out, 'payment')).toEqual(aliases(into, 'payment'));
  });
});

describe('a payment and its status', () => {
  const sent = activitiesOf('pain.001', fixtureBytes('bank-iso20022/pain001-v03-iso-example-three-payments.xml'));
  const answered = activitiesOf('pain.002', fixtureBytes('constructed/pain002-v10-two-rejected-of-three.xml'));
  const paymentsOf = (activities: readonly Activity[], ...types: string[]): string[][] =>
    aliases(
      activities.filter(({ type }) => types.includes(type)),
      'payment',
    );

  it('share a key, whether the bank names the instruction or the end-to-end id alone', () => {
    const known = paymentsOf(sent, 'payment.sent');
    const told = paymentsOf(answered, 'payment.executed', 'payment.rejected');
    expect(told).toHaveLength(3);
    for (const [index, keys] of told.entries()) expect(known[index]).toEqual(expect.arrayContaining(keys));
    expect(aliases(answered, 'payment-batch').flat()).toEqual(
      expect.arrayContaining(aliases(sent, 'payment-batch')[0]!),
    );
  });

  it('of another message with the same ids do not', () => {
    const other = fixtureBytes('constructed/pain002-v10-two-rejected-of-three.xml')
      .toString()
      .replace('CCT001</Orgnl', 'CCT002</Orgnl');
    const known = new Set(paymentsOf(sent, 'payment.sent').flat());
    expect(
      paymentsOf(activitiesOf('pain.002', other), 'payment.rejected')
        .flat()
        .filter((key) => known.has(key)),
    ).toEqual([]);
  });
});

describe('one return that is told twice', () => {
  type Told = { account: string; reference: string; side: 'C' | 'D'; amount: string; currency: string; on: string };
  const CAME_BACK: Told = {
    account: 'DE89370400440532013000',
    reference: 'REF-1',
    side: 'C',
    amount: '250.00',
    currency: 'EUR',
    on: '2026-03-05',
  };
  const inCamt = (told: Told, format: keyof typeof CONTAINER = 'camt.053') =>
    activitiesOf(
      format,
      camt(
        format,
        `<Ntry><Amt Ccy="${told.currency}">${told.amount}</Amt><CdtDbtInd>${told.side === 'C' ? 'CRDT' : 'DBIT'}</CdtDbtInd>
         <Sts>BOOK</Sts><ValDt><Dt>${told.on}</Dt></ValDt><AcctSvcrRef>${told.reference}</AcctSvcrRef>
         <NtryDtls><TxDtls><RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls></NtryDtls></Ntry>`,
      ).replace(
        '<IBAN>DE89370400440532013000</IBAN>',
        told.account.startsWith('DE') ? `<IBAN>${told.account}</IBAN>` : `<Othr><Id>${told.account}</Id></Othr>`,
      ),
    );
  const inMt940 = ({ account, reference, side, amount, currency, on }: Told) => {
    const day = on.slice(2).replaceAll('-', '');
    return activitiesOf(
      'mt940',
      `:20:X\r\n:25:${account}\r\n:28C:1/1\r\n:60F:C${day}${currency}1000,00\r\n` +
        `:61:${day}${side}${amount.replace('.', ',')}NRTINONREF//${reference}\r\n:62F:C${day}${currency}1250,00\r\n-\r\n`,
    );
  };
  const inBai2 = ({ account, reference, amount, currency, on }: Told) => {
    const day = on.slice(2).replaceAll('-', '');
    return activitiesOf(
      'bai2',
      `01,BANK,ME,${day},0800,1,80,1,2/\n02,ME,BANK,1,${day},,${currency},2/\n03,${account},${currency}/\n` +
        `16,257,${amount.replace('.', '')},V,${day},,${reference},,RETURNED/\n49,${amount.replace('.', '')},2/\n98,0,1,4/\n99,0,1,6/\n`,
    );
  };
  const inDollars = { ...CAME_BACK, account: '10200123456', currency: 'USD' };
  /** Names of one type, in groups of those that are told of one object. */
  const objectsOf = (told: readonly Activity[], type: string): Set<string>[] =>
    aliases(told, type).reduce<Set<string>[]>((groups, names) => {
      const joined = groups.filter((group) => names.some((name) => group.has(name)));
      return [
        ...groups.filter((group) => !joined.includes(group)),
        new Set([...joined.flatMap((group) => [...group]), ...names]),
      ];
    }, []);

  it.each<[name: string, told: Activity[]]>([
    ['camt.053 and MT940', [...inCamt(CAME_BACK), ...inMt940(CAME_BACK)]],
    ['camt.053 and camt.054', [...inCamt(CAME_BACK), ...inCamt(CAME_BACK, 'camt.054')]],
    ['camt.053 and BAI2', [...inCamt(inDollars), ...inBai2(inDollars)]],
    ['MT940 and BAI2', [...inMt940(inDollars), ...inBai2(inDollars)]],
  ])('by %s is one return of one payment, booked by one entry', (_formats, told) => {
    expect(told.filter(({ type }) => type === 'payment.returned')).toHaveLength(2);
    for (const type of ['return', 'payment', 'bank-entry']) expect(objectsOf(told, type)).toHaveLength(1);
  });

  it.each<[name: string, other: Partial<Told>]>([
    ['reference', { reference: 'REF-2' }],
    ['amount', { amount: '250.01' }],
    ['value date', { on: '2026-03-06' }],
    ['side', { side: 'D' }],
    ['account', { account: 'DE02100100100006820101' }],
  ])('with another %s is another one', (_what, other) => {
    expect(objectsOf([...inCamt(CAME_BACK), ...inMt940({ ...CAME_BACK, ...other })], 'return')).toHaveLength(2);
  });

  it('is one by the payment that came back, its amount and its value date, where the entries share nothing', () => {
    const entryOf = (reference: string, on: string) =>
      `<Ntry><Amt Ccy="EUR">7.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><ValDt><Dt>${on}</Dt></ValDt>
       <AcctSvcrRef>${reference}</AcctSvcrRef><NtryDtls><TxDtls><Refs><MsgId>M</MsgId><PmtInfId>B</PmtInfId><InstrId>I-1</InstrId></Refs>
       <RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls></NtryDtls></Ntry>`;
    const told = (first: string, second: string) => [
      ...activitiesOf('camt.053', camt('camt.053', entryOf('REF-1', first))),
      ...activitiesOf('camt.054', camt('camt.054', entryOf('OTHER', second))),
    ];
    expect(objectsOf(told('2026-03-05', '2026-03-05'), 'return')).toHaveLength(1);
    expect(objectsOf(told('2026-03-05', '2026-03-20'), 'return')).toHaveLength(2);
    expect(objectsOf(told('2026-03-05', '2026-03-20'), 'payment')).toHaveLength(1);
  });

  it.each<[name: string, told: { amount?: string; valueDate?: string; instruction?: string }, returns: number]>([
    ['as the bank does, with amount and value date', {}, 1],
    ['and says another amount', { amount: '6.00' }, 2],
    ['and says another value date', { valueDate: '2026-03-20' }, 2],
    ['and another payment', { instruction: 'I-2' }, 2],
  ])(
    'by a bank and a processor that names the payment %s',
    (_name, { amount = '7.00', valueDate = '2026-03-05', instruction = 'I-1' }, returns) => {
      const entry = `<Ntry><Amt Ccy="EUR">7.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><ValDt><Dt>2026-03-05</Dt></ValDt>
        <AcctSvcrRef>REF-1</AcctSvcrRef><NtryDtls><TxDtls><Refs><MsgId>M</MsgId><PmtInfId>B</PmtInfId><InstrId>I-1</InstrId></Refs>
        <RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls></NtryDtls></Ntry>`;
      const processor = nameReturns({
        ...activitiesOf('camt.053', camt('camt.053', entry))[0]!,
        type: 'payment.returned',
        objects: [
          {
            type: 'payment',
            qualifier: 'subject',
            aliases: [{ system: 'bank', kind: 'instruction-id', scope: 'M/B', value: instruction }],
          },
          {
            type: 'return',
            qualifier: 'related',
            aliases: [{ system: 'processor', kind: 'return-reference', scope: '', value: 'RET-1' }],
            amount: { amount, currency: 'EUR' },
            attributes: { valueDate },
          },
        ],
        links: [{ from: 0, to: 1, qualifier: 'returns' }],
      });
      const told = [...activitiesOf('camt.053', camt('camt.053', entry)), processor];
      expect(objectsOf(told, 'return')).toHaveLength(returns);
    },
  );

  it('is not one by an EndToEndId alone', () => {
    const entryOf = (reference: string) =>
      `<Ntry><Amt Ccy="EUR">7.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><ValDt><Dt>2026-03-05</Dt></ValDt>
       <AcctSvcrRef>${reference}</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>SAME</EndToEndId></Refs>
       <RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls></NtryDtls></Ntry>`;
    const told = activitiesOf('camt.053', camt('camt.053', entryOf('REF-1') + entryOf('REF-2')));
    expect(objectsOf(told, 'return')).toHaveLength(2);
  });
});

describe('a reference that a bank gives again', () => {
  const [own, other] = ['DE89370400440532013000', 'NL26VAYB8060476890'] as const;
  const statement = (account: string | null, times: number) =>
    `<Stmt><Id>${account ?? '?'}</Id>${account === null ? '' : `<Acct><Id><IBAN>${account}</IBAN></Id></Acct>`}${`<Ntry><Amt Ccy="EUR">7.00</Amt>
     <CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><ValDt><Dt>2026-03-05</Dt></ValDt><AcctSvcrRef>REF-1</AcctSvcrRef>
     <NtryDtls><TxDtls><RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls></NtryDtls></Ntry>`.repeat(times)}</Stmt>`;
  const inCamt = (...statements: string[]) =>
    activitiesOf(
      'camt.053',
      `<Document><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId><CreDtTm>2026-03-05T10:00:00Z</CreDtTm></GrpHdr>${statements.join('')}</BkToCstmrStmt></Document>`,
    );
  const mt940 = (account: string, times: number) =>
    `:20:X\r\n:25:${account}\r\n:28C:1/1\r\n:60F:C260305EUR100,00\r\n${`:61:260305C7,00NRTINONREF//REF-1\r\n`.repeat(times)}:62F:C260305EUR${100 + 7 * times},00\r\n-\r\n`;
  const bai2 = (account: string, times: number) =>
    `03,${account},USD/\n${'16,257,700,V,260305,,REF-1,,RETURNED/\n'.repeat(times)}49,${700 * times},${times + 2}/\n`;
  const inBai2 = (...accounts: string[]) => {
    const lines = accounts.join('').split('\n').length - 1;
    return activitiesOf(
      'bai2',
      `01,BANK,ME,260305,0800,1,80,1,2/\n02,ME,BANK,1,260305,,USD,2/\n${accounts.join('')}98,2100,${accounts.length},${lines + 2}/\n99,2100,1,${lines + 4}/\n`,
    );
  };
  const failed = (activities: readonly Activity[]) =>
    aliases(
      activities.filter(({ type }) => type === 'payment.failed'),
      'payment',
    ).map((names) => names[0]);

  it.each<[name: string, told: Activity[]]>([
    ['camt.053', inCamt(statement(own, 2), statement(other, 1))],
    ['camt.053, the other account first', inCamt(statement(other, 1), statement(own, 2))],
    ['camt.053, of which an account is not named', inCamt(statement(null, 1), statement(own, 2))],
    ['MT940', activitiesOf('mt940', mt940(own, 2) + mt940(other, 1))],
    ['MT940, in two files', [...activitiesOf('mt940', mt940(own, 2)), ...activitiesOf('mt940', mt940(other, 1))]],
    ['BAI2', inBai2(bai2('10200123456', 2), bai2('10200999999', 1))],
  ])('on another account or in the same statement is another return and another exception: %s', (_format, told) => {
    for (const type of ['return', 'bank-entry'])
      expect(
        new Set(
          aliases(
            told.filter(({ type: of }) => of === 'payment.returned'),
            type,
          ).map(([name]) => name),
        ).size,
      ).toBe(3);
    expect(failed(told)).toHaveLength(3);
    expect(new Set(failed(told)).size).toBe(3);
  });

  it('is another one where neither account is named', () => {
    const told = [...inCamt(statement(null, 1)), ...inCamt(statement(null, 1).replace('<Id>?</Id>', '<Id>!</Id>'))];
    expect(new Set(failed(told)).size).toBe(2);
  });
});

describe('a batch booking of many', () => {
  const transaction = (number: number): string =>
    `<TxDtls><Refs><PmtInfId>B</PmtInfId><InstrId>I-${number}</InstrId></Refs><Amt Ccy="EUR">1.00</Amt></TxDtls>`;
  const details = Array.from({ length: 350 }, (_, index) => transaction(index)).join('');
  const entry = `<Ntry><Amt Ccy="EUR">350</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><AcctSvcrRef>BULK</AcctSvcrRef><NtryDtls><Btch><MsgId>M</MsgId><PmtInfId>B</PmtInfId><NbOfTxs>350</NbOfTxs></Btch>${details}</NtryDtls></Ntry>`;

  it('has the transactions beyond a hundred as records of their own, all of one entry, all added up', () => {
    const { records, summary } = decoded(createFileDecoder('camt.054'), [Buffer.from(camt('camt.054', entry))]);
    expect(records.filter(({ type }) => type === 'camt.054.transaction')).toHaveLength(250);
    expect(summary).toMatchObject({ controlsChecked: 2, controlsBroken: 0 });
    const activities = activitiesOf('camt.054', camt('camt.054', entry));
    expect(new Set(aliases(activities, 'bank-entry').flat()).size).toBe(1);
    expect(new Set(aliases(activities, 'payment').flat()).size).toBe(350);
    const books = activities.flatMap(({ links }) => links).filter(({ qualifier }) => qualifier === 'books');
    expect(books).toHaveLength(351);
  });
});
