import { readFileSync } from 'node:fs';
import type { Activity } from '@throughline/canonical';
import { createFileDecoder } from '../create-file-decoder.js';
import { shippedCsvLayouts } from '../csv/shipped-layouts.js';
import type { FileFormat } from '../file-format.js';
import type { FileDecoder, FileRecord, FileSummary } from '../file-record.js';
import { fileSummaryBody, withClosingDate } from '../file-signal.js';
import { mapFileRecord } from '../mapping/map-file-record.js';
import type { MappedSignal } from '../../mapping/mapped-signal.js';

const FOLDER = new URL('../../../fixtures/files/', import.meta.url);
const RECEIVED_AT = '2026-09-30T12:00:00.000Z';
const FILE_ID = '11111111-1111-4111-8111-111111111111';

/** A fixture: format, path and, for CSV, the layout. */
export type FileFixture = readonly [format: FileFormat, path: string, layout?: string];

export const FILE_FIXTURES: readonly FileFixture[] = [
  ['camt.052', 'bank-iso20022/camt052-v08-intraday.xml'],
  ['camt.052', 'bank-iso20022/camt052-fedwire-activity-report.xml'],
  ['camt.052', 'constructed/camt052-v08-since-the-last-report-and-whole-day.xml'],
  ['camt.053', 'bank-iso20022/camt053-v02-all-balance-types.xml'],
  ['camt.053', 'bank-iso20022/camt053-v02-multi-statement.xml'],
  ['camt.053', 'bank-iso20022/camt053-v02-with-party-ids.xml'],
  ['camt.053', 'bank-iso20022/camt053-v08.xml'],
  ['camt.053', 'constructed/camt053-v10-in-envelope-returns-and-reversal.xml'],
  ['camt.053', 'constructed/camt053-v08-two-currencies-one-broken.xml'],
  ['camt.053', 'constructed/camt053-v08-exchange-charges-and-returns-by-code.xml'],
  ['camt.053', 'constructed/camt053-v13-prefixed-pages-and-a-batch-in-each-block.xml'],
  ['camt.053', 'constructed/camt053-v04-prefixed-two-statements-foreign-currency.xml'],
  ['camt.053', 'constructed/camt053-v06-latin1-batch-of-collections.xml'],
  ['camt.053', 'constructed/camt053-v02-windows-1250-dates-with-zone.xml'],
  ['camt.054', 'bank-iso20022/camt054-v02-credit-notification.xml'],
  ['camt.054', 'bank-iso20022/camt054-v08-batch-debit-with-details.xml'],
  ['camt.054', 'bank-iso20022/camt054-v08-with-uetr.xml'],
  ['camt.054', 'constructed/camt054-without-document-two-accounts.xml'],
  ['camt.054', 'constructed/camt054-v08-one-payment-three-invoices.xml'],
  ['camt.054', 'constructed/camt054-v04-two-accounts-structured-references.xml'],
  ['camt.054', 'constructed/camt054-v08-collections-returned-in-one-sum.xml'],
  ['pain.001', 'bank-iso20022/pain001-v03-iso-example-three-payments.xml'],
  ['pain.001', 'constructed/pain001-v09-repeated-end-to-end-id.xml'],
  ['pain.002', 'constructed/pain002-v03-group-accepted.xml'],
  ['pain.002', 'constructed/pain002-v03-group-rejected.xml'],
  ['pain.002', 'constructed/pain002-v10-two-rejected-of-three.xml'],
  ['pain.002', 'constructed/pain002-v03-rejected-block-of-collections.xml'],
  ['pain.002', 'constructed/pain002-v10-mixed-statuses.xml'],
  ['pain.002', 'constructed/pain002-v10-instant-accepted.xml'],
  ['pain.002', 'constructed/pain002-v10-instant-two-proprietary-reasons.xml'],
  ['pain.008', 'constructed/pain008-v02-collections.xml'],
  ['pain.008', 'constructed/pain008-v08-broken-sums.xml'],
  ['mt940', 'bank-swift-mt940/mt940-citi-usd-bai-codes.txt'],
  ['mt940', 'bank-swift-mt940/mt940-ing-nonbreaking-hyphen-tabs.sta'],
  ['mt940', 'bank-swift-mt940/mt940-mbank-pln-collect-transactions.sta'],
  ['mt940', 'bank-swift-mt940/mt940-multi-bank-three-statements.sta'],
  ['mt940', 'bank-swift-mt940/mt940-ns-tags-page-split.sta'],
  ['mt940', 'bank-swift-mt940/mt940-postfinance-chf-page-continuation.sta'],
  ['mt940', 'bank-swift-mt940/mt940-rabobank-iban-two-statements.sta'],
  ['mt940', 'bank-swift-mt940/mt940-sepa-credits-and-return.sta'],
  ['mt940', 'constructed/mt940-reversals-and-30-february.sta'],
  ['mt940', 'constructed/mt940-swift-blocks-and-returns-latin1.sta'],
  ['mt940', 'constructed/mt940-two-pages-of-several-dialects.sta'],
  ['mt940', 'constructed/mt940-currency-behind-the-mark.sta'],
  ['mt940', 'constructed/mt940-first-field-behind-the-envelope.sta'],
  ['mt942', 'bank-swift-mt940/mt942-interim-report.sta'],
  ['mt942', 'constructed/mt942-broken-credit-total.sta'],
  ['bai2', 'bank-bai2/bai2-cad-returned-cheques.txt'],
  ['bai2', 'bank-bai2/bai2-multi-group-funds-types.txt'],
  ['bai2', 'bank-bai2/bai2-usd-ach-settlement-oddly-wrapped.txt'],
  ['bai2', 'constructed/bai2-intraday-yen-broken-total.txt'],
  ['bai2', 'constructed/bai2-usd-balance-broken-by-its-entries.txt'],
  ['bai2', 'constructed/bai2-bhd-continued-within-its-fields.txt'],
  ['csv', 'fpa-pigment/actuals-load.csv', 'pigment-actuals'],
  ['csv', 'constructed/erp-invoices-latin1.csv', 'erp-invoices'],
  ['csv', 'constructed/bank-entries-bom.csv', 'bank-entries'],
  ['csv', 'constructed/bank-entries-notations-and-line-ends.csv', 'bank-entries'],
  ['csv', 'constructed/bank-entries-utf16.csv', 'bank-entries'],
  ['csv', 'constructed/erp-invoices-windows-1252.csv', 'erp-invoices'],
];

