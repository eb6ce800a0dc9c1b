import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { ChatRoom } from '../estate/chat-room.js';
import { ORDER_FAULTS, type Estate } from '../estate/estate.js';
import type { Traffic } from '../estate/traffic.js';
import type { JourneyTeller } from '../journeys/journey-teller.js';
import { findLegalEntity } from '../story/legal-entities.js';
import type { Order } from '../story/order.js';
import { chatPage } from './chat-page.js';
import { erpPage, type ErpView } from './erp-page.js';
import { estatePage } from './estate-page.js';

export type RouteDeps = {
  estate: Estate;
  traffic: Traffic;
  journeys: JourneyTeller;
  journeyNames: readonly string[];
  chat: ChatRoom;
  consoleUrl: string;
  ordersSoFar(): number;
  deliveriesPending(): number;
};

const legalEntityCode = z
  .string()
  .refine((code) => findLegalEntity(code) !== undefined, 'is not a legal entity of this estate');
const unitName = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9][A-Z0-9-]{2,39}$/, 'must be 3 to 40 letters, digits and hyphens');
const mappingWish = z.object({ unit: unitName, companyCode: legalEntityCode });
const orderWish = z.object({
  legalEntity: legalEntityCode,
  sellingUnit: unitName.exactOptional(),
  fault: z.enum(ORDER_FAULTS).default('none'),
  amount: z
    .string()
    .regex(/^\d{1,12}(\.\d{1,2})?$/, 'must be decimal text such as "1234.50"')
    .exactOptional(),
  pace: z.enum(['normal', 'fast']).exactOptional(),
});
const trafficWish = z.object({ ordersPerMinute: z.number().min(0).max(600) });
const failureWish = z.object({
  times: z.coerce.number().int().min(0).max(1_000).default(1),
  status: z.coerce.number().int().min(400).max(599).default(500),
});

/** Pages for people, endpoints for integrations and for tests. */
export function registerRoutes(app: FastifyInstance, deps: RouteDeps): void {
  registerBodyParsers(app);
  registerProbes(app, deps);
  registerErp(app, deps);
  registerChat(app, deps);
  registerControl(app, deps);
  registerJourneys(app, deps);
  app.get('/', (_request, reply) =>
    send(
      reply,
      estatePage({
        ordersPerMinute: deps.traffic.ordersPerMinute,
        ordersSoFar: deps.ordersSoFar(),
        stepsPending: deps.estate.steps.pending,
        deliveriesPending: deps.deliveriesPending(),
        consoleUrl: deps.consoleUrl,
      }),
    ),
  );
  app.post<{ Params: { integration: string }; Body: string }>('/requeue/:integration', async (request, reply) => {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const { integration } = request.params;
    const answer = await deps.estate.desk.receive(Date.now(), { integration, headers, rawBody: request.body });
    return reply.code(answer.status).send(answer.body);
  });
}

/** Bodies stay the text that was sent: a signature covers bytes, not what they mean. */
function registerBodyParsers(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    done(null, body);
  });
}

function registerProbes(app: FastifyInstance, { estate }: RouteDeps): void {
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', () => ({ status: 'ready', steps: estate.steps }));
}

function registerErp(app: FastifyInstance, { estate }: RouteDeps): void {
  const view = (more: Partial<ErpView>): string =>
    erpPage({
      mappings: estate.mappings,
      missing: estate.missingUnits,
      requeues: estate.desk.records,
      unapplied: estate.unappliedPayments,
      ...more,
    });
  app.get<{ Querystring: { added?: string; unit?: string; applied?: string } }>('/erp', (request, reply) => {
    const { added, unit, applied } = request.query;
    return send(
      reply,
      view({
        ...(added === undefined ? {} : { added }),
        ...(unit === undefined ? {} : { chosen: unit }),
        ...(applied === undefined ? {} : { applied }),
      }),
    );
  });
  app.post<{ Body: string }>('/erp/applications', async (request, reply) => {
    const reference = new URLSearchParams(request.body).get('paymentReference') ?? '';
    if (await estate.applyPayment(Date.now(), reference)) {
      return reply.redirect(`/erp?applied=${encodeURIComponent(reference)}`, 303);
    }
    return send(
      reply.code(409),
      view({ refused: { problem: `No payment ${reference} waits to be applied.`, unit: '' } }),
    );
  });
  app.get('/erp/state', () => ({
    mappings: estate.mappings,
    missingUnits: estate.missingUnits,
    requeues: estate.desk.records,
    steps: estate.steps,
  }));
  app.post<{ Body: string }>('/erp/mappings', async (request, reply) => {
    const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
    const typed = isForm ? Object.fromEntries(new URLSearchParams(request.body)) : jsonOf(request.body);
    const wish = mappingWish.safeParse(typed);
    if (!wish.success) {
      const problem = problemOf(wish.error);
      if (!isForm) return reply.code(400).send({ code: 'invalid-mapping', message: problem });
      return send(reply.code(400), view({ refused: { problem, unit: String(typed['unit'] ?? '') } }));
    }
    const mapping = await estate.addMapping(Date.now(), wish.data.unit, wish.data.companyCode);
    return isForm
      ? reply.redirect(`/erp?added=${encodeURIComponent(mapping.unit)}`, 303)
      : reply.code(201).send(mapping);
  });
}

