/** Stands in for a process of the stack: answers on a port of 127.0.0.1, ends with its parent, and writes what happens to it into a file. */
import { appendFileSync } from 'node:fs';
import http from 'node:http';
import { endWithParent, giveSignOfLife } from '../lifeline';

const [name = '', port = '0', diary = ''] = process.argv.slice(2);
const note = (what: string): void => appendFileSync(diary, `${name} ${what} ${process.pid}\n`);

endWithParent(() => note('ended'));
giveSignOfLife();
setInterval(giveSignOfLife, 50);
note('started');
const server = http.createServer((_, response) => response.end('here'));
server.listen(Number(port), '127.0.0.1', () => {
  console.log(JSON.stringify({ level: 30, time: Date.now(), msg: 'listening' }));
  console.error('plain words');
});
