import { describe, expect, it } from '@jest/globals';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { exceptionFull } from '../../../testing/exception-rows.js';
import { renderConsole } from '../../../testing/render-console.js';
import { LIMITS } from '../../../testing/sending-limits.js';
import { ExceptionDetail } from '../exception-detail.js';
import type { Correctable, CorrectableField } from './correction-documents.js';

const AMOUNT = '12345678901234567890.10';

function field(pointer: string, more: Partial<CorrectableField> = {}): CorrectableField {
  const label = pointer.slice(1, 2).toUpperCase() + pointer.slice(2);
  const plain = { description: null, kind: 'text', choices: [], isRequired: false, isMasked: false };
  return { pointer, label, valueJson: '"DE01-BREMEN"', needsConfirmation: false, lock: null, ...plain, ...more };
}

const PAYLOAD: Correctable = {
  canCorrect: true,
  whyNot: null,
  kind: 'other',
  failedVersion: 1,
  latestVersion: 1,
  isMasked: true,
  isTruncated: false,
  changeable: ['/sellingUnit', '/region', '/iban', '/amount'],
  contractType: null,
  contractVersion: null,
  lists: [],
  fields: [
    field('/sellingUnit'),
    field('/region', { kind: 'choice', choices: ['"EMEA"', '"APAC"'], valueJson: null }),
    field('/iban', { isMasked: true, valueJson: null }),
    field('/amount', {
      valueJson: AMOUNT,
      lock: { code: 'LOCKED_IN_PAYMENT', message: 'is an amount of a payment instruction' },
    }),
  ],
  versions: [
    {
      number: 1,
      origin: 'source',
      basedOn: null,
      reason: '',
      authorName: '',
      createdAt: '2026-11-20T08:00:00.000Z',
      payloadJson: `{"sellingUnit":"DE01-BREMEN","iban":"DE••••3000","amount":${AMOUNT}}`,
      changes: [],
    },
  ],
};

const CHANGE = { pointer: '/sellingUnit', from: '"DE01-BREMEN"', to: '"DE01-KIEL"' };
const GOOD = { isStale: false, toConfirm: [], problems: [], changes: [CHANGE] };
const SAVED = { __typename: 'CorrectionSaved', version: 2 };

type Setting = { payload?: Correctable | null; check?: object; saved?: object; asIs?: object };

function open({ payload = PAYLOAD, check = GOOD, saved = SAVED, asIs = {} }: Setting = {}) {
  return renderConsole(<ExceptionDetail id="100" />, {
    ExceptionPage: () => ({ exception: exceptionFull('100', { actions: ['requeue', 'correct'] }) }),
    ExceptionLineage: () => ({
      upstream: { isTruncated: false, nodes: [] },
      downstream: { isTruncated: false, nodes: [] },
    }),
    Impact: () => ({ impact: null }),
    CorrectablePayload: () => ({
      exception: { id: '100', failure: { failedField: '/sellingUnit' } },
      correctablePayload: payload,
    }),
    CorrectedVersions: () => ({
      correctablePayload: {
        versions: [{ number: 2, origin: 'correction', reason: 'renamed', authorName: 'Ana Lyst' }],
      },
    }),
    CorrectionEdits: () => ({ correctionEdits: [{ pointer: '/sellingUnit', to: '"DE01-KIEL"' }] }),
    CheckCorrection: () => ({ checkCorrection: check }),
    SaveCorrection: () => ({ saveCorrection: saved }),
    RequestRequeue: ({ dryRun, mode }) => ({
      requestRequeue: dryRun
        ? {
            __typename: 'RequeuePlan',
            hash: 'seen',
            items: [
              {
                exceptionId: '100',
                integration: 'contract-to-order',
                objectKey: 'O-100',
                willSend: true,
                code: null,
                reason: null,
                after: [],
                ...(mode === undefined ? asIs : {}),
              },
            ],
            sent: [],
            leftOut: [],
            waiting: [],
            approval: null,
            limits: LIMITS,
            targets: [],
          }
        : { __typename: 'RequeueAccepted', request: { id: 'r1', items: 1 }, exceptions: [], plan: { items: [] } },
    }),
  });
}

const fill = (input: HTMLElement, value: string) => fireEvent.change(input, { target: { value } });
const correct = async () => {
  const user = userEvent.setup();
  await screen.findByRole('button', { name: 'Correct' });
  await user.keyboard('c');
  return { user, dialog: await screen.findByRole('dialog', { name: 'Correct O-100' }) };
};
const isDisabled = (element: HTMLElement) => element.hasAttribute('disabled');
const sent = (asked: { name: string; variables: Record<string, unknown> }[], name: string) =>
  asked.filter((each) => each.name === name).map(({ variables }) => variables);

