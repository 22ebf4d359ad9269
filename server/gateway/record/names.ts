/** What messages and their first fields are called (ib-protocol 2); of those that are not here the number is shown. */

interface Named {
  name: string;
  /** Of the fields behind the number; the rest is shown without names. */
  fields: readonly string[];
}

const named = (name: string, fields = ''): Named => ({
  name,
  fields: fields === '' ? [] : fields.split(' '),
});

const CONTRACT =
  'conId symbol secType expiry strike right multiplier exchange primaryExch currency localSymbol tradingClass';

export const REQUESTS: Readonly<Record<string, Named>> = {
  '1': named('reqMktData', `version reqId ${CONTRACT}`),
  '2': named('cancelMktData', 'version reqId'),
  '3': named(
    'placeOrder',
    `orderId ${CONTRACT} secIdType secId action quantity orderType lmtPrice auxPrice tif ocaGroup account openClose origin orderRef transmit parentId`,
  ),
  '4': named('cancelOrder'),
  '5': named('reqOpenOrders'),
  '6': named('reqAccountUpdates', 'version subscribe account'),
  '7': named('reqExecutions', 'version reqId'),
  '8': named('reqIds'),
  '9': named('reqContractDetails', `version reqId ${CONTRACT}`),
  '15': named('reqAutoOpenOrders', 'version autoBind'),
  '16': named('reqAllOpenOrders'),
  '20': named(
    'reqHistoricalData',
    `reqId ${CONTRACT} includeExpired endDateTime barSize duration useRTH whatToShow`,
  ),
  '25': named('cancelHistoricalData', 'version reqId'),
  '49': named('reqCurrentTime'),
  '50': named('reqRealTimeBars', `version reqId ${CONTRACT}`),
  '58': named('reqGlobalCancel'),
  '59': named('reqMarketDataType', 'version type'),
  '61': named('reqPositions'),
  '62': named('reqAccountSummary', 'version reqId group tags'),
  '71': named('startApi', 'version clientId'),
  '91': named('reqMarketRule', 'ruleId'),
  '97': named('reqTickByTickData', `reqId ${CONTRACT} tickType`),
  '99': named('reqCompletedOrders', 'apiOnly'),
};

export const ANSWERS: Readonly<Record<string, Named>> = {
  '1': named('tickPrice', 'version reqId tickType price size'),
  '2': named('tickSize', 'version reqId tickType size'),
  '3': named(
    'orderStatus',
    'orderId status filled remaining avgFillPrice permId parentId lastFillPrice clientId whyHeld mktCapPrice',
  ),
  '4': named('error', 'version id code text'),
  '5': named(
    'openOrder',
    `orderId conId symbol secType expiry strike right multiplier exchange currency localSymbol tradingClass action quantity orderType lmtPrice auxPrice tif ocaGroup`,
  ),
  '9': named('nextValidId', 'version orderId'),
  '10': named('contractData', 'reqId symbol secType'),
  '11': named(
    'execDetails',
    'reqId orderId conId symbol secType expiry strike right multiplier exchange currency localSymbol tradingClass execId time account exchange side shares price permId clientId',
  ),
  '15': named('managedAccounts', 'version accounts'),
  '17': named('historicalData', 'reqId'),
  '49': named('currentTime', 'version time'),
  '50': named('realtimeBar', 'version reqId time open high low close'),
  '52': named('contractDataEnd', 'version reqId'),
  '53': named('openOrderEnd'),
  '55': named('execDetailsEnd', 'version reqId'),
  '59': named('commissionReport', 'version execId commission currency realizedPNL'),
  '61': named(
    'position',
    'version account conId symbol secType expiry strike right multiplier exchange currency localSymbol tradingClass position avgCost',
  ),
  '62': named('positionEnd'),
  '90': named('historicalDataUpdate', 'reqId'),
};
