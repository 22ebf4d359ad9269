/** `interlock frames FILE`: what passed the wires of a paper gateway that ran with --record. */
import { NoRecording, readRecording } from '../gateway/record/recording';
import { isWanted, showFrame, type Wanted } from '../gateway/record/show';
import type { Outcome } from './outcome';

export function frames(path: string, wanted: Wanted): Outcome {
  try {
    const { frames: all, cut } = readRecording(path);
    const found = all.filter((frame) => isWanted(frame, wanted));
    const lines = found.length === 0 ? ['No frame is like that.'] : found.map(showFrame);
    return { code: 0, text: [...lines, ...(cut === undefined ? [] : [cut])].join('\n'), data: found };
  } catch (error) {
    if (!(error instanceof NoRecording)) throw error;
    return { code: 2, text: error.message, data: { result: 'no recording' } };
  }
}
