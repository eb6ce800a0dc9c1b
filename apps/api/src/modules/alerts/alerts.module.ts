import { Module } from '@nestjs/common';
import { AlertsResolver } from './alerts.resolver.js';

/** The read side of alerting; telling runs in the worker. */
@Module({ providers: [AlertsResolver] })
export class AlertsModule {}
