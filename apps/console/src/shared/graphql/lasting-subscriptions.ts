/** As much of a socket's client as is needed here. */
export type SubscribingSocket<Request, Sink> = { subscribe: (request: Request, sink: Sink) => () => void };

type Ending = { complete: () => void };

export type LastingSubscriptions<Request, Sink> = SubscribingSocket<Request, Sink> & {
  /** Nothing is subscribed anew from now on. */
  close: () => void;
};

/** What is hurried: a server that is about to stop ends everything at once. */
const AGAIN_AFTER_MS = 1_000;
const SPREAD_MS = 500;

/**
 * Subscriptions that last until they are unsubscribed. The server ends one whose reader falls behind: it is subscribed anew, and
 * `onAgain` says that what changed between is to be loaded.
 */
export function lastingSubscriptions<Request, Sink extends Ending>(
  socket: SubscribingSocket<Request, Sink>,
  onAgain: () => void,
): LastingSubscriptions<Request, Sink> {
  let isClosed = false;
  return {
    subscribe(request, sink) {
      let isWanted = true;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const begin = () =>
        socket.subscribe(request, {
          ...sink,
          complete() {
            if (!isWanted || isClosed) return;
            timer = setTimeout(again, AGAIN_AFTER_MS + Math.random() * SPREAD_MS);
          },
        });
      const again = () => {
        if (isClosed) return;
        end = begin();
        onAgain();
      };
      let end = begin();
      return () => {
        isWanted = false;
        clearTimeout(timer);
        end();
      };
    },
    close: () => {
      isClosed = true;
    },
  };
}
