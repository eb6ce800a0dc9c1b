import { ArgsType, Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { PageArgs, connectionOf } from '../../../graphql/connection.js';
import { MoneyType } from '../../../graphql/money.type.js';

export const LineageDirection = { UPSTREAM: 'UPSTREAM', DOWNSTREAM: 'DOWNSTREAM' } as const;

export type LineageDirection = (typeof LineageDirection)[keyof typeof LineageDirection];

registerEnumType(LineageDirection, { name: 'LineageDirection' });

@ObjectType('LineageNode')
export class LineageNodeType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  type!: string;

  @Field(() => String)
  key!: string;

  @Field(() => Boolean)
  isHub!: boolean;

  @Field(() => Int, { description: 'Links from the object asked for' })
  depth!: number;

  @Field(() => MoneyType, { nullable: true })
  amount!: MoneyType | null;

  @Field(() => String, { nullable: true })
  legalEntity!: string | null;

  @Field(() => Boolean)
  isPlaceholder!: boolean;

  @Field(() => Int, {
    nullable: true,
    description:
      'Links in the direction of the walk that lead to what is not shown, up to 10 001 = more than 10 000; null where nothing is walked',
  })
  furtherCount!: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      '`after` for lineageNeighbours, where a first part of its neighbours is shown; null = from their beginning',
  })
  furtherAfter!: string | null;
}

@ObjectType('LineageEdge', { description: 'Points downstream, read as: to qualifier from' })
export class LineageEdgeType {
  @Field(() => ID)
  from!: string;

  @Field(() => ID)
  to!: string;

  @Field(() => String)
  qualifier!: string;

  @Field(() => MoneyType, { nullable: true })
  amount!: MoneyType | null;

  @Field(() => Boolean)
  isContext!: boolean;

  @Field(() => Boolean, { description: 'Something that succeeded states it; false = only attempts that failed do' })
  isEstablished!: boolean;

  /** The activity that stated it first. */
  assertedById!: string;
}

@ObjectType('Lineage')
export class LineageType {
  @Field(() => [LineageNodeType])
  nodes!: LineageNodeType[];

  @Field(() => [LineageEdgeType])
  edges!: LineageEdgeType[];

  @Field(() => Boolean, { description: 'There is more than is shown' })
  isTruncated!: boolean;
}

@ObjectType({ isAbstract: true })
export class LineageNeighbourFields {
  @Field(() => String, { description: 'Of the link to it' })
  qualifier!: string;

  @Field(() => MoneyType, { nullable: true, description: 'Of the link to it' })
  amount!: MoneyType | null;
}

@ObjectType('LineageNeighbourConnection')
export class LineageNeighbourConnection extends connectionOf<LineageNodeType, LineageNeighbourFields>(
  'LineageNeighbour',
  () => LineageNodeType,
  LineageNeighbourFields,
) {}

@ArgsType()
export class LineageNeighboursArgs extends PageArgs {
  @Field(() => ID)
  objectId!: string;

  @Field(() => LineageDirection)
  direction!: LineageDirection;
}
