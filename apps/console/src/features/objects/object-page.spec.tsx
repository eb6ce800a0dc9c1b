import { describe, expect, it } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { parseObjectSearch, type ObjectSearch } from '../../shared/url.js';
import { renderConsole } from '../../testing/render-console.js';
import { onePage } from '../../testing/signal-rows.js';
import { objectAnswer } from './object-answer.js';
import type {
  AttributeChange,
  Finding,
  ObjectActivity,
  ObjectAttribute,
  ObjectFull,
  ObjectLink,
} from './object-documents.js';
import { ObjectPage } from './object-page.js';

const BY_ERP = {
  activityId: 'a1',
  activityType: 'customer.created',
  system: 'sap-s4hana',
  occurredAt: '2026-02-01T09:00:00.000Z',
  recordedOn: '2026-02-01',
};
const CUSTOMER: ObjectFull = {
  id: 'c1',
  type: 'customer',
  key: '1000',
  legalEntity: 'DE01',
  counterparty: 'Adler GmbH',
  direction: null,
  isPlaceholder: false,
  firstSeenAt: '2026-02-01T09:00:00.000Z',
  lastSeenAt: '2026-07-01T09:00:00.000Z',
  amount: null,
  aliases: [{ system: 'sap-s4hana', kind: 'customer-number', scope: '', value: '1000', statedBy: BY_ERP }],
  findings: [],
  accountTypes: [],
  transactions: [],
};
const DRIFT: Finding = {
  kind: 'MASTER_DATA_DRIFT',
  about: 'paymentTerms',
  since: '2026-04-01T09:00:00.000Z',
  details: {
    owner: 'sap-s4hana',
    steward: 'Credit and collections',
    copies: [
      { system: 'salesforce', value: 'Z060' },
      { system: 'sap-s4hana', value: 'Z030' },
    ],
  },
  related: [{ id: 'c2', type: 'customer', key: '2000' }],
};
const TERMS: ObjectAttribute = {
  name: 'paymentTerms',
  value: 'Z030',
  statedBy: BY_ERP,
  systemOfRecord: { group: 'terms', owners: ['sap-s4hana'], steward: 'Credit and collections' },
};
const CHANGE: AttributeChange = { name: 'paymentTerms', value: 'Z060', previous: 'Z030', statedBy: BY_ERP };
const LINK: ObjectLink = {
  object: { id: 'o1', type: 'sales-order', key: '4501' },
  qualifier: 'placed-by',
  isContext: true,
  isEstablished: true,
  amount: { amount: '1234.50', currency: 'EUR' },
  validFrom: '2026-06-01',
  validTo: null,
  firstSeenAt: '2026-07-01T09:00:00.000Z',
  assertedBy: BY_ERP,
};
const ACTIVITY: ObjectActivity = {
  id: 'a1',
  type: 'customer.created',
  occurredAt: '2026-02-01T09:00:00.000Z',
  outcome: 'success',
  system: 'sap-s4hana',
  traceId: null,
  spanId: null,
  signalId: 's1',
  message: null,
  objects: [
    { id: 'c1', type: 'customer', key: '1000' },
    { id: 'o1', type: 'sales-order', key: '4501' },
  ],
};

type Parts = {
  attributes?: ObjectAttribute[];
  changes?: AttributeChange[];
  links?: ObjectLink[];
  activities?: ObjectActivity[];
};

function openObject(object: ObjectFull | null, parts: Parts = {}, search: Partial<ObjectSearch> = {}) {
  const { attributes = [], changes = [], links = [], activities = [] } = parts;
  return renderConsole(<ObjectPage id="c1" search={{ ...parseObjectSearch({}), ...search }} />, {
    ObjectPage: () => ({ businessObject: object, exceptions: { totalCount: 0, edges: [] } }),
    ObjectAttributes: () => ({ businessObject: { id: 'c1', attributes } }),
    ObjectHistory: () => ({ businessObject: { id: 'c1', attributeHistory: onePage(changes) } }),
    ObjectLinks: ({ direction }) => ({
      businessObject: { id: 'c1', links: onePage(direction === 'DOWNSTREAM' ? links : []) },
    }),
    ObjectActivities: () => ({ businessObject: { id: 'c1', activities: onePage(activities) } }),
    LineageAround: () => ({ lineage: { isTruncated: false, nodes: [], edges: [] } }),
  });
}

