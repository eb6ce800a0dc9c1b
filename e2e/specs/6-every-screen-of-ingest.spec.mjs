import assert from 'node:assert/strict';
import { lookAtScreens } from '../browser/look.mjs';
import { story } from '../browser/story.mjs';
import { eventually } from '../eventually.mjs';
import { fixtureBytes } from '../intake/expected.mjs';
import { fixtureText } from '../intake/protocol-samples.mjs';
import { allMapped, post } from '../intake/told.mjs';
import { ApiClient } from '../graphql.mjs';

/** What has come when nothing has come yet: says why it is empty and the one thing to do. */
const EMPTY = [
  { name: 'files-empty', path: '/files', says: 'No file has come yet' },
  { name: 'runs-empty', path: '/files?show=runs', says: 'No run was reported yet' },
  { name: 'names-empty', path: '/sources?show=names', says: 'Teams use the finance attributes as they are' },
  { name: 'contracts-empty', path: '/sources?show=contracts' },
];

story('Every screen of ingest, light and dark, is accessible and fits', async ({ check, step, newPage, ...stack }) => {
  const { consoleUrl } = stack;
  const api = await new ApiClient(consoleUrl).signIn('engineer@demo.example');
  const problems = [];
  const look = (screens) => lookAtScreens({ check, newPage, consoleUrl, problems, person: 'engineer', screens });
  await look(EMPTY);

  let screens;
  await step('Something of every kind comes in, some of it unreadable, some refused', async () => {
    const mark = String(Date.now() % 10_000_000);
    await fill(stack, mark);
    await allMapped(stack);
    screens = screensOf(await eventually('all of it is projected', () => idsOf(api, mark)), mark);
  });

  await look(screens);
  await check('no error was thrown or logged', async () => {
    assert.deepEqual(problems, []);
  });
});

/** Sends messages of its own: the fixtures themselves come through their ports in another story, once. */
async function fill(stack, mark) {
  const webhook = async (system, body) => {
    const answer = await post(stack, `/v1/webhooks/${system}`, { body });
    assert.equal(answer.status, 200, `${system}: ${answer.text}`);
  };
  const payout = JSON.parse(fixtureText('stripe/event-payout-failed.json'));
  await webhook('stripe', JSON.stringify({ ...payout, id: `evt_${mark}` }));
  const record = JSON.parse(fixtureText('netsuite/constructed/unmapped-custom-record.json'));
  for (const number of [1, 2, 3])
    await webhook('netsuite', JSON.stringify({ ...record, id: `${mark}-${String(number)}` }));
  await webhook(
    'avalara',
    JSON.stringify({
      error: { code: 'DateRangeError', message: `Invalid date range ${mark}`, details: [{ code: 1 }] },
    }),
  );
  const file = async (format, name) => {
    const text = fixtureBytes(name).toString('latin1');
    const body = Buffer.from(
      format === 'mt940' ? text.replace(/:20:[^\r\n]*/, `:20:${mark}`) : text.replace(/^01,[^,]*/, `01,${mark}`),
      'latin1',
    );
    const path = `/v1/files/${format}?source=bank&name=${name.split('/').pop()}`;
    const answer = await post(stack, path, { body, contentType: 'application/octet-stream' });
    assert.equal(answer.status, 200, `${name}: ${answer.text}`);
  };
  await file('mt940', 'bank-swift-mt940/mt940-ing-nonbreaking-hyphen-tabs.sta');
  await file('mt940', 'bank-swift-mt940/mt940-sepa-credits-and-return.sta');
  await file('bai2', 'constructed/bai2-intraday-yen-broken-total.txt');
  const unknown = {
    specversion: '1.0',
    id: mark,
    source: `/warehouse/${mark}`,
    type: 'com.example.pallet.moved',
    data: {},
  };
  await post(stack, '/v1/events', { contentType: 'application/cloudevents+json', body: JSON.stringify(unknown) });
  await post(stack, '/v1/events', { contentType: 'application/cloudevents+json', body: '{"specversion":"1.0"' });
  const run = JSON.parse(fixtureText('openlineage/run-event-fail-revenue-close.json'));
  run.run.runId = `0190f1c2-7e5a-7b3c-9a55-${mark.padStart(12, '0')}`;
  await post(stack, '/api/v1/lineage', { body: JSON.stringify(run) });
}

