import { describe, expect, it } from '@jest/globals';
import { loadMasterDataRules } from './load-master-data-rules.js';
import { isTechnicalUser } from './technical-users.js';

describe('technical users', () => {
  it.each<[name: string, names: string[], expected: boolean]>([
    ['a service user', ['svc-billing'], true],
    ['in capitals, as an ERP writes it', ['WF-BATCH'], true],
    ['under two names, both technical', ['svc-billing', 'SAP_WFRT'], true],
    ['somebody who uses one', ['svc-billing', 'anna.meyer'], false],
    ['a human whose name only begins alike', ['svceva'], false],
    ['a point is a point', ['svcxbilling'], false],
    ['somebody without a name', [], false],
  ])('%s', (_name, names, expected) => {
    expect(isTechnicalUser(names, loadMasterDataRules().technicalUsers)).toBe(expected);
  });
});
