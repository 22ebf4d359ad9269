/** Every page of the console: the strip, what must be said at once, and the page under them. */
import type { ReactNode } from 'react';
import { FlattenBanner } from '@/components/kill-switch/flatten-banner';
import { KillSwitches } from '@/components/kill-switch/kill-switches';
import { ModeBanner } from '@/components/kill-switch/mode-banner';
import { LiveStream } from '@/components/live/live';
import { Queries } from '@/components/live/queries';
import { JournalBanner } from '@/components/shell/journal-banner';
import { LinkBanner } from '@/components/shell/link-banner';
import { Nav } from '@/components/shell/nav';
import { Strip } from '@/components/shell/strip';
import { LiveTitle } from '@/components/shell/title';
import { VenueBanner } from '@/components/shell/venue-banner';
import { Toaster } from '@/components/ui/toaster';

export default function ConsoleLayout({ children }: { children: ReactNode }) {
  return (
    <Queries>
      <LiveStream>
        <Strip
          killSwitches={<KillSwitches />}
          banners={
            <>
              <LinkBanner />
              <JournalBanner />
              <VenueBanner />
              <FlattenBanner />
              <ModeBanner />
            </>
          }
        />
        <Nav />
        <main className="mx-auto max-w-[1800px] px-3 pt-3 pb-24 sm:px-4 md:pb-8">{children}</main>
        <LiveTitle />
        <Toaster />
      </LiveStream>
    </Queries>
  );
}
