import { describe, expect, it } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { parseTraceSearch, type TraceSearch } from '../../shared/url.js';
import type { TraceData, TraceHead, TraceRow, TraceSpan } from '../../shared/waterfall/trace-documents.js';
import { renderConsole } from '../../testing/render-console.js';
import type { LinkingSpan } from './link-documents.js';
import { TracePage } from './trace-page.js';

const [TRACE, OTHER] = ['1'.repeat(32), `2222${'0'.repeat(24)}9999`];

function step(spanId: string, more: Partial<TraceSpan> = {}): TraceSpan {
  return {
    spanId,
    parentSpanId: null,
    name: `step ${spanId}`,
    kind: 'INTERNAL',
    serviceName: 'flow',
    isOpen: false,
    offsetMs: 0,
    durationMs: 10,
    startUnixNano: '1790000000000000000',
    endUnixNano: '1790000000010000000',
    status: 'UNSET',
    statusMessage: null,
    attributes: {},
    events: [],
    links: [],
    dropped: { attributes: 0, events: 0, links: 0 },
    isClockSuspect: false,
    ...more,
  };
}
const linkTo = (traceId: string, spanId: string, attributes = {}) => ({ traceId, spanId, attributes });
const linking = (number: number, more: Partial<LinkingSpan> = {}): LinkingSpan => ({
  traceId: OTHER,
  spanId: `c${number}`,
  serviceName: 'billing',
  name: `process ${number}`,
  startedAt: '2026-11-20T08:00:00.000Z',
  linkedSpanId: 'a1',
  attributes: {},
  ...more,
});

/** What the API says first of a run: its last step is all of its critical path. */
function headOf(spans: readonly TraceSpan[], more: Partial<TraceHead> = {}): TraceHead {
  const last = spans.at(-1)!;
  return {
    traceId: TRACE,
    startedAt: '2026-11-20T08:00:00.000Z',
    durationMs: 10,
    spanCount: spans.length,
    errorCount: spans.filter((span) => span.status === 'ERROR').length,
    isPartial: false,
    root: { spanId: spans[0]!.spanId, name: spans[0]!.name, offsetMs: 0 },
    firstCause: null,
    criticalPath: {
      durationMs: 10,
      startUnixNano: '1790000000000000000',
      services: [{ serviceName: last.serviceName, durationMs: 10, waitingMs: 0 }],
      steps: [{ serviceName: last.serviceName, name: last.name, durationMs: 10 }],
      segments: [
        {
          spanId: last.spanId,
          startUnixNano: '1790000000000000000',
          endUnixNano: '1790000000010000000',
          isWaiting: false,
        },
      ],
    },
    ...more,
  };
}

function open(spans: TraceSpan[], linkedFrom: readonly LinkingSpan[], search: Partial<TraceSearch> = {}) {
  const trace: TraceData = {
    traceId: TRACE,
    startedAt: '2026-11-20T08:00:00.000Z',
    durationMs: 10,
    isTruncated: false,
    spans,
  };
  const page = (at: number, ofSpan: unknown) => {
    const found = linkedFrom.filter((span) => !ofSpan || span.linkedSpanId === ofSpan);
    return {
      totalCount: found.length,
      totalCountIsEstimate: false,
      pageInfo: { hasNextPage: found.length > at + 20, endCursor: String(at + 20) },
      edges: found.slice(at, at + 20).map((node) => ({ node })),
    };
  };
  return renderConsole(<TracePage traceId={TRACE} search={{ ...parseTraceSearch({}), ...search }} />, {
    TraceHead: () => ({ trace: headOf(spans) }),
    Trace: () => ({ trace }),
    LinkedFrom: ({ after, spanId }) => ({ trace: { linkedFrom: page(Number(after ?? 0), spanId) } }),
  });
}

const rowsOf = (table: HTMLElement) => within(table).getAllByRole('row').slice(1);
const hrefs = (row: HTMLElement | undefined) =>
  within(row!)
    .getAllByRole('link')
    .map((link) => link.getAttribute('href'));