describe('correcting a payload', () => {
  it('offers what is declared, closes what is locked or masked, and marks the failing field beside it', async () => {
    open();
    const { dialog } = await correct();
    expect(await within(dialog).findByLabelText('SellingUnit')).toHaveProperty('value', 'DE01-BREMEN');
    expect(within(dialog).getByText('/sellingUnit · the failing field')).toBeTruthy();
    expect(isDisabled(within(dialog).getByLabelText('Iban'))).toBe(true);
    expect(isDisabled(within(dialog).getByLabelText('Amount'))).toBe(true);
    expect(within(dialog).getByText('/amount is an amount of a payment instruction')).toBeTruthy();
    const raw = within(dialog).getByRole('region', { name: 'The payload as it is' });
    expect(raw.textContent).toContain(AMOUNT);
    expect(within(raw).getByText(/failing field/)).toBeTruthy();
    expect(isDisabled(within(dialog).getByRole('button', { name: 'Save and send…' }))).toBe(true);
  });

  it('checks while one types, shows what differs, and saves with a reason', async () => {
    const { api } = open();
    const { user, dialog } = await correct();
    fill(await within(dialog).findByLabelText('SellingUnit'), 'DE01-KIEL');
    const differs = await within(dialog).findByRole('table', { name: 'Against version 1' });
    expect(within(differs).getByText('DE01-KIEL')).toBeTruthy();
    fill(within(dialog).getByLabelText('Reason'), 'renamed');
    await waitFor(() => expect(isDisabled(within(dialog).getByRole('button', { name: 'Save' }))).toBe(false));
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const edits = [{ pointer: '/sellingUnit', to: '"DE01-KIEL"' }];
    expect(sent(api.asked, 'CheckCorrection').at(-1)).toEqual({ exceptionId: '100', basedOn: 1, edits });
    expect(sent(api.asked, 'SaveCorrection')).toEqual([
      { exceptionId: '100', basedOn: 1, edits, reason: 'renamed', isConfirmed: false },
    ]);
  });

  it('is written as text as well, and what differs goes the way of the fields', async () => {
    const { api } = open();
    const { user, dialog } = await correct();
    await user.click(await within(dialog).findByLabelText('Write it as text'));
    const text = within(dialog).getByLabelText<HTMLTextAreaElement>('Payload as JSON');
    expect(text.value).toBe(`{\n  "sellingUnit": "DE01-BREMEN",\n  "iban": "DE••••3000",\n  "amount": ${AMOUNT}\n}`);
    fill(within(dialog).getByLabelText('Reason'), 'renamed');
    const save = within(dialog).getByRole('button', { name: 'Save' });
    fill(text, '{\n  "sellingUnit": ');
    expect(within(dialog).getByText('Line 2, column 18: it is not JSON from here on.')).toBeTruthy();
    expect(isDisabled(save)).toBe(true);
    const wanted = text.value.replace('"sellingUnit": ', '"sellingUnit": "DE01-KIEL" }');
    fill(text, wanted);
    await waitFor(() => expect(isDisabled(save)).toBe(false));
    expect(sent(api.asked, 'CorrectionEdits').at(-1)).toEqual({ exceptionId: '100', basedOn: 1, payloadJson: wanted });
    await user.click(save);
    const edits = [{ pointer: '/sellingUnit', to: '"DE01-KIEL"' }];
    await waitFor(() => expect(sent(api.asked, 'SaveCorrection')).toMatchObject([{ basedOn: 1, edits }]));
  });

  it('says at the field, and elsewhere, what stands in the way', async () => {
    const problems = [
      { pointer: '/sellingUnit', code: 'BREAKS_CONTRACT', message: 'must match the pattern' },
      { pointer: '/lines/0/tax', code: 'BREAKS_CONTRACT', message: 'is missing' },
    ];
    open({ check: { ...GOOD, problems } });
    const { dialog } = await correct();
    fill(await within(dialog).findByLabelText('SellingUnit'), 'x');
    expect(await within(dialog).findByText('must match the pattern')).toBeTruthy();
    expect(within(dialog).getByLabelText('SellingUnit').getAttribute('aria-invalid')).toBe('true');
    const elsewhere = within(dialog).getByRole('list', { name: 'What stands in the way' });
    expect(elsewhere.textContent).toContain('/lines/0/tax is missing');
    fill(within(dialog).getByLabelText('Reason'), 'renamed');
    expect(isDisabled(within(dialog).getByRole('button', { name: 'Save' }))).toBe(true);
  });

  it('demands a word for facts of a posting', async () => {
    const { api } = open({ check: { ...GOOD, toConfirm: ['/sellingUnit'] } });
    const { user, dialog } = await correct();
    fill(await within(dialog).findByLabelText('SellingUnit'), 'DE01-KIEL');
    fill(within(dialog).getByLabelText('Reason'), 'renamed');
    const word = await within(dialog).findByLabelText(/^I stand for/);
    expect(isDisabled(within(dialog).getByRole('button', { name: 'Save' }))).toBe(true);
    await user.click(word);
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(sent(api.asked, 'SaveCorrection')).toMatchObject([{ isConfirmed: true }]));
  });

  it('tells what somebody else saved meanwhile and goes on from there, with what was typed', async () => {
    const payload = { ...PAYLOAD, latestVersion: 2 };
    const changes = [{ pointer: '/region', from: null, to: '"APAC"' }];
    const { api } = open({
      saved: { __typename: 'CorrectionStale', latestVersion: 2, savedBy: 'Bruno Keller', changes, payload },
    });
    const { user, dialog } = await correct();
    fill(await within(dialog).findByLabelText('SellingUnit'), 'DE01-KIEL');
    fill(within(dialog).getByLabelText('Reason'), 'renamed');
    await waitFor(() => expect(isDisabled(within(dialog).getByRole('button', { name: 'Save' }))).toBe(false));
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    const notice = await within(dialog).findByRole('alert');
    expect(notice.textContent).toContain('Bruno Keller saved version 2 meanwhile');
    expect(within(notice).getByText('APAC')).toBeTruthy();
    await user.click(within(notice).getByRole('button', { name: 'Go on from version 2' }));
    expect(within(dialog).getByLabelText('SellingUnit')).toHaveProperty('value', 'DE01-KIEL');
    await waitFor(() => expect(sent(api.asked, 'CheckCorrection').at(-1)).toMatchObject({ basedOn: 2 }));
  });

  it('goes on to sending with Ctrl-Enter, the new version chosen', async () => {
    const { api } = open();
    const { user, dialog } = await correct();
    fill(await within(dialog).findByLabelText('SellingUnit'), 'DE01-KIEL');
    const reason = within(dialog).getByLabelText('Reason');
    fill(reason, 'renamed');
    await waitFor(() => expect(isDisabled(within(dialog).getByRole('button', { name: 'Save' }))).toBe(false));
    reason.focus();
    await user.keyboard('{Control>}{Enter}{/Control}');
    const sending = await screen.findByRole('dialog', { name: 'Send again' });
    expect(await within(sending).findByLabelText('Corrected, version 2')).toHaveProperty('checked', true);
    fill(within(sending).getByLabelText('Reason'), 'renamed');
    await user.click(within(sending).getByRole('button', { name: 'Send again' }));
    await waitFor(() =>
      expect(sent(api.asked, 'RequestRequeue').find(({ dryRun }) => dryRun === false)).toMatchObject({
        mode: 'CORRECTED',
        versions: [{ exceptionId: '100', payloadVersion: 2 }],
      }),
    );
    // the plan is of what is sent
    expect(sent(api.asked, 'RequestRequeue')[0]).toMatchObject({ dryRun: true, mode: 'CORRECTED' });
  });

  it.each([
    [
      'nothing is declared',
      { ...PAYLOAD, canCorrect: false, changeable: [], fields: [], whyNot: 'It declares nothing.' },
      'It declares nothing.',
    ],
    [
      'no declared field is in it',
      { ...PAYLOAD, fields: [], lists: [] },
      'None of the declared fields is in this payload.',
    ],
    ['there is no payload', null, 'The failure came without a payload'],
  ])('says so where %s', async (_what, payload, words) => {
    open({ payload });
    const { dialog } = await correct();
    expect(await within(dialog).findByText(words)).toBeTruthy();
    expect(within(dialog).queryByRole('button', { name: 'Save' })).toBeNull();
  });

  it('finds one of many fields by its name', async () => {
    const fields = Array.from({ length: 40 }, (_, index) => field(`/line${index}`));
    open({ payload: { ...PAYLOAD, fields } });
    const { dialog } = await correct();
    fill(await within(dialog).findByLabelText('Find a field'), 'line39');
    expect(within(dialog).getByLabelText('Line39')).toBeTruthy();
    expect(within(dialog).queryByLabelText('Line1')).toBeNull();
    fill(within(dialog).getByLabelText('Find a field'), 'nobody');
    expect(within(dialog).getByText('No declared field is called so.')).toBeTruthy();
  });
});

