import {
  createClient as createSocket,
  type FormattedExecutionResult,
  type Sink,
  type SubscribePayload,
} from 'graphql-ws';
import { cacheExchange, createClient, fetchExchange, mapExchange, subscriptionExchange, type Client } from 'urql';
import { failureCode } from './failure.js';
import { lastingSubscriptions } from './lasting-subscriptions.js';
import { liveConnection } from './live-connection.js';

const PATH = '/graphql';
const KEEP_ALIVE_MS = 10_000;
const MOST_BACK_OFF_MS = 10_000;

const NORMAL_CLOSURE = 1000;

export type ApiClient = { client: Client; close: () => void };

/** One client per sign-in: its cache and its socket end with the session. */
export function createApiClient(onSignedOut: () => void): ApiClient {
  const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws';
  const socket = createSocket({
    url: `${scheme}://${window.location.host}${PATH}`,
    lazy: true,
    lazyCloseTimeout: 3000,
    keepAlive: KEEP_ALIVE_MS,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: async (retries) => {
      const wait = Math.min(500 * 2 ** Math.min(retries, 10), MOST_BACK_OFF_MS);
      await new Promise((resolve) => setTimeout(resolve, wait + Math.random() * 300));
    },
    on: {
      connected: () => liveConnection.opened(),
      closed: (event) =>
        liveConnection.closed(!(event instanceof CloseEvent && event.wasClean && event.code === NORMAL_CLOSURE)),
    },
  });

  const subscriptions = lastingSubscriptions<SubscribePayload, Sink<FormattedExecutionResult>>(socket, () =>
    liveConnection.missed(),
  );

  const client = createClient({
    url: PATH,
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    fetchOptions: { credentials: 'same-origin' },
    exchanges: [
      cacheExchange,
      mapExchange({
        onResult(result) {
          if (failureCode(result.error) === 'UNAUTHENTICATED') onSignedOut();
          // Cached results keep the stamp, so that a page can say as of when its numbers are.
          return { ...result, extensions: { ...result.extensions, receivedAt: Date.now() } };
        },
      }),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: (request) => ({
          subscribe: (sink) => ({
            unsubscribe: subscriptions.subscribe(
              { ...request, query: request.query ?? '' },
              {
                ...sink,
                next: ({ data = null, errors, extensions }) =>
                  sink.next({
                    data,
                    ...(errors && { errors: [...errors] }),
                    ...(isRecord(extensions) ? { extensions } : {}),
                  }),
              },
            ),
          }),
        }),
      }),
    ],
  });
  const close = () => {
    subscriptions.close();
    void socket.dispose();
  };
  return { client, close };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
