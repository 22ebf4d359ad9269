/** No such page, within the console. */
import { NowhereElse } from '@/components/shell/nowhere';

export default function NotFound() {
  return <NowhereElse />;
}
