import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ALL_JOURNEYS } from '@throughline/scenarios';
import { fastify, type FastifyInstance } from 'fastify';
import type { SimulatorConfig } from './config.js';
import { ChatRoom } from './estate/chat-room.js';
import { newEstateState } from './estate/estate-state.js';
import { Estate } from './estate/estate.js';
import { StateFile } from './estate/state-file.js';
import { Traffic } from './estate/traffic.js';
import { JourneyTeller } from './journeys/journey-teller.js';
import type { Log } from './log.js';
import { registerRoutes } from './pages/routes.js';
import { createEventSender } from './senders/event-sender.js';
import { Outbox } from './senders/outbox.js';
import { createSignalSender } from './senders/signal-sender.js';
import { createSpanSender } from './senders/span-sender.js';
import { FIRST_SEQUENCE } from './story/history.js';

export type Simulator = { port: number; close(): Promise<void> };

const OUTBOX = { capacity: 2_000, lanes: 8 };
/** Time for what is on its way; what does not make it is told after the next start. */
const FLUSH_WITHIN_MS = 2_500;
const CLOSE_WITHIN_MS = 1_000;

/** Starts the simulated estate: history on the first start, live traffic, pages. Rejects when the port is in use. */
export async function startSimulator(config: SimulatorConfig, log: Log): Promise<Simulator> {
  const file = new StateFile(join(config.THROUGHLINE_DATA_DIR, 'simulator', 'estate.json'));
  const known = await file.load();
  const state = known ?? newEstateState(config.DEMO_SEED, Date.now());
  const outbox = new Outbox({ log, ...OUTBOX });
  const events = createEventSender({ collectorUrl: config.COLLECTOR_HTTP_URL, ingestKey: config.INGEST_KEY, outbox });
  const spans = createSpanSender({
    collectorHttpUrl: config.COLLECTOR_HTTP_URL,
    collectorGrpcUrl: config.COLLECTOR_GRPC_URL,
    ingestKey: config.INGEST_KEY,
    outbox,
  });
  const requeueSecret = config.SIMULATOR_REQUEUE_SECRET;
  const faultPercent = config.DEMO_FAULT_PERCENT;
  const estate = new Estate({ state, file, senders: { events, spans, outbox }, requeueSecret, faultPercent, log });
  const traffic = new Traffic({ estate, seed: state.seed, log }, config.DEMO_ORDERS_PER_MINUTE);
  const sender = createSignalSender({ collectorUrl: config.COLLECTOR_HTTP_URL, ingestKey: config.INGEST_KEY, outbox });
  const journeys = new JourneyTeller(
    { state, file, sender, journeys: ALL_JOURNEYS, log },
    config.DEMO_JOURNEYS_PER_HOUR,
    Date.now(),
  );
  const app = fastify({ logger: false, bodyLimit: 1_048_576, forceCloseConnections: true });
  registerRoutes(app, {
    estate,
    traffic,
    journeys,
    journeyNames: ALL_JOURNEYS.map(({ name }) => name),
    chat: new ChatRoom(state, () => file.save()),
    consoleUrl: config.PUBLIC_URL,
    ordersSoFar: () => state.nextSequence - FIRST_SEQUENCE,
    deliveriesPending: () => outbox.pending,
  });
  const port = await listen(app, config);
  if (known === null) {
    await estate.tellHistory(Date.now(), config.DEMO_HISTORY_DAYS);
    await journeys.tellHistory(Date.now(), config.DEMO_HISTORY_DAYS);
  }
  estate.start();
  journeys.start();
  traffic.start();
  log.info({ port, ordersPerMinute: traffic.ordersPerMinute }, 'simulated estate runs');
  return {
    port,
    async close() {
      await app.close();
      await Promise.all([traffic.stop(), estate.stop(), journeys.stop()]);
      await spans.flush();
      const undelivered = await outbox.close(FLUSH_WITHIN_MS);
      await file.save();
      await Promise.race([spans.close(), sleep(CLOSE_WITHIN_MS, undefined, { ref: false })]);
      if (undelivered > 0) log.warn({ undelivered }, 'deliveries wait for the next start');
    },
  };
}

async function listen(
  app: FastifyInstance,
  { LISTEN_HOST: host, SIMULATOR_PORT: port }: SimulatorConfig,
): Promise<number> {
  await app.listen({ host, port });
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}
