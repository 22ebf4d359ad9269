/**
 * What the console shows: a projection of the engine's state, complete in itself, plain JSON.
 * Prices are decimals here (a person reads them), money stays micro-dollars, times are ms since the epoch.
 */
import type { AdvisorAnswer } from '../model/advisory';
import type { ExitRules } from '../model/exit-rules';
import type { Farm, QuoteRefusal } from '../model/feed';
import type { NotFlat } from '../model/flatten';
import type { ModeRecord, TradingMode } from '../model/operator';
import type { GuardResult } from '../model/reason';
import type { JournalHealth } from '../model/state';

export interface VenueView {
  paper: boolean;
  account: string | null;
  phase: 'disconnected' | 'connecting' | 'connected';
  detail: string;
  sinceHostMs: number;
  serverVersion: number | null;
  reconciled: boolean;
  reconcileRound: number;
  foreignOrders: number;
  /** IB's data servers as far as they were told of on this connection, by name. */
  farms: readonly (Farm & { name: string })[];
}

export interface InstrumentView {
  symbol: string;
  localSymbol: string;
  tickSize: number;
  tickValueMicros: number;
  bid: number | null;
  ask: number | null;
  last: number | null;
  /** Host time of the latest quote; null before the first. */
  quoteHostMs: number | null;
  /** Why the broker sends none; null while it does. */
  refusal: QuoteRefusal | null;
  /** The next change of the contract month, exchange time. */
  roll: { atTs: number; to: string } | null;
  /** Open for entries: by the broker's hours and by our own table. */
  sessionOpen: boolean;
  /** Where the two differ next, in words; null when they agree. */
  hoursDiffer: string | null;
  /** Next open or close, exchange time. */
  sessionChangesTs: number | null;
}

export interface ProtectionView {
  state: 'none' | 'arming' | 'protected' | 'emergency' | 'overprotected' | 'unprotected';
  sinceHostMs: number | null;
  /** Plain words: "STP 1 @ 6,884.50". */
  detail: string;
}

export interface OrderView {
  ref: string;
  cycleId: string;
  role: 'entry' | 'target' | 'stop' | 'exit' | 'emergency';
  symbol: string;
  side: 'BUY' | 'SELL';
  quantity: number;
  filled: number;
  type: string;
  limit: number | null;
  trigger: number | null;
  phase: string;
  /** As IB says it, e.g. PreSubmitted. */
  brokerStatus: string | null;
  /** In plain words, e.g. "held by IB until its trigger". */
  plain: string;
  permId: number | null;
  sentHostMs: number;
}

/** One per open cycle that holds contracts. */
export interface PositionView {
  cycleId: string;
  symbol: string;
  localSymbol: string;
  /** Signed contracts. */
  quantity: number;
  average: number;
  last: number | null;
  openMicros: number | null;
  openTicks: number | null;
  stop: number | null;
  target: number | null;
  protection: ProtectionView;
  rules: ExitRules;
  exiting: string | null;
  origin: 'signal' | 'adopted';
  /** Set when no signal of ours opened it: what a person has said about it. */
  orphan: {
    decision: 'undecided' | 'adopt' | 'flatten' | 'ignore';
    by: string | null;
    reason: string | null;
  } | null;
  openedTs: number;
}

/** Entry with its children, as it works at the broker. */
export interface BracketView {
  cycleId: string;
  symbol: string;
  localSymbol: string;
  phase: string;
  orders: readonly OrderView[];
}

/** An order of another program or by hand that works at the broker. */
export interface ForeignOrderView {
  permId: number;
  clientId: number;
  orderRef: string;
  symbol: string;
  localSymbol: string;
  side: 'BUY' | 'SELL';
  quantity: number;
  type: string;
  limit: number | null;
  trigger: number | null;
  status: string;
  /** It would close a position of ours: a second closer beside our stop. */
  closes: boolean;
}

