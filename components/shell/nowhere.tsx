/** What a page that does not exist says. */
import Link from 'next/link';
import { Logo } from './logo';

export function NowhereElse() {
  return (
    <div className="mx-auto grid max-w-[50ch] justify-items-center gap-2 py-16 text-center">
      <Logo />
      <h1 className="font-semibold text-lg">There is nothing here</h1>
      <p className="text-mute">The address leads to no page. A cycle may belong to another journal.</p>
      <p className="mt-2 flex gap-4">
        <Link href="/" className="text-accent hover:underline">
          Live
        </Link>
        <Link href="/cycles" className="text-accent hover:underline">
          Cycles
        </Link>
      </p>
    </div>
  );
}
