/** Contract details, market rules, the clock, ids. */
import {
  contractDetails,
  contractDetailsEnd,
  marketRule,
  noOptionChain,
  symbolSamples,
} from '../answer/contract';
import { currentTime, errorMessage, nextValidId, userInfo } from '../answer/system';
import type { ReferenceRequest } from '../request/reference';
import { NO_ID } from '../wire/fields';
import { epochSeconds } from '../wire/time';
import type { Handlers } from './desk';

export const referenceHandlers: Handlers<ReferenceRequest['kind']> = {
  reqContractDetails: ({ exchange }, client, { reqId, contract }) => {
    const found = exchange.contracts(contract);
    if (found.length === 0) {
      client.send(errorMessage(reqId, 200, 'No security definition has been found for the request'));
      return;
    }
    client.send(...found.map((details) => contractDetails(reqId, details, client.version)));
    client.send(contractDetailsEnd(reqId));
  },

  reqMarketRule: ({ exchange }, client, { ruleId }) => {
    const known = exchange.contracts({}).find((details) => details.marketRuleId === ruleId);
    if (known) client.send(marketRule(ruleId, known.contract.minTick));
    else
      client.send(errorMessage(NO_ID, 321, `Error validating request. Market rule ${ruleId} does not exist`));
  },

  /** The indices whose symbol begins so, or whose name holds it: futures hang under them, as they do at IB. */
  reqMatchingSymbols: ({ exchange }, client, { reqId, pattern }) => {
    const wanted = pattern.trim().toUpperCase();
    const found = exchange.contracts({}).filter(({ contract, longName }, i, all) => {
      const first = all.findIndex((other) => other.contract.symbol === contract.symbol) === i;
      const fits = contract.symbol.startsWith(wanted) || longName.toUpperCase().includes(wanted);
      return first && wanted !== '' && fits;
    });
    client.send(symbolSamples(reqId, found));
  },

  /** There are no options here, and the answer to that is its end alone. */
  reqSecDefOptParams: (_desk, client, { reqId }) => client.send(noOptionChain(reqId)),

  reqCurrentTime: ({ exchange }, client) => client.send(currentTime(epochSeconds(exchange.now))),

  reqIds: ({ exchange }, client) => client.send(nextValidId(exchange.nextValidId(client.id))),

  reqUserInfo: (_desk, client, { reqId }) => client.send(userInfo(reqId)),

  setServerLogLevel: () => undefined,
};
