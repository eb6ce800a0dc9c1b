import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { story } from '../browser/story.mjs';
import { eventually } from '../eventually.mjs';
import {
  expectedOfFile,
  expectedOutcome,
  FILE_FIXTURES,
  firstDifference,
  FIXTURES,
  fixtureBytes,
  fixturesOf,
  goldenPathOf,
  goldenUrl,
  shownActivity,
} from '../intake/expected.mjs';
import { cloudEventSamples, fixtureText, lineageBody } from '../intake/protocol-samples.mjs';
import {
  activitiesOf,
  allMapped,
  amounts,
  canonical,
  outcomeOf,
  post,
  signalsOfFiles,
  signalsOfHops,
} from '../intake/told.mjs';
import { ApiClient } from '../graphql.mjs';
import { rowsOf } from '../stack/sql.mjs';

/** Packs by the kind of source system that sends for them; each folder of fixtures is one check. */
const PACKS = [
  ...['adaptive', 'anaplan', 'avalara', 'boomi', 'business-events', 'celigo', 'chargebee', 'drata', 'dynamics365'],
  ...[
    'kyriba',
    'logic-apps',
    'mulesoft',
    'netsuite',
    'oracle-fusion',
    'pigment',
    'recurly',
    'salesforce',
    'sap-integration',
  ],
  ...['sap-s4hana', 'servicenow', 'step-functions', 'stripe', 'vanta', 'workato', 'zuora'],
];
/** Members that the redaction rules of the demo drop, by source system. */
const DROPPED = {
  dynamics365: ['DownloadURL'],
  'logic-apps': ['uri'],
  salesforce: ['SessionId'],
  stripe: ['client_secret'],
};
/** A change of the catalog is in force at the collector within 30 s. */
const KNOWN_WITHIN_MS = 45_000;
const FORMATS = [...new Set(FILE_FIXTURES.map(([format]) => format))];
const TRACES = readdirSync(`${FIXTURES}otlp`).filter((name) => fixtureText(`otlp/${name}`).includes('"resourceSpans"'));
const LOGS = readdirSync(`${FIXTURES}otlp`).filter((name) => fixtureText(`otlp/${name}`).includes('"resourceLogs"'));
const LINEAGE = readdirSync(`${FIXTURES}openlineage`).filter((name) => name.endsWith('.json'));

const bySource = (file) => JSON.parse(readFileSync(file, 'utf8'));
/** Every difference of a folder at once: one line a fixture. */
const none = (differences) =>
  assert.deepEqual(
    differences.filter((line) => line !== null),
    [],
  );
const named = (name, difference) => (difference === null ? null : `${name}: ${difference}`);

