/** The one door from the browser to the server. */
import { answer } from '@/server/api/handler';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

export { answer as GET, answer as POST };
