import { createContext } from 'react';

/** Ends the session; given to the frame through the router, which has no properties of its own. */
export const SignOutContext = createContext<() => void>(() => undefined);
