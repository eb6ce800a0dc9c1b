import assert from 'node:assert/strict';
import { Console } from '../browser/console.mjs';
import { story } from '../browser/story.mjs';
import { eventually } from '../eventually.mjs';
import { post } from '../intake/told.mjs';
import { ApiClient } from '../graphql.mjs';

const RULE = `rules:
  - name: budget-locked
    types: [import.budget_locked]
    activities: |
      {
        "type": "forecast-version.locked",
        "objects": [{ "type": "forecast-version", "keys": [{ "kind": "version-name", "value": version }] }]
      }
`;

story('What cannot be read is mended by one act, and nobody is told', async ({ step, newPage, ...stack }) => {
  const { consoleUrl, estate } = stack;
  const api = await new ApiClient(consoleUrl).signIn('engineer@demo.example');
  // a name of its own each time, so that the story can be played again on one stack
  const version = `Budget ${String(Date.now() % 10_000_000)}`;
  const sent = { status: 'BUDGET_LOCKED', version, endedAt: new Date().toISOString() };
  const page = await newPage();
  const throughline = new Console(page, consoleUrl);
  const bench = { saved: 0 };
  let signal;
  let exceptionId;
  let messages;

  const exceptionOf = async (signalId) => {
    const [exception] = await api.exceptionsOf(signalId);
    return exception;
  };
  const stored = async () => {
    const { signals } = await api.query(
      `{ signals(first: 20, filter: { sourceSystems: ["pigment"], types: ["import.budget_locked"] }) {
           edges { node { id state raw { text } unmapped { code place reason } activities { type objects { keys { value } } } } } } }`,
    );
    return signals.edges.map(({ node }) => node).find((node) => node.raw.text.includes(version));
  };

  await step('Pigment sends a message of which its mapping knows nothing: taken all the same', async () => {
    const answer = await post(stack, '/v1/webhooks/pigment', { body: JSON.stringify(sent) });
    assert.deepEqual([answer.status, answer.json()], [200, { accepted: 1, duplicate: 0, rejected: [] }]);
    signal = await eventually('it is known to be unreadable', async () => {
      const found = await stored();
      return found?.state === 'UNMAPPED' ? found : null;
    });
    assert.deepEqual([signal.unmapped.code, signal.unmapped.place], ['no-rule', '/status']);
    const exception = await eventually('it has an exception', () => exceptionOf(signal.id));
    exceptionId = exception.id;
    assert.deepEqual([exception.state, exception.taxonomy], ['OPEN', 'data-quality.unmapped-signal']);
  });

  await step('The chat says from whom, what, why, where, and where to open it', async () => {
    const about = await eventually('the chat is told', async () => {
      const all = (await estate.chatMessages()).messages.map(({ body }) => JSON.stringify(body));
      return all.find((text) => text.includes('import.budget_locked'));
    });
    for (const told of ['from pigment', '/status', 'no rule of pigment version', `/signals/`, '/exceptions/'])
      assert.ok(about.includes(told), `${told} is not in ${about}`);
    messages = (await estate.chatMessages()).messages.length;
  });

  await step('The engineer sees it among the signals: what, from whom, and why it cannot be read', async () => {
    await throughline.arriveAs('engineer', '/signals?state=UNMAPPED&system=pigment');
    const row = page
      .getByRole('grid', { name: 'Signals' })
      .getByRole('row')
      .filter({ hasText: 'import.budget_locked' });
    await row.first().waitFor();
    const cells = await throughline.cellsOf(row.first());
    assert.equal(cells['Source'], 'pigment');
    assert.match(cells['Type'], /no rule/);
    assert.match(cells['State'], /Cannot be read/);
    assert.match(await throughline.answer.innerText(), /cannot be read/);
  });

  await step(
    'Its page names place and reason, marks the place in the raw form, and leads to the exception',
    async () => {
      await throughline.open(`/signals/${signal.id}`);
      const why = throughline.panel('Why it cannot be read');
      await why.waitFor();
      assert.match(await why.innerText(), /\/status/);
      assert.match(await why.innerText(), /no rule of pigment version \d+ takes "import\.budget_locked"/);
      const marked = throughline.panel('Raw form').getByText('failing field').locator('xpath=ancestor::div[1]');
      assert.match(await marked.innerText(), /"status": "BUDGET_LOCKED"/);
      await why.getByRole('link', { name: 'Its exception' }).click();
      await page.waitForURL(/\/exceptions\?/);
      const inbox = page.getByRole('grid', { name: 'Exceptions' });
      await inbox.getByRole('row').filter({ hasText: 'No rule of mapping pigment takes it' }).first().waitFor();
      await page.goBack();
    },
  );

  await step('With b the bench opens on it; Ctrl-Enter says that no rule takes it, rule by rule', async () => {
    await throughline.panel('Why it cannot be read').waitFor();
    await page.keyboard.press('b');
    await page.waitForURL(/\/mappings\/pigment\?signal=/);
    await page.getByRole('textbox', { name: 'Definition in YAML' }).waitFor();
    await page.keyboard.press('Control+Enter');
    await throughline.panel('Activity out').getByText('Cannot be read').waitFor();
    assert.match(await throughline.panel('Rules, in order').innerText(), /import\s*$|import\n?/m);
    assert.match(await throughline.panel('Rules, in order').innerText(), /Did not match/);
  });

  await step('A rule more, and the signal on the left is the activity on the right', async () => {
    const editor = page.getByRole('textbox', { name: 'Definition in YAML' });
    const definition = await editor.inputValue();
    await editor.fill(definition.replace(/^rules:\n/m, RULE));
    await editor.press('Control+Enter');
    const out = throughline.panel('Activity out');
    await out.getByText('Becomes 1 activity').waitFor();
    assert.match(await out.innerText(), /Forecast version locked/);
    assert.ok((await out.innerText()).includes(version));
    assert.match(await throughline.panel('Rules, in order').innerText(), /Took it\s+budget-locked/);
  });

  await step('Held against what is stored it loses nothing', async () => {
    const compared = throughline.panel('On stored signals');
    await compared.getByRole('button', { name: 'Compare on stored signals' }).click();
    await compared.getByText(/newly read, none is lost/).waitFor();
    await compared.getByText('Newly read', { exact: true }).first().waitFor();
  });

  await step('She saves it with a note; it is not in force, and she may not approve it herself', async () => {
    await page.getByRole('button', { name: 'Save as new version' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save as new version' });
    await dialog.getByLabel('Note').fill('Locked budgets are forecast versions');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'hidden' });
    const draft = throughline.panel('Versions').getByRole('row').filter({ hasText: 'To approve' }).first();
    await draft.waitFor();
    bench.saved = Number((await draft.getByRole('cell').first().innerText()).trim());
    assert.equal(await draft.getByRole('button', { name: 'Approve' }).getAttribute('aria-disabled'), 'true');
    assert.equal((await stored()).state, 'UNMAPPED');
  });

  await step('An approver looks at what changes, and approves', async () => {
    const other = new Console(await newPage(), consoleUrl);
    await other.arriveAs('approver', '/mappings/pigment');
    const draft = other.panel('Versions').getByRole('row').filter({ hasText: 'To approve' }).first();
    await draft.getByRole('button', { name: 'Approve' }).click();
    const dialog = other.page.getByRole('dialog', { name: `Approve version ${String(bench.saved)}` });
    assert.match(await dialog.innerText(), /budget-locked/);
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await other.panel('Versions').getByRole('row').filter({ hasText: 'In force' }).first().waitFor();
    await other.page.context().close();
  });

  await step('One act maps again what could not be read, with a reason and with its progress', async () => {
    await throughline.open(`/mappings/pigment`);
    await page.getByRole('button', { name: 'Map again' }).click();
    const dialog = page.getByRole('dialog', { name: 'Map again' });
    assert.equal(await dialog.getByRole('checkbox', { name: /Only those that cannot be read/ }).isChecked(), true);
    await dialog.getByLabel('Reason').fill('The mapping knows locked budgets now');
    await dialog.getByRole('button', { name: 'Map again' }).click();
    await dialog.getByText(/mapped again; all of them could be read\./).waitFor({ timeout: 30_000 });
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  await step('The signal is read, its exception resolves by itself, and nobody is told', async () => {
    const found = await eventually('it is mapped', async () => {
      const now = await stored();
      return now.state === 'MAPPED' ? now : null;
    });
    assert.deepEqual(
      found.activities.map(({ type, objects }) => [type, objects[0].keys[0].value]),
      [['forecast-version.locked', version]],
    );
    const { exception } = await eventually('the exception is resolved', async () => {
      const answer = await api.query('query ($id: ID!) { exception(id: $id) { state resolution } }', {
        id: exceptionId,
      });
      return answer.exception.state === 'RESOLVED' ? answer : null;
    });
    assert.equal(exception.state, 'RESOLVED');
    assert.equal((await estate.chatMessages()).messages.length, messages);
    await throughline.open(`/signals/${signal.id}`);
    await throughline.panel('What it became').getByText('Forecast version locked').waitFor();
  });

  await step('The evidence says who mapped what again, and why', async () => {
    const auditor = await new ApiClient(consoleUrl).signIn('auditor@demo.example');
    const { auditLog } = await auditor.query('{ auditLog(first: 20) { edges { node { action details } } } }');
    const found = auditLog.edges.find(({ node }) => JSON.stringify(node).includes('knows locked budgets now'));
    assert.ok(found, JSON.stringify(auditLog.edges.map(({ node }) => node.action)));
  });

  await step('Retired, the version before it is in force again', async () => {
    await throughline.open('/mappings/pigment');
    const inForce = throughline.panel('Versions').getByRole('row').filter({ hasText: 'In force' }).first();
    await inForce.getByRole('button', { name: 'Retire' }).click();
    const dialog = page.getByRole('dialog', { name: `Retire version ${String(bench.saved)}` });
    await dialog.getByRole('button', { name: 'Retire' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await throughline.panel('Versions').getByText('Retired').first().waitFor();
  });
});
