import { graphql } from '../../gql/index.js';

/** How something is sent. */
export const LimitsShownFragment = graphql(`
  fragment LimitsShown on RequeueLimitsInForce {
    ratePerSecond
    canary
    canaryProof
    ramp
    maxInFlight
    stopPercent
    stopMinimum
  }
`);

/** When a target is sent to. */
export const HoursShownFragment = graphql(`
  fragment HoursShown on RequeueTarget {
    opensAt
    hours {
      calendar
      timeZone
      windows {
        weekdays
        from
        to
      }
      cutOffs {
        weekdays
        at
      }
    }
  }
`);

/** Money of a part of a plan. */
export const PlanSumShownFragment = graphql(`
  fragment PlanSumShown on RequeueSum {
    legalEntity
    count
    inflow {
      amount
      currency
    }
    outflow {
      amount
      currency
    }
  }
`);

/** What waits downstream for what a plan sends. */
export const PlanWaitingShownFragment = graphql(`
  fragment PlanWaitingShown on RequeueWaiting {
    title
    isHub
    count
  }
`);

/** Who has to approve a plan. */
export const PlanApprovalShownFragment = graphql(`
  fragment PlanApprovalShown on RequeueNeededApproval {
    approvals
    roles
    rules {
      title
    }
  }
`);
