/** Is everything all right, and what is happening now? */
import { Live } from './client';

export default function LivePage() {
  return <Live />;
}
