import { MantineProvider } from '@mantine/core';
import { configure, render, type RenderResult } from '@testing-library/react';
import type { ReactNode } from 'react';
import { cacheExchange, createClient, fetchExchange, Provider, subscriptionExchange } from 'urql';
import { KeyboardProvider } from '../shared/keyboard/keyboard.js';
import { NavigationProvider } from '../shared/navigation.js';
import { ViewerProvider, type Viewer } from '../shared/viewer/viewer.js';

// what a page shows is waited for also on a machine that does other work besides
configure({ asyncUtilTimeout: 5_000 });

type Variables = Record<string, unknown>;
type Answers = Record<string, (variables: Variables) => unknown>;

type Listener = { name: string; next: (data: unknown) => void };

export type FakeApi = {
  /** operations asked for, in their order */
  asked: { name: string; variables: Variables }[];
  /** hands data to every subscription of that name */
  push: (name: string, data: unknown) => void;
};

/** What jsdom has not and the component library asks for. */
function completeBrowser(): void {
  window.matchMedia ??= (query: string) => new FakeMediaQuery(query);
  window.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  Element.prototype.scrollIntoView ??= () => undefined;
}

class FakeMediaQuery extends EventTarget implements MediaQueryList {
  readonly matches = false;
  onchange = null;
  constructor(readonly media: string) {
    super();
  }
  addListener() {}
  removeListener() {}
}

/** An API that answers by the name of the operation; what it is not told to answer fails the test by its name. */
function fakeClient(answers: Answers) {
  const api: FakeApi = {
    asked: [],
    push: (name, data) => listeners.filter((listener) => listener.name === name).forEach(({ next }) => next(data)),
  };
  const listeners: Listener[] = [];
  const fetchAnswer = async (_: unknown, init?: RequestInit) => {
    const { operationName, variables = {} } = JSON.parse(String(init?.body)) as {
      operationName: string;
      variables?: Variables;
    };
    api.asked.push({ name: operationName, variables });
    const answer = answers[operationName];
    const body = answer
      ? { data: answer(variables) }
      : {
          errors: [{ message: `no answer for ${operationName}`, extensions: { code: 'INTERNAL', traceId: 'abc123' } }],
        };
    return new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });
  };
  const client = createClient({
    url: 'http://console.test/graphql',
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    fetch: fetchAnswer as typeof fetch,
    exchanges: [
      cacheExchange,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: (request) => ({
          subscribe: (sink) => {
            const name = /subscription (\w+)/.exec(request.query ?? '')?.[1] ?? '';
            const listener = { name, next: (data: unknown) => sink.next({ data: data as Record<string, unknown> }) };
            listeners.push(listener);
            return { unsubscribe: () => void listeners.splice(listeners.indexOf(listener), 1) };
          },
        }),
      }),
    ],
  });
  return { api, client };
}

export const ANALYST: Viewer = {
  id: 'p1',
  displayName: 'Anna Lindqvist',
  email: 'analyst@demo.example',
  roles: ['analyst'],
  permissions: [
    'exception.read',
    'exception.work',
    'exception.note',
    'requeue.request',
    'transaction.read',
    'payload.read',
    'sla.read',
    'alert.read',
    'catalog.read',
  ],
  tenant: { id: 't1', name: 'Nordhafen Group', environment: 'Demo', isDemo: true },
  people: [
    { id: 'p1', displayName: 'Anna Lindqvist', email: 'analyst@demo.example', roles: ['analyst'] },
    { id: 'p2', displayName: 'Bruno Keller', email: 'analyst2@demo.example', roles: ['analyst'] },
  ],
};

type Rendered = RenderResult & { api: FakeApi; visited: string[]; show: (content: ReactNode) => void };

/** Renders part of the console as the analyst (or somebody else) sees it. */
export function renderConsole(content: ReactNode, answers: Answers, viewer: Viewer = ANALYST): Rendered {
  completeBrowser();
  const { api, client } = fakeClient(answers);
  const visited: string[] = [];
  const navigation = { go: (href: string) => void visited.push(href), back: () => void visited.push('back') };
  const wrap = (inner: ReactNode) => (
    <MantineProvider env="test">
      <Provider value={client}>
        <KeyboardProvider>
          <ViewerProvider viewer={viewer}>
            <NavigationProvider value={navigation}>{inner}</NavigationProvider>
          </ViewerProvider>
        </KeyboardProvider>
      </Provider>
    </MantineProvider>
  );
  const result = render(wrap(content));
  return { ...result, api, visited, show: (next) => result.rerender(wrap(next)) };
}
