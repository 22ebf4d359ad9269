/** Where a page about one thing is, and the way back to all of them. */
import Link from 'next/link';

export function Trail({ href, title, id }: { href: string; title: string; id: string }) {
  return (
    <nav aria-label="Where this is" className="mb-2 text-faint text-xs">
      <Link href={href} className="hover:text-ink hover:underline">
        {title}
      </Link>{' '}
      / <span className="num">{id}</span>
    </nav>
  );
}
