import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Logger } from '@throughline/observability';

/** Hands GraphQL errors on to the one place that formats and logs them; answers plain HTTP errors as JSON. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(exception: unknown, host: ArgumentsHost): unknown {
    if (host.getType<string>() === 'graphql') {
      return exception;
    }
    const status = exception instanceof HttpException ? exception.getStatus() : 500;
    if (status >= 500) {
      this.log.error({ err: exception }, 'request failed');
    }
    const message = exception instanceof HttpException ? exception.message : 'Something went wrong on our side';
    return host.switchToHttp().getResponse<FastifyReply>().code(status).send({ message });
  }
}
