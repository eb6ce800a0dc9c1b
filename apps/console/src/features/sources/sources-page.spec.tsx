import { describe, expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { parseSourcesSearch, type SourcesSearch } from '../../shared/url.js';
import { ANALYST, renderConsole } from '../../testing/render-console.js';
import { ENGINEER, onePage } from '../../testing/signal-rows.js';
import type { IngestKey, SourceSystem } from './sources-documents.js';
import { SourcesPage } from './sources-page.js';

const STRIPE: SourceSystem = {
  name: 'stripe-eu',
  kind: 'stripe',
  title: 'Stripe, Europe',
  timeZone: 'Europe/Berlin',
  webhookAuthentication: 'stripe',
  hasSecret: true,
  previousSecretUntil: null,
  isActive: true,
  mapping: { name: 'stripe', title: 'Stripe events' },
  lastReceivedAt: '2026-11-20T08:00:00.000Z',
  signalsToday: 36,
  unmappedToday: 4,
  longestLagSecondsToday: 61,
  webhookPath: '/v1/webhooks/stripe-eu',
};
const KEY: IngestKey = {
  id: 'k1',
  name: 'Order integration',
  sourceSystem: null,
  createdAt: '2026-11-01T08:00:00.000Z',
  expiresAt: null,
  revokedAt: null,
  replacesKeyId: null,
  itemsPerSecond: null,
  isActive: true,
  lastUsedAt: null,
  usage: [],
};
const NONE = { totalCount: 0, totalCountIsEstimate: false };

function openSources(search: Partial<SourcesSearch> = {}, viewer = ENGINEER, systems: SourceSystem[] = [STRIPE]) {
  return renderConsole(
    <SourcesPage search={{ ...parseSourcesSearch({}), ...search }} />,
    {
      SourcesAnswer: () => ({
        sourceSystems: { ...NONE, totalCount: systems.length },
        ingestKeys: { ...NONE, totalCount: 1 },
        unclaimedIntegrations: { ...NONE, totalCount: 1 },
        redactionRules: NONE,
        eventContracts: NONE,
        csvLayouts: NONE,
        attributeNames: NONE,
      }),
      SourceSystems: () => ({ sourceSystems: onePage(systems) }),
      SourceSystemNames: () => ({ sourceSystems: onePage(systems) }),
      IngestKeys: () => ({ ingestKeys: onePage([KEY]) }),
      CreateIngestKey: ({ name }) => ({
        createIngestKey: { __typename: 'IngestKeyIssued', key: 'tlk_secret', ingestKey: { ...KEY, name } },
      }),
      RevokeIngestKey: () => ({ revokeIngestKey: { __typename: 'IngestKeyRevoked', ingestKey: KEY } }),
      UpdateSourceSystem: () => ({ updateSourceSystem: { __typename: 'SourceSystemSaved', sourceSystem: STRIPE } }),
      Unclaimed: () => ({
        unclaimedIntegrations: onePage([
          { kind: 'service', name: 'credit-check', firstSeenAt: KEY.createdAt, lastSeenAt: KEY.createdAt, signals: 41 },
        ]),
      }),
      AdoptIntegration: () => ({
        adoptIntegration: {
          __typename: 'IntegrationSaved',
          integration: { name: 'credit-check', title: 'Credit check' },
        },
      }),
      CsvLayouts: () => ({
        csvLayouts: onePage([
          {
            name: 'erp-invoices',
            title: 'Customer invoices',
            version: 1,
            isShipped: true,
            columns: ['Invoice Number', 'Gross Amount'],
            definition: 'name: erp-invoices\nversion: 1\n',
            versions: [],
          },
        ]),
      }),
      SaveCsvLayout: () => ({
        saveCsvLayout: {
          __typename: 'CatalogFailure',
          code: 'INVALID',
          message: 'The layout cannot be taken as it is',
          problems: ['columns: no stands there twice'],
        },
      }),
      AttributeNames: () => ({
        attributeNames: onePage([
          { serviceName: 'credit-check', attribute: 'order.no', financeAttribute: 'finance.object.key.value' },
        ]),
      }),
      MapAgain: () => ({
        mapAgain: { __typename: 'CatalogFailure', code: 'CONFLICT', message: 'Twenty wait already.', problems: [] },
      }),
      SaveAttributeNames: () => ({ saveAttributeNames: { __typename: 'AttributeNamesSaved', names: [] } }),
      EventContracts: () => ({ eventContracts: onePage([]) }),
      RegisterEventContract: () => ({
        registerEventContract: {
          __typename: 'CatalogFailure',
          code: 'INCOMPATIBLE',
          message: 'The schema is not backward compatible.',
          problems: ['/required: orderNumber was required'],
        },
      }),
      RedactionRules: () => ({ redactionRules: onePage([]) }),
      SaveRedactionRule: () => ({ saveRedactionRule: { __typename: 'RedactionRuleSaved', rule: { id: 'r1' } } }),
    },
    viewer,
  );
}

describe('sources and keys', () => {
  it('show each source with freshness, lag, what came and what of it cannot be read', async () => {
    openSources({ open: 'stripe-eu' });
    const grid = await screen.findByRole('grid', { name: 'Source systems' });
    expect(within(grid).getByText('Unread signals')).toBeTruthy();
    const detail = await screen.findByRole('article', { name: 'Stripe, Europe' });
    expect(detail.textContent).toContain('Stripe, Europe sent 36 signals today; 4 cannot be read.');
    expect(detail.textContent).toContain('/v1/webhooks/stripe-eu');
    expect(detail.textContent).toContain('Stripe signature');
    expect(within(detail).getByRole('link', { name: '4' }).getAttribute('href')).toMatch(
      /^\/signals\?state=UNMAPPED&system=stripe-eu&from=|^\/signals\?system=stripe-eu&state=UNMAPPED&from=/,
    );
  });

  it('keep the secret of a source when none is written, and never show it', async () => {
    const user = userEvent.setup();
    const { api } = openSources({ open: 'stripe-eu' });
    await user.click(await screen.findByRole('button', { name: 'Change or rotate the secret' }));
    const dialog = await screen.findByRole('dialog', { name: 'Change Stripe, Europe' });
    expect(within(dialog).getByLabelText<HTMLInputElement>('New secret').value).toBe('');
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'UpdateSourceSystem')?.variables).toEqual({
        input: {
          name: 'stripe-eu',
          kind: 'stripe',
          title: 'Stripe, Europe',
          timeZone: 'Europe/Berlin',
          webhookAuthentication: 'stripe',
          secret: null,
          isActive: true,
          previousSecretHours: 24,
        },
      }),
    );
  });

  it('show a new key once, with a warning', async () => {
    const user = userEvent.setup();
    const { api } = openSources({ show: 'keys' });
    await user.click(await screen.findByRole('button', { name: 'New key' }));
    await user.type(await screen.findByLabelText('Name'), 'Airflow');
    await user.click(screen.getByRole('button', { name: 'Issue' }));
    const shown = await screen.findByRole('dialog', { name: 'The key Airflow' });
    expect(shown.textContent).toContain('tlk_secret');
    expect(shown.textContent).toContain('It is shown this once.');
    expect(api.asked.find(({ name }) => name === 'CreateIngestKey')?.variables).toEqual({
      name: 'Airflow',
      sourceSystem: null,
      itemsPerSecond: null,
      expiresAt: null,
    });
    await user.click(within(shown).getByRole('button', { name: 'I have kept it' }));
    await waitFor(() => expect(screen.queryByText('tlk_secret')).toBeNull());
  });

  it('ask before a key is revoked', async () => {
    const user = userEvent.setup();
    const { api } = openSources({ show: 'keys', open: 'k1' });
    await user.click(await screen.findByRole('button', { name: 'Revoke' }));
    const dialog = await screen.findByRole('dialog', { name: 'Revoke Order integration' });
    expect(api.asked.some(({ name }) => name === 'RevokeIngestKey')).toBe(false);
    await user.click(within(dialog).getByRole('button', { name: 'Revoke' }));
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'RevokeIngestKey')?.variables).toEqual({ id: 'k1' }),
    );
  });

  it('adopt what sends without being known', async () => {
    const user = userEvent.setup();
    const { api } = openSources({ show: 'unclaimed' });
    await user.click(await screen.findByRole('button', { name: 'Adopt' }));
    const dialog = await screen.findByRole('dialog', { name: 'Adopt as an integration' });
    await user.type(within(dialog).getByLabelText('From system'), 'salesforce');
    await user.type(within(dialog).getByLabelText('To system'), 's4-prod');
    await user.type(within(dialog).getByLabelText('Owner'), 'Credit team');
    await user.click(within(dialog).getByRole('button', { name: 'Adopt' }));
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'AdoptIntegration')?.variables).toEqual({
        input: {
          kind: 'service',
          name: 'credit-check',
          title: 'Credit check',
          fromSystem: 'salesforce',
          toSystem: 's4-prod',
          owner: 'Credit team',
          criticality: 'medium',
        },
      }),
    );
  });

  it('tell why a contract is not compatible', async () => {
    const user = userEvent.setup();
    openSources({ show: 'contracts' });
    await user.click(await screen.findByRole('button', { name: 'Register a contract' }));
    const dialog = await screen.findByRole('dialog', { name: 'Register a contract' });
    const register = within(dialog).getByRole('button', { name: 'Register' });
    await user.type(within(dialog).getByLabelText('Event type'), 'com.example.order');
    await user.type(within(dialog).getByLabelText('JSON Schema of its data'), '{{');
    expect(register.hasAttribute('disabled')).toBe(true);
    await user.type(within(dialog).getByLabelText('JSON Schema of its data'), '}');
    await user.click(register);
    expect((await within(dialog).findByRole('alert')).textContent).toContain('/required: orderNumber was required');
  });

  it('add a redaction rule', async () => {
    const user = userEvent.setup();
    const { api } = openSources({ show: 'redaction' });
    expect(await screen.findByText('Nothing is taken out')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'New rule' }));
    const dialog = await screen.findByRole('dialog', { name: 'New redaction rule' });
    await user.type(within(dialog).getByLabelText('Field'), '/customer/*/taxNumber');
    await user.click(within(dialog).getByRole('button', { name: 'Add' }));
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'SaveRedactionRule')?.variables).toEqual({
        path: '/customer/*/taxNumber',
        action: 'mask',
        sourceSystem: '',
        signalKind: '',
        note: '',
      }),
    );
  });

  it('are only read by somebody who may not change the catalog', async () => {
    const user = userEvent.setup();
    openSources({}, ANALYST);
    const add = await screen.findByRole('button', { name: 'New source system' });
    expect(add.getAttribute('aria-disabled')).toBe('true');
    await user.click(add);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('say why there is none', async () => {
    openSources({}, ENGINEER, []);
    expect(await screen.findByText('No source system is configured')).toBeTruthy();
  });

  it('a source system is mapped again from its page, and what is not among it is said beforehand', async () => {
    const user = userEvent.setup();
    const { api } = openSources({ open: 'stripe-eu' });
    await user.click(await screen.findByRole('button', { name: 'Map again' }));
    const dialog = await screen.findByRole('dialog', { name: 'Map again' });
    expect(dialog.textContent).toContain('Spans of its services are not among it');
    await user.type(within(dialog).getByLabelText('Reason'), 'mended');
    await user.click(within(dialog).getByRole('button', { name: 'Map again' }));
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'MapAgain')?.variables).toEqual({
        input: { sourceSystem: 'stripe-eu', onlyUnmapped: true, reason: 'mended' },
      }),
    );
  });

  it('new attribute names offer to read again the spans that are stored', async () => {
    const user = userEvent.setup();
    openSources({ show: 'names' });
    await user.click(await screen.findByRole('button', { name: 'Edit the service' }));
    const names = await screen.findByRole('dialog', { name: 'Attribute names' });
    await user.click(within(names).getByRole('button', { name: 'Save' }));
    const dialog = await screen.findByRole('dialog', { name: 'Map again' });
    expect(dialog.textContent).toContain('Spans and log records that are stored are read once more');
    expect(within(dialog).queryByLabelText(/Only those that cannot be read/)).toBeNull();
  });

  it('a CSV layout is declared as text, and everything that is wrong with it is named', async () => {
    const user = userEvent.setup();
    const { api } = openSources({ show: 'layouts' });
    const grid = await screen.findByRole('grid', { name: 'CSV layouts' });
    expect(grid.textContent).toContain('Invoice Number, Gross Amount');
    await user.click(screen.getByRole('button', { name: 'New layout' }));
    const dialog = await screen.findByRole('dialog', { name: 'New CSV layout' });
    await user.type(within(dialog).getByLabelText('Name'), 'erp-invoices');
    expect(dialog.textContent).toContain('There is a layout of this name');
    await user.type(within(dialog).getByLabelText('Name'), '-de');
    await user.type(within(dialog).getByLabelText('Note'), 'agreed');
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect((await within(dialog).findByRole('alert')).textContent).toContain('columns: no stands there twice');
    expect(api.asked.find(({ name }) => name === 'SaveCsvLayout')?.variables).toMatchObject({
      name: 'erp-invoices-de',
      basedOn: 0,
      definition: expect.stringMatching(/^name: erp-invoices-de\nversion: 1\n/),
      note: 'agreed',
    });
  });

  it('a CSV layout that is there is changed on the version that was seen', async () => {
    const user = userEvent.setup();
    const { api } = openSources({ show: 'layouts' });
    await user.click(await screen.findByRole('button', { name: 'Change' }));
    const dialog = await screen.findByRole('dialog', { name: 'Change erp-invoices' });
    await user.type(within(dialog).getByLabelText('Layout in YAML'), '# more');
    await user.type(within(dialog).getByLabelText('Note'), 'mended');
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'SaveCsvLayout')?.variables).toMatchObject({ basedOn: 1 }),
    );
  });
});
