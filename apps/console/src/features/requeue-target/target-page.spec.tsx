import { describe, expect, it } from '@jest/globals';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { ANALYST, renderConsole } from '../../testing/render-console.js';
import { TargetPage } from './target-page.js';

const ADDRESS = { label: 'Address', help: 'Takes the signed POST', example: null };
const ADAPTERS = [
  {
    adapter: 'webhook',
    title: 'Signed webhook',
    summary: 'A POST signed as Standard Webhooks.',
    mayKeepKeys: true,
    address: ADDRESS,
    statusAddress: { ...ADDRESS, label: 'Status address' },
    validateAddress: { ...ADDRESS, label: 'Validate-only address' },
    fields: [
      { name: 'signing', label: 'Signing secret', isSecret: true, isRequired: true, help: 'whsec_', example: null },
    ],
  },
  {
    adapter: 'boomi',
    title: 'Boomi',
    summary: 'Asks the platform to execute the process once more.',
    mayKeepKeys: false,
    address: { ...ADDRESS, label: 'Platform API of the account' },
    statusAddress: null,
    validateAddress: null,
    fields: [
      { name: 'processId', label: 'Process id', isSecret: false, isRequired: true, help: 'Executed', example: null },
      { name: 'apiToken', label: 'API token', isSecret: true, isRequired: true, help: 'Of a user', example: null },
    ],
  },
];
const WEBHOOK = {
  adapter: 'webhook',
  adapterTitle: 'Signed webhook',
  url: 'https://integration.example.com/requeue',
  settings: [],
  secretsSet: ['signing'],
  missing: [],
  statusUrl: null,
  validateUrl: null,
  isIdempotent: true,
  changedAt: '2026-11-20T08:00:00.000Z',
  changedByName: 'Erik Engineer',
};

function page(
  destination: object | null,
  { saved = {}, permissions = ['catalog.read', 'catalog.write'] }: { saved?: object; permissions?: string[] } = {},
) {
  const done = {
    __typename: 'RequeueTargetSaved',
    newSecret: null,
    integration: { name: 'x', title: 'Orders' },
    ...saved,
  };
  return renderConsole(
    <TargetPage name="orders" />,
    {
      RequeueTargetSettings: () => ({
        requeueAdapters: ADAPTERS,
        integrations: { edges: [{ node: { name: 'orders', title: 'Orders', requeueDestination: destination } }] },
      }),
      SetRequeueTarget: () => ({ setRequeueTarget: done }),
      RemoveRequeueTarget: () => ({ removeRequeueTarget: done }),
    },
    { ...ANALYST, permissions },
  );
}

const fill = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

