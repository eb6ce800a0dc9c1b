import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { IdentityResolver } from './identity.resolver.js';
import { SignIn } from './usecases/sign-in.js';
import { SignOut } from './usecases/sign-out.js';

/** People, sessions, permissions, and the guard in front of every resolver method. */
@Module({ providers: [IdentityResolver, SignIn, SignOut, { provide: APP_GUARD, useClass: AccessGuard }] })
export class IdentityModule {}
