import { describe, expect, it, jest } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderConsole } from '../../testing/render-console.js';
import { CertificatePage } from './certificate-page.js';
import type { Certificate } from './certificate-documents.js';

const AT = '2026-11-20T08:00:00.000Z';
const CERTIFICATE: Certificate = {
  __typename: 'RequeueCertificate',
  exceptionId: 'e1',
  integration: 'salesforce-contract-to-order',
  integrationTitle: 'Contract to order',
  bodyHash: 'ab12',
  bodyBytes: 1_024,
  contentType: 'application/json',
  payload: { text: '{"sellingUnit":"DE01-KIEL","no":12345678901234567890}', bytes: 51, isMasked: false, whyNot: null },
  payloadVersion: 2,
  changes: [{ pointer: '/sellingUnit', from: '"DE01-BREMEN"', to: '"DE01-KIEL"' }],
  compensation: null,
  idempotencyKey: 'msg_a1',
  selectionHash: 'cd34',
  requestedAt: AT,
  verifyBy: AT,
  evidenceHash: 'ef56',
  subject: { objectId: 'o1', type: 'sales-order', key: 'O-100' },
  attempt: {
    id: 'a1',
    attempt: 2,
    state: 'VERIFIED',
    requestId: 'r1',
    makerName: 'Anna Lindqvist',
    reason: 'Mapping added',
    sentAt: AT,
    acknowledgedAt: AT,
    processedAt: AT,
    finishedAt: AT,
    settlement: null,
    httpStatus: 202,
    answer: 'taken',
    transmissions: 1,
    traceId: null,
  },
  approvals: [{ id: 'x1', at: AT, actorName: 'Petra Approver' }],
  request: {
    __typename: 'RequeueRequest',
    id: 'r1',
    state: 'FINISHED',
    approval: { isBreakGlass: false, decidedByName: 'Petra Approver', decidedAt: AT, needed: { approvals: 1 } },
  },
  became: [
    {
      activityId: 'v1',
      activityType: 'journal-entry.posted',
      occurredAt: AT,
      system: 'sap-de',
      documents: [{ objectId: 'd1', type: 'journal-entry', key: '4711' }],
    },
  ],
  evidence: [
    { id: 'x1', at: AT, action: 'requeue.approved', actorName: 'Petra Approver', hash: '9988', isSealed: false },
  ],
} as Certificate;

const asked = (state: Certificate['request']['state'], approval: Partial<Certificate['request']['approval']>) => ({
  ...CERTIFICATE.request,
  state,
  approval: { ...CERTIFICATE.request.approval, ...approval },
});

const openPage = (certificate: Certificate | null) =>
  renderConsole(<CertificatePage attemptId="a1" />, {
    RequeueCertificate: () => ({ requeueCertificate: certificate }),
  });

