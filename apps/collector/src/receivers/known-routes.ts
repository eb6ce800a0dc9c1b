import type { FastifyInstance } from 'fastify';

type KnownRoute = { path: RegExp; methods: readonly string[] };

/** The routes that exist, by real paths: which methods an address has. To be made before the first of them is registered. */
export class KnownRoutes {
  private readonly routes: KnownRoute[] = [];

  constructor(server: FastifyInstance) {
    server.addHook('onRoute', ({ url, method }) => {
      this.routes.push({ path: pathOf(url), methods: [method].flat() });
    });
  }

  /** The methods of the address, sorted; none where there is no such address. */
  methodsOf(path: string): string[] {
    const found = this.routes.filter((route) => route.path.test(path)).flatMap(({ methods }) => methods);
    return [...new Set(found)].sort();
  }
}

/** Slashes too many are ignored, as they are when a request is routed. */
function pathOf(url: string): RegExp {
  const segments = url.split('/').slice(1);
  const parts = segments.map((segment) => {
    if (segment === '*') return '.+';
    return segment.startsWith(':') ? '[^/]+' : segment.replaceAll('.', '\\.');
  });
  return new RegExp(`^/+${parts.join('/+')}/*$`);
}
