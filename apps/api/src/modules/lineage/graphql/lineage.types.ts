import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
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
