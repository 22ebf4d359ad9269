/** Sends files to the shelf as they are. XMLHttpRequest, because fetch does not tell how much has left. */

/** The server, or the lack of it, in words for a person. */
export class UploadRefused extends Error {}

/** @param onSent share of all bytes that have left, 0 to 1. @throws UploadRefused */
export async function send(
  id: string,
  files: readonly File[],
  onSent: (share: number) => void,
): Promise<void> {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  let before = 0;
  for (const file of files) {
    await sendOne(id, file, (bytes) => onSent((before + bytes) / Math.max(1, total)));
    before += file.size;
  }
}

function sendOne(id: string, file: File, onBytes: (bytes: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/incidents/${id}/${encodeURIComponent(file.name)}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('x-interlock-console', '1');
    request.upload.onprogress = ({ loaded }) => onBytes(loaded);
    request.onload = () =>
      request.status === 200 ? resolve() : reject(new UploadRefused(wordsOf(request, file)));
    request.onerror = () =>
      reject(new UploadRefused(`${file.name} did not arrive: the console's server is not there.`));
    request.send(file);
  });
}

function wordsOf({ responseText }: XMLHttpRequest, file: File): string {
  try {
    const { error } = JSON.parse(responseText) as { error?: unknown };
    if (typeof error === 'string') return error;
  } catch {
    // the server said something else than we know
  }
  return `${file.name} was not taken.`;
}