story('Every fixture through its real port becomes what its golden says', async ({ step, check, ...stack }) => {
  const { consoleUrl } = stack;
  const engineer = await new ApiClient(consoleUrl).signIn('engineer@demo.example');
  const unmapped = [];
  let sent = [];
  /** Posts, and remembers how to do it once more. */
  const send = async (path, request) => {
    const answer = await post(stack, path, request);
    sent.push({ path, request, answer });
    return answer;
  };

  await step('The demo has a source system for every pack but the one of generic events, which gets one', async () => {
    const input = { name: 'business-events', kind: 'business-events', title: 'Business events' };
    const { createSourceSystem } = await engineer.query(
      'mutation ($input: SourceSystemInput!) { createSourceSystem(input: $input) { __typename } }',
      { input },
    );
    assert.notEqual(createSourceSystem.__typename, 'CatalogFailure');
    const kinds = (await rowsOf(stack, 'select kind from source_system where is_active')).map((row) => row.kind);
    assert.deepEqual(
      PACKS.filter((pack) => !kinds.includes(pack)),
      [],
    );
    // a question of Azure Event Grid, which is answered and not stored
    const question = {
      body: '[{"data":{"validationCode":"42"}}]',
      headers: { 'aeg-event-type': 'SubscriptionValidation' },
    };
    await eventually(
      'the collector knows the new source system',
      async () => (await post(stack, '/v1/webhooks/business-events', question)).status === 200,
      KNOWN_WITHIN_MS,
    );
  });

  for (const pack of PACKS) {
    await check(`/v1/webhooks/${pack}`, async () => {
      const fixtures = fixturesOf(pack);
      assert.ok(fixtures.length > 0);
      const posted = [];
      for (const fixture of fixtures) {
        const { body, contentType, attributes: headers } = fixture;
        const answer = await send(`/v1/webhooks/${pack}`, { body, contentType, headers });
        posted.push({ fixture, answer, golden: bySource(goldenPathOf(fixture)) });
      }
      none(posted.map(({ fixture, answer, golden }) => named(fixture.path, refused(answer, golden.length))));
      await allMapped(stack);
      const signals = await signalsOfHops(
        stack,
        posted.map(({ answer }) => answer.hop),
      );
      none(
        posted.flatMap(({ fixture, answer, golden }) => {
          const came = signals.filter(({ hop }) => hop === answer.hop);
          if (came.length !== golden.length) return [`${fixture.path}: ${came.length} signals of ${golden.length}`];
          return golden.map((record) => {
            const signal = came.length === 1 ? came[0] : came.find((one) => isNamed(one, record.identity));
            if (signal === undefined) return `${fixture.path}: no signal ${record.identity}`;
            const expected = expectedOutcome(record, signal.receivedAt.toISOString(), DROPPED[pack]);
            if (expected.state === 'unmapped') unmapped.push({ pack, signal });
            return named(fixture.path, firstDifference(outcomeOf(signal), expected));
          });
        }),
      );
    });
  }

  await check('/v1/events takes the same events, and makes the same of them', async () => {
    const events = PACKS.flatMap((pack) => fixturesOf(pack).map((fixture) => ({ pack, fixture }))).filter(
      ({ fixture: { contentType, body } }) => contentType === 'application/json' && isEvent(body),
    );
    assert.ok(events.length > 5);
    const posted = [];
    for (const { pack, fixture } of events) {
      const request = { body: fixture.body, contentType: 'application/cloudevents+json' };
      posted.push({ pack, fixture, answer: await send('/v1/events', request) });
    }
    none(posted.map(({ fixture, answer }) => named(fixture.path, refused(answer, 1))));
    await allMapped(stack);
    const signals = await signalsOfHops(
      stack,
      posted.map(({ answer }) => answer.hop),
    );
    none(
      posted.map(({ pack, fixture, answer }) => {
        const signal = signals.find(({ hop }) => hop === answer.hop);
        if (signal === undefined) return `${fixture.path}: no signal`;
        const [record] = bySource(goldenPathOf(fixture));
        const expected = expectedOutcome(record, signal.receivedAt.toISOString(), DROPPED[pack]);
        return named(fixture.path, firstDifference(outcomeOf(signal), expected));
      }),
    );
  });

  for (const format of FORMATS) {
    await check(`/v1/files/${format}`, async () => {
      const uploads = [];
      for (const [, name, layout = ''] of FILE_FIXTURES.filter(([one]) => one === format)) {
        const query = new URLSearchParams({ name, ...(layout !== '' && { layout }) });
        const body = fixtureBytes(name);
        const answer = await send(`/v1/files/${format}?${query}`, { body, contentType: 'application/octet-stream' });
        assert.equal(answer.status, 200, `${name}: ${answer.text}`);
        uploads.push({ name, bytes: body.length, golden: bySource(goldenUrl(name)), told: answer.json() });
      }
      await allMapped(stack);
      const signals = await signalsOfFiles(
        stack,
        uploads.map(({ told }) => told.fileId),
      );
      const files = await rowsOf(
        stack,
        `select file_id as id, encode(content_hash, 'hex') as hash, header from received_file`,
      );
      none(
        uploads.flatMap(({ name, bytes, golden, told }) => {
          const { controlsChecked: checked, controlsBroken: broken } = golden;
          assert.deepEqual(told.controls, { checked, broken }, name);
          assert.deepEqual([told.records, told.duplicate], [golden.records.length, false], name);
          const file = files.find(({ id }) => id === told.fileId);
          const came = signals.filter(({ fileId }) => fileId === told.fileId);
          if (came.length !== golden.records.length + 1) return [`${name}: ${came.length} signals`];
          const receivedAt = came[0].receivedAt.toISOString();
          const expected = expectedOfFile(golden, { fileId: told.fileId, receivedAt, bytes, contentHash: file.hash });
          return [
            named(name, firstDifference(file.header, golden.header)),
            ...came.map((signal, index) =>
              named(`${name} record ${index}`, firstDifference(ofFile(signal), expected[index])),
            ),
          ];
        }),
      );
    });
  }

  await check('/api/v1/lineage', async () => {
    const posted = [];
    for (const name of LINEAGE)
      posted.push({ name, answer: await send('/api/v1/lineage', { body: lineageBody(name) }) });
    await allMapped(stack);
    const signals = await signalsOfHops(
      stack,
      posted.map(({ answer }) => answer.hop),
    );
    none(
      posted.flatMap(({ name, answer }) => {
        const { events, rejected } = JSON.parse(fixtureText(`openlineage/golden/${name}`));
        if (events.length === 0) {
          // nothing of it is an event: 400, and the reason names the place
          const [first] = rejected;
          const isTold = answer.status === 400 && answer.json().detail.includes(first.reason);
          return isTold ? [] : [`${name}: ${answer.status} ${answer.text}`];
        }
        if (answer.status !== 200) return [`${name}: ${answer.status} ${answer.text}`];
        const told = answer.json();
        // one event in two files, or twice in one, is one signal
        const accepted =
          told.accepted === events.length ? null : `${name}: ${told.accepted} of ${events.length} accepted`;
        const came = signals.filter(({ hop }) => hop === answer.hop);
        const unmatched = events.map((event) => ofLineage(event));
        const strange = came.flatMap((signal) => {
          const actual = outcomeOf(signal);
          const found = unmatched.findIndex((expected) => firstDifference(actual, expected) === null);
          if (found >= 0) return unmatched.splice(found, 1) && [];
          return [named(`${name} ${signal.type}`, firstDifference(actual, unmatched[0] ?? null))];
        });
        const missing =
          unmatched.length === told.duplicate ? null : `${name}: ${unmatched.length} events became nothing`;
        return [accepted, named(name, firstDifference(told.rejected, rejected)), ...strange, missing];
      }),
    );
  });

  await check('/v1/traces', async () => {
    for (const name of TRACES) {
      const answer = await send('/v1/traces', { body: fixtureText(`otlp/${name}`) });
      assert.equal(answer.status, 200, `${name}: ${answer.text}`);
      assert.equal(answer.json().partialSuccess?.rejectedSpans ?? 0, 0, `${name}: ${answer.text}`);
    }
    await allMapped(stack);
    for (const name of TRACES) {
      const spans = spansOf(JSON.parse(fixtureText(`otlp/${name}`)));
      for (const traceId of new Set(spans.map((span) => span.traceId.toLowerCase()))) {
        const { trace } = await engineer.query(
          'query ($id: String!) { trace(traceId: $id) { spans { spanId name startUnixNano } } }',
          { id: traceId },
        );
        const shown = new Map(trace.spans.map((span) => [span.spanId, span]));
        for (const span of spans.filter((one) => one.traceId.toLowerCase() === traceId)) {
          const found = shown.get(span.spanId.toLowerCase());
          assert.ok(found, `${name}: no span ${span.spanId}`);
          assert.equal(found.name, span.name, name);
        }
      }
    }
  });

  await check('/v1/logs', async () => {
    const posted = [];
    for (const name of LOGS) {
      const answer = await send('/v1/logs', { body: fixtureText(`otlp/${name}`) });
      assert.equal(answer.status, 200, `${name}: ${answer.text}`);
      posted.push({ name, answer });
    }
    await allMapped(stack);
    const signals = await signalsOfHops(
      stack,
      posted.map(({ answer }) => answer.hop),
    );
    for (const { name, answer } of posted) {
      const came = signals.filter(({ hop }) => hop === answer.hop);
      assert.deepEqual(
        came.map(({ kind }) => kind),
        ['log'],
        name,
      );
      assert.deepEqual(outcomeOf(came[0]).state, 'ignored', name);
      assert.match(came[0].note.reason, /names no business object/, name);
    }
  });

  await check('Metrics are refused at every route, and told where they do not belong', async () => {
    const body = fixtureText('otlp/otlp-proto-example-metrics.json');
    for (const [path, status, reason] of [
      ['/v1/metrics', [404, 501], /metrics/],
      ['/v1/traces', [400], /resourceMetrics/],
      ['/v1/logs', [400], /resourceMetrics/],
    ]) {
      const answer = await post(stack, path, { body });
      assert.ok(status.includes(answer.status), `${path}: ${answer.status} ${answer.text}`);
      assert.match(answer.text, reason);
    }
  });

  await check(
    '/v1/events: the conformance samples of CloudEvents are taken, and unmapped with the reason',
    async () => {
      const posted = [];
      for (const { name, ids, ...request } of cloudEventSamples()) {
        const answer = await send('/v1/events', request);
        none([named(name, refused(answer, ids.length))]);
        posted.push({ name, ids, answer });
      }
      await allMapped(stack);
      const signals = await signalsOfHops(
        stack,
        posted.map(({ answer }) => answer.hop),
      );
      for (const { name, ids, answer } of posted) {
        const came = signals.filter(({ hop }) => hop === answer.hop);
        assert.deepEqual(came.map(({ externalId }) => externalId).sort(), ids.toSorted(), name);
        for (const signal of came) {
          const { state, code, reason, place } = outcomeOf(signal);
          assert.deepEqual([state, code, place], ['unmapped', 'no-mapping', '/type'], `${name}: ${reason}`);
          assert.ok(reason.includes(JSON.stringify(signal.type)), reason);
        }
      }
    },
  );

  await check('What cannot be read has code, place and reason, and an exception that says so', async () => {
    const placed = unmapped.filter(({ signal }) => outcomeOf(signal).place !== undefined);
    assert.ok(placed.length >= 6);
    for (const { pack, signal } of unmapped) {
      const { code, reason, place } = outcomeOf(signal);
      assert.equal(code, 'no-rule', pack);
      // A type that a pack puts together stands nowhere in what came.
      assert.match(place ?? '/', /^\//, `${pack}: ${reason}`);
      const exception = await eventually(`${pack} has an exception about ${signal.id}`, async () => {
        const [row] = await rowsOf(
          stack,
          `select e.state, e.taxonomy, e.message from exception e join business_object b on b.tenant_id = e.tenant_id and b.object_id = e.object_id
            where b.type = 'signal' and b.key = $1`,
          [signal.id],
        );
        return row;
      });
      assert.deepEqual([exception.state, exception.taxonomy], ['OPEN', 'data-quality.unmapped-signal']);
      assert.ok(exception.message.includes(reason), exception.message);
    }
  });

  await check('All of it once more changes nothing', async () => {
    const before = await amounts(stack);
    const again = sent;
    sent = [];
    for (const { path, request, answer } of again) {
      const repeated = await post(stack, path, request);
      assert.equal(repeated.status, answer.status, `${path}: ${repeated.text}`);
      if (!repeated.text.startsWith('{') || repeated.status !== 200) continue;
      const told = repeated.json();
      if (path.startsWith('/v1/files/')) assert.equal(told.duplicate, true, `${path}: ${repeated.text}`);
      else if (told.accepted !== undefined) assert.equal(told.duplicate, told.accepted, `${path}: ${repeated.text}`);
    }
    await allMapped(stack);
    assert.deepEqual(await amounts(stack), before);
  });
});

/** Null when the answer takes as many items, none of them for the second time. */
function refused(answer, items) {
  if (answer.status !== 200) return `${String(answer.status)} ${answer.text}`;
  if (answer.text.startsWith('<')) return answer.text.includes('<Ack>true</Ack>') ? null : answer.text;
  const { accepted, duplicate, rejected } = answer.json();
  return firstDifference({ accepted, duplicate, rejected }, { accepted: items, duplicate: 0, rejected: [] });
}

function isEvent(body) {
  return Buffer.from(body).includes('"specversion"') && !Array.isArray(JSON.parse(body));
}

/** The identity of an event is its source and its id, that of a record what its pack makes of it. */
function isNamed({ externalId, scopedKey }, identity) {
  return externalId === identity || (identity.endsWith(`:${externalId}`) && scopedKey.includes(externalId));
}

/** A record of a file as its golden shows it. */
function ofFile(signal) {
  const { recordNo, type, externalId } = signal;
  // one without a reference of its own is found by its number
  const reference = externalId === String(recordNo) ? '' : externalId;
  const record = recordNo === 0 ? undefined : `${recordNo} ${type} ${reference}`.trim();
  if (signal.outcome === 'ignored') return { record, ignored: signal.note.reason };
  if (signal.outcome === 'unmapped') return { record, unmapped: signal.note };
  const shown = activitiesOf(signal).map((row) => shownActivity(canonical(row)));
  return { record, activities: JSON.parse(JSON.stringify(shown)) };
}

/** What the golden of an OpenLineage sample says of one event, in the words of the stored signals. */
function ofLineage({ outcome, activities, reason, mapping, unmapped }) {
  if (outcome === 'ignored') return { state: 'ignored', rule: mapping.rule, reason };
  if (outcome === 'unmapped') return { state: 'unmapped', rule: unmapped.mapping?.rule ?? '', ...unmapped };
  const [{ rule }] = activities;
  return {
    state: 'mapped',
    rule,
    activities: activities.map(({ rule: _rule, integration, runKey, ...activity }) => ({
      ...activity,
      ...(integration !== '' && { integration }),
      ...(runKey.startsWith('run:') && { runKey }),
    })),
  };
}

function spansOf({ resourceSpans }) {
  return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
}
