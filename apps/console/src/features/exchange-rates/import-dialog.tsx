import { FileInput, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { count, countNumber } from '../../shared/format/words.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { ImportExchangeRatesDocument } from './rate-documents.js';
import { guessFormat, MOST_BYTES, RATE_FORMATS, type RateFormat } from './rate-file.js';

type ImportDialogProps = { onClose: () => void; onDone: (words: string, type: string | undefined) => void };

/** Takes a file of rates, whole or not at all; what keeps it out is told line by line. */
export function ImportDialog({ onClose, onDone }: ImportDialogProps) {
  const [text, setText] = useState('');
  const [format, setFormat] = useState<RateFormat>('csv');
  const [source, setSource] = useState('');
  const [unread, setUnread] = useState<string>();
  const act = useAct(ImportExchangeRatesDocument);
  const take = async (file: File | null) => {
    setText('');
    setUnread(undefined);
    if (file === null) return;
    if (file.size > MOST_BYTES) return setUnread('It is larger than 1 MiB: split it by year or type');
    try {
      const read = await file.text();
      setText(read);
      setFormat(guessFormat(read));
    } catch {
      setUnread('It could not be read here');
    }
  };
  const submit = async () => {
    const done = await act.run({ format, text, source: source.trim() });
    if (!done) return;
    const { types, added, changed, unchanged } = done;
    const words = [
      `${count(added, 'new rate')}`,
      `${countNumber(changed)} changed`,
      `${countNumber(unchanged)} as they were`,
    ];
    onDone(`Taken: ${words.join(', ')}`, types[0]);
  };
  const isPlain = format === 'csv';
  return (
    <FormDialog
      title="Take in a file of rates"
      submit="Take it in"
      onSubmit={() => void submit()}
      onClose={onClose}
      canSubmit={text !== '' && (!isPlain || source.trim() !== '')}
      isRunning={act.isRunning}
      problem={act.problem}
      size={620}
    >
      <FileInput
        data-autofocus
        label="The file"
        description="It is taken whole or not at all; what is wrong is told by line"
        placeholder="Choose a CSV or XML file"
        clearable
        error={unread}
        onChange={(file) => void take(file)}
      />
      <NativeSelect
        label="What it is"
        value={format}
        data={RATE_FORMATS.map((each) => ({ ...each }))}
        onChange={(event) =>
          setFormat(RATE_FORMATS.find(({ value }) => value === event.currentTarget.value)?.value ?? 'csv')
        }
      />
      {isPlain && (
        <TextInput
          label="Where it is from"
          description="Stands beside each rate, such as Group treasury"
          maxLength={200}
          value={source}
          onChange={(event) => setSource(event.currentTarget.value)}
        />
      )}
    </FormDialog>
  );
}
