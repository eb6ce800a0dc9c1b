import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { Console } from '../browser/console.mjs';
import { story } from '../browser/story.mjs';
import { eventually } from '../eventually.mjs';
import { fixtureBytes } from '../intake/expected.mjs';
import { post } from '../intake/told.mjs';
import { ApiClient } from '../graphql.mjs';

const bearer = (key) => ({ authorization: `Bearer ${key}` });
/** Keys, names and figures of use are in force or written within so long. */
const IN_FORCE_WITHIN_MS = 45_000;

story('Senders are let in, seen, named and adopted', async ({ step, newPage, ...stack }) => {
  const { consoleUrl } = stack;
  const mark = String(Date.now() % 10_000_000);
  const api = await new ApiClient(consoleUrl).signIn('engineer@demo.example');
  const page = await newPage();
  const throughline = new Console(page, consoleUrl);
  const keyName = `Planning, ${mark}`;
  let first;
  let second;

  const event = (id, change = {}) => ({
    contentType: 'application/cloudevents+json',
    body: JSON.stringify({
      specversion: '1.0',
      id: `${mark}-${id}`,
      source: `/planning/${mark}`,
      type: 'finance.forecast-version.submitted',
      time: new Date().toISOString(),
      datacontenttype: 'application/json',
      data: {
        system: `planning-${mark}`,
        objects: [{ type: 'forecast-version', keys: [{ kind: 'name', value: id }] }],
      },
      ...change,
    }),
  });
  const rowOf = (grid, text) => page.getByRole('grid', { name: grid }).getByRole('row').filter({ hasText: text });

  await step('The systems of the demo are credited with what they send, although they share one key', async () => {
    await throughline.arriveAs('engineer', '/sources');
    for (const system of ['Salesforce', 'SAP S/4HANA', 'Kyriba']) {
      const row = rowOf('Source systems', system).first();
      await row.waitFor();
      const cells = await throughline.cellsOf(row);
      assert.doesNotMatch(cells['Last received'], /never/, `${system}: ${JSON.stringify(cells)}`);
    }
  });

  await step('She issues a key; it is shown once, whole, to be copied', async () => {
    await page.getByRole('link', { name: /^Ingest keys/ }).click();
    await page.getByRole('button', { name: 'New key' }).click();
    const dialog = page.getByRole('dialog', { name: 'New ingest key' });
    await dialog.getByLabel('Name').fill(keyName);
    await dialog.getByRole('button', { name: 'Issue' }).click();
    const shown = page.getByRole('dialog', { name: `The key ${keyName}` });
    first = (await shown.getByLabel('The key', { exact: true }).innerText()).trim();
    assert.match(first, /^tl_/);
    await shown.getByRole('button', { name: 'I have kept it' }).click();
    await shown.waitFor({ state: 'hidden' });
    await rowOf('Ingest keys', keyName).first().waitFor();
    assert.ok(!(await page.content()).includes(first), 'the key is nowhere on the page any more');
  });

  await step('What is sent with it is taken, and the key says how much and when', async () => {
    const sent = () => post(stack, '/v1/events', { ...event('first'), headers: bearer(first) });
    const answer = await eventually('the key is taken', async () => {
      const one = await sent();
      return one.status === 200 ? one : null;
    });
    assert.equal(answer.json().accepted, 1);
    const again = await sent();
    assert.deepEqual(again.json(), { accepted: 1, duplicate: 1, rejected: [] });
    await eventually(
      'the usage is written',
      async () => {
        await page.reload();
        const row = rowOf('Ingest keys', keyName).first();
        await row.waitFor();
        const cells = await throughline.cellsOf(row);
        return cells['Items, 7 days'] === '2' && /ago/.test(cells['Last used']);
      },
      IN_FORCE_WITHIN_MS,
    );
    await rowOf('Ingest keys', keyName).first().getByText(keyName).click();
    const detail = page.getByRole('article', { name: `Key ${keyName}` });
    assert.match(await detail.innerText(), /2 items in \d+ requests in the last 7 days/);
    assert.match(await detail.innerText(), /1 of them sent before|1 sent before/);
  });

  await step('Rotated, the new one is shown once and both are taken until the overlap is over', async () => {
    const detail = page.getByRole('article', { name: `Key ${keyName}` });
    await detail.getByRole('button', { name: 'Rotate' }).click();
    const dialog = page.getByRole('dialog', { name: `Rotate ${keyName}` });
    await dialog.getByRole('button', { name: 'Issue the new key' }).click();
    const shown = page.getByRole('dialog', { name: `The key ${keyName}` });
    second = (await shown.getByLabel('The key', { exact: true }).innerText()).trim();
    assert.notEqual(second, first);
    await shown.getByRole('button', { name: 'I have kept it' }).click();
    for (const [id, key] of [
      ['with-old', first],
      ['with-new', second],
    ]) {
      await eventually(`${id} is taken`, async () => {
        const { status } = await post(stack, '/v1/events', { ...event(id), headers: bearer(key) });
        return status === 200;
      });
    }
  });

  await step('Revoked, a key is refused within half a minute, and the others go on', async () => {
    await page.reload();
    const row = rowOf('Ingest keys', keyName)
      .filter({ hasText: /In use/ })
      .first();
    await row.getByText(keyName).first().click();
    const detail = page.getByRole('article', { name: `Key ${keyName}` });
    await detail.getByRole('button', { name: 'Revoke' }).click();
    const dialog = page.getByRole('dialog', { name: `Revoke ${keyName}` });
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await eventually(
      'it is refused',
      async () => {
        const answers = await Promise.all(
          [first, second].map((key) => post(stack, '/v1/events', { ...event('late'), headers: bearer(key) })),
        );
        return (
          answers
            .map(({ status }) => status)
            .sort()
            .join() === '200,401'
        );
      },
      IN_FORCE_WITHIN_MS,
    );
  });

  await step('The sender that nobody knows is offered, and adopted as an integration with an owner', async () => {
    await eventually(
      'it is listed',
      async () => {
        await throughline.open('/sources?show=unclaimed');
        await page.getByRole('grid', { name: 'Unclaimed integrations' }).waitFor();
        return (await rowOf('Unclaimed integrations', `/planning/${mark}`).count()) > 0;
      },
      IN_FORCE_WITHIN_MS,
    );
    await rowOf('Unclaimed integrations', `/planning/${mark}`).getByRole('button', { name: 'Adopt' }).click();
    const dialog = page.getByRole('dialog', { name: 'Adopt as an integration' });
    await dialog.getByLabel('Title').fill(`Planning ${mark}`);
    await dialog.getByLabel('From system').fill('anaplan');
    await dialog.getByLabel('To system').fill('sap-s4hana');
    await dialog.getByLabel('Owner').fill('Planning systems team');
    await dialog.getByRole('button', { name: 'Adopt' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await eventually('it has left the list', async () => {
      return (await rowOf('Unclaimed integrations', `/planning/${mark}`).count()) === 0;
    });
    await throughline.goTo('Integrations');
    await page.getByText(`Planning ${mark}`).first().waitFor();
  });

  await step('A team that calls an invoice by a name of its own is understood once the name is mapped', async () => {
    const service = `legacy-billing-${mark}`;
    await throughline.open('/sources?show=names');
    await page.getByRole('button', { name: 'Names of a service' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Service').fill(service);
    await dialog.getByLabel('Names').fill('billing.doc = finance.invoice.id\nbilling.step = finance.activity.type');
    await dialog.getByRole('button', { name: /Save/ }).click();
    // what is stored could be read once more; of this service nothing is
    await dialog.getByText('The names are saved.').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await rowOf('Attribute names', 'billing.doc').filter({ hasText: service }).first().waitFor();
    const invoice = `LB-${mark}`;
    await eventually(
      'a span of it becomes an activity of the invoice',
      async () => {
        await post(stack, '/v1/traces', { body: JSON.stringify(spanOf(service, invoice)) });
        const { search } = await api.query(
          'query ($text: String!) { search(text: $text) { edges { node { ... on BusinessObject { type key } } } } }',
          { text: invoice },
        );
        return search.edges.some(({ node }) => node.type === 'invoice' && node.key === invoice);
      },
      IN_FORCE_WITHIN_MS,
    );
  });
});

story(
  'A file is checked against what it states, and a run against what it reports',
  async ({ step, newPage, ...stack }) => {
    const { consoleUrl } = stack;
    const mark = String(Date.now() % 10_000_000);
    const page = await newPage();
    const throughline = new Console(page, consoleUrl);
    const name = `statement-${mark}.sta`;
    let told;

    await step('A bank statement comes whose closing balance its entries do not come to', async () => {
      // the mark makes it another file each time, so that it is none that came before
      const text = fixtureBytes('bank-swift-mt940/mt940-ing-nonbreaking-hyphen-tabs.sta').toString('latin1');
      const body = Buffer.from(text.replace(/:20:[^\r\n]*/, `:20:${mark}`), 'latin1');
      const request = { body, contentType: 'application/octet-stream' };
      const answer = await post(stack, `/v1/files/mt940?source=bank&name=${name}`, request);
      assert.equal(answer.status, 200, answer.text);
      told = answer.json();
      assert.ok(told.controls.broken > 0, answer.text);
      const again = (await post(stack, `/v1/files/mt940?source=bank&name=${name}`, request)).json();
      assert.deepEqual([again.fileId, again.duplicate], [told.fileId, true]);
    });

    await step(
      'Files says how many do not add up; the file shows stated beside counted, with the same decimals',
      async () => {
        await throughline.arriveAs('analyst', '/files?controls=broken');
        await page
          .getByRole('heading', { level: 1, name: /\d+ of \d+ files? ha(s|ve) control totals that do not add up/ })
          .waitFor();
        const row = page.getByRole('grid', { name: 'Files' }).getByRole('row').filter({ hasText: name });
        await row.waitFor();
        await row.getByText(name).click();
        const controls = throughline.panel('Control totals');
        const broken = controls.getByRole('row').filter({ hasText: 'Broken' }).first();
        const [, stated, counted] = await broken.getByRole('cell').allInnerTexts();
        const decimals = (text) => /[.,](\d+)$/.exec(text.trim())?.[1].length ?? 0;
        assert.equal(decimals(stated), decimals(counted), `${stated} against ${counted}`);
        assert.notEqual(stated, counted);
      },
    );

    await step('Its records are one click away', async () => {
      await page.getByRole('link', { name: /^See its \d+ records$/ }).click();
      await page.waitForURL(/\/signals\?file=/);
      const rows = page.getByRole('grid', { name: 'Signals' }).getByRole('row').filter({ hasText: 'mt940.' });
      await rows.first().waitFor();
      assert.ok((await rows.count()) >= told.records);
    });

    await step('A job that says it failed, and an answer that is an error, are failed runs', async () => {
      const runId = `0190f1c2-7e5a-7b3c-9a55-${mark.padStart(12, '0')}`;
      const run = (eventType, eventTime, facets = {}) => ({
        body: JSON.stringify({
          eventType,
          eventTime,
          run: { runId, facets },
          job: { namespace: 'close', name: `load-${mark}` },
          inputs: [],
          outputs: [],
          producer: 'https://example.org/etl',
          schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
        }),
      });
      const errorMessage = {
        _producer: 'https://example.org',
        _schemaURL: 'https://example.org/s',
        message: 'no rate',
        programmingLanguage: 'SQL',
      };
      for (const request of [
        run('FAIL', '2026-11-20T02:10:00Z', { errorMessage }),
        run('START', '2026-11-20T02:00:00Z'),
      ])
        assert.equal((await post(stack, '/api/v1/lineage', request)).status, 200);
      const answer = {
        error: { code: 'DateRangeError', message: `Invalid date range ${mark}`, details: [{ code: 1 }] },
      };
      assert.equal((await post(stack, '/v1/webhooks/avalara', { body: JSON.stringify(answer) })).status, 200);
      const runs = page.getByRole('grid', { name: 'Runs' }).getByRole('row');
      for (const text of [`load-${mark}`, `Invalid date range ${mark}`]) {
        const row = await eventually(`${text} is a failed run`, async () => {
          await throughline.open('/files?show=runs&state=FAILED');
          await page.getByRole('grid', { name: 'Runs' }).waitFor();
          const found = runs.filter({ hasText: text });
          return (await found.count()) > 0 ? found.first() : null;
        });
        assert.match(await row.innerText(), /Failed/);
      }
      await page.getByRole('heading', { level: 1, name: /\d+ of \d+ runs? failed or were aborted/ }).waitFor();
    });
  },
);

function spanOf(service, invoice) {
  const end = BigInt(Date.now()) * 1_000_000n;
  const attribute = (key, stringValue) => ({ key, value: { stringValue } });
  const span = {
    traceId: randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    name: 'post invoice',
    kind: 2,
    startTimeUnixNano: String(end - 1_000_000n),
    endTimeUnixNano: String(end),
    attributes: [attribute('billing.doc', invoice), attribute('billing.step', 'invoice.posted')],
  };
  const resource = { attributes: [attribute('service.name', service)] };
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'billing' }, spans: [span] }] }] };
}
