import { createUnionType } from '@nestjs/graphql';
import { ActFailureType } from '../../exceptions/index.js';
import { RequeuePlanningType } from '../plans/graphql/requeue-plan.types.js';
import { RequeueFailureType } from './requeue-run.types.js';
import { RequeueAcceptedType, RequeuePlanChangedType, RequeuePlanType } from './requeue.types.js';

/** What asking to send again brings. */
export const RequeueResult = createUnionType({
  name: 'RequeueResult',
  types: () =>
    [
      RequeueAcceptedType,
      RequeuePlanType,
      RequeuePlanChangedType,
      RequeuePlanningType,
      ActFailureType,
      RequeueFailureType,
    ] as const,
  resolveType(value: object) {
    if ('request' in value) return RequeueAcceptedType;
    if ('plan' in value) return RequeuePlanChangedType;
    if ('planning' in value) return RequeuePlanningType;
    if ('exceptionId' in value) return ActFailureType;
    return 'code' in value ? RequeueFailureType : RequeuePlanType;
  },
});
