import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findIbans, isIban } from './iban.js';
import { maskAccountNumber, maskPayload, maskText } from './masking.js';

// The registry's own example numbers.
const EXAMPLES = [
  'DE89370400440532013000',
  'GB29NWBK60161331926819',
  'FR1420041010050500013M02606',
  'BR1800360305000010009795493C1',
  'NO9386011117947',
  'MT84MALT011000012345MTLCAST001S',
  'LC55HEMM000100010012001200023015',
  'CH9300762011623852957',
  'SA0380000000608010167519',
];

describe('finding IBANs', () => {
  it.each(EXAMPLES)('knows %s', (iban) => {
    expect(isIban(iban)).toBe(true);
    expect(isIban(iban.replace(/(.{4})/g, '$1 '))).toBe(true);
  });

  it('refuses wrong check digits, lengths, structures and countries', () => {
    expect(isIban('DE89370400440532013001')).toBe(false);
    expect(isIban('DE8937040044053201300')).toBe(false);
    expect(isIban('GB29123460161331926819')).toBe(false);
    expect(isIban('US89370400440532013000')).toBe(false);
    expect(isIban('')).toBe(false);
  });

  it.each([
    ['pay DE89 3704 0044 0532 0130 00 and more', 1],
    ['IBAN/DE89370400440532013000/BIC/COBADEFF', 1],
    ['iban:de89370400440532013000;gb29 nwbk 6016 1331 9268 19', 2],
    ['REFDE89370400440532013000END', 1],
    ['DE89-3704-0044-0532-0130-00', 1],
    ['?20DE893704004405\r\n32013000?21', 1],
    ['mistyped DE88370400440532013000 is shown masked too', 1],
    ['order DE89370400', 0],
    ['trace 4bf92f3577b34da6a3ce929d0e0e4736', 0],
    ['XDE88370400440532013000', 0],
    ['', 0],
  ])('%j has %i', (text, count) => {
    expect(findIbans(text)).toHaveLength(count);
  });
});

describe('masking', () => {
  it('leaves country and last four characters', () => {
    expect(maskAccountNumber('DE89 3704 0044 0532 0130 00')).toBe('DE••••3000');
    expect(maskAccountNumber('12345678')).toBe('••••5678');
    expect(maskAccountNumber('12345')).toBe('••••');
  });

  it('masks free text and keeps the rest', () => {
    expect(maskText('Credit account no. 1234567890 of DE89370400440532013000, order 4711000001')).toEqual({
      value: 'Credit account no. ••••7890 of DE••••3000, order 4711000001',
      isMasked: true,
    });
    expect(maskText('order SO-4711 of 2026-09-30')).toEqual({ value: 'order SO-4711 of 2026-09-30', isMasked: false });
  });

  it('masks by the names of members, in camt and JSON manners', () => {
    const payload = {
      orderNumber: '4711000001',
      accountName: 'Nordlicht GmbH',
      debtor: { iban: 'DE89370400440532013000', account_number: 123456789 },
      Acct: { Id: { Othr: { Id: '000123456' } }, Ccy: 'EUR', Ownr: { Nm: 'Nordlicht' } },
      bankAccount: { id: '998877', currency: 'EUR', balance: '1000000.00' },
      notes: ['paid from GB29NWBK60161331926819', { DE89370400440532013000: 1 }],
      empty: null,
    };
    const before = structuredClone(payload);
    expect(maskPayload(payload)).toEqual({
      value: {
        orderNumber: '4711000001',
        accountName: 'Nordlicht GmbH',
        debtor: { iban: 'DE••••3000', account_number: '••••6789' },
        Acct: { Id: { Othr: { Id: '••••3456' } }, Ccy: 'EUR', Ownr: { Nm: 'Nordlicht' } },
        bankAccount: { id: '••••', currency: 'EUR', balance: '1000000.00' },
        notes: ['paid from GB••••6819', { 'DE••••3000': 1 }],
        empty: null,
      },
      isMasked: true,
    });
    expect(payload).toEqual(before);
  });

  it('keeps two masked member names apart', () => {
    const masked = maskPayload({ DE89370400440532013000: 1, DE32370400440532023000: 2 });
    expect(Object.values(masked.value as object)).toEqual([1, 2]);
  });

  it('says so when there was nothing to mask, whatever the payload is', () => {
    for (const payload of ['text', 12, null, true, [], {}, { a: [{ b: 'c' }] }]) {
      expect(maskPayload(payload)).toEqual({ value: payload, isMasked: false });
    }
  });

  it('survives nesting that would exhaust the stack', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(50_000)}"DE89370400440532013000"${']'.repeat(50_000)}`);
    expect(JSON.stringify(maskPayload(deep).value)).not.toContain('DE89');
  });

  it('leaves no IBAN in any text, whatever surrounds it', () => {
    const separator = fc.constantFrom('', ' ', '-');
    fc.assert(
      fc.property(fc.constantFrom(...EXAMPLES), separator, fc.string(), fc.string(), (iban, between, left, right) => {
        const grouped = iban.match(/.{1,4}/g)?.join(between) ?? '';
        const masked = maskPayload({ text: `${left}${grouped}${right}` });
        expect(masked.isMasked).toBe(true);
        expect(JSON.stringify(masked.value)).not.toContain(grouped);
      }),
    );
  });

  it.each([
    ['account 50880050/0194787400888, statement 4', 'account ••••0888, statement 4'],
    ['"account":"50880050/0194787400888"', '"account":"••••0888"'],
  ])('masks an account whose bank code stands before it: %s', (text, masked) => {
    expect(maskText(text).value).toBe(masked);
  });
});
