import { Module, type OnModuleInit } from '@nestjs/common';
import { LineageModule } from '../lineage/index.js';
import { proveFindingRules } from './domain/finding-problems.js';
import { proveLifeCycle } from './domain/life-cycle.js';
import { proveRouting } from './domain/routing.js';
import { BulkActItemsResolver, BulkActsResolver } from './bulk/bulk-acts.resolver.js';
import { proveBulkLifeCycle } from './bulk/domain/bulk-life-cycle.js';
import { AcceptanceLimitsResolver, AcceptanceLimitVersionResolver } from './acceptance-limits/limits.resolver.js';
import { ApprovalsResolver } from './approvals/approvals.resolver.js';
import { AskedByActFieldsResolver } from './approvals/asked-act.fields.resolver.js';
import { AcceptancesResolver } from './acceptances.resolver.js';
import { ExceptionActsResolver } from './exception-acts.resolver.js';
import { ExceptionClockResolver } from './exception-clock.resolver.js';
import { ExceptionLifeFieldsResolver, HandPostingObjectResolver } from './exception-life.fields.resolver.js';
import { ExceptionRegionResolver } from './exception-region.resolver.js';
import { ExceptionMoneyResolver } from './exception-money.resolver.js';
import { ExceptionTotalsResolver } from './exception-totals.resolver.js';
import { ExceptionFieldsResolver } from './exceptions.fields.resolver.js';
import { ExceptionsResolver } from './exceptions.resolver.js';
import { GroupedInboxResolver } from './groups/grouped-inbox.resolver.js';
import { GroupStepsResolver } from './groups/group-steps.resolver.js';
import { GroupsResolver } from './groups/groups.resolver.js';
import { FacetsResolver } from './inbox/facets.resolver.js';
import { ExceptionRunbooksResolver } from './runbooks/exception-runbooks.resolver.js';
import { RunbooksResolver } from './runbooks/runbooks.resolver.js';
import { ImpactResolver } from './impact.resolver.js';
import { PriorityResolver } from './priority.resolver.js';
import { QueueHoursResolver } from './hours/queue-hours.resolver.js';
import { QueueFieldsResolver } from './queue.fields.resolver.js';
import { AbsencesResolver } from './people/absences.resolver.js';
import { ActivityResolver } from './people/activity.resolver.js';
import { HandOverResolver } from './people/hand-over.resolver.js';
import { NotificationsResolver } from './people/notifications.resolver.js';
import { ExceptionTicketsResolver, GroupTicketsResolver } from './people/tickets.resolver.js';
import { WatchingResolver } from './people/watching.resolver.js';
import { QueuesResolver, RoutingRuleFieldsResolver } from './queues.resolver.js';
import { ExportProofsResolver } from './exports/export-proofs.resolver.js';
import { ExceptionFixesResolver, GroupFixesResolver } from './fixes/fixes.resolver.js';
import { ExceptionViewsResolver } from './views/views.resolver.js';
import { RelatedExceptionsResolver } from './related/related.resolver.js';
import { ExceptionEscalationResolver, QueueLeadResolver } from './escalation/escalation.resolver.js';
import { QueueTargetsResolver } from './targets/queue-targets.resolver.js';
import { RoutingTrialResolver } from './routing-trial.resolver.js';
import { ExceptionMaintenanceResolver, MaintenanceHoldsResolver } from './maintenance/maintenance-parts.resolver.js';
import { ValidationRulesResolver, ValidationRuleVersionResolver } from './validation/validation-rules.resolver.js';
import { TransactionExceptionsResolver } from './transaction-exceptions.resolver.js';

/** The inbox side of exceptions; its consumer runs in the worker. */
@Module({
  imports: [LineageModule],
  providers: [
    ExceptionsResolver,
    ExceptionFieldsResolver,
    ExceptionActsResolver,
    ExceptionLifeFieldsResolver,
    HandPostingObjectResolver,
    AcceptancesResolver,
    ApprovalsResolver,
    AskedByActFieldsResolver,
    AcceptanceLimitsResolver,
    AcceptanceLimitVersionResolver,
    BulkActsResolver,
    BulkActItemsResolver,
    ExceptionClockResolver,
    ExceptionTotalsResolver,
    FacetsResolver,
    TransactionExceptionsResolver,
    ImpactResolver,
    GroupedInboxResolver,
    GroupsResolver,
    GroupStepsResolver,
    RunbooksResolver,
    ExceptionRunbooksResolver,
    ExceptionMoneyResolver,
    ExceptionRegionResolver,
    RelatedExceptionsResolver,
    PriorityResolver,
    QueuesResolver,
    RoutingRuleFieldsResolver,
    QueueFieldsResolver,
    QueueHoursResolver,
    ExceptionViewsResolver,
    ExportProofsResolver,
    ExceptionFixesResolver,
    GroupFixesResolver,
    NotificationsResolver,
    WatchingResolver,
    ExceptionTicketsResolver,
    GroupTicketsResolver,
    AbsencesResolver,
    ActivityResolver,
    HandOverResolver,
    ValidationRulesResolver,
    ValidationRuleVersionResolver,
    MaintenanceHoldsResolver,
    ExceptionMaintenanceResolver,
    ExceptionEscalationResolver,
    QueueLeadResolver,
    QueueTargetsResolver,
    RoutingTrialResolver,
  ],
})
export class ExceptionsModule implements OnModuleInit {
  onModuleInit(): void {
    proveLifeCycle();
    proveBulkLifeCycle();
    proveRouting();
    proveFindingRules();
  }
}
