/** Every checker, fresh for one run. */
import type { Watcher } from '../world';
import { alertsAreTold } from './alerts';
import { comesToRest } from './at-rest';
import { clicksAreDurable, sleepersAsk } from './awake';
import { bracketsAreWhole } from './brackets';
import { positionsAreExecutions } from './by-executions';
import { closersAreBounded } from './closers';
import { positionsAreCovered } from './covered';
import { divergenceEnds } from './divergence';
import { endsAreFinal } from './ends';
import { EngineTime } from './engine-time';
import { exitReduces } from './exit-reduces';
import { flattensSayWhy } from './flatten-due';
import { gatesStandOpen } from './gate';
import { haltsHold } from './halted';
import { identitiesAreUnique } from './identity';
import { journalIsTheTruth } from './journal';
import { modesOnlyTighten } from './modes';
import { moneyAddsUp } from './money';
import { closersAreOfOneGroup } from './one-group';
import { protectionStays } from './protection-stays';
import { everythingHasACause } from './provenance';
import { noStorms } from './rates';
import { reached } from './reached';
import { nothingUnsettledIsSold } from './settled';
import { blindIsTold } from './sight';
import { silenceIsTold } from './silence';
import { oneWorkerWrites } from './single-writer';
import { doubtsAreAsked } from './unanswered';

export function allWatchers(): Watcher[] {
  const time = new EngineTime();
  return [
    time,
    exitReduces(time),
    closersAreBounded(time),
    closersAreOfOneGroup(time),
    protectionStays(),
    bracketsAreWhole(),
    identitiesAreUnique(),
    endsAreFinal(),
    nothingUnsettledIsSold(),
    gatesStandOpen(),
    haltsHold(time),
    flattensSayWhy(time),
    positionsAreCovered(time),
    blindIsTold(time),
    divergenceEnds(time),
    doubtsAreAsked(time),
    positionsAreExecutions(),
    everythingHasACause(),
    noStorms(),
    oneWorkerWrites(),
    modesOnlyTighten(),
    sleepersAsk(),
    clicksAreDurable(),
    silenceIsTold(),
    alertsAreTold(),
    comesToRest(),
    moneyAddsUp(),
    journalIsTheTruth(),
    reached(),
  ];
}
