/** No such page, outside of the console. */
import { NowhereElse } from '@/components/shell/nowhere';

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center px-4">
      <NowhereElse />
    </main>
  );
}
