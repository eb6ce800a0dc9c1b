import { Outlet, useRouter, useRouterState } from '@tanstack/react-router';
import { useContext, useMemo, type ReactNode } from 'react';
import { HomePage } from '../features/home/home-page.js';
import { AppFrame } from '../shell/app-frame.js';
import { NAVIGATION } from '../shell/navigation-items.js';
import { AppLink, NavigationProvider, type Navigation } from '../shared/navigation.js';
import { Empty, NotAllowed } from '../shared/states/states.js';
import { homeHref } from '../shared/url.js';
import { useCan, type Permission } from '../shared/viewer/viewer.js';
import { SignOutContext } from './sign-out-context.js';

/** The frame around every page. */
export function Root() {
  const router = useRouter();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const signOut = useContext(SignOutContext);
  const navigation = useMemo<Navigation>(
    () => ({
      go: (href, options) => (options?.replace ? router.history.replace(href) : router.history.push(href)),
      back: () => router.history.back(),
    }),
    [router],
  );
  return (
    <NavigationProvider value={navigation}>
      <AppFrame path={path} onSignOut={signOut}>
        <Outlet />
      </AppFrame>
    </NavigationProvider>
  );
}

/** The page, or what right is missing for it. */
export function Guarded({ needs, what, children }: { needs: Permission; what: string; children: ReactNode }) {
  const can = useCan();
  return can(needs) ? children : <NotAllowed what={what} />;
}

/** Home for those who work with exceptions; for others the first screen that they may open. */
export function Start() {
  const can = useCan();
  if (can('exception.read')) return <HomePage />;
  const first = NAVIGATION.find((item) => can(item.needs));
  return (
    <Empty title="Your role begins elsewhere" action={first && <AppLink href={first.href}>Go to {first.name}</AppLink>}>
      Exceptions and transactions are not part of your role.
    </Empty>
  );
}

/** What an address that leads nowhere shows. */
export function NotFound() {
  return (
    <Empty title="There is no such page" action={<AppLink href={homeHref()}>Go home</AppLink>}>
      The address may be from another version of Throughline.
    </Empty>
  );
}
