import { Query, Resolver } from '@nestjs/graphql';
import {
  describeCardinality,
  describeMilestoneDue,
  describeReporters,
  workflowVersion,
  type MilestoneRule,
  type Workflow,
} from '@throughline/lineage';
import { RequirePermission } from '../identity/index.js';
import { WorkflowType, WrongWorkflowFileType, type WorkflowMilestoneType } from './graphql/workflow.types.js';
import { WorkflowClocks } from './workflow-clocks.js';

/** The declared processes, as the files say them. */
@Resolver(() => WorkflowType)
@RequirePermission('transaction.read')
export class WorkflowResolver {
  constructor(private readonly clocks: WorkflowClocks) {}

  @Query(() => [WorkflowType])
  workflows(): WorkflowType[] {
    return this.clocks.workflows.map(toWorkflow);
  }

  @Query(() => [WrongWorkflowFileType], {
    description: 'Files that declare no workflow that could be used: the others are in force without them',
  })
  wrongWorkflowFiles(): WrongWorkflowFileType[] {
    return this.clocks.wrong.map(({ problems, ...file }) => ({ ...file, problems: [...problems] }));
  }
}

function toWorkflow(workflow: Workflow): WorkflowType {
  const { name, title, anchor, given, unless, restartedBy, cancelledBy, follows, milestones, provenBy } = workflow;
  return {
    name,
    title,
    version: workflowVersion(workflow),
    anchor,
    given: [...given],
    unless: [...unless],
    restartedBy: [...restartedBy],
    cancelledBy: [...cancelledBy],
    hops: [...provenBy].map(([integration, proves]) => ({ integration, proves })),
    follows: [...follows].map((link) => {
      const [from = '', to = ''] = link.split('>');
      return { from, to };
    }),
    milestones: milestones.map((rule) => toMilestone(rule, workflow)),
  };
}

function toMilestone(rule: MilestoneRule, workflow: Workflow): WorkflowMilestoneType {
  const { name, title, position, isRequired, on, per, after, reachedBy, undoneBy, given, due } = rule;
  return {
    ...{ name, title, position, isRequired, on, per },
    after: [...after],
    reachedBy: [...reachedBy],
    reportedBy: describeReporters(rule),
    undoneBy: [...undoneBy],
    given: [...given],
    ruleKind: due?.commitment ?? 'none',
    dueGiven: [...(due?.given ?? [])],
    dueRule: describeMilestoneDue(rule, workflow),
    cardinality: describeCardinality(rule),
  };
}
