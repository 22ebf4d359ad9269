/** The charts' licence asks for this link where its logo is not shown. */
export function Attribution() {
  return (
    <a
      href="https://www.tradingview.com/"
      target="_blank"
      rel="noreferrer"
      title="Drawn with Lightweight Charts™ by TradingView"
      className="text-faint hover:text-ink hover:underline"
    >
      TradingView
    </a>
  );
}
