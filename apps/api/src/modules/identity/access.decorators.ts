import { SetMetadata } from '@nestjs/common';
import type { Permission } from '../../graphql/viewer.js';

/** Metadata key of the access rule of a resolver class or method. */
export const ACCESS_RULE = 'throughline:access';

/** A permission that the viewer must have, or open to everybody. */
export type AccessRule = { permission: Permission } | 'public';

/** Demands a permission of the viewer. On a class: for all its methods that say nothing else. */
export function RequirePermission(permission: Permission): MethodDecorator & ClassDecorator {
  return SetMetadata(ACCESS_RULE, { permission } satisfies AccessRule);
}

/** Open to everybody, signed in or not. */
export function Public(): MethodDecorator {
  return SetMetadata(ACCESS_RULE, 'public' satisfies AccessRule);
}
