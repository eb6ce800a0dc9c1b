import { ArgsType, Field, ID, InputType, Int, registerEnumType } from '@nestjs/graphql';
import { PageArgs } from '../../../../graphql/connection.js';
import { DateTimeScalar } from '../../../../graphql/scalars.js';
import type { PriorityBand } from '../../domain/priority.js';
import { ExceptionWaitInput, SeenExceptionInput } from '../../graphql/change-state.types.js';
import { ExceptionFilterInput } from '../../graphql/exception-list.types.js';
import { PriorityBandEnum } from '../../graphql/priority.types.js';
import { BULK_ACT_KINDS, BULK_OUTCOMES, type BulkActKind, type BulkOutcome } from '../domain/bulk-act.js';

export const BulkActKindEnum = Object.fromEntries(BULK_ACT_KINDS.map((kind) => [kind, kind])) as {
  [K in BulkActKind]: K;
};

registerEnumType(BulkActKindEnum, { name: 'BulkActKind' });

export const BulkOutcomeEnum = Object.fromEntries(BULK_OUTCOMES.map((outcome) => [outcome, outcome])) as {
  [O in BulkOutcome]: O;
};

registerEnumType(BulkOutcomeEnum, {
  name: 'BulkOutcome',
  valuesMap: {
    PENDING: { description: 'Not looked at yet; of a cancelled bulk act never' },
    ASSIGNED: { description: 'In its queue already, and given to whom the rule names' },
    APPROVAL_ASKED: { description: 'Above the limit: a second person decides' },
    ALREADY_SO: { description: 'It was as the act would leave it' },
    CHANGED: { description: 'It changed since the selection was frozen' },
    IN_REQUEUE: { description: 'It is being sent again' },
    IN_APPROVAL: { description: 'It waits for the decision of a second person' },
    NOT_OF_QUEUE: { description: 'Its queue does not know the act' },
    ABOVE_LIMIT: { description: 'Above what the person may approve: it waits for somebody else' },
    DECIDED_OTHERWISE: { description: 'It waits for this decision no more' },
    GONE: { description: 'There is no such exception' },
    REFUSED: { description: 'The act could not be done any more, whatever the exception' },
    FAILED: { description: 'By a fault of the program' },
  },
});

@InputType('BulkSelection', { description: 'Either exceptions as they were seen, or all that match' })
export class BulkSelectionInput {
  @Field(() => [SeenExceptionInput], { nullable: true, description: 'At most 10 000' })
  exceptions?: SeenExceptionInput[] | null;

  @Field(() => ExceptionFilterInput, { nullable: true, description: '{} = every exception' })
  filter?: ExceptionFilterInput | null;
}

@InputType('BulkActInput')
export class BulkActInput {
  @Field(() => BulkActKindEnum)
  kind!: BulkActKind;

  @Field(() => String, {
    nullable: true,
    description: 'Needed to MOVE, PRIORITISE, SNOOZE and ACCEPT; the text of a NOTE; else a note beside it',
  })
  reason?: string | null;

  @Field(() => ID, { nullable: true, description: 'ASSIGN: to whom' })
  ownerId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'ASSIGN: for who is away the deputy gets them' })
  isForwarded?: boolean | null;

  @Field(() => String, { nullable: true, description: 'MOVE: to which queue' })
  queue?: string | null;

  @Field(() => PriorityBandEnum, { nullable: true, description: 'PRIORITISE: null = as rated again' })
  band?: PriorityBand | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'SNOOZE: until when' })
  until?: Date | null;

  @Field(() => Boolean, { nullable: true, description: 'SNOOZE: also until it occurs again' })
  untilNextOccurrence?: boolean | null;

  @Field(() => ExceptionWaitInput, { nullable: true, description: 'WAIT: for what' })
  wait?: ExceptionWaitInput | null;

  @Field(() => String, { nullable: true, description: 'ACCEPT: code of a declared reason' })
  acceptReason?: string | null;
}

@InputType('BulkPreviewed', { description: 'What the person was shown; at least one of them' })
export class BulkPreviewedInput {
  @Field(() => Int, { nullable: true })
  count?: number | null;

  @Field(() => String, { nullable: true })
  hash?: string | null;
}

@ArgsType()
export class BulkItemsArgs extends PageArgs {
  @Field(() => ID)
  id!: string;

  @Field(() => BulkOutcomeEnum, { nullable: true })
  outcome?: BulkOutcome | null;
}
