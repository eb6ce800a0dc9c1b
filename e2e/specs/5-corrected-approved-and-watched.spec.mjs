import assert from 'node:assert/strict';
import { Console } from '../browser/console.mjs';
import { story } from '../browser/story.mjs';
import { eventually } from '../eventually.mjs';
import { ApiClient } from '../graphql.mjs';

/** Three of them are above what one person may send alone. */
const AMOUNT = '60000.00';
const IN_TIME = { timeout: 60_000 };

story(
  'Failed orders are corrected, approved by a second person, sent behind a canary and proven',
  async ({ step, newPage, consoleUrl, estate }) => {
    const page = await newPage();
    const throughline = new Console(page, consoleUrl);
    const api = await new ApiClient(consoleUrl).signIn('analyst@demo.example');
    let controller;
    let known;
    let corrected;
    let mended;
    let runId;

    const requestOf = async ({ orderNumber }) =>
      eventually(`${orderNumber} is asked for`, async () => {
        const [exception] = await api.exceptionsOf(orderNumber);
        return exception?.state === 'PENDING_APPROVAL' && exception.attempts.at(-1).requestId;
      });
    const approve = async (requestId, look) => {
      await controller.open(`/approvals/sending?open=${requestId}`);
      await controller.exception.waitFor();
      await look(controller.exception);
      await controller.page.keyboard.press('y');
      await controller.page.getByRole('dialog', { name: 'Approve sending again' }).waitFor();
      await controller.page.keyboard.press('Control+Enter');
      await controller.page.getByRole('dialog').waitFor({ state: 'hidden' });
    };

    await step('Four orders fail, of selling units that the ERP does not know', async () => {
      known = await estate.placeOrder({ legalEntity: 'DE01', amount: '900.00' });
      const place = () => estate.placeOrder({ legalEntity: 'DE01', fault: 'missing-mapping', amount: AMOUNT });
      [corrected, ...mended] = [await place(), await place(), await place(), await place()];
      for (const { orderNumber } of [corrected, ...mended]) {
        await eventually(`${orderNumber} failed`, async () => (await api.exceptionsOf(orderNumber))[0]);
      }
    });

    await step('An analyst corrects the selling unit of one of them, and asks to send that', async () => {
      await throughline.arriveAs('analyst');
      const [{ id }] = await api.exceptionsOf(corrected.orderNumber);
      await throughline.open(`/exceptions/${id}`);
      await page.getByRole('button', { name: 'Correct', exact: true }).waitFor();
      await page.keyboard.press('c');
      const form = page.getByRole('dialog', { name: `Correct ${corrected.orderNumber}` });
      await form.getByLabel('Selling unit').fill(known.sellingUnit);
      await form.getByRole('table', { name: 'Against version 1' }).getByText(known.sellingUnit).waitFor();
      await form.getByLabel('Reason').fill('Sales booked the wrong unit');
      await eventually('it can be saved', () => form.getByRole('button', { name: 'Save', exact: true }).isEnabled());
      await form.getByRole('button', { name: 'Save and send…' }).click();
      const sending = page.getByRole('dialog', { name: 'Send again' });
      await sending.getByText(/It waits for one more person.*a correction of it/).waitFor();
      await sending.getByLabel('Reason').fill('Sales booked the wrong unit');
      await sending.getByRole('button', { name: 'Ask to send again' }).click();
      await sending.waitFor({ state: 'hidden' });
    });

    await step('The units of the others are mapped; they are asked for together, behind a canary of one', async () => {
      for (const { sellingUnit } of mended) await estate.addMapping(sellingUnit, 'DE01');
      await throughline.open('/exceptions');
      for (const { orderNumber } of mended) {
        const row = await throughline.exceptionRow(orderNumber);
        await row.getByRole('checkbox').click();
      }
      await page.keyboard.press('r');
      const sending = page.getByRole('dialog', { name: 'Send again' });
      await sending.getByText(/^3 of 3 will be sent again, with EUR 180/).waitFor();
      const sums = sending.getByRole('table', { name: 'Money of what goes' });
      assert.match(await sums.innerText(), /DE01\s+EUR\s180,000\.00 in\s+3/);
      await sending.getByRole('button', { name: 'How it is sent' }).click();
      await sending.getByLabel('Canary').fill('1');
      await sending.getByText(/^1 goes first/).waitFor();
      await sending.getByLabel('Reason').fill('The units are mapped now');
      await sending.getByRole('button', { name: 'Ask to send 3 again' }).click();
      await sending.waitFor({ state: 'hidden' });
    });

    await step(
      'The controller sees what was corrected and approves it, and then the three with their canary',
      async () => {
        controller = await new Console(await newPage(), consoleUrl).arriveAs('controller');
        await approve(await requestOf(corrected), async (request) => {
          await request.getByText('/sellingUnit').waitFor();
          await request.getByText(known.sellingUnit).waitFor();
        });
        runId = await requestOf(mended[0]);
        await throughline.open(`/requeues?open=${runId}`);
        await page.getByText('None of 3 sent.').waitFor();
        await approve(runId, async (request) => {
          await request.getByText(/EUR 100,000 or more/).waitFor();
          await request.getByText(/^1 goes first/).waitFor();
        });
      },
    );

    await step('The analyst watches the canary be verified, and then the rest', async () => {
      await page
        .getByText('The first 1 are verified downstream: the rest goes.')
        .or(page.getByText(/3 verified\./))
        .waitFor(IN_TIME);
      await page.getByText('3 of 3 sent: 3 verified.').waitFor(IN_TIME);
      const { requeueRequest } = await api.query(
        `query ($id: ID!) { requeueRequest(id: $id) { run { canaryState limits { canary } } attempts { sentAt acknowledgedAt finishedAt } } }`,
        { id: runId },
      );
      assert.deepEqual(requeueRequest.run, { canaryState: 'passed', limits: { canary: 1 } });
      const [first, ...rest] = requeueRequest.attempts;
      for (const { sentAt } of rest) assert.ok(sentAt >= first.finishedAt, 'the rest waited for the canary');
    });

    await step(
      'All four are resolved by what was seen downstream, and the certificate tells the correction',
      async () => {
        for (const { orderNumber } of [corrected, ...mended]) {
          await eventually(`${orderNumber} is verified`, async () => {
            const [exception] = await api.exceptionsOf(orderNumber);
            return exception.state === 'RESOLVED' && exception.resolution === 'VERIFIED_REQUEUE';
          });
        }
        const [{ id }] = await api.exceptionsOf(corrected.orderNumber);
        const { exception } = await api.query('query ($id: ID!) { exception(id: $id) { attempts { id } } }', { id });
        await throughline.open(`/certificates/${exception.attempts.at(-1).id}`);
        const changes = page.getByRole('table', { name: 'What was corrected' });
        await changes.getByText(known.sellingUnit).waitFor();
      },
    );
  },
);
