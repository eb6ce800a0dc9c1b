import { Global, Module } from '@nestjs/common';
import { SessionRecorder } from '../identity/index.js';
import { AuditResolver } from './audit.resolver.js';
import { AuditedSessions } from './audited-sessions.js';

/** The audit log. Global, because it stands behind a port of the identity module to its left. */
@Global()
@Module({
  providers: [AuditResolver, { provide: SessionRecorder, useClass: AuditedSessions }],
  exports: [SessionRecorder],
})
export class AuditModule {}
