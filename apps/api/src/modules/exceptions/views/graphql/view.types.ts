import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateTimeScalar, JsonScalar } from '../../../../graphql/scalars.js';
import { ExceptionFilterInput, ExceptionOrderEnum } from '../../graphql/exception-list.types.js';
import type { InboxOrder, InboxSelection } from '../../inbox.repository.js';

export const VIEW_KINDS = ['SHIPPED', 'PRIVATE', 'SHARED'] as const;

export type ViewKind = (typeof VIEW_KINDS)[number];

export const ExceptionViewKindEnum = Object.fromEntries(VIEW_KINDS.map((kind) => [kind, kind])) as {
  [K in ViewKind]: K;
};

registerEnumType(ExceptionViewKindEnum, {
  name: 'ExceptionViewKind',
  description: 'Comes with Throughline, of one person, or shown to everybody',
});

@ObjectType('ExceptionViewCounts', { description: 'What is open in a view now' })
export class ExceptionViewCountsType {
  @Field(() => Int)
  open!: number;

  @Field(() => Boolean, { description: 'There are more, and everything told is of these alone' })
  isCut!: boolean;

  @Field(() => String, { description: 'Money at risk in EUR, each unit of it once' })
  inflow!: string;

  @Field(() => String)
  outflow!: string;

  @Field(() => Int, { description: 'Exceptions whose money nobody can put a figure on' })
  withoutFigure!: number;
}

@ObjectType('ExceptionView', { description: 'A filter of the inbox that was given a name' })
export class ExceptionViewType {
  @Field(() => ID)
  id!: string;

  @Field(() => ExceptionViewKindEnum)
  kind!: ViewKind;

  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true, description: 'Null = it comes with Throughline' })
  ownerName!: string | null;

  @Field(() => Boolean)
  isMine!: boolean;

  @Field(() => Boolean, { description: 'Whether the viewer may change and delete it' })
  isChangeable!: boolean;

  @Field(() => JsonScalar, { description: 'The filter of `exceptions`, "@me" for whoever looks' })
  filter!: unknown;

  @Field(() => ExceptionOrderEnum)
  orderBy!: InboxOrder;

  @Field(() => String, { description: 'Search part of the address by which the console shows it' })
  search!: string;

  @Field(() => String, { nullable: true, description: 'Why its filter cannot be read any more' })
  problem!: string | null;

  @Field(() => Boolean)
  isPinned!: boolean;

  @Field(() => Boolean, { description: 'The inbox opens with it' })
  isDefault!: boolean;

  @Field(() => Int)
  version!: number;

  @Field(() => DateTimeScalar, { nullable: true })
  changedAt!: Date | null;

  @Field(() => String, { nullable: true })
  changedByName!: string | null;

  /** Null where the filter cannot be read. */
  selection!: InboxSelection | null;
}

@InputType('SaveExceptionView')
export class SaveExceptionViewInput {
  @Field(() => String)
  name!: string;

  @Field(() => Boolean, { nullable: true, defaultValue: false })
  isShared?: boolean | null;

  @Field(() => ExceptionFilterInput, { description: '`ownerId: "@me"` = whoever looks' })
  filter!: ExceptionFilterInput;

  @Field(() => ExceptionOrderEnum)
  orderBy!: InboxOrder;

  @Field(() => String, { nullable: true, defaultValue: '' })
  search?: string | null;
}

@InputType('ChangeExceptionView', { description: 'What is left out stays' })
export class ChangeExceptionViewInput {
  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => Boolean, { nullable: true })
  isShared?: boolean | null;

  @Field(() => ExceptionFilterInput, { nullable: true })
  filter?: ExceptionFilterInput | null;

  @Field(() => ExceptionOrderEnum, { nullable: true })
  orderBy?: InboxOrder | null;

  @Field(() => String, { nullable: true })
  search?: string | null;
}

@ObjectType('ExceptionViewChanged')
export class ExceptionViewChangedType {
  @Field(() => ExceptionViewType, { nullable: true, description: 'Null = it was deleted' })
  view!: ExceptionViewType | null;
}

@ObjectType('ExceptionViewsArranged')
export class ExceptionViewsArrangedType {
  @Field(() => [ExceptionViewType])
  views!: ExceptionViewType[];
}

@ObjectType('ExceptionViewFailure', { description: 'An act that was not done, by nobody’s fault' })
export class ExceptionViewFailureType {
  @Field(() => String)
  code!: string;

  @Field(() => String)
  message!: string;

  @Field(() => ExceptionViewType, { nullable: true, description: 'The view as it is now' })
  current!: ExceptionViewType | null;
}

export const ExceptionViewResult = createUnionType({
  name: 'ExceptionViewResult',
  types: () => [ExceptionViewChangedType, ExceptionViewFailureType] as const,
  resolveType: (value: object) => ('code' in value ? ExceptionViewFailureType : ExceptionViewChangedType),
});

export const ExceptionViewArrangement = createUnionType({
  name: 'ExceptionViewArrangement',
  types: () => [ExceptionViewsArrangedType, ExceptionViewFailureType] as const,
  resolveType: (value: object) => ('code' in value ? ExceptionViewFailureType : ExceptionViewsArrangedType),
});
