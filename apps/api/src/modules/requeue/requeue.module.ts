import { Module } from '@nestjs/common';
import { CorrectionResolver } from './corrections/correction.resolver.js';
import { proveRequestLife } from './domain/request-life.js';
import { ExceptionAttemptsResolver, RequestAttemptsResolver } from './requeue.fields.resolver.js';
import { RequeueResolver } from './requeue.resolver.js';

/** Asking to send again; the sender and the verification run in the worker. */
@Module({ providers: [RequeueResolver, CorrectionResolver, ExceptionAttemptsResolver, RequestAttemptsResolver] })
export class RequeueModule {
  constructor() {
    proveRequestLife();
  }
}