describe('the page of a business object', () => {
  it('answers with what is wrong, and says what to do', async () => {
    openObject({ ...CUSTOMER, findings: [DRIFT] });
    expect(
      await screen.findByRole('heading', { level: 1, name: 'Customer 1000 of Adler GmbH has 1 finding.' }),
    ).toBeTruthy();
    const findings = screen.getByRole('region', { name: 'Findings' });
    expect(within(findings).getByText('Copies of payment terms differ')).toBeTruthy();
    expect(within(findings).getByText(/Send the value of SAP S\/4HANA to the others/)).toBeTruthy();
    expect(within(findings).getByRole('link', { name: 'customer 2000' }).getAttribute('href')).toBe('/objects/c2');
  });

  it('has names, attributes, links and activities, each with who said so', async () => {
    openObject(CUSTOMER, { attributes: [TERMS], links: [LINK], activities: [ACTIVITY] });
    const attributes = await screen.findByRole('table', { name: 'Attributes' });
    expect(within(attributes).getByRole('row', { name: /payment terms Z030 SAP S\/4HANA.*Credit and collections/ })).toBeTruthy(); // prettier-ignore
    expect(within(screen.getByRole('table', { name: 'Names' })).getByRole('row', { name: /customer number 1000 SAP S\/4HANA/ })).toBeTruthy(); // prettier-ignore
    const links = await screen.findByRole('table', { name: 'Leads to' });
    const row = within(links).getByRole('row', { name: /sales order 4501 placed by · context.*valid from 2026-06-01/ });
    expect(within(row).getByRole('link').getAttribute('href')).toBe('/objects/o1');
    expect(row.textContent).toContain('1,234.50');
    const activities = await screen.findByRole('table', { name: 'What happened' });
    expect(within(activities).getAllByRole('link').map((link) => link.textContent)).toEqual(['message', '4501']); // prettier-ignore
    expect(within(activities).getByRole('link', { name: 'message' }).getAttribute('href')).toBe('/signals/s1');
  });

  it('asks for the attributes as of the end of a day, and as they were known on it', async () => {
    const { api, show } = openObject(CUSTOMER, { attributes: [TERMS] }, { on: '2026-03-03' });
    await screen.findByRole('table', { name: 'Attributes' });
    const asked = () => api.asked.filter(({ name }) => name === 'ObjectAttributes').at(-1)?.variables;
    expect(asked()).toEqual({ id: 'c1', asOf: new Date('2026-03-03T23:59:59.999').toISOString() });
    show(<ObjectPage id="c1" search={{ on: '2026-03-03', view: 'known', show: 'now' }} />);
    await screen.findByRole('link', { name: 'as it was known', current: true });
    expect(asked()).toEqual({ id: 'c1', knownOn: '2026-03-03' });
  });

  it('is worked by keys: the day, the history, the way back', async () => {
    const { visited } = openObject(CUSTOMER, { attributes: [TERMS] });
    await screen.findByRole('table', { name: 'Attributes' });
    await userEvent.keyboard('h');
    expect(visited).toEqual(['/objects/c1?show=history']);
    await userEvent.keyboard('d');
    expect(document.activeElement).toBe(screen.getByLabelText('As of'));
    (document.activeElement as HTMLElement).blur();
    await userEvent.keyboard('{Escape}');
    expect(visited.at(-1)).toBe('back');
  });

  it('shows the history with what each value was before', async () => {
    openObject(CUSTOMER, { changes: [CHANGE] }, { show: 'history' });
    const history = await screen.findByRole('table', { name: 'History of its attributes' });
    expect(within(history).getByRole('row', { name: /payment terms Z060 Z030 SAP S\/4HANA.*2026-02-01/ })).toBeTruthy();
  });

  it('says of each part that is empty why', async () => {
    openObject(CUSTOMER);
    expect(await screen.findByText('No system has stated any attribute of it.')).toBeTruthy();
    expect(await screen.findByText('Nothing downstream is known yet.')).toBeTruthy();
    expect(await screen.findByText('The messages that spoke of it are not stored any more.')).toBeTruthy();
    expect(screen.queryByRole('region', { name: 'Findings' })).toBeNull();
  });

  it('keeps the rest when one part fails', async () => {
    renderConsole(<ObjectPage id="c1" search={parseObjectSearch({})} />, {
      ObjectPage: () => ({ businessObject: CUSTOMER, exceptions: { totalCount: 0, edges: [] } }),
      ObjectAttributes: () => ({ businessObject: { id: 'c1', attributes: [TERMS] } }),
      ObjectActivities: () => ({ businessObject: { id: 'c1', activities: onePage([ACTIVITY]) } }),
    });
    expect(await screen.findByRole('table', { name: 'Attributes' })).toBeTruthy();
    expect((await screen.findAllByText('The list of links could not be loaded')).length).toBe(2);
  });

  it('says when there is no such object', async () => {
    openObject(null);
    expect(await screen.findByText('There is no such object')).toBeTruthy();
  });

  it('shows of an accounting period where each account type stands', async () => {
    const accountTypes = [
      { accountType: '', state: 'open', statedBy: BY_ERP },
      { accountType: 'receivables', state: 'closed', statedBy: BY_ERP },
    ];
    openObject({ ...CUSTOMER, type: 'accounting-period', key: 'DE01/0L/2026-10', accountTypes });
    const panel = await screen.findByRole('region', { name: 'Account types' });
    expect(within(panel).getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      expect.stringMatching(/Open.*All that are not named apart/),
      expect.stringMatching(/Closed.*Receivables/),
    ]); // prettier-ignore
  });
});

describe('the sentence about an object', () => {
  const told = { type: 'invoice', key: 'I-1', counterparty: null, isPlaceholder: false, findings: [] };
  it.each<[string, Parameters<typeof objectAnswer>[0], number | undefined, string]>([
    ['sound', told, 0, 'Invoice I-1 has no unresolved exception and no findings.'],
    ['exceptions', told, 2, 'Invoice I-1 has 2 unresolved exceptions.'],
    ['both', { ...told, findings: [1] }, 1, 'Invoice I-1 has 1 unresolved exception and 1 finding.'],
    ['one who may not see exceptions', told, undefined, 'Invoice I-1 has no findings.'],
    [
      'a placeholder',
      { ...told, isPlaceholder: true },
      0,
      'Invoice I-1 is only referred to: no system has reported anything about it.',
    ],
  ])('of %s', (_name, object, unresolved, sentence) => {
    expect(objectAnswer(object, unresolved)).toBe(sentence);
  });
});
