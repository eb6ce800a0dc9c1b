import { Radio, Stack } from '@mantine/core';
import { useLoad } from '../../shared/graphql/use-load.js';
import { useCan } from '../../shared/viewer/viewer.js';
import { CorrectedVersionsDocument } from './correction/correction-documents.js';
import type { SendChoice } from './send-modes.js';

type SendModeChoiceProps = {
  exceptionIds: readonly string[];
  choice: SendChoice;
  onChange: (choice: SendChoice) => void;
};

const MOST_VERSIONS = 5;

/** What is sent: as it is, a version that somebody corrected, or what its source has now. */
export function SendModeChoice({ exceptionIds, choice, onChange }: SendModeChoiceProps) {
  const can = useCan();
  const [only = ''] = exceptionIds;
  const { data } = useLoad(
    CorrectedVersionsDocument,
    { exceptionId: only },
    { pause: exceptionIds.length !== 1 || !can('payload.read'), policy: 'network-only' },
  );
  const versions = (data?.correctablePayload?.versions ?? [])
    .filter(({ origin }) => origin === 'correction')
    .slice(0, MOST_VERSIONS);
  const valueOf = (one: SendChoice) => (one.mode === 'CORRECTED' ? `version ${one.version}` : one.mode);
  const corrected = versions.map(({ number, reason, authorName }) => ({
    choice: { mode: 'CORRECTED', version: number } as const,
    label: `Corrected, version ${number}`,
    description: `${authorName}: ${reason}`,
  }));
  const all: { choice: SendChoice; label: string; description: string }[] = [
    { choice: { mode: 'AS_IS' }, label: 'As it is', description: 'The payload that failed' },
    ...corrected,
    {
      choice: { mode: 'EXTRACT_ANEW' },
      label: 'Extracted anew',
      description: 'Without a payload: the source is asked to read it again and send what it has now',
    },
  ];
  const select = (value: string) => {
    const chosen = all.find((one) => valueOf(one.choice) === value);
    if (chosen) onChange(chosen.choice);
  };
  return (
    <Radio.Group label="What is sent" value={valueOf(choice)} onChange={select}>
      <Stack gap={6} mt={6}>
        {all.map((one) => (
          <Radio
            key={valueOf(one.choice)}
            value={valueOf(one.choice)}
            label={one.label}
            description={one.description}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
