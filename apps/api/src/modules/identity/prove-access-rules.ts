import type { ModulesContainer } from '@nestjs/core';
import { ACCESS_RULE } from './access.decorators.js';

// metadata keys that @nestjs/graphql puts on what it exposes
const RESOLVER_TYPE = 'graphql:resolver_type';
const RESOLVER_PROPERTY = 'graphql:resolve_property';

type Method = (...args: never[]) => unknown;

function exposedMethods(prototype: object): [string, Method][] {
  return Object.getOwnPropertyNames(prototype).flatMap((name): [string, Method][] => {
    const method: unknown = Object.getOwnPropertyDescriptor(prototype, name)?.value;
    const isExposed =
      typeof method === 'function' &&
      name !== 'constructor' &&
      (Reflect.hasMetadata(RESOLVER_TYPE, method) || Reflect.hasMetadata(RESOLVER_PROPERTY, method));
    return isExposed ? [[name, method as Method]] : [];
  });
}

/** Names of all GraphQL methods that have no access rule, on themselves or on their class; must be empty. */
export function methodsWithoutAccessRule(modules: ModulesContainer): string[] {
  const classes = new Set<NewableFunction>();
  for (const module of modules.values()) {
    for (const wrapper of module.providers.values()) {
      if (typeof wrapper.metatype === 'function' && wrapper.metatype.prototype !== undefined) {
        classes.add(wrapper.metatype);
      }
    }
  }
  return [...classes].flatMap((target) =>
    exposedMethods(target.prototype as object)
      .filter(([, method]) => !Reflect.hasMetadata(ACCESS_RULE, method) && !Reflect.hasMetadata(ACCESS_RULE, target))
      .map(([name]) => `${target.name}.${name}`),
  );
}

/** Refuses to start with an unguarded method. */
export function proveAccessRules(modules: ModulesContainer): void {
  const unguarded = methodsWithoutAccessRule(modules);
  if (unguarded.length > 0) {
    throw new Error(`Resolver methods without @RequirePermission or @Public: ${unguarded.join(', ')}`);
  }
}
