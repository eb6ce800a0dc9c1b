import { Field, Int, ObjectType } from '@nestjs/graphql';

@ObjectType('WorkflowLink', { description: 'Links between objects of these types are followed downstream' })
export class WorkflowLinkType {
  @Field(() => String)
  from!: string;

  @Field(() => String)
  to!: string;
}

@ObjectType('WorkflowHop', { description: 'An integration that a workflow counts on' })
export class WorkflowHopType {
  @Field(() => String, { description: 'Its name' })
  integration!: string;

  @Field(() => String, { description: 'Name of the milestone that shows that it has done its work' })
  proves!: string;
}

@ObjectType('WorkflowMilestone')
export class WorkflowMilestoneType {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  title!: string;

  @Field(() => Int)
  position!: number;

  @Field(() => Boolean, {
    description:
      'False for an optional step: it keeps nothing from being completed, and is skipped once a later one is reached',
  })
  isRequired!: boolean;

  @Field(() => String, { description: 'Type of the object whose activities reach it' })
  on!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Reached once for each object of this type; null: once per transaction',
  })
  per!: string | null;

  @Field(() => [String], { description: 'Names of the milestones that it comes after' })
  after!: string[];

  @Field(() => [String], { description: 'Activity types' })
  reachedBy!: string[];

  @Field(() => String, {
    nullable: true,
    description: 'Whose activities reach it, in words; null: whoever reports them',
  })
  reportedBy!: string | null;

  @Field(() => [String], { description: 'Activity types that undo it' })
  undoneBy!: string[];

  @Field(() => [String], {
    description:
      'Object and activity types, any of which makes it a step of a transaction; empty: it always is, or once its object is there',
  })
  given!: string[];

  @Field(() => String, { description: 'service, expectation or none' })
  ruleKind!: string;

  @Field(() => String, { nullable: true, description: 'When it is due, in words' })
  dueRule!: string | null;

  @Field(() => [String], {
    description: 'Object and activity types, without any of which the due rule does not bind; empty: it always does',
  })
  dueGiven!: string[];

  @Field(() => String, { nullable: true, description: 'How many objects are expected to reach it, in words' })
  cardinality!: string | null;
}

@ObjectType('Workflow', { description: 'A declared process' })
export class WorkflowType {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String, { description: 'Names what is declared: another declaration has another version' })
  version!: string;

  @Field(() => String, { description: 'Type of the object that starts a transaction' })
  anchor!: string;

  @Field(() => [String], {
    description: 'Object and activity types, any of which an anchor needs to start it; empty: none',
  })
  given!: string[];

  @Field(() => [String], { description: 'Object and activity types, any of which keeps an anchor from starting it' })
  unless!: string[];

  @Field(() => [String], { description: 'Activity types at the anchor with which it begins anew' })
  restartedBy!: string[];

  @Field(() => [String], { description: 'Activity types at the anchor that end it' })
  cancelledBy!: string[];

  @Field(() => [WorkflowHopType], { description: 'As they are declared' })
  hops!: WorkflowHopType[];

  @Field(() => [WorkflowLinkType])
  follows!: WorkflowLinkType[];

  @Field(() => [WorkflowMilestoneType], { description: 'In their order' })
  milestones!: WorkflowMilestoneType[];
}

@ObjectType('WorkflowFileProblem', { description: 'What is wrong with a workflow file' })
export class WorkflowFileProblemType {
  @Field(() => Int, { nullable: true, description: 'Counted from 1; null = of the file as a whole' })
  line!: number | null;

  @Field(() => String)
  reason!: string;
}

@ObjectType('WrongWorkflowFile', { description: 'A file that declares no workflow that could be used' })
export class WrongWorkflowFileType {
  @Field(() => String)
  file!: string;

  @Field(() => String, { description: 'What it is called; its transactions stay as they were' })
  workflow!: string;

  @Field(() => [WorkflowFileProblemType])
  problems!: WorkflowFileProblemType[];
}
