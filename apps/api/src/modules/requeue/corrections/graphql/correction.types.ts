import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateTimeScalar, JsonScalar } from '../../../../graphql/scalars.js';
import type { RequeueMode } from '@throughline/contracts';
import type { FieldKind } from '../domain/correctable-fields.js';
import type { ProblemCode } from '../domain/field-locks.js';
import type { VersionOrigin } from '../domain/version-history.js';

export const REQUEUE_MODE_NAMES = { AS_IS: 'AS_IS', CORRECTED: 'CORRECTED', EXTRACT_ANEW: 'EXTRACT_ANEW' } as const;

export type RequeueModeName = keyof typeof REQUEUE_MODE_NAMES;

/** The names of the public body. */
export const MODE_OF_NAME: Readonly<Record<RequeueModeName, RequeueMode>> = {
  AS_IS: 'as-is',
  CORRECTED: 'corrected',
  EXTRACT_ANEW: 'extract-anew',
};

export function modeName(mode: RequeueMode): RequeueModeName {
  return mode === 'as-is' ? 'AS_IS' : mode === 'corrected' ? 'CORRECTED' : 'EXTRACT_ANEW';
}

registerEnumType(REQUEUE_MODE_NAMES, {
  name: 'RequeueMode',
  description:
    'The payload that failed, a corrected version of it, or what the source has when it is asked to extract it anew',
});

@InputType()
export class PayloadChoiceInput {
  @Field(() => ID)
  exceptionId!: string;

  @Field(() => Int)
  payloadVersion!: number;
}

@InputType()
export class PayloadEditInput {
  @Field(() => String, {
    description: 'JSON pointer; positions are those of the version that was seen, one behind the end adds an element',
  })
  pointer!: string;

  @Field(() => String, {
    nullable: true,
    description: 'JSON text of a single value; null takes the member, or the element of a list, away',
  })
  to?: string | null;
}

@ObjectType('PayloadChange')
export class PayloadChangeType {
  @Field(() => String)
  pointer!: string;

  @Field(() => String, { nullable: true, description: 'JSON text; null = nothing stood there' })
  from!: string | null;

  @Field(() => String, { nullable: true })
  to!: string | null;
}

@ObjectType('CorrectionProblem', { description: 'What stands in the way of a correction, and where' })
export class CorrectionProblemType {
  @Field(() => String)
  pointer!: string;

  @Field(() => String, {
    description:
      'NOT_CHANGEABLE, LOCKED_IN_PAYMENT, FIX_AT_SOURCE, DOCUMENT_NUMBER, MASKED, INVALID_VALUE, BREAKS_CONTRACT or BREAKS_RULE',
  })
  code!: ProblemCode;

  @Field(() => String)
  message!: string;
}

@ObjectType('PayloadVersion', {
  description: 'A payload as the source sent it, or as a person corrected it; never changed',
})
export class PayloadVersionType {
  @Field(() => Int)
  number!: number;

  @Field(() => String, { description: 'source or correction' })
  origin!: VersionOrigin;

  @Field(() => Int, { nullable: true })
  basedOn!: number | null;

  @Field(() => [PayloadChangeType], { description: 'Against the version that it is based on' })
  changes!: PayloadChangeType[];

  @Field(() => String)
  reason!: string;

  @Field(() => String)
  authorName!: string;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Field(() => String, {
    description: 'JSON text, numbers as they were written; account numbers masked where they are not to be seen',
  })
  payloadJson!: string;
}

@ObjectType('FieldLock', { description: 'Why a declared field cannot be changed here all the same' })
export class FieldLockType {
  @Field(() => String)
  code!: ProblemCode;

  @Field(() => String)
  message!: string;
}

@ObjectType('CorrectableField', { description: 'A place of the payload that its integration declares as changeable' })
export class CorrectableFieldType {
  @Field(() => String)
  pointer!: string;

  @Field(() => String)
  label!: string;

  @Field(() => String, { nullable: true })
  description!: string | null;

  @Field(() => String, { description: 'text, number, boolean, choice or date' })
  kind!: FieldKind;

  @Field(() => [String], { description: 'JSON texts to choose from' })
  choices!: string[];

  @Field(() => Boolean)
  isRequired!: boolean;

  @Field(() => String, { nullable: true, description: 'JSON text; null = nothing stands there, or it is masked' })
  valueJson!: string | null;

