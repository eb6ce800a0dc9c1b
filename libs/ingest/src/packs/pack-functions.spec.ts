import { describe, expect, it } from '@jest/globals';
import { PACK_FUNCTIONS } from './pack-functions.js';

const call = (name: string, ...values: unknown[]): unknown => {
  const implementation = PACK_FUNCTIONS[name];
  if (implementation === undefined) throw new Error(`there is no $${name}`);
  return implementation(...values);
};
const money = (amount: string, currency: string) => ({ amount, currency });

describe('$money', () => {
  it.each<[unknown, unknown, unknown]>([
    ['1234.5', 'EUR', money('1234.50', 'EUR')],
    [1234.5, 'eur ', money('1234.50', 'EUR')],
    [-100.25, 'EUR', money('100.25', 'EUR')],
    ['21.00-', 'EUR', money('21.00', 'EUR')],
    [' 7 ', 'JPY', money('7', 'JPY')],
    ['1.2345', 'BHD', money('1.2345', 'BHD')],
    ['1E+2', 'EUR', money('100.00', 'EUR')],
    ['1.5e3', 'EUR', money('1500.00', 'EUR')],
    ['25E-1', 'EUR', money('2.50', 'EUR')],
    [1e-7, 'EUR', money('0.0000001', 'EUR')],
    ['.5', 'EUR', money('0.50', 'EUR')],
    ['0.30000000000000004', 'EUR', money('0.30', 'EUR')],
    ['12345678901234567.89', 'EUR', money('12345678901234567.89', 'EUR')],
    [{ '#': '12.0', '@type': 'double' }, 'EUR', money('12.00', 'EUR')],
    ['1,234.50', 'EUR', money('1234.50', 'EUR')],
    ['1.234,50-', 'EUR', money('1234.50', 'EUR')],
    ['99,5', 'EUR', money('99.50', 'EUR')],
  ])('%j %j is %j', (amount, currency, expected) => {
    expect(call('money', amount, currency)).toEqual(expected);
  });

  it.each<[unknown, unknown]>([
    [undefined, 'EUR'],
    [null, 'EUR'],
    ['', 'EUR'],
    ['1,234', 'EUR'],
    ['abc', 'EUR'],
    ['-', 'EUR'],
    ['1.2.3', 'EUR'],
    [Number.NaN, 'EUR'],
    [1e300, 'EUR'],
    ['5', 'USA'],
    ['5', undefined],
    ['5', 7],
    [{ amount: 1 }, 'EUR'],
    ['5', 'XXX'],
  ])('%j %j is none', (amount, currency) => {
    expect(call('money', amount, currency)).toBeUndefined();
  });
});

describe('$minor', () => {
  it.each<[unknown, unknown, unknown]>([
    [123450, 'EUR', money('1234.50', 'EUR')],
    ['5', 'EUR', money('0.05', 'EUR')],
    [500, 'jpy', money('500', 'JPY')],
    [1234, 'BHD', money('1.234', 'BHD')],
    [-2000, 'USD', money('20.00', 'USD')],
    ['9007199254740993', 'USD', money('90071992547409.93', 'USD')],
  ])('%j %j is %j', (units, currency, expected) => {
    expect(call('minor', units, currency)).toEqual(expected);
  });

  it.each<[unknown, unknown]>([
    [12.5, 'EUR'],
    ['12.5', 'EUR'],
    ['', 'EUR'],
    [1, 'ZZZ'],
    ['1234567890123456789', 'EUR'],
  ])('%j %j is none', (units, currency) => {
    expect(call('minor', units, currency)).toBeUndefined();
  });
});

describe('texts, ids and numbers', () => {
  it.each<[string, unknown[], unknown]>([
    ['decimalComma', ['1.234.567,89'], '1234567.89'],
    ['decimalComma', ['10,5'], '10.5'],
    ['decimalComma', ["1'000,00"], '1000.00'],
    ['decimalComma', [5], undefined],
    ['isNegative', ['-0.01'], true],
    ['isNegative', ['5-'], true],
    ['isNegative', [5], false],
    ['isNegative', [undefined], false],
    ['text', ['  a '], 'a'],
    ['text', [0], '0'],
    ['text', [false], 'false'],
    ['text', [''], undefined],
    ['text', [null], undefined],
    ['text', [{ a: 1 }], undefined],
    ['text', [{ '#': ' x ', '@nil': 'true' }], 'x'],
    ['text', [{ '@nil': 'true' }], undefined],
    ['withoutZeros', ['0000100234'], '100234'],
    ['withoutZeros', ['0000000000'], '0'],
    ['withoutZeros', ['00AB12'], '00AB12'],
    ['withoutZeros', [42], '42'],
    ['withoutZeros', [undefined], undefined],
    ['firstOf', [undefined, null, '', 'a', 'b'], 'a'],
    ['firstOf', [0, 'a'], 0],
    ['foldedNames', [{ TranId: 1, entity: 2 }], { tranid: 1, entity: 2 }],
    [
      'plainNames',
      [
        {
          invoice_number: 1,
          'Account.Name': 2,
          '<Invoice.InvoiceDate>': 3,
          account: { number: 4, accountCurrency: 5 },
          payment_id: '',
          refundId: null,
        },
      ],
      { invoicenumber: 1, accountname: 2, invoicedate: 3, accountnumber: 4, accountcurrency: 5 },
    ],
    ['parsed', ['{"id":12345678901234567890}'], { id: '12345678901234567890' }],
    ['parsed', ['no json'], undefined],
    ['matches', ['SalesOrder.Created', 'sales*.created'], true],
    ['matches', ['SalesOrder', 'sales?rder'], true],
    ['matches', ['SalesOrders', 'salesorder'], false],
    ['matches', ['', '*'], false],
    ['matches', [undefined, '*'], false],
    ['startsWith', ['0x40', '0x'], true],
    ['endsWith', [undefined, 'x'], false],
  ])('$%s(%j) is %j', (name, values, expected) => {
    expect(call(name, ...values)).toEqual(expected);
  });

  it.each([
    // The three letters behind the point of the 15-character id say which of its characters are capitals.
    ['001ZM000001QkdO', '001ZM000001QkdOYAS'],
    ['006ZM00000AbCdE', '006ZM00000AbCdEYAV'],
    ['001A0000006Vm9r', '001A0000006Vm9rIAC'],
    ['0017Q00000EiRcfQAF', '0017Q00000EiRcfQAF'],
    ['000000000000000', '000000000000000AAA'],
  ])('$sf18(%s) is %s', (id, expected) => {
    expect(call('sf18', id)).toBe(expected);
  });

  it.each(['', '001ZM', '001ZM000001QkdO!', 12, null])('$sf18(%j) is none', (id) => {
    expect(call('sf18', id)).toBeUndefined();
  });

  it('a glob takes time in the length of the text, whatever its stars', () => {
    expect(call('matches', 'a'.repeat(20_000), `${'*a'.repeat(50)}b`)).toBe(false);
  });

  it('$flat takes the unions of Avro away and nothing else', () => {
    const union = {
      Name: { string: 'Acme' },
      Amount: { double: 12.5 },
      Address: { 'com.sforce.eventbus.Address': { City: { string: 'Bremen' }, Country: null } },
      Tags: { array: [{ string: 'a' }, null] },
      string: 'a member that is called so',
      own: { first: 1, second: 2 },
    };
    expect(call('flat', union)).toEqual({
      Name: 'Acme',
      Amount: 12.5,
      Address: { City: 'Bremen', Country: null },
      Tags: ['a', null],
      string: 'a member that is called so',
      own: { first: 1, second: 2 },
    });
  });
});
