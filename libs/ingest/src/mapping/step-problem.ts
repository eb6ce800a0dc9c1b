import {
  isTaxonomyCode,
  PROBLEM_DISCRIMINATOR_PREFIX,
  SPAN_ATTRIBUTES,
  type ActivityProblem,
} from '@throughline/canonical';
import { attributeText, type Attributes } from '../otlp/span-record.js';
import { classifyFailure } from '../packs/classify-failure.js';
import { LONGEST_MESSAGE, nameOf, trimmedText } from './finance-step.js';

/** Discriminator for a problem code that is no code of the taxonomy: kept apart, but not trusted as one. */
const REPORTED_CODE = 'reportedCode';
const ERROR_TYPE = 'errorType';
/** What OpenTelemetry writes for an error of no known type. */
const OTHER_ERROR = '_OTHER';
/** Newest name first. */
const HTTP_STATUS = ['http.response.status_code', 'http.status_code'];

/** What a step that failed says beside its attributes. */
export type StepFailure = {
  /** Shown where the attributes give none. */
  message: string;
  /** What it said itself, to be classified by. */
  said: readonly (string | undefined)[];
  /** `exception.type` of what was thrown. */
  exceptionType: string | undefined;
};

/** The problem of a failed step: by the code that it declares, else by what type, status and messages of the failure point to. */
export function stepProblem(attributes: Attributes, failure: StepFailure): ActivityProblem {
  const code = nameOf(attributes, SPAN_ATTRIBUTES.problemCode);
  const declared = trimmedText(attributeText(attributes[SPAN_ATTRIBUTES.problemMessage]), LONGEST_MESSAGE);
  const discriminators = declaredDiscriminators(attributes);
  const message = (declared ?? failure.message).slice(0, LONGEST_MESSAGE);
  if (code !== undefined && isTaxonomyCode(code)) return { taxonomy: code, discriminators, message };
  const errorType = errorTypeOf(attributes, failure);
  return {
    taxonomy: classifyFailure([
      ...[code, errorType, failure.exceptionType, httpStatus(attributes), declared, ...failure.said].filter(
        (text) => text !== undefined,
      ),
    ]),
    discriminators: {
      ...(errorType !== undefined && { [ERROR_TYPE]: errorType }),
      ...discriminators,
      ...(code !== undefined && { [REPORTED_CODE]: code }),
    },
    message,
  };
}

function declaredDiscriminators(attributes: Attributes): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([key, value]): [string, string][] => {
      const name = key.startsWith(PROBLEM_DISCRIMINATOR_PREFIX) ? key.slice(PROBLEM_DISCRIMINATOR_PREFIX.length) : '';
      const shown = attributeText(value);
      return name === '' || shown === undefined ? [] : [[name, shown]];
    }),
  );
}

function errorTypeOf(attributes: Attributes, { exceptionType }: StepFailure): string | undefined {
  const type = nameOf(attributes, 'error.type');
  return type === undefined || type === OTHER_ERROR ? trimmedText(exceptionType) : type;
}

function httpStatus(attributes: Attributes): string | undefined {
  const status = HTTP_STATUS.map((name) => nameOf(attributes, name)).find((one) => one !== undefined);
  return status === undefined ? undefined : `HTTP ${status}`;
}
