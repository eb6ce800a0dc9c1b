import { ArgsType, Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { connectionOf, PageArgs } from '../../../graphql/connection.js';
import { DateTimeScalar, JsonScalar } from '../../../graphql/scalars.js';
import { MappingUseType } from './signal-activity.types.js';

/** Names of the kinds of signals in the API → as they are stored. */
export const SIGNAL_KIND_NAMES = {
  SPAN: 'span',
  LOG: 'log',
  CLOUD_EVENT: 'cloud-event',
  OPENLINEAGE: 'openlineage',
  WEBHOOK: 'webhook',
  FILE_RECORD: 'file-record',
} as const;

export type SignalKindName = keyof typeof SIGNAL_KIND_NAMES;

export const SignalKindEnum = Object.fromEntries(Object.keys(SIGNAL_KIND_NAMES).map((name) => [name, name])) as {
  [K in SignalKindName]: K;
};

registerEnumType(SignalKindEnum, { name: 'SignalKind' });

const SignalStateEnum = { PENDING: 'PENDING', MAPPED: 'MAPPED', IGNORED: 'IGNORED', UNMAPPED: 'UNMAPPED' } as const;

export type SignalState = keyof typeof SignalStateEnum;

registerEnumType(SignalStateEnum, { name: 'SignalState', description: 'What the mapping made of a signal' });

const SignalOrderEnum = { RECEIVED_DESC: 'RECEIVED_DESC', RECEIVED_ASC: 'RECEIVED_ASC' } as const;

export type SignalOrder = keyof typeof SignalOrderEnum;

registerEnumType(SignalOrderEnum, { name: 'SignalOrder' });

@ObjectType('SignalRaw', { description: 'The raw form, as it came after redaction' })
export class SignalRawType {
  @Field(() => String, { nullable: true })
  text!: string | null;

  @Field(() => String, { nullable: true, description: 'Of what is no text, for whoever may see bank accounts whole' })
  base64!: string | null;

  @Field(() => Boolean)
  isMasked!: boolean;

  @Field(() => Boolean)
  isTruncated!: boolean;
}

@ObjectType('UnmappedNote', { description: 'Why a signal could not be mapped' })
export class UnmappedNoteType {
  @Field(() => String, { description: 'no-mapping, no-rule, unreadable, contract-violation or invalid-output' })
  code!: string;

  @Field(() => String)
  reason!: string;

  @Field(() => String, { nullable: true, description: 'JSON pointer into the payload, or into what the rule made' })
  place!: string | null;

  @Field(() => MappingUseType, { nullable: true })
  mapping!: MappingUseType | null;
}

@ObjectType('Signal', { description: 'One thing received, in its original form' })
export class SignalType {
  @Field(() => ID)
  id!: string;

  @Field(() => SignalKindEnum)
  kind!: SignalKindName;

  @Field(() => SignalStateEnum)
  state!: SignalState;

  @Field(() => String)
  type!: string;

  @Field(() => String)
  source!: string;

  @Field(() => String)
  externalId!: string;

  @Field(() => String)
  scopedKey!: string;

  @Field(() => String, { nullable: true, description: 'The configured instance that sent it' })
  sourceSystem!: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  occurredAt!: Date | null;

  @Field(() => DateTimeScalar)
  receivedAt!: Date;

  @Field(() => Float, { nullable: true, description: 'From when it happened to when it was received' })
  lagSeconds!: number | null;

  @Field(() => String, { nullable: true })
  contentType!: string | null;

  @Field(() => Int)
  sizeBytes!: number;

  @Field(() => String, { nullable: true })
  traceId!: string | null;

  @Field(() => String, { nullable: true })
  hopTraceparent!: string | null;

  @Field(() => JsonScalar, { description: 'Context attributes, or facts of the request; bank accounts masked' })
  attributes!: unknown;

  @Field(() => UnmappedNoteType, { nullable: true })
  unmapped!: UnmappedNoteType | null;

  @Field(() => String, { nullable: true })
  ignoredBecause!: string | null;

  @Field(() => Int, { nullable: true, description: 'Position within its file, from 1' })
  recordNo!: number | null;

  @Field(() => String, { nullable: true, description: 'The flow of business that it says it belongs to' })
  correlationId!: string | null;

  @Field(() => String, { nullable: true, description: 'Within its flow the id of what it says caused it' })
  causationId!: string | null;

  /** The same unmasked, by which other signals are found. */
  flow!: { correlationId: string | null; causationId: string | null; externalId: string };

  /** Of an ignored or unmapped one. */
  notedMapping!: MappingUseType | null;

  fileId!: string | null;

  /** Day of receipt, of the key of its row. */
  receivedOn!: string;
}

@ObjectType('SignalConnection')
export class SignalConnection extends connectionOf<SignalType>('Signal', () => SignalType) {}

@InputType('SignalFilter')
export class SignalFilterInput {
  @Field(() => [SignalStateEnum], { nullable: true })
  states?: SignalState[] | null;

  @Field(() => [SignalKindEnum], { nullable: true, description: 'Spans are found by their trace, not here' })
  kinds?: SignalKindName[] | null;

  @Field(() => [String], { nullable: true })
  sourceSystems?: string[] | null;

  @Field(() => [String], { nullable: true })
  types?: string[] | null;

  @Field(() => DateTimeScalar, { nullable: true })
  receivedFrom?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'First instant that is not meant any more' })
  receivedTo?: Date | null;

  @Field(() => ID, { nullable: true })
  fileId?: string | null;

  @Field(() => String, { nullable: true, description: 'Signals that this mapping took, whatever came of it' })
  mapping?: string | null;

  @Field(() => String, { nullable: true, description: 'Signals of one flow of business, whole' })
  correlationId?: string | null;
}

@ArgsType()
export class SignalsArgs extends PageArgs {
  @Field(() => SignalFilterInput, { nullable: true })
  filter?: SignalFilterInput | null;

  @Field(() => SignalOrderEnum, { nullable: true, defaultValue: 'RECEIVED_DESC' })
  orderBy?: SignalOrder | null;
}
