/** Every cycle, traded or not: what was done and, as often, why nothing was. */
'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { useId } from 'react';
import { Failure } from '../live/failure';
import { plural } from '../live/format/words';
import { useLive } from '../live/live';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { Empty, Panel, PanelHead } from '../ui/panel';
import { Skeleton, Waiting } from '../ui/skeleton';
import { Table, Th } from '../ui/table';
import { CycleRow } from './cycle-row';
import { Filters } from './filters';
import { useCycles } from './queries';
import type { CycleSearch, Sort } from './search';
import { sorted } from './sort';

interface CycleListProps {
  search: CycleSearch;
  onSearch: (search: CycleSearch) => void;
}

function SortTh(props: { sort: Sort; label: string; className?: string } & CycleListProps) {
  const { search, sort } = props;
  const on = search.sort === sort;
  const Arrow = search.ascending ? ArrowUp : ArrowDown;
  return (
    <Th
      aria-sort={on ? (search.ascending ? 'ascending' : 'descending') : undefined}
      className={props.className}
    >
      <button
        type="button"
        onClick={() => props.onSearch({ ...search, sort, ascending: on ? !search.ascending : false })}
        className={cn('inline-flex items-center gap-1 rounded hover:text-ink', on && 'text-ink')}
      >
        {props.label}
        {on ? <Arrow size={11} aria-hidden /> : null}
      </button>
    </Th>
  );
}

const NO_SYMBOLS: readonly string[] = [];

function useSymbols(): readonly string[] {
  const instruments = useLive((state) => state.view?.instruments ?? null);
  return instruments?.map((instrument) => instrument.symbol) ?? NO_SYMBOLS;
}

function Loading() {
  return (
    <Waiting late="Still reading the journal…">
      <div className="grid gap-2 p-3.5">
        {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
          <Skeleton key={key} className="h-7" />
        ))}
      </div>
    </Waiting>
  );
}

export function CycleList({ search, onSearch }: CycleListProps) {
  const id = useId();
  const symbols = useSymbols();
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    useCycles(search);
  const loaded = data?.pages.flatMap((page) => page.rows) ?? [];
  const rows = sorted(loaded, search);
  const more = hasNextPage ? ' loaded, older ones below' : '';
  return (
    <Panel aria-labelledby={id}>
      <PanelHead
        id={id}
        title="Cycles"
        note={data ? `${plural(rows.length, 'cycle')}${more}` : null}
        className="py-2"
      >
        <Filters search={search} symbols={symbols} onChange={onSearch} />
      </PanelHead>
      {isPending ? <Loading /> : null}
      {error && !data ? (
        <Failure title="The cycles cannot be read" error={error} onRetry={() => refetch()} />
      ) : null}
      {data && rows.length === 0 ? (
        <Empty title="No cycle here">
          A cycle begins with a signal for an entry, also when it is denied. Loosen the filters, or send a
          signal.
        </Empty>
      ) : null}
      {rows.length > 0 ? (
        <Table>
          <thead>
            <tr>
              <SortTh sort="opened" label="Opened" search={search} onSearch={onSearch} />
              <Th className="text-left">Order</Th>
              <Th className="text-left">What became of it</Th>
              <Th className="text-left max-lg:hidden">Reasons</Th>
              <Th className="max-md:hidden">Entry → exit</Th>
              <SortTh sort="r" label="R" className="max-md:hidden" search={search} onSearch={onSearch} />
              <SortTh
                sort="mae"
                label="Worst"
                className="max-xl:hidden"
                search={search}
                onSearch={onSearch}
              />
              <SortTh sort="mfe" label="Best" className="max-xl:hidden" search={search} onSearch={onSearch} />
              <SortTh
                sort="held"
                label="Held"
                className="max-lg:hidden"
                search={search}
                onSearch={onSearch}
              />
              <SortTh sort="net" label="Net" search={search} onSearch={onSearch} />
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <CycleRow key={row.cycleId} row={row} />
            ))}
          </tbody>
        </Table>
      ) : null}
      {hasNextPage ? (
        <div className="border-line border-t p-3 text-center">
          <Button disabled={isFetchingNextPage} onClick={() => fetchNextPage()}>
            Load older
          </Button>
        </div>
      ) : null}
    </Panel>
  );
}
