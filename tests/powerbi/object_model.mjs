// Loads a project's semantic model in Microsoft's own object model, over stdio, and prints what is found
// there, one line each and sorted: tables, columns with their types, measures, relationships, parameters.
// usage: node object_model.mjs SERVER PROJECT_DIR
import { spawn } from 'node:child_process';

const [server, project] = process.argv.slice(2);
const child = spawn(server, ['--start'], { stdio: ['pipe', 'pipe', 'ignore'] });
const waiting = new Map();
let received = '';
let last = 0;

child.stdout.on('data', (data) => {
  received += data;
  for (let end = received.indexOf('\n'); end >= 0; end = received.indexOf('\n')) {
    const line = received.slice(0, end).trim();
    received = received.slice(end + 1);
    if (!line.startsWith('{')) continue;
    const message = JSON.parse(line);
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  }
});

const send = (message) => child.stdin.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\n');

const ask = (method, params) => new Promise((resolve, reject) => {
  const id = ++last;
  const timer = setTimeout(() => reject(new Error(`no answer to ${method}`)), 60000);
  waiting.set(id, (message) => { clearTimeout(timer); resolve(message.result ?? message); });
  send({ id, method, params });
});

async function call(tool, request) {
  const answer = await ask('tools/call', { name: tool, arguments: { request } });
  const text = (answer.content ?? []).map((part) => part.text ?? '').join('');
  let found;
  try { found = JSON.parse(text); } catch { throw new Error(`${tool}: ${text || JSON.stringify(answer)}`); }
  if (answer.isError || found.success === false) throw new Error(`${tool}: ${found.message ?? text}`);
  return found.data ?? found;
}

async function main() {
  await ask('initialize', { protocolVersion: '2024-11-05', capabilities: {},
                            clientInfo: { name: 'tidemark-tests', version: '1' } });
  send({ method: 'notifications/initialized' });
  await call('connection_operations', { operation: 'ConnectFolder',
                                        folderPath: `${project}/Tidemark.SemanticModel/definition` });
  const lines = [];
  for (const table of await call('table_operations', { operation: 'List' })) {
    lines.push(`table ${table.name}`);
    const columns = await call('column_operations', { operation: 'List', filter: { tableNames: [table.name] } });
    for (const owner of columns)
      for (const column of owner.columns ?? [owner])
        lines.push(`column ${table.name}.${column.name} ${column.dataType}`);
  }
  for (const owner of await call('measure_operations', { operation: 'List' }))
    for (const measure of owner.measures ?? [owner])
      lines.push(`measure ${owner.tableName}.${measure.name}`);
  for (const relation of await call('relationship_operations', { operation: 'List' }))
    lines.push(`relationship ${relation.fromTable}.${relation.fromColumn} ${relation.toTable}.${relation.toColumn}`);
  for (const expression of await call('named_expression_operations', { operation: 'List' }))
    lines.push(`parameter ${expression.name}`);
  process.stdout.write(lines.sort().join('\n') + '\n');
}

main().then(() => child.kill(), (error) => {
  process.stderr.write(`object_model: ${error.message}\n`);
  child.kill();
  process.exitCode = 1;
});
