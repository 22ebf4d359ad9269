/** Files of an incident: in by POST, exports out by GET. */
import { receive, send } from '@/server/api/incident-files';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

interface Where {
  params: Promise<{ id: string; file: string }>;
}

export async function POST(request: Request, { params }: Where) {
  const { id, file } = await params;
  return receive(request, id, decodeURIComponent(file));
}

export async function GET(request: Request, { params }: Where) {
  const { id, file } = await params;
  return send(request, id, decodeURIComponent(file));
}
