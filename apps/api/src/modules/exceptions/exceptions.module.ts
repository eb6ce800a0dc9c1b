import { Module, type OnModuleInit } from '@nestjs/common';
import { LineageModule } from '../lineage/index.js';
import { proveLifeCycle } from './domain/life-cycle.js';
import { proveRouting } from './domain/routing.js';
import { AcceptancesResolver } from './acceptances.resolver.js';
import { ExceptionActsResolver } from './exception-acts.resolver.js';
import { ExceptionClockResolver } from './exception-clock.resolver.js';
import { ExceptionLifeFieldsResolver, HandPostingObjectResolver } from './exception-life.fields.resolver.js';
import { ExceptionMoneyResolver } from './exception-money.resolver.js';
import { ExceptionTotalsResolver } from './exception-totals.resolver.js';
import { ExceptionFieldsResolver } from './exceptions.fields.resolver.js';
import { ExceptionsResolver } from './exceptions.resolver.js';
import { GroupsResolver } from './groups/groups.resolver.js';
import { ExceptionRunbooksResolver } from './runbooks/exception-runbooks.resolver.js';
import { RunbooksResolver } from './runbooks/runbooks.resolver.js';
import { ImpactResolver } from './impact.resolver.js';
import { PriorityResolver } from './priority.resolver.js';
import { QueueFieldsResolver } from './queue.fields.resolver.js';
import { QueuesResolver } from './queues.resolver.js';
import { ExceptionEscalationResolver, QueueLeadResolver } from './escalation/escalation.resolver.js';
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
    ExceptionClockResolver,
    ExceptionTotalsResolver,
    TransactionExceptionsResolver,
    ImpactResolver,
    GroupsResolver,
    RunbooksResolver,
    ExceptionRunbooksResolver,
    ExceptionMoneyResolver,
    PriorityResolver,
    QueuesResolver,
    QueueFieldsResolver,
    ValidationRulesResolver,
    ValidationRuleVersionResolver,
    MaintenanceHoldsResolver,
    ExceptionMaintenanceResolver,
    ExceptionEscalationResolver,
    QueueLeadResolver,
    RoutingTrialResolver,
  ],
})
export class ExceptionsModule implements OnModuleInit {
  onModuleInit(): void {
    proveLifeCycle();
    proveRouting();
  }
}
