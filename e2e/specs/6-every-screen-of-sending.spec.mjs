import assert from 'node:assert/strict';
import { lookAtScreens } from '../browser/look.mjs';
import { story } from '../browser/story.mjs';
import { eventually } from '../eventually.mjs';
import { ApiClient } from '../graphql.mjs';

/** Above what one person may send alone. */
const LARGE = '250000.00';

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

    const screens = [
      { name: 'approvals-of-sending', path: '/approvals/sending' },
      { name: 'approval-of-sending', path: `/approvals/sending?open=${waiting}` },
      { name: 'approval-asked-by-me', as: 'analyst', path: `/approvals/sending?show=mine&open=${waiting}` },
      { name: 'approvals-emergencies-none', path: '/approvals/sending?show=review' },
      { name: 'approval-refused', path: `/approvals/sending?show=decided&open=${refused}` },
      { name: 'four-eyes-rules', path: '/approvals/rules' },
      { name: 'runs', as: 'analyst', path: '/requeues' },
      { name: 'run', as: 'analyst', path: `/requeues?open=${run}` },
      { name: 'run-not-there', as: 'analyst', path: '/requeues?open=00000000-0000-4000-8000-000000000001' },
      { name: 'unknown-outcomes-none', as: 'analyst', path: '/unknown-outcomes' },
      { name: 'certificate', as: 'analyst', path: `/certificates/${attemptId}` },
      { name: 'certificate-not-there', as: 'analyst', path: '/certificates/00000000-0000-4000-8000-000000000001' },
      { name: 'exception-that-awaits-approval', as: 'analyst', path: `/exceptions/${asked.id}` },
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