export interface ProposalView {
  proposalId: string;
  cycleId: string;
  digest: string;
  symbol: string;
  localSymbol: string;
  side: 'BUY' | 'SELL';
  quantity: number;
  orderType: 'LMT' | 'MKT';
  entry: number;
  stop: number;
  target: number;
  riskMicros: number;
  rewardToRisk: number;
  strategy: string;
  confidence: number | null;
  answer: AdvisorAnswer | null;
  phase: 'asking' | 'waiting';
  /** Guards as they stand now, not as they stood at the proposal. */
  results: readonly GuardResult[];
  driftTicks: number | null;
  askedHostMs: number;
  expiresHostMs: number;
}

export interface FlattenView {
  scope: string;
  by: string;
  /** `abandoned` by a person; nothing else ends it but the broker's word. */
  phase: 'working' | 'verifying' | 'flat' | 'abandoned';
  detail: string;
  /** Instruments that wait for their venue to open (exchange time; null: not known when). */
  armed: readonly { symbol: string; opensTs: number | null }[];
  /** The time is up: why it is not flat. It goes on all the same. */
  notFlat: NotFlat | null;
  startedHostMs: number;
  endedTs: number | null;
}

/** `Flattening` while a flatten runs in this scope. */
export type ModeView = Omit<ModeRecord, 'mode'> & { mode: TradingMode };

export interface DayView {
  date: string;
  realizedMicros: number;
  openMicros: number;
  commissionMicros: number;
  entries: number;
  won: number;
  lost: number;
  denied: number;
  waited: number;
  worstDrawdownMicros: number;
  lossLeftMicros: number;
  equity: readonly { ts: number; micros: number }[];
}

/** A line of the feed. `kind` picks its mark and the filter it belongs to. */
export interface ActivityLine {
  seq: number;
  /** Position inside the step, so that (seq, n) is unique. */
  n: number;
  ts: number;
  kind: 'trade' | 'guard' | 'advisory' | 'protection' | 'operator' | 'system';
  tone: 'neutral' | 'safe' | 'caution' | 'danger' | 'accent';
  text: string;
  code: string | null;
  cycleId: string | null;
}

/** What must be green before entries may be resumed. */
export interface HealthCheck {
  name: string;
  ok: boolean;
  detail: string;
}

export interface View {
  /** Journal seq of the last step shown. */
  seq: number;
  ts: number;
  hostMs: number;
  venue: VenueView;
  mode: ModeView;
  symbolModes: Readonly<Record<string, ModeView>>;
  /** Worst protection of the whole book. */
  protection: ProtectionView;
  instruments: readonly InstrumentView[];
  positions: readonly PositionView[];
  brackets: readonly BracketView[];
  foreignOrders: readonly ForeignOrderView[];
  proposals: readonly ProposalView[];
  flatten: FlattenView | null;
  day: DayView;
  health: readonly HealthCheck[];
  journal: JournalHealth;
  /** Newest first, at most 100. */
  activity: readonly ActivityLine[];
  /** Newest last, at most 240 one-minute bars an instrument, prices decimal. */
  bars: Readonly<Record<string, readonly ChartBar[]>>;
}

export interface ChartBar {
  ts: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

/** The stream: a snapshot, then frames numbered without gaps. A frame replaces whole sections; it never patches inside one. */
export type StreamMessage =
  | { kind: 'snapshot'; n: number; view: View; worker: WorkerView }
  | { kind: 'frame'; n: number; set: Partial<View>; worker?: WorkerView };

/** Facts about the worker process that are no business of the engine. */
export interface WorkerView {
  version: string;
  startedHostMs: number;
  clock: 'wall' | 'tape';
  speed: number;
  advisor: string;
  /** Signal sources that are running; `demo` says so. */
  sources: readonly string[];
  heartbeat: { atHostMs: number; roundTripMs: number } | null;
  /** When the gateway restarts by itself, did so last, and will wait for a person to log in (host time); null: it does not. */
  restarts: { lastMs: number; lastNeededLogin: boolean; nextMs: number; loginMs: number } | null;
  /** The broker's clock minus ours, and how far that may be off either way; null while a tape's clock is followed, and before the first answer. */
  clockSkew: { ms: number; plusMinusMs: number } | null;
}