describe('sending again', () => {
  it('offers another payload where what failed cannot be sent, and plans it', async () => {
    const reason = 'Redaction masked values of its payload.';
    open({ asIs: { willSend: false, code: 'PAYLOAD_UNFIT', reason } });
    const user = userEvent.setup();
    await screen.findByRole('button', { name: 'Correct' });
    await user.keyboard('r');
    const sending = await screen.findByRole('dialog', { name: 'Send again' });
    expect(await within(sending).findByText(reason)).toBeTruthy();
    expect(within(sending).queryByLabelText('Reason')).toBeNull();
    await user.click(within(sending).getByLabelText('Extracted anew'));
    expect(await within(sending).findByLabelText('Reason')).toBeTruthy();
    expect(within(sending).queryByText(reason)).toBeNull();
  });

  it('can ask the source to extract it anew', async () => {
    const { api } = open();
    const user = userEvent.setup();
    await screen.findByRole('button', { name: 'Send again' });
    await user.keyboard('r');
    const sending = await screen.findByRole('dialog', { name: 'Send again' });
    await user.click(await within(sending).findByLabelText('Extracted anew'));
    fill(within(sending).getByLabelText('Reason'), 'put right at the source');
    await user.click(within(sending).getByRole('button', { name: 'Send again' }));
    await waitFor(() =>
      expect(sent(api.asked, 'RequestRequeue').find(({ dryRun }) => dryRun === false)).toMatchObject({
        mode: 'EXTRACT_ANEW',
      }),
    );
  });
});
