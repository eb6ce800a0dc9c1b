import assert from 'node:assert/strict';
import { lookAtScreens, settled } from '../browser/look.mjs';
import { story } from '../browser/story.mjs';
import { eventually } from '../eventually.mjs';
import { ApiClient } from '../graphql.mjs';

/** Above what one person may send alone. */
const LARGE = '250000.00';
/** What nothing has as its id. */
const NOTHING = '00000000-0000-4000-8000-000000000001';
/** Of the demo: it has a target, and declares what it undoes. */
const INTEGRATION = '/integrations/salesforce-contract-to-order';

story(
  'Every screen of sending again, light and dark, is accessible and fits',
  async ({ check, newPage, consoleUrl, estate }) => {
    const analyst = await new ApiClient(consoleUrl).signIn('analyst@demo.example');
    const failing = async (amount) => {
      const order = await estate.placeOrder({ legalEntity: 'DE01', fault: 'missing-mapping', amount });
      return eventually('its exception is open', async () => (await analyst.exceptionsOf(order.orderNumber))[0]);
    };
    const [asked, other, sent] = [await failing(LARGE), await failing(LARGE), await failing('100.00')];
    const requestOf = async ({ id }, reason) => (await analyst.requestRequeue([id], reason)).request.id;
    const waiting = await requestOf(asked, 'The unit is mapped now');
    const refused = await requestOf(other, 'Trying again');
    const run = await requestOf(sent, 'Trying again');
    const controller = await new ApiClient(consoleUrl).signIn('controller@demo.example');
    const { rejectRequeue } = await controller.query(
      'mutation ($id: ID!) { rejectRequeue(requestId: $id, reason: "Map the unit first") { __typename } }',
      { id: refused },
    );
    assert.equal(rejectRequeue.__typename, 'RequeueDecided');
    const { attemptId } = await eventually('the run is over', async () => {
      const { requeueRequest } = await analyst.query(
        'query ($id: ID!) { requeueRequest(id: $id) { state attempts { id state } } }',
        { id: run },
      );
      const [attempt] = requeueRequest.attempts;
      return attempt?.state === 'FAILED' && { attemptId: attempt.id };
    });
    const plan = await planOf(analyst, sent.businessObject.key);

    const screens = [
      { name: 'approvals-of-sending', path: '/approvals/sending' },
      { name: 'approval-of-sending', path: `/approvals/sending?open=${waiting}` },
      { name: 'approval-asked-by-me', as: 'analyst', path: `/approvals/sending?show=mine&open=${waiting}` },
      { name: 'approvals-emergencies-none', path: '/approvals/sending?show=review' },
      { name: 'approval-refused', path: `/approvals/sending?show=decided&open=${refused}` },
      { name: 'four-eyes-rules', path: '/approvals/rules' },
      { name: 'runs', as: 'analyst', path: '/requeues' },
      { name: 'run', as: 'analyst', path: `/requeues?open=${run}` },
      { name: 'run-not-there', as: 'analyst', path: `/requeues?open=${NOTHING}` },
      { name: 'unknown-outcomes-none', as: 'analyst', path: '/unknown-outcomes' },
      { name: 'certificate', as: 'analyst', path: `/certificates/${attemptId}` },
      { name: 'certificate-not-there', as: 'analyst', path: `/certificates/${NOTHING}` },
      { name: 'exception-that-awaits-approval', as: 'analyst', path: `/exceptions/${asked.id}` },
      { name: 'requeue-plan', as: 'analyst', path: `/requeues/${plan}/plan`, says: 'Each of them' },
      {
        name: 'requeue-plan-not-there',
        as: 'analyst',
        path: `/requeues/${NOTHING}/plan`,
        says: 'There is no such plan',
      },
      { name: 'target', as: 'engineer', path: `${INTEGRATION}/target`, says: 'Kind of target' },
      { name: 'target-read-only', as: 'analyst', path: `${INTEGRATION}/target`, says: 'To set it you need the right' },
      {
        name: 'target-not-there',
        as: 'analyst',
        path: '/integrations/none/target',
        says: 'There is no such integration',
      },
      { name: 'sending', as: 'engineer', path: `${INTEGRATION}/sending`, says: 'Way to the target' },
      {
        name: 'sending-read-only',
        as: 'analyst',
        path: `${INTEGRATION}/sending`,
        says: 'To change it you need the right',
      },
      { name: 'compensation', as: 'engineer', path: `${INTEGRATION}/compensation`, says: 'Add an action' },
      {
        name: 'compensation-read-only',
        as: 'analyst',
        path: `${INTEGRATION}/compensation`,
        says: 'To declare it you need the right',
      },
      { name: 'lineage-emergencies', as: 'approver', path: '/approvals/lineage?show=review' },
      { name: 'lineage-decided', as: 'approver', path: '/approvals/lineage?show=decided' },
      {
        name: 'lineage-change-not-there',
        as: 'approver',
        path: `/approvals/lineage?open=${NOTHING}`,
        says: 'There is no such change',
      },
      { name: 'compensate', as: 'analyst', path: `/exceptions/${other.id}`, act: openUndo(other.businessObject.key) },
    ];
    const problems = [];
    await lookAtScreens({ check, newPage, consoleUrl, problems, person: 'controller', screens });
    await check('what was refused is open again, with the reason', async () => {
      const [exception] = await analyst.exceptionsOf(other.businessObject.key);
      assert.equal(exception.state, 'OPEN');
    });
    await check('no error was thrown or logged', async () => {
      assert.deepEqual(problems, []);
    });
  },
);

/** A plan of a selection, worked out; answers its id. */
async function planOf(api, text) {
  const { requestRequeue } = await api.query(
    `mutation ($text: String!) {
       requestRequeue(selection: { filter: { text: $text } }, reason: "to see", dryRun: true) {
         ... on RequeuePlanning { planning { id } } ... on RequeueFailure { message } } }`,
    { text },
  );
  const id = requestRequeue.planning?.id;
  assert.ok(id, requestRequeue.message);
  await eventually('it is planned', async () => {
    const { requeueRequest } = await api.query('query ($id: ID!) { requeueRequest(id: $id) { state } }', { id });
    return requeueRequest.state === 'PLANNED';
  });
  return id;
}

/** Opens what undoes the document, by keyboard, with what would happen. */
function openUndo(key) {
  return async ({ page }) => {
    await page.getByRole('button', { name: 'Reverse / Cancel / Notify…' }).waitFor();
    await page.keyboard.press('u');
    await page
      .getByRole('dialog', { name: `Undo ${key}` })
      .getByText('What is done')
      .waitFor();
    await settled(page);
  };
}
