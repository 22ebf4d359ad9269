/** The pages that exist. The badge counts the proposals that wait for a person. */
'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useLive } from '../live/live';
import { cn } from '../ui/cn';
import { ThemeToggle } from '../ui/theme';
import { OperatorName } from './operator-name';

const PAGES = [
  { href: '/', label: 'Live' },
  { href: '/cycles', label: 'Cycles' },
  { href: '/incidents', label: 'Incidents' },
] as const;

function isOn(href: string, path: string): boolean {
  return href === '/' ? path === '/' : path.startsWith(href);
}

export function Nav() {
  const path = usePathname();
  const waiting = useLive(
    (state) => state.view?.proposals.filter((proposal) => proposal.phase === 'waiting').length ?? 0,
  );
  const sources = useLive((state) => state.worker?.sources ?? null);
  return (
    <nav aria-label="Pages" className="flex h-[38px] items-center gap-0.5 border-line border-b px-3 sm:px-4">
      {PAGES.map((page) => (
        <Link
          key={page.href}
          href={page.href}
          aria-current={isOn(page.href, path) ? 'page' : undefined}
          className={cn(
            'rounded-md px-2.5 py-1 text-mute hover:text-ink',
            isOn(page.href, path) && 'bg-raised font-medium text-ink',
          )}
        >
          {page.label}
          {page.href === '/' && waiting > 0 ? (
            <span className="num ml-1.5 rounded-full bg-caution px-1.5 py-px font-semibold text-[10.5px] text-on-signal">
              {waiting}
              <span className="sr-only"> waiting for you</span>
            </span>
          ) : null}
        </Link>
      ))}
      <div className="ml-auto flex items-center gap-1">
        {sources?.includes('demo') ? (
          <span className="mr-1 text-caution text-xs max-sm:hidden">demo signals on</span>
        ) : null}
        <OperatorName />
        <ThemeToggle />
      </div>
    </nav>
  );
}
