import { describe, expect, it } from '@jest/globals';
import { createFileDecoder } from './create-file-decoder.js';
import { CsvLayouts } from './csv/csv-layouts.js';
import type { FileFormat } from './file-format.js';
import { InvalidFile, type FileDecoder } from './file-record.js';

const CHUNK_BYTES = 64 * 1024;
const MEBIBYTE = 1024 * 1024;
/** Whoever has read so much of a part that never ends holds all of it. */
const MOST_BYTES = 48 * MEBIBYTE;

const CSV_HEADER = 'Load Id,Version,Legal Entity,Cost Center,Account,Period,Amount,Currency,Source Document\n';
const MT_HEAD = ':20:REF\n:25:DE89370400440532013000\n:28C:1/1\n:60F:C250930EUR1234,50\n:61:2509300930D100,00NMSCREF\n';
const BAI_HEAD = '01,A,B,250930,1200,1,,,2/\n02,B,A,1,250930,,EUR,/\n03,123,EUR,/\n';
const STATEMENT =
  '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>1</Id>';
const layout = new CsvLayouts([]).inForce('pigment-actuals');

function decoderOf(format: FileFormat): FileDecoder {
  return createFileDecoder(format, format === 'csv' ? layout : undefined);
}

/** What the decoder says, and after how many bytes. */
function fed(decoder: FileDecoder, head: string, part: string, most = MOST_BYTES): { reason: string; bytes: number } {
  const chunk = Buffer.from(part.repeat(Math.ceil(CHUNK_BYTES / part.length)));
  let bytes = 0;
  try {
    decoder.write(Buffer.from(head));
    for (; bytes < most; bytes += chunk.length) decoder.write(chunk);
  } catch (error) {
    if (!(error instanceof InvalidFile)) throw error;
    return { reason: error.message, bytes };
  }
  return { reason: 'nothing', bytes };
}

describe('a part of a file that never ends is refused long before it fills memory', () => {
  it.each<[string, FileFormat, string, string, RegExp]>([
    ['CSV: a quoted cell of line ends', 'csv', `${CSV_HEADER}"`, '\n', /a row is longer than 1 MiB/],
    ['MT940: a field of empty lines', 'mt940', `${MT_HEAD}:86:x\n`, '\n', /a field is longer than 256 KiB/],
    ['MT940: an entry of information', 'mt940', MT_HEAD, ':86:x\n', /more than 200 fields in one entry/],
    ['BAI2: a record that is wrapped', 'bai2', `${BAI_HEAD}16,475,100,,,,x\n`, 'x\n', /longer than 1 MiB/],
    ['BAI2: a record that goes on', 'bai2', `${BAI_HEAD}16,475,100,,,,x/\n`, '88,x/\n', /longer than 1 MiB/],
    [
      'camt: an entry of attributes',
      'camt.053',
      `${STATEMENT}<Ntry>`,
      `<A b="${'x'.repeat(100_000)}"/>`,
      /more than 8 MiB of text in one record/,
    ],
    [
      'camt: an element of attributes',
      'camt.053',
      `${STATEMENT}<Ntry`,
      ' a1="" a2="" a3=""',
      /10000 attributes|duplicate/,
    ],
    [
      'camt: what stands between its entries',
      'camt.053',
      STATEMENT,
      `<Ntry><NtryRef>1</NtryRef></Ntry>${'<Own><A/></Own>'.repeat(100)}`,
      /more than 250000 elements/,
    ],
    [
      'camt: headers of messages',
      'camt.053',
      `<Envelope>${STATEMENT}`,
      `</Stmt></BkToCstmrStmt></Document><Document><BkToCstmrStmt><GrpHdr>${`<A>${'x'.repeat(1_000)}</A>`.repeat(60)}</GrpHdr><Stmt>`,
      /more than 8 MiB of text/,
    ],
  ])('%s', (_what, format, head, part, reason) => {
    const { reason: said } = fed(decoderOf(format), head, part);
    expect(said).toMatch(reason);
  });

  it('while very many records with blanks between them are read', () => {
    const entry = `\n${' '.repeat(2_000)}<Ntry><NtryRef>1</NtryRef></Ntry>`;
    expect(fed(decoderOf('camt.053'), STATEMENT, entry, 12 * MEBIBYTE).reason).toBe('nothing');
  });
});

describe('a BAI2 transaction of very many lines', () => {
  const decoded = (body: string) => {
    const decoder = decoderOf('bai2');
    decoder.write(Buffer.from(BAI_HEAD));
    const records = decoder.write(Buffer.from(`${body}49,100,3/\n98,100,1,5/\n`));
    return records.filter(({ type }) => type === 'bai2.transaction').map(({ body: { record } }) => record);
  };

  it.each([
    ['in its text', '16,475,100,,BANK,CUSTOMER,text\n', 'a,b\n'],
    ['among its fields', '16,475,100\n', '\n ,\n'],
    ['without a field', '16,475,100\n', 'x\n'],
  ])('is read at once: %s', (_what, first, line) => {
    const startedAt = performance.now();
    try {
      decoded(`${first}${line.repeat(9_000)}`);
    } catch (error) {
      if (!(error instanceof InvalidFile)) throw error;
    }
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });

  it.each([
    ['16,475,100,,BANK,CUSTOMER,one/\n88,two/\n', 'one\ntwo'],
    ['16,475,100,S,1,2,3,BANK,CUSTOMER,one/\n88,two, three/\n', 'one\ntwo, three'],
    ['16,475,100,D,2,0,50,1,50,BANK,CUSTOMER,one/\n88,two/\n', 'one\ntwo'],
    ['16,475,100,V,250930,1200,BANK,CUSTOMER/\n88,one/\n', 'one'],
    ['16,475,100,,BANK/\n88,CUSTOMER,one/\n88,two/\n', 'one\ntwo'],
  ])('%j', (body, text) => {
    expect(decoded(body)).toMatchObject([{ fields: { bankReference: 'BANK', customerReference: 'CUSTOMER', text } }]);
  });
});