describe('a certificate', () => {
  it('of what was undone says by which document, and when it was posted', async () => {
    openPage({
      ...CERTIFICATE,
      compensation: {
        action: 'REVERSE',
        postingDate: '2026-10-01',
        provedBy: 'invoice.reversed',
        document: { objectId: 'i1', type: 'invoice', key: '9001' },
        undoneBy: [
          {
            activityId: 'v2',
            activityType: 'invoice.reversed',
            occurredAt: AT,
            system: 'sap-de',
            documents: [{ objectId: 'r1', type: 'journal-entry', key: '8801' }],
          },
        ],
      },
    } as Certificate);
    expect(await screen.findByText('invoice 9001 was reversed by journal entry 8801.')).toBeTruthy();
    expect(screen.getByText('2026-10-01')).toBeTruthy();
    expect(screen.getByText('What undid it')).toBeTruthy();
  });

  it('says what was sent, by whom, approved by whom, and what it became, and is printed', async () => {
    const user = userEvent.setup();
    const print = jest.spyOn(window, 'print').mockImplementation(() => undefined);
    openPage(CERTIFICATE);
    await screen.findByRole('heading', {
      level: 1,
      name: 'sales order O-100 was sent again, and its outcome was seen downstream. It became journal entry 4711.',
    });
    const panel = (name: string) => within(screen.getByRole('region', { name }));
    expect(panel('What was sent').getByText('ab12')).toBeTruthy();
    expect(panel('What was sent').getByText('application/json')).toBeTruthy();
    expect(panel('What was sent').getByText('51 bytes')).toBeTruthy();
    // not a digit is lost
    expect(panel('Payload as it was sent').getByText('12345678901234567890')).toBeTruthy();
    const corrected = within(panel('What was corrected').getByRole('row', { name: /sellingUnit/ }));
    expect(corrected.getByText(/BREMEN/).tagName).toBe('DEL');
    expect(corrected.getByText(/KIEL/).tagName).toBe('INS');
    expect(panel('Who decided it').getByText(/Petra Approver/)).toBeTruthy();
    expect(panel('What the target answered').getByText('HTTP 202')).toBeTruthy();
    expect(panel('What it became').getByRole('link', { name: 'journal entry 4711' }).getAttribute('href')).toBe(
      '/objects/d1',
    );
    expect(panel('Evidence').getByText('ef56')).toBeTruthy();
    expect(panel('Evidence').getByText(/not sealed yet/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Print' }));
    expect(print).toHaveBeenCalledTimes(1);
  });

  it('gives the payload as a file, as far as it may be seen', async () => {
    const saved: string[] = [];
    const original = { create: URL.createObjectURL, revoke: URL.revokeObjectURL };
    URL.createObjectURL = () => 'blob:payload';
    URL.revokeObjectURL = () => undefined;
    const click = jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      saved.push(this.download);
    });
    try {
      openPage({ ...CERTIFICATE, payload: { ...CERTIFICATE.payload, isMasked: true } });
      const panel = within(await screen.findByRole('region', { name: 'Payload as it was sent' }));
      expect(panel.getByText('account numbers are hidden')).toBeTruthy();
      await userEvent.click(panel.getByRole('button', { name: 'Save as a file' }));
      expect(saved).toEqual(['sent-a1.json']);
    } finally {
      click.mockRestore();
      URL.createObjectURL = original.create;
      URL.revokeObjectURL = original.revoke;
    }
  });

  it('says why it shows no payload', async () => {
    const payload = { text: null, bytes: 51, isMasked: true, whyNot: 'To see it needs the right to see payloads.' };
    openPage({ ...CERTIFICATE, contentType: null, payload } as Certificate);
    expect(await screen.findByText('To see it needs the right to see payloads.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Save as a file' })).toBeNull();
  });

  it('says that nobody had to approve it, and that nothing was seen of it yet', async () => {
    openPage({
      ...CERTIFICATE,
      approvals: [],
      became: [],
      request: asked('FINISHED', { needed: null }),
      attempt: { ...CERTIFICATE.attempt, state: 'ACKNOWLEDGED' },
    });
    expect(await screen.findByText('nobody had to')).toBeTruthy();
    expect(screen.getByText('No run told of it yet.')).toBeTruthy();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('its outcome was not seen yet');
  });

  it('says that a second person, and no telemetry, told what became of it', async () => {
    const settlement = {
      verdict: 'APPLIED' as const,
      reason: 'order 4711 stands in SAP',
      personName: 'Emil Roth',
      at: AT,
    };
    openPage({ ...CERTIFICATE, became: [], attempt: { ...CERTIFICATE.attempt, settlement } });
    expect(await screen.findByText(/^Not proved by telemetry\. Emil Roth said on .* that it was applied/)).toBeTruthy();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('Emil Roth said');
  });

  it('says that nothing came of what failed again', async () => {
    openPage({ ...CERTIFICATE, became: [], attempt: { ...CERTIFICATE.attempt, state: 'FAILED' } });
    expect(await screen.findByText('Its run failed again: nothing.')).toBeTruthy();
  });

  it.each([
    ['waits for approval', 'PENDING_APPROVAL', 'QUEUED', 'sales order O-100 waits for approval to be sent again.'],
    ['is made ready', 'APPROVING', 'QUEUED', 'sales order O-100 is made ready to be sent again; nothing has gone out.'],
    ['is given back', 'CLOSING', 'QUEUED', 'sales order O-100 will not be sent: it was not approved.'],
    ['was not approved', 'REJECTED', 'REFUSED', 'sales order O-100 was not sent.'],
  ] as const)('of what %s says that nobody approved it, and that it was not sent', async (_what, state, of, words) => {
    const attempt = { ...CERTIFICATE.attempt, state: of, transmissions: 0 };
    openPage({ ...CERTIFICATE, approvals: [], became: [], request: asked(state, {}), attempt });
    expect(await screen.findByText('nobody')).toBeTruthy();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(words);
  });

  it('says who let it go in an emergency', async () => {
    const request = asked('FINISHED', { isBreakGlass: true, decidedByName: 'Cleo Alone' });
    openPage({ ...CERTIFICATE, approvals: [], request });
    expect(await screen.findByText(/^let go in an emergency by Cleo Alone/)).toBeTruthy();
  });

  it('is of no other send', async () => {
    openPage(null);
    expect(await screen.findByText('There is no such send')).toBeTruthy();
  });
});
