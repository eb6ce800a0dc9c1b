import { createUnionType, Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { connectionOf } from '../../../../graphql/connection.js';
import { DateTimeScalar } from '../../../../graphql/scalars.js';
import { MoneyTotalType } from '../../graphql/exception-list.types.js';
import type { BulkActKind, BulkOutcome } from '../domain/bulk-act.js';
import { BULK_ACT_STATES, type BulkActState } from '../domain/bulk-life-cycle.js';
import { BulkActKindEnum, BulkOutcomeEnum } from './bulk-act.inputs.js';

export const BulkActStateEnum = Object.fromEntries(BULK_ACT_STATES.map((state) => [state, state])) as {
  [S in BulkActState]: S;
};

registerEnumType(BulkActStateEnum, { name: 'BulkActState' });

@ObjectType('BulkOutcomeCount')
export class BulkOutcomeCountType {
  @Field(() => BulkOutcomeEnum)
  outcome!: BulkOutcome;

  @Field(() => Int)
  count!: number;
}

@ObjectType('BulkActPreview')
export class BulkActPreviewType {
  @Field(() => Int)
  count!: number;

  @Field(() => String, { description: 'SHA-256 over the ids, 16 bytes each, in their order' })
  hash!: string;

  @Field(() => [MoneyTotalType])
  amounts!: MoneyTotalType[];

  @Field(() => [BulkOutcomeCountType], {
    description: 'What would become of them, by the amounts that are known now',
  })
  forecast!: BulkOutcomeCountType[];

  @Field(() => String)
  selectionWords!: string;

  @Field(() => [String], {
    description: 'ASSIGN: that the person is away, or no member of the queue of some; said again beside each of them',
  })
  warnings!: string[];

  @Field(() => String, { nullable: true, description: 'ASSIGN: who stands in for the person, who is away' })
  deputyName!: string | null;

  @Field(() => DateTimeScalar)
  asOf!: Date;
}

@ObjectType('BulkAct')
export class BulkActType {
  @Field(() => ID)
  id!: string;

  @Field(() => BulkActStateEnum)
  state!: BulkActState;

  @Field(() => String, { nullable: true, description: 'Why the system stopped it' })
  stateNote!: string | null;

  @Field(() => BulkActKindEnum)
  kind!: BulkActKind;

  @Field(() => String, { description: 'What was done, in words' })
  words!: string;

  @Field(() => String)
  reason!: string;

  @Field(() => String)
  selectionWords!: string;

  @Field(() => String, { description: 'SHA-256 over the ids, 16 bytes each, in their order' })
  hash!: string;

  @Field(() => Int)
  count!: number;

  @Field(() => [MoneyTotalType], { description: 'When the selection was frozen' })
  amounts!: MoneyTotalType[];

  @Field(() => DateTimeScalar, { description: 'The moment as of which the selection was frozen' })
  submittedAt!: Date;

  @Field(() => String)
  submittedByName!: string;

  @Field(() => DateTimeScalar, { nullable: true })
  startedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  finishedAt!: Date | null;

  @Field(() => Int, { description: 'Those that have their outcome' })
  done!: number;

  @Field(() => [BulkOutcomeCountType])
  outcomes!: BulkOutcomeCountType[];

  @Field(() => [String], { description: 'What can be told to it now: pause, resume, cancel' })
  acts!: string[];

  /** Read by submittedBy. */
  submittedById!: string;
}

@ObjectType('BulkActConnection')
export class BulkActConnection extends connectionOf<BulkActType>('BulkAct', () => BulkActType) {}

@ObjectType('BulkActItem')
export class BulkActItemType {
  @Field(() => Int)
  position!: number;

  @Field(() => ID)
  exceptionId!: string;

  @Field(() => BulkOutcomeEnum)
  outcome!: BulkOutcome;

  @Field(() => String, { nullable: true })
  detail!: string | null;
}

@ObjectType('BulkActItemConnection')
export class BulkActItemConnection extends connectionOf<BulkActItemType>('BulkActItem', () => BulkActItemType) {}

@ObjectType('BulkActFailure', { description: 'Nothing was done, and why' })
export class BulkActFailureType {
  @Field(() => String)
  code!: string;

  @Field(() => String)
  message!: string;

  @Field(() => Int, { nullable: true, description: 'With SELECTION_CHANGED: what the person was shown' })
  previewedCount!: number | null;

  @Field(() => String, { nullable: true })
  previewedHash!: string | null;

  @Field(() => Int, { nullable: true, description: 'With SELECTION_CHANGED: what matches now' })
  currentCount!: number | null;

  @Field(() => String, { nullable: true })
  currentHash!: string | null;
}

@ObjectType('BulkActAccepted')
export class BulkActAcceptedType {
  @Field(() => BulkActType)
  bulkAct!: BulkActType;
}

export const BulkActPreviewResult = createUnionType({
  name: 'BulkActPreviewResult',
  types: () => [BulkActPreviewType, BulkActFailureType] as const,
  resolveType: (value: object) => ('code' in value ? BulkActFailureType : BulkActPreviewType),
});

export const BulkActResult = createUnionType({
  name: 'BulkActResult',
  types: () => [BulkActAcceptedType, BulkActFailureType] as const,
  resolveType: (value: object) => ('code' in value ? BulkActFailureType : BulkActAcceptedType),
});
