import { describe, expect, it } from '@jest/globals';
import {
  delayOf,
  delaysHref,
  findingsHref,
  parseDelaysSearch,
  parseFindingsSearch,
  parseWorkflowsSearch,
  workflowHref,
  workflowsHref,
} from './url-lineage.js';
import { parseSearchText } from './url-search.js';

const searchOf = (href: string) => parseSearchText(href.split('?')[1] ?? '');

describe('addresses of lineage', () => {
  it('leave out what is the default', () => {
    expect([findingsHref(), workflowsHref(), delaysHref()]).toEqual(['/findings', '/workflows', '/delays']);
    expect(delaysHref(parseDelaysSearch({}))).toBe('/delays');
    expect(workflowHref('order-to-cash')).toBe('/workflows/order-to-cash');
  });

  it('come back the same', () => {
    const findings = { kind: ['LINK_CYCLE', 'UNUSABLE_AMOUNT'] as const, open: 'LINK_CYCLE/o1/a, b & c' };
    expect(parseFindingsSearch(searchOf(findingsHref(findings)))).toEqual(findings);
    const delays = { ...parseDelaysSearch({}), entity: ['DE01'], workflow: 'order-to-cash', part: 'SYSTEM:sap-de' };
    expect(delaysHref(delays)).toBe('/delays?entity=DE01&workflow=order-to-cash&part=SYSTEM:sap-de');
    expect(parseDelaysSearch(searchOf(delaysHref(delays)))).toEqual(delays);
    expect(parseWorkflowsSearch(searchOf(workflowsHref({ open: 'a b' })))).toEqual({ open: 'a b' });
  });

  it('drop what cannot be meant', () => {
    expect(parseFindingsSearch({ kind: 'LINK_CYCLE,NONSENSE' }).kind).toEqual(['LINK_CYCLE']);
    expect(parseDelaysSearch({ part: 'WEATHER:rain', whole: 'WEATHER' })).toMatchObject({
      part: undefined,
      whole: undefined,
    });
  });

  it.each([
    ['SYSTEM:kyriba', { dimension: 'SYSTEM', key: 'kyriba' }],
    ['HOP:', { dimension: 'HOP', key: '' }],
    ['SYSTEM:a:b', { dimension: 'SYSTEM', key: 'a:b' }],
    ['SYSTEM', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%p names a part of time', (id, name) => {
    expect(delayOf(id)).toEqual(name);
  });
});
