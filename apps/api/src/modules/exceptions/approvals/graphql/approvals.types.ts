import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../../graphql/connection.js';
import { DateTimeScalar } from '../../../../graphql/scalars.js';
import type { BulkActRow } from '../../bulk/bulk-act.repository.js';
import { BulkActType } from '../../bulk/graphql/bulk-act.types.js';
import { DeclaredReasonType, ExceptionAcceptanceType } from '../../graphql/exception-life.types.js';

@ObjectType('AskedSum', { description: 'As frozen, each unit of money once' })
export class AskedSumType {
  @Field(() => String, { nullable: true, description: 'Null = nobody knows of which' })
  legalEntity!: string | null;

  @Field(() => String)
  currency!: string;

  @Field(() => String)
  inflow!: string;

  @Field(() => String)
  outflow!: string;

  @Field(() => Int)
  count!: number;
}

@ObjectType('AskedGroup')
export class AskedGroupType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  title!: string;

  @Field(() => Int)
  count!: number;
}

@ObjectType('AskedSummary', { description: 'What of it waits now' })
export class AskedSummaryType {
  @Field(() => Int)
  count!: number;

  @Field(() => String, { description: 'SHA-256 over the ids of its exceptions, 16 bytes each, in their order' })
  hash!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the first of it goes back to its maker' })
  expiresAt!: Date | null;

  @Field(() => Int, { description: 'How many have money at risk that nobody knows' })
  unknown!: number;

  @Field(() => [AskedSumType])
  sums!: AskedSumType[];

  @Field(() => [AskedGroupType], { description: 'The largest' })
  groups!: AskedGroupType[];

  @Field(() => Int, { description: 'Of how many groups it is' })
  groupCount!: number;

  @Field(() => DateTimeScalar)
  asOf!: Date;
}

@ObjectType('AskedByAct', { description: 'What one act on many asked to close without correction, decided as one' })
export class AskedByActType {
  @Field(() => ID, { description: 'Of the act that asked' })
  id!: string;

  @Field(() => DeclaredReasonType)
  reason!: DeclaredReasonType;

  @Field(() => String)
  comment!: string;

  @Field(() => String)
  selectionWords!: string;

  @Field(() => String)
  makerName!: string;

  @Field(() => DateTimeScalar)
  requestedAt!: Date;

  @Field(() => Boolean, { description: 'More of it may still be asked for: nothing can be decided yet' })
  isAsking!: boolean;

  /** Read by its fields. */
  row!: BulkActRow;
}

@ObjectType('AcceptanceEntry', { description: 'What is decided as one; exactly one of its three' })
export class AcceptanceEntryType {
  @Field(() => ID)
  id!: string;

  @Field(() => DateTimeScalar)
  at!: Date;

  @Field(() => ExceptionAcceptanceType, { nullable: true, description: 'A request by itself' })
  acceptance!: ExceptionAcceptanceType | null;

  @Field(() => AskedByActType, { nullable: true })
  asked!: AskedByActType | null;

  @Field(() => BulkActType, { nullable: true, description: 'A decision on what one act asked for' })
  decision!: BulkActType | null;
}

@ObjectType('AcceptanceEntryConnection')
export class AcceptanceEntryConnection extends connectionOf<AcceptanceEntryType>(
  'AcceptanceEntry',
  () => AcceptanceEntryType,
) {}

@InputType('SeenAsked', { description: 'What waited, as the person saw it' })
export class SeenAskedInput {
  @Field(() => Int)
  count!: number;

  @Field(() => String)
  hash!: string;

  @Field(() => DateTimeScalar)
  asOf!: Date;
}
