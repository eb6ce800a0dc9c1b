import { TextInput } from '@mantine/core';
import type { QueueSettings } from './settings-documents.js';
import { fromHours, toHours } from './target-text.js';
import styles from './settings.module.css';

type Target = QueueSettings['targets'][number];

/** The targets of one band as they are typed. */
export type TypedTarget = { band: Target['band']; response: string; resolution: string };

export function typedTargets(targets: readonly Target[]): TypedTarget[] {
  return targets.map(({ band, response, resolution }) => ({
    band,
    response: toHours(response),
    resolution: toHours(resolution),
  }));
}

/** What is stated: bands that are as shipped stay so until somebody changes them. Undefined = something is no time. */
export function statedTargets(typed: readonly TypedTarget[], known: readonly Target[]) {
  const stated: { band: Target['band']; response: string; resolution: string }[] = [];
  for (const { band, response, resolution } of typed) {
    const [first, last] = [fromHours(response), fromHours(resolution)];
    if (first === undefined || last === undefined) return undefined;
    const before = known.find((one) => one.band === band);
    const isSame =
      before && toHours(before.response) === toHours(first) && toHours(before.resolution) === toHours(last);
    if (!isSame || before.isOwn) stated.push({ band, response: first, resolution: last });
  }
  return stated;
}

type TargetFieldsProps = { typed: readonly TypedTarget[]; onType: (typed: TypedTarget[]) => void };

/** Response and resolution by priority, in open hours. */
export function TargetFields({ typed, onType }: TargetFieldsProps) {
  const field = (target: TypedTarget, name: 'response' | 'resolution', label: string) => (
    <TextInput
      aria-label={`${target.band}: ${label}`}
      value={target[name]}
      error={fromHours(target[name]) === undefined ? 'Hours and minutes such as 1:30' : undefined}
      onChange={({ currentTarget: { value } }) =>
        onType(typed.map((one) => (one.band === target.band ? { ...one, [name]: value } : one)))
      }
    />
  );
  return (
    <fieldset className={styles['targets']}>
      <legend>Targets, in open hours and minutes</legend>
      <table>
        <thead>
          <tr>
            <th scope="col">Priority</th>
            <th scope="col">In hand within</th>
            <th scope="col">Over within</th>
          </tr>
        </thead>
        <tbody>
          {typed.map((target) => (
            <tr key={target.band}>
              <th scope="row">{target.band}</th>
              <td>{field(target, 'response', 'in hand within')}</td>
              <td>{field(target, 'resolution', 'over within')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </fieldset>
  );
}
