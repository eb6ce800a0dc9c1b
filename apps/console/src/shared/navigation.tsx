import { createContext, useContext, type AnchorHTMLAttributes, type MouseEvent, type ReactNode } from 'react';

export type Navigation = {
  /** Goes to an address made by url.ts; `replace` for what is not a step back (a filter, the row in focus). */
  go: (href: string, options?: { replace?: boolean }) => void;
  back: () => void;
};

const NavigationContext = createContext<Navigation>({
  go: (href) => window.location.assign(href),
  back: () => window.history.back(),
});

export const NavigationProvider = NavigationContext.Provider;

export function useNavigation(): Navigation {
  return useContext(NavigationContext);
}

type AppLinkProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & {
  href: string;
  replace?: boolean;
  children?: ReactNode;
};

/** A real link (new tab, copy address) that moves inside the console without loading the page again. */
export function AppLink({ href, replace = false, onClick, children, ...rest }: AppLinkProps) {
  const { go } = useNavigation();
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(href, { replace });
  };
  return (
    <a href={href} onClick={follow} {...rest}>
      {children}
    </a>
  );
}
