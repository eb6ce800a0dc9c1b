import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import { CodedError } from '../../graphql/coded-error.js';
import type { OperationContext } from '../../graphql/operation.js';
import { ACCESS_RULE, type AccessRule } from './access.decorators.js';

/** Enforces the access rule of every resolver method; one without a rule is a bug and stays shut. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (rule === undefined) {
      throw new Error(`${context.getClass().name}.${context.getHandler().name} has no access rule`);
    }
    if (rule === 'public') {
      return true;
    }
    const { operation } = GqlExecutionContext.create(context).getContext<OperationContext>();
    if (!operation.viewer.permissions.has(rule.permission)) {
      throw new CodedError('FORBIDDEN', `This needs the permission ${rule.permission}`);
    }
    return true;
  }
}