function registerChat(app: FastifyInstance, { chat }: RouteDeps): void {
  app.get('/chat', (_request, reply) => send(reply, chatPage(chat.messages)));
  app.get('/chat/messages', () => ({ messages: chat.messages, refused: chat.refused }));
  app.post<{ Body: string }>('/chat/hook', async (request, reply) => {
    const { status, retryAfterSeconds } = await chat.receive(Date.now(), jsonOf(request.body));
    if (retryAfterSeconds !== null) void reply.header('retry-after', String(retryAfterSeconds));
    return reply
      .code(status)
      .type('text/plain')
      .send(status === 200 ? 'ok' : 'failing as told');
  });
  app.post('/chat/fail', (request, reply) => {
    const wish = failureWish.safeParse(request.query);
    if (!wish.success) return reply.code(400).send({ code: 'invalid-wish', message: problemOf(wish.error) });
    chat.failNext(wish.data.times, wish.data.status);
    return reply.send(wish.data);
  });
}

function registerJourneys(app: FastifyInstance, { journeys, journeyNames }: RouteDeps): void {
  const journeyWish = z.object({
    name: z.string().refine((name) => journeyNames.includes(name), 'is no journey of this estate'),
    /** Past or now: what would be sent by then is sent at once. */
    startsAt: z.iso.datetime().exactOptional(),
  });
  app.get('/control/journeys', () => ({ journeys: journeyNames }));
  app.post<{ Body: string }>('/control/journeys', async (request, reply) => {
    const wish = journeyWish.safeParse(jsonOf(request.body));
    if (!wish.success) return reply.code(400).send({ code: 'invalid-wish', message: problemOf(wish.error) });
    const { name, startsAt } = wish.data;
    return reply.code(201).send(await journeys.begin(name, startsAt === undefined ? Date.now() : Date.parse(startsAt)));
  });
}

function registerControl(app: FastifyInstance, { estate, traffic }: RouteDeps): void {
  app.post<{ Body: string }>('/control/order', async (request, reply) => {
    const wish = orderWish.safeParse(jsonOf(request.body));
    if (!wish.success) return reply.code(400).send({ code: 'invalid-wish', message: problemOf(wish.error) });
    return reply.code(201).send(numbersOf(await estate.placeOrder(Date.now(), wish.data)));
  });
  app.get('/control/orders', () => ({
    orders: estate.orders.map(({ order, phase }) => ({ ...numbersOf(order), application: order.application, phase })),
  }));
  app.post<{ Body: string }>('/control/traffic', (request, reply) => {
    const wish = trafficWish.safeParse(jsonOf(request.body));
    if (!wish.success) return reply.code(400).send({ code: 'invalid-wish', message: problemOf(wish.error) });
    traffic.change(wish.data.ordersPerMinute);
    return reply.send(wish.data);
  });
}

function numbersOf(order: Order): Record<string, string> {
  const { contractNumber, orderNumber, salesOrder, billingDocument, paymentReference, bankEntry } = order;
  const { legalEntity, sellingUnit, amount, currency, customer } = order;
  return {
    contractNumber,
    orderNumber,
    salesOrder,
    billingDocument,
    paymentReference,
    bankEntry,
    legalEntity,
    sellingUnit,
    amount,
    currency,
    customer: customer.name,
  };
}

function send(reply: FastifyReply, page: string): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
    )
    .header('cache-control', 'no-store')
    .send(page);
}

function jsonOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function problemOf(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ');
}
