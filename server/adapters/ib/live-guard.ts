/**
 * Real money is never traded by accident: a live port, or an account whose id does not begin with DU or DF (IB's paper accounts),
 * is refused unless that very account was armed by name.
 */
const LIVE_PORTS: readonly number[] = [7496, 4001];
const PAPER_ACCOUNT = /^D[UF]/;

export type Admission =
  | { admitted: true; account: string; paper: boolean }
  | { admitted: false; why: string };

/** @returns why `port` must not even be connected to, or null. */
export function refusalOfPort(port: number, armedLiveAccount: string | null): string | null {
  if (!LIVE_PORTS.includes(port) || armedLiveAccount !== null) return null;
  return (
    `Port ${port} is a live trading port and no live account is armed. ` +
    'Use the paper port (4002 or 7497), or set INTERLOCK_ARM_LIVE_ACCOUNT to the account id and start again.'
  );
}

/**
 * Chooses the account to trade among those the gateway manages (comma separated): the armed one when it is there, else the first paper one.
 * @returns the account, or a sentence that says why nothing may be traded and what to do.
 */
export function admitAccount(
  managedAccounts: string,
  port: number,
  armedLiveAccount: string | null,
): Admission {
  const accounts = managedAccounts
    .split(',')
    .map((account) => account.trim())
    .filter((account) => account !== '');
  const livePort = LIVE_PORTS.includes(port);
  if (armedLiveAccount !== null && accounts.includes(armedLiveAccount)) {
    return {
      admitted: true,
      account: armedLiveAccount,
      paper: !livePort && PAPER_ACCOUNT.test(armedLiveAccount),
    };
  }
  const paperAccount = accounts.find((account) => PAPER_ACCOUNT.test(account));
  if (paperAccount !== undefined && !livePort) {
    return { admitted: true, account: paperAccount, paper: true };
  }
  return { admitted: false, why: refusal(accounts, port, livePort, armedLiveAccount) };
}

function refusal(accounts: readonly string[], port: number, livePort: boolean, armed: string | null): string {
  const first = accounts[0];
  if (first === undefined) return 'The gateway manages no account. Log it in to an account and start again.';
  const what = livePort
    ? `Account ${first} on the live port ${port} is not armed`
    : `Account ${first} is a live account and is not armed`;
  const instead = armed === null ? '' : ` (armed is ${armed})`;
  return (
    `${what}${instead}: nothing will be sent. Log the gateway in to a paper account, ` +
    `or set INTERLOCK_ARM_LIVE_ACCOUNT=${first} to trade real money, and start again.`
  );
}
