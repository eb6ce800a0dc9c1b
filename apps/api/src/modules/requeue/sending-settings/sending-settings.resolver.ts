import { Args, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { requireText } from '../../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { actOf } from '../../catalog/index.js';
import { RequirePermission } from '../../identity/index.js';
import { mostCareful } from '../domain/run.js';
import { RequeuePlanType } from '../graphql/requeue.types.js';
import {
  LimitsType,
  RequeueLimitsInput,
  RequeueTargetType,
  type RequeueFailureType,
} from '../graphql/requeue-run.types.js';
import { readLimits } from '../read-limits.js';
import { readTarget } from '../run-reader.js';
import { SendingHoursInput } from './graphql/sending-hours.types.js';
import {
  SendingSettingsChangeType,
  SendingSettingsResult,
  SendingSettingsType,
  type SendingSettingsSavedType,
} from './graphql/sending-settings.types.js';
import { findSettings, SHIPPED_SETTINGS } from './sending-settings.repository.js';
import { setSendingSettings, type SettingsFailure } from './set-sending-settings.js';
import { readChanges, readHours, requireIntegration, sendingCalendars } from './settings-reader.js';
import { tryTarget } from './try-target.js';

type Answer = SendingSettingsSavedType | RequeueFailureType;

const NAME = { max: 1_000 };

/** How integrations are sent to. */
@Resolver(() => SendingSettingsType)
@RequirePermission('catalog.read')
export class SendingSettingsResolver {
  @Query(() => SendingSettingsType)
  sendingSettings(
    @Args('integration', { type: () => String }) integration: string,
    @CurrentOperation() operation: Operation,
  ): Promise<SendingSettingsType> {
    return readSettings(operation, requireText(integration, 'integration', NAME));
  }

  @Mutation(() => SendingSettingsResult, {
    description:
      'How an integration is sent to, from the next request on; its hours hold at once. What is left out stays; basedOn = the version ' +
      'that was seen',
  })
  @RequirePermission('catalog.write')
  async setSendingSettings(
    @Args('integration', { type: () => String }) integration: string,
    @Args('limits', { type: () => RequeueLimitsInput }) limits: RequeueLimitsInput,
    @Args('verifyWithinMinutes', { type: () => Int, nullable: true }) minutes: number | null,
    @Args('hours', { type: () => SendingHoursInput, nullable: true, description: 'null = at any time' })
    hours: SendingHoursInput | null | undefined,
    @Args('basedOn', { type: () => Int, nullable: true }) basedOn: number | null,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const wish = {
      integration: requireText(integration, 'integration', NAME),
      limits: readLimits(limits),
      verifyWithinMinutes: minutes ?? null,
      hours: hours ? readHours(hours) : hours,
      basedOn: basedOn ?? null,
    };
    return saved(
      operation,
      wish.integration,
      await operation.write((tx) => setSendingSettings(tx, actOf(operation), wish)),
    );
  }

  @Mutation(() => SendingSettingsResult, { description: 'A target that is left alone is tried by one attempt at once' })
  @RequirePermission('requeue.request')
  async tryRequeueTarget(
    @Args('integration', { type: () => String }) text: string,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const integration = requireText(text, 'integration', NAME);
    return saved(operation, integration, await operation.write((tx) => tryTarget(tx, actOf(operation), integration)));
  }

  @ResolveField(() => [SendingSettingsChangeType], { description: 'The latest first, at most 50' })
  changes(
    @Parent() { integration }: SendingSettingsType,
    @CurrentOperation() operation: Operation,
  ): Promise<SendingSettingsChangeType[]> {
    return readChanges(operation, integration);
  }
}

/** How what would be sent would be. */
@Resolver(() => RequeuePlanType)
@RequirePermission('exception.read')
export class PlanLimitsResolver {
  @ResolveField(() => LimitsType, {
    description: 'What holds where the person says nothing: the most careful of its targets',
  })
  async limits(@Parent() plan: RequeuePlanType, @CurrentOperation() operation: Operation): Promise<LimitsType> {
    return mostCareful(await findSettings(await operation.read(), targetsOf(plan)));
  }

  @ResolveField(() => [RequeueTargetType], { description: 'Where it would go' })
  targets(@Parent() plan: RequeuePlanType, @CurrentOperation() operation: Operation): Promise<RequeueTargetType[]> {
    return Promise.all(targetsOf(plan).map((name) => readTarget(operation, name)));
  }
}

function targetsOf({ items }: RequeuePlanType): string[] {
  return [...new Set(items.flatMap(({ willSend, integration }) => (willSend && integration ? [integration] : [])))];
}

async function readSettings(operation: Operation, integration: string): Promise<SendingSettingsType> {
  const { title, canRequeue } = await requireIntegration(operation, integration);
  const target = await readTarget(operation, integration);
  const [stored = SHIPPED_SETTINGS] = await findSettings(await operation.read(), [integration]);
  const { version, changedAt, changedByName } = stored;
  const calendars = sendingCalendars();
  return { integration, title, canRequeue, version, changedAt, changedByName, target, calendars };
}

async function saved(operation: Operation, integration: string, failure: SettingsFailure | null): Promise<Answer> {
  if (failure !== null) return failure;
  const settings = await readSettings(operation, integration);
  return { target: settings.target, settings };
}
