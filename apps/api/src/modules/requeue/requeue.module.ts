import { Module } from '@nestjs/common';
import { RequestApprovalResolver } from './approval/approval.fields.resolver.js';
import { RequeueApprovalsResolver } from './approval/approvals.resolver.js';
import { shippedFourEyes } from './approval/four-eyes-in-force.js';
import { FourEyesResolver, FourEyesVersionResolver } from './approval/four-eyes.resolver.js';
import { CorrectionResolver } from './corrections/correction.resolver.js';
import { proveRequestLife } from './domain/request-life.js';
import { ExceptionAttemptsResolver, RequestAttemptsResolver } from './requeue.fields.resolver.js';
import { RequeueCertificateResolver } from './requeue-certificate.resolver.js';
import {
  IntegrationTargetResolver,
  RequeueRunItemsResolver,
  RequeueRunsResolver,
  UnknownRequeuesResolver,
} from './requeue-runs.resolver.js';
import { RequeueProbesResolver } from './requeue-probes.resolver.js';
import { RequeueResolver } from './requeue.resolver.js';
import { RequeueValidationResolver } from './requeue-validation.resolver.js';
import { PlanLimitsResolver, SendingSettingsResolver } from './sending-settings/sending-settings.resolver.js';
import {
  RequeuePlanItemsResolver,
  RequeuePlanLimitsResolver,
  RequeuePlansResolver,
} from './plans/requeue-plans.resolver.js';

/** Asking to send again, and approving it; the sender and the verification run in the worker. */
@Module({
  providers: [
    RequeueResolver,
    CorrectionResolver,
    ExceptionAttemptsResolver,
    RequestAttemptsResolver,
    RequestApprovalResolver,
    RequeueApprovalsResolver,
    FourEyesResolver,
    FourEyesVersionResolver,
    RequeueRunsResolver,
    RequeueRunItemsResolver,
    UnknownRequeuesResolver,
    RequeueProbesResolver,
    IntegrationTargetResolver,
    RequeueCertificateResolver,
    RequeueValidationResolver,
    SendingSettingsResolver,
    PlanLimitsResolver,
    RequeuePlansResolver,
    RequeuePlanLimitsResolver,
    RequeuePlanItemsResolver,
  ],
})
export class RequeueModule {
  constructor() {
    proveRequestLife();
    shippedFourEyes();
  }
}