/** Whole ISO 20022 messages of the payment chain that no format takes, and what they are. */
export const NOT_TAKEN: readonly (readonly [path: string, message: string])[] = [
  ['bank-iso20022/not-taken/drawdown2-step1-pain013.xml', 'pain.013'],
  ['bank-iso20022/not-taken/drawdown2-step2-pain014-response.xml', 'pain.014'],
  ['bank-iso20022/not-taken/return1-step1-pacs008.xml', 'pacs.008'],
  ['bank-iso20022/not-taken/return1-step3-camt029-resolution.xml', 'camt.029'],
  ['bank-iso20022/not-taken/return1-step4-pacs004-return.xml', 'pacs.004'],
  ['bank-iso20022/not-taken/scenario1-step1-pacs008-customer-credit-transfer.xml', 'pacs.008'],
  ['bank-iso20022/not-taken/scenario1-step2-pacs002-accepted.xml', 'pacs.002'],
  ['bank-iso20022/not-taken/scenario2-step1-pacs008.xml', 'pacs.008'],
  ['bank-iso20022/not-taken/scenario2-step2-pacs002-rejected.xml', 'pacs.002'],
  ['bank-iso20022/not-taken/scenario3-step2-pacs028-status-request.xml', 'pacs.028'],
];

/** A file of the fixtures, or a golden result. */
export function fixtureBytes(path: string): Buffer {
  return readFileSync(new URL(path, FOLDER));
}

/** Where the golden result of a fixture is. */
export function goldenUrl(path: string): URL {
  return new URL(`golden/${path.replace(/^.*\//, '')}.json`, FOLDER);
}

export function decoderOf([format, , layout]: FileFixture): FileDecoder {
  return createFileDecoder(format, layout === undefined ? undefined : shippedCsvLayouts().get(layout)?.layout);
}

/** What a decoder makes of bytes given in pieces. */
export function decoded(
  decoder: FileDecoder,
  pieces: Iterable<Uint8Array>,
): { records: FileRecord[]; summary: FileSummary } {
  const records: FileRecord[] = [];
  for (const piece of pieces) records.push(...decoder.write(piece));
  const { records: last, summary } = decoder.end();
  return { records: [...records, ...last], summary };
}

/** A record as it is mapped once it was stored; `source` is the source system of its file. */
export function mapped(record: FileRecord, summary: FileSummary, source = ''): MappedSignal {
  const written = Buffer.from(JSON.stringify(record.body));
  const body = withClosingDate(written, summary.closingDates[record.statementNo ?? -1]);
  return mappedBody(record.no, record.type, record.occurredAt ?? RECEIVED_AT, body, source);
}

/** The record of the file itself. */
export function mappedFile(fixture: FileFixture, summary: FileSummary): MappedSignal {
  const [format, name, layout = ''] = fixture;
  const facts = { fileId: FILE_ID, format, name, layout, bytes: 1, contentHash: '00', receivedAt: RECEIVED_AT };
  return mappedBody(0, `${format}.file`, RECEIVED_AT, Buffer.from(fileSummaryBody(facts, summary)), '');
}

function mappedBody(no: number, type: string, occurredAt: string, body: Buffer, sourceSystem: string): MappedSignal {
  const source = `file:${FILE_ID}`;
  return mapFileRecord(
    {
      kind: 'file-record',
      scopedKey: `${source}:${no}`,
      sourceSystem,
      sourceKind: '',
      type,
      source,
      externalId: '',
      occurredAt,
      attributes: {},
      contentType: 'application/json',
      body,
    },
    { kind: 'file-record', receivedOn: '2026-09-30', signalId: FILE_ID },
  );
}

/** An activity as a golden result shows it: aliases in one line, without ids. */
export function shownActivity(activity: Activity): object {
  const { type, occurredAt, outcome, objects, links, problem } = activity;
  return {
    type,
    occurredAt,
    ...(outcome === 'failure' && { outcome }),
    objects: objects.map(({ type: objectType, qualifier, aliases, amount, ...facts }) => ({
      [`${objectType} (${qualifier})`]: aliases.map(
        ({ system, kind, scope, value }) => `${system}: ${kind} ${scope === '' ? '' : `[${scope}] `}${value}`,
      ),
      ...(amount !== undefined && { amount: `${amount.amount} ${amount.currency}` }),
      ...facts,
    })),
    ...(links.length > 0 && {
      links: links.map(
        ({ from, to, qualifier, amount }) =>
          `${from} → ${to} ${qualifier}${amount === undefined ? '' : ` ${amount.amount} ${amount.currency}`}`,
      ),
    }),
    ...(problem !== undefined && { problem }),
  };
}