async function idsOf(api, mark) {
  const one = (connection) => connection.edges[0]?.node.id;
  const answer = await api.query(`{
    unread: signals(first: 1, filter: { states: [UNMAPPED], sourceSystems: ["netsuite"] }) { edges { node { id } } }
    event: signals(first: 1, filter: { states: [UNMAPPED], types: ["com.example.pallet.moved"] }) { edges { node { id } } }
    read: signals(first: 1, filter: { states: [MAPPED], sourceSystems: ["stripe"] }) { edges { node { id } } }
    broken: files(first: 1, filter: { formats: ["mt940"], hasControlBreak: true }) { edges { node { id } } }
    bai2: files(first: 1, filter: { formats: ["bai2"] }) { edges { node { id } } }
    runs(first: 5, filter: { states: [FAILED] }) { edges { node { id message } } }
    refused: refusedInputs(first: 1) { edges { node { id } } }
    keys: ingestKeys(first: 1) { edges { node { id } } }
  }`);
  const run = answer.runs.edges.find(({ node }) => node.message?.includes(mark))?.node.id;
  const ids = Object.fromEntries(Object.entries(answer).map(([name, connection]) => [name, one(connection)]));
  const found = { ...ids, run };
  return Object.values(found).every((id) => id !== undefined) ? found : null;
}

function screensOf({ unread, event, read, broken, bai2, run, refused, keys }) {
  const tried = async ({ page }) => {
    await page.keyboard.press('Control+Enter');
    await page.getByText('Took it').first().waitFor();
  };
  const failed = async ({ page }) => {
    await page.keyboard.press('Control+Enter');
    await page.getByText('Did not match').first().waitFor();
  };
  const compared = async ({ page }) => {
    await page.getByRole('button', { name: 'Compare on stored signals' }).click();
    await page
      .getByText(/come out the same|comes? out differently/)
      .first()
      .waitFor();
    await page.getByText('No longer read').last().scrollIntoViewIfNeeded();
  };
  return [
    { name: 'signals', path: '/signals' },
    { name: 'signals-unread', path: '/signals?state=UNMAPPED' },
    { name: 'signals-with-detail', path: `/signals?state=UNMAPPED&open=${unread}` },
    { name: 'signals-none', path: '/signals?type=nothing-has-this-type', says: 'No signal matches these filters' },
    { name: 'signals-refused', path: '/signals?show=refused' },
    { name: 'signals-refused-with-detail', path: `/signals?show=refused&open=${refused}` },
    { name: 'signal-unread', path: `/signals/${unread}`, says: 'failing field' },
    { name: 'signal-event-unread', path: `/signals/${event}`, says: 'Context attribute of the event' },
    { name: 'signal', path: `/signals/${read}`, says: 'taken over' },
    { name: 'files', path: '/files' },
    { name: 'files-with-detail', path: `/files?open=${broken}` },
    { name: 'files-bai2', path: `/files?open=${bai2}`, says: 'without a decimal point' },
    { name: 'files-none', path: '/files?format=camt.052', says: 'No file matches these filters' },
    { name: 'runs', path: '/files?show=runs' },
    { name: 'runs-none', path: '/files?show=runs&state=RUNNING', says: 'No run is in this state' },
    { name: 'run', path: `/objects/${run}` },
    { name: 'mappings', path: '/mappings' },
    { name: 'bench', path: `/mappings/stripe?signal=${read}`, act: tried },
    { name: 'bench-unread', path: `/mappings/netsuite?signal=${unread}`, act: failed },
    { name: 'bench-compared', path: '/mappings/netsuite', act: compared },
    { name: 'bench-empty', path: '/mappings/workato', says: 'No signal of this mapping is stored' },
    { name: 'sources', path: '/sources' },
    { name: 'sources-with-detail', path: '/sources?open=netsuite' },
    { name: 'keys', path: '/sources?show=keys' },
    { name: 'keys-with-detail', path: `/sources?show=keys&open=${keys}` },
    { name: 'unclaimed', path: '/sources?show=unclaimed' },
    { name: 'redaction', path: '/sources?show=redaction' },
  ];
}
