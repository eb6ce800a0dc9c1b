import { Module } from '@nestjs/common';
import { proveRequestLife } from './domain/request-life.js';
import { ExceptionAttemptsResolver, RequestAttemptsResolver } from './requeue.fields.resolver.js';
import { RequeueCertificateResolver } from './requeue-certificate.resolver.js';
import {
  IntegrationTargetResolver,
  RequeueRunItemsResolver,
  RequeueRunsResolver,
  UnknownRequeuesResolver,
} from './requeue-runs.resolver.js';
import { RequeueResolver } from './requeue.resolver.js';

/** Asking to send again; the sender and the verification run in the worker. */
@Module({
  providers: [
    RequeueResolver,
    RequeueRunsResolver,
    RequeueRunItemsResolver,
    UnknownRequeuesResolver,
    IntegrationTargetResolver,
    RequeueCertificateResolver,
    ExceptionAttemptsResolver,
    RequestAttemptsResolver,
  ],
})
export class RequeueModule {
  constructor() {
    proveRequestLife();
  }
}