describe('the target of an integration', () => {
  it('says that there is none, and makes a secret for the first one, which is shown once', async () => {
    const user = userEvent.setup();
    const { api } = page(null, { saved: { newSecret: 'whsec_shownOnce' } });
    expect(await screen.findByText('Orders takes nothing that is sent again: it has no target.')).toBeTruthy();
    fill('Address', ' https://new.example.com/requeue ');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect((await screen.findByText('whsec_shownOnce')).tagName).toBe('CODE');
    expect(api.asked.find(({ name }) => name === 'SetRequeueTarget')?.variables).toEqual({
      input: {
        integration: 'orders',
        adapter: 'webhook',
        url: 'https://new.example.com/requeue',
        settings: [],
        secrets: [],
        makeSigningSecret: true,
        statusUrl: null,
        validateUrl: null,
        isIdempotent: false,
      },
    });
  });

  it('keeps a secret that is not given, and never shows one', async () => {
    const { api } = page(WEBHOOK);
    expect(await screen.findByText('Orders is sent again to integration.example.com: Signed webhook.')).toBeTruthy();
    expect(screen.getByText(/Set; empty = it stays as it is/)).toBeTruthy();
    fill('Validate-only address', 'https://integration.example.com/validate');
    fireEvent.keyDown(screen.getByLabelText('Address'), { key: 'Enter', ctrlKey: true });
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'SetRequeueTarget')?.variables).toMatchObject({
        input: {
          secrets: [],
          makeSigningSecret: false,
          isIdempotent: true,
          validateUrl: 'https://integration.example.com/validate',
        },
      }),
    );
  });

  it('asks for the fields of another kind, and lets nobody claim keys that are not kept', async () => {
    const user = userEvent.setup();
    const { api } = page(WEBHOOK);
    await user.click(await screen.findByRole('combobox', { name: 'Kind of target' }));
    await user.click(await screen.findByRole('option', { name: 'Boomi' }));
    expect(screen.getByLabelText('It keeps the idempotency key').hasAttribute('disabled')).toBe(true);
    fill('Platform API of the account', 'https://api.boomi.com/api/rest/v1/acme');
    fill('Process id', 'p-1');
    expect(screen.getByRole('button', { name: 'Save' }).getAttribute('aria-disabled')).toBe('true');
    fill('API token', 'secret');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'SetRequeueTarget')?.variables).toMatchObject({
        input: {
          adapter: 'boomi',
          settings: [{ name: 'processId', value: 'p-1' }],
          secrets: [{ name: 'apiToken', value: 'secret' }],
          isIdempotent: false,
        },
      }),
    );
    await waitFor(() => expect((screen.getByLabelText('API token') as HTMLInputElement).value).toBe(''));
  });

  it('says which field the catalog refuses', async () => {
    const user = userEvent.setup();
    page(WEBHOOK, {
      saved: {
        __typename: 'CatalogFailure',
        code: 'INVALID',
        message: 'The target cannot be taken as it is',
        problems: ['url: the host is a private address'],
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Save' }));
    expect((await screen.findByRole('alert')).textContent).toContain('url: the host is a private address');
  });

  it('is taken away after being asked twice', async () => {
    const user = userEvent.setup();
    const { api } = page(WEBHOOK);
    await user.click(await screen.findByRole('button', { name: 'Take the target away' }));
    expect(api.asked.some(({ name }) => name === 'RemoveRequeueTarget')).toBe(false);
    await user.click(screen.getByRole('button', { name: /nothing is sent again then/ }));
    await waitFor(() => expect(api.asked.some(({ name }) => name === 'RemoveRequeueTarget')).toBe(true));
  });

  it.each<[string, (user: UserEvent) => Promise<void>]>([
    ['by a word', (user) => user.click(screen.getByRole('button', { name: 'Not now' }))],
    ['by an edit', (user) => user.type(screen.getByLabelText('Address'), '/new')],
    [
      'by another kind',
      async (user) => {
        await user.click(screen.getByRole('combobox', { name: 'Kind of target' }));
        await user.click(await screen.findByRole('option', { name: 'Boomi' }));
      },
    ],
    ['by saving', (user) => user.click(screen.getByRole('button', { name: 'Save' }))],
  ])('is not about to be taken away any more %s', async (_how, otherwise) => {
    const user = userEvent.setup();
    const { api } = page(WEBHOOK);
    await user.click(await screen.findByRole('button', { name: 'Take the target away' }));
    await otherwise(user);
    await user.click(await screen.findByRole('button', { name: 'Take the target away' }));
    expect(api.asked.some(({ name }) => name === 'RemoveRequeueTarget')).toBe(false);
  });

  it('is only read by who may not change the catalog', async () => {
    page(WEBHOOK, { permissions: ['catalog.read'] });
    expect(await screen.findByText(/you need the right to change the catalog/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
  });

  it('says that there is no such integration', async () => {
    renderConsole(
      <TargetPage name="nobody" />,
      { RequeueTargetSettings: () => ({ requeueAdapters: ADAPTERS, integrations: { edges: [] } }) },
      { ...ANALYST, permissions: ['catalog.read', 'catalog.write'] },
    );
    expect(await screen.findByText('There is no such integration')).toBeTruthy();
  });
});
