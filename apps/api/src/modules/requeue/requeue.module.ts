import { Module } from '@nestjs/common';
import { RequestApprovalResolver } from './approval/approval.fields.resolver.js';
import { RequeueApprovalsResolver } from './approval/approvals.resolver.js';
import { DecisionProgressResolver } from './approval/slices/decision-progress.resolver.js';
import { shippedFourEyes } from './approval/four-eyes-in-force.js';
import { FourEyesResolver, FourEyesVersionResolver } from './approval/four-eyes.resolver.js';
import {
  AttemptActionResolver,
  CertificateCompensationResolver,
  ExceptionCompensationsResolver,
  ItemCompensationResolver,
  RequestActionResolver,
} from './compensation/compensation.fields.resolver.js';
import { CompensationResolver } from './compensation/compensation.resolver.js';
import { CorrectionResolver } from './corrections/correction.resolver.js';
import { proveLineageApprovalLife } from './lineage-changes/domain/approval-life.js';
import {
  LineageApprovalFieldsResolver,
  RebuildApprovalResolver,
  RemappingApprovalResolver,
} from './lineage-changes/lineage-approval.fields.resolver.js';
import { LineageApprovalsResolver } from './lineage-changes/lineage-approvals.resolver.js';
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
import { AttemptSettlementResolver, RequeueSettlementsResolver } from './requeue-settlements.resolver.js';
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
    DecisionProgressResolver,
    RequeueApprovalsResolver,
    FourEyesResolver,
    FourEyesVersionResolver,
    RequeueRunsResolver,
    RequeueRunItemsResolver,
    UnknownRequeuesResolver,
    RequeueProbesResolver,
    RequeueSettlementsResolver,
    AttemptSettlementResolver,
    IntegrationTargetResolver,
    RequeueCertificateResolver,
    RequeueValidationResolver,
    SendingSettingsResolver,
    PlanLimitsResolver,
    LineageApprovalsResolver,
    LineageApprovalFieldsResolver,
    RebuildApprovalResolver,
    RemappingApprovalResolver,
    CompensationResolver,
    ExceptionCompensationsResolver,
    RequestActionResolver,
    AttemptActionResolver,
    ItemCompensationResolver,
    CertificateCompensationResolver,
    RequeuePlansResolver,
    RequeuePlanLimitsResolver,
    RequeuePlanItemsResolver,
  ],
})
export class RequeueModule {
  constructor() {
    proveRequestLife();
    proveLineageApprovalLife();
    shippedFourEyes();
  }
}
