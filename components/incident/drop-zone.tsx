/** Brings a log or a database in: dropped, or picked. One or more files are one incident (a rotated log, a log with its tape). */
'use client';

import { FileUp } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { troubleOf } from '../live/problem';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { useBringIn } from './queries';
import { UploadRefused } from './upload';

export function DropZone({ onBroughtIn }: { onBroughtIn: (id: string) => void }) {
  const picker = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [sent, setSent] = useState(0);
  const { mutate, isPending, error } = useBringIn(setSent);
  const bringIn = (list: FileList | null) => {
    const files = [...(list ?? [])];
    setSent(0);
    if (files.length > 0 && !isPending) mutate(files, { onSuccess: onBroughtIn });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    bringIn(event.dataTransfer.files);
  };
  return (
    <section
      aria-label="Bring in a log"
      data-testid="drop-zone"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cn(
        'grid justify-items-center gap-2 rounded-lg border border-line-strong border-dashed bg-panel px-4 py-8 text-center',
        over && 'border-accent bg-accent/5',
      )}
    >
      <FileUp size={22} className="text-faint" aria-hidden />
      <h1 className="font-semibold text-[15px]">Would the guards have stopped it?</h1>
      <p className="max-w-[62ch] text-mute">
        Drop a bot&rsquo;s logs (plain or gzipped, rotated parts together) or its order database here. Each
        order goes through the guards that trade today. Bars of the day as CSV may come along for the chart.
      </p>
      <input
        ref={picker}
        type="file"
        multiple
        data-testid="incident-files"
        aria-label="Files of an incident"
        className="sr-only"
        onChange={(event) => bringIn(event.target.files)}
      />
      <Button
        variant="primary"
        className="max-md:h-11"
        disabled={isPending}
        onClick={() => picker.current?.click()}
      >
        {isPending ? `Bringing it in, ${Math.round(sent * 100)} %` : 'Choose files'}
      </Button>
      <p className="text-faint text-xs">
        At most 2 GB. They stay on this machine, and go when you delete them.
      </p>
      {error ? (
        <p role="alert" data-testid="incident-refused" className="max-w-[62ch] text-danger">
          {error instanceof UploadRefused ? error.message : troubleOf(error).message}
        </p>
      ) : null}
    </section>
  );
}
