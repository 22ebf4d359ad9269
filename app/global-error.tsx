/** The console itself broke: plain words, and where else to act. It brings its own document, since nothing else can be trusted. */
'use client';

export default function GlobalError({ reset }: { error: Error; reset: () => void }) {
  return (
    <html lang="en">
      <body style={{ font: '15px/1.5 system-ui', margin: '18vh auto', maxWidth: '34rem', padding: '0 1rem' }}>
        <title>Interlock: fault</title>
        <h1 style={{ fontSize: '1.25rem' }}>The console has a fault</h1>
        <p>
          Trading goes on in the worker, guarded as before. To act now, use{' '}
          <code>npm run interlock -- flatten</code> or TWS.
        </p>
        <button type="button" onClick={reset}>
          Load the console again
        </button>
      </body>
    </html>
  );
}
