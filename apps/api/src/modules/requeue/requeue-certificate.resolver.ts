import { Args, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../graphql/coded-error.js';
import { requireUuid } from '../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { readFrozenChanges } from './approval/frozen-changes.js';
import { findCertified, findEvidence } from './certificate.repository.js';
import { bodyHash, evidenceHash, payloadVersionOf } from './domain/certificate.js';
import { sentPayload } from './domain/sent-payload.js';
import { RequeueCertificateType } from './graphql/certificate.types.js';
import { findMade } from './outcome.repository.js';
import { RequeueRequestType } from './graphql/requeue.types.js';
import { toAttempt } from './requeue.fields.resolver.js';
import { findRequest } from './requeue.repository.js';

const APPROVED = 'requeue.approved';

/** What proves one send. */
@Resolver(() => RequeueCertificateType)
@RequirePermission('exception.read')
export class RequeueCertificateResolver {
  @Query(() => RequeueCertificateType, { nullable: true })
  async requeueCertificate(
    @Args('attemptId', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
  ): Promise<RequeueCertificateType | null> {
    const attemptId = requireUuid(id, 'attemptId');
    const tx = await operation.read();
    const row = await findCertified(tx, attemptId);
    if (row === null) return null;
    const { exceptionId, requestId, objectId, objectType, objectKey, body, ...facts } = row;
    const changes = await readFrozenChanges(tx, [row], operation.viewer);
    const { permissions } = operation.viewer;
    const evidence = await findEvidence(tx, { attemptId, requestId, exceptionId });
    return {
      ...facts,
      attempt: toAttempt(row, operation.viewer),
      exceptionId,
      subject: { objectId, type: objectType, key: objectKey },
      bodyHash: bodyHash(body),
      bodyBytes: Buffer.byteLength(body, 'utf8'),
      payloadVersion: payloadVersionOf(body),
      payload: sentPayload(body, {
        mayRead: permissions.has('payload.read'),
        mayUnmask: permissions.has('payload.unmask'),
      }),
      changes: changes.get(exceptionId) ?? [],
      approvals: evidence.filter(({ action }) => action === APPROVED),
      became: await findMade(tx, [attemptId]).then((made) =>
        made.map((one) => ({ ...one, documents: [...one.documents] })),
      ),
      evidence,
      evidenceHash: evidenceHash(evidence.map(({ hash }) => hash)),
    };
  }

  @ResolveField(() => RequeueRequestType)
  async request(
    @Parent() { attempt }: RequeueCertificateType,
    @CurrentOperation() operation: Operation,
  ): Promise<RequeueRequestType> {
    const request = await findRequest(await operation.read(), attempt.requestId);
    if (request === null) throw new CodedError('NOT_FOUND', 'There is no such requeue request');
    return request;
  }
}
