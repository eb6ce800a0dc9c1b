import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { RouterProvider } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { Provider as GraphqlProvider, useMutation } from 'urql';
import { SignInPage } from '../features/sign-in/sign-in-page.js';
import { graphql } from '../gql/index.js';
import { createApiClient } from '../shared/graphql/api-client.js';
import { useLoad } from '../shared/graphql/use-load.js';
import { KeyboardProvider } from '../shared/keyboard/keyboard.js';
import { Failed, Loading } from '../shared/states/states.js';
import { useColorScheme } from '../shared/theme/appearance.js';
import { resolveVariables, theme } from '../shared/theme/theme.js';
import { ViewerDocument, ViewerProvider } from '../shared/viewer/viewer.js';
import { makeRouter } from './router.js';
import { SignOutContext } from './sign-out-context.js';

const SignOutDocument = graphql(`
  mutation SignOut {
    signOut
  }
`);

/** Theme, session and routes. A new sign-in begins with a client of its own, so that nothing of the one before is left. */
export function App() {
  const scheme = useColorScheme();
  const [session, setSession] = useState(0);
  const renew = useCallback(() => setSession((before) => before + 1), []);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={resolveVariables} forceColorScheme={scheme}>
      <KeyboardProvider>
        <Notifications position="bottom-right" limit={4} />
        <Session key={session} onRenew={renew} />
      </KeyboardProvider>
    </MantineProvider>
  );
}

function Session({ onRenew }: { onRenew: () => void }) {
  const [api] = useState(() => createApiClient(onRenew));
  useEffect(() => () => api.close(), [api]);
  return (
    <GraphqlProvider value={api.client}>
      <SignedIn onRenew={onRenew} />
    </GraphqlProvider>
  );
}

function SignedIn({ onRenew }: { onRenew: () => void }) {
  const { data, error, isLoading, reload } = useLoad(ViewerDocument, {}, { policy: 'cache-first' });
  const [, signOut] = useMutation(SignOutDocument);
  const leave = useCallback(() => void signOut({}).then(onRenew), [signOut, onRenew]);
  const router = useMemo(() => makeRouter(), []);
  if (isLoading) return <Loading label="Throughline" rows={0} />;
  if (error && !data) return <Failed what="console" error={error} onRetry={reload} />;
  if (!data?.viewer) return <SignInPage onSignedIn={onRenew} />;
  return (
    <ViewerProvider viewer={data.viewer}>
      <SignOutContext.Provider value={leave}>
        <RouterProvider router={router} />
      </SignOutContext.Provider>
    </ViewerProvider>
  );
}
