import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../../graphql/coded-error.js';
import { requireText, requireUuid } from '../../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { RequirePermission } from '../../identity/index.js';
import type { PayloadEdit } from './domain/json-changes.js';
import {
  CorrectablePayloadType,
  CorrectionCheckType,
  CorrectionResult,
  PayloadEditInput,
  type CorrectionRefusedType,
  type CorrectionSavedType,
  type CorrectionStaleType,
} from './graphql/correction.types.js';
import { answerCorrection } from './answer-correction.js';
import { checkCorrection, readCorrectable } from './read-correctable.js';
import { saveCorrection } from './usecases/save-correction.js';

const REASON = { min: 3, max: 1_000 };
const MOST_EDITS = 500;
/** Longest value of one field, in characters. */
const LONGEST_VALUE = 20_000;

type Answer = CorrectionSavedType | CorrectionRefusedType | CorrectionStaleType;

/** Putting a payload right, field by field. Needs the right to send again and the right to see payloads. */
@Resolver()
@RequirePermission('requeue.request')
export class CorrectionResolver {
  @Query(() => CorrectablePayloadType, { nullable: true, description: 'Null = the failure came without a payload' })
  async correctablePayload(
    @Args('exceptionId', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
  ): Promise<CorrectablePayloadType | null> {
    requirePayloads(operation);
    return readCorrectable(operation, requireUuid(id, 'exceptionId'));
  }

  @Query(() => CorrectionCheckType, { description: 'For the time while somebody types: what saving would say' })
  async checkCorrection(
    @Args('exceptionId', { type: () => ID }) id: string,
    @Args('basedOn', { type: () => Int }) basedOn: number,
    @Args('edits', { type: () => [PayloadEditInput] }) edits: PayloadEditInput[],
    @CurrentOperation() operation: Operation,
  ): Promise<CorrectionCheckType> {
    requirePayloads(operation);
    return checkCorrection(operation, {
      exceptionId: requireUuid(id, 'exceptionId'),
      basedOn,
      edits: readEdits(edits),
    });
  }

  @Mutation(() => CorrectionResult, {
    description: 'Keeps a new version; isConfirmed = facts of a posting are changed here, not at their source',
  })
  async saveCorrection(
    @Args('exceptionId', { type: () => ID }) id: string,
    @Args('basedOn', { type: () => Int }) basedOn: number,
    @Args('edits', { type: () => [PayloadEditInput] }) edits: PayloadEditInput[],
    @Args('reason', { type: () => String }) reasonText: string,
    @Args('isConfirmed', { type: () => Boolean, nullable: true, defaultValue: false }) isConfirmed: boolean | null,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    requirePayloads(operation);
    const { viewer, traceId } = operation;
    const exceptionId = requireUuid(id, 'exceptionId');
    const stated = { exceptionId, basedOn, edits: readEdits(edits), reason: requireText(reasonText, 'reason', REASON) };
    const input = { ...stated, viewer, isConfirmed: isConfirmed === true, now: operation.now(), traceId };
    return answerCorrection(operation, exceptionId, await operation.write((tx) => saveCorrection(tx, input)));
  }
}

function requirePayloads({ viewer }: Operation): void {
  if (!viewer.permissions.has('payload.read'))
    throw new CodedError('FORBIDDEN', 'This needs the permission payload.read');
}

function readEdits(edits: readonly PayloadEditInput[]): PayloadEdit[] {
  if (edits.length > MOST_EDITS) throw new CodedError('INVALID_INPUT', `edits may be at most ${MOST_EDITS}`);
  return edits.map(({ pointer, to = null }, index) => {
    if ((to?.length ?? 0) > LONGEST_VALUE || pointer.length > 1_000)
      throw new CodedError(
        'INVALID_INPUT',
        `edits: ${pointer.slice(0, 100)} is longer than ${LONGEST_VALUE} characters`,
      );
    if (edits.findIndex((other) => other.pointer === pointer) < index)
      throw new CodedError('INVALID_INPUT', `edits: ${pointer} stands there twice`);
    return { pointer, to };
  });
}