describe('links of a run', () => {
  it('lead to the runs that it links to, and to the step that has the link', async () => {
    open(
      [
        step('a1', { links: [linkTo(OTHER, 'b7', { 'messaging.message.id': 'm-1' }), linkTo(TRACE, 'a2')] }),
        step('a2', { name: 'post invoice' }),
      ],
      [],
    );
    const [toOther, toOwn] = rowsOf(await screen.findByRole('table', { name: 'Runs that it links to' }));
    expect(hrefs(toOther)).toEqual([`/traces/${TRACE}?span=a1`, `/traces/${OTHER}?span=b7`]);
    expect(toOther?.textContent).toContain('messaging.message.id m-1');
    expect(within(toOther!).getByRole('link', { name: `Run ${OTHER}` })).toBeTruthy();
    expect(hrefs(toOwn)[1]).toBe(`/traces/${TRACE}?span=a2`);
    expect(toOwn?.textContent).toContain('post invoice in this run');
  });

  it('lead to the steps of other runs that link to it', async () => {
    open([step('a1')], [linking(1, { attributes: { batch: 7 } }), linking(2, { linkedSpanId: 'gone' })]);
    const [first, second] = rowsOf(await screen.findByRole('table', { name: 'Steps of other runs that link to it' }));
    expect(hrefs(first)).toEqual([`/traces/${OTHER}?span=c1`, `/traces/${TRACE}?span=a1`]);
    expect(first?.textContent).toContain('process 1 billing');
    expect(first?.textContent).toContain('batch 7');
    expect(second?.textContent).toContain('not stored');
  });

  it('say so where there are none', async () => {
    open([step('a1')], []);
    expect(await screen.findByText('None of its steps has a link.')).toBeTruthy();
    expect(await screen.findByText(/^No step of another run links to it\./)).toBeTruthy();
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('are shown bit by bit when there are many, both ways', async () => {
    const user = userEvent.setup();
    const links = Array.from({ length: 45 }, (_, index) => linkTo(OTHER, `b${index}`));
    open(
      [step('a1', { links })],
      Array.from({ length: 41 }, (_, index) => linking(index)),
    );
    const [out, into] = [
      await screen.findByRole('region', { name: 'What it links to' }),
      await screen.findByRole('region', { name: 'What links to it' }),
    ];
    await within(into).findByRole('table');
    for (const [region, total, counts] of [
      [out, '45', [20, 40, 45]],
      [into, '41', [20, 40, 41]],
    ] as const) {
      // prettier-ignore
      expect(region.textContent).toContain(total);
      for (const count of counts) {
        await within(region).findByText((_text, node) => node?.tagName === 'TBODY' && node.childElementCount === count);
        const more = within(region).queryByRole('button', { name: 'show more' });
        expect(more !== null).toBe(count < Number(total));
        if (more) await user.click(more);
      }
    }
  });

  it('are those of the step that is looked at when the address says so, and go on being so', async () => {
    const user = userEvent.setup();
    const { api, visited } = open(
      [step('a1', { links: [linkTo(OTHER, 'b1')] }), step('a2')],
      [linking(1), linking(2, { linkedSpanId: 'a2' })],
      { span: 'a2', links: 'step' },
    );
    const table = await screen.findByRole('table', { name: 'Steps of other runs that link to it' });
    expect(rowsOf(table)).toHaveLength(1);
    expect(screen.getByText('This step has no link.')).toBeTruthy();
    expect(api.asked.find(({ name }) => name === 'LinkedFrom')?.variables).toMatchObject({ spanId: 'a2', first: 20 });
    const choices = within(screen.getByRole('group', { name: 'Links of' }));
    expect(choices.getByRole('link', { current: true }).textContent).toBe('“step a2”');
    await user.click(screen.getByRole('row', { name: /step a1/, selected: false }));
    await user.click(choices.getByRole('link', { name: 'all steps' }));
    expect(visited).toEqual([`/traces/${TRACE}?span=a1&links=step`, `/traces/${TRACE}?span=a2`]);
  });
});

describe('a step of a run', () => {
  it('says what its sender left out', async () => {
    open([step('a1', { dropped: { attributes: 1, events: 2, links: 1_872 } })], []);
    const detail = await screen.findByRole('region', { name: 'Step step a1' });
    expect(detail.textContent).toContain('Its sender left out 1 attribute, 2 events and 1,872 links');
  });

  it('that is its own parent, or one of a circle, is shown like any other', async () => {
    open(
      [
        step('own', { parentSpanId: 'own' }),
        step('b', { parentSpanId: 'c', offsetMs: 1 }),
        step('c', { parentSpanId: 'b', offsetMs: 2 }),
      ],
      [],
    );
    const steps = await screen.findByRole('treegrid', { name: 'Steps of the run' });
    expect(within(steps).getAllByRole('row')).toHaveLength(3);
  });
});

describe('the critical path of a run', () => {
  it('is said in a sentence, marked in the waterfall, and given as a table', async () => {
    const user = userEvent.setup();
    open(
      [step('a1', { name: 'sync order' }), step('a2', { name: 'pricing', parentSpanId: 'a1', serviceName: 'erp' })],
      [],
    );
    expect(await screen.findByText('“sync order” went through in 10 ms, 100 % of it in “pricing”.')).toBeTruthy();
    const row = await screen.findByRole('row', { name: /pricing/ });
    expect(row.textContent).toContain('on the critical path for 10 ms');
    expect((await screen.findByRole('row', { name: /sync order/ })).textContent).not.toContain('critical path');
    const title = '10 ms of the 10 ms on the critical path went into erp.';
    await user.click(screen.getByRole('button', { name: `Show the table: ${title}` }));
    const table = within(screen.getByRole('table'));
    expect(table.getByRole('row', { name: /^erp/ }).textContent).toBe('erp10 ms–100 %');
  });
});

describe('a run of very many steps', () => {
  const SPANS = 100_000;
  const rowOf = (index: number, more: Partial<TraceRow> = {}): TraceRow => ({
    spanId: `s${index}`,
    parentSpanId: index === 0 ? null : 's0',
    name: `step ${index}`,
    kind: 'INTERNAL',
    serviceName: 'flow',
    offsetMs: index,
    durationMs: 1,
    isOpen: false,
    status: 'UNSET',
    isClockSuspect: false,
    depth: index === 0 ? 0 : 1,
    children: index === 0 ? SPANS - 1 : 0,
    hasErrorBelow: false,
    criticalMs: 1,
    criticalParts: [],
    ...more,
  });

  function openLong() {
    const root = step('s0', { name: 'batch' });
    return renderConsole(<TracePage traceId={TRACE} search={parseTraceSearch({})} />, {
      TraceHead: () => ({ trace: headOf([root], { spanCount: SPANS, durationMs: SPANS }) }),
      TraceSpan: ({ spanId }) => ({ trace: { span: step(String(spanId), { name: `whole ${String(spanId)}` }) } }),
      TraceWindow: ({ first, skip, collapsed }) => ({
        trace: {
          window: {
            rowCount: (collapsed as string[]).length > 0 ? 1 : SPANS,
            rows: Array.from({ length: (collapsed as string[]).length > 0 ? 1 : Number(first) }, (_one, at) =>
              rowOf(Number(skip) + at),
            ),
          },
        },
      }),
      LinkedFrom: () => ({
        trace: {
          linkedFrom: {
            totalCount: 0,
            totalCountIsEstimate: false,
            pageInfo: { hasNextPage: false, endCursor: null },
            edges: [],
          },
        },
      }),
    });
  }

  it('is never loaded whole: rows come by window, one step with all that it says', async () => {
    const { api } = openLong();
    const steps = await screen.findByRole('treegrid', { name: 'Steps of the run' });
    expect(steps.getAttribute('aria-rowcount')).toBe(String(SPANS));
    expect(await screen.findByRole('region', { name: 'Step whole s0' })).toBeTruthy();
    const names = new Set(api.asked.map(({ name }) => name));
    expect(names.has('Trace')).toBe(false);
    expect(api.asked.find(({ name }) => name === 'TraceWindow')?.variables).toMatchObject({ first: 100, skip: 0 });
    expect(screen.getByRole('region', { name: 'What the step links to' })).toBeTruthy();
  });
});
