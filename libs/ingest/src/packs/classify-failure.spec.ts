import { describe, expect, it } from '@jest/globals';
import { isTaxonomyCode, taxonomyCodes } from '@throughline/canonical';
import { classifyFailure } from './classify-failure.js';
import { FAILURE_SIGNS } from './failure-signs.js';

describe('what the texts of a failure point to', () => {
  it.each<[string, string]>([
    ['HTTP/1.1 429 Too Many Requests', 'platform.rate-limit'],
    ['status code: 429', 'platform.rate-limit'],
    ['429', 'platform.rate-limit'],
    ['SSS_REQUEST_LIMIT_EXCEEDED', 'platform.rate-limit'],
    ['java.net.SocketTimeoutException: Read timed out', 'platform.time-out'],
    ['"statusCode": 504', 'platform.time-out'],
    ['UNABLE_TO_LOCK_ROW: unable to obtain exclusive access to this record', 'platform.object-locked'],
    ['Document 4711 is currently being processed by user BATCH', 'platform.object-locked'],
    ['Customer 100234 is blocked for sales area 1010', 'business-control.blocked-account'],
    ['Posting period 004 2024 is not open', 'business-control.posting-period-closed'],
    ['PERIOD_CLOSED', 'business-control.posting-period-closed'],
    ['Credit limit exceeded by 1 000 EUR', 'business-control.credit-exposure-over-limit'],
    ['The journal requires approval', 'business-control.approval-missing'],
    ['Company code DE99 does not exist', 'mapping-and-master-data.missing-legal-entity-mapping'],
    ['Sold-to party 100999 not maintained', 'mapping-and-master-data.unknown-customer'],
    ['The vendor V-1 does not exist', 'mapping-and-master-data.unknown-supplier'],
    ['Tax code A9 is invalid', 'mapping-and-master-data.tax-code-mismatch'],
    ['No exchange rate for BRL', 'mapping-and-master-data.missing-exchange-rate'],
    ['Cost center 1010 is locked', 'mapping-and-master-data.closed-cost-center'],
    ['The journal is out of balance', 'data-quality.unbalanced-entry'],
    ['This entity already exists.', 'data-quality.duplicate'],
    ['Required fields are missing: [Name]', 'data-quality.missing-field'],
    ['Unauthorized', 'platform.authentication'],
    ["No authorization to access Service 'ZT'", 'platform.authentication'],
    ['response code 503', 'platform.vendor-outage'],
    ['getaddrinfo ENOTFOUND erp.example', 'platform.connectivity'],
    ['Value "abc" is not a valid date', 'data-quality.invalid-value'],
    ['MISSING_SHIP_ADDRESS: order R000000001 has no ship_address in the payload.', 'data-quality.missing-field'],
    ['connect ETIMEDOUT 10.0.0.1:443', 'platform.time-out'],
    ['Lambda.TooManyRequestsException', 'platform.rate-limit'],
    ['Script Execution Usage Limit Exceeded', 'platform.rate-limit'],
    ['HTTP:NOT_FOUND', 'data-quality.invalid-value'],
    ['MULE:RETRY_EXHAUSTED', 'platform.connectivity'],
    ['HTTP:INTERNAL_SERVER_ERROR', 'platform.vendor-outage'],
    ['Version Actuals is locked', 'business-control.posting-period-closed'],
    ['Customer 100234 is not defined in company code 1010', 'mapping-and-master-data.unknown-customer'],
    ['Vendor 17300 does not exist in company code DE10', 'mapping-and-master-data.unknown-supplier'],
    ['Customer group ZZ does not exist', 'data-quality.invalid-value'],
    ['No mapping found for legal entity DE01-BREMEN', 'mapping-and-master-data.missing-legal-entity-mapping'],
    ['Account 400000 requires an assignment to a CO object', 'mapping-and-master-data.account-determination'],
    ['User Not Authenticated', 'platform.authentication'],
    ['ENTITY_IS_LOCKED', 'platform.object-locked'],
    ['RCRD_DSNT_EXIST', 'data-quality.invalid-value'],
    ["Field 'Customer group' must be filled in.", 'data-quality.missing-field'],
    ['Voucher 00042 does not balance on 1/1/2026', 'data-quality.unbalanced-entry'],
    ['Balance in document currency is 10.00', 'data-quality.unbalanced-entry'],
    ['The check digit of the IBAN is wrong', 'cash-and-payment.invalid-bank-details'],
    ['Segregation of duties violation', 'business-control.segregation-of-duties'],
    ['Vendor 300 has not been created for company code', 'mapping-and-master-data.unknown-supplier'],
    ['No mapping for subsidiary 7', 'mapping-and-master-data.missing-legal-entity-mapping'],
    ['Lock wait timeout exceeded; try restarting transaction', 'platform.object-locked'],
    ['REQUEST_RUNNING_TOO_LONG', 'platform.time-out'],
    ['Etwas ging schief', 'platform.unclassified'],
    ['', 'platform.unclassified'],
  ])('%j is %s', (text, code) => {
    expect(classifyFailure([text])).toBe(code);
  });

  it('takes a number for a status only where it is said to be one', () => {
    expect(classifyFailure(['Invoice 401 of 503 failed'])).toBe('platform.unclassified');
    expect(classifyFailure(['paid 429 EUR'])).toBe('platform.unclassified');
  });

  it('reads all texts, and stays linear with huge ones', () => {
    expect(classifyFailure(['E42', 'connection refused'])).toBe('platform.connectivity');
    expect(classifyFailure(['status '.repeat(200_000)])).toBe('platform.unclassified');
  });

  it('names codes of the taxonomy alone', () => {
    const known = new Set(taxonomyCodes());
    expect(FAILURE_SIGNS.map(({ code }) => code).filter((code) => !isTaxonomyCode(code) || !known.has(code))).toEqual(
      [],
    );
  });
});