  @Field(() => Boolean)
  isMasked!: boolean;

  @Field(() => FieldLockType, { nullable: true })
  lock!: FieldLockType | null;

  @Field(() => Boolean, { description: 'A fact of a posting: changed only on the word of whoever corrects' })
  needsConfirmation!: boolean;
}

@ObjectType('CorrectableList', {
  description: 'A list to which elements may be added, and from which they may be taken away',
})
export class CorrectableListType {
  @Field(() => String)
  pointer!: string;

  @Field(() => String)
  label!: string;

  @Field(() => Int)
  length!: number;

  @Field(() => [CorrectableFieldType], {
    description: 'Of an element that is added, as the first one behind the end; empty = none can be added',
  })
  newFields!: CorrectableFieldType[];
}

@ObjectType('CorrectablePayload', { description: 'What failed, its versions, and what of it may be changed' })
export class CorrectablePayloadType {
  @Field(() => ID)
  exceptionId!: string;

  @Field(() => Boolean)
  canCorrect!: boolean;

  @Field(() => String, { nullable: true, description: 'Why it cannot be corrected' })
  whyNot!: string | null;

  @Field(() => String, { description: 'payment, posting or other: whose rules hold' })
  kind!: string;

  @Field(() => Int, { description: 'The version that failed' })
  failedVersion!: number;

  @Field(() => Int, { description: 'The version that a correction is based on' })
  latestVersion!: number;

  @Field(() => Boolean)
  isMasked!: boolean;

  @Field(() => [String], {
    description: 'Declared places: JSON pointers, * for positions of lists, - for their elements',
  })
  changeable!: readonly string[];

  @Field(() => [CorrectableFieldType], { description: 'The declared places in the latest version, at most 5,000' })
  fields!: CorrectableFieldType[];

  @Field(() => [CorrectableListType], { description: 'At most 200' })
  lists!: CorrectableListType[];

  @Field(() => Boolean)
  isTruncated!: boolean;

  @Field(() => String, { nullable: true, description: 'Event type of the contract that it keeps' })
  contractType!: string | null;

  @Field(() => Int, { nullable: true })
  contractVersion!: number | null;

  @Field(() => JsonScalar, { nullable: true, description: 'JSON Schema of the contract' })
  schema!: unknown;

  @Field(() => [PayloadVersionType], { description: 'Latest first, at most 20' })
  versions!: PayloadVersionType[];
}

@ObjectType('CorrectionCheck', { description: 'What saving would say; nothing is saved' })
export class CorrectionCheckType {
  @Field(() => [CorrectionProblemType])
  problems!: CorrectionProblemType[];

  @Field(() => [PayloadChangeType], { description: 'Against what failed' })
  changes!: PayloadChangeType[];

  @Field(() => [String], { description: 'Facts of a posting that need a confirmation' })
  toConfirm!: string[];

  @Field(() => Boolean, { description: 'Another version was saved since' })
  isStale!: boolean;
}

@ObjectType('CorrectionSaved')
export class CorrectionSavedType {
  @Field(() => Int)
  version!: number;

  @Field(() => CorrectablePayloadType)
  payload!: CorrectablePayloadType;
}

@ObjectType('CorrectionRefused')
export class CorrectionRefusedType {
  @Field(() => String, { description: 'NOT_CORRECTABLE, NOTHING_CHANGED, REFUSED or NOT_CONFIRMED' })
  code!: string;

  @Field(() => String)
  message!: string;

  @Field(() => [CorrectionProblemType])
  problems!: CorrectionProblemType[];
}

@ObjectType('CorrectionStale', { description: 'Another version was saved since the one that was seen' })
export class CorrectionStaleType {
  @Field(() => Int)
  latestVersion!: number;

  @Field(() => String)
  savedBy!: string;

  @Field(() => [PayloadChangeType], { description: 'What was saved meanwhile, against the version that was seen' })
  changes!: PayloadChangeType[];

  @Field(() => CorrectablePayloadType)
  payload!: CorrectablePayloadType;
}

export const CorrectionResult = createUnionType({
  name: 'CorrectionResult',
  types: () => [CorrectionSavedType, CorrectionRefusedType, CorrectionStaleType] as const,
  resolveType(value: object) {
    if ('problems' in value) return CorrectionRefusedType;
    return 'savedBy' in value ? CorrectionStaleType : CorrectionSavedType;
  },
});
