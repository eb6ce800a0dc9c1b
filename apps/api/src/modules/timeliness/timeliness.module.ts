import { Module } from '@nestjs/common';
import { LineageModule } from '../lineage/index.js';
import { TimelinessResolver } from './timeliness.resolver.js';

/** Due rules and how they are kept. The sweep for overdue milestones runs in the worker. */
@Module({ imports: [LineageModule], providers: [TimelinessResolver] })
export class TimelinessModule {}
