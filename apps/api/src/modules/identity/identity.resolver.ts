import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { API_CONFIG, type ApiConfig } from '../../config.js';
import { CurrentOperation, type Operation, type OperationContext } from '../../graphql/operation.js';
import type { Viewer } from '../../graphql/viewer.js';
import { Public } from './access.decorators.js';
import { PersonType } from './graphql/person.type.js';
import { SignInResult } from './graphql/sign-in-result.js';
import { TenantType, ViewerType } from './graphql/viewer.type.js';
import { listActivePeople } from './person.repository.js';
import { clearSessionCookie, setSessionCookie } from './session-cookie.js';
import { findTenant } from './session.repository.js';
import { SignIn } from './usecases/sign-in.js';
import { SignOut } from './usecases/sign-out.js';

type ViewerSource = Omit<ViewerType, 'tenant' | 'people'>;

function toViewer(viewer: Viewer): ViewerSource {
  const { personId: id, displayName, email, roles } = viewer;
  return { id, displayName, email, roles, permissions: [...viewer.permissions].sort() };
}

/** Signing in and out, and who is signed in. */
@Resolver(() => ViewerType)
export class IdentityResolver {
  constructor(
    private readonly signInCase: SignIn,
    private readonly signOutCase: SignOut,
    @Inject(API_CONFIG) private readonly config: ApiConfig,
  ) {}

  @Query(() => ViewerType, { nullable: true, description: 'Null when nobody is signed in' })
  @Public()
  viewer(@Context() { operation }: OperationContext): ViewerSource | null {
    const viewer = operation.viewerIfAny;
    return viewer === undefined ? null : toViewer(viewer);
  }

  @Mutation(() => SignInResult)
  @Public()
  async signIn(
    @Args('email', { type: () => String }) email: string,
    @Args('password', { type: () => String }) password: string,
    @Context() { operation, reply, clientAddress }: OperationContext,
  ): Promise<{ viewer: ViewerSource } | { code: string; message: string }> {
    const request = { email, password, clientAddress, now: operation.now(), traceId: operation.traceId };
    const outcome = await this.signInCase.execute(request);
    if (outcome.kind === 'refused') {
      return { code: outcome.code, message: outcome.message };
    }
    setSessionCookie(reply, outcome.token, this.config.publicUrl);
    await operation.become(outcome.viewer);
    return { viewer: toViewer(outcome.viewer) };
  }

  @Mutation(() => Boolean, { description: 'True when a session was ended' })
  @Public()
  async signOut(@Context() { operation, reply, token }: OperationContext): Promise<boolean> {
    const viewer = operation.viewerIfAny;
    clearSessionCookie(reply, this.config.publicUrl);
    return viewer !== undefined && token !== undefined && this.signOutCase.execute(operation, viewer, token);
  }

  @ResolveField(() => TenantType)
  @Public()
  async tenant(@CurrentOperation() operation: Operation): Promise<TenantType> {
    const tenant = await findTenant(await operation.read());
    if (tenant === undefined) {
      throw new Error('the tenant of a session is gone');
    }
    return { ...tenant, isDemo: this.config.isDemo };
  }

  @ResolveField(() => [PersonType])
  @Public()
  async people(@CurrentOperation() operation: Operation): Promise<PersonType[]> {
    return listActivePeople(await operation.read());
  }
}
