import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { describeMilestoneDue } from '@throughline/lineage';
import { NO_LEGAL_ENTITY } from '@throughline/sla';
import { readPage, type Connection, type Page } from '../../graphql/connection.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { WorkflowClocks } from '../lineage/index.js';
import { SlaBreachConnection, SlaBreachType, SlaReportArgs, SlaReportType, SlaRuleType } from './graphql/sla.types.js';
import { BREACH_CURSOR, breachConnection } from './breach-connection.js';
import { readSlaSelection } from './read-sla-selection.js';
import { countDueMilestones, type SlaSelection } from './sla.repository.js';

/** The report's figures, and what its list of breaches is asked with. */
type SlaReportSource = SlaReportType & { selection: SlaSelection; page: Page };

/** On time or late: the SLA page. */
@Resolver(() => SlaReportType)
@RequirePermission('sla.read')
export class TimelinessResolver {
  constructor(private readonly clocks: WorkflowClocks) {}

  @Query(() => SlaReportType)
  async slaReport(@Args() args: SlaReportArgs, @CurrentOperation() operation: Operation): Promise<SlaReportSource> {
    const page = readPage(args, 'breaches', BREACH_CURSOR);
    const tx = await operation.read();
    const selection = await readSlaSelection(tx, args, operation.now());
    const counts = await countDueMilestones(tx, selection);
    const sum = (of: 'onTime' | 'late' | 'open') => counts.reduce((total, row) => total + row[of], 0);
    return {
      asOf: selection.now,
      from: selection.from,
      to: selection.to,
      rows: counts.map((row) => ({ ...row, legalEntity: row.legalEntity ?? NO_LEGAL_ENTITY })),
      onTime: sum('onTime'),
      late: sum('late'),
      open: sum('open'),
      selection,
      page,
    };
  }

  @ResolveField(() => SlaBreachConnection, { description: 'Latest due first; first and after of slaReport page it' })
  async breaches(
    @Parent() { selection, page }: SlaReportSource,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<SlaBreachType>> {
    return breachConnection(await operation.read(), selection, page);
  }

  @Query(() => [SlaRuleType])
  slaRules(): SlaRuleType[] {
    return this.clocks.workflows.flatMap((workflow) =>
      workflow.milestones.flatMap((rule) => {
        const description = describeMilestoneDue(rule, workflow);
        const { name: milestone, title } = rule;
        const ruleKind = rule.due?.commitment ?? 'none';
        return description === null ? [] : [{ workflow: workflow.name, milestone, title, description, ruleKind }];
      }),
    );
  }
}
